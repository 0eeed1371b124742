"""A house rule, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from analysis.errors import InputError
from analysis.house.reading import Cell, Notebook

#: Where a rule is broken (None: the whole notebook), what shows it, and a way out if that of the rule is too wide.
Hit = tuple[Cell | None, str] | tuple[Cell | None, str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a notebook breaks a rule; ``cell`` is its place from 1, or None for the whole notebook."""

    notebook: str
    cell: int | None
    first_line: str
    code: str
    what: str
    evidence: str
    way_out: str

    def __str__(self) -> str:
        place = f"cell [{self.cell}] {self.first_line} · " if self.cell else ""
        what = f"{self.what} ({self.code})"
        error = InputError(what, file=self.notebook, entry=place.removesuffix(" · ") or None)
        error.evidence, error.way_out = self.evidence, self.way_out
        return str(error)

    def item(self) -> dict[str, str | int | None]:
        """Its JSON object."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the ``code`` it is known by, what is wrong where it is broken, the way out, and what finds that.

    ``run`` tells that it reads outputs, which must be those of a run from top to bottom; ``chapter`` that it holds for
    what is published, and not for every notebook.
    """

    code: str
    what: str
    way_out: str
    find: Callable[[Notebook], Iterable[Hit]]
    run: bool = False
    chapter: bool = False

    def faults(self, notebook: Notebook) -> Iterable[Fault]:
        """Where the notebook breaks it."""
        for cell, evidence, *own in self.find(notebook):
            number, first = (cell.number, cell.first_line) if cell else (None, "")
            yield Fault(notebook.name, number, first, self.code, self.what, evidence, *(own or [self.way_out]))
