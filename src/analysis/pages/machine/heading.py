"""What stands in the head of a page for programs: canonical address, other languages, feed, cards, JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.notebooks.chapter import Chapter
from analysis.pages.edition import NAME, Edition
from analysis.pages.machine.linked import Thing, article, data_of_chapter, data_of_edition, embedded
from analysis.pages.machine.places import absolute
from analysis.pages.machine.reviews import reviews
from analysis.quantities import Lang

_LOCALES: dict[Lang, str] = {"fr": "fr_FR", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What the template writes into the head.

    ``canonical``   the public address of the page; empty while there is none
    ``alternates``  (language, address) of the page in each language, its own included; relative without an address
    ``cards``       (attribute, name, content) of the ``<meta>`` for programs that show links as cards
    ``linked``      JSON-LD, ready to stand in its element; empty where there is none
    """

    canonical: str
    alternates: tuple[tuple[str, str], ...]
    cards: tuple[tuple[str, str, str], ...]
    linked: Markup


def heading(
    path: str, lang: Lang, title: str, description: str, edition: Edition, chapter: Chapter | None = None
) -> Heading:
    """The heading of a page; ``path`` is its place in the edition: ``fr/adoption.html``, ``index.html``."""
    return Heading(
        absolute(edition, path),
        tuple(_alternates(path, edition)),
        tuple(_cards(path, lang, title, description, edition, chapter)),
        _embedded(path, lang, edition, chapter),
    )


def _alternates(path: str, edition: Edition) -> Iterator[tuple[str, str]]:
    folder, _, page = path.rpartition("/")
    for lang in edition.spoken(page):
        yield lang, absolute(edition, f"{lang}/{page}") or f"{'../' if folder else ''}{lang}/{page}"
    if edition.address and page == "index.html":
        yield "x-default", absolute(edition, "index.html")


def _cards(
    path: str, lang: Lang, title: str, description: str, edition: Edition, chapter: Chapter | None
) -> Iterator[tuple[str, str, str]]:
    yield "property", "og:site_name", NAME
    yield "property", "og:type", "article" if chapter else "website"
    yield "property", "og:title", title
    yield "property", "og:description", description
    yield "property", "og:locale", _LOCALES[lang]
    for other in edition.languages:
        if other != lang:
            yield "property", "og:locale:alternate", _LOCALES[other]
    if edition.address:
        yield "property", "og:url", absolute(edition, path)
    if chapter:
        yield "property", "article:published_time", edition.date
    picture = next(_pictures(chapter, edition), None) if chapter else None
    yield "name", "twitter:card", "summary_large_image" if picture else "summary"
    if picture:
        yield "property", "og:image", picture[0]
        yield "property", "og:image:type", "image/png"
        yield "property", "og:image:alt", picture[1]


def _pictures(chapter: Chapter, edition: Edition) -> Iterator[tuple[str, str]]:
    """Address and alternative text of the chapter's pictures; none without a public address, for it would not load."""
    for chart in chapter.charts if edition.address else ():
        path = f"{chapter.picture(chart)}.png"
        if path in edition.downloads:
            yield absolute(edition, path), chart["alt"]


def _embedded(path: str, lang: Lang, edition: Edition, chapter: Chapter | None) -> Markup:
    things: Sequence[Thing] = ()
    if chapter:
        things = [article(chapter, edition), *data_of_chapter(chapter, edition), *reviews(chapter, edition)]
    elif path == f"{lang}/index.html":
        things = [data_of_edition(lang, edition)]
    return embedded(things) if things else Markup()
