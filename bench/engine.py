"""Running the notebooks: papermill's own kernels, forked runs, and the cells' own work, in turns.

    python bench/engine.py                 every notebook in both languages, one run at a time
    python bench/engine.py --rounds 3      the median of three rounds
    python bench/engine.py sources         these notebooks only

Wall time. *stock* is a kernel for each run; *forked* is a run forked from the process that has imported everything,
one at a time, its own start told apart; *cells* is all cells of all runs one after the other in one process that has
imported everything and read the project: nothing is isolated there, and no run can be quicker. The ratios are medians
of the rounds' ratios. Exits with 1 if one engine gives a notebook that the other does not.
"""

# ruff: noqa: INP001, T201  a script that prints its table

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from analysis import editions, notebooks
from analysis.notebooks.environment import environment

PROJECT = Path(__file__).resolve().parents[1]
Job = tuple[Path, str]

CELLS = """
import json, sys, time
import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from analysis.notebooks import child
child.warm()
shell = InteractiveShell.instance(config=child.Config({"HistoryManager": {"enabled": False}}))
for file, language in json.loads(sys.argv[1]):
    cells = [cell for cell in nbformat.read(file, 4).cells if cell.cell_type == "code"]
    began = time.perf_counter()
    with capture_output() as told:
        for cell in cells:
            tagged = "parameters" in cell.metadata.get("tags", ())
            shell.run_cell(f'{cell.source}\\nlanguage = "{language}"' if tagged else cell.source).raise_error()
    print(time.perf_counter() - began)
"""


def timed(work: Callable[[], str]) -> tuple[float, str]:
    """Seconds, and what came out."""
    began = time.perf_counter()
    made = work()
    return time.perf_counter() - began, made


def cells(jobs: list[Job]) -> list[float]:
    """The cells' own work, job by job, in one process."""
    listed = json.dumps([[str(file), language] for file, language in jobs])
    command = [sys.executable, "-c", CELLS, listed]
    with tempfile.TemporaryDirectory() as home:
        known = environment(PROJECT, Path(home))
        told = subprocess.run(command, env=known, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  # ours
    return [float(line) for line in told.stdout.split()]


def round_of(jobs: list[Job]) -> tuple[list[tuple[float, float, float]], float, list[Job]]:
    """Seconds of each job (stock, forked, cells), those until the first run could be forked, the jobs that differ."""
    seconds, differing = [], []
    with notebooks.engine(PROJECT) as run:
        start, _ = timed(lambda: notebooks.text(run(jobs[-1][0], {"language": jobs[-1][1]})))
        own = cells(jobs)
        for (file, language), work in zip(jobs, own, strict=True):
            given = {"language": language}
            forked, ours = timed(lambda: notebooks.text(run(file, given)))  # noqa: B023  # called at once
            stock, expected = timed(lambda: notebooks.text(notebooks.run(file, given, PROJECT)))  # noqa: B023
            seconds.append((stock, forked, work))
            if ours != expected:
                differing.append((file, language))
    return seconds, start, differing


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("stems", nargs="*", help="these notebooks only")
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    found = [(stem, file) for _, stem, file in editions.notebooks(PROJECT) if not given.stems or stem in given.stems]
    jobs = [(file, language) for _, file in found for language in ("fr", "en")]
    rounds = [round_of(jobs) for _ in range(given.rounds)]
    print(f"{'run':24}{'stock s':>9}{'forked s':>9}{'cells s':>9}{'stock/forked':>14}{'forked/cells':>14}")
    for place, (file, language) in enumerate([*jobs, (Path("all"), "")]):
        each = [
            seconds[place] if place < len(jobs) else tuple(map(sum, zip(*seconds, strict=True)))
            for seconds, _, _ in rounds
        ]
        stock, forked, work = (median(column) for column in zip(*each, strict=True))
        ratios = median(one[0] / one[1] for one in each), median(one[1] / one[2] for one in each)
        print(f"{file.stem + ' ' + language:24}{stock:9.2f}{forked:9.2f}{work:9.2f}{ratios[0]:14.1f}{ratios[1]:14.2f}")
    print(f"start, with the first run: {median(start for _, start, _ in rounds):.2f} s")
    differing = {job for _, _, those in rounds for job in those}
    for file, language in sorted(differing):
        print(f"{file.stem} {language}: the engines differ")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
