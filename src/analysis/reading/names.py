"""Numbers that name something: article 5, phase 2, page 12, n° 3, Office 365, SOC 2, the Falcon 9."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from analysis.reading.atoms import Atom
from analysis.reading.calendar import is_year, year_at
from analysis.reading.codes import code_at, identifier
from analysis.reading.marks import footnote
from analysis.reading.name_words import CODES, NAME_SIGNS, NAMES, NUMBERED, PAGES, PRODUCTS, PROGRAMMES
from analysis.reading.numerals import numeral_at
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import DIGITS, GLUED, LINE, SPACED, WORD
from analysis.reading.units import unit_after

#: Endings of French nouns that are no endings of verbs.
_NOUN_ENDS: Final = ("ance", "ence", "tion", "sion", "ture", "isme")
_OPENING: Final = frozenset({"«", "“", '"'})
_CLOSING: Final = frozenset({"»", "”", '"'})
_NUMBER_SIGNS: Final = frozenset({"n°", "nº", "№", "#", "nᵒ"})
_ARTICLES: Final = frozenset("le la l les un une du au the a an ' 's".split())
_BEHIND_NAME: Final = frozenset("et and de of est is a ou or que qui pour for with avec en in sont are".split())


def numbered(s: Sentence, i: int) -> Atom | None:
    """A number that names or points, whose digits begin at token ``i``."""
    return _after_number_sign(s, i) or _after_noun(s, i) or code_at(s, i)


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
        return _behind_noun(s, i) or _product(s, i) or _behind_name(s, i)
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


def _behind_name(s: Sentence, i: int) -> Atom | None:
    """The number behind an acronym or a name with its article: SOC 2, la directive NIS 2, the Falcon 9."""
    raw = s.raw(i - 1)
    acronym = raw.isupper() and 2 <= len(raw) <= 6 and s[i].gap <= SPACED and s.low(i - 1) not in CODES
    name = s.capital(i - 1) and s.low(i - 2) in _ARTICLES and s[i].gap <= SPACED and len(s.low(i)) < 4
    if not (acronym or name) or is_year(s.low(i)) or unit_after(s, i) is not None:
        return None
    numeral = numeral_at(s, i)
    if numeral is None or not numeral.whole or s.low(numeral.last + 1) in ("fois", "times", "x"):
        return None
    if _plural_behind(s, numeral.last) if acronym else _counts_behind(s, numeral.last):
        return None
    return Atom(i - 1 if name else i, numeral.last, "identifier", None)


def _counts_behind(s: Sentence, last: int) -> bool:
    """Whether a word follows that a number may count."""
    following = s[last + 1]
    return following.kind == WORD and not s.capital(last + 1) and following.low not in _BEHIND_NAME


def _product(s: Sentence, i: int) -> Atom | None:
    """The number of a product or programme: "la suite Bureau 365", "France 2030", « Cap 3 »."""
    if s.low(i - 2) in _OPENING and s.low(i + 1) in _CLOSING and s.capital(i - 1):
        return Atom(i - 1, i, "identifier", None)
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
