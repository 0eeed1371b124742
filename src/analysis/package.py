"""Tables and findings → the Frictionless data package: CSV files with fixed bytes, and the descriptor of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import checks, tables
from analysis.checks import FINDINGS, Evidence, register
from analysis.claims import Ledger
from analysis.errors import InputError, NuageError
from analysis.tables import CLAIMS, DOCUMENTS, FOLDER, NUMBERS, SERIES, csv_of, numbers
from analysis.tables.columns import NUMBER_COLUMNS

#: The register of same quantities, a pair a row.
SAME_QUANTITIES = "same_quantities"
DESCRIPTOR = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCES = (
    ("etalab-2.0", "Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
    ("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
)
_KEYS = {DOCUMENTS: ["document"], SAME_QUANTITIES: ["one", "other"]}
_TAKE = "nuage tables, with the documents at hand"
_TITLES = {
    CLAIMS: "Every claim of the ledger",
    SERIES: "Official statistics and what was told elsewhere, each release by itself",
    FINDINGS: "Checks declared between the numbers, and what came out of each",
    SAME_QUANTITIES: "Numbers told of one thing, two by two, and how they stand to each other",
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


def files(evidence: Evidence, census: Census | None) -> dict[str, bytes]:
    """The data package of a project, by file name: a CSV per table, and the descriptor.

    Raises Problems where a check cannot be carried out.
    """
    frames = _frames(evidence)
    contents = {name: csv_of(frame) for name, frame in frames.items()}
    schemas = {name: _fields(frame.attrs["columns"], frame.attrs["types"]) for name, frame in frames.items()}
    if census:
        contents[NUMBERS] = census.content
        schemas[NUMBERS] = _fields(
            {column.name: column.description for column in NUMBER_COLUMNS},
            {column.name: column.type for column in NUMBER_COLUMNS},
        )
    described = [_resource(name, content, schemas[name], census) for name, content in contents.items()]
    return {f"{name}.csv": content for name, content in contents.items()} | {
        DESCRIPTOR: _json(_descriptor(evidence.ledger, described))
    }


def _frames(evidence: Evidence) -> dict[str, pd.DataFrame]:
    """Every table that a project gives by itself; those of series and findings only where it has any."""
    ledger = evidence.ledger
    frames = {name: tables.table(name, ledger) for name in tables.names(ledger)}
    if evidence.catalogue.observations:
        frames[SERIES] = tables.table(SERIES, ledger, evidence.catalogue)
    if evidence.declared:
        frames[FINDINGS] = checks.table(checks.findings(evidence))
    if told := register.rows(register.register(ledger, evidence.catalogue)):
        frames[SAME_QUANTITIES] = tables.frame(register.COLUMNS, told, SAME_QUANTITIES)
    return frames


def write(evidence: Evidence, texts: Mapping[str, str], folder: Path) -> list[Path]:
    """Writes the data package into ``folder``; returns the files whose bytes changed.

    Without every document's text, the census stays as it is, and stays known to be stale if it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in files(evidence, counted(evidence.ledger, texts, folder)).items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            file.write_bytes(content)
            changed.append(file)
    return changed


def stale(evidence: Evidence, texts: Mapping[str, str], folder: Path) -> Iterator[NuageError]:
    """What in ``folder`` is not what the project gives: a missing, an old or a foreign file."""
    census = counted(evidence.ledger, texts, folder)
    if census is None:
        yield InputError("the census is missing", file=folder / f"{NUMBERS}.csv", way_out=_TAKE)
    elif old := census.outdated(evidence.ledger):
        yield old
    expected = files(evidence, census)
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


def _resource(name: str, content: bytes, fields: list[dict[str, Any]], census: Census | None) -> dict[str, Any]:
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
        "schema": {"fields": fields},
    }
    if name == NUMBERS and census:
        return resource | {"basis": census.basis}
    named = {field["name"] for field in fields}
    resource["schema"]["primaryKey"] = _KEYS.get(name, ["id"])
    if keys := [*_foreign_keys(name, named)]:
        resource["schema"]["foreignKeys"] = keys
    return resource


def _foreign_keys(name: str, named: set[str]) -> Iterator[dict[str, Any]]:
    """Rows of a family are claims, and claims and names are of a document."""
    if "document" in named and name != DOCUMENTS:
        yield _key("document", DOCUMENTS)
        if "value" in named and name != CLAIMS:
            yield _key("id", CLAIMS)


def _key(field: str, table: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": table, "fields": [field]}}


def _fields(descriptions: Mapping[str, str], types: Mapping[str, str]) -> list[dict[str, Any]]:
    return [_field(name, types[name], description) for name, description in descriptions.items()]


def _field(name: str, type_: str, description: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": type_, "description": description}
    if name == "id":
        field["constraints"] = {"required": True, "unique": True}
    return field
