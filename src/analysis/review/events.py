"""Dates of an article that are those of an event the ledger dates; all other dates and years are left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.quantities import Quantity
from analysis.review.cues import table
from analysis.review.facts import Fact
from analysis.review.judging import Judgement
from analysis.review.passages import AROUND, OWN, Passage

KINDS = frozenset({"date", "year", "quarter"})
#: The fields of the words that name an event, and of those that say it takes place.
_EVENT, _OCCURS = "event", "occurs"


def dated(passage: Passage, events: Sequence[Fact]) -> Iterator[tuple[Quantity, Judgement]]:
    """The dates of a sentence that can be held against the date of an event that stands beside them.

    A date that differs is told only for events that ``cues.toml`` lists as happening once, where the sentence says that
    it happens and gives no other date.
    """
    dates = tuple(number for number in passage.numbers if number.kind in KINDS and isinstance(number.value, str))
    if not dates or not any(hit.field == _EVENT for hit in passage.hits):
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
            yield each, Judgement("differs", tuple(meant))


def _same_day(printed: Quantity, fact: Fact) -> bool:
    """Whether one date is the other, or the other said less exactly."""
    one, other = str(printed.value), str(fact.quantity.value)
    year = fact.coordinates["period"]
    if other.startswith("--") and year:
        other = f"{year}-{other[2:]}"
    if one.startswith("--"):
        return other.endswith(one[1:])
    return one.startswith(other) or other.startswith(one)


def _firm(passage: Passage, printed: Quantity, meant: Sequence[Fact]) -> bool:
    happens = passage.told(_OCCURS, printed).tier <= AROUND
    once = all(fact.id in table()["events"]["once"] for fact in meant)
    return bool(meant) and once and happens and printed.kind == "date" and len(passage.figures) == 1
