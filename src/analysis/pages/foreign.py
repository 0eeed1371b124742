"""Titles and names in another language than the words around them, marked as such wherever a page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from analysis import words
from analysis.pages.edition import NAME, Edition
from analysis.quantities import Lang
from analysis.words.terms import lexicon

_TAG = re.compile(r"(<[^>]*>)")
_PARTS = re.compile(r"<(/?)([\w-]+)(?:[^>]*? lang=\"(\w+)\")?[^>]*?(/?)>")
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "col", "meta", "link"})
#: Where no element may stand.
_BARE = frozenset({"code", "option"})
#: What has a name of its own in each language, and is printed in that of the document: states.
_TRANSLATED = frozenset({"member_state"})


def marked(body: Markup, lang: Lang, edition: Edition) -> Markup:
    """The body of a page in ``lang`` with a ``lang`` on each such title and name that stands in it without one."""
    patterns = {other: _pattern(set(_phrases(other, edition))) for other in words.LANGUAGES}
    opened: list[tuple[str, str]] = [("body", lang)]
    pieces = []
    for piece in _TAG.split(body):
        if piece.startswith("<"):
            _follow(opened, piece)
            pieces.append(piece)
        else:
            pieces.append(_set(piece, opened, patterns))
    return Markup("".join(pieces))


def _set(text: str, opened: list[tuple[str, str]], patterns: Mapping[Lang, re.Pattern[str]]) -> str:
    """The text that stands in these elements, with what is not in its language in an element of its own."""
    tags, spoken = {tag for tag, _ in opened}, opened[-1][1]
    if text.isspace() or tags & _BARE:
        return text
    element = "tspan" if "svg" in tags else "span"
    for lang, pattern in patterns.items():
        if lang != spoken:
            text = pattern.sub(rf'<{element} lang="{lang}">\g<0></{element}>', text)
    return text


def _follow(opened: list[tuple[str, str]], written: str) -> None:
    """Keeps the elements that stand open, each with its language, up to date over one more tag."""
    tag = _PARTS.fullmatch(written)
    if tag is None or tag[2] in _VOID or tag[4]:
        return
    if tag[1]:
        while len(opened) > 1 and opened.pop()[0] != tag[2]:
            pass
    else:
        opened.append((tag[2], tag[3] or opened[-1][1]))


def _phrases(lang: Lang, edition: Edition) -> Iterator[str]:
    """What stands in that language whatever the page's: names and titles of ours and of the documents."""
    if lang == "fr":
        yield NAME
    for document in edition.ledger.documents.values():
        if document.language == lang:
            # In a drawing, the publisher is told without what explains it.
            yield from (document.title, document.known_as, document.publisher, document.publisher.partition(" (")[0])
    # "France" is a word of both languages.
    shared = {term.name(other) for other in words.LANGUAGES if other != lang for term in lexicon()["places"].values()}
    for name in edition.ledger.names.values():
        if name.role in _TRANSLATED and name.document.language == lang and name.printed not in shared:
            yield name.printed


def _pattern(phrases: set[str]) -> re.Pattern[str]:
    """Finds the longest of them, whatever blanks they are set with, and a list of several as one."""
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    one = "|".join(r"\s+".join(map(re.escape, str(escape(phrase)).split())) for phrase in longest) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{one})(?:, (?:{one}))*(?!\w)")
