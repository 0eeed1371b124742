"""Multiples: doubler, twice, tenfold, trois fois plus, x10, multiplié par 10."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from analysis.reading import cues
from analysis.reading.atoms import Atom
from analysis.reading.number_words import ONES, SMALL
from analysis.reading.numerals import Numeral, numeral_at
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import BLANK, DIGITS, GLUED, SIGN, SPACED
from analysis.reading.units import unit_after

_STEMS: Final = {
    "doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5, "sextupl": 6, "décupl": 10, "centupl": 100,
}  # fmt: skip
_FRENCH_ENDS: Final = frozenset(
    "er é ée és ées era eront erait eraient ant e ent ait aient a èrent erons ement erez ons".split()
)
_ENGLISH_ENDS: Final = frozenset("e ed es ing ling led".split())
#: Every form of the verbs of multiplying, with its factor.
MULTIPLIERS: Final[dict[str, int]] = {
    stem + end: factor for stem, factor in _STEMS.items() for end in _FRENCH_ENDS | _ENGLISH_ENDS
}
FOLDS: Final[dict[str, int]] = {f"{word}fold": number for word, number in SMALL.items() if number > 1}
HALVINGS: Final = frozenset("halve halves halved halving".split())
#: Forms that are adjectives as well as verbs.
_ADJECTIVES: Final = frozenset("double doubles triple triples quadruple quintuple".split())
_BEFORE_VERB: Final = frozenset("to least will would could can must than nearly almost should may qui and".split())
_THINGS_AFTER: Final = frozenset(
    """le la les l ses son sa leur leurs notre nos en d ici the its their our to that in from by over last his her every
    since between depuis entre tous this each chaque sur au""".split()
)
_AFTER_NOUN: Final = frozenset({"de", "du", "des", "d", ".", ",", "en", "pour", ")", ""})
_ARTICLES: Final = frozenset("un une ce cette ces la a an the this son sa its de en cet deux no any à".split())
_BEFORE_FACTOR: Final = frozenset({"x", "×", "par", "by", "of", "de", "facteur", "factor"})
_FREQUENCIES: Final = frozenset("a per weekly daily yearly monthly".split())
_OCCASIONS: Final = frozenset("a per this since before during".split())


def multiplier_at(s: Sentence, i: int) -> Atom | None:
    """A factor told by a word or behind a numeral: doubler, twice, tenfold, trois fois plus, 10x, 3-fold."""
    low = s.low(i)
    if low in MULTIPLIERS:
        return _factor(i, i, MULTIPLIERS[low]) if _multiplies(s, i) else None
    if low in FOLDS:
        return _factor(i, i, FOLDS[low])
    if low == "twice":
        return _factor(i, i, 2) if s.low(i + 1) not in _FREQUENCIES else None
    if low in HALVINGS:
        return Atom(i, i, "multiplier", Decimal("0.5"), "x", Decimal("0.1"))
    return _times(s, i)


def _factor(first: int, last: int, factor: Decimal | int) -> Atom:
    return Atom(first, last, "multiplier", Decimal(factor), "x", Decimal(1), number=Decimal(factor))


def _multiplies(s: Sentence, i: int) -> bool:
    """Whether a form of "doubler" or "to double" is the verb (or "le double"), and not "un double objectif"."""
    low, before, following = s.low(i), s.low(i - 1), s.low(i + 1)
    if following == "-" and s[i + 1].gap == GLUED:
        return False
    if low.endswith("ement"):
        return before in ("le", "du", "un", "au", "ce", "quasi", "-") or following in ("de", "du", "des", "d")
    return low not in _ADJECTIVES or _is_verb(s, i)


def _is_verb(s: Sentence, i: int) -> bool:
    """Whether "double" is the verb (or "le double") here, and no adjective."""
    before, following = s.low(i - 1), s.low(i + 1)
    if before in ("le", "du", "au") and following in _AFTER_NOUN:
        return True
    if before in _BEFORE_VERB:
        return True
    if following == "de" and s.low(i + 2) in ("taille", "volume", "valeur", "surface", "prix", "poids"):
        return True
    return before not in _ARTICLES and following in _THINGS_AFTER


def _times(s: Sentence, i: int) -> Atom | None:
    """A numeral with the sign or word of multiplying behind it."""
    numeral = numeral_at(s, i)
    if numeral is None or (numeral.in_words and s.low(i) in ONES):
        return None
    k = numeral.last + 1
    low, following = s.low(k), s.low(k + 1)
    if low == "fois" and (half := _and_a_half(s, numeral, k + 1)):
        return _of_numeral(half, half.last)
    if low == "-" and following == "fold":
        return _of_numeral(numeral, k + 1)
    multiplies = (
        (low == "fois" and following not in ("par", "sur", "dans"))
        or (low == "times" and following not in _OCCASIONS)
        or (low in ("x", "×") and _ends_factor(s, k))
        or low == "fold"
    )
    return _of_numeral(numeral, k) if multiplies else None


def _and_a_half(s: Sentence, numeral: Numeral, k: int) -> Numeral | None:
    """The numeral with the half that "et demi" at ``k`` adds to it."""
    if s.low(k) != "et" or s.low(k + 1) not in ("demi", "demie"):
        return None
    return replace(numeral, value=numeral.value + Decimal("0.5"), place=Decimal("0.5"), last=k + 1)


def _ends_factor(s: Sentence, k: int) -> bool:
    """Whether the "x" at ``k`` ends its number (10x, 3 x), and does not stand between two (3 x 10)."""
    if s[k].gap > SPACED or s[k + 1].kind == DIGITS:
        return False
    return s[k + 1].gap != GLUED or (s[k].gap == GLUED and s[k + 1].kind == SIGN)


def _of_numeral(numeral: Numeral, last: int) -> Atom:
    atom = _factor(numeral.first, last, numeral.value)
    atom.place = numeral.place
    return atom


def multiplied_by(s: Sentence, i: int) -> Atom | None:
    """A factor behind its sign or preposition: x10, ×3, multiplié par 10, by a factor of five."""
    before = s.low(i - 1)
    if before not in _BEFORE_FACTOR and s.low(i - 2) not in ("par", "by") and s.low(i - 3) not in ("par", "by"):
        return None
    numeral = numeral_at(s, i)
    if numeral is None:
        return None
    numeral = _and_a_half(s, numeral, numeral.last + 1) or numeral
    if before in ("x", "×") and s[i].gap <= SPACED and _stands_free(s, i - 1):
        return _behind(numeral, 1)
    if unit_after(s, numeral.last) is None:
        cue = cues.before(s, i)
        start = cue[1] if cue else i
        if s.low(start - 1) in ("par", "by") and _says_multiply(s, start):
            return _behind(numeral, i - start + 1 if start == i else 0)
    if before in ("of", "de") and s.low(i - 2) in ("factor", "facteur"):
        return _behind(numeral, 0)
    return _behind(numeral, 0) if before in ("facteur", "factor") else None


def _stands_free(s: Sentence, k: int) -> bool:
    """Whether the sign of multiplying at ``k`` stands before its number, and not between two or in a name."""
    return s[k - 1].kind != DIGITS and (k == 0 or s[k].gap != GLUED or s[k - 1].kind == SIGN)


def _behind(numeral: Numeral, taken: int) -> Atom:
    atom = _of_numeral(numeral, numeral.last)
    atom.first -= taken
    return atom


def _says_multiply(s: Sentence, i: int) -> bool:
    for k in range(i - 2, max(i - 16, -1), -1):
        low = s.low(k)
        if low.startswith(("multipli", "démultipli", "divis", "divid")):
            return True
        if low in (".", ";") or s[k].gap > BLANK:
            return False
    return False
