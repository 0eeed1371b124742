"""What the data package says of itself: its tables, their columns, types and keys, its sources and licences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from analysis.checks import FINDINGS
from analysis.checks.register import SAME_QUANTITIES
from analysis.claims import Ledger
from analysis.tables import CLAIMS, DOCUMENTS, NUMBERS, SERIES

DESCRIPTOR = "datapackage.json"
NAME = "etat-du-nuage"
TITLE = "État du nuage: what public documents say about the cloud, number by number"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


class Licence(NamedTuple):
    """A licence under which data and text may be used: its code, its name, where it stands."""

    name: str
    title: str
    path: str


#: Either of them, as the reader likes.
LICENCES = (
    Licence("etalab-2.0", "Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
    Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
)
_KEYS = {DOCUMENTS: ["document"], SAME_QUANTITIES: ["one", "other"]}
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


def descriptor(ledger: Ledger, resources: list[dict[str, Any]]) -> bytes:
    """The descriptor of a package of these resources, as JSON."""
    described = {
        "$schema": _PROFILE,
        "name": NAME,
        "title": TITLE,
        "licenses": [licence._asdict() for licence in LICENCES],
        "sources": [
            {"title": f"{card.known_as} ({card.publisher}, {card.date})"} for card in ledger.documents.values()
        ],
        "resources": resources,
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def title(name: str) -> str:
    """What a table holds, in a few words; its name where nobody has said."""
    return _TITLES.get(name, name)


def resource(name: str, content: bytes, fields: list[dict[str, Any]]) -> dict[str, Any]:
    """What the descriptor says of one table."""
    named = {field["name"] for field in fields}
    schema: dict[str, Any] = {"fields": fields}
    if key := _KEYS.get(name, ["id"] if "id" in named else []):
        schema["primaryKey"] = key
    if keys := [*_foreign_keys(name, named)]:
        schema["foreignKeys"] = keys
    return {
        "name": name,
        "title": title(name),
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _foreign_keys(name: str, named: set[str]) -> Iterator[dict[str, Any]]:
    """Rows of a family are claims, claims and names are of a document, and what repeats a claim names it."""
    if "document" in named and name != DOCUMENTS:
        yield _key("document", DOCUMENTS, "document")
        if {"id", "value"} <= named and name != CLAIMS:
            yield _key("id", CLAIMS, "id")
    if "same_as" in named:
        yield _key("same_as", CLAIMS, "id")


def _key(field: str, table: str, to: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": table, "fields": [to]}}


def fields(descriptions: Mapping[str, str], types: Mapping[str, str]) -> list[dict[str, Any]]:
    """The columns of a table, from what each means and its Table Schema type."""
    return [_field(name, types[name], description) for name, description in descriptions.items()]


def _field(name: str, type_: str, description: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": type_, "description": description}
    if name == "id":
        field["constraints"] = {"required": True, "unique": True}
    return field
