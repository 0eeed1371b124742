"""Labels, numbers, dates and sentences, in French and in English."""

from typing import TYPE_CHECKING, Any

from analysis.words.blocks import BLOCK_TYPE, Shown
from analysis.words.current import LANGUAGES, language, use
from analysis.words.dates import date, ordinal, period
from analysis.words.keynumbers import KeyNumbers, key_numbers
from analysis.words.known import Known, catalogue, known, ledger
from analysis.words.marked import Marked, marked
from analysis.words.numbers import number, quantity
from analysis.words.prose import Prose, tell
from analysis.words.templates import note, statement
from analysis.words.terms import label, misnamed, unknown_codes
from analysis.words.typography import typeset

if TYPE_CHECKING:
    from analysis.words.tabular import View, present

__all__ = [
    "BLOCK_TYPE",
    "LANGUAGES",
    "KeyNumbers",
    "Known",
    "Marked",
    "Prose",
    "Shown",
    "View",
    "catalogue",
    "date",
    "key_numbers",
    "known",
    "label",
    "language",
    "ledger",
    "marked",
    "misnamed",
    "note",
    "number",
    "ordinal",
    "period",
    "present",
    "quantity",
    "statement",
    "tell",
    "typeset",
    "unknown_codes",
    "use",
]


def __getattr__(name: str) -> Any:
    """Tables when they are asked for: they need pandas, which commands that show none should not wait for."""
    if name in ("View", "present"):
        from analysis.words import tabular  # noqa: PLC0415  # that is the point

        return getattr(tabular, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
