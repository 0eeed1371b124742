"""One run, in a process that was just forked: IPython's own shell for kernels, without a kernel.

The shell is the one that a Jupyter kernel has, with its display hooks, magics and tracebacks, so that what it sends is
what a kernel sends; only its session writes to a socket pair instead of ZMQ. Cells come in, one at a time; messages go
out, and each waits until the parent has taken it: whatever was written to the pipes of standard output and error
before it is then told before it, and whatever comes after, after it.

The zygote imports this module, and with it all that notebooks import; it calls ``warm`` before it forks and ``live``
in the process that it forked.
"""

from __future__ import annotations

import asyncio
import builtins
import ctypes
import getpass
import io
import json
import os
import resource
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, NoReturn

import IPython.core.application  # a shell imports these when it is made
import IPython.core.completer
import IPython.core.completerlib
import IPython.core.logger
import IPython.core.oinspect  # noqa: F401
import numpy as np
from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.jsonutil import json_clean, json_default
from jupyter_client.session import Session
from traitlets import Instance
from traitlets.config import Config

from analysis import charts, checks, parameters, tables, words  # noqa: F401  # all that notebooks import
from analysis.notebooks.channel import Reader, framed

_DIES_WITH_PARENT, _TAKES_ORPHANS = 1, 36  # PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER of <sys/prctl.h>
# Bound here, so that a notebook that replaces json.dumps or os.getpid does not break the way out.
_encode = json.JSONEncoder(default=json_default, ensure_ascii=False, allow_nan=False).encode
_getpid, _exit, _write, _pause = os.getpid, os._exit, os.write, asyncio.sleep


def warm() -> None:
    """Reads the project, works out its findings, makes its tables and draws a chart, once for all runs that are forked.

    A project that does not hold together is left for the run to tell, in the cell that asks for it.
    """
    for work in (checks.compared, _findings, _tables, _drawn):
        with suppress(Exception):
            work()


def _findings() -> None:
    checks.table(checks.found())


def _tables() -> None:
    for name in (*tables.names(words.ledger()), tables.SERIES, tables.NUMBERS):
        tables.table(name)


def _drawn() -> None:
    """Any chart: what takes time is to read the fonts."""
    charts.chart(next(iter(charts.CHARTS))).bundle()


def take_orphans() -> None:
    """From here on, processes whose parent dies become children of this one, instead of the system's."""
    ctypes.CDLL(None).prctl(_TAKES_ORPHANS, 1)


class Post:
    """Messages to the parent, each taken before the next is sent."""

    def __init__(self, wire: socket.socket) -> None:
        self._send, self._receive = wire.sendall, wire.recv
        self._lock = threading.Lock()
        self._process = _getpid()

    def send(self, kind: str, content: Mapping[str, Any]) -> None:
        """Sends a message and waits; a process that the notebook forked sends none, as in a kernel."""
        if _getpid() != self._process:
            return
        message = {"msg_type": kind, "content": content}
        try:
            encoded = _encode(message)
        except (TypeError, ValueError):
            encoded = _encode(json_clean(message))
        with self._lock:
            self._send(framed(encoded.encode("utf-8", "surrogateescape")))
            if not self._receive(1):
                _exit(1)


class _Session(Session):
    """What the hooks of the shell send through."""

    post = Instance(Post)

    def send(self, _stream: Any, message: Any, content: Any = None, *_: Any, **__: Any) -> None:  # type: ignore[override]
        if isinstance(message, str):
            self.post.send(message, content)
        else:
            self.post.send(message["msg_type"], message["content"])


def live(cells: int, messages: int, out: int, err: int) -> NoReturn:
    """The whole life of a run with these descriptors: never returns to the code that forked it."""
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
        take_orphans()
        _streams(out, err)
        requests = _requests(socket.socket(fileno=cells))
        _surroundings(next(requests))
        post = Post(socket.socket(fileno=messages))
        asyncio.run(_cells(_shell(post), requests, post))
    except BaseException:  # noqa: BLE001  # the parent is told, whatever it is
        _write(2, traceback.format_exc().encode("utf-8", "replace"))
    finally:
        _exit(1)


def _requests(cells: socket.socket) -> Any:
    """What the parent asks for, one at a time, until it closes its end."""
    reader, receive, decode = Reader(limit=sys.maxsize), cells.recv, json.JSONDecoder().decode
    while received := receive(1 << 16):
        for message in reader.feed(received):
            yield decode(message.decode())


def _streams(out: int, err: int) -> None:
    """Standard output and error into the pipes: those of Python, of C code and of processes that are started."""
    for name, pipe, place in (("stdout", out, 1), ("stderr", err, 2)):
        os.dup2(pipe, place)
        os.close(pipe)
        binary = io.BufferedWriter(io.FileIO(place, "w", closefd=False))
        stream = io.TextIOWrapper(binary, encoding="utf-8", errors="backslashreplace", line_buffering=True)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _surroundings(job: Mapping[str, Any]) -> None:
    """All that a process of its own would have been started with."""
    os.environ.clear()
    os.environ.update(job["environment"])
    time.tzset()
    os.chdir(job["folder"])
    np.random.seed()  # noqa: NPY002  # Python's own is seeded anew at each fork, numpy's is not
    if job["memory"]:
        resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    builtins.input = getpass.getpass = _refused


def _refused(*_: object, **__: object) -> NoReturn:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def _shell(post: Post) -> ZMQInteractiveShell:
    """The shell of a kernel, which keeps no history on disk: that takes a database and a thread."""
    session = _Session(post=post)
    shell = ZMQInteractiveShell.instance(
        config=Config({"HistoryManager": {"enabled": False}}),
        compiler_class=XCachingCompiler,
        kernel=SimpleNamespace(eventloop=None, session=session),
    )
    shell.displayhook.session = session  # type: ignore[attr-defined]
    shell.display_pub.session = session  # type: ignore[attr-defined]
    return shell


async def _cells(shell: ZMQInteractiveShell, requests: Any, post: Post) -> None:
    """Runs the cells in a running event loop, as a kernel does, so that a cell may await."""
    streams = sys.stdout, sys.stderr
    for request in requests:
        result = await _result(shell, request["code"])
        for stream in streams:
            with suppress(ValueError):  # the notebook has closed it
                stream.flush()
        post.send("execute_reply", _reply(shell, result))
        if shell.exit_now:
            return
        await _pause(0)


async def _result(shell: ZMQInteractiveShell, code: str) -> Any:
    fault: Any = None
    try:
        transformed = shell.transform_cell(code)  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001  # told with the cell's own errors
        transformed, fault = code, sys.exc_info()
    understood = {"transformed_cell": transformed, "preprocessing_exc_tuple": fault}
    if not shell.should_run_async(code, **understood):
        return shell.run_cell(code, store_history=True)  # type: ignore[no-untyped-call]
    result = await shell.run_cell_async(code, store_history=True, **understood)
    shell.events.trigger("post_execute")
    shell.events.trigger("post_run_cell", result)
    return result


def _reply(shell: ZMQInteractiveShell, result: Any) -> dict[str, Any]:
    error = result.error_before_exec or result.error_in_exec
    failed = not result.success or shell._last_traceback_during_displayhook  # noqa: SLF001  # as a kernel asks
    return {
        "status": "error" if failed else "ok",
        "ename": type(error).__name__,
        "evalue": str(error),
        "execution_count": shell.execution_count - 1,
    }
