"""What a parameter may be, and how a value of it is read.

A value comes as text, from the command line or a spreadsheet, or typed, from TOML, YAML or a notebook; what is read is
the same. Series are loaded only where a value hangs on them: help and errors should come at once.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from analysis.series import Catalogue

#: The release that is the newest of those in the project.
LATEST = "latest"
_SEPARATOR = re.compile(r"[\s,;]+")
_SPAN = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})?")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """Some of these, each once, in the order wanted."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """A first and a last year, or none for the newest; the series tells of that place in two of them at least."""

    series: str
    place: str


@dataclass(frozen=True, slots=True)
class Release:
    """The date of a release of that series, or ``latest``."""

    series: str


Kind: TypeAlias = Choice | Several | Years | Release
Value: TypeAlias = str | tuple[str, ...] | tuple[int, int | None]


class Unfit(ValueError):
    """A value that does not fit: what would, and why this one does not where that is not plain."""

    def __init__(self, way_out: str, why: str | None = None) -> None:
        super().__init__(way_out)
        self.way_out, self.why = way_out, why


def read(kind: Kind, given: object, project: Path) -> Value:
    """The value of that kind which was given, as text or typed. Raises Unfit."""
    match kind:
        case Choice(choices):
            return _one(given, choices, "one")
        case Several(choices):
            return _several(given, choices)
        case Years():
            return _years(kind, given, project)
        case Release():
            return _one(given.isoformat() if isinstance(given, date) else given, releases(kind, project), "one")


def spelled(value: Value) -> str:
    """The value as text, from which ``read`` gives it again.

    >>> spelled(("DE", "FI")), spelled((2018, None)), spelled("latest")
    ('DE,FI', '2018-', 'latest')
    """
    match value:
        case (int(first), last):
            return f"{first}-{'' if last is None else last}"
        case tuple():
            return ",".join(map(str, value))
    return str(value)


def releases(kind: Release, project: Path) -> tuple[str, ...]:
    """What may be chosen of a series: the newest, or a date."""
    return (LATEST, *_catalogue(project).releases(kind.series))


def years(kind: Years, project: Path) -> tuple[int, ...]:
    """The years for which any release of the series tells something of the place, the earliest first."""
    told = _catalogue(project).of(kind.series)
    return tuple(sorted({int(each.period[:4]) for each in told if each.place == kind.place}))


def _catalogue(project: Path) -> Catalogue:
    from analysis import series  # noqa: PLC0415  # only what hangs on a series waits for it

    return series.loaded(project)


def _one(given: object, choices: Sequence[str], how: str) -> str:
    if isinstance(given, str) and given in choices:
        return given
    by_small = {choice.casefold(): choice for choice in choices}
    close = get_close_matches(str(given).casefold(), by_small, n=1)
    asked = f'did you mean "{by_small[close[0]]}"? ' if close else ""
    raise Unfit(f"{asked}choose {how} of {', '.join(choices)}", None if how == "one" else f'there is no "{given}"')


def _several(given: object, choices: Sequence[str]) -> tuple[str, ...]:
    parts = _parts(given)
    chosen = tuple(_one(part, choices, "some") for part in parts)
    if not chosen:
        raise Unfit(f"choose some of {', '.join(choices)}", "nothing is chosen")
    if twice := next((each for each in chosen if chosen.count(each) > 1), None):
        raise Unfit("name each once", f"{twice} is named twice")
    return chosen


def _parts(given: object) -> Sequence[object]:
    """The members of a list: typed, written as one (which is how papermill hands one over), or parted by commas."""
    if isinstance(given, str):
        text = given.strip()
        if not text.startswith("["):
            return _SEPARATOR.split(text)
        try:
            given = ast.literal_eval(text)
        except (ValueError, SyntaxError):
            raise Unfit('write it like ["DE", "FI"], or like DE,FI', "it is no list") from None
    return given if isinstance(given, list | tuple) else [given]


def _years(kind: Years, given: object, project: Path) -> tuple[int, int | None]:
    first, last = _ends(given)
    known = years(kind, project)
    told = f"the series tells of {', '.join(map(str, known))}"
    if not known[0] <= first <= (last or known[-1]) <= known[-1]:
        raise Unfit(f"choose years from {known[0]} to {known[-1]}, the first before the last", told)
    if sum(first <= year <= (last or known[-1]) for year in known) < 2:
        raise Unfit("choose years that hold two of these at least", told)
    return first, last


def _ends(given: object) -> tuple[int, int | None]:
    found = _SPAN.fullmatch(given.strip()) if isinstance(given, str) else None
    if found:
        return int(found[1]), int(found[2]) if found[2] else None
    match _parts(given):
        case [int(first), (int() | None) as last] if not isinstance(first, bool) and not isinstance(last, bool):
            return first, last
    raise Unfit("write them like 2018-2025, or 2018- for all from 2018 on; typed, [2018, 2025]")
