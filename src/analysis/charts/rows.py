"""Rows of tidy tables as a chart reads them: the quantity of a claim or observation again, its codes, its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.quantities import Bound, Interval, Kind, Quantity, Value


@dataclass(frozen=True, slots=True)
class Row:
    """One claim or observation; ``codes`` holds every other cell of its row that is a text.

    ``line`` is where a claim stands in its document; an observation stands in none and has 0.
    """

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
    def said(self) -> str:
        """ISO date at which it was said: of the document of a claim, of the release or telling of an observation."""
        return self["released"] or self["published"]

    @property
    def announced(self) -> bool:
        """Whether it is a promise, a target or a forecast rather than something found or done."""
        return self["status"] in {"promise", "target", "forecast"}


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a table of names: who takes part in what; ``line`` is where it stands in its document."""

    id: str
    line: int
    codes: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The text in that column; empty where the table has no such column."""
        return self.codes.get(column, "")


def names(table: pd.DataFrame) -> tuple[Named, ...]:
    """The rows of a table of names, in its order."""
    return tuple(Named(cells["id"], int(cells["line"]), _texts(cells)) for cells in table.to_dict("records"))


class Rows:
    """The rows of a table, by the id of their claim or observation."""

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


def with_dates(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the date at which each number was told under ``released``: of a claim, its document's."""
    return table.assign(released=table["released"].mask(table["released"] == "", table["published"]))


def gathered(*tables: pd.DataFrame) -> pd.DataFrame:
    """The rows of several tables in one, in order; what a column does not say of a row is empty, 0 or ``None``."""
    wanted = list(dict.fromkeys(column for table in tables for column in table.columns))
    types = {column: next(t[column].dtype for t in tables if column in t) for column in wanted}
    blank = {column: _nothing(types[column]) for column in wanted}
    rows = [{**blank, **row} for row in _records(tables)]
    return pd.DataFrame({column: pd.Series([row[column] for row in rows], dtype=types[column]) for column in wanted})


def _records(tables: Iterable[pd.DataFrame]) -> Iterator[dict[Any, Any]]:
    for table in tables:
        yield from table.to_dict("records")


def _nothing(dtype: Any) -> object:
    """What a column of that type holds where it says nothing."""
    if pd.api.types.is_bool_dtype(dtype):
        return False
    if pd.api.types.is_integer_dtype(dtype):
        return 0
    return None if dtype == "object" else ""


def _row(cells: dict[Any, Any]) -> Row:
    """The row, with its quantity put together again from the cells."""
    low, high = cells["value"], cells.get("value_high")
    printed, start = cells["printed"], int(cells.get("start", 0))
    quantity = Quantity(
        kind=cells["kind"],
        value=_dated(cells) if low is None else low if high is None else (low, high),
        unit=cells["unit"] or None,
        bound=cells["bound"],
        precision=cells.get("precision"),
        printed=printed,
        start=start,
        end=start + len(printed),
        lang="fr",
        strict=bool(cells.get("strict", False)),
    )
    return Row(cells["id"], quantity, int(cells.get("line", 0)), _texts(cells))


def _texts(cells: dict[Any, Any]) -> dict[str, str]:
    return {str(name): cell for name, cell in cells.items() if isinstance(cell, str)}


def _dated(cells: dict[Any, Any]) -> Value:
    """The date that a row holds instead of a number; ``None`` where it holds neither."""
    first, slash, last = cells.get("iso_date", "").partition("/")
    return (first, last) if slash else first or None


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
