"""Claims and observations by the words of what they are about: typed in either language, with or without accents.

Each word of the query is looked for in what is said of an entry: its codes and their names in both languages, the words
by which documents and articles name them, years, the number, document or series, and our statements. A word may be
begun only, or misspelt. The entries that hold most of the words come first; among them, those that hold them in the
weightiest places, and as they were typed.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, overload

import pandas as pd

from analysis import words
from analysis.claims import Claim
from analysis.desk.entries import ToldEntry
from analysis.desk.grids import Cell, Grid
from analysis.errors import UsageError
from analysis.pages.strings import strings
from analysis.quantities import Lang
from analysis.reading.language import VOTES
from analysis.review import cues
from analysis.words import Known, Shown
from analysis.words.current import checked
from analysis.words.terms import CODED, lexicon
from analysis.words.typography import capital, typeset

_WORD = re.compile(r"[^\W_]+")
#: How much a word weighs by where it is found.
_CODE, _NAME, _NUMBER, _SOURCE, _SAID = 6, 5, 4, 3, 1
#: How well a word is met: as typed, as a beginning of at least so many letters, or misspelt but alike.
_EXACT, _BEGUN, _ALIKE = 4, 3, 2
_SHORTEST = 3
#: The letters of a word that may be small: those that tell languages apart hold longer ones that mean something.
_SMALL = 4
_LIKENESS = 0.8
_MOST = 3
_HEADINGS = ("id", "value", "statement", "document")
_CAPTION: Mapping[Lang, str] = {"fr": "Recherche : {words} ({count})", "en": "Search: {words} ({count})"}

Index = Mapping[str, Mapping[str, int]]


class Matches(Shown, Sequence[ToldEntry]):
    """What was found, best first: a sequence of claims and observations that shows itself; ``frame`` has it as rows."""

    def __init__(self, looked_for: str, found: Sequence[Known], lang: Lang) -> None:
        self._words, self._found, self.lang = looked_for, tuple(found), lang

    @overload
    def __getitem__(self, index: int) -> ToldEntry: ...
    @overload
    def __getitem__(self, index: slice) -> Matches: ...
    def __getitem__(self, index: int | slice) -> ToldEntry | Matches:
        if isinstance(index, slice):
            return Matches(self._words, self._found[index], self.lang)
        return ToldEntry(self._found[index], self.lang)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def frame(self) -> pd.DataFrame:
        """A row each: id, number, statement, source; texts ``str``."""
        rows = [(each.id, each.number, each.statement, each.source) for each in self]
        frame = pd.DataFrame(rows, columns=["id", "number", "statement", "source"], dtype="str")
        frame.attrs = {"name": "found", "title": self._caption()}
        return frame

    def bundle(self) -> dict[str, Any]:
        """A table for the screen, lines for a terminal."""
        headings = (capital(words.label(name, self.lang, group="columns")) for name in _HEADINGS)
        titles = (*headings, strings(self.lang)["published_by"])
        rows = ((Cell(e.id), Cell(e.number), Cell(e.statement), e.work, Cell(e.place_in_work)) for e in self)
        return Grid(self.lang, self._caption(), titles, tuple(rows)).bundle()

    def _caption(self) -> str:
        return typeset(_CAPTION[self.lang].format(words=self._words, count=len(self)), self.lang)

    def __str__(self) -> str:
        return str(self.bundle()["text/plain"])

    __repr__ = __str__


def find(looked_for: str, n: int = 10, lang: str | None = None) -> Matches:
    """The ``n`` claims and observations that fit these words best.

    Words may be French or English, of countries as of their people, with or without accents and capitals, begun only,
    or misspelt; years and numbers count as words. An id leads to its own entry. What fits equally well is in the order
    of the documents, then of the series. Raises UsageError where there is no word to look for.

    >>> find("adpotion française 2020", n=1, lang="en")[0].id
    'adoption_fr_2020'
    """
    typed = _WORD.findall(looked_for)
    # Small words are only looked for where there are no others; DE in capitals is Germany.
    told = [word for word in typed if word.isupper() or cues.fold(word) not in _small()] or typed
    asked = dict.fromkeys(map(cues.fold, told))
    if not asked:
        raise UsageError("there is no word to look for", evidence=repr(looked_for), way_out='find("adoption 2020")')
    scores: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for word in asked:
        for name, score in _meeting(word).items():
            scores[name][0] += 1
            scores[name][1] += score
    entries = _entries()
    order = {name: place for place, name in enumerate(entries)}
    best = sorted(scores, key=lambda name: (name != looked_for, -scores[name][0], -scores[name][1], order[name]))
    shown = words.language() if lang is None else checked(lang)
    return Matches(looked_for, [entries[name] for name in best[:n]], shown)


def _meeting(word: str) -> Mapping[str, int]:
    """The entries that hold a word, or one like it, each with how well."""
    met: dict[str, int] = {}
    for known, likeness in _like(word):
        for name, weight in _index()[known].items():
            met[name] = max(met.get(name, 0), weight * likeness)
    return met


def _like(word: str) -> Iterator[tuple[str, int]]:
    """The words of the index that it may stand for. A number is never taken for another one."""
    if word in _index():
        yield word, _EXACT
    if word.isdigit() or len(word) < _SHORTEST:
        return
    begun = [known for known in _index() if known != word and known.startswith(word)]
    yield from ((known, _BEGUN) for known in begun)
    if word not in _index() and not begun:
        written = [known for known in _index() if not known.isdigit()]
        yield from ((near, _ALIKE) for near in difflib.get_close_matches(word, written, _MOST, _LIKENESS))


def _entries() -> Mapping[str, Known]:
    return {**words.ledger().claims, **words.catalogue().observations}


@cache
def _index() -> Index:
    """Every word that is said of an entry, with the entries it is said of and its weight there."""
    index: dict[str, dict[str, int]] = defaultdict(dict)
    for name, entry in _entries().items():
        for weight, text in _said(entry):
            for word in _folded(text):
                index[word][name] = max(index[word].get(name, 0), weight)
    return index


def _said(entry: Known) -> Iterator[tuple[int, str]]:
    """What is said of an entry, with the weight of where it is."""
    yield _CODE, f"{entry.id} {entry.period}"
    for field, group in CODED.items():
        if code := getattr(entry, field, ""):
            term = lexicon()[group].get(code)
            forms = (term.fr, term.en, term.fr_short, term.en_short) if term else ()
            yield _CODE, code
            yield _NAME if field != "population" else _SAID, " ".join(forms)
    yield _NAME, " ".join(cues.table()["phrases"]["place"].get(entry.place, ()))
    for lang in words.LANGUAGES:
        yield _NUMBER, f"{entry.printed} {words.quantity(entry.quantity, lang)}"
        yield _SAID, f"{words.statement(entry, lang)} {words.note(entry, lang)}"
    if isinstance(entry, Claim):
        card = entry.document
        yield _SOURCE, f"{card.id} {card.title} {card.known_as} {card.publisher} {card.date}"
    else:
        yield _SOURCE, f"{entry.series.id} {entry.series.title_fr} {entry.series.title_en} {entry.publisher}"


def _folded(text: str) -> list[str]:
    """The words of a text in small letters without accents."""
    return _WORD.findall(cues.fold(text))


@cache
def _small() -> frozenset[str]:
    """The small words of both languages, which say nothing of what is looked for."""
    return frozenset(cues.fold(word) for word in VOTES if len(word) <= _SMALL)
