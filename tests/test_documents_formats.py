"""From the bytes of text, HTML and PDF files to their canonical text, and what is told where there is none."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Literal

import pikepdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from analysis import documents, reading
from analysis.errors import InputError, UsageError

PLANTED = Path(__file__).parent / "planted/documents"
TOLD = {
    "binary.txt": "the file is binary",
    "cut_off.pdf": "the PDF is damaged",
    "empty.txt": "the file is empty",
    "html_of_another_charset.html": "the HTML is not in utf-8",
    "html_of_unknown_charset.html": 'the HTML declares a charset that is not read, "ebcdic-fr"',
    "html_without_text.html": "the HTML has no text",
    "office_document.docx": "the file is not text",
    "only_blanks.txt": "the file is empty",
    "utf_16.txt": "the file is not UTF-8",
    "windows_1252.txt": "the file is not UTF-8",
}
RELEASE = """#set page(width: 12cm, height: 8cm)
= Plan nuage de Valmont
En 2031, 42 % des entreprises achètent un service.
#pagebreak()
Le plan mobilise 12,5 M€.
"""


def html(body: str) -> str:
    """What is read of a page with this body."""
    return documents.extract(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "page.html").text


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return bytes(typst.compile(RELEASE.encode()))


def locked(pdf: bytes, user: str, revision: Literal[3, 6]) -> bytes:
    """The PDF with a password for its owner, and one for its readers if ``user`` is not empty."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        modern = revision >= 4
        password = pikepdf.Encryption(owner="owner", user=user, R=revision, aes=modern, metadata=modern)
        opened.save(target, encryption=password)
    return target.getvalue()


def test_every_planted_fault_has_its_message() -> None:
    assert sorted(TOLD) == sorted(file.name for file in PLANTED.iterdir())


@pytest.mark.parametrize("name", TOLD)
def test_a_faulty_file_is_told_with_evidence_and_way_out(name: str) -> None:
    with pytest.raises(InputError) as caught:
        documents.extract((PLANTED / name).read_bytes(), name)
    told = str(caught.value)
    assert told.startswith(f"{name}: {TOLD[name]}")
    assert "evidence:" in told
    assert "way out:" in told or "empty" in told


def test_another_encoding_is_told_by_byte_line_and_what_it_would_read() -> None:
    content = (PLANTED / "windows_1252.txt").read_bytes()
    with pytest.raises(InputError, match='byte 0xE8 in line 1; as windows-1252: "Première') as caught:
        documents.extract(content)
    assert "iconv" in str(caught.value)


def test_text_is_taken_as_it_stands_but_for_mark_and_line_ends() -> None:
    text = documents.extract(b"\xef\xbb\xbf27 %\r\n a < b \t&amp;\r")
    assert text == documents.Text("27 %\n a < b \t&amp;\n", "text")
    assert text.page(3) is None


def test_offsets_of_a_whole_file_lead_back_in_little_time() -> None:
    content = ("\ufeff" + "42 %\r\n\rdeux\n" * 100_000).encode()
    text, file = documents.canonical(content), content.decode()
    started = time.perf_counter()
    source, line = documents.source_offsets(content), documents.lines(text)
    for start in range(0, len(text) - 4, 3):
        assert file[source(start)] == text[start] or (file[source(start)], text[start]) == ("\r", "\n")
    assert line(len(text) - 2) == documents.line_of(text, len(text) - 2)
    assert time.perf_counter() - started < 5


# HTML


def test_html_is_told_by_content_or_by_its_name() -> None:
    assert documents.extract(b"\xef\xbb\xbf <?xml version='1.0'?><!-- a --><!-- b --><HTML>12").format == "html"
    assert documents.extract(b"<p>12").format == "html"
    assert documents.extract(b"12 <i>%</i>", "page.HTM").text == "12 %\n"
    assert documents.extract(b"12 <i>%</i>", "page.txt").format == "text"
    assert documents.extract(b"< p > 12").format == "text"


def test_what_a_browser_does_not_show_is_left_out() -> None:
    unseen = """<script>1</script><style>2</style><!-- 3 --><template>4</template><noscript>5</noscript><p hidden>6
    <p style="color: red; DISPLAY : none">7</p><div style="visibility:hidden"><p>8</p></div><dialog>9</dialog>
    <svg><title>10</title><text>seen</text></svg><iframe>11</iframe><ul><li hidden>12<li>too</ul>"""
    assert html(unseen).split() == ["seen", "too"]


