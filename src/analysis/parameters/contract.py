"""Which parameters each notebook takes: declared once, here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import Problems, UsageError, nearest
from analysis.parameters.kinds import Choice, Kind, Release, Several, Unfit, Value, Years, read

#: The same in each language.
Told = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a notebook.

    ``default`` is typed; ``help`` says what it is for, ``label`` what a report calls it, ``unit`` what it counts.
    """

    name: str
    kind: Kind
    default: Value
    label: Told
    help: Told
    unit: Told = field(default_factory=dict)

    def parse(self, notebook: str, given: object, project: Path) -> Value:
        """The value as the notebook uses it. Raises UsageError naming what may be chosen."""
        value = tuple(given) if isinstance(given, list) else given
        if type(value) is type(self.default) and value == self.default:
            return self.default
        try:
            return read(self.kind, given, project)
        except Unfit as unfit:
            raise UsageError(
                f"{self.name} cannot be {json.dumps(given, ensure_ascii=False, default=str)}",
                file=notebook,
                entry=self.name,
                evidence=unfit.why,
                way_out=unfit.way_out,
            ) from None


class Refused(Problems, UsageError):
    """Names or values that cannot be used, told together (exit 2)."""


#: Those of the official series, besides France: the two that the strategy names, the Union, then others.
COMPARED = ("DE", "FI", "EU27", "IT", "ES", "NL", "DK")
_OFFICIAL = "eurostat_cloud_use"

LANGUAGE = Parameter(
    "language",
    Choice(("fr", "en")),
    "fr",
    label={"fr": "Langue", "en": "Language"},
    help={
        "fr": "langue du texte, des nombres et des graphiques",
        "en": "language of the text, the numbers and the charts",
    },
)

CONTRACTS: Mapping[str, tuple[Parameter, ...]] = {
    "market_share": (LANGUAGE,),
    "adoption": (
        LANGUAGE,
        Parameter(
            "countries",
            Several(COMPARED),
            ("DE", "FI", "EU27"),
            label={"fr": "France comparée à", "en": "France compared with"},
            help={"fr": "pays auxquels la France est comparée", "en": "countries that France is compared with"},
        ),
        Parameter(
            "years",
            Years(_OFFICIAL, "FR"),
            (2014, None),
            label={"fr": "Série officielle", "en": "Official series"},
            help={
                "fr": "première et dernière année montrées de la série officielle",
                "en": "first and last year shown of the official series",
            },
            unit={"fr": "années civiles", "en": "calendar years"},
        ),
        Parameter(
            "vintage",
            Release(_OFFICIAL),
            "latest",
            label={"fr": "Diffusion d’Eurostat", "en": "Release of Eurostat"},
            help={
                "fr": "diffusion d’Eurostat dont la série officielle est montrée",
                "en": "release of Eurostat of which the official series is shown",
            },
        ),
    ),
    "funding": (LANGUAGE,),
    "projects": (LANGUAGE,),
    "timeline": (LANGUAGE,),
    "findings": (LANGUAGE,),
    "sources": (LANGUAGE,),
}


def contract(notebook: str, project: Path | None = None) -> tuple[Parameter, ...]:
    """The parameters of a notebook, by its stem; one that declares none takes the language.

    With a ``project``, raises UsageError for a notebook that is neither declared nor there.
    """
    if project and notebook not in CONTRACTS and notebook not in (there := stems(project)):
        raise UsageError(f'no notebook "{notebook}"', way_out=nearest(notebook, {*CONTRACTS, *there}))
    return CONTRACTS.get(notebook, (LANGUAGE,))


def stems(project: Path) -> list[str]:
    """What the notebooks of a project are called, in reading order."""
    files = sorted((project / "notebooks").glob("[0-9]*_*.ipynb"))
    return [file.stem.partition("_")[2] for file in files]


def check(notebook: str, given: Mapping[str, object], project: Path) -> dict[str, Value]:
    """Every parameter of a notebook with its value: the one given, as text or typed, or its default.

    Raises Refused with every unknown name, and the nearest known one, and every value that cannot be chosen.

    >>> check("adoption", {"countries": "FI"}, Path())
    {'language': 'fr', 'countries': ('FI',), 'years': (2014, None), 'vintage': 'latest'}
    """
    known = {parameter.name: parameter for parameter in contract(notebook, project)}
    faults = [
        UsageError(f'no parameter "{name}"', file=notebook, entry=name, way_out=nearest(name, known))
        for name in given
        if name not in known
    ]
    chosen: dict[str, Value] = {}
    for name, parameter in known.items():
        try:
            chosen[name] = parameter.parse(notebook, given[name], project) if name in given else parameter.default
        except UsageError as fault:
            faults.append(fault)
    if faults:
        raise Refused(faults)
    return chosen


def literals(chosen: Mapping[str, Value]) -> dict[str, Any]:
    """The values as papermill writes them into a notebook: what is several is a list."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in chosen.items()}


def differing(notebook: str, given: Mapping[str, object]) -> Iterator[tuple[Parameter, Any]]:
    """The parameters with another typed value than their default; the language is none of them."""
    for parameter in contract(notebook):
        value = given.get(parameter.name, parameter.default)
        value = tuple(value) if isinstance(value, list) else value
        if parameter is not LANGUAGE and value != parameter.default:
            yield parameter, value
