"""The columns of the tidy tables: names, types, what they mean, and how a claim, a name or a number fills them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from analysis.claims import Claim, Name, Number, fold
from analysis.claims.claim import Stated
from analysis.documents import Document
from analysis.quantities import Value
from analysis.series import Observation

Cell = str | int | bool | Decimal | None
T_contra = TypeVar("T_contra", contravariant=True)
#: What a column can be of: what is stated or told of something; whatever was read as a number.
Entry = Claim | Observation
Read = Entry | Number
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Column(Generic[T_contra]):
    """A column: its Table Schema type, what it means, and the cell that a row's entry gives it."""

    name: str
    type: Literal["string", "number", "integer", "boolean"]
    description: str
    cell: Callable[[T_contra], Cell]


def _low(entry: Entry) -> Decimal | None:
    return entry.quantity.interval.low if entry.quantity.interval else None


def _high(entry: Entry) -> Decimal | None:
    return entry.quantity.interval.high if entry.quantity.interval else None


def _number(value: Value) -> Decimal | None:
    match value:
        case Decimal():
            return value
        case (Decimal() as low, Decimal()):
            return low
        case _:
            return None


def _upper(value: Value) -> Decimal | None:
    match value:
        case (Decimal(), Decimal() as high):
            return high
        case _:
            return None


def _interval(claim: Claim) -> str:
    return str(claim.quantity.interval) if claim.quantity.interval else ""


def _text(value: Value) -> str:
    """Dates, years and quarters, which are no numbers."""
    match value:
        case str():
            return value
        case (str() as first, str() as last):
            return f"{first}/{last}"
        case _:
            return ""


def _cut(printed: str) -> str:
    """What is printed, on one line; of an address, no more than its beginning."""
    folded = fold(printed)
    return folded if len(folded) <= _LONGEST else f"{folded[:_LONGEST]}…"


_SUBJECT: tuple[Column[Entry], ...] = (
    Column("subject", "string", "Whom or what it is about", lambda e: e.subject),
    Column("measure", "string", "What is measured", lambda e: e.measure),
    Column("place", "string", "Country (ISO 3166-1) or area as the source names it", lambda e: e.place),
    Column("period", "string", "ISO 8601 date or interval; empty where none is given", lambda e: e.period),
    Column("population", "string", "Population or perimeter that is measured", lambda e: e.population),
    Column("segment", "string", "Segment of the market", lambda e: e.segment),
    Column("payer", "string", "Whose money it is", lambda e: e.payer),
    Column("purpose", "string", "What the money is for", lambda e: e.purpose),
)
_STATUS: Column[Entry] = Column(
    "status", "string", "Measured, estimated, target, forecast, promise or decided", lambda e: e.status
)
_VALUE: tuple[Column[Read], ...] = (
    Column("kind", "string", "Kind of number", lambda e: e.quantity.kind),
    Column("value", "number", "Value in the unit; the lower end of a range", lambda e: _number(e.quantity.value)),
    Column("value_high", "number", "Upper end of a range", lambda e: _upper(e.quantity.value)),
)
_ISO_DATE: Column[Read] = Column(
    "iso_date", "string", "ISO 8601 date, year or quarter, where the number is one", lambda e: _text(e.quantity.value)
)
_UNIT: tuple[Column[Read], ...] = (
    Column("unit", "string", "percent, percentage points, EUR, x, or what is counted", lambda e: e.quantity.unit or ""),
    Column("bound", "string", "exact, about, at_least, at_most or range", lambda e: e.quantity.bound),
)
_ENDS: tuple[Column[Entry], ...] = (
    Column("strict", "boolean", "For a bound: the limit itself is excluded", lambda e: e.quantity.strict),
    Column("low", "number", "Lowest value that the printed number stands for; empty without limit", _low),
    Column("high", "number", "Highest value that it stands for; empty without limit", _high),
)
_PRECISION: Column[Entry] = Column(
    "precision", "number", "Half of the last printed place, in the unit", lambda e: e.quantity.precision
)
_PRINTED: Column[Entry] = Column("printed", "string", "The number as printed", lambda e: e.printed)
_SAID_BY: Column[Stated | Observation] = Column("said_by", "string", "Who says it", lambda e: e.said_by)
_STATEMENTS: tuple[Column[Stated], ...] = (
    Column("statement_fr", "string", "What is stated, in our words, in French", lambda e: e.statement_fr),
    Column("statement_en", "string", "What is stated, in our words, in English", lambda e: e.statement_en),
)
_NOTES: tuple[Column[Stated | Observation], ...] = (
    Column("note_fr", "string", "Caveat, in French", lambda e: e.note_fr),
    Column("note_en", "string", "Caveat, in English", lambda e: e.note_en),
)
_DOCUMENT: Column[Stated] = Column("document", "string", "Document that states it", lambda e: e.document.id)
_START = "First character in the canonical text, from 0"
_END = "Character after the last"
_LINE = "Line in the canonical text, from 1"
_PLACE: tuple[Column[Stated], ...] = (
    Column("start", "integer", _START, lambda e: e.start),
    Column("end", "integer", _END, lambda e: e.end),
    Column("line", "integer", _LINE, lambda e: e.line),
    Column("context", "string", "Fingerprint of the surrounding text", lambda e: e.context),
    Column("entry", "string", "Fingerprint of the entry as written in the ledger", lambda e: e.entry),
)
_PUBLISHED: Column[Stated] = Column("published", "string", "Date of the document, ISO 8601", lambda e: e.document.date)

