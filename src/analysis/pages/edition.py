"""One complete published build, as the pages and PDFs see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.checks import Finding
from analysis.claims import Claim, Ledger, SignOffs
from analysis.errors import InputError, nearest
from analysis.notebooks.chapter import Chapter
from analysis.pages.parts import split
from analysis.pages.passages import Passage
from analysis.quantities import Lang
from analysis.series import Catalogue, Observation

#: The name of the publication, the same in every language.
NAME = "État du nuage"
#: The whole edition of a language on paper, in the folder of the language.
WHOLE = "etat-du-nuage.pdf"
#: The page of a language that tells what changed since the edition before, where one is kept.
CHANGES = "changes.html"


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
    ``address``    public address of the folder that holds the edition; empty while it is not public
    ``findings``   what came out of the checks, gravest first
    ``sign_offs``  who has held which number against its passage
    ``passages``   the passage of each claim, by id: only in an edition for the newsroom itself, which says so
    ``previous``   when the edition before it was published, ISO; empty for the first
    """

    name: str
    date: str
    languages: tuple[Lang, ...]
    chapters: Mapping[tuple[str, Lang], Chapter]
    ledger: Ledger
    downloads: Mapping[str, int]
    corrections: tuple[Correction, ...] = ()
    code: str = ""
    address: str = ""
    catalogue: Catalogue = Catalogue({}, {})  # noqa: RUF009  # it cannot be changed
    findings: tuple[Finding, ...] = ()
    sign_offs: SignOffs = SignOffs()  # noqa: RUF009  # it cannot be changed
    previous: str = ""
    passages: Mapping[str, Passage] = field(default_factory=dict)

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

    def spoken(self, path: str) -> tuple[Lang, ...]:
        """The languages that have a page: all, but for that of a run which a matrix names in some only."""
        told = [lang for lang in self.languages if any(path in _pages_of(each) for each in self.reading_order(lang))]
        return tuple(told) or self.languages

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
            for page in split(chapter):
                if finding.id in page.findings:
                    return f"{page.stem}.html#finding-{finding.id}"
        return ""

    def places_of(self, name: str, chapters: Iterable[Chapter]) -> tuple[tuple[int, str], ...]:
        """Where chapters use a claim or an observation, from a page of their language: (number, address)."""
        return tuple((each.number, f"{_page_of(name, each)}.html#use-{name}") for each in chapters)

    @property
    def changes(self) -> tuple[Correction, ...]:
        """The corrections since the edition before this one; none in the first."""
        return tuple(each for each in self.corrections if self.previous and each.date > self.previous)

    def corrections_of(self, chapter: Chapter) -> tuple[Correction, ...]:
        """The corrections that touch a number of the chapter."""
        return tuple(correction for correction in self.corrections if correction.claims & set(chapter.claims))


def _pages_of(chapter: Chapter) -> tuple[str, ...]:
    return tuple(f"{page.stem}.html" for page in split(chapter))


def _page_of(name: str, chapter: Chapter) -> str:
    """The stem of the page on which a chapter uses a number first."""
    return next((page.stem for page in split(chapter) if name in page.claims), chapter.stem)
