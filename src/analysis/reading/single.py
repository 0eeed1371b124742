"""Read one expression out of its text, as the ledger keeps it."""

from __future__ import annotations

from dataclasses import replace

from analysis.errors import InputError
from analysis.quantities import Lang, Quantity
from analysis.reading.scanning import scan

_CAPTION_OPENINGS = ("en ", "in ", "(en ", "(in ", "dont … ", "dont ")


def read(printed: str, *, cue: str = "", unit: str = "", lang: Lang) -> Quantity:
    """The one quantity printed as ``printed``; words that bind it and its unit, printed elsewhere, are given aside.

    The offsets of the result are those in ``printed``: 0 and its length.
    Raises InputError where ``printed`` holds no number, or more than one.

    >>> read("421", unit="en M€", lang="fr").precision
    Decimal('500000')
    >>> read("2%", cue="moins de", lang="fr").bound
    'at_most'
    """
    # A semicolon opens the text, so that a lone number is not taken for a page or list number at the start of a line.
    opening = f"; {cue.strip()} " if cue.strip() else "; "
    text = f"{opening}{printed.strip()}{_closing(unit)}"
    low, high = len(opening), len(opening) + len(printed.strip())
    found = [q for q in scan(text, lang) if q.start < high and q.end > low]
    if len(found) != 1:
        raise _not_one(printed, found)
    return replace(found[0], printed=printed, start=0, end=len(printed))


def _closing(unit: str) -> str:
    word = unit.strip()
    for opening in _CAPTION_OPENINGS:
        if word.lower().startswith(opening):
            word = word[len(opening) :].rstrip(")")
            break
    return f" {word}" if word else ""


def _not_one(printed: str, found: list[Quantity]) -> InputError:
    if not found:
        return InputError(
            f"no number in {printed!r}",
            evidence="no digit, number word or ratio was recognised",
            way_out="print the number as the document does, with its cue and unit words if it has none of its own",
        )
    return InputError(
        f"{len(found)} numbers in {printed!r}",
        evidence=", ".join(f"{q.printed!r} ({q.kind})" for q in found),
        way_out="name one number only; a claim each for the others",
    )
