"""Two entries about one thing → same, evolves, scope differs, contradicts, cannot tell.

Each coordinate is compared by itself: given alike, given otherwise, or not given on one side at least. Nothing else
than these and whether the numbers meet decides, in the order of ``judge``; there is no tolerance and no exception.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from analysis.checks.register.entry import Entry
from analysis.checks.register.kinship import NOTHING, SCOPE, Kinship
from analysis.quantities.spans import Span

Likeness = Literal["same", "evolves", "scope_differs", "contradicts", "cannot_tell"]
LIKENESSES: tuple[Likeness, ...] = get_args(Likeness)

_MONEY = "money"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How two entries stand to each other.

    ``differs``  coordinates that both give, and give otherwise
    ``missing``  coordinates that one of them at least does not give
    ``meets``    whether some number is possible for both
    """

    likeness: Likeness
    differs: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    meets: bool = False


def comparable(one: Entry, other: Entry, kin: Kinship) -> bool:
    """Whether they may be told of one thing: one measure, units of one kind, no coordinate that sets them apart."""
    if one.source.measure != other.source.measure or not _one_kind(one, other):
        return False
    return all(_relation(name, one, other, kin) != "apart" for name in SCOPE)


def scope(one: Entry, other: Entry, kin: Kinship) -> frozenset[str]:
    """The coordinates in which what they are about is given otherwise: never the same quantity."""
    differs = {name for name in SCOPE if _relation(name, one, other, kin) in ("kin", "apart")}
    if one.unit != other.unit:
        differs.add("unit")
    if one.beside == other.beside and one.era != other.era:
        differs.add("series_break")
    return frozenset(differs)


def missing(one: Entry, other: Entry, kin: Kinship) -> tuple[str, ...]:
    """The coordinates of scope and period that one of them at least does not give, or leaves open."""
    scopes = tuple(name for name in SCOPE if _relation(name, one, other, kin) == "open")
    return (*scopes, "period") if (one.period is None) != (other.period is None) else scopes


def judge(one: Entry, other: Entry, kin: Kinship) -> Judgement:
    """How two entries stand to each other, for the first reason that applies.

    1. One retells the other: the same if the numbers meet, else a contradiction, unless one is approximate.
    2. Another scope, currency, or side of a break: scope differs.
    3. Something not given, and the numbers do not meet or hold for different periods: cannot tell.
    4. Another period: evolves; by another measurer, scope differs.
    5. The numbers meet: the same.
    6. Another measurer: scope differs.
    7. A longer or shorter period, another status, told at another date: evolves.
    8. A measurer named on one side only, or an approximate number: cannot tell.
    9. All that is given is alike, and the numbers do not meet: contradicts.
    """
    meets = one.unit == other.unit and one.interval.meets(other.interval)
    scopes, lacking = scope(one, other, kin), missing(one, other, kin)
    differs = (*sorted(scopes, key=_order), *_otherwise(one, other))
    retold, apart, about = one.root == other.root, _apart(one, other), one.about or other.about
    half_named = bool(_named(one)) != bool(_named(other))
    reasons: tuple[tuple[bool, Likeness], ...] = (
        (retold, "same" if meets else "cannot_tell" if about else "contradicts"),
        (bool(scopes), "scope_differs"),
        (bool(lacking) and (apart or not meets), "cannot_tell"),
        (apart and "measured_by" not in differs, "evolves"),
        (meets and not apart, "same"),
        ("measured_by" in differs, "scope_differs"),
        (bool(differs), "evolves"),
        (half_named or about, "cannot_tell"),
    )
    first = next((number for number, (holds, _) in enumerate(reasons) if holds), None)
    if first is None:
        return Judgement("contradicts", differs, lacking, meets)
    unnamed = ("measured_by",) if half_named and first == len(reasons) - 1 else ()
    return Judgement(reasons[first][1], differs, (*lacking, *unnamed), meets)


def _relation(name: str, one: Entry, other: Entry, kin: Kinship) -> str:
    first, second = one.code(name), other.code(name)
    payer = one.source.payer if one.source.payer == other.source.payer else ""
    found = kin.relation(name, first, second, payer)
    return "equal" if found == "open" and first == second and one.teller == other.teller else found


def _otherwise(one: Entry, other: Entry) -> tuple[str, ...]:
    """The coordinates of time and of the telling that both give, and give otherwise."""
    both = one.period is not None and other.period is not None
    first, second = _named(one), _named(other)
    found = {
        "period": both and one.period != other.period,
        "measured_by": bool(first and second) and first != second,
        "status": one.source.status != other.source.status,
        "told": _told_apart(one, other),
    }
    return tuple(name for name, differs in found.items() if differs)


def _apart(one: Entry, other: Entry) -> bool:
    return one.period is not None and other.period is not None and not one.period.meets(other.period)


def _told_apart(one: Entry, other: Entry) -> bool:
    first, second = Span.of(one.told), Span.of(other.told)
    return first is not None and second is not None and not first.meets(second)


def _named(entry: Entry) -> str:
    return "" if entry.source.measured_by in NOTHING else entry.source.measured_by


def _one_kind(one: Entry, other: Entry) -> bool:
    return one.unit == other.unit or one.quantity.kind == other.quantity.kind == _MONEY


def _order(name: str) -> int:
    return (*SCOPE, "unit", "series_break").index(name)