CLAIM_COLUMNS: tuple[Column[Claim], ...] = (
    Column("id", "string", "Name of the claim, the same for ever", lambda c: c.id),
    Column("table", "string", "Tidy table that the claim belongs to", lambda c: c.table),
    _DOCUMENT,
    *_SUBJECT,
    Column("setting", "string", "Where in the document it is printed", lambda c: c.setting),
    _STATUS,
    *_VALUE,
    _ISO_DATE,
    *_UNIT,
    *_ENDS,
    Column("interval", "string", "The same as an interval, open ends in round brackets", _interval),
    _PRECISION,
    _PRINTED,
    Column("cue", "string", "The words that bind it, as printed", lambda c: c.cue.printed if c.cue else ""),
    Column("measured_by", "string", "Who measured it, as the document says", lambda c: c.measured_by),
    _SAID_BY,
    Column("same_as", "string", "Claim of the same document that it repeats", lambda c: c.same_as),
    *_STATEMENTS,
    *_NOTES,
    *_PLACE,
    Column("publisher", "string", "Publisher of the document", lambda c: c.document.publisher),
    _PUBLISHED,
)

NAME_COLUMNS: tuple[Column[Name], ...] = (
    Column("id", "string", "Name of the entry, the same for ever", lambda n: n.id),
    _DOCUMENT,
    Column("subject", "string", "What the name belongs to", lambda n: n.subject),
    Column("role", "string", "What it is there", lambda n: n.role),
    Column("name", "string", "The name as printed", lambda n: n.printed),
    _SAID_BY,
    *_STATEMENTS,
    *_NOTES,
    *_PLACE,
    _PUBLISHED,
)

SERIES_COLUMNS: tuple[Column[Observation], ...] = (
    Column("id", "string", "Name of the observation", lambda o: o.id),
    Column("series", "string", "Series that it belongs to", lambda o: o.series.id),
    *_SUBJECT,
    _STATUS,
    *_VALUE,
    *_UNIT,
    *_ENDS,
    _PRECISION,
    _PRINTED,
    Column("flag", "string", "Flags of the office: b break, e estimated, p provisional and others", lambda o: o.flag),
    Column("released", "string", "Date of the release or telling, ISO 8601", lambda o: o.released),
    Column("newest", "boolean", "False for an earlier release of the same office", lambda o: o.newest),
    Column("measured_by", "string", "Who measured it", lambda o: o.measured_by),
    _SAID_BY,
    Column("publisher", "string", "Whose page or release it was read in", lambda o: o.publisher),
    Column("address", "string", "Where it was read", lambda o: o.address),
    Column("second_address", "string", "Where it was read a second time", lambda o: o.second_address),
    Column("agreement", "string", "Whether two independent places agree", lambda o: o.agreement),
    Column("same_as", "string", "Claim of the ledger that it only retells", lambda o: o.same_as),
    *_NOTES,
    Column("entry", "string", "Fingerprint of the row as collected", lambda o: o.entry),
)

NUMBER_COLUMNS: tuple[Column[Number], ...] = (
    Column("document", "string", "Document that prints it", lambda n: n.document.id),
    Column("start", "integer", _START, lambda n: n.quantity.start),
    Column("end", "integer", _END, lambda n: n.quantity.end),
    Column("line", "integer", _LINE, lambda n: n.line),
    Column("printed", "string", "The number as printed; a long identifier is cut", lambda n: _cut(n.quantity.printed)),
    *_VALUE,
    _ISO_DATE,
    *_UNIT,
    Column("account", "string", "claim, not_a_figure, unused or unaccounted", lambda n: n.account),
    Column("claims", "string", "Claims that state it, parted by blanks", lambda n: " ".join(n.claims)),
    Column("reason", "string", "Why it is unused; for a repetition, of which claim", lambda n: n.reason),
)

DOCUMENT_COLUMNS: tuple[Column[Document], ...] = (
    Column("document", "string", "Name of the document, the same for ever", lambda d: d.id),
    Column("title", "string", "Title, or what we call it for short", lambda d: d.known_as),
    Column("publisher", "string", "Publisher", lambda d: d.publisher),
    Column("authors", "string", "Authors named, parted by semicolons", lambda d: "; ".join(d.authors)),
    Column("published", "string", "Date of the document, ISO 8601", lambda d: d.date),
    Column("date_known_fr", "string", "How the date is known, in French", lambda d: d.date_known_fr),
    Column("date_known_en", "string", "How the date is known, in English", lambda d: d.date_known_en),
    Column("language", "string", "Language, ISO 639-1", lambda d: d.language),
    Column("card", "string", "Identity card in the repository, with title and address", lambda d: d.card),
    Column("terms_fr", "string", "Terms of reuse, in French", lambda d: d.terms_fr),
    Column("terms_en", "string", "Terms of reuse, in English", lambda d: d.terms_en),
    Column("sha256", "string", "SHA-256 of the file as received", lambda d: d.sha256),
    Column("text_sha256", "string", "SHA-256 of the canonical text", lambda d: d.text_sha256),
    Column("length", "integer", "Characters of the canonical text", lambda d: d.length),
)
