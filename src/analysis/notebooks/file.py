"""A notebook's file, held against its format before anything is run."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from analysis.errors import ExecutionError

#: Where papermill writes the values that a run is given.
_PARAMETERS = "parameters"
#: Characters that an error quotes of what nbformat says, which may be the whole notebook.
_MOST = 200


def refuse_broken(file: Path, *, parameters: bool = True) -> None:
    """Raises ExecutionError where a file is no notebook that can be run: other content, another format, a cell amiss;
    or, where it is to be handed ``parameters``, no one cell for them.
    """
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        _validate(held)
    except nbformat.ValidationError as error:
        place = [*error.original.absolute_path, None, None]
        entry = f"cell [{place[1] + 1}]" if place[0] == "cells" and isinstance(place[1], int) else None
        raise _broken(file, error.message, entry) from None
    except (ValueError, TypeError, AttributeError, RecursionError, IsADirectoryError) as error:
        raise _broken(file, str(error)) from None
    found = sum(_PARAMETERS in cell["metadata"].get("tags", ()) for cell in held["cells"])
    if parameters and found != 1:
        raise _broken(file, f'{found} cells have the tag "{_PARAMETERS}", which one must have')


def _validate(held: Any) -> None:
    if not isinstance(held, Mapping):
        raise TypeError(f"it holds {type(held).__name__}, not an object")
    if (found := held.get("nbformat")) != nbformat.current_nbformat:
        raise ValueError(f"its nbformat is {found}, not {nbformat.current_nbformat}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of cells without a name, or with the same: they get ours
        nbformat.validate(held, version=4)


def _broken(file: Path, evidence: str, entry: str | None = None) -> ExecutionError:
    what, way_out = "not a notebook that can be run", "mend it, or save it again with Jupyter (nbformat 4)"
    return ExecutionError(what, file=file, entry=entry, evidence=evidence[:_MOST], way_out=way_out)
