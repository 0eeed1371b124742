"""The ledger at hand: loaded once, so that every number of a notebook comes from the same reading."""

from __future__ import annotations

from functools import cache

from analysis import claims, paths
from analysis.claims import Ledger


@cache
def ledger() -> Ledger:
    """The claims of the project that the work is done in, loaded once.

    Raises UsageError where there is no project, Problems where the ledger does not hold together.
    """
    return claims.load(paths.project())
