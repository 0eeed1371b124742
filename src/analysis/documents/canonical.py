"""The canonical text of a file: what every offset counts in, and the way from there back into the file."""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def canonical(content: bytes) -> str:
    """The canonical text of a text file: decoded as UTF-8, without byte order mark, every line ending a single ``\\n``.

    Offsets of claims count the characters of this text. Raises UnicodeDecodeError.

    >>> canonical(b"19\\xc2\\xa0%\\r\\n27 %\\r")
    '19\\xa0%\\n27 %\\n'
    """
    return unified(content.decode("utf-8"))


def unified(text: str) -> str:
    """A text without byte order mark, every line ending a single ``\\n``."""
    return text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")


def fingerprint(text: str) -> str:
    """The SHA-256 of a canonical text in UTF-8, as an identity card keeps it."""
    return hashlib.sha256(text.encode()).hexdigest()


def source_offsets(content: bytes) -> Callable[[int], int]:
    """Leads offsets of a text file's canonical text back into the file decoded as it is (``\\r\\n`` and mark included).

    The file is read through once, each offset then takes logarithmic time. Raises UnicodeDecodeError.

    >>> source = source_offsets(b"a\\r\\nb")
    >>> source(1), source(2)
    (1, 3)
    """
    decoded = content.decode("utf-8")
    text = decoded.removeprefix(_BOM)
    mark = len(decoded) - len(text)
    # Where the canonical text has one character and the file two: each pair before it has lost one.
    pairs = array("q", (found.start() - index for index, found in enumerate(re.finditer("\r\n", text))))
    return lambda offset: offset + mark + bisect_left(pairs, offset)


def source_offset(content: bytes, offset: int) -> int:
    """Where one character of the canonical text stands in the file decoded as it is; see ``source_offsets``.

    >>> source_offset(b"a\\r\\nb", 2)
    3
    """
    return source_offsets(content)(offset)


def lines(text: str) -> Callable[[int], int]:
    """Tells the line, from 1, in which each character of a canonical text stands, in logarithmic time.

    >>> line = lines("one\\ntwo")
    >>> line(3), line(4)
    (1, 2)
    """
    ends = array("q", (found.start() for found in re.finditer("\n", text)))
    return lambda offset: bisect_left(ends, offset) + 1


def line_of(text: str, offset: int) -> int:
    """The line, from 1, in which a character of the canonical text stands."""
    return text.count("\n", 0, offset) + 1


def page_of(pages: tuple[int, ...], offset: int) -> int:
    """The page, from 1, in which a character stands, where each page starts as ``pages`` tells.

    >>> page_of((0, 10), 9), page_of((0, 10), 10)
    (1, 2)
    """
    return bisect_right(pages, offset)
