"""Runs of notebooks: each done once, and again only when something that it has read is no longer the same."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import nbformat

from analysis import cache, notebooks
from analysis.editions.dependencies import Present, Read
from analysis.editions.plan import Job

#: How many ways of reading are remembered of one notebook with the same parameters: a run may read less when a number
#: takes it down another branch.
_WAYS = 8


class Runs:
    """The runs of one build; those that nothing has changed for are taken from the ones kept."""

    def __init__(self, project: Path, present: Present, engine: notebooks.Engine) -> None:
        self._project, self._present, self._engine = project, present, engine
        self._store = cache.folder(project) / "runs"

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
        ways = self._ways(base)
        for reads in ways:
            kept = cache.read(self._store, self._name(base, reads))
            if kept is not None:
                return nbformat.reads(kept.decode(), as_version=4), False
        notebook, reads = self._run(job)
        cache.write(self._store, self._name(base, reads), notebooks.text(notebook).encode())
        latest = [reads, *(way for way in ways if way != reads)][:_WAYS]
        cache.write(self._store, base, json.dumps(latest).encode())
        return notebook, True

    def _run(self, job: Job) -> tuple[nbformat.NotebookNode, list[Read]]:
        with tempfile.TemporaryDirectory(prefix="nuage-") as home:
            notes = Path(home) / "reads"
            notes.touch()
            notebook = self._engine(job.notebook, job.given, notes)
            lines = notes.read_text(encoding="utf-8").splitlines()
        return notebook, sorted((kind, name) for kind, name in map(json.loads, lines))

    def _name(self, base: str, reads: list[Read]) -> str:
        return cache.key(base, self._present.fingerprint(reads))

    def _ways(self, base: str) -> list[list[Read]]:
        kept = cache.read(self._store, base)
        return [[(kind, name) for kind, name in way] for way in json.loads(kept)] if kept else []


def _source(notebook: str) -> str:
    """The code of a notebook, cell after cell."""
    return "\n".join("".join(cell["source"]) for cell in json.loads(notebook)["cells"])
