"""The commands that hold the ledger against what it comes from and what it gives: verify, tables."""

from __future__ import annotations

import argparse
import sys

from analysis import paths


def verify(options: argparse.Namespace) -> int:
    """Prints what was checked, what was not, and what does not hold."""
    from analysis import editions

    result = editions.verify(paths.project(options.project), options.documents)
    for line in result.checked:
        print(line)
    for line in result.unchecked:
        print(f"NOT CHECKED  {line}")
    for problem in result.problems:
        print(problem, file=sys.stderr)
    count = len(result.problems)
    print("everything that was checked holds" if not count else f"{count} finding{'s' if count > 1 else ''}")
    return 1 if count else 0


def write_tables(options: argparse.Namespace) -> int:
    """Writes the tables, or tells which are not up to date."""
    from analysis import checks, documents, package, tables

    project = paths.project(options.project)
    evidence, folder = checks.load(project), project / tables.FOLDER
    texts = documents.shelf(documents.folder(project, options.documents), evidence.ledger.documents).texts
    if options.check:
        problems = list(package.stale(evidence, texts, folder))
        for problem in problems:
            print(problem, file=sys.stderr)
        return 1 if problems else 0
    for file in package.write(evidence, texts, folder):
        print(f"written: {file.relative_to(project)}")
    return 0
