"""Hundreds of reports: what each costs here, on a cluster of two workers, and with papermill's command.

    python bench/many.py                     five hundred runs here, as many on two workers, ten papermill commands
    python bench/many.py --build 24,50       whole editions of so many reports instead, with pages and PDFs
    python bench/many.py --json FILE         the prices of a run as well, for `python bench`

The runs are those of the adoption notebook, in both languages, for other countries and years. Every way begins without
anything kept. Processor seconds are those of all processes concerned; memory is the most that one process has held.
"""

# ruff: noqa: INP001, S603, T201  a script that runs commands and prints its table

from __future__ import annotations

import argparse
import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import combinations, islice
from pathlib import Path

import nbformat
from measures import Measure, write

from analysis import editions, notebooks, parameters
from analysis.editions import Step
from analysis.editions.cluster import Cluster
from analysis.editions.matrix import matrix
from analysis.editions.plan import Job

PROJECT = Path(__file__).resolve().parents[1]
WORKERS = 2
PAPERMILL = 10
FIRST_YEARS = (2014, 2016, 2018, 2020, 2021, 2023)
#: What of a process says how much memory it has held at most, in kB.
MOST = re.compile(r"VmHWM:\s+(\d+)")


def rows(lang: str) -> Iterator[str]:
    """Lines of a matrix, each other countries or years."""
    for year in FIRST_YEARS:
        for size in (1, 2, 3, 4):
            for countries in combinations(parameters.COMPARED, size):
                name = "-".join(("a", *countries, str(year))).lower()
                yield f"{name};adoption;{lang};{','.join(countries)};{year}-"


def planned(number: int, folder: Path, languages: Sequence[str] = ("fr", "en")) -> list[Job]:
    """So many runs."""
    file = folder / "many.csv"
    wanted = islice((row for lang in languages for row in rows(lang)), number)
    file.write_text("\n".join(("name;notebook;lang;countries;years", *wanted)), encoding="utf-8")
    return matrix(PROJECT, file, ("en",))


def spent(processes: Sequence[int] = ()) -> float:
    """Processor seconds of this process, of those it has waited for, and of these, with those they have waited for."""
    ours = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    theirs = (Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:15] for process in processes)
    ticks = sum(int(each) for told in theirs for each in told)
    return sum(use.ru_utime + use.ru_stime for use in ours) + ticks / os.sysconf("SC_CLK_TCK")


def most(process: int | str = "self") -> int:
    """The most memory that a process has held, in MB."""
    found = MOST.search(Path(f"/proc/{process}/status").read_text())
    return int(found[1]) // 1024 if found else 0


def below(process: int) -> Iterator[int]:
    """A process's children, and theirs."""
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            yield child
            yield from below(child)


def told(way: str, runs: int, wall: float, processor: float, memory: str = "") -> float:
    """Prints one line of the table; returns the processor seconds of a run."""
    price = f"{runs / wall:6.2f} a second {processor / runs:6.2f} CPU s a run"
    print(f"{way:20} {runs:4} runs {wall:7.1f} s {price}  {memory}", flush=True)
    return processor / runs


