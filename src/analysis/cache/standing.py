"""Whole folders that list their own files: whether one still is, to the byte, what was once put there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from analysis.cache import store

#: The file in which a folder lists its own files with their checksums, as ``sha256sum -c`` reads it.
SUMS = "SHA256SUMS"


def sums(files: Mapping[str, bytes]) -> bytes:
    """The list of these files, content by path, sorted by path."""
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode()


def stands(project: Path, key: str, folder: Path) -> bool:
    """Whether ``folder`` is whole, and what was last remembered under this key."""
    listed = _listed(folder)
    return listed is not None and listed == store.read(_place(project), key) and _whole(folder, listed)


def remember(project: Path, key: str, folder: Path) -> None:
    """Remembers what ``folder`` lists, for ``stands`` to be asked later."""
    listed = _listed(folder)
    if listed is not None:
        store.write(_place(project), key, listed)


def _place(project: Path) -> Path:
    return store.folder(project) / "editions"


def _listed(folder: Path) -> bytes | None:
    return (folder / SUMS).read_bytes() if (folder / SUMS).is_file() else None


def _whole(folder: Path, listed: bytes) -> bool:
    paths = [line.partition("  ")[2] for line in listed.decode().splitlines()]
    return all((folder / path).is_file() for path in paths) and listed == sums(
        {path: (folder / path).read_bytes() for path in paths}
    )
