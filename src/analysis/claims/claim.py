"""A claim: what a document states, where exactly, and the quantity read there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

from analysis.documents import Document
from analysis.quantities import Quantity

#: Where the ledger is, from the project's folder: one file per document.
FOLDER = Path("data/raw/claims")
#: The file beside them that says how claims should relate, not what a document states.
CHECKS = FOLDER / "checks.toml"
#: The fields that hold words of the document other than the number, each with its own place.
WORDS = ("cue", "unit_words", "subject_words", "place_words", "period_words", "measured_by_words", "weekday_words")

Status = Literal["measured", "estimated", "target", "forecast", "promise", "decided"]
Reason = Literal["page_furniture", "repetition", "enumeration", "other_subject"]


def typed_entry(entry: Any, of: str, computed: Collection[str]) -> str:
    """Fingerprint of what is typed of an entry of ``of``: all its fields but those ``computed`` from them."""
    typed = {field.name: getattr(entry, field.name) for field in fields(entry) if field.name not in computed}
    told = json.dumps(typed, sort_keys=True, default=asdict)
    return hashlib.sha256(f"{of}\0{told}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a document and their place: ``printed`` with each run of blanks folded to one space."""

    printed: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What stands at a place of a document: ``text[start:end]`` of its canonical text.

    ``context`` is the fingerprint of the text on both sides (see ``anchors.fingerprint``). ``document`` is not typed in
    the ledger: its file says it.
    """

    document: Document
    at: tuple[int, int]
    context: str

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.at[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.at[1]

    @property
    def file(self) -> Path:
        """The file of the ledger that holds it, from the project's folder."""
        return FOLDER / f"{self.document.id}.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated(Placed):
    """What a document says of something, with our sentence for it in both languages.

    ``printed`` are its words, each run of blanks folded to one; ``line`` is the line in which they begin, from 1.
    """

    id: str
    table: str
    printed: str
    line: int
    subject: str
    said_by: str
    statement_fr: str
    statement_en: str
    note_fr: str = ""
    note_en: str = ""

    @property
    def entry(self) -> str:
        """Fingerprint of the entry as it is written in the ledger, not of what was read from it.

        Any change of any field changes it: the first 16 hexadecimal digits of a SHA-256.
        """
        return typed_entry(self, self.document.id, ("document", "quantity"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Stated):
    """A name that a document gives without a number: a partner of a project, a qualified offer, a member state.

    ``subject`` is what it belongs to, ``role`` what it is there.
    """

    role: str

    @property
    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """The one stretch of the document that it leans on."""
        yield "printed", Anchor(self.printed, self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused(Placed):
    """A number of a document that is no claim, and why.

    ``reason`` is the code of the reason; for a repetition, ``claim`` is the claim that it repeats. For a whole stretch
    of page furniture, of which no word may be kept here, ``printed`` is empty and ``context`` the fingerprint of the
    stretch itself.
    """

    reason: Reason
    printed: str = ""
    claim: str = ""

    def covers(self, start: int, end: int) -> bool:
        """Whether it accounts for a number printed there."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Stated):
    """A quantity that a document states about something.

    ``printed``, ``at``    the numeric expression and its place
    ``cue``, ``unit_words``  the words elsewhere that bind it or give its unit, with their own places
    ``subject_words`` …    the words that name its subject, place, period, measurer or, of a date, day of the week,
                           where the text names them
    ``subject`` … ``setting``  codes whose labels stand in the lexicon of ``words``
    ``period``             ISO: ``2018``, ``2020-Q3``, ``2021/2022``, ``2023/..``; empty where the text gives none
    ``same_as``            the claim of the same document that this one repeats
    ``statement_*``        what is stated, in our words, with ``{value}`` and ``{period}`` to be filled in
    ``quantity``           what was read from ``printed``; nobody types it
    """

    measure: str
    place: str
    period: str
    measured_by: str
    status: Status
    quantity: Quantity
    cue: Anchor | None = None
    unit_words: Anchor | None = None
    subject_words: Anchor | None = None
    place_words: Anchor | None = None
    period_words: Anchor | None = None
    measured_by_words: Anchor | None = None
    weekday_words: Anchor | None = None
    population: str = ""
    payer: str = ""
    purpose: str = ""
    segment: str = ""
    setting: str = ""
    same_as: str = ""

    @property
    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """Every stretch of the document the claim leans on, under the name of its field: the number first."""
        yield "printed", Anchor(self.printed, self.at)
        for name in WORDS:
            anchor: Anchor | None = getattr(self, name)
            if anchor:
                yield name, anchor
