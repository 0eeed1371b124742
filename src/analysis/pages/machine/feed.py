"""The Atom feed of a language (RFC 4287): the edition, and each correction of what an edition had published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from analysis import words
from analysis.pages.edition import NAME, Correction, Edition
from analysis.pages.machine.places import absolute, file_of, moment, name, writable
from analysis.pages.markdown import plain
from analysis.pages.strings import strings
from analysis.quantities import Lang

#: Its name, in the folder of its language.
FEED = "feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(lang: Lang, edition: Edition) -> bytes:
    """The file ``<lang>/feed.xml``. Its addresses are relative to it while the edition has no public one."""
    t = strings(lang)
    root = ElementTree.Element("feed", {"xmlns": _ATOM, _LANG: lang})
    _text(root, "id", name(lang, "feed"))
    _text(root, "title", NAME)
    _text(root, "subtitle", t["tagline"])
    _text(root, "updated", moment(edition.date))
    _text(root, "rights", t["licence_text"])
    _text(ElementTree.SubElement(root, "author"), "name", NAME)
    _link(root, "alternate", _place("index.html", lang, edition), "text/html")
    if edition.address:
        _link(root, "self", absolute(edition, f"{lang}/{FEED}"), "application/atom+xml")
    _edition(root, lang, edition)
    for identity, correction in _identified(edition.corrections, lang):
        _correction(root, identity, correction, lang, edition)
    return file_of(root)


def _edition(root: ElementTree.Element, lang: Lang, edition: Edition) -> None:
    title = strings(lang)["masthead_edition"].format(date=words.date(edition.date, lang))
    summary = " · ".join(plain(chapter.title) for chapter in edition.reading_order(lang))
    _entry(root, name(lang, "edition", edition.name), title, edition.date, summary, _place("index.html", lang, edition))


def _correction(root: ElementTree.Element, identity: str, correction: Correction, lang: Lang, edition: Edition) -> None:
    title = strings(lang)["feed_correction"].format(date=words.date(correction.date, lang))
    place = _place(f"proofs.html#{min(correction.claims)}", lang, edition)
    _entry(root, identity, title, correction.date, correction.text[lang], place)


def _identified(corrections: tuple[Correction, ...], lang: Lang) -> Iterator[tuple[str, Correction]]:
    """Each correction with its name: its day and what it corrects, and from the second of a day on, a number."""
    met: Counter[str] = Counter()
    for correction in corrections:
        identity = name(lang, "correction", correction.date, *sorted(correction.claims))
        met[identity] += 1
        yield identity if met[identity] == 1 else f"{identity}/{met[identity]}", correction


def _entry(root: ElementTree.Element, identity: str, title: str, date: str, summary: str, place: str) -> None:
    entry = ElementTree.SubElement(root, "entry")
    _text(entry, "id", identity)
    _text(entry, "title", title)
    _text(entry, "updated", moment(date))
    _text(entry, "published", moment(date))
    _link(entry, "alternate", place, "text/html")
    _text(entry, "summary", summary)


def _place(path: str, lang: Lang, edition: Edition) -> str:
    return absolute(edition, f"{lang}/{path}") or path


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = writable(text)


def _link(parent: ElementTree.Element, relation: str, address: str, media_type: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "type": media_type, "href": writable(address)})
