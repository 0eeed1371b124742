"""A claim: what a document states, where exactly, and the quantity read there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from analysis.documents import Document, Passage
from analysis.quantities import Quantity

Status = Literal["measured", "estimated", "target", "forecast", "promise", "decided"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a document and their place: ``printed`` with each run of blanks folded to one space."""

    printed: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity that a document states about something.

    ``printed``, ``at``    the numeric expression and its place in the canonical text
    ``line``               the line in which it begins, from 1
    ``context``            fingerprint of the text on both sides (see ``anchors.fingerprint``)
    ``cue``, ``unit_words``  the words elsewhere that bind it or give its unit, with their own places
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
    def passage(self) -> Passage:
        """The stretch of the document that holds the number."""
        return Passage(self.document, self.start, self.end)

    @property
    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """Every stretch of the document the claim leans on, under the name of its field: the number first."""
        yield "printed", Anchor(self.printed, self.at)
        if self.cue:
            yield "cue", self.cue
        if self.unit_words:
            yield "unit_words", self.unit_words
