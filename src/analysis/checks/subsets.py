"""Which of some numbers add up to another: a search that meets in the middle.

Every subset of the wanted size is cut into its smaller and its larger numbers. Both halves are listed once; for each
total and each lower half, the upper halves that complete it lie side by side in a sorted list (Horowitz and Sahni,
*Computing partitions with applications to the knapsack problem*, Journal of the ACM, 1974).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from analysis.quantities import Interval

_Ends = tuple[Decimal, Decimal]


def subset_sums(
    numbers: Sequence[Interval], size: int, totals: Collection[int] | None = None
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Every ``size`` numbers whose sum may be another number above them all: their indices, and that of the total.

    ``numbers`` are bounded intervals in rising order; ``totals`` are the indices to try as totals, all by default.

    >>> whole = [Interval(Decimal(n), Decimal(n)) for n in (10, 56, 66, 134)]
    >>> list(subset_sums(whole, 2))
    [((0, 1), 2)]
    """
    ends = [_ends(number) for number in numbers]
    wanted = sorted(range(len(ends)) if totals is None else totals)
    if not wanted:
        return
    lower = [(chosen, _sum(ends, chosen)) for chosen in combinations(range(len(ends)), size // 2)]
    upper = sorted(
        ((_sum(ends, chosen), chosen) for chosen in combinations(range(len(ends)), size - size // 2)),
        key=lambda each: (each[0][1], each[1]),
    )
    highs = [high for (_, high), _ in upper]
    widest = max((high - low for (low, high), _ in upper), default=Decimal(0))
    for total in wanted:
        low, high = ends[total]
        for chosen, (least, most) in lower:
            if chosen and chosen[-1] >= total:
                continue
            for position in range(bisect_left(highs, low - most), len(upper)):
                (_, rest_most), rest = upper[position]
                if rest_most - widest + least > high:
                    break
                in_order = rest[-1] < total and (not chosen or chosen[-1] < rest[0])
                if in_order and _sum_interval(numbers, (*chosen, *rest)).meets(numbers[total]):
                    yield (*chosen, *rest), total


def _ends(number: Interval) -> _Ends:
    if number.low is None or number.high is None:
        raise ValueError(f"{number} has no end to add up to")
    return number.low, number.high


def _sum(ends: Sequence[_Ends], chosen: Sequence[int]) -> _Ends:
    zero = Decimal(0)
    return sum((ends[i][0] for i in chosen), zero), sum((ends[i][1] for i in chosen), zero)


def _sum_interval(numbers: Sequence[Interval], chosen: Sequence[int]) -> Interval:
    first, *others = (numbers[i] for i in chosen)
    return sum(others, start=first)
