"""Numerals with what belongs to them: sign, currency before, unit behind."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from analysis.reading.atoms import Atom
from analysis.reading.codes import with_letters
from analysis.reading.number_words import ONES, STARTERS
from analysis.reading.numerals import Numeral, numeral_at
from analysis.reading.sentences import BULLETS, Sentence
from analysis.reading.tokens import DIGITS, EDGE_KIND, GLUED, LINE, MARK, SIGN, SPACED, TIED, WORD
from analysis.reading.unit_words import CURRENCY_CODES, CURRENCY_SIGNS, DOLLARS
from analysis.reading.units import Unit, currency_at, unit_after

_MINUS: Final = frozenset("-−–")
#: A dash behind one of these opens a number, even with a blank between.
_BEFORE_MINUS: Final = frozenset("( : de à par soit ou contre et of by to or".split())
_AFTER_TITLE: Final = frozenset("et and ou or de du of to in en à a ont sont have has are is will".split())
_HALF_MARKS: Final = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_VAGUE: Final = frozenset("several few many plusieurs quelques certain".split())
#: Words before hours and minutes that last, and are no time of day.
_LASTS: Final = frozenset("en dure durée duré durait durera durant pendant environ d plus moins réunion trajet".split())
_ARTICLE_NUMBERS: Final = frozenset("hundred thousand million billion trillion dozen".split())


def number_at(s: Sentence, i: int) -> Atom | None:
    """The number with its sign and unit whose numeral begins at token ``i``."""
    numeral = _article_number(s, i) or numeral_at(s, i)
    if numeral is None:
        return None
    numeral = _with_half(s, numeral)
    unit = unit_after(s, numeral.last)
    if unit is None and not numeral.in_words and (name := with_letters(s, numeral.first, numeral.last)):
        return name
    if numeral.in_words and not _is_number(s, numeral, unit):
        return None
    if s.low(i - 1) == "top" and unit is None:
        return Atom(numeral.first, numeral.last, "ordinal/rank", numeral.value)
    atom = _atom(numeral, unit)
    _add_smaller_scale(s, atom, numeral)
    _add_half_of_unit(s, atom)
    if not numeral.in_words:
        _take_sign(s, atom)
    return atom


def _article_number(s: Sentence, i: int) -> Numeral | None:
    """A dozen, a hundred, a million: the article counts as one."""
    if s.low(i) not in ("a", "an") or s.lang != "en" or s.low(i + 1) not in _ARTICLE_NUMBERS:
        return None
    if s.low(i + 1) in ("hundred", "thousand", "dozen"):
        numeral = numeral_at(s, i + 1)
        return replace(numeral, first=i) if numeral else None
    return Numeral(i, i, Decimal(1), Decimal(1), in_words=True)


def _with_half(s: Sentence, numeral: Numeral) -> Numeral:
    """Two and a half, 2½, 2 1/2."""
    k = numeral.last + 1
    mark = s[k]
    if mark.kind == MARK and mark.low in _HALF_MARKS and mark.gap <= SPACED:
        more, last = _HALF_MARKS[mark.low], k
    elif _is_small_fraction(s, numeral):
        more, last = Decimal(s.low(k)) / Decimal(s.low(k + 2)), k + 2
    elif mark.low == "and" and s.low(k + 1) == "a" and s.low(k + 2) == "half":
        more, last = Decimal("0.5"), k + 2
    else:
        return numeral
    return replace(numeral, value=numeral.value + more, last=last, place=Decimal("0.5"))


def _is_small_fraction(s: Sentence, numeral: Numeral) -> bool:
    """Whether a half or a quarter in digits follows: 2 1/2."""
    k = numeral.last + 1
    if numeral.in_words or s[k].gap > SPACED or s.low(k) not in ("1", "3") or s.low(k + 1) != "/":
        return False
    return s[k + 1].gap == s[k + 2].gap == GLUED and s.low(k + 2) in ("2", "4") and s[k + 3].gap != GLUED


def _is_number(s: Sentence, numeral: Numeral, unit: Unit | None) -> bool:  # noqa: PLR0911  one guard a line
    """Whether a number word is one: no article, no "neuf" for new, no "several hundred", no place name."""
    first, word = numeral.first, s.low(numeral.first)
    if numeral.about:
        return True
    if word in ("a", "an"):
        return True
    if numeral.first == numeral.last and word in ONES:
        if s.low(first + 1) in ("à", "to", "ou", "or") and follows_number_word(s, first + 2):
            return numeral_at(s, first + 2) is not None and s.low(first + 2) not in ONES
        return unit is not None and (unit.scaled or (word == "one" and unit.kind == "duration"))
    if word in ("hundred", "thousand") or (s.low(first - 1) in _VAGUE and word in ("cent", "mille")):
        return False
    if word == "neuf" and numeral.last == first and unit is None:
        return _is_nine(s, first + 1)
    return not _is_name(s, numeral) and (unit is not None or not _is_title(s, numeral))


def _is_title(s: Sentence, numeral: Numeral) -> bool:
    """Whether a capital makes a name of a number word inside a line: the Big Four, les Vingt-Sept."""
    first, following = numeral.first, s[numeral.last + 1]
    if s.low(first - 1) == "-" and s[first].gap == GLUED and s.capital(first - 2) and s.low(first - 2) in STARTERS:
        return True  # the end of one
    if not s.capital(first) or first == 0 or s.starts_line(first) or s[first - 1].kind != WORD:
        return False
    return following.kind != WORD or following.low in _AFTER_TITLE


def _is_nine(s: Sentence, k: int) -> bool:
    """Whether "neuf" before token ``k`` is the number, and not "new"."""
    following = s.low(k)
    if s.low(k - 2) in ("dont", "les", "ces", "ses", "nos", "leurs", "aux", "autres", "seuls", "seulement"):
        return True
    if following in ("et", "ou", "à"):
        return follows_number_word(s, k + 1)
    return following in ("sur", "cent", "mille") or (following[-1:] in ("s", "x") and len(following) > 3)


def _is_name(s: Sentence, numeral: Numeral) -> bool:
    """Deux-Sèvres, Quatre-Bras."""
    dash = s[numeral.last + 1]
    return dash.low == "-" and dash.gap == GLUED and s.capital(numeral.last + 2) and s.capital(numeral.first)


def _atom(numeral: Numeral, unit: Unit | None) -> Atom:
    atom = Atom(
        numeral.first, numeral.last, "count", numeral.value, place=numeral.place, number=numeral.value,
        in_words=numeral.in_words, bare=unit is None, bound="about" if numeral.about else "exact",
    )  # fmt: skip
    if unit:
        atom.take(unit)
        atom.last = unit.last
    return atom


def _add_smaller_scale(s: Sentence, atom: Atom, numeral: Numeral) -> None:
    """Un milliard deux cents millions d'euros; 3 millions 500 000."""
    if not atom.scaled or atom.kind != "count" or s[atom.last + 1].gap > SPACED:
        return
    rest = numeral_at(s, atom.last + 1)
    if rest is None or rest.first != atom.last + 1 or (rest.in_words != numeral.in_words):
        return
    unit = unit_after(s, rest.last)
    scale = unit.scale if unit else Decimal(1)
    if rest.value * scale >= atom.scale or not isinstance(atom.value, Decimal) or rest.value * scale < 100:
        return
    atom.value += rest.value * scale
    atom.place = rest.place * scale
    atom.number = atom.value / atom.scale
    atom.last = unit.last if unit else rest.last
    if unit and unit.kind == "money":
        atom.kind, atom.unit = unit.kind, unit.name


