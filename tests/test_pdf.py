"""The PDFs: tagged, complete, the same each time, and deaf to what their text might ask for."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
from analysis.cache import noticing, remembering
from analysis.errors import ExecutionError, InputError
from analysis.notebooks.chapter import Prose
from analysis.pages import proof
from analysis.pages.edition import WHOLE
from analysis.pages.markdown import plain
from analysis.pages.strings import strings
from analysis.parameters import CONTRACTS
from analysis.pdf.content import chapter_data, edition_data
from analysis.pdf.tables import elements
from analysis.quantities import Lang

each_language = pytest.mark.parametrize("lang", LANGUAGES)
HOSTILE = '#panic("read as code") $ x^2 $ *a* _b_ @label <label> \\ ] } " {value} [x](y) #sys.inputs //'


@cache
def content(lang: Lang) -> bytes:
    return pdf.chapter(chapter(lang), edition())


def opened(lang: Lang) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content(lang)))


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
    counts = Counter(str(node.S) for node in elements(made.Root.StructTreeRoot))
    assert counts["/H3"] == 2
    assert counts["/L"] == 2
    assert counts["/LI"] == 4


@each_language
def test_the_sources_of_a_chapter_lead_to_the_observations_too(lang: Lang) -> None:
    sources = {each["claim"]: each for each in chapter_data(checked(lang), edition())["sources"]}
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
    nodes = list(elements(made.Root.StructTreeRoot))
    counts = Counter(str(node.S) for node in nodes)
    assert counts["/H1"] == 1
    assert counts["/Table"] == counts["/Caption"] == 2
    assert counts["/TH"] == 2 * (3 + len(table(lang, "x")["rows"]))
    assert [str(node.Alt) for node in nodes if str(node.S) == "/Figure"] == [chart(lang)["alt"]]


@each_language
def test_a_source_cites_each_title_in_its_own_language(lang: Lang) -> None:
    for document in edition().ledger.documents.values():
        name = proof.title(document)
        cited = chart(lang) | {"source": f"Source: {name}, 2021."}
        (shown,) = chapter_data(chapter(lang, blocks=(cited,)), edition())["parts"][0]["blocks"]
        marked = {"is": "foreign", "lang": document.language, "text": name} in shown["source"]
        assert marked == (document.language != lang)


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
        assert [entry.title for entry in outline.root] == [
            strings(lang)["contents"],
            *titles,
            strings(lang)["pdf_sources"],
        ]
    assert str(made.Root.Lang) == lang
    assert str(made.docinfo["/Title"]).startswith("État du nuage")


@each_language
def test_the_contents_of_the_whole_edition_lead_to_each_chapter_and_the_sources(lang: Lang) -> None:
    made = pikepdf.open(io.BytesIO(whole(lang)))
    counts = Counter(str(node.S) for node in elements(made.Root.StructTreeRoot))
    assert counts["/TOC"] == 1
    # Three chapters, and the sources.
    assert counts["/TOCI"] == 4
    assert len(made.pages[0].get("/Annots", ())) == 4


@each_language
def test_the_whole_edition_has_each_source_once_in_order_of_use(lang: Lang) -> None:
    used = [name for each in edition().reading_order(lang) for name in each.claims]
    assert len(set(used)) < len(used)
    assert [source["claim"] for source in edition_data(lang, edition())["sources"]] == list(dict.fromkeys(used))


@each_language
@pytest.mark.parametrize("written", [content, told, whole])
def test_each_number_leads_to_its_source_and_each_source_names_its_pages(
    lang: Lang, written: Callable[[Lang], bytes]
) -> None:
    made, t = pikepdf.open(io.BytesIO(written(lang))), strings(lang)
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(written(lang))).pages)
    named = re.findall(rf"(?:{t['pdf_used_many']}|{t['pdf_used']}) (\d+(?:, \d+)*)\.", text)
    led: dict[tuple[int, float], set[int]] = {}
    for number, page in enumerate(made.pages, 1):
        for note in page.get("/Annots", ()):
            # The contents lead to chapters; a chart leads to its table, which comes before the sources.
            if "/Dest" in note and not (number == 1 and written is whole):
                place = made.pages.index(pikepdf.Page(note.Dest[0])) + 1, -float(note.Dest[3])
                led.setdefault(place, set()).add(number)
    told_of = [{int(each) for each in pages.split(",")} for pages in named]
    assert len(told_of) >= 3
    assert [pages for _, pages in sorted(led.items())][-len(told_of) :] == told_of


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


def test_a_chapter_that_was_kept_is_not_set_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read from a kept run tells its fields in another order than what has just been run."""
    monkeypatch.setenv("NUAGE_CACHE", str(tmp_path))
    fresh = chapter("fr")
    kept = replace(fresh, blocks=tuple(_turned(block) for block in fresh.blocks))
    with remembering(tmp_path):
        made = pdf.chapter(fresh, edition())
        with noticing() as noticed:
            assert pdf.chapter(kept, edition()) == made
    assert noticed.made == 0


