"""The files of an edition, once its notebooks have been run: data, notebooks, pictures, PDFs, pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future
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

#: So many chapters of a language still make one PDF: nobody would read more, and each takes some 35 MB while it is set.
MOST_IN_A_PDF = 40


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
    """``files``, with all that is made of an edition; pages are written while what they link to is still being made.

    ``before`` is the edition that readers are told the changes from.
    """
    known = {**files, **{f"{lang}/{machine.FEED}": machine.feed(lang, edition) for lang in edition.languages}}
    awaited: dict[str, Future[dict[str, bytes]]] = {}

    def drawn(chapter: Chapter) -> dict[str, bytes]:
        with _told(progress, "pictures", chapter.stem, chapter.lang):
            return dict(_pictures(chapter, edition))

    def printed(chapter: Chapter) -> dict[str, bytes]:
        with _told(progress, "PDF", chapter.stem, chapter.lang):
            return {_paper(chapter): pdf.chapter(chapter, edition)}

    def printed_whole(lang: Lang) -> dict[str, bytes]:
        with _told(progress, "PDF", WHOLE.removesuffix(".pdf"), lang):
            return {f"{lang}/{WHOLE}": pdf.whole(lang, edition)}

    def changed(before: Published) -> dict[str, bytes]:
        # It is the last to be begun: what it waits for is done, or being done by others.
        return dict(_changes(before, edition, {**known, **_all(awaited)}))

    # The longest first: the last one alone keeps one worker waiting.
    for lang in edition.languages:
        if len(edition.reading_order(lang)) <= MOST_IN_A_PDF:
            awaited[f"{lang}/{WHOLE}"] = workers.submit(printed_whole, lang)
    for chapter in edition.chapters.values():
        awaited[_paper(chapter)] = workers.submit(printed, chapter)
        awaited |= dict.fromkeys(_pictured(chapter), workers.submit(drawn, chapter))
    pages_of_changes = [f"{lang}/{CHANGES}" for lang in edition.languages]
    later = dict.fromkeys(pages_of_changes, workers.submit(changed, before)) if before else {}
    with step(progress, "pages"):
        written = _pages(replace(edition, downloads=_Sizes(known, {**awaited, **later})))
    return {**known, **_all(awaited), **_all(later), **written}


class _Sizes(Mapping[str, int]):
    """The size of each file that is there, or that is being made: it is waited for when it is asked for."""

    def __init__(self, known: Mapping[str, bytes], awaited: Mapping[str, Future[dict[str, bytes]]]) -> None:
        self._known, self._awaited = known, awaited

    def __getitem__(self, path: str) -> int:
        return len(self._known[path] if path in self._known else self._awaited[path].result()[path])

    def __contains__(self, path: object) -> bool:
        return path in self._known or path in self._awaited

    def __iter__(self) -> Iterator[str]:
        return iter((*self._known, *self._awaited))

    def __len__(self) -> int:
        return len(self._known) + len(self._awaited)


def _all(awaited: Mapping[str, Future[dict[str, bytes]]]) -> dict[str, bytes]:
    return {path: future.result()[path] for path, future in awaited.items()}


@contextmanager
def _told(progress: Progress, what: What, name: str, lang: Lang) -> Iterator[None]:
    with step(progress, what, name, lang) as doing, cache.noticing() as noticed:
        yield
        doing.kept = not noticed.made


def _changes(before: Published, edition: Edition, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    found = changes.compare(before, Published(edition.name, edition.date, files))
    for lang in edition.languages:
        yield f"{lang}/{CHANGES}", changes.page(found, lang, "index.html").encode()


def _pages(edition: Edition) -> dict[str, bytes]:
    written = {path: page.encode() for path, page in _written(edition)}
    everything = written | {machine.RECORD: machine.record(edition)}
    if edition.address:
        everything[machine.SITEMAP] = machine.sitemap(written, edition)
    return everything


def _paper(chapter: Chapter) -> str:
    return f"{chapter.lang}/{chapter.stem}.pdf"


def _pictured(chapter: Chapter) -> Iterator[str]:
    for chart in chapter.charts:
        yield from (f"{chapter.picture(chart)}.{ending}" for ending in ("svg", "csv", "png"))


def _pictures(chapter: Chapter, edition: Edition) -> Iterator[tuple[str, bytes]]:
    for chart in chapter.charts:
        place = chapter.picture(chart)
        yield f"{place}.svg", chart["picture"].encode()
        yield f"{place}.csv", pages.chart_csv(chart, edition)
        yield f"{place}.png", pdf.picture(chart["picture"], name=f"{place}.svg")


def _written(edition: Edition) -> Iterator[tuple[str, str]]:
    """The pages; those that tell the size of the most files come last."""
    for (stem, lang), chapter in edition.chapters.items():
        yield f"{lang}/{stem}.html", pages.chapter(chapter, edition)
        for path, page in pages.continuations(chapter, edition):
            yield f"{lang}/{path}", page
    for lang in edition.languages:
        yield f"{lang}/numbers.html", pages.numbers(lang, edition)
        yield f"{lang}/proofs.html", pages.proofs(lang, edition)
        yield f"{lang}/index.html", pages.contents(lang, edition)
    yield "index.html", pages.entry(edition)
