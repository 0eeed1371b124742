"""All benchmarks, one after the other, and one table of what they give.

    python bench                    everything (about a quarter of an hour)
    python bench --quick            smaller ones (about five minutes)
    python bench --into FILE        the table also into that page, in the place of the one that is there

Each is a script of its own that can be run alone. The ratios are what counts: the two sides of each were measured in
turns, on the same machine, in the same run.
"""

# ruff: noqa: INP001, S603, T201  a script that runs commands and prints its table

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from measures import Measure, read

HERE = Path(__file__).resolve().parent
#: Each benchmark with its options, and with those of a quick run.
BENCHMARKS = {
    "edition.py": ((), ("--quick",)),
    "engine.py": (("--rounds", "3"), ()),
    "matrix.py": ((), ("--runs", "20")),
    "many.py": (("--runs", "100"), ("--runs", "20")),
    "scan.py": ((), ("--quick",)),
}
VERSIONS = ("papermill", "nbconvert", "pandas", "matplotlib", "typst")
BEGIN, END = "<!-- the table of make bench -->\n", "<!-- its end -->\n"


def machine() -> str:
    """What it was measured on."""
    model = next(iter(re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))), "")
    cores = f"{os.cpu_count()} cores{f' ({model})' if model else ''}"
    return ", ".join(
        [f"{datetime.now(UTC):%Y-%m-%d}", cores, platform.system(), f"Python {platform.python_version()}", *versions()]
    )


def versions() -> Iterator[str]:
    """Those of the tools on either side that are installed."""
    for name in VERSIONS:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            continue


def measured(script: str, options: Sequence[str]) -> list[Measure]:
    """What a benchmark gives; it says the rest itself."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        print(f"\n{script}", flush=True)
        done = subprocess.run([sys.executable, str(HERE / script), *options, "--json", file.name], check=False)
        if done.returncode:
            sys.exit(f"{script} ended with {done.returncode}")
        return read(Path(file.name))


def table(measures: Sequence[Measure]) -> str:
    """The measures as a table in Markdown."""
    lines = ["| | ours | theirs | unit | ratio | wanted |", "|---|--:|--:|---|--:|---|"]
    lines += [
        f"| {each.name} | {each.ours:.3g} | {each.theirs:.3g} | {each.unit} | {each.ratio:.3g} | {each.goal} |"
        for each in measures
    ]
    return "\n".join(lines) + "\n"


def put(told: str, page: Path) -> None:
    """The table in the place of the one that a page has."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{page}: no place for the table; write {BEGIN.strip()} and {END.strip()} around it")
    page.write_text(before + begin + told + end + after, encoding="utf-8")


def main() -> None:
    """Runs them and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller ones")
    parser.add_argument("--into", type=Path, metavar="FILE", help="the page that holds the table")
    given = parser.parse_args()
    found = [measure for script, options in BENCHMARKS.items() for measure in measured(script, options[given.quick])]
    told = f"{machine()}.\n\n{table(found)}"
    print(f"\n{told}")
    if given.into:
        put(told, given.into)


if __name__ == "__main__":
    main()
