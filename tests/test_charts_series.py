"""Charts of series: a line breaks where the office flags a break, a mark stands at its value, tellings stay apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

import pandas as pd
import pytest
from test_charts import LANGUAGES, SVG, made, parsed, with_cell
from test_charts_layout import _shrunk, _struck, _within, sheet

from analysis import charts, parameters, words
from analysis.charts import official, style
from analysis.charts.rows import gathered
from analysis.errors import InputError, UsageError
from analysis.quantities import Lang

LAYOUTS = ("drawing", "narrow")
COMPARED = parameters.COMPARED
#: France alone; with each other place; in threes that cross each other; with all.
CHOICES = [(), *((each,) for each in COMPARED), *list(combinations(COMPARED, 3))[::5], COMPARED]
every_language = pytest.mark.parametrize("lang", LANGUAGES)
every_layout = pytest.mark.parametrize("layout", LAYOUTS)


def shown(*places: str) -> pd.DataFrame:
    return charts.drawn("adoption_series", "FR", *places)


def adoption(table: pd.DataFrame, lang: Lang = "en") -> charts.Chart:
    return charts.chart("adoption_series", lang, table=table)


def flagged(table: pd.DataFrame, observation: str, flag: str) -> pd.DataFrame:
    return with_cell(table, observation, "flag", flag)


@dataclass(frozen=True)
class Plane:
    """Years and shares of a drawing, read from the words on its axes."""

    years: dict[int, float]
    shares: dict[int, float]

    def x(self, year: float) -> float:
        (first, left), (last, right) = min(self.years.items()), max(self.years.items())
        return left + (right - left) * (year - first) / (last - first)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The year and the share at a place of the sheet."""
        (first, left), (last, right) = min(self.years.items()), max(self.years.items())
        (low, bottom), (high, top) = min(self.shares.items()), max(self.shares.items())
        return first + (last - first) * (x - left) / (right - left), low + (high - low) * (bottom - y) / (bottom - top)


def plane(svg: str) -> Plane:
    years: dict[int, float] = {}
    shares: dict[int, float] = {}
    for text in parsed(svg).iter(f"{SVG}text"):
        said = text.text or ""
        if said.isdigit() and text.get("text-anchor") == "middle":
            years[int(said)] = float(text.attrib["x"])
        elif said.endswith("%") and said[:-1].isdigit() and text.get("text-anchor") == "end":
            shares.setdefault(int(said[:-1]), float(text.attrib["y"]) - 4)
    return Plane(years, shares)


def paths(svg: str) -> Iterator[tuple[dict[str, str], list[tuple[float, float]]]]:
    """Every path with its attributes and corners."""
    for path in parsed(svg).iter(f"{SVG}path"):
        numbers = [float(part) for part in path.attrib["d"].split() if not part.isalpha()]
        yield dict(path.attrib), list(zip(numbers[::2], numbers[1::2], strict=True))


def dots(svg: str) -> list[tuple[float, float]]:
    """The centre of every point: the middle of an octagon."""
    octagons = (corners for attributes, corners in paths(svg) if len(corners) == 8 and attributes["fill"] != "none")
    return [(sum(x for x, _ in c) / 8, sum(y for _, y in c) / 8) for c in octagons]


def joined_across(svg: str, first: int, last: int) -> bool:
    """Whether a mark of France's colour spans more than a quarter of the years between."""
    at = plane(svg)
    left, right = at.x(first), at.x(last)
    for attributes, corners in paths(svg):
        if style.FRANCE in (attributes.get("stroke"), attributes.get("fill")):
            for (x, _), (other, _) in pairwise(corners):
                within = min(max(x, other), right) - max(min(x, other), left)
                if within > (right - left) / 4:
                    return True
    return False


@every_language
@every_layout
def test_no_stroke_joins_what_a_break_parts(lang: Lang, layout: str) -> None:
    drawing = getattr(made("adoption_series", lang), layout)
    if lang == "en":
        assert joined_across(drawing, 2018, 2020)
        assert joined_across(drawing, 2023, 2025)
        assert not joined_across(drawing, 2021, 2023)
    assert {"fr": "Rupture en 2023", "en": "Break in 2023"}[lang] in drawing


