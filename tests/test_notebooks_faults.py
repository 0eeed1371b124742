"""Runs that go wrong: each is told with its notebook and its cell, and nothing of it stays behind."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from test_notebooks_forked import shown, written

from analysis import notebooks
from analysis.errors import ExecutionError, SetupError
from analysis.notebooks import Engine

__all__ = ["written"]
Write = Callable[..., Path]


@pytest.fixture(scope="module")
def run(project: Path) -> Iterator[Engine]:
    with notebooks.engine(project) as engine:
        yield engine


def told(run: Engine, file: Path) -> str:
    """What is said of a notebook that fails."""
    with pytest.raises(ExecutionError) as caught:
        run(file, {})
    assert str(file) in str(caught.value)
    assert caught.value.exit_code == 3
    return str(caught.value)


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # it is dead; whoever inherited it has not looked yet


def gone(processes: list[int], seconds: float = 0) -> bool:
    end = time.monotonic() + seconds
    while any(map(alive, processes)) and time.monotonic() < end:
        time.sleep(0.02)
    return not any(map(alive, processes))


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("raise ValueError('no such country')", "ValueError: no such country"),
        ("1 +", "SyntaxError"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("input('who? ')", "does not support input requests"),
        ("import os; os._exit(7)", "the kernel died\n  evidence: ended with exit code 7"),
        ("import os; os.kill(os.getpid(), 9)", "the kernel died\n  evidence: ended by SIGKILL"),
        ("import os; os.kill(os.getpid(), 9)", "look at the memory the notebook needs"),
        ("import ctypes; ctypes.string_at(0)", "the kernel died\n  evidence: ended by SIGSEGV"),
        ("import os; os.closerange(3, 100); 1", "the kernel died"),
        ("import os, sys; sys.stderr.write('last words\\n'); os.abort()", "ended by SIGABRT; last words"),
    ],
)
def test_a_cell_that_fails_is_named(run: Engine, written: Write, source: str, what: str) -> None:
    message = told(run, written("fine = 1", source, "never = 1"))
    assert what in message
    assert f"cell [3] {source}" in message


#: A notebook as it should be, and what makes it another.
SOUND: dict[str, Any] = {
    "cells": [
        {"cell_type": "code", "id": "a", "metadata": {"tags": ["parameters"]}, "source": ""},
        {"cell_type": "code", "id": "b", "metadata": {}, "source": "1"},
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}
SOUND["cells"] = [cell | {"outputs": [], "execution_count": None} for cell in SOUND["cells"]]


def with_cell(**changed: object) -> str:
    """The sound notebook with its second cell changed."""
    return json.dumps({**SOUND, "cells": [SOUND["cells"][0], SOUND["cells"][1] | changed]})


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "Expecting value"),
        ("{", "Expecting property name"),
        ("[]", "it holds list, not an object"),
        ("{}", "its nbformat is None, not 4"),
        (json.dumps({**SOUND, "nbformat": 3}), "its nbformat is 3, not 4"),
        (json.dumps({**SOUND, "cells": "x"}), "str"),
        (json.dumps({**SOUND, "cells": [3]}), "int"),
        (json.dumps({**SOUND, "cells": SOUND["cells"][1:]}), '0 cells have the tag "parameters"'),
        (with_cell(metadata={"tags": ["parameters"]}), '2 cells have the tag "parameters"'),
        (with_cell(id="a b"), "cell [2]: not a notebook that can be run\n  evidence: 'a b' does not match"),
        (with_cell(source=3), "cell [2]: "),
        (with_cell(cell_type="video"), "cell [2]: "),
        ("\ufeff" + with_cell(), "BOM"),
        ("[" * 100_000, "recursion"),
    ],
)
def test_a_broken_notebook_is_refused(tmp_path: Path, content: str, what: str) -> None:
    (file := tmp_path / "01_broken.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(ExecutionError, match="not a notebook that can be run") as caught:
        notebooks.refuse_broken(file)
    assert str(caught.value).startswith(str(file))
    assert what in str(caught.value)
    assert len(str(caught.value)) < 600


def test_a_notebook_of_other_bytes_or_none_is_refused(tmp_path: Path) -> None:
    (file := tmp_path / "01_broken.ipynb").write_bytes(b'{"a": "\xe9"}')
    with pytest.raises(ExecutionError, match="can't decode byte 0xe9"):
        notebooks.refuse_broken(file)
    with pytest.raises(ExecutionError, match="Is a directory"):
        notebooks.refuse_broken(tmp_path)


@pytest.mark.filterwarnings("ignore:Non-unique cell id")
def test_names_of_cells_and_of_a_kernel_do_not_matter(run: Engine, tmp_path: Path) -> None:
    sound, other = tmp_path / "01_sound.ipynb", tmp_path / "01_other.ipynb"
    sound.write_text(with_cell())
    other.write_text(with_cell(id="a"))
    notebooks.refuse_broken(other)
    assert notebooks.text(run(sound, {})) == notebooks.text(run(other, {}))


def test_the_first_error_ends_a_run(run: Engine, written: Write, tmp_path: Path) -> None:
    assert "first" in told(run, written("raise ValueError('first')", f"open({str(tmp_path / 'ran')!r}, 'w')"))
    assert not (tmp_path / "ran").exists()


def test_a_run_that_leaves_dies_before_its_next_cell(run: Engine, written: Write) -> None:
    assert "cell [3] 1" in told(run, written("exit()", "1"))


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "import time; time.sleep(60)",
        "import signal, time; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64)); time.sleep(60)",
        "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()",
        "import ctypes; ctypes.CDLL(None).sleep(60)",
        "import re; re.match('(a+)+$', 'a' * 60 + 'b')",
        "import os\nwhile True: os.write(1, b'.'); __import__('time').sleep(.01)",
    ],
)
def test_a_cell_that_hangs_is_stopped_and_named(
    run: Engine, written: Write, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setattr("analysis.notebooks.execution.TIME_LIMIT", 1)
    file = written("import os; print(os.getpid())", source)
    began = time.monotonic()
    message = told(run, file)
    assert "a cell ran longer than 1 s" in message
    assert f"cell [3] {source.splitlines()[0]}" in message
    assert time.monotonic() - began < 10


#: Processes that a notebook may leave behind: in its group, in a session of their own, orphaned.
LEFT = """import os, subprocess, threading, time, sys
threading.Thread(target=time.sleep, args=(600,)).start()
sleep = ["sleep", "600"]
left = [subprocess.Popen(sleep).pid, subprocess.Popen(sleep, start_new_session=True).pid]
orphan = "import subprocess as s; print(s.Popen(['sleep', '600'], start_new_session=True, stdout=-3, stderr=-3).pid)"
left.append(int(subprocess.run([sys.executable, "-c", orphan], capture_output=True, text=True).stdout))
if not (forked := os.fork()): time.sleep(600)
print(os.getpid(), forked, *left, flush=True)
open({place!r}, "w").write(" ".join(map(str, [os.getppid(), os.getpid(), forked, *left])))"""


def test_what_a_run_leaves_behind_is_killed(run: Engine, written: Write, tmp_path: Path) -> None:
    notebook = run(written(LEFT.format(place=str(tmp_path / "left"))), {})
    processes = [int(name) for name in shown(notebook)[0].split()]
    assert len(processes) == 5
    assert gone(processes)


def test_what_a_run_that_hangs_has_started_is_killed(
    run: Engine, written: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.notebooks.execution.TIME_LIMIT", 2)
    assert "ran longer" in told(run, written(LEFT.format(place=str(tmp_path / "left")), "time.sleep(60)"))
    _, *processes = [int(name) for name in (tmp_path / "left").read_text().split()]
    assert gone(processes)


@pytest.mark.parametrize(
    "source",
    [
        "for _ in range(10**6): print('x' * 1000)",
        "import os\nfor _ in range(10**6): os.write(2, b'x' * 1000)",
        "for _ in range(10**6): display('x' * 100_000)",
        "display({'text/plain': 'x' * 50_000_000}, raw=True)",
    ],
)
def test_a_flood_of_outputs_is_stopped_and_named(run: Engine, written: Write, source: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    message = told(run, written(source))
    assert "the outputs take more than 20 MB" in message
    assert f"cell [2] {source.splitlines()[0]}" in message
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # kB


def test_a_run_has_no_more_memory_than_it_may(project: Path, written: Write) -> None:
    with notebooks.engine(project, memory=4 << 30) as run:
        message = told(run, written("much = bytearray(5 << 30)"))
        assert "MemoryError" in message
        assert "look at the memory" in message
        assert shown(run(written("print('enough')"), {})) == ["enough\n"]


def test_a_zygote_that_is_killed_is_replaced(run: Engine, written: Write) -> None:
    ask = written("import os; print(os.getppid())")
    (first,) = shown(run(ask, {}))
    os.kill(int(first), signal.SIGKILL)
    (second,) = shown(run(ask, {}))
    assert first != second


def test_a_run_dies_with_its_zygote(run: Engine, written: Write, tmp_path: Path) -> None:
    kill = "os.kill(os.getppid(), 9); time.sleep(60)"
    message = told(run, written(LEFT.format(place=str(tmp_path / "left")), kill))
    assert "the process that forks the runs is gone" in message
    processes = [int(name) for name in (tmp_path / "left").read_text().split()]
    assert gone(processes[:4], seconds=5)
    assert shown(run(written("print('and again')"), {})) == ["and again\n"]
    for escaped in processes[4:]:
        os.kill(escaped, signal.SIGKILL)


def test_a_zygote_that_does_not_start_is_told(project: Path, written: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    with notebooks.engine(project) as engine, pytest.raises(SetupError, match="no run could be started") as caught:
        engine(written("1"), {})
    assert caught.value.evidence


@pytest.fixture
def running(project: Path, written: Write, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A process in the midst of a run; and, of that run, the zygote, its process, and what it has started."""
    place = tmp_path / "left"
    file = written(LEFT.format(place=str(place)), "time.sleep(600)")
    code = (
        "import sys; from pathlib import Path; from analysis import notebooks\n"
        "with notebooks.engine(Path(sys.argv[1])) as run: run(Path(sys.argv[2]), {})"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(project), str(file)]) as parent:
        end = time.monotonic() + 60
        while not (place.exists() and place.read_text()) and time.monotonic() < end:
            time.sleep(0.05)
        processes = [int(name) for name in place.read_text().split()]
        assert all(map(alive, processes))
        yield parent, processes
        parent.kill()
    for process in filter(alive, processes):
        os.kill(process, signal.SIGKILL)


def test_everything_dies_with_the_parent(running: tuple[subprocess.Popen[bytes], list[int]]) -> None:
    parent, processes = running
    parent.kill()
    parent.wait()
    assert gone(processes, seconds=5)


def test_a_run_dies_with_its_zygote_though_nobody_looks(running: tuple[subprocess.Popen[bytes], list[int]]) -> None:
    parent, (zygote, process, *_) = running
    parent.send_signal(signal.SIGSTOP)
    os.kill(zygote, signal.SIGKILL)
    assert gone([zygote, process], seconds=5)
