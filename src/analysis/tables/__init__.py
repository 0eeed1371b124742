"""Claims → tidy tables, CSV files, data package."""

from analysis.tables.frames import CLAIMS, names, table
from analysis.tables.package import FOLDER, files, stale, write

__all__ = ["CLAIMS", "FOLDER", "files", "names", "stale", "table", "write"]
