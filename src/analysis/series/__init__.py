"""Official statistics and what was told of the same things elsewhere, each number with its date of release.

The modules in the order of the flow; each imports only those above it::

    cards        the identity card of a series
    observation  a number of a series, what it is about, when it was told
    rows         a CSV file → its rows
    rules        what a cell must obey, and the quantity read from it
    collected    rows collected by hand → observations
    releases     the releases of a statistical office → observations
    catalogue    all observations of all series
    jsonstat     an answer of the office → rows
    changes      what a release says that the one before did not
    refresh      fetch the current release into a file of its own

Only ``refresh`` touches the network; it is not imported here.
"""

from __future__ import annotations

from analysis.calling import callable_too
from analysis.series.cards import FOLDER, Release, Series, card, cards
from analysis.series.catalogue import Catalogue, load, loaded
from analysis.series.observation import AGREEMENTS, COORDINATES, FLAGS, Agreement, Observation

__all__ = [
    "AGREEMENTS",
    "COORDINATES",
    "FLAGS",
    "FOLDER",
    "Agreement",
    "Catalogue",
    "Observation",
    "Release",
    "Series",
    "card",
    "cards",
    "load",
    "loaded",
]

callable_too(__name__)
