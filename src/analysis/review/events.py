"""Dates of an article that are those of an event the ledger dates; all other dates and years are left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.quantities import Quantity
from analysis.review.cues import table
from analysis.review.facts import Fact
from analysis.review.judging import Judgement
from analysis.review.passages import AROUND, OWN, Passage
from analysis.review.slips import Slip

KINDS = frozenset({"date", "year", "quarter"})
#: The fields of the words that name an event, and of those that say it takes place.
_EVENT, _OCCURS = "event", "occurs"


def dated(passage: Passage, events: Sequence[Fact]) -> Iterator[tuple[Quantity, Judgement]]:
    """The dates of a sentence that can be held against the date of an event that stands beside them.

    A date that differs is told only for events that ``cues.toml`` lists as happening once, where the sentence says that
    it happens and gives no other date.
    """
    dates = tuple(number for number in passage.numbers if number.kind in KINDS and isinstance(number.value, str))
    if not dates or not any(hit.field in (_EVENT, "act") for hit in passage.hits):
        return
    # Dates take the place of the figures, so that clauses are cut around them.
    around = replace(passage, figures=dates, kept={})
    for each in dates:
        named = around.told(_EVENT, each)
        meant = [fact for fact in events if fact.id in named.codes and named.tier <= AROUND]
        agreeing = tuple(fact for fact in meant if _same_day(each, fact))
        if agreeing:
            yield each, Judgement("agrees", agreeing)
        elif named.tier <= OWN and _firm(around, each, meant):
            yield each, Judgement("differs", tuple(meant), _slip(each, meant[0]))
        elif of_act := _acts(around, each, events):
            yield each, Judgement("differs", of_act, _slip(each, of_act[0]))


def _acts(passage: Passage, printed: Quantity, events: Sequence[Fact]) -> tuple[Fact, ...]:
    """The event whose very act the sentence names with this date alone, the date being another."""
    named = {hit.code for hit in passage.hits if hit.field == "act"}
    sites = {hit.code for each in passage.article for hit in each.hits if hit.field == "site"}
    within = table()["events"]["within"]
    meant = tuple(fact for fact in events if fact.id in named and within.get(fact.id) in {None, *sites})
    known = tuple(fact for fact in meant if not _same_day(printed, fact))
    return known if len(known) == len(meant) == 1 and _firm(passage, printed, meant) else ()


def _slip(printed: Quantity, fact: Fact) -> Slip:
    """What happened to a date: another year, or two digits of the day swapped."""
    one, other = str(printed.value), _day(fact)
    shared = min(len(one), len(other))
    if one[:4] != other[:4] and one[4:shared] == other[4:shared]:
        return "wrong_year"
    return "digits_swapped" if len(one) == len(other) and sorted(one) == sorted(other) else ""


def _day(fact: Fact) -> str:
    told, year = str(fact.quantity.value), fact.coordinates["period"]
    return f"{year}-{told[2:]}" if told.startswith("--") and year else told


def _same_day(printed: Quantity, fact: Fact) -> bool:
    """Whether one date is the other, or the other said less exactly."""
    one, other = str(printed.value), _day(fact)
    if one.startswith("--"):
        return other.endswith(one[1:])
    return one.startswith(other) or other.startswith(one)


def _firm(passage: Passage, printed: Quantity, meant: Sequence[Fact]) -> bool:
    happens = passage.told(_OCCURS, printed).tier <= AROUND
    once = all(fact.id in table()["events"]["once"] for fact in meant)
    return bool(meant) and once and happens and printed.kind == "date" and len(passage.figures) == 1
