"""Acts and deadlines as spans of days, and what they are called: no date is made more exact than it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from analysis import words
from analysis.charts.rows import Row, Rows
from analysis.charts.telling import named, say
from analysis.errors import InputError
from analysis.quantities import Lang
from analysis.quantities.spans import Span, with_year
from analysis.words.terms import lexicon


@dataclass(frozen=True, slots=True)
class Act:
    """What happened or is announced, from the first day that its date may mean to the last."""

    row: Row
    first: date
    last: date

    @property
    def iso(self) -> str:
        """Its date as written, with the year that its document gives elsewhere where it has none of its own."""
        return _with_year(self.row)

    @property
    def is_day(self) -> bool:
        """Whether the very day is known."""
        return self.first == self.last

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Where it begins and ends, in years: the middle of 2021 is 2021.5."""
        return year_of(self.first), year_of(self.last, after=True)

    @property
    def middle(self) -> Decimal:
        """Half way between its ends, in years."""
        return sum(self.ends, Decimal(0)) / 2


def acts(table: pd.DataFrame) -> tuple[Act, ...]:
    """The dated claims of a table that repeat no other, the earliest first, the vaguer before the more exact.

    Raises InputError for a claim that gives no year.
    """
    rows = (row for row in Rows(table) if not row["same_as"])
    return tuple(sorted(map(_act, rows), key=lambda act: (act.first, -act.last.toordinal(), act.row.id)))


def year_of(day: date, *, after: bool = False) -> Decimal:
    """A day as a point on a scale of years: where it begins, or ``after`` it.

    >>> year_of(date(2021, 1, 1)), year_of(date(2021, 12, 31), after=True)
    (Decimal('2021'), Decimal('2022'))
    """
    start, following = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + Decimal((day - start).days + after) / (following - start).days


def _act(row: Row) -> Act:
    span = Span.of(_with_year(row))
    if span is None:
        raise InputError(f'"{_with_year(row)}" is no date on an axis', entry=row.id, evidence=row["printed"])
    return Act(row, span.first, span.last)


def _with_year(row: Row) -> str:
    return with_year(row["iso_date"], row["period"])


def called(act: Act, lang: Lang) -> str:
    """The name that the lexicon has for the act, or else for what it is about."""
    term = lexicon()["acts"].get(act.row.id)
    return term.name(lang) if term else named(act.row, "subject", lang)


def dated(act: Act, lang: Lang) -> str:
    """Its date, no more exact than it is told, with its year."""
    return words.period(act.iso, lang)


def issued(document: str, lang: Lang) -> str:
    """Who published a document, without what stands in brackets, and when."""
    card = words.ledger().documents[document]
    publisher, _, _ = card.publisher.partition(" (")
    return say(lang, fr="{who}, {date}", en="{who}, {date}", who=publisher, date=words.date(card.date, lang))


@dataclass(frozen=True, slots=True)
class Axis:
    """Years on a line, in pixels: those shown, where each begins, how long it is; years without any act are cut out."""

    years: tuple[int, ...]
    starts: tuple[float, ...]
    lengths: tuple[float, ...]

    def __call__(self, point: Decimal) -> float:
        """Where a point in time lies; the end of a year before a cut is at its own end."""
        index = max(i for i, year in enumerate(self.years) if year <= point)
        return self.starts[index] + self.lengths[index] * min(1.0, float(point - self.years[index]))

    @property
    def cuts(self) -> Iterator[tuple[float, float]]:
        """The gaps where years are left out, each from the end of a year to the beginning of the next one shown."""
        for index, (year, following) in enumerate(zip(self.years, self.years[1:], strict=False)):
            if following > year + 1:
                yield self.starts[index] + self.lengths[index], self.starts[index + 1]

    @property
    def runs(self) -> Iterator[tuple[float, float]]:
        """The stretches between the cuts."""
        ends = [start + length for start, length in zip(self.starts, self.lengths, strict=True)]
        cuts = list(self.cuts)
        yield from zip((self.starts[0], *(b for _, b in cuts)), (*(a for a, _ in cuts), ends[-1]), strict=True)


def axis(years: tuple[int, ...], lengths: tuple[float, ...], start: float, cut: float) -> Axis:
    """The years one after the other from ``start`` on, with ``cut`` pixels wherever years are left out.

    >>> axis((2021, 2030), (10, 10), 0, 5)(Decimal("2030.5"))
    20.0
    """
    starts, at = [], start
    for index, (year, length) in enumerate(zip(years, lengths, strict=True)):
        at += cut if index and year > years[index - 1] + 1 else 0
        starts.append(at)
        at += length
    return Axis(years, tuple(starts), lengths)
