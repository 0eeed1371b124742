"""The database: all that the tables hold, exact where SQL can be, explained in itself, the same bytes everywhere."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from analysis import package
from analysis.tables import FOLDER
from analysis.tables.cells import marked, unmarked, written

ROOT = Path(__file__).parents[1]


@cache
def files() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((ROOT / FOLDER).iterdir())}


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(package.database(files()))
        yield opened


def tables() -> dict[str, list[dict[str, str]]]:
    described = json.loads(files()[package.DESCRIPTOR])["resources"]
    return {
        each["name"]: list(csv.DictReader(files()[each["path"]].decode().splitlines(keepends=True)))
        for each in described
    }


def test_it_holds_together(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA freelist_count").fetchone() == (0,)


@pytest.mark.parametrize("name", tables())
def test_a_table_holds_what_its_csv_holds(database: sqlite3.Connection, name: str) -> None:
    types = dict(database.execute("SELECT column_name, type FROM columns WHERE table_name = ?", [name]).fetchall())
    found = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')  # noqa: S608  # a name of ours
    columns = [column[0] for column in found.description]
    rows = [dict(zip(columns, row, strict=True)) for row in found]
    assert [list(row) for row in rows] == [list(row) for row in tables()[name]]
    for row, meant in zip(rows, tables()[name], strict=True):
        for column, cell in row.items():
            assert as_csv(cell, types[column]) == meant[column], column


def as_csv(cell: str | float | None, type_: str) -> str:
    if cell is None:
        return ""
    if type_ == "boolean":
        return "true" if cell else "false"
    return written(Decimal(repr(cell)) if type_ == "number" else cell)


def test_sums_of_euros_are_exact(database: sqlite3.Connection) -> None:
    query = "SELECT sum(value) FROM funding WHERE setting = 'summary_table' AND unit = 'EUR'"
    cells = [row for row in tables()["funding"] if (row["setting"], row["unit"]) == ("summary_table", "EUR")]
    assert database.execute(query).fetchone() == (sum(int(row["value"]) for row in cells),)


def test_rows_are_joined_along_the_keys(database: sqlite3.Connection) -> None:
    query = """SELECT claims.printed, documents.published FROM adoption
        JOIN claims USING (id) JOIN documents ON documents.document = claims.document
        WHERE adoption.id = 'adoption_fr_2018'"""
    assert database.execute(query).fetchall() == [("19%", "2021-11-02")]
    database.execute("PRAGMA foreign_keys = 1")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("INSERT INTO adoption (id, document) VALUES ('nothing', 'nobody')")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        database.execute("INSERT INTO documents (document) SELECT document FROM documents")


def examples(language: str) -> list[str]:
    """What docs/data.md shows in a language."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs/data.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("query", examples("sql"))
def test_the_queries_of_the_guide_give_rows(database: sqlite3.Connection, query: str) -> None:
    assert database.execute(query).fetchall()


def test_the_lines_of_python_of_the_guide_sum_euros_exactly() -> None:
    (code,) = examples("python")
    names: dict[str, Decimal] = {}
    exec(code.replace("data/claims.csv", str(ROOT / FOLDER / "claims.csv")), names)  # noqa: S102  # as a reader would
    rows = [row for row in tables()["claims"] if (row["unit"], row["bound"]) == ("EUR", "exact")]
    assert names["euros"] == sum(Decimal(row["value"]) for row in rows)


def test_every_table_and_column_is_explained_in_the_database_and_to_datasette(database: sqlite3.Connection) -> None:
    there = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert dict(database.execute("SELECT * FROM tables")).keys() == there - {"tables", "columns"} == tables().keys()
    (known,) = json.loads(package.metadata(files()))["databases"].values()
    for name in there:
        columns = {column[1] for column in database.execute(f'PRAGMA table_info("{name}")')}
        assert known["tables"][name]["columns"].keys() == columns
        assert known["tables"][name]["title"]
        assert all(known["tables"][name]["columns"].values())


def test_datasette_is_told_the_licence_and_the_address_where_there_is_one() -> None:
    assert json.loads(package.metadata(files(), "https://example.org/nuage/"))["source_url"].startswith("https://exam")
    assert "source_url" not in json.loads(package.metadata(files()))
    assert json.loads(package.metadata(files()))["license_url"].startswith("https://")


def test_another_process_with_another_hash_seed_makes_the_same_bytes() -> None:
    code = (
        "import hashlib, pathlib, sys; from analysis import package; "
        "files = {file.name: file.read_bytes() for file in pathlib.Path(sys.argv[1]).iterdir()}; "
        "print(hashlib.sha256(package.database(files)).hexdigest())"
    )
    digests = {hashlib.sha256(package.database(files())).hexdigest()}
    for seed in ("1", "77"):
        run = [sys.executable, "-c", code, str(ROOT / FOLDER)]
        told = subprocess.run(run, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
        digests.add(told.stdout.decode().strip())
    assert len(digests) == 1


def test_nothing_is_left_of_the_sqlite_that_wrote_it() -> None:
    content = package.database(files())
    assert content[24:28] == content[92:96] == b"\0\0\0\1"
    assert content[96:100] == b"\0\0\0\0"
    # What the rows do not use is blank: a file that is read and copied by SQLite itself says no more.
    with closing(sqlite3.connect(":memory:")) as opened, closing(sqlite3.connect(":memory:")) as copy:
        opened.deserialize(content)
        opened.backup(copy)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_long_texts_and_large_numbers_come_back_whole() -> None:
    fields = [{"name": "id", "type": "string", "description": "x"}, {"name": "n", "type": "number", "description": "x"}]
    resource = {"name": "t", "title": "T", "path": "t.csv", "schema": {"fields": fields, "primaryKey": ["id"]}}
    ids = [f"{number:05}" + "é" * (37 * number) for number in range(400)]
    numbers = ["123456789012345678", "0.1", "-7", "33.33333333333333333333333333", "12345678901234567890", ""]
    rows = "".join(f"{name},{numbers[place % 6]}\n" for place, name in enumerate(ids))
    made = package.database(
        {package.DESCRIPTOR: json.dumps({"resources": [resource]}).encode(), "t.csv": rows_of(rows)}
    )
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(made)
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert [name for (name,) in opened.execute("SELECT id FROM t ORDER BY rowid")] == ids
        first = [number for (number,) in opened.execute("SELECT n FROM t ORDER BY rowid LIMIT 6")]
    assert first == [123456789012345678, 0.1, -7, 33.333333333333336, 12345678901234567890.0, None]


def rows_of(text: str) -> bytes:
    return ("id,n\n" + text).encode()


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://example.org","x")',
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1+1",
        "\n=1+1",
        "  =1+1",
        "＝1+1",
        "'=1+1",
        "''@x",
    ],
)
def test_text_that_a_spreadsheet_would_compute_is_marked_and_can_be_had_back(text: str) -> None:
    assert marked(text).startswith("'")
    assert not marked(text).removeprefix("'").startswith(marked(text))
    assert unmarked(marked(text)) == text


@pytest.mark.parametrize(
    "text", ["+ 22%", "+ 8 points", "--03-05", "−3 %", "-", "19%", "'t Hart", "", "x=1", "+1,5 Md€"]
)
def test_what_documents_print_stays_as_printed(text: str) -> None:
    assert marked(text) == unmarked(text) == text


def test_no_cell_of_the_committed_tables_needed_a_mark() -> None:
    for rows in tables().values():
        assert all(unmarked(cell) == cell for row in rows for cell in row.values())
