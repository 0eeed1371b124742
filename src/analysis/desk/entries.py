"""A claim or an observation by its id, with its fields, and all that there is to say about its number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis import checks, words
from analysis.checks import Finding
from analysis.checks.telling import verdict
from analysis.claims import Claim
from analysis.desk.grids import Cell, Told, facts
from analysis.errors import UsageError, nearest
from analysis.pages import proof
from analysis.pages.strings import strings
from analysis.quantities import Interval
from analysis.series import Observation
from analysis.words import Known
from analysis.words.current import checked
from analysis.words.typography import capital

Fact = tuple[str, Cell | str]
_NEAR = "did you mean"


class ToldEntry(Told):
    """A claim or an observation that shows itself, with its fields (``quantity``, ``document``, ``place``, …)."""

    thing: Known

    @property
    def statement(self) -> str:
        """What is stated, with its number."""
        return words.statement(self.thing, self.lang)

    @property
    def number(self) -> str:
        """Its number as prose tells it."""
        return words.quantity(self.thing.quantity, self.lang)

    @property
    def interval(self) -> Interval | None:
        """The numbers that the printed one stands for; ``None`` for a date."""
        return self.thing.quantity.interval

    @property
    def caveat(self) -> str:
        """What is to be known before using it; empty where there is nothing."""
        return words.note(self.thing, self.lang)

    @property
    def source(self) -> str:
        """Where it stands: the document and its line, or the series; publisher and date."""
        return f"{self.work.text}, {self.place_in_work}"

    @property
    def work(self) -> Cell:
        """The title of its document or series, in the language that it is in."""
        if isinstance(self.thing, Claim):
            document = self.thing.document
            return Cell(words.typeset(document.known_as, document.language), document.language)
        return Cell(proof.series_title(self.thing.series, self.lang))

    @property
    def place_in_work(self) -> str:
        """Who published that, when, and for a document the line."""
        if isinstance(self.thing, Claim):
            return f"{self._published()}, {words.label('line', self.lang, group='columns')} {self.thing.line}"
        return self._published()

    @property
    def checked(self) -> tuple[Finding, ...]:
        """The findings that rest on it, gravest first."""
        return tuple(finding for finding in checks.found() if self.thing.id in finding.claims)

    def bundle(self) -> dict[str, Any]:
        """Its statement and every fact about it: a table for the screen, lines for a terminal."""
        return facts(self.lang, self.statement, [*self._facts()]).bundle()

    def _published(self) -> str:
        entry = self.thing
        publisher, date = (
            (entry.document.publisher, words.date(entry.document.date, self.lang))
            if isinstance(entry, Claim)
            else (entry.publisher, proof.released(entry, self.lang))
        )
        return strings(self.lang)["published"].format(publisher=publisher, date=date)

    def _facts(self) -> Iterator[Fact]:
        t, entry, lang = strings(self.lang), self.thing, self.lang
        yield capital(words.label("id", lang, group="columns")), entry.id
        yield capital(words.label("value", lang, group="columns")), self.number
        spoken = entry.document.language if isinstance(entry, Claim) else entry.language
        yield t["printed"], Cell(proof.printed(entry), spoken)
        yield from proof.facts(entry, lang)
        yield from self._of_document(entry) if isinstance(entry, Claim) else self._of_series(entry)
        yield t["caveat"], self.caveat
        yield t["same_as"], entry.same_as
        yield t["checked"], "\n".join(f"{each.title(lang)} ({verdict(each, lang)})" for each in self.checked)

    def _of_document(self, claim: Claim) -> Iterator[Fact]:
        t, document = strings(self.lang), claim.document
        yield t["document"], Cell(proof.title(document), document.language)
        yield t["published_by"], self._published()
        yield capital(words.label("line", self.lang, group="columns")), str(claim.line)
        yield t["address"], _address(document.address)

    def _of_series(self, entry: Observation) -> Iterator[Fact]:
        t, lang = strings(self.lang), self.lang
        yield t["series"], proof.series_title(entry.series, lang)
        yield t["published_by"], self._published()
        yield t["address"], _address(entry.address)
        yield t["second_place"], _address(entry.second_address)
        yield t["agreement"], words.label(entry.agreement, lang, group="agreements")
        yield t["flag"], proof.flags(entry, lang)


def claim(name: str, lang: str | None = None) -> ToldEntry:
    """The claim or the observation of that id, told in ``lang``, or else in the language being written.

    It shows its statement, the number as printed, what that stands for, who measured and who says it, the document with
    line and address, the caveat and the findings that rest on it. Its fields are those of ``claims.Claim`` or
    ``series.Observation``, and ``number``, ``statement``, ``interval``, ``source``, ``caveat``, ``checked`` besides.

    Raises UsageError for an unknown id, with the nearest one.

    >>> share = claim("adoption_fr_2020", "en")
    >>> share.interval, share.document.publisher
    (Interval [26.5, 27.5), 'Gouvernement français (ministères de l’économie et de la recherche)')
    """
    entry = words.known(name)
    if entry is None:
        hint = nearest(name, [*words.ledger().claims, *words.catalogue().observations])
        way_out = hint if hint.startswith(_NEAR) else "look for it by its words: analysis.find(…)"
        raise UsageError(f'no claim and no observation "{name}"', way_out=way_out)
    return ToldEntry(entry, words.language() if lang is None else checked(lang))


def _address(address: str) -> Cell:
    return Cell(address, address=address if proof.followed(address) else "")
