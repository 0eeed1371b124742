"""Intervals of Decimals with open, closed or missing ends, and their arithmetic.

Method: the ends of a sum, product or power of intervals are reached at ends of the operands (Moore, Kearfott and Cloud,
*Introduction to Interval Analysis*, 2009). Where a division or a root does not come out even, the lower end is rounded
down and the upper one up, so that the result never leaves out a number it should hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import wraps
from typing import TypeVar

_INFINITY = Decimal("Infinity")
_ZERO, _ONE = Decimal(0), Decimal(1)
_DIGITS = 40
_DOWN = Context(prec=_DIGITS, rounding=ROUND_FLOOR)
_UP = Context(prec=_DIGITS, rounding=ROUND_CEILING)

#: A number that an interval reaches, or (open) only comes near to.
_End = tuple[Decimal, bool]
_Operation = Callable[[Context, Decimal, Decimal], Decimal]
T = TypeVar("T")


def _or_number(operation: Callable[[Interval, Interval], T]) -> Callable[[Interval, Interval | Decimal | int], T]:
    """Lets an exact number stand for the interval that holds it alone; all else is left to the other operand.

    So a column of intervals can be computed with as a whole. A float is no exact number.
    """

    @wraps(operation)
    def operator(self: Interval, other: object) -> T:
        if isinstance(other, Decimal | int):
            other = Interval.exactly(Decimal(other))
        return operation(self, other) if isinstance(other, Interval) else NotImplemented

    return operator


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that a printed one may stand for; ``None`` is an end without limit.

    An exact number can stand in for an interval in what is computed. ``<``, ``<=``, ``>`` and ``>=`` hold where they
    hold of every number of both, so that of two intervals that overlap neither is less.

    >>> Interval(Decimal("18.5"), Decimal("19.5"), high_open=True)
    Interval [18.5, 19.5)
    >>> Interval(Decimal(18), Decimal(20)) * 2 + 1, Interval(Decimal(18), Decimal(20)) < 21
    (Interval [37, 41], True)
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, number: Decimal) -> bool:
        above = self.low is None or number > self.low or (number == self.low and not self.low_open)
        below = self.high is None or number < self.high or (number == self.high and not self.high_open)
        return above and below

    @_or_number
    def __add__(self, other: Interval) -> Interval:
        return Interval(
            None if self.low is None or other.low is None else _DOWN.add(self.low, other.low),
            None if self.high is None or other.high is None else _UP.add(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
        )

    @_or_number
    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    @_or_number
    def __mul__(self, other: Interval) -> Interval:
        return _combined(self, other, _multiplied)

    @_or_number
    def __truediv__(self, other: Interval) -> Interval:
        """The quotients. Raises ZeroDivisionError where ``other`` holds or crosses zero."""
        low, high = _ends(other)
        if _ZERO in other or low[0] < 0 < high[0]:
            raise ZeroDivisionError(f"{other} holds zero")
        return _combined(-self, -other, _divided) if low[0] < 0 else _combined(self, other, _divided)

    __radd__, __rmul__ = __add__, __mul__

    @_or_number
    def __rsub__(self, other: Interval) -> Interval:
        return other - self

    @_or_number
    def __rtruediv__(self, other: Interval) -> Interval:
        return other / self

    @_or_number
    def __lt__(self, other: Interval) -> bool:
        return not _starts_before_end(other, self)

    @_or_number
    def __le__(self, other: Interval) -> bool:
        return self.high is not None and other.low is not None and self.high <= other.low

    @_or_number
    def __gt__(self, other: Interval) -> bool:
        return other < self

    @_or_number
    def __ge__(self, other: Interval) -> bool:
        return other <= self

    def __pow__(self, exponent: Interval) -> Interval:
        """The powers of numbers that are not negative. Raises ValueError where some are."""
        if self.low is None or self.low < 0:
            raise ValueError(f"{self} holds negative numbers")
        return _combined(self, exponent, _raised)

    @classmethod
    def exactly(cls, number: Decimal) -> Interval:
        """The interval that holds this number alone."""
        return cls(number, number)

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both: only then can the two be the same quantity."""
        return _starts_before_end(self, other) and _starts_before_end(other, self)

    def within(self, other: Interval) -> bool:
        """Whether every number of it lies in ``other``.

        >>> Interval(Decimal(24), Decimal(26)).within(Interval(Decimal(20), None))
        True
        """
        low, high = _ends(self)
        other_low, other_high = _ends(other)
        return (low[0], low[1]) >= (other_low[0], other_low[1]) and (high[0], not high[1]) <= (
            other_high[0],
            not other_high[1],
        )

    @property
    def order(self) -> tuple[_End, _End]:
        """What to sort by: the low end, then the high one.

        >>> sorted([Interval(Decimal(2), None), Interval(None, Decimal(5))], key=lambda each: each.order)[0]
        Interval (−∞, 5]
        """
        (low, low_open), (high, high_open) = _ends(self)
        return (low, low_open), (high, not high_open)

    @property
    def width(self) -> Decimal | None:
        """How far its ends lie apart; ``None`` without limit."""
        return None if self.low is None or self.high is None else self.high - self.low

    def __str__(self) -> str:
        low = "(−∞" if self.low is None else f"{'(' if self.low_open else '['}{plain(self.low)}"
        high = "∞)" if self.high is None else f"{plain(self.high)}{')' if self.high_open else ']'}"
        return f"{low}, {high}"

    def __repr__(self) -> str:
        return f"Interval {self}"


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval that holds them all; there must be one.

    >>> hull([Interval(Decimal(1), Decimal(2)), Interval(Decimal(4), None)])
    Interval [1, ∞)
    """
    lows, highs = zip(*map(_ends, intervals), strict=True)
    return _interval(lows, highs)


def plain(number: Decimal) -> str:
    """The number in digits, without exponent and without trailing zeros.

    >>> plain(Decimal("1.80E+9")), plain(Decimal("18.50"))
    ('1800000000', '18.5')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _starts_before_end(one: Interval, other: Interval) -> bool:
    if one.low is None or other.high is None:
        return True
    return one.low < other.high or (one.low == other.high and not (one.low_open or other.high_open))


