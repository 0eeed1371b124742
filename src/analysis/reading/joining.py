"""Atoms that belong together: ranges, and lists that share a unit."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Final

from analysis.reading.atoms import Atom
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import BLANK, DIGITS, WORD
from analysis.reading.units import currency_at

_DASHES: Final = frozenset("-–—−")
_LISTING: Final = frozenset(
    {"et", "and", "ou", "or", ",", "puis", "then", "contre", "versus", "vs", "/", "à", "to", "&"}
)
_OF: Final = frozenset({"des", "of"})
_PAIRS: Final = frozenset({"entre", "between"})
_FINAL: Final = _LISTING - {","}
_SHARED: Final = frozenset({"percentage", "points", "money", "duration", "multiplier", "count", "ratio_in_words"})
#: Verbs that tell a move from one level to another, whether or not both levels have their unit printed.
_MOVES: Final = (
    "pass", "tomb", "ramen", "port", "grimp", "évolu", "relev", "relèv", "hiss", "redescend", "remont", "bascul",
    "glissé",
    "rose", "rise", "rising", "grew", "increas", "fell", "fall", "declin", "drop", "climb", "jump", "surg",
    "went", "cut",
    "rais", "mov", "shr", "slid", "slip", "swung", "narrow", "widen", "lift", "ease", "boost", "expand",
)  # fmt: skip
#: Verbs that tell a move only where both levels have their unit: "baisse de 27 % à 16 %", but "hausse de 3 à 4 %".
_GROWS: Final = (
    "augment", "progress", "bond", "mont", "recul", "baiss", "chut", "diminu", "gliss", "accélér", "ralent", "croî",
    "rédui",
    "gagn", "perd", "descend", "reven", "élev", "hausse", "improv", "soar", "slump", "plung", "dépass", "doubl",
    "up", "down",
)  # fmt: skip
_SPREAD_WORDS: Final = frozenset(
    "ranging ranges range ranged varying vary varies anything anywhere allant variant varie".split()
)
_NO_CHANGE: Final = frozenset(
    """portant porteurs porteur portail portails portée portes portent port ports progressivement progressive montant
    montants portefeuille portefeuilles supports updated upon upper passage movement movements""".split()
)


def join(s: Sentence, atoms: list[Atom]) -> list[Atom]:
    """The same atoms with ranges made one, and units handed back to the bare numbers of a list."""
    _share_units(s, atoms)
    _share_names(s, atoms)
    joined: list[Atom] = []
    moved: set[str] = set()
    for atom in atoms:
        told = _told(s, joined[-1], atom, moved) if joined else None
        if told == "range":
            joined[-1] = _range(joined[-1], atom)
            continue
        if told == "move":
            moved.add(atom.kind)
        joined.append(atom)
    return joined


def _share_currency(s: Sentence, one: Atom, two: Atom) -> None:
    """In "€5-10 million" the currency printed first is the second number's too."""
    if one.kind != "money" or one.number is None or two.number is None:
        return
    between = _between(s, one, two)
    if between not in _DASHES and between not in ("to", "à") and s.low(one.first - 1) not in _PAIRS:
        return
    if two.kind == "count" and two.unit is None and currency_at(s, one.first) is not None:
        two.kind, two.unit, two.bare = "money", one.unit, False


def _share_units(s: Sentence, atoms: list[Atom]) -> None:
    """A bare number takes the unit of the number it is listed with, from right to left."""
    for one, two in pairwise(atoms):
        _share_currency(s, one, two)
    closed = False
    for one, two in zip(reversed(atoms[:-1]), reversed(atoms[1:]), strict=True):
        between = _between(s, one, two)
        closed = between in _FINAL or between in _DASHES or (closed and between == ",")
        if two.kind == "ratio_in_words" and between not in ("à", "to", "or", "ou"):
            continue
        if closed:
            _share_scale(s, one, two)
        parted = between in _OF and two.scaled
        if one.bare and not two.bare and (closed or parted) and two.kind in _SHARED and isinstance(two.value, Decimal):
            _take_over(one, two)


def _share_names(s: Sentence, atoms: list[Atom]) -> None:
    """In "lignes 8, 10 et 13" all three numbers name a line."""
    for one, two in pairwise(atoms):
        if one.kind == "identifier" and two.kind == "count" and two.bare and not two.in_words and _names(s, one, two):
            two.kind, two.value, two.number, two.place = "identifier", None, None, None


