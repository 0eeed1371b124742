"""One complete published build, as the pages and PDFs see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

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


@dataclass(frozen=True)
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
        return self._orders.get(lang, ())

    @cached_property
    def _orders(self) -> dict[Lang, tuple[Chapter, ...]]:
        ordered = sorted(self.chapters.values(), key=lambda chapter: chapter.number)
        return {lang: tuple(each for each in ordered if each.lang == lang) for lang in self.languages}

    @cached_property
    def _pages(self) -> tuple[tuple[Chapter, Chapter], ...]:
        """Each chapter with each of its pages, in reading order, one language after the other."""
        chapters = (chapter for lang in self.languages for chapter in self.reading_order(lang))
        return tuple((chapter, page) for chapter in chapters for page in split(chapter))

    def spoken(self, path: str) -> tuple[Lang, ...]:
        """The languages that have a page: all, but for that of a run which a matrix names in some only."""
        return self._spoken.get(path, self.languages)

    @cached_property
    def _spoken(self) -> dict[str, tuple[Lang, ...]]:
        spoken: dict[str, tuple[Lang, ...]] = {}
        for chapter, page in self._pages:
            spoken[f"{page.stem}.html"] = (*spoken.get(f"{page.stem}.html", ()), chapter.lang)
        return spoken

    def users(self, lang: Lang) -> dict[str, tuple[Chapter, ...]]:
        """For each claim or observation used in one language, the chapters that use it, in reading order."""
        users: dict[str, list[Chapter]] = {}
        for chapter in self.reading_order(lang):
            for claim in chapter.claims:
                users.setdefault(claim, []).append(chapter)
        return {claim: tuple(chapters) for claim, chapters in users.items()}

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
        return self._places.get((finding.id, lang), "")

    @cached_property
    def _places(self) -> dict[tuple[str, Lang], str]:
        places: dict[tuple[str, Lang], str] = {}
        for chapter, page in self._pages:
            for name in page.findings:
                places.setdefault((name, chapter.lang), f"{page.stem}.html#finding-{name}")
        return places

    def places_of(self, name: str, chapters: Iterable[Chapter]) -> tuple[tuple[int, str], ...]:
        """Where chapters use a claim or an observation, from a page of their language: (number, address)."""
        pages = ((each, self._uses.get((name, each.stem, each.lang), each.stem)) for each in chapters)
        return tuple((each.number, f"{page}.html#use-{name}") for each, page in pages)

    @cached_property
    def _uses(self) -> dict[tuple[str, str, Lang], str]:
        """The page on which a chapter uses a number first: its stem, by number, chapter and language."""
        uses: dict[tuple[str, str, Lang], str] = {}
        for chapter, page in self._pages:
            for name in page.claims:
                uses.setdefault((name, chapter.stem, chapter.lang), page.stem)
        return uses

    @property
    def changes(self) -> tuple[Correction, ...]:
        """The corrections since the edition before this one; none in the first."""
        return tuple(each for each in self.corrections if self.previous and each.date > self.previous)

    def corrections_of(self, chapter: Chapter) -> tuple[Correction, ...]:
        """The corrections that touch a number of the chapter."""
        return tuple(correction for correction in self.corrections if correction.claims & set(chapter.claims))
