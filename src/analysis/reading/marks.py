"""Footnote marks, list marks, page numbers and ranks: numbers that only count off."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Final

from analysis.reading.atoms import Atom
from analysis.reading.calendar import is_year, part_of_year
from analysis.reading.calendar_words import ORDINAL_ENDS
from analysis.reading.codes import identifier
from analysis.reading.name_words import NAMES, ORDINALS
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import DIGITS, GLUED, LINE, MARK, SIGN, SPACED, WORD, Token
from analysis.reading.unit_words import SCALES
from analysis.reading.units import unit_after

_SOURCE_WORDS: Final = frozenset(
    """source sources voir cf ibid note notes étude enquête données see data champ rapport chiffres selon lecture
    consultation communiqué entretien calculs the le la les""".split()
)
_COUNTED_BY_RANK: Final = frozenset(
    "trimestre trimestres semestre semestres siècle rang édition place programme".split()
)
_RAISED_ENDS: Final = frozenset({"ᵉ", "ᵉʳ", "ᵉᵐᵉ", "ᵈ", "ˢᵗ", "ⁿᵈ", "ʳᵈ", "ᵗʰ", "ᵉʳᵉ", "ʳᵉ"})


def footnote(first: int, last: int, number: str) -> Atom:
    """A page number or footnote mark, with its number where it is one."""
    return Atom(first, last, "page_or_footnote", Decimal(number) if number.isdecimal() else None)


def glued_mark(s: Sentence, i: int, last_call: int) -> Atom | None:  # noqa: PLR0911  one guard a line
    """A footnote mark or a name in digits glued to what stands before: "cloud1", "données.2", "PIA3", "COVID-19"."""
    if s[i].gap != GLUED or i == 0:
        return None
    before = s[i - 1]
    ends = s[i + 1].gap != GLUED or s[i + 1].kind == SIGN
    if before.kind == WORD:
        return _behind_word(s, i, last_call, ends=ends)
    if before.kind == SIGN and before.low in ')»”"]%€$£!?' and ends and len(s.low(i)) <= 2 and _closes(s, i - 1):
        return footnote(i, i, s.low(i))
    if before.kind == DIGITS:
        return footnote(i, i, s.low(i))
    if before.low == "." and before.gap == GLUED and _ends_sentence(s, i - 2) and len(s.low(i)) <= 2 and ends:
        return footnote(i, i, s.low(i))
    if before.low in ("-", "/", "_", "@", "#", "&", "+") and before.gap == GLUED and s[i - 2].kind == WORD:
        return _behind_dash(s, i)
    return None


def _ends_sentence(s: Sentence, j: int) -> bool:
    return s[j].kind == WORD or s.low(j) in ("%", ")", "»", "€", "”", "$", "£")


def _closes(s: Sentence, j: int) -> bool:
    """Whether the sign at ``j`` ends what stands before it (a currency sign may open a number instead)."""
    if s.low(j) not in "€$£":
        return True
    return s[j - 1].kind == DIGITS or s.low(j - 1) in SCALES or s.low(j - 1) in ("m", "k", "g")


def _behind_word(s: Sentence, i: int, last_call: int, *, ends: bool) -> Atom | None:
    raw, low = s.raw(i - 1), s.low(i - 1)
    if not ends or low in NAMES or len(raw) == 1 or _goes_on(s, i):
        return identifier(s, i - 1, i)
    number = int(s.low(i)) if len(s.low(i)) <= 3 else 0
    expected = number == last_call + 1 or (not last_call and number < 10 and len(raw) > 2)
    if number and (not raw.isupper() or expected):
        return footnote(i, i, s.low(i))
    return identifier(s, i - 1, i)


def _goes_on(s: Sentence, i: int) -> bool:
    """Whether a name goes on behind its digits: contact75@exemple.fr."""
    sign = s[i + 1]
    return sign.gap == GLUED and sign.low in ("@", "_", "/", "-") and s[i + 2].gap == GLUED and s[i + 2].kind == WORD


def _behind_dash(s: Sentence, i: int) -> Atom | None:
    word = s.raw(i - 2)
    if s.low(i - 1) == "-" and (not word[:1].isupper() or is_year(s.low(i))):
        return None
    if s.low(i - 1) in ("/", "+") and not (word.isupper() or word == "Bac"):
        return None
    return identifier(s, i - 2, i)


def line_mark(s: Sentence, i: int) -> Atom | None:
    """A list mark, a section number, a footnote's own mark or a page number at the start of a line."""
    low = s.low(i)
    if len(low) > 3:
        return None
    opens = s.starts_line(i) or (s.low(i - 1) in ("(", "[") and s.starts_line(i - 1))
    following = s[i + 1]
    if s.low(i - 1) == "[" and following.low == "]":
        return footnote(i, i, low)
    if not opens:
        return None
    if following.low in (".", ")", "°", "/", "]") and following.gap == GLUED and s[i + 2].gap >= SPACED:
        return footnote(i, i, low)
    if s.ends_line(i) and i not in s.cells and unit_after(s, i) is None:
        return footnote(i, i, low)
    return _section(s, i) or _note(s, i)


