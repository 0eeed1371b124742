"""Where things of an edition are, and the names by which machines know them for ever."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from analysis.pages.edition import Edition

#: The authority of all tag: addresses (RFC 4151). Its top-level domain is nobody's and never will be (RFC 2606), so no
#: one else can have named a thing so. It stays when an edition gets a public address: what changes its name is new.
_AUTHORITY = "tag:etat-du-nuage.invalid,2026:"
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def absolute(edition: Edition, path: str) -> str:
    """The public address of a file of the edition; empty while the edition has none."""
    return f"{edition.address.rstrip('/')}/{path}" if edition.address else ""


def link(edition: Edition, path: str, up: str = "../") -> str:
    """The address of a file, as seen from a page that stands ``up`` away from the edition's folder."""
    return absolute(edition, path) or f"{up}{path}"


def name(*parts: str) -> str:
    """The tag: address of a thing, the same in every edition and wherever that is published.

    >>> name("fr", "edition", "2026-11")
    'tag:etat-du-nuage.invalid,2026:fr/edition/2026-11'
    """
    return _AUTHORITY + "/".join(parts)


def moment(date: str) -> str:
    """A day as a moment: editions know no hour.

    >>> moment("2026-11-21")
    '2026-11-21T00:00:00Z'
    """
    return f"{date}T00:00:00Z"


def writable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def file_of(root: ElementTree.Element) -> bytes:
    """An XML file, an element a line."""
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
