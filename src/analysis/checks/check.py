"""The relations that should hold, as they are declared: which, between what, why, and what is expected to come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from analysis import records
from analysis.claims.claim import CHECKS
from analysis.errors import InputError, NuageError, Problems

FILE = CHECKS

Verdict = Literal["holds", "holds_as_printed", "contradicts", "not_comparable", "cannot_tell"]
#: How firmly: the printed numbers themselves agree, only their roundings allow it, or a bound or an approximation does;
#: and of a contradiction, whether only numbers disagree or a sentence that compares no longer stands.
Grade = Literal["", "exact", "rounding", "compatible", "numbers_disagree", "sentence_falls"]

VERDICTS: tuple[str, ...] = get_args(Verdict)
#: Verdicts that leave a question open: their check must say what would settle it.
UNSETTLED = ("contradicts", "not_comparable", "cannot_tell")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One declared relation.

    ``of``        what is computed with: ids of claims and observations, or ``names:<subject>.<role>`` for how many
                  names the documents give; their order is the relation's (see ``relations``)
    ``gives``     the claim or observation that states the result
    ``weights``   for a weighted mean: the sizes, in the order of ``of``
    ``source``    what the numbers of ``of`` were rounded from, in their order: what holds of the printed numbers is
                  held against it too
    ``across``    coordinates in which the numbers differ on purpose, as a sum over purposes does
    ``expected``  the verdict that the build insists on, and its ``grade``
    ``reason_*``  why the relation should hold; ``title_*`` what is checked, in a few words
    ``says_*``    what came out, where the sentence that the verdict gives by itself does not say enough
    ``means_*``   what that does and does not mean, where the sentence of the relation does not say enough;
                  ``settle_*`` what would settle it
    """

    id: str
    relation: str
    of: tuple[str, ...]
    expected: Verdict
    title_fr: str
    title_en: str
    reason_fr: str
    reason_en: str
    grade: Grade = ""
    gives: str = ""
    weights: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    says_fr: str = ""
    says_en: str = ""
    means_fr: str = ""
    means_en: str = ""
    settle_fr: str = ""
    settle_en: str = ""

    def fault(self, what: str, evidence: str | None = None, way_out: str | None = None) -> InputError:
        """An error that names this check."""
        return InputError(what, file=FILE, entry=self.id, evidence=evidence, way_out=way_out)


def declared(project: Path) -> tuple[Check, ...]:
    """The checks of a project in the order of their file; none where there is no file.

    Raises Problems with every fault of the file: an unknown field, an id given twice, a text in one language only, an
    open question without what would settle it.
    """
    if not (project / FILE).is_file():
        return ()
    checks, problems = records.listed(Check, project / FILE, file=FILE, kind="check")
    problems += _faults(checks)
    if problems:
        raise Problems(problems)
    return tuple(checks)


def _faults(checks: list[Check]) -> Iterator[NuageError]:
    seen: set[str] = set()
    for check in checks:
        if check.id in seen:
            yield check.fault("this id is given twice", way_out="give each check a name of its own")
        seen.add(check.id)
        for field in ("says", "settle", "title", "reason", "means"):
            french, english = getattr(check, f"{field}_fr"), getattr(check, f"{field}_en")
            if bool(french.strip()) != bool(english.strip()):
                yield check.fault(f"{field} is told in one language only", way_out=f"write {field}_fr and {field}_en")
        for field in ("title_fr", "reason_fr"):
            if not getattr(check, field).strip():
                yield check.fault(f'the field "{field}" is empty')
        if check.expected in UNSETTLED and not check.settle_fr.strip():
            yield check.fault(
                f'a check that is expected to end in "{check.expected}" must say what would settle it',
                way_out="write settle_fr and settle_en",
            )
