"""Identity cards, canonical text, recognition."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from analysis import documents
from analysis.errors import InputError, NuageError, UsageError

TEXT = "data/raw/documents/communique.txt"


def test_a_document_is_recognised_whatever_its_name(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "what I downloaded (2)"
    copy.write_bytes((sample / TEXT).read_bytes())
    found = documents.recognise(copy.read_bytes(), documents.cards(sample).values())
    assert found is not None
    assert found.id == "communique"


def test_other_line_endings_and_a_byte_order_mark_make_no_other_document(sample: Path) -> None:
    content = b"\xef\xbb\xbf" + (sample / TEXT).read_bytes().replace(b"\n", b"\r\n")
    found = documents.recognise(content, documents.cards(sample).values())
    assert found is not None
    assert documents.canonical(content) == (sample / TEXT).read_text(encoding="utf-8")


def test_a_changed_byte_makes_another_document(sample: Path) -> None:
    content = (sample / TEXT).read_bytes().replace(b"42", b"43", 1)
    assert documents.recognise(content, documents.cards(sample).values()) is None


def test_offsets_of_the_canonical_text_lead_back_into_the_file() -> None:
    content = "\ufeffun\r\ndeux\rtrois\n".encode()
    text = documents.canonical(content)
    for offset, character in enumerate(text):
        there = content.decode()[documents.source_offset(content, offset)]
        assert there == character or (character == "\n" and there == "\r")


def test_a_shelf_tells_documents_from_foreign_texts(sample: Path) -> None:
    folder = sample / "data/raw/documents"
    (folder / "notes.txt").write_text("not ours")
    shelf = documents.shelf(folder, documents.cards(sample))
    assert set(shelf.texts) == {"communique"}
    assert [file.name for file in shelf.foreign] == ["notes.txt"]


def test_adding_copies_under_the_name_of_the_document(sample: Path, tmp_path: Path) -> None:
    received = tmp_path / "received.bin"
    (sample / TEXT).rename(received)
    documents.add([received], documents.cards(sample), sample / documents.FOLDER)
    assert (sample / TEXT).read_bytes() == received.read_bytes()


def test_adding_a_document_that_is_in_place_changes_nothing(sample: Path) -> None:
    before = (sample / TEXT).read_bytes()
    documents.add([sample / TEXT], documents.cards(sample), sample / documents.FOLDER)
    assert (sample / TEXT).read_bytes() == before


def test_a_foreign_file_is_refused_with_its_fingerprint_and_nothing_is_copied(sample: Path, tmp_path: Path) -> None:
    received, foreign = tmp_path / "received", tmp_path / "foreign"
    received.write_bytes((sample / TEXT).read_bytes())
    foreign.write_bytes(b"\xff\xfe not text")
    target = tmp_path / "shelf"
    with pytest.raises(InputError, match="not one of the 1 documents") as caught:
        documents.add([received, foreign], documents.cards(sample), target)
    assert "sha256" in str(caught.value)
    assert "foreign" in str(caught.value)
    assert not target.exists()


def test_a_path_that_is_no_file_is_a_wrong_call(sample: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        documents.add([sample / "nowhere"], documents.cards(sample), sample)


def test_a_folder_that_was_named_must_exist(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        documents.folder(sample, sample / "nowhere")
    monkeypatch.setenv("NUAGE_DOCUMENTS", str(sample / "nowhere"))
    with pytest.raises(UsageError, match="NUAGE_DOCUMENTS"):
        documents.folder(sample)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "communique"', 'id = "other"', "the id is not the file's name"),
        ('publisher = "Ville de Valmont"\n', "", 'the field "publisher" is missing'),
        ('language = "fr"', 'language = "de"', 'the field "language" is not one of fr, en'),
        ("licence_open = true", 'licence_open = "yes"', "not true or false"),
        ("authors = []", "authors = [1]", "not a list of texts"),
        ("authors = []", "authors = [", "malformed TOML"),
    ],
)
def test_a_faulty_card_is_told_by_file_and_field(sample: Path, old: str, new: str, told: str) -> None:
    card = sample / "data/raw/documents/communique.toml"
    card.write_text(card.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(NuageError) as caught:
        documents.cards(sample)
    assert told in str(caught.value)
    assert "communique.toml" in str(caught.value)


PAGE = (
    b"<!DOCTYPE html><title>Valmont</title><p>En 2031, 42&nbsp;% des entreprises.<p>&lt;p&gt; ouvre un alin\xc3\xa9a."
)


def card_of_page(project: Path, text: str) -> dict[str, documents.Document]:
    """The card of a document that was received as HTML, with this canonical text."""
    card = project / "data/raw/documents/communique.toml"
    content = card.read_text(encoding="utf-8")
    for name, digest in (("sha256", PAGE), ("text_sha256", text.encode())):
        content = re.sub(
            rf'^{name} = ".*"$', f'{name} = "{hashlib.sha256(digest).hexdigest()}"', content, flags=re.MULTILINE
        )
    card.write_text(content, encoding="utf-8")
    return documents.cards(project)


def test_an_original_in_html_is_recognised_and_its_canonical_text_is_read(sample: Path, tmp_path: Path) -> None:
    text = documents.extract(PAGE).text
    known = card_of_page(sample, text)
    place = tmp_path / "held"
    place.mkdir()
    (place / "page").write_bytes(PAGE)
    assert documents.shelf(place, known).texts == {"communique": text}


def test_adding_an_original_in_html_keeps_its_canonical_text_even_if_that_looks_like_html(
    sample: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(PAGE)
    text = documents.extract(PAGE).text
    known = card_of_page(sample, text)
    documents.add([page], known, tmp_path / "shelf")
    assert (tmp_path / "shelf/communique.txt").read_text(encoding="utf-8") == text
    shelf = documents.shelf(tmp_path / "shelf", known)
    assert (shelf.texts, shelf.foreign) == ({"communique": text}, ())


def test_an_original_that_gives_another_text_than_its_card_tells_is_not_taken_for_the_document(
    sample: Path, tmp_path: Path
) -> None:
    known = card_of_page(sample, "as another version read it")
    (tmp_path / "page.html").write_bytes(PAGE)
    with pytest.raises(InputError, match="another text is read") as caught:
        documents.add([tmp_path / "page.html"], known, tmp_path / "shelf")
    assert "text_sha256" in str(caught.value)
    shelf = documents.shelf(tmp_path, known)
    assert (dict(shelf.texts), [file.name for file in shelf.foreign]) == ({}, ["page.html"])


def test_a_card_tells_what_nobody_has_filled_in_yet(sample: Path) -> None:
    assert documents.cards(sample)["communique"].empty == ()
    card = sample / "data/raw/documents/communique.toml"
    content = card.read_text(encoding="utf-8")
    card.write_text(content.replace('date = "2031-06-01"', 'date = ""'), encoding="utf-8")
    assert documents.cards(sample)["communique"].empty == ("date",)
