"""The timeline: across a wide sheet, a row for each act; down a narrow one, a list beside the axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from matplotlib.path import Path

from analysis import words
from analysis.charts import style
from analysis.charts.canvas import Canvas, Shape, wrap
from analysis.charts.dates import Act, Axis, axis, called, dated, issued, year_of
from analysis.charts.placing import free_stretches
from analysis.quantities import Lang
from analysis.words.typography import capital

_DOT, _BAR, _AIR, _FAINT = 4.6, 9.0, 7.0, 0.35
_CUT, _ROW, _FLAG = 22.0, 22.0, 19.0
#: Of the list on a narrow sheet: the least height of a year, the lines of a text, the air below it; the lanes of the
#: marks, and where the names of the years, the axis and the texts stand.
_YEAR, _LINE, _BELOW, _LANE = 24.0, 16.0, 7.0, 11.0
_AXIS, _TEXT = 98.0, 122.0
#: The middle of the first line of a text, below its beginning.
_FIRST = 10.0
#: Marks further right than this part of a wide sheet have their text on the left.
_TURN = 0.58
_COLOURS = {"US": style.AMERICA, "EU27": style.EUROPE, "europe": style.EUROPE}


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands in the list: an act, or a document at its date."""

    ends: tuple[Decimal, Decimal]
    when: str
    text: str
    act: Act | None = None

    @property
    def middle(self) -> Decimal:
        """Half way between its ends."""
        return sum(self.ends, Decimal(0)) / 2

    @property
    def year(self) -> int:
        """The year in which it stands in the list."""
        return int(self.middle)


def draw(acts: Sequence[Act], lang: Lang, width: float) -> Canvas:
    """The chart on a sheet of that width."""
    canvas = Canvas(width)
    entries = [_Entry(act.ends, dated(act, lang), capital(called(act, lang)), act) for act in acts]
    documents = [_document(each, lang) for each in _documents(acts)]
    if canvas.narrow:
        _draw_list(canvas, sorted((*entries, *documents), key=lambda entry: entry.middle))
    else:
        _draw_across(canvas, entries, documents)
    return canvas


def _documents(acts: Sequence[Act]) -> list[str]:
    """The documents that the acts are told in, the earliest first."""
    return [each for _, each in sorted({(act.row["published"], act.row["document"]) for act in acts})]


def _document(name: str, lang: Lang) -> _Entry:
    at = year_of(date.fromisoformat(words.ledger().documents[name].date))
    return _Entry((at, at), "", issued(name, lang))


def _years(entries: Sequence[_Entry]) -> tuple[int, ...]:
    """The years with something in them, and each single year between two such."""
    full = {year for entry in entries for year in range(int(entry.ends[0]), _last_year(entry) + 1)}
    return tuple(year for year in range(min(full), max(full) + 1) if year in full or {year - 1, year + 1} <= full)


def _last_year(entry: _Entry) -> int:
    """The year of its end; where a year ends, the next has not begun."""
    last = int(entry.ends[1])
    return last - 1 if last == entry.ends[1] > entry.ends[0] else last


def _colour(entry: _Entry) -> str:
    return style.INK if entry.act is None else _COLOURS.get(entry.act.row["place"], style.FRANCE)


def _draw_across(canvas: Canvas, entries: Sequence[_Entry], documents: Sequence[_Entry]) -> None:
    years = _years([*entries, *documents])
    cuts = sum(b > a + 1 for a, b in pairwise(years))
    length = (canvas.width - 2 - cuts * _CUT) / len(years)
    at = axis(years, tuple(length for _ in years), 1, _CUT)
    _draw_flags(canvas, documents, at)
    _draw_axis(canvas, at)
    top = canvas.y
    for entry in entries:
        _draw_row(canvas, entry, at)
    _draw_hairs(canvas, at, top)


def _draw_flags(canvas: Canvas, documents: Sequence[_Entry], at: Axis) -> None:
    """The earliest highest, so that no pole crosses the name of another."""
    foot = len(documents) * _FLAG + 2
    for index, document in enumerate(documents):
        x, y = at(document.ends[0]), index * _FLAG
        canvas.line([(x, y + 1), (x, foot)], style.INK, width=1.2)
        canvas.area([(x, y + 2), (x + 10, y + 6.5), (x, y + 11)], style.INK)
        canvas.text(x + 14, y + 11, document.text, size=style.SMALL)
    canvas.y = foot


