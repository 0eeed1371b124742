"""The value of a printed number: unit, bound, printed precision, and the interval it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

Lang = Literal["fr", "en"]
Bound = Literal["exact", "about", "at_least", "at_most", "range"]
Kind = Literal[
    "percentage",
    "points",
    "money",
    "count",
    "multiplier",
    "ratio_in_words",
    "duration",
    "rating",
    "date",
    "year",
    "quarter",
    "time",
    "ordinal/rank",
    "page_or_footnote",
    "identifier",
]
Value = Decimal | tuple[Decimal, Decimal] | str | tuple[str, str] | None

KINDS: tuple[str, ...] = get_args(Kind)
BOUNDS: tuple[str, ...] = get_args(Bound)
#: The kinds that measure something; the others only point, date or name.
FIGURES = frozenset({"percentage", "points", "money", "count", "multiplier", "ratio_in_words", "duration", "rating"})


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that a printed one may stand for; ``None`` is an end without limit.

    >>> Interval(Decimal("18.5"), Decimal("19.5"), high_open=True)
    Interval [18.5, 19.5)
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, number: Decimal) -> bool:
        above = self.low is None or number > self.low or (number == self.low and not self.low_open)
        below = self.high is None or number < self.high or (number == self.high and not self.high_open)
        return above and below

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
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

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both: only then can the two be the same quantity."""
        return _starts_before_end(self, other) and _starts_before_end(other, self)

    def __str__(self) -> str:
        low = "(−∞" if self.low is None else f"{'(' if self.low_open else '['}{plain(self.low)}"
        high = "∞)" if self.high is None else f"{plain(self.high)}{')' if self.high_open else ']'}"
        return f"{low}, {high}"

    def __repr__(self) -> str:
        return f"Interval {self}"


def _starts_before_end(one: Interval, other: Interval) -> bool:
    if one.low is None or other.high is None:
        return True
    return one.low < other.high or (one.low == other.high and not (one.low_open or other.high_open))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text prints it.

    ``value``      a Decimal in the base unit (percentages as 45, money in euros, not millions); a pair for a
                   range; ISO text for dates, years and quarters; ``None`` for an identifier
    ``unit``       ``percent``, ``percentage points``, an ISO 4217 code, ``x``, a duration noun, or the thing counted
    ``bound``      how the value binds, from the words around it
    ``strict``     for ``at_least`` and ``at_most``: the limit itself is excluded ("moins de", not "jusqu'à")
    ``precision``  half of the last printed place, in the value's unit
    ``start, end`` where it is printed: ``text[start:end] == printed``
    """

    kind: Kind
    value: Value
    unit: str | None
    bound: Bound
    precision: Decimal | None
    printed: str
    start: int
    end: int
    lang: Lang
    strict: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether it measures something, rather than dates, numbers or names it."""
        return self.kind in FIGURES

    @property
    def interval(self) -> Interval | None:
        """The numbers it may stand for, in the value's unit; ``None`` where it is no number.

        A printed number stands for all that would be rounded to it; a range and a bound are taken as said.
        """
        match self.value:
            case (Decimal() as low, Decimal() as high):
                return Interval(low, high)
            case Decimal() as value:
                if self.bound == "at_least":
                    return Interval(value, None, low_open=self.strict)
                if self.bound == "at_most":
                    return Interval(None, value, high_open=self.strict)
                half = self.precision or Decimal(0)
                return Interval(value - half, value + half, high_open=half > 0)
            case _:
                return None

    def record(self, file: str) -> dict[str, object]:
        """The JSON object that ``nuage scan --json`` prints for it, with numbers as plain numbers."""
        return {
            "file": file,
            "start": self.start,
            "end": self.end,
            "printed": self.printed,
            "kind": self.kind,
            "value": _json_value(self.value),
            "unit": self.unit,
            "bound": self.bound,
            "precision": None if self.precision is None else _json_number(self.precision),
            "lang": self.lang,
        }


def _json_value(value: Value) -> object:
    match value:
        case Decimal():
            return _json_number(value)
        case (low, high):
            return [_json_value(low), _json_value(high)]
        case _:
            return value


def _json_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def plain(number: Decimal) -> str:
    """The number in digits, without exponent and without trailing zeros.

    >>> plain(Decimal("1.80E+9")), plain(Decimal("18.50"))
    ('1800000000', '18.5')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
