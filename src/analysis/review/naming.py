"""A figure → the topics that its words name, how near the words stand, and how sure they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.quantities import Quantity
from analysis.review.agreement import comparable
from analysis.review.facts import Topic
from analysis.review.passages import AFTER, AROUND, EARLIER, OWN, REACH, Passage, Told

#: How sure the words are: enough by themselves; if a clear slip explains the number; if its digits are those known.
SURE, EXPLAINED, MISCOPIED = 3, 2, 1
#: Fields of which the nearest words alone count: they name things that exclude one another.
EXCLUSIVE = frozenset({"provider", "customer", "thing", "market", "programme"})
#: How many sentences back the fields may be named; what is not here must stand in the sentence or the one before it.
_REACH = {
    "thing": 10 * REACH,
    "programme": REACH,
    "gathering": REACH,
    "initiative": 3,
    "market": 2,
    "customer": 2,
    "measure": 2,
    "subject_label": 0,
    "measure_label": 0,
}
#: Fields of which an article speaks all along, without naming them in each sentence.
_THROUGHOUT = frozenset({"thing", "programme", "gathering"})
_FAR = EARLIER + 1
#: The code, in each field, of what the ledger knows nothing of; and codes too weak to stand against it.
_OTHER = "other"
#: How far from a number such words still speak of it, where that is not just in its own clause.
_BESIDE = {"uses": AROUND}
_WEAK = frozenset({"the_plan"})
_PART = "part"  # of what a topic is about: enterprises of one size or branch
_ACTOR = "actor"
_UNNAMED = "unnamed"
_NAMED_MARKETS = frozenset({"cloud", "ai", "it", "voice", _OTHER})
#: Places that hold France: what is said of other ones alone is not said of it.
_OURS = frozenset({"FR", "europe", "EU27"})
_COLON = re.compile(r"\s*:")


@dataclass(frozen=True, slots=True)
class Match:
    """A topic that the words of a figure name.

    ``weight``  how far away they stand: tiers, then characters
    ``firm``    how sure they are: ``SURE`` and so on, 0 if not at all
    ``said``    what they say in each field that the topic needs
    """

    topic: Topic
    weight: tuple[int, int]
    firm: int
    said: Mapping[str, Told]

    @property
    def stands_by(self) -> bool:
        """Whether all but what the article speaks of all along stands beside the figure."""
        return all(told.tier <= AROUND for name, told in self.said.items() if name not in _THROUGHOUT)


def matches(passage: Passage, figure: Quantity, topics: Sequence[Topic]) -> Iterator[Match]:
    """The topics that the words around a figure name, in the order in which the topics are given."""
    for topic in topics:
        if figure.kind in topic.kinds and _measures_alike(figure, topic):
            needed = _all_needed(passage, figure, topic)
            if needed and not foreign(passage, figure, topic, needed) and not _abroad(passage, figure, topic):
                weight = sum(_weight(*each) for each in needed.items())
                gap = sum(_gap(told, figure) for told in needed.values())
                yield Match(topic, (weight, gap), _firm(passage, figure, topic, needed), needed)


def _all_needed(passage: Passage, figure: Quantity, topic: Topic) -> dict[str, Told]:
    """What is said of each field that a topic needs; nothing if one is missing, or not near enough."""
    if any(passage.told(name, figure).tier <= OWN for name in topic.refuses):
        return {}
    needed = {}
    for name in topic.needs:
        told = _needed(passage, figure, topic, name)
        if not told or (name in topic.near and told.tier > _nearest(passage, figure)):
            return {}
        if name in topic.here and told.tier >= EARLIER:
            return {}
        needed[name] = told
    return needed


def _nearest(passage: Passage, figure: Quantity) -> int:
    """How near its noun must stand: in its clause, or behind a colon ("23: the number of projects")."""
    return AROUND if _COLON.match(passage.text, figure.end, passage.end) else OWN


def _weight(name: str, told: Told) -> int:
    """How far away the words of a field stand; what an article speaks of all along is never far."""
    return AROUND if name in _THROUGHOUT and AROUND < told.tier < _FAR else told.tier


def _measures_alike(figure: Quantity, topic: Topic) -> bool:
    """Whether a topic has a fact in the figure's unit, or one whose number it has taken for another unit."""
    return any(comparable(figure, fact.quantity) or figure.value == fact.quantity.value for fact in topic.facts)


