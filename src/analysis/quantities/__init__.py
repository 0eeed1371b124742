"""The value of a number: as printed with its unit, bound and precision; as an interval; as computed from others."""

from analysis.calling import callable_too
from analysis.quantities.amount import Amount, UnitError
from analysis.quantities.interval import Interval, hull, plain
from analysis.quantities.quantity import (
    BOUNDS,
    FIGURES,
    KINDS,
    Bound,
    Kind,
    Lang,
    Quantity,
    Value,
)

__all__ = [
    "BOUNDS",
    "FIGURES",
    "KINDS",
    "Amount",
    "Bound",
    "Interval",
    "Kind",
    "Lang",
    "Quantity",
    "UnitError",
    "Value",
    "hull",
    "plain",
]

callable_too(__name__)
