"""In which language a sentence is written: French or English, told by its small words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from analysis.quantities import Lang

_FRENCH: Final = """le la les l un une des du de d et est sont a à au aux en dans par pour sur avec sans que qui qu
ce cette ces cet
    se s son sa ses leur leurs il elle ils elles nous vous ne n pas plus ou où mais dont ont été sera seront était
    selon soit entre moins près chez contre après avant depuis jusqu fois ans mois milliards milliard millions euros
    y autre autres tout tous toute toutes aussi ainsi comme même très encore déjà afin lors euros trimestre année
    hausse baisse annuel chiffre""".split()
_ENGLISH: Final = """
the of and to is are was were be been has have had with for from by at that this these those which it its their they we
you he she his her our not than or but as an will would can could more less over under about up down between within per
year years month months billion million percent quarter said last first next out one two three four five six seven eight
nine ten nearly almost around into since against while also some all each half new rose fell growth
""".split()
#: What a word says about its sentence: above zero French, below zero English. Words of both languages say nothing.
VOTES: Final[dict[str, int]] = {
    **{word: 1 for word in _FRENCH if word not in _ENGLISH},
    **{word: -1 for word in _ENGLISH if word not in _FRENCH},
}
_VOTES_TO_DECIDE: Final = 2
_OPENING: Final = 20_000
_FRENCH_LOOKS = re.compile(r"[éèêàçùœ]|eur\b|aux\b|ique|\d,\d%?\b(?!\d)")
_ENGLISH_LOOKS = re.compile(r"th|sh|w|k|ing\b|ee|oo|y\b|ed\b|\b\d{1,3},\d{3}\b|\d\.\d")
_WORD = re.compile(r"[^\W\d_]++")


def vote(words: Iterable[str]) -> int:
    """The sum of the words' votes: above zero French, below zero English."""
    get = VOTES.get
    return sum([get(word, 0) for word in words])


def of_opening(text: str) -> Lang:
    """The language that most of the small words at the start of ``text`` belong to; where there are none, the one its
    letters look like; French where they look like neither.
    """
    opening = text[:_OPENING].lower()
    votes = vote(_WORD.findall(opening)) or len(_FRENCH_LOOKS.findall(opening)) - len(_ENGLISH_LOOKS.findall(opening))
    return "en" if votes < 0 else "fr"


def decide(votes: int, before: Lang) -> Lang:
    """The language of a sentence with so many votes; with too few it is that of the sentence ``before``."""
    if abs(votes) < _VOTES_TO_DECIDE:
        return before
    return "fr" if votes > 0 else "en"
