"""`make faults`: builds that are killed, builds at once, what one change makes again; slower than `make test`."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from pathlib import Path

from pypdf import PdfReader
from test_cli_build import OPENING, at, begun, whole
from test_editions import faulty_project

from analysis import cli

__all__ = ["at"]
MOMENTS = 20
PROJECT = Path(__file__).resolve().parents[1]


def test_a_build_killed_at_any_moment_leaves_an_edition_and_the_next_one_is_right(at: Path) -> None:
    faulty_project(at, OPENING)
    begin = time.perf_counter()
    begun(at).communicate(timeout=60)
    usual = time.perf_counter() - begin
    moments = random.Random(2031)  # noqa: S311  # any moments will do, the same each time
    for number in range(MOMENTS):
        faulty_project(at, OPENING.replace("Un chapeau", f"Un chapeau{'!' * (number + 1)}"))
        building = begun(at)
        time.sleep(usual * moments.random())
        os.kill(building.pid, signal.SIGKILL)
        building.communicate()
        assert whole(at / "reports")
    assert cli.main(["build", "--lang", "fr"]) == 0
    assert whole(at / "reports")
    assert "!" * MOMENTS in (at / "reports/fr/adoption.html").read_text(encoding="utf-8")
    assert sorted(each.name for each in at.iterdir()) == [".cache", "data", "notebooks", "reports"]


def test_two_builds_at_once_do_each_other_no_harm(at: Path) -> None:
    both = [begun(at), begun(at, "--out", "elsewhere"), begun(at)]
    said = [building.communicate(timeout=120) for building in both]
    assert [building.returncode for building in both] == [0, 0, 0], said
    assert whole(at / "reports")
    assert (at / "reports/SHA256SUMS").read_bytes() == (at / "elsewhere/SHA256SUMS").read_bytes()


def test_one_changed_statement_makes_again_only_what_shows_it(tmp_path: Path) -> None:
    """The whole project: what is run, set and drawn again when one claim is said in other words in French."""
    project = tmp_path / "project"
    for name in ("data", "notebooks"):
        shutil.copytree(PROJECT / name, project / name)
    shutil.copy(PROJECT / "requirements.lock", project)
    made(project)
    file = project / "data/raw/claims/strategie_cloud_2021.toml"
    before, after = "est donnée en toutes lettres", "est dite en toutes lettres"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert cli.main(["--project", str(project), "tables"]) == 0
    again = made(project)
    runs = {(name, lang) for name in ("adoption", "findings", "sources") for lang in ("fr", "en")}
    assert {(name, lang) for step, name, lang in again if step == "run"} == runs
    papers = {(name, "fr") for name in ("adoption", "findings", "etat-du-nuage")}
    assert {(name, lang) for step, name, lang in again if step == "PDF"} == papers
    assert not [name for step, name, _ in again if step == "pictures"]
    assert after in " ".join(page.extract_text() for page in PdfReader(project / "reports/fr/adoption.pdf").pages)


def made(project: Path) -> set[tuple[str, str, str]]:
    """What a build of a project had to make: step, name, language."""
    log = project / "log"
    assert cli.main(["--project", str(project), "build", "--log-json", str(log)]) == 0
    steps = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return {(each["step"], each["name"], each["lang"]) for each in steps if "step" in each and not each["kept"]}