def _section(s: Sentence, i: int) -> Atom | None:
    """A section number: 2.1 Contexte."""
    j = i
    while s.low(j + 1) == "." and s[j + 1].gap == GLUED and s[j + 2].kind == DIGITS and s[j + 2].gap == GLUED:
        j += 2
    if s.low(j + 1) == "." and j > i:
        return Atom(i, j, "page_or_footnote", None) if s[j + 2].gap >= SPACED else None
    if j > i and s[j + 1].kind == WORD and s.capital(j + 1) and SPACED <= s[j + 1].gap < LINE:
        return Atom(i, j, "page_or_footnote", None) if unit_after(s, j) is None else None
    return None


def _note(s: Sentence, i: int) -> Atom | None:
    """The mark before the text of a footnote."""
    following = s[i + 1]
    if following.kind != WORD or following.gap >= LINE or not s.capital(i + 1) or unit_after(s, i):
        return None
    called = int(s.low(i)) in s.calls
    return footnote(i, i, s.low(i)) if called or following.low in _SOURCE_WORDS else None


def raised_mark(s: Sentence, i: int) -> Atom | None:
    """A superscript number; one behind a unit of length is its power."""
    if s[i].gap == GLUED and s.low(i - 1) in ("m", "km", "cm", "mm", "dm", "co"):
        return Atom(i - 1, i, "identifier", None)
    last = i
    while last - i < 3 and s[last + 1].kind == MARK and s[last + 1].gap == GLUED:
        last += 1
    digits = "".join(str(unicodedata.digit(s.low(k), "")) for k in range(i, last + 1))
    return footnote(i, last, digits)


def mark_or_none(s: Sentence, i: int) -> Atom | None:
    """A raised or circled digit at token ``i``."""
    return raised_mark(s, i) if s[i].kind == MARK else None


def ordinal_at(s: Sentence, i: int) -> Atom | None:
    """A rank in digits (4e, 21st) or words, or the quarter or half-year that it numbers."""
    if s[i].kind == DIGITS:
        ending = s[i + 1]
        if ending.low not in ORDINAL_ENDS and ending.low not in _RAISED_ENDS:
            return None
        if ending.gap != GLUED and not _stands_apart(s, i, ending):
            return None
        if len(s.low(i)) > 4 or _is_no_ending(s, i):
            return None
        return part_of_year(s, i, i + 1, int(s.low(i))) or Atom(i, i + 1, "ordinal/rank", Decimal(s.low(i)))
    return _ordinal_word(s, i)


def _stands_apart(s: Sentence, i: int, ending: Token) -> bool:
    """Whether an ending parted from its number is one: "4 ème", or a raised "e" that text extraction put on a line."""
    if ending.low in ("ème", "eme"):
        return ending.gap <= SPACED
    return ending.gap >= LINE and ending.low in ("e", "er", "es", "re") and s.low(i + 2) in _COUNTED_BY_RANK


def _is_no_ending(s: Sentence, i: int) -> bool:
    return s[i + 2].gap == GLUED and s[i + 2].kind in (DIGITS, WORD)


def _ordinal_word(s: Sentence, i: int) -> Atom | None:
    number = ORDINALS.get(s.low(i))
    if number is None:
        return None
    if s.low(i + 1) in ("ministre", "minister", "ministres") or s.low(i + 1) == "lady":
        return None
    if s.low(i) in ("second", "seconde", "seconds", "secondes") and s.low(i - 1) in ("per", "par", "a", "la", "chaque"):
        return None
    found = part_of_year(s, i, i, number)
    return found or Atom(i, i, "ordinal/rank", Decimal(number))
