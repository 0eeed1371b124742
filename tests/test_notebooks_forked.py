"""Forked runs: they give what a kernel gives, and keep to themselves."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import nbformat
import pytest

from analysis import editions, notebooks
from analysis.errors import ExecutionError
from analysis.notebooks import Engine, execution, forked

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
Write = Callable[..., Path]


@pytest.fixture(scope="module")
def run(project: Path) -> Iterator[Engine]:
    with notebooks.engine(project) as engine:
        yield engine


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Writes a notebook of these cells, the first of which holds the parameters."""

    def write(*sources: str, name: str = "written") -> Path:
        cells = [nbformat.v4.new_code_cell(source) for source in ('name = "nobody"', *sources)]
        cells[0].metadata["tags"] = ["parameters"]
        file = tmp_path / f"{name}.ipynb"
        notebook = notebooks.canonical(nbformat.v4.new_notebook(cells=cells))
        file.write_text(notebooks.text(notebook), encoding="utf-8")
        return file

    return write


def shown(notebook: nbformat.NotebookNode) -> list[str]:
    """The text of every output, in order."""
    outputs = [output for cell in notebook.cells for output in cell.outputs]
    return [output.text if output.output_type == "stream" else output.data["text/plain"] for output in outputs]


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_forked_run_gives_what_is_committed(run: Engine, file: Path) -> None:
    assert notebooks.text(run(file, {})) == file.read_text(encoding="utf-8")


def noted(file: Path) -> set[str]:
    """What a run has read of the project; the package's own files are read by whoever imports it first."""
    return {
        line for line in file.read_text().splitlines() if not line.startswith(('["file", "src/', '["file", ".venv/'))
    }


@pytest.mark.parametrize("stem", ["06_findings", "07_sources"])
def test_both_engines_give_the_same_and_note_the_same(run: Engine, project: Path, tmp_path: Path, stem: str) -> None:
    file, notes = project / f"notebooks/{stem}.ipynb", (tmp_path / "forked", tmp_path / "stock")
    ours, stock = run(file, {"language": "en"}, notes[0]), notebooks.run(file, {"language": "en"}, project, notes[1])
    assert notebooks.text(ours) == notebooks.text(stock)
    assert noted(notes[0]) == noted(notes[1]) != set()


#: One cell for each way in which a notebook can show something, or can see where it is.
KINDS = (
    "1 + 1",
    "print('one'); import sys; print('two', file=sys.stderr); print('three')",
    "import os; os.write(1, b'from C \\xff\\n'); os.system('echo from a process; echo its error >&2; sleep 1');",
    "!echo through the shell",
    "print('before'); display({'a': 1}); print('after'); 'last'",
    "import pandas as pd; pd.DataFrame([range(30)])",
    "pd.options.display.max_columns, pd.options.display.width, pd.io.formats.console.in_ipython_frontend()",
    "class Rich:\n    __repr__ = lambda self: 'Rich'; _repr_html_ = lambda self: '<b>rich</b>'\nRich()",
    "class Many: _repr_mimebundle_ = lambda self, **_: {'text/plain': '', 'application/json': [1, None]}\nMany()",
    "handle = display('first', display_id='one'); handle.update('second')",
    "from IPython.display import clear_output, Image, Markdown\nprint('gone'); clear_output(); print('stays')",
    "display(Markdown('*m*'), Image(data=b'\\x89PNG\\r\\n\\x1a\\n', format='png'))",
    "import asyncio; await asyncio.sleep(0); asyncio.get_running_loop().is_running()",
    "%lsmagic?",
    "%%capture kept\nprint('kept')",
    "kept.stdout, _, In[2], Out[3]",
    "%precision 3\n3.14159",
    "try:\n    input('who? ')\nexcept Exception as error:\n    print(type(error).__name__, error)",
    "import warnings; warnings.warn('careful')",
    "import matplotlib; matplotlib.get_backend(), matplotlib.rcParams['svg.fonttype'], __name__",
    "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.gcf().axes",
    "sys.path[0], sys.flags.hash_randomization, hash('a'), os.environ['TZ'], os.environ['TERM'], sys.stdout.isatty()",
    "import time; time.tzname, os.getcwd(), sys.stdin.read(), get_ipython().__class__.__name__",
    "import pickle; exec('def f(): return 1'); pickle.loads(pickle.dumps(f))()",
    "import multiprocessing as mp\nwith mp.get_context('fork').Pool(1) as pool: print(pool.map(abs, [-1]))",
    "from analysis.charts import chart; chart('adoption', 'en')",
)


