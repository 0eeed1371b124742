"""The unit behind a numeral: percent, points, money, time, a physical measure, or only a scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from analysis.quantities import Kind
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import DIGITS, GLUED, LINE, MARK, SIGN, TIED, WORD
from analysis.reading.unit_words import (
    CENTS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    DOLLARS,
    LETTER_SCALES,
    LONG_SCALES,
    MEASURE_WORDS,
    MEASURES,
    NATIONS,
    SCALES,
    TIME_ADJECTIVES,
    TIMES,
    WIRE_SCALES,
)

_ONE: Final = Decimal(1)
_OF: Final = frozenset({"de", "d", "of", "des"})
#: What "points of …" is about when the points are things and not percentage points.
_POINTS_ARE_THINGS: Final = frozenset(
    """contact vente ventes accès présence livraison recharge service vue mesure collecte relais presence sale sales
    entry access view interest échange échanges inflexion vigilance attention eau passage retrait distribution
    control charge connexion interconnexion peering clés clé essentiels principaux forts faibles noirs suivants
    key""".split()
)
_RATES: Final = frozenset("s h an mois j jour min sec kWh MWh m km t year month day hour second".split())
_POINT_WORDS: Final = frozenset("point points pt pts pp ppt ppts pps".split())


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit read behind (or before) a numeral: up to token ``last``; its scale multiplies the numeral."""

    last: int
    kind: Kind
    name: str | None
    scale: Decimal = _ONE
    #: Whether a scale word or letter is printed (a scale of its own is not shared with smaller neighbours).
    scaled: bool = False


def unit_after(s: Sentence, j: int, *, money: str | None = None) -> Unit | None:
    """The unit that follows token ``j``; ``money`` is the currency printed before the number, if one is."""
    if money is not None:
        return _read_unit(s, j, money)
    if j not in s.units:
        s.units[j] = _read_unit(s, j, None)
    found: Unit | None = s.units[j]
    return found


def _read_unit(s: Sentence, j: int, money: str | None) -> Unit | None:
    k = j + 1
    if s[k].kind == DIGITS:
        return None
    if s.low(k) == "-" and s[k].gap == GLUED and s[k + 1].gap == GLUED and s[k + 1].kind == WORD:
        k += 1
    if money is None:
        found = _percent(s, k) or _points(s, k) or _time(s, k)
        if found:
            return found
    scaled = _scaled(s, k, money)
    if scaled:
        return scaled
    return None if money else currency_at(s, k) or _currency_of(s, k) or _measure(s, k)


def _percent(s: Sentence, k: int) -> Unit | None:  # noqa: PLR0911  one guard a line
    low = s.low(k)
    if low == "%":
        return Unit(k, "percentage", "percent")
    if low == "‰":
        return Unit(k, "percentage", "percent", Decimal("0.1"))
    if low in ("pourcent", "percent", "pct", "pc"):
        return _percent_or_points(s, k)
    if (low == "pour" and s.low(k + 1) == "cent") or (low == "per" and s.low(k + 1) == "cent"):
        return _percent_or_points(s, k + 1)
    if low == "pour" and s.low(k + 1) == "mille":
        return Unit(k + 1, "percentage", "percent", Decimal("0.1"))
    if low == "pour" and s.low(k + 1) == "-" and s.low(k + 2) == "cent":
        return Unit(k + 2, "percentage", "percent")
    if low == "p" and s.low(k + 1) == "." and s.low(k + 2) in ("cent", "c"):
        return Unit(k + 2, "percentage", "percent")
    return None


def _of_a_point(s: Sentence, k: int) -> int | None:
    """Where "point" stands in "of a (percentage) point", behind a decimal."""
    j = k + 2 if s.low(k) == "of" and s.low(k + 1) == "a" else k + 1 if s.low(k) == "de" else None
    if j is not None and s.low(j) == "percentage":
        j += 1
    return j if j is not None and s.low(j) == "point" else None


def _percent_or_points(s: Sentence, k: int) -> Unit:
    if s.low(k + 1) in ("point", "points"):
        return Unit(k + 1, "points", "percentage points")
    return Unit(k, "percentage", "percent")


