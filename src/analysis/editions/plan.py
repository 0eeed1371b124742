"""What an edition is made of: which notebooks are run, in which languages, with which parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day
from pathlib import Path
from typing import Any

from analysis import parameters, records
from analysis.errors import InputError, NuageError, Problems, UsageError, nearest
from analysis.quantities import Lang

_CARD = Path("data/raw/edition.toml")
_NAMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
#: A host, perhaps a port and folders: nothing that would have to be escaped in a page or a feed.
_ADDRESS = re.compile(r"https://[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*/?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAME = re.compile(r"(\d+)_([a-z_]+)\.ipynb")


@dataclass(frozen=True, slots=True)
class Job:
    """One run of one notebook.

    ``number``  its place in reading order
    ``given``   the value of every parameter, as papermill writes it into the notebook
    ``name``    what its files are called: the notebook's stem, unless a matrix names the run
    """

    notebook: Path
    number: int
    stem: str
    lang: Lang
    given: Mapping[str, Any]
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """What ``data/raw/edition.toml`` says of the edition to be built.

    ``address`` is that of the public folder it will stand in; empty while it is not public. ``previous`` is the date of
    the edition before it; empty for the first.
    """

    name: str
    date: str
    code: str = ""
    address: str = ""
    previous: str = ""


def card(project: Path) -> Card:
    """The edition's card. Raises InputError or Problems where it does not hold together."""
    made = records.build(Card, records.load(project / _CARD), file=_CARD, name="edition")
    if problems := tuple(_faults(made)):
        raise Problems(problems)
    return made


def _faults(made: Card) -> Iterator[NuageError]:
    """What could not stand in an address, a citation or a feed."""
    if not _NAMED.fullmatch(made.name):
        yield _fault("name", made.name, "the name is not one", "letters, digits, full stops and hyphens: 2026-11")
    if not _is_day(made.date):
        yield _fault("date", made.date, "the date is not a day", "write it as 2026-11-21")
    way_out = "https://…, without name, query or fragment; leave it out while there is none"
    for field, address in (("address", made.address), ("code", made.code)):
        if address and not _ADDRESS.fullmatch(address):
            yield _fault(field, address, "the address is not a public one", way_out)


def _is_day(date: str) -> bool:
    try:
        return day.fromisoformat(date).isoformat() == date
    except ValueError:
        return False


def _fault(field: str, value: str, what: str, way_out: str) -> InputError:
    return InputError(what, file=_CARD, entry=f"edition.{field}", evidence=f"{field} = {value!r}", way_out=way_out)


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


def jobs(project: Path, languages: Sequence[Lang], given: Mapping[str, object]) -> list[Job]:
    """The runs of an edition; each parameter goes to the notebooks that know it.

    Raises Refused for parameters that no notebook knows, or values that cannot be chosen.
    """
    found = notebooks(project)
    known = {stem: {p.name for p in parameters.contract(stem)} for _, stem, _ in found}
    if faults := [*_unknown(given, set().union(*known.values()))]:
        raise parameters.Refused(faults)
    planned = []
    for number, stem, file in found:
        chosen = parameters.check(stem, {name: given[name] for name in given if name in known[stem]}, project)
        planned += [job(file, number, stem, lang, chosen, stem) for lang in languages]
    return planned


def job(file: Path, number: int, stem: str, lang: Lang, chosen: Mapping[str, parameters.Value], name: str) -> Job:
    """The run of a notebook in a language with these values."""
    return Job(file, number, stem, lang, parameters.literals({**chosen, parameters.LANGUAGE.name: lang}), name)


def _unknown(given: Iterable[str], known: Iterable[str]) -> Iterator[UsageError]:
    for name in given:
        if name == parameters.LANGUAGE.name:
            yield UsageError("the language is chosen with --lang", entry=name)
        elif name not in known:
            yield UsageError(f'no parameter "{name}"', entry=name, way_out=nearest(name, known))
