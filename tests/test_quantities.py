"""Intervals and quantities."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.quantities import Interval, Quantity, Value, plain

D = Decimal
numbers = st.decimals(-1000, 1000, places=1, allow_nan=False)


def quantity(value: Value, bound: str = "exact", precision: str | None = "0.5", strict: bool = False) -> Quantity:
    half = None if precision is None else D(precision)
    return Quantity("percentage", value, "percent", bound, half, "x", 0, 1, "fr", strict)  # type: ignore[arg-type]


def test_a_printed_number_stands_for_all_that_rounds_to_it() -> None:
    interval = quantity(D(19)).interval
    assert str(interval) == "[18.5, 19.5)"
    assert interval is not None
    assert D("18.5") in interval
    assert D("19.5") not in interval


@pytest.mark.parametrize(
    ("bound", "strict", "shown"),
    [
        ("at_most", True, "(−∞, 2)"),
        ("at_most", False, "(−∞, 2]"),
        ("at_least", True, "(2, ∞)"),
        ("at_least", False, "[2, ∞)"),
    ],
)
def test_a_bound_stands_for_one_side(bound: str, strict: bool, shown: str) -> None:
    assert str(quantity(D(2), bound, strict=strict).interval) == shown


def test_a_range_stands_for_what_lies_between() -> None:
    assert str(quantity((D(70), D(90)), "range").interval) == "[70, 90]"


def test_what_is_no_number_has_no_interval() -> None:
    assert quantity("2021-11-02").interval is None
    assert quantity(None).interval is None


def test_two_printings_of_one_share_can_meet_only_if_the_roundings_do() -> None:
    def meets(one: Quantity, other: Quantity) -> bool:
        assert one.interval
        assert other.interval
        return one.interval.meets(other.interval)

    assert not meets(quantity(D(69)), quantity(D(66)))
    assert meets(quantity(D(2)), quantity(D(2), "at_most", strict=True))
    assert not meets(quantity(D(19)), quantity(D(20)))  # 19.5 belongs to 20 alone


@given(numbers, numbers, numbers, numbers)
def test_a_sum_of_intervals_holds_every_sum_of_their_numbers(a: D, b: D, c: D, d: D) -> None:
    one, other = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    assert a + c in one + other
    assert a - d in one - other


@given(numbers)
def test_plain_digits_read_back_to_the_number(number: D) -> None:
    assert D(plain(number)) == number
    assert "E" not in plain(number * D(10) ** 12)


def test_a_record_gives_plain_numbers() -> None:
    assert quantity((D(70), D("90.5")), "range").record("a.txt") == {
        "file": "a.txt",
        "start": 0,
        "end": 1,
        "printed": "x",
        "kind": "percentage",
        "value": [70, 90.5],
        "unit": "percent",
        "bound": "range",
        "precision": 0.5,
        "lang": "fr",
    }
