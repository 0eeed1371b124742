"""Building an edition: notebooks run, everything made of them, the whole put in place at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from analysis import cache, checks, claims, documents, notebooks, package, pages, parameters, tables, words
from analysis.checks import Evidence, Finding
from analysis.claims import Ledger
from analysis.editions import changes, equipment, leaks, making
from analysis.editions.cluster import Cluster
from analysis.editions.corrections import corrections
from analysis.editions.dependencies import Present
from analysis.editions.plan import Card, Job, card
from analysis.editions.publish import mend, publish, refuse
from analysis.editions.runs import Engine, Runs
from analysis.editions.steps import Progress, step, untold
from analysis.editions.stores import Shared
from analysis.editions.verify import anchors, unfinished, verdicts
from analysis.errors import Problems, SetupError, lacks_told
from analysis.notebooks import Chapter
from analysis.pages import Edition
from analysis.pages.passages import Passage

#: Two runs at once: more do not help on the machines this is meant for.
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build: how many files were published, and what a person should read about it."""

    files: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What an edition is made from, held against the documents: numbers, texts at hand, findings, tables."""

    evidence: Evidence
    texts: Mapping[str, str]
    found: tuple[Finding, ...]
    data: Mapping[str, bytes]


@lacks_told()
def build(
    project: Path,
    out: Path,
    planned: Sequence[Job],
    folder: Path | None = None,
    progress: Progress = untold,
    *,
    quoting: bool = False,
    workers: int = WORKERS,
    cluster: str | None = None,
    store: str | None = None,
) -> Built:
    """Builds the edition that these runs make, into ``out``.

    The claims are first held against the documents at hand in ``folder``, the verdicts of the checks against those
    expected, and the committed tables against the claims; nothing is published if one does not hold, if a draft is
    left, or if a number that was public moves unexplained. ``quoting`` makes an edition for the newsroom itself, whose
    proofs hold the passages. ``workers`` is how many runs and PDFs are made at once; ``cluster`` the address of a
    scheduler whose workers do the runs, ``store`` that of a place where runs are kept for other machines too.
    ``progress`` is told each step, by default in vain. Raises Problems, UsageError, ExecutionError or SetupError, the
    last edition untouched.
    """
    mend(out)
    refuse(project, out, quoting=quoting)
    about = card(project)
    for file in dict.fromkeys(job.notebook for job in planned):
        notebooks.refuse_broken(file)
    with ExitStack() as ends:
        ends.enter_context(cache.remembering(project))
        pool = ends.enter_context(_pool(workers))
        shared = [Shared(store)] if store else []
        engine, runners = _engine(project, cluster, pool, ends)
        # First of all when a step has failed: what has not begun must not ask an engine that has ended.
        ends.callback(runners.shutdown, wait=False, cancel_futures=True)
        with step(progress, "checks"):
            read = _read(project, folder)
            data = {f"data/{name}": content for name, content in read.data.items()}
            moved = () if quoting else changes.refuse_moves(out, data, project)
            before = None if quoting else changes.former(out, about.name, about.date)
        runs = Runs(project, Present(project, read.evidence, read.found, read.data), engine, shared)
        executed = list(runners.map(lambda job: (job, _executed(job, runs, progress)), planned))
        edition = _edition(project, about, read, executed, quoting=quoting)
        files = dict(making.data(read.data, edition.address)) | dict(making.notebook(*each) for each in executed)
        files = making.made(edition, files, pool, progress, before)
    with step(progress, "publishing"):
        leaks.refuse(files, project)
        remarks = publish(files, out, "" if quoting else about.name)
    return Built(len(files), (*map(str, moved), *remarks))


def _engine(
    project: Path, cluster: str | None, pool: ThreadPoolExecutor, ends: ExitStack
) -> tuple[Engine, ThreadPoolExecutor]:
    """What runs the notebooks, here or on a cluster, and the threads that wait for it.

    It ends before they do: whatever still runs when a step has failed is ended with it.
    """
    if cluster:
        remote = Cluster(project, cluster)
        runners = ends.enter_context(_pool(remote.at_once))
        return ends.enter_context(closing(remote)), runners
    local = ends.enter_context(notebooks.engine(project, equipment.memory()))
    local.start()
    return local, pool


@contextmanager
def _pool(workers: int) -> Iterator[ThreadPoolExecutor]:
    """Workers that leave what they have not begun, when a step has failed."""
    pool = ThreadPoolExecutor(workers)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _read(project: Path, folder: Path | None) -> _Read:
    """What the edition is made from. Raises Problems with everything that does not hold."""
    equipment.refuse_damaged_fonts()
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
    return _Read(evidence, shelf.texts, found, package.standing(project / tables.FOLDER))


def _edition(
    project: Path, about: Card, read: _Read, executed: Iterable[tuple[Job, nbformat.NotebookNode]], *, quoting: bool
) -> Edition:
    chapters = {(job.name, job.lang): _chapter(job, run) for job, run in executed}
    return Edition(
        about.name,
        about.date,
        tuple(lang for lang in words.LANGUAGES if any(lang == spoken for _, spoken in chapters)),
        chapters,
        read.evidence.ledger,
        downloads={},
        corrections=corrections(project, read.evidence),
        code=about.code,
        address="" if quoting else about.address,
        catalogue=read.evidence.catalogue,
        findings=read.found,
        sign_offs=claims.sign_offs(project),
        previous=about.previous,
        passages=_passages(read.evidence.ledger, read.texts) if quoting else {},
    )


def _chapter(job: Job, run: nbformat.NotebookNode) -> Chapter:
    prefix = "" if job.name == job.stem else f"{job.name}-"
    made_with = tuple(parameters.told(job.stem, job.given, job.lang))
    read = notebooks.read(run, job.name, job.number, job.lang)
    return replace(read, notebook=job.stem, prefix=prefix, made_with=made_with)


def steps(planned: Sequence[Job]) -> int:
    """How many steps ``build`` will tell: three for each run, one for each language, three for the whole."""
    return 3 * len(planned) + len({job.lang for job in planned}) + 3


def _passages(ledger: Ledger, texts: Mapping[str, str]) -> dict[str, Passage]:
    """The passages of the claims. Raises SetupError where no document is at hand."""
    found = pages.passages(ledger.claims, texts)
    if not found:
        way_out = "nuage documents add PATH…, or --documents DIR"
        raise SetupError("no document is at hand, so no passage can be shown", way_out=way_out)
    return found


def _executed(job: Job, runs: Runs, progress: Progress) -> nbformat.NotebookNode:
    with step(progress, "run", job.name, job.lang) as doing:
        notebook, anew = runs.of(job)
        doing.kept = not anew
    return notebook
