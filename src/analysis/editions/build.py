"""Building an edition: notebooks run, pages and PDFs made, everything put in place at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import nbformat

from analysis import checks, claims, documents, notebooks, package, pages, pdf, tables
from analysis.checks import Evidence, Finding
from analysis.claims import Ledger
from analysis.editions import cache
from analysis.editions.corrections import corrections
from analysis.editions.plan import Job, card, jobs
from analysis.editions.publish import publish, refuse
from analysis.editions.verify import anchors, unfinished, verdicts
from analysis.errors import Problems, SetupError
from analysis.notebooks import Chapter
from analysis.pages import WHOLE, Edition, machine
from analysis.pages.passages import Passage
from analysis.quantities import Lang

#: Two runs at once: more do not help on the machines this is meant for.
WORKERS = 2
Progress = Callable[[str], object]


def build(
    project: Path,
    out: Path,
    languages: Sequence[Lang],
    given: Mapping[str, str],
    folder: Path | None = None,
    progress: Progress = str,
    *,
    quoting: bool = False,
) -> int:
    """Builds the edition into ``out`` and returns the number of files published.

    The claims are first held against the documents at hand in ``folder``, the verdicts of the checks against those
    expected, and the committed tables against the claims; nothing is published if one does not hold, or if a draft is
    left. ``quoting`` makes an edition for the newsroom itself, whose proofs hold the passages.
    ``progress`` is told each step, by default in vain. Raises Problems, UsageError, ExecutionError or SetupError, the
    last edition untouched.
    """
    planned = jobs(project, languages, given)
    refuse(project, out, quoting=quoting)
    about = card(project)
    evidence, texts, found = _checked(project, folder)
    census = package.counted(evidence.ledger, texts, project / tables.FOLDER)
    with ThreadPoolExecutor(WORKERS) as workers:
        executed = list(workers.map(lambda job: (job, _executed(job, project, progress)), planned))
        edition = Edition(
            about.name,
            about.date,
            tuple(languages),
            {(job.stem, job.lang): _chapter(job, notebook) for job, notebook in executed},
            evidence.ledger,
            downloads={},
            corrections=corrections(project, evidence),
            code=about.code,
            address="" if quoting else about.address,
            catalogue=evidence.catalogue,
            findings=found,
            sign_offs=claims.sign_offs(project),
            previous=about.previous,
            passages=_passages(evidence.ledger, texts) if quoting else {},
        )
        files = dict(_data(package.files(evidence, census), edition.address))
        files |= (_notebook(job, notebook) for job, notebook in executed)
        files |= _made(edition, files, workers, progress)
    publish(files, out)
    return len(files)


def _checked(project: Path, folder: Path | None) -> tuple[Evidence, Mapping[str, str], tuple[Finding, ...]]:
    """What the edition is made from, the texts at hand, what came out of the checks; Problems where one fails."""
    evidence = checks.load(project)
    shelf = documents.shelf(documents.folder(project, folder), evidence.ledger.documents)
    found = checks.findings(evidence)
    problems = (
        *unfinished(evidence.ledger),
        *anchors(evidence.ledger, shelf),
        *verdicts(evidence, found),
        *package.stale(evidence, shelf.texts, project / tables.FOLDER),
    )
    if problems:
        raise Problems(problems)
    return evidence, shelf.texts, found


def steps(project: Path, languages: Sequence[Lang], given: Mapping[str, str]) -> int:
    """How many steps ``build`` will tell."""
    return 2 * len(jobs(project, languages, given)) + len(languages) + 1


def _passages(ledger: Ledger, texts: Mapping[str, str]) -> dict[str, Passage]:
    """The passages of the claims. Raises SetupError where no document is at hand."""
    found = pages.passages(ledger.claims, texts)
    if not found:
        way_out = "nuage documents add PATH…, or --documents DIR"
        raise SetupError("no document is at hand, so no passage can be shown", way_out=way_out)
    return found


def _executed(job: Job, project: Path, progress: Progress) -> nbformat.NotebookNode:
    store = cache.folder(project)
    key = cache.key(job.notebook, job.given, project)
    kept = cache.read(store, key)
    notebook = (
        nbformat.reads(kept, as_version=4) if kept is not None else notebooks.run(job.notebook, job.given, project)
    )
    if kept is None:
        cache.write(store, key, notebooks.text(notebook))
    progress(f"{job.stem} ({job.lang}): {'run' if kept is None else 'unchanged'}")
    return notebook


def _made(
    edition: Edition, files: Mapping[str, bytes], workers: ThreadPoolExecutor, progress: Progress
) -> dict[str, bytes]:
    """Pictures, PDFs and pages of an edition: what pages link to is made before them, for them to tell its size."""
    made = {**files, **{f"{lang}/{machine.FEED}": machine.feed(lang, edition) for lang in edition.languages}}
    for chapter in edition.chapters.values():
        made |= _pictures(chapter)

    def printed(chapter: Chapter) -> tuple[str, bytes]:
        content = pdf.chapter(chapter, edition)
        progress(f"{chapter.stem} ({chapter.lang}): PDF")
        return f"{chapter.lang}/{chapter.stem}.pdf", content

    def printed_whole(lang: Lang) -> tuple[str, bytes]:
        content = pdf.whole(lang, edition)
        progress(f"{WHOLE} ({lang})")
        return f"{lang}/{WHOLE}", content

    made |= workers.map(printed, edition.chapters.values())
    made |= workers.map(printed_whole, edition.languages)
    sized = replace(edition, downloads={path: len(content) for path, content in made.items()})
    written = {path: page.encode() for path, page in _pages(sized)}
    made |= written | {machine.RECORD: machine.record(sized)}
    if edition.address:
        made[machine.SITEMAP] = machine.sitemap(written, edition)
    progress("pages")
    return made


def _data(files: Mapping[str, bytes], address: str) -> Iterator[tuple[str, bytes]]:
    """The data package, the same as one database, and what Datasette is told of it."""
    for name, content in files.items():
        yield f"data/{name}", content
    yield f"data/{package.DATABASE}", package.database(files)
    yield f"data/{package.METADATA}", package.metadata(files, address)


def _notebook(job: Job, notebook: nbformat.NotebookNode) -> tuple[str, bytes]:
    return f"{job.lang}/{job.stem}.ipynb", notebooks.text(notebooks.for_readers(notebook)).encode()


def _chapter(job: Job, notebook: nbformat.NotebookNode) -> Chapter:
    return notebooks.read(notebook, job.stem, job.number, job.lang)


def _pictures(chapter: Chapter) -> Iterator[tuple[str, bytes]]:
    for chart in chapter.charts:
        place = f"{chapter.lang}/charts/{chart['name']}"
        yield f"{place}.svg", chart["picture"].encode()
        yield f"{place}.png", pdf.picture(chart["picture"], name=f"{place}.svg")


def _pages(edition: Edition) -> Iterator[tuple[str, str]]:
    yield "index.html", pages.entry(edition)
    for lang in edition.languages:
        yield f"{lang}/index.html", pages.contents(lang, edition)
        yield f"{lang}/numbers.html", pages.numbers(lang, edition)
        yield f"{lang}/proofs.html", pages.proofs(lang, edition)
    for (stem, lang), chapter in edition.chapters.items():
        yield f"{lang}/{stem}.html", pages.chapter(chapter, edition)
        if more := pages.continued(chapter, edition):
            yield f"{lang}/{more[0]}", more[1]
