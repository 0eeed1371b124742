"""One forked run, seen from its parent: cells go in; messages, and what is written to the two streams, come out."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from typing import Any

from analysis.notebooks.channel import Reader, TooLong, framed
from analysis.notebooks.zygote import TOLD

#: Bytes that the outputs of one run may take before it is stopped.
OUTPUT_LIMIT = 20_000_000
#: Seconds in which the zygote has forked a run, or has failed.
START_LIMIT = 60
_PIECE = 1 << 20
Message = dict[str, Any]


class Lost(Exception):
    """The zygote is gone."""


class Stopped(Exception):
    """A run came to its end in the middle of a cell: what happened, and the evidence."""

    def __init__(self, what: str, evidence: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.evidence = evidence


class Died(Stopped):
    """The run's process is no more."""


class Fork:
    """A run in a process of its own, asked for over the zygote's control socket. Raises Lost."""

    def __init__(self, control: socket.socket) -> None:
        self._ours = ExitStack()
        self._taken = 0
        self._reader = Reader(OUTPUT_LIMIT)
        self._poll = select.poll()
        with self._ours, ExitStack() as theirs:
            self._cells, cells = self._pair(theirs)
            self._messages, messages = self._pair(theirs)
            self._life, life = self._pair(theirs)
            self._written: dict[str, bytearray] = {"stdout": bytearray(), "stderr": bytearray()}
            pipes = {name: self._pipe(theirs) for name in self._written}
            self._pipes = {name: ours for name, (ours, _) in pipes.items()}
            ends = (cells, messages, *(other for _, other in pipes.values()), life)
            try:
                socket.send_fds(control, [b"!"], ends)
            except OSError as error:
                raise Lost from error
            theirs.close()
            self._life.settimeout(START_LIMIT)
            process = self._told()
            if process is None:
                raise Lost
            self._process = process
            for descriptor in (self._messages.fileno(), self._life.fileno(), *self._pipes.values()):
                self._poll.register(descriptor, select.POLLIN)
            self._ours = self._ours.pop_all()

    def _pair(self, theirs: ExitStack) -> tuple[socket.socket, int]:
        ours, other = socket.socketpair()
        return self._ours.enter_context(ours), theirs.enter_context(other).fileno()

    def _pipe(self, theirs: ExitStack) -> tuple[int, int]:
        ours, other = os.pipe()
        self._ours.callback(os.close, ours)
        theirs.callback(os.close, other)
        os.set_blocking(ours, False)
        return ours, other

    def _told(self) -> int | None:
        """What the zygote tells next over the run's life; ``None`` where it is gone."""
        with suppress(OSError):
            if told := self._life.recv(TOLD.size):
                return int(TOLD.unpack(told)[0])
        return None

    def request(self, content: Mapping[str, Any]) -> None:
        """Hands the run its surroundings, which it waits for first, or the next cell."""
        with suppress(OSError):  # it is dead, as its messages will tell
            self._cells.sendall(framed(json.dumps(content).encode()))

    def messages(self, seconds: float) -> Iterator[Message]:
        """The messages of the cell that was handed over, in order; the last is its reply.

        Raises Stopped where the cell takes longer, its outputs are too many, or the process dies.
        """
        deadline = time.monotonic() + seconds
        while True:
            wait = deadline - time.monotonic()
            ready = {descriptor for descriptor, _ in self._poll.poll(wait * 1000)} if wait > 0 else set()
            if not ready:
                raise Stopped(f"a cell ran longer than {seconds:g} s")
            received = self._received() if self._messages.fileno() in ready else b""
            self._drain()
            if received:
                for message in self._whole(received):
                    yield from self._streams()
                    self._acknowledge()
                    yield message
                    if message["msg_type"] == "execute_reply":
                        return
            elif self._life.fileno() in ready:
                raise self._death()

    def _received(self) -> bytes:
        with suppress(ConnectionError):
            if received := self._messages.recv(_PIECE):
                self._count(len(received))
                return received
        self._poll.unregister(self._messages)
        return b""

    def _whole(self, received: bytes) -> Iterator[Message]:
        try:
            for message in self._reader.feed(received):
                yield json.loads(message.decode("utf-8", "surrogateescape"))
        except TooLong:
            self._count(OUTPUT_LIMIT)

    def _acknowledge(self) -> None:
        with suppress(OSError):
            self._messages.send(b"!")

    def _drain(self) -> None:
        """Takes what the pipes hold: all that was written before the message that has just come."""
        for name, pipe in list(self._pipes.items()):
            with suppress(BlockingIOError):
                while piece := os.read(pipe, _PIECE):
                    self._count(len(piece))
                    self._written[name] += piece
                self._poll.unregister(pipe)  # nobody can write to it any more
                del self._pipes[name]

    def _count(self, size: int) -> None:
        self._taken += size
        if self._taken > OUTPUT_LIMIT:
            raise Stopped(f"the outputs take more than {OUTPUT_LIMIT / 1_000_000:g} MB")

    def _streams(self) -> Iterator[Message]:
        for name, written in self._written.items():
            if written:
                yield {"msg_type": "stream", "content": {"name": name, "text": written.decode("utf-8", "replace")}}
                written.clear()

    def _death(self) -> Died:
        status = self._told()
        if status is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process, signal.SIGKILL)
            how = "the process that forks the runs is gone"
        elif os.WIFSIGNALED(status):
            how = f"ended by {signal.Signals(os.WTERMSIG(status)).name}"
        else:
            how = f"ended with exit code {os.waitstatus_to_exitcode(status)}"
        last = self._written["stderr"].decode("utf-8", "replace").strip().splitlines()[-1:]
        return Died("the kernel died", "; ".join([how, *last]))

    def close(self) -> None:
        """Kills whatever is left of the run, and waits until it is dead."""
        with self._ours:
            with suppress(OSError):
                self._life.shutdown(socket.SHUT_WR)
            while self._told() is not None:
                pass
