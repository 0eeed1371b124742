"""The words by which an article names what the ledger knows, and where they stand in its sentences.

``cues.toml`` lists them by field and code, in small letters without accents, French and English side by side. In a
phrase, ``word*`` begins a word, ``one|other`` are alternatives, ``~`` leaves room for up to three words, and
``^word`` wants a capital letter. Signs between words do not count, so that one phrase covers a list with commas.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Any, NamedTuple

from analysis.reading.sentences import Sentence
from analysis.reading.tokens import DIGITS, WORD

#: The field whose phrases name nothing: they only keep shorter phrases inside them, of the field that is their code,
#: from being seen.
IGNORED = "ignored"
_ROOM = 3
_KEY = 3  # letters by which the phrases that begin with a part of a word are found


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: what it names, and its place in the text."""

    field: str
    code: str
    start: int
    end: int


class _Word(NamedTuple):
    low: str
    capital: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    field: str
    code: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """All phrases, found by their first word or by its first letters."""

    by_word: dict[str, tuple[_Phrase, ...]]
    by_letters: dict[str, tuple[_Phrase, ...]]

    def hits(self, sentence: Sentence) -> tuple[Hit, ...]:
        """What a sentence names, in order; a phrase inside a longer one of its field does not count."""
        words = _words(sentence)
        found = [hit for index in range(len(words)) for hit in self._at(words, index)]
        covers = [hit for hit in found if hit.field == IGNORED]
        kept = [hit for hit in found if hit.field != IGNORED and not _inside(hit, _covers_of(hit.field, covers))]
        return tuple(hit for hit in kept if not _inside(hit, [other for other in kept if other.field == hit.field]))

    def _at(self, words: Sequence[_Word], index: int) -> Iterator[Hit]:
        word = words[index]
        for phrase in (*self.by_word.get(word.low, ()), *self.by_letters.get(word.low[:_KEY], ())):
            last = _match(phrase.words, words, index)
            if last is not None:
                yield Hit(phrase.field, phrase.code, word.start, words[last].end)


def _covers_of(field: str, covers: Sequence[Hit]) -> Sequence[Hit]:
    """The longer phrases that count in a field; their code names it, or is ``any``."""
    return [hit for hit in covers if hit.code in ("any", field)]


def _inside(hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether a longer one of the others covers it."""
    length = hit.end - hit.start
    return any(o.start <= hit.start and hit.end <= o.end and o.end - o.start > length for o in others)


def _match(wanted: Sequence[str], words: Sequence[_Word], index: int) -> int | None:
    """The index of the last word of a phrase that begins at ``index``; None where it does not stand there."""
    if not wanted:
        return index - 1
    if wanted[0] == "~":
        for skipped in range(_ROOM + 1):
            last = _match(wanted[1:], words, index + skipped)
            if last is not None:
                return last
        return None
    if index >= len(words) or not _fits(wanted[0], words[index]):
        return None
    return _match(wanted[1:], words, index + 1)


def _fits(wanted: str, word: _Word) -> bool:
    if wanted.startswith("^"):
        return word.capital and _fits(wanted[1:], word)
    return word.low.startswith(wanted[:-1]) if wanted.endswith("*") else word.low == wanted


def _words(sentence: Sentence) -> list[_Word]:
    return [
        _Word(fold(token.low), sentence.capital(index), token.start, token.end)
        for index, token in enumerate(sentence.tokens)
        if token.kind in (WORD, DIGITS)
    ]


@cache
def fold(word: str) -> str:
    """A word in small letters without accents.

    >>> fold("État")
    'etat'
    """
    parts = unicodedata.normalize("NFD", word.lower().replace("œ", "oe"))
    return "".join(part for part in parts if not unicodedata.combining(part))


@cache
def table() -> dict[str, Any]:
    """What ``cues.toml`` holds: the phrases by field and code, the topics, and what the codes stand for.

    ``frames.toml`` adds its own phrases, and the frames with their topics.
    """
    read, framing = (_read(name) for name in ("cues.toml", "frames.toml"))
    stands_for = {
        name: {**read["stands_for"].get(name, {}), **framing["stands_for"].get(name, {})}
        for name in {*read["stands_for"], *framing["stands_for"]}
    }
    return {**framing, **read, "phrases": {**read["phrases"], **framing["phrases"]}, "stands_for": stands_for}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("analysis.review").joinpath(name).read_text("utf-8"))


def cues(extra: Sequence[tuple[str, str, str]] = ()) -> Cues:
    """The phrases of ``cues.toml``, and ``extra`` ones: field, code, phrase."""
    phrases = [
        (field, code, phrase)
        for field, codes in table()["phrases"].items()
        for code, listed in codes.items()
        for phrase in listed
    ]
    by_word: dict[str, list[_Phrase]] = {}
    by_letters: dict[str, list[_Phrase]] = {}
    for field, code, phrase in (*phrases, *extra):
        for words in product(*(part.split("|") for part in phrase.split())):
            first = words[0].removeprefix("^")
            index, key = (by_letters, first[:_KEY]) if first.endswith("*") else (by_word, first)
            index.setdefault(key, []).append(_Phrase(field, code, words))
    return Cues(
        {key: tuple(listed) for key, listed in by_word.items()},
        {key: tuple(listed) for key, listed in by_letters.items()},
    )
