"""Rows of a tidy table as a chart reads them: a claim's quantity again, its codes, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.quantities import Bound, Interval, Kind, Quantity


@dataclass(frozen=True, slots=True)
class Row:
    """One claim; ``codes`` holds every other cell of its row that is a text."""

    id: str
    quantity: Quantity
    line: int
    codes: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The code in that column; empty where the table has no such column."""
        return self.codes.get(column, "")

    @property
    def value(self) -> Decimal:
        """The number; the lower end of a range."""
        return self.ends[0]

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Both ends of a range; twice the number where it is none."""
        match self.quantity.value:
            case Decimal() as value:
                return value, value
            case (Decimal() as low, Decimal() as high):
                return low, high
        raise InputError("a chart cannot draw what holds no number", entry=self.id, evidence=self.quantity.printed)

    @property
    def interval(self) -> Interval:
        """The numbers that the printed one may stand for."""
        return self.quantity.interval or Interval(*self.ends)

    @property
    def announced(self) -> bool:
        """Whether it is a promise, a target or a forecast rather than something found or done."""
        return self["status"] in {"promise", "target", "forecast"}


class Rows:
    """The rows of a table, by the id of their claim."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._rows = {row.id: row for row in map(_row, table.to_dict("records"))}
        self._name = str(table.attrs.get("name", ""))

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def __getitem__(self, claim: str) -> Row:
        """The row of that claim. Raises InputError naming the nearest one that the table has."""
        if claim not in self._rows:
            raise InputError(f'no row "{claim}"', entry=self._name or None, way_out=nearest(claim, self._rows))
        return self._rows[claim]

    def of(self, claims: Iterable[str]) -> tuple[Row, ...]:
        """The rows of these claims, in this order."""
        return tuple(self[claim] for claim in claims)


def picked(table: pd.DataFrame, claims: Iterable[str]) -> pd.DataFrame:
    """The rows of these claims, in this order."""
    return table.set_index("id", drop=False).loc[list(claims)].reset_index(drop=True)


def _row(cells: dict[Any, Any]) -> Row:
    """The row, with its quantity put together again from the cells."""
    low, high = cells["value"], cells.get("value_high")
    printed, start = cells["printed"], int(cells["start"])
    quantity = Quantity(
        kind=cells["kind"],
        value=low if high is None else (low, high),
        unit=cells["unit"] or None,
        bound=cells["bound"],
        precision=cells.get("precision"),
        printed=printed,
        start=start,
        end=start + len(printed),
        lang="fr",
        strict=bool(cells.get("strict", False)),
    )
    codes = {str(name): cell for name, cell in cells.items() if isinstance(cell, str)}
    return Row(cells["id"], quantity, int(cells["line"]), codes)


def made(
    kind: Kind,
    value: Decimal | tuple[Decimal, Decimal],
    unit: str,
    *,
    precision: Decimal | None = None,
    about: bool = False,
) -> Quantity:
    """A quantity that we computed and no document prints; ``precision`` is half the width of what it may be."""
    bound: Bound = "range" if isinstance(value, tuple) else "about" if about else "exact"
    return Quantity(kind, value, unit, bound, precision, "", 0, 0, "fr")