@every_layout
def test_the_line_breaks_because_of_the_flag_and_of_nothing_else(layout: str) -> None:
    """A planted fault: without its flag the break is no longer there, and the test above would fail."""
    mended = adoption(flagged(shown("DE", "FI", "EU27"), "eurostat_cloud_use_fr_2023", ""))
    assert joined_across(getattr(mended, layout), 2021, 2023)
    assert "Break" not in getattr(mended, layout)
    assert "break" not in mended.alt + mended.note
    elsewhere = adoption(flagged(shown("FI"), "eurostat_cloud_use_fi_2016", "b"))
    assert "Break in 2016" in elsewhere.drawing
    assert "Finland, 2016" in elsewhere.note


def test_the_break_is_explained_in_words_beside_the_gap_and_in_the_long_description() -> None:
    chart = made("adoption_series", "en")
    assert "not a fall" in " ".join(text.text or "" for text in parsed(chart.drawing).iter(f"{SVG}text"))
    assert "statistical unit" in " ".join(chart.description)
    risen = adoption(with_cell(shown(), "eurostat_cloud_use_fr_2023", "value", Decimal(35)))
    assert "not a rise" in " ".join(text.text or "" for text in parsed(risen.drawing).iter(f"{SVG}text"))


def test_nothing_is_told_across_the_break() -> None:
    chart = made("adoption_series", "en")
    assert "26.76% in 2023" in chart.alt
    assert "then after a break" in chart.alt
    assert "29.35% in 2021; break in the series; 26.76% in 2023" in " ".join(chart.description)


@every_layout
@pytest.mark.parametrize("places", [(), ("DE", "FI", "EU27"), COMPARED], ids="-".join)
def test_every_point_is_a_value_of_the_table_and_every_value_a_point(places: tuple[str, ...], layout: str) -> None:
    table = shown(*places)
    drawing = getattr(adoption(table), layout)
    at = plane(drawing)
    points = sorted(at.point(x, y) for x, y in dots(drawing))
    held = official.official(table)
    values = sorted((float(row["period"]), float(row.value)) for line in held.lines for row in line.rows)
    assert len(points) == len(values)
    for point, value in zip(points, values, strict=True):
        assert point == pytest.approx(value, abs=0.15)


def test_the_table_has_release_and_flag_on_every_row() -> None:
    block = made("adoption_series", "en").block()["table"]
    names = [column["name"] for column in block["columns"]]
    rows = [{name: cell["text"] for name, cell in zip(names, row, strict=True)} for row in block["rows"]]
    assert all(row["released"] for row in rows)
    assert [(row["place"], row["period"]) for row in rows if row["flag"]] == [("France", "2023")]
    assert {row["flag"] for row in rows} == {"", "Break (b)"}


@every_layout
def test_a_changed_value_moves_its_point(layout: str) -> None:
    before, moved = shown("FI"), with_cell(shown("FI"), "eurostat_cloud_use_fr_2025", "value", Decimal(60))
    drawing = getattr(adoption(moved), layout)
    at = plane(drawing)
    places = [at.point(x, y) for x, y in dots(drawing)]
    assert any(place == pytest.approx((2025, 60), abs=0.15) for place in places)
    assert not any(place == pytest.approx((2025, 40.41), abs=0.15) for place in places)
    assert getattr(adoption(before), layout) != drawing


def test_a_number_of_the_strategy_off_the_official_line_is_told() -> None:
    on, off = (
        adoption(table) for table in (shown("DE"), with_cell(shown("DE"), "adoption_de_2020", "value", Decimal(36)))
    )
    assert "each is an official value rounded" in on.note
    # the interval stands in the table too, but is made again from value and precision
    assert "Off the official series: Germany, 36% in 2020" in off.note
    assert "Eurostat’s" not in off.headline
    assert "not the official value rounded" in " ".join(off.description)


def test_a_france_that_is_not_behind_is_not_said_to_be() -> None:
    ahead = with_cell(shown("EU27"), "eurostat_cloud_use_fr_2025", "value", Decimal(70))
    assert "behind" not in adoption(ahead).headline
    assert "70.00%" in adoption(ahead).headline or "70%" in adoption(ahead).headline


@every_layout
def test_values_with_a_reservation_are_hollow_and_explained(layout: str) -> None:
    provisional = adoption(flagged(shown("DE"), "eurostat_cloud_use_de_2025", "p"))
    hollow = [a for a, corners in paths(getattr(provisional, layout)) if len(corners) == 8 and a["fill"] == style.PAPER]
    assert len(hollow) == 1
    assert "provisional" in provisional.note
    assert "reservation" not in adoption(shown("DE")).note


