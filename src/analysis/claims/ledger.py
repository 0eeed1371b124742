"""Loading the ledger: every claim of every document, or every fault found in one reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from analysis import documents, reading, records
from analysis.claims.claim import Anchor, Claim
from analysis.documents import Document
from analysis.errors import InputError, NuageError, Problems, nearest
from analysis.quantities import Quantity

FOLDER = Path("data/raw/claims")
#: A longer printed expression would be a quotation.
LONGEST = 8
_ID = re.compile(r"[a-z][a-z0-9_]*")
_PERIOD = re.compile(r"(|\d{4}(-(Q[1-4]|H[12]|\d{2}(-\d{2})?))?)")
_DIGIT = re.compile(r"\d")
_TOP = ("document", "claim")
_TOLD = ("statement_fr", "statement_en", "note_fr", "note_en")


@dataclass(frozen=True, slots=True)
class Ledger:
    """All claims by id, in the order of the documents and of the files, and the documents by id."""

    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]

    def __getitem__(self, claim_id: str) -> Claim:
        """The claim of that id. Raises InputError naming the nearest one."""
        if claim_id not in self.claims:
            raise InputError(f'no claim "{claim_id}"', file=FOLDER, way_out=nearest(claim_id, self.claims))
        return self.claims[claim_id]

    def file_of(self, claim: Claim) -> str:
        """The file of the ledger that holds the claim."""
        return str(FOLDER / f"{claim.document.id}.toml")


def load(project: Path) -> Ledger:
    """The ledger of a project, each value read from the printed expression.

    Raises Problems with every fault of every file: malformed TOML, unknown or missing field, unparsable ``printed``,
    duplicate id, a digit typed in a statement.
    """
    cards = documents.cards(project)
    claims: dict[str, Claim] = {}
    problems: list[NuageError] = []
    for file in sorted((project / FOLDER).glob("*.toml")):
        try:
            for claim in _claims_of(file, project, cards, problems):
                if claim.id in claims:
                    problems.append(_twice(claim, claims[claim.id], file.relative_to(project)))
                claims.setdefault(claim.id, claim)
        except NuageError as error:
            problems.append(error)
    problems.extend(_repetitions(claims))
    if problems:
        raise Problems(problems)
    return Ledger(claims, cards)


def _claims_of(file: Path, project: Path, cards: Mapping[str, Document], problems: list[NuageError]) -> Iterator[Claim]:
    shown = file.relative_to(project)
    content = records.load(file)
    document = cards.get(str(content.get("document")))
    if document is None or document.id != file.stem:
        raise InputError(
            'the field "document" does not name the document of this file',
            file=shown,
            evidence=f"document = {content.get('document')!r}",
            way_out=f'document = "{file.stem}", with its card in {documents.FOLDER}',
        )
    problems += [
        InputError(f'unknown field "{key}"', file=shown, way_out=nearest(key, _TOP))
        for key in content
        if key not in _TOP
    ]
    entries = content.get("claim", [])
    if not isinstance(entries, list):
        raise InputError("claims are written [[claim]], with two brackets", file=shown)
    for number, entry in enumerate(entries, 1):
        try:
            yield _claim(entry, document, shown, str(entry.get("id", f"claim {number}")))
        except NuageError as error:
            problems.append(error)


def _claim(entry: dict[str, Any], document: Document, file: Path, name: str) -> Claim:
    # The quantity is read from fields that must be checked first, so the claim is built in two steps.
    draft = records.build(Claim, entry, file=file, name=name, document=document, quantity=None)
    problems = list(_faults(draft, file))
    if problems:
        raise Problems(problems)
    values = {f.name: getattr(draft, f.name) for f in fields(Claim)}
    return Claim(**values | {"quantity": _quantity(draft, file)})


def _quantity(claim: Claim, file: Path) -> Quantity:
    try:
        return reading.read(
            claim.printed,
            cue=claim.cue.printed if claim.cue else "",
            unit=claim.unit_words.printed if claim.unit_words else "",
            lang=claim.document.language,
        )
    except InputError as error:
        raise InputError(
            "no single number can be read from printed",
            file=file,
            entry=claim.id,
            evidence=f'printed = "{claim.printed}"; {error.what}',
            way_out=error.way_out or "write the numeric expression exactly as the document prints it",
        ) from None


def _faults(claim: Claim, file: Path) -> Iterator[NuageError]:
    def fault(what: str, evidence: str, way_out: str) -> InputError:
        return InputError(what, file=file, entry=claim.id, evidence=evidence, way_out=way_out)

    if not _ID.fullmatch(claim.id):
        yield fault("the id is not a name", f'id = "{claim.id}"', "use a to z, digits and _")
    for name, anchor in claim.anchors:
        yield from _anchor_faults(name, anchor, claim, fault)
    if not all(_PERIOD.fullmatch(end) for end in claim.period.replace("..", "").split("/")):
        yield fault("the period is not ISO", f'period = "{claim.period}"', "2018, 2020-Q3, 2021/2022 or 2023/..")
    for name in _TOLD:
        if _DIGIT.search(getattr(claim, name)):
            yield fault(f"a digit is typed in {name}", getattr(claim, name), "interpolate it: {value}, {period}")


def _anchor_faults(name: str, anchor: Anchor, claim: Claim, fault: Any) -> Iterator[NuageError]:
    start, end = anchor.at
    if not 0 <= start < end <= claim.document.length:
        yield fault(
            f"the place of {name} is not in the document",
            f"at = [{start}, {end}], the document has {claim.document.length} characters",
            f'nuage locate {claim.document.id} "{anchor.printed}"',
        )
    if len(anchor.printed.split()) > LONGEST:
        yield fault(f"{name} is longer than {LONGEST} words", f'"{anchor.printed}"', "keep the numeric expression only")


def _twice(claim: Claim, first: Claim, file: Path) -> NuageError:
    return InputError(
        "two claims have this id",
        file=file,
        entry=claim.id,
        evidence=f'"{first.printed}" in {first.document.id} and "{claim.printed}" in {claim.document.id}',
        way_out="give one of them another id",
    )


def _repetitions(claims: Mapping[str, Claim]) -> Iterable[NuageError]:
    """A claim that says it repeats another must name one of its document and state the same quantity."""
    for claim in claims.values():
        if not claim.same_as:
            continue
        file = FOLDER / f"{claim.document.id}.toml"
        first = claims.get(claim.same_as)
        if first is None or first.document is not claim.document:
            yield InputError(
                f'same_as names no claim of this document: "{claim.same_as}"',
                file=file,
                entry=claim.id,
                way_out=nearest(claim.same_as, (c.id for c in claims.values() if c.document is claim.document)),
            )
        elif _stated(first) != _stated(claim):
            yield InputError(
                "it does not state the same quantity as the claim it repeats",
                file=file,
                entry=claim.id,
                evidence=f'"{claim.printed}" here, "{first.printed}" in {first.id}',
                way_out="correct printed, or remove same_as and say in a note how they differ",
            )


def _stated(claim: Claim) -> tuple[object, ...]:
    q = claim.quantity
    return q.kind, q.value, q.unit, q.bound
