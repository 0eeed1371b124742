"""Running notebooks, and reading out of them what they publish.

The modules in the order of the flow; each imports only those above it::

    chapter      what an executed notebook publishes
    file         a notebook's file, held against its format before anything is run
    form         the canonical form of an executed notebook
    environment  what the process of a run is started with
    execution    one run with papermill, in a kernel of its own: the standard way, which the other must equal
    channel      how a forked run and its parent tell where a message ends
    child        the forked run: the shell of a kernel, without the kernel
    zygote       the process that imports once what notebooks import, and forks
    fork         one forked run, seen from its parent
    client       the engine of papermill that asks a fork
    forked       many runs: the zygote started, runs asked of it from any thread
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analysis.notebooks.chapter import Block, Chapter, Prose, read

if TYPE_CHECKING:
    from analysis.notebooks.execution import run
    from analysis.notebooks.file import refuse_broken
    from analysis.notebooks.forked import Engine, engine
    from analysis.notebooks.form import canonical, for_readers, text

__all__ = [
    "Block",
    "Chapter",
    "Engine",
    "Prose",
    "canonical",
    "engine",
    "for_readers",
    "read",
    "refuse_broken",
    "run",
    "text",
]
_HOMES = {
    "run": "execution",
    "refuse_broken": "file",
    "Engine": "forked",
    "engine": "forked",
    "canonical": "form",
    "for_readers": "form",
    "text": "form",
}


def __getattr__(name: str) -> Any:
    """What needs nbformat or papermill, when it is asked for: the zygote and an unchanged edition do without."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
