"""The releases of a statistical office, one file for each date of release → observations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from analysis.claims.claim import Status
from analysis.errors import InputError, NuageError, Problems, UsageError, nearest
from analysis.quantities.spans import is_period
from analysis.series import rows, rules
from analysis.series.cards import FOLDER, Release, Series
from analysis.series.observation import Observation
from analysis.series.rows import Row

#: The dimensions of the release, under the names that the office gives them, then what it says of each point.
DIMENSIONS = "freq size_emp nace_r2 indic_is unit geo time".split()
COLUMNS = ["dataset", *DIMENSIONS, "value", "flag", "released"]
#: What stands in place of a value that the office does not give.
NOT_AVAILABLE = ":"
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")
_VALUE = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Vintage:
    """One release of a series, as its file in the project holds it; ``date`` is the day of the release, ISO."""

    series: Series
    date: str
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.series.id}.{self.date}.csv"


def filters(release: Release) -> dict[str, tuple[str, ...]]:
    """What the query of a card asks for: the codes wanted of each dimension that it names.

    >>> from types import SimpleNamespace
    >>> filters(SimpleNamespace(address="https://stat.example/data/x?format=JSON&geo=FR&geo=DE"))
    {'geo': ('FR', 'DE')}
    """
    query = parse_qs(urlsplit(release.address).query)
    return {name: tuple(query[name]) for name in DIMENSIONS if name in query}


def known_codes(release: Release) -> dict[str, tuple[str, ...]]:
    """The codes that a release may hold, by column: those that the query asks for, those that the card names."""
    return filters(release) | {
        "dataset": (release.dataset,),
        "geo": tuple(each.geo for each in release.places),
        "unit": tuple(each.unit for each in release.populations),
    }


def files(series: Series, project: Path) -> list[Path]:
    """The files of the releases of a series, the newest first."""
    return sorted((project / FOLDER).glob(f"{series.id}.*.csv"), reverse=True)


def vintages(series: Series, project: Path) -> list[Vintage]:
    """The releases of a series that the project holds, the newest first.

    Raises Problems with every fault of every file: a name that is no date, a value or a flag that cannot be read, a
    place or a population that the card does not know, two rows for one point, a date that is not that of the file.
    """
    found: list[Vintage] = []
    problems: list[NuageError] = []
    for path in files(series, project):
        try:
            found.append(vintage(series, path, path.relative_to(project)))
        except NuageError as error:
            problems.append(error)
    if problems:
        raise Problems(problems)
    return found


def vintage(series: Series, path: Path, file: Path) -> Vintage:
    """The release in one file. Raises Problems with all that is wrong in it."""
    date = path.name.removeprefix(f"{series.id}.").removesuffix(".csv")
    if len(date) != len("2026-02-27") or not rules.is_release_date(date):
        raise InputError(
            "the file is not named for a date of release", file=file, way_out=f"{series.id}.2026-02-27.csv"
        )
    return checked(series, date, rows.read(path, file, COLUMNS))


def checked(series: Series, date: str, found: Sequence[Row]) -> Vintage:
    """The release of a date that is made of these rows. Raises Problems with all that is wrong in any of them."""
    release = told_by(series)
    if problems := [fault for row in found for fault in _faults(row, release, date)] + [*_repetitions(found)]:
        raise Problems(problems)
    return Vintage(series, date, tuple(found))


def told_by(series: Series) -> Release:
    """How the releases of a series are read. Raises UsageError where its rows are collected by hand."""
    if series.release is None:
        raise UsageError(
            f'"{series.id}" has no releases',
            file=series.card,
            evidence="its card has no [release]: its rows are collected by hand",
            way_out=f"edit {FOLDER / series.id}.csv",
        )
    return series.release


def point(row: Row) -> tuple[str, ...]:
    """What a row is about: its code in every dimension."""
    return tuple(row[name] for name in DIMENSIONS)


def observations(series: Series, project: Path) -> Iterator[Observation]:
    """The observations of all releases of a series, the newest release first, each in the order of its file.

    A row whose value is not available is none. The newest release has plain ids; the ids of earlier ones end in
    their date. Raises what ``vintages`` raises, and InputError where there is no release at all.
    """
    release = told_by(series)
    held = vintages(series, project)
    if not held:
        way_out = f"fetch it: nuage refresh {series.id}"
        raise InputError("the series has no release yet", file=series.card, way_out=way_out)
    for each in held:
        newest = each is held[0]
        told = [row for row in each.rows if row["value"] != NOT_AVAILABLE]
        yield from rows.each(told, partial(_observation, series=series, release=release, newest=newest))


def _observation(row: Row, *, series: Series, release: Release, newest: bool) -> Observation:
    place, population = release.place(row["geo"]), release.population(row["unit"])
    if place is None or population is None:
        raise row.fault("geo", "the card does not know the place or the population", way_out=f"see {series.card}")
    date, remark = row["released"][:10], release.remark(row["geo"], row["time"])
    old = "" if newest else f"_r{date.replace('-', '')}"
    return Observation(
        id=f"{series.id}_{place.code.lower()}_{row['time'].replace('-', '').lower()}{population.suffix}{old}",
        series=series,
        file=Path(row.file),
        line=row.line,
        printed=row["value"],
        cue="",
        unit=release.unit,
        language="en",
        subject=release.subject,
        measure=release.measure,
        place=place.code,
        period=row["time"],
        population=population.code,
        segment="",
        payer="",
        purpose="",
        status=_status(row["flag"]),
        measured_by=release.organisation,
        said_by=release.organisation,
        flag=row["flag"],
        released=date,
        publisher=series.publisher,
        address=series.address,
        second_address=remark.seen if remark else "",
        agreement="official",
        same_as="",
        note_fr=remark.note_fr if remark else "",
        note_en=remark.note_en if remark else "",
        quantity=rules.quantity(row, "value", cue="", unit=release.unit, lang="en"),
        newest=newest,
    )


def _status(flag: str) -> Status:
    if "f" in flag:
        return "forecast"
    return "estimated" if "e" in flag or "s" in flag else "measured"


def _faults(row: Row, release: Release, date: str) -> Iterator[NuageError]:
    for column in COLUMNS:
        if not row[column] and column != "flag":
            yield row.fault(
                column, f"{column} is missing", evidence=",".join(point(row)), way_out=_ways_out(column, release)
            )
    if row["value"] not in ("", NOT_AVAILABLE) and not _VALUE.fullmatch(row["value"]):
        yield row.fault("value", "the value is no number", way_out="a number such as 26.76, or : where it is not given")
    yield from rules.flag_faults(row)
    if row["time"] and not is_period(row["time"]):
        yield row.fault("time", "the period is not ISO", way_out="2018, 2020-Q3 or 2020-09")
    if row["released"] and not (_MOMENT.fullmatch(row["released"]) and row["released"].startswith(date)):
        yield row.fault("released", "not the release that the file is named for", way_out=f"a moment of {date}")
    yield from _unknown_codes(row, release)


def _ways_out(column: str, release: Release) -> str:
    if column == "value":
        return f"the value, or {NOT_AVAILABLE} where it is not available"
    return f'"{release.dataset}"' if column == "dataset" else "fill it in, as the release has it"


def _unknown_codes(row: Row, release: Release) -> Iterator[NuageError]:
    for column, codes in known_codes(release).items():
        if row[column] and row[column] not in codes:
            hint = nearest(row[column], codes)
            yield row.fault(column, f"the card does not know this {column}", way_out=f"{hint} or add it to the card")


def _repetitions(found: Sequence[Row]) -> Iterator[NuageError]:
    first: dict[tuple[str, ...], Row] = {}
    for row in found:
        earlier = first.setdefault(point(row), row)
        if earlier is not row:
            evidence = f"{earlier['value']} in line {earlier.line}, {row['value']} in line {row.line}"
            yield row.fault("geo", "two rows for one point", evidence=evidence, way_out="keep one")
