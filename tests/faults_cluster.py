"""Runs sent to a cluster: a real scheduler and two workers on this machine, and what may go wrong with them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from distributed import Client
from test_cli_build import OPENING, begun
from test_editions import faulty_project

from analysis import cli
from analysis.editions import cluster

ROWS = "name,notebook,lang,countries\n" + "".join(
    f"run-{place.lower()},adoption,fr,{place}\n" for place in ("DE", "FI", "IT", "ES")
)
#: Long enough for something to happen meanwhile.
SLOW = f"import time; time.sleep(2); {OPENING}"
MATRIX = ("build", "--matrix", "matrix.csv", "--out", "edition")


@dataclass
class Farm:
    """A cluster, and the folder in which its workers look for the project."""

    project: Path
    address: str = ""

    @contextmanager
    def _started(self, *call: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        known = {**os.environ, "NUAGE_PROJECT": str(self.project), **environment}
        command = [sys.executable, "-m", "dask", *call, "--no-dashboard"]
        process = subprocess.Popen(command, env=known, cwd=self.project.parent, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @contextmanager
    def scheduler(self, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        self.address = f"tcp://127.0.0.1:{port}"
        with self._started("scheduler", "--host", "127.0.0.1", "--port", port, "--no-show", **environment) as process:
            yield process

    @contextmanager
    def worker(self, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """One more, once it is at hand."""
        scratch = str(self.project.parent / "scratch")
        alone = ("--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--local-directory", scratch)
        with self._started("worker", self.address, *alone, **environment) as process:
            with Client(self.address, set_as_default=False) as client:
                until(lambda: process.pid in client.run(os.getpid).values())
            yield process


def runs(worker: subprocess.Popen[bytes]) -> list[int]:
    """The runs that a worker is at: what was forked by what it has started."""
    return [run for zygote in _children(worker.pid) for run in _children(zygote)]


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


@contextmanager
def once_at_work(worker: subprocess.Popen[bytes], act: Callable[[], None]) -> Iterator[None]:
    """Meanwhile, once the worker runs something, this happens."""

    def acted() -> None:
        until(lambda: runs(worker))
        act()

    acting = threading.Thread(target=acted)
    acting.start()
    yield
    acting.join()


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    """A scheduler with two workers."""
    made = Farm(tmp_path_factory.mktemp("farm") / "project")
    with made.scheduler(), made.worker(), made.worker():
        yield made


@pytest.fixture
def other(farm: Farm) -> Farm:
    """One whose processes a test starts itself, for the same project."""
    return Farm(farm.project)


@pytest.fixture
def at(farm: Farm, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Being in the workers' project: one chapter, and four runs of it."""
    shutil.rmtree(farm.project, ignore_errors=True)
    shutil.copytree(sample, farm.project)
    monkeypatch.chdir(faulty_project(farm.project, OPENING))
    Path("matrix.csv").write_text(ROWS)
    return farm.project


@pytest.fixture
def local(at: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bytes]:
    """The sums of the edition that is built without a cluster, from nothing."""

    def built() -> bytes:
        with monkeypatch.context() as patch:
            patch.setenv("NUAGE_CACHE", str(at.parent / "cache-here"))
            shutil.rmtree(at.parent / "cache-here", ignore_errors=True)
            assert cli.main([*MATRIX[:-1], "here"]) == 0
        return (at / "here/SHA256SUMS").read_bytes()

    return built


def sums(at: Path) -> bytes:
    return (at / "edition/SHA256SUMS").read_bytes()


def kept(log: Path) -> list[bool]:
    """Of each run, whether it was taken as it was kept."""
    steps = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [step["kept"] for step in steps if step.get("step") == "run"]