def _points(s: Sentence, k: int) -> Unit | None:
    low = s.low(k)
    if point := _of_a_point(s, k):
        return Unit(point, "points", "percentage points")
    if low == "percentage":
        after = k + 2 if s.low(k + 1) == "-" else k + 1
        return Unit(after, "points", "percentage points") if s.low(after) in _POINT_WORDS else None
    if (low == "basis" and s.low(k + 1) in ("points", "point")) or low in ("bps", "bp", "pdb"):
        return Unit(k + (low == "basis"), "points", "percentage points", Decimal("0.01"))
    if low == "p" and s.low(k + 1) == "." and s.low(k + 2) == "p" and s.low(k + 3) == ".":
        return Unit(k + 3, "points", "percentage points")
    return _point_word(s, k) if low in _POINT_WORDS else None


def _point_word(s: Sentence, k: int) -> Unit | None:
    following = s.low(k + 1)
    about = s.low(k + 2)
    if following in _POINTS_ARE_THINGS:
        return None
    if following in _OF:
        about = s.low(k + 3) if about == "'" else about
        if about in _POINTS_ARE_THINGS:
            return None
        if about == "base":
            return Unit(k + 2, "points", "percentage points", Decimal("0.01"))
        if about in ("pourcentage", "%"):
            return Unit(k + 2, "points", "percentage points")
    return Unit(k, "points", "percentage points")


def _time(s: Sentence, k: int) -> Unit | None:
    for skipped in range(3):
        low = s.low(k + skipped)
        if low == "second" and not skipped and s.low(k - 1) in ("one", "1"):
            return Unit(k, "duration", "second")
        if low in TIMES and (not skipped or low.endswith("s")):
            return Unit(k + skipped, "duration", TIMES[low])
        if low not in TIME_ADJECTIVES:
            break
    if s.low(k) in ("h", "j") and s[k].kind == WORD and s.low(k + 1) not in ("'", "-"):
        return Unit(k, "duration", "hour" if s.low(k) == "h" else "day")
    return None


def scale_of(s: Sentence, k: int) -> Decimal | None:
    """The scale word at token ``k``; the French billion is a million millions."""
    low = s.low(k)
    if s.lang == "fr" and low in LONG_SCALES:
        return LONG_SCALES[low]
    return SCALES.get(low)


def _scaled(s: Sentence, k: int, money: str | None) -> Unit | None:
    scale = scale_of(s, k)
    if scale is not None:
        return _after_scale(s, k, scale, money)
    letter = LETTER_SCALES.get(s.raw(k)) if s[k].kind == WORD else None
    if letter is None:
        return _fused(s, k)
    if money:
        return Unit(k, "money", money, letter, scaled=True) if s[k].gap <= TIED or s.raw(k) != "t" else None
    currency = currency_at(s, k + 1)
    if currency and s[k + 1].gap < LINE:
        return Unit(currency.last, "money", currency.name, letter, scaled=True)
    return _bare_letter(s, k, letter)


def _bare_letter(s: Sentence, k: int, letter: Decimal) -> Unit | None:
    """A scale letter without a currency: "450k users", "3 M d'utilisateurs", "1.2B"."""
    raw = s.raw(k)
    if s.low(k + 1) in ("'", "/", "²"):
        return None
    if raw == "m" and s.lang == "en" and s[k].gap == GLUED:
        return Unit(k, "count", None, letter, scaled=True)
    if raw in ("M", "MM") or (raw in ("k", "K", "B", "Bn") and s[k].gap == GLUED):
        return Unit(k, "count", None, letter, scaled=True)
    return None


def _fused(s: Sentence, k: int) -> Unit | None:
    """Scale and currency in one word: MEUR, KUSD, Meuros."""
    raw = s.raw(k)
    if len(raw) > 3 and raw[0] in "kKMG" and (raw[1:] in CURRENCY_CODES or raw[1:] == "euros"):
        name = CURRENCY_WORDS.get(raw[1:], raw[1:])
        return Unit(k, "money", name, LETTER_SCALES[raw[0]], scaled=True)
    if s.lang == "fr" and raw in WIRE_SCALES:
        return Unit(k, "money", "EUR", WIRE_SCALES[raw], scaled=True)
    if s.lang == "fr" and raw == "E" and s[k].gap == GLUED and s.low(k - 2) == ",":
        return Unit(k, "money", "EUR")
    return None


