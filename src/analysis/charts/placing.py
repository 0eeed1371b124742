"""Room for labels: beside what they name, over no line and no other word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matplotlib.path import Path
from matplotlib.transforms import Bbox

from analysis.charts.canvas import Canvas, Point, Shape, Words

#: How far letters rise above and reach below the baseline, in parts of the size of type.
_RISE, _FALL = 0.8, 0.25
#: The least room around a word, in pixels.
_AIR = 2.0


def box(words: Words, air: float = 0.0) -> Bbox:
    """The place that a line of text takes on the sheet, with ``air`` around it."""
    left = words.x - {"left": 0.0, "center": words.width / 2, "right": words.width}[words.anchor]
    top, bottom = words.y - _RISE * words.size, words.y + _FALL * words.size
    return Bbox([[left - air, top - air], [left + words.width + air, bottom + air]])


def is_free(canvas: Canvas, *lines: Words, air: float = _AIR) -> bool:
    """Whether lines of text, with ``air`` around them, would stand on the sheet without touching any mark drawn."""
    return all(_is_free(canvas, box(words, air)) for words in lines)


def _is_free(canvas: Canvas, place: Bbox) -> bool:
    if place.x0 < 0 or place.x1 > canvas.width or place.y0 < 0:
        return False
    for mark in canvas.marks:
        if isinstance(mark, Words) and place.overlaps(box(mark)):
            return False
        if isinstance(mark, Shape) and mark.path.intersects_bbox(place, filled=mark.fill is not None):
            return False
    return True


def crosses_no_word(canvas: Canvas, points: Sequence[Point]) -> bool:
    """Whether a line through the points would run through no word that is set already."""
    words = [mark for mark in canvas.marks if isinstance(mark, Words)]
    return not any(Path(points).intersects_bbox(box(each, _AIR), filled=False) for each in words)


def free_stretches(canvas: Canvas, x: float, top: float, bottom: float) -> Iterator[tuple[float, float]]:
    """From where to where a line straight down at ``x`` runs through no word that is set already."""
    taken = sorted(
        (place.y0, place.y1)
        for mark in canvas.marks
        if isinstance(mark, Words) and (place := box(mark, _AIR)).x0 < x < place.x1
    )
    start = top
    for above, below in (*((a, b) for a, b in taken if b > top and a < bottom), (bottom, bottom)):
        if above > start:
            yield start, min(above, bottom)
        start = max(start, below)


def settle(canvas: Canvas, candidates: Iterable[Words]) -> Words | None:
    """Sets the first of the candidates, best first, that touches nothing; ``None`` and nothing set where all do."""
    found = next((words for words in candidates if is_free(canvas, words)), None)
    if found is not None:
        canvas.marks.append(found)
    return found


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near to those wanted as they can be, ``gap`` apart, between ``low`` and ``high``; in the order given.

    Those that crowd each other share their shift. Where there is not room for all, they run beyond ``high``.

    >>> spread([10, 50, 52], 10, 0, 100), spread([2, 3], 10, 0, 100)
    ([10.0, 46.0, 56.0], [0.0, 10.0])
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    blocks: list[tuple[float, int]] = []  # the mean of the wanted places less their gaps, and how many share it
    for rank, index in enumerate(order):
        mean, count = wanted[index] - rank * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, others = blocks.pop()
            mean, count = (before * others + mean * count) / (others + count), others + count
        blocks.append((mean, count))
    most = high - (len(wanted) - 1) * gap
    shared = [max(low, min(mean, most)) for mean, count in blocks for _ in range(count)]
    placed = {index: shared[rank] + rank * gap for rank, index in enumerate(order)}
    return [float(placed[index]) for index in range(len(wanted))]
