"""Rows of bars from zero, in which what is not known of a number is drawn: rounding, ranges, bounds."""

from __future__ import annotations

from decimal import Decimal

from analysis import words
from analysis.charts import style
from analysis.charts.canvas import Canvas
from analysis.charts.rows import Row, made
from analysis.charts.scale import Scale
from analysis.charts.telling import measured, named, say, voiced
from analysis.quantities import Interval, Lang
from analysis.words.typography import capital

BAR = 16.0
_PALE = 0.25
_FADE = 44.0
_VALUE = 70.0


def scale(canvas: Canvas, high: Decimal) -> Scale:
    """The scale of the bars: all of a narrow sheet, or the place between labels and values of a wide one."""
    return Scale(Decimal(0), high, 0, canvas.width) if canvas.narrow else Scale(Decimal(0), high, 306, 606)


def origin(row: Row, lang: Lang) -> str:
    """What is measured, by whom, and said by whom: what rows must share to be compared."""
    return say(
        lang,
        fr="{market}. Mesure : {measured}. Dit par : {said}.",
        en="{market}. Measured by: {measured}. Said by: {said}.",
        market=capital(named(row, "population", lang)),
        measured=measured(row, lang),
        said=voiced(row, lang),
    )


def head(canvas: Canvas, title: str, under: str) -> None:
    """Heads a group of rows; without a title, a group below the same rule."""
    if title:
        canvas.rule()
        canvas.paragraph(0, canvas.width, title, bold=True)
    if under:
        canvas.paragraph(0, canvas.width, under, size=style.SMALL, colour=style.SECONDARY)
    canvas.y += 6


def label(
    canvas: Canvas, place: Scale, text: str, shown: str, colour: str, under: str = "", *, room: float = _VALUE
) -> float:
    """Sets the label and the value of a row; returns where its bar begins, and leaves ``y`` below the row.

    On a narrow sheet both share a line, of which the value has ``room``.
    """
    top = canvas.y
    baseline = top + style.LABEL
    if canvas.narrow:
        canvas.text(canvas.width, baseline, shown, bold=True, colour=colour, anchor="right")
    else:
        canvas.text(place.end + 10, baseline, shown, bold=True, colour=colour)
    width = canvas.width - room if canvas.narrow else place.start - 20
    canvas.paragraph(0, width, text, bold=True)
    if under:
        canvas.paragraph(0, width, under, size=style.SMALL, colour=style.SECONDARY)
    bar = (canvas.y if canvas.narrow else top) + 2
    canvas.y = max(canvas.y, bar + BAR) + 10
    return bar


def bar(
    canvas: Canvas, place: Scale, top: float, interval: Interval, colour: str, *, base: Decimal = Decimal(0)
) -> None:
    """A pale bar from ``base`` up to where the number may begin, and a firm end over the values it may have.

    Where it may begin anywhere or end anywhere, slats fade on that side.
    """
    canvas.line([(place.start, top + BAR), (place.end, top + BAR)], opacity=0.6)
    start = place(base)
    if interval.low is None and interval.high is not None:
        canvas.fading(start, top, place(base + interval.high) - start, BAR, colour, to="left")
    elif interval.low is not None:
        low = place(base + interval.low)
        canvas.rectangle(start, top, low - start, BAR, fill=colour, opacity=_PALE)
        if interval.high is None:
            canvas.fading(low, top, _FADE, BAR, colour, to="right")
        else:
            canvas.rectangle(low, top, place(base + interval.high) - low, BAR, fill=colour)


def percent_ticks(canvas: Canvas, place: Scale, lang: Lang) -> None:
    """Nothing, the half and the whole, below the bars."""
    ends = (place.low, (place.low + place.high) / 2, place.high)
    place.ticks(canvas, ((value, words.quantity(made("percentage", value, "percent"), lang)) for value in ends))


def money_ticks(canvas: Canvas, place: Scale, values: tuple[Decimal, ...], lang: Lang) -> None:
    """Amounts in euros below the bars."""
    place.ticks(canvas, ((value, words.quantity(made("money", value, "EUR"), lang)) for value in values))
