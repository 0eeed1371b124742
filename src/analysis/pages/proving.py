"""The page of proofs: an article for each number, by the document that states it or the series that gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from markupsafe import Markup

from analysis import words
from analysis.checks import Finding
from analysis.checks.telling import verdict
from analysis.claims import Claim
from analysis.documents import Document
from analysis.pages import layout, proof
from analysis.pages.edition import Edition
from analysis.pages.layout import Frame
from analysis.pages.passages import Passage
from analysis.pages.strings import strings
from analysis.quantities import Lang
from analysis.series import Observation, Series

#: How the state of a sign-off is told.
_READERS = {"signed": "reader_signed", "stale": "reader_stale"}
#: A line of a list of facts: its name, and what is told, ready for the page.
Fact = tuple[str, Markup]


@dataclass(frozen=True, slots=True)
class Proof:
    """What the page tells of one claim or observation; ``mark`` is the claim's place in its document, in percent.

    ``passage`` is what stands around it there, in ``language``, where the edition may show that.
    """

    id: str
    statement: str
    printed: Markup
    facts: tuple[Fact, ...]
    mark: Decimal | None
    language: Lang
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A document or a series, its identity card, and the proofs of its numbers."""

    id: str
    title: str
    language: Lang
    card: tuple[Fact, ...]
    proofs: tuple[Proof, ...]
    count: str


def proofs(lang: Lang, edition: Edition) -> str:
    """The page of proofs of a language, ``<lang>/proofs.html``: all claims, and the observations that are used."""
    t = strings(lang)
    citation = t["cite_text"].format(name=edition.name, date=words.date(edition.date, lang))
    frame = Frame("proofs.html", lang, t["proofs_title"], t["proofs_description"], citation)
    told = _Teller(lang, edition)
    groups = [*told.documents(edition.ledger.documents.values()), *told.series(edition.observations)]
    return layout.page("proofs.html", frame, edition, groups=groups, signed=proof.signed(lang, edition))


