"""What comes out of a check: the verdict that two amounts give, and the lines of the derivation that leads there.

Method: a printed number stands for all numbers that would be rounded to it, as statcheck and iXBRL's Calculations 1.1
have it; two agree if some number is both. There is no tolerance to choose.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.checks.check import Grade, Verdict
from analysis.quantities import Amount, Quantity, UnitError

#: A term of a line: a number as printed or computed, an operator, or a text that is the same in both languages.
Term = Quantity | Amount | str
Judgement = tuple[Verdict, Grade]
HOLDS = "✓"
AGREES: Judgement = ("holds", "exact")
COMPATIBLE: Judgement = ("holds", "compatible")
DISAGREES: Judgement = ("contradicts", "numbers_disagree")
FALLS: Judgement = ("contradicts", "sentence_falls")
UNDECIDED: Judgement = ("cannot_tell", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a derivation; ``remark_*`` follow it in brackets."""

    terms: tuple[Term, ...]
    mark: str = ""
    remark_fr: str = ""
    remark_en: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one check.

    ``computed`` and ``stated`` are what was held against each other, where they are amounts; ``differs`` are the
    coordinates for which numbers are not comparable, ``missing`` those for want of which nothing can be told.
    """

    verdict: Verdict
    grade: Grade
    lines: tuple[Line, ...]
    computed: Amount | None = None
    stated: Amount | None = None
    differs: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def judge(computed: Amount, stated: Amount, source: Amount | None = None) -> Judgement:
    """The verdict where ``computed`` should be what is ``stated``.

    ``source`` is the same computed from what the printed numbers were rounded from: what holds of the printed ones but
    not of these holds as printed only. An approximate number is compatible with what it may be, and contradicts
    nothing. Raises UnitError for two units.

    >>> from analysis.reading import read
    >>> eight = Amount.of(read("8 points", lang="fr"))
    >>> judge(Amount.exactly(8, "percentage points"), eight)
    ('holds', 'exact')
    """
    if computed.unit != stated.unit:
        raise UnitError(
            "what is computed and what is stated have different units",
            evidence=f"{computed.unit or 'a count'} and {stated.unit or 'a count'}",
        )
    meets = computed.interval.meets(stated.interval)
    if computed.about or stated.about:
        return COMPATIBLE if meets else UNDECIDED
    if not meets:
        return FALLS if stated.point is None else DISAGREES
    if source is not None and not source.interval.meets(stated.interval):
        return "holds_as_printed", ""
    return "holds", _grade(computed, stated)


def _grade(computed: Amount, stated: Amount) -> Grade:
    if computed.interval.within(stated.interval):
        return "exact"
    if computed.point is None or stated.point is None:
        return "compatible"
    return "exact" if computed.point in stated.interval else "rounding"


def mark(verdict: Verdict) -> str:
    """The sign that ends a derivation; a contradiction has its own between the numbers."""
    return HOLDS if verdict in ("holds", "holds_as_printed") else ""


def sign(verdict: Verdict, grade: Grade) -> str:
    """What stands between the computed and the stated number."""
    if verdict in ("contradicts", "cannot_tell"):
        return "≠"
    return "=" if grade == "exact" else "≈"
