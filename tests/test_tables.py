"""Tidy tables, CSV and data package."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest

from analysis import claims, documents, tables
from analysis.errors import UsageError

ROOT = Path(__file__).parents[1]


def at_hand(project: Path) -> tuple[claims.Ledger, dict[str, str]]:
    ledger = claims.load(project)
    return ledger, dict(documents.shelf(project / documents.FOLDER, ledger.documents).texts)


def test_a_table_has_one_row_per_claim_of_its_family(sample: Path) -> None:
    ledger = claims.load(sample)
    assert tables.names(ledger) == ("claims", "documents", "adoption", "funding")
    assert list(tables.table("claims", ledger)["id"]) == list(ledger.claims)
    assert list(tables.table("funding", ledger)["id"]) == ["plan_total", "plan_public"]


def test_numbers_are_exact_and_missing_ends_are_none(sample: Path) -> None:
    row = tables.table("adoption", claims.load(sample)).set_index("id").loc["adoption_2029"]
    assert row["value"] == Decimal(5)
    assert row["low"] is None
    assert row["interval"] == "(−∞, 5)"
    assert bool(row["strict"])


def test_a_family_drops_the_columns_that_say_nothing(sample: Path) -> None:
    assert "payer" not in tables.table("adoption", claims.load(sample)).columns


def test_an_unknown_table_is_refused_with_the_nearest_one(sample: Path) -> None:
    with pytest.raises(UsageError, match='did you mean "adoption"'):
        tables.table("adoptoin", claims.load(sample))


def test_the_committed_tables_are_what_the_ledger_gives() -> None:
    assert list(tables.stale(claims.load(ROOT), {}, ROOT / tables.FOLDER)) == []


def test_stale_missing_and_foreign_tables_are_told(sample: Path, tmp_path: Path) -> None:
    ledger, texts = at_hand(sample)
    folder = tmp_path / "processed"
    names = {"claims.csv", "documents.csv", "adoption.csv", "funding.csv", "numbers.csv", "datapackage.json"}
    assert {file.name for file in tables.write(ledger, texts, folder)} == names
    assert tables.write(ledger, texts, folder) == []
    assert list(tables.stale(ledger, {}, folder)) == []
    (folder / "adoption.csv").write_text("id\n")
    (folder / "funding.csv").unlink()
    (folder / "mine.csv").write_text("id\n")
    told = [str(problem) for problem in tables.stale(ledger, texts, folder)]
    assert len(told) == 3
    assert "adoption.csv: the table is not what the ledger gives" in told[0]
    assert "funding.csv: the table is missing" in told[1]
    assert "mine.csv: no claim gives this table" in told[2]


def test_a_census_of_another_ledger_is_known_to_be_stale_without_the_documents(sample: Path, tmp_path: Path) -> None:
    ledger, texts = at_hand(sample)
    tables.write(ledger, texts, tmp_path)
    fewer = replace(ledger, claims={"adoption_2031": ledger["adoption_2031"]})
    assert "taken of another ledger" in str(next(iter(tables.stale(fewer, {}, tmp_path))))
    tables.write(fewer, {}, tmp_path)  # without the documents the census stays, and stays stale
    assert "taken of another ledger" in str(next(iter(tables.stale(fewer, {}, tmp_path))))


def test_a_census_that_was_never_taken_is_told(sample: Path, tmp_path: Path) -> None:
    assert "the census is missing" in str(next(iter(tables.stale(at_hand(sample)[0], {}, tmp_path))))


def test_the_census_accounts_for_every_number_in_reading_order(sample: Path) -> None:
    ledger, texts = at_hand(sample)
    numbers = tables.numbers(ledger, texts)
    assert list(numbers["start"]) == sorted(numbers["start"])
    assert set(numbers["account"]) == {"claim", "not_a_figure", "unused"}
    stated = numbers[numbers["account"] == "claim"]
    assert set(stated["claims"]) == set(ledger.claims)


def test_csv_numbers_have_a_point_and_no_exponent(sample: Path) -> None:
    content = tables.files(claims.load(sample), None)["funding.csv"].decode()
    row, _ = csv.DictReader(content.splitlines())
    assert row["value"] == "12500000"
    assert row["precision"] == "50000"
    assert "\r" not in content


def test_the_data_package_validates() -> None:
    report = frictionless.validate(str(ROOT / tables.FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_a_wrong_cell_would_not_validate(tmp_path: Path) -> None:
    for name, content in tables.files(claims.load(ROOT), None).items():
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
