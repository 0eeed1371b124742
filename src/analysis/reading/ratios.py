"""Ratios, fractions, multiples and ratings: "une entreprise sur quatre", two-thirds, x10, doubler, 4,5/5."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from analysis.reading import cues
from analysis.reading.atoms import Atom
from analysis.reading.calendar import is_year
from analysis.reading.name_words import DENOMINATORS
from analysis.reading.number_words import ONES, SMALL, STARTERS
from analysis.reading.numerals import Numeral, numeral_at
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import BLANK, DIGITS, GLUED, MARK, SIGN, SPACED, WORD
from analysis.reading.units import scale_of, unit_after

_HUNDRED: Final = Decimal(100)
_LARGEST_GRADE: Final = Decimal(5)
_NOUN_ENDS: Final = frozenset(
    """en à pour par dans avec est sont a ont qui que et ou plus moins dont comme the to of for with by is are was were and or
    has have that which""".split()
)
_RATING_WORDS: Final = frozenset(
    """note notes noté notée notés notées score scores moyenne rating ratings rated satisfaction évaluation évalué évaluée
    average scored marks notation stars indice index grade""".split()
)
_GRADES: Final = frozenset("note notée noté rating rated notes ratings".split())
_RATING_SCALES: Final = frozenset({5, 10, 20, 100})
_STEMS: Final = {"doubl": 2, "tripl": 3, "quadrupl": 4, "quintupl": 5, "décupl": 10, "centupl": 100, "sextupl": 6, "trebl": 3}
_FRENCH_ENDS: Final = frozenset(
    "er é ée és ées era eront erait eraient ant e ent ait aient a èrent erons ement erez ons".split()
)
_ENGLISH_ENDS: Final = frozenset("e ed es ing ling led".split())
#: Every form of the verbs of multiplying, with its factor.
MULTIPLIERS: Final[dict[str, int]] = {
    stem + end: factor for stem, factor in _STEMS.items() for end in _FRENCH_ENDS | _ENGLISH_ENDS
}
FOLDS: Final[dict[str, int]] = {f"{word}fold": number for word, number in SMALL.items() if number > 1}
_THINGS_AFTER_DOUBLE: Final = frozenset(
    """le la les l ses son sa leur leurs notre nos en d ici the its their our to that in from by over last his her every
    since between depuis entre tous this each chaque sur au""".split()
)
_LASTS: Final = frozenset("en dure durée duré durait durera durant pendant environ d plus moins réunion trajet".split())
_MULTIPLYING: Final = frozenset({"x", "×", "par", "by", "of", "de", "facteur", "factor"})
#: Wholes of "three of five"; elsewhere "of" parts what is counted ("six of fourteen projects").
_WHOLES: Final = frozenset({"three", "four", "five", "ten"})
_ENGLISH_PARTS: Final = frozenset(word for word in DENOMINATORS if word.rstrip("s").endswith(("th", "third", "quarter", "hal")))
_GOOD: Final = frozenset({"bon", "petit", "gros", "good"})
_ARTICLES: Final = frozenset("un une ce cette ces la a an the this son sa its de en cet deux no any à".split())


def ratio_at(s: Sentence, i: int) -> Atom | None:
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
    whole = numeral_at(s, k)
    if whole is None or not whole.whole or whole.value <= one.value or _has_unit(s, whole):
        return None
    adjacent = _is_adjacent(s, one, k)
    if not one.whole or (adjacent and _is_rating(s, i, whole)):
        return _rating(s, one, whole) if adjacent and whole.value in _RATING_SCALES else None
    return _ratio(one, whole) if _is_ratio(s, one, whole, adjacent) else None


def _numerator(s: Sentence, i: int) -> Numeral | None:
    if s.low(i) in ONES and s.low(i + 1) not in STARTERS:
        return Numeral(i, i, Decimal(1), Decimal(1), in_words=True)
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


def _is_adjacent(s: Sentence, one: Numeral, k: int) -> bool:
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


def _is_ratio(s: Sentence, one: Numeral, whole: Numeral, adjacent: bool) -> bool:
    if whole.value > 1000:
        return False
    english = s.low(whole.first - 1) == "in"
    if not adjacent and (one.value == 1 or english):
        noun = s.low(whole.last + 1)
        plural = s[whole.last + 1].kind == WORD and len(noun) > 3 and noun[-1] in "sx" and noun not in ("dans", "mais")
        return not plural and (one.value == 1 or not english)
    return not english or whole.value <= 100


def _ratio(one: Numeral, whole: Numeral) -> Atom:
    return _share(one.first, whole.last, one.value, whole.value)


def _share(first: int, last: int, top: Decimal, bottom: Decimal) -> Atom:
    step = min(2 * _LARGEST_GRADE, _HUNDRED / bottom)
    value = (top * 100 / bottom).quantize(Decimal("0.01"))
    return Atom(first, last, "ratio_in_words", value, "percent", step, number=top, scale=_HUNDRED / bottom)


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
        return _ratio(one, whole)
    return None


def fraction_at(s: Sentence, i: int) -> Atom | None:
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
    return _share(first, k, Decimal(top), Decimal(bottom))


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
    return _share(first, i, Decimal(1), Decimal(2))


def _half_en(s: Sentence, i: int) -> Atom | None:
    k = i if s.low(i) == "half" else i + 1
    following, earlier = s.low(k + 1), s.low(i - 1)
    if following in ("million", "billion", "trillion"):
        return None
    said = following in ("of", "the", "its", "all", "their", "our", "these", "those", "as", "that", "a", "what", "this", "say")
    if following == "-" or earlier in ("first", "second", "last", "the", "this", "and"):
        return None
    if not said and earlier not in ("by", "in", "than", "nearly", "almost", "about", "over", "under", "to") and k == i:
        return None
    if following in ("a", "an") and (scale_of(s, k + 2) or s.low(k + 2) in ("dozen", "day", "hour")):
        return None
    return _share(i, k, Decimal(1), Decimal(2))


def _is_fraction(s: Sentence, i: int, k: int, top: int) -> bool:
    """Whether the word is a denominator here, and no third party, rank or quarter of a year."""
    low, word, following = s.low(i), s.low(k), s.low(k + 1)
    if word == "tiers":
        return _is_third(s, i, k)
    if following in ("'",) or (word == "quart" and s.low(k + 2) in ("finale", "heure", "tour", "'") and top == 1):
        return not (word == "quart" and s.low(k + 3) in ("heure",))
    if low in ("le", "du", "au"):
        return word == "quart" and following in ("de", "des", "du", "d")
    if word not in _ENGLISH_PARTS:
        return top > 1 or following in ("de", "des", "du", "d") or s[k + 1].kind == SIGN or word == "quart"
    if top > 1:
        return word.endswith("s") and not (word == "quarters" and s.low(i - 1) in ("for", "past", "last", "consecutive"))
    if low == "one":
        return following not in ("party", "parties") and s.low(i - 1) not in ("in", "last")
    said = following in ("of", "more", "less", "are", "were", "have", "say", "said", "from", "since", "higher", "lower", "(")
    return said or s.low(i - 1) == "by" or cues.before(s, i) is not None


def _is_third(s: Sentence, i: int, k: int) -> bool:
    """Whether "tiers" is a third of something: "un tiers des entreprises", not "un tiers de confiance"."""
    low, following = s.low(i), s.low(k + 1)
    if following == "payant" or following == "confiance":
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
    return s.low(i - 1) in ("'", "de", "sur", "pour") or cues.before(s, i) is not None or s[k + 1].kind == SIGN


def time_told(s: Sentence, i: int) -> Atom | None:
    """A length of time in hours and minutes: "en 1 h 30" (a time of day otherwise)."""
    if s.low(i + 1) != "h" or s[i + 2].kind != DIGITS or len(s.low(i + 2)) != 2 or s.low(i - 1) not in _LASTS:
        return None
    minutes = Decimal(s.low(i + 2))
    if len(s.low(i)) > 3 or minutes >= 60:
        return None
    hours = Decimal(s.low(i)) + (minutes / 60).quantize(Decimal("0.01"))
    return Atom(i, i + 2, "duration", hours, "hour", Decimal("0.02"), number=hours)


def multiplier_at(s: Sentence, i: int) -> Atom | None:
    """A factor told by a word or behind a numeral: doubler, twice, tenfold, trois fois plus, 10x, 3-fold."""
    low = s.low(i)
    if low in MULTIPLIERS:
        return _factor(i, i, MULTIPLIERS[low]) if _multiplies(s, i) else None
    if low in FOLDS:
        return _factor(i, i, FOLDS[low])
    if low == "twice":
        return _factor(i, i, 2) if s.low(i + 1) not in ("a", "per", "weekly", "daily", "yearly") else None
    if low in ("halved", "halve", "halving", "halves"):
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
    if low not in ("double", "triple", "quadruple", "doubles", "triples", "quintuple"):
        return True
    if before in ("le", "du", "au") and following in ("de", "du", "des", "d", ".", ",", "en"):
        return True
    if before in ("to", "least", "will", "would", "could", "can", "must", "than", "nearly", "almost", "should", "may", "qui", "and"):
        return True
    return before not in _ARTICLES and following in _THINGS_AFTER_DOUBLE


def _times(s: Sentence, i: int) -> Atom | None:
    numeral = numeral_at(s, i)
    if numeral is None or (numeral.in_words and s.low(i) in ONES):
        return None
    k = numeral.last + 1
    low = s.low(k)
    if low in ("x", "×") and s[k].gap <= SPACED and s[k + 1].kind not in (DIGITS,) and s[k + 1].gap != GLUED:
        return _of_numeral(numeral, k)
    if low in ("x", "×") and s[k].gap == GLUED and s[k + 1].kind == SIGN:
        return _of_numeral(numeral, k)
    if low == "fois" and s.low(k + 1) == "et" and s.low(k + 2) in ("demi", "demie"):
        return _of_numeral(replace(numeral, value=numeral.value + Decimal("0.5"), place=Decimal("0.5")), k + 2)
    if low == "fois":
        return _of_numeral(numeral, k) if s.low(k + 1) not in ("par", "sur", "dans") else None
    if low == "times":
        return _of_numeral(numeral, k) if s.low(k + 1) not in ("a", "per", "this", "since", "before", "during") else None
    if low == "-" and s.low(k + 1) == "fold":
        return _of_numeral(numeral, k + 1)
    return _of_numeral(numeral, k) if low == "fold" else None


def _of_numeral(numeral: Numeral, last: int) -> Atom:
    atom = _factor(numeral.first, last, numeral.value)
    atom.place = numeral.place
    return atom


def multiplied_by(s: Sentence, i: int) -> Atom | None:
    """A factor behind its sign or preposition: x10, ×3, multiplié par 10, by a factor of five."""
    before = s.low(i - 1)
    if before not in _MULTIPLYING and s.low(i - 2) not in ("par", "by") and s.low(i - 3) not in ("par", "by"):
        return None
    numeral = numeral_at(s, i)
    if numeral is None:
        return None
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


def mark_fraction(s: Sentence, i: int) -> Atom | None:
    """½, ¼, ¾ standing alone."""
    shares = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅕": (1, 5), "⅛": (1, 8)}
    if s[i].kind != MARK or s.low(i) not in shares:
        return None
    top, bottom = shares[s.low(i)]
    return _share(i, i, Decimal(top), Decimal(bottom))
