"""What numbers are about: the years they span, the places, the measures, and the works they are taken from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis import words
from analysis.claims import Claim
from analysis.documents import Document
from analysis.quantities import Lang
from analysis.series import Observation, Series
from analysis.words.terms import CODED

_YEAR = re.compile(r"\b\d{4}\b")
Entry = Claim | Observation


@dataclass(frozen=True, slots=True)
class Coverage:
    """``first`` and ``last`` are years; both empty where no number has a period."""

    first: str
    last: str
    places: tuple[str, ...]
    measures: tuple[str, ...]
    documents: tuple[Document, ...]
    series: tuple[Series, ...]

    @property
    def interval(self) -> str:
        """The years as ISO 8601 has them: one, or the first and the last."""
        return self.first if self.first == self.last else f"{self.first}/{self.last}"


def coverage(entries: Sequence[Entry], lang: Lang) -> Coverage:
    """What these numbers are about, places and measures by their names in a language, each once."""
    years = sorted(year for entry in entries for year in _YEAR.findall(entry.period))
    return Coverage(
        years[0] if years else "",
        years[-1] if years else "",
        _named(entries, "place", lang),
        _named(entries, "measure", lang),
        tuple(dict.fromkeys(entry.document for entry in entries if isinstance(entry, Claim))),
        tuple(dict.fromkeys(entry.series for entry in entries if isinstance(entry, Observation))),
    )


def _named(entries: Iterable[Entry], field: str, lang: Lang) -> tuple[str, ...]:
    codes = dict.fromkeys(getattr(entry, field) for entry in entries if getattr(entry, field))
    return tuple(words.label(code, lang, group=CODED[field]) for code in codes)
