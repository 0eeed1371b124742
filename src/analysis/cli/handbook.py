"""The command docs: the reference generated from the code, and the documentation as a site."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from analysis import paths


def register(command: Callable[..., argparse.ArgumentParser], whole: argparse.ArgumentParser) -> None:
    """Declares the command; ``whole`` is the parser of all commands, which the reference tells of."""
    docs = command("docs", document, "write the reference from the code, and the documentation as a site")
    docs.add_argument("--out", type=Path, metavar="DIR", help="build the site there, from all pages of docs")
    docs.add_argument("--check", action="store_true", help="write no reference; exit 1 if a page is not up to date")
    docs.set_defaults(whole=whole)


def document(options: argparse.Namespace) -> int:
    """Writes docs/reference, and the site where ``--out`` names a folder; exit 1 if a page is found out of date."""
    from analysis import handbook

    project = paths.project(options.project)
    pages = handbook.reference(options.whole, project)
    if options.check:
        faults = handbook.stale(pages, project)
        for fault in faults.values():
            print(fault, file=sys.stderr)
        return 1 if faults else 0
    for file in handbook.write(pages, project):
        print(f"written: {file.relative_to(project)}")
    if options.out:
        count = handbook.publish(handbook.site(project), options.out)
        print(f"built: {count} files, open {options.out / 'index.html'}")
    return 0
