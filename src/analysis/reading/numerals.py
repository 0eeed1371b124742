"""Numerals, in digits or in words, with their value and the size of their last printed place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from analysis.reading.number_words import COLLECTIVES, ONES, STARTERS, words_at
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import BLANK, DIGITS, GLUED, SIGN, SPACED, TIED, WORD

ONE: Final = Decimal(1)
_MOST_GROUPS: Final = 8
#: Longer runs of digits name something.
MOST_DIGITS: Final = 15


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number before its unit: the tokens ``first`` to ``last``, its value, and the size of its last place."""

    first: int
    last: int
    value: Decimal
    place: Decimal
    in_words: bool = False
    about: bool = False

    @property
    def whole(self) -> bool:
        """Whether no fraction is printed."""
        return self.place == ONE


def numeral_at(s: Sentence, i: int) -> Numeral | None:
    """The numeral that begins at token ``i``."""
    if i not in s.numerals:
        s.numerals[i] = _read_numeral(s, i)
    found: Numeral | None = s.numerals[i]
    return found


def _read_numeral(s: Sentence, i: int) -> Numeral | None:
    token = s[i]
    if token.kind == DIGITS:
        return _digits_at(s, i)
    if token.kind != WORD:
        return None
    if token.low in COLLECTIVES:
        return _collective(s, i, i, 1)
    if token.low in STARTERS or token.low in ONES:
        return _words_at(s, i)
    return None


def _words_at(s: Sentence, i: int) -> Numeral | None:
    found = words_at(s, i)
    if found is None:
        return None
    last, value = found
    following = s.low(last + 1).removesuffix("s")
    if following in COLLECTIVES and value < 100:
        return _collective(s, i, last + 1, int(value))
    return Numeral(i, last, value, ONE, in_words=True)


def _collective(s: Sentence, first: int, last: int, times: int) -> Numeral:
    number, half = COLLECTIVES[s.low(last).removesuffix("s")]
    return Numeral(first, last, Decimal(number * times), Decimal(half) * 2, in_words=True, about=s.low(last) != "dozen")


def _digits_at(s: Sentence, i: int) -> Numeral | None:
    if len(s[i].low) > MOST_DIGITS:
        return None
    groups = _groups(s, i)
    return _spaced(s, i, groups) or _separated(s, i)


def _groups(s: Sentence, i: int) -> int:
    """How many digit runs make up the number from token ``i`` on, when only blanks part its thousands."""
    if len(s[i].low) > 3 or s[i].low[0] == "0":
        return 1
    count = 1
    while count < 6 and is_thousands(s, i + count):
        count += 1
    return count


def is_thousands(s: Sentence, j: int) -> bool:
    """Whether token ``j`` can be a group of three digits behind the one before it."""
    token = s[j]
    if token.kind != DIGITS or len(token.low) != 3 or j in s.cells:
        return False
    return TIED <= token.gap <= SPACED or (token.gap <= BLANK and token.low == "000" and token.gap != GLUED)


def _spaced(s: Sentence, i: int, groups: int) -> Numeral | None:
    if groups == 1:
        return None
    last = i + groups - 1
    whole = "".join(s[k].low for k in range(i, last + 1))
    if _glued_digits(s, last, ".,"):
        fraction = s.low(last + 2)
        if len(fraction) <= MOST_DIGITS:
            return _number(i, last + 2, whole, fraction)
    return _number(i, last, whole, "")


def _number(first: int, last: int, whole: str, fraction: str) -> Numeral:
    value = Decimal(f"{whole}.{fraction}" if fraction else whole)
    return Numeral(first, last, value, Decimal(1).scaleb(-len(fraction)))


def _glued_digits(s: Sentence, j: int, signs: str) -> bool:
    """Whether a sign of ``signs`` and digits follow token ``j`` without a blank."""
    sign, digits = s[j + 1], s[j + 2]
    if sign.kind != SIGN or sign.gap != GLUED or sign.low not in signs:
        return False
    return digits.kind == DIGITS and digits.gap == GLUED


def _separated(s: Sentence, i: int) -> Numeral | None:
    """A number whose groups are parted by points, commas or apostrophes: 13.000, 1,750.5, 1'234."""
    runs, signs = [s[i].low], ""
    j = i
    while len(runs) < _MOST_GROUPS and _glued_digits(s, j, ".,'"):
        signs += s.low(j + 1)
        runs.append(s.low(j + 2))
        j += 2
    if sum(map(len, runs)) > 2 * MOST_DIGITS:
        return None
    if not signs:
        return _number(i, i, runs[0], "")
    return _of_runs(s, i, runs, signs)


def _of_runs(s: Sentence, i: int, runs: list[str], signs: str) -> Numeral | None:
    last = i + 2 * len(signs)
    if len(set(signs)) == 1 and _all_thousands(runs) and (len(signs) > 1 or _parts_thousands(s, signs)):
        return _number(i, last, "".join(runs), "")
    if len(signs) == 1 and signs != "'":
        if signs == "," and len(runs[0]) == 4 == len(runs[1]):
            return _number(i, i, runs[0], "")
        return _number(i, last, runs[0], runs[1])
    if len(set(signs[:-1])) == 1 and signs[-1] not in signs[:-1] and signs[-1] != "'" and _all_thousands(runs[:-1]):
        return _number(i, last, "".join(runs[:-1]), runs[-1])
    return None


def _all_thousands(runs: list[str]) -> bool:
    head, *groups = runs
    return 1 <= len(head) <= 3 and head[0] != "0" and all(len(group) == 3 for group in groups)


def _parts_thousands(s: Sentence, sign: str) -> bool:
    """Whether one sign before three digits parts thousands: the comma in English, the point in French."""
    return sign == "'" or (sign == "," if s.lang == "en" else sign == ".")
