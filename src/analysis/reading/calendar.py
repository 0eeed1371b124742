"""Dates, times, years and quarters."""

from __future__ import annotations

from typing import Final

from analysis.reading.atoms import Atom
from analysis.reading.calendar_words import (
    DOUBTFUL_MONTHS,
    HALF_LETTERS,
    HALF_NOUNS,
    MONTHS,
    ORDINAL_ENDS,
    QUARTER_LETTERS,
    QUARTER_NOUNS,
)
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import BLANK, DIGITS, GLUED, LINE, SPACED, WORD
from analysis.reading.units import unit_after

_DAYS: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DASHES: Final = frozenset("-–—")
_SURE_YEAR: Final = frozenset(
    """en in since depuis ici by année années year years exercice horizon until till dès courant fy circa début fin mi
    early late mid during""".split()
)
_NO_NOUNS: Final = frozenset(
    """des les ses nos vos ces mes tes sous dans sans plus dès mais puis vers hors pas très nous vous ils elles leurs
    depuis selon après moins toujours jamais alors lors dont aux deux trois six dix prévois versus has is was its
    this as contre fois sauf parmis plusieurs quels quelles puisque""".split()
)
_OLDEST, _LATEST = 1900, 2100


def is_year(low: str) -> bool:
    """Whether four digits look like a year of our time."""
    return len(low) == 4 and low.isdecimal() and _OLDEST <= int(low) <= _LATEST


def date_at(s: Sentence, i: int) -> Atom | None:
    """The date or time of day whose digits begin at token ``i``."""
    return _numeric_date(s, i) or _clock(s, i) or _day_first(s, i)


def _glued(s: Sentence, j: int, signs: str | frozenset[str]) -> bool:
    """Whether one of ``signs`` and digits follow token ``j`` without a blank."""
    return (
        s[j + 1].gap == GLUED and s.low(j + 1) in signs and bool(s.low(j + 1))
        and s[j + 2].kind == DIGITS and s[j + 2].gap == GLUED
    )  # fmt: skip


def _numeric_date(s: Sentence, i: int) -> Atom | None:
    if not _glued(s, i, "-/."):
        return None
    if _glued(s, i + 2, s.low(i + 1)):
        value = _of_three(s.low(i), s.low(i + 2), s.low(i + 4))
        return Atom(i, i + 4, "date", value) if value else None
    if s.low(i + 1) == "-" and is_year(s.low(i)) and len(s.low(i + 2)) == 2 and s[i + 3].gap != GLUED:
        month = int(s.low(i + 2))
        if 1 <= month <= 12 and month <= int(s.low(i)) % 100:
            return Atom(i, i + 2, "date", f"{s.low(i)}-{month:02d}")
    return None


def _of_three(one: str, two: str, three: str) -> str | None:
    if is_year(one) and len(two) <= 2 and len(three) <= 2:
        return _date(int(one), int(two), int(three))
    if len(one) > 2 or len(two) > 2 or len(three) not in (2, 4):
        return None
    year = int(three) if len(three) == 4 else 2000 + int(three)
    return _date(year, int(two), int(one)) or _date(year, int(one), int(two))


def _date(year: int, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month] and _OLDEST - 400 <= year <= _LATEST + 100):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _clock(s: Sentence, i: int) -> Atom | None:
    if len(s.low(i)) > 2 or int(s.low(i)) > 24:
        return None
    hour = int(s.low(i))
    if _glued(s, i, ":") and len(s.low(i + 2)) == 2:
        last = i + 4 if _glued(s, i + 2, ":") and len(s.low(i + 4)) == 2 else i + 2
        parts = [s.low(k) for k in range(i + 2, last + 1, 2)]
        return _meridiem(s, i, last, hour, parts)
    if s.low(i + 1) == "h" and s[i + 1].gap <= SPACED and _is_minutes(s, i + 2):
        return Atom(i, i + 2, "time", f"{hour:02d}:{s.low(i + 2)}")
    return _spoken_clock(s, i, hour)


def _is_minutes(s: Sentence, k: int) -> bool:
    token = s[k]
    return token.kind == DIGITS and len(token.low) == 2 and token.gap <= SPACED and int(token.low) < 60


