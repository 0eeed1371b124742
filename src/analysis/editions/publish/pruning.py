"""Kept editions that are no longer wanted, removed each at once."""

from __future__ import annotations

from pathlib import Path

from analysis.editions.publish import aside, holdings
from analysis.editions.publish.holdings import Kept


def prune(out: Path, keep: int, *, dry: bool = False) -> tuple[Kept, ...]:
    """Removes all kept editions of ``out`` but the ``keep`` newest by date, and never the one published last.

    Returns those removed; with ``dry``, those that would be. Raises UsageError where ``out`` holds anything that no
    edition put there, SetupError where it cannot be written.
    """
    out = holdings.place(out)
    holdings.refuse_foreign(out)
    if dry or not _unwanted(out, keep):
        return _unwanted(out, keep)
    with aside.holding(out) as beside:
        unwanted = _unwanted(out, keep)
        for each in unwanted:
            each.place.rename(beside / f"pruned-{each.name}")
    return unwanted


def _unwanted(out: Path, keep: int) -> tuple[Kept, ...]:
    return tuple(each for each in holdings.kept(out)[keep:] if each != holdings.newest(out))
