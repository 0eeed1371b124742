"""The environment that a run has, whichever way it is started."""

from __future__ import annotations

import os
from pathlib import Path

from analysis.reads import NOTES


def environment(project: Path, home: Path, notes: Path | None = None) -> dict[str, str]:
    """The environment of a kernel: the caller's, with all that could change an output set.

    ``home`` stands for IPython's folder, so that nobody's start-up files are run. ``notes`` is the file in which the
    run notes what it reads of the project.
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
        NOTES: str(notes) if notes else "",
    }
