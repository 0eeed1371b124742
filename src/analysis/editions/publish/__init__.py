"""An edition appears whole or not at all, and stays beside those that follow it.

The modules in the order of the flow; each imports only those above it::

    holdings   what a folder of editions holds: the newest one, those that are kept, and nothing of anybody else's
    aside      the folder beside it in which the next one is made ready, held against other builds
    appearing  the next edition: written, read back, put in the place of the last one in one step
    pruning    kept editions that are no longer wanted
"""

from analysis.editions.publish.appearing import publish
from analysis.editions.publish.aside import mend
from analysis.editions.publish.holdings import (
    EDITIONS,
    LATEST,
    Kept,
    kept,
    listed,
    newest,
    refuse,
    refuse_foreign,
)
from analysis.editions.publish.pruning import prune

__all__ = [
    "EDITIONS",
    "LATEST",
    "Kept",
    "kept",
    "listed",
    "mend",
    "newest",
    "prune",
    "publish",
    "refuse",
    "refuse_foreign",
]
