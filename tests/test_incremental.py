"""What is run again when something changes: that which has read it, all of that, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis import cache, checks, notebooks, package, tables
from analysis.cache import fingerprints
from analysis.claims.ledger import loaded
from analysis.editions import plan
from analysis.editions.dependencies import Present
from analysis.editions.runs import Runs
from analysis.series.catalogue import loaded as loaded_series

#: The chapters of which it is told below what they read; others may join them in the project.
ALL = {"market_share", "adoption", "funding", "projects", "timeline", "findings", "sources"}
STRATEGY = "data/raw/claims/strategie_cloud_2021.toml"
EVENT = "data/raw/claims/etat_nuage_2024.toml"
ORDERS = "data/raw/series/ugap_cloud_orders.csv"


class Desk:
    """A copy of the project, what was run of it, and an engine that runs what has to be."""

    def __init__(self, project: Path) -> None:
        self.project = project
        #: Nothing is kept from one state of the project to the next, as from one build to the next.
        loaded.cache_clear()
        loaded_series.cache_clear()

    def run(self, lang: str = "en", **given: str) -> dict[str, tuple[str, bool]]:
        """The notebooks of the project as it is now, with whether each had to be run."""
        evidence = checks.load(self.project)
        census = package.counted(evidence.ledger, {}, self.project / tables.FOLDER)
        present = Present(self.project, evidence, checks.findings(evidence), package.files(evidence, census))
        with notebooks.engine(self.project) as engine:
            runs = Runs(self.project, present, engine)
            done = {job.stem: runs.of(job) for job in plan.jobs(self.project, (lang,), given)}  # type: ignore[arg-type]
        return {stem: (notebooks.text(notebook), anew) for stem, (notebook, anew) in done.items()}

    def anew(self, **given: str) -> set[str]:
        """Which notebooks had to be run."""
        return {stem for stem, (_, anew) in self.run(**given).items() if anew}

    @contextmanager
    def edited(self, file: str, before: str, after: str) -> Iterator[None]:
        """The project with a passage of a file replaced."""
        path = self.project / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def desk(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = tmp_path_factory.mktemp("desk")
    for name in ("data", "notebooks"):
        shutil.copytree(project / name, root / name)
    for _, stem, file in plan.notebooks(root):
        if stem not in ALL:
            file.unlink()
    shutil.copy(project / "requirements.lock", root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NUAGE_CACHE", str(root / "cache"))
        made = Desk(root)
        assert made.anew() == ALL
        yield made


def test_nothing_is_run_twice(desk: Desk) -> None:
    assert desk.anew() == set()


@pytest.mark.parametrize(
    ("file", "before", "after", "dependants"),
    [
        # A claim: the table it stands in, the census of all claims, the findings it has a part in.
        (STRATEGY, '"une entreprise sur quatre"', '"une entreprise sur cinq"', {"adoption", "findings", "sources"}),
        # A claim of no check, told in one chapter.
        (EVENT, "4.5 out of 5", "4.6 out of 5", {"timeline", "sources"}),
        # An observation: the table of all of them.
        (ORDERS, "Le second lieu est plus précis.", "Plus précis.", ALL - {"projects", "sources"}),
        # A name: the table it stands in, nothing else.
        (EVENT, 'printed = "Cloud Temple"', 'printed = "Cloud Temple "', {"projects"}),
        # A check: whatever shows findings.
        ("data/raw/claims/checks.toml", "celle de ses trois segments.", "celle des trois.", {"adoption", "findings"}),
        # What is told beside the numbers.
        ("data/raw/edition.toml", "2026-11-21", "2026-11-22", set()),
        ("data/raw/corrections.toml", "No correction so far", "None so far", set()),
        # A notebook.
        ("notebooks/07_sources.ipynb", "Qui parle, et quand ?", "Qui parle, quand ?", {"sources"}),
    ],
)
def test_a_change_reaches_all_that_depends_on_it_and_nothing_else(
    desk: Desk, file: str, before: str, after: str, dependants: set[str]
) -> None:
    with desk.edited(file, before, after):
        assert desk.anew() == dependants
    assert desk.anew() == set(), "what was kept of the former state is still there"


def test_what_is_not_run_again_would_come_out_the_same(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.edited(STRATEGY, '"une entreprise sur quatre"', '"une entreprise sur six"'):
        kept = desk.run()
        monkeypatch.setenv("NUAGE_CACHE", str(tmp_path))
        fresh = desk.run()
    assert {anew for _, anew in kept.values()} == {True, False}
    assert {stem: text for stem, (text, _) in kept.items()} == {stem: text for stem, (text, _) in fresh.items()}


def test_a_parameter_and_a_language_are_runs_of_their_own(desk: Desk) -> None:
    assert desk.anew(countries="FI") == {"adoption"}
    assert desk.anew(lang="fr") == ALL


@pytest.mark.parametrize(
    ("module", "dependants"),
    [("pages", set()), ("pdf", set()), ("charts", ALL - {"findings", "sources"}), ("words", ALL), ("review", set())],
)
def test_code_reaches_the_notebooks_that_use_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, module: str, dependants: set[str]
) -> None:
    code = fingerprints.code.__wrapped__

    def edited(*modules: str) -> str:
        return code(*modules) + (f" and {module} edited" if module in modules else "")

    monkeypatch.setattr(cache, "code", edited)
    assert desk.anew() == dependants


def test_a_run_that_was_kept_and_damaged_is_done_again(desk: Desk) -> None:
    for kept in (desk.project / "cache/runs").iterdir():
        kept.write_bytes(kept.read_bytes()[:-1])
    assert desk.anew() == ALL
    assert desk.anew() == set()