def _spoken_clock(s: Sentence, i: int, hour: int) -> Atom | None:
    low = s.low(i + 1)
    if low in ("am", "pm") or (low in ("a", "p") and s.low(i + 2) == "." and s.low(i + 3) == "m"):
        return _meridiem(s, i, i, hour, ["00"])
    if _glued(s, i, ".") and len(s.low(i + 2)) == 2 and s.low(i + 3) in ("am", "pm"):
        return _meridiem(s, i, i + 2, hour, [s.low(i + 2)])
    until = s.low(i - 1) == "de" and s.low(i + 2) == "à" and s[i + 3].kind == DIGITS
    if low in ("h", "heures", "heure") and (until or s.low(i - 1) in ("à", "dès", "vers")):
        return None if s.low(i + 2) in ("de", "d", "par") else Atom(i, i + 1, "time", f"{hour:02d}:00")
    return None


def _meridiem(s: Sentence, i: int, last: int, hour: int, parts: list[str]) -> Atom:
    low = s.low(last + 1)
    if low in ("am", "pm"):
        last += 1
    elif low in ("a", "p") and s.low(last + 2) == "." and s.low(last + 3) == "m":
        last += 3
    else:
        low = ""
    hour = hour % 12 + 12 if low[:1] == "p" else hour % 12 if low else hour
    return Atom(i, last, "time", ":".join([f"{hour:02d}", *parts]))


def _day_first(s: Sentence, i: int) -> Atom | None:
    """A day of the month before its month: 24 mars 2026, 1er juillet, 5th of June, the 3 of "du 3 au 5 juin"."""
    day = int(s.low(i)) if len(s.low(i)) <= 2 else 0
    if not 1 <= day <= 31:
        return None
    k = _past_ordinal_end(s, i)
    if s.low(k) == "of" or (s.low(k) == "-" and s[k].gap == GLUED and is_month(s, k + 1)):
        k += 1
    if is_month(s, k):
        return _with_month(s, i, k, day)
    other = _next_day(s, k)
    if other is None:
        return None
    month_at = _past_ordinal_end(s, other)
    if not is_month(s, month_at) or not 1 <= int(s.low(other)) <= 31:
        return None
    return _with_other_day(s, i, k, other, month_at, day)


def _past_ordinal_end(s: Sentence, i: int) -> int:
    return i + 2 if s.low(i + 1) in ORDINAL_ENDS and s[i + 1].gap == GLUED else i + 1


def is_month(s: Sentence, k: int) -> bool:
    """Whether token ``k`` names a month."""
    token = s[k]
    return token.kind == WORD and token.low in MONTHS and token.gap <= BLANK


def _with_month(s: Sentence, first: int, k: int, day: int) -> Atom:
    month = MONTHS[s.low(k)]
    last, year = _year_behind(s, k)
    value = f"{year}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"
    return Atom(first, last, "date", value)


def _year_behind(s: Sentence, k: int) -> tuple[int, str | None]:
    """The year behind a month (or day) at token ``k``, over a point or comma, and its index; else ``k`` and None."""
    for skip in (1, 2):
        j = k + skip
        if s[j].kind == DIGITS and is_year(s.low(j)[:4]) and s[j].gap <= BLANK and s[j].gap > GLUED:
            if len(s.low(j)) == 4 and unit_after(s, j) is None:
                return j, s.low(j)
            return k, None
        if s.low(j) not in (".", ","):
            break
    return k, None


def _next_day(s: Sentence, k: int) -> int | None:
    """The second day of "3 au 5 juin", "5 et 6 mars", "10-12 March"."""
    if (
        s.low(k) in ("au", "et", "and", "to", "ou", "-", "–", ",")
        and s[k + 1].kind == DIGITS
        and len(s.low(k + 1)) <= 2
    ):
        return k + 1
    return None


def _with_other_day(s: Sentence, i: int, k: int, other: int, month_at: int, day: int) -> Atom:
    month = MONTHS[s.low(month_at)]
    last, year = _year_behind(s, month_at)
    head = f"{year or '-'}-{month:02d}-"
    if s.low(k) in _DASHES:
        days = (f"{head}{day:02d}", f"{head}{int(s.low(other)):02d}")
        return Atom(i, last, "date", days, bound="range")
    return Atom(i, k - 1, "date", f"{head}{day:02d}")


