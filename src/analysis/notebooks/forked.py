"""Many runs at a fraction of their price: each in a process forked from one that has imported everything.

The results are those of ``execution.run``, and papermill is still what fills in the parameters, walks the cells and
judges the outputs. Where processes cannot be forked and watched as this takes (anywhere but on Linux), the runs are
those of ``execution.run``.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import SetupError
from analysis.notebooks.environment import environment
from analysis.notebooks.fork import Fork, Lost

if TYPE_CHECKING:
    import nbformat

#: Whether runs can be forked here.
POSSIBLE = sys.platform == "linux" and hasattr(os, "pidfd_open")


class _Zygote:
    """The process that forks, started at once but not waited for: what is asked of it waits in its socket."""

    def __init__(self, project: Path, home: Path) -> None:
        with ExitStack() as ends:
            self.control, theirs = map(ends.enter_context, socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET))
            self._errors = ends.enter_context(tempfile.TemporaryFile())
            self._process = subprocess.Popen(  # noqa: S603  # a module of ours
                [sys.executable, "-P", "-m", "analysis.notebooks.zygote", str(theirs.fileno())],
                env=environment(project, home),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=self._errors,
                stderr=self._errors,
                start_new_session=True,
            )
            theirs.close()
            self._ends = ends.pop_all()

    def close(self) -> str:
        """Ends it, with all that it forked. Returns what it said last, where that was an error."""
        self.control.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with self._ends:
            self._errors.seek(0)
            return "".join(self._errors.read().decode("utf-8", "replace").strip().splitlines()[-1:])


class Engine:
    """Runs notebooks of one project, from any number of threads; started with the first run, or with ``start``.

    ``memory`` is how many bytes a run may address, if not all that there are.
    """

    def __init__(self, project: Path, memory: int | None = None) -> None:
        self._project = project
        self._memory = memory
        self._lock = threading.Lock()
        self._zygote: _Zygote | None = None
        self._closed = False
        self._home = tempfile.TemporaryDirectory(prefix="nuage-")

    def start(self) -> None:
        """Has the imports begin in the background, while there is something else to do."""
        if POSSIBLE:
            with self._lock:
                self._started()

    def __call__(self, file: Path, parameters: Mapping[str, str], notes: Path | None = None) -> nbformat.NotebookNode:
        """As ``execution.run`` has it."""
        from analysis.notebooks import client, execution  # noqa: PLC0415  # while the zygote is importing, not before

        self.start()
        if not POSSIBLE:
            return execution.run(file, parameters, self._project, notes)
        with tempfile.TemporaryDirectory(dir=self._home.name) as home, closing(self._fork()) as fork:
            known = environment(self._project, Path(home), notes)
            fork.request({"environment": known, "folder": str(Path.cwd()), "memory": self._memory})
            return client.run(file, parameters, fork)

    def _fork(self) -> Fork:
        """A run that has yet to be told what to do. A zygote that is gone is replaced once."""
        for last in (False, True):
            with self._lock:
                zygote = self._started()
            try:
                return Fork(zygote.control)
            except Lost:
                said = self._lost(zygote)
                if last:
                    raise SetupError("no run could be started", evidence=said or None) from None
        raise AssertionError

    def _started(self) -> _Zygote:
        if self._closed:  # whoever ends it does not wait for threads that have yet to ask
            raise SetupError("the engine has ended")
        if self._zygote is None:
            self._zygote = _Zygote(self._project, Path(self._home.name))
        return self._zygote

    def _lost(self, zygote: _Zygote) -> str:
        with self._lock:
            if self._zygote is zygote:
                self._zygote = None
                return zygote.close()
        return ""

    def close(self) -> None:
        """Ends the zygote and whatever still runs."""
        with self._lock:
            self._closed = True
            if self._zygote is not None:
                self._zygote.close()
                self._zygote = None
        self._home.cleanup()


@contextmanager
def engine(project: Path, memory: int | None = None) -> Iterator[Engine]:
    """An Engine for as long as it is needed."""
    with closing(Engine(project, memory)) as runs:
        yield runs
