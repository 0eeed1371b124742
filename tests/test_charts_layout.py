"""The drawings' layout, measured: no word runs over another, off the sheet, or under a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox
from test_charts import DRAWN, made, parsed

from analysis.charts import placing, style
from analysis.charts.canvas import Canvas, wrap
from analysis.quantities import Lang

SVG = "{http://www.w3.org/2000/svg}"
#: Overlaps thinner than this many pixels cannot be seen.
SLACK = 0.75
every_drawing = pytest.mark.parametrize(
    ("name", "lang", "layout"),
    [(name, lang, layout) for name in DRAWN for lang in ("fr", "en") for layout in ("drawing", "narrow", "picture")],
)


@dataclass(frozen=True)
class Sheet:
    """A drawing as measured: its size, its texts with their boxes, its paths in the order in which they are drawn."""

    width: float
    height: float
    texts: list[tuple[int, str, float, Bbox]]
    paths: list[tuple[int, Path, bool]]


def drawn(name: str, lang: Lang, layout: str) -> str:
    return str(getattr(made(name, lang), layout))


@cache
def sheet(svg: str) -> Sheet:
    root = parsed(svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    marks = list(enumerate(root))
    texts = [
        (order, mark.text or "", float(mark.attrib["font-size"]), _box(mark))
        for order, mark in marks
        if mark.tag == f"{SVG}text"
    ]
    paths = [(order, _path(mark), mark.get("fill") != "none") for order, mark in marks if mark.tag == f"{SVG}path"]
    return Sheet(width, height, texts, paths)


def _box(text: ElementTree.Element) -> Bbox:
    """Where matplotlib's renderer sets the line: the width of its shaped glyphs, from its descent to its height."""
    size, bold = float(text.attrib["font-size"]), text.get("font-weight") == "600"
    setting = style.font(size, bold=bold, face="serif" if "Serif" in text.get("font-family", "") else "sans")
    width, height, descent = text_to_path.get_text_width_height_descent(text.text or "", setting, False)
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    left = x - {"middle": width / 2, "end": width}.get(text.get("text-anchor", "start"), 0.0)
    return Bbox([[left, y - (height - descent)], [left + width, y + descent]])


def _path(mark: ElementTree.Element) -> Path:
    """The path, its curves straightened; letters and numbers stand apart."""
    subpaths: list[list[tuple[float, float]]] = []
    numbers: list[float] = []
    for part in mark.attrib["d"].split():
        if part == "M":
            subpaths.append([])
        elif part == "z":
            subpaths[-1].append(subpaths[-1][0])
        elif not part.isalpha():
            numbers.append(float(part))
        if len(numbers) == 2:
            subpaths[-1].append((numbers.pop(0), numbers.pop(0)))
    return Path.make_compound_path(*(Path(points) for points in subpaths))


def _shrunk(box: Bbox) -> Bbox:
    return Bbox([[box.x0 + SLACK, box.y0 + SLACK], [box.x1 - SLACK, box.y1 - SLACK]])


@every_drawing
def test_no_word_runs_over_another(name: str, lang: Lang, layout: str) -> None:
    texts = sheet(drawn(name, lang, layout)).texts
    overlapping = [
        (one, other)
        for (_, one, _, box), (_, other, _, another) in combinations(texts, 2)
        if _shrunk(box).overlaps(_shrunk(another))
    ]
    assert not overlapping


@every_drawing
def test_nothing_leaves_the_sheet(name: str, lang: Lang, layout: str) -> None:
    measured = sheet(drawn(name, lang, layout))
    boxes = [(text, box) for _, text, _, box in measured.texts]
    boxes += [("a path", path.get_extents()) for _, path, _ in measured.paths]
    assert [what for what, box in boxes if not _within(box, measured)] == []


def _within(box: Bbox, on: Sheet) -> bool:
    return bool(box.x0 >= -0.1 and box.y0 >= -0.1 and box.x1 <= on.width + 0.1 and box.y1 <= on.height + 0.1)


@every_drawing
def test_no_line_runs_through_a_word_and_nothing_covers_one(name: str, lang: Lang, layout: str) -> None:
    measured = sheet(drawn(name, lang, layout))
    assert list(_struck(measured)) == []


