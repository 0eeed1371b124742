"""A figure of an article → its verdict: which facts its words point to, and whether they agree with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from analysis.quantities import Quantity
from analysis.review.agreement import agreement, digits_of
from analysis.review.cues import table
from analysis.review.facts import NOBODY, Fact, Topic
from analysis.review.naming import EXPLAINED, SURE, Match, matches
from analysis.review.passages import AROUND, BEFORE, EARLIER, OWN, PERIOD, Passage, Told
from analysis.review.slips import OF_FIELD, Slip, slip

Verdict = Literal["agrees", "differs", "inconsistent", "unknown"]
#: The farthest tier at which a field of scope is taken at its word.
_SAID = {"payer": AROUND, "purpose": AROUND, "segment": AROUND}
#: What stands before a measurer who is named as the source, and what behind one.
_ATTRIBUTED = re.compile(
    r"(?:selon|d['’]après|cabinet|institut|source|étude|données|chiffres|estimations?|"
    r"according to|by|from|figures|data|study|research)\W+(?:\w+\W+){0,3}$|"
    r"\b(?:calcul\w+|estim\w+|évalu\w+|chiffr\w+|indiqu\w+|affirm\w+|relèv\w+|not\w+|says?|said|reckons?|estimates?|finds?)"
    r"\s+(?:l['’]|le\s+cabinet\s+|l['’]institut\s+)?$",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\W{0,3}(?:estim\w*|évalu\w*|chiffr\w*|indiqu\w*|calcul\w*|"
    r"says?|said|reckons?|puts?|finds?|found|reports?|data|figures)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came out for one figure: the verdict, the facts it rests on (the first is the one to show), the slip."""

    verdict: Verdict
    facts: tuple[Fact, ...] = ()
    slip: Slip = ""
    detail: str = ""


_MISCOPYING = frozenset({"digits_swapped", "factor_thousand"})
_CLEAR = frozenset({"wrong_subject", "percent_points"})
#: Fields that a sentence may leave to those before it.
_LOOSE = frozenset({"payer", "purpose", "segment", "place", PERIOD})
UNKNOWN = Judgement("unknown")


def judge(passage: Passage, figure: Quantity, topics: Sequence[Topic]) -> Judgement:
    """The verdict on one figure; unknown wherever its words do not clearly point to what is known."""
    found = sorted(matches(passage, figure, topics), key=lambda match: match.weight)
    judged = [(match, _judged(passage, figure, match)) for match in found]
    for match, judgement in judged:
        nearest = match.weight[0] <= found[0].weight[0] + 1 or match.stands_by
        if judgement.verdict == "agrees" and (nearest or match.firm):
            return judgement
    usable = [(match, judgement) for match, judgement in judged if not match.topic.agree_only]
    for match, judgement in usable:
        if judgement.slip in _MISCOPYING and match.weight[0] <= found[0].weight[0] + 1:
            return judgement
    return usable[0][1] if usable else UNKNOWN


def _judged(passage: Passage, figure: Quantity, match: Match) -> Judgement:
    topic = match.topic
    said = {name: _said(passage, figure, match, name) for name in topic.scope}
    answers = _answers(passage, figure, topic, said)
    if agreeing := _agreeing(answers):
        return attributed(passage, agreeing)
    for otherwise in _readings(passage, figure, said):
        if otherwise != said and (agreeing := _agreeing(_answers(passage, figure, topic, otherwise))):
            return attributed(passage, agreeing)
    meant = [fact for fact, _ in answers]
    if _may(answers, figure) or not match.firm or (figure.bound == "about" and not meant):
        return UNKNOWN
    judgement = _differing(passage, figure, topic, said, tuple(meant))
    if not judgement.slip and "programme" in topic.needs and "payer" in said and not (said["payer"] or said["purpose"]):
        return UNKNOWN  # one of the many amounts that a plan may name
    return judgement if _holds(judgement, figure, match.firm, timely=_timely(passage, figure, meant, said)) else UNKNOWN


def _agreeing(answers: Sequence[tuple[Fact, str]]) -> tuple[Fact, ...]:
    return tuple(fact for fact, answer in answers if answer == "agrees")


def _readings(passage: Passage, figure: Quantity, said: Mapping[str, Told]) -> Iterator[dict[str, Told]]:
    """Other ways to take what is said: enough to agree, not to differ.

    What is not said beside the number may have been said before. What is said in a clause beside it may belong to
    another number: the whole that all purposes share needs no purpose.
    """
    loosely = {name: told or passage.told(name, figure, reach=3) for name, told in said.items() if name in _LOOSE}
    yield {**said, **loosely}
    strictly = {name: Told() for name, told in said.items() if name == "purpose" and told.tier > OWN}
    yield {**said, **strictly}


def _may(answers: Sequence[tuple[Fact, str]], figure: Quantity) -> bool:
    """Whether the figure may be a fact, and no fact bound as it is says another limit."""
    limits = [answer for fact, answer in answers if fact.quantity.bound == figure.bound in ("at_least", "at_most")]
    return any(answer == "may" and fact.settles for fact, answer in answers) and "differs" not in limits


