"""A matrix of runs, in a TOML or CSV file: each row a notebook, its parameters, and what its files are called."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import parameters, records
from analysis.editions import plan
from analysis.editions.plan import Job
from analysis.errors import InputError, NuageError, UsageError, nearest
from analysis.quantities import Lang

_NAME, _NOTEBOOK, _LANG = "name", "notebook", "lang"
_OWN = (_NAME, _NOTEBOOK, _LANG)
_LANGUAGES: Mapping[str, Lang] = {"fr": "fr", "en": "en"}
_FORM = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_LONGEST = 60
#: How some spreadsheets open a CSV file, for themselves.
_OPENING = re.compile(r"sep=.\r?\n")
#: What an edition's own files are called, and what some systems keep for devices.
_TAKEN = re.compile(
    r"charts|contents|corrections|etat-du-nuage|feed|index|numbers|proofs|.*_more\d*|con|prn|aux|nul|(com|lpt)\d"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: ``place`` is where it stands in the file; cells that are empty are left out."""

    file: Path
    place: str
    cells: Mapping[str, Any]

    def fault(self, column: str, what: str, way_out: str | None, evidence: str | None = None) -> UsageError:
        """What is wrong in a column."""
        named = f" ({self.cells[_NAME]})" if _NAME in self.cells else ""
        entry = f"{self.place}{named}, {column}"
        return UsageError(what, file=self.file, entry=entry, evidence=evidence, way_out=way_out)


@dataclass(frozen=True, slots=True)
class _Run:
    """What a row asks for."""

    name: str
    stem: str
    languages: tuple[Lang, ...]
    chosen: Mapping[str, parameters.Value]


def matrix(project: Path, file: Path, languages: Sequence[Lang]) -> list[Job]:
    """The runs that a file names, numbered in its order; those that name no language are run in ``languages``.

    Raises Refused with every fault of every row.
    """
    notebooks = {stem: notebook for _, stem, notebook in plan.notebooks(project)}
    rows, faults = _rows(file)
    runs: list[tuple[_Row, _Run]] = []
    for row in rows:
        try:
            runs.append((row, _run(row, notebooks, tuple(languages), project)))
        except parameters.Refused as refused:
            faults += refused.problems
    faults += _clashes(runs)
    if faults:
        raise parameters.Refused(faults)
    numbers = {name: number for number, name in enumerate(dict.fromkeys(run.name for _, run in runs), 1)}
    return [
        plan.job(notebooks[run.stem], numbers[run.name], run.stem, lang, run.chosen, run.name)
        for _, run in runs
        for lang in run.languages
    ]


def _run(row: _Row, notebooks: Mapping[str, Path], languages: tuple[Lang, ...], project: Path) -> _Run:
    """What a row asks for. Raises Refused with all that is wrong with it."""
    stem, told = row.cells.get(_NOTEBOOK), _languages(row)
    faults = [*_misnamed(row, notebooks), *(fault for fault in told if isinstance(fault, UsageError))]
    chosen: Mapping[str, parameters.Value] = {}
    given = {column: value for column, value in row.cells.items() if column not in _OWN}
    if parameters.LANGUAGE.name in given:
        faults.append(
            row.fault(parameters.LANGUAGE.name, "the language has a column of its own", f"name it in {_LANG}")
        )
    try:
        chosen = parameters.check(str(stem), given, project) if str(stem) in notebooks else {}
    except parameters.Refused as refused:
        faults += (row.fault(str(each.entry), each.what, each.way_out, each.evidence) for each in refused.problems)
    if faults:
        raise parameters.Refused(faults)
    named = tuple(each for each in told if not isinstance(each, UsageError))
    return _Run(row.cells.get(_NAME, stem), str(stem), named or languages, chosen)


def _misnamed(row: _Row, notebooks: Mapping[str, Path]) -> Iterator[UsageError]:
    """What is wrong with the notebook that a row names, and with the name that it gives the run."""
    stem = row.cells.get(_NOTEBOOK)
    if stem is None:
        yield row.fault(_NOTEBOOK, "the notebook is missing", "for instance adoption", f"it has {', '.join(row.cells)}")
    elif str(stem) not in notebooks:
        yield row.fault(_NOTEBOOK, f'no notebook "{stem}"', nearest(str(stem), notebooks))
    name = row.cells.get(_NAME, "a")
    if not isinstance(name, str) or not _FORM.fullmatch(name) or len(name) > _LONGEST:
        what = f"the name fits no file: {name!r}"
        yield row.fault(_NAME, what, f"small letters and digits, parted by - or _, {_LONGEST} at most: adoption-de")
    elif _TAKEN.fullmatch(name) or (name in notebooks and name != stem):
        yield row.fault(_NAME, f'the edition has other files called "{name}"', "name it otherwise: adoption-de")


