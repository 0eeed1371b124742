"""The next edition: written aside, read back, put in the place of the last one in one step."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from analysis.cache import SUMS, sums
from analysis.editions.publish import aside, holdings
from analysis.editions.publish.aside import UNTOUCHED
from analysis.editions.publish.holdings import EDITIONS, LATEST, README
from analysis.errors import SetupError

#: What a small file takes on a disk.
_BLOCK = 4096
_MEGABYTE = 1e6
#: A disk that is asked for many things at once does them together.
_AT_ONCE = 16


def publish(files: Mapping[str, bytes], out: Path, name: str = "") -> tuple[str, ...]:
    """Puts an edition (content by path) with its ``SHA256SUMS`` in the place of the one in ``out``.

    It is kept under its ``name``, beside the editions kept so far; without a name it is not kept. Returns what could
    not be done as usual, in words. Everything appears at once: until then the last edition stays as it is, and so it
    does after any failure. Raises UsageError where ``out`` holds anything that no edition put there, SetupError where
    the edition cannot be written or another build is publishing there.
    """
    out = holdings.place(out)
    with aside.holding(out) as beside:
        holdings.refuse_foreign(out)
        _refuse_too_little_room(files, out)
        new = beside / "new"
        remarks = _made(new, files, out, name)
        aside.put(new, out, beside)
        with suppress(OSError):  # it stands; only a power cut in the next seconds could still undo the renaming
            _settle(out.parent)
    return remarks


def _refuse_too_little_room(files: Mapping[str, bytes], out: Path) -> None:
    needed = sum(len(content) + _BLOCK for content in files.values())
    free = shutil.disk_usage(out.parent).free
    if free < needed:
        told = f"needed: {needed / _MEGABYTE:.1f} MB, free: {free / _MEGABYTE:.1f} MB"
        raise SetupError("too little room for the edition", file=out, evidence=told, way_out=f"make room; {UNTOUCHED}")


def _made(new: Path, files: Mapping[str, bytes], out: Path, name: str) -> tuple[str, ...]:
    """The whole folder that is to stand in ``out``: the edition, those kept, the link to the newest."""
    new.mkdir()
    if (out / README).is_file():
        _again(out / README, new / README)
    complete = {**files, SUMS: sums(files)}
    for path, content in complete.items():
        _write(new / path, content)
    for path, content in complete.items():
        if (new / path).read_bytes() != content:
            raise SetupError("a file does not read back as it was written", file=out / path, way_out=UNTOUCHED)
    for each in holdings.kept(out):
        if each.name != name:
            for file in holdings.files(each.place):
                _again(file, new / file.relative_to(out))
    for path in complete if name else ():
        _again(new / path, new / EDITIONS / name / path)
    remarks = _linked(new, name or _last(out))
    folders = (Path(folder) for folder, _, _ in os.walk(new))
    with ThreadPoolExecutor(_AT_ONCE) as disk:
        list(disk.map(_settle, [*(new / path for path in complete), *folders]))
    return remarks


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _again(file: Path, other: Path) -> None:
    """The same file in a second place: one on the disk where that can be, a copy otherwise."""
    other.parent.mkdir(parents=True, exist_ok=True)
    try:
        other.hardlink_to(file)
    except OSError:
        _write(other, file.read_bytes())
        _settle(other)


def _last(out: Path) -> str:
    return (out / LATEST).readlink().name if (out / LATEST).is_symlink() else ""


def _linked(new: Path, name: str) -> tuple[str, ...]:
    if name:
        try:
            (new / LATEST).symlink_to(Path(EDITIONS, name))
        except OSError as error:
            return (f"there is no link {LATEST} to {EDITIONS}/{name}: {error.strerror}",)
    return ()


def _settle(place: Path) -> None:
    """Has a file, or the names in a folder, written to the disk before anything else happens."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):  # the file system cannot be told to
            raise
    finally:
        os.close(opened)
