"""Contradictions that the register of same quantities has found and that no check declares."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.checks import register
from analysis.checks.check import FILE, Check
from analysis.checks.operands import Evidence
from analysis.errors import InputError


def undeclared(evidence: Evidence) -> Iterator[InputError]:
    """One error for each: a contradiction is published with its derivation and a fair sentence, or not at all."""
    named = [_named(check) for check in evidence.declared]
    for group in register.register(evidence.ledger, evidence.catalogue):
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
