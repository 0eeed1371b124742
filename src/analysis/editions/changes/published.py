"""What an edition says of itself: its tables and charts, as they were published."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.cache import SUMS
from analysis.editions.publish import LATEST, Kept, kept, listed, newest
from analysis.editions.publish.holdings import identity
from analysis.errors import InputError, UsageError, nearest
from analysis.pages.machine import RECORD
from analysis.tables import CLAIMS, SERIES
from analysis.tables.cells import unmarked

PREVIOUS = "previous"
#: A row of a table: cell by column, as the CSV file has it.
Row = Mapping[str, str]
_READ = re.compile(rf"data/({CLAIMS}|{SERIES}|findings)\.csv|{re.escape(RECORD)}|(fr|en)/charts/[^/]+\.(csv|svg)")


@dataclass(frozen=True, slots=True)
class Published:
    """An edition: its name, its date (ISO, empty where it tells none), and those of its files that are compared."""

    name: str
    date: str
    files: Mapping[str, bytes]


def find(out: Path, name: str) -> Path:
    """The folder of the edition of that name kept in ``out``, or the folder of that path.

    ``latest`` is the one published last, ``previous`` the newest before it. Raises UsageError where it is none.
    """
    known = {each.name: each.place for each in kept(out)} | _by_order(newest(out), kept(out))
    if name in known:
        return known[name]
    if (Path(name) / SUMS).is_file():
        return Path(name)
    hint = nearest(name, known) if known else f"no edition is kept in {out}; nuage build keeps those it publishes"
    raise UsageError(f'no edition "{name}"', way_out=hint)


def _by_order(last: Kept | None, editions: Sequence[Kept]) -> dict[str, Path]:
    if last is None:
        return {}
    earlier = [each.place for each in editions if (each.date, each.name) < (last.date, last.name)]
    return {LATEST: last.place} | ({PREVIOUS: earlier[0]} if earlier else {})


def read(folder: Path) -> Published:
    """The edition in a folder. Raises UsageError where there is none, InputError where a file is not as published."""
    digests = listed(folder)
    if not digests:
        raise UsageError("no edition", file=folder, evidence=f"it has no {SUMS}")
    files = {path: _intact(folder / path, digest) for path, digest in digests.items() if _READ.fullmatch(path)}
    name, date = identity(files.get(RECORD, b""))
    return Published(name or folder.resolve().name, date, files)


def former(out: Path, name: str, date: str) -> Published | None:
    """The newest edition kept in ``out`` that is not of this name and not younger; ``None`` where there is none.

    Raises InputError where a file of it is not as published.
    """
    earlier = (each for each in kept(out) if each.name != name and each.date <= date)
    return next((read(each.place) for each in earlier), None)


def _intact(file: Path, digest: str) -> bytes:
    content = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise InputError(
            "the file is not what was published", file=file, way_out="put it back as it was, or remove that edition"
        )
    return content


def rows(files: Mapping[str, bytes], path: str) -> list[Row]:
    """The rows of a CSV file of an edition; none where it has no such file."""
    content = files.get(path, b"").decode()
    return [
        {column: unmarked(cell) for column, cell in row.items()}
        for row in csv.DictReader(io.StringIO(content, newline=""))
    ]
