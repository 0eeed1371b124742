"""A claim or an observation as the register sees it: what it is about, who tells it, when and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from analysis.checks.register.kinship import SCOPE
from analysis.claims import Claim, Ledger
from analysis.errors import InputError, nearest
from analysis.quantities import Interval, Quantity
from analysis.quantities.spans import Span
from analysis.series import Catalogue, Observation

#: Their unit, where they have one, is only what the text calls the things counted.
_COUNTED = ("count", "ordinal/rank")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A number that somebody tells of something.

    ``interval``  what it may be; dates, which are no quantities, never become entries
    ``unit``      percent, a currency, x, a duration; empty for what is counted
    ``teller``    who tells it: a document, or the measurer of a series; one teller means one thing by one word
    ``beside``    the place where it is told: what stands there side by side is told apart by it
    ``told``      the ISO date at which it was told
    ``root``      the id of what it repeats or retells, followed to its origin; its own id if it stands for itself
    ``era``       how many breaks its series has had up to it
    """

    id: str
    source: Claim | Observation
    interval: Interval
    unit: str
    teller: str
    beside: str
    told: str
    root: str
    era: int = 0

    def code(self, coordinate: str) -> str:
        """The code of a coordinate (``period``, ``status``, ``told`` and ``unit`` among them); empty if not given."""
        return str(getattr(self if coordinate in ("told", "unit") else self.source, coordinate))

    @property
    def quantity(self) -> Quantity:
        """The number as printed and read."""
        return self.source.quantity

    @property
    def about(self) -> bool:
        """Whether it is told as approximate."""
        return self.quantity.bound == "about"

    @property
    def observed(self) -> bool:
        """Whether it comes from a series."""
        return isinstance(self.source, Observation)

    @property
    def retells(self) -> bool:
        """Whether it only repeats or retells another."""
        return self.root != self.id

    @property
    def period(self) -> Span | None:
        """The days it holds for."""
        return Span.of(self.source.period)

    @property
    def strand(self) -> tuple[str, ...]:
        """What the observations of one series share that differ in time only."""
        return (self.beside, self.source.measure, self.unit, *(self.code(name) for name in SCOPE))


def entries(ledger: Ledger, catalogue: Catalogue) -> tuple[Entry, ...]:
    """Every number of the ledger and of the series: claims first, each in its order.

    Raises InputError where something retells what is not there, or itself.
    """
    sources: list[Claim | Observation] = [*ledger.claims.values(), *catalogue.observations.values()]
    known = {source.id: source for source in sources}
    made = [_entry(source, _root(source, known)) for source in sources if source.quantity.interval]
    eras = _eras(entry for entry in made if entry.observed)
    return tuple(replace(entry, era=eras.get(entry.id, 0)) for entry in made)


def _root(source: Claim | Observation, known: Mapping[str, Claim | Observation]) -> str:
    passed = [source.id]
    while next_one := known[passed[-1]].same_as:
        if next_one not in known or next_one in passed:
            raise InputError(
                "same_as leads back to itself" if next_one in passed else f'same_as names nothing: "{next_one}"',
                file=source.file,
                entry=source.id,
                way_out=nearest(next_one, known.keys() - set(passed)),
            )
        passed.append(next_one)
    return passed[-1]


def _entry(source: Claim | Observation, root: str) -> Entry:
    return _claimed(source, root) if isinstance(source, Claim) else _observed(source, root)


def _claimed(claim: Claim, root: str) -> Entry:
    return Entry(
        id=claim.id,
        source=claim,
        interval=_interval(claim),
        unit=_unit(claim.quantity),
        teller=claim.document.id,
        beside=f"{claim.document.id} {claim.setting}",
        told=claim.document.date,
        root=root,
    )


def _observed(observation: Observation, root: str) -> Entry:
    return Entry(
        id=observation.id,
        source=observation,
        interval=_interval(observation),
        unit=_unit(observation.quantity),
        teller=f"{observation.series.id} {observation.measured_by}",
        beside=observation.series.id,
        told=observation.released,
        root=root,
    )


def _interval(source: Claim | Observation) -> Interval:
    interval = source.quantity.interval
    if interval is None:
        raise ValueError(f"{source.id} is no number")
    return interval


def _unit(quantity: Quantity) -> str:
    return "" if quantity.kind in _COUNTED else quantity.unit or ""


def _eras(observed: Iterable[Entry]) -> dict[str, int]:
    """For each observation, how many breaks its strand has had up to its period."""
    ordered = sorted(observed, key=lambda entry: entry.strand)
    return {name: era for _, strand in groupby(ordered, lambda e: e.strand) for name, era in _counted(list(strand))}


def _counted(strand: list[Entry]) -> Iterator[tuple[str, int]]:
    breaks = {e.period.first for e in strand if e.period and isinstance(e.source, Observation) and e.source.breaks}
    for entry in strand:
        yield entry.id, sum(entry.period is not None and first <= entry.period.first for first in breaks)
