"""An edition appears whole or not at all: built aside, then put in the place of the last one."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import SetupError, UsageError

SUMS = "SHA256SUMS"
#: Where public editions are, from the project's folder.
PUBLIC = "reports"
#: Kept in the folder of editions whatever is published there; it is the only file of it that git knows.
README = "README.md"


def publish(files: Mapping[str, bytes], out: Path) -> None:
    """Puts an edition (content by path) with its ``SHA256SUMS`` in the place of the one in ``out``.

    The last edition stays as it is until the new one stands complete beside it. Raises UsageError where ``out``
    holds anything that no edition put there, SetupError where it cannot be written.
    """
    refuse_foreign(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _aside(out) as aside:
            _fill(aside / "new", files, out)
            _swap(aside, out)
    except OSError as error:
        raise SetupError(
            "the edition could not be written", file=out, evidence=str(error), way_out="the last edition is untouched"
        ) from None


def sums(files: Mapping[str, bytes]) -> bytes:
    """The checksums of an edition's files, in the form that ``sha256sum -c`` reads, sorted by path."""
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode()


def refuse_foreign(out: Path) -> None:
    """Raises UsageError if ``out`` is no folder for an edition: a file, or a folder with somebody's own files."""
    if out.exists() and not out.is_dir():
        raise UsageError("not a folder", file=out, way_out="name a folder with --out DIR")
    listed = out / SUMS
    ours = {line.partition("  ")[2] for line in listed.read_text().splitlines()} if listed.is_file() else set()
    for file in sorted(out.rglob("*")) if out.is_dir() else ():
        name = file.relative_to(out).as_posix()
        if file.is_file() and name not in ours | {SUMS, README}:
            raise UsageError(
                "the folder holds a file that no edition put there",
                file=file,
                way_out="move it away, or publish elsewhere with --out DIR",
            )


def refuse(project: Path, out: Path, *, quoting: bool) -> None:
    """Raises UsageError if ``out`` is no folder for an edition, or a public one for one that quotes documents."""
    refuse_foreign(out)
    if quoting and out.resolve().is_relative_to((project / PUBLIC).resolve()):
        raise UsageError(
            "an edition with passages of the documents is not written where public editions are",
            file=out,
            way_out="name another folder with --out DIR",
        )


@contextmanager
def _aside(out: Path) -> Iterator[Path]:
    # In the same folder as the edition, so that putting it in place is a rename and not a copy.
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(folder: Path, files: Mapping[str, bytes], out: Path) -> None:
    for path, content in {**files, SUMS: sums(files)}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if (out / README).is_file():
        shutil.copyfile(out / README, folder / README)


def _swap(aside: Path, out: Path) -> None:
    old = aside / "old"
    if out.exists():
        out.rename(old)
    try:
        (aside / "new").rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
