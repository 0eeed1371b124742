"""One column of a table for readers: what its cells say, their links to claims, its heading and its unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.quantities import Lang, Quantity
from analysis.words.dates import date, period
from analysis.words.known import Known, known, ledger
from analysis.words.numbers import Form, cued, digits, form, number, quantity, unit_shown
from analysis.words.templates import note, statement
from analysis.words.terms import CODED_COLUMNS, label, lexicon
from analysis.words.typography import capital, typeset

Align = Literal["left", "right"]

#: The kinds whose unit can stand once, in the heading of their column.
_HEADED = frozenset({"percentage", "ratio_in_words", "money", "points", "duration"})
_OF_ROW = frozenset({"value", "low", "high"})
_OF_ENTRY: Mapping[str, Callable[[Known, Lang], str]] = {"statement": statement, "note": note}
_IDS = frozenset({"id", "same_as"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, and the claim or observation whose number it tells; ``lang`` where it is another language's."""

    text: str
    claim: str | None = None
    lang: str | None = None

    def item(self) -> dict[str, str | None]:
        """Its JSON object in the block of its table."""
        told: dict[str, str | None] = {"text": self.text, "claim": self.claim}
        return told | {"lang": self.lang} if self.lang else told


@dataclass(frozen=True, slots=True)
class Column:
    """A column as readers get it; its unit, if the cells share one, stands in ``label``."""

    name: str
    label: str
    align: Align
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Number:
    quantity: Quantity
    claim: str | None


def column(frame: pd.DataFrame, name: str, lang: Lang, heading: str | None = None) -> Column:
    """The column ``name`` of ``frame``, or one that its claims give (``statement``, ``note``), told in ``lang``.

    Raises InputError for a column that is not there, that nothing names, or that holds numbers without known precision.
    """
    heading = capital(heading or _heading(frame, name, lang))
    if name in _OF_ENTRY and name not in frame:
        return Column(name, heading, "left", tuple(Cell(_OF_ENTRY[name](_entry(each), lang)) for each in frame["id"]))
    if name not in frame:
        raise InputError(f'the table has no column "{name}"', way_out=nearest(name, map(str, frame.columns)))
    entries = [None if _blank(entry) else entry for entry in frame[name]]
    numbers = _numbers(frame, name, entries)
    if any(numbers):
        return _of_numbers(name, heading, numbers, lang)
    if any(_plain(entry) for entry in entries):
        return _of_plain_numbers(name, heading, entries, lang)
    return Column(name, heading, "left", tuple(_text_cell(name, entry, lang) for entry in entries))


def _entry(name: str) -> Known:
    return known(name) or ledger()[name]


def _blank(entry: Any) -> bool:
    return entry is None or entry == "" or bool(pd.isna(entry))


def _heading(frame: pd.DataFrame, name: str, lang: Lang) -> str:
    if name in lexicon()["columns"]:
        return label(name, lang, short=True, group="columns")
    return label(name, lang, short=True, group=CODED_COLUMNS.get(str(frame.columns.name)))


def _numbers(frame: pd.DataFrame, name: str, entries: Sequence[Any]) -> list[_Number | None]:
    """The quantities of a column with their claims; ``None`` for a blank cell, and for all if it holds no quantity."""
    if name in _OF_ROW and "kind" in frame:
        return [_of_row(row, name) for row in frame.to_dict("records")]
    may_name = name not in CODED_COLUMNS.keys() | _IDS | _TOLD.keys()
    return [_number(known(entry) if may_name and isinstance(entry, str) else entry) for entry in entries]


def _number(entry: Any) -> _Number | None:
    if isinstance(entry, Known):
        return _Number(entry.quantity, entry.id)
    return _Number(entry, None) if isinstance(entry, Quantity) else None


