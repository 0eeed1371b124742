"""The bytes of a file → its canonical text: UTF-8 text, HTML or PDF, told apart by content; or why there is none."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analysis.documents.canonical import canonical, page_of
from analysis.errors import InputError, UsageError

Format = Literal["text", "html", "pdf"]

#: Larger files are not read: of a file that nobody knows, memory must not hang on its size.
LARGEST = 50_000_000
_HEAD = 4096
_PDF = b"%PDF-"
_PDF_END = b"startxref"
# Atomic throughout, so that no text makes it try twice.
_HTML = re.compile(
    r"(?>\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?>.*?-->)\s*+)*+)"
    r"<(?:!doctype\s+html|(?:html|head|title|meta|link|script|style|body|main|article|section|nav|header|div|span|table"
    r"|form|center|blockquote|pre|ul|ol|p|b|i|a|br|img|svg|h[1-6])[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_HTML_NAMES = (".html", ".htm", ".xhtml")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: What other files begin with, and what a person calls them.
_MAGIC = {
    b"PK\x03\x04": "a ZIP archive, as docx, odt, xlsx and epub files are",
    b"\xd0\xcf\x11\xe0": "an old Office file (doc, xls or ppt)",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
}
_CONTROLS = bytes({*range(32)} - set(b"\t\n\v\f\r\x1b"))
#: A text may hold a stray control character; one in so many makes the file binary, and so does any NUL.
_CONTROLS_IN_TEXT = 50
_AS_TEXT = "save it as UTF-8 text, HTML or PDF"


@dataclass(frozen=True, slots=True)
class Text:
    """The canonical text of a file. ``pages`` tells where each page starts, for a PDF; otherwise it is empty.

    The pages of a PDF are parted by an empty line and a form feed, so that they can be told in the text alone. Where
    the file has faults that could be worked around, ``remarks`` names them: then the text may have gaps.
    """

    text: str
    format: Format
    pages: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()

    def page(self, offset: int) -> int | None:
        """The page, from 1, in which a character stands; None where the format has no pages."""
        return page_of(self.pages, offset) if self.pages else None


def contents(path: Path) -> bytes:
    """A file's bytes; of a file that is too large, none are kept.

    Raises UsageError where there is no such file, InputError where it is too large or cannot be read.
    """
    refuse_missing(path)
    try:
        # A pipe has no size to be told, so that it is read, but never further than what is too much.
        if (size := path.stat().st_size) <= LARGEST:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
            size = len(content)
    except OSError as error:
        raise InputError("the file cannot be read", file=path, evidence=error.strerror) from None
    if size > LARGEST:
        raise _too_large(path, size)
    return content


def refuse_missing(path: Path) -> None:
    """Raises UsageError where there is no such file."""
    if path.is_dir():
        raise UsageError("a folder, not a file", file=path, way_out="name the files in it")
    if not path.exists():
        raise UsageError("no such file", file=path, way_out="check the path")


def _too_large(file: object, size: int) -> InputError:
    return InputError(
        "the file is too large",
        file=file,
        evidence=f"{size:,} bytes or more; at most {LARGEST:,} are read",
        way_out="cut it into parts; a PDF of pictures shrinks when only its text is kept",
    )


def extract(content: bytes, name: str = "") -> Text:
    """The canonical text of a file's bytes; ``name`` is what errors call the file.

    What is PDF or HTML tells so by its first bytes, or else by the ending ``.html``; the rest must be text in UTF-8.
    Of HTML, what a browser does not show is left out (see ``html_text``), and the charset it declares is followed.

    Raises InputError for what has no text that could be read: an empty or a binary file, another encoding than
    UTF-8, a PDF that is encrypted, damaged or made of pictures only, HTML without text, a file that is too large.

    >>> extract(b"<p>19&nbsp;%<script>27</script></p>")
    Text(text='19\\xa0%\\n', format='html', pages=(), remarks=())
    """
    if len(content) > LARGEST:
        raise _too_large(name or None, len(content))
    if not content.strip():
        raise InputError("the file is empty", file=name or None, evidence=f"{len(content)} bytes, none of them text")
    head = content[:_HEAD]
    if head.startswith(_PDF) or (_PDF in head and _PDF_END in content[-_HEAD:]):
        # Imported only where there is a PDF: it takes longer than all the rest of this package.
        from analysis.documents import pdf_text  # noqa: PLC0415

        text, pages, remarks = pdf_text.extract(content, name)
        return Text(text, "pdf", pages, remarks)
    if _HTML.match(_loosely(head)) or name.lower().endswith(_HTML_NAMES):
        from analysis.documents import html_text  # noqa: PLC0415  # the same for HTML

        return Text(html_text.extract(content, name), "html")
    return Text(_plain(content, name), "text")


def _loosely(head: bytes) -> str:
    """The first bytes as text that a tag can be found in, in whatever encoding."""
    encoding = "utf-16" if head.startswith(_UTF16) else "latin-1"
    return head.removeprefix(codecs.BOM_UTF8).decode(encoding, "ignore")


def _plain(content: bytes, name: str) -> str:
    _refuse_binary(content, name)
    try:
        text = canonical(content)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        around = content[max(0, error.start - 12) : error.start + 12].decode("windows-1252", "replace")
        raise InputError(
            "the file is not UTF-8",
            file=name or None,
            evidence=f'byte 0x{content[error.start]:02X} in line {line}; as windows-1252: "{" ".join(around.split())}"',
            way_out="save it as UTF-8, for instance: iconv -f windows-1252 -t utf-8 FILE > COPY",
        ) from None
    if not text.strip():
        raise InputError("the file is empty", file=name or None, evidence="nothing but blanks")
    return text


def _refuse_binary(content: bytes, name: str) -> None:
    """Raises InputError for bytes that are no text in any encoding that is a superset of ASCII."""
    if content.startswith(_UTF16):
        raise InputError(
            "the file is not UTF-8",
            file=name or None,
            evidence="it begins with the mark of UTF-16",
            way_out="save it as UTF-8, for instance: iconv -f utf-16 -t utf-8 FILE > COPY",
        )
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            raise InputError("the file is not text", file=name or None, evidence=f"it is {what}", way_out=_AS_TEXT)
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if b"\0" in content or controls > len(content) // _CONTROLS_IN_TEXT:
        raise InputError(
            "the file is binary",
            file=name or None,
            evidence=f"{controls} control characters, which no text has",
            way_out=_AS_TEXT,
        )
