"""A text with its numbers marked by kind: nothing lost, nothing told by colour alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from analysis import documents, reading, words
from analysis.errors import UsageError
from analysis.quantities import KINDS

TEXT = "En 2031, <b>42 %</b> & moins de 5 % :\n12,5 M€ sur 3 ans.\n"
PASSAGES = sorted(Path(__file__).parent.glob("gold/passages/*/*.txt"))


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    words.use("fr")
    yield
    words.use("fr")


def html(text: str) -> str:
    shown = words.marked(text).bundle()["text/html"]
    assert isinstance(shown, str)
    return shown


def text_of(page: str) -> str:
    """What the part of a page with the text shows, without the signs of the kinds."""
    body = re.sub(r"<sup.*?</sup>", "", page.split("<div", 1)[1].partition(">")[2])
    return unescape(re.sub(r"<[^>]+>", "", body))


def test_the_text_is_whole_and_its_own_tags_are_shown_as_text() -> None:
    assert text_of(html(TEXT)) == TEXT
    assert "&lt;b&gt;" in html(TEXT)
    assert "<b>" not in html(TEXT)


@pytest.mark.parametrize("file", PASSAGES, ids=lambda file: file.stem)
def test_every_number_is_marked_and_nothing_is_lost(file: Path) -> None:
    text = documents.canonical(file.read_bytes())
    marks = re.findall(r"<mark[^>]*>([^<]*)</mark><sup", html(text))
    assert [unescape(mark) for mark in marks] == [quantity.printed for quantity in reading.scan(text)]
    assert text_of(html(text)) == text


def test_each_mark_tells_its_kind_beside_it_and_what_was_read_when_pointed_at() -> None:
    assert (
        '<mark class="percentage" title="pourcentage · moins de 5\u202f%">5 %</mark><sup lang="fr">pct</sup>'
        in html(TEXT)
    )


def test_the_legend_names_each_kind_met_with_its_count() -> None:
    legend = html(TEXT).split("<ul")[1].partition("</ul>")[0]
    entries = [re.sub(r"<[^>]+>", "", entry) for entry in legend.split("<li>")[1:]]
    assert entries == ["pct pourcentage (2)", "somme somme d’argent (1)", "durée durée (1)", "an année (1)"]
    assert 'aria-label="Légende"' in legend


def test_no_colour_is_set_so_that_none_is_needed() -> None:
    colours = re.findall(r"(?:color|background): ([^;]+);", html(TEXT))
    assert set(colours) <= {"inherit", "none"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_two_kinds_have_the_same_sign(lang: str) -> None:
    words.use(lang)
    quantities = {q.kind: q for file in PASSAGES for q in reading.scan(file.read_text(encoding="utf-8"))}
    assert set(quantities) == set(KINDS)
    text = "\n\n".join(file.read_text(encoding="utf-8") for file in PASSAGES)
    legend = str(words.marked(text)).splitlines()[-len(KINDS) :]
    assert len({line.split()[0] for line in legend}) == len(KINDS)


def test_a_terminal_gets_brackets_and_the_legend_in_the_language_being_written() -> None:
    assert str(words.marked(TEXT)).splitlines()[0] == "En [2031|an], <b>[42 %|pct]</b> & moins de [5 %|pct] :"
    words.use("en")
    shown = str(words.marked(TEXT)).splitlines()
    assert shown[1] == "[12,5 M€|money] sur [3 ans|span]."
    assert shown[-4:] == ["pct    percentage (2)", "money  money (1)", "span   duration (1)", "year   year (1)"]


def test_a_text_without_numbers_says_so() -> None:
    assert "aucun nombre" in html("Rien.")
    assert str(words.marked("")).strip() == "aucun nombre"


def test_another_language_is_a_wrong_call() -> None:
    with pytest.raises(UsageError):
        words.marked(TEXT, "de")  # type: ignore[arg-type]