def _of_row(row: Mapping[Any, Any], name: str) -> _Number | None:
    """The quantity that a row of a tidy table holds; an end of its interval is known exactly."""
    given: dict[str, Any] = {key: entry for key, entry in row.items() if not _blank(entry)}
    if name not in given:
        # A date is no number, so that its row has no value; its claim tells it.
        return _number(known(given["id"])) if name == "value" and "id" in given else None
    value = given[name]
    if name != "value":
        return _Number(Quantity(given["kind"], value, given.get("unit"), "exact", None, "", 0, 0, "fr"), None)
    high = given.get("value_high")
    read = Quantity(
        given["kind"],
        value if high is None else (value, high),
        given.get("unit"),
        given.get("bound", "exact"),
        given.get("precision"),
        given.get("printed", ""),
        0,
        0,
        "fr",
        strict=bool(given.get("strict", False)),
    )
    return _Number(read, given.get("id"))


def _of_numbers(name: str, heading: str, numbers: Sequence[_Number | None], lang: Lang) -> Column:
    quantities = [each.quantity for each in numbers if each]
    unit = _shared_unit(quantities, lang)
    fewest = _fewest_decimals(quantities)
    cells = tuple(
        Cell(_shown(each.quantity, lang, fewest, headed=bool(unit)), each.claim) if each else Cell("")
        for each in numbers
    )
    return Column(name, f"{heading} ({unit})" if unit else heading, "right", cells)


def _shared_unit(quantities: Sequence[Quantity], lang: Lang) -> str:
    """The unit of them all, scaled as they all are; empty where they differ or have none to put in a heading."""
    if not all(q.kind in _HEADED for q in quantities):
        return ""
    units = {unit_shown(q.unit or "", lang, form(q).scale) for q in quantities}
    return units.pop() if len(units) == 1 else ""


def _fewest_decimals(quantities: Sequence[Quantity]) -> int | None:
    """The decimals that numbers computed here all bear: rounding to fewer says less, never more than is known."""
    known = [form(q).decimals for q in quantities if not q.printed]
    return min((decimals for decimals in known if decimals is not None), default=None)


def _shown(q: Quantity, lang: Lang, fewest: int | None, *, headed: bool) -> str:
    if not headed:
        return cued(quantity(q, lang, bare=True), q, lang)
    shape = form(q) if q.printed else Form(form(q).scale, fewest)
    return cued(digits(q, lang, shape), q, lang)


def _plain(entry: Any) -> bool:
    return isinstance(entry, Decimal | int | float) and not isinstance(entry, bool)


def _of_plain_numbers(name: str, heading: str, entries: Sequence[Any], lang: Lang) -> Column:
    values = [None if entry is None else _exact(entry, name) for entry in entries]
    decimals = max(max(0, -int(value.normalize().as_tuple().exponent)) for value in values if value is not None)
    cells = tuple(Cell("" if value is None else number(value, lang, decimals)) for value in values)
    return Column(name, heading, "right", cells)


def _exact(entry: Any, name: str) -> Decimal:
    if not _plain(entry) or (isinstance(entry, float) and not entry.is_integer()):
        raise InputError(
            f'the column "{name}" holds what has no known precision',
            evidence=repr(entry),
            way_out="compute with Decimal",
        )
    return Decimal(entry)


def _text_cell(name: str, entry: Any, lang: Lang) -> Cell:
    if entry is None:
        return Cell(label("undated", lang, group="answers") if name == "period" else "")
    text = str(entry)
    if name in CODED_COLUMNS:
        return Cell(capital(label(text, lang, short=True, group=CODED_COLUMNS[name])))
    written = typeset(text, lang) if name.endswith(f"_{lang}") else text
    told = _TOLD[name](text, lang) if name in _TOLD else written
    spoken = ledger().documents[text].language if name == "document" else lang
    return Cell(told, text if name == "id" else None, None if spoken == lang else spoken)


def _flags(letters: str, lang: Lang) -> str:
    """The letters of an office beside a value, each in words: "Rupture (b)"."""
    return ", ".join(f"{capital(label(each, lang, short=True, group='flags'))} ({each})" for each in letters)


_TOLD: Mapping[str, Callable[[str, Lang], str]] = {
    "flag": _flags,
    "document": lambda code, _: typeset(ledger().documents[code].known_as, ledger().documents[code].language),
    "period": period,
    "published": date,
    "released": date,
    "strict": lambda answer, lang: label("yes" if answer == "True" else "no", lang, group="answers"),
    "unit": unit_shown,
}
