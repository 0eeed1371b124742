"""The steps of a build, told as they are done: what was made, what was taken as it was kept, how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

What = Literal["checks", "run", "PDF", "pictures", "pages", "publishing"]


@dataclass(slots=True)
class Step:
    """One step: what is done for which chapter in which language; both are empty where it is for the whole edition.

    ``kept`` says that nothing had to be made; ``seconds`` is how long it took, once it is done.
    """

    what: What
    name: str = ""
    lang: str = ""
    kept: bool = False
    seconds: float = 0.0

    def __str__(self) -> str:
        about = f"{self.name} ({self.lang}): " if self.lang else f"{self.name}: " if self.name else ""
        return f"{about}{self.what}{', unchanged' if self.kept else ''}"


Progress = Callable[[Step], object]


def untold(step: Step) -> None:
    """Progress that nobody follows."""


@contextmanager
def step(progress: Progress, what: What, name: str = "", lang: str = "") -> Iterator[Step]:
    """A step while it is being done; ``progress`` is told of it once it is, and of none that fails."""
    doing, begun = Step(what, name, lang), time.perf_counter()
    yield doing
    doing.seconds = time.perf_counter() - begun
    progress(doing)
