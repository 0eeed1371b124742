"""Numbers and codes of an edition's tables, as readers write them.

An edition may hold what this version of the code has no word for; then the cell is shown as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

from analysis import words
from analysis.editions.changes.published import Published, Row
from analysis.errors import NuageError
from analysis.quantities import Lang, Quantity
from analysis.quantities.quantity import Value
from analysis.words.terms import CODED_COLUMNS
from analysis.words.typography import capital

#: What makes a number: when one of these differs, it is another number.
NUMBER = ("value", "value_high", "iso_date", "unit", "bound", "strict")
_CODES = ("measure", "subject", "segment", "payer", "purpose")


def number(row: Row, lang: Lang) -> str:
    """The number of a row with its unit and its bound."""
    return _or(row["printed"], lambda: words.quantity(_quantity(row), lang))


def _quantity(row: Row) -> Quantity:
    """The quantity that a row was made from; a kind or a bound that is none would only be shown otherwise."""
    precision = row.get("precision")
    return Quantity(
        kind=cast("Any", row["kind"]),
        value=_value(row),
        unit=row["unit"] or None,
        bound=cast("Any", row["bound"]),
        precision=Decimal(precision) if precision else None,
        printed=row["printed"],
        start=0,
        end=len(row["printed"]),
        lang="fr",
        strict=row.get("strict") == "true",
    )


def _value(row: Row) -> Value:
    if date := row.get("iso_date"):
        first, slash, last = date.partition("/")
        return (first, last) if slash else date
    if high := row.get("value_high"):
        return Decimal(row["value"]), Decimal(high)
    return Decimal(row["value"]) if row["value"] else None


def subject(row: Row, lang: Lang) -> str:
    """What the number of a row is about; of a finding, its title."""
    if title := row.get(f"title_{lang}"):
        return title
    named = [cell(field, row[field], lang) for field in _CODES if row.get(field)]
    scope = ", ".join(cell(field, row[field], lang) for field in ("place", "period") if row.get(field))
    return capital(", ".join(named)) + (f" ({scope})" if scope else "")


def cell(field: str, content: str, lang: Lang) -> str:
    """What a cell says: the name of a code, a period in words; any other as it stands."""
    if field == "period":
        return _or(content, lambda: words.period(content, lang))
    if field in CODED_COLUMNS and content:
        return _or(content, lambda: words.label(content, lang, group=CODED_COLUMNS[field]))
    return content


def heading(field: str, lang: Lang) -> str:
    """What a column is called."""
    return _or(field, lambda: words.label(field, lang, group="columns"))


def edition(of: Published, lang: Lang) -> str:
    """An edition by its name and its date."""
    return f"{of.name} ({words.date(of.date, lang)})" if of.date else of.name


def _or(otherwise: str, write: Callable[[], str]) -> str:
    try:
        return write()
    except (NuageError, ArithmeticError, LookupError, ValueError):
        return otherwise
