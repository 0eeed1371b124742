"""papermill's engine for forked runs: its client does what papermill's own does, but asks a fork, not a kernel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from analysis.errors import ExecutionError
from analysis.notebooks import execution
from analysis.notebooks.fork import Died, Fork, Message, Stopped

_ENGINE = "etat-du-nuage-forked"


class _Client(PapermillNotebookClient):  # type: ignore[misc]  # papermill has no type information
    """nbclient makes outputs of the messages, whoever sends them."""

    def __init__(self, nb_man: Any, fork: Fork, file: str, **settings: Any) -> None:
        super().__init__(nb_man, **settings)
        self._fork = fork
        self._file = file

    def papermill_execute_cells(self) -> None:
        """Runs the cells until one fails. When each began and ended, which papermill would note, is not kept."""
        for index, cell in enumerate(self.nb.cells):
            try:
                self.execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break

    def execute_cell(self, cell: Any, cell_index: int, **_: Any) -> Any:
        """Runs one cell, as the method that it stands for."""
        tags = cell.metadata.get("tags", ())
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return cell
        cell.outputs = []
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        try:
            reply = self._reply(cell, cell_index)
        except Stopped as stopped:
            raise ExecutionError(
                stopped.what,
                file=self._file,
                entry=execution.entry(self.code_cells_executed, cell.source),
                evidence=stopped.evidence,
                way_out=execution.OUT_OF_MEMORY if isinstance(stopped, Died) else None,
            ) from None
        cell.execution_count = reply["execution_count"]
        if reply["status"] == "error" and "raises-exception" not in tags:
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell

    def _reply(self, cell: Any, cell_index: int) -> Message:
        """What the run answers in the end; the messages before it become the cell's outputs."""
        self._fork.request({"code": cell.source})
        for message in self._fork.messages(self.timeout):
            if message["msg_type"] == "execute_reply":
                return dict(message["content"])
            header = {"header": {"msg_type": message["msg_type"]}, "parent_header": {}}
            self.process_message({**message, **header}, cell, cell_index)
        raise AssertionError("the last message is the reply")


class _Engine(Engine):  # type: ignore[misc]  # papermill has no type information
    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> None:
        given = {"kernel_name": kernel_name, "timeout": kwargs["execution_timeout"]}
        _Client(nb_man, kwargs["fork"], kwargs["input_path"], **given).papermill_execute_cells()


papermill_engines.register(_ENGINE, _Engine)


def run(file: Path, parameters: Mapping[str, str], fork: Fork) -> nbformat.NotebookNode:
    """What ``execution.run`` gives, from a fork."""
    return execution.executed(file, parameters, _ENGINE, fork=fork)