@every_layout
@pytest.mark.parametrize("places", CHOICES, ids="-".join)
def test_any_choice_of_countries_gives_a_legible_drawing(places: tuple[str, ...], layout: str) -> None:
    drawing = getattr(adoption(shown(*places), "fr"), layout)
    measured = sheet(drawing)
    boxes = [(text, box) for _, text, _, box in measured.texts]
    overlapping = [
        (one, other)
        for (one, box), (other, another) in combinations(boxes, 2)
        if _shrunk(box).overlaps(_shrunk(another))
    ]
    assert not overlapping
    assert list(_struck(measured)) == []
    assert [text for text, box in boxes if not _within(box, measured)] == []
    assert len(drawing.encode()) < 20_000


@pytest.mark.parametrize("places", CHOICES, ids="-".join)
def test_any_choice_of_countries_is_told_within_bounds(places: tuple[str, ...]) -> None:
    for lang in LANGUAGES:
        chart = adoption(shown(*places), lang)
        assert len(chart.headline.split()) <= 15
        assert 40 < len(chart.alt) <= 150
        for place in places:
            assert words.label(place, lang, short=True) in chart.subtitle


def test_a_table_without_france_is_refused() -> None:
    with pytest.raises(InputError, match="France"):
        adoption(charts.drawn("adoption_series", "DE"))


def test_an_earlier_release_is_not_drawn() -> None:
    table = shown("DE")
    old = table[table["id"] == "eurostat_cloud_use_fr_2025"].assign(
        id="eurostat_cloud_use_fr_2025_r20250101", newest=False, released="2025-01-01"
    )
    assert adoption(pd.concat([table, old], ignore_index=True)).drawing == adoption(table).drawing


def test_unknown_charts_have_no_rows() -> None:
    with pytest.raises(UsageError, match='did you mean "adoption_series"'):
        charts.drawn("adoption_serie")


def test_gathered_rows_say_nothing_where_their_table_has_no_column() -> None:
    one = pd.DataFrame({"id": pd.Series(["a"], dtype="str"), "line": pd.Series([3], dtype="int64")})
    other = pd.DataFrame(
        {"id": pd.Series(["b"], dtype="str"), "newest": pd.Series([True]), "flag": pd.Series(["b"], dtype="str")}
    )
    both = gathered(one, other)
    assert both.to_dict("list") == {"id": ["a", "b"], "line": [3, 0], "newest": [False, True], "flag": ["", "b"]}


@every_language
@every_layout
def test_no_line_joins_two_tellings(lang: Lang, layout: str) -> None:
    """What is joined stands on one level: it was told at one date."""
    for attributes, corners in paths(getattr(made("market_vintages", lang), layout)):
        if attributes.get("stroke") in (style.EUROPE, style.AMERICA) and len(corners) == 2:
            assert corners[0][1] == corners[1][1]


def test_each_telling_is_a_row_with_its_own_date() -> None:
    block = made("market_vintages", "en").block()["table"]
    told = [row[0]["text"] for row in block["rows"]]
    assert [date for date in dict.fromkeys(told) if told.count(date) == 3] == [
        "January 2021", "September 2021", "September 2022", "July 2025",
    ]  # fmt: skip


def test_a_past_that_is_never_restated_is_not_said_to_be() -> None:
    table = charts.drawn("market_vintages")
    assert "restates" in charts.chart("market_vintages", "en", table=table).headline
    for telling in ("202101", "202109", "202209"):
        table = with_cell(table, f"synergy_{telling}_european_2017", "value", Decimal(29))
    assert "always" in charts.chart("market_vintages", "en", table=table).headline


def test_the_strategy_is_tied_to_a_telling_only_where_the_numbers_are_the_same() -> None:
    table = charts.drawn("market_vintages")
    assert charts.chart("market_vintages", "en", table=table).drawing.count("in the strategy") == 2
    other = with_cell(table, "share_big_three_europe_undated", "value", Decimal(67))
    assert charts.chart("market_vintages", "en", table=other).drawing.count("in the strategy") == 1


