"""What a build says while it goes on: to a person on a terminal, to a file of log lines, to a file of JSON."""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from analysis.errors import NuageError, SetupError

if TYPE_CHECKING:
    from analysis.editions import Step

#: The exit code of a command that was interrupted, or that met what nobody has foreseen.
NO_ERROR_OF_OURS = 3


class Progress:
    """A line rewritten in place on a terminal, plain lines elsewhere."""

    def __init__(self, total: int) -> None:
        from tqdm import tqdm

        self._bar = tqdm(total=total, file=sys.stderr, leave=False) if sys.stderr.isatty() else None

    def __call__(self, step: Step) -> None:
        """Shows a step that was done."""
        if self._bar is None:
            # In one piece: several workers tell their steps.
            sys.stderr.write(f"{step}\n")
        else:
            self._bar.set_description(str(step), refresh=False)
            self._bar.update()

    def close(self) -> None:
        """Leaves the terminal as it was."""
        if self._bar is not None:
            self._bar.close()


class Log:
    """A file of JSON lines, one for each step and one for how it ended; nothing where no file is named.

    A step: ``step``, ``name``, ``lang``, ``kept``, ``seconds``. The end: ``outcome`` ("published", "unchanged",
    "failed"), ``seconds`` of the whole; ``files`` and ``remarks``, or ``exit`` and ``error``.
    """

    def __init__(self, file: Path | None) -> None:
        self._name = file
        self._file: IO[str] | None = None
        self._begun = time.perf_counter()

    def __enter__(self) -> Self:
        if self._name is not None:
            try:
                self._file = self._name.open("w", encoding="utf-8")
            except OSError as error:
                raise self._unwritable(error) from None
        return self

    def step(self, step: Step) -> None:
        """Notes a step that was done."""
        told = {"step": step.what, "name": step.name, "lang": step.lang, "kept": step.kept}
        self._write({**told, "seconds": round(step.seconds, 3)})

    def end(self, outcome: str, **told: object) -> None:
        """Notes how it ended."""
        self._write({"outcome": outcome, "seconds": round(time.perf_counter() - self._begun, 3), **told})

    def _write(self, told: dict[str, object]) -> None:
        if self._file is not None:
            try:
                self._file.write(json.dumps(told, ensure_ascii=False) + "\n")
                self._file.flush()
            except OSError as error:
                raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> SetupError:
        return SetupError("the log cannot be written", file=self._name, evidence=str(error))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            code = error.exit_code if isinstance(error, NuageError) else NO_ERROR_OF_OURS
            with suppress(SetupError):  # the log may be what failed
                self.end("failed", exit=code, error=str(error) or type(error).__name__)
        if self._file is not None:
            with suppress(OSError):  # what could not be written is tried once more
                self._file.close()
