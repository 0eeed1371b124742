"""Fractions in words: two-thirds, un quart, la moitié, half a million, un demi-point."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from analysis.reading import cues
from analysis.reading.atoms import Atom
from analysis.reading.name_words import DENOMINATORS
from analysis.reading.number_words import SMALL
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import DIGITS, GLUED, MARK, SIGN
from analysis.reading.units import scale_of, unit_after

_HUNDRED: Final = Decimal(100)
#: Nobody who writes "a third" means to the point: its precision is at most 5 points to either side.
_COARSEST_STEP: Final = Decimal(10)
_ENGLISH_PARTS: Final = frozenset(
    word for word in DENOMINATORS if word.rstrip("s").endswith(("th", "third", "quarter", "hal"))
)
_MARKS: Final = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅕": (1, 5), "⅛": (1, 8)}
_GOOD: Final = frozenset({"bon", "petit", "gros", "good"})
_BEFORE_HALF: Final = frozenset("between by in than nearly almost about over under to".split())
_AFTER_HALF: Final = frozenset("of the its all their our these those as that a what this say".split())
_HALF_OF_THEM: Final = frozenset("have are were expect plan say said want use report believe think hope fear".split())
_HALVED_PARTS: Final = frozenset("bottom other lower upper remaining".split())
_AFTER_SHARE: Final = frozenset("seulement environ en à sur depuis par entre au".split())
_AFTER_PART: Final = frozenset("of more less are were have has had say said from since higher lower (".split())


def fraction_at(s: Sentence, i: int) -> Atom | None:  # noqa: PLR0911  one guard a line
    """A fraction in words from its numerator or article on: un tiers, trois quarts, la moitié, two-thirds, half."""
    low = s.low(i)
    if low == "moitié":
        return _half_fr(s, i)
    if low in ("demi", "demie", "half"):
        found = _half_of_unit(s, i)
        if found:
            return found
    if low in ("half", "one", "a") and s.lang == "en" and "half" in (low, s.low(i + 1)):
        return _half_en(s, i)
    top = SMALL.get(low) or (1 if low in ("a", "le", "du", "au") else None)
    if top is None and s[i].kind == DIGITS and len(low) == 1:
        top = int(low)
    if not top:
        return None
    k = i + 2 if (s.low(i + 1) == "-" and s[i + 1].gap == GLUED) or s.low(i + 1) in _GOOD else i + 1
    bottom = DENOMINATORS.get(s.low(k))
    if bottom is None or bottom == 2 or top >= bottom:
        return None
    points = _points_behind(s, k)
    if points:
        return _part_of_point(i, points, Decimal(top) / bottom)
    if not _is_fraction(s, i, k, top):
        return None
    first = k if low in ("du", "au") else i
    return share(first, k, Decimal(top), Decimal(bottom))


def _points_behind(s: Sentence, k: int) -> int | None:
    """Where "point" stands behind a fraction: "un quart de point", "a quarter point"."""
    j = k + 2 if s.low(k + 1) in ("de", "-", "of") else k + 1
    if s.low(j) == "a":
        j += 1
    if s.low(j) == "percentage":
        j += 1
    return j if s.low(j) in ("point", "points") else None


def _part_of_point(first: int, last: int, value: Decimal) -> Atom:
    return Atom(first, last, "points", value, "percentage points", Decimal("0.1"), number=value)


def _half_of_unit(s: Sentence, i: int) -> Atom | None:
    """Un demi-point, un demi-milliard d'euros, half a million, half a dozen, half an hour."""
    k = i + 2 if s.low(i + 1) in ("-", "a", "an") else i + 1
    first = i - 1 if s.low(i - 1) in ("un", "une", "a") else i
    half = Decimal("0.5")
    if s.low(k) in ("point", "percentage"):
        points = _points_behind(s, k - 1)
        return _part_of_point(first, points, half) if points else None
    if s.low(k) in ("dozen", "douzaine"):
        return Atom(first, k, "count", Decimal(6), None, Decimal(2), number=Decimal(6), in_words=True)
    unit = unit_after(s, k - 1) if k > i + 1 else None
    if unit is None or not (unit.scaled or s.low(k) in ("hour", "heure", "journée", "day")):
        return None
    scale = unit.scale
    return Atom(
        first, unit.last, unit.kind, half * scale, unit.name, scale / 5, number=half, scale=scale, scaled=unit.scaled,
        in_words=True,
    )  # fmt: skip


