"""The documents: identity cards, bytes → canonical text, recognition by fingerprint, passages."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis import records
from analysis.errors import InputError, UsageError
from analysis.quantities import Lang

FOLDER = Path("data/raw/documents")
#: Larger files are not read when looking for documents in a folder, nor taken in.
LARGEST = 50_000_000
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Document:
    """The identity card of a document; its text stays with whoever holds it.

    ``sha256`` is that of the file as received, ``text_sha256`` and ``length`` (in characters) those of its canonical
    text. What ends in ``_fr`` and ``_en`` is told to readers.
    """

    id: str
    title: str
    publisher: str
    authors: tuple[str, ...]
    language: Lang
    date: str
    date_known_fr: str
    date_known_en: str
    address: str
    address_note_fr: str
    address_note_en: str
    terms_fr: str
    terms_en: str
    licence_open: bool
    sha256: str
    text_sha256: str
    length: int
    remarks_fr: str = ""
    remarks_en: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's canonical text, ``text[start:end]``."""

    document: Document
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds: the canonical text of each document found, by id, and the text files that are none.

    ``files`` tells where each document was found.
    """

    folder: Path
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    foreign: tuple[Path, ...] = ()


def cards(project: Path) -> dict[str, Document]:
    """The identity cards of the project, by document id, in the order of their ids.

    Raises InputError or Problems where a card does not hold together.
    """
    found = {}
    for file in sorted((project / FOLDER).glob("*.toml")):
        shown = file.relative_to(project)
        card = records.build(Document, records.load(file), file=shown, name="card")
        if card.id != file.stem:
            raise InputError("the id is not the file's name", file=shown, evidence=f'id = "{card.id}"')
        found[card.id] = card
    return found


def canonical(content: bytes) -> str:
    """The canonical text of a file: decoded as UTF-8, without byte order mark, every line ending a single ``\\n``.

    Offsets of claims count the characters of this text. Raises UnicodeDecodeError.

    >>> canonical(b"19\\xc2\\xa0%\\r\\n27 %\\r")
    '19\\xa0%\\n27 %\\n'
    """
    return content.decode("utf-8").removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")


def source_offset(content: bytes, offset: int) -> int:
    """Where a character of the canonical text stands in the file decoded as it is (with its ``\\r\\n`` and mark).

    >>> source_offset(b"a\\r\\nb", 2)
    3
    """
    decoded = content.decode("utf-8")
    position = len(decoded) - len(decoded.removeprefix(_BOM))
    for _ in range(offset):
        position += 2 if decoded.startswith("\r\n", position) else 1
    return position


def line_of(text: str, offset: int) -> int:
    """The line, from 1, in which a character of the canonical text stands."""
    return text.count("\n", 0, offset) + 1


def recognise(content: bytes, known: Iterable[Document]) -> Document | None:
    """The document whose file this is, whatever the file's name; also when only its line endings were changed."""
    digest = hashlib.sha256(content).hexdigest()
    known = tuple(known)
    for document in known:
        if document.sha256 == digest:
            return document
    try:
        text_digest = hashlib.sha256(canonical(content).encode()).hexdigest()
    except UnicodeDecodeError:
        return None
    return next((document for document in known if document.text_sha256 == text_digest), None)


def folder(project: Path, given: Path | None = None) -> Path:
    """The folder where texts are looked for: the one given, or ``NUAGE_DOCUMENTS``, or the project's own.

    Raises UsageError where a folder was named that does not exist.
    """
    named = given or (Path(os.environ["NUAGE_DOCUMENTS"]) if os.environ.get("NUAGE_DOCUMENTS") else None)
    if named is not None and not named.is_dir():
        raise UsageError(
            "no such folder of documents", file=named, way_out="name one with --documents DIR or NUAGE_DOCUMENTS"
        )
    return named or project / FOLDER


def shelf(place: Path, known: Mapping[str, Document]) -> Shelf:
    """The documents found in a folder, and the ``.txt`` files there that are none of them."""
    texts, files, foreign = {}, {}, []
    for file in sorted(place.iterdir()) if place.is_dir() else ():
        if not file.is_file() or file.stat().st_size > LARGEST:
            continue
        content = file.read_bytes()
        document = recognise(content, known.values())
        if document is not None:
            texts[document.id], files[document.id] = canonical(content), file
        elif file.suffix == ".txt":
            foreign.append(file)
    return Shelf(place, texts, files, tuple(foreign))


def add(paths: Iterable[Path], known: Mapping[str, Document], place: Path) -> list[tuple[Path, Document]]:
    """Recognises the files and copies each to ``place`` as ``<document>.txt``; none is copied if one is foreign.

    Returns each path with its document. Raises UsageError for a path that is no file, InputError for a foreign one.
    """
    recognised = [(path, _recognised(path, known)) for path in paths]
    place.mkdir(parents=True, exist_ok=True)
    for path, document in recognised:
        target = place / f"{document.id}.txt"
        if path.resolve() != target.resolve():
            shutil.copyfile(path, target)
    return recognised


def _recognised(path: Path, known: Mapping[str, Document]) -> Document:
    if not path.is_file():
        raise UsageError("no such file", file=path, way_out="name the files of the documents")
    if path.stat().st_size > LARGEST:
        raise InputError("too large for one of the documents", file=path, evidence=f"{path.stat().st_size} bytes")
    content = path.read_bytes()
    document = recognise(content, known.values())
    if document is None:
        raise InputError(
            f"not one of the {len(known)} documents",
            file=path,
            evidence=f"sha256 {hashlib.sha256(content).hexdigest()}",
            way_out=f"compare with sha256 in {FOLDER}/*.toml; a document that was edited or cut is another document",
        )
    return document
