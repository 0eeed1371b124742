"""Which entries are worth setting side by side, so that the register can be read.

- A claim is set beside every claim about the same, unless both stand in one place of a document and differ in scope
  (a document tells its own columns apart), or a third stands between them (the whole, its part, the part's part).
- A claim is set beside one observation of a series: the nearest in scope, then in period, then in number; a series
  farther off in scope than another one is left out.
- The periods of a series that are equally long are one run, from the first to the last; a break ends it. Tellings of
  one period are set side by side in the order of telling, where they differ.
- Two series are set side by side where no others are nearer in scope: once, and wherever they do not agree.
- What repeats or retells is set beside its origin only; plain repetitions in a document count as one pair.
- Whatever contradicts is always kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, groupby, pairwise

from analysis.checks.register.entry import Entry
from analysis.checks.register.judging import Judgement, comparable, judge, missing, scope
from analysis.checks.register.kinship import SCOPE, Kinship
from analysis.quantities.spans import Span

_BREAK = "series_break"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Match:
    """Two entries set side by side, and how they stand to each other.

    ``count``  how many entries the line stands for: the observations of a run, the repetitions of a claim
    """

    one: Entry
    other: Entry
    judgement: Judgement
    count: int = 2


def matches(all_entries: Sequence[Entry], kin: Kinship) -> tuple[Match, ...]:
    """Every pair worth telling, in the order of the entries."""
    order = {entry.id: number for number, entry in enumerate(all_entries)}
    own = [entry for entry in all_entries if not entry.retells]
    claims = [entry for entry in own if not entry.observed]
    series = _strands(entry for entry in own if entry.observed)
    found = [
        *_repetitions(all_entries, kin),
        *_between_claims(claims, kin),
        *_with_series(claims, series, kin),
        *(match for strand in series for match in _within(strand, kin)),
        *_between_series(series, kin),
    ]
    kept = {(match.one.id, match.other.id): match for match in reversed(found)}
    return tuple(sorted(kept.values(), key=lambda match: (order[match.one.id], order[match.other.id])))


def _strands(observed: Iterable[Entry]) -> list[list[Entry]]:
    """Observations of one series that differ in time only, by period and then by telling."""
    made: Mapping[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in observed:
        made[entry.strand].append(entry)
    return [sorted(strand, key=_in_time) for strand in made.values()]


def _in_time(entry: Entry) -> tuple[object, ...]:
    """By period, then by telling; of what was told at once, the most exact comes last."""
    period, told, width = entry.period, Span.of(entry.told), entry.interval.width
    exact = Decimal("-Infinity") if width is None else -width
    return period is None, period and (period.last, period.first), told and told.last, exact, entry.id


def _repetitions(all_entries: Sequence[Entry], kin: Kinship) -> Iterator[Match]:
    known = {entry.id: entry for entry in all_entries}
    told = [entry for entry in all_entries if entry.retells and entry.root in known]
    for root, group in groupby(sorted(told, key=lambda entry: entry.root), lambda entry: entry.root):
        matched = [Match(known[root], each, judge(known[root], each, kin)) for each in group]
        plain = [m for m in matched if not (m.other.observed or m.judgement.differs or m.judgement.missing)]
        yield from (match for match in matched if match not in plain)
        if plain:
            yield Match(plain[0].one, plain[0].other, plain[0].judgement, len(plain) + 1)


def _between_claims(claims: Sequence[Entry], kin: Kinship) -> Iterator[Match]:
    for one, other in combinations(claims, 2):
        if not comparable(one, other, kin):
            continue
        found = judge(one, other, kin)
        together = one.beside == other.beside or any(_between(one, each, other, kin) for each in claims)
        if found.likeness != "scope_differs" or not together:
            yield Match(one, other, found)


def _between(one: Entry, middle: Entry, other: Entry, kin: Kinship) -> bool:
    """Whether ``middle`` is a part of the one and holds the other, in the only coordinate in which they differ."""
    differs = [name for name in SCOPE if one.code(name) != other.code(name)]
    if len(differs) != 1 or middle.source.measure != one.source.measure:
        return False
    if any(middle.code(name) != one.code(name) for name in SCOPE if name not in differs):
        return False
    ends = one.code(differs[0]), other.code(differs[0])
    inner = middle.code(differs[0])
    return any(kin.holds(differs[0], a, inner) and kin.holds(differs[0], inner, b) for a, b in (ends, ends[::-1]))


def _with_series(claims: Sequence[Entry], series: Sequence[list[Entry]], kin: Kinship) -> Iterator[Match]:
    near = [
        _Nearness(claim, strand, scope(claim, strand[0], kin) - {_BREAK}, frozenset(missing(claim, strand[0], kin)))
        for claim in claims
        for strand in series
        if comparable(claim, strand[0], kin)
    ]
    chosen = [each for each in near if not any(rival.nearer(each) for rival in near)]
    for _, of_series in groupby(chosen, lambda each: (each.claim.id, each.strand[0].beside)):
        alike = list(of_series)
        least = min(len(each.differs) for each in alike)
        yield from _best(alike[0].claim, [e for each in alike if len(each.differs) == least for e in each.strand], kin)


@dataclass(frozen=True, slots=True)
class _Nearness:
    """How far a claim and a strand of a series are apart in scope."""

    claim: Entry
    strand: Sequence[Entry]
    differs: frozenset[str]
    missing: frozenset[str]

    def nearer(self, other: _Nearness) -> bool:
        """Whether the same claim, or the same strand, is matched better here, and as surely."""
        shared = self.claim is other.claim or self.strand is other.strand
        return shared and self.differs < other.differs and self.missing <= other.missing


def _best(claim: Entry, pool: Sequence[Entry], kin: Kinship) -> Iterator[Match]:
    nearest = min(pool, key=lambda each: _distance(claim, each))
    for each in pool:
        found = judge(claim, each, kin)
        if each is nearest or found.likeness == "contradicts":
            yield Match(claim, each, found)


def _distance(one: Entry, other: Entry) -> tuple[int, bool, int, str]:
    """How far apart in period, in number and in telling."""
    gap = one.period.gap(other.period) if one.period and other.period else 0
    meets = one.unit == other.unit and one.interval.meets(other.interval)
    return gap, not meets, _told_apart(one, other), other.id


def _told_apart(one: Entry, other: Entry) -> int:
    first, second = Span.of(one.told), Span.of(other.told)
    return first.gap(second) if first and second else 0


def _within(strand: Sequence[Entry], kin: Kinship) -> Iterator[Match]:
    """The runs of a strand, one for each length of period, and the tellings of one period that do not agree."""
    newest: list[Entry] = []
    for _, alike in groupby(strand, lambda entry: entry.period):
        tellings = list(alike)
        newest.append(tellings[-1])
        following = set(pairwise(tellings))
        for one, other in combinations(tellings, 2):
            found = judge(one, other, kin)
            if found.likeness == "contradicts" or ((one, other) in following and found.likeness != "same"):
                yield Match(one, other, found)
    dated = sorted((entry for entry in newest if entry.period), key=_grain)
    for _, alike in groupby(dated, key=_grain):
        yield from _runs(list(alike), kin)
    for undated in (entry for entry in newest if not entry.period):
        if dated:
            nearest = min(dated, key=lambda each: _told_apart(undated, each))
            yield Match(nearest, undated, judge(nearest, undated, kin))


def _grain(entry: Entry) -> str:
    """The form of its period: years, quarters and spans of years are not one run."""
    return _DIGIT.sub("0", entry.code("period"))


def _runs(alike: Sequence[Entry], kin: Kinship) -> Iterator[Match]:
    runs = [list(run) for _, run in groupby(alike, lambda entry: entry.era)]
    for run in runs:
        if len(run) > 1:
            yield _run(run, kin)
    for before, after in pairwise(runs):
        yield Match(before[-1], after[0], judge(before[-1], after[0], kin))


def _run(run: Sequence[Entry], kin: Kinship) -> Match:
    steps = [judge(one, other, kin) for one, other in pairwise(run)]
    ends = judge(run[0], run[-1], kin)
    moving = next((step for step in steps if step.likeness == "evolves"), ends)
    return Match(run[0], run[-1], ends if ends.likeness == "evolves" else moving, len(run))


def _between_series(series: Sequence[list[Entry]], kin: Kinship) -> Iterator[Match]:
    near = [
        (one, other, scope(one[0], other[0], kin))
        for one, other in combinations(series, 2)
        if one[0].beside != other[0].beside and comparable(one[0], other[0], kin)
    ]
    for one, other, differs in near:
        rivals = (less for a, b, less in near if a is one or b is other or a is other or b is one)
        if any(differs > less for less in rivals):
            continue
        pairs = [(a, b) for a in one for b in other]
        nearest = min(pairs, key=lambda pair: _distance(*pair))
        for pair in pairs:
            found = judge(*pair, kin)
            open_question = not differs and pair[0].period == pair[1].period and found.likeness != "same"
            if pair == nearest or open_question or found.likeness == "contradicts":
                yield Match(*pair, found)
