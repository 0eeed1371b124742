"""The article's own arithmetic: totals, changes and shares that it states with their parts in one sentence, redone.

Each is judged on what the printed numbers may stand for; approximate numbers never contradict. Where a part already
differs from what is known, that explains the sum and nothing more is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise

from analysis.errors import InputError
from analysis.quantities import Amount, Quantity
from analysis.quantities.arithmetic import difference, growth, ratio, share, total
from analysis.review.facts import Fact
from analysis.review.judging import Judgement
from analysis.review.passages import Passage
from analysis.words.numbers import quantity

_MOST_PARTS = 8
_GROWING = frozenset({"percentage", "money", "count"})
_TOTAL_BEFORE = re.compile(
    r"(?:=|\b(?:total|au total|en tout|soit|totalis\w+|in total|in all|altogether|totalling|bringing|"
    r"pour un montant global|or|adds? up to|faire|font|fait|makes?|making)\b)[^.;:]{0,40}$",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(
    r"^[\s,]{0,3}(?:au total|en tout|in total|in all|altogether|overall|all told|cumulés?)\b", re.IGNORECASE
)
_PER = re.compile(
    r"^\s*(?:par|per|a|de|du|des|of)\s+(?:an|mois|jour|habitant|year|month|day|head|la|le|the|l['’])", re.IGNORECASE
)
_EXHAUSTIVE = re.compile(
    r"\b(?:réparti(?:e?s)?|se décompos\w+|se répart\w+|composée?s? de|split|made up|consisting|divided|broken down)\b",
    re.IGNORECASE,
)
_INCLUDING = re.compile(r"\b(?:dont|of which|including|parmi lesquels)\b|:", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:de|d['’]|from|entre|between)\s*(?:près de|environ|about|nearly|some|quelque)?\s*$", re.IGNORECASE
)
_TO = re.compile(r"\s(?:à|to)\s", re.IGNORECASE)
_UP_FROM = re.compile(
    r"\b(?:up from|down from|against|compared with|contre)\s*(?:only|just|seulement)?\s*$", re.IGNORECASE
)
_CHANGE = re.compile(
    r"(?:\+|\bsoit\b|\bhausse\b|\bgain\b|\bgagn\w+|\bprogress\w+|\bcroissance\b|\baugment\w+|\bbond\w*|\brise\b|\bincrease\w*|\bgrowth\b|\bup\b|\bor\b|\bbaisse\b|\brecul\w*|"
    r"\bfall\b|\bdrop\b|\bdown\b|\bmultipli\w+|\bjump\b|\bclimb\w*)[^.;]{0,30}$",
    re.IGNORECASE,
)  # fmt: skip
_GROWS = re.compile(
    r"hausse|croissance|progress|augment|bond|rise|increase|growth|\bup\b|baisse|recul|fall|drop|down|jump|\+",
    re.IGNORECASE,
)
_OF = re.compile(r"^[\s\w’']{0,30}?\b(?:des|sur|of the|out of|parmi)\s+(?:les\s+|the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A stated result, the parts it should follow from, how they are written together, and what they give."""

    result: Quantity
    parts: tuple[Quantity, ...]
    told: str
    gives: tuple[Amount, ...]

    @property
    def fails(self) -> bool:
        """Whether none of what the parts may give meets the stated result; never where a number is approximate."""
        stated = amount_of(self.result)
        if stated.about or any(amount_of(part).about for part in self.parts):
            return False
        return not any(size(given).interval.meets(stated.interval) for given in self.gives)


def checked(passage: Passage, judged: Mapping[Quantity, Judgement]) -> dict[Quantity, Judgement]:
    """The verdicts on the figures of a sentence, with those that its own arithmetic contradicts."""
    result = dict(judged)
    for found in _sums(passage):
        if found.fails and not any(judged[part].verdict == "differs" for part in found.parts):
            blamed = _blamed(found, judged)
            before = judged[blamed]
            facts = before.facts if before.verdict == "differs" else ()
            stated = inconsistent(found.result, found.told, found.gives[0], facts)
            result[blamed] = stated
    return result


def _blamed(found: _Sum, judged: Mapping[Quantity, Judgement]) -> Quantity:
    """The number to look at: the only one of a sum that is not known to be right, else the result."""
    doubtful = [part for part in found.parts if judged[part].verdict != "agrees"]
    return doubtful[0] if judged[found.result].verdict == "agrees" and len(doubtful) == 1 else found.result


def inconsistent(result: Quantity, told: str, given: Amount, facts: tuple[Fact, ...] = ()) -> Judgement:
    """The judgement that a stated result is not what the parts, written together, give."""
    value = given.point if given.point is not None else given.interval.low
    shown = replace(result, value=abs(value or Decimal(0)), bound="exact", printed="")
    detail = f"{told} = {quantity(shown, result.lang)} ≠ {printed(result)}"
    return Judgement("inconsistent", facts, "own_arithmetic", detail)


def _sums(passage: Passage) -> Iterator[_Sum]:
    usable = [q for q in passage.figures if _usable(q)]
    for index, result in enumerate(usable):
        yield from _safely(_change(passage, result, usable[:index]))
        yield from _safely(_share(passage, result, usable[:index]))
        yield from _safely(_total(passage, result, usable[:index]))
        yield from _safely(_parts(passage, result, usable[index + 1 :]))


def _safely(sums: Iterator[_Sum]) -> Iterator[_Sum]:
    """The sums that can be worked out: not those that mix units or divide by nothing."""
    try:
        yield from sums
    except (InputError, ZeroDivisionError, ValueError):
        return


