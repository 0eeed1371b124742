"""Findings: what came out of every check, told in both languages with its derivation, gravest first."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

from analysis.checks import dates, matrix, relations, told
from analysis.checks.check import Check, Grade, Verdict
from analysis.checks.operands import Case, Evidence, case, unknown_coordinates
from analysis.checks.outcome import Outcome
from analysis.errors import InputError, NuageError, Problems, nearest
from analysis.quantities import Lang, UnitError
from analysis.words.templates import Named, fill


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of check: what computes it, how many operands it takes (0: any number), what naturally differs in it.

    ``lasting``  what it relates does not change with time, as the date of an act does not: two tellings that differ
                 disagree, whenever each was told
    """

    judge: Callable[[Case], Outcome]
    operands: int
    natural: tuple[str, ...] = ()
    lasting: bool = False


RELATIONS: Mapping[str, Relation] = {
    "sum": Relation(relations.total, 0),
    "whole": Relation(relations.whole, 0, ("subject", "segment")),
    "difference": Relation(relations.difference, 2, ("measure", "period")),
    "share": Relation(relations.share, 2, ("measure",)),
    "growth": Relation(relations.growth, 2, ("measure", "period")),
    "ratio": Relation(relations.ratio, 2, ("measure", "period")),
    "compound": Relation(relations.compound, 2, ("measure",)),
    "weighted_growth": Relation(relations.weighted_growth, 0, ("measure", "period", "segment")),
    "same": Relation(relations.same, 1),
    "part": Relation(relations.part, 1, ("measure", "purpose", "payer", "segment")),
    "room": Relation(relations.room, 0, ("subject", "purpose", "period")),
    "count": Relation(relations.count, 1),
    "definition": Relation(relations.definition, 1, ("population",)),
    "elapsed": Relation(dates.elapsed, 2, ("measure", "period", "subject"), lasting=True),
    "same_date": Relation(dates.same_date, 1, ("period",), lasting=True),
    "weekday": Relation(dates.weekday, 1, lasting=True),
    "matrix": Relation(matrix.matrix, 0, ("payer", "purpose")),
}

