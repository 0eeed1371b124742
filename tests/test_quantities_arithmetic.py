"""Amounts computed from others: units held apart, and no number left out that the roundings allow."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.quantities import Amount, Interval, UnitError, arithmetic, hull
from analysis.reading import read


def amount(printed: str, unit: str | None = None, cue: str = "") -> Amount:
    return Amount.of(read(printed, cue=cue, lang="fr"), unit)


def yearly(printed: str, cue: str = "") -> Amount:
    return amount(printed, "percent per year", cue)


def test_a_sum_of_rounded_amounts_is_as_uncertain_as_its_parts_together() -> None:
    summed = arithmetic.total(*(amount(f"{m} M€") for m in (421, 66, 150, 30)))
    assert summed.point == Decimal(667_000_000)
    assert str(summed.interval) == "[665000000, 669000000)"


def test_percentages_subtracted_are_points_and_divided_are_percent() -> None:
    after, before = amount("27 %"), amount("19 %")
    assert (arithmetic.difference(after, before).unit, arithmetic.growth(after, before).unit) == (
        "percentage points",
        "percent",
    )
    assert str(arithmetic.difference(after, before).interval) == "(7, 9)"


@pytest.mark.parametrize(
    "operation",
    [
        lambda: arithmetic.total(amount("27 %"), amount("8 points")),
        lambda: arithmetic.total(amount("5 M€"), amount("5 projets")),
        lambda: arithmetic.difference(amount("5 M€"), amount("5 millions de dollars")),
        lambda: arithmetic.growth(amount("5 M€"), amount("27 %")),
        lambda: arithmetic.compound(amount("25 %"), amount("10 ans")),
        lambda: arithmetic.compound(yearly("25 %"), amount("10 mois")),
        lambda: arithmetic.yearly_rate(amount("10 %"), amount("10 ans")),
        lambda: arithmetic.weighted_mean([amount("5 %")], [amount("1 M€", cue="plus de")]),
        arithmetic.total,
    ],
    ids=[
        "percents and points",
        "euros and a count",
        "euros and dollars",
        "euros over percents",
        "a rate that is not yearly",
        "months for years",
        "a multiple in percent",
        "a bound as a weight",
        "nothing",
    ],
)
def test_units_that_do_not_go_together_are_refused(operation: Callable[[], Amount]) -> None:
    with pytest.raises(UnitError):
        operation()


def test_a_date_is_no_amount() -> None:
    with pytest.raises(InputError, match="no number to compute with"):
        amount("2 novembre 2021")


def test_a_bound_gives_a_bound_and_no_point() -> None:
    multiple = arithmetic.compound(yearly("25 %", cue="plus de"), Amount.exactly(10, "year"))
    assert multiple.point is None
    assert multiple.interval.high is None
    assert multiple.interval.low is not None
    assert multiple.interval.low_open
    assert multiple.interval.low.quantize(Decimal("0.001")) == Decimal("9.313")


def test_an_approximate_number_makes_all_that_follows_approximate() -> None:
    assert arithmetic.total(amount("une vingtaine"), amount("3")).about


def test_a_multiple_and_its_yearly_rate_undo_each_other() -> None:
    years = Amount.exactly(10, "year")
    rate = arithmetic.yearly_rate(Amount.exactly(10, "x"), years)
    assert rate.point is not None
    assert rate.point.quantize(Decimal("0.01")) == Decimal("25.89")
    again = arithmetic.compound(rate, years)
    assert Decimal(10) in again.interval


def test_segments_grow_jointly_at_their_mean_weighted_by_size() -> None:
    rates = [yearly("30 %"), yearly("22 %"), yearly("17 %")]
    sizes = [amount(f"{size} Md€") for size in (11, 9, 39)]
    by_start, by_end = arithmetic.weighted_mean(rates, sizes), arithmetic.joint_growth(rates, sizes)
    assert by_start.point is not None
    assert by_end.point is not None
    assert (round(by_start.point, 2), round(by_end.point, 2)) == (Decimal("20.19"), Decimal("19.99"))
    assert by_start.interval.high is not None
    assert by_start.interval.high < Decimal(21)


def test_a_weighted_mean_is_no_wider_than_its_weights_allow() -> None:
    """Dividing intervals naively would let the mean of equal values be another value."""
    mean = arithmetic.weighted_mean([Amount.exactly(5, "percent")] * 2, [amount("1 M€"), amount("3 M€")])
    assert mean.interval.low is not None
    assert mean.interval.high is not None
    assert round(mean.interval.low, 20) == round(mean.interval.high, 20) == 5


def test_division_by_what_may_be_zero_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        arithmetic.ratio(amount("5 M€"), Amount(Interval(Decimal(-1), Decimal(1)), "EUR"))


def test_a_negative_divisor_turns_the_interval_round() -> None:
    quotient = Interval(Decimal(1), Decimal(2)) / Interval(Decimal(-4), Decimal(0), high_open=True)
    assert str(quotient) == "(−∞, -0.25]"


ends = st.decimals(min_value=-50, max_value=50, places=1)
numbers = st.decimals(min_value=0, max_value=1, places=3)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval and a number inside it."""
    low, high = sorted((draw(ends), draw(ends)))
    inside = low + (high - low) * draw(numbers)
    opened = inside not in (low, high)
    return Interval(
        None if opened and draw(st.booleans()) else low,
        None if opened and draw(st.booleans()) else high,
        low_open=opened and draw(st.booleans()),
        high_open=opened and draw(st.booleans()),
    ), inside


@given(intervals(), intervals())
def test_no_result_of_numbers_inside_lies_outside(
    one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]
) -> None:
    (a, x), (b, y) = one, other
    assert x + y in a + b
    assert x - y in a - b
    assert x * y in a * b
    if b.low is not None and b.low > 0:
        # Exactly: a Decimal would be rounded, perhaps outwards of what has as many digits.
        low, exact, high = (a / b).low, Fraction(x) / Fraction(y), (a / b).high
        assert low is None or Fraction(low) <= exact
        assert high is None or exact <= Fraction(high)
    assert x in hull([a, b])
    assert y in hull([a, b])
    assert a.within(hull([a, b]))


@given(intervals(), intervals())
def test_an_interval_within_another_meets_it(one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
    (a, x), (b, _) = one, other
    if a.within(b):
        assert x in b
        assert a.meets(b)


@pytest.mark.parametrize(("low_open", "high_open"), list(product([False, True], repeat=2)))
def test_an_open_end_stays_open_through_powers(low_open: bool, high_open: bool) -> None:
    base = Interval(Decimal(1), Decimal(2), low_open=low_open, high_open=high_open)
    raised = base ** Interval.exactly(Decimal(3))
    assert raised == Interval(Decimal(1), Decimal(8), low_open=low_open, high_open=high_open)
