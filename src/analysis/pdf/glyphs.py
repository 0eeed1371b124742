"""Typst leaves out what it has no font for inside a drawing, and says nothing: it is looked for here."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

from fontTools.ttLib import TTFont

from analysis import paths
from analysis.errors import ExecutionError

_FAMILIES = ("Source Sans Pro", "Source Serif Pro")
_FIRST_FAMILY = re.compile(r"""\s*["']?([^"',]+)""")


def check(svg: str, name: str) -> None:
    """Raises ExecutionError for a drawing that asks for another font, or holds a character our fonts lack."""
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise ExecutionError("a drawing is not well-formed SVG", file=name, evidence=str(error)) from error
    shown = "".join(text for element in root.iter() if element.tag.endswith("}text") for text in element.itertext())
    if missing := sorted(set(shown) - _known()):
        raise ExecutionError(
            "a drawing holds characters that our fonts lack",
            file=name,
            evidence=" ".join(f"{character} (U+{ord(character):04X})" for character in missing),
        )
    if foreign := sorted({family for family in map(_family, root.iter()) if family} - {*_FAMILIES}):
        raise ExecutionError("a drawing asks for a font that is not ours", file=name, evidence=", ".join(foreign))


def _family(element: ElementTree.Element) -> str | None:
    named = _FIRST_FAMILY.match(element.get("font-family", ""))
    return named[1] if named else None


@cache
def _known() -> frozenset[str]:
    """The characters in our sans serif, and line ends."""
    characters = TTFont(paths.fonts()["sans"]).getBestCmap()
    return frozenset(map(chr, characters)) | {"\n", "\t"}