def _turned(block: Any) -> Any:
    """The same block, its fields in the opposite order throughout."""
    match block:
        case dict():
            return {key: _turned(block[key]) for key in reversed(block)}
        case list():
            return [_turned(each) for each in block]
        case _:
            return block


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


# What holds of every PDF of the edition, and is seen where it does not.

HEADING = re.compile(r"/H([1-6])")
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def language(made: pikepdf.Pdf) -> Iterator[str]:
    """That of the document."""
    if str(made.Root.get("/Lang")) not in LANGUAGES:
        yield f"{made.Root.get('/Lang')}"


def foreign(made: pikepdf.Pdf) -> Iterator[str]:
    """What it quotes from documents in the other language is marked. A chapter put in may quote none."""
    marks = {str(each.Lang) for each in elements(made.Root.StructTreeRoot) if "/Lang" in each}
    marks |= {
        mark.decode() for page in made.pages for mark in re.findall(rb"/Lang\((\w+)\)", page.Contents.read_bytes())
    }
    if {str(made.Root.get("/Lang"))} | marks != set(LANGUAGES):
        yield f"passages in {marks}"


def window(made: pikepdf.Pdf) -> Iterator[str]:
    """Its title stands in the window."""
    if not str(made.docinfo.get("/Title", "")) or not made.Root.ViewerPreferences.get("/DisplayDocTitle"):
        yield "no title in the window"


def bookmarks(made: pikepdf.Pdf) -> Iterator[str]:
    """One for each heading, in the order of reading, as deep as the heading."""

    def flat(entries: Iterable[pikepdf.OutlineItem], level: int = 1) -> Iterator[tuple[str, str]]:
        for entry in entries:
            yield str(level), entry.title
            yield from flat(entry.children, level + 1)

    found = ((HEADING.fullmatch(str(each.S)), each) for each in elements(made.Root.StructTreeRoot))
    headings = [(match[1], str(each.T)) for match, each in found if match]
    with made.open_outline() as outline:
        if list(flat(outline.root)) != headings:
            yield "bookmarks are not the headings"


def drawings(made: pikepdf.Pdf) -> Iterator[str]:
    """Each tells what it shows."""
    for each in elements(made.Root.StructTreeRoot):
        if each.S == "/Figure" and not str(each.get("/Alt", "")):
            yield "a drawing without a text"


def cells(made: pikepdf.Pdf) -> Iterator[str]:
    """Each heading cell says for what it is one, each other names the headings of its column and of its row."""
    root = made.Root.StructTreeRoot
    scopes = {str(name): _told(cell).get("/Scope") for name, cell in _pairs(root.IDTree.Names)}
    for each in elements(root):
        if each.S == "/Table" and "/Caption" not in {str(part.S) for part in each.K}:
            yield "a table without a caption"
        if each.S == "/TR":
            named = [cell for cell in each.K if _told(cell).get("/Scope") == "/Row"]
            for cell in (cell for cell in each.K if cell.S == "/TD"):
                wanted = {"/Column", "/Row"} if named else {"/Column"}
                if {str(scopes.get(str(name))) for name in _told(cell).Headers} != wanted:
                    yield "a cell without its headings"
        if each.S == "/TH" and _told(each).get("/Scope") not in ("/Row", "/Column"):
            yield "a heading cell of nothing"


def _told(cell: Any) -> Any:
    return next((each for each in cell.get("/A", ()) if each.O == "/Table"), pikepdf.Dictionary())


def _pairs(names: Any) -> Iterator[tuple[Any, Any]]:
    return zip(list(names)[::2], list(names)[1::2], strict=True)


