"""Ratios and ratings of two numbers: une entreprise sur quatre, one in five, 4.5 out of 5, 14/20."""

from __future__ import annotations

from typing import Final

from analysis.reading.atoms import Atom
from analysis.reading.calendar import is_year
from analysis.reading.fractions import share
from analysis.reading.number_words import ONES, STARTERS
from analysis.reading.numerals import ONE, Numeral, numeral_at
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import DIGITS, GLUED, SIGN, WORD
from analysis.reading.units import unit_after

#: Words that part the noun of a ratio from what follows: no "sur" behind them belongs to it.
_NOUN_ENDS: Final = frozenset(
    """en à pour par dans avec est sont a ont qui que et ou plus moins dont comme the to of for with by is are was were
    and or has have that which""".split()
)
_RATING_WORDS: Final = frozenset(
    """note notes noté notée notés notées score scores moyenne rating ratings rated satisfaction évaluation évalué
    évaluée average scored marks notation stars indice index grade""".split()
)
#: Verbs that could be plural nouns: "one official in three works from home".
_VERBS: Final = frozenset(
    """works has uses lives says owns pays spends fails needs wants gets takes thinks believes plans expects comes goes
    is     was does makes buys sells runs keeps still leaves reports sees relies""".split()
)
_GRADES: Final = frozenset("note notée noté rating rated notes ratings".split())
_RATING_SCALES: Final = frozenset({5, 10, 20, 100})
#: Wholes of "three of five"; elsewhere "of" parts what is counted ("six of fourteen projects").
_WHOLES: Final = frozenset({"three", "four", "five", "ten"})


def ratio_at(s: Sentence, i: int) -> Atom | None:  # noqa: PLR0911  one guard a line
    """A share told as "one in four", or a rating told as "4,5 sur 5", that begins at token ``i``."""
    one = _numerator(s, i)
    if one is None or s[one.last + 1].kind == DIGITS:
        return None
    slash = s[one.last + 1]
    if slash.low == "/" and slash.gap == GLUED and s[one.last + 2].kind == DIGITS and s[one.last + 2].gap == GLUED:
        return _slashed(s, one)
    k = _preposition(s, one)
    if k is None:
        return None
    whole = numeral_at(s, k + 1 if s.low(k) == "a" else k)
    if whole is None or not whole.whole or whole.value <= one.value:
        return None
    if s.low(k - 1) != "every" and _has_unit(s, whole):
        return None
    adjacent = _is_adjacent(s, one)
    if not one.whole or (adjacent and _is_rating(s, i, whole)):
        return _rating(s, one, whole) if adjacent and whole.value in _RATING_SCALES else None
    return share(one.first, whole.last, one.value, whole.value) if _is_ratio(s, one, whole, adjacent=adjacent) else None


def _numerator(s: Sentence, i: int) -> Numeral | None:
    if s.low(i) in ONES and s.low(i + 1) not in STARTERS:
        return Numeral(i, i, ONE, ONE, in_words=True)
    return numeral_at(s, i)


def _has_unit(s: Sentence, whole: Numeral) -> bool:
    return unit_after(s, whole.last) is not None or (not whole.in_words and is_year(s.low(whole.first)))


def _preposition(s: Sentence, one: Numeral) -> int | None:
    """Where the second number stands: behind "sur", "in", "out of", over a few words naming what is counted."""
    k = one.last + 1
    for _ in range(6):
        low = s.low(k)
        if low == "sur":
            return k + 1
        if low == "out" and s.low(k + 1) == "of":
            return k + 3 if s.low(k + 2) == "every" else k + 2
        if low == "of" and k == one.last + 1 and one.in_words and s.low(k + 1) in _WHOLES:
            return k + 1
        if low == "in" and s.lang == "en":
            return k + 2 if s.low(k + 1) == "every" else k + 1
        if (s[k].kind != WORD and low not in ("'", "-", "€", "$", "(")) or low in _NOUN_ENDS or low in STARTERS:
            return None
        k += 1
    return None


def _is_adjacent(s: Sentence, one: Numeral) -> bool:
    return s.low(one.last + 1) in ("sur", "in", "out", "étoiles", "stars", "(")


def _is_rating(s: Sentence, i: int, whole: Numeral) -> bool:
    if whole.value not in _RATING_SCALES:
        return False
    for places in (range(i - 1, i - 11, -1), range(whole.last + 1, whole.last + 6)):
        for k in places:
            if s.low(k) in _RATING_WORDS:
                return True
            if s.low(k) in (",", ";", ".", "et", "and", ":") and s[k].kind == SIGN:
                break
    return False


def _is_ratio(s: Sentence, one: Numeral, whole: Numeral, *, adjacent: bool) -> bool:
    if whole.value > 1000:
        return False
    english = s.low(whole.first - 1) == "in"
    if not adjacent and (one.value == 1 or english):
        noun = s.low(whole.last + 1)
        plural = s[whole.last + 1].kind == WORD and len(noun) > 3 and noun[-1] in "sx" and noun not in ("dans", "mais")
        return (not plural or noun in _VERBS) and (one.value == 1 or not english)
    return not english or whole.value <= 100


def _rating(s: Sentence, one: Numeral, whole: Numeral) -> Atom:
    last = whole.last
    if s.low(last + 1) == ")" and any(s.low(k) == "(" for k in range(one.last, whole.first)):
        last += 1
    return Atom(one.first, last, "rating", one.value, f"out of {whole.value}", one.place)


def bare_rating(s: Sentence, i: int) -> Atom | None:
    """A mark told without its scale: "une note moyenne de 8,1", "an average rating of 4.5"."""
    if s.low(i - 1) not in ("de", "à", "of", "at", ":") or s.low(i + 1) not in (",", ".") or s[i + 1].gap != GLUED:
        return None
    if not {s.low(k) for k in range(i - 4, i)} & _GRADES:
        return None
    numeral = numeral_at(s, i)
    if numeral is None or numeral.whole or numeral.value > 20 or unit_after(s, numeral.last) is not None:
        return None
    return Atom(i, numeral.last, "rating", numeral.value, None, numeral.place)


def _slashed(s: Sentence, one: Numeral) -> Atom | None:
    """4,5/5 is a rating, 2/3 a fraction."""
    whole = numeral_at(s, one.last + 2)
    if whole is None or not whole.whole or whole.value < one.value or s.low(whole.last + 1) == "/":
        return None
    if whole.value in _RATING_SCALES and (not one.whole or whole.value == 20 or _is_rating(s, one.first, whole)):
        return _rating(s, one, whole)
    if one.whole and one.value < whole.value <= 10 and s.low(one.first)[0] != "0":
        return share(one.first, whole.last, one.value, whole.value)
    return None
