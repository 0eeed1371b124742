"""The lexicon: every code has its labels, and a code without one is told with the nearest."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from analysis import checks
from analysis.claims.claim import Status
from analysis.errors import InputError, Problems
from analysis.quantities import BOUNDS, KINDS
from analysis.tables.columns import (
    CLAIM_COLUMNS,
    DOCUMENT_COLUMNS,
    NAME_COLUMNS,
    NUMBER_COLUMNS,
    SERIES_COLUMNS,
)
from analysis.words import label, unknown_codes
from analysis.words.terms import CODED, lexicon, read_lexicon, unit_name
from analysis.words.typography import NARROW

TABLES: tuple[Any, ...] = (CLAIM_COLUMNS, DOCUMENT_COLUMNS, NAME_COLUMNS, NUMBER_COLUMNS, SERIES_COLUMNS)


@dataclass
class FakeLedger:
    entries: tuple[Any, ...]


def fake_claim(**codes: str) -> Any:
    return SimpleNamespace(id="a_claim", file="data/raw/claims/a_claim.toml", **codes)


def test_labels_come_long_and_short_in_both_languages() -> None:
    assert label("EU27", "fr") == "Union européenne (27 États)"
    assert label("EU27", "en", short=True) == "EU-27"
    assert label("eurostat", "en") == "Eurostat"


def test_a_missing_short_label_is_the_long_one() -> None:
    assert label("FR", "fr", short=True) == "France"


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError, match='did you mean "eurostat"'):
        label("eurostaat", "fr")


def test_an_unknown_group_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError, match='did you mean "places"'):
        label("FR", "fr", group="place")


def test_a_code_of_several_groups_needs_its_group() -> None:
    with pytest.raises(InputError, match="several groups") as error:
        label("data_spaces", "fr")
    assert 'group="subjects"' in str(error.value)
    assert label("data_spaces", "fr", group="purposes") == "espaces de données mutualisées"


def test_a_code_called_the_same_in_all_its_groups_needs_none() -> None:
    assert label("data_spaces", "fr", short=True) == "Espaces de données"


def test_french_labels_have_french_spaces() -> None:
    assert f"cloud{NARROW}: IaaS" in label("cloud_market_all_segments", "fr")


def test_units_stand_beside_numbers_in_their_short_form() -> None:
    assert [unit_name("percentage points", "fr", one=one) for one in (False, True)] == ["points", "point"]
    assert unit_name("TWh", "fr") == "TWh"


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("kinds", KINDS),
        ("bounds", BOUNDS),
        ("statuses", get_args(Status)),
        ("columns", [column.name for table in (*TABLES, checks.COLUMNS) for column in table]),
        ("verdicts", ["holds", "holds_as_printed", "contradicts", "not_comparable", "cannot_tell"]),
    ],
)
def test_everything_that_the_package_names_has_a_label(group: str, codes: list[str]) -> None:
    assert not [code for code in codes if code not in lexicon()[group]]


def test_no_label_ends_like_a_sentence_or_holds_an_ordinary_double_space() -> None:
    forms = [
        term.name(lang, short=short)
        for terms in lexicon().values()
        for term in terms.values()
        for lang in ("fr", "en")
        for short in (False, True)
    ]
    assert not [form for form in forms if form.endswith(".") or "  " in form or form != form.strip() or "'" in form]


def test_a_malformed_entry_is_named() -> None:
    with pytest.raises(Problems, match=r"places\.FR.*\"en\" is missing"):
        read_lexicon('[places]\nFR = { fr = "France" }')
    with pytest.raises(Problems, match=r'did you mean "fr_short"'):
        read_lexicon('[places]\nFR = { fr = "France", en = "France", fr_shrt = "F" }')


def test_every_unknown_code_of_the_ledger_is_told_with_its_claim() -> None:
    codes = dict.fromkeys(CODED, "")
    claim = fake_claim(**{**codes, "place": "FRA", "said_by": "FR", "measured_by": "eurostat"})
    errors = unknown_codes(FakeLedger((claim,)))  # type: ignore[arg-type] # only what is looked at
    assert [error.what for error in errors] == ['no label for place = "FRA"', 'no label for said_by = "FR"']
    assert {(error.file, error.entry) for error in errors} == {("data/raw/claims/a_claim.toml", "a_claim")}
    assert 'did you mean "FR"?' in str(errors[0])
