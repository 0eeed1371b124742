"""Running one notebook with papermill: in a process of its own, with a known environment, to canonical JSON."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors, remove_error_markers
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from traitlets.config import Config

from analysis.errors import ExecutionError
from analysis.notebooks.environment import environment
from analysis.notebooks.form import canonical

#: Seconds that one cell may take before the run is stopped and the cell named.
TIME_LIMIT = 120
#: Seconds in which a kernel has started, or has failed.
START_LIMIT = 60
#: What to do about a run that died, or that found no memory.
OUT_OF_MEMORY = "look at the memory the notebook needs"
_ENGINE = "etat-du-nuage"


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


def run(file: Path, parameters: Mapping[str, str], project: Path, notes: Path | None = None) -> nbformat.NotebookNode:
    """The notebook executed with these parameters, as canonical notebook.

    The parameters stand in its own parameters cell, so that the result can be run again as it is. ``notes`` is the file
    in which the run notes what it reads of the project (see ``analysis.reads``). Raises ExecutionError naming the cell
    that failed, hung or killed the kernel.
    """
    with tempfile.TemporaryDirectory(prefix="nuage-") as home:
        known = environment(project, Path(home), notes)
        return executed(file, parameters, _ENGINE, kernel_environment=known, sockets=Path(home) / "socket")


def executed(file: Path, parameters: Mapping[str, str], engine: str, **settings: Any) -> nbformat.NotebookNode:
    """What papermill makes of a notebook with one of our engines, which is handed the settings.

    These are the steps of ``papermill.execute_notebook``, which would write the whole notebook as JSON besides.
    """
    known = {"engine_name": engine, "kernel_name": "python3"}
    try:
        notebook = remove_error_markers(load_notebook_node(_unexecuted(file)))
        if parameters:
            notebook = parameterize_notebook(notebook, dict(parameters), language="python", **known)
        limits = {"start_timeout": START_LIMIT, "execution_timeout": TIME_LIMIT}
        notebook = papermill_engines.execute_notebook_with_engine(
            nb=notebook, input_path=str(file), progress_bar=False, **limits, **known, **settings
        )
        raise_for_execution_errors(notebook, None)
    except PapermillExecutionError as error:
        raise ExecutionError(
            "a cell failed",
            file=file,
            entry=entry(error.exec_count, error.source),
            evidence=f"{error.ename}: {error.evalue}",
            way_out=OUT_OF_MEMORY if error.ename == "MemoryError" else None,
        ) from None
    except CellTimeoutError as error:
        raise ExecutionError(f"a cell ran longer than {TIME_LIMIT} s", file=file, evidence=str(error)) from None
    except DeadKernelError as error:
        raise ExecutionError("the kernel died", file=file, evidence=str(error), way_out=OUT_OF_MEMORY) from None
    return canonical(_merged(notebook))


def _unexecuted(file: Path) -> nbformat.NotebookNode:
    """The notebook without what its last run put out, which papermill would read, check and copy for nothing."""
    notebook = nbformat.reader.parse_json(file.read_text(encoding="utf-8"))
    for cell in notebook.get("cells", ()):
        if cell.get("cell_type") == "code":
            cell["outputs"] = []
    unexecuted: nbformat.NotebookNode = nbformat.from_dict(notebook)
    return unexecuted


def entry(count: int, source: str) -> str:
    """How an error names a cell: its number and its first line."""
    first = source.strip().splitlines()[0] if source.strip() else ""
    return f"cell [{count}] {first}"


def _merged(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The injected parameters written over the parameters cell: one cell, holding what was run."""
    cells = {tag: cell for cell in notebook.cells for tag in cell.metadata.get("tags", ())}
    if "injected-parameters" in cells and "parameters" in cells:
        lines = cells["injected-parameters"].source.splitlines()
        cells["parameters"].source = "\n".join(line for line in lines if not line.startswith("#"))
        notebook.cells = [cell for cell in notebook.cells if cell is not cells["injected-parameters"]]
    return notebook
