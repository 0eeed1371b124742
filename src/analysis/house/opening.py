"""A new chapter, from its template: a notebook that runs, keeps the rules and tells what is true, and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from string import Template

import nbformat
import pandas as pd

from analysis import editions, notebooks, tables, words
from analysis.claims import Ledger, loaded
from analysis.errors import UsageError, nearest
from analysis.words.typography import capital

#: How a cell begins in the template, with its kind.
_CELL = re.compile(r"^# %% (markdown|code|parameters)\n", re.MULTILINE)
_NAME = re.compile(r"[a-z]+(_[a-z]+)*")
#: Pages of an edition that are no chapters.
_TAKEN = frozenset({"index", "proofs", "numbers", "changes"})
_FEWEST, _KEY_NUMBERS = 2, 3


def chapter(name: str, project: Path, *, number: int | None = None, table: str | None = None) -> tuple[Path, ...]:
    """Writes the notebook of a new chapter about a table of claims, run, and its test; returns both files.

    Its ``number`` is the next one unless one is given, its ``table`` the one of its own name. Nothing is written over.
    Raises UsageError for a name, a number or a table that cannot be taken, ExecutionError where the notebook does not
    run; then nothing is left behind.
    """
    there = _there(project)
    _refuse_name(name, there)
    place = _place(number, there)
    notebook = project / "notebooks" / f"{place:02}_{name}.ipynb"
    test = project / "tests" / f"test_chapter_{name}.py"
    if test.exists():
        way_out = "choose another name, or move the file"
        raise UsageError("there is such a file already", file=test.relative_to(project), way_out=way_out)
    fields = {"name": name, "notebook": notebook.name, **_fields(table or name, loaded(project))}
    for file in (notebook, test):
        file.parent.mkdir(exist_ok=True)
    try:
        notebook.write_text(notebooks.text(_made(fields)), encoding="utf-8")
        notebook.write_text(notebooks.text(notebooks.run(notebook, {}, project)), encoding="utf-8")
        test.write_text(_template("chapter_test.txt").substitute(fields), encoding="utf-8")
    except BaseException:
        notebook.unlink(missing_ok=True)
        test.unlink(missing_ok=True)
        raise
    return notebook, test


def _there(project: Path) -> dict[str, int]:
    if not any((project / "notebooks").glob("*.ipynb")):
        return {}
    return {stem: number for number, stem, _ in editions.notebooks(project)}


def _refuse_name(name: str, there: dict[str, int]) -> None:
    if not _NAME.fullmatch(name):
        raise UsageError("not a name", entry=name, way_out="small letters, words parted by _: cloud_prices")
    if name in there or name in _TAKEN:
        held = f"{there[name]:02}_{name}.ipynb" if name in there else f"{name}.html of the edition"
        raise UsageError("the name is taken", entry=name, evidence=held, way_out="choose another")


def _place(number: int | None, there: dict[str, int]) -> int:
    numbers = {place: stem for stem, place in there.items()}
    following = max(numbers, default=0) + 1
    place = following if number is None else number
    if place in numbers or place < 1:
        evidence = f"{place:02}_{numbers[place]}.ipynb" if place in numbers else "chapters count from 1"
        way_out = f"leave it out: the next one is {following}"
        raise UsageError("the number cannot be taken", entry=f"--number {place}", evidence=evidence, way_out=way_out)
    return place


def _fields(table: str, ledger: Ledger) -> dict[str, str]:
    """What the template leaves open: the table, its label, and the claims that the chapter begins with."""
    families = sorted({claim.table for claim in ledger.claims.values()})
    if table not in families:
        way_out = f"{nearest(table, families)}; name one with --table, or add claims of this one first"
        raise UsageError("no claims are of that table", entry=f'table = "{table}"', way_out=way_out)
    claims = tables.table(table, ledger)
    first = [*_first(claims)]
    if len(first) < _FEWEST:
        way_out = "add claims first (CONTRIBUTING.md), or choose another table"
        raise UsageError("too few claims for a chapter", entry=f'table = "{table}"', way_out=way_out)
    labels = {f"label_{lang}": capital(words.label(table, lang, group="tables")) for lang in words.LANGUAGES}
    named = {"first": first[0], "key_numbers": ", ".join(f'"{claim}"' for claim in first[:_KEY_NUMBERS])}
    return {"table": table, **labels, **named}


def _first(claims: pd.DataFrame) -> Iterator[str]:
    """The claims that repeat no other, in the order of the ledger."""
    repeats = claims["same_as"] if "same_as" in claims else [""] * len(claims)
    yield from (claim for claim, other in zip(claims["id"], repeats, strict=True) if not other)


def _made(fields: dict[str, str]) -> nbformat.NotebookNode:
    """The notebook of the template, not yet run."""
    _, *parts = _CELL.split(_template("chapter.txt").substitute(fields))
    cells = [_cell(kind, source.strip("\n")) for kind, source in zip(parts[::2], parts[1::2], strict=True)]
    return notebooks.canonical(nbformat.v4.new_notebook(cells=cells))


def _cell(kind: str, source: str) -> nbformat.NotebookNode:
    """One cell; only what is run can hold parameters."""
    made: nbformat.NotebookNode
    if kind == "markdown":
        made = nbformat.v4.new_markdown_cell(source)
    else:
        made = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"] if kind == "parameters" else []})
    return made


def _template(name: str) -> Template:
    return Template((resources.files("analysis.house") / name).read_text(encoding="utf-8"))