def _struck(measured: Sheet) -> Iterator[str]:
    for set_at, text, _, box in measured.texts:
        for drawn_at, path, filled in measured.paths:
            covered = filled and drawn_at > set_at
            if any(piece.intersects_bbox(_shrunk(box), filled=covered) for piece in _pieces(path, whole=filled)):
                yield text


def _pieces(path: Path, *, whole: bool) -> Iterator[Path]:
    """The strokes of a path one by one: matplotlib would have a line from the end of one to the start of the next."""
    if whole or path.codes is None:
        yield path
        return
    places: Any = path.vertices
    codes: Any = path.codes
    starts = [index for index, code in enumerate(codes) if code == Path.MOVETO]
    for start, end in pairwise([*starts, len(codes)]):
        yield Path(places[start:end])


@every_drawing
def test_words_are_large_enough_and_sheets_as_wide_as_promised(name: str, lang: Lang, layout: str) -> None:
    measured = sheet(drawn(name, lang, layout))
    assert min(size for _, _, size, _ in measured.texts) >= 12
    if layout == "narrow":
        assert measured.width <= 360
    if layout == "drawing":
        assert measured.width == 680


def test_the_measure_finds_planted_faults() -> None:
    """A test that cannot fail shows nothing."""
    from analysis.charts import svg  # noqa: PLC0415  # only here is a sheet drawn by hand

    canvas = Canvas(200)
    canvas.text(10, 30, "dessous")
    canvas.text(30, 36, "dessus")
    canvas.text(180, 60, "dehors")
    canvas.text(10, 90, "biffé")
    canvas.line([(0, 85), (100, 85)])
    canvas.text(10, 120, "caché")
    canvas.rectangle(0, 100, 90, 30, fill=style.FRANCE)
    canvas.y = 140
    measured = sheet(svg.render(canvas, "planted", title="t", desc="d", lang="fr"))
    boxes = {text: box for _, text, _, box in measured.texts}
    assert _shrunk(boxes["dessous"]).overlaps(_shrunk(boxes["dessus"]))
    assert not _within(boxes["dehors"], measured)
    assert set(_struck(measured)) == {"biffé", "caché"}


def test_a_word_is_set_where_it_touches_no_mark() -> None:
    canvas = Canvas(300)
    canvas.rectangle(0, 0, 100, 100, fill=style.FRANCE)
    canvas.rectangle(130, 0, 70, 100, stroke=style.FRANCE)
    canvas.line([(0, 200), (300, 140)])
    canvas.text(210, 30, "mot")
    free = [(145, 60), (20, 150), (220, 90), (150, 240)]
    taken = [(20, 60), (90, 60), (120, 60), (185, 60), (140, 172), (220, 38), (-5, 240), (290, 240), (220, 5)]
    probes = {at: Canvas(300).text(*at, "mot") for at in (*free, *taken)}
    assert [at for at, words in probes.items() if placing.is_free(canvas, words)] == free
    assert placing.crosses_no_word(canvas, [(0, 0), (300, 10)])
    assert not placing.crosses_no_word(canvas, [(205, 0), (230, 60)])


@pytest.mark.parametrize("width", [60.0, 120.0, 240.0, 480.0])
def test_lines_keep_to_their_width_and_lose_no_word(width: float) -> None:
    text = "Le bout foncé d’une barre couvre les valeurs que l’arrondi laisse possibles"
    lines = wrap(text, width, 12)
    assert " ".join(lines) == text
    assert all(style.text_width(line, 12) <= width for line in lines)


def test_a_no_break_space_keeps_its_words_together() -> None:
    assert wrap("plus de 10\N{NO-BREAK SPACE}milliards", 60, 12)[-1].endswith("10\N{NO-BREAK SPACE}milliards")


@every_drawing
def test_widths_that_decide_line_breaks_agree_with_the_renderer(name: str, lang: Lang, layout: str) -> None:
    for text in parsed(drawn(name, lang, layout)).iter(f"{SVG}text"):
        size, bold = float(text.attrib["font-size"]), text.get("font-weight") == "600"
        face: style.Face = "serif" if "Serif" in text.get("font-family", "") else "sans"
        reckoned = style.text_width(text.text or "", size, bold=bold, face=face)
        assert 0.97 * reckoned - 2 < _box(text).width < reckoned + 1
