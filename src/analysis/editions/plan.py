"""What an edition is made of: which notebooks are run, in which languages, with which parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis import parameters, records
from analysis.errors import InputError, UsageError, nearest
from analysis.quantities import Lang

_NAME = re.compile(r"(\d+)_([a-z_]+)\.ipynb")


@dataclass(frozen=True, slots=True)
class Job:
    """One run of one notebook: ``number`` is its place in reading order, ``given`` the parameters it is run with."""

    notebook: Path
    number: int
    stem: str
    lang: Lang
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """What ``data/raw/edition.toml`` says of the edition to be built."""

    name: str
    date: str
    code: str = ""


def card(project: Path) -> Card:
    """The edition's card. Raises InputError or Problems where it does not hold together."""
    file = Path("data/raw/edition.toml")
    return records.build(Card, records.load(project / file), file=file, name="edition")


def notebooks(project: Path) -> list[tuple[int, str, Path]]:
    """The notebooks of a project in reading order: number, stem, file.

    Raises InputError for a name that fits no chapter, UsageError where there is no notebook.
    """
    found = []
    for file in sorted((project / "notebooks").glob("*.ipynb")):
        name = _NAME.fullmatch(file.name)
        if not name:
            raise InputError("a notebook's name is its number and its stem", file=file, way_out="01_market_share.ipynb")
        found.append((int(name[1]), name[2], file))
    if not found:
        raise UsageError("no notebooks", file=project / "notebooks")
    return sorted(found)


def jobs(project: Path, languages: Sequence[Lang], given: Mapping[str, str]) -> list[Job]:
    """The runs of an edition; each parameter goes to the notebooks that know it.

    Raises UsageError for a parameter that no notebook knows, or a value that cannot be chosen.
    """
    found = notebooks(project)
    known = {stem: {p.name for p in parameters.contract(stem)} for _, stem, _ in found}
    for name in given:
        if name == parameters.LANGUAGE.name:
            raise UsageError("the language is chosen with --lang", entry=name)
        if not any(name in names for names in known.values()):
            raise UsageError(f'no parameter "{name}"', entry=name, way_out=nearest(name, set().union(*known.values())))
    planned = []
    for number, stem, file in found:
        own = {name: value for name, value in given.items() if name in known[stem]}
        parameters.check(stem, own)
        planned += [Job(file, number, stem, lang, {"language": lang, **own}) for lang in languages]
    return planned
