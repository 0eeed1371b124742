"""Prose whose every number comes from a claim: written in both languages, shown in the one being written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from analysis.errors import InputError
from analysis.quantities import Lang
from analysis.words.blocks import Shown
from analysis.words.current import LANGUAGES, language
from analysis.words.templates import Filled, Named, fill

_CLAIM_LINK = re.compile(r"\[([^\[\]]*)\]\(#[a-z0-9_]+\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Prose(Shown):
    """A stretch of Markdown in one language; ``claims`` are those whose numbers it tells, in order."""

    markdown: str
    lang: Lang
    claims: tuple[str, ...]

    def bundle(self) -> dict[str, Any]:
        """Markdown for the reader and the edition, and the same without links for a terminal."""
        return {"text/markdown": self.markdown, "text/plain": str(self)}

    def __str__(self) -> str:
        return _ESCAPE.sub(r"\1", _CLAIM_LINK.sub(r"\1", self.markdown))


def tell(*, fr: str, en: str, **named: Named) -> Prose:
    """The text in the language being written, its numbers taken from claims (see ``templates.fill`` for the fields).

    Both languages are filled in and checked each time, so that a fault in one shows while the other is written.
    Raises InputError for what cannot be filled in, for a text that is empty, for numbers told in one language only,
    and for a thing handed over that neither text uses.

    >>> tell(fr="{who} arrive : {n} projets.", en="{who} arrives: {n} projects.", who="3DS Outscale", n=23)
    Prose(markdown='3DS Outscale arrive\\u202f: 23 projets.', lang='fr', claims=())
    """
    templates: dict[Lang, str] = {"fr": fr, "en": en}
    filled = {lang: _filled(templates[lang], lang, named) for lang in LANGUAGES}
    _refuse_one_sided(filled)
    _refuse_unused(templates, named)
    lang = language()
    return Prose(filled[lang].text, lang, filled[lang].claims)


def _filled(template: str, lang: Lang, named: dict[str, Named]) -> Filled:
    if not template.strip():
        raise InputError(f'the text in "{lang}" is empty', way_out="every text is told in both languages")
    return fill(template, lang, named)


def _refuse_one_sided(filled: dict[Lang, Filled]) -> None:
    french, english = set(filled["fr"].claims), set(filled["en"].claims)
    if french != english:
        raise InputError(
            "the two languages do not tell the same numbers",
            evidence=f"in one only: {', '.join(sorted(french ^ english))}",
            way_out="tell them in both, or in neither",
        )


def _refuse_unused(templates: dict[Lang, str], named: dict[str, Named]) -> None:
    for name in named:
        if not any(re.search(rf"\{{{re.escape(name)}\b", template) for template in templates.values()):
            raise InputError(f'"{name}" is handed over but not told', way_out=f"write {{{name}}} where it belongs")