def _after_scale(s: Sentence, k: int, scale: Decimal, money: str | None) -> Unit:
    """A scale word, with a half or a second scale ("mille milliards") and the currency behind it."""
    last = k
    second = scale_of(s, k + 1)
    if second is not None and second >= 1000 and s[k + 1].kind == WORD:
        last, scale = k + 1, scale * second
    if money:
        return Unit(last, "money", money, scale, scaled=True)
    currency = _currency_behind(s, last)
    if currency:
        return Unit(currency.last, "money", currency.name, scale, scaled=True)
    return Unit(last, "count", None, scale, scaled=True)


def _currency_behind(s: Sentence, last: int) -> Unit | None:
    """The currency behind a scale word: "d'euros", "de dollars", "-euro", "€"."""
    k = last + 1
    if s.low(k) == "-" and s[k].gap == GLUED:
        return currency_at(s, k + 1, scaled=True)
    if s.low(k) in ("de", "d", "of", "en"):
        k += 2 if s.low(k + 1) == "'" else 1
    return currency_at(s, k, scaled=True)


def _currency_of(s: Sentence, k: int) -> Unit | None:
    """The currency in "une centaine d'euros", "20 000 000 d'euros"."""
    if s.low(k) == "d" and s.low(k + 1) == "'":
        return currency_at(s, k + 2)
    return currency_at(s, k + 1) if s.low(k) == "de" else None


def currency_at(s: Sentence, k: int, *, scaled: bool = False) -> Unit | None:
    """The currency printed at token ``k``: a sign, a code or a word, with the nation that goes with it."""
    token = s[k]
    if token.kind == SIGN and token.low in CURRENCY_SIGNS:
        return Unit(k, "money", CURRENCY_SIGNS[token.low])
    if token.kind != WORD:
        return None
    if s.raw(k) in CURRENCY_CODES:
        return Unit(k, "money", _code(s.raw(k)))
    if s.low(k + 1) == "$" and token.low in DOLLARS and s[k + 1].gap == GLUED:
        return Unit(k + 1, "money", DOLLARS[token.low])
    return _nation_first(s, k) or _currency_word(s, k, scaled=scaled)


def _code(raw: str) -> str:
    return {"RMB": "CNY", "SFr": "CHF"}.get(raw, raw)


def _currency_word(s: Sentence, k: int, *, scaled: bool) -> Unit | None:
    low = s.low(k)
    if low in CENTS:
        return Unit(k, "money", "EUR" if s.lang == "fr" else CENTS[low], Decimal("0.01"))
    if low not in CURRENCY_WORDS:
        return None
    nation = NATIONS.get(low.removesuffix("s"), {}).get(s.low(k + 1))
    if nation:
        return Unit(k + 1, "money", nation)
    if low.startswith("livre") and not scaled:
        return None
    return Unit(k, "money", CURRENCY_WORDS[low])


def _nation_first(s: Sentence, k: int) -> Unit | None:
    following = s.low(k + 1).removesuffix("s")
    nation = NATIONS.get("couronne" if following in ("crown", "krona", "kroner") else following, {}).get(s.low(k))
    return Unit(k + 1, "money", nation) if nation and s.low(k + 1) in CURRENCY_WORDS else None


def _measure(s: Sentence, k: int) -> Unit | None:
    """A physical measure with its power and rate: km², Gbit/s, tCO2."""
    token = s[k]
    if token.low == "°":
        return Unit(k + 1, "count", "°" + s.raw(k + 1)) if s.raw(k + 1) in ("C", "F") else None
    if token.kind != WORD or s.low(k + 1) == "'":
        return None
    raw, last = s.raw(k), k
    if raw.endswith("CO") and s.low(k + 1) == "2" and raw in ("tCO", "MtCO", "gCO", "kgCO", "teqCO", "GtCO", "ktCO"):
        last = k + 2 if s.low(k + 2) in ("e", "eq") and s[k + 2].gap == GLUED else k + 1
    elif raw not in MEASURES and token.low not in MEASURE_WORDS:
        return None
    elif s[last + 1].gap == GLUED and (s[last + 1].kind == MARK or _power(s, last)):
        last += 1
    if s.low(last + 1) == "/" and s[last + 1].gap == GLUED and (s.raw(last + 2) in _RATES | MEASURES):
        last += 2
    return Unit(last, "count", s.text[token.start : s[last].end])


def _power(s: Sentence, k: int) -> bool:
    return s.low(k) in ("m", "km", "cm", "mm") and s.low(k + 1) in ("2", "3")
