"""A sheet → canonical SVG: small, accessible, the same bytes on every machine."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from xml.etree import ElementTree

import matplotlib
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from analysis.charts import style
from analysis.charts.canvas import Canvas, Shape, Words

_NAMESPACE = "http://www.w3.org/2000/svg"
_NUMERIC = {"x", "y", "font-size", "stroke-width", "opacity", "stroke-opacity", "fill-opacity"}
#: What SVG assumes anyway, once matplotlib's style sheet is gone.
_ASSUMED = {"stroke-linejoin": "miter", "stroke-linecap": "butt", "stroke-dashoffset": "0", "text-anchor": "start"}
_GENERIC = {"'Source Sans Pro'": "sans-serif", "'Source Serif Pro'": "serif"}


def render(canvas: Canvas, identity: str, *, title: str, desc: str, lang: str, alone: bool = False) -> str:
    """The sheet as an ``<svg>`` element that a page can hold.

    ``identity`` is unique among all drawings of a page and prefixes every id. ``title`` names the picture and
    ``desc`` describes it to those who do not see it. One that is to stand ``alone``, where nobody brings the house
    fonts, has each line set in the width that it has in them, so that other fonts do not run into each other.
    """
    stock = ElementTree.fromstring(_drawn(canvas, identity))
    root = _root(stock, identity, lang)
    _add(root, "title", title, {"id": f"{identity}-title"})
    _add(root, "desc", desc, {"id": f"{identity}-desc"})
    widths = (mark.width for mark in canvas.marks if isinstance(mark, Words))
    for element in _marks(stock):
        attributes = dict(_attributes(element))
        if alone and _local(element) == "text":
            attributes |= {"textLength": _short(str(next(widths))), "lengthAdjust": "spacingAndGlyphs"}
        _add(root, _local(element), element.text, attributes)
    return ElementTree.tostring(root, encoding="unicode")


def _drawn(canvas: Canvas, identity: str) -> str:
    """What matplotlib makes of the marks, one pixel to the point.

    Its renderer is handed them directly: a figure would measure every word first, for the layout that a sheet has.
    """
    height = math.ceil(canvas.y)
    down = Affine2D().scale(1, -1).translate(0, height)
    text = io.StringIO()
    with matplotlib.rc_context(style.settings(identity)):
        renderer = RendererSVG(canvas.width, height, text, metadata={"Date": None})
        for mark in canvas.marks:
            if isinstance(mark, Words):
                _write(renderer, mark, down)
            else:
                _draw(renderer, mark, down)
        renderer.finalize()
    return text.getvalue()


def _write(renderer: RendererSVG, words: Words, down: Affine2D) -> None:
    context = renderer.new_gc()
    context.set_foreground(words.colour)
    setting = style.font(words.size, bold=words.bold, face=words.face)
    anchored = Text(words.x, words.y, ha=words.anchor, transform=down)
    renderer.draw_text(context, words.x, words.y, words.text, setting, 0, mtext=anchored)


def _draw(renderer: RendererSVG, shape: Shape, down: Affine2D) -> None:
    context = renderer.new_gc()
    context.set_linewidth(shape.width if shape.stroke else 0)
    context.set_foreground(shape.stroke or style.INK)
    context.set_dashes(0, shape.dash)
    context.set_joinstyle("miter")
    if shape.opacity != 1:
        context.set_alpha(shape.opacity)
    renderer.draw_path(context, shape.path, down, to_rgba(shape.fill) if shape.fill else None)


def _root(stock: ElementTree.Element, identity: str, lang: str) -> ElementTree.Element:
    _, _, width, height = stock.attrib["viewBox"].split()
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": _NAMESPACE,
            "viewBox": f"0 0 {_short(width)} {_short(height)}",
            "width": _short(width),
            "height": _short(height),
            "role": "img",
            "lang": lang,
            "aria-labelledby": f"{identity}-title",
            "aria-describedby": f"{identity}-desc",
            "font-family": "'Source Sans Pro', sans-serif",
        },
    )
    root.text = "\n"
    return root


def _add(root: ElementTree.Element, tag: str, text: str | None, attributes: dict[str, str]) -> None:
    element = ElementTree.SubElement(root, tag, attributes)
    element.text = text
    element.tail = "\n"


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _marks(stock: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The drawn elements in their order, without matplotlib's groups, definitions and metadata."""
    for child in stock:
        match _local(child):
            case "g":
                yield from _marks(child)
            case "path" | "text":
                yield child


def _attributes(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """What an element says, as presentation attributes: a page's security policy may forbid inline styles."""
    for name, value in (*_placed(element), *_declared(element.get("style", ""))):
        if name == "fill" or (value != "none" and _ASSUMED.get(name) != value):
            yield name, _short(value) if name in _NUMERIC else value


def _placed(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for name in ("x", "y"):
        if name in element.attrib:
            yield name, element.attrib[name]
    if "d" in element.attrib:
        yield "d", _path(element.attrib["d"])


def _declared(declarations: str) -> Iterator[tuple[str, str]]:
    for declaration in filter(None, declarations.split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name != "font-family":
            yield name, value.removesuffix("px")
        elif value != "'Source Sans Pro'":
            yield name, f"{value}, {_GENERIC[value.split(',')[0]]}"


def _path(commands: str) -> str:
    """Path data with its coordinates shortened: letters and numbers stand apart in what matplotlib writes."""
    return " ".join(token if token.isalpha() else _short(token) for token in commands.split())


def _short(number: str) -> str:
    """A hundredth of a pixel is finer than any screen or press.

    >>> _short("12.500001"), _short("-0.001"), _short("680")
    ('12.5', '0', '680')
    """
    rounded = Decimal(number.removesuffix("px")).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return format(rounded.normalize(), "f") if rounded else "0"
