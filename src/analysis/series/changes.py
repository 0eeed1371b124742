"""What a release says that the one before did not, point by point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from analysis.series.releases import NOT_AVAILABLE, Vintage, point
from analysis.series.rows import Row


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one point: ``told`` is its value with its flag, or both values where it was revised."""

    kind: Literal["new", "revised", "flag", "gone"]
    point: str
    told: str

    def __str__(self) -> str:
        return f"{self.kind:<8} {self.point}: {self.told}"


def changes(new: Vintage, old: Vintage | None) -> Iterator[Change]:
    """Each point that is new, revised, flagged otherwise or no longer there, in the order of the codes.

    Values are compared as numbers: a zero at the end is no revision. Without an ``old`` release, every point is new.
    """
    before = {point(row): row for row in old.rows} if old else {}
    after = {point(row): row for row in new.rows}
    for key in sorted(before.keys() | after.keys()):
        if key not in before:
            yield Change("new", _named(after[key]), _told(after[key]))
        elif key not in after:
            yield Change("gone", _named(before[key]), _told(before[key]))
        else:
            yield from _between(before[key], after[key])


def _between(old: Row, new: Row) -> Iterator[Change]:
    told = f"{_told(old)} → {_told(new)}"
    if _number(old) != _number(new):
        yield Change("revised", _named(new), told)
    elif old["flag"] != new["flag"]:
        yield Change("flag", _named(new), told)


def _named(row: Row) -> str:
    return f"{row['geo']} {row['time']} {row['unit']}"


def _told(row: Row) -> str:
    value = "not available" if row["value"] == NOT_AVAILABLE else row["value"]
    return f"{value} ({row['flag']})" if row["flag"] else value


def _number(row: Row) -> Decimal | None:
    return None if row["value"] == NOT_AVAILABLE else Decimal(row["value"])