def _usable(figure: Quantity) -> bool:
    return isinstance(figure.value, Decimal) and figure.bound in ("exact", "about") and figure.kind != "duration"


def size(amount: Amount) -> Amount:
    """An amount without its sign: a fall of 3 points is stated as 3 points."""
    low = amount.interval.low
    high = amount.interval.high
    return replace(amount, interval=-amount.interval) if low is not None and high is not None and high <= 0 else amount


def amount_of(figure: Quantity) -> Amount:
    """What a figure stands for; what is counted does not matter, the sentence having joined the numbers already."""
    return Amount.of(figure, "" if figure.kind == "count" else None)


def printed(figure: Quantity) -> str:
    """A figure as the article prints it, on one line."""
    return " ".join(figure.printed.split())


# A change: "from 19% to 27%, up 8 points".


def _change(passage: Passage, result: Quantity, before: Sequence[Quantity]) -> Iterator[_Sum]:
    pair = _from_to(passage, before, result)
    if pair is None or not _CHANGE.search(passage.text[pair[1].end : result.start]):
        return
    start, end = (amount_of(each) for each in pair)
    told = f"{printed(pair[0])} → {printed(pair[1])}"
    if result.kind == "points" and pair[0].kind == "percentage":
        yield _Sum(result, pair, told, (difference(end, start),))
    elif result.kind == "percentage" and _tells_growth(passage, result, pair[1]):
        yield _Sum(result, pair, told, (growth(end, start),))
    elif result.kind == "multiplier" and pair[0].kind != "multiplier":
        yield _Sum(result, pair, told, (ratio(end, start),))


def _tells_growth(passage: Passage, result: Quantity, last: Quantity) -> bool:
    between = passage.text[last.end : result.end]
    return bool(_GROWS.search(between)) and not _PER.match(passage.text[result.end : result.end + 20])


def _from_to(passage: Passage, before: Sequence[Quantity], result: Quantity) -> tuple[Quantity, Quantity] | None:
    """The last two figures of one kind before the result that tell a change from one to the other."""
    for one, other in reversed(list(pairwise(before))):
        alike = one.kind == other.kind in _GROWING and one_unit(one, other)
        lead = passage.text[max(passage.start, one.start - 30) : one.start]
        near = result.start - other.end < 80
        if alike and near and _FROM.search(lead) and _TO.search(passage.text, one.end, other.start):
            return one, other
        if alike and near and _UP_FROM.search(passage.text[one.end : other.start]):
            return other, one
    return None


# A share: "240 of the 400 participants, or 60%".


def _share(passage: Passage, result: Quantity, before: Sequence[Quantity]) -> Iterator[_Sum]:
    if result.kind != "percentage" or len(before) < 2:
        return
    part, whole = before[-2:]
    between = passage.text[part.end : whole.start]
    linked = re.search(r"\b(?:soit|or|i\.e\.)\b|\(", passage.text[whole.end : result.start])
    if (
        part.kind == whole.kind in ("count", "money")
        and _OF.match(between)
        and linked
        and result.start - whole.end < 60
    ):
        yield _Sum(
            result, (part, whole), f"{printed(part)} / {printed(whole)}", (share(amount_of(part), amount_of(whole)),)
        )


# A total: "533 million and then 134 million, 667 million in all".


def _total(passage: Passage, result: Quantity, before: Sequence[Quantity]) -> Iterator[_Sum]:
    parts = [q for q in before if q.kind == result.kind and one_unit(q, result)][-_MOST_PARTS:]
    lead = passage.text[parts[-1].end if parts else passage.start : result.start]
    tail = passage.text[result.end : passage.end]
    cued = _TOTAL_BEFORE.search(lead) or _TOTAL_AFTER.match(tail)
    if len(parts) < 2 or not cued or result.kind not in ("money", "count") or _PER.match(tail):
        return
    if any(
        isinstance(q.value, Decimal) and isinstance(result.value, Decimal) and q.value > result.value for q in parts
    ):
        return
    gives = [total(*map(amount_of, parts))]
    gives += [total(*map(amount_of, some)) for n in range(2, len(parts)) for some in combinations(parts, n)]
    yield _Sum(result, tuple(parts), " + ".join(map(printed, parts)), tuple(gives))


def one_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two figures of a kind have one unit; a count without a noun counts what the other does."""
    return one.unit == other.unit or (one.kind == "count" and None in (one.unit, other.unit))


def _parts(passage: Passage, whole: Quantity, after: Sequence[Quantity]) -> Iterator[_Sum]:
    """A whole stated before its parts: they may not exceed it; where they are said to be all, they must make it up."""
    parts = [q for q in after if q.kind == whole.kind and one_unit(q, whole)][:_MOST_PARTS]
    if len(parts) < 2 or whole.kind not in ("money", "count", "percentage"):
        return
    lead = passage.text[whole.end : parts[0].start]
    if ";" in lead:  # the next item of a list is no part of this one
        return
    made = total(*map(amount_of, parts))
    stated = amount_of(whole).interval
    exceeds = made.interval.low is not None and stated.high is not None and made.interval.low > stated.high
    if whole.kind == "money" and (_EXHAUSTIVE.search(lead) or (_INCLUDING.search(lead) and exceeds)) and len(lead) < 80:
        gives = [made, *(total(*map(amount_of, some)) for n in range(2, len(parts)) for some in combinations(parts, n))]
        yield _Sum(whole, tuple(parts), " + ".join(map(printed, parts)), tuple(gives))