def test_blocks_stand_on_lines_of_their_own_and_inline_tags_part_nothing() -> None:
    assert html("<h1>Le <b>nu</b>age</h1><p>Un\n\n  jour<br>de  mars<br><br>deux<div>a</div><div>b</div>") == (
        "Le nuage\n\nUn jour\nde mars\n\ndeux\n\na\nb\n"
    )
    assert html("<span>12</span><b>,5</b>&nbsp;<i>%</i>") == "12,5\xa0%\n"
    assert html("<pre>a  b\n  c</pre>") == "a  b\n  c\n"


def test_cells_are_parted_by_tabs_and_rows_by_lines() -> None:
    table = (
        "<table><caption>En M€<tr><th>Payeur<th><p>2030</p><th>2031<tr><td>État<td><td> 12 <tr><td><td>3<td></table>fin"
    )
    assert html(table) == "En M€\nPayeur\t2030\t2031\nÉtat\t\t12\n\t3\n\nfin\n"
    nested = "<table><tr><td><table><tr><td>1<td>2<tr><td>3</table><td>4</table>"
    assert html(nested) == "1\t2\n3\t4\n"
    assert html("<table><tr><td><p>un</p><p>deux</p></td><td>3</table>") == "un\n\ndeux\t3\n"


def test_the_cells_of_a_table_are_read_with_the_unit_of_its_caption() -> None:
    text = html("<p>Crédits (en M€)</p><table><tr><td>État<td>12<td>30<tr><td>Régions<td>4<td>8</table>")
    assert [(q.printed, q.unit) for q in reading.scan(text)] == [
        ("12", "EUR"),
        ("30", "EUR"),
        ("4", "EUR"),
        ("8", "EUR"),
    ]


def test_a_footnote_mark_stays_out_of_the_number_before_it() -> None:
    text = html("<p>En 2020<sup>6</sup>, 27&#8239;% (3<sup>e</sup> rang), 12 m<sup>2</sup>.</p>")
    assert text == "En 2020⁶, 27\u202f% (3e rang), 12 m².\n"
    assert [q.value for q in reading.scan(text) if q.kind == "year"] == ["2020"]


def test_soft_hyphens_are_not_printed_and_spaces_keep_their_kind() -> None:
    assert html("1&#8239;250 entre&shy;prises &euro;&lt;&#x41;") == "1\u202f250 entreprises €<A\n"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<META http-equiv=Content-Type content="text/html; charset=ISO-8859-15">', "iso-8859-15"),
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="utf-16">', "utf-8"),
        ("", "utf-8"),
    ],
)
def test_the_charset_that_a_page_declares_is_followed(declared: str, encoding: str) -> None:
    page = f"<html><head>{declared}</head><body>Créé : 12 M€".encode(encoding)
    assert documents.extract(page).text == "Créé : 12 M€\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_more_than_a_declaration(encoding: str) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body>Créé : 12 M€'.encode(encoding)
    assert documents.extract(page).text == "Créé : 12 M€\n"


def test_characters_are_whole_wherever_the_parser_is_fed() -> None:
    text = "é€\U0001f600 12\u202f% " * 30_000
    assert html(text) == f"{text.strip()}\n"


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div>" * 300_000 + "12 %",
        "<html>" + "<table><tr><td>" * 100_000 + "12 %",
        "<html>" + "<b><i>" * 100_000 + "</b></i>" * 100_000 + "12 %",
        "<html>" + "<br>" * 300_000 + "12 %",
        "<html><p " + "a=1 " * 300_000 + ">12 %",
        '<html><p style="' + "display " * 100_000 + '">12 %',
        "<html>" + " " * 3_000_000 + "12 %",
        "<html>" + "<sup>" * 200_000 + "12 %",
    ],
    ids=["divs", "tables", "crossed tags", "line breaks", "attributes", "style", "blanks", "sup"],
)
def test_hostile_html_is_read_in_time_and_nothing_is_lost(page: str) -> None:
    started = time.perf_counter()
    assert documents.extract(page.encode()).text.strip() == "12 %"
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("opening", ["<!---->" * 300_000, "<!--" * 300_000, "<?xml " * 300_000, "<" * 1_000_000])
def test_hostile_openings_are_sorted_in_time(opening: str) -> None:
    started = time.perf_counter()
    assert documents.extract(f"{opening} 12 %".encode()).text.endswith("12 %")
    assert time.perf_counter() - started < 5


