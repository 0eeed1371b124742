"""The data package: CSV files with fixed bytes, their descriptor, and what of it is out of date."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import frictionless

from analysis import checks, documents, package, tables

ROOT = Path(__file__).parents[1]


def at_hand(project: Path) -> tuple[checks.Evidence, dict[str, str]]:
    evidence = checks.load(project)
    return evidence, dict(documents.shelf(project / documents.FOLDER, evidence.ledger.documents).texts)


def test_the_committed_tables_are_what_the_ledger_gives() -> None:
    assert list(package.stale(checks.load(ROOT), {}, ROOT / tables.FOLDER)) == []


def test_stale_missing_and_foreign_tables_are_told(sample: Path, tmp_path: Path) -> None:
    evidence, texts = at_hand(sample)
    folder = tmp_path / "processed"
    names = {"claims.csv", "documents.csv", "adoption.csv", "funding.csv", "numbers.csv"}
    names |= {"same_quantities.csv", "datapackage.json"}
    assert {file.name for file in package.write(evidence, texts, folder)} == names
    assert package.write(evidence, texts, folder) == []
    assert list(package.stale(evidence, {}, folder)) == []
    (folder / "adoption.csv").write_text("id\n")
    (folder / "funding.csv").unlink()
    (folder / "mine.csv").write_text("id\n")
    told = [str(problem) for problem in package.stale(evidence, texts, folder)]
    assert len(told) == 3
    assert "adoption.csv: the table is not what the ledger gives" in told[0]
    assert "funding.csv: the table is missing" in told[1]
    assert "mine.csv: no claim gives this table" in told[2]


def test_a_census_of_another_ledger_is_known_to_be_stale_without_the_documents(sample: Path, tmp_path: Path) -> None:
    evidence, texts = at_hand(sample)
    package.write(evidence, texts, tmp_path)
    ledger = replace(evidence.ledger, claims={"adoption_2031": evidence.ledger["adoption_2031"]})
    fewer = replace(evidence, ledger=ledger)
    assert "taken of another ledger" in str(next(iter(package.stale(fewer, {}, tmp_path))))
    package.write(fewer, {}, tmp_path)  # without the documents the census stays, and stays stale
    assert "taken of another ledger" in str(next(iter(package.stale(fewer, {}, tmp_path))))


def test_a_census_that_was_never_taken_is_told(sample: Path, tmp_path: Path) -> None:
    assert "the census is missing" in str(next(iter(package.stale(at_hand(sample)[0], {}, tmp_path))))


def test_csv_numbers_have_a_point_and_no_exponent(sample: Path) -> None:
    content = package.files(checks.load(sample), None)["funding.csv"].decode()
    row, _ = csv.DictReader(content.splitlines())
    assert row["value"] == "12500000"
    assert row["precision"] == "50000"
    assert "\r" not in content


def test_the_data_package_validates() -> None:
    report = frictionless.validate(str(ROOT / tables.FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_a_wrong_cell_would_not_validate(tmp_path: Path) -> None:
    for name, content in package.files(checks.load(ROOT), None).items():
        (tmp_path / name).write_bytes(content)
    descriptor = json.loads((tmp_path / "datapackage.json").read_text())
    descriptor["resources"] = [r | {"hash": "", "bytes": 0} for r in descriptor["resources"]]
    for resource in descriptor["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    adoption = tmp_path / "adoption.csv"
    adoption.write_text(adoption.read_text().replace("adoption_fr_2018", "adoption_fr_1818", 1))
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_every_resource_names_licence_source_and_meaning() -> None:
    descriptor = json.loads((ROOT / tables.FOLDER / "datapackage.json").read_text())
    assert {licence["name"] for licence in descriptor["licenses"]} == {"etalab-2.0", "CC-BY-4.0"}
    assert len(descriptor["sources"]) == 5
    for resource in descriptor["resources"]:
        assert all(field["description"] for field in resource["schema"]["fields"])
