"""What a quantity stands for, and what is computed from several: an interval with a unit that cannot be confused."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analysis.errors import InputError
from analysis.quantities.interval import Interval
from analysis.quantities.quantity import Quantity
from analysis.quantities.signs import Signs

PERCENT, POINTS, YEARLY, TIMES = "percent", "percentage points", "percent per year", "x"


class UnitError(InputError):
    """Two units that cannot be joined: percents and points, euros and projects."""


@dataclass(frozen=True, slots=True)
class Amount(Signs):
    """The numbers that something may be, with its unit.

    ``interval``  all that it may be
    ``unit``      ``EUR`` and other ISO 4217 codes, ``percent``, ``percentage points``, ``percent per year``, ``x`` for
                  a ratio or a multiple, ``month``, ``year``…, or what is counted; empty for a bare count
    ``point``     the number that the printed values themselves give; ``None`` where a bound or a range takes part
    ``about``     an approximate number takes part: what follows is compatible at best, never a contradiction
    ``step``      the last place that deserves to be shown, in the unit; ``None`` where nothing tells
    """

    interval: Interval
    unit: str
    point: Decimal | None = None
    about: bool = False
    step: Decimal | None = None

    @classmethod
    def of(cls, quantity: Quantity, unit: str | None = None) -> Amount:
        """What a printed quantity stands for; ``unit`` says more than was printed (a rate is per year).

        Raises InputError for a quantity that is no number, such as a date.

        >>> from analysis.reading import read
        >>> Amount.of(read("19 %", lang="fr")).interval, Amount.of(read("667 M€", lang="fr")).point
        (Interval [18.5, 19.5), Decimal('667000000'))
        """
        if quantity.interval is None:
            raise InputError(f'"{quantity.printed}" is no number to compute with', evidence=f"it is a {quantity.kind}")
        single = isinstance(quantity.value, Decimal) and quantity.bound in ("exact", "about")
        return cls(
            quantity.interval,
            quantity.unit or "" if unit is None else unit,
            quantity.value if single and isinstance(quantity.value, Decimal) else None,
            quantity.bound == "about",
            2 * quantity.precision if quantity.precision else None,
        )

    @classmethod
    def exactly(cls, number: Decimal | int, unit: str = "") -> Amount:
        """A number that was counted, not rounded."""
        value = Decimal(number)
        return cls(Interval.exactly(value), unit, value)
