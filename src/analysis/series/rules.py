"""What a cell of a series must obey, and the quantity that is read from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from analysis import reading
from analysis.errors import InputError, NuageError
from analysis.quantities import FIGURES, Lang, Quantity
from analysis.series.observation import FLAGS
from analysis.series.rows import Row

#: A longer printed expression would be a quotation.
LONGEST = 8
_RELEASED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_DIGIT = re.compile(r"\d")


def is_release_date(text: str) -> bool:
    """Whether it is an ISO date of the calendar, as exact as it is known.

    >>> is_release_date("2021-09"), is_release_date("2021-02-30"), is_release_date("27/02/2026")
    (True, False, False)
    """
    if not _RELEASED.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def flag_faults(row: Row) -> Iterator[NuageError]:
    """A letter of the flag that is unknown or stands twice."""
    flag = row["flag"]
    known = ", ".join(f"{letter} {meaning}" for letter, meaning in FLAGS.items())
    for letter in sorted(set(flag)):
        if letter not in FLAGS:
            yield row.fault("flag", f'unknown flag "{letter}"', way_out=f"known: {known}")
        elif flag.count(letter) > 1:
            yield row.fault("flag", f'the flag "{letter}" stands twice', way_out="write it once")


def note_faults(row: Row) -> Iterator[NuageError]:
    """A note in one language only, or with a number typed in it."""
    for name, other in (("note_fr", "note_en"), ("note_en", "note_fr")):
        if row[name] and not row[other]:
            yield row.fault(other, "the note is in one language only", evidence=row[name], way_out=f"write {other} too")
        if _DIGIT.search(row[name]):
            yield row.fault(
                name, f"a digit is typed in {name}", way_out="say it without, or give the number a row of its own"
            )


def quantity(row: Row, column: str, *, cue: str, unit: str, lang: Lang) -> Quantity:
    """The quantity printed in a cell. Raises InputError where it is no single number that measures something."""
    printed = row[column]
    if len(printed.split()) > LONGEST:
        raise row.fault(column, f"longer than {LONGEST} words", way_out="keep the numeric expression only")
    try:
        read = reading.read(printed, cue=cue, unit=unit, lang=lang)
    except InputError as error:
        raise row.fault(
            column,
            f"no single number can be read from {column}",
            evidence=f"{printed!r}; {error.what}",
            way_out=error.way_out or "write the numeric expression exactly as it is printed",
        ) from None
    if read.kind not in FIGURES:
        raise row.fault(
            column,
            "the number measures nothing",
            evidence=f"{printed!r} was read as {read.kind}",
            way_out="give its unit in the column unit, or leave the row out",
        )
    return read
