"""The catalogue: all observations of all series, newest release first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.errors import InputError, NuageError, Problems, nearest
from analysis.series import collected, releases
from analysis.series.cards import FOLDER, Series, cards
from analysis.series.observation import Observation


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All observations by id, in the order of the files; the cards of their series.

    What one series told at different dates is never one line: ``of`` gives one telling at a time, ``releases`` lists
    the dates, ``tellings`` sets side by side what was told of one quantity.

    One reading of a project is equal to itself only, so that what is made of it can be kept.
    """

    observations: Mapping[str, Observation]
    series: Mapping[str, Series]

    def __getitem__(self, observation: str) -> Observation:
        """The observation of that id. Raises InputError naming the nearest one."""
        if observation not in self.observations:
            raise InputError(
                f'no observation "{observation}"', file=FOLDER, way_out=nearest(observation, self.observations)
            )
        return self.observations[observation]

    def releases(self, series: str) -> tuple[str, ...]:
        """The dates at which a series told something, the newest first. Raises InputError for an unknown series."""
        if series not in self.series:
            raise InputError(f'no series "{series}"', file=FOLDER, way_out=nearest(series, self.series))
        return tuple(sorted({each.released for each in self._of(series)}, reverse=True))

    def of(self, series: str, released: str | None = None) -> tuple[Observation, ...]:
        """What a series told: at one date, or all of it with the newest first, each telling in the order of its file.

        Raises InputError for an unknown series, or a date at which it told nothing.
        """
        dates = self.releases(series)
        if released is not None and released not in dates:
            what = f'"{series}" told nothing at {released}'
            raise InputError(what, file=self.series[series].card, way_out=f"it did at: {', '.join(dates)}")
        wanted = dates if released is None else (released,)
        return tuple(each for date in wanted for each in self._of(series) if each.released == date)

    def latest(self, series: str) -> tuple[Observation, ...]:
        """The newest telling of a series. Raises InputError for an unknown series."""
        return self.of(series, self.releases(series)[0])

    def tellings(self, observation: str) -> tuple[Observation, ...]:
        """All that was told, by any series at any date, of the quantity that an observation is about: newest first.

        The observation itself is among them. Raises InputError for an unknown observation.
        """
        wanted = self[observation].coordinates
        found = [each for each in self.observations.values() if each.coordinates == wanted]
        return tuple(sorted(found, key=lambda each: each.released, reverse=True))

    def _of(self, series: str) -> Iterator[Observation]:
        return (each for each in self.observations.values() if each.series.id == series)


def load(project: Path) -> Catalogue:
    """The catalogue of a project, each value read from what is printed; empty where there are no series.

    Raises Problems with every fault of every file.
    """
    found: dict[str, Observation] = {}
    known = cards(project)
    problems: list[NuageError] = [*_strays(project, known)]
    for series in known.values():
        try:
            for each in _observations(series, project):
                problems += _twice(each, found.get(each.id))
                found.setdefault(each.id, each)
        except NuageError as error:
            problems.append(error)
    if problems:
        raise Problems(problems)
    return Catalogue(found, known)


@cache
def loaded(project: Path) -> Catalogue:
    """What ``load`` gives, read once: all the numbers of a piece of work are of one reading."""
    return load(project)


def _observations(series: Series, project: Path) -> Iterator[Observation]:
    read = releases.observations if series.release else collected.observations
    return read(series, project)


def _twice(second: Observation, first: Observation | None) -> Iterator[NuageError]:
    if first is not None:
        yield InputError(
            "two observations have this id",
            file=second.file,
            entry=f"line {second.line} ({second.id}), id",
            evidence=f"{first.printed!r} in {first.file.name} and {second.printed!r} in {second.file.name}",
            way_out="give one of them another id",
        )


def _strays(project: Path, known: Mapping[str, Series]) -> Iterator[NuageError]:
    """Files of rows that nothing reads: without a card, or named for the other kind of series."""
    for path in sorted((project / FOLDER).glob("*.csv")):
        name, dot, _ = path.stem.partition(".")
        card, file = known.get(name), path.relative_to(project)
        if card is None:
            evidence = f"there is no {FOLDER / name}.toml"
            yield InputError("no card describes this file", file=file, evidence=evidence, way_out="write its card")
        elif card.release and not dot:
            way_out = f"{name}.2026-02-27.csv"
            yield InputError("the file is not named for a date of release", file=file, way_out=way_out)
        elif dot and not card.release:
            evidence = f"{card.card} has no [release]"
            yield InputError(
                "rows collected by hand have one file", file=file, evidence=evidence, way_out=f"{name}.csv"
            )
