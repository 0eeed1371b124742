"""What a folder of editions holds: the newest one, those that are kept, and nothing of anybody else's."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from analysis.cache import SUMS
from analysis.errors import SetupError, UsageError
from analysis.pages.machine import RECORD

#: Where public editions are, from the project's folder.
PUBLIC = "reports"
#: Kept in the folder of editions whatever is published there; it is the only file of it that git knows.
README = "README.md"
#: Where editions are kept, each in a folder of its name; and the link that leads to the newest of them.
EDITIONS = "editions"
LATEST = "latest"
#: Where an edition's record notes its name and its date.
NAME, DATE = "dcat:version", "dct:issued"


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept edition; ``date`` is the edition's own (ISO), empty where its record tells none."""

    name: str
    date: str
    place: Path


def kept(out: Path) -> tuple[Kept, ...]:
    """The kept editions of a folder, newest first."""
    folders = (out / EDITIONS).iterdir() if (out / EDITIONS).is_dir() else ()
    found = [
        Kept(place.name, identity(_content(place / RECORD))[1], place) for place in folders if (place / SUMS).is_file()
    ]
    return tuple(sorted(found, key=lambda each: (each.date, each.name), reverse=True))


def newest(out: Path) -> Kept | None:
    """The kept edition that stands in the folder itself as well, as published last; ``None`` where none is."""
    stands = _content(out / SUMS)
    return next((each for each in kept(out) if stands and _content(each.place / SUMS) == stands), None)


def identity(content: bytes) -> tuple[str, str]:
    """The name and the date of an edition by its record; each empty where that does not tell it."""
    try:
        noted = json.loads(content)
    except ValueError:
        return "", ""
    if not isinstance(noted, Mapping):
        return "", ""
    date = noted.get(DATE)
    return str(noted.get(NAME, "")), str(date.get("@value", "")) if isinstance(date, Mapping) else ""


def listed(folder: Path) -> dict[str, str]:
    """The files of an edition as its own list has them: path → SHA-256; none where there is no list."""
    lines = _content(folder / SUMS).decode("utf-8", "replace").splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def place(out: Path) -> Path:
    """The folder that ``out`` means, with no link on the way. Raises UsageError where a link leads nowhere."""
    if out.is_symlink() and not out.exists():
        raise UsageError("the folder is a link that leads nowhere", file=out, way_out="is the disk there?")
    return out.resolve()


def refuse_foreign(out: Path) -> None:
    """Raises UsageError if ``out`` is no folder for an edition: a file, or a folder with somebody's own files."""
    out = place(out)
    if out.exists() and not out.is_dir():
        raise UsageError("not a folder", file=out, way_out="name a folder with --out DIR")
    for file in _foreign(out):
        raise UsageError(
            "the folder holds a file that no edition put there",
            file=file,
            way_out="move it away, or publish elsewhere with --out DIR",
        )


def _foreign(out: Path) -> Iterator[Path]:
    """Every file and every link that neither the newest edition nor a kept one lists."""
    ours = {SUMS, README, *listed(out)}
    for each in kept(out):
        ours |= {f"{EDITIONS}/{each.name}/{path}" for path in (SUMS, *listed(each.place))}
    for file in files(out) if out.is_dir() else ():
        path = file.relative_to(out).as_posix()
        if path not in ours and not (path == LATEST and file.is_symlink()):
            yield file


def files(folder: Path) -> Iterator[Path]:
    """Every file and every link below a folder, sorted within each; links are not followed."""
    for parent, folders, names in os.walk(folder, onerror=_raise):
        folders.sort()
        links = [name for name in folders if Path(parent, name).is_symlink()]
        yield from (Path(parent, name) for name in sorted([*names, *links]))


def _raise(error: OSError) -> NoReturn:
    raise error


def refuse(project: Path, out: Path, *, quoting: bool) -> None:
    """Raises UsageError if ``out`` is no folder for an edition, or a public one for one that quotes documents;
    SetupError if it could not be written in the end.
    """
    _refuse_unwritable(place(out))
    refuse_foreign(out)
    if quoting and (out.resolve().is_relative_to((project / PUBLIC).resolve()) or (out / EDITIONS).exists()):
        raise UsageError(
            "an edition with passages of the documents is not written where public editions are",
            file=out,
            way_out="name another folder with --out DIR",
        )


def _refuse_unwritable(out: Path) -> None:
    if out.is_mount():
        way_out = f"publish into a folder of it: --out {out / 'edition'}"
        raise UsageError("a disk is mounted here, and what is mounted cannot give way", file=out, way_out=way_out)
    above = next(folder for folder in out.parents if folder.exists())
    for folder in filter(Path.exists, (above, out)):
        if not os.access(folder, os.W_OK | os.X_OK):
            told = "the disk can only be read, or the rights are another user's"
            raise SetupError("it cannot be written", file=folder, evidence=told, way_out="publish elsewhere: --out DIR")
