"""The signs +, −, × and ÷ between what has a unit, as ``arithmetic`` has them: for columns computed with as a whole."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.quantities.amount import Amount


class Signs:
    """What can be added, subtracted and divided: a quantity, or an amount computed from some. It gives an amount.

    Of the numbers without unit, only zero can be added, as ``sum`` begins with it; any exact one can multiply or
    divide. Raises UnitError for units that cannot be joined, InputError for a date.
    """

    __slots__ = ()

    def __add__(self, other: object) -> Amount:
        from analysis.quantities.arithmetic import total  # noqa: PLC0415  # it is made of what has these signs

        if isinstance(other, int) and not other:
            return _amount(self)
        return total(_amount(self), _amount(other)) if isinstance(other, Signs) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other: object) -> Amount:
        from analysis.quantities.arithmetic import difference  # noqa: PLC0415  # as above

        return difference(_amount(self), _amount(other)) if isinstance(other, Signs) else NotImplemented

    def __mul__(self, factor: object) -> Amount:
        from analysis.quantities.arithmetic import times  # noqa: PLC0415  # as above

        return times(_amount(self), Decimal(factor)) if isinstance(factor, Decimal | int) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Amount:
        from analysis.quantities.arithmetic import over, ratio  # noqa: PLC0415  # as above

        if isinstance(other, Decimal | int):
            return over(_amount(self), Decimal(other))
        return ratio(_amount(self), _amount(other)) if isinstance(other, Signs) else NotImplemented


def _amount(thing: object) -> Amount:
    from analysis.quantities.amount import Amount  # noqa: PLC0415  # as above
    from analysis.quantities.quantity import Quantity  # noqa: PLC0415  # as above

    if isinstance(thing, Quantity):
        return Amount.of(thing)
    assert isinstance(thing, Amount)  # noqa: S101  # nothing else has these signs
    return thing
