"""Rows collected by hand → observations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from analysis.claims.claim import Status
from analysis.errors import NuageError, Problems
from analysis.quantities import Lang
from analysis.quantities.spans import is_period
from analysis.series import rows, rules
from analysis.series.cards import FOLDER, Series
from analysis.series.observation import AGREEMENTS, Observation
from analysis.series.rows import Row

#: The columns of a file collected by hand, and those of them that may not be empty.
COLUMNS = (
    "id printed cue unit language subject measure place period population segment payer purpose status measured_by "
    "said_by released publisher address second_address agreement same_as note_fr note_en"
).split()
_NEEDED = (
    "id printed language subject measure place status measured_by said_by released publisher address agreement"
).split()
_CHOICES = {"language": get_args(Lang), "status": get_args(Status), "agreement": AGREEMENTS}
_ID = re.compile(r"[a-z][a-z0-9_]*")


def observations(series: Series, project: Path) -> Iterator[Observation]:
    """The observations of a series collected by hand, in the order of its file.

    Raises Problems with every fault of every row: a missing or unknown cell, a malformed date or period, a number
    that cannot be read, two ids alike.
    """
    file = FOLDER / f"{series.id}.csv"
    found = rows.read(project / file, file, COLUMNS)
    yield from rows.each(found, lambda row: _observation(row, series))


def _observation(row: Row, series: Series) -> Observation:
    if problems := tuple(_faults(row)):
        raise Problems(problems)
    quantity = rules.quantity(row, "printed", cue=row["cue"], unit=row["unit"], lang=_language(row))
    return Observation(**row.cells, series=series, file=Path(row.file), line=row.line, flag="", quantity=quantity)  # type: ignore[arg-type]  # _faults has seen to the choices


def _language(row: Row) -> Lang:
    return "fr" if row["language"] == "fr" else "en"


def _faults(row: Row) -> Iterator[NuageError]:
    for column in _NEEDED:
        if not row[column]:
            yield row.fault(column, f"{column} is missing", evidence=f"{row['printed']!r}", way_out="fill it in")
    for column, known in _CHOICES.items():
        if row[column] and row[column] not in known:
            yield row.fault(column, f"unknown {column}", way_out=f"one of: {', '.join(known)}")
    if row["id"] and not _ID.fullmatch(row["id"]):
        yield row.fault("id", "the id is not a name", way_out="use a to z, digits and _")
    if row["released"] and not rules.is_release_date(row["released"]):
        yield row.fault("released", "the date is not ISO", way_out="2021-11-02, 2021-11 or 2021")
    if not is_period(row["period"]):
        yield row.fault("period", "the period is not ISO", way_out="2018, 2020-Q3, 2021/2022 or 2023/..")
    yield from _agreement_faults(row)
    yield from rules.note_faults(row)


def _agreement_faults(row: Row) -> Iterator[NuageError]:
    two_places = row["agreement"] in ("two places", "disagree")
    if two_places and not row["second_address"]:
        yield row.fault(
            "second_address",
            "the second place is missing",
            evidence=f"agreement = {row['agreement']!r}",
            way_out='say where it was read a second time, or write "one place"',
        )
    if row["agreement"] == "one place" and row["second_address"]:
        yield row.fault(
            "agreement",
            "a second place is given",
            evidence=row["second_address"],
            way_out='write "two places" or "disagree"',
        )
