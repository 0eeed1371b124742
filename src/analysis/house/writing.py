"""The rules of a notebook's code: it argues, the package computes; it runs anywhere, from top to bottom, the same."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from analysis import charts, parameters, tables
from analysis.claims import loaded
from analysis.errors import UsageError, nearest
from analysis.house.reading import Cell, Notebook
from analysis.house.rule import Hit, Rule

MOST_LINES = 8
_IMPORTED = ("analysis", "pandas")
_DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_PATH = re.compile(r"^[\w.~-]*/[\w./-]+$|\.(?:csv|toml|txt|json|svg|png|ipynb|html)$")
_READING = re.compile(r"read_\w+|open|Path")
#: What answers otherwise at another time, or at each call.
_CHANCE = frozenset({"now", "today", "utcnow", "time", "random", "sample", "shuffle", "default_rng"})


def _unreadable(notebook: Notebook) -> Iterator[Hit]:
    for cell in notebook.codes:
        try:
            ast.parse(cell.source)
        except SyntaxError as error:
            yield cell, f"line {error.lineno}: {error.msg}"


def _long(notebook: Notebook) -> Iterator[Hit]:
    for cell in notebook.codes:
        if (lines := len(cell.source.split("\n"))) > MOST_LINES:
            yield cell, f"{lines} lines, {MOST_LINES} at most"


def _definitions(notebook: Notebook) -> Iterator[Hit]:
    for cell, node in _nodes(notebook):
        if isinstance(node, _DEFINING):
            yield cell, ast.unparse(node).splitlines()[0]


def _imports(notebook: Notebook) -> Iterator[Hit]:
    for cell, node in _nodes(notebook):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module=module, names=names):
                modules = [module or "."]
                if any(alias.name == "*" for alias in names):
                    yield cell, ast.unparse(node), "name what is imported"
            case _:
                continue
        yield from ((cell, f"import {module}") for module in modules if module.partition(".")[0] not in _IMPORTED)


def _paths(notebook: Notebook) -> Iterator[Hit]:
    for cell in notebook.codes:
        yield from ((cell, f'"{text}"') for text in cell.strings if _PATH.search(text.strip()))


def _readers(notebook: Notebook) -> Iterator[Hit]:
    for cell in notebook.codes:
        yield from ((cell, f"{call.name}(…)") for call in cell.calls if _READING.fullmatch(call.name))


def _chance(notebook: Notebook) -> Iterator[Hit]:
    for cell in notebook.codes:
        yield from ((cell, f"{call.name}(…)") for call in cell.calls if call.name in _CHANCE)


def _hidden(notebook: Notebook) -> Iterator[Hit]:
    """Names that no cell above has given: the kernel may still know them from an earlier run."""
    given = {*dir(builtins), "display"}
    for cell in notebook.codes:
        names = [node for node in ast.walk(cell.tree) if isinstance(node, ast.Name)]
        given |= {node.id for node in names if not isinstance(node.ctx, ast.Load)} | {*_bound(cell)}
        for name in sorted({node.id for node in names} - given):
            yield cell, f'"{name}" is given by no cell above'
            given.add(name)  # told once


def _bound(cell: Cell) -> Iterator[str]:
    for node in ast.walk(cell.tree):
        match node:
            case ast.alias(name=name, asname=asname):
                yield asname or name.partition(".")[0]
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name):
                yield name


def _contract(notebook: Notebook) -> Iterator[Hit]:
    try:
        defaults = parameters.literals(parameters.check(notebook.stem, {}, notebook.project))
    except UsageError:  # a notebook that is not among the project's takes what any would
        defaults = {parameters.LANGUAGE.name: parameters.LANGUAGE.default}
    cell = notebook.parameters
    if cell is None:
        yield None, "no cell has the tag “parameters”", 'give it to the cell that holds language = "fr"'
        return
    for other in notebook.cells[cell.number :]:
        if "parameters" in other.tags:
            yield other, f"cell {cell.number} has the tag “parameters” too", "take it from one of them"
    wanted = "\n".join(f"{name} = {ast.unparse(ast.Constant(value))}" for name, value in defaults.items())
    if ast.unparse(cell.tree) != ast.unparse(ast.parse(wanted)):
        yield cell, f"it holds {ast.unparse(cell.tree) or 'nothing'}", f"let it hold {wanted}"
    handed = [call for each in notebook.codes[:2] for call in each.calls if call.name == "begin"]
    if not any(call.arguments == (notebook.stem,) and call.keywords.keys() == defaults.keys() for call in handed):
        names = ", ".join(f"{name}={name}" for name in defaults)
        yield cell, "they are not handed over in the next cell", f'parameters.begin("{notebook.stem}", {names})'


def _unknown(notebook: Notebook) -> Iterator[Hit]:
    known = {"table": {*tables.names(loaded(notebook.project)), tables.NUMBERS, tables.SERIES}, "chart": charts.CHARTS}
    for cell in notebook.codes:
        for call in cell.calls:
            for name in call.arguments[:1] if call.name in known else ():
                if name not in known[call.name]:
                    yield cell, f'no {call.name} "{name}"', nearest(name, known[call.name])


def _nodes(notebook: Notebook) -> Iterator[tuple[Cell, ast.AST]]:
    yield from ((cell, node) for cell in notebook.codes for node in ast.walk(cell.tree))


RULES = (
    Rule("no-python", "the code cannot be read", "write plain Python, without % and !", _unreadable),
    Rule("long-cell", "the cell is not read at a glance", "part it, or let the package compute it", _long),
    Rule("definition", "a notebook defines nothing", "put it into the package, with a test", _definitions),
    Rule(
        "import",
        "a notebook imports our package and pandas only: no clock, no chance, no network, no files",
        "let the package do it",
        _imports,
        chapter=True,
    ),
    Rule(
        "path",
        "a file is named, and a notebook runs from any folder",
        "take a table by its name: tables.table(NAME)",
        _paths,
        chapter=True,
    ),
    Rule(
        "reads-file",
        "a file is read",
        "take tables from analysis.tables, documents from the ledger",
        _readers,
        chapter=True,
    ),
    Rule("clock-or-chance", "it says something else at each run", "take the date from a claim", _chance),
    Rule("hidden-state", "the cell leans on what no cell above it gives", "move what it needs above it", _hidden),
    Rule(
        "parameters",
        "the parameters are not those of the contract",
        "declare them in analysis/parameters/contract.py",
        _contract,
        chapter=True,
    ),
    Rule(
        "unknown-table",
        "there is no such table or chart",
        "name one of data/processed, or a chart of analysis.charts",
        _unknown,
    ),
)
