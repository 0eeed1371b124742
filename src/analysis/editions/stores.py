"""Where executed notebooks are kept: in this machine's cache, and in a place that several machines share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from analysis import cache
from analysis.editions.cluster import INSTALL
from analysis.errors import SetupError, UsageError


class Store(Protocol):
    """Results by key."""

    def read(self, name: str) -> bytes | None:
        """What is kept under a key; ``None`` where there is nothing, or where it is not what was written."""

    def write(self, name: str, content: bytes) -> None:
        """Keeps a result under a key."""


@dataclass(frozen=True, slots=True)
class Own:
    """The cache of this machine."""

    folder: Path

    def read(self, name: str) -> bytes | None:
        """As ``cache.read`` has it."""
        return cache.read(self.folder, name)

    def write(self, name: str, content: bytes) -> None:
        """As ``cache.write`` has it."""
        cache.write(self.folder, name, content)


class Shared:
    """A folder behind an address, whatever fsspec has a driver for: ``file:///srv/runs``, ``s3://bucket/runs``.

    Each result begins with its checksum, since not every file system writes at once or not at all. Whoever may write
    there decides what is published. Raises UsageError for what is no address, SetupError where it cannot be used.
    """

    def __init__(self, address: str) -> None:
        try:
            import fsspec  # noqa: PLC0415  # only where there is a store
        except ImportError as error:
            raise SetupError("the package of the store is missing", evidence=str(error), way_out=INSTALL) from None
        self._address = address
        try:
            self._files, self._root = fsspec.url_to_fs(address)
        except ValueError as error:
            way_out = "file:///srv/runs, s3://bucket/runs"
            raise UsageError(
                "not the address of a store", entry=address, evidence=str(error), way_out=way_out
            ) from None
        except ImportError as error:
            raise SetupError("the store's driver is missing", entry=address, evidence=str(error)) from None
        self._asked(lambda: self._files.makedirs(self._root, exist_ok=True))

    def read(self, name: str) -> bytes | None:
        """What is kept under a key."""
        digest, _, content = self._asked(lambda: self._found(f"{self._root}/{name}")).partition(b"\n")
        return content if _digest(content) == digest else None

    def _found(self, path: str) -> Any:
        with suppress(FileNotFoundError):
            return self._files.cat_file(path)
        return b""

    def write(self, name: str, content: bytes) -> None:
        """Keeps a result under a key."""
        self._asked(lambda: self._files.pipe_file(f"{self._root}/{name}", _digest(content) + b"\n" + content))

    def _asked(self, ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except Exception as error:  # noqa: BLE001  # every driver has errors of its own
            evidence = f"{type(error).__name__}: {error}"
            raise SetupError("the store cannot be used", entry=self._address, evidence=evidence) from None


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
