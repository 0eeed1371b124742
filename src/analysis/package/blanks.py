"""What no row uses of a SQLite file, filled with zeros: SQLite leaves there whatever its memory held.

A page holds a header, pointers to its cells, and the cells; a long cell goes on over pages of its own. What lies
between says nothing, and differs between versions of SQLite.
The layout is that of https://www.sqlite.org/fileformat2.html, sections 1.3 to 1.6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_INDEX_INTERIOR, _TABLE_INTERIOR, _INDEX_LEAF, _TABLE_LEAF = 2, 5, 10, 13
_KINDS = (_INDEX_INTERIOR, _TABLE_INTERIOR, _INDEX_LEAF, _TABLE_LEAF)
#: The header of the file, on its first page: change counter, and the change for which the next two are true: which
#: SQLite wrote it.
_FILE_HEADER = 100
_COUNTER, _VALID_FOR, _VERSION = slice(24, 28), slice(92, 96), slice(96, 100)
_ONCE = (1).to_bytes(4, "big")


def cleared(content: bytes, page_size: int) -> bytes:
    """The same database without anything that the rows do not say.

    ``content`` holds no deleted page, and no bytes reserved at the end of its pages.
    """
    made = bytearray(len(content))
    for start in range(0, len(content), page_size):
        page = _Page(content[start : start + page_size], _FILE_HEADER if start == 0 else 0)
        for first, last in page.used() if page.kind in _KINDS else ():
            made[start + first : start + last] = page.bytes[first:last]
        for number, length in page.overflowing() if page.kind in _KINDS else ():
            _keep_chain(content, made, number, length, page_size)
    made[_COUNTER], made[_VALID_FOR], made[_VERSION] = _ONCE, _ONCE, bytes(4)
    return bytes(made)


def _keep_chain(content: bytes, made: bytearray, number: int, length: int, page_size: int) -> None:
    """The pages over which a long cell goes on: each begins with the number of the next."""
    while number:
        start = (number - 1) * page_size
        end = start + 4 + min(length, page_size - 4)
        made[start:end] = content[start:end]
        length -= page_size - 4
        number = _big(content, start, 4)


@dataclass(frozen=True, slots=True)
class _Page:
    bytes: bytes
    header: int

    @property
    def kind(self) -> int:
        return self.bytes[self.header]

    def used(self) -> Iterator[tuple[int, int]]:
        """The stretches that mean something: headers, pointers, cells, and where space is left between cells."""
        yield 0, self._pointers + 2 * self._count
        yield from ((start, start + self._spans(start)[0]) for start in self._cells())
        free = _big(self.bytes, self.header + 1, 2)
        while free:
            yield free, free + 4
            free = _big(self.bytes, free, 2)

    def overflowing(self) -> Iterator[tuple[int, int]]:
        """Where cells go on: number of the page, length of what stands there."""
        for start in self._cells():
            span, rest = self._spans(start)
            if rest:
                yield _big(self.bytes, start + span - 4, 4), rest

    @property
    def _count(self) -> int:
        return _big(self.bytes, self.header + 3, 2)

    @property
    def _pointers(self) -> int:
        return self.header + (12 if self.kind in (_INDEX_INTERIOR, _TABLE_INTERIOR) else 8)

    def _cells(self) -> Iterator[int]:
        return (_big(self.bytes, self._pointers + 2 * number, 2) for number in range(self._count))

    def _spans(self, start: int) -> tuple[int, int]:
        """The length of a cell on this page, and the length of what stands elsewhere."""
        at = start + (4 if self.kind in (_INDEX_INTERIOR, _TABLE_INTERIOR) else 0)
        payload, at = _varint(self.bytes, at)
        if self.kind == _TABLE_INTERIOR:
            return at - start, 0
        if self.kind == _TABLE_LEAF:
            _, at = _varint(self.bytes, at)
        here = self._local(payload)
        rest = payload - here
        return max(4, at - start + here + (4 if rest else 0)), rest

    def _local(self, payload: int) -> int:
        """How much of a payload stands on the page itself."""
        usable = len(self.bytes)
        most = usable - 35 if self.kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if payload <= most:
            return payload
        least = (usable - 12) * 32 // 255 - 23
        here = least + (payload - least) % (usable - 4)
        return here if here <= most else least


def _big(content: bytes | bytearray, at: int, length: int) -> int:
    return int.from_bytes(content[at : at + length], "big")


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, seven bits in each but the ninth, and where the next thing begins."""
    number = 0
    for place in range(at, at + 8):
        number = number << 7 | content[place] & 0x7F
        if content[place] < 0x80:
            return number, place + 1
    return number << 8 | content[at + 8], at + 9
