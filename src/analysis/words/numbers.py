"""Numbers as French and English print them, with their unit, their bound, and no more precision than they have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from analysis.errors import InputError
from analysis.quantities import Lang, Quantity, plain
from analysis.words.dates import ordinal, period
from analysis.words.terms import label, lexicon, unit_name
from analysis.words.typography import APOSTROPHE, DASH, FIXED, MINUS, NARROW, TIMES

_WIDE = Context(prec=200)
_ONE, _THOUSAND, _MILLION, _BILLION = (Decimal(10) ** power for power in (0, 3, 6, 9))
_MONEY_SCALES = (_ONE, _THOUSAND, _MILLION, _BILLION)
_PREFIXES: dict[Lang, dict[Decimal, str]] = {
    "fr": {_ONE: "", _THOUSAND: "k", _MILLION: "M", _BILLION: "Md"},
    "en": {_ONE: "", _THOUSAND: "k", _MILLION: "m", _BILLION: "bn"},
}
_MARKS: dict[Lang, dict[int, str]] = {"fr": str.maketrans({",": NARROW, ".": ","}), "en": {}}
_SLACK = Decimal("0.01")  # thirds are kept as 33.33
_TEN = 10


def number(value: Decimal, lang: Lang, decimals: int | None = None) -> str:
    r"""``value`` in figures: grouped by thousands, with a true minus sign and, where asked, a fixed number of decimals.

    Halves are rounded away from zero. Without ``decimals``, all that the value has are shown, but no trailing zero.
    Raises InputError for what is not a finite number.

    >>> number(Decimal("-1791.5"), "en"), number(Decimal("2.5"), "fr", 0)
    ('−1,791.5', '3')
    >>> number(Decimal("1791.5"), "fr")
    '1\u202f791,5'
    """
    if not value.is_finite():
        raise InputError(f"{value} is no number to print")
    if decimals is not None:
        value = value.quantize(_ONE.scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    size = value.copy_abs()
    shown = Decimal(plain(size)) if decimals is None else size
    return (MINUS if value < 0 else "") + f"{shown:,f}".translate(_MARKS[lang])


@dataclass(frozen=True, slots=True)
class Form:
    """How a quantity's digits are shown: divided by ``scale``, with ``decimals`` (``None``: all it has)."""

    scale: Decimal
    decimals: int | None


def form(q: Quantity) -> Form:
    """The scale and decimals that show ``q`` with its printed precision, and no more.

    A number printed in figures is never rounded; one printed in words (one in seven) is, to whole percents. A
    computed one (nothing printed) is rounded to the power of ten nearest to the width of what it may be. The scale is
    the smallest that shows no false zero: 1791 million stays in millions.
    """
    values = _values(q)
    if q.kind == "ratio_in_words" and min(abs(value) for value in values) >= 1:
        return Form(_ONE, 0)
    step = _step(q, values)
    scale = _scale(q.kind, max(abs(value) for value in values), step)
    return Form(scale, None if step is None else max(0, -(step / scale).normalize().adjusted()))


def _values(q: Quantity) -> tuple[Decimal, ...]:
    ends = q.value if isinstance(q.value, tuple) else (q.value,)
    numbers = tuple(end for end in ends if isinstance(end, Decimal))
    if not numbers:
        raise InputError(f'"{q.printed}" holds no number', evidence=f"it is read as {q.kind}")
    return numbers


def _step(q: Quantity, values: Sequence[Decimal]) -> Decimal | None:
    if not q.precision:
        return None
    power = int((2 * q.precision).log10().to_integral_value())
    if q.printed:
        power = min(power, *(int(value.normalize(_WIDE).as_tuple().exponent) for value in values))
    return _ONE.scaleb(power)


def _scale(kind: str, size: Decimal, step: Decimal | None) -> Decimal:
    if kind != "money":
        return _ONE
    if step is None:  # no precision known: the largest scale that needs one decimal at most
        return next((scale for scale in (_BILLION, _MILLION) if size >= scale and size * _TEN % scale == 0), _ONE)
    near = [scale for scale in _MONEY_SCALES if size * _TEN >= scale] or [_ONE]
    return next((scale for scale in near if scale >= step), near[-1])


def quantity(q: Quantity, lang: Lang, *, bare: bool = False) -> str:
    r"""``q`` in words and figures: bound, number, unit. ``bare`` leaves out the words of the bound.

    Ratios told in words stay in words where there is one for them; a count stands without the thing counted, which
    the sentence names. Dates and periods are written out; identifiers stand as printed.

    >>> q = Quantity("percentage", Decimal(2), "percent", "at_most", Decimal("0.5"), "2%", 0, 2, "fr", strict=True)
    >>> quantity(q, "fr"), quantity(q, "en"), quantity(q, "en", bare=True)
    ('moins de 2\u202f%', 'less than 2%', '2%')
    """
    match q.value:
        case None:
            return " ".join(q.printed.split())
        case str() as text:
            return _told(q, text, lang)
        case (first, last) if isinstance(first, str):
            return period(f"{first}/{last}", lang)
        case _:
            shown = _whole(q, lang, bare=bare)
            return shown if bare else cued(shown, q, lang)


