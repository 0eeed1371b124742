"""A figure inside a frame → its verdict: the article has said what it speaks of, the sentence need not say it again.

To agree, a word of its own beside the number is enough. To differ, the words must point to a thing that is known and
the number must be what a likely slip makes of it: neither alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from analysis.quantities import Quantity
from analysis.review.agreement import agreement, comparable, digits_of
from analysis.review.cues import Hit
from analysis.review.facts import Fact, Topic
from analysis.review.frames import Setting, is_item, said_above, said_before
from analysis.review.judging import UNKNOWN, Judgement, attributed, fits, is_exactly
from analysis.review.naming import EXCLUSIVE, foreign
from analysis.review.passages import AFTER, AROUND, EARLIER, OWN, PERIOD, Passage, Told
from analysis.review.slips import OF_FIELD, slip

_SAID = {"payer": AROUND, "purpose": AROUND, "segment": AROUND, "measure": AROUND, "buyer": AROUND, "grant": AROUND}
_PRONOUN_REACH = 4
#: Slips that show by themselves which number was miscopied.
_STRONG = frozenset({"digits_swapped", "factor_thousand", "percent_points"})
#: Places that do not take a number out of the French plan; what others spend is not what American rivals are.
_HOME = frozenset({"FR", "europe", "EU27", "US", "world"})
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class _Case:
    """A figure with what surrounds it."""

    passage: Passage
    figure: Quantity
    setting: Setting
    topic: Topic

    @property
    def reach(self) -> int:
        """How many sentences back what the topic needs may be named; a pronoun reaches farther."""
        return max(self.topic.reach, _PRONOUN_REACH) if self.topic.reach and self.passage.linked else self.topic.reach

    def told(self, name: str, far: int = AFTER) -> Told:
        """What is said in a field beside the figure, or by the heading that speaks for it."""
        told = self.passage.told(name, self.figure)
        if told and told.tier <= far:
            return told
        above = said_above(self.setting, name)
        return Told(tuple(dict.fromkeys(hit.code for hit in above)), AROUND, above) if above else Told()


def judge(
    passage: Passage, figure: Quantity, setting: Setting, topics: Sequence[Topic], *, strictly: bool = False
) -> Judgement:
    """The verdict on a figure by the frames that are open where it stands; unknown without any.

    ``strictly``: nothing that is said beside the figure may be passed over.
    """
    found = [
        judgement
        for topic in topics
        if topic.frame in setting.frames and figure.kind in topic.kinds
        for judgement in _judged(_Case(passage, figure, setting, topic), strictly=strictly)
    ]
    agreeing = [each for each in found if each.verdict == "agrees"]
    differing = [each for each in found if each.verdict == "differs"]
    return next(iter((*agreeing, *differing)), UNKNOWN)


def _judged(case: _Case, *, strictly: bool = False) -> Iterator[Judgement]:
    if not _applies(case):
        return
    said = {name: _said(case, name) for name in case.topic.scope}
    for reading in islice(_readings(case, said), 2 if strictly else None):
        meant = _meant(case, reading)
        agreeing = tuple(fact for fact in meant if agreement(case.figure, fact.quantity) == "agrees")
        if agreeing:
            yield _of_another_year(case, reading, meant, agreeing) or attributed(case.passage, agreeing)
            return
    if not case.topic.agree_only:
        yield _differing(case, said)


def _of_another_year(
    case: _Case, said: Mapping[str, Told], meant: Sequence[Fact], agreeing: Sequence[Fact]
) -> Judgement | None:
    """A number that agrees but with a fact without a date, is dated otherwise elsewhere, and is not its year's."""
    if PERIOD not in said or said[PERIOD].tier > AROUND or any(fact.coordinates["period"] for fact in agreeing):
        return None
    of_then = tuple(fact for fact in meant if fact.coordinates["period"] and fact not in agreeing)
    undated = {**said, PERIOD: Told()}
    others = [fact for fact in case.topic.facts if fact not in meant and is_exactly(case.figure, fact)]
    dated = [fact for fact in others if all(_fits(case, fact, name, undated) for name in said if name != PERIOD)]
    if not dated or not any(agreement(case.figure, fact.quantity) == "differs" for fact in of_then):
        return None
    return Judgement("differs", (*of_then, dated[0]), "wrong_year", PERIOD)


def _applies(case: _Case) -> bool:
    """Whether the words beside a figure are those of a topic, and none of something else."""
    topic, passage, figure = case.topic, case.passage, case.figure
    if foreign(passage, figure, topic, {}):
        return False
    places = set(passage.told("place", figure).codes)
    if topic.home and places and places.isdisjoint(_HOME):
        return False
    for name, codes in topic.avoid.items():
        if passage.told(name, figure, only=codes).tier <= (OWN if name == "measure" else AROUND):
            return False
    if any(not _needed(case, name, codes) for name, codes in topic.needs.items()):
        return False
    return not topic.any or any(_beside(case, *each.split(".")) for each in topic.any)


