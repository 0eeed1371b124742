"""Drafts: claims whose place and number are noted, and whose other fields a person has yet to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import records
from analysis.claims.claim import Claim, Placed
from analysis.documents import Document

#: What a person fills in. ``period`` may rightly stay empty in a claim; a draft lists it, so that it is thought of.
LEFT_OPEN = """table subject measure place period measured_by said_by status statement_fr statement_en""".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Placed):
    """A ``[[draft]]`` of the ledger: the fields of a claim, those in ``empty`` still being empty."""

    id: str
    printed: str
    line: int
    empty: tuple[str, ...]


def read(entry: Mapping[str, Any], document: Document, file: Path, name: str) -> Draft:
    """The draft that an entry holds. Raises Problems where it has a field that a claim has not, or of another type."""
    # An empty status is none of those that a claim may have; any one stands in for it while the others are checked.
    checked = {**entry, "status": entry.get("status") or "measured"}
    claim = records.build(Claim, checked, file=file, name=name, document=document, quantity=None)
    empty = tuple(field for field in LEFT_OPEN if not entry.get(field))
    return Draft(
        id=claim.id,
        document=document,
        printed=claim.printed,
        at=claim.at,
        context=claim.context,
        line=claim.line,
        empty=empty,
    )
