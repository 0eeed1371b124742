"""The pages of an edition: a chapter, the proofs, the contents of a language, the entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, zip_longest

from markupsafe import Markup

from analysis import words
from analysis.claims import Claim
from analysis.documents import Document
from analysis.notebooks.chapter import Chapter
from analysis.pages import blocks, layout, proof
from analysis.pages.byline import byline
from analysis.pages.edition import Edition
from analysis.pages.layout import Frame
from analysis.pages.markdown import Writer, plain
from analysis.pages.strings import size, strings
from analysis.quantities import Lang

#: As many as a reader takes in at a glance on the page of contents.
MOST_KEY_NUMBERS = 5


def chapter(chapter: Chapter, edition: Edition) -> str:
    """The page of a chapter, ``<lang>/<stem>.html``."""
    t, writer, lang = strings(chapter.lang), Writer(), chapter.lang
    title = plain(chapter.title)
    citation = t["cite_chapter"].format(title=title, name=edition.name, date=words.date(edition.date, lang))
    frame = Frame(f"{chapter.stem}.html", lang, title, plain(chapter.standfirst), citation)
    return layout.page(
        "chapter.html",
        frame,
        edition,
        chapter=chapter,
        headline=writer.inline(chapter.title),
        standfirst=writer.inline(chapter.standfirst),
        byline=list(byline(chapter, edition)),
        blocks=list(blocks.written(chapter, edition, writer)),
        downloads=list(_chapter_files(chapter, edition)),
        corrections=edition.corrections_of(chapter),
        date=words.date,
        neighbours=list(_neighbours(chapter, edition)),
    )


def _chapter_files(chapter: Chapter, edition: Edition) -> Iterator[blocks.Download]:
    lang, stem = chapter.lang, chapter.stem
    yield from blocks.download(edition, lang, f"{lang}/{stem}.pdf", "chapter_pdf")
    yield from blocks.download(edition, lang, f"data/{stem}.csv", "chapter_csv")
    yield from blocks.download(edition, lang, f"{lang}/{stem}.ipynb", "chapter_notebook")


def _neighbours(chapter: Chapter, edition: Edition) -> Iterator[tuple[str, str, str]]:
    """The chapters before and after: (rel, address, title)."""
    for other in edition.reading_order(chapter.lang):
        if abs(other.number - chapter.number) == 1:
            rel = "prev" if other.number < chapter.number else "next"
            yield rel, f"{other.stem}.html", plain(other.title)


@dataclass(frozen=True, slots=True)
class Proof:
    """What the page of proofs shows of one claim."""

    claim: Claim
    statement: str
    note: str
    printed: str
    facts: tuple[tuple[str, str], ...]
    place: str
    strip_label: str
    users: tuple[tuple[str, str], ...]

    @property
    def mark(self) -> float:
        """Where the number stands in the document, from 0 to 1000."""
        return round(1000 * self.claim.start / self.claim.document.length, 1)


def proofs(lang: Lang, edition: Edition) -> str:
    """The page of proofs of a language, ``<lang>/proofs.html``: an article per claim, by document."""
    t, users = strings(lang), edition.users(lang)
    told = {claim.id: _proof(claim, lang, users.get(claim.id, ())) for claim in edition.ledger.claims.values()}
    frame = Frame("proofs.html", lang, t["proofs_title"], t["proofs_description"], _citation(lang, edition))
    return layout.page(
        "proofs.html",
        frame,
        edition,
        groups=list(_groups(told.values(), edition.ledger.documents.values())),
        date=words.date,
        identity=proof.identity,
        title_of=proof.title,
        count=_count,
    )


def _groups(proofs: Iterable[Proof], documents: Iterable[Document]) -> Iterator[tuple[Document, list[Proof]]]:
    """Each document with the proofs of its claims; those that hold none come last."""
    of = {document.id: [each for each in proofs if each.claim.document.id == document.id] for document in documents}
    for document in sorted(documents, key=lambda document: not of[document.id]):
        yield document, of[document.id]


def _proof(claim: Claim, lang: Lang, users: tuple[Chapter, ...]) -> Proof:
    t, length = strings(lang), claim.document.length
    start, end, whole, line = (words.number(Decimal(n), lang) for n in (claim.start, claim.end, length, claim.line))
    percent = words.number(Decimal(100 * claim.start) / length, lang, 0)
    return Proof(
        claim,
        words.statement(claim, lang),
        words.note(claim, lang),
        proof.printed(claim),
        tuple(proof.facts(claim, lang)),
        t["place_text"].format(line=line, start=start, end=end, length=whole),
        t["place_strip"].format(percent=percent),
        tuple((f"{user.stem}.html#use-{claim.id}", plain(user.title)) for user in users),
    )


def _count(number: int, lang: Lang) -> str:
    key = {0: "claims_count_none", 1: "claims_count_one"}.get(number, "claims_count")
    return strings(lang)[key].format(count=number)


def contents(lang: Lang, edition: Edition) -> str:
    """The contents of a language, ``<lang>/index.html``."""
    t, writer = strings(lang), Writer()
    frame = Frame("index.html", lang, t["contents_title"], t["contents_description"], _citation(lang, edition))
    numbers = list(islice(_key_numbers(lang, edition), MOST_KEY_NUMBERS))
    return layout.page(
        "contents.html",
        frame,
        edition,
        key_numbers=blocks.key_numbers(numbers, lang, writer) if numbers else Markup(),
        findings=[(each, plain(each.title), writer.inline(each.standfirst)) for each in edition.reading_order(lang)],
        documents=edition.ledger.documents.values(),
        identity=proof.identity,
        title_of=proof.title,
        date=words.date,
        downloads=list(_edition_files(lang, edition)),
        proofs_count=len(edition.ledger.claims),
        corrections=edition.corrections,
    )


def _key_numbers(lang: Lang, edition: Edition) -> Iterator[dict[str, str]]:
    """The key numbers of the chapters, dealt in turn: the first of each, then the second of each."""
    piles = [list(_key_numbers_of(each)) for each in edition.reading_order(lang)]
    return (item for turn in zip_longest(*piles) for item in turn if item)


def _key_numbers_of(chapter: Chapter) -> Iterator[dict[str, str]]:
    for block in chapter.blocks:
        if isinstance(block, dict) and block["block"] == "key_numbers":
            yield from block["items"]


def _edition_files(lang: Lang, edition: Edition) -> Iterator[blocks.Download]:
    for path, count in sorted(edition.downloads.items()):
        if path.startswith("data/") or (path.startswith(f"{lang}/") and path.endswith(".pdf")):
            text = strings(lang)["download_link"].format(file=path.rpartition("/")[2], size=size(count, lang))
            yield blocks.Download(f"../{path}", text)


def entry(edition: Edition) -> str:
    """The first page of the edition, ``index.html``: the choice of a language, in each of them."""
    first = edition.languages[0]
    t = strings(first)
    frame = Frame("index.html", first, t["entry_title"], t["entry_description"], _citation(first, edition), up="")
    choices = [(lang, strings(lang), words.date(edition.date, lang)) for lang in edition.languages]
    body = layout.fragment("entry.html", first, choices=choices)
    return layout.document(frame, edition, body)


def _citation(lang: Lang, edition: Edition) -> str:
    return strings(lang)["cite_text"].format(name=edition.name, date=words.date(edition.date, lang))
