"""The identity card of a series: what it is, who publishes it, under what terms, how its rows came to be here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from analysis import records
from analysis.errors import InputError, NuageError, Problems, UsageError, nearest

FOLDER = Path("data/raw/series")
T = TypeVar("T", "Place", "Population", "Remark")


@dataclass(frozen=True, slots=True)
class Place:
    """How the release names a place (``geo``), and our code for it."""

    geo: str
    code: str


@dataclass(frozen=True, slots=True)
class Population:
    """Our code for the population that a ``unit`` of the release counts; ``suffix`` ends the ids of its observations.

    An office that gives shares of two populations tells them apart by the unit: percent of all enterprises, percent of
    those with access to the internet.
    """

    unit: str
    code: str
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What the office says of one point elsewhere than in its flag, in our words."""

    geo: str
    time: str
    note_fr: str
    note_en: str
    seen: str


@dataclass(frozen=True, slots=True)
class Release:
    """How the releases of a statistical office are read.

    ``address``   the query of its JSON-stat interface; the filters in it say what a release may hold
    ``unit``      what is printed after each value
    ``decimals``  the decimals that the office publishes: JSON drops the zeros at the end of a number
    ``subject``, ``measure``, ``organisation``  codes that hold for every row
    """

    dataset: str
    address: str
    unit: str
    decimals: int
    subject: str
    measure: str
    organisation: str
    places: tuple[Place, ...]
    populations: tuple[Population, ...]
    remarks: tuple[Remark, ...] = ()

    def place(self, geo: str) -> Place | None:
        """The place that the release names so, if the card knows it."""
        return next((each for each in self.places if each.geo == geo), None)

    def population(self, unit: str) -> Population | None:
        """The population that the unit counts, if the card knows it."""
        return next((each for each in self.populations if each.unit == unit), None)

    def remark(self, geo: str, time: str) -> Remark | None:
        """What is known of one point, if anything is."""
        return next((each for each in self.remarks if (each.geo, each.time) == (geo, time)), None)


@dataclass(frozen=True, slots=True)
class Series:
    """The identity card of a series; what ends in ``_fr`` and ``_en`` is told to readers.

    With a ``release``, the rows are those of a statistical office, one file for each date of release; without, they
    were collected by hand, each with the place where it was read.
    """

    id: str
    title_fr: str
    title_en: str
    publisher: str
    address: str
    terms_fr: str
    terms_en: str
    collected_fr: str
    collected_en: str
    note_fr: str = ""
    note_en: str = ""
    release: Release | None = None

    @property
    def card(self) -> Path:
        """The file of its card, from the project's folder."""
        return FOLDER / f"{self.id}.toml"


def cards(project: Path) -> dict[str, Series]:
    """The cards of all series by id, in the order of their ids. Raises Problems with all that is wrong in any."""
    found: dict[str, Series] = {}
    problems: list[NuageError] = []
    for path in sorted((project / FOLDER).glob("*.toml")):
        try:
            found[path.stem] = _card(path, path.relative_to(project))
        except NuageError as error:
            problems.append(error)
    if problems:
        raise Problems(problems)
    return found


def card(project: Path, series: str) -> Series:
    """The card of one series. Raises UsageError naming the nearest one."""
    found = cards(project)
    if series not in found:
        raise UsageError(f'no series "{series}"', file=FOLDER, way_out=nearest(series, found))
    return found[series]


def _card(path: Path, file: Path) -> Series:
    content = records.load(path)
    table = content.pop("release", None)
    series = records.build(Series, content, file=file, name="card", release=_release(table, file) if table else None)
    if series.id != file.stem:
        raise InputError(
            "the id is not the file's name", file=file, evidence=f'id = "{series.id}"', way_out=f'id = "{file.stem}"'
        )
    return series


def _release(table: dict[str, Any], file: Path) -> Release:
    rest = dict(table)
    parts = {
        "places": tuple(_parts(rest.pop("place", []), Place, file)),
        "populations": tuple(_parts(rest.pop("population", []), Population, file)),
        "remarks": tuple(_parts(rest.pop("remark", []), Remark, file)),
    }
    release = records.build(Release, rest, file=file, name="release", **parts)
    for kind in "places", "populations":
        _refuse_repetitions(getattr(release, kind), file)
    return release


def _parts(entries: list[dict[str, Any]], kind: type[T], file: Path) -> Iterator[T]:
    name = f"release.{kind.__name__.lower()}"
    for number, entry in enumerate(entries, 1):
        yield records.build(kind, entry, file=file, name=f"{name} {number}")


def _refuse_repetitions(parts: tuple[Place, ...] | tuple[Population, ...], file: Path) -> None:
    for field in fields(parts[0]) if parts else ():
        values = [getattr(part, field.name) for part in parts]
        if twice := next((value for value in values if values.count(value) > 1), None):
            raise InputError(
                f'two entries have {field.name} = "{twice}"',
                file=file,
                entry=f"release.{type(parts[0]).__name__.lower()}",
                way_out="ids are made of it: one entry for each",
            )
