"""TOML files into frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis import records
from analysis.errors import InputError, Problems


@dataclass(frozen=True)
class Inner:
    words: str
    at: tuple[int, int]


@dataclass(frozen=True)
class Outer:
    name: str
    inner: Inner | None = None


def test_a_table_inside_becomes_its_own_record() -> None:
    built = records.build(Outer, {"name": "a", "inner": {"words": "b", "at": [1, 2]}}, file=Path("f"), name="e")
    assert built == Outer("a", Inner("b", (1, 2)))


def test_a_fault_inside_is_told_with_its_path() -> None:
    with pytest.raises(Problems, match=r"f · e\.inner: the field \"at\" is not a list of 2 whole numbers"):
        records.build(Outer, {"name": "a", "inner": {"words": "b", "at": [1]}}, file=Path("f"), name="e")


def test_all_faults_of_an_entry_are_told_at_once() -> None:
    with pytest.raises(Problems) as caught:
        records.build(Outer, {"nam": "a", "inner": 3}, file=Path("f"), name="e")
    assert len(caught.value.problems) == 3


def test_true_is_no_whole_number() -> None:
    with pytest.raises(Problems, match="not a list of 2 whole numbers"):
        records.build(Inner, {"words": "b", "at": [True, 2]}, file=Path("f"), name="e")


def test_a_file_that_is_not_there_or_not_utf8_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        records.load(tmp_path / "a.toml")
    (tmp_path / "b.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(InputError, match="not UTF-8"):
        records.load(tmp_path / "b.toml")
