"""Numbers, dates and spaces, as French and English print them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.quantities import Kind, Lang, Quantity
from analysis.words import date, number, ordinal, period, quantity, typeset
from analysis.words.numbers import form
from analysis.words.typography import DASH, FIXED, MINUS, NARROW

D = Decimal
MILLION, BILLION = 10**6, 10**9
_UNITS: dict[str, str] = {"percentage": "percent", "points": "percentage points", "money": "EUR", "multiplier": "x"}


def read(kind: Kind, value: Any, precision: object = None, printed: str = "x", **more: Any) -> Quantity:
    half = None if precision is None else D(str(precision))
    given = {"unit": _UNITS.get(kind), "bound": "range" if isinstance(value, tuple) else "exact", **more}
    return Quantity(kind=kind, value=value, precision=half, printed=printed, start=0, end=0, lang="fr", **given)


def both(q: Quantity, *, bare: bool = False) -> tuple[str, str]:
    """French and English, French spaces written as what they look like: ~ narrow, _ wide."""
    french = quantity(q, "fr", bare=bare).replace(NARROW, "~").replace(FIXED, "_")
    return french, quantity(q, "en", bare=bare)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        ("0", "0", "0"),
        ("-0.0", "0", "0"),
        ("1791", "1~791", "1,791"),
        ("1234567.80", "1~234~567,8", "1,234,567.8"),
        ("-12.5", f"{MINUS}12,5", f"{MINUS}12.5"),
        ("1.8E+9", "1~800~000~000", "1,800,000,000"),
    ],
)
def test_a_number_has_the_signs_of_its_language(value: str, french: str, english: str) -> None:
    assert number(D(value), "fr").replace(NARROW, "~") == french
    assert number(D(value), "en") == english


def test_decimals_asked_for_are_all_shown_and_halves_go_away_from_zero() -> None:
    assert [number(D(value), "en", 1) for value in ("19", "0.25", "-0.25", "-0.04")] == ["19.0", "0.3", "−0.3", "0.0"]


def test_what_is_not_finite_is_refused() -> None:
    with pytest.raises(InputError, match="no number"):
        number(D("NaN"), "fr")


_decimals = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15)


@given(_decimals, st.sampled_from(("fr", "en")))
def test_a_printed_number_reads_back_the_same(value: Decimal, lang: Lang) -> None:
    assert parse_decimal(number(value, lang).replace(MINUS, "-"), locale=lang, strict=True) == value


@pytest.mark.parametrize(
    ("q", "french", "english"),
    [
        (read("percentage", D(19), 0.5), "19~%", "19%"),
        (read("percentage", D("4.50"), 0.05), "4,5~%", "4.5%"),
        (read("percentage", D(30), 0.5, "+30%"), "+30~%", "+30%"),
        (read("percentage", D(2), 0.5, bound="at_most", strict=True), "moins de 2~%", "less than 2%"),
        (read("percentage", D(25), 0.5, bound="at_least", strict=True), "plus de 25~%", "more than 25%"),
        (read("percentage", D(25), 0.5, bound="at_least"), "au moins 25~%", "at least 25%"),
        (read("percentage", (D(70), D(90)), 0.5), "de 70 à 90~%", "70–90%"),
        (read("percentage", (D(-5), D(-3)), 0.5), f"de {MINUS}5 à {MINUS}3~%", f"{MINUS}5 to {MINUS}3%"),
        (read("points", D(8), 0.5, "+8 points"), "+8_points", "+8 points"),
        (read("points", D(1), 0.5), "1_point", "1 point"),
        (read("points", D("1.5"), 0.05), "1,5_point", "1.5 points"),
        (read("multiplier", D(10), 0.5), "×10", "×10"),
        (read("count", D(23), 0.5), "23", "23"),
        (read("count", (D(20), D(30)), 0.5), "de 20 à 30", "20–30"),
        (read("count", D(20), 5, "une vingtaine", bound="about"), "environ 20", "about 20"),
        (read("count", D(15), 5, "une quinzaine", bound="about"), "environ 15", "about 15"),
        (read("count", D(12), 0.5, bound="at_most", strict=True), "moins de 12", "fewer than 12"),
        (read("duration", D(4), 0.5, unit="year"), "4_ans", "4 years"),
        (read("duration", D(1), 0.5, unit="month"), "1_mois", "1 month"),
        (read("rating", D("4.5"), 0.05, unit="out of 5"), "4,5_sur_5", "4.5 out of 5"),
        (read("ordinal/rank", D(3)), "3e", "3rd"),
        (read("ordinal/rank", "4"), "4e", "4th"),
        (read("ratio_in_words", D(25), unit="percent"), "un quart", "a quarter"),
        (read("ratio_in_words", D("33.33"), unit="percent"), "un tiers", "a third"),
        (read("ratio_in_words", D("66.67"), unit="percent"), "deux tiers", "two-thirds"),
        (read("ratio_in_words", D("14.29"), unit="percent"), "14~%", "14%"),
        (
            read("ratio_in_words", D(25), unit="percent", bound="at_most", strict=True),
            "moins d’un quart",
            "less than a quarter",
        ),
        (read("date", "2021-11-02"), "2_novembre 2021", "2 November 2021"),
        (read("year", ("2021", "2022")), "2021–2022", "2021–2022"),
        (read("identifier", None, printed="Office\n365"), "Office 365", "Office 365"),
    ],
)
def test_a_quantity_is_told_with_its_bound_and_unit(q: Quantity, french: str, english: str) -> None:
    assert both(q) == (french, english)


def test_bare_leaves_out_the_words_of_the_bound() -> None:
    assert both(read("percentage", D(2), 0.5, bound="at_most", strict=True), bare=True) == ("2~%", "2%")
    assert both(read("percentage", (D(70), D(90)), 0.5), bare=True) == ("70–90~%", "70–90%")


@pytest.mark.parametrize(
    ("value", "precision", "french", "english"),
    [
        (667 * MILLION, 0.5 * MILLION, "667_M€", "€667m"),
        (1791 * MILLION, 0.5 * MILLION, "1~791_M€", "€1,791m"),
        (1800 * MILLION, 0.05 * BILLION, "1,8_Md€", "€1.8bn"),
        (59 * BILLION, 0.5 * BILLION, "59_Md€", "€59bn"),
        (4_800_000, 50_000, "4,8_M€", "€4.8m"),
        (500 * MILLION, 0.05 * BILLION, "0,5_Md€", "€0.5bn"),
        (350_000, 500, "350_k€", "€350k"),
        (350_000, 0.5, "350~000_€", "€350,000"),
        (20 * MILLION, 5 * MILLION, "20_M€", "€20m"),
        (-3_200_000, 50_000, f"{MINUS}3,2_M€", f"{MINUS}€3.2m"),
        (1800 * MILLION, None, "1,8_Md€", "€1.8bn"),
        (1791 * MILLION, None, "1~791_M€", "€1,791m"),
    ],
)
def test_money_keeps_the_scale_and_the_decimals_of_its_precision(
    value: int, precision: float | None, french: str, english: str
) -> None:
    assert both(read("money", D(value), precision)) == (french, english)


def test_money_is_bounded_ranged_and_named_by_its_currency() -> None:
    assert both(read("money", D(50 * MILLION), 500_000, bound="at_most")) == ("jusqu’à 50_M€", "up to €50m")
    assert both(read("money", (D(15 * MILLION), D(50 * MILLION)), 500_000)) == ("de 15 à 50_M€", "€15–50m")
    assert both(read("money", D(5 * MILLION), 500_000, unit="USD")) == ("5_M$", "$5m")
    assert both(read("money", D(5 * MILLION), 500_000, unit="CHF")) == ("5_M_CHF", "CHF 5m")


@given(st.integers(1, 99_999), st.integers(0, 9))
def test_printed_money_is_never_rounded_and_gains_no_place(digits: int, power: int) -> None:
    value, step = D(digits).scaleb(power), D(1).scaleb(power)
    q = read("money", value, step / 2)
    shown = quantity(q, "en").strip("€kmbn")
    assert parse_decimal(shown, locale="en", strict=True) * form(q).scale == value


def test_a_computed_number_is_rounded_to_what_is_known_of_it() -> None:
    growth = read("percentage", D("42.10526315789"), 2, printed="")
    assert both(growth) == ("42~%", "42%")


@pytest.mark.parametrize(
    ("iso", "french", "english"),
    [
        ("2018", "2018", "2018"),
        ("2021/2022", f"2021{DASH}2022", f"2021{DASH}2022"),
        ("2023/..", "2023 et après", "2023 onwards"),
        ("../2025", "d’ici 2025", "by 2025"),
        ("../2025-03-01", "d’ici au 1er mars 2025", "by 1 March 2025"),
        ("2020-Q3", "3e trimestre 2020", "Q3 2020"),
        ("2022-H1", "1er semestre 2022", "H1 2022"),
        ("2021-05-17", "17 mai 2021", "17 May 2021"),
        ("2021-02", "février 2021", "February 2021"),
        ("--02-29", "29 février", "29 February"),
        ("2021-11/2022-02", "novembre 2021 – février 2022", "November 2021 – February 2022"),
        ("", "", ""),
    ],
)
def test_a_period_is_told_in_words(iso: str, french: str, english: str) -> None:
    assert period(iso, "fr").replace(FIXED, " ") == french
    assert period(iso, "en").replace(FIXED, " ") == english


@pytest.mark.parametrize("text", ["2021-02-30", "2021-13", "21", "../..", "2020-Q5", "mars 2021"])
def test_what_is_no_period_is_refused_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(InputError, match="no date or period") as error:
        period(text, "fr")
    assert "2020-Q3" in str(error.value)


def test_a_french_day_does_not_part_from_its_month() -> None:
    assert date("2021-05-01", "fr") == f"1er{FIXED}mai 2021"


def test_english_ranks_know_their_teens() -> None:
    assert [ordinal(n, "en") for n in (1, 2, 3, 4, 11, 12, 13, 21, 111)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "111th"]
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Qui paie ?", "Qui paie~?"),
        ("Cloud : 3 % ; oui !", "Cloud~: 3~% ; oui !".replace(" ;", "~;").replace(" !", "~!")),
        ("«mot» et « mot »", "«~mot~» et «~mot~»"),
        ("[19 %](#a_b) : suite", "[19~%](#a_b)~: suite"),
        ("[a](https://x.fr/?q : r)", "[a](https://x.fr/?q : r)"),
        ("`a : b`", "`a : b`"),
        ("https://x.fr : oui", "https://x.fr~: oui"),
        ("5 M€ et 3 €", "5_M€ et 3_€"),
        ("l'État", "l’État"),
        ("| :--- | ---: |", "| :--- | ---: |"),
        ("Cloud: what now?", "Cloud: what now?"),
    ],
)
def test_french_spaces_are_set_where_prose_is(typed: str, printed: str) -> None:
    assert typeset(typed, "fr").replace(NARROW, "~").replace(FIXED, "_") == printed


def test_english_keeps_its_spaces() -> None:
    assert typeset("The documents' own : 3 %", "en") == "The documents’ own : 3 %"


@given(st.text(alphabet="ab«»:;?!%€Mdl' |`[]()#-\u202f\u00a0\n"), st.sampled_from(("fr", "en")))
def test_setting_twice_changes_nothing_and_only_spaces_ever_change(text: str, lang: Lang) -> None:
    once = typeset(text, lang)
    assert typeset(once, lang) == once
    assert "".join(once.split()) == "".join(text.split()).replace("'", "’") or "'" in once
