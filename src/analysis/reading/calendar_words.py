"""Month names and the words around dates."""

from __future__ import annotations

from typing import Final

_NAMES: Final = """
janvier janv january jan; février fevrier févr fév fevr feb february; mars march mar; avril avr april apr; mai may;
juin june jun; juillet juil july jul; août aout august aug; septembre sept september sep; octobre oct october;
novembre nov november; décembre decembre déc dec december
"""
MONTHS: Final[dict[str, int]] = {
    name: number for number, names in enumerate(_NAMES.split(";"), 1) for name in names.split()
}
#: Month names that are also other words: they need a capital, or digits on the right side, to be a month.
DOUBTFUL_MONTHS: Final = frozenset({"may", "march", "mar", "mai", "mars", "sept", "dec", "jan", "avr", "juil"})
ORDINAL_ENDS: Final = frozenset(
    "er ère ere re e è ème eme ième ieme èmes emes es st nd rd th nde nd ers ères ndes".split()
)
#: Letters of quarters and half-years: T1 2022, Q1, S2, H2.
QUARTER_LETTERS: Final = frozenset({"q", "t"})
HALF_LETTERS: Final = frozenset({"h", "s"})
QUARTER_NOUNS: Final = frozenset({"trimestre", "quarter", "trim"})
HALF_NOUNS: Final = frozenset({"semestre", "half", "semester"})
