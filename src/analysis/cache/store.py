"""Results by key: each whole or absent, whatever happens while it is written."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path


def folder(project: Path) -> Path:
    """Where results are kept: ``NUAGE_CACHE``, or ``.cache`` in the project."""
    return Path(os.environ.get("NUAGE_CACHE") or project / ".cache")


def key(*parts: str | bytes) -> str:
    """One name for all that a result is made from; the order counts, and where a part ends."""
    told = [part if isinstance(part, str) else hashlib.sha256(part).hexdigest() for part in parts]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def read(store: Path, name: str) -> bytes | None:
    """What is kept under a key; ``None`` where there is nothing, or where it is not what was written."""
    try:
        digest, _, content = (store / name).read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None


def write(store: Path, name: str, content: bytes) -> None:
    """Keeps a result under a key, at once or not at all. Where it cannot be written, only time is lost."""
    with suppress(OSError):
        store.mkdir(parents=True, exist_ok=True)
        with ExitStack() as left:
            with tempfile.NamedTemporaryFile(dir=store, delete=False) as file:
                left.callback(Path(file.name).unlink, missing_ok=True)
                file.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
            Path(file.name).replace(store / name)
