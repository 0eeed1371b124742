"""The spaces, signs and apostrophes that French and English print differently."""

from __future__ import annotations

import re

from analysis.quantities import Lang

NARROW = "\u202f"  # narrow no-break space: French thousands, before % ; : ! ? and inside guillemets
FIXED = "\u00a0"  # no-break space: between a French number and its unit
MINUS = "\u2212"
DASH = "\u2013"
TIMES = "\u00d7"
APOSTROPHE = "\u2019"

#: What is not prose in a Markdown text: code, link targets, addresses, tags, character references, table rulers.
_NOT_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|https?://[^\s<>()]+|<[^<>\n]+>|&#?\w+;"
    r"|^[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-*:?[ ]*)*$",
    re.DOTALL | re.MULTILINE,
)
_SPACES = f"[ {FIXED}{NARROW}]"
_BEFORE_HIGH_SIGN = re.compile(rf"{_SPACES}+(?=[;:?%]|!(?!\[))")
_BEFORE_EURO = re.compile(r" +(?=(?:k|M|Md)?\u20ac)")
_OPENING = re.compile(rf"\u00ab{_SPACES}*")
_CLOSING = re.compile(rf"{_SPACES}*\u00bb")
_STRAIGHT = re.compile(r"(?<=[^\W\d_])'")


def typeset(text: str, lang: Lang) -> str:
    r"""``text`` (plain, or Markdown) with the spaces that its language wants; code, addresses and tags are left alone.

    A French space already typed becomes the right one, guillemets get theirs; no space is put where the writer
    typed none, so that the titles of English documents keep their own typography. Setting twice changes nothing.

    >>> typeset("Qui paie ? « L'État »", "fr")
    'Qui paie\u202f? «\u202fL’État\u202f»'
    >>> typeset("[voir](a : b) `x ? y`", "fr")
    '[voir](a : b) `x ? y`'
    """
    pieces, end = [], 0
    for match in _NOT_PROSE.finditer(text):
        pieces += [_set(text[end : match.start()], lang), match.group()]
        end = match.end()
    return "".join([*pieces, _set(text[end:], lang)])


def _set(prose: str, lang: Lang) -> str:
    prose = _STRAIGHT.sub(APOSTROPHE, prose)
    if lang == "en":
        return prose
    prose = _BEFORE_HIGH_SIGN.sub(NARROW, prose)
    prose = _BEFORE_EURO.sub(FIXED, prose)
    prose = _OPENING.sub("\u00ab" + NARROW, prose)
    return _CLOSING.sub(NARROW + "\u00bb", prose)


def capital(text: str) -> str:
    """``text`` with its first letter in capital, the rest as it is.

    >>> capital("part de marché IaaS")
    'Part de marché IaaS'
    """
    return text[:1].upper() + text[1:]
