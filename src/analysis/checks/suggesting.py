"""Relations that nobody declared, ranked by how unlikely they are by chance: a worksheet for a person, no findings.

The null model. Numbers are taken to have nothing to do with each other: one that a relation would give is then a random
number *x* of the magnitude of the computed one, *s*, that is, log-uniform over a decade, printed with the precision it
is printed with (half of its last place is *h*). That it falls as near to *s* as the one printed, at a distance *d*, or
nearer, has the probability

    p = log10((s + d + h) / (s - d - h))

cut off at one. A kind of relation (the sums of three numbers of one table, say) has N candidates in the ledger: each
set of four numbers is one, for only the largest can be the sum of the others. Of these, N × p are expected to fit as
well by chance alone. As the worksheet looks for L kinds of relation, each is given an equal part of its chance:

    expected = L × N × p

so that a ledger of unrelated numbers gives, on average, at most 0.05 suggestions with 0.05 expected or fewer: each of
the N candidates of each of L kinds is one with a probability of at most 0.05 / (L × N). It gives fewer where numbers
spread over several decades, and where even an exact fit of two digits is too likely to count.

Kinds part the candidates by how much they have in common. Numbers *along one coordinate* are of one document, unit and
measure, and differ in one coordinate only: what a payer pays for each purpose, what is paid for a purpose by each
payer. There are few of these, so that a fit says much; of all numbers of a document there are many, and it says little.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, groupby, permutations
from math import comb

from analysis.checks.check import Check
from analysis.checks.outcome import judge
from analysis.checks.subsets import subset_sums
from analysis.claims import Claim, Ledger
from analysis.quantities import Amount, Interval, UnitError, arithmetic
from analysis.quantities.amount import PERCENT, POINTS, TIMES

#: Coordinates along which numbers may add up, or be compared.
AXES = ("subject", "place", "period", "population", "segment", "payer", "purpose")
#: Beyond that many numbers expected by chance, a fit is none.
LIMIT = Decimal(100)

_SIZES = range(2, 6)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A relation that may hold: ``of`` gives ``gives``.

    ``expected``  how many suggestions at least as good chance alone would give (see the module)
    ``grade``     how firmly a check of it would hold
    ``across``    the coordinates in which the numbers differ
    """

    relation: str
    of: tuple[Claim, ...]
    gives: Claim
    expected: Decimal
    grade: str
    across: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    """A candidate that fits: what was found, and how likely that is for one candidate."""

    kind: str
    relation: str
    of: tuple[Claim, ...]
    gives: Claim
    probability: Decimal
    grade: str


@dataclass(frozen=True, slots=True)
class _Number:
    """A claim with the amount that it states; ``least`` is how likely even a perfect fit to it is."""

    claim: Claim
    amount: Amount
    value: Decimal
    least: Decimal

    def along(self, axis: str) -> tuple[str, ...]:
        """What it shares with the numbers that differ from it along ``axis`` only."""
        claim = self.claim
        shared = (claim.document.id, self.amount.unit, claim.measure)
        return (*shared, *(getattr(claim, name) for name in AXES if name != axis))


def suggestions(
    ledger: Ledger,
    *,
    document: str | None = None,
    declared: Iterable[Check] = (),
    limit: Decimal | None = LIMIT,
) -> tuple[Suggestion, ...]:
    """The relations that fit, the least likely by chance first; those ``declared`` are left out.

    ``document`` names the only one to look into; ``limit`` is the most that may be expected by chance (all, if None).
    A formula that several claims of equal value make is listed once, with the claims that have most in common.
    """
    numbers = _numbers(ledger, document)
    candidates = _candidates(numbers)
    kinds = sum(count > 0 for count in candidates.values())
    most = None if limit is None else {kind: limit / (kinds * n) for kind, n in candidates.items() if n}
    expected = [(fit.probability * kinds * candidates[fit.kind], fit) for fit in _fits(numbers, candidates, most)]
    order = {number.claim.id: place for place, number in enumerate(numbers)}
    ranked = sorted(expected, key=lambda each: (each[0], len(each[1].of), *(order[c.id] for c in each[1].of)))
    known = {formula for check in declared for formula in _declared(check, ledger)}
    found = []
    for chance, fit in ranked:
        formula = _formula(fit.relation, fit.of, fit.gives)
        if formula not in known and (limit is None or chance <= limit):
            known.add(formula)
            found.append(Suggestion(fit.relation, fit.of, fit.gives, chance, fit.grade, _across(fit)))
    return tuple(found)


_SIGNS = {
    "sum": " + ",
    "difference": " − ",
    "share": " / ",
    "growth": " / ",
    "ratio": " / ",
    "product": " × ",
    "same": "",
}


def formula(suggestion: Suggestion, *, ids: bool = False) -> str:
    """The relation in one line, with its numbers as printed, or with the ids of its claims."""
    of = [claim.id if ids else claim.printed for claim in suggestion.of]
    gives = suggestion.gives.id if ids else suggestion.gives.printed
    less_one = " − 1" if suggestion.relation == "growth" else ""
    return f"{_SIGNS[suggestion.relation].join(of)}{less_one} = {gives}"


