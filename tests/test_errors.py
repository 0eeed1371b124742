"""Errors that a person can act on."""

from __future__ import annotations

import pytest

from analysis.errors import ExecutionError, InputError, NuageError, Problems, SetupError, UsageError


def test_an_error_tells_file_entry_evidence_and_way_out() -> None:
    error = InputError("it is wrong", file="a.toml", entry="b", evidence="c", way_out="d")
    assert str(error) == "a.toml · b: it is wrong\n  evidence: c\n  way out:  d"


def test_what_does_not_apply_is_left_out() -> None:
    assert str(InputError("it is wrong")) == "it is wrong"


@pytest.mark.parametrize(
    ("kind", "code"), [(InputError, 1), (Problems, 1), (UsageError, 2), (ExecutionError, 3), (SetupError, 4)]
)
def test_each_kind_has_its_documented_exit_code(kind: type[NuageError], code: int) -> None:
    assert kind.exit_code == code


def test_several_problems_are_told_together() -> None:
    assert str(Problems([InputError("one"), InputError("two")])) == "one\ntwo"
