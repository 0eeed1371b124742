"""How well predictions agree with gold records."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from analysis.quantities import FIGURES

Record = dict[str, Any]
_BOUND_CLASS = {"exact": "=", "range": "=", "about": "~", "at_least": ">", "at_most": "<"}


@dataclass(frozen=True)
class Score:
    """Record F1 on figures, with what was missed and what was wrong, in words."""

    f1: float
    figures: int
    misses: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((f"record F1 {self.f1:.3f} on {self.figures} figures", *self.misses))


def pairs(gold: list[Record], found: list[Record]) -> dict[int, int]:
    """Gold to prediction, one to one: those that share a character of the gold's numeral, the best fit first."""
    candidates = [
        (g["kind"] == p["kind"], _overlap(g, p), -i, -j)
        for i, g in enumerate(gold)
        for j, p in enumerate(found)
        if p["start"] < g["core_end"] and g["core_start"] < p["end"]
    ]
    matched: dict[int, int] = {}
    taken = set()
    for _, _, i, j in sorted(candidates, reverse=True):
        if -i not in matched and -j not in taken:
            matched[-i] = -j
            taken.add(-j)
    return matched


def _overlap(g: Record, p: Record) -> float:
    shared = min(g["end"], p["end"]) - max(g["start"], p["start"])
    return float(shared / (max(g["end"], p["end"]) - min(g["start"], p["start"])))


def is_right(g: Record, p: Record) -> bool:
    """Whether kind, value, currency and class of bound are those of the gold record."""
    same_unit = g["kind"] != "money" or g["unit"] == p["unit"]
    same_bound = _BOUND_CLASS[g["bound"]] == _BOUND_CLASS[p["bound"]]
    return bool(g["kind"] == p["kind"] and same_unit and same_bound and same_value(g["value"], p["value"]))


def same_value(one: Any, two: Any) -> bool:
    """Whether two values agree to the printed digits; a gold value of None is not compared."""
    if one is None:
        return True
    if isinstance(one, list) or isinstance(two, list):
        ends = isinstance(one, list) and isinstance(two, list)
        return ends and all(same_value(a, b) for a, b in zip(one, two, strict=True))
    if isinstance(one, str) or isinstance(two, str):
        return str(one) == str(two)
    return two is not None and math.isclose(one, two, rel_tol=2e-4, abs_tol=1e-9)


def score(files: Iterable[tuple[str, str, list[Record]]], read: Callable[[str], list[Record]]) -> Score:
    """Record F1 on the figures of ``files`` (name, text, gold records), of a reader of texts.

    A record is right when it overlaps the numeral and its kind, value, currency and class of bound are right.
    Records that are not scored count neither way.
    """
    right = wanted = claimed = 0
    misses: list[str] = []
    for name, text, gold in files:
        found = read(text)
        matched = pairs(gold, found)
        unscored = {j for i, j in matched.items() if not gold[i]["scored"]}
        claimed += sum(p["kind"] in FIGURES and j not in unscored for j, p in enumerate(found))
        for i, g in enumerate(gold):
            if not g["scored"] or g["kind"] not in FIGURES:
                continue
            wanted += 1
            p = found[matched[i]] if i in matched else None
            if p is not None and is_right(g, p):
                right += 1
            else:
                misses.append(f"{name}: {_told(g)} was read as {_told(p)}")
        matched_figures = {j for i, j in matched.items() if gold[i]["kind"] in FIGURES}
        misses += [
            f"{name}: {_told(p)} is no figure"
            for j, p in enumerate(found)
            if p["kind"] in FIGURES and j not in matched_figures and j not in unscored
        ]
    return Score(2 * right / (wanted + claimed) if wanted + claimed else 1.0, wanted, tuple(misses))


def _told(record: Record | None) -> str:
    if record is None:
        return "nothing"
    return f"{record['printed']!r} ({record['kind']} {record['value']} {record['unit']} {record['bound']})"
