"""An observation: a number of a series, what it is about, when it was told and where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from analysis.claims.claim import Status, typed_entry
from analysis.quantities import Lang, Quantity
from analysis.series.cards import Series

Agreement = Literal["two places", "one place", "disagree", "not checked", "official"]
AGREEMENTS: tuple[str, ...] = get_args(Agreement)

#: What the letters beside a value of an office say; a value may have several.
FLAGS = {
    "b": "break in the series",
    "c": "confidential",
    "d": "definition differs",
    "e": "estimated",
    "f": "forecast",
    "n": "not significant",
    "p": "provisional",
    "r": "revised",
    "s": "estimated by the office",
    "u": "low reliability",
    "z": "not applicable",
}
#: What makes two observations tellings of one quantity.
COORDINATES = "subject measure place period population segment payer purpose".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A number that a series gives for something; the names of its coordinates are those of a claim.

    ``printed``, ``cue``, ``unit``  the number as printed, the words that bind it, and its unit where that stands apart
    ``flag``       letters of ``FLAGS``, in alphabetical order
    ``released``   ISO date of the release or telling, as exact as it is known: ``2026-02-27``, ``2021-01``, ``2025``
    ``publisher``  whose page or release it was read in; ``address`` is where
    ``second_address``  where it was read a second time, or told otherwise, or explained by the office: an address, or
                   the id of a document of the ledger
    ``same_as``    the claim of the ledger that it only retells
    ``newest``     false for the earlier releases of an office
    ``quantity``   what was read from ``printed``; nobody types it
    """

    id: str
    series: Series
    file: Path
    line: int
    printed: str
    cue: str
    unit: str
    language: Lang
    subject: str
    measure: str
    place: str
    period: str
    population: str
    segment: str
    payer: str
    purpose: str
    status: Status
    measured_by: str
    said_by: str
    flag: str
    released: str
    publisher: str
    address: str
    second_address: str
    agreement: Agreement
    same_as: str
    note_fr: str
    note_en: str
    quantity: Quantity
    newest: bool = True

    @property
    def breaks(self) -> bool:
        """Whether the series breaks here: not to be joined with what was before."""
        return "b" in self.flag

    @property
    def coordinates(self) -> tuple[str, ...]:
        """What it is about: two observations with the same are tellings of one quantity."""
        return tuple(getattr(self, name) for name in COORDINATES)

    @property
    def entry(self) -> str:
        """Fingerprint of the row as it stands in the file: any change of any cell changes it.

        The first 16 hexadecimal digits of a SHA-256.
        """
        return typed_entry(self, self.series.id, _NOT_TYPED)


#: Nobody types these; where a row stands may change with rows added above it.
_NOT_TYPED = frozenset({"series", "file", "line", "quantity", "newest"})
