"""HTML → text as a browser shows it: what is hidden left out, blocks on lines of their own, cells parted by tabs.

The parser tells of tags and text one after the other and no tree is built, so that neither depth nor size of a page
matters beyond the text it holds.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from lxml import etree

from analysis.documents.canonical import unified
from analysis.errors import InputError

_STEP: Final = 65_536
_HEAD: Final = 4096
_UNSEEN: Final = frozenset(
    """head title script style template noscript noframes noembed iframe object embed canvas audio video datalist rp
    annotation annotation-xml desc metadata""".split()
)
_UNSEEN_STYLE: Final = re.compile(r"\b(?:display\s*+:\s*+none|visibility\s*+:\s*+(?:hidden|collapse))\b", re.IGNORECASE)
_LINES: Final = frozenset(
    "div li tr dt dd figcaption summary legend caption option optgroup details dialog center text".split()
)
_PARAGRAPHS: Final = frozenset(
    """p h1 h2 h3 h4 h5 h6 table ul ol dl blockquote pre hr section article aside header footer nav main figure form
    fieldset address""".split()
)
_SPACED: Final = frozenset("img svg math button select input textarea progress meter".split())
_AS_TYPED: Final = frozenset(["pre", "textarea", "listing"])
_CELLS: Final = frozenset(["td", "th"])

# What parts two stretches of text, in growing order.
_NOTHING, _SPACE, _LINE, _PARAGRAPH = range(4)
_PARTED: Final = ("", " ", "\n", "\n\n")

_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")
_RAISED: Final = re.compile(r"[\d\s,;()+–-]++")
_RAISE: Final = str.maketrans("0123456789+–-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_SOFT_HYPHEN: Final = "\xad"

_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?\s*+([\w.:-]++)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]++)",
    re.IGNORECASE,
)
_MARKS: Final = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
#: Declared charset → the encoding that browsers read it in. A short list: some of Python's take quadratic time.
_ENCODINGS: Final = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    # A declaration that could be read as ASCII is not in UTF-16, whatever it says.
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), "utf-8"),
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "latin1", "l1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252"
    ),
    **dict.fromkeys(("iso-8859-15", "iso8859-15", "latin-9", "latin9", "l9"), "iso-8859-15"),
    **dict.fromkeys(("macintosh", "mac", "x-mac-roman"), "mac-roman"),
}


def extract(content: bytes, name: str) -> str:
    """The text that a browser shows of a page; ``name`` is what errors call the file.

    Digits that are raised become superscripts, so that the footnote mark of "2020<sup>6</sup>" is no part of the year.
    Left out are scripts, styles, comments, and elements hidden by ``hidden`` or by their own ``style``; style sheets
    are not followed. Raises InputError for a charset that is not read or does not fit, and where no text is shown.

    >>> extract(b"<h1>Cloud</h1><tr><td>2020<sup>6</sup></td><td>27&#8239;%</td></tr><p hidden>3</p>", "page.html")
    'Cloud\\n\\n2020⁶\\t27\\u202f%\\n'
    """
    page = _decoded(content, name).encode("utf-8", "replace")
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8")
    for start in range(0, len(page), _STEP):
        parser.feed(page[start : start + _STEP])
    parser.close()
    text = unified("".join(reader.parts)).strip()
    if not text:
        raise InputError(
            "the HTML has no text",
            file=name or None,
            evidence=f"{len(page):,} bytes of tags, scripts and hidden parts",
            way_out="if a script writes the page, save it from the browser once it is shown, or as PDF",
        )
    return f"{text}\n"


def _decoded(content: bytes, name: str) -> str:
    encoding, said = _encoding(content, name)
    try:
        return content.decode(encoding).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except UnicodeDecodeError as error:
        raise InputError(
            f"the HTML is not in {encoding}",
            file=name or None,
            evidence=f"byte 0x{content[error.start]:02X} at {error.start}; {said}",
            way_out="save the page again as UTF-8, or correct the charset it declares",
        ) from None


def _encoding(content: bytes, name: str) -> tuple[str, str]:
    """The encoding of a page, and what tells it: its mark, or the charset declared at its head, or else UTF-8."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding, "its byte order mark says so"
    found = _CHARSET.search(content[:_HEAD])
    if found is None:
        return "utf-8", "it declares no charset"
    declared = (found[1] or found[2]).decode().lower()
    if declared not in _ENCODINGS:
        raise InputError(
            f'the HTML declares a charset that is not read, "{declared}"',
            file=name or None,
            evidence=f"read are {', '.join(sorted(set(_ENCODINGS.values())))}",
            way_out="save the page again as UTF-8",
        )
    return _ENCODINGS[declared], f'it declares "{declared}"'


