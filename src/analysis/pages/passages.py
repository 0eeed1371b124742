"""The passages that numbers stand in, for a newsroom that holds the documents: never in a public edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.claims import Claim, fold

#: How many characters are shown on each side of a number, a word more or less.
AROUND = 320


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document: what stands before a number, the number as it stands there, what stands after."""

    before: str
    number: str
    after: str


def passages(claims: Mapping[str, Claim], texts: Mapping[str, str]) -> dict[str, Passage]:
    """The passage of each claim whose document is at hand, by id; ``texts`` are the documents' canonical texts."""
    return dict(_held(claims, texts))


def _held(claims: Mapping[str, Claim], texts: Mapping[str, str]) -> Iterator[tuple[str, Passage]]:
    for name, claim in claims.items():
        if claim.document.id in texts:
            yield name, passage(texts[claim.document.id], claim.start, claim.end)


def passage(text: str, start: int, end: int) -> Passage:
    """The passage around ``text[start:end]``, in whole words, each run of blanks folded to one space.

    >>> passage("Some 27% of them,  or more.", 5, 8)
    Passage(before='Some ', number='27%', after=' of them, or more.')
    """
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Passage(_folded(before), fold(text[start:end]), _folded(after))


def _folded(text: str) -> str:
    """With its runs of blanks folded, one kept at each end that has any."""
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{fold(text)}{trail}"
