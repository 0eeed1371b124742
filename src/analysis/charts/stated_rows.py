"""Claims of any table made comparable: where each number lies on an axis, and the fewest words that tell rows apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis import words
from analysis.charts.dates import year_of
from analysis.charts.rows import Row
from analysis.charts.telling import joined, named, say, signed, told, voiced, when
from analysis.errors import InputError
from analysis.quantities import Interval, Lang
from analysis.quantities.spans import Span, with_year
from analysis.words.terms import lexicon
from analysis.words.typography import capital

#: What names a row, as far as it tells it from others; what is told of every row; what is told of rows still alike.
_NAMING = ("subject", "segment", "purpose", "payer")
_ALWAYS = ("place", "period", "said_by")
_RARELY = ("population", "setting", "status", "measured_by", "line")
#: What is told once where all rows share it.
_SHARED = (*_NAMING, "population", *_ALWAYS)
#: A year that stands for no end.
_ENDLESS = (1, 9999)


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with its place on the axis: the numbers that it may stand for, or of a date the years that it covers."""

    row: Row
    interval: Interval

    @property
    def measures(self) -> bool:
        """Whether it says how much; a date or a rank only says where."""
        return self.row.quantity.interval is not None and self.row.quantity.kind != "ordinal/rank"

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The ends of what is printed: without what rounding leaves open, but for a date, which is as long as it is."""
        if self.iso:
            low, high = self.interval.low, self.interval.high
            return (low or high or Decimal(0)), (high or low or Decimal(0))
        return self.row.ends

    @property
    def order(self) -> tuple[Decimal, Decimal]:
        """What comes first: the largest amount, but the earliest date and the best rank."""
        low, high = self.ends
        return (-low, -high) if self.measures else (low, high)

    @property
    def iso(self) -> str:
        """Its date, with the year that its document gives elsewhere; empty where it is a number."""
        return with_year(self.row["iso_date"], self.row["period"])

    def shown(self, lang: Lang) -> str:
        """Its number as a row shows it, or its date."""
        if self.iso and self.row.quantity.bound == "exact":
            return words.period(self.iso, lang)
        return signed(self.row.quantity, lang)

    def told(self, lang: Lang) -> str:
        """The same in a sentence, its bound in words."""
        return self.shown(lang) if self.iso else told(self.row, lang)


@dataclass(frozen=True, slots=True)
class Called:
    """A claim under the name that it has among others, and what is told below that name."""

    stated: Stated
    name: str
    more: str


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one measure, and what they have in common."""

    title: str
    common: str
    rows: tuple[Called, ...]


def placed(row: Row) -> Stated | None:
    """The claim on an axis; ``None`` where it holds neither a number nor a date with its year."""
    span = Span.of(with_year(row["iso_date"], row["period"])) if row["iso_date"] else None
    if span:
        low, high = year_of(span.first), year_of(span.last, after=True)
        bound = row.quantity.bound
        opened = bound == "at_most" or span.first.year in _ENDLESS, bound == "at_least" or span.last.year in _ENDLESS
        return Stated(row, Interval(None if opened[0] else low, None if opened[1] else high))
    try:
        return Stated(row, row.interval)
    except InputError:
        return None


def counted_in(row: Row) -> str:
    """The code of what its number counts: the unit, or without one what is measured."""
    return row.quantity.unit or row["measure"]


def grouped(claims: Sequence[Stated], lang: Lang) -> tuple[str, tuple[Group, ...]]:
    """What all claims have in common, and the claims by measure, in the order given; within one, the first in order.

    Where no two have the same measure, they make one group without a title, and their measures name them.
    """
    rows = [each.row for each in claims]
    shared = _common(rows, lang)
    by_measure: dict[str, list[Stated]] = {}
    for each in claims:
        by_measure.setdefault(each.row["measure"], []).append(each)
    if len(by_measure) in (1, len(claims)):
        return _joined((*shared.values(), *_undated(rows, lang)), lang), (Group("", "", _called(claims, shared, lang)),)
    return _joined(shared.values(), lang), tuple(_group(members, shared, lang) for members in by_measure.values())


def _joined(parts: Iterable[str], lang: Lang) -> str:
    return capital(joined(filter(None, parts), lang))


