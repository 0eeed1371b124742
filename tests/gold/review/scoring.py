"""How well a review does on gold read by hand: sentences with the verdict that each of their numbers deserves.

Each line of a gold file is ``{"id", "lang", "text", "numbers": [{"start", "end", "printed", "verdict", "claims",
"slip"}]}``. ``verdict`` lists what is right (the first being the best), ``claims`` the claims that may be named (any if
empty), ``slip`` the slip that should be (any if empty). A finding is *differs* or *inconsistent*: what an editor is
called for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.review import FINDINGS, Remark, Reviewer

FOLDER = Path(__file__).parent


@dataclass
class Score:
    """Counts over the numbers of a gold file; ``errors`` tells each number that came out wrong."""

    numbers: int = 0
    findings_right: int = 0
    findings_made: int = 0
    findings_due: int = 0
    agrees_right: int = 0
    agrees_made: int = 0
    agrees_due: int = 0
    unknown_right: int = 0
    unknown_made: int = 0
    unknown_due: int = 0
    not_due: int = 0
    false_alarms: int = 0
    slips_right: int = 0
    slips_due: int = 0
    claims_right: int = 0
    claims_due: int = 0
    errors: list[str] = field(default_factory=list)

    def precision(self, verdict: str) -> float:
        """Of the numbers given a verdict ("findings", "agrees", "unknown"), the part that deserved it."""
        return _part(getattr(self, f"{verdict}_right"), getattr(self, f"{verdict}_made"))

    def recall(self, verdict: str) -> float:
        """Of the numbers that deserve a verdict, the part that got it."""
        return _part(getattr(self, f"{verdict}_right"), getattr(self, f"{verdict}_due"))

    @property
    def false_alarm_rate(self) -> float:
        """Of the numbers with nothing to find, the part that was found fault with."""
        return _part(self.false_alarms, self.not_due, empty=0)

    def __str__(self) -> str:
        lines = [f"{self.numbers} numbers; false alarms: {self.false_alarms} of {self.not_due}"]
        for name in ("findings", "agrees", "unknown"):
            due, made = getattr(self, f"{name}_due"), getattr(self, f"{name}_made")
            lines.append(
                f"{name:<9} precision {self.precision(name):.3f} ({made})  recall {self.recall(name):.3f} ({due})"
            )
        lines.append(
            f"slip named {self.slips_right}/{self.slips_due}, claim right {self.claims_right}/{self.claims_due}"
        )
        return "\n".join(lines)


def _part(of: int, whole: int, empty: float = 1) -> float:
    return of / whole if whole else empty


def entries(name: str) -> list[dict[str, Any]]:
    """The sentences of a gold file: ``tuned`` or ``held_out``."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def score(gold: Iterable[dict[str, Any]], reviewer: Reviewer) -> Score:
    """The score of a reviewer on sentences, each an article of its own."""
    total = Score()
    for entry in gold:
        remarks = {(r.start, r.end): r for r in reviewer.review(entry["text"]).remarks}
        for number in entry["numbers"]:
            _count(total, entry, number, remarks.get((number["start"], number["end"])))
    return total


def _count(total: Score, entry: dict[str, Any], number: dict[str, Any], remark: Remark | None) -> None:
    due = _class(number["verdict"][0])
    made = _class(remark.verdict) if remark else "unknown"
    # Where several verdicts are right, what was made of it is taken for the one that was due.
    if made in {_class(verdict) for verdict in number["verdict"]}:
        due = made
    total.numbers += 1
    _add(total, due, made)
    total.not_due += due != "findings"
    total.false_alarms += made == "findings" != due
    faults = list(_details(total, number, remark)) if due == made else []
    if made != due or faults:
        told = f"{remark.verdict} {remark.claim} {remark.slip}" if remark else "not seen"
        total.errors.append(
            f"{entry['id']} {number['printed']!r}: due {'/'.join(number['verdict'])} {number['slip']}, "
            f"came {told} {'; '.join(faults)}\n    {entry['text']}"
        )


def _class(verdict: str) -> str:
    return "findings" if verdict in FINDINGS else verdict


def _add(total: Score, due: str, made: str) -> None:
    setattr(total, f"{due}_due", getattr(total, f"{due}_due") + 1)
    setattr(total, f"{made}_made", getattr(total, f"{made}_made") + 1)
    if due == made:
        setattr(total, f"{due}_right", getattr(total, f"{due}_right") + 1)


def _details(total: Score, number: dict[str, Any], remark: Remark | None) -> Iterator[str]:
    """What is wrong in a verdict that is right: the claim named, or the slip."""
    if remark is None or remark.verdict not in number["verdict"]:
        return
    if number["claims"] and remark.verdict != "inconsistent":
        total.claims_due += 1
        right = remark.claim in number["claims"] or not set(remark.claims).isdisjoint(number["claims"])
        total.claims_right += right
        if not right:
            yield f"claim {remark.claim}, not {number['claims'][0]}"
    if number["slip"] and remark.verdict == number["verdict"][0]:
        total.slips_due += 1
        total.slips_right += remark.slip == number["slip"]
        if remark.slip != number["slip"]:
            yield f"slip {remark.slip or 'none'}, not {number['slip']}"
