"""The tables asked in SQL: one read-only query on the database that an edition carries.

SQLite, because it comes with Python and opens everywhere: the file of an edition and these answers need nothing else.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis import checks, package, paths, reads, tables
from analysis.desk.described import MIXED, unit_of
from analysis.desk.framed import names
from analysis.errors import UsageError, nearest

#: What may be done: read rows, compute with them, and walk them again.
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_EDITIONS = Path("reports/editions")
_IN_EDITION = Path("data", package.DATABASE)
#: A place for a parameter in a query; what it could be mistaken for is met first.
_PLACE = re.compile(
    r"""('(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/)|\?\d*|[:@$]\w+""", re.DOTALL
)
_EXACT = 2**53
Value = str | int | float | bytes | None
_WAY_OUT = "write SELECT … or WITH … SELECT …; the tables tables and columns say what there is"


class Column(NamedTuple):
    """A column of a table, with its type in the data package and what it means."""

    table: str
    name: str
    type: str
    description: str


def sql(query: str, *parameters: object, edition: str | Path | None = None) -> pd.DataFrame:
    """The answer to a query (SELECT or WITH), a row each, from all the tables of the project, or of an ``edition``.

    ``parameters`` take the place of the question marks of the query, a mapping that of its names (``:place``).
    ``edition`` is the name of one in ``reports/editions``, or the path of its folder or of its database.

    Whole numbers are int64 (Int64 with ``<NA>`` where some are missing), others float64, the nearest binary number to
    the decimal that the tables hold; yes and no are 1 and 0, texts ``str``. ``attrs`` has, of each column that is
    one of a table unchanged, what it means (``columns``), its type (``types``), table (``tables``) and ``units``.

    Raises UsageError for a query that does not read, or that SQLite refuses, with the nearest table or column.

    >>> sql("SELECT place, value FROM adoption WHERE period = ? ORDER BY value DESC", "2020").values.tolist()
    [['FI', 75], ['DE', 33], ['FR', 27], ['FR', 25]]
    """
    data = _at_hand() if edition is None else _carried(edition)
    with reads.unnoted(), closing(_opened(data)) as opened:
        known = [Column(*row) for row in opened.execute("SELECT * FROM columns")]
        units = {each.table: _unit(opened, each.table) for each in known if each.name == "unit"}
        opened.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)
        try:
            answer = opened.execute(query, _bound(parameters))
            rows, columns = answer.fetchall(), [each[0] for each in answer.description or ()]
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise _refused(str(error), known) from None
    if not columns:
        raise UsageError("the query gives no rows", way_out=_WAY_OUT)
    cells = [*zip(*rows, strict=True)] or [()] * len(columns)
    frame = pd.concat([_column(each) for each in cells], axis=1)
    frame.columns = pd.Index(columns)
    frame.attrs = {"name": "sql", **_told(_unchanged(query, known), units)}
    return frame


def _at_hand() -> bytes:
    """The database of the project that the work is done in, every table of which is read."""
    for name in names():
        reads.note("table", name)
    with reads.unnoted():
        return database(paths.project())


@cache
def database(project: Path) -> bytes:
    """The database of a project's tables, made once: all answers of a piece of work are of one reading."""
    evidence = checks.load(project)
    return package.database(package.files(evidence, package.counted(evidence.ledger, {}, project / tables.FOLDER)))


def _carried(edition: str | Path) -> bytes:
    """The database of an edition, found by its name or path."""
    held = paths.project() / _EDITIONS
    for place in (Path(edition), held / edition):
        for file in (place, place / package.DATABASE, place / _IN_EDITION):
            if file.is_file():
                return file.read_bytes()
    there = sorted(each.name for each in held.iterdir() if (each / _IN_EDITION).is_file()) if held.is_dir() else []
    raise UsageError(f'no edition "{edition}" with a database', way_out=nearest(str(edition), there))


