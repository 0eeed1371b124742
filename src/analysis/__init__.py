"""What public documents say about the cloud, each number traced to the place that states it.

What an analyst needs is offered by name, and imported when it is first asked for::

    documents()  claims("adoption")  table("funding")  series("eurostat_cloud_use")  findings("contradicts")
    find("adoption France 2020")  claim("adoption_fr_2020")  chart("adoption", "en")  sql("SELECT …")
    intervals(frame)  quantities(frame)  order(column)  review(text)  scan(text)  tell(fr=…, en=…)  use("en")
    explore(Choice(chart="adoption", lang="en"))

``table()``, ``series()`` and ``chart()`` without a name list what there is; ``help(analysis.desk)`` tells it all.

The modules, in the order in which a number passes through them; each imports only modules above it.

calling     packages that can be called, for the analyst's desk
errors      every error of ours; its text names the file, the entry, what is wrong, the evidence, the way out
paths       where the folders are
cache       results kept under the fingerprint of all that they were made from
records     a TOML file → frozen dataclasses, or what does not fit
reads       what a run reads of the project, noted for it to be run again when that changes
quantities  the value: unit, bound, printed precision, interval arithmetic
reading     find and read quantities in French and English text
documents   bytes → canonical text, fingerprint, identity cards
claims      the ledger: load, anchor, census, draft
series      official statistics and their refresh
tables      claims and series → tidy tables
words       labels, number and date formats, prose, French and English
checks      relations → findings
review      an article's numbers against the ledger
package     tables and findings → data/processed: CSV, data package; the same as one database
charts      tables → accessible, deterministic SVG
parameters  the typed contract of every notebook
notebooks   run one notebook (papermill), and read out what it publishes
pages       executed notebooks → HTML pages, proof page, index
pdf         executed notebooks → tagged PDF
editions    plan, run what has changed, publish, compare, verify
house       the house rules of notebooks, and new chapters that keep them
desk        the analyst's desk: what `analysis` offers by name
handbook    the documentation: reference pages made of the code, and the site of them all
cli         the command `nuage`
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # The others are packages that can be called, which no checker of types knows: typed code asks analysis.desk.
    from analysis import claims, documents, quantities, review, series
    from analysis.desk import (
        Choice,
        chart,
        claim,
        explore,
        find,
        findings,
        intervals,
        order,
        scan,
        sql,
        table,
        tell,
        use,
    )

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


def __getattr__(name: str) -> Any:
    """What the desk offers, when it is asked for: nothing is loaded before."""
    from analysis.calling import CALLED  # noqa: PLC0415  # as above
    from analysis.errors import nearest  # noqa: PLC0415  # as above

    if name in CALLED:
        return import_module(f"analysis.{name}")
    if name in __all__:
        return getattr(import_module("analysis.desk"), name)
    raise AttributeError(f'analysis offers no "{name}": {nearest(name, __all__)}', name=name)


def __dir__() -> list[str]:
    """What the Tab key offers."""
    return [*__all__]
