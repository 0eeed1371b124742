"""The identity cards: what each document is, who published it when, and the fingerprints it is known by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis import records
from analysis.errors import InputError
from analysis.quantities import Lang

FOLDER = Path("data/raw/documents")
_TOLD = """title publisher date date_known_fr date_known_en address address_note_fr address_note_en terms_fr
terms_en""".split()


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
    short_title: str = ""

    @property
    def card(self) -> str:
        """The file of its identity card, from the project's folder."""
        return (FOLDER / f"{self.id}.toml").as_posix()

    @property
    def known_as(self) -> str:
        """What it is called in tables and source lines: its title, or our short one where that would be a quotation."""
        return self.short_title or self.title

    @property
    def empty(self) -> tuple[str, ...]:
        """The fields that readers are told and that nobody has filled in yet."""
        return tuple(name for name in _TOLD if not getattr(self, name))


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
