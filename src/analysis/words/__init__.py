"""Labels, numbers, dates and sentences, in French and in English."""

from analysis.words.blocks import BLOCK_TYPE, Shown
from analysis.words.current import LANGUAGES, language, use
from analysis.words.dates import date, ordinal, period
from analysis.words.keynumbers import KeyNumbers, key_numbers
from analysis.words.known import Known, catalogue, known, ledger
from analysis.words.marked import Marked, marked
from analysis.words.numbers import number, quantity
from analysis.words.prose import Prose, tell
from analysis.words.tabular import View, present
from analysis.words.templates import note, statement
from analysis.words.terms import label, misnamed, unknown_codes
from analysis.words.typography import typeset

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
