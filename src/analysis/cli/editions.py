"""The commands that run notebooks: build, execute, parameters."""

from __future__ import annotations

import argparse
import json
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import cache, documents, parameters, paths
from analysis.cli.progress import Log, Progress
from analysis.errors import SetupError, UsageError, lacks_told
from analysis.quantities import Lang

if TYPE_CHECKING:
    from analysis.editions import Built, Step

#: Bytes that a build must be able to address: what it loads, and its threads, take that many, if not of memory.
_LEAST_MEMORY = 2 << 30


def build(options: argparse.Namespace) -> int:
    """Builds the edition; says so at once where it stands already, made from the very same."""
    with Log(options.log_json) as log, lacks_told():
        project = paths.project(options.project)
        if options.matrix and not options.out:
            way_out = "name a folder with --out DIR: the runs of a matrix are not the whole edition"
            raise UsageError("a matrix is not published in the place of the edition", entry="--matrix", way_out=way_out)
        out = options.out or project / "reports"
        told = [*_languages(options), *options.param, _content(options.matrix), str(options.passages)]
        key = _inputs(project, options.documents, told)
        if not options.anew and cache.stands(project, key, out):
            log.end("unchanged")
            print(f"unchanged: {out / 'index.html'}")
            return 0
        built = _built(options, project, out, log)
        # What was edited in the meantime may be in it or not.
        if key == _inputs(project, options.documents, told):
            cache.remember(project, key, out)
        log.end("published", files=built.files, remarks=list(built.remarks))
    for remark in built.remarks:
        print(remark, file=sys.stderr)
    print(f"{built.files} files in {out}; open {out / 'index.html'}")
    return 0


def _built(options: argparse.Namespace, project: Path, out: Path, log: Log) -> Built:
    _refuse_too_little_memory()
    with _uninterrupted():
        from analysis import editions
        from analysis.editions.matrix import matrix

    given = dict(_assignment(text) for text in options.param)
    if options.matrix and given:
        raise UsageError("the matrix names the parameters", entry="--param", way_out="name them in the file")
    languages = _languages(options)
    planned = matrix(project, options.matrix, languages) if options.matrix else editions.jobs(project, languages, given)
    shown = Progress(editions.steps(planned))

    def progress(step: Step) -> None:
        shown(step)
        log.step(step)

    built = editions.build(
        project,
        out.absolute(),
        planned,
        options.documents,
        progress,
        quoting=options.passages,
        workers=options.workers,
        cluster=options.cluster,
        store=options.store,
    )
    shown.close()
    return built


def _refuse_too_little_memory() -> None:
    """Raises SetupError before anything large is loaded: with less, libraries end the process as they like."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY and allowed < _LEAST_MEMORY:
        told = f"{allowed >> 20} MB may be addressed, {_LEAST_MEMORY >> 20} MB are needed"
        raise SetupError("the machine has too little memory", evidence=told, way_out="raise the limit (ulimit -v)")


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Signals wait while this lasts: a library in C++ that is interrupted while it is loaded aborts the process."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _languages(options: argparse.Namespace) -> tuple[Lang, ...]:
    return tuple(dict.fromkeys(options.lang or ("fr", "en")))


def _content(matrix: Path | None) -> bytes:
    """What a matrix holds, for the edition to be made again when that changes."""
    return matrix.read_bytes() if matrix and matrix.is_file() else b""


def _inputs(project: Path, folder: Path | None, options: Sequence[str | bytes]) -> str:
    """The fingerprint of all that an edition is made from."""
    trees = (project / "notebooks", project / "data", documents.folder(project, folder))
    return cache.key(cache.code(), cache.installed(project), *map(cache.tree, trees), *options)


def _assignment(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f'not NAME=VALUE: "{text}"', entry="--param", way_out="--param countries=DE,FI")
    return name, value


def execute(options: argparse.Namespace) -> int:
    """Runs notebooks in place."""
    from analysis import editions, notebooks
    from analysis.errors import nearest

    project = paths.project(options.project)
    found = {stem: file for _, stem, file in editions.notebooks(project)}
    with notebooks.engine(project) as run:
        for stem in options.stems or found:
            file = found.get(stem, Path(stem))
            if stem not in found and not (file.suffix == ".ipynb" and file.is_file()):
                raise UsageError(f'no notebook "{stem}"', way_out=nearest(stem, found))
            if stem in found:
                notebooks.refuse_broken(file)
            file.write_text(notebooks.text(run(file, {})), encoding="utf-8")
            print(f"run: {file.relative_to(project) if stem in found else file}")
    return 0


def list_parameters(options: argparse.Namespace) -> int:
    """Prints the parameters of notebooks."""
    project = paths.project(options.project)
    stems = options.stems or parameters.stems(project)
    if options.schema or options.json:
        of = parameters.schema if options.schema else parameters.recorded
        print(json.dumps({stem: of(stem, project) for stem in stems}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(parameters.listed(stems, project)))
    return 0
