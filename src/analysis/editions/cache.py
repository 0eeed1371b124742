"""A store of executed notebooks, keyed on everything that could change their outputs."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_SOURCES = {".py", ".toml", ".csv", ".html", ".css", ".typ"}


def folder(project: Path) -> Path:
    """Where executed notebooks are kept: ``NUAGE_CACHE``, or ``.cache`` in the project."""
    return Path(os.environ.get("NUAGE_CACHE") or project / ".cache") / "notebooks"


def key(notebook: Path, parameters: Mapping[str, str], project: Path) -> str:
    """What an executed notebook depends on: itself, its parameters, the package, the data, what is installed."""
    parts = {
        "notebook": _digest(notebook.parent, [notebook]),
        "parameters": sorted(parameters.items()),
        "package": _digest(_PACKAGE, _sources(_PACKAGE)),
        "data": _digest(project, _sources(project / "data")),
        "installed": _installed(),
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _sources(place: Path) -> Iterable[Path]:
    return (file for file in sorted(place.rglob("*")) if file.suffix in _SOURCES and file.is_file())


def _digest(place: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        name = file.relative_to(place).as_posix()
        digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@cache
def _installed() -> list[str]:
    return sorted({f"{found.name}=={found.version}" for found in metadata.distributions()})


def read(store: Path, name: str) -> str | None:
    """The text kept under a key; ``None`` where there is none, or where it is not what was written."""
    try:
        digest, _, content = (store / name).read_bytes().partition(b"\n")
    except OSError:
        return None
    return content.decode() if hashlib.sha256(content).hexdigest().encode() == digest else None


def write(store: Path, name: str, content: str) -> None:
    """Keeps a text under a key, at once or not at all. Where it cannot be written, only time is lost."""
    data = content.encode()
    try:
        store.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=store, delete=False) as file:
            file.write(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
        Path(file.name).replace(store / name)
    except OSError:
        return
