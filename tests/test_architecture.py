"""The rules that a reader of the code relies on: one list of modules, one direction, small parts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "src/analysis"
SOURCES = sorted(PACKAGE.rglob("*.py"))

#: A line of the package's docstring that names a module: its name, two blanks or more, what it does.
LISTED = re.compile(r"^ {0,4}([a-z_]+) {2,}\S", re.MULTILINE)
MOST_LINES_OF_A_MODULE = 500
MOST_LINES_OF_A_FUNCTION = 40


def relative(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def listed_modules() -> list[str]:
    docstring = ast.get_docstring(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))) or ""
    return LISTED.findall(docstring)


def module_of(source: Path) -> str:
    return source.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(source: Path) -> Iterator[str]:
    """The modules of the package that a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                full_names = [alias.name for alias in names]
            case ast.ImportFrom(module="analysis", names=names, level=0):
                full_names = [f"analysis.{alias.name}" for alias in names]
            case ast.ImportFrom(module=str(module), level=0):
                full_names = [module]
            case _:
                continue
        yield from (name.split(".")[1] for name in full_names if name.startswith("analysis."))


def functions(source: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How long the function is without its docstring: explaining is never too long."""
    docstring = function.body[0] if ast.get_docstring(function) else None
    explained = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - explained


def test_the_package_lists_its_modules_and_no_other() -> None:
    there = {module_of(source) for source in SOURCES} - {"__init__", "__main__"}
    listed = listed_modules()
    assert sorted(listed) == sorted(there), "src/analysis/__init__.py must list what is there"


@pytest.mark.parametrize("source", SOURCES, ids=relative)
def test_a_module_imports_only_modules_listed_above_it(source: Path) -> None:
    order = listed_modules()
    module = module_of(source)
    above = order[: order.index(module) + 1] if module in order else order
    upwards = set(imported_modules(source)) - set(above)
    assert not upwards, f"{module} imports {', '.join(sorted(upwards))}, not listed above it"


@pytest.mark.parametrize("source", SOURCES, ids=relative)
def test_imports_are_absolute_so_that_the_order_can_be_read(source: Path) -> None:
    nodes = ast.walk(ast.parse(source.read_text(encoding="utf-8")))
    relative_imports = [node.lineno for node in nodes if isinstance(node, ast.ImportFrom) and node.level]
    assert not relative_imports, f"relative imports in lines {relative_imports}"


@pytest.mark.parametrize("source", SOURCES, ids=relative)
def test_a_module_stays_with_its_one_idea(source: Path) -> None:
    lines = len(source.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES_OF_A_MODULE, "split it into a folder of the same name, along its own flow"


@pytest.mark.parametrize("source", SOURCES, ids=relative)
def test_a_function_fits_on_a_screen(source: Path) -> None:
    long = {f.name: lines_of(f) for f in functions(source) if lines_of(f) > MOST_LINES_OF_A_FUNCTION}
    assert not long, f"more than {MOST_LINES_OF_A_FUNCTION} lines: {long}"
