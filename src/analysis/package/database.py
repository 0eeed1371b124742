"""The data package as one SQLite file, for people who think in SQL, and what Datasette is told of it.

It is made of the package's own files and holds what they hold. Types are those of the descriptor: ``string`` is TEXT,
``integer`` and ``boolean`` (0, 1) are INTEGER, ``number`` is NUMERIC: a whole number is kept whole, so that euros add
up to the last one; any other is the nearest binary one, which has the decimal it came from as its shortest writing
(up to 15 digits; the CSV holds the decimals themselves). What is empty is NULL.

The file has the same bytes on every machine: tables, rows and columns in the package's order, a fixed layout, no clock,
and no trace of the SQLite that wrote it. Layout: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from analysis.package.blanks import cleared
from analysis.package.descriptor import DESCRIPTOR, LICENCES, NAME, TITLE
from analysis.tables.cells import unmarked

DATABASE = f"{NAME}.sqlite"
#: What Datasette shows beside the tables: datasette etat-du-nuage.sqlite --metadata metadata.json
METADATA = "metadata.json"
_PAGE_SIZE = 4096
_SETTINGS = (
    f"page_size = {_PAGE_SIZE}",
    "auto_vacuum = 0",
    "encoding = 'UTF-8'",
    "secure_delete = 1",
    "foreign_keys = 0",
)
_TYPES = {"string": "TEXT", "integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC"}
_ABOUT = {
    "tables": {"name": "Name of the table", "title": "What it holds"},
    "columns": {
        "table_name": "Table that the column belongs to",
        "column_name": "Name of the column",
        "type": "Its type in the data package: string, number, integer or boolean",
        "description": "What it means",
    },
}
_COLUMNS = """CREATE TABLE columns (
  table_name TEXT REFERENCES tables (name), column_name TEXT, type TEXT NOT NULL, description TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name)
)"""
Value = str | int | float | None


def database(files: Mapping[str, bytes]) -> bytes:
    """The database of a data package, given by file name as ``files.files`` has it.

    Two tables more than the package has: ``tables`` and ``columns`` say what all the others mean.
    """
    resources = _resources(files)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        for setting in _SETTINGS:
            made.execute(f"PRAGMA {setting}")
        made.execute("BEGIN")
        for statement in _about(resources):
            made.execute(*statement)
        for resource in resources:
            made.execute(_create(resource))
            width = len(resource["schema"]["fields"])
            insert = f"INSERT INTO {_quoted(resource['name'])} VALUES ({', '.join('?' * width)})"  # noqa: S608
            made.executemany(insert, _rows(resource, files[resource["path"]]))
        made.execute("COMMIT")
        return cleared(made.serialize(), _PAGE_SIZE)


def metadata(files: Mapping[str, bytes], address: str = "") -> bytes:
    """What Datasette is told: titles, the meaning of every column, licence and, where there is one, the address."""
    described = {
        "title": TITLE,
        "license": " / ".join(licence.title for licence in LICENCES),
        "license_url": LICENCES[0].path,
        **({"source": "État du nuage", "source_url": address} if address else {}),
        "databases": {NAME: {"tables": {each["name"]: _shown(each) for each in _resources(files)} | _about_shown()}},
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _resources(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    described: list[dict[str, Any]] = json.loads(files[DESCRIPTOR])["resources"]
    return described


def _shown(resource: Mapping[str, Any]) -> dict[str, Any]:
    columns = {field["name"]: field["description"] for field in resource["schema"]["fields"]}
    return {"title": resource["title"], "columns": columns}


def _about_shown() -> dict[str, Any]:
    return {name: {"title": f"What the {name} hold", "columns": columns} for name, columns in _ABOUT.items()}


def _about(resources: list[dict[str, Any]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The statements that make and fill ``tables`` and ``columns``, with their values."""
    yield "CREATE TABLE tables (name TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID", ()
    for each in resources:
        yield "INSERT INTO tables VALUES (?, ?)", (each["name"], each["title"])
    yield _COLUMNS, ()
    for each in resources:
        for field in each["schema"]["fields"]:
            told = (each["name"], field["name"], field["type"], field["description"])
            yield "INSERT INTO columns VALUES (?, ?, ?, ?)", told


def _create(resource: Mapping[str, Any]) -> str:
    schema = resource["schema"]
    key = schema.get("primaryKey", [])
    lines = [_column(field, required=field["name"] in key) for field in schema["fields"]]
    if key:
        lines.append(f"PRIMARY KEY ({_listed(key)})")
    for foreign in schema.get("foreignKeys", ()):
        to = foreign["reference"]
        lines.append(
            f"FOREIGN KEY ({_listed(foreign['fields'])}) REFERENCES {_quoted(to['resource'])} ({_listed(to['fields'])})"
        )
    return f"CREATE TABLE {_quoted(resource['name'])} (\n  " + ",\n  ".join(lines) + "\n)"


def _column(field: Mapping[str, Any], *, required: bool) -> str:
    line = f"{_quoted(field['name'])} {_TYPES[field['type']]}{' NOT NULL' if required else ''}"
    return f"{line} CHECK ({_quoted(field['name'])} IN (0, 1))" if field["type"] == "boolean" else line


def _listed(names: list[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _rows(resource: Mapping[str, Any], content: bytes) -> Iterator[list[Value]]:
    types = [field["type"] for field in resource["schema"]["fields"]]
    rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    next(rows)
    for row in rows:
        yield [_value(cell, type_) for cell, type_ in zip(row, types, strict=True)]


def _value(cell: str, type_: str) -> Value:
    match type_:
        case _ if not cell:
            return None
        case "boolean":
            return int(cell == "true")
        case "integer":
            return int(cell)
        case "number":
            return float(cell) if "." in cell else _whole(cell)
        case _:
            return unmarked(cell)


def _whole(digits: str) -> int | float:
    number = int(digits)
    return number if abs(number) < 2**63 else float(digits)
