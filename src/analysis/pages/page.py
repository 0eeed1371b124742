"""The pages of an edition, but for the proofs: a chapter, the contents of a language, the entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

from markupsafe import Markup

from analysis import words
from analysis.checks import Finding
from analysis.checks.telling import of_series, verdict
from analysis.notebooks.chapter import Chapter
from analysis.pages import blocks, layout, proof
from analysis.pages.byline import byline
from analysis.pages.edition import Edition
from analysis.pages.layout import Frame
from analysis.pages.markdown import Writer, plain
from analysis.pages.strings import size, strings
from analysis.quantities import Lang
from analysis.series import Series

#: As many as a reader takes in at a glance on the page of contents.
MOST_KEY_NUMBERS = 5


def chapter(chapter: Chapter, edition: Edition) -> str:
    """The page of a chapter, ``<lang>/<stem>.html``."""
    t, writer, lang = strings(chapter.lang), Writer(), chapter.lang
    title = plain(chapter.title)
    citation = t["cite_chapter"].format(title=title, name=edition.name, date=words.date(edition.date, lang))
    frame = Frame(f"{chapter.stem}.html", lang, title, plain(chapter.standfirst), citation)
    return layout.page(
        "chapter.html",
        frame,
        edition,
        chapter=chapter,
        headline=writer.inline(chapter.title),
        standfirst=writer.inline(chapter.standfirst),
        byline=list(byline(chapter, edition)),
        blocks=list(blocks.written(chapter, edition, writer)),
        findings=_linked(_doubtful(chapter, edition), lang, edition),
        downloads=list(_chapter_files(chapter, edition)),
        corrections=edition.corrections_of(chapter),
        date=words.date,
        neighbours=list(_neighbours(chapter, edition)),
    )


def _doubtful(chapter: Chapter, edition: Edition) -> Iterator[Finding]:
    """What was found about the chapter's numbers, and not said in it, that does not simply hold."""
    for finding in edition.findings_on(chapter.claims):
        if finding.outcome.verdict != "holds" and finding.id not in chapter.findings:
            yield finding


def _linked(found: Iterable[Finding], lang: Lang, edition: Edition) -> list[tuple[str, str, str]]:
    """Findings in short: title, verdict, where they are told (empty if nowhere)."""
    return [(each.title(lang), verdict(each, lang), edition.place_of(each, lang)) for each in found]


def _chapter_files(chapter: Chapter, edition: Edition) -> Iterator[blocks.Download]:
    lang, stem = chapter.lang, chapter.stem
    yield from blocks.download(edition, lang, f"{lang}/{stem}.pdf", "chapter_pdf")
    yield from blocks.download(edition, lang, f"data/{stem}.csv", "chapter_csv")
    yield from blocks.download(edition, lang, f"{lang}/{stem}.ipynb", "chapter_notebook")


def _neighbours(chapter: Chapter, edition: Edition) -> Iterator[tuple[str, str, str]]:
    """The chapters before and after: (rel, address, title)."""
    for other in edition.reading_order(chapter.lang):
        if abs(other.number - chapter.number) == 1:
            rel = "prev" if other.number < chapter.number else "next"
            yield rel, f"{other.stem}.html", plain(other.title)


def contents(lang: Lang, edition: Edition) -> str:
    """The contents of a language, ``<lang>/index.html``."""
    t, writer = strings(lang), Writer()
    frame = Frame("index.html", lang, t["contents_title"], t["contents_description"], _citation(lang, edition))
    numbers = list(islice(_key_numbers(lang, edition), MOST_KEY_NUMBERS))
    return layout.page(
        "contents.html",
        frame,
        edition,
        key_numbers=blocks.key_numbers(numbers, lang, writer) if numbers else Markup(),
        lines=[(each, plain(each.title), writer.inline(each.standfirst)) for each in edition.reading_order(lang)],
        contradictions=[
            (each.title(lang), each.says(lang), edition.place_of(each, lang)) for each in _contradictions(edition)
        ],
        documents=edition.ledger.documents.values(),
        series=[(each, proof.series_title(each, lang)) for each in _series(edition)],
        identity=proof.identity,
        title_of=proof.title,
        date=words.date,
        downloads=list(_edition_files(lang, edition)),
        proofs_count=len(edition.ledger.claims) + len(edition.observations),
        corrections=edition.corrections,
    )


def _contradictions(edition: Edition) -> Iterator[Finding]:
    """Where the documents contradict themselves or each other."""
    contradicting = (finding for finding in edition.findings if finding.outcome.verdict == "contradicts")
    return (finding for finding in contradicting if not of_series(finding))


def _series(edition: Edition) -> Iterable[Series]:
    """The series of which the edition uses a number, in their order."""
    return dict.fromkeys(each.series for each in edition.observations)


def _key_numbers(lang: Lang, edition: Edition) -> Iterator[dict[str, str]]:
    """The key numbers of the chapters, dealt in turn: the first of each, then the second of each."""
    piles = [list(_key_numbers_of(each)) for each in edition.reading_order(lang)]
    return (item for turn in zip_longest(*piles) for item in turn if item)


def _key_numbers_of(chapter: Chapter) -> Iterator[dict[str, str]]:
    for block in chapter.blocks:
        if isinstance(block, dict) and block["block"] == "key_numbers":
            yield from block["items"]


def _edition_files(lang: Lang, edition: Edition) -> Iterator[blocks.Download]:
    for path, count in sorted(edition.downloads.items()):
        if path.startswith("data/") or (path.startswith(f"{lang}/") and path.endswith(".pdf")):
            text = strings(lang)["download_link"].format(file=path.rpartition("/")[2], size=size(count, lang))
            yield blocks.Download(f"../{path}", text)


def entry(edition: Edition) -> str:
    """The first page of the edition, ``index.html``: the choice of a language, in each of them."""
    first = edition.languages[0]
    t = strings(first)
    frame = Frame("index.html", first, t["entry_title"], t["entry_description"], _citation(first, edition), up="")
    choices = [(lang, strings(lang), words.date(edition.date, lang)) for lang in edition.languages]
    body = layout.fragment("entry.html", first, choices=choices)
    return layout.document(frame, edition, body)


def _citation(lang: Lang, edition: Edition) -> str:
    return strings(lang)["cite_text"].format(name=edition.name, date=words.date(edition.date, lang))