def stub(suggestion: Suggestion) -> str:
    """The suggestion as an entry of ``checks.toml``, with the sentences left for a person to write.

    Of a product it is a remark only: no relation computes one.
    """
    if suggestion.relation == "product":
        return f"# {formula(suggestion, ids=True)}: no relation of the checks computes a product"
    names = json.dumps([claim.id for claim in suggestion.of])
    fields = {
        "id": f'"{suggestion.gives.id}_{suggestion.relation}"',
        "relation": f'"{suggestion.relation}"',
        "of": names,
        "gives": f'"{suggestion.gives.id}"',
        "across": json.dumps(suggestion.across),
        "expected": '"holds"',
        "grade": f'"{suggestion.grade}"',
        **dict.fromkeys(("title_fr", "title_en", "reason_fr", "reason_en"), '""'),
    }
    return "\n".join(["[[check]]", *(f"{name} = {value}" for name, value in fields.items())])


def probability(computed: Decimal, printed: Amount) -> Decimal:
    """How likely a random number comes as near to the ``computed`` one as the ``printed`` one does.

    ``printed`` has a point and a step. See the module for the null model.

    >>> probability(Decimal(667), Amount.exactly(667)) < probability(Decimal(666), Amount.exactly(667))
    True
    """
    if printed.point is None or computed <= 0:
        return _ONE
    reach = abs(computed - printed.point) + (printed.step or Decimal(0)) / 2
    if reach >= computed:
        return _ONE
    return min(_ONE, ((computed + reach) / (computed - reach)).log10())


def _numbers(ledger: Ledger, document: str | None) -> list[_Number]:
    """The figures that relations may join, in the ledger's order: each told once, none that is a bound or a range."""
    found: dict[tuple[object, ...], _Number] = {}
    for claim in ledger.claims.values():
        if claim.same_as or not claim.quantity.is_figure or document not in (None, claim.document.id):
            continue
        amount = Amount.of(claim.quantity, "" if claim.quantity.kind == "count" else None)
        if amount.point is not None and amount.point > 0:
            number = _Number(claim, amount, amount.point, probability(amount.point, amount))
            found.setdefault((number.along(""), amount.point, amount.step), number)
    return list(found.values())


def _fits(
    numbers: Sequence[_Number], candidates: Mapping[str, int], most: Mapping[str, Decimal] | None
) -> Iterator[_Fit]:
    """The candidates of every kind that fit, and are likely enough to matter."""
    for together, families in _families(numbers).items():
        for size in _SIZES:
            kind = f"sum of {size}, {together}"
            if candidates[kind]:
                for family in families:
                    yield from _sums(family, size, kind, None if most is None else most[kind])
    for kind, relation, of, gives in _joined(numbers):
        if _worth(gives, None if most is None else most[kind]):
            fit = _fit(kind, relation, of, gives)
            if fit and (most is None or fit.probability <= most[kind]):
                yield fit


def _candidates(numbers: Sequence[_Number]) -> Mapping[str, int]:
    """How many candidates there are of each kind of relation."""
    counted: Counter[str] = Counter()
    for together, families in _families(numbers).items():
        for family in families:
            for size in _SIZES:
                counted[f"sum of {size}, {together}"] += comb(len(family), size + 1)
    counted.update(kind for kind, *_ in _joined(numbers))
    return counted


def _families(numbers: Sequence[_Number]) -> Mapping[str, list[list[_Number]]]:
    """The numbers that may add up: those along one coordinate, and all of a document and unit."""
    along = (_grouped(numbers, lambda n, axis=axis: n.along(axis)) for axis in AXES)  # type: ignore[misc]
    loose = _grouped(numbers, lambda n: (n.claim.document.id, n.amount.unit))
    return {"along one coordinate": [family for families in along for family in families], "any": loose}


def _grouped(numbers: Sequence[_Number], key: Callable[[_Number], tuple[str, ...]]) -> list[list[_Number]]:
    groups: Mapping[tuple[str, ...], list[_Number]] = defaultdict(list)
    for number in numbers:
        groups[key(number)].append(number)
    return [sorted(group, key=lambda n: n.value) for group in groups.values() if len(group) > min(_SIZES)]


def _sums(family: Sequence[_Number], size: int, kind: str, most: Decimal | None) -> Iterator[_Fit]:
    worth = [i for i, number in enumerate(family) if _worth(number, most)]
    for parts, total in subset_sums([n.amount.interval for n in family], size, worth):
        of = tuple(sorted((family[i] for i in parts), key=lambda n: -n.value))
        gives = family[total]
        if of[0].value < gives.value and _told_apart(kind, (*of, gives)):
            fit = _fit(kind, "sum", of, gives)
            if fit and (most is None or fit.probability <= most):
                yield fit


