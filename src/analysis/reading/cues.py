"""Which cue binds a number: the words right before it, or right after its noun."""

from __future__ import annotations

from typing import Final

from analysis.quantities import Kind
from analysis.reading.cue_words import (
    ABOVE,
    ADJACENT,
    AFTER,
    AT_MOST,
    BEFORE,
    BEYOND,
    DENIALS,
    FILLERS,
    Cue,
    Phrase,
)
from analysis.reading.number_words import ONES, STARTERS
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import BLANK, DIGITS, GLUED, WORD

_MOST_FILLERS: Final = 4
_MOST_NOUNS: Final = 6
#: Words that end the noun group behind a number; no cue behind them speaks of it.
_NOUN_ENDS: Final = frozenset(
    "et and ou or mais but que qui dont with avec which that ainsi puis contre against".split()
)
_GOES_ON: Final = frozenset("de d des du of than que to à".split())
_BEFORE_OVER: Final = frozenset(
    {"just", "well", "little", "for", "slightly", "far", "somewhat", "lasted", "lasting", "took"}
)
_CENTRED: Final = (
    "articul", "organis", "organiz", "structur", "centr", "constru", "bâti", "réuni", "rassembl", "fond", "déclin",
    "built",
    "build", "revolv", "arrang", "débat", "échang", "gravit", "fédér", "tourn", "decentr", "table", "clustered",
)  # fmt: skip


def before(s: Sentence, first: int, last: int = -1, kind: Kind = "count") -> tuple[Cue, int] | None:
    """The cue before an expression from token ``first`` to ``last``, over articles and adverbs, and the index of the
    cue's first token.
    """
    j = first - 1
    for skipped in range(_MOST_FILLERS + 1):
        if s[j + 1].gap == BLANK and not _runs_on(s, j):
            return None
        for phrase, cue in BEFORE.get(s.low(j), ()):
            if (skipped == 0 or _reaches(phrase, kind)) and _ends_at(s, j, phrase):
                start = j - len(phrase) + 1
                return (cue, start) if _binds(s, phrase, start, last, kind) else None
        if found := _beyond(s, j):
            return found
        if s.low(j) not in FILLERS:
            return None
        j -= 1
    return None


def _beyond(s: Sentence, j: int) -> tuple[Cue, int] | None:
    """The cue of a verb of going beyond that ends at token ``j``: "dépasse", "n'excède pas", "should not exceed"."""
    verb = j - 1 if s.low(j) in ("pas", "jamais") else j
    if not s.low(verb).startswith(BEYOND):
        return None
    for k in range(verb - 1, max(verb - 5, -1), -1):
        if s.low(k) in DENIALS:
            return AT_MOST, k
    return (ABOVE, j) if verb == j else (AT_MOST, verb)


def _runs_on(s: Sentence, j: int) -> bool:
    """Whether a sentence runs on over an empty line behind token ``j``."""
    return s[j].kind == WORD or s.low(j) == "'"


def _reaches(phrase: Phrase, kind: Kind) -> bool:
    """Whether a phrase binds a number over an article: "well over its €3m target", but not "over the 5 years"."""
    if phrase[-1] not in ADJACENT:
        return True
    if phrase[-1] in ("above", "below"):
        return kind in ("money", "percentage", "duration")
    return kind in ("money", "percentage") and len(phrase) > 1


def _binds(s: Sentence, phrase: Phrase, start: int, last: int, kind: Kind) -> bool:  # noqa: PLR0911  one guard a line
    """Whether a phrase that can be a cue is one before an expression of this kind."""
    if phrase[0] in ("autour", "around"):
        return not _has_centre(s, start)
    if phrase[0] in ("top", "tops"):
        return s.low(start - 1) not in ("the", "a", "its", "le", "les", "un", "their", "of")
    if phrase == ("up", "to"):
        return not s.low(start - 1).startswith("add")  # "adds up to" is a sum
    if phrase == ("plus", "que"):
        return kind == "multiplier"
    if kind == "duration" and phrase == ("over",):
        return s.low(start - 1) in _BEFORE_OVER or s.low(last + 1) in ("ago", "of", "old")
    if kind == "duration" and s.low(last + 1) in ("ago", "earlier", "before"):
        return phrase[-1] not in ("than", "as") or phrase[0] in ("more", "less", "fewer")
    if phrase == ("close", "to"):
        return s.low(last + 1) not in ("target", "goal", "objective", "threshold", "limit", "ceiling", "cap", "floor")
    return True


def _has_centre(s: Sentence, start: int) -> bool:
    """Whether "autour de" tells the centre of something: "s'articule autour de 3 piliers"."""
    return any(s.low(k).startswith(_CENTRED) for k in range(max(start - 4, 0), start))


def _ends_at(s: Sentence, j: int, phrase: Phrase) -> bool:
    start = j - len(phrase) + 1
    if start < 0:
        return False
    return all(s.low(start + n) == word for n, word in enumerate(phrase))


def after(s: Sentence, last: int) -> tuple[Cue, int] | None:
    """The cue behind token ``last`` and up to a few words of the noun counted, and the index of its last token."""
    k = last + 1
    for skipped in range(_MOST_NOUNS + 1):
        for phrase, cue in AFTER.get(s.low(k), ()):
            if _starts_at(s, k, phrase) and _fits(s, k, phrase, skipped):
                return cue, k + len(phrase) - 1
        if s[k].kind != WORD and s.low(k) != "'":
            return None
        if s.low(k) in _NOUN_ENDS or s.low(k) in STARTERS or s[k].gap == BLANK:
            return None
        k += 1
    return None


def _starts_at(s: Sentence, k: int, phrase: Phrase) -> bool:
    return all(s.low(k + n) == word for n, word in enumerate(phrase))


def _fits(s: Sentence, k: int, phrase: Phrase, skipped: int) -> bool:
    following = s[k + len(phrase)]
    if following.kind == DIGITS and k + len(phrase) in s.cells:
        return True  # the cue ends a row's label
    if following.kind == DIGITS or following.low in STARTERS or following.low in ONES:
        return False
    if following.low in _GOES_ON and phrase[0] not in ("or", "ou"):
        return False
    if phrase[0] in ("+", "-"):
        return skipped == 0 and s[k].gap == GLUED
    return phrase != ("plus",)
