"""Tokens → sentences, each with its language.

A sentence bounds every look-around of the grammar. Line breaks do not end one by themselves: text taken from PDF is
hard-wrapped, often with empty lines between.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any, Final

from analysis.quantities import Lang
from analysis.reading import language
from analysis.reading.tokens import BLANK, DIGITS, EDGE, GLUED, LINE, MARKS, SIGN, SPACED, WORD, Token, tokens

_ENDS: Final = frozenset(".!?…")
_CLOSERS: Final = frozenset('»”")]')
BULLETS: Final = frozenset("•●▪■◦‣→►▶➔✓✔*·—–-")
#: Words whose full stop does not end a sentence.
_SHORTENED: Final = frozenset(
    """m mme mlle mm dr st ste art al cf env ca c p pp n no nos fig tab approx vs etc inc corp ltd co est av apr réf vol
    chap éd ed jan janv feb fév févr mar avr jun juil jul aug août sep sept oct nov dec déc mr mrs ms prof gen sen rep
    u s e g i eur max min ext tel tél trim mio mrd mrds md mds""".split()
)
#: Words after which a run of five or six digits is a year and a footnote mark.
_BEFORE_YEAR: Final = frozenset(
    """en in since depuis ici by fin début until until année year horizon janvier février mars avril mai juin juillet
    août septembre octobre novembre décembre january february march april may june july august september october
    november december""".split()
)
#: Units that a line may begin with, the number being on the line before.
_CAPITAL_UNITS: Final = frozenset(
    "M Md Mds Mrd Mrds MEUR KEUR EUR USD GBP CHF GW MW TWh GWh MWh Go To Po Gbit Mbit".split()
)
_WORD = re.compile(r"[^\W\d_]++")
#: Digits of all kinds, and combining marks: words that have one are looked at as tokens only.
_NUMERIC = re.compile(f"[\\d{MARKS}\u0300-\u036f]")
_END = re.compile(r"[.!?…][»”\")\]]?(?=\s+[A-ZÀ-ÖØ-Þ])")
_LAST_WORD = re.compile(r"[^\W\d_]++\Z")
_LONGEST_SHORTENED: Final = 10
_MOST: Final = 400
_MOST_BY_FAR: Final = 800


class Sentence:
    """The tokens of one sentence. ``s[i]`` is a token, or an edge mark where ``i`` lies outside.

    ``cells`` holds the tokens that begin a cell of a table: no number runs over into them. ``calls`` holds the
    footnote marks met so far in the text; ``numerals`` and ``units`` keep what was read at a token, for several
    readers ask.
    """

    __slots__ = ("calls", "cells", "lang", "numerals", "size", "text", "tokens", "units")

    def __init__(self, tokens: list[Token], text: str, lang: Lang) -> None:
        self.tokens = tokens
        self.size = len(tokens)
        self.text = text
        self.lang = lang
        self.cells: frozenset[int] = frozenset()
        self.calls: set[int] = set()
        self.numerals: dict[int, Any] = {}
        self.units: dict[int, Any] = {}

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index] if 0 <= index < self.size else EDGE

    def low(self, index: int) -> str:
        """The lower-case form of a token; empty outside the sentence."""
        return self.tokens[index].low if 0 <= index < self.size else ""

    def raw(self, index: int) -> str:
        """A token as printed."""
        token = self[index]
        return self.text[token.start : token.end]

    def starts_line(self, index: int) -> bool:
        """Whether the token is the first of its line (or of the text)."""
        return self[index].gap >= LINE or self[index].start == 0

    def ends_line(self, index: int) -> bool:
        """Whether the token is the last of its line (or of the text)."""
        following = self[index + 1]
        if following is EDGE:
            return _rest_of_line_is_blank(self.text, self[index].end)
        return following.gap >= LINE

    def capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.text[self[index].start : self[index].start + 1].isupper()


def _rest_of_line_is_blank(text: str, at: int) -> bool:
    return not text[at : at + 40].partition("\n")[0].strip() and len(text[at : at + 40].partition("\n")[0]) < 40


def sentences(
    text: str, lang: Lang | None, rows: Container[int] = (), wanted: frozenset[str] | None = None
) -> Iterator[Sentence]:
    """The sentences of ``text`` in order. Where ``lang`` is None each gets the language of its own small words, or
    of the sentence before it where they are too few. Each row of a table, told by where it starts, is a sentence of
    its own. Stretches with neither a digit nor one of the ``wanted`` words are left out (which saves most of the time
    on prose); they only have their say on the language.
    """
    current = lang or language.of_opening(text)
    for start, end in _stretches(text):
        words = _WORD.findall(text[start:end].lower())
        if wanted is not None and wanted.isdisjoint(words) and not _NUMERIC.search(text, start, end):
            if lang is None:
                current = language.decide(language.vote(words), current)
            continue
        for part in _parts(text, start, end, rows):
            if lang is None:
                current = language.decide(language.vote([token.low for token in part]), current)
            yield Sentence(part, text, current)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The text cut where a sentence ends for certain: behind its full stop, before blanks and a capital."""
    start = 0
    for match in _END.finditer(text):
        if match[0][0] != "." or len(match[0]) > 1 or not _is_shortened(text, match.start()):
            yield start, match.end()
            start = match.end()
    yield start, len(text)


