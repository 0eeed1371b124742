"""The register: pairs that hang together, each with its judgement and its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from analysis.checks.register.entry import Entry, entries
from analysis.checks.register.judging import Likeness
from analysis.checks.register.kinship import Kinship, kinship
from analysis.checks.register.pairing import Match, matches
from analysis.checks.register.telling import reason
from analysis.claims import Ledger
from analysis.series import Catalogue


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers told of one thing, by their ids, and how they stand to each other.

    ``differs``  coordinates that both give, and give otherwise; ``missing``  those that one at least does not give
    ``reason_*`` why, for readers
    """

    one: str
    other: str
    likeness: Likeness
    differs: tuple[str, ...]
    missing: tuple[str, ...]
    reason_fr: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that pairs hold together; its id is that of its first entry, claims before observations."""

    id: str
    entries: tuple[Entry, ...]
    pairs: tuple[Pair, ...]


def register(ledger: Ledger, catalogue: Catalogue, kin: Kinship | None = None) -> tuple[Group, ...]:
    """The register of a ledger and its series; entries that nothing is like are left out.

    ``kin`` is the kinship of the codes, that of the package by default.
    """
    kin = kinship() if kin is None else kin
    every = entries(ledger, catalogue)
    found = matches(every, kin)
    heads = _heads(found)
    members: Mapping[Hashable, list[Entry]] = defaultdict(list)
    for entry in every:
        if (knot := _knot(entry)) in heads:
            members[heads[knot]].append(entry)
    pairs: Mapping[Hashable, list[Pair]] = defaultdict(list)
    for match in found:
        pairs[heads[_knot(match.one)]].append(_pair(match, found))
    return tuple(Group(inside[0].id, tuple(inside), tuple(pairs[head])) for head, inside in members.items())


def _knot(entry: Entry) -> Hashable:
    """What an entry cannot be parted from: the run of its series, or the origin that it repeats."""
    return entry.strand if entry.observed and not entry.retells else entry.root


def _heads(found: Sequence[Match]) -> dict[Hashable, Hashable]:
    """For each knot, one that stands for all it hangs together with."""
    heads = {_knot(entry): _knot(entry) for match in found for entry in (match.one, match.other)}

    def head(knot: Hashable) -> Hashable:
        while heads[knot] != knot:
            knot = heads[knot]
        return knot

    for match in found:
        heads[head(_knot(match.other))] = head(_knot(match.one))
    return {knot: head(knot) for knot in heads}


def _pair(match: Match, found: Sequence[Match]) -> Pair:
    judged, hints = match.judgement, _hints(match, found)
    told = {lang: reason(match, lang, hints) for lang in ("fr", "en")}
    return Pair(match.one.id, match.other.id, judged.likeness, judged.differs, judged.missing, told["fr"], told["en"])


def _hints(match: Match, found: Sequence[Match]) -> list[Entry]:
    """Where a period is missing: the observations of the group that agree with the entry told without one."""
    if match.judgement.likeness != "cannot_tell" or "period" not in match.judgement.missing:
        return []
    undated = match.one if match.one.period is None else match.other
    if undated.observed:
        return []
    return [
        each.other
        for each in found
        if each.one is undated and each.judgement.likeness == "same" and each.other.observed and each.other.period
    ]