def _names(s: Sentence, one: Atom, two: Atom) -> bool:
    """Whether the number behind a name goes on with it, and counts nothing itself."""
    listed = _between(s, one, two) in _LISTING | _DASHES and s[one.first].kind == DIGITS
    following = s[two.last + 1]
    return listed and (following.kind != WORD or following.low in _LISTING)


def _share_scale(s: Sentence, one: Atom, two: Atom) -> None:
    """In "€0.8, €1.4 and €2.2 billion" all are billions; in "€500 to €8 million" the first is not."""
    if one.kind != "money" or two.kind != "money" or one.unit != two.unit or one.scaled or not two.scaled:
        return
    ends = _between(s, one, two) in _DASHES | {"to", "à"} or s.low(one.first - 1) in _PAIRS
    if one.number is None or two.number is None or (ends and one.number >= two.number):
        return
    if one.number < 1000:
        one.take_unit(two)


def _take_over(one: Atom, two: Atom) -> None:
    if one.kind != "count" or one.number is None or two.number is None:
        return
    large = two.scaled and one.number >= 1000 > two.number
    unit = Atom(0, 0, two.kind, None, two.unit, scale=Decimal(1) if large else two.scale, scaled=two.scaled)
    one.take_unit(unit)


def _between(s: Sentence, one: Atom, two: Atom) -> str | None:
    """The one word or sign between two atoms; None where there are more, or a break."""
    gap = two.first - one.last - 1
    if gap == 2 and s.low(one.last + 2) in ("les", "the", "un", "une"):
        return s.low(one.last + 1)
    if gap == 2 and s.low(one.last + 1) == "," and s.low(one.last + 2) in ("et", "and", "ou", "or"):
        return s.low(one.last + 2)
    if gap != 1 or s[two.first].gap > BLANK:
        return None
    return s.low(one.last + 1)


def _told(s: Sentence, one: Atom, two: Atom, moved: set[str]) -> str | None:
    """Whether two numbers are told as the ends of a "range" or of a "move", or are each for itself.

    ``moved`` holds the kinds of number of which a move was told before in the sentence: what is told of one group
    is told alike of the next.
    """
    if not isinstance(one.value, Decimal) or not isinstance(two.value, Decimal) or one.number is None:
        return None
    if (one.kind, one.unit) != (two.kind, two.unit) or two.number is None:
        return None
    between = _between(s, one, two)
    before = s.low(one.first - 1)
    if between == "to" and before == "by":
        return "move"
    if between in ("à", "to") and before in ("de", "d", "from"):
        apart = s.low(two.last + 1) in ("selon", "depending", "according")
        if not apart and (one.kind in moved or _tells_change(s, one)):
            return "move"
    elif not _links(s, one, two, between):
        return None
    return "range" if one.value < two.value else None


def _links(s: Sentence, one: Atom, two: Atom, between: str | None) -> bool:
    """Whether what stands between two numbers makes them a range."""
    if between in ("et", "and"):
        before = s.low(one.first - 1)
        if before in ("'", "the", "les", "about", "environ"):
            before = s.low(one.first - 2)
        return before in _PAIRS
    if between in _DASHES:
        return not two.signed
    if between in ("ou", "or"):
        return one.bare and two.number is not None and one.number is not None and two.number - one.number == 1
    return between in ("à", "to")


def _range(one: Atom, two: Atom) -> Atom:
    if not isinstance(one.value, Decimal) or not isinstance(two.value, Decimal):
        return two
    merged = Atom(one.first, two.last, two.kind, (one.value, two.value), two.unit, two.place, bare=two.bare)
    merged.bound, merged.scale, merged.scaled = "range", two.scale, two.scaled
    return merged


def _tells_change(s: Sentence, one: Atom) -> bool:
    """Whether the clause before a "de … à …" tells a move from one level to another."""
    if s.low(one.first - 1) == "from" and not _near(s, one, _SPREAD_WORDS):
        return True
    stems = _MOVES if one.shared else _MOVES + _GROWS
    elliptic = s.low(one.first - 2) == ","  # "… passe de 3 à 5 ; celle des PME, de 4 à 6 %"
    for k in range(one.first - 2, max(one.first - (30 if elliptic else 12), -1), -1):
        low = s.low(k)
        if low == "." or (low == ";" and not elliptic):
            return False
        if low.startswith(stems) and low not in _NO_CHANGE:
            return True
    return False


def _near(s: Sentence, one: Atom, words: frozenset[str]) -> bool:
    return any(s.low(k) in words for k in range(max(one.first - 6, 0), one.first))