def _group(claims: Sequence[Stated], told: Mapping[str, str], lang: Lang) -> Group:
    """The claims of one measure, with what they share beyond what is ``told`` of all."""
    rows = [each.row for each in claims]
    shared = _common(rows, lang)
    named_by = "subject" if len(rows) == 1 else ""
    common = (text for column, text in shared.items() if column not in {*told, named_by})
    title = capital(named(rows[0], "measure", lang))
    return Group(title, _joined((*common, *_undated(rows, lang)), lang), _called(claims, {**told, **shared}, lang))


def _called(claims: Sequence[Stated], told: Mapping[str, str], lang: Lang) -> tuple[Called, ...]:
    """The claims in order, under their names, with what tells them from each other and is not ``told`` of all."""
    claims = sorted(claims, key=lambda each: each.order)
    rows = [each.row for each in claims]
    column, names = _names(rows, lang)
    about = ("subject",) if column == "measure" else ()
    more = [each for each in (*about, *_ALWAYS) if each not in {*told, column}]
    labels = [(*name, *(_told(row, each, lang) for each in more)) for row, name in zip(rows, names, strict=True)]
    return tuple(
        Called(each, capital(name), joined(filter(None, rest), lang))
        for each, (name, *rest) in zip(claims, _apart(rows, labels, _RARELY, lang), strict=True)
    )


def _undated(rows: Sequence[Row], lang: Lang) -> Iterator[str]:
    """That rows without a period have none; dates need none."""
    undated = [row for row in rows if not row["period"] and not row["iso_date"]]
    if undated:
        some = say(lang, fr="sans date, sauf mention", en="undated unless told")
        yield when(undated[0], lang) if len(undated) == len(rows) else some


def _common(rows: Sequence[Row], lang: Lang) -> dict[str, str]:
    """What all rows have the same, by column."""
    first = {column: _told(rows[0], column, lang) for column in _SHARED}
    return {c: told for c, told in first.items() if told and all(_told(row, c, lang) == told for row in rows)}


def _names(rows: Sequence[Row], lang: Lang) -> tuple[str, Sequence[tuple[str, ...]]]:
    """The labels that name each row, and the column of the first: the measure where no two have the same.

    Otherwise what they differ in most, or else their places; of one row, what it is about.
    """
    differing = {c: len({_told(row, c, lang) for row in rows}) for c in ("measure", *_NAMING, "place")}
    columns = sorted(_NAMING, key=lambda column: -differing[column])
    if differing["measure"] == len(rows) > 1:
        columns = ["measure"]
    column, labels = columns[0], _apart(rows, [()] * len(rows), columns, lang)
    if not any(labels):
        column = "place" if differing["place"] > 1 else "subject"
    otherwise = column if column == "place" else "subject"
    return column, [
        label or (_told(row, otherwise, lang, short=True),) for row, label in zip(rows, labels, strict=True)
    ]


def _apart(
    rows: Sequence[Row], labels: Sequence[tuple[str, ...]], columns: Iterable[str], lang: Lang
) -> Sequence[tuple[str, ...]]:
    """The labels with what each column says of rows that have the same ones but differ in it."""
    for column in columns:
        told = [
            _told(row, column, lang, short=not label and column != "measure")
            for row, label in zip(rows, labels, strict=True)
        ]
        variants: dict[tuple[str, ...], set[str]] = {}
        for label, text in zip(labels, told, strict=True):
            variants.setdefault(label, set()).add(text)
        labels = [
            (*label, text) if text and len(variants[label]) > 1 else label
            for label, text in zip(labels, told, strict=True)
        ]
    return labels


def _told(row: Row, column: str, lang: Lang, *, short: bool = False) -> str:
    """What a row says in a column; nothing of the period of a date, which is its number."""
    match column:
        case "subject" if act := lexicon()["acts"].get(row.id):
            return act.name(lang)
        case "period":
            return "" if row["iso_date"] else words.period(row["period"], lang)
        case "said_by":
            return say(lang, fr="dit par : {who}", en="said by: {who}", who=voiced(row, lang))
        case "line":
            return say(lang, fr="ligne {line}", en="line {line}", line=str(row.line))
        case _:
            return named(row, column, lang, short=short)
