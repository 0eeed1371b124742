"""Results kept under the fingerprint of all that they were made from, to be made again only when that has changed.

The modules in the order of the flow; each imports only those above it::

    fingerprints  what files, code and installed packages amount to, in a few characters
    store         results by key, each whole or absent, whatever happens while it is written
    memory        what is kept while an edition is built
    standing      whether a folder still holds what was put there
"""

from analysis.cache.fingerprints import code, files, installed, tree, used
from analysis.cache.memory import kept, noticing, remembering
from analysis.cache.standing import SUMS, remember, stands, sums
from analysis.cache.store import folder, key, read, write

__all__ = [
    "SUMS",
    "code",
    "files",
    "folder",
    "installed",
    "kept",
    "key",
    "noticing",
    "read",
    "remember",
    "remembering",
    "stands",
    "sums",
    "tree",
    "used",
    "write",
]
