"""What is known: the ledger and the series, loaded once, so that every number of a notebook is of the same reading."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from analysis import claims, paths, series
from analysis.claims import Claim, Ledger
from analysis.reads import Noted, unnoted
from analysis.series import Catalogue, Observation

#: A number that has a place of its own: what a document states, or what a series tells.
Known = Claim | Observation


@cache
def ledger() -> Ledger:
    """The claims of the project that the work is done in, loaded once.

    Raises UsageError where there is no project, Problems where the ledger does not hold together.
    """
    with unnoted():
        made = claims.loaded(paths.project())
    return replace(
        made,
        claims=Noted("claim", made.claims),
        documents=Noted("document", made.documents),
        names=Noted("name", made.names),
    )


@cache
def catalogue() -> Catalogue:
    """The series of the project that the work is done in, loaded once.

    Raises Problems where they do not hold together.
    """
    with unnoted():
        made = series.loaded(paths.project())
    return replace(made, observations=Noted("observation", made.observations), series=Noted("series", made.series))


def known(name: str) -> Known | None:
    """The claim or the observation of that id, if there is one; the series are read only where no claim has it."""
    return ledger().claims.get(name) or catalogue().observations.get(name)
