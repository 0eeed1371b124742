"""Findings as a notebook shows them: each with its verdict, its derivation and its fair words, or many in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

import pandas as pd

from analysis import paths, reads, words
from analysis.checks import register
from analysis.checks.check import VERDICTS, declared
from analysis.checks.findings import Finding, findings
from analysis.checks.operands import Evidence
from analysis.checks.undeclared import same_quantities
from analysis.errors import UsageError, nearest
from analysis.quantities import Lang
from analysis.series import Observation
from analysis.words import BLOCK_TYPE, Shown, View
from analysis.words.typography import FIXED, capital

#: What stands beside the word of a verdict, so that it is told at a glance and without colour.
SIGNS: Mapping[str, str] = {
    "holds": "✓",
    "holds_as_printed": "≈",
    "contradicts": "≠",
    "not_comparable": "‖",
    "cannot_tell": "?",
}

_SEMICOLON = {"fr": " ; ", "en": "; "}
_LINK = re.compile(r"\[([^\[\]]*)\]\(#([a-z0-9_]+)\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def found() -> tuple[Finding, ...]:
    """The findings of the project that the work is done in, gravest first, worked out once.

    Raises Problems with every check that cannot be carried out.
    """
    with reads.as_one("findings", reads.ALL):
        return findings(_at_hand())


@cache
def _at_hand() -> Evidence:
    return Evidence(words.ledger(), words.catalogue(), declared(paths.project()))


@dataclass(frozen=True, slots=True)
class Findings(Shown):
    """Findings shown one after the other in one language, in the order given."""

    findings: tuple[Finding, ...]
    lang: Lang

    def block(self) -> dict[str, Any]:
        """The JSON object that the edition reads."""
        return {"block": "findings", "items": [_item(finding, self.lang) for finding in self.findings]}

    def bundle(self) -> dict[str, Any]:
        """Articles for the screen, paragraphs for a terminal, the block for the edition."""
        html = "".join(_html(item, self.lang) for item in self.block()["items"])
        return {BLOCK_TYPE: self.block(), "text/html": html, "text/plain": str(self)}

    def __str__(self) -> str:
        return "\n\n".join("\n".join(_lines(item)) for item in self.block()["items"])


@dataclass(frozen=True, slots=True)
class Tabled(Shown):
    """Findings as a table, a row each; ``ids`` are theirs, so that a proof can lead to the row."""

    view: View
    ids: tuple[str, ...]

    def block(self) -> dict[str, Any]:
        """The JSON object that the edition reads: a table, with the findings of its rows."""
        return {**self.view.block(), "findings": list(self.ids)}

    def bundle(self) -> dict[str, Any]:
        """A table for the screen, aligned text for a terminal, the block for the edition."""
        return {**self.view.bundle(), BLOCK_TYPE: self.block()}

    def __str__(self) -> str:
        return str(self.view)


def shown(*wanted: Finding) -> Findings:
    """These findings in the language being written."""
    return Findings(wanted, words.language())


def show(*names: str, series: bool | None = None) -> Findings:
    """The findings of these checks, or all those of a verdict, in the language being written.

    ``series`` keeps only those in which a series has a part, or only those between the documents themselves. Raises
    UsageError for a name that is neither a check nor a verdict.
    """
    wanted = (finding for name in names for finding in _named(name))
    return shown(*(each for each in wanted if series is None or series == of_series(each)))


def tabled(name: str, *, caption_fr: str, caption_en: str) -> Tabled:
    """All findings of a verdict as a table: what is checked, the derivation, the number stated, how firmly it stands.

    The captions are templates, with {count} for how many there are. Raises UsageError for a name that is no verdict.
    """
    wanted, lang = _named(name), words.language()
    rows = [
        {
            "check": finding.title(lang),
            "worked_out": words.typeset(_SEMICOLON[lang].join(_derivation(finding, lang)), lang),
            "stated": _stated(finding),
            "grade": finding.outcome.grade,
        }
        for finding in wanted
    ]
    frame = pd.DataFrame(rows, columns=["check", "worked_out", "stated", "grade"])
    view = words.present(frame, name=name, caption_fr=caption_fr, caption_en=caption_en, count=len(wanted))
    return Tabled(view, tuple(finding.id for finding in wanted))


def compared() -> pd.DataFrame:
    """The register of same quantities, a pair a row, in the order of its groups (see ``register.COLUMNS``)."""
    with reads.as_one("same_quantities", reads.ALL):
        return register.table(same_quantities(_at_hand()))


def verdict(finding: Finding, lang: Lang) -> str:
    """The verdict in a word, with its sign: "≠ contradicts"."""
    code = finding.outcome.verdict
    return f"{SIGNS[code]}{FIXED}{words.label(code, lang, group='verdicts')}"


def _named(name: str) -> Sequence[Finding]:
    by_id = {finding.id: finding for finding in found()}
    if name in by_id:
        return (by_id[name],)
    if name in VERDICTS:
        return tuple(finding for finding in found() if finding.outcome.verdict == name)
    raise UsageError(f'no check and no verdict "{name}"', way_out=nearest(name, [*VERDICTS, *by_id]))


def of_series(finding: Finding) -> bool:
    """Whether a series has a part in it: otherwise it is between the documents themselves."""
    return any(isinstance(operand.entry, Observation) for operand in finding.case.operands)


def _stated(finding: Finding) -> str:
    gives = finding.case.gives
    return gives.entry.id if gives and gives.entry else ""


def _item(finding: Finding, lang: Lang) -> dict[str, Any]:
    """A finding as its readers get it: everything is text, but ``says``, which is Markdown with linked numbers."""
    outcome, says = finding.outcome, finding.says(lang, markdown=True)
    linked = {claim for _, claim in _LINK.findall(says)}
    rest = [entry for claim in finding.claims if claim not in linked and (entry := words.known(claim))]
    parts = (("reason", finding.reason(lang)), ("settle", finding.settles(lang)))
    return {
        "id": finding.id,
        "verdict": outcome.verdict,
        "sign": SIGNS[outcome.verdict],
        "told": _told(finding, lang),
        "title": finding.title(lang),
        "says": says,
        "derivation": _derivation(finding, lang),
        "means": finding.means(lang),
        "parts": [{"label": _label(name, lang), "text": text} for name, text in parts if text],
        "numbers_label": _label("numbers" if linked else "all_numbers", lang),
        "numbers": [{"text": words.quantity(entry.quantity, lang), "claim": entry.id} for entry in rest],
    }


def _derivation(finding: Finding, lang: Lang) -> list[str]:
    """Its lines, none of which may end with a sign alone on a line of its own."""
    return [line.replace(" ✓", f"{FIXED}✓") for line in finding.derivation(lang)]


def _label(name: str, lang: Lang) -> str:
    return capital(words.label(name, lang, group="findings"))


def _told(finding: Finding, lang: Lang) -> str:
    """The verdict with its grade: "Contradicts: the numbers disagree"."""
    codes = ((finding.outcome.verdict, "verdicts"), (finding.outcome.grade, "grades"))
    told = " : ".join(words.label(code, lang, group=group) for code, group in codes if code)
    return words.typeset(capital(told if lang == "fr" else told.replace(" : ", ": ")), lang)


def _lines(item: Mapping[str, Any]) -> Iterator[str]:
    """The finding for a terminal."""
    yield f"{item['sign']} {item['title']}"
    yield item["told"]
    yield _ESCAPED.sub(r"\1", _LINK.sub(r"\1", item["says"]))
    yield from (f"    {line}" for line in item["derivation"])
    yield item["means"]
    yield from (f"{part['label']} \N{EN DASH} {part['text']}" for part in item["parts"])


def _html(item: Mapping[str, Any], lang: Lang) -> str:
    """The finding for Jupyter, which has no style sheet of ours."""
    says, end = "", 0
    for link in _LINK.finditer(item["says"]):
        before, number = item["says"][end : link.start()], link[1]
        says += f'{_plain(before)}<a href="#{link[2]}">{_plain(number)}</a>'
        end = link.end()
    says += _plain(item["says"][end:])
    derivation = "".join(f"<li>{escape(line)}</li>" for line in item["derivation"])
    parts = "".join(f"<p><b>{escape(part['label'])}</b> {escape(part['text'])}</p>" for part in item["parts"])
    return (
        f'<article lang="{lang}"><h3>{escape(item["title"])}</h3>'
        f"<p><b>{item['sign']} {escape(item['told'])}</b></p><p>{says}</p>"
        f"<ul>{derivation}</ul><p>{escape(item['means'])}</p>{parts}</article>"
    )


def _plain(markdown: str) -> str:
    return escape(_ESCAPED.sub(r"\1", markdown))
