"""Findings by verdict, by check, and by what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

import pandas as pd

from analysis import checks, words
from analysis.checks import Finding
from analysis.checks.check import VERDICTS
from analysis.checks.telling import Findings, verdict
from analysis.claims import Claim
from analysis.desk.described import described
from analysis.desk.grids import Cell, Grid, Told, facts
from analysis.errors import UsageError, nearest
from analysis.pages.strings import strings
from analysis.quantities import Lang
from analysis.words import BLOCK_TYPE, Known, Shown
from analysis.words.current import checked
from analysis.words.typography import capital

_CHECK: Mapping[Lang, str] = {"fr": "Vérification", "en": "Check"}
_HEADINGS = ("check", "verdict", "finding", "worked_out")
_FIELDS = ("table", "subject", "measure", "place", "segment", "payer", "purpose")


class ToldFinding(Told):
    """A finding that shows itself, with its fields (``id``, ``outcome``, ``claims``, …)."""

    thing: Finding

    @property
    def verdict(self) -> str:
        """The code of its verdict."""
        return self.thing.outcome.verdict

    def bundle(self) -> dict[str, Any]:
        """Verdict, derivation, what it means: a table for the screen, lines for a terminal, the block of an edition."""
        block = Findings((self.thing,), self.lang).block()
        (item,) = block["items"]
        told = [
            (_CHECK[self.lang], item["id"]),
            (_heading("verdict", self.lang), f"{item['sign']} {item['told']}"),
            (_heading("finding", self.lang), self.thing.says(self.lang)),
            (_heading("worked_out", self.lang), "\n".join(item["derivation"])),
            (strings(self.lang)["caveat"], item["means"]),
            *((part["label"], part["text"]) for part in item["parts"]),
            (_heading("claims", self.lang), "\n".join(self.thing.claims)),
        ]
        return {BLOCK_TYPE: block, **facts(self.lang, item["title"], told).bundle()}


class ToldFindings(Shown, Sequence[ToldFinding]):
    """Findings in order, gravest first: a sequence that shows itself; ``frame`` has them as a tidy table."""

    def __init__(self, found: Sequence[Finding], lang: Lang) -> None:
        self._found, self.lang = tuple(found), lang

    @property
    def frame(self) -> pd.DataFrame:
        """The findings as a tidy table, a row each."""
        return described(checks.table(self._found))

    @overload
    def __getitem__(self, index: int) -> ToldFinding: ...
    @overload
    def __getitem__(self, index: slice) -> ToldFindings: ...
    def __getitem__(self, index: int | slice) -> ToldFinding | ToldFindings:
        if isinstance(index, slice):
            return ToldFindings(self._found[index], self.lang)
        return ToldFinding(self._found[index], self.lang)

    def __len__(self) -> int:
        return len(self._found)

    def bundle(self) -> dict[str, Any]:
        """A table for the screen, lines for a terminal, the block of an edition."""
        headings = (_CHECK[self.lang], *(_heading(name, self.lang) for name in _HEADINGS))
        caption = f"{strings(self.lang)['checked']} ({len(self)})"
        grid = Grid(self.lang, caption, headings, tuple(tuple(self._row(finding)) for finding in self._found))
        return {BLOCK_TYPE: Findings(self._found, self.lang).block(), **grid.bundle()}

    def _row(self, finding: Finding) -> Iterator[Cell]:
        lang = self.lang
        yield Cell(finding.id)
        yield Cell(finding.title(lang))
        yield Cell(verdict(finding, lang))
        yield Cell(finding.says(lang))
        yield Cell("\n".join(finding.derivation(lang)))

    def __str__(self) -> str:
        return str(self.bundle()["text/plain"])

    __repr__ = __str__


def findings(name: str = "", *, about: str = "", lang: str | None = None) -> ToldFindings:
    """The findings of a verdict, or of one check, or all; ``about`` keeps those that rest on something.

    ``about`` is the id of a claim, of an observation, of a document or of a series, or a code of what they are about:
    a family, subject, measure, place, segment, payer or purpose. Raises UsageError for an unknown name, with the
    nearest one.

    >>> [finding.id for finding in findings("contradicts", about="market_growth_yearly", lang="en")]
    ['market_growth_of_segments']
    """
    found = checks.found()
    if name:
        found = tuple(each for each in found if name in (each.id, each.outcome.verdict))
        if not found and name not in VERDICTS:
            known = [*VERDICTS, *(each.id for each in checks.found())]
            raise UsageError(f'no verdict and no check "{name}"', way_out=_hint(name, known))
    if about:
        all_of = {each.id: _about(each) for each in checks.found()}
        if not any(about in named for named in all_of.values()):
            raise UsageError(f'no finding is about "{about}"', way_out=_hint(about, set().union(*all_of.values())))
        found = tuple(each for each in found if about in all_of[each.id])
    return ToldFindings(found, words.language() if lang is None else checked(lang))


def _about(finding: Finding) -> set[str]:
    """Every name by which a finding can be asked for."""
    entries = [operand.entry for operand in finding.case.operands if operand.entry]
    return {*finding.claims, *(name for entry in entries for name in _names(entry))} - {""}


def _names(entry: Known) -> Iterator[str]:
    yield from (getattr(entry, field, "") for field in _FIELDS)
    yield entry.document.id if isinstance(entry, Claim) else entry.series.id


def _hint(name: str, known: Sequence[str] | set[str]) -> str:
    return nearest(name, {each for each in known if each})


def _heading(name: str, lang: Lang) -> str:
    return capital(words.label(name, lang, group="columns"))
