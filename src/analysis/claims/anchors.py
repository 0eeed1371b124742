"""Holding claims against the documents: the place, the printed words, the fingerprint of what surrounds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from analysis.claims.claim import Anchor, Claim, Name
from analysis.documents import line_of
from analysis.errors import InputError, NuageError, UsageError

#: How many characters on each side make the surroundings of a number.
SURROUNDINGS = 64
_DIGEST_LENGTH = 16
_SHOWN = 24


def fold(text: str) -> str:
    """The text with each run of blanks and line breaks as one space: how the ledger writes a printed expression."""
    return " ".join(text.split())


def fingerprint(text: str, start: int, end: int) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the 64 characters on each side, parted by U+001F.

    The number itself is left out, so that a changed number and a changed passage are told apart.
    """
    return digest(f"{text[max(0, start - SURROUNDINGS) : start]}\x1f{text[end : end + SURROUNDINGS]}")


def digest(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def faults(claim: Claim | Name, text: str) -> Iterator[NuageError]:
    """What does not hold when a claim is held against the canonical text of its document; nothing if all does."""
    misplaced = [(name, anchor) for name, anchor in claim.anchors if not holds(anchor, text)]
    for name, anchor in misplaced:
        yield _misplaced(claim, name, anchor, text)
    if misplaced:
        return
    if claim.context != (found := fingerprint(text, *claim.at)):
        yield InputError(
            "the text around the number is not the one that was signed",
            file=claim.file,
            entry=claim.id,
            evidence=f"fingerprint {found} at {list(claim.at)}, the claim has {claim.context}",
            way_out=f'read the passage again; place and fingerprint come from: nuage locate {claim.document.id} "…"',
        )
    if claim.line != (line := line_of(text, claim.at[0])):
        evidence = f"line {line}, not {claim.line}"
        yield InputError("the line is not right", file=claim.file, entry=claim.id, evidence=evidence)


def holds(anchor: Anchor, text: str) -> bool:
    """Whether the words stand at their place."""
    start, end = anchor.at
    return 0 <= start < end <= len(text) and fold(text[start:end]) == anchor.printed == anchor.printed.strip()


def _misplaced(claim: Claim | Name, name: str, anchor: Anchor, text: str) -> NuageError:
    start, end = anchor.at
    there = fold(text[max(0, start) : end])[: 2 * _SHOWN]
    places = [place for place, _ in zip(locate(anchor.printed, text), range(3), strict=False)]
    elsewhere = ", ".join(f"[{a}, {b}] (line {line_of(text, a)})" for a, b in places)
    return InputError(
        f"{name} does not stand at its place",
        file=claim.file,
        entry=claim.id,
        evidence=f'at [{start}, {end}] stands "{there}", the claim has "{anchor.printed}"',
        way_out=f"it stands at {elsewhere}" if elsewhere else "the document does not print it: correct the claim",
    )


def locate(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Every place where the words stand in the canonical text, blanks and line breaks counting alike.

    Raises UsageError when there are no words.

    >>> list(locate("80 millions", "de plus de 80 \\n\\nmillions"))
    [(11, 24)]
    """
    wanted = words.split()
    if not wanted:
        raise UsageError("no words to look for", way_out='nuage locate DOCUMENT "667 M€"')
    position = text.find(wanted[0])
    while position >= 0:
        if end := _matched(wanted, text, position):
            yield position, end
        position = text.find(wanted[0], position + 1)


def _matched(wanted: list[str], text: str, position: int) -> int:
    end = position + len(wanted[0])
    for word in wanted[1:]:
        gap = text[end : end + SURROUNDINGS]
        start = end + len(gap) - len(gap.lstrip())
        if start == end or not text.startswith(word, start):
            return 0
        end = start + len(word)
    return end
