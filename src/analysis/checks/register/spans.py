"""The days that a period, or a date of telling, covers: ``2018``, ``2020-Q3``, ``2021-11``, ``2023/..``."""

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
        """The days that an ISO period covers; ``None`` where it gives none, or a day of no year.

        >>> Span.of("2020-Q3")
        Span(first=datetime.date(2020, 7, 1), last=datetime.date(2020, 9, 30))
        >>> Span.of("2023/..").last.year, Span.of("")
        (9999, None)
        """
        first, _, last = iso.partition("/")
        start = cls(dt.date.min, dt.date.min) if first == _OPEN else _days(first)
        end = cls(dt.date.max, dt.date.max) if last == _OPEN else _days(last or first)
        return cls(start.first, end.last) if start and end else None

    def meets(self, other: Span) -> bool:
        """Whether some day lies in both."""
        return self.first <= other.last and other.first <= self.last

    def gap(self, other: Span) -> int:
        """How many days lie from the end of the one to the beginning of the other; 0 where they meet."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)


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
    if found["day"]:
        day = dt.date(year, months[0], int(found["day"]))
        return Span(day, day)
    return Span(dt.date(year, months[0], 1), dt.date(year, months[1], calendar.monthrange(year, months[1])[1]))
