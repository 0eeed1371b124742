"""The official adoption series as lines that break where the series does, with the strategy's numbers on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from analysis import words
from analysis.charts import style
from analysis.charts.canvas import Anchor, Canvas, Words, wrap
from analysis.charts.official import FRANCE, UNION, Line, Official, reservations
from analysis.charts.placing import crosses_no_word, is_free, settle, spread
from analysis.charts.rows import Row, made
from analysis.charts.scale import Scale
from analysis.charts.telling import named, say, told
from analysis.quantities import Lang

_STEP = Decimal(20)
_DOT, _RING, _STROKE = 3.2, 13.0, 5.0
_DASH = (8.0, 3.0)
#: The least distance between the years on the axis.
_TICK = 36.0
#: How far from its break a label is looked for, in pixels.
_REACH = range(14, 160, 3)
#: The same for what needs not be said on the drawing, since the note says it.
_SHORT_REACH = range(14, 44, 3)
#: A label nearer than this to its break needs no line to it.
_APART = 14.0
_LEADING = 16.0
#: The room around it.
_AROUND = 6.0


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where years and shares lie on the sheet."""

    canvas: Canvas
    across: Scale
    down: Scale
    lang: Lang

    def point(self, row: Row) -> tuple[float, float]:
        """The place of an observation or claim."""
        return self.across(Decimal(row["period"])), self.down(row.value)


def draw(shown: Official, lang: Lang, width: float) -> Canvas:
    """The chart on a sheet of that width."""
    canvas = Canvas(width)
    left, right, height = (42.0, width - 98, 330.0) if canvas.narrow else (46.0, width - 150, 390.0)
    years = [Decimal(row["period"]) for row in shown.rows]
    high = (max(row.value for row in shown.rows) / _STEP).to_integral_value(ROUND_CEILING) * _STEP
    plane = _Plane(canvas, Scale(min(years), max(years), left, right), Scale(high, Decimal(0), 8, height), lang)
    _draw_axes(plane, shown)
    for line in reversed(shown.lines):
        _draw_line(plane, line)
    for row in shown.claims:
        x, y = plane.point(row)
        canvas.rectangle(x - _RING / 2, y - _RING / 2, _RING, _RING, stroke=style.INK)
    _draw_ends(plane, shown.lines)
    for row in shown.claims:
        settle(canvas, _beside(plane, row))
    for before, after in shown.breaks:
        _explain(plane, before, after)
    canvas.y = height + 26
    return canvas


def _colour(place: str) -> str:
    return {FRANCE: style.FRANCE, UNION: style.EUROPE}.get(place, style.SECONDARY)


def _draw_axes(plane: _Plane, shown: Official) -> None:
    canvas, across, down = plane.canvas, plane.across, plane.down
    canvas.line([(across.start, down.end), (across.end, down.end)])
    for share in range(0, int(down.low) + 1, int(_STEP)):
        y = down(Decimal(share))
        canvas.line([(across.start - 11, y), (across.start - 6, y)])
        told_as = words.quantity(made("percentage", Decimal(share), "percent"), plane.lang)
        canvas.text(across.start - 14, y + 4, told_as, size=style.SMALL, colour=style.SECONDARY, anchor="right")
    for x, year in _ticks(plane, shown):
        canvas.line([(x, down.end), (x, down.end + 5)])
        canvas.text(x, down.end + 20, year, size=style.SMALL, colour=style.SECONDARY, anchor="center")


def _ticks(plane: _Plane, shown: Official) -> Iterator[tuple[float, str]]:
    """The years with room for them: those of the claims and of the breaks before others."""
    years = shown.years
    first = [*(row["period"] for row in shown.claims), *(after["period"] for _, after in shown.france.breaks)]
    taken: list[float] = []
    for year in dict.fromkeys((*first, years[0], years[-1], *years)):
        x = plane.across(Decimal(year))
        if all(abs(x - other) >= _TICK for other in taken):
            taken.append(x)
            yield x, year


def _draw_line(plane: _Plane, line: Line) -> None:
    canvas, colour = plane.canvas, _colour(line.place)
    dash, width = (_DASH if line.place == UNION else None), (3.0 if line.place == FRANCE else 1.6)
    for run in line.runs:
        if len(run) > 1:
            canvas.line([plane.point(row) for row in run], colour, width=width, dash=dash)
    for before, after in line.breaks:
        _draw_break(plane, before, after, colour)
    for row in line.rows:
        x, y = plane.point(row)
        if reservations(row):
            canvas.dot(x, y, _DOT + 1, fill=style.PAPER, stroke=colour)
        else:
            canvas.dot(x, y, _DOT + (width - 1.6) / 2, fill=colour)


