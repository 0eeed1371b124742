"""Editions: planned, built whole, published at once."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from analysis import checks, documents, editions, package, tables
from analysis.editions import plan, publish
from analysis.errors import ExecutionError, InputError, Problems, UsageError

PROJECT = Path(__file__).resolve().parents[1]
STEMS = [stem for _, stem, _ in editions.notebooks(PROJECT)]
PAGES = ("index.html", "proofs.html", *(f"{stem}.html" for stem in STEMS))


def listed(out: Path) -> dict[str, str]:
    lines = (out / "SHA256SUMS").read_text().splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def test_an_edition_holds_pages_pdfs_notebooks_and_data_in_both_languages(edition: Path) -> None:
    names = set(listed(edition))
    for lang in ("fr", "en"):
        assert {f"{lang}/{page}" for page in PAGES} <= names
        for stem in STEMS:
            assert {f"{lang}/{stem}.pdf", f"{lang}/{stem}.ipynb"} <= names
    assert {"index.html", "data/claims.csv", "data/datapackage.json"} <= names


def test_every_file_is_listed_with_its_checksum(edition: Path) -> None:
    files = {file.relative_to(edition).as_posix(): file for file in edition.rglob("*") if file.is_file()}
    assert files.keys() == listed(edition).keys() | {"SHA256SUMS"}
    for name, digest in listed(edition).items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(
    ("chapter", "claim"),
    [
        ("adoption", "adoption_fr_2018"),
        ("adoption", "adoption_fr_2020"),
        ("market_share", "share_big_three_europe_2021"),
        ("funding", "public_total_introduction"),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_numbers_of_a_page_lead_to_their_claims(edition: Path, lang: str, chapter: str, claim: str) -> None:
    page = (edition / lang / f"{chapter}.html").read_text(encoding="utf-8")
    proofs = (edition / lang / "proofs.html").read_text(encoding="utf-8")
    assert f'href="proofs.html#{claim}"' in page
    assert f'id="{claim}"' in proofs


def test_published_notebooks_name_no_machine_and_no_moment(edition: Path, project: Path) -> None:
    for file in edition.rglob("*.ipynb"):
        text = file.read_text(encoding="utf-8")
        assert str(project) not in text
        assert str(Path.home()) not in text
        metadata = json.loads(text)["metadata"]
        assert metadata.keys() == {"kernelspec", "language_info"}


def test_a_published_notebook_holds_the_parameters_it_was_run_with(edition: Path) -> None:
    cells = json.loads((edition / "en/adoption.ipynb").read_text(encoding="utf-8"))["cells"]
    (parameters,) = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
    assert 'language = "en"' in "".join(parameters["source"])
    assert not any("injected-parameters" in cell["metadata"].get("tags", ()) for cell in cells)


def test_parameters_go_to_the_notebooks_that_know_them(project: Path) -> None:
    given = {job.stem: dict(job.given) for job in plan.jobs(project, ("en",), {"countries": "FI"})}
    adoption = {"language": "en", "countries": ["FI"], "years": [2014, None], "vintage": "latest"}
    assert given.pop("adoption") == adoption
    assert all(own == {"language": "en"} for own in given.values())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"countrys": "DE"}, 'did you mean "countries"'),
        ({"countries": "XX"}, "choose some of"),
        ({"language": "en"}, "--lang"),
    ],
)
def test_a_wrong_parameter_stops_the_build_before_anything_runs(
    project: Path, tmp_path: Path, given: dict[str, str], told: str
) -> None:
    with pytest.raises(UsageError) as caught:
        editions.build(project, tmp_path / "out", editions.jobs(project, ("fr",), given))
    assert told in str(caught.value)
    assert not (tmp_path / "out").exists()


def faulty_project(sample: Path, source: str) -> Path:
    """The sample with one notebook, whose one cell is ``source``."""
    evidence = checks.load(sample)
    texts = documents.shelf(sample / documents.FOLDER, evidence.ledger.documents).texts
    package.write(evidence, texts, sample / tables.FOLDER)
    (sample / "notebooks").mkdir(exist_ok=True)
    (sample / "data/raw/edition.toml").write_text('name = "2031-06"\ndate = "2031-06-01"\n')
    cells = [
        {"cell_type": "code", "id": "a", "metadata": {"tags": ["parameters"]}, "source": 'language = "fr"'},
        {"cell_type": "code", "id": "b", "metadata": {}, "source": source},
    ]
    notebook = {
        "cells": [cell | {"outputs": [], "execution_count": None} for cell in cells],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (sample / "notebooks/02_adoption.ipynb").write_text(json.dumps(notebook))
    return sample


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("raise ValueError('no such country')", "no such country"),
        ("import os; os._exit(1)", "the kernel died"),
        ("print('nothing for readers')", "no headline"),
        ("from analysis.words import tell; tell(fr='19 %', en='19%')", "hand over what it belongs to"),
        ("from analysis.words import tell; tell(fr='{adoption_2030}', en='x')", "adoption_2031"),
    ],
)
def test_a_faulty_notebook_is_named_and_the_last_edition_stays(sample: Path, source: str, told: str) -> None:
    project = faulty_project(sample, source)
    out = project / "reports"
    publish.publish({"index.html": b"the last good one"}, out)
    with pytest.raises(ExecutionError) as caught:
        editions.build(project, out, editions.jobs(project, ("fr",), {}))
    assert told in str(caught.value)
    assert "adoption" in str(caught.value)
    assert (out / "index.html").read_bytes() == b"the last good one"


def test_a_cell_that_hangs_is_stopped_and_named(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.notebooks.execution.TIME_LIMIT", 2)
    project = faulty_project(sample, "while True: pass")
    with pytest.raises(ExecutionError, match="longer than 2 s") as caught:
        editions.build(project, project / "reports", editions.jobs(project, ("fr",), {}))
    assert "while True" in str(caught.value)


def test_a_claim_out_of_place_stops_the_build_when_the_document_is_at_hand(sample: Path) -> None:
    project = faulty_project(sample, "pass")
    ledger = project / "data/raw/claims/communique.toml"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace('"42 %"', '"43 %"', 1), encoding="utf-8")
    with pytest.raises(Problems, match="adoption_2031"):
        editions.build(project, project / "reports", editions.jobs(project, ("fr",), {}))


def test_a_stale_table_stops_the_build(sample: Path) -> None:
    project = faulty_project(sample, "pass")
    (project / "data/processed/adoption.csv").write_text("id\n")
    with pytest.raises(Problems, match=r"adoption\.csv: the table is not what the ledger gives"):
        editions.build(project, project / "reports", editions.jobs(project, ("fr",), {}))


def test_a_card_that_is_not_filled_in_stops_the_build(sample: Path) -> None:
    project = faulty_project(sample, "pass")
    card = project / "data/raw/documents/communique.toml"
    card.write_text(card.read_text(encoding="utf-8").replace('date = "2031-06-01"', 'date = ""'), encoding="utf-8")
    with pytest.raises(Problems, match="still to be filled in: date"):
        editions.build(project, project / "reports", editions.jobs(project, ("fr",), {}))


def test_a_notebook_without_a_number_in_its_name_is_refused(sample: Path) -> None:
    project = faulty_project(sample, "pass")
    (project / "notebooks/02_adoption.ipynb").rename(project / "notebooks/adoption.ipynb")
    with pytest.raises(InputError, match="its number and its stem"):
        plan.notebooks(project)


def test_verifying_tells_what_was_and_what_was_not_checked(sample: Path) -> None:
    with_text = editions.verify(sample)
    assert with_text.checked[-1] == "communique: document recognised, 5 claims held against it"
    shutil.move(sample / "data/raw/documents/communique.txt", sample / "elsewhere")
    without = editions.verify(sample)
    assert without.unchecked == ("communique: not at hand, so the places of 5 claims were not checked",)
