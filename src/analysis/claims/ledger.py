"""Loading the ledger: every claim of every document, or every fault found in one reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from analysis import documents, reading, records
from analysis.claims import drafts, rules
from analysis.claims.claim import CHECKS, FOLDER, Anchor, Claim, Name, Unused
from analysis.claims.drafts import Draft
from analysis.documents import Document
from analysis.errors import InputError, NuageError, Problems, nearest
from analysis.quantities import Quantity

_TOP = ("document", "claim", "name", "unused", "draft")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """All claims and names by id, in the order of the documents and of the files; the numbers that are no claim.

    One reading of a project is equal to itself only, so that what is made of it can be kept.
    ``drafts`` are claims that a person has yet to complete: nothing is made of them, and ``verify`` lists them.
    """

    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    names: Mapping[str, Name] = field(default_factory=dict)
    unused: tuple[Unused, ...] = ()
    drafts: Mapping[str, Draft] = field(default_factory=dict)

    def __getitem__(self, claim_id: str) -> Claim:
        """The claim of that id. Raises InputError naming the nearest one."""
        if claim_id not in self.claims:
            raise InputError(f'no claim "{claim_id}"', file=FOLDER, way_out=nearest(claim_id, self.claims))
        return self.claims[claim_id]

    @property
    def entries(self) -> tuple[Claim | Name, ...]:
        """All that a document must hold in its place: the claims, then the names."""
        return (*self.claims.values(), *self.names.values())

    def of(self, document: str) -> tuple[Claim, ...]:
        """The claims of one document, in the ledger's order."""
        return tuple(claim for claim in self.claims.values() if claim.document.id == document)


def load(project: Path) -> Ledger:
    """The ledger of a project, each value read from the printed expression.

    Raises Problems with every fault of every file: malformed TOML, unknown or missing field, unparsable ``printed``,
    duplicate id, a digit typed in a statement.
    """
    cards = documents.cards(project)
    claims: dict[str, Claim] = {}
    names: dict[str, Name] = {}
    unused: list[Unused] = []
    unfinished: dict[str, Draft] = {}
    problems: list[NuageError] = []
    for path in sorted((project / FOLDER).glob("*.toml")):
        if path.name == CHECKS.name:
            continue
        file = path.relative_to(project)
        try:
            content = records.load(path)
            document = _document(content, file, cards)
        except NuageError as error:
            problems.append(error)
            continue
        problems += _unknown_keys(content, file)
        for claim in _entries(content, "claim", document, file, problems, _claim):
            problems += rules.twice(claim, claims.get(claim.id))
            claims.setdefault(claim.id, claim)
        for name in _entries(content, "name", document, file, problems, _name):
            problems += rules.twice(name, names.get(name.id) or claims.get(name.id))
            names.setdefault(name.id, name)
        unused += _entries(content, "unused", document, file, problems, _unused)
        for draft in _entries(content, "draft", document, file, problems, drafts.read):
            problems += rules.twice(draft, unfinished.get(draft.id) or claims.get(draft.id) or names.get(draft.id))
            unfinished.setdefault(draft.id, draft)
    problems += rules.repetitions(claims)
    if problems:
        raise Problems(problems)
    return Ledger(claims, cards, names, tuple(unused), unfinished)


@cache
def loaded(project: Path) -> Ledger:
    """What ``load`` gives, read once: all the numbers of a piece of work are of one reading."""
    return load(project)


def _document(content: Mapping[str, Any], file: Path, cards: Mapping[str, Document]) -> Document:
    document = cards.get(str(content.get("document")))
    if document is None or document.id != file.stem:
        raise InputError(
            'the field "document" does not name the document of this file',
            file=file,
            evidence=f"document = {content.get('document')!r}",
            way_out=f'document = "{file.stem}", with its card in {documents.FOLDER}',
        )
    return document


def _unknown_keys(content: Mapping[str, Any], file: Path) -> Iterator[NuageError]:
    for key in content:
        if key not in _TOP:
            yield InputError(f'unknown field "{key}"', file=file, way_out=nearest(key, _TOP))


def _entries(
    content: Mapping[str, Any],
    kind: str,
    document: Document,
    file: Path,
    problems: list[NuageError],
    build: Callable[[dict[str, Any], Document, Path, str], T],
) -> Iterator[T]:
    """The entries of one kind that can be built; what is wrong with the others is added to ``problems``."""
    entries = content.get(kind, [])
    if not isinstance(entries, list):
        problems.append(
            InputError(f"it is no list of {kind} entries", file=file, entry=kind, way_out=f"write [[{kind}]]")
        )
        return
    for number, entry in enumerate(entries, 1):
        try:
            yield build(entry, document, file, str(entry.get("id", f"{kind} {number}")))
        except NuageError as error:
            problems.append(error)


def _claim(entry: dict[str, Any], document: Document, file: Path, name: str) -> Claim:
    # The quantity is read from fields that must be checked first, so the claim is built in two steps.
    draft = records.build(Claim, entry, file=file, name=name, document=document, quantity=None)
    if problems := tuple(rules.faults(draft, file)):
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


def _name(entry: dict[str, Any], document: Document, file: Path, name: str) -> Name:
    built = records.build(Name, entry, file=file, name=name, document=document)
    if problems := tuple(rules.faults(built, file)):
        raise Problems(problems)
    return built


def _unused(entry: dict[str, Any], document: Document, file: Path, name: str) -> Unused:
    unused = records.build(Unused, entry, file=file, name=name, document=document)
    if problems := tuple(rules.anchor_faults("printed", Anchor(unused.printed, unused.at), unused, file, name)):
        raise Problems(problems)
    return unused
