"""The official series that the adoption chart draws: its lines, their breaks, and what others say of its points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.charts.rows import Row, Rows
from analysis.errors import InputError
from analysis.series import FLAGS

SERIES, POPULATION = "eurostat_cloud_use", "enterprises_10_plus_eurostat"
FRANCE, UNION = "FR", "EU27"
_BREAK = "b"
#: What the strategy says of the same shares. Its one in four is another population.
_CLAIMED = "enterprises_over_10_employees_excl_financial"


@dataclass(frozen=True, slots=True)
class Line:
    """One place through the years, the earliest first; it may break."""

    place: str
    rows: tuple[Row, ...]

    @property
    def last(self) -> Row:
        """The newest observation."""
        return self.rows[-1]

    @property
    def runs(self) -> tuple[tuple[Row, ...], ...]:
        """Stretches within which values can be compared: a new one begins where the office flags a break."""
        starts = [0, *(index for index, row in enumerate(self.rows) if index and _BREAK in row["flag"])]
        return tuple(self.rows[a:b] for a, b in zip(starts, [*starts[1:], len(self.rows)], strict=True))

    @property
    def breaks(self) -> tuple[tuple[Row, Row], ...]:
        """The last observation before each break with the first after it."""
        return tuple((before[-1], after[0]) for before, after in zip(self.runs, self.runs[1:], strict=False))

    def at(self, period: str) -> Row | None:
        """The observation of that year, if there is one."""
        return next((row for row in self.rows if row["period"] == period), None)


@dataclass(frozen=True, slots=True)
class Official:
    """The lines of all places that the table holds, France's first, and the claims about points of them."""

    lines: tuple[Line, ...]
    claims: tuple[Row, ...]

    @property
    def france(self) -> Line:
        """France's line."""
        return self.lines[0]

    @property
    def union(self) -> Line | None:
        """The European Union's line, if it is shown."""
        return next((line for line in self.lines if line.place == UNION), None)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All observations, line by line, then all claims."""
        return (*(row for line in self.lines for row in line.rows), *self.claims)

    @property
    def years(self) -> tuple[str, ...]:
        """The years of France's observations."""
        return tuple(row["period"] for row in self.france.rows)

    @property
    def breaks(self) -> tuple[tuple[Row, Row], ...]:
        """Every break of every line."""
        return tuple(each for line in self.lines for each in line.breaks)

    @property
    def doubtful(self) -> tuple[Row, ...]:
        """Observations that the office gives with a reservation other than a break, such as provisional."""
        return tuple(row for line in self.lines for row in line.rows if reservations(row))

    def meets(self, claim: Row) -> bool:
        """Whether the number printed can be a rounding of the official share of that place and year."""
        line = next((each for each in self.lines if each.place == claim["place"]), None)
        found = line.at(claim["period"]) if line else None
        return found is not None and found.value in claim.interval

    @property
    def behind(self) -> bool:
        """Whether France is below the Union in every year in which both are known."""
        pairs = [(row, self.union.at(row["period"])) for row in self.france.rows] if self.union else []
        known = [row.value < other.value for row, other in pairs if other]
        return bool(known) and all(known)


def reservations(row: Row) -> tuple[str, ...]:
    """The letters of the office beside a value, without that of a break."""
    return tuple(letter for letter in row["flag"] if letter in FLAGS and letter != _BREAK)


def official(table: pd.DataFrame) -> Official:
    """What a table of observations and claims holds of the official series: its newest release only.

    Raises InputError where there is nothing about France.
    """
    rows = Rows(table[~(table["series"].astype(bool)) | table["newest"]])
    observed = [row for row in rows if row["series"] == SERIES and row["population"] == POPULATION]
    lines = tuple(_lines(observed))
    if not lines or lines[0].place != FRANCE:
        raise InputError("the table holds no official share of France", entry=SERIES)
    places = {line.place for line in lines}
    said = [row for row in rows if not row["series"] and row["population"] == _CLAIMED]
    claims = (row for row in said if row["measure"] == "cloud_adoption" and row["place"] in places)
    return Official(lines, tuple(claims))


def _lines(rows: list[Row]) -> Iterator[Line]:
    places = sorted({row["place"]: None for row in rows}, key=lambda place: place != FRANCE)
    for place in places:
        found = (row for row in rows if row["place"] == place)
        yield Line(place, tuple(sorted(found, key=lambda row: row["period"])))