def test_an_edition_is_the_same_wherever_it_was_run_and_nothing_is_sent_twice(
    farm: Farm, at: Path, local: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    call = [*MATRIX, "--cluster", farm.address, "--log-json", "log"]
    assert cli.main(call) == 0
    assert kept(at / "log") == [False] * 4
    assert sums(at) == local()

    def sent(*_: object) -> None:
        raise AssertionError("a run that is kept was sent")

    monkeypatch.setattr(cluster.Cluster, "__call__", sent)
    assert cli.main([*call, "--anew"]) == 0
    assert kept(at / "log") == [True] * 4


def test_what_is_in_the_store_another_machine_need_not_run(
    farm: Farm, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = at.parent / "store"
    shutil.rmtree(store, ignore_errors=True)
    shared = ["--store", store.as_uri(), "--log-json", "log"]
    assert cli.main([*MATRIX, "--cluster", farm.address, *shared]) == 0
    first = sums(at)
    assert len(list(store.iterdir())) == 8, "for each run its notebook, and what it has read"
    monkeypatch.setenv("NUAGE_CACHE", str(at.parent / "cache-of-another"))
    assert cli.main([*MATRIX, "--anew", *shared]) == 0
    assert kept(at / "log") == [True] * 4
    assert sums(at) == first
    for each in store.iterdir():
        each.write_bytes(each.read_bytes()[:-1])
    monkeypatch.setenv("NUAGE_CACHE", str(at.parent / "cache-of-a-third"))
    assert cli.main([*MATRIX, "--anew", *shared]) == 0
    assert kept(at / "log") == [False] * 4, "what is damaged is run again"
    assert sums(at) == first


def test_a_worker_killed_at_work_changes_nothing(farm: Farm, at: Path, local: Callable[[], bytes]) -> None:
    faulty_project(at, SLOW)
    with farm.worker() as doomed, once_at_work(doomed, doomed.kill):
        assert cli.main([*MATRIX, "--cluster", farm.address]) == 0
    assert doomed.returncode == -signal.SIGKILL
    assert sums(at) == local()


@pytest.mark.parametrize(
    ("failures", "victim", "code", "told"),
    [
        ("0", "worker", 3, "every worker that it was given to died"),
        ("3", "worker", 4, "the cluster has no worker"),
        ("3", "scheduler", 4, "the scheduler has gone"),
    ],
)
def test_what_cannot_be_finished_ends_with_its_cause(
    other: Farm,
    at: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    failures: str,
    victim: str,
    code: int,
    told: str,
) -> None:
    faulty_project(at, SLOW)
    with other.scheduler(DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=failures) as scheduler, other.worker() as worker:

        def kill() -> None:
            monkeypatch.setattr(cluster, "PATIENCE", 2)
            {"worker": worker, "scheduler": scheduler}[victim].kill()

        with once_at_work(worker, kill):
            assert cli.main([*MATRIX, "--cluster", other.address]) == code
    errors = capsys.readouterr().err
    assert told in errors
    assert (other.address if code == 4 else "02_adoption.ipynb · language=fr, countries=['") in errors
    assert not (at / "edition").exists()


def test_a_scheduler_that_cannot_be_reached_is_told_at_once(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin = time.monotonic()
    assert cli.main([*MATRIX, "--cluster", "tcp://127.0.0.1:1"]) == 4
    assert time.monotonic() - begin < 2 * cluster.ANSWER
    assert "tcp://127.0.0.1:1: the scheduler does not answer\n  evidence: [Errno" in capsys.readouterr().err
    assert cli.main([*MATRIX, "--cluster", "127.0.0.1:1"]) == 2
    assert not (at / "edition").exists()


def test_a_cell_that_fails_is_told_as_it_is_here(
    farm: Farm, at: Path, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = [faulty_project(each, "raise ValueError('no such country')") for each in (at, sample)][1]
    call = ["--project", str(mine), "build", "--lang", "fr"]
    assert cli.main(call) == 3
    here = capsys.readouterr().err
    assert cli.main([*call, "--cluster", farm.address]) == 3
    assert capsys.readouterr().err == here
    assert "no such country" in here


def test_a_worker_with_another_project_is_refused(
    farm: Farm, at: Path, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = faulty_project(sample, f"{OPENING} ")
    (at / "data/raw/edition.toml").write_text('name = "2031-07"\ndate = "2031-07-01"\n')
    call = ["--project", str(mine), *MATRIX, "--cluster", farm.address]
    assert cli.main(call) == 4
    assert "would not give the same\n  evidence: other there: notebooks, data\n" in capsys.readouterr().err
    shutil.copytree(at / "notebooks", mine / "notebooks", dirs_exist_ok=True)
    shutil.copytree(at / "data/raw", mine / "data/raw", dirs_exist_ok=True)
    (at / "data/raw/documents/communique.txt").unlink()
    assert cli.main(call) == 0, "the documents' texts need not be there"


def test_a_worker_with_other_code_is_refused(
    other: Farm, at: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = shutil.copytree(Path(cluster.__file__).parents[1], tmp_path / "src/analysis")
    (package / "words/another.py").write_text("")
    with other.scheduler(), other.worker(PYTHONPATH=str(tmp_path / "src")):
        assert cli.main([*MATRIX, "--cluster", other.address]) == 4
    assert "evidence: other there: the package's code\n" in capsys.readouterr().err
    assert not (at / "edition").exists()


def test_a_build_told_to_end_leaves_nothing_running(other: Farm, at: Path) -> None:
    faulty_project(at, "import time; time.sleep(600)")
    with other.scheduler(), other.worker() as worker:
        building = begun(at, "--cluster", other.address)
        until(lambda: runs(worker))
        building.send_signal(signal.SIGTERM)
        _, errors = building.communicate(timeout=20)
        assert building.returncode == 3
        assert errors.strip().splitlines()[-1] == "interrupted; nothing was published"
        until(lambda: not _children(worker.pid))
    assert not (at / "reports").exists()


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize(
    ("package", "option"),
    [("distributed", ["--cluster", "tcp://127.0.0.1:1"]), ("fsspec", ["--store", "memory://runs"])],
)
def test_what_is_missing_is_told_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], package: str, option: list[str]
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert cli.main([*MATRIX, *option]) == 4
    assert "docs/many.md" in capsys.readouterr().err


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize(
    ("address", "code", "told"),
    [
        ("nowhere://runs", 2, "not the address of a store"),
        ("s3://bucket/runs", 4, "the store's driver is missing"),
        ("file:///proc/runs", 4, "the store cannot be used"),
    ],
)
def test_a_store_that_cannot_be_used_is_told(
    capsys: pytest.CaptureFixture[str], address: str, code: int, told: str
) -> None:
    assert cli.main([*MATRIX, "--store", address]) == code
    assert f"{address}: {told}" in capsys.readouterr().err
