"""Runs on other machines: sent to a Dask cluster, each done there as it is done here.

What is planned, which runs are kept and what is made of them stays on this machine. A worker runs the notebook from its
own copy of the project, in a process forked for it, and only once it has told that this copy, the package's code and
what is installed are those of the machine that asks. Runs of a worker that dies are sent to another by the scheduler.
"""

from __future__ import annotations

import platform
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import nbformat

from analysis import cache, documents, notebooks, paths
from analysis.editions import equipment
from analysis.errors import ExecutionError, NuageError, SetupError, UsageError

#: Seconds that the scheduler may take to answer, that a cluster may be without any worker, and after which who waits
#: looks whether there is one.
ANSWER, PATIENCE, LOOK = 5, 30, 2
#: Runs that are under way for each thread of the cluster: a worker that is done has the next one at hand, and workers
#: that join meanwhile have something to do.
AT_ONCE = 2
#: The way out where there is no package for it.
INSTALL = "install what pyproject.toml lists under cluster: docs/many.md"

_ADDRESS = re.compile(r"(tcp|tls)://[^/\s]+:[0-9]+")
_lock = threading.Lock()
_engines: dict[str, notebooks.Engine] = {}
_running: Counter[str] = Counter()


class Cluster:
    """Runs notebooks as ``notebooks.Engine`` does, on the workers of a scheduler; ``at_once`` is from how many threads.

    Raises SetupError where the scheduler does not answer or has no worker, UsageError where its address is none.
    """

    def __init__(self, project: Path, address: str) -> None:
        try:
            import distributed  # noqa: PLC0415  # only where there is a cluster
        except ImportError as error:
            raise SetupError("the package of the cluster is missing", evidence=str(error), way_out=INSTALL) from None
        self._project, self._address, self._distributed = project, address, distributed
        self._told = told(project)
        if not _ADDRESS.fullmatch(address):
            raise UsageError("not the address of a scheduler", entry=address, way_out="tcp://scheduler.example:8786")
        try:
            self._client = distributed.Client(address, timeout=ANSWER, set_as_default=False)
        except OSError as error:
            raise self._lost("the scheduler does not answer", _cause(error)) from None
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            self.at_once = AT_ONCE * sum(self._client.nthreads().values())
        except BaseException as error:
            self._client.close()
            if isinstance(error, TimeoutError):
                raise self._without_workers() from None
            raise
        self._seen = time.monotonic()
        self._calls, self._closed, self._free = 0, False, threading.Condition()

    def __call__(self, file: Path, parameters: Mapping[str, str], notes: Path | None = None) -> nbformat.NotebookNode:
        """As ``notebooks.Engine`` has it."""
        name = file.relative_to(self._project).as_posix()
        with self._call():
            future = self._client.submit(run, self._client.id, self._told, name, dict(parameters), pure=False)
            outcome = self._outcome(future)
        if isinstance(outcome, BaseException):
            raise self._error(outcome, file, parameters) from None
        executed, noted = outcome
        if notes:
            notes.write_text(noted, encoding="utf-8")
        notebook: nbformat.NotebookNode = nbformat.reads(executed, as_version=4)
        return notebook

    @contextmanager
    def _call(self) -> Iterator[None]:
        """While something is asked of the client, which must not end before: who asks it then waits for ever."""
        with self._free:
            self._calls += 1
        try:
            yield
        finally:
            with self._free:
                self._calls -= 1
                self._free.notify()

    def _outcome(self, future: Any) -> Any:
        """What came of a run, or the error that it ended with."""
        done = threading.Event()
        future.add_done_callback(lambda _: done.set())
        while not (self._closed or done.wait(LOOK)):
            with suppress(OSError):
                if self._client.nthreads():
                    self._seen = time.monotonic()
            if time.monotonic() - self._seen > PATIENCE:
                return self._without_workers()
        try:
            return CancelledError() if self._closed else future.exception(PATIENCE) or future.result(PATIENCE)
        except CancelledError as error:
            return error
        except TimeoutError:  # what had come of it died with its worker
            return self._without_workers()

    def _error(self, error: BaseException, file: Path, parameters: Mapping[str, str]) -> NuageError:
        """An error as it is told here."""
        match error:
            case ExecutionError():
                error.file = str(file)
                return error
            case NuageError():
                return error
            case CancelledError():
                return self._lost("the scheduler has gone", str(error))
            case self._distributed.KilledWorker():
                return ExecutionError(
                    "every worker that it was given to died",
                    file=file,
                    entry=", ".join(f"{name}={value}" for name, value in parameters.items()),
                    evidence=f"{error.allowed_failures + 1} workers, the last was {error.last_worker.address}",
                    way_out="look at the memory that the notebook needs, and into the workers' logs",
                )
            case _:
                return self._lost("a worker could not do a run", f"{type(error).__name__}: {error}")

    def _without_workers(self) -> SetupError:
        return self._lost("the cluster has no worker", f"none for {PATIENCE} seconds")

    def _lost(self, what: str, evidence: str) -> SetupError:
        way_out = "see that the scheduler and its workers run, set up as this machine is: docs/many.md"
        return SetupError(what, entry=self._address, evidence=evidence, way_out=way_out)

    def close(self) -> None:
        """Lets go of all that was sent, and has the workers end what they were at."""

        async def ended() -> None:
            await self._client.cancel(list(self._client.futures.values()))
            await self._client.run(end, self._client.id, on_error="ignore")

        self._closed = True
        with suppress(OSError, TimeoutError):
            self._client.sync(ended, callback_timeout=ANSWER)
        with self._free:
            self._free.wait_for(lambda: not self._calls)
        self._client.close()


