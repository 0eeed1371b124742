"""What may stand in the repository: facts and our own words, and nothing of the machine it was written on."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

#: A run of this many words of a document is a quotation; shorter ones are what a fact is called.
TOO_MANY_WORDS = 9
LARGEST_FILE = 1_000_000
WORD = re.compile(r"[^\W_]+")
# Put together from parts, so that this file does not hold what it looks for.
REGISTRY = re.compile(
    "|".join(("py" + r"pi\.org", "python" + "hosted", "registry" + r"\.npm", "conda" + r"\.anaconda"))
)
OF_A_MACHINE = re.compile("|".join((r"(?<![\w.:/-])/(?:" + "work|home|root|Users" + r")/\w", r"\b[A-Z]:\\" + "Users")))

Run = tuple[str, ...]


def runs(text: str) -> Iterator[tuple[int, Run]]:
    """Every run of too many words, with its place; runs of nothing but numbers say nothing of anyone's prose."""
    words = [(found.start(), found[0].lower()) for found in WORD.finditer(text)]
    for first in range(len(words) - TOO_MANY_WORDS + 1):
        run = tuple(word for _, word in words[first : first + TOO_MANY_WORDS])
        if not all(word.isdigit() for word in run):
            yield words[first][0], run


def quoted(text: str, documents: set[Run]) -> Iterator[str]:
    """The runs of words of a text that a document has too, each with its line."""
    for place, run in runs(text):
        if run in documents:
            yield f"line {text.count(chr(10), 0, place) + 1}: {' '.join(run)}"


def strings(content: Any) -> Iterator[str]:
    """The texts in the JSON of a notebook, each whole: there they are lists of lines."""
    match content:
        case str():
            yield content
        case [str(), *_]:
            yield "".join(part for part in content if isinstance(part, str))
        case list():
            yield from (text for part in content for text in strings(part))
        case dict():
            yield from (text for part in content.values() for text in strings(part))


def texts(files: list[Path]) -> Iterator[tuple[Path, str]]:
    """The files that are text, as they are read by a person."""
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        yield file, "\n".join(strings(json.loads(text))) if file.suffix == ".ipynb" else text


@pytest.fixture(scope="module")
def document_runs(documents_folder: Path) -> set[Run]:
    """The runs of words of all documents."""
    documents = (file.read_text(encoding="utf-8") for file in documents_folder.glob("*.txt"))
    return {run for text in documents for _, run in runs(text)}


def of_the_title(card: str) -> set[Run]:
    """The runs of a title, and of an address made of it: an identity card alone may hold them."""
    told = tomllib.loads(card)
    return {run for field in ("title", "address") for _, run in runs(told[field])}


def test_a_quotation_is_recognised_through_line_breaks_and_punctuation() -> None:
    document = {run for _, run in runs("one two three, four five six seven eight nine ten")}
    assert list(quoted("\nOne two\nthree four five – six seven eight nine", document)) == [
        "line 2: one two three four five six seven eight nine"
    ]
    assert not list(quoted("one two three four five six seven eight and nine", document))


def test_no_file_quotes_a_document(repository_files: list[Path], document_runs: set[Run], project: Path) -> None:
    cards = project / "data/raw/documents"
    quotations = {
        file.relative_to(project).as_posix(): found
        for file, text in texts(repository_files)
        if (found := list(quoted(text, document_runs - (of_the_title(text) if file.parent == cards else set()))))
    }
    assert not quotations, "say it in our own words"


def test_no_text_of_a_document_is_in_the_repository(repository_files: list[Path], project: Path) -> None:
    cards = project / "data/raw/documents"
    assert [file for file in repository_files if file.parent == cards and file.suffix != ".toml"] == []


def test_no_file_names_a_package_registry_or_a_folder_of_someones_machine(repository_files: list[Path]) -> None:
    found = {file.name: hit[0] for file, text in texts(repository_files) if (hit := REGISTRY.search(text))}
    places = {file.name: hit[0] for file, text in texts(repository_files) if (hit := OF_A_MACHINE.search(text))}
    assert not found, "the machine's own settings say where packages come from"
    assert not places, "a path of one machine is of no use on another"


def test_every_text_ends_its_last_line_and_no_file_is_too_large_for_a_diff(repository_files: list[Path]) -> None:
    faulty_on_purpose = {"planted", "gold"}
    ours = {file: file.read_bytes() for file in repository_files if not faulty_on_purpose & set(file.parts)}
    texts_of_ours = {file.name: content for file, content in ours.items() if content and b"\0" not in content}
    assert [name for name, content in texts_of_ours.items() if content[-1:] != b"\n" or content[-2:] == b"\n\n"] == []
    assert [file.name for file, content in ours.items() if len(content) > LARGEST_FILE] == []
