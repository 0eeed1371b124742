"""Whether the number an article prints can be the one that is known: by what each stands for, never by a tolerance."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from analysis.quantities import Interval, Quantity
from analysis.words.terms import lexicon

#: agrees: the same number; may: it can be called so, or is neither confirmed nor refuted; differs: it cannot.
Answer = Literal["agrees", "may", "differs"]
_MONTHS = {"month": Decimal(1), "quarter": Decimal(3), "semester": Decimal(6), "year": Decimal(12)}
_PERCENT = ("percentage", "ratio_in_words")


def agreement(printed: Quantity, known: Quantity) -> Answer:
    """How a printed quantity stands to a known one of the same subject.

    What is rounded to the printed digits agrees; so do a bound that the known number keeps and that is cut from it
    ("more than 600 million" of 667), a fraction in words that no other common fraction is nearer to, and an
    approximate number to which the known one is rounded.

    >>> from analysis.reading import read
    >>> agreement(read("1,8 Md€", lang="fr"), read("1 791 M€", lang="fr"))
    'agrees'
    >>> agreement(read("553 M€", lang="fr"), read("533 M€", lang="fr"))
    'differs'
    """
    one, other = stands_for(printed), stands_for(known)
    if not comparable(printed, known):
        return "differs"
    if one is None or other is None:
        return "agrees" if printed.value == known.value else "differs"
    if known.bound in ("at_least", "at_most", "range"):
        return _against_bound(printed, known, one, other)
    return _against_number(printed, known, one, other)


def _against_number(printed: Quantity, known: Quantity, one: Interval, other: Interval) -> Answer:
    """Against a known number, exact or approximate."""
    if printed.bound in ("at_least", "at_most"):
        return _bound(printed, other, one)
    if printed.bound == "range":
        return "may" if one.meets(other) else "differs"
    if one.meets(other) and known.kind == "ratio_in_words" != printed.kind and printed.value != known.value:
        return "may"  # a fraction in words is what many percentages are called
    if one.meets(other) or _rounded(printed, known):
        return "agrees"
    near = _loosely if "about" in (printed.bound, known.bound) else _rounded_to_one_digit
    return "may" if near(printed, known) else "differs"


def comparable(printed: Quantity, known: Quantity) -> bool:
    """Whether they measure in one unit."""
    if printed.kind in _PERCENT and known.kind in _PERCENT:
        return True
    if printed.kind != known.kind:
        return False
    if printed.kind == "duration":
        return (printed.unit in _MONTHS) == (known.unit in _MONTHS)
    return printed.kind != "money" or printed.unit == known.unit


def stands_for(quantity: Quantity) -> Interval | None:
    """The numbers it may be: those that round to it, in months for times; those nearest to it for a fraction."""
    interval = quantity.interval
    if interval is None:
        return None
    if (
        quantity.kind == "ratio_in_words"
        and quantity.bound in ("exact", "about")
        and isinstance(quantity.value, Decimal)
    ):
        return _nearest_to(quantity.value)
    if quantity.kind == "duration" and quantity.unit in _MONTHS:
        scale = Interval.exactly(_MONTHS[quantity.unit])
        return interval * scale
    return interval


def _nearest_to(percent: Decimal) -> Interval:
    """The percentages that no other common fraction is nearer to."""
    known = {
        Decimal(100) * Decimal(code.split("/")[0]) / Decimal(code.split("/")[1]) for code in lexicon()["fractions"]
    }
    near = [each for each in known if abs(each - percent) < Decimal("0.01")]
    steps = sorted({*known, *([] if near else [percent]), Decimal(0), Decimal(100)})
    here = near[0] if near else percent
    for low, middle, high in zip(steps, steps[1:], steps[2:], strict=False):
        if middle == here:
            return Interval((low + middle) / 2, (middle + high) / 2)
    return Interval.exactly(percent)


def _against_bound(printed: Quantity, known: Quantity, one: Interval, other: Interval) -> Answer:
    """Against a known bound or range: the limit itself agrees, what lies inside may be, what lies outside differs."""
    if printed.value == known.value:
        return "agrees" if one.meets(other) or printed.bound == "about" else "differs"
    if printed.bound == known.bound != "range":
        return "agrees" if _is_cut(printed, known) else "differs"
    if known.bound == "range" and isinstance(known.value, tuple):
        if printed.bound == "at_least" and printed.value == known.value[0]:
            return "agrees"
        if printed.bound == "at_most" and printed.value == known.value[1]:
            return "agrees"
        return "may" if one.meets(other) and printed.bound != "range" else "differs"
    return "may" if one.meets(other) else "differs"


def _is_cut(printed: Quantity, known: Quantity) -> bool:
    """Whether the known limit is cut to the printed one: "more than 400" of more than 450."""
    value, number = printed.value, known.value
    if not isinstance(value, Decimal) or not isinstance(number, Decimal) or not value:
        return False
    return number.quantize(_last_place(value), ROUND_DOWN) == value


def _bound(printed: Quantity, known: Interval, one: Interval) -> Answer:
    """A bound agrees where it holds and is what the known number is cut to; where it holds from afar, it may be."""
    if not known.meets(one):
        value = printed.value
        return "may" if isinstance(value, Decimal) and value in known else "differs"
    middle = _middle(known)
    value = printed.value
    if middle is None or not isinstance(value, Decimal):
        return "agrees"
    cut = middle.quantize(_last_place(value), ROUND_DOWN)
    near = cut == value or middle.quantize(_last_place(value), ROUND_HALF_UP) == value
    if printed.kind == "ratio_in_words":
        near = known.meets(_nearest_to(value))
    if near:
        return "agrees"
    return "may"


def _middle(interval: Interval) -> Decimal | None:
    if interval.low is None or interval.high is None:
        return None
    return (interval.low + interval.high) / 2


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero, as one: 600 → 100, 1.8 → 0.1."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _rounded(printed: Quantity, known: Quantity) -> bool:
    """Whether the known number is rounded to the printed digits, the last zeros not counting.

    An exact number must keep two digits: 670 for 667, but not 700.
    """
    value, number = printed.value, known.value
    if not isinstance(value, Decimal) or not isinstance(number, Decimal) or not value:
        return False
    digits = len(value.normalize().as_tuple().digits)
    if printed.bound != "about" and (digits < 2 or printed.kind != "money"):
        return False
    return number.quantize(_last_place(value), ROUND_HALF_UP) == value


def _rounded_to_one_digit(printed: Quantity, known: Quantity) -> bool:
    """Whether an exact number may be meant as a round one: 70 for 69, 700 for 667."""
    value, number = printed.value, known.value
    if not isinstance(value, Decimal) or not isinstance(number, Decimal) or not value:
        return False
    if len(value.normalize().as_tuple().digits) > 1 or value < 10 or value % 10:
        return False
    return number.quantize(_last_place(value), ROUND_HALF_UP) == value


def _loosely(printed: Quantity, known: Quantity) -> bool:
    """Whether two numbers, one of them approximate, lie within half a step of the coarser one's last digit."""
    value, number = printed.value, known.value
    if not isinstance(value, Decimal) or not isinstance(number, Decimal) or not value or not number:
        return True
    about = [each.value for each in (printed, known) if each.bound == "about" and isinstance(each.value, Decimal)]
    return 2 * abs(value - number) <= max(_last_place(each) for each in about)


def digits_of(value: Decimal) -> str:
    """Its digits, without the zeros that end it."""
    return "".join(map(str, value.normalize().as_tuple().digits))


__all__ = ["Answer", "agreement", "comparable", "digits_of", "stands_for"]