def _languages(row: _Row) -> tuple[Lang | UsageError, ...]:
    """The languages that a row names, each once; in place of one that there is not, what is wrong with it."""
    cell = row.cells.get(_LANG, ())
    wanted = re.split(r"[\s,;]+", cell.strip()) if isinstance(cell, str) else cell
    if not isinstance(wanted, list | tuple):
        wanted = [wanted]
    found = {each: _LANGUAGES.get(str(each)) for each in map(str, wanted)}
    return tuple(
        lang or row.fault(_LANG, f'no edition is written in "{each}"', nearest(each, _LANGUAGES))
        for each, lang in found.items()
    )


def _clashes(runs: Sequence[tuple[_Row, _Run]]) -> Iterator[UsageError]:
    """Runs of one name that would overwrite each other, or that are not the same in each language."""
    first: dict[str, tuple[_Row, _Run]] = {}
    taken: dict[tuple[str, Lang], _Row] = {}
    for row, run in runs:
        before, other = first.setdefault(run.name, (row, run))
        twice = [taken.setdefault((run.name, lang), row) for lang in run.languages]
        way_out = "give each run a name of its own"
        if clash := next((each for each in twice if each is not row), None):
            yield row.fault(_NAME, f'two runs are called "{run.name}"', way_out, f"the other is in {clash.place}")
        elif (run.stem, run.chosen) != (other.stem, other.chosen):
            what = f'"{run.name}" is another run in another language'
            yield row.fault(_NAME, what, way_out, f"the other is in {before.place}")


def _rows(file: Path) -> tuple[list[_Row], list[NuageError]]:
    """The rows of a file, and what is wrong with the file as a whole. Raises UsageError where it cannot be read."""
    readers = {".toml": _of_toml, ".csv": _of_csv}
    if file.suffix.lower() not in readers:
        raise UsageError("a matrix is a TOML or a CSV file", file=file, way_out="name it editions.toml or editions.csv")
    try:
        rows, faults = readers[file.suffix.lower()](file)
    except (InputError, OSError) as error:
        told = error if isinstance(error, InputError) else InputError("it cannot be read", evidence=error.strerror)
        raise UsageError(told.what, file=file, evidence=told.evidence, way_out=told.way_out) from None
    if not rows and not faults:
        raise UsageError("the matrix names no run", file=file, way_out='[[run]], then notebook = "adoption"')
    return rows, faults


def _of_toml(file: Path) -> tuple[list[_Row], list[NuageError]]:
    content = records.load(file)
    faults: list[NuageError] = [
        UsageError(f'unknown entry "{key}"', file=file, way_out="write [[run]]")
        for key in sorted(content)
        if key != "run"
    ]
    runs = content.get("run", [])
    if not isinstance(runs, list) or not all(isinstance(run, dict) for run in runs):
        raise InputError("the runs are no list of tables", way_out="write [[run]] before each")
    return [_Row(file, f"run {number}", run) for number, run in enumerate(runs, 1)], faults


def _of_csv(file: Path) -> tuple[list[_Row], list[NuageError]]:
    """As spreadsheets write it: with or without a mark of its encoding, parted by commas, semicolons or tabs."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", evidence=f"byte {error.start}", way_out="save it as CSV in UTF-8") from None
    opening = _OPENING.match(text)
    skipped = opening.end() if opening else 0
    header = text[skipped:].partition("\n")[0]
    reader = csv.reader(io.StringIO(text[skipped:], newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    try:
        lines = [(reader.line_num + bool(skipped), [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        evidence = f"line {reader.line_num + bool(skipped)}: {error}"
        raise InputError("malformed CSV", evidence=evidence, way_out="mend that line") from None
    return _of_lines(file, lines)


def _of_lines(file: Path, lines: Sequence[tuple[int, list[str]]]) -> tuple[list[_Row], list[NuageError]]:
    """The rows below the line that names the columns; those that are empty throughout are none."""
    columns = [column.casefold() for column in lines[0][1]] if lines else []
    named = {*_OWN, *(each.name for contract in parameters.CONTRACTS.values() for each in contract)}
    faults: list[NuageError] = []
    for number, column in enumerate(columns):
        if column not in named:
            faults.append(
                UsageError(f'no column "{column}"', file=file, entry="line 1", way_out=nearest(column, named))
            )
        elif column in columns[:number]:
            faults.append(UsageError(f'two columns "{column}"', file=file, entry="line 1", way_out="keep one"))
    rows = []
    for number, cells in lines[1:]:
        if any(cells[len(columns) :]):
            way_out = "put what holds a separator between quotation marks"
            faults.append(UsageError("more cells than columns", file=file, entry=f"line {number}", way_out=way_out))
        filled = {name: cell for name, cell in zip(columns, cells, strict=False) if cell and name in named}
        if filled:
            rows.append(_Row(file, f"line {number}", filled))
    return rows, faults
