"""Running the notebooks: papermill's own kernels, forked runs, and the cells' own work, in turns.

    python bench/engine.py                 every notebook in both languages, one run at a time
    python bench/engine.py --rounds 3      the median of three rounds
    python bench/engine.py --json FILE     the totals as well, one JSON object a line
    python bench/engine.py sources         these notebooks only

*stock* is a kernel for each run; *forked* is a run forked from the process that has imported everything, one at a time,
its own start told apart; *cells* is all cells of all runs one after the other in one process that has imported
everything and read the project: nothing is isolated there, and no run can be quicker. Wall time run by run; in total
also the seconds of processor time of all processes together, which depend less on what else the machine does. The
ratios are medians of the rounds' ratios. Exits with 1 if one engine gives a notebook that the other does not.
"""

# ruff: noqa: INP001, T201  a script that prints its table

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from measures import Measure, write

from analysis import editions, notebooks
from analysis.notebooks.environment import environment

PROJECT = Path(__file__).resolve().parents[1]
#: A notebook and its parameters.
Job = tuple[Path, Mapping[str, object]]
#: How many times as long as their cells runs may take.
GOAL = 1.4

CELLS = """
import json, sys, time
import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from analysis.notebooks import child
child.warm()
shell = InteractiveShell.instance(config=child.Config({"HistoryManager": {"enabled": False}}))
for file, given in json.loads(sys.argv[1]):
    cells = [cell for cell in nbformat.read(file, 4).cells if cell.cell_type == "code"]
    assigned = "".join(f"\\n{name} = {value!r}" for name, value in given.items())
    began, worked = time.perf_counter(), time.process_time()
    with capture_output() as told:
        for cell in cells:
            tagged = "parameters" in cell.metadata.get("tags", ())
            shell.run_cell(cell.source + assigned if tagged else cell.source).raise_error()
    print(time.perf_counter() - began, time.process_time() - worked)
"""


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock, and of processor time."""

    wall: float
    work: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.work + other.work)


@dataclass(frozen=True)
class Round:
    """What each job took, the whole of it, and what the first run had to wait for; the jobs that differ."""

    jobs: Sequence[tuple[Spent, Spent, Spent]]
    total: tuple[Spent, Spent, Spent]
    start: Spent
    differing: Sequence[Job]


def work(*whose: int) -> float:
    """Processor seconds of this process and of all that it has waited for, or of one of the two."""
    used = [resource.getrusage(who) for who in whose or (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def timed(do: Callable[[], str]) -> tuple[Spent, str]:
    """What it took, and what came out."""
    began, worked = time.perf_counter(), work()
    made = do()
    return Spent(time.perf_counter() - began, work() - worked), made


def cells(jobs: Sequence[Job]) -> list[Spent]:
    """The cells' own work, job by job, in one process."""
    listed = json.dumps([[str(file), given] for file, given in jobs])
    command = [sys.executable, "-c", CELLS, listed]
    with tempfile.TemporaryDirectory() as home:
        known = environment(PROJECT, Path(home))
        told = subprocess.run(command, env=known, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  # ours
    return [Spent(*map(float, line.split())) for line in told.stdout.splitlines()]


def started(job: Job) -> Spent:
    """What a first run takes: all imports, then the run."""

    def first() -> str:
        with notebooks.engine(PROJECT) as run:
            return notebooks.text(run(*job))

    return timed(first)[0]


def round_of(jobs: Sequence[Job]) -> Round:
    """Each job in turn in each way; the processes that are forked are counted when the engine is closed."""
    before = work(resource.RUSAGE_CHILDREN)
    start = started(jobs[-1])
    imports = work(resource.RUSAGE_CHILDREN) - before
    own, seconds, differing = cells(jobs), [], []
    engine = notebooks.Engine(PROJECT)
    engine(*jobs[-1])
    for (file, given), its_cells in zip(jobs, own, strict=True):
        forked, ours = timed(lambda: notebooks.text(engine(file, given)))  # noqa: B023  # called at once
        stock, expected = timed(lambda: notebooks.text(notebooks.run(file, given, PROJECT)))  # noqa: B023
        seconds.append((stock, forked, its_cells))
        if ours != expected:
            differing.append((file, given))
    before = work(resource.RUSAGE_CHILDREN)
    engine.close()
    stock, forked, all_cells = (sum(each, Spent(0, 0)) for each in zip(*seconds, strict=True))
    forked += Spent(0, work(resource.RUSAGE_CHILDREN) - before - imports)
    return Round(seconds, (stock, forked, all_cells), start, differing)


def shown(name: str, each: Sequence[Sequence[float]]) -> str:
    """A line of the table: medians of the rounds, and of their ratios."""
    stock, forked, own = (median(column) for column in zip(*each, strict=True))
    ratios = median(one[0] / one[1] for one in each), median(one[1] / one[2] for one in each)
    return f"{name:24}{stock:9.2f}{forked:9.2f}{own:9.2f}{ratios[0]:14.1f}{ratios[1]:14.2f}"


def measures(rounds: Sequence[Round]) -> Iterator[Measure]:
    """The totals, by name, each with its ratio and what it should be."""
    for kind, unit in (("wall", "s"), ("work", "processor s")):
        each = [tuple(getattr(spent, kind) for spent in one.total) for one in rounds]
        stock, forked, own = (median(column) for column in zip(*each, strict=True))
        over_stock, over_cells = median(one[0] / one[1] for one in each), median(one[1] / one[2] for one in each)
        yield Measure("every notebook, against kernels", forked, stock, unit, over_stock)
        yield Measure("every notebook, against its cells", forked, own, unit, over_cells, f"at most {GOAL}")


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stems", nargs="*", help="these notebooks only")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the totals here, one JSON object a line")
    given = parser.parse_args()
    found = [(stem, file) for _, stem, file in editions.notebooks(PROJECT) if not given.stems or stem in given.stems]
    jobs: list[Job] = [(file, {"language": language}) for _, file in found for language in ("fr", "en")]
    rounds = [round_of(jobs) for _ in range(given.rounds)]
    print(f"{'run':24}{'stock s':>9}{'forked s':>9}{'cells s':>9}{'stock/forked':>14}{'forked/cells':>14}")
    for place, (file, told) in enumerate(jobs):
        each = [[spent.wall for spent in one.jobs[place]] for one in rounds]
        print(shown(f"{file.stem} {told['language']}", each))
    print(shown("all", [[spent.wall for spent in one.total] for one in rounds]))
    print(shown("all, processor time", [[spent.work for spent in one.total] for one in rounds]))
    start = [median(column) for column in zip(*((one.start.wall, one.start.work) for one in rounds), strict=True)]
    print(f"start, with the first run: {start[0]:.2f} s, {start[1]:.2f} s of processor time")
    write(given.json, measures(rounds))
    differing = {(file.stem, str(told["language"])) for one in rounds for file, told in one.differing}
    for stem, language in sorted(differing):
        print(f"{stem} {language}: the engines differ")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
