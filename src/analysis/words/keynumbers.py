"""Key numbers: a few claims set large, each with what it measures, who says it and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from analysis.claims import Claim
from analysis.errors import InputError, nearest
from analysis.quantities import Lang
from analysis.words.blocks import BLOCK_TYPE, Shown
from analysis.words.current import LANGUAGES, language
from analysis.words.dates import date, period
from analysis.words.known import Known, known, ledger
from analysis.words.numbers import cued, quantity
from analysis.words.templates import fill
from analysis.words.terms import CODED, label
from analysis.words.typography import APOSTROPHE, capital, typeset

_NOBODY = frozenset({"", "none"})  # an announcement is measured by nobody


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One claim set large. ``verdict`` is told in words, if a verdict was handed over."""

    claim: str
    number: str
    label: str
    who: str
    period: str
    verdict: str | None

    def item(self) -> dict[str, str | None]:
        """Its JSON object in the block."""
        return {field: getattr(self, field) for field in self.__slots__}


@dataclass(frozen=True, slots=True)
class KeyNumbers(Shown):
    """A list of key numbers in one language."""

    items: tuple[KeyNumber, ...]
    lang: Lang

    def block(self) -> dict[str, Any]:
        """The JSON object that the edition reads."""
        return {"block": "key_numbers", "items": [item.item() for item in self.items]}

    def bundle(self) -> dict[str, Any]:
        """A list for the screen, lines for a terminal, the block for the edition."""
        return {BLOCK_TYPE: self.block(), "text/html": self._html(), "text/plain": str(self)}

    def __str__(self) -> str:
        return "\n".join(f"{item.number} \N{EM DASH} {' · '.join(_under(item))}" for item in self.items)

    def _html(self) -> str:
        entries = (
            f'<li><a href="#{escape(item.claim)}"><strong>{escape(item.number)}</strong></a><br>'
            f"{'<br>'.join(escape(line) for line in _under(item))}</li>"
            for item in self.items
        )
        return f'<ul lang="{self.lang}">{"".join(entries)}</ul>'


def _under(item: KeyNumber) -> list[str]:
    return [line for line in (item.label, item.who, item.period, item.verdict) if line]


def key_numbers(
    *claim_ids: str,
    labels: Mapping[str, tuple[str, str]] | None = None,
    verdicts: Mapping[str, str] | None = None,
) -> KeyNumbers:
    """The claims as key numbers, in the order given and in the language being written.

    ``labels`` gives some of them a label of their own, in French and in English; otherwise it is made of what is
    measured, about whom, where. ``verdicts`` gives the code of a verdict. Raises InputError for an unknown claim or
    verdict, a label or verdict for a claim that is not there, a digit typed in a label.
    """
    lang, labels, verdicts = language(), labels or {}, verdicts or {}
    for claim_id in {*labels, *verdicts} - {*claim_ids}:
        raise InputError(f'"{claim_id}" is not among the key numbers', way_out=nearest(claim_id, claim_ids))
    own = {claim_id: _own_label(pair, lang) for claim_id, pair in labels.items()}
    told = {claim_id: label(code, lang, group="verdicts") for claim_id, code in verdicts.items()}
    claims = [known(claim_id) or ledger()[claim_id] for claim_id in claim_ids]
    return KeyNumbers(tuple(_item(claim, lang, own.get(claim.id), told.get(claim.id)) for claim in claims), lang)


def _own_label(pair: tuple[str, str], lang: Lang) -> str:
    filled = {each: fill(text, each, {}, markdown=False).text for each, text in zip(LANGUAGES, pair, strict=True)}
    return filled[lang]


def _item(claim: Known, lang: Lang, own: str | None, verdict: str | None) -> KeyNumber:
    number = cued(quantity(claim.quantity, lang, bare=True), claim.quantity, lang)
    return KeyNumber(claim.id, number, own or what(claim, lang), who(claim, lang), when(claim, lang), verdict)


def what(claim: Known, lang: Lang) -> str:
    """What the claim measures, about whom or what, and where, as a label: "Part de marché : Orange (France)"."""
    place = _named(claim, "place", lang, short=True)
    return f"{about(claim, lang)} ({place})"


def about(claim: Known, lang: Lang) -> str:
    """What the claim measures, and about whom or what, as a label: "Part de marché : Orange"."""
    head = _named(claim, "payer" if claim.payer and claim.measure == "funding" else "measure", lang)
    part = next((field for field in ("purpose", "segment") if getattr(claim, field) not in ("", "all")), "subject")
    detail = _named(claim, part, lang, short=True)
    colon = " : " if lang == "fr" else ": "
    said = head if detail.casefold() in head.casefold() else f"{head}{colon}{detail}"
    return typeset(capital(said), lang)


def when(claim: Known, lang: Lang) -> str:
    """The period of the claim, or else the date of the document that states it; a measurement without date is told so.

    A number must not stand alone: "2018", "document du 2 novembre 2021", "sans date (document du 2 novembre 2021)".
    """
    if claim.period:
        return period(claim.period, lang)
    if not isinstance(claim, Claim):
        return date(claim.released, lang)
    published = date(claim.document.date, lang)
    document = f"document du {published}" if lang == "fr" else f"document of {published}"
    if claim.measured_by in _NOBODY:
        return document
    return f"{label('undated', lang, group='answers')} ({document})"


def who(claim: Known, lang: Lang) -> str:
    """Who says it, and whose measurement they cite: "Gouvernement, d’après Eurostat"."""
    said = _named(claim, "said_by", lang, short=True)
    if claim.measured_by in _NOBODY or claim.measured_by == claim.said_by:
        return said
    measured = _named(claim, "measured_by", lang, short=claim.measured_by != "not_stated")
    if claim.measured_by == "not_stated":
        return f"{said}, {measured}"
    return f"{said}, d{APOSTROPHE}après {measured}" if lang == "fr" else f"{said}, citing {measured}"


def _named(claim: Known, field: str, lang: Lang, *, short: bool = False) -> str:
    return label(getattr(claim, field), lang, short=short, group=CODED[field])
