"""The files of an edition, once its notebooks have been run: data, notebooks, pictures, PDFs, pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace

import nbformat

from analysis import cache, notebooks, package, pages, pdf
from analysis.editions import changes
from analysis.editions.changes import Published
from analysis.editions.plan import Job
from analysis.editions.steps import Progress, What, step
from analysis.notebooks import Chapter
from analysis.pages import CHANGES, WHOLE, Edition, machine
from analysis.quantities import Lang


def data(files: Mapping[str, bytes], address: str) -> Iterator[tuple[str, bytes]]:
    """The data package, the same as one database, and what Datasette is told of it."""
    for name, content in files.items():
        yield f"data/{name}", content
    yield f"data/{package.DATABASE}", package.database(files)
    yield f"data/{package.METADATA}", package.metadata(files, address)


def notebook(job: Job, executed: nbformat.NotebookNode) -> tuple[str, bytes]:
    """An executed notebook as its readers get it."""
    return f"{job.lang}/{job.name}.ipynb", notebooks.text(notebooks.for_readers(executed)).encode()


def made(
    edition: Edition,
    files: Mapping[str, bytes],
    workers: Executor,
    progress: Progress,
    before: Published | None = None,
) -> dict[str, bytes]:
    """``files``, with all that is made of an edition: what pages link to first, for them to tell its size.

    ``before`` is the edition that readers are told the changes from.
    """
    everything = {**files, **{f"{lang}/{machine.FEED}": machine.feed(lang, edition) for lang in edition.languages}}

    def drawn(chapter: Chapter) -> dict[str, bytes]:
        with _told(progress, "pictures", chapter.stem, chapter.lang):
            return dict(_pictures(chapter, edition))

    def printed(chapter: Chapter) -> tuple[str, bytes]:
        with _told(progress, "PDF", chapter.stem, chapter.lang):
            return f"{chapter.lang}/{chapter.stem}.pdf", pdf.chapter(chapter, edition)

    def printed_whole(lang: Lang) -> tuple[str, bytes]:
        with _told(progress, "PDF", WHOLE.removesuffix(".pdf"), lang):
            return f"{lang}/{WHOLE}", pdf.whole(lang, edition)

    # The longest first: the last one alone keeps one worker waiting.
    wholes = workers.map(printed_whole, edition.languages)
    chapters = workers.map(printed, edition.chapters.values())
    for pictures in workers.map(drawn, edition.chapters.values()):
        everything |= pictures
    everything |= dict(chapters) | dict(wholes)
    if before:
        everything |= _changes(before, edition, everything)
    with step(progress, "pages"):
        everything |= _pages(edition, everything)
    return everything


@contextmanager
def _told(progress: Progress, what: What, name: str, lang: Lang) -> Iterator[None]:
    with step(progress, what, name, lang) as doing, cache.noticing() as noticed:
        yield
        doing.kept = not noticed.made


def _changes(before: Published, edition: Edition, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    found = changes.compare(before, Published(edition.name, edition.date, files))
    for lang in edition.languages:
        yield f"{lang}/{CHANGES}", changes.page(found, lang, "index.html").encode()


def _pages(edition: Edition, files: Mapping[str, bytes]) -> dict[str, bytes]:
    sized = replace(edition, downloads={path: len(content) for path, content in files.items()})
    written = {path: page.encode() for path, page in _written(sized)}
    everything = written | {machine.RECORD: machine.record(sized)}
    if edition.address:
        everything[machine.SITEMAP] = machine.sitemap(written, edition)
    return everything


def _pictures(chapter: Chapter, edition: Edition) -> Iterator[tuple[str, bytes]]:
    for chart in chapter.charts:
        place = chapter.picture(chart)
        yield f"{place}.svg", chart["picture"].encode()
        yield f"{place}.csv", pages.chart_csv(chart, edition)
        yield f"{place}.png", pdf.picture(chart["picture"], name=f"{place}.svg")


def _written(edition: Edition) -> Iterator[tuple[str, str]]:
    yield "index.html", pages.entry(edition)
    for lang in edition.languages:
        yield f"{lang}/index.html", pages.contents(lang, edition)
        yield f"{lang}/numbers.html", pages.numbers(lang, edition)
        yield f"{lang}/proofs.html", pages.proofs(lang, edition)
    for (stem, lang), chapter in edition.chapters.items():
        yield f"{lang}/{stem}.html", pages.chapter(chapter, edition)
        for path, page in pages.continuations(chapter, edition):
            yield f"{lang}/{path}", page
