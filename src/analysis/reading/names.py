"""Numbers that measure nothing: footnote marks, page and list numbers, ranks, names and codes."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Final

from analysis.reading.atoms import Atom
from analysis.reading.calendar import is_year, part_of_year, year_at
from analysis.reading.calendar_words import ORDINAL_ENDS
from analysis.reading.name_words import NAME_SIGNS, NAMES, NUMBERED, ORDINALS, PAGES, PRODUCTS, PROGRAMMES
from analysis.reading.numerals import MOST_DIGITS
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import DIGITS, GLUED, LINE, MARK, SIGN, SPACED, WORD, Token
from analysis.reading.unit_words import SCALES
from analysis.reading.units import unit_after

_FAR: Final = 12
#: Endings of French nouns that are no endings of verbs.
_NOUN_ENDS: Final = ("ance", "ence", "tion", "sion", "ture", "isme")
_SOURCE_WORDS: Final = frozenset(
    """source sources voir cf ibid note notes étude enquête données see data champ rapport chiffres selon lecture
    consultation communiqué entretien calculs the le la les""".split()
)
_NUMBER_SIGNS: Final = frozenset({"n°", "nº", "№", "#", "nᵒ"})
_COUNTED_BY_RANK: Final = frozenset(
    "trimestre trimestres semestre semestres siècle rang édition place programme".split()
)
_RAISED_ENDS: Final = frozenset({"ᵉ", "ᵉʳ", "ᵉᵐᵉ", "ᵈ", "ˢᵗ", "ⁿᵈ", "ʳᵈ", "ᵗʰ", "ᵉʳᵉ", "ʳᵉ"})


def footnote(first: int, last: int, number: str) -> Atom:
    """A page number or footnote mark, with its number where it is one."""
    return Atom(first, last, "page_or_footnote", Decimal(number) if number.isdecimal() else None)


def identifier(s: Sentence, first: int, last: int) -> Atom:
    """The name made of all tokens that hang together with ``first`` … ``last``."""
    low, high = first, last
    while first - low < _FAR and _hangs(s, low - 1, low):
        low -= 1
    while high - last < _FAR and _hangs(s, high, high + 1):
        high += 1
    while s[high].kind == SIGN and high > last:
        high -= 1
    while s[low].kind == SIGN and low < first:
        low += 1
    return Atom(low, high, "identifier", None)


def _hangs(s: Sentence, one: int, two: int) -> bool:
    """Whether neighbouring tokens belong to one name."""
    a, b = s[one], s[two]
    if one < 0 or not b.low or b.gap != GLUED:
        return False
    return (a.kind != SIGN or a.low in NAME_SIGNS) and (b.kind != SIGN or b.low in NAME_SIGNS)


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
    if before.low in ("-", "/", "_", "@", "#", "&") and before.gap == GLUED and s[i - 2].kind == WORD:
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
    if s.low(i - 1) == "/" and not word.isupper():
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


def numbered(s: Sentence, i: int) -> Atom | None:
    """A number that names: article 5, phase 2, page 12, n° 3, top 5, Office 365, 2016/679."""
    return _after_number_sign(s, i) or _after_noun(s, i) or _around_the_clock(s, i) or _code(s, i)


def _after_number_sign(s: Sentence, i: int) -> Atom | None:
    low, earlier = s.low(i - 1), s.low(i - 2)
    signed = low in _NUMBER_SIGNS or (low in ("°", "º") and earlier in ("n", "no"))
    shortened = low == "." and earlier == "no" and s[i - 1].gap == GLUED
    spelled = low == "numéro" or (low == "number" and earlier not in ("the", "a", "of"))
    if signed or shortened or spelled:
        return _number_named(s, i)
    if low == "top" and unit_after(s, i) is None:
        return Atom(i, i, "ordinal/rank", Decimal(s.low(i)))
    return None


def _number_named(s: Sentence, i: int) -> Atom:
    if s[i + 1].gap == GLUED and s.low(i + 1) in NAME_SIGNS and s[i + 2].kind == DIGITS:
        return identifier(s, i, i)
    return Atom(i, i, "ordinal/rank", Decimal(s.low(i))) if len(s.low(i)) < 4 else identifier(s, i, i)


def _after_noun(s: Sentence, i: int) -> Atom | None:  # noqa: PLR0911  one guard a line
    before, at = s.low(i - 1), i - 1
    if before == ".":
        before, at = s.low(i - 2), i - 2
        if len(before) == 1 and s.capital(at) and s.lang == "fr" and s[i].gap <= SPACED and s[at].gap != GLUED:
            return identifier(s, i, i)
    if s[i].gap > LINE or s[at].kind != WORD or (s[i].gap == GLUED and before not in PAGES):
        return None
    if before not in PAGES and before not in NUMBERED and before not in NAMES:
        return _behind_noun(s, i) or _product(s, i)
    if unit_after(s, i) is not None or _plural_behind(s, i):
        return None
    if before in PAGES:
        return _pages(s, i)
    if before in NAMES and s.raw(at).lower() == s.raw(at):
        return None
    if before in NUMBERED and is_year(s.low(i)) and year_at(s, i):
        return None
    last = _last_of_version(s, i)
    return identifier(s, i, last) if before in NUMBERED else Atom(at, last, "identifier", None)


def _behind_noun(s: Sentence, i: int) -> Atom | None:
    """A small number behind a French noun, with nothing that it could count: "fonds Croissance 4 et …"."""
    if s.lang != "fr" or s.cells or len(s.low(i)) > 2 or not s.low(i - 1).endswith(_NOUN_ENDS) or s[i].gap > SPACED:
        return None
    following = s[i + 1]
    alone = following.kind not in (WORD, DIGITS) or s.capital(i + 1) or following.low in ("et", "ou")
    if not alone or unit_after(s, i) is not None or (following.low in (".", ",") and s[i + 2].kind == DIGITS):
        return None
    return identifier(s, i, i)


def _product(s: Sentence, i: int) -> Atom | None:
    """The number of a product or programme: "la suite Bureau 365", "France 2030"."""
    named = s.low(i - 2) in PRODUCTS and s.capital(i - 1) and s[i + 1].kind != WORD
    if named or (
        s.low(i - 2) in PRODUCTS and s.capital(i - 1) and s.low(i + 1) in ("et", "and", "de", "of", "est", "is")
    ):
        return Atom(i - 1, i, "identifier", None)
    if (s.low(i - 1), s.low(i)) in PROGRAMMES and s.low(i - 2) not in ("en", "in"):
        return Atom(i - 1, i, "identifier", None)
    return None


def _pages(s: Sentence, i: int) -> Atom:
    if s.low(i + 1) in ("-", "–") and s[i + 2].kind == DIGITS:
        return Atom(i, i + 2, "page_or_footnote", None)
    return footnote(i, i, s.low(i))


def _last_of_version(s: Sentence, i: int) -> int:
    """The last token of a number with points or brackets in it: 1.5, 3.2.1, 28(3)."""
    if s.low(i + 1) == "(" and s[i + 1].gap == GLUED and s[i + 2].kind == DIGITS and s.low(i + 3) == ")":
        return i + 3
    while s.low(i + 1) == "." and s[i + 1].gap == s[i + 2].gap == GLUED and s[i + 2].kind == DIGITS:
        i += 2
    return i


def _plural_behind(s: Sentence, i: int) -> bool:
    """Whether a plural noun follows, which the number then counts."""
    noun = s.low(i + 1)
    return s[i + 1].kind == WORD and len(noun) > 3 and noun[-1] in "sx" and s[i + 1].gap < LINE


def _code(s: Sentence, i: int) -> Atom | None:
    """Numbers too odd to measure: 2016/679, 01 23 45 67 89, 007, 75007 Paris, a long run of digits."""
    low = s.low(i)
    if len(low) > MOST_DIGITS or _is_reference(s, i):
        return identifier(s, i, i)
    if _is_generation(s, i):
        return Atom(i - 1, i + 2, "identifier", None)
    if len(low) == 5 and s.lang == "fr" and s.capital(i + 1) and s.low(i - 1) in (",", "–", "-"):
        return Atom(i, i, "identifier", None)
    if low[0] == "0" and len(low) > 1 and s.low(i + 1) not in (".", ","):
        return _telephone(s, i)
    return None


def _is_generation(s: Sentence, i: int) -> bool:
    """Whether a round number makes a name with the word before: Industrie 4.0, Web 2.0, Chips Act 2.0."""
    if s.low(i + 1) != "." or s.low(i + 2) != "0" or s[i + 1].gap != GLUED or s[i + 2].gap != GLUED:
        return False
    if s.low(i - 1) in ("web", "industrie", "industry"):
        return True
    return s[i - 1].kind == WORD and s.capital(i - 1) and s[i - 1].gap <= LINE and s[i + 3].kind != WORD


def _is_reference(s: Sentence, i: int) -> bool:
    """Whether two numbers joined by a sign refer to a text (2016/679) or to every day (24/7)."""
    low, sign, other = s.low(i), s.low(i + 1), s[i + 2]
    if sign not in ("/", "-") or s[i + 1].gap != GLUED or other.gap != GLUED or other.kind != DIGITS:
        return False
    if is_year(low):
        return len(other.low) >= 3 and not is_year(other.low)
    return sign == "/" and (low, other.low) in (("24", "7"), ("7", "7"), ("24", "24"))


def _around_the_clock(s: Sentence, i: int) -> Atom | None:
    """24h/24, 7 j/7, 24 h sur 24."""
    if s.low(i + 1) not in ("h", "j", "jours", "heures") or s.low(i + 2) not in ("/", "sur"):
        return None
    return Atom(i, i + 3, "identifier", None) if s.low(i + 3) == s.low(i) in ("24", "7") else None


def _telephone(s: Sentence, i: int) -> Atom:
    last = i
    while last - i < 5 and len(s.low(last + 1)) == 2 and s[last + 1].kind == DIGITS and s[last + 1].gap <= SPACED:
        last += 1
    return Atom(i, last, "identifier", None)


def with_letters(s: Sentence, first: int, last: int) -> Atom | None:
    """A number with letters glued behind it that are no unit: 3DS, 4G, 2CRSi."""
    following = s[last + 1]
    if following.gap == GLUED and following.kind == WORD:
        return identifier(s, first, last)
    if following.low == "-" and following.gap == GLUED and s[last + 2].gap == GLUED and s[last + 2].kind == WORD:
        return identifier(s, first, last) if s.raw(last + 2).isupper() and len(s.raw(last + 2)) > 1 else None
    return None


_CHAINING: Final = frozenset({".", ",", "'", ":", "-", "/"})


def chain(s: Sentence, i: int) -> Atom:
    """Digits that no other reader can make sense of, with all that hangs together with them: 10.0.0.1."""
    last = i
    while (
        last - i < 2 * _FAR and s[last + 1].gap == GLUED and s.low(last + 1) in _CHAINING and s[last + 2].kind == DIGITS
    ):
        if s[last + 2].gap != GLUED:
            break
        last += 2
    return Atom(i, last, "identifier", None)


def mark_or_none(s: Sentence, i: int) -> Atom | None:
    """A raised or circled digit at token ``i``."""
    return raised_mark(s, i) if s[i].kind == MARK else None
