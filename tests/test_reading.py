"""What the reader of numbers makes of single expressions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis import reading
from analysis.errors import InputError
from analysis.quantities import Lang, Quantity


def only(text: str, lang: Lang | None = None) -> Quantity:
    (found,) = reading.scan(text, lang)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "value", "printed"),
    [
        ("Réunion le 24 mars 2026 à Lyon.", "date", "2026-03-24", "24 mars 2026"),
        ("Réunion le 1er juillet.", "date", "--07-01", "1er juillet"),
        ("It was signed on March 5, 2024.", "date", "2024-03-05", "March 5, 2024"),
        ("It was signed on 3rd of May.", "date", "--05-03", "3rd of May"),
        ("Publié le 13-09-2022 par la rédaction.", "date", "2022-09-13", "13-09-2022"),
        ("Publié le 02/10/23 par la rédaction.", "date", "2023-10-02", "02/10/23"),
        ("Date of the file: 2026-02-08.", "date", "2026-02-08", "2026-02-08"),
        ("Le site a brûlé en février 2021.", "date", "2021-02", "février 2021"),
        ("Rendez-vous du 10-12 mars 2025 à Nice.", "date", ("2025-03-10", "2025-03-12"), "10-12 mars 2025"),
        ("La séance ouvre à 14h30 précises.", "time", "14:30", "14h30"),
        ("Doors open at 9.30 pm in the hall.", "time", "21:30", "9.30 pm"),
        ("Le rapport paraîtra en 2027.", "year", "2027", "2027"),
        ("Le plan court sur 2021-2024.", "year", ("2021", "2024"), "2021-2024"),
        ("The accounts for 2023-24 are out.", "year", ("2023", "2024"), "2023-24"),
        ("The accounts for FY25 are out.", "year", "2025", "FY25"),
        ("L’appel ouvre au T1 2022.", "quarter", "2022-Q1", "T1 2022"),
        ("L’appel ouvre au troisième trimestre 2023.", "quarter", "2023-Q3", "troisième trimestre 2023"),
        ("Sales rose in the second half of 2024.", "quarter", "2024-H2", "second half of 2024"),
        ("Sales rose in H1.", "quarter", "--H1", "H1"),
        ("C’est la 4ème édition.", "ordinal/rank", Decimal(4), "4ème"),
        ("The top 5 are listed.", "ordinal/rank", Decimal(5), "5"),
        ("Le réseau des offres en nuage souverain1 grandit.", "page_or_footnote", Decimal(1), "1"),
        ("Voir la page 12 du rapport.", "page_or_footnote", Decimal(12), "12"),
        ("\n25\n", "page_or_footnote", Decimal(25), "25"),
        ("La norme ISO 27001 s’applique.", "identifier", None, "ISO 27001"),
        ("La crise du COVID-19 est passée.", "identifier", None, "COVID-19"),
        ("Le règlement (UE) 2016/679 s’applique.", "identifier", None, "2016/679"),
        ("Appelez le 01 23 45 67 89 demain.", "identifier", None, "01 23 45 67 89"),
        ("Voir https://exemple.fr/2024/plan pour le reste.", "identifier", None, "https://exemple.fr/2024/plan"),
    ],
)
def test_numbers_that_measure_nothing_are_named(text: str, kind: str, value: object, printed: str) -> None:
    found = only(text)
    assert (found.kind, found.value, found.printed) == (kind, value, printed)
    assert not found.is_figure


def test_a_footnote_mark_glued_to_a_year_is_parted_from_it() -> None:
    year, note = reading.scan("La part a grandi en 20206.")
    assert (year.kind, year.value, year.printed) == ("year", "2020", "2020")
    assert (note.kind, note.value, note.printed) == ("page_or_footnote", Decimal(6), "6")


@pytest.mark.parametrize("blank", " \xa0\u202f\u2009\u200b\u2060\ufeff", ids=lambda blank: f"U+{ord(blank):04X}")
def test_any_blank_may_stand_in_a_number_and_before_its_unit(blank: str) -> None:
    found = only(f"Le budget est de 1{blank}791{blank}M€ au total.")
    assert (found.kind, found.value, found.unit) == ("money", Decimal(1_791_000_000), "EUR")


def test_an_expression_may_run_over_hard_wrapped_lines() -> None:
    found = only("Le plan mobilise plus de \n\n680 \n\nM€ de crédits.")
    assert (found.value, found.bound, found.printed) == (Decimal(680_000_000), "at_least", "680 \n\nM€")


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("Le taux est de 1,750 selon la note.", "fr", "1.750"),
        ("The rate is 1,750 in the note.", "en", "1750"),
        ("Le taux est de 13.000 selon la note.", "fr", "13000"),
        ("The rate is 13.000 in the note.", "en", "13.000"),
    ],
)
def test_points_and_commas_are_read_by_the_language_of_the_sentence(text: str, lang: Lang, value: str) -> None:
    found = only(text)
    assert (found.value, found.lang) == (Decimal(value), lang)


def test_the_language_may_be_given() -> None:
    assert only("1,750", "en").value == 1750
    assert only("x 1,750", "fr").value == Decimal("1.750")


def test_each_sentence_has_its_own_language() -> None:
    text = "Le total est de 12 M€ pour la région. The total is €12m for the region. Il y a 3 sites dans la ville."
    assert [q.lang for q in reading.scan(text)] == ["fr", "en", "fr"]


def test_precision_is_half_of_the_last_printed_place_in_the_unit_of_the_value() -> None:
    values = {"19 %": "0.5", "1,8 Md€": "50000000", "4,25 ans": "0.005", "une vingtaine de sites": "5"}
    for printed, precision in values.items():
        assert only(f"Cela fait {printed}.").precision == Decimal(precision)


def test_the_cells_of_a_table_take_the_unit_of_its_caption_and_add_up() -> None:
    table = "Moyens engagés, en M€\n\nÉtat 421 66 150 30  667\nRégions 500  150 30 680\nUnion  84 360   444\n"
    table += "Total 921 150 660 60  1 791\n"
    cells = [int(str(q.value)) // 1_000_000 for q in reading.scan(table) if q.unit == "EUR"]
    assert cells == [421, 66, 150, 30, 667, 500, 150, 30, 680, 84, 360, 444, 921, 150, 660, 60, 1791]


def test_each_column_may_have_its_own_unit() -> None:
    table = (
        "| Programme | Montant (M€) | Part (%) |\n|---|---|---|\n| Calcul | 310 | 45,2 |\n| Formation | 75,5 | 11 |\n"
    )
    assert [(q.kind, q.value) for q in reading.scan(table)] == [
        ("money", 310_000_000),
        ("percentage", Decimal("45.2")),
        ("money", 75_500_000),
        ("percentage", 11),
    ]


def test_brackets_of_accounts_are_a_minus_in_a_table_of_amounts() -> None:
    table = "Group results, in € million\nRevenue 993 901\nNet loss (10.3) (40.3)\n"
    assert [q.value for q in reading.scan(table)] == [993_000_000, 901_000_000, -10_300_000, -40_300_000]


def test_thousands_and_cells_are_told_apart_by_the_years_above_them() -> None:
    table = "Ventes 2022 2023 2024\nNord 987 1 024 998\n"
    assert [q.value for q in reading.scan(table) if q.kind == "count"] == [987, 1024, 998]


# Reading one expression, as the ledger keeps it.


@pytest.mark.parametrize(
    ("printed", "cue", "unit", "wanted"),
    [
        ("19%", "", "", ("percentage", "19", "percent", "exact", False)),
        ("2%", "moins de", "", ("percentage", "2", "percent", "at_most", True)),
        ("50M€", "Jusqu’à", "", ("money", "50000000", "EUR", "at_most", False)),
        ("421", "", "en M€", ("money", "421000000", "EUR", "exact", False)),
        ("1 791", "", "en M€", ("money", "1791000000", "EUR", "exact", False)),
        ("1,8 Mds €", "", "", ("money", "1800000000", "EUR", "exact", False)),
        ("10 milliards d’euros", "plus de", "", ("money", "10000000000", "EUR", "at_least", True)),
        ("par 10", "multipliant", "", ("multiplier", "10", "x", "exact", False)),
        ("+ 8 points", "", "", ("points", "8", "percentage points", "exact", False)),
        ("une entreprise sur quatre", "", "", ("ratio_in_words", "25", "percent", "exact", False)),
        ("troisième", "", "", ("ordinal/rank", "3", None, "exact", False)),
        ("une vingtaine", "", "", ("count", "20", None, "about", False)),
        ("Doubler", "", "", ("multiplier", "2", "x", "exact", False)),
        ("dix ans", "", "", ("duration", "10", "year", "exact", False)),
        ("23", "", "", ("count", "23", None, "exact", False)),
        ("23 projets", "", "", ("count", "23", "projets", "exact", False)),
    ],
)
def test_one_expression_is_read_with_its_cue_and_unit_given_aside(
    printed: str, cue: str, unit: str, wanted: tuple[str, str, str | None, str, bool]
) -> None:
    found = reading.read(printed, cue=cue, unit=unit, lang="fr")
    assert (found.kind, str(found.value), found.unit, found.bound, found.strict) == wanted
    assert (found.printed, found.start, found.end) == (printed, 0, len(printed))


def test_a_range_is_one_expression() -> None:
    found = reading.read("70 et 90 %", cue="entre", lang="fr")
    assert (found.kind, found.value, found.bound) == ("percentage", (Decimal(70), Decimal(90)), "range")


def test_an_expression_without_a_number_is_refused() -> None:
    with pytest.raises(InputError, match="no number in 'plusieurs projets'"):
        reading.read("plusieurs projets", lang="fr")


def test_an_expression_with_two_numbers_is_refused_and_both_are_named() -> None:
    with pytest.raises(InputError, match=r"2 numbers in '19% en 2018'(.|\n)*'19%' \(percentage\), '2018' \(year\)"):
        reading.read("19% en 2018", lang="fr")
