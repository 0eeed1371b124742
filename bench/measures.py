"""What a benchmark has measured, for `python bench` to put into one table."""

# ruff: noqa: INP001  a module of scripts

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Measure(NamedTuple):
    """One comparison: ours beside theirs in a unit, how many times better, and what is wanted of it."""

    name: str
    ours: float
    theirs: float
    unit: str
    ratio: float
    goal: str = ""


def write(file: Path | None, measures: Iterable[Measure]) -> None:
    """The measures as JSON, one a line, where a file is named."""
    if file:
        lines = (json.dumps(measure._asdict(), ensure_ascii=False) for measure in measures)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read(file: Path) -> list[Measure]:
    """What was written."""
    return [Measure(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
