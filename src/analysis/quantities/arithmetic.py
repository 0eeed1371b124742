"""Arithmetic of amounts: sums, differences, shares, growth, means, with units held apart and intervals carried through.

The result's interval holds every number that the operands' intervals allow; its point is what the printed values
themselves give. Percents that are subtracted give percentage points; a change told in percent is another unit than
either. Each function raises UnitError for units that cannot be joined in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Context, Decimal
from itertools import product

from analysis.quantities.amount import PERCENT, POINTS, TIMES, YEARLY, Amount, UnitError
from analysis.quantities.interval import Interval, hull

_ONE, _HUNDRED = Decimal(1), Decimal(100)
_WIDE = Context(prec=40)


def total(*amounts: Amount) -> Amount:
    """The sum of amounts of one unit.

    >>> total(Amount.exactly(2), Amount.exactly(3)).point
    Decimal('5')
    """
    unit = _one_unit("added up", amounts)
    intervals = [amount.interval for amount in amounts]
    return _computed(sum(intervals[1:], start=intervals[0]), unit, amounts, sum, _finest(amounts))


def difference(after: Amount, before: Amount) -> Amount:
    """``after`` less ``before``; of two percentages, percentage points."""
    unit = _one_unit("subtracted", (after, before))
    told = POINTS if unit == PERCENT else unit
    return _computed(
        after.interval - before.interval, told, (after, before), lambda p: p[0] - p[1], _finest((after, before))
    )


def times(amount: Amount, factor: Decimal) -> Amount:
    """``amount`` multiplied by a number without a unit."""
    return _computed(amount.interval * factor, amount.unit, (amount,), lambda p: p[0] * factor)


def over(amount: Amount, divisor: Decimal) -> Amount:
    """``amount`` divided by a number without a unit, such as how many it adds up: that gives their mean."""
    return _computed(amount.interval / divisor, amount.unit, (amount,), lambda p: _WIDE.divide(p[0], divisor))


def ratio(of: Amount, to: Amount) -> Amount:
    """How many times ``to`` goes into ``of``: a multiple, in ``x``."""
    _one_unit("divided", (of, to))
    return _computed(of.interval / to.interval, TIMES, (of, to), lambda p: _WIDE.divide(p[0], p[1]))


def share(part: Amount, whole: Amount) -> Amount:
    """``part`` in percent of ``whole``."""
    return _scaled(ratio(part, whole), PERCENT)


def growth(after: Amount, before: Amount) -> Amount:
    """The change from ``before`` to ``after``, in percent of ``before``."""
    less_one = Amount.exactly(1, TIMES)
    return _scaled(difference(ratio(after, before), less_one), PERCENT)


def compound(rate: Amount, years: Amount) -> Amount:
    """What a yearly rate makes of one after that many years, in ``x``."""
    _unit("compounded", rate, YEARLY)
    _unit("a number of years", years, "year")
    factor = _factor(rate)
    return _computed(factor.interval**years.interval, TIMES, (factor, years), lambda p: _WIDE.power(p[0], p[1]))


def yearly_rate(multiple: Amount, years: Amount) -> Amount:
    """The yearly rate that makes a multiple in that many years (compound annual growth rate)."""
    _unit("a multiple", multiple, TIMES)
    _unit("a number of years", years, "year")
    exactly_one = Amount.exactly(1, TIMES)
    root = Interval.exactly(_ONE) / years.interval
    factor = _computed(
        multiple.interval**root, TIMES, (multiple, years), lambda p: _WIDE.power(p[0], _WIDE.divide(_ONE, p[1]))
    )
    return _scaled(difference(factor, exactly_one), YEARLY)


def weighted_mean(values: Sequence[Amount], weights: Sequence[Amount]) -> Amount:
    """The mean of ``values`` weighted by ``weights``, such as the growth of a market from that of its segments.

    The mean rises with each value and is monotone in each weight, so that its ends are reached at ends of the weights:
    all of them are tried, and the interval is the exact one, not the wider one of naive interval division.
    """
    unit = _one_unit("averaged", values)
    _one_unit("used as weights", weights)
    _bounded("weights", weights)
    corners = product(*((w.interval.low, w.interval.high) for w in weights))
    reached = [_mean([v.interval for v in values], [end for end in corner if end is not None]) for corner in corners]
    both = (*values, *weights)
    return _computed(hull(reached), unit, both, lambda p: _point_mean(p[: len(values)], p[len(values) :]))


def joint_growth(rates: Sequence[Amount], sizes: Sequence[Amount]) -> Amount:
    """The growth of a whole whose parts have grown at ``rates`` to reach ``sizes``: in percent, or percent per year.

    Weights are the sizes before the growth, which are those after it over the growth factors.
    """
    _one_unit("used as sizes", sizes)
    before = [
        _computed(size.interval / factor.interval, size.unit, (size, factor), lambda p: _WIDE.divide(p[0], p[1]))
        for size, factor in zip(sizes, map(_factor, rates), strict=True)
    ]
    return weighted_mean(rates, before)


def _factor(rate: Amount) -> Amount:
    """1.25 for a rate of 25 percent. Nothing shrinks to less than nothing, whatever a bound leaves open."""
    over = Interval.exactly(_HUNDRED)
    if rate.interval.low is None:
        rate = replace(rate, interval=replace(rate.interval, low=-_HUNDRED))
    return _computed((rate.interval + over) / over, TIMES, (rate,), lambda p: _WIDE.divide(p[0] + _HUNDRED, _HUNDRED))


def _scaled(multiple: Amount, unit: str) -> Amount:
    return replace(times(multiple, _HUNDRED), unit=unit)


def _mean(values: Sequence[Interval], weights: Sequence[Decimal]) -> Interval:
    parts = [value * Interval.exactly(weight) for value, weight in zip(values, weights, strict=True)]
    return sum(parts[1:], start=parts[0]) / Interval.exactly(sum(weights, start=Decimal(0)))


def _point_mean(values: Sequence[Decimal], weights: Sequence[Decimal]) -> Decimal:
    weighted = sum((v * w for v, w in zip(values, weights, strict=True)), start=Decimal(0))
    return _WIDE.divide(weighted, sum(weights, start=Decimal(0)))


def _computed(
    interval: Interval,
    unit: str,
    operands: Sequence[Amount],
    point: Callable[[list[Decimal]], Decimal | int],
    step: Decimal | None = None,
) -> Amount:
    points = [amount.point for amount in operands if amount.point is not None]
    told = Decimal(point(points)) if len(points) == len(operands) else None
    return Amount(interval, unit, told, any(amount.about for amount in operands), step or _deserved(interval))


def _deserved(interval: Interval) -> Decimal | None:
    """The place that a computed number deserves: the power of ten next below the width of what it may be.

    A bound has no width: it is shown with two significant digits.
    """
    if width := interval.width:
        return _ONE.scaleb(width.adjusted())
    limit = interval.high if interval.low is None else interval.low
    return _ONE.scaleb(limit.adjusted() - 1) if limit and width is None else None


def _finest(amounts: Sequence[Amount]) -> Decimal | None:
    return min((amount.step for amount in amounts if amount.step), default=None)


def _one_unit(what: str, amounts: Sequence[Amount]) -> str:
    units = sorted({amount.unit for amount in amounts})
    if len(units) != 1:
        told = ", ".join(unit or "a count" for unit in units) or "nothing"
        raise UnitError(f"these cannot be {what}: {told}")
    return units[0]


def _unit(what: str, amount: Amount, unit: str) -> None:
    if amount.unit != unit:
        raise UnitError(f"{amount.unit or 'a count'} cannot be {what}", way_out=f"it takes {unit}")


def _bounded(what: str, amounts: Sequence[Amount]) -> None:
    if any(amount.interval.width is None for amount in amounts):
        raise UnitError(f"a bound cannot be used as {what}")
