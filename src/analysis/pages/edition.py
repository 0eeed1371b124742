"""One complete published build, as the pages and PDFs see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.checks import Finding
from analysis.claims import Claim, Ledger
from analysis.errors import InputError, nearest
from analysis.notebooks.chapter import Chapter
from analysis.quantities import Lang
from analysis.series import Catalogue, Observation

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
    ``findings``   what came out of the checks, gravest first
    """

    name: str
    date: str
    languages: tuple[Lang, ...]
    chapters: Mapping[tuple[str, Lang], Chapter]
    ledger: Ledger
    downloads: Mapping[str, int]
    corrections: tuple[Correction, ...] = ()
    code: str = ""
    catalogue: Catalogue = Catalogue({}, {})  # noqa: RUF009  # it cannot be changed
    findings: tuple[Finding, ...] = ()

    def __getitem__(self, name: str) -> Claim | Observation:
        """The claim or the observation of that id. Raises InputError naming the nearest one."""
        entry = self.ledger.claims.get(name) or self.catalogue.observations.get(name)
        if entry is None:
            known = [*self.ledger.claims, *self.catalogue.observations]
            raise InputError(f'no claim and no observation "{name}"', way_out=nearest(name, known))
        return entry

    def reading_order(self, lang: Lang) -> tuple[Chapter, ...]:
        """The chapters of one language, by number."""
        chapters = (chapter for (_, spoken), chapter in self.chapters.items() if spoken == lang)
        return tuple(sorted(chapters, key=lambda chapter: chapter.number))

    def users(self, lang: Lang) -> dict[str, tuple[Chapter, ...]]:
        """For each claim or observation used in one language, the chapters that use it, in reading order."""
        users: dict[str, tuple[Chapter, ...]] = {}
        for chapter in self.reading_order(lang):
            for claim in chapter.claims:
                users[claim] = (*users.get(claim, ()), chapter)
        return users

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The observations that a chapter or a finding uses, in whatever language, in the order of the series.

        Raises InputError where a chapter leads to a number that nothing gives.
        """
        shown = {self[name].id for chapter in self.chapters.values() for name in chapter.claims}
        checked = {name for finding in self.findings for name in finding.claims}
        return tuple(each for each in self.catalogue.observations.values() if each.id in shown | checked)

    def findings_on(self, names: Iterable[str]) -> tuple[Finding, ...]:
        """The findings that rest on any of these claims or observations, gravest first."""
        wanted = set(names)
        return tuple(finding for finding in self.findings if wanted & set(finding.claims))

    def place_of(self, finding: Finding, lang: Lang) -> str:
        """Where a language's edition shows a finding, from a page of that language; empty where no chapter does."""
        for chapter in self.reading_order(lang):
            if finding.id in chapter.findings:
                return f"{chapter.stem}.html#finding-{finding.id}"
        return ""

    def corrections_of(self, chapter: Chapter) -> tuple[Correction, ...]:
        """The corrections that touch a number of the chapter."""
        return tuple(correction for correction in self.corrections if correction.claims & set(chapter.claims))
