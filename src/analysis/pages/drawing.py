"""A chart's SVG made fit to stand inside a page: nothing that reaches out of it, named and described by the page."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from markupsafe import Markup

from analysis.errors import ExecutionError

_SVG = "{http://www.w3.org/2000/svg}"
#: What draws. Names and descriptions are the page's to give; scripts, styles, links and pictures would reach beyond.
_DRAWN = frozenset(
    {"svg", "g", "defs", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
    | {"clipPath", "mask", "pattern", "linearGradient", "radialGradient", "stop", "marker", "symbol"}
)


def inline(svg: str, *, prefix: str, layout: str, alt: str, described_by: str) -> Markup:
    """The drawing as an element of a page, named by its alternative text and described by the element of that id.

    ``prefix`` keeps its ids apart from those of the page's other drawings; ``layout`` (wide, narrow) is its class.
    Colours stay as drawn: the style sheet redraws each in a dark scheme.
    Raises ExecutionError where it is not an SVG of known size.
    """
    root = _parsed(svg, prefix)
    size = {name: value for name, value in root.attrib.items() if name in ("viewBox", "width", "height", "font-family")}
    _clean(root, prefix)
    root.attrib = {"class": layout, **size, "role": "img", "aria-label": alt, "aria-describedby": described_by}
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _parsed(svg: str, name: str) -> ElementTree.Element:
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise ExecutionError("a drawing is not well-formed SVG", entry=name, evidence=str(error)) from error
    if root.tag != f"{_SVG}svg" or not {"viewBox", "width", "height"} <= root.attrib.keys():
        raise ExecutionError(
            "a drawing is not an SVG of known size", entry=name, evidence=f"<{root.tag} {sorted(root.attrib)}>"
        )
    return root


def _clean(element: ElementTree.Element, prefix: str) -> None:
    # HTML knows <svg> and what is in it by their bare names.
    element.tag = str(element.tag).removeprefix(_SVG)
    element.attrib = dict(_attributes(element, prefix))
    for child in list(element):
        if str(child.tag).removeprefix(_SVG) in _DRAWN:
            _clean(child, prefix)
        else:
            element.remove(child)


def _attributes(element: ElementTree.Element, prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name == "id":
            yield name, f"{prefix}-{value}"
        elif name == "href":
            yield name, value.replace("#", f"#{prefix}-", 1) if value.startswith("#") else "#"
        elif not name.startswith(("{", "on")) and name != "style":
            yield name, value.replace("url(#", f"url(#{prefix}-")
