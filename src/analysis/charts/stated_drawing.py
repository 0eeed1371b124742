"""The drawing of what a table states: rows of bars on one axis, or of dates and ranks where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from analysis import words
from analysis.charts import bars, style
from analysis.charts.bars import BAR
from analysis.charts.canvas import Canvas
from analysis.charts.rows import made
from analysis.charts.scale import Scale
from analysis.charts.stated_rows import Group, Stated
from analysis.quantities import Lang

_COLOUR = style.INK
#: Where bars begin on a wide sheet; how far an end fades that nobody knows; what of a mark can still be seen.
_START, _FADE, _LEAST = 306.0, 44.0, 3.0
#: Room that is left beside the axis on a narrow sheet, for an interval that reaches slightly beyond it.
_SPARE = 4.0
_PALE = 0.25
_STROKE = 1.2
#: Parts of an axis: the room beyond a number without an upper end, where it fades; what may reach beyond the axis.
_BEYOND, _SLIGHT = Decimal("0.25"), Decimal("0.01")
_MOST_STEPS = 5
#: The kinds whose unit is short enough to stand at every number of an axis.
_SIGNED = frozenset({"percentage", "money", "multiplier", "ordinal/rank"})
_ZERO = Decimal(0)
_ROUND = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


def draw(common: str, groups: Sequence[Group], lang: Lang, width: float) -> Canvas:
    """The groups one below the other, with a row for each claim, on one axis."""
    canvas = Canvas(width)
    rows = [each for group in groups for each in group.rows]
    values = {each.stated.row.id: each.stated.shown(lang) for each in rows}
    room = max(style.text_width(text, style.LABEL, bold=True) for text in values.values()) + 14
    ticks = _ticks([each.stated for each in rows])
    start, end = (_SPARE, width - _SPARE) if canvas.narrow else (_START, width - room)
    place = Scale(ticks[0], ticks[-1], start, end)
    if common:
        canvas.paragraph(0, width, common, size=style.SMALL, colour=style.SECONDARY)
        canvas.y += 8
    feet = []
    for group in groups:
        if group.title:
            bars.head(canvas, group.title, group.common)
        for each in group.rows:
            shown = values[each.stated.row.id]
            top = bars.label(canvas, place, each.name, shown, _COLOUR, each.more, room=room)
            _mark(canvas, place, top, each.stated)
            feet.append([(start, top + BAR), (end, top + BAR)])
        canvas.y += 6
    canvas.lines(feet, opacity=0.6)
    place.ticks(canvas, ((tick, _tick(tick, rows[0].stated, lang)) for tick in ticks))
    return canvas


def _mark(canvas: Canvas, place: Scale, top: float, stated: Stated) -> None:
    """What the number may be, firm; from nothing up to there, pale. Hollow is what is only announced."""
    low, high, measures, hollow = stated.interval.low, stated.interval.high, stated.measures, stated.row.announced
    if low is None and high is not None:
        start = place.start if measures else max(place.start, place(high) - _FADE)
        canvas.fading(start, top, place(high) - start, BAR, _COLOUR, to="left")
    if low is None:
        return
    if measures:
        near = low if low > 0 else min(high or _ZERO, _ZERO)
        _block(canvas, top, place(_ZERO), place(near), hollow=hollow, opacity=_PALE)
    if high is None:
        canvas.fading(place(low), top, _FADE, BAR, _COLOUR, to="right")
    else:
        start = min(place(low), place.end - _LEAST)
        _block(canvas, top, start, max(place(high), start + _LEAST), hollow=hollow and not measures)


def _block(canvas: Canvas, top: float, start: float, end: float, *, hollow: bool, opacity: float = 1.0) -> None:
    left, right = sorted((start, end))
    if right - left < 1:
        return
    if hollow:
        canvas.rectangle(left + _STROKE / 2, top, right - left - _STROKE / 2, BAR, stroke=_COLOUR)
    else:
        canvas.rectangle(left, top, right - left, BAR, fill=_COLOUR, opacity=opacity)


def _ticks(rows: Sequence[Stated]) -> tuple[Decimal, ...]:
    """Round numbers from below the lowest to above the highest; amounts are counted from zero.

    Where rounding leaves open but little beyond the printed numbers, the axis does not grow for it.
    """
    ends = [_ZERO] if rows[0].measures else []
    ends += [end for each in rows for end in each.ends]
    span = max(ends) - min(ends)
    ends += [each.ends[1] + span * _BEYOND for each in rows if each.interval.high is None]
    slight = span * _SLIGHT
    reached = (end for each in rows for end in (each.interval.low, each.interval.high) if end is not None)
    ends += [end for end in reached if not min(ends) - slight <= end <= max(ends) + slight]
    step = _step((max(ends) - min(ends)) / _MOST_STEPS, whole=not rows[0].measures)
    first = (min(ends) / step).to_integral_value(ROUND_FLOOR)
    last = max((max(ends) / step).to_integral_value(ROUND_CEILING), first + 1)
    return tuple(step * (first + index) for index in range(int(last - first) + 1))


def _step(least: Decimal, *, whole: bool) -> Decimal:
    """One, two or five times a power of ten, the first that is no less; at least 1 where only whole numbers count."""
    least = max(least, Decimal(1)) if whole or not least else least
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * each for each in _ROUND if power * each >= least)


def _tick(value: Decimal, stated: Stated, lang: Lang) -> str:
    """A number of the axis, with its unit where that is a sign."""
    if stated.iso:
        return words.period(f"{value:f}", lang)
    unit = stated.row.quantity.unit or ""
    kind = "percentage" if unit == "percent" else stated.row.quantity.kind
    return words.quantity(made(kind if kind in _SIGNED else "count", value, unit), lang)
