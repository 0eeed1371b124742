"""The house fonts, cut down to the glyphs a page shows and written into it."""

from __future__ import annotations

import base64
import io
import string
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from html.parser import HTMLParser

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
_VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "wbr", "col"})
_UNSEEN = frozenset({"head", "style"})
#: What French and English texts mostly need: fonts are cut once to these, then quickly to what a page shows.
_USUAL = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) | frozenset("ŒœŸ–—‘’“”…•€\u202f←→−×≈≤≥")


def faces(page: str) -> str:
    """The ``@font-face`` rules a page needs: each font it uses, holding only the characters it sets in it."""
    return "\n".join(_rule(role, characters) for role, characters in sorted(_characters(page).items()))


def _rule(role: str, characters: frozenset[str]) -> str:
    family, style, weight = _FACES[role]
    font = _usual(role) if characters <= _USUAL else paths.fonts()[role].read_bytes()
    text = "".join(sorted(characters))
    cut = cache.kept("pages", ("font", role, text), lambda: _cut(font, text, woff2=True))
    data = base64.b64encode(cut).decode()
    return (
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{data})format('woff2')}}"
    )


@lru_cache
def _usual(role: str) -> bytes:
    return _cut(paths.fonts()[role].read_bytes(), "".join(sorted(_USUAL)), woff2=False)


def _cut(font: bytes, text: str, *, woff2: bool) -> bytes:
    """The font without what no page needs of it: kerning alone would weigh up to two kilobytes a face."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=False, name_IDs=[])
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "gasp"]
    # The time of the cut must not enter the file: the same page has the same bytes.
    cut = TTFont(io.BytesIO(font), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(cut)
    cut.flavor = "woff2" if woff2 else None
    written = io.BytesIO()
    cut.save(written)
    return written.getvalue()


def _characters(page: str) -> Mapping[str, frozenset[str]]:
    reader = _Reader()
    reader.feed(page)
    return {role: frozenset(characters) for role, characters in reader.found.items()}


class _Reader(HTMLParser):
    """Collects the characters of a page by the font that the style sheet sets them in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, set[str]] = defaultdict(set)
        self._open: list[tuple[str, bool, str]] = [("", False, "")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        _, sans, cut = self._open[-1]
        said = dict(attrs)
        classes = set((said.get("class") or "").split())
        sans = sans or tag in _SANS or "sans" in classes
        if tag in _BOLD or classes & _BOLD_CLASSES or said.get("font-weight") == "600":
            cut = "-bold"
        elif tag in _ITALIC:
            cut = "-italic"
        self._open.append((tag, sans, cut))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(tag in _UNSEEN for tag, _, _ in self._open):
            return
        _, sans, cut = self._open[-1]
        role = "sans" + cut.removesuffix("-italic") if sans else "serif" + cut
        self.found[role].update(set(data) - set(string.whitespace) | {" "})