def _draw_axis(canvas: Canvas, at: Axis) -> None:
    y = canvas.y
    for left, right in at.runs:
        canvas.line([(left, y), (right, y)], style.INK, width=1.4)
    for left, right in at.cuts:
        _slants(canvas, (left + right) / 2, y)
    for year, start, length in zip(at.years, at.starts, at.lengths, strict=True):
        canvas.text(start + length / 2, y + 17, str(year), size=style.SMALL, colour=style.SECONDARY, anchor="center")
    canvas.y += 26


def _slants(canvas: Canvas, x: float, y: float) -> None:
    for shift in (-3.0, 3.0):
        canvas.line([(x + shift - 3, y + 6), (x + shift + 3, y - 6)], style.INK, width=1.2)


def _draw_row(canvas: Canvas, entry: _Entry, at: Axis) -> None:
    """The mark, its date and its name: to the right where there is room, else to the left."""
    left, right = (at(end) for end in entry.ends)
    middle = canvas.y + _ROW / 2
    if entry.act and entry.act.is_day:
        left = right = (left + right) / 2
        _point(canvas, left, middle, entry)
        left, right = left - _DOT, right + _DOT
    else:
        _bar(canvas, left, middle - _BAR / 2, right - left, _BAR, entry)
    size = style.text_width(f"{entry.when}  ", style.SMALL) + style.text_width(entry.text, style.LABEL)
    start = right + _AIR if left < canvas.width * _TURN else left - _AIR - size
    shown = canvas.text(start, middle + 4.5, entry.when, size=style.SMALL, colour=style.SECONDARY)
    canvas.text(start + shown.width + 6, middle + 4.5, entry.text)
    canvas.y += _ROW


def _point(canvas: Canvas, x: float, y: float, entry: _Entry) -> None:
    hollow = entry.act is not None and entry.act.row.announced
    fill = style.PAPER if hollow else _colour(entry)
    canvas.dot(x, y, _DOT, fill=fill, stroke=_colour(entry))


def _bar(canvas: Canvas, x: float, y: float, width: float, height: float, entry: _Entry) -> None:
    """The span that a date leaves open; its stroke stays within it."""
    hollow = entry.act is not None and entry.act.row.announced
    if hollow:
        canvas.rectangle(x + 0.6, y + 0.6, width - 1.2, height - 1.2, fill=style.PAPER, stroke=_colour(entry))
    else:
        canvas.rectangle(x, y, width, height, fill=_colour(entry))


