"""The words beside a number without which it would be read otherwise: its cue, and its unit where that stands apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis import reading
from analysis.claims.anchors import SURROUNDINGS, fold
from analysis.claims.census import told
from analysis.claims.claim import Anchor
from analysis.errors import InputError
from analysis.quantities import Lang, Quantity

_WORD = re.compile(r"[^\s.;:!?…«»“”()\[\]\"]+")
_MOST_CUE_WORDS = 6
#: How far above its cells the caption of a table may stand, and how many captions are tried.
_CAPTION_REACH = 4000
_MOST_CAPTIONS = 8
_CAPTION = re.compile(r"\b(?:en|in)\s+([^\s\d().,;:]+)(?:\s+([^\s\d().,;:]+))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Binding:
    """What must be noted beside a number's printed expression for it to be read as in its text.

    ``suffices`` is false where no words were found that do it.
    """

    cue: Anchor | None = None
    unit_words: Anchor | None = None
    suffices: bool = True


def binding(quantity: Quantity, text: str, lang: Lang) -> Binding:
    """The fewest words that make a number read alone what it is in its text.

    >>> from analysis import reading
    >>> text = "contre moins de 5 % en 2029"
    >>> binding(reading.scan(text)[0], text, "fr").cue
    Anchor(printed='moins de', at=(7, 15))
    """
    if _reads(quantity, lang):
        return Binding()
    unit = next((each for each in _captions(quantity, text) if _reads(quantity, lang, unit=each.printed)), None)
    if unit:
        return Binding(unit_words=unit)
    cue = next((each for each in _before(quantity, text) if _reads(quantity, lang, each.printed)), None)
    if cue:
        return Binding(_shortest(cue, quantity, text, lang))
    return Binding(suffices=False)


def _reads(quantity: Quantity, lang: Lang, cue: str = "", unit: str = "") -> bool:
    try:
        alone = reading.read(fold(quantity.printed), cue=cue, unit=unit, lang=lang)
    except InputError:
        return False
    return told(alone) == told(quantity)


def _before(quantity: Quantity, text: str) -> Iterator[Anchor]:
    """The words right before the number, from one word on, up to another number."""
    start = max(0, quantity.start - SURROUNDINGS)
    words = list(_WORD.finditer(text, start, quantity.start))
    for word in reversed(words[-_MOST_CUE_WORDS:]):
        if any(character.isdigit() for character in word[0]):
            return
        yield _anchor(text, word.start(), words[-1].end())


def _shortest(cue: Anchor, quantity: Quantity, text: str, lang: Lang) -> Anchor:
    """The cue without words between it and the number that add nothing: "plus de quelque"."""
    start, end = cue.at
    for word in _WORD.finditer(text, start, end):
        shorter = _anchor(text, start, word.end())
        if _reads(quantity, lang, shorter.printed):
            return shorter
    return cue


def _captions(quantity: Quantity, text: str) -> Iterator[Anchor]:
    """Words above the number that may name a unit ("en M€"), the nearest first."""
    start = max(0, quantity.start - _CAPTION_REACH)
    found = list(_CAPTION.finditer(text, start, quantity.start))
    for caption in reversed(found[-_MOST_CAPTIONS:]):
        for end in caption.end(1), caption.end(2):
            if end > 0:
                yield _anchor(text, caption.start(), end)


def _anchor(text: str, start: int, end: int) -> Anchor:
    return Anchor(fold(text[start:end]), (start, end))