def _add_half_of_unit(s: Sentence, atom: Atom) -> None:
    """Un million et demi d'euros; deux ans et demi."""
    if atom.bare or s.low(atom.last + 1) != "et" or s.low(atom.last + 2) not in ("demi", "demie"):
        return
    if not isinstance(atom.value, Decimal):
        return
    atom.value += atom.scale / 2
    atom.place = atom.scale / 2
    atom.last += 2
    if atom.scaled and atom.kind == "count":
        k = atom.last + 1
        if s.low(k) in ("de", "d"):
            k += 2 if s.low(k + 1) == "'" else 1
        currency = currency_at(s, k, scaled=True)
        if currency:
            atom.kind, atom.unit, atom.last = "money", currency.name, currency.last


def _take_sign(s: Sentence, atom: Atom) -> None:
    sign = s[atom.first - 1]
    if sign.kind != SIGN:
        return
    if sign.low == "+" and s[atom.first].gap <= SPACED and _opens(s, atom.first - 1):
        atom.first -= 1
        atom.signed = True
    elif sign.low in _MINUS and _is_minus(s, atom):
        atom.first -= 1
        atom.signed = True
        atom.negate()


def _opens(s: Sentence, k: int) -> bool:
    """Whether a sign at ``k`` stands before its number and not between two things."""
    return s[k].gap != GLUED or s.low(k - 1) in ("(", "[", "/", "'", "’", "") or s[k - 1].kind == EDGE_KIND