def _answers(passage: Passage, figure: Quantity, topic: Topic, said: Mapping[str, Told]) -> list[tuple[Fact, str]]:
    """The facts that are meant, each with whether the figure agrees with it."""
    meant = [fact for fact in topic.facts if all(fits(passage, fact, topic, name, said) for name in said)]
    meant = _of_that_time(passage, figure, meant, said)
    return [(fact, agreement(figure, fact.quantity)) for fact in meant]


def _said(passage: Passage, figure: Quantity, match: Match, name: str) -> Told:
    """What is said in a field of scope, as far away as such words still count."""
    if name in match.said:
        needed = match.said[name]
        in_its_stead = name in match.topic.instead and not match.topic.needs[name] & set(needed.codes)
        return Told() if in_its_stead else needed
    if name != PERIOD:
        told = passage.told(name, figure, reach=1 if passage.linked or passage.row else 0)
        return told if passage.row or told.tier <= _SAID.get(name, EARLIER) else Told()
    told = passage.told(name, figure)
    elapsed = passage.told("elapsed", figure).tier <= AROUND  # "two years earlier": another time than the one named
    after = told.tier > AROUND and passage.told("stage", figure).tier <= OWN  # "then": after the time named
    now = told.tier > OWN and passage.told("now", figure).tier <= OWN  # "today": of no year named elsewhere
    return Told() if elapsed or after or now else told


def fits(passage: Passage, fact: Fact, topic: Topic, name: str, said: Mapping[str, Told]) -> bool:
    """Whether a fact may be what is said in one field."""
    told, field = said[name], topic.scope[name]
    code = fact.coordinates[field]
    if not told:
        return _fits_silence(passage, fact, code, topic, name, said)
    if name == PERIOD:
        same = _same_span if PERIOD in topic.exact else _same_time
        return not code or any(same(each, code) for each in told.codes)
    if field == "measure":
        return any(each in code for each in told.codes)
    stands_for: Mapping[str, Sequence[str]] = table()["stands_for"].get(field, {})
    unsaid = code == "not_stated" or (not code and name not in topic.closed)
    return unsaid or any(code in stands_for.get(each, (each,)) for each in told.codes)


def _fits_silence(passage: Passage, fact: Fact, code: str, topic: Topic, name: str, said: Mapping[str, Told]) -> bool:
    """Whether a fact may be meant where nothing is said in a field.

    Of observations, which are many, all must be said. Where nobody is said to pay for a purpose, anybody may; where no
    purpose is said either, it is the whole that the state or all pay.
    """
    if name == "payer":
        return bool(said["purpose"]) or code in ("public", "all")
    if name == "purpose":
        return passage.row or code == "all"
    if name in topic.closed or name in topic.bare:
        return not code
    if name in topic.open:
        return False
    return fact.is_claim or topic.scope[name] == "measure" or not code or (name == PERIOD and fact.latest)


def _same_time(said: str, period: str) -> bool:
    """Whether what is said and a fact's period have a year in common; an open end has no limit.

    >>> _same_time("2021-05", "2021-Q2"), _same_time("2025", "../2025"), _same_time("2018", "2020")
    (True, True, False)
    """
    low, high = _years(period)
    first, last = _years(said)
    return low <= last and first <= high


def _same_span(said: str, period: str) -> bool:
    """Whether what is said is a span of years and the same one, or a year of it."""
    return said == period if "/" in said else _same_time(said, period)


def _years(period: str) -> tuple[int, int]:
    first, slash, last = period.partition("/")
    if first == "..":  # by that year: it is the year that is told
        first = last
    low = int(first[:4])
    return low, (9999 if last == ".." else int(last[:4])) if slash else low


def _of_that_time(passage: Passage, figure: Quantity, meant: list[Fact], said: Mapping[str, Told]) -> list[Fact]:
    """Only the facts of exactly the span of years that is said, or of the years after it, where there are some."""
    told = said.get(PERIOD, Told())
    exact = [fact for fact in meant if fact.coordinates["period"] in told.codes and "/" in fact.coordinates["period"]]
    if exact and told.tier <= OWN:
        return exact
    later = [fact for fact in meant if fact.coordinates["period"].endswith("/..")]
    if later and told.tier > AROUND and passage.told("stage", figure).tier <= OWN:
        return later
    return meant


def attributed(passage: Passage, agreeing: tuple[Fact, ...]) -> Judgement:
    """The facts that agree, unless the sentence gives the number to someone who has not measured it."""
    named = [hit for hit in passage.hits if hit.field == "organisation" and _is_source(passage, hit.start, hit.end)]
    codes = {hit.code for hit in named}
    if not codes or any(fact.measured_by in NOBODY | codes for fact in agreeing):
        return Judgement("agrees", agreeing)
    return Judgement("differs", agreeing, "wrong_attribution", named[0].code)


