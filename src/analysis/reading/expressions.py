"""One sentence → its atoms: at each token that may begin a number, the readers are asked in turn."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from analysis.reading import calendar, names, ratios
from analysis.reading.atoms import Atom
from analysis.reading.calendar_words import MONTHS
from analysis.reading.measures import money_at, number_at
from analysis.reading.name_words import ORDINALS
from analysis.reading.number_words import COLLECTIVES, ONES, STARTERS
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import ADDRESS, DIGITS, GLUED, MARK, SIGN, WORD
from analysis.reading.unit_words import CURRENCY_CODES, CURRENCY_SIGNS, DOLLARS

Reader = Callable[[Sentence, int], Atom | None]

_NUMBER_READERS: Final[tuple[Reader, ...]] = (ratios.fraction_at, ratios.ratio_at, ratios.multiplier_at, number_at)
_DIGIT_READERS: Final[tuple[Reader, ...]] = (
    ratios.time_told,
    calendar.quarter_glued,
    calendar.fiscal_year,
    ratios.multiplied_by,
    lambda s, i: names.glued_mark(s, i, max(s.calls, default=0)),
    names.line_mark,
    calendar.date_at,
    names.ordinal_at,
    names.numbered,
    ratios.fraction_at,
    ratios.ratio_at,
    ratios.multiplier_at,
    ratios.bare_rating,
    calendar.year_at,
    number_at,
)


def _word_readers() -> dict[str, tuple[Reader, ...]]:
    table: dict[str, tuple[Reader, ...]] = {}

    def add(words: object, *readers: Reader) -> None:
        for word in words:  # type: ignore[attr-defined]
            table[word] = (*table.get(word, ()), *readers)

    add(MONTHS, calendar.month_first)
    add(STARTERS | ONES, ratios.multiplied_by)
    add(ORDINALS, names.ordinal_at)
    add(STARTERS | ONES | {"a", "an"}, *_NUMBER_READERS)
    add(COLLECTIVES, number_at)
    add(("moitié", "half", "demi", "demie", "le", "du", "au"), ratios.fraction_at)
    add((*ratios.MULTIPLIERS, *ratios.FOLDS, "twice", "halved", "halve", "halving"), ratios.multiplier_at)
    add({code.lower() for code in CURRENCY_CODES} | set(DOLLARS), money_at)
    return table


_WORD_READERS: Final = _word_readers()


def atoms(s: Sentence) -> list[Atom]:
    """The atoms of a sentence in order, without overlaps."""
    found: list[Atom] = []
    i, free = 0, 0
    size, tokens = s.size, s.tokens
    while i < size:
        token = tokens[i]
        readers = _readers(token.kind, token.low)
        atom = _first(readers, s, i, free) if readers else None
        if atom is None:
            i += 1
            continue
        found.append(atom)
        if atom.kind == "page_or_footnote" and isinstance(atom.value, Decimal) and s[atom.first].gap == GLUED:
            s.calls.add(int(atom.value))
        i = free = atom.last + 1
    return found


def _readers(kind: str, low: str) -> tuple[Reader, ...]:
    if kind == WORD:
        return _WORD_READERS.get(low, ())
    if kind == DIGITS:
        return _DIGIT_READERS
    if kind == SIGN:
        return (money_at,) if low in CURRENCY_SIGNS else ()
    if kind == MARK:
        return (ratios.mark_fraction, names.mark_or_none)
    return (_address,) if kind == ADDRESS else ()


def _address(s: Sentence, i: int) -> Atom | None:
    return Atom(i, i, "identifier", None) if any(c.isdigit() for c in s.raw(i)) else None


def _first(readers: tuple[Reader, ...], s: Sentence, i: int, free: int) -> Atom | None:
    for reader in readers:
        atom = reader(s, i)
        if atom is not None:
            if atom.first < free:
                atom.first = min(free, atom.last)
            return atom if atom.last >= i else None
    return None
