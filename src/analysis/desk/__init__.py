"""The analyst's desk: what ``analysis`` offers by name.

The modules in the order of the flow; each imports only those above it::

    grids      what the desk shows of a thing: a captioned table, or the same in lines
    described  what a frame tells of itself: title, units, names of columns
    framed     tables as data frames: documents, claims, table, series
    computing  columns of intervals and quantities: intervals, quantities, order
    entries    a claim or an observation by its id: claim
    found      findings by verdict and by what they are about: findings
    searching  claims and observations by words: find
    drawn      charts by name: chart
    querying   the tables asked in SQL: sql
    articles   an article's numbers held against the ledger, and prose that takes its numbers there: review, tell
    exploring  what there is of a choice, and the code that makes just that: Choice, shown, code
    controls   the explorer, with widgets where there are any: explore

A text's numbers marked by kind (``scan``) and the language being written (``use``) are those of ``analysis.words``.
How each is used, with an example: docs/desk.md.
"""

from analysis.desk.articles import review, tell
from analysis.desk.computing import intervals, order, quantities
from analysis.desk.controls import explore
from analysis.desk.drawn import chart
from analysis.desk.entries import claim
from analysis.desk.exploring import Choice
from analysis.desk.found import findings
from analysis.desk.framed import claims, documents, series, table
from analysis.desk.querying import sql
from analysis.desk.searching import find
from analysis.words import marked as scan
from analysis.words import use

__all__ = [
    "Choice",
    "chart",
    "claim",
    "claims",
    "documents",
    "explore",
    "find",
    "findings",
    "intervals",
    "order",
    "quantities",
    "review",
    "scan",
    "series",
    "sql",
    "table",
    "tell",
    "use",
]
