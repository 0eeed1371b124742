"""The contract as text for people, as JSON for programs, and as JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.parameters.contract import Parameter, contract
from analysis.parameters.kinds import (
    Choice,
    Kind,
    Release,
    Several,
    Years,
    releases,
    spelled,
    years,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def listed(notebooks: Iterable[str], project: Path | None = None) -> Iterator[str]:
    """Lines that tell what these notebooks take; without a project, as far as that does not hang on it."""
    for notebook in notebooks:
        yield notebook
        for each in contract(notebook, project):
            unit = f", {each.unit['en']}" if each.unit else ""
            default = f"(default: {spelled(each.default)})"
            yield f"  {each.name:<12} {each.help['en']}{unit}: {_may_be(each.kind, project)} {default}"


def _may_be(kind: Kind, project: Path | None) -> str:
    """What may be chosen, as it is written on the command line."""
    match kind:
        case Choice(choices):
            return " | ".join(choices)
        case Several(choices):
            return ",".join(choices)
        case Years():
            known = f" (there are {', '.join(map(str, years(kind, project)))})" if project else ""
            return f"2018-2025, or 2018- for all from then on{known}"
        case Release():
            return " | ".join(releases(kind, project)) if project else "latest | the date of a release"


def recorded(notebook: str, project: Path) -> list[dict[str, Any]]:
    """The parameters of a notebook for programs: kind, schema, default, and what is told of them in both languages."""
    return [
        {
            "name": each.name,
            "kind": type(each.kind).__name__.lower(),
            "default": each.default,
            "schema": _typed(each.kind, project),
            "label": each.label,
            "help": each.help,
            "unit": each.unit,
        }
        for each in contract(notebook, project)
    ]


def schema(notebook: str, project: Path) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a notebook's parameters as they stand, typed, in its parameters cell."""
    return {
        "$schema": _DIALECT,
        "title": notebook,
        "type": "object",
        "additionalProperties": False,
        "properties": {each.name: _property(each, project) for each in contract(notebook, project)},
    }


def _property(parameter: Parameter, project: Path) -> dict[str, Any]:
    told = {"title": parameter.label["en"], "description": parameter.help["en"]}
    return {**_typed(parameter.kind, project), **told, "default": parameter.default}


def _typed(kind: Kind, project: Path) -> dict[str, Any]:
    match kind:
        case Choice(choices):
            return {"enum": list(choices)}
        case Several(choices):
            return {"type": "array", "items": {"enum": list(choices)}, "minItems": 1, "uniqueItems": True}
        case Years():
            known = years(kind, project)
            ends = {"minimum": known[0], "maximum": known[-1]}
            pair = [{"type": "integer", **ends}, {"type": ["integer", "null"], **ends}]
            return {"type": "array", "prefixItems": pair, "items": False, "minItems": 2}
        case Release():
            return {"enum": list(releases(kind, project))}
