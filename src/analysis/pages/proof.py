"""What there is to say about a number, its document or its series, told once for the page of proofs and for the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from analysis import words
from analysis.claims import Anchor, Claim
from analysis.documents import Document
from analysis.pages.edition import Edition
from analysis.pages.strings import strings
from analysis.quantities import Interval, Lang, Quantity
from analysis.series import Observation, Series
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


def series_title(series: Series, lang: Lang) -> str:
    """The title of a series, in the language of its reader."""
    return words.typeset(series.title_fr if lang == "fr" else series.title_en, lang)


def series_card(series: Series, lang: Lang) -> dict[str, str]:
    """What the card of a series tells readers, in their language."""
    return {name: words.typeset(getattr(series, f"{name}_{lang}"), lang) for name in ("terms", "collected", "note")}


def released(observation: Observation, lang: Lang) -> str:
    """When it was released or told, and whether something newer stands in its place."""
    told = words.date(observation.released, lang)
    return told if observation.newest else strings(lang)["superseded"].format(date=told)


def flags(observation: Observation, lang: Lang) -> str:
    """What the letters beside a value say, in words."""
    return ", ".join(words.label(letter, lang, group="flags") for letter in observation.flag)


def facts(entry: Claim | Observation, lang: Lang) -> Iterator[tuple[str, str]]:
    """Who measured it and who says it, about whom and when, and what the number stands for: (name, text).

    Where and when an observation was made stands in its statement already.
    """
    t = strings(lang)
    if entry.measured_by == entry.said_by:
        yield t["measured_and_said_by"], _label(entry, "said_by", lang)
    else:
        yield t["measured_by"], _label(entry, "measured_by", lang)
        yield t["said_by"], _label(entry, "said_by", lang)
    yield t["status"], _label(entry, "status", lang)
    if isinstance(entry, Claim):
        yield t["where"], _label(entry, "place", lang)
        yield t["period"], words.period(entry.period, lang) or t["no_period"]
    if entry.population:
        yield t["population"], _label(entry, "population", lang)
    if told := interval(entry.quantity, lang):
        yield t["interval"], told


def signed(lang: Lang, edition: Edition) -> str:
    """How many numbers a second reader has held against their passage."""
    counts = edition.sign_offs.count([*edition.ledger.claims.values(), *edition.observations])
    told = strings(lang)["signed_count_stale" if counts["stale"] else "signed_count"]
    return told.format(signed=counts["signed"], stale=counts["stale"], all=counts.total())


def _label(entry: Claim | Observation, field: str, lang: Lang) -> str:
    return words.label(getattr(entry, field), lang, group=CODED[field])


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


def followed(address: str) -> bool:
    """Whether an address is one that a reader's browser may be sent to."""
    return address.startswith(("https://", "http://"))


def printed(entry: Claim | Observation) -> str:
    """The printed expression; of a claim with the words that bind it, in the document's order, a gap shown as one."""
    if isinstance(entry, Observation) or entry.cue is None:
        return entry.printed
    number, cue = Anchor(entry.printed, entry.at), entry.cue
    first, second = sorted((number, cue), key=lambda anchor: anchor.at)
    gap = " " if second.at[0] - first.at[1] <= 1 else " […] "
    return first.printed + gap + second.printed
