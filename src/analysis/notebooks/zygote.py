"""The process that imports once what notebooks import, then forks a process for each run.

Started by ``forked`` with the environment that runs have, since some libraries read it when they are imported. It runs
no code but the project's own, starts no thread and opens no ZMQ context, so that what it forks is as good as new. Each
request comes with the descriptors of one run. The last of them stands for its life, both ways: the zygote writes to it
the run's process, later how it ended; whoever closes the other end, or dies, ends the run.
"""

from __future__ import annotations

import builtins
import gc
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

#: What is told over a run's life: its process; then how it ended, as ``os.waitpid`` has it.
TOLD = struct.Struct("!i")
#: How many descriptors come with a request: cells, messages, standard output, standard error, life.
DESCRIPTORS = 5


class Zygote:
    """Forks when asked, and sees to it that nothing of a run outlives it."""

    def __init__(self, control: socket.socket, child: Any) -> None:
        self._child = child
        self._poll = select.poll()
        self._acts: dict[int, Callable[[], None]] = {}
        self._runs: set[int] = set()
        self._watch(control.fileno(), partial(self._requested, control))

    def serve(self) -> NoReturn:
        """Until the other end of the control socket is closed. One event at a time: each may close descriptors."""
        while True:
            descriptor, _ = self._poll.poll()[0]
            self._acts[descriptor]()

    def _watch(self, descriptor: int, act: Callable[[], None]) -> None:
        self._acts[descriptor] = act
        self._poll.register(descriptor, select.POLLIN)

    def _forget(self, descriptor: int) -> None:
        if self._acts.pop(descriptor, None):
            self._poll.unregister(descriptor)

    def _requested(self, control: socket.socket) -> None:
        request, descriptors, _, _ = socket.recv_fds(control, 1, DESCRIPTORS)
        if not request:
            self._stop()
        *ends, life = descriptors
        process = os.fork()
        if not process:
            for descriptor in (life, *self._acts):
                os.close(descriptor)
            self._child.live(*ends)
        for descriptor in ends:
            os.close(descriptor)
        death = os.pidfd_open(process)
        self._runs.add(process)
        self._watch(life, partial(self._given_up, process, life))
        self._watch(death, partial(self._ended, process, death, life))
        _tell(life, process)

    def _given_up(self, process: int, life: int) -> None:
        """The parent has closed its end: the run is killed, with its process group."""
        self._forget(life)
        _kill(process)

    def _ended(self, process: int, death: int, life: int) -> None:
        """The run is over, however it came: what it left behind is killed, then the parent is told."""
        _kill(process)
        _, status = os.waitpid(process, 0)
        self._runs.discard(process)
        self._sweep()
        _tell(life, status)
        for descriptor in (death, life):
            self._forget(descriptor)
            os.close(descriptor)

    def _sweep(self) -> None:
        """Kills what has left its run's group: a run takes its own orphans, and once it is dead they come here."""
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while strays := {int(name) for name in children.read_text().split()} - self._runs:
            for stray in strays:
                _kill(stray)
                os.waitpid(stray, 0)

    def _stop(self) -> NoReturn:
        for process in self._runs:
            _kill(process)
        for process in self._runs:
            os.waitpid(process, 0)
        self._runs.clear()
        self._sweep()
        os._exit(0)


def _kill(process: int) -> None:
    for kill in (os.killpg, os.kill):  # a run that was just forked has no group yet
        with suppress(ProcessLookupError):
            kill(process, signal.SIGKILL)


def _tell(life: int, number: int) -> None:
    with suppress(OSError):  # the parent may be gone
        os.write(life, TOLD.pack(number))


class _InKernel:
    """What pandas, while it is imported, takes for IPython in a kernel, which decides how it shows wide frames."""

    kernel = None


def main() -> NoReturn:
    """Imports, reads the project, and serves the socket whose descriptor the command line names."""
    control = socket.socket(fileno=int(sys.argv[1]))
    builtins.get_ipython = _InKernel  # type: ignore[attr-defined]
    child = import_module("analysis.notebooks.child")
    del builtins.get_ipython  # type: ignore[attr-defined]
    child.take_orphans()
    child.warm()
    sys.argv[1:] = []
    gc.collect()
    gc.freeze()
    Zygote(control, child).serve()


if __name__ == "__main__":
    main()
