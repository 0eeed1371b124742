"""A claim: what a document states, where exactly, and the quantity read there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal

from analysis.documents import Document, Passage
from analysis.quantities import Quantity

#: Where the ledger is, from the project's folder: one file per document.
FOLDER = Path("data/raw/claims")
#: The fields that hold words of the document other than the number, each with its own place.
WORDS = ("cue", "unit_words", "subject_words", "place_words", "period_words", "measured_by_words")

Status = Literal["measured", "estimated", "target", "forecast", "promise", "decided"]
Reason = Literal["page_furniture", "repetition", "enumeration", "other_subject"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a document and their place: ``printed`` with each run of blanks folded to one space."""

    printed: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a document gives without a number: a partner of a project, a qualified offer, a member state.

    ``subject`` is what it belongs to, ``role`` what it is there; the other fields are those of a claim.
    """

    id: str
    table: str
    printed: str
    at: tuple[int, int]
    line: int
    context: str
    subject: str
    role: str
    said_by: str
    statement_fr: str
    statement_en: str
    document: Document
    note_fr: str = ""
    note_en: str = ""

    @property
    def file(self) -> Path:
        """The file of the ledger that holds it."""
        return FOLDER / f"{self.document.id}.toml"

    @property
    def entry(self) -> str:
        """Fingerprint of the entry as it is written in the ledger."""
        return written(self)

    @property
    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """The one stretch of the document that it leans on."""
        yield "printed", Anchor(self.printed, self.at)


@dataclass(frozen=True, slots=True)
class Unused:
    """A number of a document that is no claim, and why.

    ``reason`` is the code of the reason; for a repetition, ``claim`` is the claim that it repeats. ``printed``, ``at``
    and ``context`` are those of the number, as in a claim; for a whole stretch of page furniture, of which no word may
    be kept here, ``printed`` is empty and ``context`` the fingerprint of the stretch itself.
    """

    document: Document
    at: tuple[int, int]
    context: str
    reason: Reason
    printed: str = ""
    claim: str = ""

    @property
    def file(self) -> Path:
        """The file of the ledger that holds it."""
        return FOLDER / f"{self.document.id}.toml"

    def covers(self, start: int, end: int) -> bool:
        """Whether it accounts for a number printed there."""
        return self.at[0] < end and start < self.at[1]


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity that a document states about something.

    ``printed``, ``at``    the numeric expression and its place in the canonical text
    ``line``               the line in which it begins, from 1
    ``context``            fingerprint of the text on both sides (see ``anchors.fingerprint``)
    ``cue``, ``unit_words``  the words elsewhere that bind it or give its unit, with their own places
    ``subject_words`` …    the words that name its subject, place, period or measurer, where the text names them
    ``subject`` … ``setting``  codes whose labels stand in the lexicon of ``words``
    ``period``             ISO: ``2018``, ``2020-Q3``, ``2021/2022``, ``2023/..``; empty where the text gives none
    ``same_as``            the claim of the same document that this one repeats
    ``statement_*``        what is stated, in our words, with ``{value}`` and ``{period}`` to be filled in
    ``document``, ``quantity``  are not typed in the ledger: the identity card, and what was read from ``printed``
    """

    id: str
    table: str
    printed: str
    at: tuple[int, int]
    line: int
    context: str
    subject: str
    measure: str
    place: str
    period: str
    measured_by: str
    said_by: str
    status: Status
    statement_fr: str
    statement_en: str
    document: Document
    quantity: Quantity
    cue: Anchor | None = None
    unit_words: Anchor | None = None
    subject_words: Anchor | None = None
    place_words: Anchor | None = None
    period_words: Anchor | None = None
    measured_by_words: Anchor | None = None
    population: str = ""
    payer: str = ""
    purpose: str = ""
    segment: str = ""
    setting: str = ""
    same_as: str = ""
    note_fr: str = ""
    note_en: str = ""

    @property
    def start(self) -> int:
        """Where the printed expression begins in the canonical text."""
        return self.at[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.at[1]

    @property
    def file(self) -> Path:
        """The file of the ledger that holds it."""
        return FOLDER / f"{self.document.id}.toml"

    @property
    def entry(self) -> str:
        """Fingerprint of the claim as it is written in the ledger: any change of any field changes it."""
        return written(self)

    @property
    def passage(self) -> Passage:
        """The stretch of the document that holds the number."""
        return Passage(self.document, self.start, self.end)

    @property
    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """Every stretch of the document the claim leans on, under the name of its field: the number first."""
        yield "printed", Anchor(self.printed, self.at)
        for name in WORDS:
            anchor: Anchor | None = getattr(self, name)
            if anchor:
                yield name, anchor


def written(entry: Claim | Name) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of an entry's typed fields: not of what was read from them."""
    typed = {f.name: getattr(entry, f.name) for f in fields(entry) if f.name not in ("document", "quantity")}
    told = json.dumps(typed, sort_keys=True, default=asdict)
    return hashlib.sha256(f"{entry.document.id}\0{told}".encode()).hexdigest()[:16]