def told(project: Path) -> dict[str, str]:
    """What a run is made from, part by part; the documents' texts are not, which not every machine may hold."""
    texts = project / documents.FOLDER
    data = (file for file in (project / "data").rglob("*") if file.is_file() and texts not in file.parents)
    return {
        "Python": f"{platform.python_version()} on {platform.machine()}",
        "installed packages": cache.installed(project),
        "the package's code": cache.code(),
        "notebooks": cache.tree(project / "notebooks"),
        "data": cache.files(project, (file for file in data if not file.name.startswith("."))),
    }


def run(build: str, wanted: Mapping[str, str], name: str, parameters: Mapping[str, str]) -> tuple[str, str]:
    """On a worker: the executed notebook, and what the run noted. Raises SetupError where it would not be the same."""
    try:
        project = paths.project()
    except UsageError as error:
        raise SetupError("a worker has no project", entry=platform.node(), evidence=str(error)) from None
    with _engine(build, wanted, project) as engine, tempfile.TemporaryDirectory(prefix="nuage-") as home:
        notes = Path(home) / "reads"
        notes.touch()
        executed = engine(project / name, parameters, notes)
        return notebooks.text(executed), notes.read_text(encoding="utf-8")


@contextmanager
def _engine(build: str, wanted: Mapping[str, str], project: Path) -> Iterator[notebooks.Engine]:
    """The engine of a build on this worker; those of builds that have nothing running are ended for it."""
    with _lock:
        if build not in _engines:
            for other in [each for each in _engines if not _running[each]]:
                _engines.pop(other).close()
            _refuse(wanted, told(project), project)
            _engines[build] = notebooks.Engine(project, equipment.memory())
        engine = _engines[build]
        _running[build] += 1
    try:
        yield engine
    finally:
        with _lock:
            _running[build] -= 1


def _refuse(wanted: Mapping[str, str], here: Mapping[str, str], project: Path) -> None:
    """Raises SetupError where a run would be made from something else here."""
    if others := [part for part in wanted if wanted[part] != here[part]]:
        versions = [f"{part} {here[part]}, not {wanted[part]}" for part in others if part == "Python"]
        raise SetupError(
            "a worker would not give the same",
            file=f"{project} on {platform.node()}",
            evidence=f"other there: {', '.join(versions + [part for part in others if part != 'Python'])}",
            way_out="bring the worker to the same state, and start it anew",
        )


def end(build: str) -> None:
    """On a worker: ends what still runs of a build."""
    with _lock:
        if engine := _engines.pop(build, None):
            engine.close()


def _cause(error: BaseException | None) -> str:
    """What lies at the bottom of an error, in one line."""
    told = ""
    while error:
        told = " ".join(str(error).split()) or told
        error = error.__cause__ or error.__context__
    return told
