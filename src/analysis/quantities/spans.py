"""The days that a date or a period covers, however exact it is: ``2018``, ``2020-Q3``, ``2021-11``, ``2023/..``."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?")
_OPEN = ".."


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``first`` to ``last``, both included; an open end reaches as far as the calendar does."""

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, iso: str) -> Span | None:
        """The days that an ISO date or period covers; ``None`` where it gives none, or a day that does not exist.

        >>> Span.of("2020-Q3")
        Span(first=datetime.date(2020, 7, 1), last=datetime.date(2020, 9, 30))
        >>> Span.of("2023/..").last.year, Span.of(""), Span.of("2021-02-30")
        (9999, None, None)
        """
        first, slash, last = iso.partition("/")
        if first == last == _OPEN:
            return None
        start = cls(dt.date.min, dt.date.min) if first == _OPEN and slash else _days(first)
        end = cls(dt.date.max, dt.date.max) if last == _OPEN else _days(last if slash else first)
        return cls(start.first, end.last) if start and end else None

    def meets(self, other: Span) -> bool:
        """Whether some day lies in both."""
        return self.first <= other.last and other.first <= self.last

    def gap(self, other: Span) -> int:
        """How many days lie from the end of the one to the beginning of the other; 0 where they meet."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)


def is_period(text: str) -> bool:
    """Whether it is a period: nothing, one ISO date, or two with a slash, of which one may be open.

    >>> [is_period(text) for text in ("", "2020-Q3", "2022/2024", "../2025", "early 2017", "2021-13")]
    [True, True, True, True, False, False]
    """
    return not text or Span.of(text) is not None


def with_year(iso: str, period: str) -> str:
    """A day and month without a year, ``--09-12``, with the year of ``period``; anything else as it is."""
    return f"{period[:4]}{iso[1:]}" if iso.startswith("--") and period else iso


def _days(iso: str) -> Span | None:
    found = _DATE.fullmatch(iso)
    if not found:
        return None
    year, months = int(found["year"]), (1, 12)
    if found["quarter"]:
        months = (3 * int(found["quarter"]) - 2, 3 * int(found["quarter"]))
    elif found["half"]:
        months = (6 * int(found["half"]) - 5, 6 * int(found["half"]))
    elif found["month"]:
        months = (int(found["month"]), int(found["month"]))
    try:
        start = dt.date(year, months[0], int(found["day"] or 1))
    except ValueError:
        return None
    return Span(start, start if found["day"] else dt.date(year, months[1], calendar.monthrange(year, months[1])[1]))