def forked(jobs: Sequence[Job]) -> tuple[list[nbformat.NotebookNode], float]:
    """The runs as a build does them here, and the price of one."""
    begun, before = time.perf_counter(), spent()
    with ThreadPoolExecutor(WORKERS) as pool, notebooks.engine(PROJECT) as engine:
        done = list(pool.map(lambda job: engine(job.notebook, job.given), jobs))
    return done, told("here", len(jobs), time.perf_counter() - begun, spent() - before)


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """A scheduler and two workers on this machine: its address, and their processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    dask = [sys.executable, "-m", "dask"]
    alone = ["--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(folder), "--no-dashboard"]
    port = address.rpartition(":")[2]
    calls = [
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard", "--no-show"],
        *([*dask, "worker", address, *alone] for _ in range(WORKERS)),
    ]
    known = {**os.environ, "NUAGE_PROJECT": str(PROJECT)}
    running = [subprocess.Popen(call, env=known, cwd=folder, stderr=subprocess.DEVNULL) for call in calls]
    try:
        yield address, [process.pid for process in running]
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()


def remote(jobs: Sequence[Job], folder: Path) -> tuple[list[nbformat.NotebookNode], float]:
    """The runs on two workers, and the price of one."""
    with cluster(folder) as (address, processes), closing(Cluster(PROJECT, address)) as engine:
        begun, before = time.perf_counter(), spent(processes)
        with ThreadPoolExecutor(engine.at_once) as pool:
            done = list(pool.map(lambda job: engine(job.notebook, job.given), jobs))
        wall = time.perf_counter() - begun
        scheduler, worker, *_ = processes
        zygotes = list(below(worker))
        memory = (
            f"scheduler {most(scheduler)} MB, worker {most(worker)} MB, its forks {max(map(most, zygotes))} MB each"
        )
        processor = spent([*processes, *(each for process in processes for each in below(process))]) - before
        return done, told("two workers", len(jobs), wall, processor, memory)


def papermill(jobs: Sequence[Job], folder: Path) -> float:
    """The price of a run as papermill's own command does it."""

    def command(job: Job) -> None:
        given: Mapping[str, object] = job.given
        chosen = [("language", job.lang), ("countries", ",".join(job.given["countries"]))]
        chosen.append(("years", f"{job.given['years'][0]}-"))
        options = [part for name, value in chosen if name in given for part in ("-p", name, value)]
        call = [sys.executable, "-m", "papermill", str(job.notebook), str(folder / f"{job.lang}-{job.name}.ipynb")]
        subprocess.run(
            [*call, *options], check=True, capture_output=True, env={**os.environ, "NUAGE_PROJECT": str(PROJECT)}
        )

    begun, before = time.perf_counter(), spent()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(command, jobs))
    return told("papermill commands", len(jobs), time.perf_counter() - begun, spent() - before)


def ways(number: int) -> list[Measure]:
    """What runs cost each way, printed too, and that they give the same."""
    print(f"{WORKERS} at a time, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.perf_counter()
        jobs = planned(number, folder)
        print(f"planned in {time.perf_counter() - begun:.2f} s")
        command = papermill(jobs[:PAPERMILL], folder)
        (here, ours), (there, sent) = forked(jobs), remote(jobs, folder)
    texts = [notebooks.text(each).encode() for each in here]
    same = sum(text == notebooks.text(other).encode() for text, other in zip(texts, there, strict=True))
    size = sum(map(len, texts)) / len(texts) / 1024
    print(f"{same} of {len(jobs)} notebooks the same both ways; {size:.0f} kB each; client {most()} MB")
    unit = "processor s a run"
    return [
        Measure(f"{number} reports here, against papermill’s command", ours, command, unit, command / ours),
        Measure(f"{number} reports on two workers, against papermill’s command", sent, command, unit, command / sent),
    ]


def whole(number: int) -> None:
    """Prints what a whole edition of so many reports costs, step by step."""
    steps: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NUAGE_CACHE"] = str(folder / "cache")
        begun, before = time.perf_counter(), spent()
        jobs = planned(number, folder, ("en",))

        def progress(step: Step) -> None:
            steps[step.what].append(step.seconds)

        built = editions.build(PROJECT, folder / "edition", jobs, progress=progress)
        told("edition", number, time.perf_counter() - begun, spent() - before, f"{most()} MB, {built.files} files")
        for what, seconds in steps.items():
            print(f"  {what:12} {len(seconds):5} times {sum(seconds):8.1f} s, the longest {max(seconds):6.1f}")
        kinds: dict[str, list[int]] = defaultdict(list)
        for file in (folder / "edition/en").rglob("*.*"):
            kinds[file.suffix].append(file.stat().st_size)
        for suffix, sizes in sorted(kinds.items()):
            total, largest = sum(sizes) / 1024 / 1024, max(sizes) // 1024
            print(f"  {suffix:6} {len(sizes):5} files {total:8.1f} MB, the largest {largest} kB", flush=True)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=500, help="how many runs (default: 500)")
    parser.add_argument("--build", metavar="N,…", help="whole editions of so many reports instead")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the prices of a run here")
    options = parser.parse_args()
    if options.build:
        for number in map(int, options.build.split(",")):
            whole(number)
    else:
        write(options.json, ways(options.runs))


if __name__ == "__main__":
    main()
