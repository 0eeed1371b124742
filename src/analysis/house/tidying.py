"""The form in which a notebook is committed, so that a diff shows what was changed and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat

from analysis import notebooks
from analysis.errors import ExecutionError
from analysis.house.reading import Notebook
from analysis.house.rule import Hit, Rule

#: What a widget leaves in an output: the number of a model that died with its kernel.
_WIDGET = "application/vnd.jupyter.widget-view+json"
#: How git marks in a file what two branches have changed.
_CONFLICT = b"\n<<<<<<< "


def tidied(file: Path) -> str:
    """The notebook in a file as it is committed: keys sorted, cells named, nothing of the program that saved it.

    Sources and outputs stay, but for widgets, which show nothing without their kernel. Counts say 1, 2, 3 … where it
    was run from top to bottom, and nothing where it was not: it must then be run again. Raises ExecutionError where the
    file is no notebook.
    """
    try:
        notebook = nbformat.v4.reads(file.read_bytes().decode())
        version = notebook.get("nbformat")
        counts = [cell.get("execution_count") for cell in notebook.cells if cell.cell_type == "code"]
        made = notebooks.canonical(notebook)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise _no_notebook(file, str(error)) from None
    if version != nbformat.current_nbformat:
        raise _no_notebook(file, f"its nbformat is {version}, not {nbformat.current_nbformat}")
    for output in (each for cell in made.cells for each in cell.get("outputs", ())):
        output.get("data", {}).pop(_WIDGET, None)
    if None in counts or counts != sorted({*counts}):
        _uncount(made)
    return notebooks.text(made)


def _no_notebook(file: Path, evidence: str) -> ExecutionError:
    way_out = "mend it, or save it again with Jupyter (nbformat 4)"
    if _CONFLICT in file.read_bytes():
        way_out = "settle the conflict that git marked in it first (CONTRIBUTING.md)"
    return ExecutionError("not a notebook", file=file, evidence=evidence[:200], way_out=way_out)


def _uncount(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        for counted in (cell, *cell.get("outputs", ())):
            if "execution_count" in counted:
                counted.execution_count = None


def _untidy(notebook: Notebook) -> Iterator[Hit]:
    wanted = tidied(notebook.file)
    if wanted != notebook.text:
        pairs = zip(notebook.text.splitlines(), [*wanted.splitlines(), None], strict=False)
        differing = ((number, line) for number, (line, other) in enumerate(pairs, 1) if line != other)
        number, line = next(differing, (len(notebook.text.splitlines()), "its end"))
        yield None, f"line {number}: {line.strip()[:80]}"


def _not_run(notebook: Notebook) -> Iterator[Hit]:
    if not notebook.in_order:
        counts = (str(cell.count or "not run") for cell in notebook.codes)
        yield None, f"its cells were run as {', '.join(counts)}"


def _conflicts(notebook: Notebook) -> Iterator[Hit]:
    """What is left of a merge: nbdime marks it within cells, so that the notebook can still be opened."""
    for cell in notebook.cells:
        yield from ((cell, line) for line in cell.source.splitlines() if line.startswith("<<<<<<< "))


RULES = (
    Rule("conflict", "what two branches wrote stands side by side", "keep one (CONTRIBUTING.md)", _conflicts),
    Rule("untidy", "it holds what differs from one program or moment to the next", "nuage tidy NOTEBOOK", _untidy),
    Rule("not-run", "its outputs are not those of a run from top to bottom", "nuage execute NOTEBOOK", _not_run),
)
