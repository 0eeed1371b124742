"""Building an edition: notebooks run, pages and PDFs made, everything put in place at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import nbformat

from analysis import checks, documents, notebooks, package, pages, pdf, tables
from analysis.editions import cache
from analysis.editions.corrections import corrections
from analysis.editions.plan import Job, card, jobs
from analysis.editions.publish import publish, refuse_foreign
from analysis.editions.verify import anchors, unfinished, verdicts
from analysis.errors import Problems
from analysis.notebooks import Chapter
from analysis.pages import Edition
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
) -> int:
    """Builds the edition into ``out`` and returns the number of files published.

    The claims are first held against the documents at hand in ``folder``, the verdicts of the checks against those
    expected, and the committed tables against the claims; nothing is published if one does not hold, or if a draft is
    left.
    ``progress`` is told each step, by default in vain. Raises Problems, UsageError, ExecutionError or SetupError, the
    last edition untouched.
    """
    planned = jobs(project, languages, given)
    refuse_foreign(out)
    about = card(project)
    evidence = checks.load(project)
    ledger = evidence.ledger
    shelf = documents.shelf(documents.folder(project, folder), ledger.documents)
    processed = project / tables.FOLDER
    found = checks.findings(evidence)
    stale = package.stale(evidence, shelf.texts, processed)
    if problems := (*unfinished(ledger), *anchors(ledger, shelf), *verdicts(evidence, found), *stale):
        raise Problems(problems)
    census = package.counted(ledger, shelf.texts, processed)
    with ThreadPoolExecutor(WORKERS) as workers:
        executed = list(workers.map(lambda job: (job, _executed(job, project, progress)), planned))
        chapters = {(job.stem, job.lang): _chapter(job, notebook) for job, notebook in executed}
        edition = Edition(
            about.name,
            about.date,
            tuple(languages),
            chapters,
            ledger,
            downloads={},
            corrections=corrections(project, evidence),
            code=about.code,
            catalogue=evidence.catalogue,
            findings=found,
        )
        files = {f"data/{name}": content for name, content in package.files(evidence, census).items()}
        files |= {f"{job.lang}/{job.stem}.ipynb": notebooks.text(notebook).encode() for job, notebook in executed}
        files |= _made(edition, files, workers, progress)
    publish(files, out)
    return len(files)


def steps(project: Path, languages: Sequence[Lang], given: Mapping[str, str]) -> int:
    """How many steps ``build`` will tell."""
    return 2 * len(jobs(project, languages, given)) + 1


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
    made = dict(files)
    for chapter in edition.chapters.values():
        made |= _pictures(chapter)

    def printed(chapter: Chapter) -> tuple[str, bytes]:
        content = pdf.chapter(chapter, edition)
        progress(f"{chapter.stem} ({chapter.lang}): PDF")
        return f"{chapter.lang}/{chapter.stem}.pdf", content

    made |= workers.map(printed, edition.chapters.values())
    sized = replace(edition, downloads={path: len(content) for path, content in made.items()})
    made |= {path: page.encode() for path, page in _pages(sized)}
    progress("pages")
    return made


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
        yield f"{lang}/proofs.html", pages.proofs(lang, edition)
    for (stem, lang), chapter in edition.chapters.items():
        yield f"{lang}/{stem}.html", pages.chapter(chapter, edition)
