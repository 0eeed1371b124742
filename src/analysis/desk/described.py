"""What a frame tells of itself beside its rows: title, units, and what its columns are called in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.package import descriptor
from analysis.words.terms import lexicon

#: Numbers in the unit that the column ``unit`` of their row names; and numbers that have one of their own.
_OF_ROW = ("value", "value_high", "low", "high", "precision")
_OWN = {"start": "characters", "end": "characters", "length": "characters", "line": "lines", "weight": "ranks"}
#: What stands for a unit where the rows have several.
MIXED = "as in the column unit"


def described(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame, its ``attrs`` completed with ``title``, ``units`` by column, and ``labels`` by language and column."""
    kind = type(frame.attrs["columns"])  # a mapping that pandas need not copy with every column
    frame.attrs |= {
        "title": descriptor.title(frame.attrs["name"]),
        "units": kind(_units(frame)),
        "labels": {lang: kind((name, _called(name, lang)) for name in map(str, frame)) for lang in ("fr", "en")},
    }
    return frame


def _units(frame: pd.DataFrame) -> Iterator[tuple[str, str]]:
    shared = set(frame["unit"]) if "unit" in frame else set()
    of_rows = MIXED if len(shared) > 1 else "".join(shared)
    for name in map(str, frame):
        if (unit := unit_of(name, of_rows)) is not None:
            yield name, unit


def unit_of(column: str, of_rows: str) -> str | None:
    """The unit of a column's numbers, where ``of_rows`` is that of what the rows tell; ``None`` for no numbers."""
    return of_rows if column in _OF_ROW else _OWN.get(column)


def _called(column: str, lang: str) -> str:
    term = lexicon()["columns"][column]
    return term.fr if lang == "fr" else term.en
