"""What a check computes with: claims, observations of series, names counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from analysis import claims, series
from analysis.checks.check import Check, declared
from analysis.claims import Claim, Ledger, Name
from analysis.errors import NuageError, nearest
from analysis.quantities import Amount, Quantity
from analysis.quantities.amount import YEARLY
from analysis.series import COORDINATES, Catalogue, Observation

#: Measures that are rates per year, although "30 %" is all that is printed.
_YEARLY = frozenset({"market_growth"})
_NAMES = "names:"
_NOT_GIVEN = frozenset({"", "not_stated"})


@dataclass(frozen=True, slots=True)
class Operand:
    """One thing that a check names.

    ``ids``     the claims, observations or names it rests on
    ``entry``   the claim or observation; ``None`` for names that were counted
    ``names``   the names that were counted
    """

    ref: str
    ids: tuple[str, ...]
    entry: Claim | Observation | None = None
    names: tuple[Name, ...] = ()

    @property
    def quantity(self) -> Quantity | None:
        """The number as printed; ``None`` for names that were counted."""
        return self.entry.quantity if self.entry else None

    @property
    def amount(self) -> Amount:
        """What to compute with. Raises InputError for what is no number, such as a date."""
        if self.entry is None:
            return Amount.exactly(len(self.names))
        return Amount.of(self.entry.quantity, YEARLY if self.entry.measure in _YEARLY else None)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The ledger, the series, and the checks declared between their numbers.

    One reading of a project is equal to itself only, so that what is computed of it can be kept.
    """

    ledger: Ledger
    catalogue: Catalogue
    declared: tuple[Check, ...] = ()

    @property
    def entries(self) -> Mapping[str, Claim | Observation]:
        """Claims and observations by id."""
        return {**self.ledger.claims, **self.catalogue.observations}

    def operand(self, ref: str, check: Check) -> Operand:
        """What ``ref`` names. Raises InputError with the nearest name that there is."""
        if ref.startswith(_NAMES):
            return self._counted(ref, check)
        entry = self.ledger.claims.get(ref) or self.catalogue.observations.get(ref)
        if entry is None:
            raise check.fault(f'no claim and no observation "{ref}"', way_out=nearest(ref, self.entries))
        return Operand(ref, (ref,), entry)

    def _counted(self, ref: str, check: Check) -> Operand:
        kinds = {f"{_NAMES}{name.subject}.{name.role}" for name in self.ledger.names.values()}
        if ref not in kinds:
            raise check.fault(f'no names "{ref}"', way_out=nearest(ref, kinds))
        found = tuple(n for n in self.ledger.names.values() if f"{_NAMES}{n.subject}.{n.role}" == ref)
        return Operand(ref, tuple(name.id for name in found), None, found)


@dataclass(frozen=True, slots=True)
class Case:
    """A check with all that it names at hand."""

    check: Check
    of: tuple[Operand, ...]
    gives: Operand | None
    weights: tuple[Operand, ...] = ()
    source: tuple[Operand, ...] = ()

    @property
    def stated(self) -> Operand:
        """The result as it is stated. Raises InputError where the check names none."""
        if self.gives is None:
            raise self.check.fault(
                f'"{self.check.relation}" needs the number that states the result', way_out='add gives = "…"'
            )
        return self.gives

    @property
    def operands(self) -> tuple[Operand, ...]:
        """All that the check rests on."""
        return (*self.of, *self.weights, *self.source, *([self.gives] if self.gives else ()))

    def differing(self, natural: Iterable[str]) -> tuple[str, ...]:
        """The coordinates in which its numbers differ although neither the relation nor the check says they may."""
        return tuple(field for field, given in self._given(natural) if len(given - _NOT_GIVEN) > 1)

    def missing(self, natural: Iterable[str]) -> tuple[str, ...]:
        """The coordinates that some of its numbers have and others lack, so that they may differ there."""
        return tuple(field for field, given in self._given(natural) if given & _NOT_GIVEN and given - _NOT_GIVEN)

    def retold(self) -> tuple[str, ...]:
        """In what its numbers may have moved since the first was told: ``status`` and ``vintage``, where they differ.

        What only retells a claim is of that claim's date and status.
        """
        entries = [operand.entry for operand in self.operands if operand.entry]
        own = [entry for entry in entries if isinstance(entry, Claim) or not entry.same_as]
        dates = sorted({_told(entry) for entry in own})
        moved = any(not later.startswith(earlier) for earlier, later in pairwise(dates))
        status = len({entry.status for entry in own}) > 1
        return ("status",) * status + ("vintage",) * moved

    def _given(self, natural: Iterable[str]) -> Iterator[tuple[str, set[str]]]:
        entries = [operand.entry for operand in self.operands if operand.entry]
        for field in COORDINATES:
            if field not in {*natural, *self.check.across}:
                yield field, {getattr(entry, field) for entry in entries}


def _told(entry: Claim | Observation) -> str:
    """When it was told, ISO, as exactly as that is known."""
    return entry.document.date if isinstance(entry, Claim) else entry.released


def load(project: Path) -> Evidence:
    """All that a project holds. Raises Problems with the faults of the first part that does not hold together."""
    return Evidence(claims.load(project), series.load(project), declared(project))


def case(check: Check, evidence: Evidence) -> Case:
    """The check with its operands. Raises InputError for a name that nothing bears."""

    def found(refs: Iterable[str]) -> tuple[Operand, ...]:
        return tuple(evidence.operand(ref, check) for ref in refs)

    gives = evidence.operand(check.gives, check) if check.gives else None
    return Case(check, found(check.of), gives, found(check.weights), found(check.source))


def unknown_coordinates(check: Check) -> Iterable[NuageError]:
    """What ``across`` names that is no coordinate."""
    for field in check.across:
        if field not in COORDINATES:
            yield check.fault(f'across names no coordinate "{field}"', way_out=nearest(field, COORDINATES))
