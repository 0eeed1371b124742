"""The canonical form of an executed notebook: the same inputs give the same bytes, whenever and wherever it ran."""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import nbformat

from analysis.words import BLOCK_TYPE

_KEPT_METADATA: Mapping[str, Any] = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
#: A name that a cell keeps; others, such as those that Jupyter draws by lot, are replaced.
_OURS = re.compile(r"cell-[0-9a-z-]+")
#: Where a kernel says that a cell's code lies: a folder named for the process, which warnings print.
_CELL_FOLDER = re.compile(r"/[\w./-]*/ipykernel_\d+/")


def canonical(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what differs from run to run: times, paths, versions, counts that skip, cuts in a stream."""
    notebook.metadata = nbformat.from_dict(_KEPT_METADATA)
    notebook.nbformat_minor = 5
    _name(notebook.cells)
    count = 0
    for cell in notebook.cells:
        cell.metadata = {"tags": cell.metadata.get("tags", [])}
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = list(_gathered(cell.outputs))
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = count
                if "metadata" in output:
                    output.metadata = {}
    return notebook


def _name(cells: Iterable[nbformat.NotebookNode]) -> None:
    """Names each cell that has no name of ours, or another cell's, for what it holds: so none of the others moves."""
    taken: set[str] = set()
    for cell in cells:
        name = cell.get("id", "")
        if not _OURS.fullmatch(name) or name in taken:
            first = name = f"cell-{hashlib.sha256(cell.source.encode()).hexdigest()[:8]}"
            copies = 1
            while name in taken:
                copies += 1
                name = f"{first}-{copies}"
        cell.id = name
        taken.add(name)


def _gathered(outputs: Iterable[nbformat.NotebookNode]) -> Iterator[nbformat.NotebookNode]:
    """The outputs, with what was written between two others told once per stream: the clock decides how it was cut."""
    for written, group in groupby(outputs, key=lambda output: bool(output.output_type == "stream")):
        if not written:
            yield from group
            continue
        streams: dict[str, str] = {}
        for output in group:
            streams[output.name] = streams.get(output.name, "") + output.text
        for name in sorted(streams, reverse=True):
            yield nbformat.v4.new_output("stream", name=name, text=_CELL_FOLDER.sub("/", streams[name]))


def for_readers(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what only the edition reads: the same outputs once more, as data, a third of its weight."""
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(BLOCK_TYPE, None)
    return made


def text(notebook: nbformat.NotebookNode) -> str:
    """A notebook as canonical JSON: sorted keys, one blank of indent, no escapes, one line end at the end."""
    return str(nbformat.writes(notebook, version=4)).rstrip("\n") + "\n"
