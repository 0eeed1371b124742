"""Claims, names and numbers → tidy tables, one row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from analysis import paths, reads, series
from analysis.claims import Claim, Ledger, census, loaded
from analysis.errors import InputError, UsageError, nearest
from analysis.series import Catalogue
from analysis.tables.cells import unmarked, written
from analysis.tables.columns import (
    CLAIM_COLUMNS,
    DOCUMENT_COLUMNS,
    NAME_COLUMNS,
    NUMBER_COLUMNS,
    SERIES_COLUMNS,
    Cell,
    Column,
)

FOLDER = Path("data/processed")
#: The table of all claims; the others hold the claims, or the names, of one family.
CLAIMS = "claims"
#: The table of the identity cards.
DOCUMENTS = "documents"
#: The census of every number that the documents print. It takes the texts to be made, so it is read from its file.
NUMBERS = "numbers"
#: The table of all observations of all series, each release and each telling a row of its own.
SERIES = "series"
#: Columns that a family's table always has, so that its shape does not hang on one row.
_ALWAYS = set("id document subject measure place period status value unit bound low high same_as".split())
_PANDAS = {"integer": "int64", "boolean": "bool", "number": "object", "string": "str"}
T = TypeVar("T")


class _Told(dict[str, str]):
    """What is told of each column. pandas copies it with every column that it hands out; nobody changes it."""

    def __deepcopy__(self, _: Any) -> _Told:
        return self


def names(ledger: Ledger) -> tuple[str, ...]:
    """The tables that a ledger gives by itself: ``claims``, ``documents``, then the families in alphabetical order."""
    return (CLAIMS, DOCUMENTS, *sorted({entry.table for entry in ledger.entries}))


def table(name: str, ledger: Ledger | None = None, catalogue: Catalogue | None = None) -> pd.DataFrame:
    """A tidy table, one row per claim in the ledger's order, index 0…n-1.

    ``documents`` is one row per document, ``numbers`` one per number that they print, ``series`` one per observation.

    Numbers are ``Decimal`` in columns of dtype object (money in euros, percentages as 45), texts ``str`` ("" where
    a column does not apply), ``None`` where a number has no such end. ``attrs`` holds ``name``, what each column means
    under ``columns``, and its Table Schema type under ``types``. Raises UsageError for an unknown name, InputError
    where ``numbers`` has not been written.
    """
    with reads.as_one("table", name):
        if name == NUMBERS:
            made = _read(_written(paths.project() / FOLDER / f"{NUMBERS}.csv"))
        elif name == SERIES:
            made = _observed(series.loaded(paths.project()) if catalogue is None else catalogue)
        else:
            made = _tidy(name, loaded(paths.project()) if ledger is None else ledger)
        return made.copy(deep=False)  # what a reader changes in it is copied first


@lru_cache(maxsize=2)
def _observed(catalogue: Catalogue) -> pd.DataFrame:
    return frame(SERIES_COLUMNS, list(catalogue.observations.values()), SERIES)


@lru_cache(maxsize=64)
def _tidy(name: str, ledger: Ledger) -> pd.DataFrame:
    if name not in names(ledger):
        raise UsageError(f'no table "{name}"', way_out=nearest(name, (*names(ledger), NUMBERS, SERIES)))
    if name == DOCUMENTS:
        return frame(DOCUMENT_COLUMNS, list(ledger.documents.values()), name)
    claims = [claim for claim in ledger.claims.values() if name in (CLAIMS, claim.table)]
    if claims or name == CLAIMS:
        return frame(CLAIM_COLUMNS if name == CLAIMS else tuple(_filled(claims)), claims, name)
    return frame(NAME_COLUMNS, [entry for entry in ledger.names.values() if entry.table == name], name)


def numbers(ledger: Ledger, texts: Mapping[str, str]) -> pd.DataFrame:
    """The census of the documents whose canonical texts are given, by id: one row per number, in reading order."""
    counted = [n for card in ledger.documents.values() for n in census(ledger, card, texts[card.id])]
    return frame(NUMBER_COLUMNS, counted, NUMBERS)


def counts(frame: pd.DataFrame, by: str, across: str) -> pd.DataFrame:
    """How many rows there are of each value of ``by``, in a column for each value of ``across``; 0 for none."""
    return pd.crosstab(frame[by], frame[across]).reset_index()


def _filled(claims: Sequence[Claim]) -> Iterable[Column[Claim]]:
    """The columns that say something in a family: all but ``table`` and those empty throughout."""
    for column in CLAIM_COLUMNS:
        used = any(column.cell(claim) not in ("", None) for claim in claims)
        if column.name != "table" and (used or column.name in _ALWAYS):
            yield column


def frame(columns: Sequence[Column[T]], rows: Sequence[T], name: str) -> pd.DataFrame:
    """A tidy table of ``rows`` with these columns, named and typed as ``table`` has it."""
    return _typed(columns, {column.name: [column.cell(row) for row in rows] for column in columns}, name)


def _typed(columns: Sequence[Column[Any]], cells: Mapping[str, Sequence[Cell]], name: str) -> pd.DataFrame:
    frame = pd.DataFrame({c.name: pd.Series(list(cells[c.name]), dtype=_PANDAS[c.type], name=c.name) for c in columns})
    frame.attrs = {
        "name": name,
        "columns": _Told((column.name, column.description) for column in columns),
        "types": _Told((column.name, column.type) for column in columns),
    }
    return frame


def csv_of(frame: pd.DataFrame) -> bytes:
    """The frame as CSV with fixed bytes: UTF-8, commas, ``\\n``, numbers and texts as ``cells`` has them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([written(cell) for cell in row] for row in frame.itertuples(index=False))
    return text.getvalue().encode()


def _written(file: Path) -> str:
    if not file.is_file():
        raise InputError(
            "the table has not been written", file=file, way_out="nuage tables, with the documents at hand"
        )
    return file.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _read(csv_text: str) -> pd.DataFrame:
    """The census read back from the CSV that ``csv_of`` gave, with the types of its columns."""
    rows = list(csv.DictReader(io.StringIO(csv_text, newline="")))
    return _typed(NUMBER_COLUMNS, {c.name: [_cell(row[c.name], c) for row in rows] for c in NUMBER_COLUMNS}, NUMBERS)


def _cell(text: str, column: Column[Any]) -> Cell:
    match column.type:
        case "number":
            return Decimal(text) if text else None
        case "integer":
            return int(text)
        case "boolean":
            return text == "true"
        case _:
            return unmarked(text)
