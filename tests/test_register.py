"""The register of same quantities: what is set side by side, and how it is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import claims, reading, series, words
from analysis.checks import register as registers
from analysis.checks.register import LIKENESSES, Entry, Group, Judgement, Pair
from analysis.checks.register.kinship import read
from analysis.claims import Claim, Ledger
from analysis.errors import InputError, Problems
from analysis.quantities.spans import Span
from analysis.series import Catalogue

PLANTED = Path(__file__).parent / "planted/register"
NO_SERIES = Catalogue({}, {})


@pytest.fixture(scope="module")
def ledger(project: Path) -> Ledger:
    return claims.load(project)


@pytest.fixture(scope="module")
def catalogue(project: Path) -> Catalogue:
    return series.load(project)


@pytest.fixture(scope="module")
def groups(ledger: Ledger, catalogue: Catalogue) -> tuple[Group, ...]:
    return registers.register(ledger, catalogue)


@pytest.fixture(scope="module")
def pairs(groups: tuple[Group, ...]) -> dict[frozenset[str], Pair]:
    return {frozenset((pair.one, pair.other)): pair for group in groups for pair in group.pairs}


@pytest.fixture(scope="module")
def judged(ledger: Ledger, catalogue: Catalogue) -> Callable[[str, str], Judgement]:
    """Judges any two entries, whether or not the register sets them side by side."""
    known = {entry.id: entry for entry in registers.entries(ledger, catalogue)}
    return lambda one, other: registers.judge(known[one], known[other], registers.kinship())


# What it must find.


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("share_big_three_europe_2021", "share_big_three_europe_undated", "cannot_tell"),
        ("share_us_offer_fr_2025", "share_big_three_europe_2021", "scope_differs"),
        ("share_us_offer_fr_2025", "share_big_three_europe_undated", "scope_differs"),
        ("share_big_three_europe_undated", "synergy_202101_us_big_three_2020q3", "same"),
        ("share_big_three_europe_2021", "synergy_202109_us_big_three_2021q2", "same"),
        ("share_top_europeans_2021", "share_top_europeans_undated", "same"),
        ("pepr_foreword", "pepr_text", "contradicts"),
        ("pepr_text", "budget_pepr_running", "evolves"),
        ("adoption_fr_2020", "adoption_fr_one_in_four", "same"),
        ("adoption_fr_2020", "eurostat_cloud_use_fr_2020", "scope_differs"),
        ("data_spaces_planned", "target_data_spaces", "same"),
        ("projects_selected", "projects_selected_foreword", "same"),
        ("funding_european_research", "european_research_text", "same"),
        ("funding_public_rd_solutions", "budget_rd_usine_nouvelle", "evolves"),
        ("public_2021_2022", "budget_public_2021_2022_usine_digitale", "contradicts"),
        ("funding_all_all", "plan_total", "same"),
    ],
)
def test_the_register_sets_side_by_side_what_is_told_of_one_thing(
    pairs: dict[frozenset[str], Pair], one: str, other: str, likeness: str
) -> None:
    assert pairs[frozenset((one, other))].likeness == likeness


def test_a_number_told_without_a_period_is_traced_to_the_quarter_that_has_it(
    pairs: dict[frozenset[str], Pair],
) -> None:
    pair = pairs[frozenset(("share_big_three_europe_2021", "share_big_three_europe_undated"))]
    assert pair.missing == ("period",)
    assert "Synergy Research Group for: Q3 2020" in pair.reason_en
    assert "Synergy Research Group" in pair.reason_fr


def test_a_scope_that_differs_is_named_with_what_either_side_gives(pairs: dict[frozenset[str], Pair]) -> None:
    pair = pairs[frozenset(("share_us_offer_fr_2025", "share_big_three_europe_2021"))]
    assert set(pair.differs) >= {"subject", "place"}
    assert "place (France; Europe)" in pair.reason_en
    assert "lieu (France\u202f; Europe)" in pair.reason_fr


def test_what_repeats_joins_the_group_of_what_it_repeats(groups: tuple[Group, ...]) -> None:
    group = next(group for group in groups if group.id == "share_big_three_europe_2021" or "share_us" in group.id)
    inside = {entry.id for entry in group.entries}
    assert {"share_big_three_europe_2021_foreword", "us_offer_fr_2025_numerama"} <= inside


# What it must not call a contradiction.


@pytest.mark.parametrize(
    ("one", "other", "likeness", "coordinate"),
    [
        ("synergy_202101_european_2017", "synergy_202109_european_2017", "evolves", "told"),
        ("synergy_202209_european_2017", "synergy_202507_european_2017", "evolves", "told"),
        ("synergy_202209_european_2022q2", "synergy_202507_european_2022", "evolves", "told"),
        ("ugap_202506_orders_2024", "dinum_202512_orders_2024", "cannot_tell", "population"),
        ("dinum_202512_orders_2024", "dinum_202512_state_orders_2024", "scope_differs", "population"),
        ("ugap_orders_growth", "dinum_20250318_growth_2024", "scope_differs", "population"),
        ("market_size_europe_2020", "kpmg_202105_market_2020", "scope_differs", "measured_by"),
        ("market_size_europe_2020", "idc_202111_public_cloud_2020", "scope_differs", "unit"),
        ("kpmg_202105_market_2020", "idc_202111_public_cloud_2020", "scope_differs", "population"),
        ("eurostat_cloud_use_fr_2021", "eurostat_cloud_use_fr_2023", "scope_differs", "series_break"),
        ("eurostat_cloud_use_fr_2021", "eurostat_cloud_use_fr_2021_iuse", "scope_differs", "population"),
        ("eurostat_cloud_use_fr_2018", "eurostat_cloud_use_fr_2020", "evolves", "period"),
        ("eurostat_cloud_use_eu27_2021", "eurostat_cloud_use_eu27_2021_r20211214", "evolves", "told"),
        ("markess_202205_market_2021", "markess_202205_public_cloud_2021", "cannot_tell", "population"),
        ("dinum_20250318_projects", "dinum_202512_projects", "evolves", "told"),
        ("funding_public_research", "pepr_text", "scope_differs", "purpose"),
        ("market_growth_europe_saas", "market_growth_yearly", "scope_differs", "segment"),
    ],
)
def test_numbers_that_differ_for_a_reason_are_no_contradiction(
    judged: Callable[[str, str], Judgement], one: str, other: str, likeness: str, coordinate: str
) -> None:
    for found in (judged(one, other), judged(other, one)):
        assert found.likeness == likeness
        assert coordinate in (*found.differs, *found.missing)


def test_each_contradiction_of_the_project_is_one_that_a_person_has_confirmed(
    pairs: dict[frozenset[str], Pair],
) -> None:
    found = {frozenset((pair.one, pair.other)) for pair in pairs.values() if pair.likeness == "contradicts"}
    assert found == {
        frozenset(("pepr_foreword", "pepr_text")),  # one document, two sums for one programme
        frozenset(("public_2021_2022", "budget_public_2021_2022_usine_digitale")),  # misprint of a newspaper
        frozenset(("plan_total", "budget_plan_linformaticien")),  # cut, not rounded
        frozenset(("plan_total", "budget_plan_le_monde_informatique")),  # the same
        frozenset(("plan_duration", "budget_duration_le_monde_informatique")),  # five years for four
        frozenset(("markess_202205_market_2025", "markess_202205_market_2025_la_tribune")),  # two accounts of a study
        frozenset(("kpmg_202105_google_iaas_2020h1", "kpmg_202105_google_iaas_2020h1_release")),  # the same
        frozenset(("dinum_20250318_cumulative", "dinum_20250318_cumulative_solutions_numeriques")),  # the same
    }


# How two claims are judged, on claims made for it.


def made(ledger: Ledger, name: str, printed: str = "40 %", **fields: object) -> Claim:
    """A claim like that of the French share of 2018, but for what is given."""
    like = ledger["adoption_fr_2018"]
    quantity = reading.read(printed, cue=str(fields.pop("cue_words", "")), lang="fr")
    given: dict[str, object] = {"id": name, "printed": printed, "quantity": quantity, **fields}
    return replace(like, **given)  # type: ignore[arg-type]  # any field of a claim


def likeness(ledger: Ledger, one: Claim, other: Claim) -> str:
    """The judgement of the only pair of a ledger of two claims."""
    small = Ledger({one.id: one, other.id: other}, ledger.documents)
    pairs = [pair for group in registers.register(small, NO_SERIES) for pair in group.pairs]
    assert len(pairs) == 1
    return pairs[0].likeness


@pytest.mark.parametrize(
    ("printed", "fields", "expected"),
    [
        ("40 %", {}, "same"),
        ("deux entreprises sur cinq", {}, "same"),
        ("45 %", {}, "contradicts"),
        ("45 %", {"cue_words": "environ"}, "cannot_tell"),
        ("45 %", {"cue_words": "plus de"}, "contradicts"),
        ("45 %", {"cue_words": "moins de"}, "same"),
        ("45 %", {"period": "2019"}, "evolves"),
        ("40 %", {"period": "2019"}, "evolves"),
        ("45 %", {"period": ""}, "cannot_tell"),
        ("40 %", {"period": ""}, "same"),
        ("45 %", {"status": "target"}, "evolves"),
        ("45 %", {"place": "EU27"}, "scope_differs"),
        ("45 %", {"population": "enterprises_unspecified"}, "cannot_tell"),
        ("45 %", {"population": "enterprises_10_plus_eurostat", "setting": "heading"}, "scope_differs"),
        ("45 %", {"measured_by": "idc"}, "scope_differs"),
        ("45 %", {"measured_by": "not_stated"}, "cannot_tell"),
        ("45 %", {"segment": "iaas", "setting": "heading"}, "scope_differs"),
    ],
)
def test_each_coordinate_tells_its_own_judgement(
    ledger: Ledger, printed: str, fields: dict[str, object], expected: str
) -> None:
    fields = {"setting": "heading", **fields}
    assert likeness(ledger, made(ledger, "one"), made(ledger, "other", printed, **fields)) == expected


def test_a_later_document_that_tells_another_number_does_not_contradict(ledger: Ledger) -> None:
    later = made(ledger, "other", "45 %", document=ledger.documents["etat_nuage_2024"])
    assert likeness(ledger, made(ledger, "one"), later) == "evolves"


def test_an_open_scope_is_one_within_a_document_and_unknown_between_two(ledger: Ledger) -> None:
    one = made(ledger, "one", population="enterprises_unspecified")
    within = made(ledger, "other", "45 %", population="enterprises_unspecified", setting="heading")
    assert likeness(ledger, one, within) == "contradicts"
    elsewhere = replace(within, document=ledger.documents["etat_nuage_2024"])
    assert likeness(ledger, one, elsewhere) == "cannot_tell"


@pytest.mark.parametrize("fields", [{"place": "DE"}, {"measure": "market_share"}, {"subject": "large_groups"}])
def test_numbers_of_different_things_are_not_set_side_by_side(ledger: Ledger, fields: dict[str, object]) -> None:
    one, other = made(ledger, "one"), made(ledger, "other", "45 %", **fields)
    assert registers.register(Ledger({"one": one, "other": other}, ledger.documents), NO_SERIES) == ()


def test_percents_and_money_are_not_set_side_by_side(ledger: Ledger) -> None:
    one, other = made(ledger, "one"), made(ledger, "other", "40 M€")
    assert registers.register(Ledger({"one": one, "other": other}, ledger.documents), NO_SERIES) == ()


def test_the_columns_of_one_place_are_told_apart_by_it(ledger: Ledger) -> None:
    one, other = made(ledger, "one"), made(ledger, "other", "45 %", place="EU27")
    assert registers.register(Ledger({"one": one, "other": other}, ledger.documents), NO_SERIES) == ()


def test_a_ledger_where_all_agrees_gives_no_contradiction(ledger: Ledger) -> None:
    told = {claim.id: claim for claim in (made(ledger, f"c{number}", setting="") for number in range(6))}
    found = registers.register(Ledger(told, ledger.documents), NO_SERIES)
    assert {pair.likeness for group in found for pair in group.pairs} == {"same"}


@cache
def loaded(project: Path) -> Ledger:
    """The ledger, loaded once for all that hypothesis tries."""
    return claims.load(project)


PERCENTS = st.integers(1, 99).map(lambda number: f"{number} %")
COORDINATES = st.fixed_dictionaries(
    {},
    optional={
        "period": st.sampled_from(["", "2018", "2019", "2018/2020"]),
        "place": st.sampled_from(["FR", "EU27", "not_stated"]),
        "status": st.sampled_from(["measured", "target"]),
        "measured_by": st.sampled_from(["eurostat", "not_stated", "idc"]),
        "population": st.sampled_from(["", "enterprises_unspecified", "enterprises_10_plus_eurostat"]),
    },
)


@given(one=PERCENTS, other=PERCENTS, first=COORDINATES, second=COORDINATES)
def test_a_contradiction_needs_all_that_is_given_to_be_alike(
    project: Path, one: str, other: str, first: dict[str, str], second: dict[str, str]
) -> None:
    ledger = loaded(project)
    told = {"one": made(ledger, "one", one, **first), "other": made(ledger, "other", other, **second)}
    a, b = registers.entries(Ledger(told, ledger.documents), NO_SERIES)
    there, back = registers.judge(a, b, registers.kinship()), registers.judge(b, a, registers.kinship())
    assert (there.likeness, there.missing) == (back.likeness, back.missing)
    if there.likeness == "contradicts":
        assert not there.differs
        assert not there.missing
        assert one != other


# What a reader gets.


def test_the_register_stays_readable(groups: tuple[Group, ...]) -> None:
    assert max(len(group.pairs) for group in groups) <= 30
    assert sum(len(group.pairs) for group in groups) <= 200


def test_no_entry_is_in_two_groups_and_each_group_has_its_own_name(groups: tuple[Group, ...]) -> None:
    inside = [entry.id for group in groups for entry in group.entries]
    assert len(inside) == len(set(inside))
    assert len({group.id for group in groups}) == len(groups)


def test_the_years_of_a_series_are_one_line_that_a_break_ends(pairs: dict[frozenset[str], Pair]) -> None:
    before = pairs[frozenset(("eurostat_cloud_use_fr_2014", "eurostat_cloud_use_fr_2021"))]
    assert before.likeness == "evolves"
    assert "5 periods: 2014 – 2021" in before.reason_en
    assert frozenset(("eurostat_cloud_use_fr_2014", "eurostat_cloud_use_fr_2025")) not in pairs


def test_every_row_names_its_numbers_and_says_why_in_both_languages(groups: tuple[Group, ...]) -> None:
    rows = registers.rows(groups)
    cells = [{column.name: column.cell(row) for column in registers.COLUMNS} for row in rows]
    assert all(cell["printed_one"] and cell["printed_other"] for cell in cells)
    assert all(str(cell["reason_fr"]).endswith(".") and str(cell["reason_en"]).endswith(".") for cell in cells)
    assert not any("{" in f"{cell['reason_fr']}{cell['reason_en']}" for cell in cells)
    assert {cell["likeness"] for cell in cells} == set(LIKENESSES)


def test_every_likeness_and_coordinate_has_its_words() -> None:
    for likeness in LIKENESSES:
        assert words.label(likeness, "fr", group="likenesses") != words.label(likeness, "en", group="likenesses")
    for column in registers.COLUMNS:
        assert words.label(column.name, "fr", group="columns")


def test_the_same_ledger_gives_the_same_register(
    ledger: Ledger, catalogue: Catalogue, groups: tuple[Group, ...]
) -> None:
    assert registers.register(ledger, catalogue) == groups


# The kinship of codes.


def test_a_number_told_of_france_can_be_told_of_a_part_of_europe() -> None:
    kin = registers.kinship()
    assert kin.relation("place", "FR", "europe") == "kin"
    assert kin.relation("place", "FR", "DE") == "apart"
    assert kin.relation("place", "FR", "not_stated") == "open"
    assert kin.relation("subject", "us_big_three", "foreign_providers") == "kin"
    assert kin.relation("population", "cloud_market", "cloud_infrastructure_services") == "open"
    assert kin.relation("purpose", "research", "european_research", "european") == "equal"
    assert kin.relation("purpose", "research", "european_research", "public") == "apart"
    assert kin.relation("segment", "", "iaas") == "kin"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("unknown_code", r'broader 1: no label for place = "DEE"'),
        ("unknown_coordinate", r'broader 1: the field "coordinate" is not one of subject'),
        ("unknown_field", r'unknown field "wider"'),
        ("code_that_holds_itself", r'broader 1: "EU27" is declared to be broader than itself'),
        ("missing_reason", r'alike 1: the field "reason" is missing'),
    ],
)
def test_every_fault_of_the_kinship_is_told(file: str, told: str) -> None:
    with pytest.raises(Problems, match=told):
        read(PLANTED / f"{file}.toml")


# Periods.


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2020-Q3", "2020-07-01", "2020-09-30"),
        ("2022-H1", "2022-01-01", "2022-06-30"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2021-11-02", "2021-11-02", "2021-11-02"),
        ("2021/2022", "2021-01-01", "2022-12-31"),
        ("2021-Q3/2022-Q2", "2021-07-01", "2022-06-30"),
        ("2023/..", "2023-01-01", "9999-12-31"),
        ("../2025", "0001-01-01", "2025-12-31"),
    ],
)
def test_a_period_covers_its_days(iso: str, first: str, last: str) -> None:
    span = Span.of(iso)
    assert span is not None
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


@pytest.mark.parametrize("iso", ["", "--02-15", "2021-Q5x", "soon"])
def test_what_is_no_period_covers_nothing(iso: str) -> None:
    assert Span.of(iso) is None


def test_periods_that_meet_have_no_gap() -> None:
    year, quarter, later = Span.of("2020"), Span.of("2020-Q3"), Span.of("2022")
    assert year is not None
    assert quarter is not None
    assert later is not None
    assert year.meets(quarter)
    assert year.gap(quarter) == 0
    assert year.gap(later) == later.gap(year) == 366


def test_entries_know_what_they_retell_and_dates_are_none(ledger: Ledger, catalogue: Catalogue) -> None:
    known: dict[str, Entry] = {entry.id: entry for entry in registers.entries(ledger, catalogue)}
    assert known["budget_pepr_inria"].root == "pepr_text"
    assert known["budget_pepr_inria"].retells
    assert "day_2024" not in known


@pytest.mark.parametrize(
    ("first", "told"), [("", 'same_as names nothing: "third"'), ("other", "same_as leads back to itself")]
)
def test_a_retelling_of_nothing_is_told(ledger: Ledger, first: str, told: str) -> None:
    one, other = made(ledger, "one", same_as=first), made(ledger, "other", same_as="one" if first else "third")
    with pytest.raises(InputError, match=told):
        registers.entries(Ledger({"one": one, "other": other}, ledger.documents), NO_SERIES)
