"""Every error of ours: which file, which entry, what is wrong, the evidence, the way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class NuageError(Exception):
    """An error a person can act on.

    Its text always names the file, the entry in it, what is wrong, the evidence and the way out; parts that do
    not apply are left out. ``exit_code`` is what the command ``nuage`` ends with.
    """

    exit_code = 1

    def __init__(
        self,
        what: str,
        *,
        file: object = None,
        entry: str | None = None,
        evidence: str | None = None,
        way_out: str | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.file = None if file is None else str(file)
        self.entry = entry
        self.evidence = evidence
        self.way_out = way_out

    def __str__(self) -> str:
        place = " · ".join(part for part in (self.file, self.entry) if part)
        lines = [f"{place}: {self.what}" if place else self.what]
        if self.evidence:
            lines.append(f"  evidence: {self.evidence}")
        if self.way_out:
            lines.append(f"  way out:  {self.way_out}")
        return "\n".join(lines)


class InputError(NuageError):
    """What was put in does not hold: the ledger, an identity card, a document (exit 1)."""


class UsageError(NuageError):
    """The command was asked for something it does not have (exit 2)."""

    exit_code = 2


class ExecutionError(NuageError):
    """A notebook or a page could not be made (exit 3)."""

    exit_code = 3


class SetupError(NuageError):
    """The machine lacks something: a package, a font, the right to write (exit 4)."""

    exit_code = 4


class Problems(NuageError):
    """Several errors found in one reading, told together; several of several are all of them."""

    def __init__(self, problems: Iterable[NuageError]) -> None:
        self.problems: tuple[NuageError, ...] = tuple(
            each for problem in problems for each in (problem.problems if isinstance(problem, Problems) else (problem,))
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __str__(self) -> str:
        return self.what


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint naming the known name nearest to ``name``, or listing all that are known.

    >>> nearest("langage", ["language", "countries"])
    'did you mean "language"?'
    >>> nearest("zzz", ["language", "countries"])
    'known: countries, language'
    """
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else f"known: {', '.join(names)}"
