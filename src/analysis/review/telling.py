"""Why a number has its verdict, in words: what the ledger has, where, and the likely slip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.claims import Claim
from analysis.errors import InputError
from analysis.quantities import Lang
from analysis.review.facts import Fact
from analysis.review.judging import Judgement
from analysis.words.dates import date, period
from analysis.words.numbers import quantity
from analysis.words.templates import statement
from analysis.words.terms import CODED, label
from analysis.words.typography import capital, typeset

_WHY: Mapping[str, Mapping[Lang, str]] = {
    "agrees": {"fr": "{known} ({source})", "en": "{known} ({source})"},
    "differs": {
        "fr": "Attendu : {expected}. {known} ({source}){slip}",
        "en": "Expected: {expected}. {known} ({source}){slip}",
    },
    "wrong_attribution": {
        "fr": "Le nombre est juste, mais il est de {measured_by}, non de {said}. {known} ({source})",
        "en": "The number is right, but it comes from {measured_by}, not from {said}. {known} ({source})",
    },
    "unknown": {
        "fr": "Rien de ce que le registre et les séries contiennent ne porte clairement sur ce nombre.",
        "en": "Nothing in the ledger or the series is clearly about this number.",
    },
    "inconsistent": {
        "fr": "Le calcul de l’article ne tombe pas juste : {detail}",
        "en": "The article’s own arithmetic does not come out: {detail}",
    },
}
_SLIP: Mapping[str, Mapping[Lang, str]] = {
    "digits_swapped": {"fr": "deux chiffres intervertis", "en": "two digits swapped"},
    "one_digit": {"fr": "un chiffre changé", "en": "one digit changed"},
    "factor_thousand": {"fr": "millions et milliards confondus", "en": "millions and billions confused"},
    "factor_ten": {"fr": "un zéro de trop ou de moins", "en": "a zero too many or too few"},
    "truncated": {"fr": "nombre coupé au lieu d’être arrondi", "en": "number cut off instead of rounded"},
    "bound": {
        "fr": "le nombre est juste, mais non le sens de la borne",
        "en": "the number is right, but not which side of it is meant",
    },
    "percent_points": {
        "fr": "pour cent et points de pourcentage confondus",
        "en": "percent and percentage points confused",
    },
    "wrong_year": {
        "fr": "le nombre vaut pour une autre date : {other}",
        "en": "the number belongs to another date: {other}",
    },
    "wrong_place": {
        "fr": "le nombre vaut pour un autre lieu : {other}",
        "en": "the number belongs to another place: {other}",
    },
    "wrong_subject": {
        "fr": "le nombre se rapporte à autre chose : {other}",
        "en": "the number is about something else: {other}",
    },
}
_LIKELY: Mapping[Lang, str] = {"fr": " Erreur probable : ", "en": " Likely slip: "}


def why(judgement: Judgement, lang: Lang) -> str:
    """The reason for a verdict, in full sentences."""
    if judgement.verdict == "inconsistent":
        return typeset(_WHY["inconsistent"][lang].format(detail=judgement.detail), lang)
    if not judgement.facts:
        return _WHY["unknown"][lang]
    fact = judgement.facts[0]
    template = _WHY["wrong_attribution" if judgement.slip == "wrong_attribution" else judgement.verdict][lang]
    text = template.format(
        known=known(fact, lang),
        source=source(fact, lang),
        expected=expected(judgement, lang),
        slip=_slip(judgement, lang),
        measured_by=_label(fact.measured_by, "organisations", lang),
        said=_label(judgement.detail, "organisations", lang) if judgement.slip == "wrong_attribution" else "",
    )
    return typeset(text + ("" if text.endswith(".") else "."), lang)


def _slip(judgement: Judgement, lang: Lang) -> str:
    if judgement.slip not in _SLIP:
        return ""
    other = known(judgement.facts[-1], lang) if "wrong" in judgement.slip else ""
    return f".{_LIKELY[lang]}{_SLIP[judgement.slip][lang].format(other=other)}"


def slip_words(slip: str, lang: Lang) -> str:
    """What a slip is called, without what it leads to; nothing for none."""
    if slip == "wrong_attribution":
        return "mauvaise attribution" if lang == "fr" else "wrong attribution"
    told = _SLIP.get(slip, {}).get(lang, "")
    return told.partition(" : ")[0].partition(": ")[0]


def expected(judgement: Judgement, lang: Lang) -> str:
    """What the ledger has for what the article speaks of; a number of something else expects nothing in its place."""
    if judgement.verdict != "differs":
        return ""
    if judgement.slip == "wrong_attribution":
        fact = judgement.facts[0]
        return f"{quantity(fact.quantity, lang)} ({_label(fact.measured_by, 'organisations', lang)})"
    if len(judgement.facts) == 1 and judgement.slip in ("wrong_year", "wrong_place", "wrong_subject"):
        return known_place(judgement.facts[0], lang)
    return quantity(judgement.facts[0].quantity, lang)


def known_place(fact: Fact, lang: Lang) -> str:
    """A number with what it is about, in short."""
    parts = (
        _label(fact.coordinates["subject"], "subjects", lang, short=True),
        _label(fact.coordinates["place"], "places", lang),
        period(fact.coordinates["period"], lang),
    )
    return f"{quantity(fact.quantity, lang)} ({', '.join(part for part in parts if part)})"


def known(fact: Fact, lang: Lang) -> str:
    """What is known, as a sentence without its full stop."""
    if isinstance(fact.entry, Claim):
        return statement(fact.entry, lang).rstrip(". ")
    told = [
        _label(fact.coordinates[name], CODED[name], lang)
        for name in ("measure", "subject", "segment", "payer", "purpose", "place")
    ]
    when = period(fact.coordinates["period"], lang)
    about = ", ".join(part for part in (*told, when) if part)
    return (
        f"{capital(about)} : {quantity(fact.quantity, lang)}"
        if lang == "fr"
        else f"{capital(about)}: {quantity(fact.quantity, lang)}"
    )


def source(fact: Fact, lang: Lang) -> str:
    """Where it stands: document, date and line of a claim; publisher, date and address of an observation."""
    if isinstance(fact.entry, Claim):
        document = fact.entry.document
        line = "ligne" if lang == "fr" else "line"
        return f"{typeset(document.known_as, document.language)}, {document.date[:4]}, {line} {fact.entry.line}"
    entry: Any = fact.entry
    publisher = _label(entry.publisher, "organisations", lang)
    return f"{publisher}, {date(entry.released, lang)}, {entry.address}"


def _label(code: str, group: str, lang: Lang, *, short: bool = False) -> str:
    """The label of a code; the code itself where the lexicon lacks it, nothing for nothing."""
    if not code:
        return ""
    try:
        return label(code, lang, short=short, group=group)
    except InputError:
        return code.replace("_", " ")
