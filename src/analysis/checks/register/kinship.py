"""Which codes are broader than others: declared once, in ``kinship.toml``, and checked against the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from analysis import records
from analysis.errors import InputError, NuageError, Problems, nearest
from analysis.words.terms import CODED, lexicon

FILE = Path("src/analysis/checks/register/kinship.toml")
#: The coordinates that say what a number is about, other than its measure and its time.
SCOPE = ("subject", "place", "population", "segment", "payer", "purpose")
#: Codes that give nothing.
NOTHING = ("", "not_stated", "none")

Coordinate = Literal["subject", "place", "population", "segment", "payer", "purpose"]
#: How two codes of one coordinate stand to each other; ``open``: one of them leaves it open whether they are equal.
Relation = Literal["equal", "kin", "open", "apart"]


@dataclass(frozen=True, slots=True)
class Broader:
    """A code that holds each of the ``narrower`` ones."""

    coordinate: Coordinate
    code: str
    narrower: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Codes for one and the same thing, where ``payer`` pays for it."""

    coordinate: Coordinate
    codes: tuple[str, ...]
    reason: str
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """Codes that leave the scope open: two documents that use one may not count alike.

    ``below`` says that they may even stand for any code below them.
    """

    coordinate: Coordinate
    codes: tuple[str, ...]
    below: bool
    reason: str


_KINDS: Mapping[str, Any] = {"broader": Broader, "alike": Alike, "open": Open}


@dataclass(frozen=True, slots=True)
class Kinship:
    """What is declared of the codes."""

    broader: tuple[Broader, ...] = ()
    alike: tuple[Alike, ...] = ()
    open: tuple[Open, ...] = ()

    def relation(self, coordinate: str, one: str, other: str, payer: str = "") -> Relation:
        """How two codes of a coordinate stand to each other, where ``payer`` pays.

        A segment that is not given is the whole market; any other coordinate that is not given is open. Two codes that
        leave the scope open are not known to be equal, even if they are the same word.

        >>> kinship().relation("place", "FR", "europe"), kinship().relation("place", "FR", "DE")
        ('kin', 'apart')
        """
        if coordinate == "segment" and "" in (one, other):
            return "equal" if one == other else "kin"
        if one == other:
            return "open" if one and (one in NOTHING or self._open(coordinate, one)) else "equal"
        if self._alike(coordinate, one, other, payer):
            return "equal"
        if one in NOTHING or other in NOTHING:
            return "open"
        for broad, narrow in ((one, other), (other, one)):
            if self.holds(coordinate, broad, narrow):
                return "open" if self._open(coordinate, broad, below=True) else "kin"
        return "apart"

    def holds(self, coordinate: str, broad: str, narrow: str) -> bool:
        """Whether ``broad`` holds ``narrow``, by however many steps."""
        steps = (b.narrower for b in self.broader if b.coordinate == coordinate and b.code == broad)
        return any(code == narrow or self.holds(coordinate, code, narrow) for codes in steps for code in codes)

    def _alike(self, coordinate: str, one: str, other: str, payer: str) -> bool:
        return any(
            a.coordinate == coordinate and {one, other} <= set(a.codes) and a.payer in ("", payer) for a in self.alike
        )

    def _open(self, coordinate: str, code: str, *, below: bool = False) -> bool:
        return any(o.coordinate == coordinate and code in o.codes and (o.below or not below) for o in self.open)


@cache
def kinship() -> Kinship:
    """The kinship that the package declares."""
    return read(Path(str(resources.files("analysis.checks.register").joinpath(FILE.name))))


def read(path: Path) -> Kinship:
    """The kinship that a file declares.

    Raises Problems with every fault: an unknown field or coordinate, a code that the lexicon lacks, a code that holds
    itself.
    """
    content = records.load(path)
    problems: list[NuageError] = [
        InputError(f'unknown field "{key}"', file=path, way_out=nearest(key, _KINDS)) for key in content.keys() - _KINDS
    ]
    found: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    for kind, cls in _KINDS.items():
        for number, entry in enumerate(content.get(kind, []), 1):
            name = f"{kind} {number}"
            try:
                built = records.build(cls, entry, file=path, name=name)
            except NuageError as error:
                problems.append(error)
                continue
            problems += _unknown(built, path, name)
            found[kind].append(built)
    made = Kinship(*(tuple(found[kind]) for kind in ("broader", "alike", "open")))
    problems += [] if problems else _circles(made, path)
    if problems:
        raise Problems(problems)
    return made


def _unknown(entry: Broader | Alike | Open, path: Path, name: str) -> Iterator[NuageError]:
    known = lexicon()[CODED[entry.coordinate]]
    codes = (entry.code, *entry.narrower) if isinstance(entry, Broader) else entry.codes
    for code in codes:
        if code not in known:
            what = f'no label for {entry.coordinate} = "{code}"'
            yield InputError(what, file=path, entry=name, way_out=nearest(code, known))


def _circles(made: Kinship, path: Path) -> Iterator[NuageError]:
    for number, entry in enumerate(made.broader, 1):
        try:
            circular = any(made.holds(entry.coordinate, code, entry.code) for code in (entry.code, *entry.narrower))
        except RecursionError:
            circular = True
        if circular:
            what = f'"{entry.code}" is declared to be broader than itself'
            yield InputError(what, file=path, entry=f"broader {number}", way_out="remove one of the steps")
