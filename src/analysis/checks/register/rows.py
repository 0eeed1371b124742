"""The register as a table: one row per pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis import tables
from analysis.checks.register.groups import Group, Pair
from analysis.claims import fold
from analysis.tables import Column

#: The table of the register.
SAME_QUANTITIES = "same_quantities"


@dataclass(frozen=True, slots=True)
class Row:
    """A pair, with the group it stands in and what is printed on both sides."""

    group: str
    pair: Pair
    printed_one: str
    printed_other: str


def rows(groups: Iterable[Group]) -> tuple[Row, ...]:
    """One row per pair, in the order of the groups."""
    return tuple(row for group in groups for row in _of(group))


def _of(group: Group) -> Iterable[Row]:
    printed = {entry.id: fold(entry.source.printed) for entry in group.entries}
    return (Row(group.id, pair, printed[pair.one], printed[pair.other]) for pair in group.pairs)


COLUMNS: tuple[Column[Row], ...] = (
    Column("group", "string", "First entry of the group of numbers told of one thing", lambda r: r.group),
    Column("one", "string", "Claim or observation", lambda r: r.pair.one),
    Column("other", "string", "Claim or observation set beside it", lambda r: r.pair.other),
    Column("likeness", "string", "same, evolves, scope_differs, contradicts or cannot_tell", lambda r: r.pair.likeness),
    Column("differs", "string", "Coordinates given otherwise, parted by blanks", lambda r: " ".join(r.pair.differs)),
    Column(
        "missing",
        "string",
        "Coordinates not given, on one side at least, parted by blanks",
        lambda r: " ".join(r.pair.missing),
    ),
    Column("printed_one", "string", "The one number as printed", lambda r: r.printed_one),
    Column("printed_other", "string", "The other number as printed", lambda r: r.printed_other),
    Column("reason_fr", "string", "Why it is judged so, in French", lambda r: r.pair.reason_fr),
    Column("reason_en", "string", "Why it is judged so, in English", lambda r: r.pair.reason_en),
)


def table(groups: Iterable[Group]) -> pd.DataFrame:
    """The register as a tidy table, a pair a row, in the order of its groups."""
    return tables.frame(COLUMNS, rows(groups), SAME_QUANTITIES)
