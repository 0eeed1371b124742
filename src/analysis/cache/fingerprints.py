"""What files, code and installed packages amount to, in a few characters.

Nothing but the standard library is imported here: an edition that has not changed is told so before anything is loaded.
"""

from __future__ import annotations

import hashlib
import platform
import re
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import analysis

_PACKAGE = Path(__file__).resolve().parents[1]
_IMPORT = re.compile(
    r"^\s*(?:from analysis import (?:\(([^)]*)\)|([\w ,]+))|(?:from|import) analysis\.(\w+))", re.MULTILINE
)
#: The package itself, under which all that the desk offers can be called.
_WHOLE = re.compile(r"^\s*import\b.*\banalysis\b", re.MULTILINE)
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_INSTALLED = re.compile(r"(?P<name>[A-Za-z0-9_.]+)-(?P<version>[^-]+)\.dist-info")
_LOCK = "requirements.lock"


def files(place: Path, chosen: Iterable[Path]) -> str:
    """The fingerprint of these files below ``place``: their names and what they hold."""
    digest = hashlib.sha256()
    for file in sorted(chosen):
        name = file.relative_to(place).as_posix()
        digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def tree(place: Path) -> str:
    """The fingerprint of every file below ``place``, hidden ones left out."""
    return files(place, (file for file in place.rglob("*") if _counts(file, place)))


def _counts(file: Path, place: Path) -> bool:
    hidden = any(part.startswith((".", "__pycache__")) for part in file.relative_to(place).parts)
    return not hidden and file.is_file()


@cache
def code(*modules: str) -> str:
    """The fingerprint of these top-level modules of the package, with their templates, words and style; of all, if none
    is named.
    """
    return files(_PACKAGE, [file for module in modules for file in _sources(module)]) if modules else tree(_PACKAGE)


def used(source: str) -> tuple[str, ...]:
    """The top-level modules of the package that a Python source imports, and those that these import in turn.

    What the desk offers by name counts as ``desk``.

    >>> used("from analysis import records")
    ('errors', 'records')
    >>> used("import analysis") == used("from analysis import desk")
    True
    """
    found: set[str] = set()
    left = _imported(source)
    if _at_desk(source):
        left.add("desk")
    while left:
        found |= left
        left = {name for module in left for name in _imports(module)} - found
    return tuple(sorted(found))


@cache
def _imports(module: str) -> frozenset[str]:
    sources = (file.read_text(encoding="utf-8") for file in _sources(module) if file.suffix == ".py")
    return frozenset(name for source in sources for name in _imported(source))


def _imported(source: str) -> set[str]:
    return {name for name in _named(source) if any(_sources(name))}


def _named(source: str) -> dict[str, str]:
    """What a source imports of the package, modules and what it offers by name, with what each is called there."""
    names = (name.split() for parts in _IMPORT.findall(source) for name in "".join(parts).split(",") if name.strip())
    return {name[0]: name[-1] for name in names}


def _at_desk(source: str) -> bool:
    """Whether a source may use what the desk offers: of a package, more than what is in it."""
    named, rest = _named(source), _IMPORT.sub("", source)
    offered = [named[name] for name in analysis.__all__ if name in named]
    return bool(_WHOLE.search(source)) or any(re.search(rf"\b{name}\b(?!\s*\.)", rest) for name in offered)


def _sources(module: str) -> list[Path]:
    single = _PACKAGE / f"{module}.py"
    return (
        [single] if single.is_file() else [each for each in (_PACKAGE / module).rglob("*") if _counts(each, _PACKAGE)]
    )


@cache
def installed(project: Path) -> str:
    """The fingerprint of Python and of the installed packages that the project's lock names; of all, without a lock."""
    lock = project / _LOCK
    locked = {_spelled(name) for name in _LOCKED.findall(lock.read_text(encoding="utf-8"))} if lock.is_file() else None
    there = set()
    for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for found in filter(None, map(_INSTALLED.fullmatch, (each.name for each in Path(place).iterdir()))):
            if locked is None or _spelled(found["name"]) in locked:
                there.add(f"{_spelled(found['name'])}=={found['version']}")
    told = [platform.python_implementation(), platform.python_version(), platform.machine(), *sorted(there)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _spelled(name: str) -> str:
    """The name of a package in the one spelling that compares."""
    return re.sub(r"[-_.]+", "-", name).lower()
