"""A sheet in pixels, filled from the top: marks are kept in a list and drawn by matplotlib at the end."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from analysis.charts.style import GRID, INK, LABEL, PAPER, Face, text_width

Point = tuple[float, float]
Anchor = Literal["left", "center", "right"]

_HATCH_STEP = 5.0
_THINNING = 1.06
_SLAT_STEP = 4.0
#: A last line below this part of the width looks lost; lines are then trimmed by so many pixels at a time.
_SHORT, _TRIM = 0.4, 8.0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; ``x`` is where ``anchor`` says, ``y`` the baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool
    face: Face
    anchor: Anchor

    @property
    def width(self) -> float:
        """The width in which the line is set."""
        return text_width(self.text, self.size, bold=self.bold, face=self.face)

    def moved(self, right: float, down: float) -> Words:
        """The same, elsewhere on the sheet."""
        return replace(self, x=self.x + right, y=self.y + down)


@dataclass(frozen=True, slots=True)
class Shape:
    """Lines or an area: a path in pixels, its fill and its stroke."""

    path: Path
    fill: str | None
    stroke: str | None
    width: float
    opacity: float
    dash: tuple[float, float] | None

    def moved(self, right: float, down: float) -> Shape:
        """The same, elsewhere on the sheet."""
        return replace(self, path=Affine2D().translate(right, down).transform_path(self.path))


class Canvas:
    """A sheet of a given width; ``y`` is how far down it has been filled, and its height in the end."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.y = 0.0
        self.marks: list[Words | Shape] = []

    @property
    def narrow(self) -> bool:
        """Whether the sheet is for a small screen."""
        return self.width < 480

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = LABEL,
        colour: str = INK,
        bold: bool = False,
        face: Face = "sans",
        anchor: Anchor = "left",
    ) -> Words:
        """Sets one line of text, its baseline at ``y``."""
        words = Words(x, y, text, size, colour, bold, face, anchor)
        self.marks.append(words)
        return words

    def paragraph(
        self,
        x: float,
        width: float,
        text: str,
        *,
        size: float = LABEL,
        colour: str = INK,
        bold: bool = False,
        face: Face = "sans",
        leading: float = 1.3,
    ) -> None:
        """Sets text in lines of at most ``width`` from the current ``y`` down, and moves ``y`` below them."""
        for line in wrap(text, width, size, bold=bold, face=face):
            self.text(x, self.y + size, line, size=size, colour=colour, bold=bold, face=face)
            self.y += round(size * leading, 1)

    def rule(self) -> None:
        """Draws a rule across the sheet, with room below it for what it opens."""
        self.line([(0, self.y + 0.5), (self.width, self.y + 0.5)], INK)
        self.y += 8

    def line(
        self,
        points: Sequence[Point],
        colour: str = GRID,
        *,
        width: float = 1.0,
        dash: tuple[float, float] | None = None,
        opacity: float = 1.0,
    ) -> None:
        """Draws a line through the points."""
        self.marks.append(Shape(Path(points), None, colour, width, opacity, dash))

    def lines(self, segments: Iterable[Sequence[Point]], colour: str = GRID, *, opacity: float = 1.0) -> None:
        """Draws several lines as one mark."""
        path = Path.make_compound_path(*map(Path, segments))
        self.marks.append(Shape(path, None, colour, 1.0, opacity, None))

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        opacity: float = 1.0,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draws a rectangle from its upper left corner."""
        self.marks.append(Shape(_box(x, y, width, height), fill, stroke, 1.2, opacity, dash))

    def area(self, corners: Sequence[Point], colour: str, *, opacity: float = 1.0) -> None:
        """Fills what lies between the corners."""
        self.marks.append(Shape(Path([*corners, corners[0]], closed=True), colour, None, 0, opacity, None))

    def dot(
        self, x: float, y: float, radius: float, *, fill: str | None = None, stroke: str | None = None, sides: int = 8
    ) -> None:
        """Draws a point: a regular polygon standing on its tip; with eight sides it looks round at such a size."""
        turns = [2 * math.pi * side / sides for side in range(sides)]
        corners = [(x + radius * math.sin(turn), y - radius * math.cos(turn)) for turn in turns]
        self.marks.append(Shape(Path([*corners, corners[0]], closed=True), fill, stroke, 1.5, 1.0, None))

    def hatched(self, x: float, y: float, width: float, height: float, colour: str, *, thinning: bool = False) -> None:
        """Draws the diagonals that mark money or a goal which is only announced; thinning out where it has no end."""
        segments = _diagonals(width, height, _THINNING if thinning else 1.0)
        self.lines(([(x + dx, y + dy) for dx, dy in segment] for segment in segments), colour)

    def fading(
        self, x: float, y: float, width: float, height: float, colour: str, *, to: Literal["left", "right"]
    ) -> None:
        """Draws slats that grow thinner towards one side: somewhere there, the text does not say where."""
        boxes = [_box(x + left, y, slat, height) for left, slat in _slats(width, to)]
        self.marks.append(Shape(Path.make_compound_path(*boxes), colour, None, 0, 1.0, None))

    def place(self, other: Canvas, right: float = 0.0) -> None:
        """Puts another sheet below what is there, so far to the right."""
        self.marks += [mark.moved(right, self.y) for mark in other.marks]
        self.y += other.y

    def on_paper(self) -> Canvas:
        """The same sheet with the paper's colour behind all that is on it."""
        sheet = Canvas(self.width)
        sheet.rectangle(0, 0, self.width, math.ceil(self.y), fill=PAPER)
        sheet.place(self)
        return sheet


def wrap(text: str, width: float, size: float, *, bold: bool = False, face: Face = "sans") -> list[str]:
    """Breaks text at its plain spaces (never at no-break ones) into lines of at most ``width`` pixels.

    While the last line is short, all are made shorter, as long as their number stays.
    """
    measure = partial(text_width, size=size, bold=bold, face=face)
    lines, within = _filled(text, width, measure), width
    while len(lines) > 1 and measure(lines[-1]) < width * _SHORT:
        within -= _TRIM
        shorter = _filled(text, within, measure)
        if len(shorter) > len(lines):
            break
        lines = shorter
    return lines


def _filled(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip(" ")
        if lines[-1] and measure(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _box(x: float, y: float, width: float, height: float) -> Path:
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    return Path(corners, closed=True)


def _slats(width: float, to: Literal["left", "right"]) -> Iterable[tuple[float, float]]:
    """Left edge and width of each slat, from the firm side to the faint one."""
    count = max(3, round(width / _SLAT_STEP))
    step = width / count
    for index in range(count):
        slat = step * (1 - (index + 0.5) / count)
        yield (index * step if to == "right" else width - index * step - slat), slat


def _diagonals(width: float, height: float, widening: float) -> Iterable[tuple[Point, Point]]:
    """Segments at 45°, rising to the right, that fill a box with its upper left corner at 0, 0."""
    offset = step = _HATCH_STEP
    while offset < width + height:
        start = (max(0.0, offset - height), min(offset, height))
        end = (min(offset, width), max(0.0, offset - width))
        yield start, end
        step *= widening
        offset += step