def _gap(told: Told, figure: Quantity) -> int:
    return min((abs(hit.start - figure.start) for hit in told.hits), default=0)


def _needed(passage: Passage, figure: Quantity, topic: Topic, name: str) -> Told:
    """What is said of a field that a topic needs; nothing where the nearest words say something else."""
    codes = topic.needs[name]
    reach = _REACH.get(name, 1)
    if name == "initiative" and topic.near and passage.told(name, figure):
        reach = 0  # another one is spoken of here
    if name not in EXCLUSIVE:
        return passage.told(name, figure, reach=reach, only=codes)
    told = _told(passage, figure, name, reach)
    said = codes & set(told.codes)
    other = told.codes[:1] == (_OTHER,) or (_OTHER in told.codes and said <= _WEAK) or _PART in told.codes
    if said and not other:
        return told
    if name in ("programme", "thing") and told.tier >= EARLIER and passage.told(name, figure, reach=reach, only=codes):
        return Told(tuple(codes), _FAR)  # another one was named since: enough to agree, not to differ
    if name in topic.instead:
        stand_in = passage.told(topic.instead[name], figure)
        placed = passage.told("place", figure).codes[:1]
        return stand_in if placed and placed[0] in _OURS and not other else Told()
    return Told()


def _told(passage: Passage, figure: Quantity, name: str, reach: int) -> Told:
    """What is said in a field; a market without a name is the one last named, or that of the thing spoken of."""
    told = passage.told(name, figure, reach=reach)
    if name != "market" or told.codes[:1] != (_UNNAMED,):
        return told
    for field in ("market", "thing"):
        named = passage.told(field, figure, reach=REACH, only=_NAMED_MARKETS)
        if named:
            sure = (field == name and named.tier < EARLIER) or passage.told("place", figure).tier <= AROUND
            return Told(named.codes, told.tier if sure else EARLIER, told.hits)
    return told


def foreign(passage: Passage, figure: Quantity, topic: Topic, needed: Mapping[str, Told]) -> bool:
    """Whether the figure's own clause speaks of something that the ledger knows nothing of."""
    spans = [(hit.start, hit.end) for told in needed.values() for hit in told.hits]
    told = passage.told(_OTHER, figure)
    own = [hit for hit in told.hits if told.tier <= _BESIDE.get(hit.code, OWN) and hit.code not in topic.allows]
    return any(not any(start < hit.end and hit.start < end for start, end in spans) for hit in own)


def _abroad(passage: Passage, figure: Quantity, topic: Topic) -> bool:
    """Whether the figure is said of other countries than those that a topic has facts of."""
    said = set(passage.told("place", figure, reach=1).codes)
    return bool(said) and said.isdisjoint(_OURS) and said.isdisjoint(topic.places)


def _firm(passage: Passage, figure: Quantity, topic: Topic, needed: Mapping[str, Told]) -> int:
    """How sure the words are that a number which is not the known one differs from it; 0 if not at all."""
    if topic.agree_only:
        return 0
    if not all(passage.told(name, figure, only=codes).tier <= AFTER for name, codes in topic.sure.items()):
        return MISCOPIED
    if any(topic.vague >= set(told.codes) for name, told in needed.items() if name == "provider"):
        return 0
    far = {name for name, told in needed.items() if told.tier >= EARLIER}
    if any(told.tier >= _FAR for told in needed.values()):
        return 0
    if "programme" in needed and ("programme" in far or set(needed["programme"].codes) <= _WEAK):
        said = [passage.told(name, figure) for name in ("payer", "purpose") if name in topic.scope.values()]
        named = any(told.tier <= AROUND and set(told.codes) != {_ACTOR} for told in said)
        beside = "programme" not in far and passage.told("thing", figure).tier <= AFTER
        return EXPLAINED if named and far <= {"programme", "thing"} else MISCOPIED if beside else 0
    return SURE if far <= {"thing"} or (passage.linked and not passage.row) else 0
