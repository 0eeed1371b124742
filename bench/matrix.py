"""Fifty runs of one notebook: papermill commands two at a time, and forked runs two at a time.

    python bench/matrix.py              the adoption notebook, for fifty sets of countries and languages
    python bench/matrix.py --runs 10    fewer of them

Wall time of the runs alone, no pages and no PDFs, in turns of ten runs each, so that what else the machine does meets
both alike. The start of the process that is forked from counts with the first turn.
"""

# ruff: noqa: INP001, S603, T201  a script that runs commands and prints its table

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, islice
from pathlib import Path

from analysis import editions, notebooks, parameters
from analysis.editions.plan import Job

PROJECT = Path(__file__).resolve().parents[1]
AT_ONCE = 2
TURN = 10


def jobs() -> Iterator[Job]:
    """Runs of the adoption notebook, each with other countries."""
    for size in (1, 2, 3):
        for countries in combinations(parameters.COMPARED, size):
            planned = editions.jobs(PROJECT, ("fr", "en"), {"countries": ",".join(countries)})
            yield from (job for job in planned if job.stem == "adoption")


def command(job: Job, out: Path) -> None:
    """One run as papermill's own command does it."""
    chosen = [("language", job.lang), ("countries", ",".join(job.given["countries"]))]
    options = [part for name, value in chosen for part in ("-p", name, value)]
    target = out / f"{job.lang}-{'-'.join(job.given['countries'])}.ipynb"
    call = [sys.executable, "-m", "papermill", str(job.notebook), str(target), *options]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)


def timed(run: Callable[[Job], object], turn: Sequence[Job]) -> float:
    """Seconds that these runs take, two at a time."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as workers:
        list(workers.map(run, turn))
    return time.perf_counter() - begun


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=50, help="how many runs (default: 50)")
    wanted = list(islice(jobs(), parser.parse_args().runs))
    os.environ["NUAGE_PROJECT"] = str(PROJECT)
    stock = forked = 0.0
    with tempfile.TemporaryDirectory() as folder, notebooks.engine(PROJECT) as engine:
        for begin in range(0, len(wanted), TURN):
            turn = wanted[begin : begin + TURN]
            stock += timed(lambda job: command(job, Path(folder)), turn)
            forked += timed(lambda job: engine(job.notebook, job.given), turn)
    print(f"{len(wanted)} runs, {AT_ONCE} at a time, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(f"papermill commands {stock:7.1f} s   {len(wanted) / stock:5.2f} a second")
    print(f"forked runs        {forked:7.1f} s   {len(wanted) / forked:5.2f} a second   {stock / forked:.1f} times")


if __name__ == "__main__":
    main()
