"""A notebook as the rules read it: its cells, the calls in them, and the chapter that its outputs make."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat

from analysis import claims, notebooks, series
from analysis.errors import ExecutionError
from analysis.notebooks import Chapter
from analysis.quantities import Lang
from analysis.words import BLOCK_TYPE, LANGUAGES, Known

#: The functions that tell readers something, whose texts are written in both languages.
TELLING = ("tell", "present", "key_numbers", "tabled")


@dataclass(frozen=True)
class Call:
    """A call of one of our functions by its name, with the arguments that are written out."""

    name: str
    arguments: tuple[str, ...]
    keywords: Mapping[str, ast.expr]
    open: bool  # **more: which names are handed over is known only when it runs

    def text(self, keyword: str) -> str | None:
        """The text given for a keyword, if it is one."""
        match self.keywords.get(keyword):
            case ast.Constant(value=str(text)):
                return text
        return None


@dataclass(frozen=True)
class Cell:
    """One cell; ``number`` is its place in the notebook, from 1."""

    number: int
    kind: str
    id: str
    source: str
    tags: tuple[str, ...]
    count: int | None
    outputs: tuple[Mapping[str, Any], ...]

    @property
    def first_line(self) -> str:
        """What a person knows it by."""
        return next(iter(self.source.strip().splitlines()), "")

    @cached_property
    def tree(self) -> ast.Module:
        """Its code; empty where it is none, or where Python cannot read it."""
        try:
            return ast.parse(self.source if self.kind == "code" else "")
        except SyntaxError:
            return ast.parse("")

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """The texts in its code, those between the fields of an f-string too."""
        nodes = (node.value for node in ast.walk(self.tree) if isinstance(node, ast.Constant))
        return tuple(value for value in nodes if isinstance(value, str))

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The calls of functions, in the order in which they are written."""
        found = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return tuple(_call(node) for node in sorted(found, key=lambda node: (node.lineno, node.col_offset)))

    @property
    def blocks(self) -> Iterator[dict[str, Any]]:
        """What it shows for the edition."""
        yield from (output["data"][BLOCK_TYPE] for output in self.outputs if BLOCK_TYPE in output.get("data", {}))


def _call(node: ast.Call) -> Call:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            called = name
        case _:
            called = ""
    given = (argument.value for argument in node.args if isinstance(argument, ast.Constant))
    keywords = {each.arg: each.value for each in node.keywords if each.arg}
    open_ended = any(each.arg is None for each in node.keywords)
    return Call(called, tuple(value for value in given if isinstance(value, str)), keywords, open_ended)


@dataclass(frozen=True)
class Notebook:
    """A notebook's file, read as it stands; ``project`` holds the claims that it tells."""

    file: Path
    project: Path
    text: str
    cells: tuple[Cell, ...]

    @property
    def name(self) -> str:
        """How it is called where something is said of it: from the project's folder, if it is in there."""
        inside = self.file.is_relative_to(self.project)
        return self.file.relative_to(self.project).as_posix() if inside else str(self.file)

    @property
    def stem(self) -> str:
        """``adoption`` of ``02_adoption.ipynb``."""
        number, _, stem = self.file.stem.partition("_")
        return stem if number.isdecimal() else self.file.stem

    @property
    def codes(self) -> tuple[Cell, ...]:
        """The cells that are run."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    @property
    def in_order(self) -> bool:
        """Whether its outputs are those of one run, from top to bottom."""
        counts = [cell.count for cell in self.codes]
        return None not in counts and counts == sorted({count for count in counts if count is not None})

    @cached_property
    def chapter(self) -> Chapter | ExecutionError:
        """The chapter that it publishes, or why it publishes none."""
        made = nbformat.from_dict(json.loads(self.text))
        tree = self.parameters.tree if self.parameters else ast.Module([], [])
        given = (node.value for node in ast.walk(tree) if isinstance(node, ast.Assign))
        told = {node.value for node in given if isinstance(node, ast.Constant)}
        lang: Lang = next((lang for lang in LANGUAGES if lang in told), "fr")
        try:
            return notebooks.read(made, self.stem, 0, lang)
        except ExecutionError as error:
            return error

    @property
    def parameters(self) -> Cell | None:
        """The cell of its parameters; a notebook without one is no template that could be run with others."""
        return next((cell for cell in self.cells if "parameters" in cell.tags), None)

    @property
    def is_chapter(self) -> bool:
        """Whether it is to be published: it takes parameters, or it stands where the chapters do."""
        return self.parameters is not None or self.file.resolve().parent == (self.project / "notebooks").resolve()

    @cached_property
    def known(self) -> Mapping[str, Known]:
        """Every number that has an id: the claims and the observations."""
        ledger, catalogue = claims.loaded(self.project), series.loaded(self.project)
        return {**catalogue.observations, **ledger.claims}


def read(file: Path, project: Path) -> Notebook:
    """The notebook in a file. Raises ExecutionError where it is none."""
    notebooks.refuse_broken(file, parameters=False)
    text = file.read_bytes().decode()
    cells = (_cell(number, cell) for number, cell in enumerate(json.loads(text)["cells"], 1))
    return Notebook(file, project, text, tuple(cells))


def _cell(number: int, cell: Mapping[str, Any]) -> Cell:
    return Cell(
        number,
        cell["cell_type"],
        cell.get("id", ""),
        "".join(cell["source"]),
        tuple(cell["metadata"].get("tags", ())),
        cell.get("execution_count"),
        tuple(cell.get("outputs", ())),
    )
