"""Corrections of published numbers: what stood, what stands, and why, kept for every page that showed the number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as day
from pathlib import Path

from analysis import reading, records, words
from analysis.checks import Evidence
from analysis.claims import Claim, fold
from analysis.errors import InputError, NuageError, Problems, nearest
from analysis.pages import Correction
from analysis.quantities import Lang, Quantity
from analysis.series import Observation
from analysis.words.templates import fill

FILE = Path("data/raw/corrections.toml")
_TOLD: dict[Lang, str] = {
    "fr": "{statement} Cette édition disait auparavant {stood}, au lieu de {stands}. {why}",
    "en": "{statement} This edition said {stood} before, instead of {stands}. {why}",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction as typed: ``stood`` and ``stands`` are the number as printed, before and after.

    ``claim`` is a claim or an observation; ``cue_stood`` are words that bound the number before, where there were any.
    """

    date: str
    claim: str
    stood: str
    stands: str
    why_fr: str
    why_en: str
    cue_stood: str = ""


def corrections(project: Path, evidence: Evidence) -> tuple[Correction, ...]:
    """The corrections of a project, newest first; none where there is no file.

    Raises Problems with every fault: an unknown claim, a date that is none, a number that is not the one printed now,
    an old value equal to the new one.
    """
    if not (project / FILE).is_file():
        return ()
    entries, problems = records.listed(Entry, project / FILE, file=FILE, kind="correction", named="claim")
    latest = {entry.claim: entry for entry in sorted(entries, key=lambda entry: entry.date)}
    made: list[Correction] = []
    for entry in entries:
        try:
            made.append(_told(entry, evidence, last=latest[entry.claim] is entry))
        except NuageError as error:
            problems.append(error)
    if problems:
        raise Problems(problems)
    return tuple(sorted(made, key=lambda correction: correction.date, reverse=True))


def _told(entry: Entry, evidence: Evidence, *, last: bool) -> Correction:
    if problems := tuple(_faults(entry, evidence, last=last)):
        raise Problems(problems)
    source = evidence.entries[entry.claim]
    texts = {lang: _text(entry, source, lang) for lang in words.LANGUAGES}
    return Correction(entry.date, frozenset({entry.claim}), texts)


def _faults(entry: Entry, evidence: Evidence, *, last: bool) -> Iterator[NuageError]:
    source = evidence.entries.get(entry.claim)
    if source is None:
        what = f'no claim and no observation "{entry.claim}"'
        yield InputError(what, file=FILE, entry=entry.claim, way_out=nearest(entry.claim, evidence.entries))
    elif last and fold(source.printed) != fold(entry.stands):
        yield InputError(
            "what stands is not what is printed now",
            file=FILE,
            entry=entry.claim,
            evidence=f'stands = "{entry.stands}", the ledger prints "{source.printed}"',
            way_out="a number that moves again needs a correction of its own",
        )
    if fold(entry.stood) == fold(entry.stands):
        yield InputError("nothing was corrected: what stood is what stands", file=FILE, entry=entry.claim)
    try:
        day.fromisoformat(entry.date)
    except ValueError:
        yield InputError("the date is no day", file=FILE, entry=entry.claim, evidence=f"date = {entry.date!r}")


def _text(entry: Entry, source: Claim | Observation, lang: Lang) -> str:
    stood, stands = _read(entry.stood, entry.cue_stood, source), _read(entry.stands, "", source)
    named = {
        "statement": words.statement(source, lang),
        "stood": words.quantity(stood, lang),
        "stands": words.quantity(stands, lang, bare=True),
        "why": entry.why_fr if lang == "fr" else entry.why_en,
    }
    return fill(_TOLD[lang], lang, named, markdown=False).text


def _read(printed: str, cue: str, source: Claim | Observation) -> Quantity:
    if isinstance(source, Claim):
        unit = source.unit_words.printed if source.unit_words else ""
        return reading.read(printed, cue=cue, unit=unit, lang=source.document.language)
    return reading.read(printed, cue=cue, unit=source.unit, lang=source.language)
