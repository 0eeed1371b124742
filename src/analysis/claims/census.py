"""The census: every number of a document is a claim, no figure, or unused for a reason that still applies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis import reading
from analysis.claims.anchors import digest, fingerprint, fold
from analysis.claims.claim import Claim, Unused
from analysis.claims.ledger import Ledger
from analysis.documents import Document, line_of
from analysis.errors import InputError, NuageError
from analysis.quantities import Quantity

Account = Literal["claim", "not_a_figure", "unused", "unaccounted"]
#: How many of the numbers that nothing accounts for are shown as evidence.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Number:
    """A numeric expression of a document and what accounts for it.

    ``claims`` are the claims that state it; ``reason`` says why it is unused, with the claim it repeats after it.
    """

    document: Document
    quantity: Quantity
    line: int
    account: Account
    claims: tuple[str, ...] = ()
    reason: str = ""


def census(ledger: Ledger, document: Document, text: str) -> tuple[Number, ...]:
    """Every numeric expression of a document's canonical text, in reading order, with what accounts for it."""
    claims = ledger.of(document.id)
    unused = tuple(each for each in ledger.unused if each.document is document)
    return tuple(_number(quantity, claims, unused, document, text) for quantity in reading.scan(text))


def _number(
    quantity: Quantity, claims: Sequence[Claim], unused: Sequence[Unused], document: Document, text: str
) -> Number:
    line = line_of(text, quantity.start)
    stated = tuple(claim.id for claim in claims if claim.start < quantity.end and quantity.start < claim.end)
    if stated:
        return Number(document, quantity, line, "claim", stated)
    why = next((each for each in unused if each.covers(quantity.start, quantity.end)), None)
    if why is not None:
        return Number(document, quantity, line, "unused", reason=f"{why.reason} {why.claim}".strip())
    return Number(document, quantity, line, "unaccounted" if quantity.is_figure else "not_a_figure")


def census_faults(ledger: Ledger, document: Document, text: str) -> Iterator[NuageError]:
    """What the census of a document does not account for, and what in the ledger the census contradicts."""
    numbers = census(ledger, document, text)
    # A draft is told of by itself, with what is left to fill in.
    drafted = {draft.at for draft in ledger.drafts.values() if draft.document is document}
    yield from _unaccounted([n for n in numbers if (n.quantity.start, n.quantity.end) not in drafted], text)
    yield from _uncovered_digits(numbers, document, text)
    for claim in ledger.of(document.id):
        yield from _misread(claim, numbers)
    for unused in ledger.unused:
        if unused.document is document:
            yield from _pointless(unused, numbers, ledger, text)


def _unaccounted(numbers: Sequence[Number], text: str) -> Iterator[NuageError]:
    for number in numbers:
        if number.account == "unaccounted":
            q = number.quantity
            yield InputError(
                f'no claim states "{fold(q.printed)}" and nothing says why',
                file=f"{number.document.id}, line {number.line}",
                evidence=f"{q.kind} at [{q.start}, {q.end}]: …{_around(text, q.start, q.end)}…",
                way_out=f"add a claim, or an [[unused]] entry with its reason: nuage locate {number.document.id} …",
            )


def _around(text: str, start: int, end: int) -> str:
    return fold(text[max(0, start - _SHOWN // 2) : end + _SHOWN // 2])


def _uncovered_digits(numbers: Sequence[Number], document: Document, text: str) -> Iterator[NuageError]:
    covered = {place for n in numbers for place in range(n.quantity.start, n.quantity.end)}
    for place, character in enumerate(text):
        if character.isdigit() and place not in covered:
            yield InputError(
                f'the digit "{character}" is in no number that was read',
                file=f"{document.id}, line {line_of(text, place)}",
                evidence=_around(text, place, place + 1),
            )


def _misread(claim: Claim, numbers: Sequence[Number]) -> Iterator[NuageError]:
    there = [n.quantity for n in numbers if claim.id in n.claims]
    if not there:
        yield InputError(
            "the claim names no number",
            file=claim.file,
            entry=claim.id,
            evidence=f'no number is read at {list(claim.at)} ("{claim.printed}")',
            way_out=f'nuage locate {claim.document.id} "{claim.printed}"',
        )
    elif all(told(quantity) != told(claim.quantity) for quantity in there):
        yield InputError(
            "read in its place, the number is another one",
            file=claim.file,
            entry=claim.id,
            evidence=f"in the text {_shown(there[0])}; in the claim {_shown(claim.quantity)}",
            way_out="correct printed, cue or unit_words",
        )


def told(quantity: Quantity) -> tuple[object, ...]:
    """What must be equal in two readings of one number."""
    # The thing counted stays outside printed, so that only the text around a count can name it.
    unit = None if quantity.kind == "count" else quantity.unit
    return quantity.kind, quantity.value, unit, quantity.bound, quantity.strict


def _shown(quantity: Quantity) -> str:
    return f'"{fold(quantity.printed)}": {quantity.kind}, {quantity.interval or quantity.value}, {quantity.bound}'


def _pointless(unused: Unused, numbers: Sequence[Number], ledger: Ledger, text: str) -> Iterator[NuageError]:
    def fault(what: str, evidence: str) -> InputError:
        return InputError(what, file=unused.file, entry=f"unused at {list(unused.at)}", evidence=evidence)

    start, end = unused.at
    covered = [n for n in numbers if unused.covers(n.quantity.start, n.quantity.end)]
    if unused.printed and fold(text[start:end]) != unused.printed:
        yield fault("what is unused does not stand at its place", f'there stands "{fold(text[start:end])[:_SHOWN]}"')
    found = fingerprint(text, start, end) if unused.printed else digest(text[start:end])
    if found != unused.context:
        yield fault("the text of what is unused is not the one that was signed", f"fingerprint {found}")
    if not any(n.account == "unused" for n in covered):
        yield fault("the reason no longer applies", "no unused number is read there")
    if (unused.reason == "repetition") != bool(unused.claim):
        yield fault("a repetition names the claim it repeats, and only a repetition", f'claim = "{unused.claim}"')
    elif unused.claim and not any(told(n.quantity) == told(ledger[unused.claim].quantity) for n in covered):
        yield fault(f"it does not repeat {unused.claim}", f'"{unused.printed}"')
