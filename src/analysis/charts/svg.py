"""A sheet → canonical SVG: small, accessible, the same bytes on every machine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from xml.etree import ElementTree

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG

from analysis.charts import style
from analysis.charts.canvas import Canvas

_NAMESPACE = "http://www.w3.org/2000/svg"
_NUMERIC = {"x", "y", "font-size", "stroke-width", "opacity", "stroke-opacity", "fill-opacity"}
#: What SVG assumes anyway, once matplotlib's style sheet is gone.
_ASSUMED = {"stroke-linejoin": "miter", "stroke-linecap": "butt", "stroke-dashoffset": "0", "text-anchor": "start"}
_GENERIC = {"'Source Sans Pro'": "sans-serif", "'Source Serif Pro'": "serif"}


def render(canvas: Canvas, identity: str, *, title: str, desc: str, lang: str) -> str:
    """The sheet as an ``<svg>`` element that a page can hold.

    ``identity`` is unique among all drawings of a page and prefixes every id. ``title`` names the picture and
    ``desc`` describes it to those who do not see it.
    """
    text = io.StringIO()
    with matplotlib.rc_context(style.settings(identity)):
        FigureCanvasSVG(canvas.figure()).print_svg(text, metadata={"Date": None})
    stock = ElementTree.fromstring(text.getvalue())
    root = _root(stock, identity, lang)
    _add(root, "title", title, {"id": f"{identity}-title"})
    _add(root, "desc", desc, {"id": f"{identity}-desc"})
    for element in _marks(stock):
        _add(root, _local(element), element.text, dict(_attributes(element)))
    return ElementTree.tostring(root, encoding="unicode")


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
