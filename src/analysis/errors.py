"""Every error of ours: which file, which entry, what is wrong, the evidence, the way out."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

#: What the system says where it lacks memory; and where it lacks room, rights, open files, or a disk that works.
_NO_MEMORY = {errno.ENOMEM, errno.EAGAIN}
_REFUSED = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM),
    *(errno.EBUSY, errno.EMFILE, errno.ENFILE, errno.EIO, errno.ESTALE),
}
#: How Python tells the same without a number.
_NO_MEMORY_TOLD = ("can't start new thread", "failed to map segment")
_REFUSED_TOLD = "No usable temporary directory"


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


@contextmanager
def lacks_told() -> Iterator[None]:
    """Raises SetupError for what the machine lacks, in place of the error that the system or Python tells it by."""
    try:
        yield
    except (MemoryError, OSError, RuntimeError, ImportError) as error:
        if told := _lack(error):
            raise told from None
        raise


def _lack(error: Exception) -> SetupError | None:
    number, evidence = getattr(error, "errno", None), getattr(error, "strerror", None) or str(error)
    if isinstance(error, MemoryError) or number in _NO_MEMORY or any(told in evidence for told in _NO_MEMORY_TOLD):
        way_out = "give it more (ulimit -v, or what the container may take), or do less at once: --workers 1"
        return SetupError("the machine has too little memory", evidence=evidence, way_out=way_out)
    if number in _REFUSED or _REFUSED_TOLD in evidence:
        way_out = "make room, or see to the rights; then the same command may be run again"
        return SetupError(
            "the system refuses", file=getattr(error, "filename", None), evidence=evidence, way_out=way_out
        )
    return None


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
