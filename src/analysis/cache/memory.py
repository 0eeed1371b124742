"""What is kept while an edition is built: the results of pure functions that take long, such as setting a page."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis.cache import fingerprints, store


@dataclass
class _Place:
    """Where results are kept at the moment, and for which project; nowhere unless ``remembering``."""

    folder: Path | None = None
    project: Path = Path()


@dataclass
class Noticed:
    """How many results had to be made."""

    made: int = 0


_place = _Place()
_thread = threading.local()


@contextmanager
def remembering(project: Path) -> Iterator[None]:
    """While this lasts, ``kept`` keeps what it makes among the project's results."""
    before = _place.folder, _place.project
    _place.folder, _place.project = store.folder(project) / "made", project
    try:
        yield
    finally:
        _place.folder, _place.project = before


@contextmanager
def noticing() -> Iterator[Noticed]:
    """Counts what this thread has to make while this lasts."""
    _thread.noticed = noticed = Noticed()
    try:
        yield noticed
    finally:
        del _thread.noticed


def kept(module: str, parts: tuple[str | bytes, ...], make: Callable[[], bytes]) -> bytes:
    """What ``make`` gives, made anew only where it is not kept yet.

    It must depend on nothing but the ``parts``, the code of the top-level ``module`` that it belongs to, and what is
    installed.
    """
    if _place.folder is None:
        return make()
    name = store.key(module, fingerprints.code(module), fingerprints.installed(_place.project), *parts)
    content = store.read(_place.folder, name)
    if content is None:
        if noticed := getattr(_thread, "noticed", None):
            noticed.made += 1
        content = make()
        store.write(_place.folder, name, content)
    return content
