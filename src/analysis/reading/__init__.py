"""Find and read the numbers of French and English text.

The modules in the order of the flow; each imports only those above it. Those whose name ends in ``_words`` hold
vocabulary and no rules::

    tokens          text → words, digit runs and signs, each with the blank before it
    language        French or English, by a sentence's small words
    sentences       tokens → sentences
    number_words    number words and how they add up
    numerals        numerals in digits or words
    unit_words
    units           the unit behind a numeral
    atoms           the smallest numeric expressions
    tables          rows, their cells, and the unit of their caption
    cue_words
    cues            the words that say how a number binds
    calendar_words
    calendar        dates, times, years, quarters
    name_words
    names           footnote marks, page numbers, ranks, names
    measures        a numeral with its sign, currency and unit
    fractions       two-thirds, un quart, la moitié
    ratios          une entreprise sur quatre, 4.5 out of 5
    multiples       doubler, tenfold, trois fois plus
    expressions     a sentence → its atoms
    joining         ranges, and lists that share a unit
    context         what a number inherits from the text around it
    scanning        text → quantities
    single          one expression out of its text
"""

from __future__ import annotations

from analysis.reading.scanning import scan
from analysis.reading.single import read

__all__ = ["read", "scan"]