def _is_source(passage: Passage, start: int, end: int) -> bool:
    before = passage.text[max(passage.start, start - 60) : start]
    return bool(_ATTRIBUTED.search(before) or _TELLS.match(passage.text, end, passage.end)) or start == passage.start


def _differing(
    passage: Passage, figure: Quantity, topic: Topic, said: Mapping[str, Told], meant: tuple[Fact, ...]
) -> Judgement:
    """How the figure differs from what is meant, or whether it is a number of something else in the same topic."""
    elsewhere = [fact for fact in topic.facts if fact not in meant and is_exactly(figure, fact)]
    unfit = ((fact, _unfit(passage, fact, topic, said)) for fact in elsewhere)
    moved = [(fact, fields) for fact, fields in unfit if len(fields) == 1 and _told_here(said, fields[0])]
    if not meant:
        usable = [(fact, fields[0]) for fact, fields in moved if figure.bound != "about"]
        unplaced = _placeless(passage, figure, said)
        if not usable or unplaced or _other_source(passage, [fact for fact, _ in usable]):
            return UNKNOWN
        only, field = usable[0]
        return Judgement("differs", (only,), OF_FIELD.get(field, "wrong_subject"), field)
    if _other_source(passage, meant) or _placeless(passage, figure, said) or not any(fact.settles for fact in meant):
        return UNKNOWN
    if not (meant := tuple(fact for fact in meant if _one_currency(figure, fact.quantity))):
        return UNKNOWN
    named, fact = slip(figure, meant)
    if moved and named in ("", "one_digit", "truncated", "bound"):
        return Judgement(
            "differs", (*meant, moved[0][0]), OF_FIELD.get(moved[0][1][0], "wrong_subject"), moved[0][1][0]
        )
    ordered = (fact, *(each for each in meant if each is not fact)) if fact else meant
    return Judgement("differs", ordered, named)


def _one_currency(figure: Quantity, known: Quantity) -> bool:
    """Whether two amounts of money are in one currency: a conversion in brackets is no misquotation."""
    return figure.kind != "money" or known.kind != "money" or figure.unit == known.unit


def _told_here(said: Mapping[str, Told], name: str) -> bool:
    """Whether a field is said near enough for a number to be blamed on it: whose share it is must stand beside."""
    return bool(said[name]) and (name != "provider" or said[name].tier <= AROUND)


def _digits(figure: Quantity) -> str:
    return digits_of(figure.value) if isinstance(figure.value, Decimal) else ""


def _holds(judgement: Judgement, figure: Quantity, firm: int, *, timely: bool) -> bool:
    """Whether a number may be said to differ: the less sure the words, the clearer the slip must be."""
    if judgement.slip in _MISCOPYING:
        return True
    if judgement.slip == "one_digit" and figure.kind == "percentage" and not _official(judgement):
        return False  # another estimate is as likely as a slip
    if firm == SURE:
        return bool(judgement.slip) or timely
    return firm == EXPLAINED and (judgement.slip in _CLEAR or (bool(judgement.slip) and len(_digits(figure)) > 2))


def _official(judgement: Judgement) -> bool:
    """Whether there is but one number that what is expected may be: a statistic of a place and a time."""
    return any(
        fact.coordinates["period"] and fact.coordinates["measure"] != "market_growth" for fact in judgement.facts
    )


def is_exactly(figure: Quantity, fact: Fact) -> bool:
    """Whether the figure is a fact's number and not one near it: then it may have been taken from there."""
    known = fact.quantity
    alike = known.kind == figure.kind and "about" not in (known.bound, figure.bound)
    as_coarse = (figure.precision or 0) >= (known.precision or 0)
    return alike and as_coarse and agreement(figure, known) == "agrees"


def _placeless(passage: Passage, figure: Quantity, said: Mapping[str, Told]) -> bool:
    """Whether no place is said where the facts have one, neither beside the number nor shortly before."""
    return "place" in said and not said["place"] and not passage.told("place", figure, reach=3)


def _timely(passage: Passage, figure: Quantity, meant: Sequence[Fact], said: Mapping[str, Told]) -> bool:
    """Whether the time is said, or the facts have none, or it is a target that has but one time."""
    if PERIOD not in said or said[PERIOD] or not all(fact.coordinates["period"] for fact in meant):
        return True
    targets = all(fact.coordinates["period"].startswith("..") for fact in meant)
    return targets and passage.told("goal", figure).tier <= AROUND


def _unfit(passage: Passage, fact: Fact, topic: Topic, said: Mapping[str, Told]) -> list[str]:
    return [name for name in said if not fits(passage, fact, topic, name, said)]


def _other_source(passage: Passage, meant: Sequence[Fact]) -> bool:
    """Whether the sentence names a measurer who has measured none of the facts: then the number is another one."""
    named = {hit.code for hit in passage.hits if hit.field == "organisation"}
    return bool(named) and not any(fact.measured_by in named for fact in meant)


__all__ = ["BEFORE", "UNKNOWN", "Judgement", "attributed", "fits", "is_exactly", "judge"]