# PDF


def test_the_pages_of_a_pdf_are_kept(pdf: bytes) -> None:
    text = documents.extract(pdf, "release.pdf")
    assert text.format == "pdf"
    assert len(text.pages) == 2
    first, second = text.text.split("\f")
    assert first.splitlines()[0] == "Plan nuage de Valmont"
    assert second == "Le plan mobilise 12,5 M€.\n"
    assert text.text[text.pages[1] :] == second
    assert [text.page(q.start) for q in reading.scan(text.text)] == [1, 1, 2]


@pytest.mark.parametrize(("user", "revision"), [("secret", 3), ("secret", 6), ("", 6)])
def test_an_encrypted_pdf_is_told_with_the_way_to_open_it(pdf: bytes, user: str, revision: Literal[3, 6]) -> None:
    with pytest.raises(InputError, match="the PDF is encrypted") as caught:
        documents.extract(locked(pdf, user, revision), "release.pdf")
    assert "qpdf --decrypt" in str(caught.value)


def test_a_pdf_that_everybody_may_open_is_read(pdf: bytes) -> None:
    assert documents.extract(locked(pdf, "", 3)).text == documents.extract(pdf).text


def test_a_pdf_of_pictures_is_told_with_the_way_to_have_it_recognised() -> None:
    with pytest.raises(InputError, match="the PDF has no text") as caught:
        documents.extract(bytes(typst.compile(b"#rect()")), "scan.pdf")
    assert "1 page, perhaps pictures" in str(caught.value)
    assert "ocrmypdf" in str(caught.value)


def test_a_pdf_cut_anywhere_is_damaged_or_whole(pdf: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    found = set()
    for end in range(10, len(pdf), len(pdf) // 40):
        try:
            found.add(documents.extract(pdf[:end]).text)
        except InputError as error:
            found.add(error.what)
    assert found <= {"the PDF is damaged", documents.extract(pdf).text}
    assert capfd.readouterr() == ("", "")


def test_a_pdf_whose_faults_were_worked_around_says_that_its_text_may_have_gaps(pdf: bytes) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[1].Contents
        raw = page.read_raw_bytes()
        page.write(raw[:30] + b"\xff" * 16 + raw[46:], filter=pikepdf.Name.FlateDecode)
        opened.save(target)
    text = documents.extract(target.getvalue())
    assert "12,5 M€" not in text.text
    assert text.remarks
    assert not documents.extract(pdf).remarks


# Anything

PIECES = ["<p>", "</p>", "<td>", "<table>", "<sup>", "<pre>", "<p hidden>", "<!--", "-->", "&#13;", "&#xD800;", "\r\n"]


@given(
    st.sampled_from([b"", b"<html>", b"%PDF-1.7", b"\xff\xfe", b"\xef\xbb\xbf"]),
    st.lists(st.one_of(st.sampled_from([piece.encode() for piece in PIECES]), st.binary(max_size=8), st.just(b"12 %"))),
)
def test_whatever_the_bytes_a_text_comes_out_that_can_be_kept_or_an_error_of_ours(
    opening: bytes, pieces: list[bytes]
) -> None:
    try:
        text = documents.extract(opening + b"".join(pieces)).text
    except InputError:
        return
    assert documents.canonical(text.encode()) == text
    assert text.strip()


# Files


def test_a_file_of_200_mb_is_refused_at_once_and_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    started = time.perf_counter()
    with pytest.raises(InputError, match="too large") as caught:
        documents.contents(large)
    assert time.perf_counter() - started < 0.1
    assert "200,000,000 bytes" in str(caught.value)


def test_bytes_that_are_too_many_are_refused_wherever_they_come_from() -> None:
    with pytest.raises(InputError, match="too large"):
        documents.extract(bytes(documents.LARGEST + 1), "standard input")


def test_a_missing_file_and_a_folder_are_wrong_calls(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        documents.contents(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="a folder"):
        documents.contents(tmp_path)