def _ends(interval: Interval) -> tuple[_End, _End]:
    low = (-_INFINITY, True) if interval.low is None else (interval.low, interval.low_open)
    high = (_INFINITY, True) if interval.high is None else (interval.high, interval.high_open)
    return low, high


def _combined(one: Interval, other: Interval, operation: _Operation) -> Interval:
    corners = [(a, b) for a in _ends(one) for b in _ends(other)]
    return _interval(
        [_corner(_DOWN, a, b, operation) for a, b in corners], [_corner(_UP, a, b, operation) for a, b in corners]
    )


def _corner(context: Context, one: _End, other: _End, operation: _Operation) -> _End:
    # Zero times anything is zero, and so is zero over anything: it is reached if that zero is.
    zeros = (one, other) if operation is _multiplied else (one,) if operation is _divided else ()
    reached = (_ZERO, False) in zeros
    return operation(context, one[0], other[0]), not reached and (one[1] or other[1])


def _interval(lows: Iterable[_End], highs: Iterable[_End]) -> Interval:
    # Among equal ends, one that is reached makes the interval reach it.
    low = min(lows, key=lambda end: (end[0], end[1]))
    high = max(highs, key=lambda end: (end[0], not end[1]))
    return Interval(
        low[0] if low[0].is_finite() else None,
        high[0] if high[0].is_finite() else None,
        low[0].is_finite() and low[1],
        high[0].is_finite() and high[1],
    )


def _multiplied(context: Context, one: Decimal, other: Decimal) -> Decimal:
    return _ZERO if not one or not other else context.multiply(one, other)


def _divided(context: Context, one: Decimal, other: Decimal) -> Decimal:
    # The divisors are positive: at zero there is an open end, which they only come near to.
    if not one or not other.is_finite():
        return _ZERO
    return context.divide(one, other) if other else one * _INFINITY


def _raised(context: Context, base: Decimal, exponent: Decimal) -> Decimal:
    if not base or not base.is_finite():
        return base if exponent > 0 else _ONE
    return context.power(base, exponent)
