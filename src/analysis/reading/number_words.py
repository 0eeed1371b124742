"""Number words of French and English, and how they add up."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from analysis.quantities import Lang
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import GLUED, WORD

_UNITS_FR: Final = "un deux trois quatre cinq six sept huit neuf".split()
_UNITS_EN: Final = "one two three four five six seven eight nine".split()
_TEENS_FR: Final = "dix onze douze treize quatorze quinze seize".split()
_TEENS_EN: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS_FR: Final = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_TENS_EN: Final = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)

#: 1 to 19, with feminine "une"; "un", "une" and "one" only count inside longer numbers or where a rule asks for them.
SMALL: Final[dict[str, int]] = {
    **{word: n for n, word in enumerate(_UNITS_FR, 1)},
    **{word: n for n, word in enumerate(_UNITS_EN, 1)},
    **{word: n for n, word in enumerate(_TEENS_FR, 10)},
    **{word: n for n, word in enumerate(_TEENS_EN, 10)},
    "une": 1,
}
TENS: Final[dict[str, int]] = {**_TENS_FR, **_TENS_EN, "fourty": 40}
ONES: Final = frozenset({"un", "une", "one"})
_HUNDREDS: Final = frozenset({"cent", "cents", "hundred"})
_THOUSANDS: Final = frozenset({"mille", "thousand"})
_FRENCH_ONLY: Final = frozenset({"cent", "cents", "mille", "dix", "neuf"})

#: A numeral may begin with these.
STARTERS: Final = (frozenset(SMALL) | frozenset(TENS) | {"cent", "mille", "hundred", "thousand"}) - ONES
#: Nouns that count by themselves: about so many. Values: the number, and half of it or of its last place.
COLLECTIVES: Final[dict[str, tuple[int, str]]] = {
    "huitaine": (8, "1"), "dizaine": (10, "5"), "douzaine": (12, "2"), "quinzaine": (15, "2.5"), "vingtaine": (20, "5"),
    "trentaine": (30, "5"), "quarantaine": (40, "5"), "cinquantaine": (50, "5"), "soixantaine": (60, "5"),
    "centaine": (100, "50"), "millier": (1000, "500"), "dozen": (12, "0.5"),
}  # fmt: skip


def words_at(s: Sentence, i: int) -> tuple[int, Decimal] | None:
    """The number below a million whose words begin at token ``i``: the index of its last word, and its value.

    Reads "vingt et un", "quatre-vingt-dix-sept", "septante", "deux mille trois cents", "one hundred and twenty-five".
    """
    total = 0
    current: int | None = None
    last = -1
    j = i
    while j - i < 24:
        word = s.low(j)
        joined = _joined(current, total, word, s.lang)
        if joined is None:
            break
        total, current = joined
        last = j
        j = _next_word(s, j, current)
    if last < 0:
        return None
    return last, Decimal(total + (current or 0))


def _joined(current: int | None, total: int, word: str, lang: Lang) -> tuple[int, int | None] | None:  # noqa: PLR0911  one guard a line
    """The running number after ``word``; None where the word does not go on with it."""
    if lang == "en" and word in _FRENCH_ONLY:
        return None
    if word in _THOUSANDS:
        return None if total else ((current or 1) * 1000, None)
    if word in _HUNDREDS:
        return (total, (current or 1) * 100) if current is None or 1 < current < 20 or current == 1 else None
    if word in ("vingt", "vingts") and current is not None and current % 100 == 4:
        return total, current + 76
    if word in TENS:
        return (total, (current or 0) + TENS[word]) if current is None or current % 100 == 0 else None
    if word in SMALL:
        return _with_small(current, total, SMALL[word])
    return None


def _with_small(current: int | None, total: int, number: int) -> tuple[int, int | None] | None:
    if current is None:
        return total, number
    rest = current % 100
    if rest == 0 or (rest >= 20 and rest % 10 == 0 and (number < 10 or rest in (60, 80))):
        return total, current + number
    if rest in (10, 70, 90) and 7 <= number <= 9:
        return total, current + number
    return None


def _next_word(s: Sentence, j: int, current: int | None) -> int:
    """The index of the word that may go on with a number, over a hyphen or "et", "and"."""
    k = j + 1
    if s.low(k) == "-" and s[k].gap == GLUED:
        k += 1
    elif s[k].kind != WORD:
        return -1
    if s.low(k) in ("et", "and") and _adds(s, k, current):
        k += 1
        if s.low(k) == "-":
            k += 1
    return k


def _adds(s: Sentence, k: int, current: int | None) -> bool:
    """Whether "et" or "and" ties two parts of one number: "vingt et un", "one hundred and five"."""
    if s.low(k) == "et":
        following = s.low(k + 2) if s.low(k + 1) == "-" else s.low(k + 1)
        return following in ("un", "une", "onze") and current is not None and 20 <= current % 100 < 80
    return current is None or (current >= 100 and current % 100 == 0)
