"""Contradictions that the register of same quantities has found and that no check declares."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from analysis.checks import register
from analysis.checks.check import FILE, Check
from analysis.checks.operands import Evidence
from analysis.checks.register import Group
from analysis.errors import InputError


@lru_cache(maxsize=2)
def same_quantities(evidence: Evidence) -> tuple[Group, ...]:
    """The register of what the evidence tells of one thing."""
    return register.register(evidence.ledger, evidence.catalogue)


def undeclared(evidence: Evidence) -> Iterator[InputError]:
    """One error for each: a contradiction is published with its derivation and a fair sentence, or not at all."""
    named = [_named(check) for check in evidence.declared]
    for group in same_quantities(evidence):
        for pair in group.pairs:
            if pair.likeness == "contradicts" and not any({pair.one, pair.other} <= each for each in named):
                yield InputError(
                    "two numbers contradict each other, and no check says so",
                    file=FILE,
                    entry=f"{pair.one}, {pair.other}",
                    evidence=pair.reason_en,
                    way_out='declare it: relation = "same", with what it means and what would settle it',
                )


def _named(check: Check) -> set[str]:
    return {*check.of, *check.weights, *check.source, check.gives}