def cued(shown: str, q: Quantity, lang: Lang) -> str:
    """``shown`` after the words that tell the bound of ``q``; as it is for an exact number or a range.

    >>> q = Quantity("ratio_in_words", Decimal(50), "percent", "at_most", None, "la moitié", 0, 9, "fr", strict=True)
    >>> cued("un quart", q, "fr"), cued("half", q, "en")
    ('moins d’un quart', 'less than half')
    """
    if q.bound in {"exact", "range"}:
        return shown
    code = f"{q.bound}_strict" if q.strict and q.bound != "about" else q.bound
    if code == "at_most_strict" and q.kind == "count":
        code = "at_most_strict_count"
    cue = label(code, lang, group="cues")
    if lang == "fr" and cue.endswith(" de") and shown.startswith("un "):
        return f"{cue.removesuffix('e')}{APOSTROPHE}{shown}"
    return f"{cue} {shown}"


def digits(q: Quantity, lang: Lang, shape: Form, *, worded: bool = False) -> str:
    """The number of ``q`` alone, without unit or bound; a range with a dash, or in French words if ``worded``.

    A plus sign that was printed is kept.

    >>> q = Quantity("percentage", (Decimal(70), Decimal(90)), "percent", "range", None, "70 et 90 %", 0, 10, "fr")
    >>> digits(q, "fr", form(q)), digits(q, "fr", form(q), worded=True)
    ('70–90', 'de 70 à 90')
    """
    shown = [number(_WIDE.divide(value, shape.scale), lang, shape.decimals) for value in _values(q)]
    if len(shown) == 1:
        return f"+{shown[0]}" if q.printed.lstrip().startswith("+") else shown[0]
    to = "à" if lang == "fr" else "to"
    if lang == "fr" and worded:
        return f"de {shown[0]} {to} {shown[1]}"
    return f" {to} ".join(shown) if MINUS in "".join(shown) else DASH.join(shown)


def unit_shown(unit: str, lang: Lang, scale: Decimal = _ONE) -> str:
    """The unit as it stands in the heading of a column: a sign, or a noun; scaled for money.

    >>> unit_shown("EUR", "fr", Decimal(10) ** 6), unit_shown("EUR", "en", Decimal(10) ** 9)
    ('M€', '€bn')
    """
    name = unit_name(unit, lang)
    prefix = _PREFIXES[lang][scale]
    return name + prefix if lang == "en" else prefix + name


def _told(q: Quantity, text: str, lang: Lang) -> str:
    match q.kind:
        case "date" | "year" | "quarter":
            return period(text, lang)
        case "ordinal/rank" if text.isdecimal():
            return ordinal(int(text), lang)
        case _:
            return " ".join(q.printed.split()) or text


def _whole(q: Quantity, lang: Lang, *, bare: bool) -> str:
    if isinstance(q.value, Decimal):
        if q.kind == "ordinal/rank":
            return ordinal(int(q.value), lang)
        if q.kind == "ratio_in_words" and (fraction := _fraction(q.value, lang)):
            return fraction
    shape = form(q)
    return _with_unit(digits(q, lang, shape, worded=not bare), q, shape.scale, lang)


def _with_unit(shown: str, q: Quantity, scale: Decimal, lang: Lang) -> str:
    match q.kind:
        case "percentage" | "ratio_in_words":
            return f"{shown}{NARROW if lang == 'fr' else ''}%"
        case "money":
            return _money(shown, q.unit or "", scale, lang)
        case "points" | "duration":
            return f"{shown}{_gap(lang)}{_noun(q, lang)}"
        case "multiplier":
            return f"{TIMES}{shown}"
        case "rating" if best := re.search(r"\d+", q.unit or ""):
            return f"{shown}{_gap(lang)}{'sur' if lang == 'fr' else 'out of'}{_gap(lang)}{best.group()}"
        case _:
            return shown


def _gap(lang: Lang) -> str:
    return FIXED if lang == "fr" else " "


def _money(shown: str, currency: str, scale: Decimal, lang: Lang) -> str:
    prefix, name = _PREFIXES[lang][scale], unit_name(currency, lang)
    if lang == "fr":
        return f"{shown}{FIXED}{prefix}{FIXED if prefix and name.isalpha() else ''}{name}"
    sign = shown[0] if shown[0] in f"+{MINUS}" else ""
    return f"{sign}{name}{' ' if name.isalpha() else ''}{shown.removeprefix(sign)}{prefix}"


def _noun(q: Quantity, lang: Lang) -> str:
    most = max(abs(value) for value in _values(q))
    return unit_name(q.unit or "", lang, one=most < 2 if lang == "fr" else most == 1)


def _fraction(ratio: Decimal, lang: Lang) -> str | None:
    """The fraction of the lexicon that ``ratio``, in percent, stands for."""
    for code, term in lexicon()["fractions"].items():
        over, under = (Decimal(part) for part in code.split("/"))
        if abs(ratio - 100 * over / under) < _SLACK:
            return term.name(lang)
    return None
