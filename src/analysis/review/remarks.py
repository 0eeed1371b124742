"""A review: the figures of an article in their order, each with its verdict and the reason for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.quantities import Lang, Quantity
from analysis.review.judging import Verdict
from analysis.review.slips import Slip
from analysis.words.blocks import Shown
from analysis.words.terms import label

VERDICTS: tuple[Verdict, ...] = ("agrees", "differs", "inconsistent", "unknown")
#: The verdicts that an editor must look at.
FINDINGS: tuple[Verdict, ...] = ("differs", "inconsistent")
#: A sign for each verdict, so that no colour is needed.
SIGNS: Mapping[str, str] = {"agrees": "✓", "differs": "✗", "inconsistent": "≠", "unknown": "?"}


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of one number of an article.

    ``start, end``  its place in the article's canonical text; ``line`` is counted from 1
    ``claims``      the claims or observations it rests on, the first being the one shown
    ``expected``    what the ledger has, in words and figures; empty where there is nothing to expect
    ``source``      where that stands: document and line, or series and address
    ``why``         the reason, in the review's language
    """

    quantity: Quantity
    line: int
    verdict: Verdict
    why: str
    claims: tuple[str, ...] = ()
    expected: str = ""
    source: str = ""
    slip: Slip = ""

    @property
    def start(self) -> int:
        """Where the number begins."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.quantity.end

    @property
    def printed(self) -> str:
        """The number as the article prints it."""
        return self.quantity.printed

    @property
    def claim(self) -> str:
        """The claim shown; empty for an unknown number."""
        return self.claims[0] if self.claims else ""

    @property
    def is_finding(self) -> bool:
        """Whether an editor must look at it."""
        return self.verdict in FINDINGS

    def record(self, file: str) -> dict[str, object]:
        """The JSON object that ``nuage review --json`` prints for it."""
        return {
            "file": file,
            "start": self.start,
            "end": self.end,
            "line": self.line,
            "printed": self.printed,
            "kind": self.quantity.kind,
            "verdict": self.verdict,
            "claim": self.claim or None,
            "expected": self.expected or None,
            "why": self.why,
            "source": self.source or None,
            "slip": self.slip or None,
        }


@dataclass(frozen=True, slots=True)
class Review(Shown):
    """An article's canonical text and the remarks on its numbers, in ``lang``; ``text_lang`` is the article's own."""

    text: str
    remarks: tuple[Remark, ...]
    lang: Lang
    text_lang: Lang

    @property
    def findings(self) -> tuple[Remark, ...]:
        """The remarks that an editor must look at."""
        return tuple(remark for remark in self.remarks if remark.is_finding)

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many numbers have each verdict."""
        counted = Counter(remark.verdict for remark in self.remarks)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    def bundle(self) -> dict[str, Any]:
        """The annotated article for the screen, the list of remarks for a terminal."""
        from analysis.review.annotated import fragment  # noqa: PLC0415  # it needs this module

        return {"text/html": fragment(self), "text/plain": str(self)}

    def __str__(self) -> str:
        lines = [
            f"{SIGNS[r.verdict]} {r.line}: {' '.join(r.printed.split())} · {word(r.verdict, self.lang)}. {r.why}"
            for r in self.remarks
        ]
        return "\n".join(lines) or word("none", self.lang)


def word(code: str, lang: Lang) -> str:
    """What a verdict or a slip is called."""
    return label(code, lang, group="review")
