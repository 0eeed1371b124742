"""Holding the whole ledger against the documents at hand, the lexicon and the tables it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import checks, claims, documents, package, series, tables, words
from analysis.checks import Evidence, Finding
from analysis.claims import Ledger
from analysis.documents import Shelf
from analysis.errors import InputError, NuageError


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, what could not be, and what does not hold."""

    checked: tuple[str, ...]
    unchecked: tuple[str, ...]
    problems: tuple[NuageError, ...]


def verify(project: Path, given: Path | None = None) -> Verification:
    """Verifies the project's ledger; ``given`` names another folder of documents.

    Raises Problems where the ledger cannot even be read.
    """
    evidence = checks.load(project)
    ledger = evidence.ledger
    shelf = documents.shelf(documents.folder(project, given), ledger.documents)
    return Verification(
        checked=tuple(_checked(evidence, shelf)),
        unchecked=tuple(_unchecked(ledger, shelf)),
        problems=(
            *unfinished(ledger),
            *anchors(ledger, shelf),
            *words.unknown_codes(ledger),
            *words.misnamed(ledger),
            *_uncounted(ledger, shelf),
            *verdicts(evidence, checks.findings(evidence)),
            *package.stale(evidence, shelf.texts, project / tables.FOLDER),
        ),
    )


def anchors(ledger: Ledger, shelf: Shelf) -> Iterator[NuageError]:
    """What does not hold between the ledger and the documents at hand; texts that are no document of ours included."""
    for file in shelf.foreign:
        yield InputError(
            "a text that is none of the documents",
            file=file,
            evidence="its sha256 is on no identity card",
            way_out="remove it, or put back the document as it was received",
        )
    for card in ledger.documents.values():
        text = shelf.texts.get(card.id)
        if text is not None and len(text) != card.length:
            yield InputError(
                "the length on the identity card is not the document's",
                file=documents.FOLDER / f"{card.id}.toml",
                entry="length",
                evidence=f"{len(text)} characters",
            )
    for entry in ledger.entries:
        if entry.document.id in shelf.texts:
            yield from claims.faults(entry, shelf.texts[entry.document.id])


def verdicts(evidence: Evidence, found: tuple[Finding, ...]) -> Iterator[NuageError]:
    """Verdicts that are not those expected, and contradictions that nobody has declared."""
    yield from checks.unexpected(found)
    yield from checks.undeclared(evidence)


def unfinished(ledger: Ledger) -> Iterator[NuageError]:
    """What a person has yet to fill in, on identity cards and in drafts, by document and line."""
    for card in ledger.documents.values():
        if card.empty:
            yield InputError(
                f"still to be filled in: {', '.join(card.empty)}",
                file=documents.FOLDER / f"{card.id}.toml",
                entry="card",
            )
        drafts = [draft for draft in ledger.drafts.values() if draft.document is card]
        for draft in sorted(drafts, key=lambda each: each.at):
            left = f"still to be filled in: {', '.join(draft.empty)}" if draft.empty else "nothing is left to fill in"
            yield InputError(
                left,
                file=draft.file,
                entry=f"{draft.id} (line {draft.line})",
                evidence=f'it prints "{draft.printed}"',
                way_out="then write [[claim]] instead of [[draft]]; or remove it, if it is no claim",
            )


def _uncounted(ledger: Ledger, shelf: Shelf) -> Iterator[NuageError]:
    """What the census of the documents at hand does not account for."""
    for card in ledger.documents.values():
        if card.id in shelf.texts:
            yield from claims.census_faults(ledger, card, shelf.texts[card.id])


def _checked(evidence: Evidence, shelf: Shelf) -> Iterator[str]:
    ledger = evidence.ledger
    yield f"{_counted(len(ledger.claims), 'claim')} read from {claims.FOLDER}"
    if ledger.drafts:
        yield f"{_counted(len(ledger.drafts), 'draft')} still to be completed"
    for card in ledger.documents.values():
        if card.id in shelf.texts:
            stated = sum(claim.document.id == card.id for claim in ledger.claims.values())
            yield f"{card.id}: document recognised, {_counted(stated, 'claim')} held against it"
    if observations := len(evidence.catalogue.observations):
        yield f"{_counted(observations, 'observation')} read from {series.FOLDER}"
    if evidence.declared:
        yield f"{_counted(len(evidence.declared), 'check')} carried out from {checks.FILE}"


def _unchecked(ledger: Ledger, shelf: Shelf) -> Iterator[str]:
    for card in ledger.documents.values():
        if card.id not in shelf.texts:
            stated = sum(claim.document.id == card.id for claim in ledger.claims.values())
            yield f"{card.id}: not at hand, so the places of {_counted(stated, 'claim')} were not checked"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
