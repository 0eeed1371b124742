"""The pages of an edition, but for the proofs: a chapter, the contents of a language, the entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, zip_longest

from markupsafe import Markup

from analysis import words
from analysis.checks import Finding
from analysis.checks.telling import of_series, verdict
from analysis.notebooks.chapter import Chapter
from analysis.pages import blocks, layout, proof
from analysis.pages.byline import byline
from analysis.pages.edition import CHANGES, WHOLE, Edition
from analysis.pages.layout import Frame
from analysis.pages.markdown import Writer, plain
from analysis.pages.parts import split
from analysis.pages.strings import strings
from analysis.quantities import Lang
from analysis.series import Series

#: As many as a reader takes in at a glance on the page of contents.
MOST_KEY_NUMBERS = 5


def chapter(chapter: Chapter, edition: Edition) -> str:
    """The page of a chapter, ``<lang>/<stem>.html``."""
    writer, lang = Writer(), chapter.lang
    title, main = plain(chapter.title), split(chapter)[0]
    citation = _citation_of(chapter, edition)
    frame = Frame(f"{chapter.stem}.html", lang, title, plain(chapter.standfirst), citation, chapter=chapter)
    return layout.page(
        "chapter.html",
        frame,
        edition,
        chapter=chapter,
        headline=writer.inline(chapter.title),
        standfirst=writer.inline(chapter.standfirst),
        byline=list(byline(chapter, edition)),
        blocks=list(blocks.written(main, edition, writer)),
        findings=_linked(_doubtful(chapter, edition), lang, edition),
        downloads=list(_chapter_files(chapter, edition)),
        corrections=edition.corrections_of(chapter),
        date=words.date,
        neighbours=list(_neighbours(chapter, edition)),
    )


def continuations(chapter: Chapter, edition: Edition) -> Iterator[tuple[str, str]]:
    """The pages that go on with a chapter, each with its name under the language's folder; none where one will do."""
    t, lang, title = strings(chapter.lang), chapter.lang, plain(chapter.title)
    parts = split(chapter)
    titles = [title, *(t["more_title"].format(number=number, all=len(parts)) for number in range(2, len(parts) + 1))]
    for place, part in enumerate(parts[1:], 1):
        description = t["more_description"].format(title=titles[place])
        frame = Frame(f"{part.stem}.html", lang, titles[place], description, _citation_of(chapter, edition))
        around = {"prev": place - 1, "next": place + 1}
        yield (
            frame.path,
            layout.page(
                "continued.html",
                frame,
                edition,
                chapter=chapter,
                back=Markup('<a href="{}.html">{}</a>').format(chapter.stem, title),
                blocks=list(blocks.written(part, edition, Writer())),
                corrections=edition.corrections_of(part),
                date=words.date,
                neighbours=[
                    (rel, f"{parts[at].stem}.html", titles[at]) for rel, at in around.items() if at < len(parts)
                ],
            ),
        )


def _citation_of(chapter: Chapter, edition: Edition) -> str:
    date = words.date(edition.date, chapter.lang)
    told = {"title": plain(chapter.title), "name": edition.name, "date": date}
    return strings(chapter.lang)["cite_chapter"].format(**told)


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
    yield from blocks.download(edition, lang, f"data/{chapter.notebook or stem}.csv", "chapter_csv")
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
    return layout.page(
        "contents.html",
        frame,
        edition,
        key_numbers=_in_numbers(lang, edition, writer),
        lines=[(each, plain(each.title), writer.inline(each.standfirst)) for each in edition.reading_order(lang)],
        contradictions=[
            (each.title(lang), each.says(lang), edition.place_of(each, lang)) for each in _contradictions(edition)
        ],
        documents=edition.ledger.documents.values(),
        series=[(each, proof.series_title(each, lang)) for each in _series(edition)],
        identity=proof.identity,
        title_of=proof.title,
        date=words.date,
        papers=list(_papers(lang, edition)),
        data=list(_data(lang, edition)),
        proofs_count=len(edition.ledger.claims) + len(edition.observations),
        signed=proof.signed(lang, edition),
        corrections=edition.corrections,
        changed=CHANGES if f"{lang}/{CHANGES}" in edition.downloads else "",
    )


def _contradictions(edition: Edition) -> Iterator[Finding]:
    """Where the documents contradict themselves or each other."""
    contradicting = (finding for finding in edition.findings if finding.outcome.verdict == "contradicts")
    return (finding for finding in contradicting if not of_series(finding))


def _series(edition: Edition) -> Iterable[Series]:
    """The series of which the edition uses a number, in their order."""
    return dict.fromkeys(each.series for each in edition.observations)


def _in_numbers(lang: Lang, edition: Edition, writer: Writer) -> Markup:
    """The story in a few key numbers."""
    numbers = list(islice(_key_numbers(lang, edition), MOST_KEY_NUMBERS))
    return blocks.key_numbers(numbers, lang, writer) if numbers else Markup()


def _key_numbers(lang: Lang, edition: Edition) -> Iterator[dict[str, str]]:
    """The key numbers of the chapters, dealt in turn: the first of each, then the second of each."""
    piles = [list(_key_numbers_of(each)) for each in edition.reading_order(lang)]
    return (item for turn in zip_longest(*piles) for item in turn if item)


def _key_numbers_of(chapter: Chapter) -> Iterator[dict[str, str]]:
    for block in chapter.blocks:
        if isinstance(block, dict) and block["block"] == "key_numbers":
            yield from block["items"]


def _papers(lang: Lang, edition: Edition) -> Iterator[blocks.Download]:
    """The edition as one PDF, then each chapter as one."""
    yield from blocks.download(edition, lang, f"{lang}/{WHOLE}", "edition_pdf")
    for each in edition.reading_order(lang):
        for file in blocks.download(edition, lang, f"{lang}/{each.stem}.pdf", "chapter_paper"):
            chapter = strings(lang)["chapter"].format(number=each.number)
            yield replace(file, text=file.text.replace("{chapter}", chapter))


def _data(lang: Lang, edition: Edition) -> Iterator[blocks.Download]:
    """The tables and what describes them; those that hold all of them first."""
    paths = (path for path in edition.downloads if path.startswith("data/"))
    for path in sorted(paths, key=lambda path: (path.endswith(".csv"), path)):
        yield from blocks.download(edition, lang, path, "download_link")


def entry(edition: Edition) -> str:
    """The first page of the edition, ``index.html``: the choice of a language, in each of them."""
    first = edition.languages[0]
    t = strings(first)
    frame = Frame("index.html", first, t["entry_title"], t["entry_description"], _citation(first, edition), up="")
    choices = [
        (lang, strings(lang), words.date(edition.date, lang), _in_numbers(lang, edition, Writer(f"{lang}/")))
        for lang in edition.languages
    ]
    body = layout.fragment("entry.html", first, choices=choices, internal=bool(edition.passages))
    return layout.document(frame, edition, body)


def _citation(lang: Lang, edition: Edition) -> str:
    return strings(lang)["cite_text"].format(name=edition.name, date=words.date(edition.date, lang))
