"""Tables → the Frictionless data package: CSV files with fixed bytes, and the descriptor that explains them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from analysis.claims import Ledger
from analysis.errors import InputError, NuageError
from analysis.tables.columns import CLAIM_COLUMNS, DOCUMENT_COLUMNS, NAME_COLUMNS, NUMBER_COLUMNS, Column
from analysis.tables.frames import CLAIMS, DOCUMENTS, FOLDER, NUMBERS, csv_of, names, numbers, table

DESCRIPTOR = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCES = (
    ("etalab-2.0", "Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
    ("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
)
_TAKE = "nuage tables, with the documents at hand"
_TITLES = {
    CLAIMS: "Every claim of the ledger",
    NUMBERS: "Census: every number that the documents print, and what accounts for it",
    DOCUMENTS: "Identity cards of the documents",
    "adoption": "Enterprises that use the cloud",
    "events": "Days of the State in the cloud: participants, sessions, satisfaction",
    "funding": "Money announced for the cloud strategy",
    "indicators": "Indicators of success and other targets",
    "market_share": "Shares, ranks and size of the cloud market",
    "partners": "Partners of the projects that the documents name",
    "projects": "Projects: how many, and what is stated of each",
    "qualifications": "Offers qualified, or to be qualified, as trusted cloud",
    "timeline": "Dated acts and dates announced",
}


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
            way_out=_TAKE,
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


def files(ledger: Ledger, census: Census | None) -> dict[str, bytes]:
    """The data package of a ledger, by file name: a CSV per table, and the descriptor."""
    contents = {name: csv_of(table(name, ledger)) for name in names(ledger)}
    if census:
        contents[NUMBERS] = census.content
    described = [_resource(name, content, ledger, census) for name, content in contents.items()]
    return {f"{name}.csv": content for name, content in contents.items()} | {
        DESCRIPTOR: _json(_descriptor(ledger, described))
    }


def write(ledger: Ledger, texts: Mapping[str, str], folder: Path) -> list[Path]:
    """Writes the data package into ``folder``; returns the files whose bytes changed.

    Without every document's text, the census stays as it is, and stays known to be stale if it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in files(ledger, counted(ledger, texts, folder)).items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            file.write_bytes(content)
            changed.append(file)
    return changed


def stale(ledger: Ledger, texts: Mapping[str, str], folder: Path) -> Iterator[NuageError]:
    """What in ``folder`` is not what the ledger gives: a missing, an old or a foreign file."""
    census = counted(ledger, texts, folder)
    if census is None:
        yield InputError("the census is missing", file=folder / f"{NUMBERS}.csv", way_out=_TAKE)
    elif old := census.outdated(ledger):
        yield old
    expected = files(ledger, census)
    for name, content in expected.items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            what = "is not what the ledger gives" if file.is_file() else "is missing"
            yield InputError(f"the table {what}", file=file, way_out="nuage tables, then look at git diff")
    for file in sorted(folder.glob("*.csv")):
        if file.name not in expected and file.stem != NUMBERS:
            yield InputError("no claim gives this table", file=file, way_out="remove it")


def _json(descriptor: Mapping[str, Any]) -> bytes:
    return (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode()


def _descriptor(ledger: Ledger, described: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": _PROFILE,
        "name": "etat-du-nuage",
        "title": "État du nuage: what public documents say about the cloud, number by number",
        "licenses": [{"name": name, "title": title, "path": path} for name, title, path in _LICENCES],
        "sources": [
            {"title": f"{card.known_as} ({card.publisher}, {card.date})"} for card in ledger.documents.values()
        ],
        "resources": described,
    }


def _resource(name: str, content: bytes, ledger: Ledger, census: Census | None) -> dict[str, Any]:
    named = content.partition(b"\n")[0].decode().split(",")
    known: dict[str, Column[Any]] = {column.name: column for column in _columns(name, ledger)}
    resource: dict[str, Any] = {
        "name": name,
        "title": _TITLES.get(name, name),
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": [_field(known[column]) for column in named]},
    }
    if name == NUMBERS and census:
        return resource | {"basis": census.basis}
    key = "document" if name == DOCUMENTS else "id"
    resource["schema"]["primaryKey"] = [key]
    if "document" in named and name != DOCUMENTS:
        resource["schema"]["foreignKeys"] = [_key("document", DOCUMENTS)]
    if "value" in named and name != CLAIMS:
        resource["schema"]["foreignKeys"].append(_key("id", CLAIMS))
    return resource


def _key(field: str, table: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": table, "fields": [field]}}


def _columns(name: str, ledger: Ledger) -> tuple[Column[Any], ...]:
    if name == NUMBERS:
        return NUMBER_COLUMNS
    if name == DOCUMENTS:
        return DOCUMENT_COLUMNS
    claimed = name == CLAIMS or any(claim.table == name for claim in ledger.claims.values())
    return CLAIM_COLUMNS if claimed else NAME_COLUMNS


def _field(column: Column[Any]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.name == "id":
        field["constraints"] = {"required": True, "unique": True}
    return field
