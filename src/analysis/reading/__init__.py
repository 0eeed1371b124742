"""Find and read the numbers of French and English text.

The modules in the order of the flow::

    tokens        text → words, digit runs and signs
    language      which language a sentence is in
    sentences     tokens → sentences
    number_words  number words and how they add up
    numerals      numerals in digits or words
    unit_words    the words and signs of units
    units         the unit behind a numeral
    cue_words     the words that bind a number
    cues          which cue binds a number
    calendar_words, calendar   dates, times, years, quarters
    name_words, names          footnote marks, page numbers, ranks, names
    atoms         the smallest numeric expressions
    measures      a numeral with sign, currency and unit
    ratios        fractions, multiples, ratings
    expressions   a sentence → its atoms
    joining       ranges, and lists that share a unit
    scanning      text → quantities
    single        one expression out of its text
"""

from __future__ import annotations

from analysis.reading.scanning import scan
from analysis.reading.single import read

__all__ = ["read", "scan"]
