"""Sign-offs: a second reader has held a number against its passage. One goes stale when the number or passage moves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from analysis import records
from analysis.errors import InputError, Problems, nearest

FILE = Path("data/raw/sign_offs.toml")
State = Literal["signed", "stale", "unsigned"]
_HEAD = "# Who has held which number against its passage, and when. Written by: nuage sign-off ID… --reader NAME\n"


class Signable(Protocol):
    """What can be signed off: a claim, a name, an observation.

    ``entry`` is the fingerprint of all that is typed of it: its number, its place, the text around it.
    """

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def entry(self) -> str:
        """Its fingerprint."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """One signature: which number, as it stood (``entry``), by whom, on which day (ISO)."""

    id: str
    entry: str
    reader: str
    date: str


@dataclass(frozen=True, slots=True)
class SignOffs:
    """The signatures of a project by id; a later one of the same number replaces the earlier."""

    signed: Mapping[str, SignOff] = field(default_factory=dict)

    def state(self, entry: Signable) -> State:
        """Whether a number is signed off, was before it moved, or never was."""
        found = self.signed.get(entry.id)
        if found is None:
            return "unsigned"
        return "signed" if found.entry == entry.entry else "stale"

    def count(self, entries: Iterable[Signable]) -> Counter[State]:
        """How many numbers are in each state."""
        return Counter(self.state(entry) for entry in entries)

    def strangers(self, entries: Iterable[Signable]) -> Iterator[InputError]:
        """Signatures of what is not there any more."""
        known = {entry.id for entry in entries}
        for ident in self.signed.keys() - known:
            what = f'a sign-off of "{ident}", which nothing is called'
            yield InputError(what, file=FILE, entry=ident, way_out=nearest(ident, known))

    def with_signed(self, entries: Iterable[Signable], reader: str, date: str) -> SignOffs:
        """These signatures and those of ``entries`` as they stand now."""
        return SignOffs({**self.signed, **{e.id: SignOff(e.id, e.entry, reader, date) for e in entries}})

    def text(self) -> str:
        """The file that holds them, sorted by id, so that two readers' signatures merge line by line."""
        lines = [_HEAD]
        for each in sorted(self.signed.values(), key=lambda signed: signed.id):
            told = {name: json.dumps(getattr(each, name), ensure_ascii=False) for name in SignOff.__slots__}
            lines += ["\n[[sign_off]]\n", *(f"{name} = {value}\n" for name, value in told.items())]
        return "".join(lines)


def sign_offs(project: Path) -> SignOffs:
    """The signatures of a project; none where there is no file. Raises Problems with every fault of the file."""
    if not (project / FILE).is_file():
        return SignOffs()
    made, problems = records.listed(SignOff, project / FILE, file=FILE, kind="sign_off")
    signed: dict[str, SignOff] = {}
    for each in made:
        if each.id in signed:
            problems.append(InputError("signed off twice", file=FILE, entry=each.id, way_out="keep the later one"))
        signed[each.id] = each
    if problems:
        raise Problems(problems)
    return SignOffs(signed)
