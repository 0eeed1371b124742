"""The first call of every notebook."""

from __future__ import annotations

import ast
import sys
from typing import Any

from analysis import paths, reads, words
from analysis.errors import UsageError
from analysis.parameters.contract import check
from analysis.parameters.kinds import Value

#: How the cell begins that papermill puts after a notebook's own parameters.
_PAPERMILL = "# Parameters\n"


def begin(notebook: str, **given: object) -> dict[str, Value]:
    """Checks the notebook's parameters, sets the language, and returns the values.

    Every parameter of the contract is handed over. What papermill was told besides is checked too: papermill itself
    passes over a name that the notebook does not know. Raises UsageError.
    """
    project = paths.project()
    chosen = check(notebook, {**_injected(), **given}, project)
    if missing := [name for name in chosen if name not in given]:
        way_out = f"parameters.begin(…, {', '.join(f'{name}={name}' for name in missing)})"
        raise UsageError("parameters are not handed over", file=notebook, entry=", ".join(missing), way_out=way_out)
    words.use(str(chosen["language"]))
    reads.watch(project)
    return chosen


def _injected() -> dict[str, Any]:
    """What papermill's cell assigns, if there is one before this: IPython keeps the text of every cell that it ran."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return {}
    cells = [cell for cell in shell.user_ns["In"] if cell.startswith(_PAPERMILL)]
    assigned = (node for cell in cells[-1:] for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Assign))
    names = (target.id for node in assigned for target in node.targets if isinstance(target, ast.Name))
    return {name: shell.user_ns[name] for name in names}
