"""The files of the data package: made, written, and held against those that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis import checks, tables
from analysis.checks import FINDINGS, Evidence, register
from analysis.checks.register import SAME_QUANTITIES
from analysis.errors import InputError, NuageError
from analysis.package.census import TAKE, Census, counted
from analysis.package.descriptor import DESCRIPTOR, descriptor, fields, resource
from analysis.tables import NUMBERS, SERIES, csv_of
from analysis.tables.columns import NUMBER_COLUMNS


def files(evidence: Evidence, census: Census | None) -> dict[str, bytes]:
    """The data package of a project, by file name: a CSV per table, and the descriptor.

    Raises Problems where a check cannot be carried out.
    """
    frames = _frames(evidence)
    contents = {name: csv_of(frame) for name, frame in frames.items()}
    schemas = {name: fields(frame.attrs["columns"], frame.attrs["types"]) for name, frame in frames.items()}
    if census:
        contents[NUMBERS] = census.content
        schemas[NUMBERS] = fields(
            {column.name: column.description for column in NUMBER_COLUMNS},
            {column.name: column.type for column in NUMBER_COLUMNS},
        )
    described = [resource(name, content, schemas[name]) for name, content in contents.items()]
    if census:
        described[-1]["basis"] = census.basis  # the census is the last of them
    return {f"{name}.csv": content for name, content in contents.items()} | {
        DESCRIPTOR: descriptor(evidence.ledger, described)
    }


def _frames(evidence: Evidence) -> dict[str, pd.DataFrame]:
    """Every table that a project gives by itself; those of series and findings only where it has any."""
    ledger = evidence.ledger
    frames = {name: tables.table(name, ledger) for name in tables.names(ledger)}
    if evidence.catalogue.observations:
        frames[SERIES] = tables.table(SERIES, ledger, evidence.catalogue)
    if evidence.declared:
        frames[FINDINGS] = checks.table(checks.findings(evidence))
    if groups := checks.same_quantities(evidence):
        frames[SAME_QUANTITIES] = register.table(groups)
    return frames


def write(evidence: Evidence, texts: Mapping[str, str], folder: Path) -> list[Path]:
    """Writes the data package into ``folder``; returns the files whose bytes changed.

    Without every document's text, the census stays as it is, and stays known to be stale if it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in files(evidence, counted(evidence.ledger, texts, folder)).items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            file.write_bytes(content)
            changed.append(file)
    return changed


def standing(folder: Path) -> dict[str, bytes]:
    """The data package as it stands in ``folder``: what ``files`` gives, once nothing there is stale."""
    return {file.name: file.read_bytes() for file in (*sorted(folder.glob("*.csv")), folder / DESCRIPTOR)}


def stale(evidence: Evidence, texts: Mapping[str, str], folder: Path) -> Iterator[NuageError]:
    """What in ``folder`` is not what the project gives: a missing, an old or a foreign file."""
    census = counted(evidence.ledger, texts, folder)
    if census is None:
        yield InputError("the census is missing", file=folder / f"{NUMBERS}.csv", way_out=TAKE)
    elif old := census.outdated(evidence.ledger):
        yield old
    expected = files(evidence, census)
    for name, content in expected.items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            what = "is not what the ledger gives" if file.is_file() else "is missing"
            yield InputError(f"the table {what}", file=file, way_out="nuage tables, then look at git diff")
    for file in sorted(folder.glob("*.csv")):
        if file.name not in expected and file.stem != NUMBERS:
            yield InputError("no claim gives this table", file=file, way_out="remove it")
