"""Intervals and quantities in columns: sums, differences, ratios, comparisons and groups, and what is refused."""

from __future__ import annotations

import operator
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from analysis import desk
from analysis.errors import InputError, UsageError
from analysis.quantities import Amount, Interval, UnitError

SEGMENTS = ["iaas", "paas", "saas"]


def interval(low: int | str | None, high: int | str | None, **ends: Any) -> Interval:
    return Interval(None if low is None else Decimal(low), None if high is None else Decimal(high), **ends)


def column(*cells: Interval | None) -> Any:
    return pd.Series(cells, dtype="object")


@pytest.fixture
def segments() -> Any:
    frame = desk.table("market_share", measure="market_size", segment=SEGMENTS)
    assert frame["segment"].tolist() == SEGMENTS
    return frame.assign(interval=desk.intervals(frame), quantity=desk.quantities(frame))


def test_an_interval_is_that_of_the_row(segments: Any) -> None:
    for row in segments.to_dict("records"):
        assert (row["interval"].low, row["interval"].high) == (row["low"], row["high"])
        assert row["interval"] == row["quantity"].interval


def test_the_index_of_the_frame_is_kept() -> None:
    frame = desk.claims("adoption").iloc[::-1]
    assert desk.intervals(frame).index.equals(frame.index)
    assert desk.intervals(frame)[6] == desk.claim("adoption_de_2020").interval


def test_a_sum_is_the_interval_of_the_sum(segments: Any) -> None:
    assert segments["interval"].sum() == interval(57_500_000_000, 60_500_000_000, high_open=True)
    assert segments.groupby("place")["interval"].agg("sum").tolist() == [segments["interval"].sum()]
    grouped = segments.groupby("segment").agg(total=("interval", "sum"), rows=("id", "size"))
    assert grouped["total"].tolist() == segments["interval"].tolist()
    assert sum(segments["interval"]) == segments["interval"].sum()
    assert segments["interval"].cumsum().iloc[-1] == segments["interval"].sum()


def test_a_missing_interval_is_left_out_of_a_sum() -> None:
    assert column(None, interval(1, 2), interval(3, 4)).sum() == interval(4, 6)
    assert column(interval(1, 2), None).isna().tolist() == [False, True]


def test_columns_are_computed_with_cell_by_cell() -> None:
    one, other = column(interval(1, 2), interval(3, 4)), column(interval(1, 1), interval(2, 4))
    assert (one + other).tolist() == [interval(2, 3), interval(5, 8)]
    assert (one - other).tolist() == [interval(0, 1), interval(-1, 2)]
    assert (one * other).tolist() == [interval(1, 2), interval(6, 16)]
    assert (one / other).tolist() == [interval(1, 2), interval("0.75", 2)]
    assert one.diff().iloc[1] == interval(1, 3)


@pytest.mark.parametrize(
    ("compute", "expected"),
    [
        (lambda c: c + 1, interval(2, 3)),
        (lambda c: 1 + c, interval(2, 3)),
        (lambda c: c - Decimal("0.5"), interval("0.5", "1.5")),
        (lambda c: 5 - c, interval(3, 4)),
        (lambda c: c * 10, interval(10, 20)),
        (lambda c: 10 * c, interval(10, 20)),
        (lambda c: c * pd.Series([10]), interval(10, 20)),
        (lambda c: c / 4, interval("0.25", "0.5")),
        (lambda c: 4 / c, interval(2, 4)),
        (lambda c: interval(1, 1) + c, interval(2, 3)),
        (lambda c: c.sum() / len(c), interval(1, 2)),
    ],
)
def test_exact_numbers_take_part(compute: Callable[[Any], Any], expected: Interval) -> None:
    computed = compute(column(interval(1, 2)))
    assert (computed.iloc[0] if isinstance(computed, pd.Series) else computed) == expected


def test_a_comparison_holds_where_it_holds_of_every_number() -> None:
    low, overlapping, high = interval(1, 2), interval(2, 3), interval(4, 5)
    assert (column(low, overlapping, high) < high).tolist() == [True, True, False]
    assert (column(low, overlapping, high) > 2).tolist() == [False, False, True]
    assert (column(low, overlapping) <= 2).tolist() == [True, False]
    assert (column(low, overlapping) >= 2).tolist() == [False, True]
    assert not low < overlapping
    assert not overlapping < low
    assert low <= overlapping
    assert interval(1, 2, high_open=True) < overlapping
    assert not interval(1, None) < high
    assert not interval(None, 3) > low
    assert (column(low, None) < 9).tolist() == [True, False]


def test_a_column_is_sorted_by_its_ends() -> None:
    cells = [interval(2, 9), None, interval(None, 3), interval(2, 3), interval(2, None), interval(2, 3, low_open=True)]
    frame = pd.DataFrame({"interval": column(*cells)})
    ordered = frame.sort_values("interval", key=desk.order)["interval"].tolist()
    assert ordered == [cells[2], cells[3], cells[0], cells[4], cells[5], None]


@pytest.mark.parametrize("refused", ["mean", "median", "std"])
def test_what_pandas_would_compute_with_floats_is_refused(segments: Any, refused: str) -> None:
    for name in ("interval", "quantity"):
        with pytest.raises(TypeError):
            getattr(segments[name], refused)()


def test_a_float_is_refused_as_it_is_not_exact() -> None:
    cells = column(interval(1, 2))
    for sign in (operator.mul, operator.add, operator.sub, operator.truediv, operator.lt):
        with pytest.raises(TypeError):
            sign(cells, 2.5)


def test_quantities_are_computed_with_their_units(segments: Any) -> None:
    total = segments["quantity"].sum()
    assert isinstance(total, Amount)
    assert total.point is not None
    assert (total.point, total.unit) == (Decimal(59_000_000_000), "EUR")
    assert total.interval == segments["interval"].sum()
    assert (total / 3).unit == "EUR"
    assert (total * 2).point == (2 * total).point == 2 * total.point
    ratios = segments["quantity"] / segments["quantity"].iloc[0]
    assert {each.unit for each in ratios} == {"x"}
    assert segments.groupby("place")["quantity"].sum().iloc[0] == total
    assert sum(segments["quantity"]) == total


def test_percentages_subtracted_are_points() -> None:
    before, after = (desk.claim(name).quantity for name in ("adoption_fr_2018", "adoption_fr_2020"))
    rise = after - before
    assert (rise.point, rise.unit) == (8, "percentage points")
    assert rise.interval == interval(7, 9, low_open=True, high_open=True)


def test_units_that_cannot_be_joined_and_dates_are_refused(segments: Any) -> None:
    percent = desk.claim("adoption_fr_2018").quantity
    with pytest.raises(UnitError, match="EUR"):
        segments["quantity"] + percent
    with pytest.raises(InputError, match="no number"):
        desk.quantities(desk.table("timeline")).sum()
    with pytest.raises(TypeError):
        segments["quantity"] + 1


def test_a_date_has_no_interval() -> None:
    frame = desk.table("timeline", kind="date")
    assert desk.intervals(frame).isna().all()


def test_a_frame_without_numbers_is_refused() -> None:
    with pytest.raises(UsageError, match='no column "id"'):
        desk.intervals(desk.documents())
    with pytest.raises(InputError, match="no claim"):
        desk.quantities(desk.table("partners"))


def test_intervals_and_quantities_survive_being_stored(segments: Any) -> None:
    again = pickle.loads(pickle.dumps(segments))  # noqa: S301  # our own bytes
    pd.testing.assert_frame_equal(again, segments)
