"""Claims and series → tidy tables."""

from analysis.tables.columns import Column
from analysis.tables.frames import (
    CLAIMS,
    DOCUMENTS,
    FOLDER,
    NUMBERS,
    SERIES,
    counts,
    csv_of,
    frame,
    names,
    numbers,
    table,
)

__all__ = [
    "CLAIMS",
    "DOCUMENTS",
    "FOLDER",
    "NUMBERS",
    "SERIES",
    "Column",
    "counts",
    "csv_of",
    "frame",
    "names",
    "numbers",
    "table",
]
