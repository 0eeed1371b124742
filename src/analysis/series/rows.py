"""A CSV file → its rows, each cell by its column; whatever does not fit is told by file, line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from analysis.errors import InputError, NuageError, Problems, nearest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: where it comes from, the line it ends in, from 1, and its cells by column.

    Of an answer that came over the network, ``file`` is the address, and ``place`` says what ``line`` counts.
    """

    file: Path | str
    line: int
    cells: Mapping[str, str]
    place: str = "line"

    def __getitem__(self, column: str) -> str:
        """The cell of that column."""
        return self.cells[column]

    def fault(self, column: str, what: str, *, evidence: str | None = None, way_out: str) -> InputError:
        """What is wrong with a cell; the evidence is what stands in it, if nothing else is given."""
        name = f" ({self.cells['id']})" if self.cells.get("id") else ""
        return InputError(
            what,
            file=self.file,
            entry=f"{self.place} {self.line}{name}, {column}",
            evidence=evidence or f"{column} = {self.cells[column]!r}",
            way_out=way_out,
        )


def read(path: Path, file: Path, columns: Sequence[str]) -> list[Row]:
    """The rows of a CSV file in UTF-8 whose header has exactly those columns, in any order.

    ``file`` is what it is called in errors. Raises Problems where a column is unknown or missing, a row has another
    number of cells than the header, or a cell has blanks around it.
    """
    lines = _lines(path, file)
    if not lines:
        raise Problems([InputError("the file is empty", file=file, way_out=f"begin with: {','.join(columns)}")])
    _, header = lines[0]
    if problems := [*_header_faults(header, columns, file)]:
        raise Problems(problems)
    rows, faults = [], []
    for number, cells in lines[1:]:
        if len(cells) != len(header):
            faults.append(_wrong_length(cells, header, file, number))
            continue
        row = Row(file, number, dict(zip(header, cells, strict=True)))
        faults += [
            row.fault(column, "blanks around the cell", way_out="remove them")
            for column, cell in row.cells.items()
            if cell != cell.strip()
        ]
        rows.append(row)
    if faults:
        raise Problems(faults)
    return rows


def each(rows: Sequence[Row], build: Callable[[Row], T]) -> Iterator[T]:
    """What is built of each row. Raises Problems with the faults of all rows, once all have been tried."""
    problems: list[NuageError] = []
    for row in rows:
        try:
            yield build(row)
        except NuageError as error:
            problems.append(error)
    if problems:
        raise Problems(problems)


def _lines(path: Path, file: Path) -> list[tuple[int, list[str]]]:
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise InputError("the file of its rows is missing", file=file, way_out="write it, or remove the card") from None
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", file=file, evidence=f"byte {error.start}", way_out="save it as UTF-8") from None
    if text.startswith("\ufeff"):
        raise InputError("a byte order mark", file=file, evidence="byte 0", way_out="save it as UTF-8 without one")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        evidence = f"line {reader.line_num}: {error}"
        raise InputError("malformed CSV", file=file, evidence=evidence, way_out="mend that line") from None


def _header_faults(header: Sequence[str], columns: Sequence[str], file: Path) -> Iterator[NuageError]:
    for name in header:
        if name not in columns:
            yield InputError(
                f'unknown column "{name}"', file=file, entry="line 1", way_out=nearest(name, set(columns) - set(header))
            )
    for name in columns:
        if name not in header:
            yield InputError(f'the column "{name}" is missing', file=file, entry="line 1", way_out=f"add {name}")
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield InputError(f'two columns are called "{name}"', file=file, entry="line 1", way_out="keep one")


def _wrong_length(cells: Sequence[str], header: Sequence[str], file: Path, line: int) -> InputError:
    return InputError(
        f"{len(cells)} cells under {len(header)} columns",
        file=file,
        entry=f"line {line}",
        evidence=",".join(cells)[:80],
        way_out="put a cell that holds a comma into double quotes",
    )
