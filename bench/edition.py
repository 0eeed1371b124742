"""How long an edition takes, beside the standard way: papermill, nbconvert and a browser's print, one after the other.

    python bench/edition.py             everything (about five minutes)
    python bench/edition.py --quick     one notebook in one language for the standard way, multiplied
    python bench/edition.py --json FILE the ratios as well, for `python bench`

The standard way is, for each notebook in each language: ``papermill``, ``nbconvert --to html``, and the page printed to
PDF by Chromium without a window, which is what ``nbconvert --to webpdf`` does through another program. Ours is ``nuage
build``: from nothing, with nothing changed, with one claim changed. All work on a copy of the project, and in turn, so
that what else the machine does meets them alike. Wall time is that of whole commands; processor time counts what they
start. nbconvert is not part of the set-up: ``make lab`` brings it, or name another Python with ``--python``.
"""

# ruff: noqa: INP001, S603, T201  a script that runs commands and prints its table

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from measures import Measure, write

PROJECT = Path(__file__).resolve().parents[1]
LANGUAGES = ("fr", "en")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
#: What is changed of one claim: a word of its statement.
CHANGED = ("data/raw/claims/strategie_cloud_2021.toml", "est donnée en toutes lettres", "est dite en toutes lettres")


class Cost(NamedTuple):
    """What a command took, in seconds."""

    wall: float
    processor: float


def timed(command: Sequence[str | Path], **environment: str) -> Cost:
    """Runs a command to its end; one that fails ends the benchmark with what it said."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def standard(notebook: Path, lang: str, python: str, out: Path) -> Cost:
    """One notebook in one language: run, page, PDF."""
    name = f"{notebook.stem}-{lang}"
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None) or sys.exit("no Chromium here")
    run = timed([python, "-m", "papermill", notebook, out / f"{name}.ipynb", "-p", "language", lang])
    page = timed([python, "-m", "nbconvert", "--to", "html", out / f"{name}.ipynb"])
    printed = f"--print-to-pdf={out / name}.pdf"
    paper = timed([browser, "--headless", "--no-sandbox", "--disable-gpu", printed, out / f"{name}.html"])
    return Cost(*map(sum, zip(run, page, paper, strict=True)))


def nuage(project: Path, *command: str | Path, cache: Path) -> Cost:
    """One command of ours."""
    return timed([sys.executable, "-m", "analysis.cli", "--project", project, *command], NUAGE_CACHE=str(cache))


def changed(project: Path) -> None:
    """Changes one claim, and the tables with it."""
    file, before, after = CHANGED
    text = (project / file).read_text(encoding="utf-8")
    (project / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    nuage(project, "tables", cache=project)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="the standard way for one notebook only, multiplied")
    parser.add_argument("--python", default=sys.executable, help="the Python that has papermill and nbconvert")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the ratios here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        project = root / "project"
        for name in ("data", "notebooks"):
            shutil.copytree(PROJECT / name, project / name)
        shutil.copy(PROJECT / "requirements.lock", project)
        os.environ["NUAGE_PROJECT"] = str(project)
        found = sorted((project / "notebooks").glob("*.ipynb"))
        jobs = [(found[1], "en")] if options.quick else [(file, lang) for file in found for lang in LANGUAGES]
        ours = ours_in_turn(project, root)
        # What is built first meets a machine that has read nothing yet: the standard way comes between the two.
        cold = next(ours)
        costs = [standard(file, lang, options.python, root) for file, lang in jobs]
        times = len(found) * len(LANGUAGES) / len(jobs)
        usual = Cost(*(sum(column) * times for column in zip(*costs, strict=True)))
        again, unchanged, after = ours
        helped, theirs = nuage(project, "--help", cache=root), timed([options.python, "-m", "papermill", "--help"])
    rows = {
        "ours, from nothing": min(cold, again),
        "ours, one claim changed": after,
        "ours, nothing changed": unchanged,
    }
    print(
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {len(found)} notebooks in {len(LANGUAGES)} languages"
    )
    print(f"{'':24} {'wall s':>8} {'processor s':>12} {'standard way is':>16}")
    for name, cost in {"standard way": usual, **rows}.items():
        print(f"{name:24} {cost.wall:8.2f} {cost.processor:12.2f} {usual.wall / cost.wall:14.1f} ×")
    write(options.json, measures(usual, rows, helped, theirs))


def ours_in_turn(project: Path, root: Path) -> Iterator[Cost]:
    """From nothing, from nothing again, with nothing changed, with one claim changed."""
    kept, out = root / "cache", root / "reports"
    yield nuage(project, "build", "--out", out, cache=kept)
    yield nuage(project, "build", "--out", root / "other", cache=root / "other cache")
    yield nuage(project, "build", "--out", out, cache=kept)
    changed(project)
    yield nuage(project, "build", "--out", out, cache=kept)


def measures(usual: Cost, rows: Mapping[str, Cost], helped: Cost, theirs: Cost) -> Iterator[Measure]:
    """The ratios, each with what is wanted of it."""
    goals = {"ours, from nothing": "at least 15", "ours, nothing changed": "at least 100"}
    for name, cost in rows.items():
        told = f"edition: {name.removeprefix('ours, ')}"
        yield Measure(told, cost.wall, usual.wall, "s", usual.wall / cost.wall, goals.get(name, ""))
    idle = rows["ours, nothing changed"].processor
    yield Measure(
        "edition: nothing changed", idle, usual.processor, "processor s", usual.processor / idle, "under 0.4 s"
    )
    yield Measure(
        "--help, beside papermill’s", helped.wall, theirs.wall, "s", theirs.wall / helped.wall, "under 0.15 s"
    )


if __name__ == "__main__":
    main()
