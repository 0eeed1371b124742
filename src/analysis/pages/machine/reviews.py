"""JSON-LD of findings that contradict: what was reviewed, where it stands, what came out (schema.org ClaimReview).

Only what documents say of themselves or of each other is reviewed here. Where a series has a part, its number may be of
another time or another perimeter than it seems, and a verdict without the words around it would be unfair.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis import words
from analysis.checks import Finding
from analysis.checks.telling import of_series
from analysis.claims import Claim
from analysis.notebooks.chapter import Chapter
from analysis.pages.edition import Edition
from analysis.pages.machine.linked import ORGANISATION, Thing, work
from analysis.pages.machine.places import link
from analysis.quantities import Lang
from analysis.words.terms import CODED
from analysis.words.typography import capital


def reviews(chapter: Chapter, edition: Edition) -> Iterator[Thing]:
    """A review for each contradiction that the chapter is the first to tell."""
    for finding in edition.findings:
        place = edition.place_of(finding, chapter.lang)
        told_here = place.startswith(f"{chapter.stem}.html#")
        if told_here and finding.outcome.verdict == "contradicts" and not of_series(finding):
            yield _review(finding, place, chapter.lang, edition)


def _review(finding: Finding, place: str, lang: Lang, edition: Edition) -> Thing:
    reviewed = tuple(_reviewed(finding))
    return {
        "@type": "ClaimReview",
        "url": link(edition, f"{lang}/{place}"),
        "datePublished": edition.date,
        "inLanguage": lang,
        "author": ORGANISATION,
        "name": finding.title(lang),
        "claimReviewed": " ".join(words.statement(claim, lang) for claim in reviewed),
        "itemReviewed": _item(reviewed, lang, edition),
        "reviewRating": {"@type": "Rating", "alternateName": _verdict(finding, lang)},
    }


def _reviewed(finding: Finding) -> Iterator[Claim]:
    """The statements that cannot stand together: two tellings of one number; or a result, and not all its terms."""
    operands = finding.case.of if len(finding.case.of) == 1 else ()
    for operand in (*operands, *([finding.case.gives] if finding.case.gives else finding.case.of)):
        if isinstance(operand.entry, Claim):
            yield operand.entry


def _item(reviewed: tuple[Claim, ...], lang: Lang, edition: Edition) -> Thing:
    documents = dict.fromkeys(claim.document for claim in reviewed)
    said_by = dict.fromkeys(words.label(claim.said_by, lang, group=CODED["said_by"]) for claim in reviewed)
    return {
        "@type": "Claim",
        "author": [{"@type": "Organization", "name": who} for who in said_by],
        "datePublished": max(document.date for document in documents),
        "appearance": [work(document, edition, lang) for document in documents],
    }


def _verdict(finding: Finding, lang: Lang) -> str:
    """The verdict in words, as it is told beside the finding: there is no score."""
    outcome = finding.outcome
    codes = ((outcome.verdict, "verdicts"), (outcome.grade, "grades"))
    told = [words.label(code, lang, group=group) for code, group in codes if code]
    return words.typeset(capital((" : " if lang == "fr" else ": ").join(told)), lang)
