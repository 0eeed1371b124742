"""Tables → CSV files with fixed bytes and the Frictionless data package that describes them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.claims import Ledger
from analysis.errors import InputError, NuageError
from analysis.quantities import plain
from analysis.tables.columns import COLUMNS
from analysis.tables.frames import CLAIMS, names, table

FOLDER = Path("data/processed")
DESCRIPTOR = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCES = (
    ("etalab-2.0", "Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
    ("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
)
_TITLES = {
    CLAIMS: "Every claim of the ledger",
    "market_share": "Shares, ranks and size of the cloud market",
    "adoption": "Enterprises that use the cloud",
    "funding": "Money announced for the cloud strategy",
}


def files(ledger: Ledger) -> dict[str, bytes]:
    """The data package of a ledger, by file name: a CSV per table, and the descriptor.

    CSV: UTF-8, commas, ``\\n``, numbers with a decimal point and without exponent, empty for no value.
    """
    tables = {name: table(name, ledger) for name in names(ledger)}
    contents = {f"{name}.csv": _csv(frame) for name, frame in tables.items()}
    contents[DESCRIPTOR] = _json(_descriptor(ledger, tables, contents))
    return contents


def write(ledger: Ledger, folder: Path) -> list[Path]:
    """Writes the data package into ``folder``; returns the files whose bytes changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in files(ledger).items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            file.write_bytes(content)
            changed.append(file)
    return changed


def stale(ledger: Ledger, folder: Path) -> Iterable[NuageError]:
    """What in ``folder`` is not what the ledger gives: a missing, an old or a foreign file."""
    expected = files(ledger)
    for name, content in expected.items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            what = "is not what the ledger gives" if file.is_file() else "is missing"
            yield InputError(f"the table {what}", file=file, way_out="nuage tables, then look at git diff")
    for file in sorted(folder.glob("*.csv")):
        if file.name not in expected:
            yield InputError("no claim gives this table", file=file, way_out="remove it")


def _csv(frame: pd.DataFrame) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([_text(cell) for cell in row] for row in frame.itertuples(index=False))
    return text.getvalue().encode()


def _text(cell: object) -> str:
    match cell:
        case Decimal():
            return plain(cell)
        case bool():
            return str(cell).lower()
        case None:
            return ""
        case _:
            return str(cell)


def _json(descriptor: Mapping[str, Any]) -> bytes:
    return (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode()


def _descriptor(ledger: Ledger, tables: Mapping[str, pd.DataFrame], contents: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "$schema": _PROFILE,
        "name": "etat-du-nuage",
        "title": "État du nuage: what public documents say about the cloud, number by number",
        "licenses": [{"name": name, "title": title, "path": path} for name, title, path in _LICENCES],
        "sources": [
            {"title": f"{card.title} ({card.publisher}, {card.date})", "path": card.address}
            for card in ledger.documents.values()
        ],
        "resources": [_resource(name, frame, contents[f"{name}.csv"]) for name, frame in tables.items()],
    }


def _resource(name: str, frame: pd.DataFrame, content: bytes) -> dict[str, Any]:
    resource = {
        "name": name,
        "title": _TITLES.get(name, name),
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": [_field(column) for column in frame.columns], "primaryKey": ["id"]},
    }
    if name != CLAIMS:
        key = {"fields": ["id"], "reference": {"resource": CLAIMS, "fields": ["id"]}}
        resource["schema"]["foreignKeys"] = [key]  # type: ignore[index]
    return resource


def _field(name: str) -> dict[str, Any]:
    column = next(column for column in COLUMNS if column.name == name)
    field: dict[str, Any] = {"name": name, "type": column.type, "description": column.description}
    if name == "id":
        field["constraints"] = {"required": True, "unique": True}
    return field