def _worth(result: _Number, most: Decimal | None) -> bool:
    """Whether a result is exact enough to be told from chance, if it fits as well as can be."""
    return most is None or result.least <= most


def _told_apart(kind: str, numbers: Sequence[_Number]) -> bool:
    """Whether numbers along one coordinate all have another code there: a thing is no part of itself."""
    if kind.endswith("any"):
        return True
    return any(len({getattr(n.claim, axis) for n in numbers}) == len(numbers) for axis in AXES)


_Joined = tuple[str, str, tuple[_Number, ...], _Number]


def _joined(numbers: Sequence[_Number]) -> Iterator[_Joined]:
    """Every candidate that joins two numbers to a third, or two documents: its kind, its relation, its numbers."""
    for _, group in groupby(sorted(numbers, key=lambda n: n.claim.document.id), lambda n: n.claim.document.id):
        told = list(group)
        results = [n for n in told if n.amount.unit in (PERCENT, POINTS, TIMES) or n.claim.quantity.kind == "count"]
        for one, other in permutations(told, 2):
            if one.amount.unit == other.amount.unit not in (POINTS, TIMES) and one.value > other.value:
                yield from _pairs(one, other, results)
    for one, other in combinations(numbers, 2):
        if one.claim.document is not other.claim.document and one.amount.unit == other.amount.unit:
            near = "one measure" if one.claim.measure == other.claim.measure else "any"
            yield f"same, {near}", "same", (one,), other


def _pairs(larger: _Number, smaller: _Number, results: Sequence[_Number]) -> Iterator[_Joined]:
    """What two numbers of one unit may give: a difference in points, a multiple, a share, a growth, or a number of
    things that the smaller goes into the larger.
    """
    along = [axis for axis in AXES if larger.along(axis) == smaller.along(axis)]
    for result in results:
        if result is larger or result is smaller:
            continue
        subject = result.claim.subject in (larger.claim.subject, smaller.claim.subject)
        near = "along one coordinate" if subject and along else "any"
        in_time = "along one coordinate" if subject and "period" in along else "any"
        match result.amount.unit, larger.amount.unit:
            case unit, of_percents if unit == POINTS and of_percents == PERCENT:
                yield f"difference, {near}", "difference", (larger, smaller), result
            case unit, of_percents if unit == PERCENT and of_percents != PERCENT:
                yield f"share, {near}", "share", (smaller, larger), result
                yield f"growth, {in_time}", "growth", (larger, smaller), result
            case unit, _ if unit == TIMES:
                yield f"ratio, {near}", "ratio", (larger, smaller), result
            case "", _ if result.value > 1:
                yield f"product, {near}", "product", (smaller, result), larger


def _product(of: Amount, number: Amount) -> Amount:
    """So many times an amount; what is counted is a whole number, not a rounded one."""
    times = number.point or _ONE
    point = None if of.point is None else of.point * times
    return Amount(of.interval * Interval.exactly(times), of.unit, point, of.about or number.about)


_COMPUTED: Mapping[str, Callable[..., Amount]] = {
    "sum": arithmetic.total,
    "difference": arithmetic.difference,
    "share": arithmetic.share,
    "growth": arithmetic.growth,
    "ratio": arithmetic.ratio,
    "same": lambda one: one,
    "product": _product,
}


def _fit(kind: str, relation: str, of: Sequence[_Number], gives: _Number) -> _Fit | None:
    try:
        computed = _COMPUTED[relation](*(number.amount for number in of))
        verdict, grade = judge(computed, gives.amount)
    except (UnitError, ZeroDivisionError):
        return None
    if computed.point is None or verdict != "holds":
        return None
    claims = tuple(number.claim for number in of)
    return _Fit(kind, relation, claims, gives.claim, probability(computed.point, gives.amount), grade)


def _across(fit: _Fit) -> tuple[str, ...]:
    claims = (*fit.of, fit.gives)
    return tuple(axis for axis in AXES if len({getattr(claim, axis) for claim in claims}) > 1)


_Formula = tuple[str, tuple[tuple[Decimal, str], ...], tuple[Decimal, str]]


def _formula(relation: str, of: Collection[Claim], gives: Claim) -> _Formula:
    """A relation by its numbers, whoever states them: in the order of their size where order does not matter."""
    values = [_value(claim) for claim in of]
    if relation == "same":
        low, high = sorted((*values, _value(gives)))
        return relation, (low,), high
    return relation, tuple(sorted(values) if relation == "sum" else values), _value(gives)


def _value(claim: Claim) -> tuple[Decimal, str]:
    value = claim.quantity.value
    return (value if isinstance(value, Decimal) else Decimal("NaN")), claim.quantity.unit or ""


def _declared(check: Check, ledger: Ledger) -> Iterator[_Formula]:
    if check.gives in ledger.claims and all(name in ledger.claims for name in check.of):
        claims = [ledger.claims[name] for name in (*check.of, check.gives)]
        if all(isinstance(claim.quantity.value, Decimal) for claim in claims):
            yield _formula(check.relation, claims[:-1], claims[-1])
