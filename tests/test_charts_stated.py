"""The chart of what a table states: whatever the table, one unit, each claim once, all values that it leaves open."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from test_charts import FAMILIES, LANGUAGES, SVG, drawn, in_drawing, made, parsed, table_of, with_cell
from test_charts_layout import _shrunk, _struck, _within, sheet

from analysis import charts, tables
from analysis.charts import style
from analysis.charts.rows import Rows
from analysis.charts.stated import MOST_ROWS
from analysis.charts.stated_rows import Stated, counted_in, grouped, placed
from analysis.errors import UsageError
from analysis.quantities import Lang

every_table = pytest.mark.parametrize("family", FAMILIES)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


def stated(table: pd.DataFrame | str, unit: str = "", lang: Lang = "en") -> charts.Chart:
    return charts.chart("stated", lang, table=table, unit=unit)


def claims(table: pd.DataFrame) -> list[Stated]:
    return [each for row in Rows(table) if not row["same_as"] and (each := placed(row))]


def units(family: str) -> Counter[str]:
    return Counter(counted_in(each.row) for each in claims(tables.table(family)))


def rows_of(chart: charts.Chart, family: str) -> list[Stated]:
    """The claims that the chart draws, in its order."""
    by_id = {each.row.id: each for each in claims(tables.table(family))}
    return [by_id[claim] for claim in in_drawing(chart, tables.table(family))]


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in parsed(svg).iter(f"{SVG}text")]


def marks(svg: str, **wanted: str | None) -> list[dict[str, str]]:
    """The paths that have these attributes, or have them not."""
    paths = [path.attrib for path in parsed(svg).iter(f"{SVG}path")]
    return [path for path in paths if all(path.get(name) == value for name, value in wanted.items())]


def across(path: dict[str, str]) -> tuple[float, float]:
    """From where to where a path reaches across the sheet."""
    numbers = [float(part) for part in path["d"].split() if not part.isalpha()]
    return min(numbers[::2]), max(numbers[::2])


def axis(svg: str) -> dict[int, float]:
    """Where the numbers below the axis stand, by its small marks."""
    places = [across(path)[0] for path in marks(svg, stroke=style.GRID, opacity=None)]
    shown = texts(svg)[-len(places) :]
    return {int("".join(filter(str.isdigit, text))): x for text, x in zip(shown, places, strict=True)}


CHOICES = [(family, unit) for family in FAMILIES for unit in sorted(units(family))]


@every_language
@pytest.mark.parametrize(("family", "unit"), CHOICES)
def test_each_unit_of_each_table_can_be_drawn_and_read(family: str, unit: str, lang: Lang) -> None:
    chart = stated(family, unit, lang)
    assert {counted_in(each.row) for each in rows_of(chart, family)} == {unit}
    assert len(rows_of(chart, family)) == min(units(family)[unit], MOST_ROWS)
    assert 3 < len(chart.headline.split()) <= 15
    assert 40 < len(chart.alt) <= 150
    for layout in (chart.drawing, chart.narrow):
        measured = sheet(layout)
        boxes = [box for _, _, _, box in measured.texts]
        assert not [True for one, other in combinations(boxes, 2) if _shrunk(one).overlaps(_shrunk(other))]
        assert all(_within(path.get_extents(), measured) for _, path, _ in measured.paths)
        assert all(_within(box, measured) for box in boxes)
        assert not list(_struck(measured))


@every_table
def test_the_unit_is_the_one_that_most_claims_have_and_the_note_counts_the_others(family: str) -> None:
    counted = units(family)
    chart = made(f"stated of {family}", "en")
    rows = Rows(tables.table(family))
    drawn_in = {counted_in(each.row) for each in rows_of(chart, family)}
    assert drawn_in == {max(counted, key=counted.__getitem__)}  # of several, the first in the documents' order
    others = sum(not row["same_as"] for row in rows) - max(counted.values())
    assert (f"in the table only: {others} claims" in chart.note) is (others > 1)
    assert ("in the table only" in chart.note) is (others > 0)


@every_table
def test_the_table_beside_it_has_every_claim_that_repeats_no_other(family: str) -> None:
    table = tables.table(family)
    block = made(f"stated of {family}", "fr").block()
    shown = [cell["claim"] for row in block["table"]["rows"] for cell in row if cell["claim"]]
    assert shown == list(table[table["same_as"] == ""]["id"])
    assert set(block["claims"]) == set(shown)


def test_a_repetition_counts_once() -> None:
    table = table_of("adoption")
    assert "adoption_fr_2018" in stated(table).claims
    again = with_cell(table, "adoption_fr_2018", "same_as", "adoption_fr_2020")
    assert "adoption_fr_2018" not in stated(again).claims


@every_language
@every_table
def test_names_tell_rows_apart(family: str, lang: Lang) -> None:
    _, groups = grouped(claims(tables.table(family)), lang)
    for group in groups:
        names = [(each.name, each.more) for each in group.rows]
        assert all(name for name, _ in names)
        assert len(set(names)) == len(names), group.title


def test_a_name_is_no_longer_than_it_takes() -> None:
    _, groups = grouped([each for each in claims(table_of("adoption")) if each.row["unit"] == "percent"], "en")
    named = {each.stated.row.id: (each.name, each.more) for each in groups[0].rows}
    assert named["adoption_de_2020"] == ("Germany", "2020")
    assert named["adoption_fr_one_in_four"] == ("France", "2020; enterprises, no threshold stated")


def test_a_bar_is_pale_from_zero_and_firm_where_the_number_may_be() -> None:
    chart = made("stated of adoption", "en")
    scale = axis(chart.drawing)
    unit = (scale[80] - scale[0]) / 80
    rows = [each.row for each in rows_of(chart, "adoption")]
    pale = [across(path) for path in marks(chart.drawing, fill=style.INK, opacity="0.25")]
    firm = [across(path) for path in marks(chart.drawing, fill=style.INK, opacity=None)]
    for row, reached, (left, right) in zip(rows, pale, firm, strict=True):
        assert list(reached) == pytest.approx([scale[0], left])
        assert left == pytest.approx(scale[0] + unit * float(row.interval.low or 0), abs=0.02)
        assert right == pytest.approx(scale[0] + unit * float(row.interval.high or 0), abs=0.02)


def test_an_end_without_limit_fades_and_has_its_sign() -> None:
    chart = made("stated of market_share", "en")
    assert {"<\u202f2%", ">\u202f25%"} <= set(texts(chart.drawing))
    assert "Where it fades, the text gives no limit" in chart.note
    exact = table_of("market_share").assign(bound="exact")
    assert "fades" not in stated(exact[exact["value_high"].isna()]).note


@pytest.mark.parametrize(
    ("family", "claim"), [("timeline", "data_infrastructure_horizon"), ("adoption", "adoption_fi_2020")]
)
def test_the_axis_has_room_for_what_fades(family: str, claim: str) -> None:
    chart = stated(with_cell(table_of(f"stated of {family}"), claim, "bound", "at_least"))
    slats = across(max(marks(chart.narrow, fill=style.INK, opacity=None), key=lambda path: len(path["d"])))
    assert slats[1] - slats[0] > 40
    assert slats[1] < 340


def test_what_is_announced_is_hollow() -> None:
    table = table_of("funding")
    outlined = len(marks(stated(table).drawing, fill="none", **{"stroke-width": "1.2"}))
    decided = stated(table.assign(status="decided"))
    assert outlined > 20
    assert not marks(decided.drawing, fill="none", **{"stroke-width": "1.2"})
    assert "Hollow" in stated(table).note
    assert "Hollow" not in decided.note


def test_more_rows_than_a_reader_reads_are_cut_and_the_note_says_so() -> None:
    chart = made("stated of funding", "en")
    rows = claims(tables.table("funding"))
    amounts = sorted((each.ends[0] for each in rows if counted_in(each.row) == "EUR"), reverse=True)
    assert sorted((each.ends[0] for each in rows_of(chart, "funding")), reverse=True) == amounts[:MOST_ROWS]
    assert f"Drawn: the first {MOST_ROWS} of {len(amounts)}" in chart.note


def test_measures_stand_apart_under_their_names_and_are_not_compared() -> None:
    chart = made("stated of market_share", "en")
    assert {"Market share", "Market growth", "Use of French providers"} <= set(texts(chart.drawing))
    assert "not to be compared" in chart.note
    assert "compared" not in made("stated of adoption", "en").note


@pytest.mark.parametrize("value", [Decimal(-12), Decimal(0)])
def test_a_number_below_zero_lies_on_the_other_side_of_it(value: Decimal) -> None:
    chart = stated(with_cell(table_of("adoption"), "adoption_fr_2018", "value", value))
    shown = texts(chart.drawing)
    assert ("−20%" in shown) is (value < 0)
    assert f"{value}%".replace("-", "−") in shown
    measured = sheet(chart.narrow)
    assert all(_within(path.get_extents(), measured) for _, path, _ in measured.paths)


def test_a_rank_or_a_date_is_a_mark_and_no_bar_from_nothing() -> None:
    ranks = stated("market_share", "rank")
    pale = {"fill": style.INK, "opacity": "0.25"}
    assert not marks(ranks.drawing, **pale)
    assert [text for text in texts(ranks.drawing) if text in {"1st", "3rd", "5th"}][:3] == ["1st", "3rd", "5th"]
    assert not marks(stated("timeline").drawing, **pale)
    assert marks(stated("adoption").drawing, **pale)


def test_dates_stand_in_their_order_where_they_lie() -> None:
    chart = made("stated of timeline", "en")
    firsts = [each.ends[0] for each in rows_of(chart, "timeline")]
    assert firsts == sorted(firsts)
    scale = axis(chart.drawing)
    year = (scale[2040] - scale[2020]) / 20
    last = across(marks(chart.drawing, stroke=style.INK, fill="none")[-1])
    assert last == pytest.approx((scale[2040] + 0.6, scale[2040] + year), abs=0.1)


def test_an_axis_may_span_centuries() -> None:
    table = with_cell(table_of("stated of timeline"), "ai_strategy_launched", "iso_date", "1820")
    assert {"1800", "1900", "2000", "1820"} <= set(texts(stated(table).drawing))


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"name": "stated", "table": "adoption", "unit": "EURO"}, 'counted in "EURO"'),
        ({"name": "stated", "table": "market_share", "unit": "EURO"}, 'did you mean "EUR"'),
        ({"name": "stated", "table": "adoptions"}, 'did you mean "adoption"'),
        ({"name": "adoption", "unit": "percent"}, 'the unit of the chart "adoption"'),
    ],
)
def test_what_cannot_be_drawn_is_refused(chosen: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        charts.chart(**chosen)


def test_rows_without_a_number_or_a_date_are_refused() -> None:
    table = table_of("adoption")
    with pytest.raises(UsageError, match="no claim of the table has a number"):
        stated(table[table["id"] == ""])


def test_two_units_of_one_table_are_two_charts() -> None:
    named = {drawn("stated of market_share", "fr").name, *(stated("market_share", unit).name for unit in ("EUR", "x"))}
    assert named == {"stated_market_share", "stated_market_share_EUR", "stated_market_share_x"}
