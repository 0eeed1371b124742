"""The rules that a reader of the code relies on: one list of modules, one direction, small parts, plain notebooks."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "src/analysis"
SOURCES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))

#: A line of the package's docstring that names a module: its name, two blanks or more, what it does.
LISTED = re.compile(r"^ {0,4}([a-z_]+) {2,}\S", re.MULTILINE)
#: What a template puts in for itself: {claim_id}, {claim_id.period}.
FIELD = re.compile(r"\{[^{}]*\}")
A_PATH = re.compile(r"^[\w.~-]*/[\w./-]+$|\.(?:csv|toml|txt|json|svg|png|ipynb|html)$")
#: The way out where a notebook was saved by a program other than ours.
AS_WRITTEN = "write it as it is committed: make execute"
MOST_LINES_OF_A_MODULE = 500
MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_CELL = 8


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


# Notebooks argue, the package computes.


def notebook(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def cells(path: Path, kind: str) -> Iterator[tuple[str, str]]:
    """The id and source of every cell of a kind."""
    for cell in notebook(path)["cells"]:
        if cell["cell_type"] == kind:
            yield cell["id"], "".join(cell["source"])


def strings(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def is_prose(text: str) -> bool:
    return " " in text.strip()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_a_cell_is_read_at_a_glance(path: Path) -> None:
    long = {
        name: code.count("\n") + 1 for name, code in cells(path, "code") if code.count("\n") >= MOST_LINES_OF_A_CELL
    }
    assert not long, f"more than {MOST_LINES_OF_A_CELL} lines: {long}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_a_notebook_defines_no_function_and_no_class(path: Path) -> None:
    defining = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    found = {
        name: node.lineno
        for name, code in cells(path, "code")
        for node in ast.walk(ast.parse(code))
        if isinstance(node, defining)
    }
    assert not found, f"belongs into the package: {found}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_a_notebook_names_no_file_and_reads_none(path: Path) -> None:
    reading = re.compile(r"\b(?:read_\w+|open|Path)\(|^\s*%|^\s*!", re.MULTILINE)
    readers = {name for name, code in cells(path, "code") if reading.search(code)}
    files = {text for _, code in cells(path, "code") for text in strings(code) if A_PATH.search(text.strip())}
    assert not readers, "tables come from analysis.tables"
    assert not files, "a notebook runs from any folder"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_no_number_is_typed_in_a_notebook(path: Path) -> None:
    markdown = [text for _, text in cells(path, "markdown")]
    told = [text for _, code in cells(path, "code") for text in strings(code) if is_prose(text)]
    typed = [text for text in (*markdown, *told) if re.search(r"\d", FIELD.sub("", text))]
    assert not typed, f"put the claim in its place: {typed}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_a_notebook_carries_nothing_of_the_run_that_made_it(path: Path) -> None:
    content = notebook(path)
    assert set(content["metadata"]) <= {"kernelspec", "language_info"}, AS_WRITTEN
    assert set(content["metadata"].get("language_info", {})) <= {"name"}, AS_WRITTEN
    assert [cell["id"] for cell in content["cells"] if set(cell["metadata"]) - {"tags"}] == [], AS_WRITTEN


@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_a_cell_is_named_for_its_place(path: Path) -> None:
    names = [cell["id"] for cell in notebook(path)["cells"]]
    assert names == [f"cell-{number:02}" for number in range(1, len(names) + 1)], AS_WRITTEN


@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_the_committed_run_was_from_top_to_bottom(path: Path) -> None:
    counts = [c["execution_count"] for c in notebook(path)["cells"] if c["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1)), AS_WRITTEN
