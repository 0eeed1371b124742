"""Claims → tidy tables, CSV files, data package."""

from analysis.tables.frames import CLAIMS, FOLDER, NUMBERS, counts, names, numbers, table
from analysis.tables.package import Census, counted, files, stale, write

__all__ = [
    "CLAIMS",
    "FOLDER",
    "NUMBERS",
    "Census",
    "counted",
    "counts",
    "files",
    "names",
    "numbers",
    "stale",
    "table",
    "write",
]
