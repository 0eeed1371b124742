"""What a run reads of the project, noted as it is read, so that it is run again when that has changed, and only then.

Notes are taken where the environment names a file for them, in ``NUAGE_READS``, and nowhere else. A note is a kind and
a name: ``claim adoption_fr_2018``, ``table funding``, ``file data/processed/numbers.csv``; ``*`` stands for all.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

#: The environment variable that names the file for the notes.
NOTES = "NUAGE_READS"
ALL = "*"
T = TypeVar("T")
_taken: set[tuple[str, str, str]] = set()
_inside: list[bool] = []


def note(kind: str, name: str) -> None:
    """Notes that something was read, once; nothing within ``unnoted``, or where no notes are wanted."""
    file = os.environ.get(NOTES)
    if not file or _inside or _taken & {(file, kind, name), (file, kind, ALL)}:
        return
    _taken.add((file, kind, name))
    with Path(file).open("a", encoding="utf-8") as notes:
        notes.write(json.dumps([kind, name]) + "\n")


@contextmanager
def as_one(kind: str, name: str) -> Iterator[None]:
    """Notes one thing, and nothing of what it is made from: that counts only as far as it shows in it."""
    note(kind, name)
    with unnoted():
        yield


@contextmanager
def unnoted() -> Iterator[None]:
    """Notes nothing: what is loaded here is noted when it is looked at."""
    _inside.append(True)
    try:
        yield
    finally:
        _inside.pop()


def watch(project: Path) -> None:
    """Notes from now on every file and folder of the project that Python opens, whoever opens it."""
    if os.environ.get(NOTES):

        def heard(event: str, arguments: tuple[Any, ...]) -> None:
            if event in _HEARD and isinstance(arguments[0], str | Path) and not _inside:
                place = Path(os.path.abspath(arguments[0]))  # noqa: PTH100  # resolve() would open folders, and be heard
                if place.is_relative_to(project):
                    note(_HEARD[event], place.relative_to(project).as_posix())

        sys.addaudithook(heard)


_HEARD: Mapping[str, str] = {"open": "file", "os.listdir": "folder", "os.scandir": "folder"}


class Noted(Mapping[str, T]):
    """A mapping whose every reading is noted: of one entry, there or not; or, by going through it, of all."""

    def __init__(self, kind: str, entries: Mapping[str, T]) -> None:
        self._kind, self._entries = kind, entries

    def __getitem__(self, name: str) -> T:
        note(self._kind, name)
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        note(self._kind, ALL)
        return iter(self._entries)

    def __len__(self) -> int:
        note(self._kind, ALL)
        return len(self._entries)
