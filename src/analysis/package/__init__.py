"""Tables and findings → the data package: CSV files with fixed bytes, their descriptor, and one database of them all.

The modules in the order of the flow; each imports only those above it::

    descriptor  what the package says of itself: tables, columns, types, keys, licences
    census      every number that the documents print: taken, or kept where their texts are not at hand
    files       the files of the package: made, written, held against those that are there
    blanks      what no row uses of a SQLite file, filled with zeros
    database    the package as one SQLite file, and what Datasette is told of it
"""

from analysis.package.census import Census, basis, counted
from analysis.package.database import DATABASE, METADATA, database, metadata
from analysis.package.descriptor import DESCRIPTOR, LICENCES
from analysis.package.files import files, stale, standing, write

__all__ = [
    "DATABASE",
    "DESCRIPTOR",
    "LICENCES",
    "METADATA",
    "Census",
    "basis",
    "counted",
    "database",
    "files",
    "metadata",
    "stale",
    "standing",
    "write",
]
