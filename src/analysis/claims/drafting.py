"""Adding a document: its identity card, its text, and a draft of a claim for each number that measures something."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis import documents, reading
from analysis.claims.anchors import fingerprint, fold
from analysis.claims.binding import Binding, binding
from analysis.claims.claim import FOLDER, Anchor
from analysis.claims.drafts import LEFT_OPEN
from analysis.claims.ledger import Ledger, load
from analysis.documents import Text
from analysis.errors import InputError, SetupError, UsageError
from analysis.quantities import Lang, Quantity
from analysis.reading import language

_ID = re.compile(r"[a-z][a-z0-9_]*")
_CARD = """\
# Fill in the fields that are still empty; nuage verify lists them until none is left.
id = {id}
title = ""            # as printed
publisher = ""
authors = []
language = {language}       # guessed: check it
date = ""             # of publication, in ISO: 2031-06-01
date_known_fr = ""    # how the date is known, a sentence in French
date_known_en = ""    # the same in English
address = ""          # where it can be read: https://…
address_note_fr = ""  # what stands there
address_note_en = ""
terms_fr = ""         # what its publisher allows
terms_en = ""
licence_open = false
sha256 = {sha256}
text_sha256 = {text_sha256}
length = {length}
"""
_OPENING = """\
document = {id}

# A draft for each number that measures something, as it was read. Fill in its empty fields, give it an id that tells
# what it is, and write [[claim]] instead of [[draft]]; nuage verify lists what is left. CONTRIBUTING.md tells of the
# fields. A number that is no claim is removed here and accounted for as [[unused]], with its reason.
"""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The files that were written for a document, how many numbers were drafted as claims, and what was amiss in it."""

    card: Path
    text: Path
    ledger: Path
    drafts: int
    remarks: tuple[str, ...] = ()


def draft(path: Path, document: str, project: Path, place: Path | None = None) -> Drafted:
    """Takes in the file at ``path`` under the id ``document``: writes its card, its text and its drafts of claims.

    The text goes to ``place``, or else to the project's folder of documents; of HTML and PDF the canonical text is
    kept. Either all three files are written or none. Raises UsageError for an id that is no name and for a path that is
    no file, InputError for a file that has no text, that is a document already, or whose card, text or claims are
    there already, SetupError where nothing can be written, Problems where the ledger does not hold together.
    """
    if not _ID.fullmatch(document):
        raise UsageError("the id is not a name", entry=f'"{document}"', way_out="use a to z, digits and _")
    content = documents.contents(path)
    text = documents.extract(content, str(path))
    ledger = load(project)
    if known := documents.recognise(content, ledger.documents.values()):
        raise InputError(f'this is already the document "{known.id}"', file=path, evidence=f"sha256 {known.sha256}")
    lang = language.of_opening(text.text)
    figures = [quantity for quantity in reading.scan(text.text) if quantity.is_figure]
    drafted = Drafted(
        project / documents.FOLDER / f"{document}.toml",
        (place or project / documents.FOLDER) / f"{document}.txt",
        project / FOLDER / f"{document}.toml",
        len(figures),
        text.remarks,
    )
    _write(
        {
            drafted.text: content if text.format == "text" else text.text.encode(),
            drafted.card: _card(document, content, text, lang).encode(),
            drafted.ledger: "\n".join(_entries(document, figures, text.text, lang, ledger)).encode(),
        }
    )
    return drafted


def _card(document: str, content: bytes, text: Text, lang: Lang) -> str:
    return _CARD.format(
        id=_quoted(document),
        language=_quoted(lang),
        sha256=_quoted(hashlib.sha256(content).hexdigest()),
        text_sha256=_quoted(hashlib.sha256(text.text.encode()).hexdigest()),
        length=len(text.text),
    )


def _entries(document: str, figures: Iterable[Quantity], text: str, lang: Lang, ledger: Ledger) -> Iterator[str]:
    yield _OPENING.format(id=_quoted(document))
    line, ids = documents.lines(text), _free_ids(document, ledger)
    for quantity in figures:
        yield _entry(next(ids), quantity, text, lang, line)


def _free_ids(document: str, ledger: Ledger) -> Iterator[str]:
    taken = ledger.claims.keys() | ledger.names.keys() | ledger.drafts.keys()
    number = 0
    while True:
        number += 1
        if (name := f"{document}_{number:03}") not in taken:
            yield name


def _entry(name: str, quantity: Quantity, text: str, lang: Lang, line: Callable[[int], int]) -> str:
    bound = binding(quantity, text, lang)
    noted = {
        "id": _quoted(name),
        "table": '""',
        "printed": _quoted(fold(quantity.printed)),
        "at": f"[{quantity.start}, {quantity.end}]",
        "line": str(line(quantity.start)),
        "context": _quoted(fingerprint(text, quantity.start, quantity.end)),
        **{key: _table(words) for key, words in (("cue", bound.cue), ("unit_words", bound.unit_words)) if words},
    }
    fields = noted | dict.fromkeys((each for each in LEFT_OPEN if each not in noted), '""')
    return "\n".join(["[[draft]]", *_remarks(quantity, bound), *(f"{k} = {v}" for k, v in fields.items()), ""])


def _remarks(quantity: Quantity, bound: Binding) -> Iterator[str]:
    yield f"# {quantity.kind}: {quantity.interval} {quantity.unit or ''}".rstrip() + f", {quantity.bound}"
    if not bound.suffices:
        yield "# Read without the text around it, it is another number: find the words for cue or unit_words."


def _table(words: Anchor) -> str:
    start, end = words.at
    return f"{{ printed = {_quoted(words.printed)}, at = [{start}, {end}] }}"


def _quoted(text: str) -> str:
    """A TOML string; it differs from JSON's in one character only."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(files: Mapping[Path, bytes]) -> None:
    """Writes all files or none: each aside, then all into place; none is ever replaced."""
    new = {file: content for file, content in files.items() if not _is_there(file, content)}
    aside = {file: file.with_name(f".{file.name}.{os.getpid()}") for file in new}
    placed: list[Path] = []
    try:
        for file, content in new.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            aside[file].write_bytes(content)
        for file in new:
            placed.append(file)
            aside[file].rename(file)
    except BaseException as error:
        for file in placed:
            file.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise SetupError("the document cannot be written", file=error.filename, evidence=error.strerror) from None
        raise
    finally:
        for file in aside.values():
            file.unlink(missing_ok=True)


def _is_there(file: Path, content: bytes) -> bool:
    """Whether the file is there as it would be written. Raises InputError where it is there otherwise."""
    if not file.exists():
        return False
    if file.suffix == ".txt" and file.read_bytes() == content:
        return True
    raise InputError(
        "the file is there already", file=file, way_out="choose another id, or remove it if it is not wanted"
    )
