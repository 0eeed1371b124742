"""Tidy tables of claims and of numbers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

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


def test_the_census_accounts_for_every_number_in_reading_order(sample: Path) -> None:
    ledger, texts = at_hand(sample)
    numbers = tables.numbers(ledger, texts)
    assert list(numbers["start"]) == sorted(numbers["start"])
    assert set(numbers["account"]) == {"claim", "not_a_figure", "unused"}
    stated = numbers[numbers["account"] == "claim"]
    assert set(stated["claims"]) == set(ledger.claims)
