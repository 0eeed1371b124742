"""Text → review: every figure of an article judged by its words, then by the article's own arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from analysis import claims, documents, paths, reading, series
from analysis.claims import Ledger
from analysis.quantities import Lang, Quantity
from analysis.reading import language, tables
from analysis.review import facts, framed, judging, running, sums, telling
from analysis.review.agreement import agreement
from analysis.review.cues import Cues, cues
from analysis.review.events import dated
from analysis.review.facts import Fact, Topic
from analysis.review.frames import Setting, settings
from analysis.review.judging import Judgement
from analysis.review.passages import Passage, passages
from analysis.review.remarks import Remark, Review
from analysis.review.units import with_units
from analysis.series import Catalogue

#: The frame in which a number of millions without a noun is an amount of money.
_FUNDED = "plan"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """What is known, ready to be held against articles: build it once for many."""

    topics: tuple[Topic, ...]
    framed: tuple[Topic, ...]
    events: tuple[Fact, ...]
    cues: Cues

    @classmethod
    def of(cls, ledger: Ledger, catalogue: Catalogue | None = None) -> Reviewer:
        """A reviewer that knows a ledger and the series of a catalogue."""
        known = facts.facts(ledger, catalogue)
        found = facts.topics(known)
        return cls(found, facts.framed_topics(known), facts.events(ledger), cues(facts.phrases_of(found)))

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
        bare = list(passages(text, found, self.cues, None, rows))
        funded = [_FUNDED in setting.frames for setting in settings(bare)]
        article = [with_units(each, in_plan=paid) for each, paid in zip(bare, funded, strict=True)]
        judged: dict[Quantity, Judgement] = {}
        for passage, setting in zip(article, settings(article), strict=True):
            here = sums.checked(passage, {figure: self._of(passage, figure, setting) for figure in passage.figures})
            judged |= here | dict(running.checked(passage, setting, here))
            yield from dated(passage, self.events)
        yield from (_as_below(article, judged) if len(article) > 1 else judged).items()

    def _of(self, passage: Passage, figure: Quantity, setting: Setting) -> Judgement:
        """The verdict by the sentence's own words; where they are not enough, by what the article speaks of.

        What a heading says of its list is as good as the sentence's own words; a number that agrees with what the
        article speaks of is none that differs from something else.
        """
        own = judging.judge(passage, figure, self.topics)
        if own.verdict == "agrees" and not setting.heading:
            return own
        around = framed.judge(passage, figure, setting, self.framed, strictly=own.verdict != "unknown")
        better = around.verdict == "agrees" or (around.verdict != "unknown" and setting.heading)
        return around if better or own.verdict == "unknown" else own


def _as_below(article: Sequence[Passage], judged: Mapping[Quantity, Judgement]) -> dict[Quantity, Judgement]:
    """The verdicts, where a number of the headline that the text below repeats has the verdict that it has there."""
    result = dict(judged)
    for figure in article[0].figures:
        below = (other for other in judged if other not in article[0].figures and judged[other].verdict == "agrees")
        if judged[figure].verdict != "agrees":
            again = next((other for other in below if agreement(_like(figure, other), other) == "agrees"), None)
            result[figure] = judged[again] if again else judged[figure]
    return result


def _like(figure: Quantity, other: Quantity) -> Quantity:
    """A number of millions without a noun, as an amount like another one."""
    amount = figure.kind == "count" and figure.unit is None and other.kind == "money"
    return replace(figure, kind="money", unit=other.unit) if amount else figure


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
