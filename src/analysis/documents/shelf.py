"""Which files are documents of ours: recognised by their bytes, whatever their name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.documents.canonical import canonical, fingerprint
from analysis.documents.cards import FOLDER, Document
from analysis.documents.formats import LARGEST, contents, extract
from analysis.errors import InputError, UsageError


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds: the canonical text of each document found, by id, and the text files that are none.

    ``files`` tells where each document was found.
    """

    folder: Path
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    foreign: tuple[Path, ...] = ()


def recognise(content: bytes, known: Iterable[Document]) -> Document | None:
    """The document whose file this is, whatever the file's name; also when only its line endings were changed."""
    digest = hashlib.sha256(content).hexdigest()
    known = tuple(known)
    for document in known:
        if document.sha256 == digest:
            return document
    try:
        text_digest = fingerprint(canonical(content))
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
    """The documents found in a folder, and the files there that should be documents and are none of them.

    These are text files that are unknown, and originals of which another text is read than the one on their card.
    """
    texts, files, foreign = {}, {}, []
    for file in sorted(place.iterdir()) if place.is_dir() else ():
        if not file.is_file() or file.stat().st_size > LARGEST:
            continue
        content = file.read_bytes()
        document = recognise(content, known.values())
        text = None if document is None else _text(content, document)
        if document is not None and text is not None:
            texts[document.id], files[document.id] = text, file
        elif document is not None or file.suffix == ".txt":
            foreign.append(file)
    return Shelf(place, texts, files, tuple(foreign))


def _text(content: bytes, document: Document) -> str | None:
    """The canonical text of a document's file; None where it is not the text that its card tells of."""
    # The kept text of a page may look like HTML itself, so the file is first taken as it stands.
    if _is_text_of(document, content):
        return canonical(content)
    try:
        text = extract(content).text
    except InputError:
        return None
    return text if fingerprint(text) == document.text_sha256 else None


def _is_text_of(document: Document, content: bytes) -> bool:
    try:
        return fingerprint(canonical(content)) == document.text_sha256
    except UnicodeDecodeError:
        return False


def add(paths: Iterable[Path], known: Mapping[str, Document], place: Path) -> list[tuple[Path, Document]]:
    """Recognises the files and puts the text of each into ``place`` as ``<document>.txt``; none if one is foreign.

    A text file is copied byte for byte, of HTML and PDF the canonical text is kept. Returns each path with its
    document. Raises UsageError for a path that is no file, InputError for a foreign one.
    """
    recognised = [(path, *_recognised(path, known)) for path in paths]
    place.mkdir(parents=True, exist_ok=True)
    for path, document, kept in recognised:
        target = place / f"{document.id}.txt"
        if path.resolve() != target.resolve():
            target.write_bytes(kept)
    return [(path, document) for path, document, _ in recognised]


def _recognised(path: Path, known: Mapping[str, Document]) -> tuple[Document, bytes]:
    """The document that a file is, and the bytes to keep of it."""
    content = contents(path)
    document = recognise(content, known.values())
    if document is None:
        raise InputError(
            f"not one of the {len(known)} documents",
            file=path,
            evidence=f"sha256 {hashlib.sha256(content).hexdigest()}",
            way_out=f"compare with sha256 in {FOLDER}/*.toml; a document that was edited or cut is another document",
        )
    text = _text(content, document)
    if text is None:
        raise InputError(
            "another text is read from this file than the one on its card",
            file=path,
            entry=document.id,
            evidence=f"not text_sha256 {document.text_sha256}",
            way_out="set up again, so that the libraries are those of the lock; or correct the card",
        )
    return document, content if _is_text_of(document, content) else text.encode()
