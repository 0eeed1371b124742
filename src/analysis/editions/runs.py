"""Runs of notebooks: each done once, and again only when something that it has read is no longer the same."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import nbformat

from analysis import cache, notebooks
from analysis.editions.dependencies import Present, Read
from analysis.editions.plan import Job
from analysis.editions.stores import Own, Store

#: What runs a notebook with parameters, and has the run note in a file what it reads.
Engine: TypeAlias = Callable[[Path, Mapping[str, str], Path | None], nbformat.NotebookNode]

#: How many ways of reading are remembered of one notebook with the same parameters: a run may read less when a number
#: takes it down another branch.
_WAYS = 8


class Runs:
    """The runs of one build; those that nothing has changed for are taken from the ones kept."""

    def __init__(self, project: Path, present: Present, engine: Engine, shared: Sequence[Store] = ()) -> None:
        """``shared`` are further places where runs are kept, asked in turn where this machine's cache has none."""
        self._project, self._present, self._engine = project, present, engine
        self._stores: Sequence[Store] = (Own(cache.folder(project) / "runs"), *shared)

    def of(self, job: Job) -> tuple[nbformat.NotebookNode, bool]:
        """The executed notebook of a job, and whether it had to be run."""
        text = job.notebook.read_text(encoding="utf-8")
        base = cache.key(
            job.notebook.name,
            text,
            json.dumps(sorted(job.given.items())),
            cache.code("notebooks", *cache.used(_source(text))),
            cache.installed(self._project),
        )
        for number, store in enumerate(self._stores):
            for reads in _ways(store, base):
                kept = store.read(self._name(base, reads))
                if kept is not None:
                    self._keep(base, reads, kept, self._stores[:number])
                    return nbformat.reads(kept.decode(), as_version=4), False
        notebook, reads = self._run(job)
        self._keep(base, reads, notebooks.text(notebook).encode(), self._stores)
        return notebook, True

    def _keep(self, base: str, reads: list[Read], content: bytes, stores: Sequence[Store]) -> None:
        for store in stores:
            store.write(self._name(base, reads), content)
            latest = [reads, *(way for way in _ways(store, base) if way != reads)][:_WAYS]
            store.write(base, json.dumps(latest).encode())

    def _run(self, job: Job) -> tuple[nbformat.NotebookNode, list[Read]]:
        with tempfile.TemporaryDirectory(prefix="nuage-") as home:
            notes = Path(home) / "reads"
            notes.touch()
            notebook = self._engine(job.notebook, job.given, notes)
            lines = notes.read_text(encoding="utf-8").splitlines()
        return notebook, sorted((kind, name) for kind, name in map(json.loads, lines))

    def _name(self, base: str, reads: list[Read]) -> str:
        return cache.key(base, self._present.fingerprint(reads))


def _ways(store: Store, base: str) -> list[list[Read]]:
    kept = store.read(base)
    return [[(kind, name) for kind, name in way] for way in json.loads(kept)] if kept else []


def _source(notebook: str) -> str:
    """The code of a notebook, cell after cell."""
    return "\n".join("".join(cell["source"]) for cell in json.loads(notebook)["cells"])
