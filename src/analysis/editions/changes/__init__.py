"""Two editions held against each other, number by number; and the rule that no published number moves in silence.

The modules in the order of the flow; each imports only those above it::

    published  what an edition says of itself: its tables and charts, as they were published
    told       numbers and codes of its tables, as readers write them
    comparing  what was added, what was removed, what moved
    record     the same as one JSON document
    listing    the same as lines on a terminal
    page       the same as a page
    moving     published numbers that move although nothing says so
"""

from analysis.editions.changes.comparing import Changes, compare
from analysis.editions.changes.listing import lines
from analysis.editions.changes.moving import moves, refuse_moves
from analysis.editions.changes.page import page
from analysis.editions.changes.published import Published, find, former, read
from analysis.editions.changes.record import record

__all__ = [
    "Changes",
    "Published",
    "compare",
    "find",
    "former",
    "lines",
    "moves",
    "page",
    "read",
    "record",
    "refuse_moves",
]
