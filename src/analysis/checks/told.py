"""Amounts and derivations in words and figures, in French and in English."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from analysis import words
from analysis.checks.outcome import Line, Term
from analysis.quantities import Amount, Bound, Kind, Lang, Quantity, Value
from analysis.quantities.amount import PERCENT, POINTS, TIMES, YEARLY
from analysis.words.numbers import Form, digits, form, unit_shown

_KINDS: dict[str, Kind] = {PERCENT: "percentage", YEARLY: "percentage", POINTS: "points", TIMES: "multiplier"}
_TIME = ("hour", "day", "week", "month", "quarter", "semester", "year")
_CURRENCY = 3


def amount(what: Amount, lang: Lang) -> str:
    r"""An amount with its unit: its point if it has one, else the bound or the range it lies in.

    >>> from decimal import Decimal
    >>> from analysis.quantities import Interval
    >>> amount(Amount(Interval(Decimal(7), Decimal(9)), "percentage points"), "fr")
    'de 7 à 9\xa0points'
    >>> amount(Amount(Interval(Decimal("9.31"), None), "x", step=Decimal("0.1")), "en")
    'at least ×9.3'
    """
    return words.quantity(_quantity(what), lang)


def _quantity(what: Amount) -> Quantity:
    low, high = _rounded(what.interval.low, what, ROUND_FLOOR), _rounded(what.interval.high, what, ROUND_CEILING)
    half = what.step / 2 if what.step else None
    value: Value = low if high is None else high
    bound: Bound = "at_least" if high is None else "at_most"
    strict = what.interval.low_open if high is None else what.interval.high_open
    if what.point is not None:
        value, bound, strict = what.point, "exact", False
    elif low is not None and high is not None:
        value, bound, strict = (low, high), "range", False
    unit = PERCENT if what.unit == YEARLY else what.unit
    return Quantity(_kind(what.unit), value, unit, bound, half, "", 0, 0, "fr", strict=strict)


def _rounded(end: Decimal | None, what: Amount, outward: str) -> Decimal | None:
    """An end at the last place that deserves to be shown, rounded so that nothing possible is left out."""
    if end is None or what.step is None:
        return end
    return (end / what.step).to_integral_value(outward) * what.step


def _kind(unit: str) -> Kind:
    if unit in _TIME:
        return "duration"
    return _KINDS.get(unit) or ("money" if len(unit) == _CURRENCY and unit.isupper() else "count")


def derivation(lines: tuple[Line, ...], lang: Lang) -> tuple[str, ...]:
    """The lines of a derivation, each as a reader can follow it: ``421 + 66 + 150 + 30 = 667 M€ ✓``.

    Where a whole line of French shares its unit and scale, they stand once at its end.
    """
    return tuple(_line(line, lang) for line in lines)


def _line(line: Line, lang: Lang) -> str:
    shared = _shared(line) if lang == "fr" else None
    told = [_term(term, lang, shared) for term in line.terms]
    if shared:
        told[-1] += _trailing(shared, lang)
    remark = line.remark_fr if lang == "fr" else line.remark_en
    text = _joined(" ".join(part for part in (*told, line.mark) if part))
    return words.typeset(f"{text} ({remark})" if remark and text else text or remark, lang)


def _joined(text: str) -> str:
    """Brackets without the blanks that joining put inside them, and one plus sign where there would be two."""
    for spaced, close in (("( ", "("), (" )", ")"), (")^ ", ")^"), ("+ +", "+ "), ("× +", "× ")):
        text = text.replace(spaced, close)
    return text


def _shared(line: Line) -> tuple[str, Form] | None:
    """The unit and scale of a sum of money, when every term has them and none bears the words of a bound."""
    quantities = [_quantity(t) if isinstance(t, Amount) else t for t in line.terms if not isinstance(t, str)]
    if len(quantities) == 1 or any(q.kind != "money" or q.bound != "exact" for q in quantities):
        return None
    forms = {(q.unit or "", form(q).scale) for q in quantities if q.value}
    if len(forms) != 1:
        return None
    ((unit, scale),) = forms
    return unit, Form(scale, None)


def _term(term: Term, lang: Lang, shared: tuple[str, Form] | None) -> str:
    if isinstance(term, str):
        return term
    quantity = _quantity(term) if isinstance(term, Amount) else term
    if shared:
        return digits(quantity, lang, form(quantity))
    yearly = isinstance(term, Amount) and term.unit == YEARLY
    per_year = (" par an" if lang == "fr" else " a year") if yearly else ""
    return words.quantity(quantity, lang) + per_year


def _trailing(shared: tuple[str, Form], lang: Lang) -> str:
    unit = unit_shown(shared[0], lang, shared[1].scale)
    return f" {unit}"
