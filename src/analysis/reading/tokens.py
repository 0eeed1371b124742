"""Text → tokens: words, digit runs, signs, each with the blank before it.

One compiled pattern walks over the text once. Every repetition in it is possessive and every character starts some
token, so the time is linear in the length of the text, whatever the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

# Kinds of token.
WORD: Final = "word"
DIGITS: Final = "digits"
MARK: Final = "mark"  # superscripts, circled digits, vulgar fractions: digits that are no decimal digits
SIGN: Final = "sign"
ADDRESS: Final = "address"
EDGE_KIND: Final = "edge"

# The blank before a token, in growing order.
GLUED: Final = 0
TIED: Final = 1  # one no-break, thin or invisible space: its author holds the two together
SPACED: Final = 2
WIDE: Final = 3  # several blanks or a tab
LINE: Final = 4
BLANK: Final = 5  # at least one empty line

_TIES = "\xa0\u2000-\u200f\u202a-\u202f\u205f-\u2064\u180e\ufeff\xad"
_PLAIN = " \t\n\r\x0b\x0c\x1c-\x1f\x85\u1680\u2028\u2029\u3000"
#: Superscripts, subscripts, vulgar fractions, circled digits: a character class of a regular expression.
MARKS = "\xb2\xb3\xb9\xbc-\xbe\u2070-\u2079\u2080-\u2089\u2150-\u215f\u2189\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
_LETTER = rf"[^\W\d_{MARKS}]"
_PATTERN = re.compile(
    rf"(?P<gap>[{_PLAIN}{_TIES}]*+)"
    r"(?:(?P<address>(?:https?://|www\.)[^\s<>\"»)]++)"
    r"|(?P<digits>\d++)"
    rf"|(?P<word>{_LETTER}++(?:[\u0300-\u036f]++{_LETTER}*+)*+)"
    rf"|(?P<mark>[{MARKS}])"
    r"|(?P<sign>.)"
    r"|(?P<edge>\Z))",
    re.DOTALL,
)
_ONE_TIE = re.compile(rf"[{_TIES}]")
_SAME_SIGN = {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "‒": "–", "﹣": "-", "－": "-", "％": "%", "﹪": "%"}


class Token(NamedTuple):
    """A piece of text; ``low`` is its lower case (composed), decimal digits as ASCII, and one form for each sign."""

    kind: str
    start: int
    end: int
    low: str
    gap: int


EDGE: Final = Token(EDGE_KIND, 0, 0, "", BLANK)


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of ``text[start:end]`` in order, with their offsets in ``text`` and without an end mark; lazily, so
    that memory does not grow with the text.
    """
    gaps: dict[str, int] = {"": GLUED, " ": SPACED, "\n": LINE, "\xa0": TIED, "\u202f": TIED}
    new = tuple.__new__  # half the time of Token(…), which is called for every word
    for match in _PATTERN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup
        if kind == EDGE_KIND:
            return
        blank, raw = match.group(1, match.lastindex)  # type: ignore[arg-type]
        gap = gaps.get(blank)
        if gap is None:
            gap = _width(blank)
            if len(blank) < 4:
                gaps[blank] = gap
        if kind == WORD:
            low = raw.lower()
            if not low.isascii():
                low = unicodedata.normalize("NFC", low)
        else:
            low = raw if raw.isascii() else _normal(kind, raw)
        at = match.end()
        yield new(Token, (kind, at - len(raw), at, low, gap))


def _width(blank: str) -> int:
    lines = blank.count("\n") or blank.count("\r") + blank.count("\u2029") + blank.count("\u2028")
    if lines:
        return LINE if lines == 1 else BLANK
    if len(blank) == 1:
        return WIDE if blank == "\t" else TIED if _ONE_TIE.match(blank) else SPACED
    # A no-break space beside a zero-width mark, or a plain one beside it, is still one space to the eye.
    visible = [c for c in blank if unicodedata.category(c) != "Cf"]
    return WIDE if len(visible) > 1 else TIED


def _normal(kind: str | None, raw: str) -> str:
    """Decimal digits of any script as ASCII; the many forms of apostrophes, hyphens and percent signs as one."""
    if kind == DIGITS:
        return "".join(str(unicodedata.decimal(c)) for c in raw)
    return _SAME_SIGN.get(raw, raw)
