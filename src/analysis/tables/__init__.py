"""Claims → tidy tables, CSV files, data package."""

from analysis.tables.frames import CLAIMS, FOLDER, NUMBERS, names, numbers, table
from analysis.tables.package import Census, counted, files, stale, write

__all__ = ["CLAIMS", "FOLDER", "NUMBERS", "Census", "counted", "files", "names", "numbers", "stale", "table", "write"]