def _half_fr(s: Sentence, i: int) -> Atom | None:
    if s.low(i - 1) == "à":
        return None
    first = i - 1 if s.low(i - 1) in ("la", "une") else i
    return share(first, i, Decimal(1), Decimal(2))


def _half_en(s: Sentence, i: int) -> Atom | None:
    k = i if s.low(i) == "half" else i + 1
    following, earlier = s.low(k + 1), s.low(i - 1)
    if following in ("million", "billion", "trillion"):
        return None
    said = following in _AFTER_HALF
    if earlier in _HALVED_PARTS:
        return share(i, k, Decimal(1), Decimal(2))
    if following == "-" or earlier in ("first", "second", "last", "the", "this", "and"):
        return None
    alone = s[i - 1].kind == SIGN and following in _HALF_OF_THEM
    if not said and earlier not in _BEFORE_HALF and k == i and not alone:
        return None
    if following in ("a", "an") and (scale_of(s, k + 2) or s.low(k + 2) in ("dozen", "day", "hour")):
        return None
    return share(i, k, Decimal(1), Decimal(2))


def _is_fraction(s: Sentence, i: int, k: int, top: int) -> bool:  # noqa: PLR0911  one guard a line
    """Whether the word is a denominator here, and no third party, rank or quarter of a year."""
    low, word, following = s.low(i), s.low(k), s.low(k + 1)
    if word == "tiers":
        return _is_third(s, i, k)
    if following == "'" or (word == "quart" and s.low(k + 2) in ("finale", "heure", "tour", "'") and top == 1):
        return not (word == "quart" and s.low(k + 3) == "heure")
    if low in ("le", "du", "au"):
        return word == "quart" and following in ("de", "des", "du", "d")
    if word not in _ENGLISH_PARTS:
        if s.low(i - 1) in ("'", "dont") and following in _AFTER_SHARE:
            return True
        return top > 1 or following in ("de", "des", "du", "d") or s[k + 1].kind == SIGN or word == "quart"
    if top > 1:
        return word.endswith("s") and not (
            word == "quarters" and s.low(i - 1) in ("for", "past", "last", "consecutive")
        )
    if low == "one":
        return following not in ("party", "parties") and s.low(i - 1) not in ("in", "last")
    return following in _AFTER_PART or s.low(i - 1) == "by" or cues.before(s, i) is not None


def _is_third(s: Sentence, i: int, k: int) -> bool:  # noqa: PLR0911  one guard a line
    """Whether "tiers" is a third of something: "un tiers des entreprises", not "un tiers de confiance"."""
    low, following = s.low(i), s.low(k + 1)
    if following in ("payant", "confiance"):
        return False
    if following in ("de", "d") and s.low(k + 2) in ("confiance", "payant"):
        return False
    if low not in ("un", "le", "du", "au"):
        return SMALL.get(low, 2) == 2 or low == "2"
    if following in ("des", "du", "de", "d"):
        return True
    if low in ("le", "du", "au") or s.low(i - 1) in ("chez", "par", "à", "avec", "entre", "comme"):
        return False
    if s.low(i - 1) == "'" and s.low(i - 3) in ("auprès", "recours"):
        return False
    counted = s.low(i - 1) in ("'", "de", "sur", "pour", "dont", "soit")
    return counted or cues.before(s, i) is not None or s[k + 1].kind == SIGN


def mark_fraction(s: Sentence, i: int) -> Atom | None:
    """½, ¼, ¾ standing alone."""
    if s[i].kind != MARK or s.low(i) not in _MARKS:
        return None
    top, bottom = _MARKS[s.low(i)]
    return share(i, i, Decimal(top), Decimal(bottom))


def share(first: int, last: int, top: Decimal, bottom: Decimal) -> Atom:
    """So many parts of a whole, in percent."""
    step = min(_COARSEST_STEP, _HUNDRED / bottom)
    value = (top * 100 / bottom).quantize(Decimal("0.01"))
    return Atom(first, last, "ratio_in_words", value, "percent", step, number=top, scale=_HUNDRED / bottom)
