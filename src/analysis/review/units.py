"""Numbers that leave their unit to others: "667 million from the state, 680 from business", "30 million of aid"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.quantities import Quantity
from analysis.review.cues import fold
from analysis.review.passages import Passage

_DIGITS = re.compile(r"\d{2,4}")
_NUMERAL = re.compile(r"\d[\d.,\s]*")
_DECIMALS = re.compile(r"[.,](\d{1,2})\s*$")
_SCALED = re.compile(r"(?:millions?|milliards?|billions?|bn|m|Md|Mds)\s*$", re.IGNORECASE)
#: What a bare number of a list may be followed by; anything else is what it counts.
_FOLLOWS = re.compile(
    r"\s*(?:$|[,.;:()–—]|(?:d['’]|l['’]|"
    r"(?:de|du|des|pour|par|au|aux|à|et|dans|en|sur|venant|issus?|provenant|viennent|vient|ensuite|seront|sera|iront|ira|vont|va|"
    r"from|for|by|in|of|and|to|the|will|goes|go|comes?|coming|on|via|respectivement|respectively|publics?|privés?|européens?)"
    r"(?!\w)))",
    re.IGNORECASE,
)
#: Nouns of money that a number may count: they are amounts in the currency of the text, in euros where it names none.
_MONEY = frozenset(
    """argent fonds credits credit aides aide subventions subvention financements financement cofinancements
    cofinancement investissements investissement soutien capitaux deniers publics prives europeens""".split()
)
_FUNDS = re.compile(
    r"\s+(?:(?:publics|privés|européens)\b|"
    r"(?:in|of)\s+(?:public|private|European|EU|state|government)\s+(?:money|fund\w*|support|aid|cash|investment))",
    re.IGNORECASE,
)
#: Who gives it, rather than what is counted: "8 millions de la région".
_OF_THE = re.compile(r"\s+(?:de\s+la|de\s+l['’]|du)\b", re.IGNORECASE)
_CURRENCY = "EUR"


def with_units(passage: Passage, *, in_plan: bool = False) -> Passage:
    """The passage with the numbers that stand for amounts of money without naming a currency read as such.

    These are bare numbers of a list, which have the currency and scale of the amount before them; millions of aid or
    funds, or just millions where the article speaks of a plan that pays (``in_plan``); and a number that looks like
    part of a name ("Europe 444") in such a list.
    """
    if not any(q.kind in ("money", "count") for q in passage.figures):
        return passage
    figures: list[Quantity] = []
    for number in passage.numbers:
        if number.is_figure:
            figures.append(_as_money(passage, number, figures, in_plan=in_plan))
        else:
            figures += _hidden(passage, number, figures)
    return passage if tuple(figures) == passage.figures else replace(passage, figures=tuple(figures), kept={})


def _as_money(passage: Passage, figure: Quantity, before: Sequence[Quantity], *, in_plan: bool) -> Quantity:
    if figure.kind != "count" or not isinstance(figure.value, Decimal):
        return figure
    if _SCALED.search(figure.printed):
        payer = _OF_THE.match(passage.text, figure.end, passage.end)
        follows = payer or _FOLLOWS.match(passage.text, figure.end, passage.end) or figure.unit == "European"
        named = fold(figure.unit or "") in _MONEY or _FUNDS.match(passage.text, figure.end, passage.end)
        currency = next((q.unit for q in passage.figures if q.kind == "money"), None)
        funded = in_plan or any(hit.field in ("programme", "payer") for hit in passage.hits)
        uncounted = figure.unit in (None, "European", "plus", "more") or payer
        if named or ((currency or funded) and uncounted and follows):
            return replace(figure, kind="money", unit=currency or _CURRENCY)
        return figure
    model = before[-1] if before else None
    scale = _scale(model) if model is not None and model.kind == "money" else None
    bare = figure.printed.strip().isdigit() and _FOLLOWS.match(passage.text, figure.end, passage.end)
    if model is None or scale is None or not bare or not _NUMERAL.fullmatch(figure.printed.strip()):
        return figure
    return _scaled(figure, model, scale)


def _scaled(figure: Quantity, model: Quantity, scale: Decimal) -> Quantity:
    value = figure.value * scale if isinstance(figure.value, Decimal) else figure.value
    half = None if figure.precision is None else figure.precision * scale
    return replace(figure, kind="money", unit=model.unit, value=value, precision=half)


def _scale(model: Quantity) -> Decimal | None:
    """What one of its printed numeral is worth: a million in "667 millions"; nothing where it has no scale."""
    numeral = _NUMERAL.search(model.printed)
    if numeral is None or not isinstance(model.value, Decimal) or not model.precision:
        return None
    decimals = _DECIMALS.search(numeral[0].rstrip())
    scale = 2 * model.precision * Decimal(10) ** (len(decimals[1]) if decimals else 0)
    return scale if scale >= 1000 else None


def _hidden(passage: Passage, number: Quantity, before: Sequence[Quantity]) -> Iterator[Quantity]:
    """The amount in what was taken for a name: the payer's own, after other amounts of the list."""
    digits = _DIGITS.search(number.printed)
    payer = any(hit.field == "payer" and hit.start < number.end and number.start < hit.end for hit in passage.hits)
    if number.kind != "identifier" or digits is None or not payer or not before or before[-1].kind != "money":
        return
    scale = _scale(before[-1])
    if scale is not None and number.printed.endswith(digits[0]):
        start = number.end - len(digits[0])
        one = replace(number, kind="count", unit=None, bound="exact", printed=digits[0], start=start)
        bare = replace(one, value=Decimal(digits[0]), precision=Decimal("0.5"))
        yield _scaled(bare, before[-1], scale)