def _middle(plane: _Plane, before: Row, after: Row) -> tuple[float, float]:
    (x1, y1), (x2, y2) = plane.point(before), plane.point(after)
    return (x1 + x2) / 2, (y1 + y2) / 2


def _draw_break(plane: _Plane, before: Row, after: Row, colour: str) -> None:
    """Two slanted strokes in the gap."""
    x, y = _middle(plane, before, after)
    for shift in (-3.5, 3.5):
        ends = [(x + shift - _STROKE / 2, y + 2 * _STROKE), (x + shift + _STROKE / 2, y - 2 * _STROKE)]
        plane.canvas.line(ends, colour, width=1.6)


def _draw_ends(plane: _Plane, lines: tuple[Line, ...]) -> None:
    """The name and the newest share of each place at the end of its line; those that crowd each other make room."""
    canvas, gap = plane.canvas, 31.0 if plane.canvas.narrow else 18.0
    wanted = [plane.point(line.last)[1] for line in lines]
    for line, y, end in zip(lines, spread(wanted, gap, plane.down.start, plane.down.end - gap), wanted, strict=True):
        x, colour = plane.point(line.last)[0], _colour(line.place)
        if abs(y - end) > 4:
            canvas.line([(x + 6, end), (x + 16, y)], colour)
        name, share = named(line.last, "place", plane.lang, short=True), told(line.last, plane.lang)
        if canvas.narrow:
            canvas.text(x + 18, y + 2, name, bold=True, colour=colour)
            canvas.text(x + 18, y + 17, share, size=style.SMALL, colour=colour)
        else:
            canvas.text(x + 19, y + 5, f"{name}, {share}", bold=True, colour=colour)


def _explain(plane: _Plane, before: Row, after: Row) -> None:
    """Says what the gap is, where there is room below it, or else above."""
    canvas, colour = plane.canvas, _colour(after["place"])
    x, y = _middle(plane, before, after)
    lines = [*_why(before, after, plane)]
    deep, reach = _LEADING * len(lines), _REACH if after["place"] == FRANCE else _SHORT_REACH
    for top in (*(y + away for away in reach), *(y - away - deep for away in reach)):
        block = [
            Words(x, top + _LEADING * (index + 0.8), text, style.SMALL, colour, index == 0, "sans", "center")
            for index, text in enumerate(lines)
        ]
        near, far = (y + 12, top) if top > y else (y - 12, top + deep + 2)
        leader = [(x, near), (x, far)] if abs(far - near) > _APART else []
        if top + deep < plane.down.end and is_free(canvas, *block, air=_AROUND):
            if leader and crosses_no_word(canvas, leader):
                canvas.line(leader, colour)
            canvas.marks += block
            return


def _why(before: Row, after: Row, plane: _Plane) -> Iterator[str]:
    """What the gap is; on France's line, which is the subject, with what the reader must not take it for."""
    lang = plane.lang
    yield say(lang, fr="Rupture en {year}", en="Break in {year}", year=after["period"])
    if after["place"] == FRANCE:
        fell = after.value < before.value
        text = say(
            lang,
            fr="les unités comptées changent : ce n’est pas une {change}",
            en="the units counted change: this is not a {change}",
            change=say(lang, fr="baisse", en="fall") if fell else say(lang, fr="hausse", en="rise"),
        )
        yield from wrap(text, 120 if plane.canvas.narrow else 160, style.SMALL)


def _beside(plane: _Plane, row: Row) -> Iterator[Words]:
    """Where the number of a claim may stand, the best place first; with who says it where there is room."""
    x, y = plane.point(row)
    share, lang = told(row, plane.lang), plane.lang
    long = say(lang, fr="Stratégie : {share}", en="Strategy: {share}", share=share)
    for text in (share,) if plane.canvas.narrow else (long, share):
        for right, down in ((0, 24), (12, 14), (12, 18), (12, 5), (0, -12), (-12, -8), (-12, 16)):
            anchor: Anchor = "left" if right > 0 else "right" if right < 0 else "center"
            yield Words(x + right, y + down, text, style.SMALL, style.INK, bold=True, face="sans", anchor=anchor)