class _Cell(NamedTuple):
    """An open cell of a table: what parts it from the text before it, and how many parts there were then."""

    gap: int
    tabs: int
    parts: int


class _Reader:
    """What the parser tells → stretches of text and what parts them.

    What parts two stretches is noted when a tag asks for it and written before the next stretch of text, so that of
    several wishes the widest counts, and none at either end of the page or of a cell.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._gap = _NOTHING
        self._tabs = 0
        self._depth = 0
        self._hidden_from = 0
        self._typed = 0
        self._raised = 0
        self._cells: list[_Cell] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._hidden_from:
            return
        if _is_hidden(tag, attributes):
            self._hidden_from = self._depth
        elif tag in _CELLS:
            self._cells.append(_Cell(self._gap, self._tabs, len(self.parts)))
        elif tag == "br":
            self._ask(_LINE if self._gap < _LINE else _PARAGRAPH)
        else:
            self._part(tag)
            self._typed += tag in _AS_TYPED
            self._raised += tag == "sup"

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._hidden_from:
            if self._depth < self._hidden_from:
                self._hidden_from = 0
        elif tag in _CELLS and self._cells:
            cell = self._cells.pop()
            is_empty = len(self.parts) == cell.parts
            self._gap, self._tabs = (cell.gap, cell.tabs + 1) if is_empty else (_NOTHING, 1)
        else:
            self._part(tag)
            self._typed -= tag in _AS_TYPED
            self._raised -= tag == "sup"

    def data(self, text: str) -> None:
        if self._hidden_from:
            return
        text = text.replace(_SOFT_HYPHEN, "")
        if self._raised and _RAISED.fullmatch(text):
            text = text.translate(_RAISE)
        if self._typed:
            self._write(text)
            return
        folded = _BLANKS.sub(" ", text)
        if folded.startswith(" "):
            self._ask(_SPACE)
        self._write(folded.strip(" "))
        if folded.endswith(" "):
            self._ask(_SPACE)

    def comment(self, text: str) -> None:
        """Comments are not shown."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Neither are processing instructions."""

    def close(self) -> None:
        """All has been told."""

    def _part(self, tag: str) -> None:
        # The first block in a cell does not part it from the cell before.
        if self._cells and len(self.parts) == self._cells[-1].parts:
            return
        if tag in _PARAGRAPHS:
            self._ask(_PARAGRAPH)
        elif tag in _LINES:
            self._ask(_LINE)
        elif tag in _SPACED:
            self._ask(_SPACE)

    def _ask(self, gap: int) -> None:
        self._gap = max(self._gap, gap)
        if gap >= _LINE:
            self._tabs = 0

    def _write(self, text: str) -> None:
        if not text:
            return
        if self.parts:
            space = "" if self._gap == _SPACE and self._tabs else _PARTED[self._gap]
            self.parts.append(f"{space}{chr(9) * self._tabs}")
        self.parts.append(text)
        self._gap, self._tabs = _NOTHING, 0


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    return (
        tag in _UNSEEN
        or "hidden" in attributes
        or (tag == "dialog" and "open" not in attributes)
        or bool(_UNSEEN_STYLE.search(attributes.get("style", "")))
    )
