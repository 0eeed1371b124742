"""Dates and periods in words: days, months, quarters, half-years, years, spans and open ends."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from babel.dates import format_date

from analysis.errors import InputError
from analysis.quantities import Lang
from analysis.words.typography import APOSTROPHE, DASH, FIXED

_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)")
_DAY_OF_ANY_YEAR = re.compile(r"--(?P<month>\d\d)-(?P<day>\d\d)")
_PART = re.compile(r"(?P<year>\d{4})-(?P<part>Q[1-4]|H[12])")
_YEAR = re.compile(r"\d{4}")
_LEAP = 2000  # a year that has every day there is
_FORMS = "2018, 2021-02, 2021-05-17, 2020-Q3, 2022-H1, 2021/2022, 2023/.. or ../2025"


def date(iso: str, lang: Lang) -> str:
    r"""A day, month, quarter, half-year or year, written in words.

    Raises InputError for what is none of these, or for a day that does not exist.

    >>> date("2021-11-02", "en"), date("2021-02", "fr"), date("2020-Q3", "en")
    ('2 November 2021', 'février 2021', 'Q3 2020')
    >>> date("2021-11-02", "fr")
    '2\xa0novembre 2021'
    """
    for form, write in _WRITERS:
        if found := form.fullmatch(iso):
            try:
                return write(found, lang)
            except ValueError as error:
                raise _unreadable(iso, str(error)) from error
    raise _unreadable(iso)


def period(text: str, lang: Lang) -> str:
    """A date, a span ``a/b`` or an open span ``a/..``, ``../b``, in words; nothing for nothing.

    Raises InputError for another form.

    >>> period("2021/2022", "fr"), period("2023/..", "en"), period("../2025", "fr")
    ('2021–2022', '2023 onwards', 'd’ici 2025')
    """
    if not text:
        return ""
    first, slash, last = text.partition("/")
    if not slash:
        return date(text, lang)
    if (first, last) == ("..", ".."):
        raise _unreadable(text)
    if last == "..":
        return f"{date(first, lang)} {'et après' if lang == 'fr' else 'onwards'}"
    if first == "..":
        return f"{_until(last, lang)} {date(last, lang)}"
    years = _YEAR.fullmatch(first) and _YEAR.fullmatch(last)
    return (DASH if years else f"{FIXED}{DASH} ").join((date(first, lang), date(last, lang)))


def _until(last: str, lang: Lang) -> str:
    if lang == "en":
        return "by"
    named = _DAY.fullmatch(last) or _PART.fullmatch(last)
    return f"d{APOSTROPHE}ici au" if named else f"d{APOSTROPHE}ici"


def ordinal(rank: int, lang: Lang) -> str:
    """A rank in figures; French in the masculine for the first.

    >>> [ordinal(n, "fr") for n in (1, 3)], [ordinal(n, "en") for n in (1, 2, 3, 11, 112, 121)]
    (['1er', '3e'], ['1st', '2nd', '3rd', '11th', '112th', '121st'])
    """
    if lang == "fr":
        return "1er" if rank == 1 else f"{rank}e"
    teens = rank % 100 in {11, 12, 13}
    return f"{rank}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"


def _day(found: re.Match[str], lang: Lang) -> str:
    year = int(found.groupdict().get("year") or _LEAP)
    day = dt.date(year, int(found["month"]), int(found["day"]))
    pattern = "MMMM y" if "year" in found.groupdict() else "MMMM"
    rest = format_date(day, pattern, locale=lang)
    if lang == "en":
        return f"{day.day} {rest}"
    return f"{ordinal(1, lang) if day.day == 1 else day.day}{FIXED}{rest}"


def _month(found: re.Match[str], lang: Lang) -> str:
    return format_date(dt.date(int(found["year"]), int(found["month"]), 1), "MMMM y", locale=lang)


def _part(found: re.Match[str], lang: Lang) -> str:
    part, year = found["part"], found["year"]
    if lang == "en":
        return f"{part} {year}"
    return f"{ordinal(int(part[1]), lang)}{FIXED}{'trimestre' if part[0] == 'Q' else 'semestre'} {year}"


def _year(found: re.Match[str], _: Lang) -> str:
    return found.group()


_WRITERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Lang], str]], ...] = (
    (_DAY, _day),
    (_MONTH, _month),
    (_DAY_OF_ANY_YEAR, _day),
    (_PART, _part),
    (_YEAR, _year),
)


def _unreadable(text: str, evidence: str | None = None) -> InputError:
    return InputError(f'"{text}" is no date or period', evidence=evidence, way_out=f"write it like {_FORMS}")
