"""The article's own arithmetic from sentence to sentence: what is said to follow from numbers named just before.

Only where the words claim it: a change in points, a share of a total, a growth, what is left over, a sum of so many
numbers named. Where what was named before can be taken in several ways, all of them must fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from analysis.errors import InputError
from analysis.quantities import Amount, Quantity
from analysis.quantities.arithmetic import difference, growth, share, total
from analysis.reading import read
from analysis.review.frames import Setting, figures_before
from analysis.review.judging import Judgement
from analysis.review.passages import Passage
from analysis.review.sums import amount_of, inconsistent, one_unit, printed, size

_NEAR = 60  # characters around a result in which the words stand that claim it
_RISE = re.compile(
    r"\b(?:progression|hausse|gain|bond|écart|différence|recul|baisse|rise|increase|gap|difference|gain|jump|fall|drop)\b"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
_GAP = re.compile(r"\b(?:écart|gap|différence|difference)\b[^.;]{0,40}$", re.IGNORECASE)
_LINKS = re.compile(
    r"\b(?:soit|(?:cela|ce qui|ça|ceci) (?:fait|représente|donne|équivaut)|donc|that is|that makes|which makes|making|"
    r"this is|i\.e\.|that means|which means)\b",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(
    r"\b(?:ce qui fait|soit|fait à (?:lui|elle) seule?|couvre(?: donc)?|représente(?: donc| ainsi)?|that is|that makes|"
    r"which is|which makes|making|or|equal to|accounts? for|covers?)\b[^.;,]{0,12}$",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(
    r"^\s*(?:du total|de l['’]ensemble|du (?:projet|marché|budget|montant)|de la (?:dépense|somme)|of (?:the|its|that) "
    r"(?:total|whole|sum|project|spending|market|budget|cost))\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"^\s*(?:de plus|de moins|more|less|higher|lower|d['’]augmentation|de hausse)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:contre|against|up from|down from|compared (?:with|to))\b", re.IGNORECASE)
_LEFT = re.compile(
    r"\b(?:leftovers?|what is left|what remains|the rest|the remainder|le reste|le solde|le reliquat)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_CUMULATE = re.compile(
    r"\b(?:ces|les|à eux|à elles|these|those|the|all)\s+(?P<count>\w+)\b[^.;]*\b(?:cumul\w+|totalis\w+|réuni\w+|"
    r"add up to|total|together|combined|au total|sum to)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_FALLS = re.compile(
    r"\b(?:slid|fell|dropped|shrank|declined|down|sank|tombé\w*|recul\w+|chut\w+|baiss\w+|reflu\w+)\s+"
    r"(?:\w+\s+){0,2}?(?:from|de)\s*$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\s*(?:à|to|et|and)\s*\S?", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|à)\s*$", re.IGNORECASE)


def checked(
    passage: Passage, setting: Setting, judged: Mapping[Quantity, Judgement]
) -> Iterator[tuple[Quantity, Judgement]]:
    """The figures of a sentence whose stated result follows in no way from the numbers before them."""
    for figure in passage.figures:
        known = judged[figure].verdict
        if known == "agrees" or figure.bound != "exact" or not isinstance(figure.value, Decimal):
            continue
        for claimed in _CLAIMS:
            ways = tuple(_safely(claimed(passage, setting, figure)))
            if ways and not any(_meets(figure, given) for _, given in ways):
                yield figure, inconsistent(figure, ways[0][0], ways[0][1])
                break
        if (higher := _wrong_way(passage, figure)) is not None:
            yield figure, Judgement("inconsistent", (), "own_arithmetic", f"{printed(higher)} > … > {printed(figure)}")


def _safely(ways: Iterator[tuple[str, Amount]]) -> Iterator[tuple[str, Amount]]:
    try:
        yield from ways
    except (InputError, ZeroDivisionError, ValueError):
        return


def _meets(figure: Quantity, given: Amount) -> bool:
    return given.about or size(given).interval.meets(amount_of(figure).interval)


def _lead(passage: Passage, figure: Quantity) -> str:
    return passage.text[max(passage.start, figure.start - _NEAR) : figure.start]


def _tail(passage: Passage, figure: Quantity) -> str:
    return passage.text[figure.end : figure.end + _NEAR]


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind and one_unit(one, other)


def _usable(figures: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in figures if isinstance(q.value, Decimal) and q.bound in ("exact", "about")]


def _points(passage: Passage, setting: Setting, figure: Quantity) -> Iterator[tuple[str, Amount]]:
    """A rise between the two percentages named last, in points or as a growth; a gap between any two named."""
    lead = _lead(passage, figure)
    if figure.kind not in ("points", "percentage") or not _RISE.search(lead):
        return
    gap = _GAP.search(lead) is not None
    if not gap and not _LINKS.search(passage.text[passage.start : figure.start]):
        return
    reach = 12 if gap and figure.kind == "points" else 2
    shares = [q for q in _usable(figures_before(setting, passage, figure, reach)) if q.kind == "percentage"]
    pairs = list(combinations(shares, 2)) if gap else list(pairwise(shares))[-1:]
    if figure.kind == "points":
        yield from ((_told(pair), difference(amount_of(pair[1]), amount_of(pair[0]))) for pair in pairs)
        return
    in_points = [pair for pair in pairs if _meets_in_points(figure, pair)]
    for one, other in in_points or ([] if gap else pairs):
        yield _told((one, other)), growth(amount_of(other), amount_of(one))
        yield _told((one, other)), growth(amount_of(one), amount_of(other))


def _told(pair: tuple[Quantity, Quantity]) -> str:
    return f"{printed(pair[0])} → {printed(pair[1])}"


def _meets_in_points(figure: Quantity, pair: tuple[Quantity, Quantity]) -> bool:
    """Whether a percentage is the difference of two, which would be points."""
    apart = difference(amount_of(pair[1]), amount_of(pair[0]))
    return size(apart).interval.meets(amount_of(figure).interval)


def _part_of_whole(passage: Passage, setting: Setting, figure: Quantity) -> Iterator[tuple[str, Amount]]:
    """A share of a total: the part is a number named before, the whole a larger one."""
    if figure.kind != "percentage" or not _SHARE_BEFORE.search(_lead(passage, figure)):
        return
    if not _SHARE_AFTER.match(_tail(passage, figure)):
        return
    named = [q for q in _usable(figures_before(setting, passage, figure, 2)) if q.kind in ("money", "count")]
    if not named:
        return
    kind = named[-1].kind
    named = [q for q in named if q.kind == kind][-4:]
    for part in reversed(named):
        for whole in named:
            smaller = _alike(part, whole) and part.value < whole.value  # type: ignore[operator]  # both are Decimals
            if smaller and not _FROM_TO.fullmatch(passage.text, part.end, max(part.end, whole.start)):
                yield f"{printed(part)} / {printed(whole)}", share(amount_of(part), amount_of(whole))


def _growth(passage: Passage, _: Setting, figure: Quantity) -> Iterator[tuple[str, Amount]]:
    """A growth from the second to the first of two numbers: "85, against 68, or 25% more"."""
    after, lead = _tail(passage, figure), _lead(passage, figure)
    if figure.kind != "percentage" or not (_MORE.match(after) or _RISE.search(lead)):
        return
    before = [q for q in _usable(passage.figures) if q.start < figure.start and q.kind in ("money", "count")][-2:]
    if len(before) < 2 or not _AGAINST.search(passage.text[before[0].end : before[1].start]):
        return
    now, then = before
    if now.kind == then.kind and (now.kind == "count" or one_unit(now, then)):
        yield f"{printed(then)} → {printed(now)}", growth(amount_of(now), amount_of(then))


def _left_over(passage: Passage, setting: Setting, figure: Quantity) -> Iterator[tuple[str, Amount]]:
    """What is left: the whole named last, less a part of it named with it."""
    if figure.kind != "money" or not _LEFT.search(_lead(passage, figure)):
        return
    named = [q for q in _usable(figures_before(setting, passage, figure, 1)) if _alike(q, figure)][-3:]
    for one, other in pairwise(named):
        whole, part = sorted((one, other), key=lambda q: q.value, reverse=True)  # type: ignore[arg-type,return-value]
        yield f"{printed(whole)} − {printed(part)}", difference(amount_of(whole), amount_of(part))


def _sum_of(passage: Passage, setting: Setting, figure: Quantity) -> Iterator[tuple[str, Amount]]:
    """The sum of so many numbers named last: "these five together"."""
    found = _CUMULATE.search(passage.text[passage.start : figure.start])
    if figure.kind not in ("money", "count") or found is None:
        return
    count = _number(found["count"], passage)
    named = [q for q in _usable(figures_before(setting, passage, figure, 4)) if _alike(q, figure)]
    if count is None or not 2 <= count <= len(named):
        return
    parts = named[-count:]
    yield " + ".join(map(printed, parts)), total(*map(amount_of, parts))


def _number(word: str, passage: Passage) -> int | None:
    try:
        value = read(word, lang=passage.lang).value
    except InputError:
        return None
    return int(value) if isinstance(value, Decimal) else None


def _wrong_way(passage: Passage, figure: Quantity) -> Quantity | None:
    """The number that is said to fall to this one, where it is the smaller: "slid from 27% to 31%"."""
    before = [q for q in passage.figures if q.end <= figure.start and q.kind == figure.kind]
    if not before or not isinstance(before[-1].value, Decimal) or not isinstance(figure.value, Decimal):
        return None
    last = before[-1]
    lead = passage.text[max(passage.start, last.start - 30) : last.start]
    falls = _FALLS.search(lead) and _TO.search(passage.text[last.end : figure.start])
    return last if falls and figure.value > last.value else None  # type: ignore[operator]  # both are Decimals


_CLAIMS: tuple[Callable[[Passage, Setting, Quantity], Iterator[tuple[str, Amount]]], ...] = (
    _points,
    _part_of_whole,
    _growth,
    _left_over,
    _sum_of,
)