def _beside(case: _Case, name: str, code: str = "") -> bool:
    """Whether something is said in a field beside the figure, or in the sentence that its own leans on."""
    told = case.told(name, AROUND)
    codes = set(told.codes)
    if case.passage.linked and not told:
        codes = {hit.code for hit in said_before(case.setting, name, 1)}
    return code in codes if code else bool(codes)


def _needed(case: _Case, name: str, codes: frozenset[str]) -> bool:
    far = OWN if name in case.topic.near else AFTER
    told = case.passage.told(name, case.figure, only=codes)
    other = case.told(name)
    if told and told.tier <= far and (name not in EXCLUSIVE or other.tier >= told.tier):
        return True
    if other or far == OWN:
        return bool(codes & set(other.codes)) and other.tier <= far
    before = said_before(case.setting, name, case.reach)
    return bool(before) and bool(codes & {hit.code for hit in before})


def _said(case: _Case, name: str) -> Told:
    """What is said in a field of scope, by whatever words the frame knows for it."""
    if name == PERIOD:
        return _when(case)
    told = case.told(name, _SAID.get(name, AFTER))
    if name == "payer":
        told = _payer(case, told)
    if not told and name in case.topic.needs:
        told = _earlier(case, name, case.reach)
    return told


def _payer(case: _Case, told: Told) -> Told:
    """Who pays, by the words that always say it and by those that say it in a plan: the nearest counts."""
    who = case.told("who", AROUND)
    both = [(each.tier, _gap(hit, case.figure), hit.code) for each in (told, who) for hit in each.hits]
    if not who or not both:
        return told or who
    tier, _, code = min(both)
    return Told((code,), tier, (*told.hits, *who.hits)) if tier < told.tier or code not in told.codes else told


def _gap(hit: Hit, figure: Quantity) -> int:
    return max(hit.start - figure.end, figure.start - hit.end)


def _when(case: _Case) -> Told:
    """The time that is said: a year beside the number, or so many years before one named earlier."""
    told = case.told(PERIOD, AROUND)
    back = case.told("back", AROUND)
    if not back:
        now = case.told("now", AROUND)
        return told if told or not now else Told()
    base = next((hit.code for hit in _years_before(case)), "")
    if "same" in back.codes:
        return Told((base,), AROUND) if base else Told()
    years = _span(case, back)
    if not base or years is None:
        return Told()
    return Told((str(int(base[:4]) + years),), AROUND)


def _years_before(case: _Case) -> Iterator[Hit]:
    here = [hit for hit in case.passage.hits if hit.field == PERIOD and hit.start < case.figure.start]
    yield from (hit for hit in reversed(here) if _YEAR.match(hit.code))
    yield from (hit for hit in said_before(case.setting, PERIOD, 6) if _YEAR.match(hit.code))


def _span(case: _Case, back: Told) -> int | None:
    """How many years before (less than zero) or after the words say: "two years earlier", "un an plus tôt"."""
    sign = 1 if "later" in back.codes else -1
    if "one_year" in back.codes:
        return sign
    words = back.hits[0]
    for number in case.passage.numbers:
        near = 0 <= words.start - number.end < 12
        if near and number.kind == "duration" and number.unit == "year" and isinstance(number.value, Decimal):
            return sign * int(number.value)
    return None


def _earlier(case: _Case, name: str, reach: int) -> Told:
    """What was last said in a field; one tier farther away where it was said in another paragraph."""
    hits = said_before(case.setting, name, reach)
    if not hits:
        return Told()
    near = _EMPTY_LINE.search(case.passage.text, hits[0].end, case.figure.start) is None
    return Told(tuple(dict.fromkeys(hit.code for hit in hits)), EARLIER if near else EARLIER + 1, hits)


def _readings(case: _Case, said: Mapping[str, Told]) -> Iterator[Mapping[str, Told]]:
    """The ways to take what is said, enough to agree: with what was last named for what is not said, as it stands,
    with another thing named not long before, and without what may belong to another number.
    """
    yield _with_carried(case, said)
    yield said
    for name, reach in case.topic.carried.items():
        if said[name].tier > OWN and (name == "place" or (name == "purpose" and not is_item(case.passage))):
            yield {**said, name: _ever(case, name, reach) or said[name]}
    every = {name: _ever(case, name, reach) for name, reach in case.topic.carried.items() if not said[name]}
    yield {**said, **every}
    rivals = sum(each.kind == case.figure.kind for each in case.passage.figures) > 1
    for name in (PERIOD, "purpose", "segment") if rivals else ():
        if name in said and said[name].tier == AROUND:
            yield {**_with_carried(case, said), name: Told()}


def _ever(case: _Case, name: str, reach: int) -> Told:
    """All that the sentences before, within reach, say in a field."""
    named = [hit.code for back in case.setting.before[:reach] for hit in back.hits if hit.field == name]
    return Told(tuple(dict.fromkeys(named)), EARLIER + 1) if named else Told()


