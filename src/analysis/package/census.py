"""The census of all numbers that the documents print: taken where the texts are at hand, kept where they are not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from analysis.claims import Ledger
from analysis.errors import InputError, NuageError
from analysis.package.descriptor import DESCRIPTOR
from analysis.tables import FOLDER, NUMBERS, csv_of, numbers

#: What takes the census again.
TAKE = "nuage tables, with the documents at hand"


@dataclass(frozen=True, slots=True)
class Census:
    """The table ``numbers`` as CSV, and the fingerprint of all that it was made from."""

    content: bytes
    basis: str

    def outdated(self, ledger: Ledger) -> NuageError | None:
        """What is to be told where it was not taken of this ledger by this reader."""
        if self.basis == basis(ledger):
            return None
        return InputError(
            "the census was taken of another ledger, or by another reader",
            file=FOLDER / f"{NUMBERS}.csv",
            way_out=TAKE,
        )


def basis(ledger: Ledger) -> str:
    """Fingerprint of what the census depends on: the documents, the places of the ledger, the reader of numbers."""
    entries = sorted(
        [(c.document.id, *c.at, c.id) for c in ledger.claims.values()]
        + [(u.document.id, *u.at, f"{u.reason} {u.claim}") for u in ledger.unused]
    )
    texts = sorted((document.id, document.text_sha256) for document in ledger.documents.values())
    reader = sorted((file.name, file) for file in resources.files("analysis.reading").iterdir())
    sources = [file.read_text(encoding="utf-8") for name, file in reader if name.endswith(".py")]
    return hashlib.sha256(json.dumps([entries, texts, sources]).encode()).hexdigest()[:16]


def counted(ledger: Ledger, texts: Mapping[str, str], folder: Path) -> Census | None:
    """The census: taken now where every document's text is at hand, else the one kept in ``folder``, if any."""
    if ledger.documents.keys() <= texts.keys():
        return Census(csv_of(numbers(ledger, texts)), basis(ledger))
    file, descriptor = folder / f"{NUMBERS}.csv", folder / DESCRIPTOR
    if not file.is_file() or not descriptor.is_file():
        return None
    described = json.loads(descriptor.read_text(encoding="utf-8"))["resources"]
    kept = next((resource["basis"] for resource in described if resource["name"] == NUMBERS), "")
    return Census(file.read_bytes(), kept)
