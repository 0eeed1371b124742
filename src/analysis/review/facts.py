"""What an article is held against: claims and observations under one form, gathered into topics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from analysis.claims import Claim, Ledger
from analysis.quantities import Quantity
from analysis.review.cues import fold, table
from analysis.words.terms import lexicon

#: Measurers that name nobody: any attribution may stand beside them.
NOBODY = frozenset({"none", "not_stated", ""})


@dataclass(frozen=True)
class Fact:
    """A quantity that is known, with what tells it apart; ``entry`` is the claim or observation itself.

    ``coordinates`` holds its codes by field; ``first`` is the id of the claim it repeats, or its own.
    """

    id: str
    entry: Any
    quantity: Quantity
    coordinates: Mapping[str, str]
    first: str
    is_claim: bool = True
    latest: bool = True

    @property
    def settles(self) -> bool:
        """Whether a number of the same thing must be it: a claim, an official statistic; others differ in perimeter."""
        return self.is_claim or self.entry.agreement == "official"

    @property
    def measured_by(self) -> str:
        """Who measured it."""
        return self.coordinates["measured_by"]


@dataclass(frozen=True)
class Topic:
    """Facts that the same words name, as ``cues.toml`` says."""

    facts: tuple[Fact, ...]
    kinds: frozenset[str]
    needs: Mapping[str, frozenset[str]]
    scope: Mapping[str, str] = field(default_factory=dict)
    near: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    refuses: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    agree_only: bool = False
    sure: Mapping[str, frozenset[str]] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    allows: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    frame: str = ""
    any: frozenset[str] = frozenset()
    avoid: Mapping[str, frozenset[str]] = field(default_factory=dict)
    carried: Mapping[str, int] = field(default_factory=dict)
    reach: int = 0
    only: bool = False
    home: bool = False

    @cached_property
    def places(self) -> frozenset[str]:
        """The places of its facts."""
        return frozenset(fact.coordinates["place"] for fact in self.facts)


_COORDINATES = "subject measure place period population segment payer purpose status measured_by said_by".split()


def of_claim(claim: Claim, ledger: Ledger) -> Fact:
    """A claim of the ledger; one that repeats another has the measurer and the period of the first."""
    first = ledger.claims.get(claim.same_as, claim)
    coordinates = {name: getattr(claim, name) or getattr(first, name) for name in _COORDINATES}
    if coordinates["measured_by"] in NOBODY:
        coordinates["measured_by"] = first.measured_by
    return Fact(claim.id, claim, claim.quantity, coordinates, first.id)


def of_observation(observation: Any, *, latest: bool = True) -> Fact:
    """An observation of a series; ``latest`` if it is the newest of its line."""
    coordinates = {name: getattr(observation, name) for name in _COORDINATES}
    return Fact(
        observation.id, observation, observation.quantity, coordinates, observation.id, is_claim=False, latest=latest
    )


def facts(ledger: Ledger, catalogue: Any = None) -> tuple[Fact, ...]:
    """Everything known that measures something: claims in the ledger's order, then observations.

    Left out are observations that only retell a claim, and those that others contradict where a claim says it.
    """
    known = [of_claim(claim, ledger) for claim in ledger.claims.values()]
    if catalogue is not None:
        known += _of_observations(catalogue, frozenset(map(_about, known)))
    return tuple(fact for fact in known if fact.quantity.is_figure)


def events(ledger: Ledger) -> tuple[Fact, ...]:
    """The claims that date an event."""
    found = (claim for claim in ledger.claims.values() if claim.measure == "date" and not claim.quantity.is_figure)
    return tuple(of_claim(claim, ledger) for claim in found)


def _of_observations(catalogue: Any, claimed: frozenset[tuple[str, ...]]) -> Iterator[Fact]:
    """The observations that say something of their own; the newest telling of each thing is marked."""
    usable = [each for each in catalogue.observations.values() if not each.same_as]
    newest: dict[tuple[str, ...], tuple[str, str]] = {}
    for each in usable:
        newest[_line(each)] = max(newest.get(_line(each), ("", "")), (each.period, each.released))
    for each in usable:
        fact = of_observation(each, latest=(each.period, each.released) >= newest[_line(each)])
        if each.agreement != "disagree" or _about(fact) not in claimed:
            yield fact


def _line(observation: Any) -> tuple[str, ...]:
    """What an observation is about but for its time, with who measured it."""
    return tuple(getattr(observation, name) for name in _COORDINATES if name not in ("period", "status", "said_by"))


def _about(fact: Fact) -> tuple[str, ...]:
    """What a fact is about: where a claim says it, an observation that others contradict does not count."""
    return tuple(fact.coordinates[name] for name in ("subject", "measure", "place", "period", "payer", "purpose"))


def topics(known: Sequence[Fact]) -> tuple[Topic, ...]:
    """The topics of ``cues.toml`` with their facts, then one for each subject and measure that it does not know."""
    placed: set[str] = set()
    result = []
    for entry in table()["topics"]:
        chosen = tuple(fact for fact in known if _belongs(fact, entry))
        placed |= {fact.id for fact in chosen}
        if chosen:
            result.append(_topic(entry, chosen))
    left = [fact for fact in known if fact.id not in placed]
    return (*result, *_by_labels(left))


def framed_topics(known: Sequence[Fact]) -> tuple[Topic, ...]:
    """The topics of the frames, as ``frames.toml`` says, with their facts."""
    found = ((entry, tuple(fact for fact in known if _belongs(fact, entry))) for entry in table()["framed"])
    return tuple(_topic(entry, chosen) for entry, chosen in found if chosen)


def _belongs(fact: Fact, entry: Mapping[str, Any]) -> bool:
    subjects = entry.get("subjects", ())
    return fact.coordinates["measure"] in entry["measures"] and (
        not subjects or fact.coordinates["subject"] in subjects
    )


def _topic(entry: Mapping[str, Any], chosen: tuple[Fact, ...]) -> Topic:
    return Topic(
        facts=chosen,
        kinds=frozenset(entry["kinds"]),
        needs={name: frozenset(codes) for name, codes in entry.get("needs", {}).items()},
        scope=entry["scope"],
        near=frozenset(entry.get("near", ())),
        closed=frozenset(entry.get("closed", ())),
        here=frozenset(entry.get("here", ())),
        bare=frozenset(entry.get("bare", ())),
        refuses=frozenset(entry.get("refuses", ())),
        open=frozenset(entry.get("open", ())),
        vague=frozenset(entry.get("vague", ())),
        agree_only=entry.get("agree_only", False),
        sure={name: frozenset(codes) for name, codes in entry.get("sure", {}).items()},
        instead=entry.get("instead", {}),
        allows=frozenset(entry.get("allows", ())),
        exact=frozenset(entry.get("exact", ())),
        frame=entry.get("frame", ""),
        any=frozenset(entry.get("any", ())),
        avoid={name: frozenset(codes) for name, codes in entry.get("avoid", {}).items()},
        carried=entry.get("carried", {}),
        reach=entry.get("reach", 0),
        only=entry.get("only", False),
        home=entry.get("frame") == "plan",
    )


def _by_labels(left: Sequence[Fact]) -> Iterator[Topic]:
    """Topics made from the lexicon alone: the words that name the subject, and those that name the measure."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in left:
        groups.setdefault((fact.coordinates["subject"], fact.coordinates["measure"]), []).append(fact)
    for (subject, measure), chosen in groups.items():
        yield Topic(
            facts=tuple(chosen),
            kinds=frozenset(fact.quantity.kind for fact in chosen),
            needs={"subject_label": frozenset({subject}), "measure_label": frozenset({measure})},
            scope={"place": "place", "period": "period"},
            agree_only=True,
        )


def phrases_of(found: Sequence[Topic]) -> tuple[tuple[str, str, str], ...]:
    """The phrases of the topics that come from the lexicon: field, code, phrase."""
    result = []
    for topic in found:
        for name, group in (("subject_label", "subjects"), ("measure_label", "measures")):
            for code in topic.needs.get(name, ()):
                term = lexicon()[group].get(code)
                labels = (term.fr, term.en, term.fr_short, term.en_short, *term.printed) if term else ()
                result += [(name, code, phrase) for label in labels if (phrase := _phrase(label))]
    return tuple(dict.fromkeys(result))


def _phrase(label: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(label)).split())