def _with_carried(case: _Case, said: Mapping[str, Told]) -> dict[str, Told]:
    """What is said, and for what is not said what was last named; a number of now is of no year named before."""
    now = bool(case.passage.told("now", case.figure))
    reaches = {name: 0 if name == PERIOD and now else reach for name, reach in case.topic.carried.items()}
    return {name: told or _earlier(case, name, reaches.get(name, 0)) for name, told in said.items()}


def _meant(case: _Case, said: Mapping[str, Told]) -> list[Fact]:
    return [fact for fact in case.topic.facts if all(_fits(case, fact, name, said) for name in said)]


def _fits(case: _Case, fact: Fact, name: str, said: Mapping[str, Told]) -> bool:
    """Whether a fact may be meant in one field; of what is not said, in a frame, anything may be."""
    if said[name] or name in ("payer", "purpose") or name in case.topic.closed | case.topic.bare:
        return fits(case.passage, fact, case.topic, name, said)
    if name == PERIOD:
        return fact.is_claim or fact.latest
    return (name != "place" or name not in case.topic.open) and (
        name != "buyer" or fact.coordinates["subject"] == "ugap_cloud_orders"
    )


def _differing(case: _Case, said: Mapping[str, Told]) -> Judgement:
    """Whether a likely slip leads from what the words mean to the number."""
    figure = case.figure
    if not isinstance(figure.value, Decimal):
        return UNKNOWN
    carried = _with_carried(case, said)
    if "purpose" in carried and carried["purpose"].tier > EARLIER:
        carried["purpose"] = Told()
    meant = [fact for fact in _meant(case, carried) if comparable(figure, fact.quantity)]
    moved = _moved(case, said, carried, meant)
    may = any(agreement(figure, fact.quantity) == "may" for fact in meant)
    if moved and (not may or said[moved.detail].tier <= OWN):
        return moved
    found = _miscopied(case, said, meant)
    return UNKNOWN if may and found.slip != "factor_thousand" else found


def _miscopied(case: _Case, said: Mapping[str, Told], meant: Sequence[Fact]) -> Judgement:
    figure = case.figure
    named, fact = slip(figure, meant)
    if case.topic.only and meant:
        return Judgement("differs", tuple(meant), named)
    if fact is None:
        return UNKNOWN
    beside = any(told.tier <= AROUND for told in said.values())
    digits = len(digits_of(figure.value)) if isinstance(figure.value, Decimal) else 0
    if figure.bound == "about" and named != "factor_thousand":
        return UNKNOWN
    clear = named in _STRONG and digits > 1
    one = [each for each in meant if slip(figure, [each])[0] == named] if named == "factor_ten" else meant
    unique = len({each.quantity.value for each in one}) == 1
    telling = digits > 2 or (
        unique and (figure.kind != "percentage" and (bool(case.topic.needs) or named == "factor_ten"))
    )
    likely = named in ("one_digit", "factor_ten") and telling and (beside or not said)
    if not clear and not likely:
        return UNKNOWN
    return Judgement("differs", (fact, *(each for each in meant if each is not fact)), named)


def _moved(
    case: _Case, said: Mapping[str, Told], carried: Mapping[str, Told], meant: Sequence[Fact]
) -> Judgement | None:
    """A number of the same family that stands for something else: another payer, country, year."""
    if not any(told.tier <= AROUND for told in said.values()):
        return None
    near = {name: told if told.tier <= EARLIER else Told() for name, told in carried.items()}
    for fact in case.topic.facts:
        if fact in meant or not _is_the_same(case.figure, fact):
            continue
        unfit = [name for name in near if not _fits(case, fact, name, near)]
        if len(unfit) != 1 or near[unfit[0]].tier > (AROUND if unfit[0] in ("place", PERIOD) else EARLIER):
            continue
        if not meant and not (unfit[0] == "place" and _all_told(case, said) and _of_no_place_known(case, fact, said)):
            continue
        facts = (*meant, fact) if meant else (fact,)
        return Judgement("differs", facts, OF_FIELD.get(unfit[0], "wrong_subject"), unfit[0])
    return None


def _of_no_place_known(case: _Case, fact: Fact, said: Mapping[str, Told]) -> bool:
    """Whether a number known of one place is told of one of which nothing is known: not if both may be so by chance."""
    measurers = {hit.code for hit in case.passage.hits if hit.field == "organisation"}
    return case.figure.kind == "count" or ("world" in said["place"].codes and fact.measured_by in measurers)


def _is_the_same(figure: Quantity, fact: Fact) -> bool:
    """Whether a number is a fact's own, both being approximate or neither."""
    alike = figure.bound == fact.quantity.bound == "about" and figure.value == fact.quantity.value
    return is_exactly(figure, fact) or (alike and figure.kind == fact.quantity.kind)


def _all_told(case: _Case, said: Mapping[str, Told]) -> bool:
    return all(said[name] for name in case.topic.scope if name not in (PERIOD, "segment"))


__all__ = ["judge"]
