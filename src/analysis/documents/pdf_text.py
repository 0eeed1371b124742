"""PDF → text, page by page."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pypdf
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from analysis.documents.canonical import unified
from analysis.errors import InputError

#: A small file can unfold to a text without end.
_LONGEST = 20_000_000
_MOST_REMARKS = 5
#: What stands between two pages; the form feed begins the later one, so that pages can be found in the text alone.
_BREAK = "\n\n\f"


def extract(content: bytes, name: str) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    """The text of a PDF, where each of its pages starts, and what was amiss; ``name`` is what errors call the file.

    Raises InputError for a PDF that is encrypted, damaged, or has no text on any page. A page that cannot be read is
    an error too: a text with a gap would look whole.
    """
    pages: list[str] = []
    try:
        with _remarks() as remarks:
            pages.extend(_pages(content))
    except (FileNotDecryptedError, DependencyError) as error:
        raise _encrypted(name, error) from None
    except LimitReachedError as error:
        raise _unfolded(name, error) from None
    except Exception as error:  # noqa: BLE001  # a damaged file makes pypdf raise whatever it stumbles on
        raise _damaged(name, len(pages), error) from None
    if not any(pages):
        raise InputError(
            "the PDF has no text",
            file=name or None,
            evidence=f"{len(pages)} page{'' if len(pages) == 1 else 's'}, perhaps pictures of text",
            way_out="have the text recognised first, for instance: ocrmypdf FILE COPY",
        )
    return *_joined(pages), tuple(dict.fromkeys(remarks))[:_MOST_REMARKS]


def _pages(content: bytes) -> Iterator[str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileNotDecryptedError("it asks for a password")
    size = 0
    for page in reader.pages:
        text = _tidy(page.extract_text())
        size += len(text)
        if size > _LONGEST:
            raise LimitReachedError(f"more than {_LONGEST:,} characters of text")
        yield text


def _joined(pages: list[str]) -> tuple[str, tuple[int, ...]]:
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + len(_BREAK)
    return f"{_BREAK.join(pages)}\n", tuple(starts)


def _tidy(page: str) -> str:
    """The text of a page as it can be written in UTF-8: halves of characters joined or marked as unreadable."""
    whole = page.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unified(whole).replace("\0", "\N{REPLACEMENT CHARACTER}").replace("\f", "\n").strip()


@contextmanager
def _remarks() -> Iterator[list[str]]:
    """What pypdf logs of the faults that it works around, instead of writing it to standard error."""
    remarks: list[str] = []
    logger, handler = logging.getLogger("pypdf"), logging.Handler()
    handler.emit = lambda record: remarks.append(record.getMessage())  # type: ignore[method-assign]
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield remarks
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


def _encrypted(name: str, error: Exception) -> InputError:
    return InputError(
        "the PDF is encrypted",
        file=name or None,
        evidence=str(error),
        way_out="save a copy that is not, if its publisher allows it: qpdf --decrypt --password=… FILE COPY",
    )


def _damaged(name: str, pages: int, error: Exception) -> InputError:
    read = f"after {pages} page{'' if pages == 1 else 's'}, " if pages else ""
    return InputError(
        "the PDF is damaged",
        file=name or None,
        evidence=f"{read}{type(error).__name__}: {error}",
        way_out="fetch it again, or save it again from a viewer that opens it",
    )


def _unfolded(name: str, error: Exception) -> InputError:
    return InputError(
        "the PDF unfolds to more than is read",
        file=name or None,
        evidence=str(error),
        way_out="cut it into parts, or keep only the pages with text",
    )
