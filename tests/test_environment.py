"""pyproject.toml declares what is needed, once; the locks and environment.yml say the same.

Run as a program, this file prints the environment.yml that pyproject.toml asks for (`make lock` does that).
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1]
DECLARED: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS: dict[str, list[str]] = {
    "build": DECLARED["project"]["dependencies"],
    **DECLARED["project"]["optional-dependencies"],
    **DECLARED["dependency-groups"],
}
LOCKS = {
    "requirements-setup.lock": ("setup",),
    "requirements.lock": ("build",),
    "requirements-test.lock": ("build", "cluster", "test"),
    "requirements-lab.lock": ("build", "lab"),
}
#: Not to be had from conda-forge for certain, or something else under that name there, as brotli and typst.
FROM_PIP = {"brotli", "font-source-sans-pro", "font-source-serif-pro", "pdfua", "types-tqdm", "typst"}
#: One line of a lock: a package, its version, perhaps the machines it is for, and its hashes.
PINNED = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;]+)(?: ; [^\\]+?)?(?: --hash=sha256:[0-9a-f]{64})+")


def environment() -> str:
    """The environment.yml for conda users: what `make`, `make test` and `make lab` need together."""
    wanted = sorted({text for group in ("build", "cluster", "test", "lab") for text in GROUPS[group]})
    from_conda = [text for text in wanted if Requirement(text).name not in FROM_PIP]
    from_pip = [text for text in wanted if Requirement(text).name in FROM_PIP]
    lines = [
        "# Written by `make lock` from pyproject.toml, for users of conda: conda env create --file environment.yml",
        "name: etat-du-nuage",
        "channels:",
        "  - conda-forge",
        "  - nodefaults",
        "dependencies:",
        f"  - python{DECLARED['project']['requires-python']}",
        *(f"  - {text}" for text in from_conda),
        "  - pip",
        "  - pip:",
        *(f"      - {text}" for text in from_pip),
        "      - --editable .",
    ]
    return "\n".join(lines) + "\n"


def lines(lock: str) -> list[str]:
    """The lines of a lock, a package in each."""
    joined = read(lock).replace(" \\\n    ", " ")
    return [line for line in joined.splitlines() if not line.startswith("#")]


def pins(lock: str) -> set[tuple[str, str]]:
    """The packages that a lock holds, with their versions: two of one package if machines differ."""
    return {(pinned["name"], pinned["version"]) for line in lines(lock) if (pinned := PINNED.fullmatch(line))}


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def imported(folder: str) -> set[str]:
    """The packages of others that the Python files of a folder import."""
    files = list((PROJECT / folder).rglob("*.py"))
    ours = {"analysis", *(entry.stem for entry in (PROJECT / "tests").iterdir())}
    found = set[str]()
    for node in (node for file in files for node in ast.walk(ast.parse(file.read_bytes()))):
        match node:
            case ast.Import():
                found |= {alias.name.partition(".")[0] for alias in node.names}
            case ast.ImportFrom(module=str(module), level=0):
                found.add(module.partition(".")[0])
    return found - sys.stdlib_module_names - ours


@pytest.mark.parametrize(("folder", "groups"), [("src", ["build", "cluster"]), ("tests", ["build", "cluster", "test"])])
def test_what_is_imported_is_declared(folder: str, groups: list[str]) -> None:
    declared = {canonicalize_name(Requirement(text).name) for group in groups for text in GROUPS[group]}
    providers = metadata.packages_distributions()
    undeclared = {
        name for name in imported(folder) if not declared & {canonicalize_name(p) for p in providers.get(name, ())}
    }
    assert not undeclared, "declare it in pyproject.toml, then: make lock"


def test_environment_yml_is_what_pyproject_declares() -> None:
    assert read("environment.yml") == environment(), "write it again: make lock"


def test_the_build_backend_is_among_what_sets_up() -> None:
    assert set(DECLARED["build-system"]["requires"]) <= set(GROUPS["setup"])


@pytest.mark.parametrize("lock", LOCKS)
def test_each_declared_package_is_locked_within_its_range(lock: str) -> None:
    for wanted in (Requirement(text) for group in LOCKS[lock] for text in GROUPS[group]):
        versions = [version for name, version in pins(lock) if name == canonicalize_name(wanted.name)]
        assert versions, f"{wanted.name} is declared and not locked: make lock"
        assert all(version in wanted.specifier for version in versions), f"{wanted}, yet {versions}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_version_with_its_hashes(lock: str) -> None:
    assert [line for line in lines(lock) if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_tested_is_what_is_installed(lock: str) -> None:
    tested = pins("requirements-test.lock")
    names = {name for name, _ in tested}
    others = {(name, version) for name, version in pins(lock) if name in names} - tested
    assert not others, "not the version that is tested: make lock"


@pytest.mark.parametrize("lock", ["requirements-test.lock", "requirements-lab.lock"])
def test_what_builds_is_in_every_lock_of_those_who_run_notebooks(lock: str) -> None:
    assert pins("requirements.lock") <= pins(lock), "write the locks again: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_holds_what_slows_every_notebook(lock: str) -> None:
    assert not {"rfc3987-syntax", "lark"} & {name for name, _ in pins(lock)}


@pytest.mark.parametrize("name", [*LOCKS, "environment.yml"])
def test_no_package_address_is_written_down(name: str) -> None:
    assert not re.findall(r"https?://\S+|index-url", read(name)), "the machine's own settings say where packages are"


if __name__ == "__main__":
    sys.stdout.buffer.write(environment().encode())
