"""The PDFs: tagged, complete, the same each time, and deaf to what their text might ask for."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from PIL import Image
from test_pages_edition import CLAIMS, DRAWING, LANGUAGES, chapter, chart, edition, table

from analysis import pdf
from analysis.errors import ExecutionError
from analysis.notebooks.chapter import Prose
from analysis.quantities import Lang

each_language = pytest.mark.parametrize("lang", LANGUAGES)
HOSTILE = '#panic("read as code") $ x^2 $ *a* _b_ @label <label> \\ ] } " {value} [x](y) #sys.inputs //'


@cache
def content(lang: Lang) -> bytes:
    return pdf.chapter(chapter(lang), edition())


def opened(lang: Lang) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content(lang)))


def tags(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node.K)
    elif isinstance(node, pikepdf.Array):
        for child in node:
            yield from tags(child)


@each_language
def test_a_pdf_passes_the_checks_of_pdf_ua(lang: Lang, tmp_path: Path) -> None:
    file = tmp_path / "chapter.pdf"
    file.write_bytes(content(lang))
    assert not pdfua.validate(str(file)).findings


@each_language
def test_a_pdf_tells_its_language_title_author_and_date(lang: Lang) -> None:
    made = opened(lang)
    assert str(made.Root.Lang) == lang
    assert str(made.docinfo["/Title"]) == chapter(lang).title
    assert str(made.docinfo["/Author"]) == "État du nuage"
    assert str(made.docinfo["/CreationDate"]).startswith("D:20261121000000")
    assert made.Root.ViewerPreferences.DisplayDocTitle


@each_language
def test_a_pdf_is_tagged_with_headings_tables_and_alternative_texts(lang: Lang) -> None:
    made = opened(lang)
    nodes = list(tags(made.Root.StructTreeRoot))
    counts = Counter(str(node.S) for node in nodes)
    assert counts["/H1"] == 1
    assert counts["/Table"] == counts["/Caption"] == 2
    assert counts["/TH"] == 6
    assert [str(node.Alt) for node in nodes if str(node.S) == "/Figure"] == [chart(lang)["alt"]]


@each_language
def test_a_pdf_has_bookmarks_and_a_link_for_every_number(lang: Lang) -> None:
    made = opened(lang)
    with made.open_outline() as outline:
        assert [entry.title for entry in outline.root] == [chapter(lang).title]
        assert len(outline.root[0].children) == 5
    targets = [note for page in made.pages for note in page.get("/Annots", ()) if "/Dest" in note or "/A" in note]
    assert len(targets) >= 14


def test_only_our_fonts_are_in_a_pdf() -> None:
    names = {
        str(font.BaseFont).partition("+")[2] for page in opened("fr").pages for font in page.Resources.Font.values()
    }
    assert names
    assert all(name.startswith(("SourceSerifPro", "SourceSansPro")) for name in names)


@each_language
def test_the_same_chapter_has_the_same_bytes(lang: Lang) -> None:
    assert pdf.chapter(chapter(lang), edition()) == content(lang)


def test_hostile_text_is_set_as_it_stands() -> None:
    claims = tuple(replace(each, printed=HOSTILE, note_fr="#panic()") for each in CLAIMS)
    rows = [[{"text": HOSTILE, "claim": "adoption_fr_2018"}] * 3]
    drawn = chart("fr") | dict.fromkeys(("headline", "subtitle", "note", "source", "alt"), HOSTILE)
    drawn["table"] = table("fr", "x") | {"caption": HOSTILE, "rows": rows}
    blocks = (drawn, Prose(f"## {HOSTILE}\n\n{HOSTILE}\n\n- {HOSTILE}\n\n> `{HOSTILE}`\n\n---\n\n    {HOSTILE}"))
    attacked = chapter("fr", title=HOSTILE, standfirst=HOSTILE, blocks=blocks)
    made = pikepdf.open(io.BytesIO(pdf.chapter(attacked, edition(claims))))
    assert '#panic("read as code")' in str(made.docinfo["/Title"])


def test_a_missing_glyph_is_an_error_that_names_the_chapter_and_the_character() -> None:
    with pytest.raises(ExecutionError, match="日") as caught:
        pdf.chapter(chapter("fr", blocks=(Prose("日本"),)), edition())
    assert "fr/adoption.pdf" in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("2018", "日"), "日"),
        (("Source Sans Pro", "Comic Sans MS"), "Comic Sans MS"),
        (("</svg>", ""), "not well-formed"),
    ],
)
def test_a_drawing_that_would_lose_its_text_is_an_error(wrong: tuple[str, str], told: str) -> None:
    drawing = chart("fr")["drawing"].replace(*wrong)
    with pytest.raises(ExecutionError, match=told) as caught:
        pdf.chapter(chapter("fr", blocks=(chart("fr") | {"drawing": drawing},)), edition())
    assert "fr/adoption.pdf · adoption" in str(caught.value)
    with pytest.raises(ExecutionError, match=told):
        pdf.picture(drawing)


def test_a_picture_is_twice_as_dense_as_its_svg_and_the_same_each_time() -> None:
    drawing = DRAWING.format(w=680, x=420, y=559)
    picture = pdf.picture(drawing)
    assert Image.open(io.BytesIO(picture)).size == (1360, 300)
    assert pdf.picture(drawing) == picture
