"""What an entry of the ledger must obey before it is held against any document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.claims.claim import Anchor, Claim, Name, Unused
from analysis.claims.drafts import Draft
from analysis.errors import InputError, NuageError, nearest
from analysis.quantities.spans import is_period

#: A longer printed expression would be a quotation.
LONGEST = 8
_ID = re.compile(r"[a-z][a-z0-9_]*")
_YEARLESS = re.compile(r"--\d{2}-\d{2}")
_DIGIT = re.compile(r"\d")
_TOLD = ("statement_fr", "statement_en", "note_fr", "note_en")


def faults(claim: Claim | Name, file: Path) -> Iterator[NuageError]:
    """What is wrong with a claim or a name by itself: its id, its places, its period, digits typed in statements."""

    def fault(what: str, evidence: str, way_out: str) -> InputError:
        return InputError(what, file=file, entry=claim.id, evidence=evidence, way_out=way_out)

    if not _ID.fullmatch(claim.id):
        yield fault("the id is not a name", f'id = "{claim.id}"', "use a to z, digits and _")
    for name, anchor in claim.anchors:
        yield from anchor_faults(name, anchor, claim, file, claim.id)
    period = claim.period if isinstance(claim, Claim) else ""
    if not (is_period(period) or _YEARLESS.fullmatch(period)):
        yield fault("the period is not ISO", f'period = "{period}"', "2018, 2020-Q3, 2021/2022 or 2023/..")
    for name in _TOLD:
        if _DIGIT.search(getattr(claim, name)):
            yield fault(f"a digit is typed in {name}", getattr(claim, name), "interpolate it: {value}, {period}")


def anchor_faults(name: str, anchor: Anchor, of: Claim | Name | Unused, file: Path, entry: str) -> Iterator[NuageError]:
    """What is wrong with a place: outside the document, or more words than may be quoted."""
    start, end = anchor.at
    if not 0 <= start < end <= of.document.length:
        yield InputError(
            f"the place of {name} is not in the document",
            file=file,
            entry=entry,
            evidence=f"at = [{start}, {end}], the document has {of.document.length} characters",
            way_out=f'nuage locate {of.document.id} "{anchor.printed}"',
        )
    if len(anchor.printed.split()) > LONGEST:
        yield InputError(
            f"{name} is longer than {LONGEST} words",
            file=file,
            entry=entry,
            evidence=f'"{anchor.printed}"',
            way_out="keep the numeric expression only",
        )


def twice(claim: Claim | Name | Draft, first: Claim | Name | Draft | None) -> Iterator[NuageError]:
    """A second claim or name with the id of the ``first``."""
    if first is not None:
        yield InputError(
            "two claims have this id",
            file=claim.file,
            entry=claim.id,
            evidence=f'"{first.printed}" in {first.document.id} and "{claim.printed}" in {claim.document.id}',
            way_out="give one of them another id",
        )


def repetitions(claims: Mapping[str, Claim]) -> Iterator[NuageError]:
    """A claim that says it repeats another must name one of its document and state the same quantity."""
    for claim in claims.values():
        if not claim.same_as:
            continue
        first = claims.get(claim.same_as)
        if first is None or first.document is not claim.document:
            yield InputError(
                f'same_as names no claim of this document: "{claim.same_as}"',
                file=claim.file,
                entry=claim.id,
                way_out=nearest(claim.same_as, (c.id for c in claims.values() if c.document is claim.document)),
            )
        elif _stated(first) != _stated(claim):
            yield InputError(
                "it does not state the same quantity as the claim it repeats",
                file=claim.file,
                entry=claim.id,
                evidence=f'"{claim.printed}" here, "{first.printed}" in {first.id}',
                way_out="correct printed, or remove same_as and say in a note how they differ",
            )


def _stated(claim: Claim) -> tuple[object, ...]:
    q = claim.quantity
    return q.kind, q.value, q.unit, q.bound
