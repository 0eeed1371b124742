"""The folder beside an edition in which the next one is made ready, held against other builds and always cleared."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from analysis.editions.publish import holdings
from analysis.errors import SetupError, UsageError

#: How long a build waits for another that is publishing in the same place, in seconds: many times what that takes.
PATIENCE = 60.0
UNTOUCHED = "the last edition is untouched"
_STEP = 0.05
#: What shows that a folder aside is ours: it is written before anything else, and removed after all else.
_MARK = "made-by-nuage"
#: Where the edition stands while it gives way to the next one, on systems that cannot exchange two folders.
_OLD = "old"
#: As renameat2(2) has them.
_FROM_HERE, _EXCHANGE = -100, 2
_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}


@contextmanager
def holding(out: Path) -> Iterator[Path]:
    """An empty folder beside ``out``, of the same file system, while no other build publishes there.

    What a build that was killed has left is put right first. Waits for a build that is publishing. Raises SetupError
    naming it where it takes too long, and for whatever cannot be written while this lasts; UsageError where the folder
    aside is somebody's own.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            aside = _aside(out)
            _recover(aside, out)
            aside.mkdir()
            try:
                (aside / _MARK).touch()
                yield aside
            finally:
                with suppress(OSError):  # the next build clears what cannot be cleared now
                    _clear(aside)
    except OSError as error:
        raise SetupError("it could not be written", file=out, evidence=str(error), way_out=UNTOUCHED) from None


def mend(out: Path) -> None:
    """Puts right what a build that was killed has left: its folder aside goes, the edition is back in its place."""
    out = holdings.place(out)
    if _aside(out).exists():
        with holding(out):
            pass


def _aside(out: Path) -> Path:
    return out.with_name(f".{out.name}.nuage-aside")


def _recover(aside: Path, out: Path) -> None:
    if not aside.exists():
        return
    if any(aside.iterdir()) and not (aside / _MARK).is_file():
        raise UsageError("a folder of this name is needed to publish, and is not ours", file=aside, way_out="move it")
    if (aside / _OLD).is_dir() and not out.exists():
        (aside / _OLD).rename(out)
    _clear(aside)


def _clear(aside: Path) -> None:
    for folder in sorted(aside.iterdir()):
        if folder.name != _MARK:
            shutil.rmtree(folder)
    (aside / _MARK).unlink(missing_ok=True)
    aside.rmdir()


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """A lock that ends with the process, however that ends; its file goes with it."""
    file = out.with_name(f".{out.name}.nuage-lock")
    with _opened(file) as lock:
        lock.truncate(0)
        lock.write(f"process {os.getpid()} on {platform.node()}")
        lock.flush()
        try:
            yield
        finally:
            file.unlink(missing_ok=True)


def _opened(file: Path) -> TextIO:
    holder = ""
    for _ in range(int(PATIENCE / _STEP) + 1):
        lock = file.open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read()
            time.sleep(_STEP)
        else:
            if _is(lock, file):
                return lock
        lock.close()
    raise SetupError("another build is publishing here", file=file, evidence=holder, way_out="wait until it has ended")


def _is(lock: TextIO, file: Path) -> bool:
    """Whether what was locked is still the file of that name: who held it may have removed it since it was opened."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), file.stat())
    except FileNotFoundError:
        return False


def put(new: Path, out: Path, aside: Path) -> None:
    """Puts the folder ``new`` in the place of ``out``: in one step where the system can, otherwise in two.

    What stood in ``out`` is in ``aside`` afterwards, and back in its place if the second step fails.
    """
    if not out.exists():
        new.rename(out)
    elif not exchanged(new, out):
        old = out.rename(aside / _OLD)
        try:
            new.rename(out)
        except OSError:
            old.rename(out)
            raise


def exchanged(one: Path, other: Path) -> bool:
    """Whether the system has put each of two folders in the place of the other, in one step."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_FROM_HERE, os.fsencode(one), _FROM_HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    if (number := ctypes.get_errno()) in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))
