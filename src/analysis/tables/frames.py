"""Claims → tidy tables, one row per claim."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis import paths
from analysis.claims import Claim, Ledger, load
from analysis.errors import UsageError, nearest
from analysis.tables.columns import COLUMNS, Column

#: The table of all claims; the others hold the claims of one family.
CLAIMS = "claims"
#: Columns that a family's table always has, so that its shape does not hang on one row.
_ALWAYS = {"id", "document", "subject", "measure", "place", "period", "status", "value", "unit", "bound", "low", "high"}
_PANDAS = {"integer": "int64", "boolean": "bool", "number": "object", "string": "str"}


def names(ledger: Ledger) -> tuple[str, ...]:
    """The tables that a ledger gives: ``claims``, then the families in alphabetical order."""
    return (CLAIMS, *sorted({claim.table for claim in ledger.claims.values()}))


def table(name: str, ledger: Ledger | None = None) -> pd.DataFrame:
    """A tidy table, one row per claim in the ledger's order, index 0…n-1.

    Numbers are ``Decimal`` in columns of dtype object (money in euros, percentages as 45), texts ``str`` ("" where
    a column does not apply), ``None`` where a number has no such end. ``attrs`` holds ``name`` and, under
    ``columns``, what each column means. Raises UsageError for an unknown name.
    """
    ledger = load(paths.project()) if ledger is None else ledger
    if name not in names(ledger):
        raise UsageError(f'no table "{name}"', way_out=nearest(name, names(ledger)))
    claims = [claim for claim in ledger.claims.values() if name in (CLAIMS, claim.table)]
    columns = COLUMNS if name == CLAIMS else tuple(_filled(claims))
    frame = pd.DataFrame({column.name: _series(column, claims) for column in columns})
    frame.attrs = {"name": name, "columns": {column.name: column.description for column in columns}}
    return frame


def _filled(claims: list[Claim]) -> Iterable[Column]:
    """The columns that say something in a family: all but ``table`` and those empty throughout."""
    for column in COLUMNS:
        used = any(column.cell(claim) not in ("", None) for claim in claims)
        if column.name != "table" and (used or column.name in _ALWAYS):
            yield column


def _series(column: Column, claims: list[Claim]) -> pd.Series[Any]:
    cells: list[str | int | bool | Decimal | None] = [column.cell(claim) for claim in claims]
    return pd.Series(cells, dtype=_PANDAS[column.type], name=column.name)
