"""Fifty runs of one notebook, two at a time: papermill commands, forked runs, and the cells' own work.

    python bench/matrix.py              the adoption notebook, for fifty sets of countries and languages
    python bench/matrix.py --runs 10    fewer of them
    python bench/matrix.py --json FILE  the ratios as well, one JSON object a line

The runs alone, no pages and no PDFs, in turns of ten runs each, so that what else the machine does meets all alike. The
start of the process that is forked from counts with the first turn. The *cells* are those of the runs, half of them in
each of two processes that have imported everything and read the project: no run can be quicker. Wall time, and the
seconds of processor time of all processes together, which depend less on what else the machine does.
"""

# ruff: noqa: INP001, S603, T201  a script that runs commands and prints its table

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, islice
from pathlib import Path

from engine import GOAL, Spent, cells, timed, work
from measures import Measure, write

from analysis import editions, notebooks, parameters
from analysis.editions.plan import Job

PROJECT = Path(__file__).resolve().parents[1]
AT_ONCE = 2
TURN = 10
#: How many times the throughput of papermill commands is wanted.
WANTED = 9


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


def together(run: Callable[[Job], object], turn: Sequence[Job]) -> Spent:
    """What these runs take, two at a time."""

    def all_of_them() -> str:
        with ThreadPoolExecutor(AT_ONCE) as workers:
            return str(len(list(workers.map(run, turn))))

    return timed(all_of_them)[0]


def own_work(turn: Sequence[Job]) -> Spent:
    """The cells of all runs, in as many processes as there are runs at once: the longest's time, and all their work."""
    listed = [(job.notebook, {"language": job.lang, "countries": ",".join(job.given["countries"])}) for job in turn]
    with ThreadPoolExecutor(AT_ONCE) as workers:
        shares = list(workers.map(cells, [listed[share::AT_ONCE] for share in range(AT_ONCE)]))
    spent = [sum(share, Spent(0, 0)) for share in shares]
    return Spent(max(each.wall for each in spent), sum(each.work for each in spent))


def measured(wanted: Sequence[Job]) -> dict[str, Spent]:
    """What all runs take in each way."""
    stock = forked = own = Spent(0, 0)
    with tempfile.TemporaryDirectory() as folder:
        engine = notebooks.Engine(PROJECT)
        for begin in range(0, len(wanted), TURN):
            turn = wanted[begin : begin + TURN]
            stock += together(lambda job: command(job, Path(folder)), turn)
            forked += together(lambda job: engine(job.notebook, job.given), turn)
            own += own_work(turn)
        before = work()
        engine.close()
        forked += Spent(0, work() - before)
    return {"papermill commands": stock, "forked runs": forked, "cells": own}


def compared(found: dict[str, Spent], count: int) -> Iterator[Measure]:
    """The ratios, by name, each with what it should be."""
    stock, ours, own = found.values()
    for kind, unit in (("wall", "s"), ("work", "processor s")):
        commands, forked, least = (float(getattr(each, kind)) for each in (stock, ours, own))
        throughput = f"{count} runs, against papermill commands"
        yield Measure(throughput, forked, commands, unit, commands / forked, f"at least {WANTED}")
        yield Measure(f"{count} runs, against their cells", forked, least, unit, forked / least, f"at most {GOAL}")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=50, help="how many runs (default: 50)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the ratios here, one JSON object a line")
    given = parser.parse_args()
    wanted = list(islice(jobs(), given.runs))
    os.environ["NUAGE_PROJECT"] = str(PROJECT)
    found = measured(wanted)
    print(f"{len(wanted)} runs, {AT_ONCE} at a time, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for name, spent in found.items():
        print(f"{name:20}{spent.wall:7.1f} s {len(wanted) / spent.wall:6.2f} a second{spent.work:8.1f} processor s")
    rows = list(compared(found, len(wanted)))
    for row in rows:
        print(f"{row.name}, in {row.unit}: {row.ratio:.2f} times ({row.goal})")
    write(given.json, rows)


if __name__ == "__main__":
    main()
