"""Running one notebook with papermill: in a process of its own, with a known environment, to canonical JSON."""

from __future__ import annotations

import copy
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from analysis.errors import ExecutionError
from analysis.words import BLOCK_TYPE

#: Seconds that one cell may take before the run is stopped and the cell named.
TIME_LIMIT = 120
_ENGINE = "etat-du-nuage"
_KEPT_CELL_METADATA = ("tags",)
_KEPT_METADATA: Mapping[str, Any] = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class _Engine(NBClientEngine):  # type: ignore[misc]  # papermill has no type information
    """papermill's own engine, with the kernel's environment set and sockets in the file system instead of TCP ports.

    Ports are chosen before they are bound, so that many runs at once can take each other's.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        client = PapermillNotebookClient(
            nb_man,
            kernel_name=kernel_name,
            timeout=kwargs["execution_timeout"],
            startup_timeout=kwargs["start_timeout"],
            shutdown_kernel="immediate",
            config=Config({"KernelManager": {"transport": "ipc", "ip": str(kwargs["sockets"])}}),
        )
        return client.execute(env=kwargs["kernel_environment"])


papermill_engines.register(_ENGINE, _Engine)


def run(file: Path, parameters: Mapping[str, str], project: Path) -> nbformat.NotebookNode:
    """The notebook executed with these parameters, as canonical notebook.

    The parameters stand in its own parameters cell, so that the result can be run again as it is. Raises
    ExecutionError naming the cell that failed, hung or killed the kernel.
    """
    with tempfile.TemporaryDirectory(prefix="nuage-") as home:
        try:
            executed = papermill.execute_notebook(
                file,
                None,
                parameters=dict(parameters),
                engine_name=_ENGINE,
                kernel_name="python3",
                progress_bar=False,
                execution_timeout=TIME_LIMIT,
                kernel_environment=environment(project, Path(home)),
                sockets=Path(home) / "socket",
            )
        except PapermillExecutionError as error:
            raise _failed(file, error.exec_count, f"{error.ename}: {error.evalue}", error.source) from None
        except CellTimeoutError as error:
            raise ExecutionError(f"a cell ran longer than {TIME_LIMIT} s", file=file, evidence=str(error)) from None
        except DeadKernelError as error:
            raise ExecutionError(
                "the kernel died", file=file, evidence=str(error), way_out="look at the memory the notebook needs"
            ) from None
    return canonical(_merged(executed))


def environment(project: Path, home: Path) -> dict[str, str]:
    """The environment of a kernel: the caller's, with all that could change an output set.

    ``home`` stands for IPython's folder, so that nobody's start-up files are run.
    """
    return {
        **os.environ,
        "NUAGE_PROJECT": str(project),
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "IPYTHONDIR": str(home),
        "MPLBACKEND": "svg",
        "OPENBLAS_NUM_THREADS": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def _failed(file: Path, count: int, message: str, source: str) -> ExecutionError:
    first = source.strip().splitlines()[0] if source.strip() else ""
    return ExecutionError("a cell failed", file=file, entry=f"cell [{count}] {first}", evidence=message)


def _merged(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The injected parameters written over the parameters cell: one cell, holding what was run."""
    cells = {tag: cell for cell in notebook.cells for tag in cell.metadata.get("tags", ())}
    if "injected-parameters" in cells and "parameters" in cells:
        lines = cells["injected-parameters"].source.splitlines()
        cells["parameters"].source = "\n".join(line for line in lines if not line.startswith("#"))
        notebook.cells = [cell for cell in notebook.cells if cell is not cells["injected-parameters"]]
    return notebook


def canonical(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what differs from run to run: times, paths, versions, counts that skip."""
    notebook.metadata = nbformat.from_dict(_KEPT_METADATA)
    notebook.nbformat_minor = 5
    count = 0
    for number, cell in enumerate(notebook.cells, 1):
        cell.metadata = {key: cell.metadata[key] for key in _KEPT_CELL_METADATA if key in cell.metadata}
        cell.id = f"cell-{number:02}"
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = count
                if "metadata" in output:
                    output.metadata = {}
    return notebook


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
