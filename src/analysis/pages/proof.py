"""What there is to say about a claim and its document, told once for the page of proofs and for the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from analysis import words
from analysis.claims import Anchor, Claim
from analysis.documents import Document
from analysis.pages.strings import strings
from analysis.quantities import Interval, Lang, Quantity
from analysis.words.terms import CODED


def title(document: Document) -> str:
    """The document's title, with the spaces of its language."""
    return words.typeset(document.title, document.language)


def identity(document: Document, lang: Lang) -> dict[str, str]:
    """What the identity card tells readers, in their language."""
    french = lang == "fr"
    told = {
        "known": document.date_known_fr if french else document.date_known_en,
        "address_note": document.address_note_fr if french else document.address_note_en,
        "terms": document.terms_fr if french else document.terms_en,
        "remarks": document.remarks_fr if french else document.remarks_en,
    }
    return {name: words.typeset(text, lang) for name, text in told.items()}


def facts(claim: Claim, lang: Lang) -> Iterator[tuple[str, str]]:
    """Who measured it and who says it, about whom and when, and what the number stands for: (name, text)."""
    t = strings(lang)
    yield t["measured_by"], _label(claim, "measured_by", lang)
    yield t["said_by"], _label(claim, "said_by", lang)
    yield t["status"], _label(claim, "status", lang)
    yield t["where"], _label(claim, "place", lang)
    yield t["period"], words.period(claim.period, lang) or t["no_period"]
    if claim.population:
        yield t["population"], _label(claim, "population", lang)
    if told := interval(claim.quantity, lang):
        yield t["interval"], told


def _label(claim: Claim, field: str, lang: Lang) -> str:
    return words.label(getattr(claim, field), lang, group=CODED[field])


def interval(quantity: Quantity, lang: Lang) -> str:
    """The interval a printed number stands for, in words; nothing where it is no number."""
    ends = quantity.interval
    if ends is None:
        return ""
    low, high = _end(ends.low, quantity, lang), _end(ends.high, quantity, lang)
    return strings(lang)[_shape(ends)].format(low=low, high=high)


def _end(value: Decimal | None, quantity: Quantity, lang: Lang) -> str:
    if value is None:
        return ""
    # An end that was not printed lies half a printed place off: it takes one more decimal than the number itself.
    as_printed = value in (quantity.value if isinstance(quantity.value, tuple) else (quantity.value,))
    finer = quantity.precision / 10 if quantity.precision and not as_printed else quantity.precision
    return words.quantity(replace(quantity, value=value, bound="exact", precision=finer, printed=""), lang)


def _shape(ends: Interval) -> str:
    if ends.low is None:
        return "to_open" if ends.high_open else "to"
    if ends.high is None:
        return "from_open" if ends.low_open else "from"
    if ends.low == ends.high:
        return "only"
    return "between_open" if ends.high_open else "between"


def printed(claim: Claim) -> str:
    """The printed expression with the words that bind it, in the order of the document; a gap is shown as one."""
    number, cue = Anchor(claim.printed, claim.at), claim.cue
    if cue is None:
        return number.printed
    first, second = sorted((number, cue), key=lambda anchor: anchor.at)
    gap = " " if second.at[0] - first.at[1] <= 1 else " […] "
    return first.printed + gap + second.printed
