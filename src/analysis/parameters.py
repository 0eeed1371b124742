"""The typed contract of every notebook: which parameters it takes, declared once, for the command and the notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis import words
from analysis.errors import UsageError, nearest

Chosen = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, what may be chosen, what is chosen if nothing is said, and what it is for.

    With ``many``, a value is several choices parted by commas, in the order wanted; otherwise exactly one.
    """

    name: str
    default: str
    choices: tuple[str, ...]
    help: str
    many: bool = False

    def parse(self, notebook: str, text: object) -> Chosen:
        """The value as the notebook uses it. Raises UsageError naming what may be chosen."""
        parts = tuple(part.strip() for part in str(text).split(",")) if self.many else (str(text),)
        for part in parts:
            if part not in self.choices:
                raise UsageError(
                    f'{self.name} cannot be "{part}"',
                    file=notebook,
                    entry=self.name,
                    way_out=f"choose {'some' if self.many else 'one'} of {', '.join(self.choices)}",
                )
        if len(set(parts)) < len(parts):
            raise UsageError(f'{self.name} names one choice twice: "{text}"', file=notebook, entry=self.name)
        return parts if self.many else parts[0]


LANGUAGE = Parameter("language", "fr", words.LANGUAGES, "language of the text, the numbers and the charts")

#: Those of the official series, besides France: the two that the strategy names, the Union, then others.
COMPARED = ("DE", "FI", "EU27", "IT", "ES", "NL", "DK")

CONTRACTS: Mapping[str, tuple[Parameter, ...]] = {
    "market_share": (LANGUAGE,),
    "adoption": (
        LANGUAGE,
        Parameter("countries", "DE,FI,EU27", COMPARED, "countries that France is compared with", many=True),
    ),
    "funding": (LANGUAGE,),
    "projects": (LANGUAGE,),
    "timeline": (LANGUAGE,),
    "findings": (LANGUAGE,),
    "sources": (LANGUAGE,),
}


def contract(notebook: str) -> tuple[Parameter, ...]:
    """The parameters of a notebook, by its stem. Raises UsageError for a notebook without a contract."""
    if notebook not in CONTRACTS:
        raise UsageError(f'no notebook "{notebook}"', way_out=nearest(notebook, CONTRACTS))
    return CONTRACTS[notebook]


def check(notebook: str, given: Mapping[str, object]) -> dict[str, Chosen]:
    """Every parameter of a notebook with its value: the one given, or its default.

    Raises UsageError for an unknown name, with the nearest known one, or a value that cannot be chosen.

    >>> check("adoption", {"countries": "FI"})
    {'language': 'fr', 'countries': ('FI',)}
    """
    known = {parameter.name: parameter for parameter in contract(notebook)}
    for name in given:
        if name not in known:
            raise UsageError(f'no parameter "{name}"', file=notebook, entry=name, way_out=nearest(name, known))
    return {name: parameter.parse(notebook, given.get(name, parameter.default)) for name, parameter in known.items()}


def begin(notebook: str, **given: object) -> dict[str, Chosen]:
    """The first call of every notebook: checks its parameters, sets the language, and returns the values."""
    chosen = check(notebook, given)
    words.use(str(chosen["language"]))
    return chosen
