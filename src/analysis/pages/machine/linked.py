"""JSON-LD of a page in the vocabulary of schema.org: the article, the data behind it, the works it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup

from analysis.documents import Document
from analysis.notebooks.chapter import Chapter
from analysis.package import LICENCES
from analysis.pages import proof
from analysis.pages.edition import NAME, Edition
from analysis.pages.machine.coverage import Coverage, Entry, coverage
from analysis.pages.machine.places import link
from analysis.pages.markdown import plain
from analysis.pages.strings import strings
from analysis.quantities import Lang
from analysis.series import Series

#: A thing of schema.org, as JSON has it.
Thing = dict[str, Any]
ORGANISATION: Thing = {"@type": "Organization", "name": NAME}
_MEDIA = {"csv": "text/csv", "sqlite": "application/vnd.sqlite3", "json": "application/json"}
#: Characters that could end the element, or that once ended a line of script, as JSON lets them be written.
_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def embedded(things: Sequence[Thing]) -> Markup:
    """The things as the content of a ``<script type="application/ld+json">``: nothing in them can end it."""
    graph = {"@context": "https://schema.org", "@graph": _once(things, set())}
    written = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.translate(_ESCAPES))


def _once(told: Any, met: set[str]) -> Any:
    """The same, with each thing that has a name described where it is met first, and after that only named."""
    match told:
        case {"@id": name, **others}:
            met_before = name in met
            met.add(name)
            return {"@id": name} if met_before else {"@id": name, **_once(others, met)}
        case dict():
            return {key: _once(value, met) for key, value in told.items()}
        case list():
            return [_once(each, met) for each in told]
        case _:
            return told


def article(chapter: Chapter, edition: Edition) -> Thing:
    """The chapter as an article."""
    used = coverage([edition[name] for name in chapter.claims], chapter.lang)
    return {
        "@type": "Article",
        "headline": plain(chapter.title),
        "url": link(edition, f"{chapter.lang}/{chapter.stem}.html"),
        "datePublished": edition.date,
        "inLanguage": chapter.lang,
        "author": ORGANISATION,
        "publisher": ORGANISATION,
        "isPartOf": _edition(chapter.lang, edition),
        "license": licences(),
        "citation": _works(used, edition, chapter.lang),
    }


def data_of_chapter(chapter: Chapter, edition: Edition) -> Iterator[Thing]:
    """The table that bears the chapter's name; nothing where the edition holds none."""
    path = f"data/{chapter.notebook or chapter.stem}.csv"
    if path not in edition.downloads:
        return
    family = [claim for claim in edition.ledger.claims.values() if claim.table == (chapter.notebook or chapter.stem)]
    entries: Sequence[Entry] = family or [edition[name] for name in chapter.claims]
    about, lang = coverage(entries, chapter.lang), chapter.lang
    described = {
        "name": strings(lang)["data_name"].format(title=plain(chapter.title)),
        "description": strings(lang)["data_description"],
    }
    yield described | _data([path], about, _works(about, edition, lang), lang, edition)


def data_of_edition(lang: Lang, edition: Edition) -> Thing:
    """All tables of the edition, as one data set."""
    t = strings(lang)
    paths = [path for path in sorted(edition.downloads) if path.startswith("data/")]
    about = coverage([*edition.ledger.claims.values(), *edition.observations], lang)
    works = _works(about, edition, lang)
    described = {"name": t["contents_title"], "description": t["contents_description"]}
    return described | _data(paths, about, works, lang, edition)


def licences() -> list[str]:
    """The addresses of the licences: any of them will do."""
    return [licence.path for licence in LICENCES]


def work(document: Document, edition: Edition, lang: Lang) -> Thing:
    """A document, with its address where it has one that can be followed."""
    made = {
        "@type": "CreativeWork",
        "@id": f"_:{document.id}",
        "name": proof.title(document),
        "publisher": {"@type": "Organization", "name": document.publisher},
        "datePublished": document.date,
        "inLanguage": document.language,
    }
    place = document.address if proof.followed(document.address) else ""
    return made | {"url": place or link(edition, f"{lang}/proofs.html#document-{document.id}")}


def _edition(lang: Lang, edition: Edition) -> Thing:
    return {
        "@type": "PublicationIssue",
        "name": NAME,
        "issueNumber": edition.name,
        "datePublished": edition.date,
        "url": link(edition, f"{lang}/index.html"),
    }


def _works(used: Coverage, edition: Edition, lang: Lang) -> list[Thing]:
    documents = [work(document, edition, lang) for document in used.documents]
    return documents + [_series(series, lang) for series in used.series]


def _series(series: Series, lang: Lang) -> Thing:
    made = {
        "@type": "Dataset",
        "@id": f"_:{series.id}",
        "name": proof.series_title(series, lang),
        "creator": {"@type": "Organization", "name": series.publisher},
    }
    return made | ({"url": series.address} if proof.followed(series.address) else {})


def _data(paths: Iterable[str], about: Coverage, works: list[Thing], lang: Lang, edition: Edition) -> Thing:
    return {
        "@type": "Dataset",
        "url": link(edition, f"{lang}/index.html#downloads"),
        "version": edition.name,
        "datePublished": edition.date,
        "license": licences(),
        "isAccessibleForFree": True,
        "creator": ORGANISATION,
        "temporalCoverage": about.interval,
        "spatialCoverage": list(about.places),
        "variableMeasured": list(about.measures),
        "distribution": [_file(path, edition) for path in paths],
        "isBasedOn": works,
    }


def _file(path: str, edition: Edition) -> Thing:
    return {
        "@type": "DataDownload",
        "contentUrl": link(edition, path),
        "encodingFormat": media_type(path),
        "contentSize": f"{edition.downloads[path]} B",
    }


def media_type(path: str) -> str:
    """The media type of a file of data.

    >>> media_type("data/claims.csv")
    'text/csv'
    """
    return _MEDIA.get(path.rpartition(".")[2], "application/octet-stream")
