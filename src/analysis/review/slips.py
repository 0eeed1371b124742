"""The likely slip behind a number that differs: what a person or a machine does to a number when copying it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal, get_args

from analysis.quantities import Quantity
from analysis.review.agreement import agreement, digits_of
from analysis.review.facts import Fact

Slip = Literal[
    "",
    "digits_swapped",
    "one_digit",
    "factor_thousand",
    "factor_ten",
    "truncated",
    "bound",
    "percent_points",
    "wrong_year",
    "wrong_attribution",
    "wrong_place",
    "wrong_subject",
    "own_arithmetic",
]
SLIPS: tuple[str, ...] = get_args(Slip)
#: The slip behind a fact of the same topic that agrees but for one field.
OF_FIELD: dict[str, Slip] = {"period": "wrong_year", "place": "wrong_place"}
_THOUSAND = Decimal(1000)


def slip(printed: Quantity, expected: Sequence[Fact]) -> tuple[Slip, Fact | None]:
    """The slip that leads from one of the expected facts to what is printed, and that fact; none if no slip does."""
    for name, made in (
        ("percent_points", _unit_taken_for_another),
        ("factor_thousand", _thousandfold),
        ("digits_swapped", _swapped),
        ("truncated", _truncated),
        ("one_digit", _one_digit),
        ("factor_ten", _tenfold),
        ("bound", _bound),
    ):
        for fact in expected:
            if made(printed, fact.quantity):
                return name, fact  # type: ignore[return-value]  # each name is a Slip
    return "", None


def _unit_taken_for_another(printed: Quantity, known: Quantity) -> bool:
    return {printed.kind, known.kind} == {"percentage", "points"} and printed.value == known.value


def _numbers(printed: Quantity, known: Quantity) -> tuple[Decimal, Decimal] | None:
    if isinstance(printed.value, Decimal) and isinstance(known.value, Decimal) and printed.kind == known.kind:
        return printed.value, known.value
    return None


def _thousandfold(printed: Quantity, known: Quantity) -> bool:
    """A million for a billion, or the reverse, with the digits printed or what they round to."""
    pair = _numbers(printed, known)
    if pair is None or printed.kind != "money":
        return False
    return any(
        agreement(_scaled(printed, scale), known) == "agrees" for scale in (_THOUSAND, 1 / _THOUSAND, _THOUSAND**2)
    )


def _tenfold(printed: Quantity, known: Quantity) -> bool:
    """A zero too many or too few."""
    pair = _numbers(printed, known)
    if pair is None or printed.kind not in ("money", "count"):
        return False
    return digits_of(pair[0]) == digits_of(pair[1]) and abs(pair[0].adjusted() - pair[1].adjusted()) == 1


def _scaled(quantity: Quantity, scale: Decimal) -> Quantity:
    value = quantity.value * scale if isinstance(quantity.value, Decimal) else quantity.value
    return replace(quantity, value=value, precision=None if quantity.precision is None else quantity.precision * scale)


def _swapped(printed: Quantity, known: Quantity) -> bool:
    pair = _numbers(printed, known)
    if pair is None:
        return False
    one, other = (f"{abs(value):f}".replace(".", "") for value in _as_precise(*pair))
    one, other = one.lstrip("0"), other.lstrip("0")
    if len(one) != len(other) or one == other:
        return False
    return sorted(one) == sorted(other)


def _as_precise(printed: Decimal, known: Decimal) -> tuple[Decimal, Decimal]:
    """Both numbers, the known one rounded where it has more decimals than the printed one."""
    place = int(printed.as_tuple().exponent)
    finer = int(known.as_tuple().exponent) < place <= 0
    return printed, known.quantize(Decimal(1).scaleb(place), ROUND_HALF_UP) if finer else known


def _truncated(printed: Quantity, known: Quantity) -> bool:
    """The known number cut where it should have been rounded: 1.7 for 1.791."""
    pair = _numbers(printed, known)
    if pair is None or not pair[0] or len(digits_of(pair[0])) < 2:
        return False
    place = Decimal(1).scaleb(int(pair[0].normalize().as_tuple().exponent))
    return pair[1].quantize(place, ROUND_DOWN) == pair[0]


def _one_digit(printed: Quantity, known: Quantity) -> bool:
    pair = _numbers(printed, known)
    if pair is None:
        return False
    one, other = (f"{abs(value):f}" for value in pair)
    if printed.kind == "money":
        one, other = (digits_of(value) for value in pair)
    if printed.kind != "money" and abs(len(one) - len(other)) == 1:
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
    different = sum(a != b for a, b in zip(one, other, strict=False))
    return len(one) == len(other) > 1 and different == 1 and pair[0].adjusted() == pair[1].adjusted()


def _bound(printed: Quantity, known: Quantity) -> bool:
    """The number itself is right; what is said of its side is not: "more than" for "less than"."""
    return printed.value == known.value and printed.bound != known.bound