def _is_minus(s: Sentence, atom: Atom) -> bool:
    """Whether the dash before a number is a minus: glued to it, and not to what stands before."""
    k = atom.first - 1
    if not _opens(s, k) or s[k - 1].kind == DIGITS:
        return False
    if s[atom.first].gap == GLUED:
        return not (s.starts_line(k) and s.low(k) in BULLETS and atom.bare)
    tied = s[atom.first].gap == TIED or s.low(k) == "−"
    return s.low(k - 1) in _BEFORE_MINUS or (tied and not s.starts_line(k))


def money_at(s: Sentence, i: int) -> Atom | None:
    """An amount whose currency is printed first: €5bn, US$ 1.2 million, EUR 300, £(3.2)m, -$4m."""
    currency = _currency_first(s, i)
    if currency is None:
        return None
    k = currency.last + 1
    negative, k = _sign_behind(s, k)
    numeral = numeral_at(s, k) if s[k].kind == DIGITS else None
    if numeral is None or s[k].gap >= LINE:
        return None
    closed = numeral.last + 1 if s.low(k - 1) == "(" and s.low(numeral.last + 1) == ")" else numeral.last
    atom = _atom(numeral, None)
    atom.first, atom.last, atom.kind, atom.unit, atom.bare = i, closed, "money", currency.name, False
    unit = unit_after(s, closed, money=currency.name)
    if unit:
        atom.take(unit)
        atom.last = unit.last
    _end_money(s, atom)
    if negative or _take_outer_sign(s, atom):
        atom.negate()
    return atom


def _currency_first(s: Sentence, i: int) -> Unit | None:
    token = s[i]
    if token.kind == SIGN:
        return Unit(i, "money", CURRENCY_SIGNS[token.low]) if token.low in CURRENCY_SIGNS else None
    if s.raw(i) in CURRENCY_CODES:
        return currency_at(s, i)
    if s.low(i + 1) == "$" and s[i + 1].gap == GLUED and s.low(i) in DOLLARS:
        return Unit(i + 1, "money", DOLLARS[s.low(i)])
    return None


def _sign_behind(s: Sentence, k: int) -> tuple[bool, int]:
    """Whether a minus or an accountant's bracket stands between currency and number, and where the number is."""
    if s.low(k) == "(" and s[k].gap == GLUED:
        return True, k + 1
    if s.low(k) in _MINUS and s[k].gap == GLUED and s[k + 1].gap == GLUED:
        return True, k + 1
    return False, k


def _end_money(s: Sentence, atom: Atom) -> None:
    """Take in what repeats the currency: "$5m USD", "£3bn sterling"."""
    low = s.low(atom.last + 1)
    if (s.raw(atom.last + 1) == atom.unit and s[atom.last + 1].gap <= SPACED) or low == "sterling":
        atom.last += 1


def _take_outer_sign(s: Sentence, atom: Atom) -> bool:
    sign = s[atom.first - 1]
    if sign.kind != SIGN or s[atom.first].gap != GLUED or not _opens(s, atom.first - 1):
        return False
    if sign.low in ("+", *_MINUS):
        atom.first -= 1
        atom.signed = True
    return sign.low in _MINUS


def follows_number_word(s: Sentence, i: int) -> bool:
    """Whether token ``i`` could begin a numeral."""
    return s[i].kind == DIGITS or (s[i].kind == WORD and s.low(i) in STARTERS)


def time_told(s: Sentence, i: int) -> Atom | None:
    """A length of time in hours and minutes: "en 1 h 30" (a time of day otherwise)."""
    if s.low(i + 1) != "h" or s[i + 2].kind != DIGITS or len(s.low(i + 2)) != 2:
        return None
    if s.low(i - 1) not in _LASTS and (s.low(i + 3) != "par" or s.low(i - 1) == "à"):
        return None
    minutes = Decimal(s.low(i + 2))
    if len(s.low(i)) > 3 or minutes >= 60:
        return None
    hours = Decimal(s.low(i)) + (minutes / 60).quantize(Decimal("0.01"))
    return Atom(i, i + 2, "duration", hours, "hour", Decimal("0.02"), number=hours)
