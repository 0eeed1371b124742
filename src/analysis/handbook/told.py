"""What notebooks, tables and the environment can be told, or tell."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis import parameters, tables
from analysis.desk.described import MIXED, unit_of
from analysis.handbook.markup import code, codes, page, table
from analysis.package import DESCRIPTOR
from analysis.parameters.kinds import Choice, Kind, Release, Several, Years, spelled
from analysis.words.terms import lexicon

#: Every variable that the command or a file of docs/schedules reads; a test finds those that are missing here.
ENVIRONMENT = {
    "NUAGE_PROJECT": "The project folder, where `--project` names none. If not set: the nearest one at or above the "
    "current folder, or else the checkout that the package is run from.",
    "NUAGE_DOCUMENTS": "The folder with the documents’ texts, where `--documents` names none. If not set: "
    "`data/raw/documents`.",
    "NUAGE_CACHE": "Where results are kept. If not set: `.cache` in the project.",
    "NUAGE_LIMIT": "How long a command of [nightly.sh](../schedules/nightly.sh) may take. If not set: `30m`.",
    "NUAGE_TRIES": "How many times it tries. If not set: `3`.",
    "NUAGE_PAUSE": "Seconds between two tries. If not set: `60`.",
}


def parameters_page() -> str:
    """The page of what each notebook can be told."""
    return page(
        "Parameters, by notebook",
        "How a value of each kind is written, on the command line and typed: [parameters](../parameters.md). What may "
        "be chosen of a series hangs on its releases: `nuage parameters NOTEBOOK` lists it.",
        *(block for notebook in parameters.CONTRACTS for block in _notebook(notebook)),
    )


def _notebook(notebook: str) -> Iterator[str]:
    yield f"## `{notebook}`"
    yield table(("parameter", "what may be chosen", "if not said", "what for", "in French"), _parameters(notebook))


def _parameters(notebook: str) -> Iterator[tuple[str, ...]]:
    for each in parameters.contract(notebook):
        yield code(each.name), _may_be(each.kind), code(spelled(each.default)), each.help["en"], each.help["fr"]


def _may_be(kind: Kind) -> str:
    match kind:
        case Choice(choices):
            return f"one of {codes(choices)}"
        case Several(choices):
            return f"several of {codes(choices)}"
        case Years(series):
            return f"years that `{series}` tells of"
        case Release(series):
            return f"a release of `{series}`"


def tables_page(project: Path) -> str:
    """The page of the tables and their columns, as the committed data package describes them."""
    described = json.loads((project / tables.FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    resources = described["resources"]
    return page(
        "Tables and columns",
        "Each table is a CSV file in `data/processed` and in every edition, and a table of its database "
        "([data for machines](../data.md)). A column that no row of a table uses is left out of it.",
        table(("table", "what it holds", "key", "columns"), map(_table, resources)),
        "## Columns",
        "A number in the unit of its row has the unit that the column `unit` of that row names.",
        table(("column", "in English", "in French", "type", "unit", "what it means", "in"), _columns(resources)),
    )


def _table(resource: Mapping[str, Any]) -> tuple[str, ...]:
    schema = resource["schema"]
    return code(resource["name"]), resource["title"], codes(schema.get("primaryKey", ())), str(len(schema["fields"]))


def _columns(resources: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Each column once, with the tables that have it; one that means something else elsewhere, once more."""
    places: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for resource in resources:
        for field in resource["schema"]["fields"]:
            places[field["name"], field["type"], field["description"]].append(resource["name"])
    for (name, type_, meaning), found in sorted(places.items()):
        term = lexicon()["columns"].get(name)
        called = (term.en, term.fr) if term else ("", "")
        yield code(name), *called, type_, _unit(name, type_), meaning, codes(found)


def _unit(name: str, type_: str) -> str:
    unit = unit_of(name, MIXED) if type_ in ("number", "integer") else None
    return "that of the row" if unit == MIXED else unit or ""


def environment_page() -> str:
    """The page of the variables of the environment."""
    return page(
        "Environment variables",
        table(("variable", "what it sets"), ((code(name), told) for name, told in ENVIRONMENT.items())),
    )
