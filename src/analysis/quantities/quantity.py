"""A number as a text prints it: value, unit, bound, printed precision, and the interval it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from analysis.quantities.interval import Interval
from analysis.quantities.signs import Signs

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
class Quantity(Signs):
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
