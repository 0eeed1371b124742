"""Relations between dates: how long lies between two, which day of the week one is, whether two are one.

A date that is printed without its day, or without its month, is every day that it may be. Months are counted as whole
months and, of the last one, the share of its days.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace
from decimal import Decimal

from analysis.checks.operands import Case, Operand
from analysis.checks.outcome import AGREES, COMPATIBLE, DISAGREES, Line, Outcome, Term, judge, mark, sign
from analysis.claims import Claim
from analysis.quantities import Amount, Interval
from analysis.quantities.spans import Span, with_year

_MONTHS = 12
_WEEKDAYS = {
    name: number
    for names in (
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}


def elapsed(case: Case) -> Outcome:
    """From the first date of ``of`` to the second, as much time passes as is stated, in months or years."""
    first, last = case.of
    stated = case.stated.amount
    unit = stated.unit
    if unit not in ("month", "year"):
        raise case.check.fault("time is counted in months or years", evidence=f"{case.stated.ref}: {unit or 'a count'}")
    start, end = _days(first, case), _days(last, case)
    months = Interval(_months(start.last, end.first), _months(start.first, end.last))
    per = Interval.exactly(Decimal(1 if unit == "month" else _MONTHS))
    point = months.low if months.low == months.high else None
    passed = Amount(months / per, unit, point, step=Decimal("0.1"))
    verdict, grade = judge(passed, stated)
    if verdict == "contradicts":
        # The duration is printed as a number, not as a comparison, even where the dates leave room.
        verdict, grade = DISAGREES
    equals = "≠" if verdict == "contradicts" else sign(verdict, grade)
    terms = (_term(first), "→", _term(last), "=", passed, equals, _term(case.stated))
    return Outcome(verdict, grade, (Line(terms, mark(verdict)),), passed, stated)


def same_date(case: Case) -> Outcome:
    """The date of ``of`` and the one stated can be the same day."""
    (one,) = case.of
    first, second = _days(one, case), _days(case.stated, case)
    meets = first.meets(second)
    verdict, grade = (AGREES if first == second else COMPATIBLE) if meets else DISAGREES
    equals = "≠" if not meets else "=" if first == second else "≈"
    lines = (Line((_term(one), equals, _term(case.stated)), mark(verdict)),)
    return Outcome(verdict, grade, lines)


def weekday(case: Case) -> Outcome:
    """The date of ``of`` falls on the day of the week that the text gives it."""
    (dated,) = case.of
    named = dated.entry.weekday_words if isinstance(dated.entry, Claim) else None
    said = named.printed if named else ""
    if said.casefold() not in _WEEKDAYS:
        raise case.check.fault("the text gives this date no day of the week", evidence=f"{dated.ref}: {said!r}")
    days = _days(dated, case)
    if days.first != days.last:
        raise case.check.fault("only a whole date has a day of the week", evidence=dated.ref)
    holds = days.first.weekday() == _WEEKDAYS[said.casefold()]
    verdict, grade = AGREES if holds else DISAGREES
    lines = (Line((_term(dated), "=" if holds else "≠", said.lower()), mark(verdict)),)
    return Outcome(verdict, grade, lines)


def _term(operand: Operand) -> Term:
    """The date with its year, where that is known from the text around it."""
    if operand.entry is None or not isinstance(operand.entry.quantity.value, str):
        return operand.quantity or operand.amount
    quantity = operand.entry.quantity
    return replace(quantity, value=with_year(operand.entry.quantity.value, operand.entry.period))


def _days(operand: Operand, case: Case) -> Span:
    """The first and the last day that a date may be."""
    entry = operand.entry
    value = entry.quantity.value if entry else None
    told = "/".join(map(str, value)) if isinstance(value, tuple) else str(value)
    days = Span.of(with_year(told, entry.period if entry else ""))
    if days is None:
        raise case.check.fault("this is no date", evidence=f"{operand.ref}: {value}")
    return days


def _months(start: dt.date, end: dt.date) -> Decimal:
    """Months from ``start`` to ``end``: 1.5 is a month and half of the next; negative if ``end`` comes first."""
    if end < start:
        return -_months(end, start)
    whole = (end.year - start.year) * _MONTHS + end.month - start.month
    if _later(start, whole) > end:
        whole -= 1
    anchor, following = _later(start, whole), _later(start, whole + 1)
    return whole + Decimal((end - anchor).days) / Decimal((following - anchor).days)


def _later(start: dt.date, months: int) -> dt.date:
    year, month = divmod(start.month - 1 + months, _MONTHS)
    last = calendar.monthrange(start.year + year, month + 1)[1]
    return dt.date(start.year + year, month + 1, min(start.day, last))
