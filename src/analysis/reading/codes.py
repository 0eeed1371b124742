"""Numbers that are codes: telephone and house numbers, references to texts, versions, and digits glued to letters."""

from __future__ import annotations

from typing import Final

from analysis.reading.atoms import Atom
from analysis.reading.calendar import is_year
from analysis.reading.name_words import CODES, NAME_SIGNS, STREETS
from analysis.reading.numerals import MOST_DIGITS
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import DIGITS, GLUED, LINE, SIGN, SPACED, WORD

_FAR: Final = 12
_MOST_GROUPS: Final = 6
_CHAINING: Final = frozenset({".", ",", "'", ":", "-", "/"})


def identifier(s: Sentence, first: int, last: int) -> Atom:
    """The name made of all tokens that hang together with ``first`` … ``last``."""
    low, high = first, last
    while first - low < _FAR and _hangs(s, low - 1, low):
        low -= 1
    while high - last < _FAR and _hangs(s, high, high + 1):
        high += 1
    while s[high].kind == SIGN and high > last:
        high -= 1
    while s[low].kind == SIGN and low < first:
        low += 1
    return Atom(low, high, "identifier", None)


def _hangs(s: Sentence, one: int, two: int) -> bool:
    """Whether neighbouring tokens belong to one name."""
    a, b = s[one], s[two]
    if one < 0 or not b.low or b.gap != GLUED:
        return False
    return (a.kind != SIGN or a.low in NAME_SIGNS) and (b.kind != SIGN or b.low in NAME_SIGNS)


def code_at(s: Sentence, i: int) -> Atom | None:
    """A code whose digits begin at token ``i``: 2016/679, 01 23 45 67 89, 007, 75007 Paris, 12 rue de la Paix."""
    low = s.low(i)
    if len(low) > MOST_DIGITS or _is_reference(s, i) or _is_hyphened(s, i):
        return identifier(s, i, i)
    if _is_generation(s, i):
        return Atom(i - 1, i + 2, "identifier", None)
    if s.low(i - 1) in CODES or (s.low(i - 1) == "." and s.low(i - 2) in CODES):
        return _groups(s, i)
    return _around_the_clock(s, i) or _address(s, i) or _telephone(s, i)


def _is_generation(s: Sentence, i: int) -> bool:
    """Whether a round number makes a name with the word before: Industrie 4.0, Web 2.0, Chips Act 2.0."""
    if s.low(i + 1) != "." or s.low(i + 2) != "0" or s[i + 1].gap != GLUED or s[i + 2].gap != GLUED:
        return False
    if s.low(i - 1) in ("web", "industrie", "industry"):
        return True
    if s[i - 1].kind != WORD or not s.capital(i - 1) or s[i - 1].gap > LINE:
        return False
    return s[i + 3].kind != WORD or s.raw(i - 1).isupper()


def _is_reference(s: Sentence, i: int) -> bool:
    """Whether two numbers joined by a sign refer to a text (2016/679) or to every day (24/7)."""
    low, sign, other = s.low(i), s.low(i + 1), s[i + 2]
    if sign not in ("/", "-") or s[i + 1].gap != GLUED or other.gap != GLUED or other.kind != DIGITS:
        return False
    if is_year(low):
        return len(other.low) >= 3 and not is_year(other.low)
    return sign == "/" and (low, other.low) in (("24", "7"), ("7", "7"), ("24", "24"))


def _is_hyphened(s: Sentence, i: int) -> bool:
    """Whether three or more numbers are hyphened: 978-2-1234."""
    return all(
        s.low(i + n) == "-" and s[i + n].gap == s[i + n + 1].gap == GLUED and s[i + n + 1].kind == DIGITS
        for n in (1, 3)
    )


def _around_the_clock(s: Sentence, i: int) -> Atom | None:
    """24h/24, 7 j/7, 24 h sur 24."""
    if s.low(i + 1) not in ("h", "j", "jours", "heures") or s.low(i + 2) not in ("/", "sur"):
        return None
    return Atom(i, i + 3, "identifier", None) if s.low(i + 3) == s.low(i) in ("24", "7") else None


def _address(s: Sentence, i: int) -> Atom | None:
    """A house number or a post code: 12, rue de la Paix, 75002 Paris; 12 Main Street."""
    low = s.low(i)
    if len(low) == 5 and s.lang == "fr" and s.capital(i + 1) and s.low(i - 1) in (",", "–", "-"):
        return Atom(i, i, "identifier", None)
    k = i + 2 if s.low(i + 1) in (",", "bis", "ter") else i + 1
    if len(low) > 4 or s[k].gap > SPACED:
        return None
    if s.low(k) in STREETS or (s.capital(k) and s.capital(k + 1) and s.low(k + 1) in STREETS):
        return Atom(i, i, "identifier", None)
    return None


def _telephone(s: Sentence, i: int) -> Atom | None:
    """A number with a leading nought, and the groups behind it; or one behind a "+" and its groups."""
    low = s.low(i)
    abroad = s.low(i - 1) == "+" and len(low) <= 3 and s[i].gap == GLUED and _is_group(s, i + 1)
    nought = low[0] == "0" and len(low) > 1 and s.low(i + 1) not in (".", ",")
    return _groups(s, i) if abroad or nought else None


def _is_group(s: Sentence, k: int) -> bool:
    """Whether a group of a telephone number follows, perhaps behind "(0)"."""
    if s.low(k) == "(" and s.low(k + 1) == "0" and s.low(k + 2) == ")":
        k += 3
    token = s[k]
    return token.kind == DIGITS and token.gap <= SPACED and (len(token.low) > 1 or token.gap == GLUED)


def _groups(s: Sentence, i: int) -> Atom:
    """The digits at token ``i`` and all groups of digits behind them."""
    last = i
    for _ in range(_MOST_GROUPS):
        if not _is_group(s, last + 1):
            break
        last += 4 if s.low(last + 1) == "(" else 1
    return identifier(s, i, last)


def slashed(s: Sentence, i: int) -> Atom | None:
    """Two numbers with a slash between that are no date, mark, fraction or years: 50/50."""
    if s.low(i + 1) != "/" or s[i + 1].gap != GLUED or s[i + 2].gap != GLUED or s[i + 2].kind != DIGITS:
        return None
    return identifier(s, i, i + 2)


def with_letters(s: Sentence, first: int, last: int) -> Atom | None:
    """A number with letters glued behind it that are no unit: 3DS, 4G, 2CRSi."""
    following = s[last + 1]
    if following.gap == GLUED and following.kind == WORD:
        return identifier(s, first, last)
    if following.low == "-" and following.gap == GLUED and s[last + 2].gap == GLUED and s[last + 2].kind == WORD:
        return identifier(s, first, last) if s.raw(last + 2).isupper() and len(s.raw(last + 2)) > 1 else None
    return None


def chain(s: Sentence, i: int) -> Atom:
    """Digits that no other reader can make sense of, with all that hangs together with them: 10.0.0.1."""
    last = i
    while (
        last - i < 2 * _FAR and s[last + 1].gap == GLUED and s.low(last + 1) in _CHAINING and s[last + 2].kind == DIGITS
    ):
        if s[last + 2].gap != GLUED:
            break
        last += 2
    return Atom(i, last, "identifier", None)
