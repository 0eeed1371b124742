"""One complete published build, as the pages and PDFs see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.claims import Ledger
from analysis.notebooks.chapter import Chapter
from analysis.quantities import Lang

#: The name of the publication, the same in every language.
NAME = "État du nuage"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of published numbers: its date (ISO), the claims it touches, what it says in each language."""

    date: str
    claims: frozenset[str]
    text: Mapping[Lang, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """What one edition holds.

    ``name``       as in addresses and citations: ``2026-11``
    ``date``       of publication, ISO
    ``chapters``   by stem and language
    ``downloads``  size in bytes of every file readers may fetch, by its path inside the edition; a file that is not
                   listed is not linked
    ``code``       address of the source code; empty while it is not public
    """

    name: str
    date: str
    languages: tuple[Lang, ...]
    chapters: Mapping[tuple[str, Lang], Chapter]
    ledger: Ledger
    downloads: Mapping[str, int]
    corrections: tuple[Correction, ...] = ()
    code: str = ""

    def reading_order(self, lang: Lang) -> tuple[Chapter, ...]:
        """The chapters of one language, by number."""
        chapters = (chapter for (_, spoken), chapter in self.chapters.items() if spoken == lang)
        return tuple(sorted(chapters, key=lambda chapter: chapter.number))

    def users(self, lang: Lang) -> dict[str, tuple[Chapter, ...]]:
        """For each claim used in one language, the chapters that use it, in reading order."""
        users: dict[str, tuple[Chapter, ...]] = {}
        for chapter in self.reading_order(lang):
            for claim in chapter.claims:
                users[claim] = (*users.get(claim, ()), chapter)
        return users

    def corrections_of(self, chapter: Chapter) -> tuple[Correction, ...]:
        """The corrections that touch a number of the chapter."""
        return tuple(correction for correction in self.corrections if correction.claims & set(chapter.claims))
