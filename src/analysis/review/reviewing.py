"""Text → review: every figure of an article judged by its words, then by the article's own arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import claims, documents, paths, reading, series
from analysis.claims import Ledger
from analysis.quantities import Lang, Quantity
from analysis.reading import language, tables
from analysis.review import facts, sums, telling
from analysis.review.cues import Cues, cues
from analysis.review.events import dated
from analysis.review.facts import Fact, Topic
from analysis.review.judging import Judgement, judge
from analysis.review.passages import Passage, passages
from analysis.review.remarks import Remark, Review
from analysis.review.units import with_units
from analysis.series import Catalogue


@dataclass(frozen=True, slots=True)
class Reviewer:
    """What is known, ready to be held against articles: build it once for many."""

    topics: tuple[Topic, ...]
    events: tuple[Fact, ...]
    cues: Cues

    @classmethod
    def of(cls, ledger: Ledger, catalogue: Catalogue | None = None) -> Reviewer:
        """A reviewer that knows a ledger and the series of a catalogue."""
        found = facts.topics(facts.facts(ledger, catalogue))
        return cls(found, facts.events(ledger), cues(facts.phrases_of(found)))

    def review(self, text: str, lang: Lang | None = None) -> Review:
        """The review of an article's canonical text; the remarks in ``lang``, or in the article's own language."""
        text_lang = language.of_opening(text)
        told = lang or text_lang
        line = documents.lines(text)
        remarks = [
            _remark(figure, line(figure.start), judgement, told) for figure, judgement in self._judged(text, text_lang)
        ]
        return Review(text, tuple(sorted(remarks, key=lambda remark: remark.start)), told, text_lang)

    def _judged(self, text: str, text_lang: Lang) -> Iterator[tuple[Quantity, Judgement]]:
        found = reading.scan(text)
        rows = frozenset(tables.rows(text, text_lang))
        for passage in passages(text, found, self.cues, None, rows):
            yield from self._in(with_units(passage))
            yield from dated(passage, self.events)

    def _in(self, passage: Passage) -> Iterator[tuple[Quantity, Judgement]]:
        judged = {figure: judge(passage, figure, self.topics) for figure in passage.figures}
        return iter(sums.checked(passage, judged).items())


def _remark(figure: Quantity, line: int, judgement: Judgement, lang: Lang) -> Remark:
    return Remark(
        quantity=figure,
        line=line,
        verdict=judgement.verdict,
        why=telling.why(judgement, lang),
        claims=tuple(fact.id for fact in judgement.facts),
        expected=telling.expected(judgement, lang),
        source=telling.source(judgement.facts[0], lang) if judgement.facts else "",
        slip=judgement.slip,
    )


def review(
    text: str, lang: Lang | None = None, ledger: Ledger | None = None, catalogue: Catalogue | None = None
) -> Review:
    """The numbers of an article, each with its verdict: agrees, differs, inconsistent or unknown.

    ``text`` is the article's canonical text (``documents.extract``), ``lang`` the language of the remarks, by default
    the article's. Without a ledger, that of the project is used, with its series; with one, only what is given.
    """
    if ledger is None:
        return _of_project(paths.project()).review(text, lang)
    return Reviewer.of(ledger, catalogue).review(text, lang)


@cache
def _of_project(project: Path) -> Reviewer:
    return Reviewer.of(claims.load(project), series.load(project))
