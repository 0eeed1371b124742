"""The register of same quantities: what documents and series say of one thing, set side by side and judged.

The modules in the order of the flow; each imports only those above it::

    kinship   which codes are broader than others, and which leave a scope open
    entry     a claim or an observation, as the register sees it
    judging   two entries → same, evolves, scope differs, contradicts, cannot tell
    pairing   which entries are worth setting side by side
    telling   the reason for a judgement, in French and English
    groups    pairs that hang together, with their reasons
    rows      the register as a table
"""

from analysis.checks.register.entry import Entry, entries
from analysis.checks.register.groups import Group, Pair, register
from analysis.checks.register.judging import LIKENESSES, Judgement, Likeness, judge
from analysis.checks.register.kinship import FILE, Kinship, kinship
from analysis.checks.register.rows import COLUMNS, SAME_QUANTITIES, Row, rows, table

__all__ = [
    "COLUMNS",
    "FILE",
    "LIKENESSES",
    "SAME_QUANTITIES",
    "Entry",
    "Group",
    "Judgement",
    "Kinship",
    "Likeness",
    "Pair",
    "Row",
    "entries",
    "judge",
    "kinship",
    "register",
    "rows",
    "table",
]