def _is_shortened(text: str, stop: int) -> bool:
    """Whether the full stop at ``stop`` ends a shortened word."""
    letters = _LAST_WORD.search(text, max(0, stop - _LONGEST_SHORTENED), stop)
    return letters is not None and (letters[0].lower() in _SHORTENED or len(letters[0]) == 1)


def _parts(text: str, start: int, end: int, rows: Container[int]) -> Iterator[list[Token]]:
    part: list[Token] = []
    before, in_row = EDGE, False
    for token in tokens(text, start, end):
        gap = token.gap
        row = gap >= LINE and (in_row or token.start in rows)
        if part and (row or (gap >= SPACED and _may_begin(part, before, token, text)) or len(part) >= _MOST_BY_FAR):
            yield part
            part = []
        if row or not part:
            in_row = token.start in rows
        if token.kind == DIGITS and _hides_year(part, token):
            part += _year_and_mark(token)
        else:
            part.append(token)
        before = token
    if part:
        yield part


def _year_and_mark(token: Token) -> list[Token]:
    year = token._replace(end=token.start + 4, low=token.low[:4])
    return [year, token._replace(start=token.start + 4, low=token.low[4:], gap=GLUED)]


def _hides_year(part: list[Token], token: Token) -> bool:
    """Whether a run of digits is a year with a footnote mark glued to it: "en 20206"."""
    if (
        not 5 <= token.end - token.start <= 6
        or not part
        or not "1950" <= token.low[:4] <= "2059"
        or token.low[4] == "0"
    ):
        return False
    return part[-1].low in _BEFORE_YEAR and token.gap >= SPACED


def _may_begin(part: list[Token], before: Token, token: Token, text: str) -> bool:
    """Like ``_begins``, quick to say no inside a line."""
    if token.gap < LINE and before.kind != SIGN and len(part) < _MOST:
        return False
    return _begins(part, before, token, text)


def _begins(part: list[Token], before: Token, token: Token, text: str) -> bool:
    """Whether ``token`` begins a new sentence after ``part``."""
    ended = before.low in _ENDS or (before.low in _CLOSERS and len(part) > 1 and part[-2].low in _ENDS)
    if ended and (token.kind != WORD or text[token.start].isupper()):
        return not _shortened(part)
    if before.kind == DIGITS and text[token.start : token.end] in _CAPITAL_UNITS:
        return False
    if token.gap == BLANK:
        return ended or token.low in BULLETS or text[token.start].isupper() or before.low == ":"
    if token.gap == LINE and token.kind == SIGN:
        return token.low in BULLETS
    return len(part) >= _MOST and token.kind == WORD


def _shortened(part: list[Token]) -> bool:
    if part[-1].low != "." or len(part) < 2:
        return False
    word = part[-2]
    return word.kind == WORD and (word.low in _SHORTENED or word.end - word.start == 1)