def countries(table: pd.DataFrame, lang: Lang = "en") -> charts.Chart:
    return charts.chart("countries", lang, table=table)


def share_at(drawing: str, x: float) -> float:
    """The share that a place across a drawing stands for, read from the ticks below it."""
    ticks = [corners[0][0] for a, corners in paths(drawing) if len(corners) == 2 and corners[0][1] + 5 == corners[1][1]]
    told = [text.text or "" for text in parsed(drawing).iter(f"{SVG}text")]
    named = [int(each[:-1]) for each in told if each.endswith("%") and each[:-1].isdigit()]
    return (x - ticks[0]) / (ticks[-1] - ticks[0]) * max(named)


def joins(drawing: str, colour: str) -> int:
    """The thick lines of that colour between two points."""
    return sum(a.get("stroke-width") == "2.5" and a.get("stroke") == colour for a, _ in paths(drawing))


@every_layout
def test_each_country_has_its_points_at_its_shares_the_highest_first(layout: str) -> None:
    chart = made("countries", "en")
    drawing = getattr(chart, layout)
    points = sorted(dots(drawing), key=lambda point: (point[1], point[0]))
    table = charts.drawn("countries")
    values = dict(zip(table["id"], table["value"], strict=True))
    shares = [float(values[claim]) for claim in chart.claims]
    assert [share_at(drawing, x) for x, _ in points] == pytest.approx(shares, abs=0.1)
    newest = [share for claim, share in zip(chart.claims, shares, strict=True) if claim.endswith("2025")]
    assert newest == sorted(newest, reverse=True)
    assert len(newest) == 8


@every_layout
def test_no_line_joins_the_two_dates_of_a_country_across_a_break(layout: str) -> None:
    table = charts.drawn("countries")
    assert joins(getattr(countries(table), layout), style.FRANCE) == 0
    assert "Break in the series in 2023" in getattr(countries(table), layout)
    mended = getattr(countries(flagged(table, "eurostat_cloud_use_fr_2023", "")), layout)
    assert joins(mended, style.FRANCE) == 1
    assert "Break" not in mended
    elsewhere = countries(flagged(table, "eurostat_cloud_use_it_2021", "b"))
    assert joins(getattr(elsewhere, layout), style.SECONDARY) == joins(mended, style.SECONDARY) - 1
    assert "Italy, 2021" in elsewhere.note


def test_a_break_before_both_dates_parts_nothing() -> None:
    table = flagged(charts.drawn("countries"), "eurostat_cloud_use_de_2018", "b")
    assert countries(table).drawing == made("countries", "en").drawing


@every_layout
def test_the_union_is_a_line_down_the_drawing_at_its_newest_share(layout: str) -> None:
    drawing = getattr(made("countries", "en"), layout)
    dashed = {corner[0] for a, corners in paths(drawing) if "stroke-dasharray" in a for corner in corners}
    assert len(dashed) == 1
    assert share_at(drawing, dashed.pop()) == pytest.approx(52.74, abs=0.1)


def test_a_changed_share_moves_its_point_and_its_row_and_the_headline() -> None:
    moved = countries(with_cell(charts.drawn("countries"), "eurostat_cloud_use_fr_2025", "value", Decimal("79.9")))
    assert any(share_at(moved.drawing, x) == pytest.approx(79.9, abs=0.1) for x, _ in dots(moved.drawing))
    assert moved.claims[1] == "eurostat_cloud_use_fr_2025"
    assert "above" in moved.headline


def test_areas_that_are_no_country_are_not_ranked_with_them() -> None:
    assert not [claim for claim in made("countries", "en").claims if "_ea_" in claim or "eu28" in claim]
    with pytest.raises(InputError, match="EU27"):
        countries(charts.drawn("countries", "FR", "DE"))


def test_amounts_that_are_not_lower_later_are_not_said_to_be() -> None:
    table = charts.drawn("funding_later")
    assert "lower" in charts.chart("funding_later", "en", table=table).headline
    more = with_cell(table, "budget_pepr_running", "value", Decimal(60_000_000))
    assert "lower" not in charts.chart("funding_later", "en", table=more).headline


def test_money_announced_is_hatched_and_money_told_later_is_solid() -> None:
    solid = [a for a, _ in paths(made("funding_later", "en").drawing) if a["fill"] == style.FRANCE]
    assert len(solid) == 2
