"""Columns of intervals and quantities, to compute with as a whole: object columns whose cells do the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis import words
from analysis.errors import InputError, UsageError
from analysis.quantities import Interval, Quantity


def intervals(frame: pd.DataFrame) -> pd.Series:
    """What the number of each row stands for: a column of ``Interval``, ``None`` for a date, with the frame's index.

    Columns of intervals, and intervals with exact numbers (int, Decimal), are added, subtracted, multiplied, divided
    and compared cell by cell; ``sum()``, also by group, gives the interval of the sum. ``<`` and its kind hold where
    they hold of every number of both, so that they do not order intervals that overlap: sort by ``order``. A float is
    refused, for it is not exact; ``mean()`` is not defined: ``sum() / len(…)`` is the interval of the mean.

    >>> from analysis.desk import table
    >>> segments = table("market_share", measure="market_size", segment=["iaas", "paas"])
    >>> intervals(segments).sum()
    Interval [19000000000, 21000000000)
    """
    found = [each.interval for each in _quantities(frame)]
    return _objects(found, frame, "interval")


def quantities(frame: pd.DataFrame) -> pd.Series:
    """The number of each row as it was read: a column of ``Quantity``, with the frame's index.

    They are added, subtracted and divided with their units and intervals, which gives a column of ``Amount``:
    percentages subtracted give percentage points, and units that cannot be joined raise UnitError.

    >>> from analysis.desk import table
    >>> segments = table("market_share", measure="market_size", segment=["iaas", "paas"])
    >>> quantities(segments).sum().point, quantities(segments).sum().unit
    (Decimal('20000000000'), 'EUR')
    """
    return _objects([*_quantities(frame)], frame, "quantity")


def order(column: pd.Series) -> pd.Series:
    """What sorts a column of intervals, by low end, then by high end: ``frame.sort_values("interval", key=order)``.

    >>> from decimal import Decimal
    >>> order(pd.Series([Interval(Decimal(2), None), Interval(None, Decimal(5))])).tolist()
    [1, 0]
    """
    told = sorted({each.order for each in column if isinstance(each, Interval)})
    places = {each: place for place, each in enumerate(told)}
    return column.map(lambda each: places[each.order] if isinstance(each, Interval) else None)


def _quantities(frame: pd.DataFrame) -> Iterator[Quantity]:
    if "id" not in frame:
        raise UsageError('the frame has no column "id"', way_out="keep the ids of claims and observations")
    for name in frame["id"]:
        if (entry := words.known(name)) is None:
            raise InputError(f'no claim and no observation "{name}"', way_out="names and findings are no numbers")
        yield entry.quantity


def _objects(found: list[Interval | None] | list[Quantity], frame: pd.DataFrame, name: str) -> pd.Series:
    return pd.Series(found, index=frame.index, dtype="object", name=name)