def links_told(made: pikepdf.Pdf) -> Iterator[str]:
    """Each says where it leads, and stands among the content as a link."""
    for note in (note for page in made.pages for note in page.get("/Annots", ())):
        if not str(note.get("/Contents", "")) or "/StructParent" not in note:
            yield "a link without a text"


def page_tags(made: pikepdf.Pdf) -> Iterator[str]:
    """Each page has its content tagged, and Tab goes through it by the tags."""
    for number, page in enumerate(made.pages, start=1):
        if "/StructParents" not in page or b"/MCID" not in page.Contents.read_bytes():
            yield f"page {number} has no tags"
        if page.get("/Tabs") != "/S":
            yield f"page {number} has an order of its own"


def fonts(made: pikepdf.Pdf) -> Iterator[str]:
    """Each is in the file."""
    for each in made.objects:
        is_font = isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        if is_font and not any(name in each for name in FONT_FILES):
            yield f"{each.FontName} is not in the file"


CHECKS = (language, foreign, window, bookmarks, drawings, cells, links_told, page_tags, fonts)


@each_language
def test_every_pdf_of_the_edition_passes_the_checks_of_pdf_ua_and_ours(lang: Lang, edition: Path) -> None:
    files = sorted((edition / lang).glob("*.pdf"))
    assert len(files) > 1
    for file in files:
        assert not pdfua.validate(str(file)).findings, file.name
        checks = CHECKS if file.stem in {*CONTRACTS, Path(WHOLE).stem} else set(CHECKS) - {foreign}
        with pikepdf.open(file) as made:
            assert str(made.Root.Lang) == lang
            assert not [each for check in checks for each in check(made)], file.name


def _first(made: pikepdf.Pdf, kind: str) -> Any:
    return next(each for each in elements(made.Root.StructTreeRoot) if kind == each.S)


def _noted(made: pikepdf.Pdf) -> Any:
    return next(note for page in made.pages for note in page.get("/Annots", ()))


def _foreign(made: pikepdf.Pdf) -> None:
    for page in made.pages:
        page.Contents = made.make_stream(re.sub(rb"/Lang\(\w+\)", b"", page.Contents.read_bytes()))


def _font(made: pikepdf.Pdf) -> Any:
    is_font = (each for each in made.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each)
    return next(each for each in is_font if "/FontFile2" in each)


def _bookmark(made: pikepdf.Pdf) -> None:
    with made.open_outline() as outline:
        outline.root[0].children.reverse()


def without(key: str | int, of: Callable[[pikepdf.Pdf], Any]) -> Callable[[pikepdf.Pdf], None]:
    """A fault: something that a part of the PDF must have is taken out."""

    def plant(made: pikepdf.Pdf) -> None:
        del of(made)[key]

    return plant


FAULTS: dict[str, tuple[Callable[[pikepdf.Pdf], Iterator[str]], Callable[[pikepdf.Pdf], None]]] = {
    "no language": (language, without("/Lang", lambda made: made.Root)),
    "no foreign passage": (foreign, _foreign),
    "no title": (window, without("/Title", lambda made: made.docinfo)),
    "the file's name in the window": (window, without("/DisplayDocTitle", lambda made: made.Root.ViewerPreferences)),
    "bookmarks in another order": (bookmarks, _bookmark),
    "a drawing without a text": (drawings, without("/Alt", lambda made: _first(made, "/Figure"))),
    "a table without a caption": (cells, without(0, lambda made: _first(made, "/Table").K)),
    "a heading cell of nothing": (cells, without("/Scope", lambda made: _told(_first(made, "/TH")))),
    "a cell without its row": (cells, without(-1, lambda made: _told(_first(made, "/TD")).Headers)),
    "a link without a text": (links_told, without("/Contents", _noted)),
    "a page without tags": (page_tags, without("/StructParents", lambda made: made.pages[0])),
    "a page with an order of its own": (page_tags, without("/Tabs", lambda made: made.pages[0])),
    "a font that is not there": (fonts, without("/FontFile2", _font)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_pdf_is_seen(fault: str) -> None:
    check, plant = FAULTS[fault]
    with opened("en") as made:
        assert not list(check(made))
        plant(made)
        assert list(check(made))
