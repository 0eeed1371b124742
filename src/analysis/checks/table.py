"""Findings → a tidy table, one row each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import pandas as pd

from analysis import reads, tables
from analysis.checks.findings import Finding
from analysis.quantities import Lang
from analysis.tables import Column

#: The table of findings.
FINDINGS = "findings"


def _listed(name: str, description: str, cell: Callable[[Finding], Sequence[str]]) -> Column[Finding]:
    return Column(name, "string", f"{description}, parted by blanks", lambda finding: " ".join(cell(finding)))


def _told(name: str, description: str, lang: Lang) -> Column[Finding]:
    return Column(name, "string", f"{description}, parted by |", lambda finding: " | ".join(finding.derivation(lang)))


COLUMNS: tuple[Column[Finding], ...] = (
    Column("id", "string", "Name of the check, the same for ever", lambda f: f.id),
    Column("relation", "string", "What kind of relation should hold", lambda f: f.check.relation),
    Column(
        "verdict",
        "string",
        "holds, holds_as_printed, contradicts, not_comparable or cannot_tell",
        lambda f: f.outcome.verdict,
    ),
    Column(
        "grade",
        "string",
        "Of what holds: exact, rounding or compatible; of what does not: numbers_disagree or sentence_falls",
        lambda f: f.outcome.grade,
    ),
    Column("weight", "integer", "How grave it is; what holds exactly weighs nothing", lambda f: f.weight),
    _listed("claims", "Claims, observations and names it rests on", lambda f: f.claims),
    _listed("differs", "In what the numbers are not comparable", lambda f: f.outcome.differs),
    _listed("missing", "What is not given that would decide it", lambda f: f.outcome.missing),
    _told("derivation", "From the numbers to the verdict, line by line", "en"),
    _told("derivation_fr", "The same, as French prints numbers", "fr"),
    Column("title_fr", "string", "What is checked, in French", lambda f: f.title("fr")),
    Column("title_en", "string", "What is checked, in English", lambda f: f.title("en")),
    Column("reason_fr", "string", "Why the relation should hold, in French", lambda f: f.reason("fr")),
    Column("reason_en", "string", "Why the relation should hold, in English", lambda f: f.reason("en")),
    Column("says_fr", "string", "What came out, in French", lambda f: f.says("fr")),
    Column("says_en", "string", "What came out, in English", lambda f: f.says("en")),
    Column("means_fr", "string", "What it does and does not mean, in French", lambda f: f.means("fr")),
    Column("means_en", "string", "What it does and does not mean, in English", lambda f: f.means("en")),
    Column("settle_fr", "string", "What would settle it, in French", lambda f: f.settles("fr")),
    Column("settle_en", "string", "What would settle it, in English", lambda f: f.settles("en")),
)


def table(found: Sequence[Finding]) -> pd.DataFrame:
    """The findings as a tidy table, in their order: index 0…n-1, texts ``str``, ``weight`` int64."""
    with reads.as_one("table", FINDINGS):
        return _tidy(tuple(found)).copy(deep=False)  # what a reader changes in it is copied first


@lru_cache(maxsize=2)
def _tidy(found: tuple[Finding, ...]) -> pd.DataFrame:
    return tables.frame(COLUMNS, found, FINDINGS)
