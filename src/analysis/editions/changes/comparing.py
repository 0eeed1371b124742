"""What was added between two editions, what was removed, what moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Literal

from analysis.editions.changes import told
from analysis.editions.changes.published import Published, Row, rows
from analysis.quantities import Lang

Kind = Literal["claim", "observation", "finding"]
What = Literal["moved", "added", "removed"]
#: The table that tells each kind of entry.
TABLES: Mapping[Kind, str] = {
    "claim": "data/claims.csv",
    "observation": "data/series.csv",
    "finding": "data/findings.csv",
}
#: What is held against each other: the number, what it is about, who says it. Not its words, nor its place.
_OF_A_NUMBER = (
    *told.NUMBER,
    *("kind", "printed", "subject", "measure", "place", "period", "population", "segment", "payer", "purpose"),
    *("status", "flag", "measured_by", "said_by"),
)
_COMPARED: Mapping[Kind, tuple[str, ...]] = {
    "claim": _OF_A_NUMBER,
    "observation": _OF_A_NUMBER,
    "finding": ("verdict", "grade"),
}
_CHART = re.compile(r"(fr|en)/charts/([^/]+)\.(csv|svg)")
_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim, an observation or a finding that is not what it was; ``old`` or ``new`` is empty where it was not there.

    ``fields`` are the columns that differ, of those that both editions have.
    """

    kind: Kind
    id: str
    what: What
    old: Row
    new: Row
    fields: tuple[str, ...] = ()

    def differences(self, lang: Lang) -> Iterator[tuple[str, str, str]]:
        """What differs, each by its name, as it was and as it is; the number as a whole where it reads otherwise."""
        if self.kind == "finding":
            yield from self._cells(self.fields or ("verdict",), lang)
            return
        old, new = (told.number(row, lang) if row else "" for row in (self.old, self.new))
        if old != new:
            yield told.heading("value", lang), old, new
        yield from self._cells([each for each in self.fields if old == new or each not in told.NUMBER], lang)

    def _cells(self, fields: Iterable[str], lang: Lang) -> Iterator[tuple[str, str, str]]:
        for field in fields:
            old, new = (told.cell(field, row.get(field, ""), lang) for row in (self.old, self.new))
            yield told.heading(field, lang), old, new


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart whose numbers are not what they were: those that it shows no longer, and those that it shows now."""

    lang: Lang
    name: str
    what: What
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two editions, in the order of the tables; charts by language and name."""

    old: Published
    new: Published
    entries: tuple[Entry, ...]
    charts: tuple[Chart, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.entries or self.charts)

    @property
    def numbers(self) -> tuple[Entry, ...]:
        """The claims and observations that differ."""
        return tuple(each for each in self.entries if each.kind != "finding")

    @property
    def findings(self) -> tuple[Entry, ...]:
        """The findings that differ."""
        return tuple(each for each in self.entries if each.kind == "finding")


def compare(old: Published, new: Published) -> Changes:
    """Holds two editions against each other."""
    entries = tuple(each for kind in TABLES for each in entries_of(kind, old.files, new.files))
    return Changes(old, new, entries, tuple(_charts(old.files, new.files)))


def entries_of(kind: Kind, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[Entry]:
    """The entries of one kind that differ: in the order of the new edition, then those that it has no longer."""
    before, after = ({row["id"]: row for row in rows(files, TABLES[kind])} for files in (old, new))
    for name, row in after.items():
        if name not in before:
            yield Entry(kind, name, "added", {}, row)
        elif fields := _differing(before[name], row, _COMPARED[kind]):
            yield Entry(kind, name, "moved", before[name], row, fields)
    for name, row in before.items():
        if name not in after:
            yield Entry(kind, name, "removed", row, {})


def _differing(old: Row, new: Row, fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in fields if each in old and each in new and old[each] != new[each])


def _charts(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[Chart]:
    before, after = _drawn(old), _drawn(new)
    for lang, name in sorted(before | after):
        if (lang, name) not in before:
            yield Chart(lang, name, "added")
        elif (lang, name) not in after:
            yield Chart(lang, name, "removed")
        else:
            gone, come = _redrawn(f"{lang}/charts/{name}", lang, old, new)
            if gone or come:
                yield Chart(lang, name, "moved", gone, come)


def _drawn(files: Mapping[str, bytes]) -> set[tuple[Lang, str]]:
    found = filter(None, map(_CHART.fullmatch, files))
    return {("fr" if chart[1] == "fr" else "en", chart[2]) for chart in found}


def _redrawn(
    place: str, lang: Lang, old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers of a chart that are gone and those that have come: by its own table, or else by its drawing."""
    tabled = f"{place}.csv" in old.keys() & new.keys()
    before, after = (
        _rows_told(files, f"{place}.csv", lang) if tabled else _written(files.get(f"{place}.svg", b""))
        for files in (old, new)
    )
    return tuple((before - after).elements()), tuple((after - before).elements())


def _rows_told(files: Mapping[str, bytes], path: str, lang: Lang) -> Counter[str]:
    """The rows behind a chart: those of numbers as their number, any other cell by cell."""
    return Counter(
        f"{row['id']}: {told.number(row, lang)}"
        if {"id", "printed", "value"} <= row.keys()
        else ", ".join(row.values())
        for row in rows(files, path)
    )


def _written(drawing: bytes) -> Counter[str]:
    """What a drawing says with a digit in it."""
    said = (unescape(_TAG.sub("", found)) for found in _TEXT.findall(drawing.decode()))
    return Counter(" ".join(text.split()) for text in said if _DIGIT.search(text))