def month_first(s: Sentence, i: int) -> Atom | None:
    """A date that begins with its month: May 21, 2024, March 5, juin 2020."""
    if not is_month(s, i) or (s.low(i) in DOUBTFUL_MONTHS and s.lang == "en" and not s.capital(i)):
        return None
    month = MONTHS[s.low(i)]
    last, year = _year_behind(s, i)
    if year:
        return Atom(i, last, "date", f"{year}-{month:02d}")
    k = i + 2 if s.low(i + 1) == "." else i + 1
    day = int(s.low(k)) if s[k].kind == DIGITS and len(s.low(k)) <= 2 and s[k].gap <= LINE else 0
    if s.lang != "en" or not 1 <= day <= _DAYS[month] or unit_after(s, k) is not None:
        return None
    return _day_behind(s, i, k, month, day)


def _day_behind(s: Sentence, i: int, k: int, month: int, day: int) -> Atom:
    last = _past_ordinal_end(s, k) - 1
    other = last + 2
    if s.low(last + 1) in _DASHES and s[other].kind == DIGITS and len(s.low(other)) <= 2:
        end, year = _year_behind(s, other)
        head = f"{year or '-'}-{month:02d}-"
        return Atom(i, end, "date", (f"{head}{day:02d}", f"{head}{int(s.low(other)):02d}"), bound="range")
    end, year = _year_behind(s, last)
    return Atom(i, end, "date", f"{year or '-'}-{month:02d}-{day:02d}")


def year_at(s: Sentence, i: int) -> Atom | None:
    """The year, span of years or decade at token ``i``; None where four digits count something."""
    low = s.low(i)
    if len(low) == 2 and low[1] == "0" and s.low(i - 1) == "années":
        return Atom(i, i, "year", f"19{low}" if low > "20" else f"20{low}")
    if len(low) != 4 or not is_year(low):
        return None
    span = _span(s, i)
    if span:
        return span
    if s[i + 1].gap == GLUED and s.low(i + 1) == "s" and s[i + 1].kind == WORD:
        return Atom(i, i + 1, "year", low)
    if _is_decimal(s, i) or _counts(s, i):
        return None
    return Atom(i, i, "year", low)


def _is_decimal(s: Sentence, i: int) -> bool:
    return _glued(s, i, ".,") and not is_year(s.low(i + 2))


def _span(s: Sentence, i: int) -> Atom | None:
    k = i + 1
    if s.low(k) not in ("-", "–", "—", "/") or s[k + 1].kind != DIGITS:
        return None
    other = s.low(k + 1)
    if is_year(other) and int(other) > int(s.low(i)) and unit_after(s, k + 1) is None:
        return Atom(i, k + 1, "year", (s.low(i), other), bound="range")
    if len(other) == 2 and s[k].gap == s[k + 1].gap == GLUED and int(other) > int(s.low(i)) % 100:
        return Atom(i, k + 1, "year", (s.low(i), s.low(i)[:2] + other), bound="range")
    return None


def _counts(s: Sentence, i: int) -> bool:
    """Whether a four-digit number in the range of years has a unit, or counts the plural noun behind it."""
    unit = unit_after(s, i)
    if unit is not None:
        return unit.last > i + 1 or unit.kind != "count" or unit.scaled or s.low(i - 1) not in _SURE_YEAR
    if s.low(i - 1) in _SURE_YEAR or s.low(i - 1) in (",", "(", ";") or s[i + 1].kind != WORD:
        return False
    noun = s.low(i + 1)
    plural = len(noun) > 3 and noun[-1] in "sx" and noun not in _NO_NOUNS and not s.capital(i + 1)
    if s.lang == "fr":
        return plural
    return plural and s.low(i - 1) in ("nearly", "some", "than", "over", "least", "about", "approximately", "around")


