"""The house fonts, cut down to the glyphs a page shows and written into it."""

from __future__ import annotations

import base64
import io
import string
from collections import defaultdict
from collections.abc import Mapping

import lxml.html
from fontTools import subset
from fontTools.ttLib import TTFont

from analysis import cache, paths

_FACES = {
    "serif": ("Source Serif Pro", "normal", 400),
    "serif-bold": ("Source Serif Pro", "normal", 600),
    "serif-italic": ("Source Serif Pro", "italic", 400),
    "sans": ("Source Sans Pro", "normal", 400),
    "sans-bold": ("Source Sans Pro", "normal", 600),
}
#: What the style sheets set in semibold, in italics and in sans serif.
_BOLD = frozenset({"h1", "h2", "h3", "h4", "strong", "b", "mark"})
_ITALIC = frozenset({"em", "i"})
_SANS = frozenset({"svg", "small"})
_BOLD_CLASSES = frozenset({"bold", "total"})
_UNSEEN = frozenset({"head", "style"})
#: What no page needs of a font: kerning alone would weigh up to two kilobytes a face. It goes before anything is read.
_UNUSED = ("BASE", "GDEF", "GPOS", "GSUB", "gasp")


def faces(page: str) -> str:
    """The ``@font-face`` rules a page needs: each font it uses, holding only the characters it sets in it."""
    return "\n".join(_rule(role, characters) for role, characters in sorted(_characters(page).items()))


def _rule(role: str, characters: frozenset[str]) -> str:
    family, style, weight = _FACES[role]
    text = "".join(sorted(characters))
    cut = cache.kept("pages", ("font", role, text), lambda: _cut(paths.fonts()[role].read_bytes(), text))
    data = base64.b64encode(cut).decode()
    return (
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{data})format('woff2')}}"
    )


def _cut(font: bytes, text: str) -> bytes:
    # The time of the cut must not enter the file: the same page has the same bytes.
    cut = TTFont(io.BytesIO(font), recalcTimestamp=False)
    for table in _UNUSED:
        if table in cut:
            del cut[table]
    subsetter = subset.Subsetter(subset.Options(hinting=False, notdef_outline=False, name_IDs=[]))
    subsetter.populate(text=text)
    subsetter.subset(cut)
    cut.flavor = "woff2"
    written = io.BytesIO()
    cut.save(written)
    return written.getvalue()


def _characters(page: str) -> Mapping[str, frozenset[str]]:
    """The characters of a page by the font that the style sheet sets them in."""
    found: dict[str, set[str]] = defaultdict(set)
    _collect(lxml.html.document_fromstring(page, ensure_head_body=True), found, sans=False, cut="")
    seen = {role: characters.difference(string.whitespace) for role, characters in found.items()}
    return {role: frozenset(characters | {" "}) for role, characters in seen.items() if characters}


def _collect(element: lxml.html.HtmlElement, found: dict[str, set[str]], *, sans: bool, cut: str) -> None:
    """Adds what stands in an element to the characters of its font, which those inside it may change."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return
    classes = set(element.get("class", "").split())
    sans = sans or element.tag in _SANS or "sans" in classes
    if element.tag in _BOLD or classes & _BOLD_CLASSES or element.get("font-weight") == "600":
        cut = "-bold"
    elif element.tag in _ITALIC:
        cut = "-italic"
    characters = found["sans" + cut.removesuffix("-italic") if sans else "serif" + cut]
    characters.update(element.text or "")
    for child in element:
        _collect(child, found, sans=sans, cut=cut)
        characters.update(child.tail or "")