def _draw_hairs(canvas: Canvas, at: Axis, top: float) -> None:
    """A hair where each year begins, under the marks and through no word."""
    ends = [start + length for start, length in zip(at.starts, at.lengths, strict=True)]
    points = [
        (x, y)
        for x in sorted({round(each, 2) for each in (*at.starts, *ends)})
        for stretch in free_stretches(canvas, x, top, canvas.y)
        for y in stretch
    ]
    hairs = Path(points, [Path.MOVETO, Path.LINETO] * (len(points) // 2))
    canvas.marks.insert(0, Shape(hairs, None, style.GRID, 1.0, _FAINT, None))


def _draw_list(canvas: Canvas, entries: Sequence[_Entry]) -> None:
    """Years as long as their texts need, marks where their dates lie in them, texts in order beside them."""
    years = _years(entries)
    width = canvas.width - _TEXT
    room = {year: sum(_height(entry, width) for entry in entries if entry.year == year) for year in years}
    at = axis(years, tuple(max(_YEAR, room[year]) for year in years), 4, _CUT)
    _draw_years(canvas, at)
    places = [place for year in years for place in _stacked([e for e in entries if e.year == year], width, at)]
    lanes = _lanes([entry for entry, _ in places], at)
    for start, (_, y), lane in zip(_starts(places, at), places, lanes, strict=True):
        _lead(canvas, start, y, lane)
    for (entry, y), lane in zip(places, lanes, strict=True):
        _draw_entry(canvas, entry, y, lane, at, width)
    canvas.y = at.starts[-1] + at.lengths[-1] + 4


def _height(entry: _Entry, width: float) -> float:
    lines = len(wrap(entry.text, width, style.LABEL)) + bool(entry.when)
    return lines * _LINE + _BELOW


def _stacked(entries: Sequence[_Entry], width: float, at: Axis) -> Iterator[tuple[_Entry, float]]:
    """The entries of one year, each with where its text begins: as their dates follow each other.

    One that lasts the year may stand anywhere in it: it goes where no mark waits for its text, so that no two of the
    hairs between marks and texts cross.
    """
    long = [entry for entry in entries if entry.ends[1] - entry.ends[0] >= 1]
    short = [entry for entry in entries if entry.ends[1] - entry.ends[0] < 1]
    y = at(Decimal(entries[0].year)) if entries else 0.0
    while long or short:
        waits = bool(short) and at(short[0].middle) <= y + _FIRST
        entry = (short if waits or not long else long).pop(0)
        yield entry, y
        y += _height(entry, width)


def _lanes(entries: Sequence[_Entry], at: Axis) -> list[int]:
    """For each mark the lane nearest the texts in which it touches no other; the short ones choose first."""
    taken: list[list[tuple[float, float]]] = []
    lanes = [0] * len(entries)
    for index in sorted(range(len(entries)), key=lambda i: (entries[i].ends[1] - entries[i].ends[0], i)):
        top, bottom = _extent(entries[index], at)
        lane = next((n for n, them in enumerate(taken) if all(bottom + 1 < a or top - 1 > b for a, b in them)), None)
        if lane is None:
            lane = len(taken)
            taken.append([])
        taken[lane].append((top, bottom))
        lanes[index] = lane
    return lanes


def _extent(entry: _Entry, at: Axis) -> tuple[float, float]:
    """From where to where its mark reaches down the sheet."""
    top, bottom = (at(end) for end in entry.ends)
    if entry.act is None or entry.act.is_day:
        return (top + bottom) / 2 - _DOT, (top + bottom) / 2 + _DOT
    return top, bottom


def _draw_years(canvas: Canvas, at: Axis) -> None:
    for top, bottom in at.runs:
        canvas.line([(_AXIS, top), (_AXIS, bottom)], style.INK, width=1.4)
    for top, bottom in at.cuts:
        _slants(canvas, _AXIS, (top + bottom) / 2)
    for year, start in zip(at.years, at.starts, strict=True):
        canvas.line([(0, start), (_AXIS, start)], opacity=_FAINT)
        canvas.text(0, start + 14, str(year), size=style.SMALL, bold=True, colour=style.SECONDARY)


def _starts(places: Sequence[tuple[_Entry, float]], at: Axis) -> Iterator[float]:
    """Where each mark's hair begins: level with its text where it lasts a year, else in its middle.

    Marks of one and the same extent share it evenly.
    """
    for index, (entry, y) in enumerate(places):
        top, bottom = _extent(entry, at)
        if entry.ends[1] - entry.ends[0] >= 1:
            yield min(max(y + _FIRST, top + _DOT), bottom - _DOT)
        else:
            same = [n for n, (other, _) in enumerate(places) if other.ends == entry.ends]
            yield top + (bottom - top) * (same.index(index) + 1) / (len(same) + 1)


def _lead(canvas: Canvas, start: float, y: float, lane: int) -> None:
    """A hair from the mark to the first line of its text."""
    line = y + _FIRST
    x = _AXIS - lane * _LANE
    canvas.line([(x, start), (_AXIS + 8, start), (_TEXT - 8, line), (_TEXT - 3, line)], opacity=0.7)


def _draw_entry(canvas: Canvas, entry: _Entry, y: float, lane: int, at: Axis, width: float) -> None:
    top, bottom = _extent(entry, at)
    x = _AXIS - lane * _LANE
    if entry.act is None:
        middle = (top + bottom) / 2
        canvas.area([(x - 4, middle - 5), (x + 6, middle), (x - 4, middle + 5)], style.INK)
    elif entry.act.is_day:
        _point(canvas, x, (top + bottom) / 2, entry)
    else:
        _bar(canvas, x - _BAR / 2, top, _BAR, bottom - top, entry)
    canvas.y = y
    if entry.when:
        canvas.text(_TEXT, y + style.LABEL, entry.when, size=style.SMALL, colour=style.SECONDARY)
        canvas.y += _LINE
    for line in wrap(entry.text, width, style.LABEL):
        canvas.text(_TEXT, canvas.y + style.LABEL, line, size=style.SMALL if entry.act is None else style.LABEL)
        canvas.y += _LINE