def _opened(data: bytes) -> sqlite3.Connection:
    opened = sqlite3.connect(":memory:")
    opened.deserialize(data)
    return opened


def _bound(parameters: tuple[object, ...]) -> Sequence[object] | Mapping[str, object]:
    match parameters:
        case (Mapping() as named,):
            return {name: _plain(value) for name, value in named.items()}
        case _:
            return [_plain(value) for value in parameters]


def _plain(value: object) -> object:
    """A decimal as the database holds it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _column(cells: Sequence[Value]) -> pd.Series:
    """The cells of a column of an answer, with the type that holds them all as they are."""
    there = [cell for cell in cells if cell is not None]
    if all(isinstance(cell, int) for cell in there) and there:
        return pd.Series(list(cells), dtype="int64" if len(there) == len(cells) else "Int64")
    if all(isinstance(cell, int | float) for cell in there) and there:
        exact = all(
            isinstance(cell, float) or abs(cell) < _EXACT for cell in there if not isinstance(cell, str | bytes)
        )
        return pd.Series(list(cells), dtype="float64" if exact else "object")
    return pd.Series(list(cells), dtype="str" if all(isinstance(cell, str) for cell in there) else "object")


def _refused(message: str, known: Sequence[Column]) -> UsageError:
    what, _, name = message.rpartition(": ")
    if what == "no such table":
        return UsageError(f'no table "{name}"', way_out=nearest(name, {each.table for each in known}))
    if what == "no such column":
        hint = nearest(name.rpartition(".")[2], {each.name for each in known})
        return UsageError(f'no column "{name}"', way_out=hint)
    if "authoriz" in message:
        return UsageError("the tables can only be read", evidence=message, way_out=_WAY_OUT)
    return UsageError("the query cannot be answered", evidence=message, way_out=_WAY_OUT)


def _unit(opened: sqlite3.Connection, table: str) -> str:
    """The unit that all the rows of a table share, or that they do not."""
    units = opened.execute(f'SELECT DISTINCT unit FROM "{table}"').fetchall()  # noqa: S608  # a name of ours
    return units[0][0] or "" if len(units) == 1 else MIXED


def _unchanged(query: str, known: Sequence[Column]) -> Mapping[str, Column]:
    """The columns of an answer, under whatever name, that are a column of a table.

    SQLite tells the declared type of such a column, and none of one that is computed: so the query is prepared on empty
    tables in which each column is declared as itself.
    """
    declared = {f"{each.table}.{each.name}": each for each in known}
    asked = _PLACE.sub(lambda found: found[1] or "NULL", query)
    with closing(sqlite3.connect(":memory:")) as empty, suppress(sqlite3.Error):
        for statement in _empty(known):
            empty.execute(statement)
        empty.execute(f"CREATE TEMP VIEW answer AS {asked}")
        found = empty.execute("PRAGMA table_info(answer)").fetchall()
        return {name: declared[origin] for _, name, origin, *_ in found if origin in declared}
    return {}  # of a query that cannot be a view, such as EXPLAIN


def _empty(known: Sequence[Column]) -> Iterator[str]:
    for table in dict.fromkeys(each.table for each in known):
        columns = ", ".join(f'"{each.name}" "{table}.{each.name}"' for each in known if each.table == table)
        yield f'CREATE TABLE "{table}" ({columns})'
    yield "CREATE TABLE tables (name, title)"
    yield "CREATE TABLE columns (table_name, column_name, type, description)"


def _told(unchanged: Mapping[str, Column], units: Mapping[str, str]) -> dict[Hashable, dict[str, str]]:
    measured = {name: unit_of(of.name, units.get(of.table, "")) for name, of in unchanged.items()}
    return {
        "columns": {name: of.description for name, of in unchanged.items()},
        "types": {name: of.type for name, of in unchanged.items()},
        "tables": {name: of.table for name, of in unchanged.items()},
        "units": {name: unit for name, unit in measured.items() if unit is not None},
    }
