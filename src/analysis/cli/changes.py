"""The commands for editions that are kept: diff, prune."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from analysis import paths
from analysis.errors import SetupError, UsageError


def diff(options: argparse.Namespace) -> int:
    """Prints what changed between two editions; exit 1 where anything did."""
    from analysis.editions import changes

    out = _out(options)
    found = changes.compare(*(changes.read(changes.find(out, name)) for name in (options.old, options.new)))
    if options.html:
        _write(options.html, changes.page(found, options.lang))
    if options.json:
        ascii_only = "utf" not in (sys.stdout.encoding or "").lower()
        print(json.dumps(changes.record(found), ensure_ascii=ascii_only, indent=2))
    else:
        for line in changes.lines(found, options.lang):
            print(line)
    return 1 if found else 0


def _write(file: Path, text: str) -> None:
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise SetupError("the file cannot be written", file=file, evidence=error.strerror) from None


def prune(options: argparse.Namespace) -> int:
    """Removes kept editions, the oldest first, and names each."""
    from analysis.editions.publish import kept, prune

    if options.keep < 0:
        raise UsageError(f"--keep {options.keep} is no number of editions", way_out="0 or more")
    out = _out(options)
    for each in prune(out, options.keep, dry=options.dry_run):
        print(f"{'to be removed' if options.dry_run else 'removed'}: {each.name} ({each.date or 'undated'})")
    print(f"kept: {', '.join(each.name for each in kept(out)) or 'none'}")
    return 0


def _out(options: argparse.Namespace) -> Path:
    """The folder of the editions: as named, or that of the project."""
    out: Path = options.out or paths.project(options.project) / "reports"
    return out
