"""The PDFs: tagged, complete, the same each time, and deaf to what their text might ask for."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader
from test_pages_edition import (
    CATALOGUE,
    CLAIMS,
    DRAWING,
    LANGUAGES,
    OBSERVATIONS,
    SERIES,
    chapter,
    chart,
    checked,
    edition,
    findings,
    table,
)

from analysis import pdf
from analysis.errors import ExecutionError, InputError
from analysis.notebooks.chapter import Prose
from analysis.pages.markdown import plain
from analysis.pdf.content import chapter_data, edition_data
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


@cache
def told(lang: Lang) -> bytes:
    """The chapter of findings."""
    return pdf.chapter(checked(lang), edition())


@cache
def whole(lang: Lang) -> bytes:
    """All chapters in one."""
    return pdf.whole(lang, edition())


def links(made: pikepdf.Pdf) -> list[str]:
    """The addresses outside the file that it links to."""
    notes = (note for page in made.pages for note in page.get("/Annots", ()))
    return [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]


@each_language
@pytest.mark.parametrize("written", [content, told, whole])
def test_a_pdf_passes_the_checks_of_pdf_ua(lang: Lang, written: Callable[[Lang], bytes], tmp_path: Path) -> None:
    file = tmp_path / "chapter.pdf"
    file.write_bytes(written(lang))
    assert not pdfua.validate(str(file)).findings


@each_language
def test_findings_are_headings_and_their_derivations_lists(lang: Lang) -> None:
    made = pikepdf.open(io.BytesIO(told(lang)))
    counts = Counter(str(node.S) for node in tags(made.Root.StructTreeRoot))
    assert counts["/H3"] == 2
    assert counts["/L"] == 2
    assert counts["/LI"] == 4


@each_language
def test_the_sources_of_a_chapter_lead_to_the_observations_too(lang: Lang) -> None:
    sources = {each["claim"]: each for each in chapter_data(checked(lang), edition())["parts"][0]["sources"]}
    (address,) = {each.address for each in OBSERVATIONS}
    assert {"office_fr_2018", "office_fr_2020", "office_fr_2021"} <= sources.keys()
    said = "".join(piece.get("text", "") for piece in sources["office_fr_2020"]["place"])
    assert (SERIES.title_fr if lang == "fr" else SERIES.title_en) in said
    assert ("27\u00a0février 2026" if lang == "fr" else "27 February 2026") in said
    assert address in links(pikepdf.open(io.BytesIO(told(lang))))


def test_a_number_that_nothing_gives_stops_the_pdf() -> None:
    with pytest.raises(InputError, match="nothing_gives_it"):
        pdf.chapter(chapter("en", blocks=(Prose("[19](#nothing_gives_it)"),)), edition())


def test_no_finding_of_a_kind_is_told_as_such_on_paper() -> None:
    assert pdf.chapter(chapter("en", blocks=({"block": "findings", "items": []},)), edition(findings=()))


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


@each_language
def test_the_whole_edition_has_a_bookmark_for_each_chapter_in_order(lang: Lang) -> None:
    made = pikepdf.open(io.BytesIO(whole(lang)))
    with made.open_outline() as outline:
        titles = [plain(each.title) for each in edition().reading_order(lang)]
        assert [entry.title for entry in outline.root] == titles
    assert str(made.Root.Lang) == lang
    assert str(made.docinfo["/Title"]).startswith("État du nuage")


@each_language
def test_the_contents_of_the_whole_edition_lead_to_each_chapter_and_nowhere_else(lang: Lang) -> None:
    made = pikepdf.open(io.BytesIO(whole(lang)))
    counts = Counter(str(node.S) for node in tags(made.Root.StructTreeRoot))
    assert counts["/TOC"] == 1
    assert counts["/TOCI"] == 3
    assert len(made.pages[0].get("/Annots", ())) == 3


@each_language
def test_each_chapter_of_the_whole_edition_has_its_own_sources(lang: Lang) -> None:
    parts = edition_data(lang, edition())["parts"]
    for part, each in zip(parts, edition().reading_order(lang), strict=True):
        assert [source["claim"] for source in part["sources"]] == [f"{each.stem}-{name}" for name in each.claims]


def test_a_source_names_the_pages_that_use_it_and_not_the_contents() -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(whole("fr"))).pages)
    assert "Cité page" in text
    assert not re.search(r"Citée? pages?\s1\b", text)


def test_the_whole_edition_has_the_same_bytes_each_time() -> None:
    assert pdf.whole("en", edition()) == whole("en")


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
    shown = findings("fr", title=HOSTILE, told=HOSTILE, means=HOSTILE, says=HOSTILE, derivation=[HOSTILE] * 2)
    shown["items"][0] |= {"numbers_label": HOSTILE, "parts": [{"label": HOSTILE, "text": HOSTILE}]}
    shown["items"][0]["numbers"] = [{"text": HOSTILE, "claim": each.id} for each in OBSERVATIONS]
    series = replace(SERIES, title_fr=HOSTILE)
    bad: dict[str, Any] = {
        "printed": HOSTILE,
        "publisher": HOSTILE,
        "note_fr": HOSTILE,
        "address": "#panic()",
        "series": series,
    }
    catalogue = replace(CATALOGUE, observations={each.id: replace(each, **bad) for each in OBSERVATIONS})
    attacked = chapter("fr", title=HOSTILE, standfirst=HOSTILE, blocks=(*blocks, shown))
    made = pikepdf.open(io.BytesIO(pdf.chapter(attacked, edition(claims, catalogue=catalogue))))
    assert "#panic()" not in links(made)
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


def test_a_picture_is_half_again_as_dense_as_its_svg_and_the_same_each_time() -> None:
    drawing = DRAWING.format(w=680, x=420, y=559)
    picture = pdf.picture(drawing)
    assert Image.open(io.BytesIO(picture)).size == (1020, 225)
    assert pdf.picture(drawing) == picture
