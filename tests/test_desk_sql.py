"""SQL on the tables: the database of the edition, read and nothing else, with types, meanings and errors that help."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import checks, desk, package, tables
from analysis.desk import querying
from analysis.errors import UsageError


def test_the_answer_is_that_of_the_tables_of_the_project(project: Path) -> None:
    for name in ("claims", "series", "findings", "numbers", "same_quantities"):
        answer = desk.sql(f'SELECT * FROM "{name}"')  # noqa: S608  # a name of ours
        frame = desk.table(name)
        assert list(answer) == list(frame)
        assert len(answer) == len(frame)
    written = {file.name: file.read_bytes() for file in sorted((project / tables.FOLDER).iterdir())}
    assert querying.database(project) == package.database(written), "nuage tables --check says what is old"


def test_numbers_come_back_as_they_are_stored() -> None:
    answer = desk.sql("SELECT id, value, low, strict FROM claims").set_index("id")
    for row in desk.claims().to_dict("records"):
        stored: Any = answer["value"][row["id"]]
        assert pd.isna(stored) if row["value"] is None else Decimal(repr(float(stored))) == row["value"]
    assert set(answer["strict"]) == {0, 1}


def test_the_types_of_an_answer_are_those_that_hold_it_exactly() -> None:
    answer = desk.sql("SELECT 1 AS whole, 1.5 AS part, 'a' AS text, NULL AS empty UNION ALL SELECT 2, 2, NULL, NULL")
    assert answer.dtypes.astype(str).to_dict() == {
        "whole": "int64",
        "part": "float64",
        "text": "str",
        "empty": "str",
    }
    some = desk.sql("SELECT 9007199254740993 AS large UNION ALL SELECT NULL")["large"]
    assert some.dtype == "Int64"
    assert some.iloc[0] == 9_007_199_254_740_993
    mixed = desk.sql("SELECT 9007199254740993 AS large UNION ALL SELECT 0.5")["large"]
    assert mixed.tolist() == [9_007_199_254_740_993, 0.5]


def test_an_answer_without_rows_has_its_columns() -> None:
    answer = desk.sql("SELECT id, value FROM claims WHERE place = 'nowhere'")
    assert list(answer) == ["id", "value"]
    assert answer.empty


def test_columns_of_one_name_are_all_kept() -> None:
    answer = desk.sql("SELECT c.id, a.id FROM claims AS c JOIN adoption AS a USING (id)")
    assert list(answer) == ["id", "id"]
    assert len(answer) == len(desk.claims("adoption"))


def test_euros_add_up_to_the_last_one() -> None:
    summed = desk.sql("SELECT sum(value) AS euros FROM funding WHERE unit = 'EUR' AND bound = 'exact'")["euros"]
    frame = desk.table("funding", unit="EUR", bound="exact")
    assert summed.dtype == "int64"
    assert summed.iloc[0] == sum(value for value in frame["value"] if value is not None)


def test_parameters_take_their_places() -> None:
    by_sign = desk.sql("SELECT id FROM claims WHERE place = ? AND value > ?", "FI", Decimal("74.5"))
    by_name = desk.sql("SELECT id FROM claims WHERE place = :place AND value > :value", {"place": "FI", "value": 74})
    assert by_sign["id"].tolist() == by_name["id"].tolist() == ["adoption_fi_2020"]
    assert desk.sql("SELECT ? AS told", "'; DROP TABLE claims; --")["told"].iloc[0] == "'; DROP TABLE claims; --"


def test_a_column_taken_unchanged_says_what_it_means_under_any_name() -> None:
    answer = desk.sql(
        "WITH told AS (SELECT id, value AS v, low, length(printed) AS low2, place FROM adoption WHERE kind = ?) "
        "SELECT id, v, v * 2 AS value, told.low AS place, low2, '?' AS unit, line "
        "FROM told JOIN claims USING (id) -- and no other ?",
        "percentage",
    )
    assert set(answer.attrs["columns"]) == {"id", "v", "place", "line"}
    assert answer.attrs["columns"]["place"] == desk.claims().attrs["columns"]["low"]
    assert answer.attrs["types"] == {"id": "string", "v": "number", "place": "number", "line": "integer"}
    assert answer.attrs["tables"] == {"id": "adoption", "v": "adoption", "place": "adoption", "line": "claims"}
    assert answer.attrs["units"] == {"v": "as in the column unit", "place": "as in the column unit", "line": "lines"}


def test_what_the_tables_hold_can_be_asked_of_them() -> None:
    meanings = desk.sql("SELECT column_name, description FROM columns WHERE table_name = 'documents'")
    assert dict(meanings.itertuples(index=False, name=None)) == desk.documents().attrs["columns"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("DELETE FROM claims", "only be read"),
        ("UPDATE claims SET value = 0", "only be read"),
        ("DROP TABLE claims", "only be read"),
        ("CREATE TABLE more (id)", "only be read"),
        ("CREATE TEMP VIEW more AS SELECT 1", "only be read"),
        ("PRAGMA writable_schema = 1", "only be read"),
        ("ATTACH 'elsewhere.sqlite' AS elsewhere", "only be read"),
        ("VACUUM INTO 'elsewhere.sqlite'", "only be read"),
        ("BEGIN", "only be read"),
        ("SELECT load_extension('x')", "only be read"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("SELEC 1", "syntax error"),
        ("SELECT ?", "bindings"),
        ("", "gives no rows"),
        ("SELECT * FROM claim", 'did you mean "claims"'),
        ("SELECT c.plce FROM claims AS c", 'did you mean "place"'),
        ("SELECT pubisher FROM documents", 'did you mean "publisher"'),
    ],
)
def test_what_does_not_read_is_refused_with_the_way_out(query: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as refused:
        desk.sql(query)
    assert refused.value.way_out


def test_a_refused_query_has_changed_nothing(project: Path) -> None:
    before = querying.database(project)
    with pytest.raises(UsageError):
        desk.sql("DELETE FROM claims")
    assert querying.database(project) is before
    assert desk.sql("SELECT count(*) AS n FROM claims")["n"].iloc[0] == len(desk.claims())


def test_a_query_may_end_as_one_is_used_to_and_need_not_be_one_of_rows() -> None:
    assert set(desk.sql("SELECT id FROM claims; -- the end").attrs["columns"]) == {"id"}
    assert desk.sql("EXPLAIN SELECT id FROM claims").attrs["columns"] == {}


@pytest.mark.parametrize("part", ["", "data", "data/etat-du-nuage.sqlite"])
def test_an_edition_answers_for_itself(tmp_path: Path, project: Path, part: str) -> None:
    (tmp_path / "data").mkdir()
    evidence = checks.load(project)
    files = package.files(evidence, None)
    (tmp_path / "data" / package.DATABASE).write_bytes(package.database(files))
    answer = desk.sql("SELECT name FROM tables", edition=tmp_path / part)
    assert "numbers" not in set(answer["name"]), "this edition was made without a census"
    assert len(answer) == len(files) - 1


def test_an_edition_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no edition"):
        desk.sql("SELECT 1", edition=tmp_path)
    with pytest.raises(UsageError, match='no edition "2099-01"'):
        desk.sql("SELECT 1", edition="2099-01")
