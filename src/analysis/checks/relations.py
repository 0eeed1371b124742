"""The arithmetic relations between numbers: what each computes, and what it is held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import zip_longest

from analysis.checks.operands import Case, Operand
from analysis.checks.outcome import AGREES, COMPATIBLE, FALLS, UNDECIDED, Line, Outcome, Term, judge, mark, sign
from analysis.quantities import Amount, Interval, arithmetic, hull
from analysis.quantities.amount import PERCENT

_HUNDRED = Decimal(100)
Computation = Callable[[Sequence[Amount]], Amount]


def total(case: Case) -> Outcome:
    """The numbers of ``of`` add up to the one stated."""
    return _computed(case, lambda parts: arithmetic.total(*parts), _joined(case.of, "+"))


def whole(case: Case) -> Outcome:
    """The percentages of ``of`` make up the whole."""
    hundred = Amount.exactly(_HUNDRED, PERCENT)
    computed = arithmetic.total(*(operand.amount for operand in case.of))
    verdict, grade = judge(computed, hundred)
    if verdict == "holds" and computed.point != hundred.point:
        grade = "rounding"
    lines = (
        Line((*_joined(case.of, "+"), "=", computed, sign(verdict, grade), hundred), mark(verdict)),
        *_room(computed),
    )
    return Outcome(verdict, grade, lines, computed, hundred)


def difference(case: Case) -> Outcome:
    """The first number of ``of`` less the second is the one stated: of percentages, in points."""
    return _computed(case, lambda pair: arithmetic.difference(*pair), _joined(case.of, "−"))


def share(case: Case) -> Outcome:
    """The first number of ``of`` is the stated percentage of the second."""
    return _computed(case, lambda pair: arithmetic.share(*pair), _joined(case.of, "/"))


def growth(case: Case) -> Outcome:
    """From the second number of ``of`` to the first, the change in percent is the one stated."""
    return _computed(case, lambda pair: arithmetic.growth(*pair), (*_joined(case.of, "/"), "− 1"))


def ratio(case: Case) -> Outcome:
    """The first number of ``of`` is the stated multiple of the second."""
    return _computed(case, lambda pair: arithmetic.ratio(*pair), _joined(case.of, "/"))


def compound(case: Case) -> Outcome:
    """The yearly rate, kept up for the number of years, gives the stated multiple.

    The years are taken as said, not as rounded: a rate is kept up for whole years.
    """
    rate, years = case.of
    whole = years.amount.point
    if whole is None:
        raise case.check.fault("a rate is compounded over a number of years", evidence=years.ref)
    exactly = Amount.exactly(whole, years.amount.unit)
    terms = ("(1 +", _term(rate), ")^", str(whole))
    return _computed(case, lambda pair: arithmetic.compound(pair[0], exactly), terms)


def weighted_growth(case: Case) -> Outcome:
    """The growth of the parts, weighted by their sizes, is that of the whole.

    Where the sizes are those before the growth, or those after it, is not said: both are tried, and what is stated must
    agree with neither to contradict.
    """
    if len(case.of) != len(case.weights) or not case.of:
        raise case.check.fault("each growth needs a size", way_out="weights = […], as many as of, in the same order")
    rates, sizes = [o.amount for o in case.of], [o.amount for o in case.weights]
    before, after = arithmetic.weighted_mean(rates, sizes), arithmetic.joint_growth(rates, sizes)
    either = _either(before, after)
    stated = case.stated.amount
    verdict, grade = judge(either, stated)
    pairs = list(zip(case.weights, case.of, strict=True))
    sizes_told = ("(", *_joined(case.weights, "+"), ")")
    mean = _spread([(_term(size), "×", _term(rate)) for size, rate in pairs])
    quotient = _spread([(_term(size), "/ (1 +", _term(rate), ")") for size, rate in pairs])
    lines = (
        Line(
            ("(", *mean, ") /", *sizes_told, "=", before),
            remark_fr="si les tailles sont celles d’avant la croissance",
            remark_en="if the sizes are those before the growth",
        ),
        Line(
            (*sizes_told, "/ (", *quotient, ") − 1 =", after),
            remark_fr="si elles sont celles d’après",
            remark_en="if they are those after it",
        ),
        *_room(either),
        Line((either, sign(verdict, grade), _term(case.stated)), mark(verdict)),
    )
    return Outcome(verdict, grade, lines, either, stated)


def same(case: Case) -> Outcome:
    """The number of ``of`` and the one stated are the same quantity, told in two places."""
    (one,) = case.of
    computed, stated = one.amount, case.stated.amount
    source = case.source[0].amount if case.source else None
    verdict, grade = judge(computed, stated, source)
    equals = sign(verdict, grade) if computed.point is not None and stated.point is not None else "→"
    lines = [Line((_term(one), "≠" if verdict == "contradicts" else equals, _term(case.stated)), mark(verdict))]
    if source is not None:
        lines.append(Line((_term(case.source[0]), "≠" if verdict == "holds_as_printed" else "≈", _term(case.stated))))
    return Outcome(verdict, grade, tuple(lines), computed, stated)


def part(case: Case) -> Outcome:
    """The number of ``of`` is no larger than the one stated, of which it is a part."""
    (one,) = case.of
    computed, stated = one.amount, case.stated.amount
    most = Amount(Interval(None, stated.interval.high, high_open=stated.interval.high_open), stated.unit)
    verdict, _ = judge(computed, most)
    fits = computed.interval.within(Interval(None, stated.interval.low))
    verdict, grade = FALLS if verdict == "contradicts" else AGREES if fits else COMPATIBLE
    lines = (Line((_term(one), ">" if verdict == "contradicts" else "≤", _term(case.stated)), mark(verdict)),)
    return Outcome(verdict, grade, lines, computed, stated)


def room(case: Case) -> Outcome:
    """The first number of ``of`` can be one more part of the whole stated, beside the other numbers of ``of``.

    Where they leave no room for it, it is inside one of them or outside of the whole: the numbers cannot tell which.
    """
    one, *known = case.of
    left = arithmetic.difference(case.stated.amount, arithmetic.total(*(operand.amount for operand in known)))
    # "Up to 50" must find room for all of it; a rounded number for the least that it may be.
    low, high = one.amount.interval.low, one.amount.interval.high
    asked = low if low is not None else high
    fits = asked is None or asked in Interval(None, left.interval.high, high_open=left.interval.high_open)
    verdict, grade = COMPATIBLE if fits else UNDECIDED
    lines = (
        Line((_term(case.stated), "−", *_spread([(_term(o),) for o in known], "−"), "=", left)),
        *_room(left),
        Line((_term(one), "≤" if fits else ">", left), mark(verdict)),
    )
    return Outcome(verdict, grade, lines, left, one.amount)


def count(case: Case) -> Outcome:
    """As many names are given as the number stated says."""
    (names,) = case.of
    if not names.names:
        raise case.check.fault("a count is of names", evidence=names.ref, way_out='of = ["names:<subject>.<role>"]')
    counted, stated = names.amount, case.stated.amount
    counted = Amount.exactly(len(names.names), stated.unit)
    verdict, grade = judge(counted, stated)
    # In alphabetical order: a list as the document prints it would be a stretch of its text.
    listed = ", ".join(sorted((name.printed for name in names.names), key=str.casefold))
    lines = (
        Line((listed,)),
        Line((counted, sign(verdict, grade), _term(case.stated)), mark(verdict)),
    )
    return Outcome(verdict, grade, lines, counted, stated)


def definition(case: Case) -> Outcome:
    """Two thresholds are the same one: "more than 10" is not "10 or more"."""
    (one,) = case.of
    computed, stated = one.amount, case.stated.amount
    if computed.interval == stated.interval:
        return Outcome(
            "holds", "exact", (Line((_term(one), "=", _term(case.stated)), mark("holds")),), computed, stated
        )
    lines = (Line((_term(one), "≠", _term(case.stated)), mark("not_comparable")),)
    return Outcome("not_comparable", "", lines, computed, stated, ("definition",))


def _computed(case: Case, compute: Computation, terms: tuple[Term, ...]) -> Outcome:
    computed = compute([operand.amount for operand in case.of])
    source = compute([operand.amount for operand in case.source]) if case.source else None
    stated = case.stated.amount
    verdict, grade = judge(computed, stated, source)
    closing: tuple[Term, ...] = (
        ("=", _term(case.stated))
        if computed.point == stated.point
        else ("=", computed, sign(verdict, grade), _term(case.stated))
    )
    lines = [Line((*terms, *closing), mark(verdict))]
    if grade == "rounding" or verdict == "contradicts":
        lines += _room(computed)
    if source is not None:
        lines.append(_unrounded(case, terms, source, verdict))
    return Outcome(verdict, grade, tuple(lines), computed, stated)


def _unrounded(case: Case, terms: tuple[Term, ...], source: Amount, verdict: str) -> Line:
    """The same computation with the numbers that the printed ones were rounded from."""
    originals = {id(operand.quantity): quantity for operand, quantity in _paired(case) if operand.quantity}
    told = tuple(originals.get(id(term), term) for term in terms)
    return Line(
        (*told, "=", source, "≠" if verdict == "holds_as_printed" else "≈", _term(case.stated)),
        remark_fr="avant arrondi",
        remark_en="before rounding",
    )


def _paired(case: Case) -> list[tuple[Operand, Term]]:
    if len(case.source) != len(case.of):
        raise case.check.fault("source must name one number for each of of")
    return [(operand, _term(source)) for operand, source in zip_longest(case.of, case.source)]


def _room(amount: Amount) -> tuple[Line, ...]:
    """What the roundings leave open, as a line of its own: 99.5 ≤ … < 102.5 %."""
    low, high = amount.interval.low, amount.interval.high
    if low is None or high is None or low == high:
        return ()
    ends = [_end(end, amount) for end in (low, high)]
    under, over = ("<" if amount.interval.low_open else "≤"), ("<" if amount.interval.high_open else "≤")
    return (Line((ends[0], under, "…", over, ends[1]), remark_fr="aux arrondis près", remark_en="given the roundings"),)


def _end(end: Decimal, amount: Amount) -> Amount:
    """An end of an interval, to one place more than the number itself deserves."""
    shown = round(end / amount.step, 1) * amount.step if amount.step else end
    return Amount(Interval.exactly(end), amount.unit, shown)


def _either(one: Amount, other: Amount) -> Amount:
    steps = [amount.step for amount in (one, other) if amount.step]
    return Amount(
        hull([one.interval, other.interval]), one.unit, None, one.about or other.about, min(steps, default=None)
    )


def _term(operand: Operand) -> Term:
    return operand.quantity or operand.amount


def _joined(operands: Sequence[Operand], operator: str) -> tuple[Term, ...]:
    return _spread([(_term(operand),) for operand in operands], operator)


def _spread(groups: Sequence[tuple[Term, ...]], operator: str = "+") -> tuple[Term, ...]:
    """The groups one after the other with ``operator`` between them."""
    spread: list[Term] = []
    for number, group in enumerate(groups):
        spread += [operator, *group] if number else group
    return tuple(spread)
