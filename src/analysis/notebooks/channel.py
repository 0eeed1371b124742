"""Messages over a socket, which has no notion of where one ends: each goes after its length."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_LENGTH = struct.Struct("!Q")
# Bound here, so that a notebook that replaces what the standard library offers breaks nothing.
_pack, _unpack_from = _LENGTH.pack, _LENGTH.unpack_from


class TooLong(Exception):
    """A message is longer than the reader takes."""


def framed(message: bytes) -> bytes:
    """The message after its length."""
    return _pack(len(message)) + message


class Reader:
    """Bytes as they come → whole messages.

    >>> reader = Reader(limit=10)
    >>> list(reader.feed(framed(b"one") + framed(b"two")[:9])), list(reader.feed(b"wo"))
    ([b'one'], [b'two'])
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = bytearray()

    def feed(self, received: bytes) -> Iterator[bytes]:
        """The messages that are now whole. Raises TooLong as soon as one is announced, before it is held."""
        self._held += received
        while len(self._held) >= _LENGTH.size:
            (length,) = _unpack_from(self._held)
            if length > self._limit:
                raise TooLong
            end = _LENGTH.size + length
            if len(self._held) < end:
                return
            message = bytes(self._held[_LENGTH.size : end])
            del self._held[:end]
            yield message
