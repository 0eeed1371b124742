"""The commands of who writes a chapter: new, check, tidy."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from analysis import paths
from analysis.errors import UsageError, nearest


def register(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Declares the commands: ``command(name, run, summary)`` adds one."""
    new = command("new", open_chapter, "write a new chapter about a table of claims: its notebook, run, and its test")
    new.add_argument("what", choices=("chapter",))
    new.add_argument("name", metavar="NAME", help="for instance cloud_prices")
    new.add_argument("--number", type=int, metavar="N", help="its place in reading order (default: the last)")
    new.add_argument("--table", metavar="TABLE", help="the table of claims it is about (default: NAME)")

    check = command("check", check_rules, "say where notebooks break the house rules, cell by cell (docs/chapter.md)")
    _notebooks_argument(check)
    check.add_argument("--json", action="store_true", help="one JSON object per fault")

    tidy = command("tidy", tidy_up, "write notebooks as they are committed, without what programs add when they save")
    _notebooks_argument(tidy)


def _notebooks_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "stems", nargs="*", metavar="NOTEBOOK", help="for instance adoption, or a path (default: all notebooks)"
    )


def open_chapter(options: argparse.Namespace) -> int:
    """Writes a new chapter."""
    from analysis import house

    project = paths.project(options.project)
    for file in house.chapter(options.name, project, number=options.number, table=options.table):
        print(f"written: {file.relative_to(project)}")
    return 0


def check_rules(options: argparse.Namespace) -> int:
    """Prints what breaks the rules; exit code 1 if anything does."""
    from analysis import house

    project = paths.project(options.project)
    files = [*_files(options.stems, project)]
    faults = [fault for file in files for fault in house.check(file, project)]
    for fault in faults:
        print(json.dumps(fault.item(), ensure_ascii=False) if options.json else fault)
    told = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}" if faults else "all rules are kept"
    print(f"{len(files)} notebook{'s' if len(files) > 1 else ''}: {told}", file=sys.stderr)
    return 1 if faults else 0


def tidy_up(options: argparse.Namespace) -> int:
    """Writes notebooks in the form that is committed, in place; says which were not."""
    from analysis import house

    project = paths.project(options.project)
    for file in _files(options.stems, project):
        if (tidy := house.tidied(file).encode()) != file.read_bytes():
            file.write_bytes(tidy)
            print(f"tidied: {file}")
    return 0


def _files(stems: Sequence[str], project: Path) -> Iterator[Path]:
    """The notebooks named by stem or by path, or all of them. Raises UsageError for one that is not there."""
    from analysis import editions

    there = {stem: file for _, stem, file in editions.notebooks(project)}
    for stem in stems or there:
        file = there.get(stem, Path(stem).absolute())
        if not file.is_file():
            raise UsageError(f'no notebook "{stem}"', way_out=nearest(stem, there))
        yield file