class _Teller:
    """Tells proofs in one language, with what uses each number and what was found about it."""

    def __init__(self, lang: Lang, edition: Edition) -> None:
        self._lang = lang
        self._edition = edition
        self._t = strings(lang)
        self._users = edition.users(lang)
        self._places = {finding.id: edition.place_of(finding, lang) for finding in edition.findings}

    def documents(self, documents: Iterable[Document]) -> Iterator[Group]:
        """Each document with the proofs of its claims; those that hold none come last."""
        of = {document.id: (document, self._edition.ledger.of(document.id)) for document in documents}
        for document, claims in sorted(of.values(), key=lambda pair: not pair[1]):
            yield Group(
                f"document-{document.id}",
                proof.title(document),
                document.language,
                tuple(self._document_card(document)),
                tuple(self._claim(claim) for claim in claims),
                self._count(len(claims)),
            )

    def series(self, observations: Sequence[Observation]) -> Iterator[Group]:
        """Each series with the proofs of those of its observations that are used."""
        for series in dict.fromkeys(each.series for each in observations):
            used = [each for each in observations if each.series == series]
            yield Group(
                f"series-{series.id}",
                proof.series_title(series, self._lang),
                self._lang,
                tuple(self._series_card(series)),
                tuple(self._observation(each) for each in used),
                self._count(len(used)),
            )

    def _document_card(self, document: Document) -> Iterator[Fact]:
        t, card = self._t, proof.identity(document, self._lang)
        dated = t["published"].format(publisher=document.publisher, date=words.date(document.date, self._lang))
        yield t["published_by"], Markup.escape(f"{dated}. {card['known']}")
        yield t["address"], Markup("{}. {}").format(_address(document.address), card["address_note"])
        if document.authors:
            yield t["authors"], Markup.escape(", ".join(document.authors))
        yield t["terms"], Markup.escape(card["terms"])
        if card["remarks"]:
            yield t["remarks"], Markup.escape(card["remarks"])
        yield "SHA-256", Markup('<span class="digest">{}</span>').format(document.sha256)

    def _series_card(self, series: Series) -> Iterator[Fact]:
        t, card = self._t, proof.series_card(series, self._lang)
        yield t["published_by"], Markup.escape(series.publisher)
        yield t["address"], _address(series.address)
        yield t["terms"], Markup.escape(card["terms"])
        yield t["collected"], Markup.escape(card["collected"])
        if card["note"]:
            yield t["remarks"], Markup.escape(card["note"])

    def _claim(self, claim: Claim) -> Proof:
        return Proof(
            claim.id,
            words.statement(claim, self._lang),
            self._quoted(proof.printed(claim), claim.document.language),
            tuple(self._facts_of_claim(claim)),
            round(Decimal(100 * claim.start) / claim.document.length, 1),
            claim.document.language,
            self._edition.passages.get(claim.id),
        )

    def _facts_of_claim(self, claim: Claim) -> Iterator[Fact]:
        t, document = self._t, claim.document
        told = t["published"].format(publisher=document.publisher, date=words.date(document.date, self._lang))
        yield t["document"], self._card_of(document)
        yield t["published_by"], Markup("{} · {}").format(told, _address(document.address))
        yield t["place_in_document"], Markup.escape(self._place(claim))
        if claim.unit_words:
            yield t["unit_words"], self._quoted(claim.unit_words.printed, document.language)
        yield from self._common(claim)
        yield t["fingerprint"], Markup.escape(claim.context)

    def _place(self, claim: Claim) -> str:
        line, start, end, length = (
            words.number(Decimal(n), self._lang) for n in (claim.line, claim.start, claim.end, claim.document.length)
        )
        return self._t["place_text"].format(line=line, start=start, end=end, length=length)

    def _observation(self, observation: Observation) -> Proof:
        return Proof(
            observation.id,
            words.statement(observation, self._lang),
            self._quoted(proof.printed(observation), observation.language),
            tuple(self._facts_of_observation(observation)),
            None,
            observation.language,
        )

    def _facts_of_observation(self, observation: Observation) -> Iterator[Fact]:
        t, lang = self._t, self._lang
        title = proof.series_title(observation.series, lang)
        yield t["series"], Markup('<a href="#series-{}">{}</a>').format(observation.series.id, title)
        told = t["published"].format(publisher=observation.publisher, date=proof.released(observation, lang))
        # The card of the series, a link above, may hold the address already.
        elsewhere = observation.address != observation.series.address
        yield (
            t["published_by"],
            Markup("{} · {}").format(told, _address(observation.address)) if elsewhere else Markup.escape(told),
        )
        if observation.second_address:
            yield t["second_place"], self._second(observation.second_address)
        yield t["agreement"], Markup.escape(words.label(observation.agreement, lang, group="agreements"))
        if observation.flag:
            yield t["flag"], Markup.escape(proof.flags(observation, lang))
        for name, printed in (("cue_words", observation.cue), ("unit_words", observation.unit)):
            if printed:
                yield t[name], self._quoted(printed, observation.language)
        yield from self._common(observation)

    def _second(self, place: str) -> Markup:
        """The second place: a document of the ledger, or an address elsewhere."""
        document = self._edition.ledger.documents.get(place)
        if document is None:
            return _address(place)
        return self._card_of(document)

    def _card_of(self, document: Document) -> Markup:
        """A link to the card of a document, which holds its address."""
        return Markup('<a href="#document-{}">{}</a>').format(document.id, proof.title(document))

    def _common(self, entry: Claim | Observation) -> Iterator[Fact]:
        """Who, when, about whom, the interval, the caveat, what it repeats, what uses it, what was found about it."""
        t = self._t
        yield from ((name, Markup.escape(text)) for name, text in proof.facts(entry, self._lang))
        if signed := self._signed(entry):
            yield t["second_reader"], Markup.escape(signed)
        if note := words.note(entry, self._lang):
            yield t["caveat"], Markup.escape(note)
        if entry.same_as:
            yield t["same_as"], self._repeated(entry.same_as)
        used, checked = self._used(entry.id), self._findings(self._edition.findings_on([entry.id]))
        if used or not checked:
            yield t["used_in"], used or Markup.escape(t["not_used"])
        if checked:
            yield t["checked"], checked

    def _signed(self, entry: Claim | Observation) -> str:
        """Who has held it against its passage, and whether it has moved since; nothing where no second reader has."""
        signed = self._edition.sign_offs
        if entry.id not in signed.signed:
            return ""
        by = signed.signed[entry.id]
        return self._t[_READERS[signed.state(entry)]].format(reader=by.reader, date=words.date(by.date, self._lang))

    def _repeated(self, name: str) -> Markup:
        other = self._edition.ledger[name]
        printed = self._marked(other.printed, other.document.language)
        told = Markup(self._t["same_as_link"]).format(printed=printed, line=other.line)
        return Markup('<a href="#{}">{}</a>').format(other.id, told)

    def _used(self, name: str) -> Markup:
        used = self._edition.places_of(name, self._users.get(name, ()))
        return Markup(" · ").join(
            Markup('<a href="{}">{}</a>').format(place, self._t["chapter"].format(number=number))
            for number, place in used
        )

    def _findings(self, found: Iterable[Finding]) -> Markup:
        return Markup(" · ").join(self._finding(finding) for finding in found)

    def _finding(self, finding: Finding) -> Markup:
        title, place = finding.title(self._lang), self._places[finding.id]
        linked = Markup('<a href="{}">{}</a>').format(place, title) if place else Markup.escape(title)
        return Markup("{} ({})").format(linked, verdict(finding, self._lang))

    def _quoted(self, text: str, lang: Lang) -> Markup:
        before, after = self._t["quote"].split("{text}")
        return Markup("{}{}{}").format(before, self._marked(text, lang), after)

    def _marked(self, text: str, lang: Lang) -> Markup:
        """Words marked as those of their language, where it is not the page's."""
        return Markup.escape(text) if lang == self._lang else Markup('<span lang="{}">{}</span>').format(lang, text)

    def _count(self, number: int) -> str:
        key = {0: "claims_count_none", 1: "claims_count_one"}.get(number, "claims_count")
        return self._t[key].format(count=number)


def _linked(address: str, text: str) -> Markup:
    """A link, unless the address is none that a reader can follow."""
    return Markup('<a href="{}">{}</a>').format(address, text) if proof.followed(address) else Markup.escape(text)


def _address(address: str) -> Markup:
    """An address, told by the name of its site."""
    return _linked(address, urlsplit(address).netloc.removeprefix("www.") or address)