def quarter_glued(s: Sentence, i: int) -> Atom | None:
    """Q1 2022, T1 2022, H1, S2 2024, 2022-Q1, 1T22, 3Q24: ``i`` is the digit token beside the letter."""
    letter = s.low(i - 1)
    if s[i].gap == GLUED and s[i - 1].kind == WORD and len(letter) == 1 and s.capital(i - 1):
        return _letter_first(s, i, letter)
    letter = s.low(i + 1)
    if len(s.low(i)) == 1 and s[i + 1].gap == GLUED and len(letter) == 1 and s.capital(i + 1):
        number, year = int(s.low(i)), s[i + 2]
        if year.kind == DIGITS and ((len(year.low) == 2 and year.gap == GLUED) or is_year(year.low)):
            value = _part_of_year(letter, number, year.low if len(year.low) == 4 else f"20{year.low}")
            return Atom(i, i + 2, "quarter", value) if value else None
    return None


def _letter_first(s: Sentence, i: int, letter: str) -> Atom | None:
    if len(s.low(i)) != 1 or (s[i - 1].gap == GLUED and s.low(i - 2) not in ("-", "(", "'", "/") and i > 1):
        return None
    number = int(s.low(i))
    k = i + 1
    while s.low(k) in ("de", "of", "-", "/", "'") or (s.low(k) == "fy"):
        k += 1
    if s[k].kind == DIGITS and (is_year(s.low(k)) or (k > i + 1 and len(s.low(k)) == 2)) and s[k].gap <= BLANK:
        year = s.low(k) if len(s.low(k)) == 4 else f"20{s.low(k)}"
        value = _part_of_year(letter, number, year)
        return Atom(i - 1, k, "quarter", value) if value else None
    if s.low(i - 2) == "-" and is_year(s.low(i - 3)):
        value = _part_of_year(letter, number, s.low(i - 3))
        return Atom(i - 3, i, "quarter", value) if value else None
    value = _part_of_year(letter, number, "-")
    return (
        Atom(i - 1, i, "quarter", value)
        if (value and s[i + 1].gap != GLUED) or (value and s[i + 1].kind == "sign")
        else None
    )


def _part_of_year(letter: str, number: int, year: str) -> str | None:
    if letter in QUARTER_LETTERS and 1 <= number <= 4:
        return f"{year}-Q{number}"
    if letter in HALF_LETTERS and 1 <= number <= 2:
        return f"{year}-H{number}"
    return None


def part_of_year(s: Sentence, first: int, last: int, number: int) -> Atom | None:
    """The quarter or half-year whose ordinal is printed from ``first`` to ``last``: troisième trimestre 2022."""
    k = last + 1
    if s.low(k) == "-" and s[k].gap == GLUED:
        k += 1
    noun = s.low(k)
    if noun not in QUARTER_NOUNS and noun not in HALF_NOUNS:
        return None
    if noun == "half" and not _is_half_year(s, k):
        return None
    value = _part_of_year("q" if noun in QUARTER_NOUNS else "h", number, "-")
    end = k
    if noun == "trim" and s.low(k + 1) == ".":
        k += 1
    while s.low(k + 1) in ("of", "de", "d", "'", "fiscal", "exercice", "l", "fy"):
        k += 1
    if s[k + 1].kind == DIGITS and is_year(s.low(k + 1)) and unit_after(s, k + 1) is None:
        value = _part_of_year("q" if noun in QUARTER_NOUNS else "h", number, s.low(k + 1))
        end = k + 1
    return Atom(first, end, "quarter", value) if value else None


def _is_half_year(s: Sentence, k: int) -> bool:
    following = s.low(k + 2) if s.low(k + 1) == "of" else s.low(k + 1)
    return following not in ("the", "its", "this", "a") or s.low(k + 3) in ("year", "period")


def fiscal_year(s: Sentence, i: int) -> Atom | None:
    """FY2025, FY25, FY 2024/25: ``i`` is the digit token behind "FY"."""
    if s.low(i - 1) != "fy" or s[i].gap > SPACED:
        return None
    low = s.low(i)
    if len(low) == 2:
        return Atom(i - 1, i, "year", f"20{low}")
    year = year_at(s, i)
    return Atom(i - 1, year.last, "year", year.value, bound=year.bound) if year else None
