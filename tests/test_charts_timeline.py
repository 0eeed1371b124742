"""The timeline: marks stand at their dates, spans are as long as what is not known, promises are hollow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.path import Path
from test_charts import LANGUAGES, SVG, made, parsed, with_cell
from test_charts_layout import _shrunk, _struck, _within, sheet

from analysis import charts
from analysis.charts import style
from analysis.charts.dates import acts, axis, year_of
from analysis.errors import InputError
from analysis.quantities import Lang

LAYOUTS = ("drawing", "narrow")
COLOURS = {style.FRANCE, style.AMERICA, style.EUROPE}
every_layout = pytest.mark.parametrize("layout", LAYOUTS)


def timeline(table: pd.DataFrame, lang: Lang = "en") -> charts.Chart:
    return charts.chart("timeline", lang, table=table)


def corners(d: str) -> list[tuple[float, float]]:
    numbers = [float(part) for part in d.split() if not part.isalpha()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def marks(svg: str) -> Iterator[tuple[bool, int, float, float]]:
    """Of each act's mark: whether it is solid, its corners, where it begins and ends across."""
    for path in parsed(svg).iter(f"{SVG}path"):
        if COLOURS & {path.get("stroke"), path.get("fill")}:
            places = corners(path.attrib["d"])
            half = 0.6 if path.get("fill") == style.PAPER and len(places) < 8 else 0.0
            across = [x for x, _ in places]
            yield path.get("fill") != style.PAPER, len(places), min(across) - half, max(across) + half


def where(svg: str, year: float) -> float:
    """The place of a point in time across the wide drawing, read from the years below its axis."""
    named = {
        int(text.text or ""): float(text.attrib["x"])
        for text in parsed(svg).iter(f"{SVG}text")
        if (text.text or "").isdigit() and text.get("text-anchor") == "middle"
    }
    length = named[2021] - named[2020]
    return named[int(year)] + length * (year - int(year) - 0.5)


def test_every_day_is_a_point_at_its_date_and_every_other_date_the_span_it_is() -> None:
    table = charts.drawn("timeline")
    drawing = made("timeline", "en").drawing
    points = sorted((left + right) / 2 for _, count, left, right in marks(drawing) if count >= 8)
    bars = sorted((left, right) for _, count, left, right in marks(drawing) if count < 8)
    shown = acts(table)
    days = [where(drawing, float(act.middle)) for act in shown if act.is_day]
    spans = [
        (where(drawing, float(act.ends[0])), where(drawing, float(act.ends[1]) - 1e-9))
        for act in shown
        if not act.is_day
    ]
    assert points == pytest.approx(sorted(days), abs=0.1)
    assert [left for left, _ in bars] == pytest.approx(sorted(left for left, _ in spans), abs=0.6)
    assert sorted(b - a for a, b in bars) == pytest.approx(sorted(b - a for a, b in spans), abs=0.6)


@every_layout
def test_what_is_done_is_solid_and_what_is_announced_hollow(layout: str) -> None:
    announced = {"promise", "target", "forecast"}
    expected = sorted(act.row["status"] not in announced for act in acts(charts.drawn("timeline")))
    assert sorted(solid for solid, *_ in marks(getattr(made("timeline", "fr"), layout))) == expected
    kept = with_cell(charts.drawn("timeline"), "day_2026", "status", "decided")
    assert sum(solid for solid, *_ in marks(getattr(timeline(kept), layout))) == sum(expected) + 1


def test_a_changed_date_moves_its_mark() -> None:
    """A planted fault."""
    moved = timeline(with_cell(charts.drawn("timeline"), "cloud_act_adopted", "iso_date", "2019-07-02")).drawing
    blue = [(left + right) / 2 for path in [moved] for _, count, left, right in marks(path) if count >= 8]
    assert any(x == pytest.approx(where(moved, 2019.5), abs=0.2) for x in blue)
    assert not any(x == pytest.approx(where(moved, 2018.223), abs=1) for x in blue)


@every_layout
def test_each_document_is_a_flag(layout: str) -> None:
    drawing = getattr(made("timeline", "en"), layout)
    flags = [p for p in parsed(drawing).iter(f"{SVG}path") if p.get("fill") == style.INK]
    assert len(flags) == charts.drawn("timeline")["document"].nunique() == 5
    assert "La Tribune, 13 September 2022" in drawing


def test_a_day_without_a_year_takes_the_year_of_its_period_and_one_without_either_is_refused() -> None:
    table = charts.drawn("timeline")
    found = {act.row.id: act for act in acts(table)}
    assert found["day_2024"].first == found["day_2024"].last == date(2024, 3, 5)
    assert (found["saas_call_quarter"].first, found["saas_call_quarter"].last) == (date(2022, 1, 1), date(2022, 3, 31))
    assert (found["data_call_first"].first, found["data_call_first"].last) == (date(2018, 1, 1), date(2021, 12, 31))
    with pytest.raises(InputError, match="no date on an axis"):
        timeline(with_cell(table, "day_2024", "period", ""))


def test_a_repetition_is_not_drawn_twice() -> None:
    chart = made("timeline", "en")
    table = charts.drawn("timeline")
    assert set(chart.claims) == set(table[table["same_as"] == ""]["id"])


def test_years_without_any_act_are_cut_out_and_lone_ones_kept() -> None:
    at = axis((2018, 2019, 2030), (10, 10, 10), 0, 6)
    assert [at(year_of(date(year, 1, 1))) for year in (2018, 2019, 2030)] == [0, 10, 26]
    assert at(year_of(date(2019, 12, 31), after=True)) == 20
    assert list(at.cuts) == [(20, 26)]
    assert list(at.runs) == [(0, 20), (26, 36)]
    drawing = made("timeline", "en").drawing
    assert ">2023<" in drawing
    assert ">2028<" not in drawing


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_hairs_of_the_list_cross_between_marks_and_texts(lang: Lang) -> None:
    leads = [
        Path(corners(path.attrib["d"])[1:])
        for path in parsed(made("timeline", lang).narrow).iter(f"{SVG}path")
        if path.attrib["d"].count("L") == 3 and path.get("fill") == "none"
    ]
    assert len(leads) == 31
    assert not any(one.intersects_path(other, filled=False) for one, other in combinations(leads, 2))


@every_layout
def test_acts_that_the_lexicon_does_not_name_are_called_after_their_subject_and_stay_legible(layout: str) -> None:
    table = charts.drawn("timeline")
    more = table[table["id"] == "cloud_strategy_unveiled"].assign(id="another_act", iso_date="2021-05-18")
    drawing = getattr(timeline(pd.concat([table, more], ignore_index=True)), layout)
    measured = sheet(drawing)
    boxes = [_shrunk(box) for _, _, _, box in measured.texts]
    assert "ndustrial part" in drawing
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert list(_struck(measured)) == []
    assert [text for _, text, _, box in measured.texts if not _within(box, measured)] == []


def test_a_timeline_of_nothing_but_promises_is_refused() -> None:
    table = charts.drawn("timeline")
    with pytest.raises(InputError, match="what is done"):
        timeline(table[table["status"] == "promise"])
