"""The list of an edition's pages for search engines (sitemaps.org), each with its other languages."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from analysis.pages.edition import Edition
from analysis.pages.machine.places import absolute, file_of

#: Its name, in the folder of the edition.
SITEMAP = "sitemap.xml"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(pages: Iterable[str], edition: Edition) -> bytes:
    """The file ``sitemap.xml`` of these pages, given by their places in an edition that has a public address."""
    listed = sorted(pages)
    root = ElementTree.Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for path in listed:
        url = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(url, "loc").text = absolute(edition, path)
        ElementTree.SubElement(url, "lastmod").text = edition.date
        folder, _, page = path.partition("/")
        for lang in edition.languages:
            if folder in edition.languages and f"{lang}/{page}" in listed:
                there = {"rel": "alternate", "hreflang": lang, "href": absolute(edition, f"{lang}/{page}")}
                ElementTree.SubElement(url, "xhtml:link", there)
    return file_of(root)
