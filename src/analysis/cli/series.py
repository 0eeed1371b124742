"""The command refresh: the current release of official statistics, beside the earlier ones."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import paths
from analysis.errors import UsageError

if TYPE_CHECKING:
    from analysis.series import Series
    from analysis.series.refresh import Refreshed


def refresh(options: argparse.Namespace) -> int:
    """Fetches the current release of each series, and prints what changed against the one before."""
    from analysis.series.refresh import refresh as fetch

    if not (math.isfinite(options.timeout) and options.timeout > 0):
        raise UsageError(f"--timeout {options.timeout:g} is no time to wait", way_out="a number of seconds above 0")
    project = paths.project(options.project)
    for series in _wanted(project, options.series, options.address):
        _print(fetch(project, series, options.address, options.timeout))
    return 0


def _wanted(project: Path, name: str | None, address: str) -> list[Series]:
    """The series named, or all those that have releases."""
    from analysis import series

    if name:
        return [series.card(project, name)]
    found = [card for card in series.cards(project).values() if card.release]
    if address and len(found) != 1:
        names = ", ".join(card.id for card in found) or "none has releases"
        raise UsageError("--from needs the name of a series", evidence=names, way_out="nuage refresh SERIES --from URL")
    if not found:
        print("no series has releases: nothing to fetch")
    return found


def _print(outcome: Refreshed) -> None:
    release = outcome.release
    if outcome.file is None:
        print(f"{release.series.id}: nothing new; the release of {release.date} is here already")
        if outcome.changes:
            print(f"  {len(outcome.changes)} of its points are not in this answer")
        return
    against = f"against that of {outcome.before}" if outcome.before else "the first one"
    print(f"{release.series.id}: release of {release.date}, {against}")
    for line in outcome.changes or ("no point changed",):
        print(f"  {line}")
    print(f"written: {outcome.file}")
