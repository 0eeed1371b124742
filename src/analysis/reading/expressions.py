"""One sentence → its atoms: at each token that may begin a number, the readers are asked in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from analysis.reading import calendar, codes, fractions, marks, multiples, names, ratios
from analysis.reading.atoms import Atom
from analysis.reading.calendar_words import MONTHS
from analysis.reading.measures import money_at, number_at, time_told
from analysis.reading.name_words import DENOMINATORS, ORDINALS
from analysis.reading.number_words import COLLECTIVES, ONES, STARTERS
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import ADDRESS, DIGITS, GLUED, MARK
from analysis.reading.unit_words import CURRENCY_CODES, CURRENCY_SIGNS, DOLLARS, SCALES

Reader = Callable[[Sentence, int], Atom | None]

_NUMBER_READERS: Final[tuple[Reader, ...]] = (
    fractions.fraction_at,
    ratios.ratio_at,
    multiples.multiplier_at,
    number_at,
)
_DIGIT_READERS: Final[tuple[Reader, ...]] = (
    time_told,
    calendar.quarter_glued,
    calendar.fiscal_year,
    multiples.multiplied_by,
    lambda s, i: marks.glued_mark(s, i, max(s.calls, default=0)),
    marks.line_mark,
    calendar.date_at,
    marks.ordinal_at,
    names.numbered,
    fractions.fraction_at,
    ratios.ratio_at,
    multiples.multiplier_at,
    ratios.bare_rating,
    calendar.year_at,
    codes.slashed,
    number_at,
    codes.chain,
)


def _address(s: Sentence, i: int) -> Atom | None:
    return Atom(i, i, "identifier", None) if any(c.isdigit() for c in s.raw(i)) else None


def _word_readers() -> dict[str, tuple[Reader, ...]]:
    table: dict[str, tuple[Reader, ...]] = {}

    def add(words: Iterable[str], *readers: Reader) -> None:
        for word in words:
            table[word] = (*table.get(word, ()), *readers)

    add(MONTHS, calendar.month_first)
    add(STARTERS | ONES, multiples.multiplied_by)
    add(ORDINALS, marks.ordinal_at)
    add(STARTERS | ONES | {"a", "an"}, *_NUMBER_READERS)
    add(COLLECTIVES, number_at)
    add(("moitié", "half", "demi", "demie", "le", "du", "au"), fractions.fraction_at)
    add((*multiples.MULTIPLIERS, *multiples.FOLDS, *multiples.HALVINGS, "twice"), multiples.multiplier_at)
    add({code.lower() for code in CURRENCY_CODES} | set(DOLLARS), money_at)
    add(CURRENCY_SIGNS, money_at)
    return table


#: Words (and currency signs) that may begin a number, and what reads it.
_WORD_READERS: Final = _word_readers()
_KIND_READERS: Final[dict[str, tuple[Reader, ...]]] = {
    DIGITS: _DIGIT_READERS,
    MARK: (fractions.mark_fraction, marks.mark_or_none),
    ADDRESS: (_address,),
}
#: A sentence with neither a digit nor one of these words has no number.
TRIGGERS: Final = frozenset(
    {"one", "twice", "moitié", "half", "demi", "demie"}
    | STARTERS
    | set(SCALES)
    | set(COLLECTIVES)
    | set(ORDINALS)
    | set(DENOMINATORS)
    | set(multiples.MULTIPLIERS)
    | set(multiples.FOLDS)
    | set(multiples.HALVINGS)
)
#: Articles: a number only where one of the words that make it one follows.
_ARTICLES: Final = ONES | {"a", "an", "le", "du", "au"}
_MAKE_NUMBERS: Final = (
    frozenset(SCALES)
    | frozenset(DENOMINATORS)
    | frozenset(COLLECTIVES)
    | STARTERS
    | {"demi", "demie", "sur", "out", "in", "$"}
)


def atoms(s: Sentence) -> list[Atom]:
    """The atoms of a sentence in order, without overlaps."""
    found: list[Atom] = []
    i = free = 0
    for at, token in enumerate(s.tokens):
        if at < i:
            continue
        readers = _WORD_READERS.get(token.low) or _KIND_READERS.get(token.kind)
        if readers is None or (token.low in _ARTICLES and not _makes_number(s, at)):
            continue
        atom = _first(readers, s, at, free)
        if atom is not None:
            found.append(atom)
            _note_call(s, atom)
            i = free = atom.last + 1
    return found


def _makes_number(s: Sentence, i: int) -> bool:
    """Whether an article at token ``i`` may count: "un million", "une sur trois", "a quarter"; "one" before a time."""
    if s.tokens[i].low == "one":
        return True
    return not _MAKE_NUMBERS.isdisjoint([token.low for token in s.tokens[i + 1 : i + 7]])


def _note_call(s: Sentence, atom: Atom) -> None:
    if atom.kind == "page_or_footnote" and isinstance(atom.value, Decimal) and s[atom.first].gap == GLUED:
        s.calls.add(int(atom.value))


def _first(readers: tuple[Reader, ...], s: Sentence, i: int, free: int) -> Atom | None:
    for reader in readers:
        atom = reader(s, i)
        if atom is not None:
            if atom.first < free:
                atom.first = min(free, atom.last)
            return atom if atom.last >= i else None
    return None