#: The gravest first; what holds comes last, the firmest at the very end.
_ORDER: tuple[tuple[Verdict, Grade], ...] = (
    ("contradicts", "sentence_falls"),
    ("contradicts", "numbers_disagree"),
    ("holds_as_printed", ""),
    ("not_comparable", ""),
    ("cannot_tell", ""),
    ("holds", "compatible"),
    ("holds", "rounding"),
    ("holds", "exact"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What came out of one check, equal to itself only. Its texts are made in the language asked for."""

    check: Check
    case: Case
    outcome: Outcome

    @property
    def id(self) -> str:
        """The id of the check."""
        return self.check.id

    @property
    def weight(self) -> int:
        """How grave it is: the number of ranks below it; what holds exactly weighs nothing."""
        return len(_ORDER) - 1 - _ORDER.index((self.outcome.verdict, self.outcome.grade))

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims, observations and names it rests on, each once, in the order of the check."""
        return tuple(dict.fromkeys(each for operand in self.case.operands for each in operand.ids))

    def derivation(self, lang: Lang) -> tuple[str, ...]:
        """The lines that lead from the numbers to the verdict."""
        return told.derivation(self.outcome.lines, lang)

    def title(self, lang: Lang) -> str:
        """What is checked, in a few words."""
        return self._text("title", lang)

    def says(self, lang: Lang, *, markdown: bool = False) -> str:
        """What came out, in a sentence: the check's own, or the one that the verdict gives."""
        own = self.check.says_fr if lang == "fr" else self.check.says_en
        return self._filled(own or _sentence(self.check.relation, self.outcome, lang), lang, markdown=markdown)

    def reason(self, lang: Lang) -> str:
        """Why the relation should hold."""
        return self._text("reason", lang)

    def means(self, lang: Lang) -> str:
        """What it does and does not mean: the check's own words, or those for its relation."""
        own = self.check.means_fr if lang == "fr" else self.check.means_en
        return self._filled(own or _sentences()["means"][self.check.relation][lang], lang, markdown=False)

    def settles(self, lang: Lang) -> str:
        """What would settle it; empty where nothing is open."""
        return self._text("settle", lang)

    def _text(self, field: str, lang: Lang) -> str:
        return self._filled(getattr(self.check, f"{field}_{lang}"), lang, markdown=False)

    def _filled(self, template: str, lang: Lang, *, markdown: bool) -> str:
        if not template:
            return ""
        named: dict[str, Named] = {
            name: told.amount(amount, lang)
            for name, amount in (("computed", self.outcome.computed), ("stated", self.outcome.stated))
            if amount is not None
        }
        if self.case.gives is not None and self.case.gives.entry is not None:
            named["stated"] = self.case.gives.entry
        try:
            return fill(template, lang, named, markdown=markdown).text
        except NuageError as error:
            raise self.check.fault(error.what, error.evidence, error.way_out) from None


@lru_cache(maxsize=2)
def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for each declared check, gravest first, then in the order of the checks.

    Raises Problems with every check that cannot be carried out: an unknown relation, a name that nothing bears, units
    that cannot be joined, a wrong number of operands.
    """
    found: list[Finding] = []
    problems: list[NuageError] = []
    for check in evidence.declared:
        try:
            found.append(_finding(check, evidence))
        except NuageError as error:
            problems.append(error)
    if problems:
        raise Problems(problems)
    return tuple(sorted(found, key=lambda finding: -finding.weight))


def unexpected(found: tuple[Finding, ...]) -> Iterator[InputError]:
    """Each finding whose verdict is not the one its check expects, in whichever direction."""
    for finding in found:
        outcome, check = finding.outcome, finding.check
        if (outcome.verdict, outcome.grade) != (check.expected, check.grade):
            yield check.fault(
                f"the verdict is {_named(outcome.verdict, outcome.grade)}, not {_named(check.expected, check.grade)}",
                evidence="; ".join(finding.derivation("en")),
                way_out="look at what moved; if it is right, change expected and grade, and what the check says",
            )


def _named(verdict: str, grade: str) -> str:
    return f'"{verdict}" ({grade})' if grade else f'"{verdict}"'


def _finding(check: Check, evidence: Evidence) -> Finding:
    relation = RELATIONS.get(check.relation)
    if relation is None:
        raise check.fault(f'no relation "{check.relation}"', way_out=nearest(check.relation, RELATIONS))
    if not check.of or relation.operands not in (0, len(check.of)):
        wanted = relation.operands or "at least 1"
        raise check.fault(f'"{check.relation}" takes {wanted} in of', evidence=f"of = {list(check.of)}")
    for problem in unknown_coordinates(check):
        raise problem
    at_hand = case(check, evidence)
    try:
        outcome = relation.judge(at_hand)
    except (UnitError, ZeroDivisionError, ValueError) as error:
        raise check.fault("its numbers cannot be joined", evidence=str(error)) from None
    except NuageError as error:
        raise error if error.file else check.fault(error.what, error.evidence, error.way_out) from None
    finding = Finding(check, at_hand, _fair(outcome, at_hand, relation))
    _refuse_untellable(finding)
    return finding


def _fair(outcome: Outcome, at_hand: Case, relation: Relation) -> Outcome:
    """The outcome, unless its numbers are about different things, or may be.

    Numbers contradict each other only if all that they are about is given and alike, and if neither had the time to
    move: what was announced and what came of it, or two editions of an estimate, are no contradiction.
    """
    if differs := at_hand.differing(relation.natural):
        return _unmarked(outcome, "not_comparable", differs=differs)
    if outcome.verdict != "contradicts":
        return outcome
    if missing := at_hand.missing(relation.natural):
        return _unmarked(outcome, "cannot_tell", missing=missing)
    if not relation.lasting and (moved := at_hand.retold()):
        return _unmarked(outcome, "not_comparable", differs=moved)
    return outcome


def _unmarked(outcome: Outcome, verdict: Verdict, **why: tuple[str, ...]) -> Outcome:
    """The outcome under another verdict: its numbers stay, but no sign says that they agree."""
    lines = tuple(replace(line, mark="") for line in outcome.lines)
    return Outcome(verdict, "", lines, outcome.computed, outcome.stated, **why)


def _refuse_untellable(finding: Finding) -> None:
    """Fills in every text in both languages, so that a fault shows whichever language is written."""
    for lang in ("fr", "en"):
        for tell in (finding.title, finding.says, finding.reason, finding.means, finding.settles):
            tell(lang)


@cache
def _sentences() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(resources.files("analysis.checks").joinpath("sentences.toml").read_text("utf-8"))


def _sentence(relation: str, outcome: Outcome, lang: Lang) -> str:
    """The sentence of a relation for a verdict and grade, or the one that all relations share."""
    sentences = _sentences()
    for group in (relation, "any"):
        for code in (outcome.grade, outcome.verdict):
            if code and code in sentences.get(group, {}):
                return sentences[group][code][lang]
    raise AssertionError(f"no sentence for {relation} {outcome.verdict} {outcome.grade}")