def test_everything_that_a_cell_can_show_is_shown_as_in_a_kernel(
    run: Engine, project: Path, written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # where it is set, a kernel does not look at what C code writes
    file = written(*KINDS)
    ours, stock = run(file, {"name": "somebody"}), notebooks.run(file, {"name": "somebody"}, project)
    for cell, expected in zip(ours.cells, stock.cells, strict=True):
        assert cell == expected
    assert ours.cells[1].outputs[0].data["text/plain"] == "2"
    assert any("from a process" in text for text in shown(ours))


def test_an_error_is_told_as_a_kernel_tells_it(run: Engine, project: Path, written: Write) -> None:
    file = written("def inner():\n    return {}['nothing']", "before = 1\ninner()", "print('never')")
    told = []
    for way in (run, lambda file, given: notebooks.run(file, given, project)):
        with pytest.raises(ExecutionError) as caught:
            way(file, {})
        told.append((str(caught.value), caught.value.__context__.__dict__))
    assert told[0] == told[1]
    assert "cell [3] before = 1" in told[0][0]
    assert "KeyError: 'nothing'" in told[0][0]


LOOK = """import json, os, random, sys, warnings
import matplotlib, numpy, pandas
from analysis import words
print(os.environ.get("PLANTED"), os.environ["TZ"], os.getcwd(), sorted(os.listdir(os.environ["IPYTHONDIR"])))
print(pandas.options.display.max_rows, matplotlib.rcParams["lines.linewidth"], len(warnings.filters))
print(json.dumps([1]), os.fork.__name__, type(sys.stdout).__name__, sys.path, "planted" in sys.modules)
print(words.language(), len(words.ledger().claims), "planted" in globals(), sys.getrecursionlimit())
print(random.getstate() == random.Random(1).getstate(), numpy.random.get_state()[1][0] == 1)"""
PLANT = """import asyncio, builtins, gc, io, json, os, random, sys, time, types, warnings
import matplotlib, numpy, pandas
from analysis import words
from analysis.notebooks import channel
os.environ.update(PLANTED="1", TZ="Pacific/Auckland"); time.tzset(); os.chdir("/")
open(os.path.join(os.environ["IPYTHONDIR"], "planted"), "w").close()
pandas.options.display.max_rows = 3; matplotlib.rcParams["lines.linewidth"] = 9; warnings.simplefilter("ignore")
words.use("en"); vars(words.ledger().claims).clear() if hasattr(words.ledger().claims, "__dict__") else None
sys.path.insert(0, "/planted"); sys.modules["planted"] = types.ModuleType("planted"); planted = 1
random.seed(1); numpy.random.seed(1); sys.setrecursionlimit(500); gc.disable()
display("shown before")
replaced = lambda *_, **__: 1 / 0
json.dumps = json.JSONEncoder.default = os.fork = os._exit = os.write = replaced
asyncio.sleep = builtins.input = replaced
channel.framed = replaced; sys.stdout = sys.stderr = io.StringIO(); sys.displayhook = replaced"""


def test_nothing_of_a_run_reaches_the_next(run: Engine, written: Write) -> None:
    look, plant = written(LOOK, name="look"), written(PLANT, "display('shown after')", name="plant")
    before = run(look, {})
    assert shown(run(plant, {})) == ["'shown before'", "'shown after'"]
    assert run(look, {}) == before
    assert shown(before)[0].endswith("False False\n")


def test_a_run_has_the_folder_and_the_environment_that_its_parent_has_now(
    run: Engine, written: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written("import os; print(os.getcwd(), os.environ['PLANTED'])")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        monkeypatch.setenv("PLANTED", name)
        assert shown(run(file, {})) == [f"{tmp_path / name} {name}\n"]


def test_each_run_has_a_random_state_of_its_own(run: Engine, written: Write) -> None:
    draw = written("import random, numpy; print(random.random(), numpy.random.random())")
    drawn = [shown(run(draw, {}))[0].split() for _ in range(2)]
    assert not set(drawn[0]) & set(drawn[1])


def test_runs_at_once_do_not_mix(run: Engine, written: Write) -> None:
    file = written(
        "import os, sys, time",
        "for n in range(300):\n    print(name, n)\n    os.write(2, f'{name} {n}\\n'.encode())\n    time.sleep(0)",
        "for n in range(50): display(f'{name} {n}')",
    )

    def outputs(name: str) -> list[str]:
        return shown(run(file, {"name": name}))

    with ThreadPoolExecutor(4) as workers:
        for name, texts in zip("abcdefgh", workers.map(outputs, "abcdefgh"), strict=True):
            lines = "".join(f"{name} {n}\n" for n in range(300))
            assert texts == [lines, lines, *(f"'{name} {n}'" for n in range(50))]


def test_nothing_is_started_before_the_first_run(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("started")

    monkeypatch.setattr("subprocess.Popen", refuse)
    with notebooks.engine(project) as engine, pytest.raises(AssertionError, match="started"):
        engine.start()


def test_where_nothing_can_be_forked_the_runs_are_the_standard_ones(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def stock(*given: object) -> nbformat.NotebookNode:
        asked.append(given)
        return nbformat.NotebookNode()

    monkeypatch.setattr(forked, "POSSIBLE", False)
    monkeypatch.setattr(execution, "run", stock)
    with notebooks.engine(project) as engine:
        engine.start()
        engine(NOTEBOOKS[0], {"language": "en"})
    assert asked == [(NOTEBOOKS[0], {"language": "en"}, project, None)]


def test_a_stream_is_the_same_however_it_was_cut() -> None:
    def made(*pieces: tuple[str, str]) -> Mapping[str, object]:
        outputs = [nbformat.v4.new_output("stream", name=name, text=text) for name, text in pieces]
        cell = nbformat.v4.new_code_cell("", outputs=[*outputs, nbformat.v4.new_output("display_data")])
        return dict(notebooks.canonical(nbformat.v4.new_notebook(cells=[cell])))

    pieces = [("stdout", "a"), ("stdout", "b"), ("stderr", "in /tmp/ipykernel_12/34.py")]
    whole = made(("stdout", "ab"), ("stderr", "in /34.py"))
    assert all(
        made(*order) == whole
        for order in itertools.permutations(pieces)
        if order.index(pieces[0]) < order.index(pieces[1])
    )


def test_every_notebook_is_compared() -> None:
    assert [file for _, _, file in editions.notebooks(NOTEBOOKS[0].parents[1])] == NOTEBOOKS
