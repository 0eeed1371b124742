"""The documentation: what is generated says what the code says, and the site can be read by everybody, anywhere."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import lxml.html
import pytest

from analysis import handbook, parameters
from analysis.cli import command
from analysis.errors import Problems, UsageError
from analysis.handbook.markdown import Written, written
from analysis.handbook.told import ENVIRONMENT
from analysis.quantities import Lang
from analysis.words.terms import lexicon

PROJECT = Path(__file__).resolve().parents[1]
KINDS: dict[Lang, list[str]] = {
    "en": ["Tutorials", "How-to guides", "Reference", "Explanation"],
    "fr": ["Tutoriels", "Guides pratiques", "Référence", "Explication"],
}
#: Variables that the command sets for itself.
INTERNAL = {"NUAGE_READS"}
#: The groups of the lexicon that a reader meets everywhere, and the sections of the glossary that have them.
GROUPS = {
    "tables": "Families of claims",
    "verdicts": "Verdicts of findings",
    "grades": "Grades of findings",
    "likenesses": "Likeness of two numbers",
    "review": "Verdicts of a review",
    "kinds": "Kinds of number",
    "bounds": "Bounds",
    "statuses": "Statuses",
}


@cache
def reference() -> Mapping[str, str]:
    return handbook.reference(command._parser(), PROJECT)  # noqa: SLF001  # to call it would be to do it


@cache
def site() -> Mapping[str, bytes]:
    return handbook.site(PROJECT)


def on_map(lang: Lang) -> list[handbook.Page]:
    """The pages on a map, in reading order."""
    return [page for kind in handbook.contents(PROJECT, lang) for page in kind.pages]


def places() -> list[str]:
    return ["index.html", "index.fr.html", *dict.fromkeys(page.place for lang in KINDS for page in on_map(lang))]


@cache
def tree(place: str) -> Any:
    return lxml.html.document_fromstring(site()[place])


def read(text: str, lang: Any = "en") -> Written:
    return written(text, lang, lambda address: address)


every_page = pytest.mark.parametrize("place", places())
both_languages = pytest.mark.parametrize("lang", KINDS)


# What is generated


def test_the_reference_says_what_the_code_says() -> None:
    assert not handbook.stale(reference(), PROJECT), "nuage docs"
    assert {file.name for file in (PROJECT / handbook.FOLDER).iterdir()} == set(reference())


def test_a_page_that_says_something_else_is_found_and_written_again(tmp_path: Path) -> None:
    assert [file.name for file in handbook.write(reference(), tmp_path)] == list(reference())
    page = tmp_path / handbook.FOLDER / "commands.md"
    page.write_text(page.read_text(encoding="utf-8").replace("`--json`", "`--jsn`", 1), encoding="utf-8")
    (tmp_path / handbook.FOLDER / "codes.md").unlink()
    assert set(handbook.stale(reference(), tmp_path)) == {"commands.md", "codes.md"}
    handbook.write(reference(), tmp_path)
    assert not handbook.stale(reference(), tmp_path)


def test_a_check_that_fails_is_an_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    assert command.main(["docs", "--check", "--project", str(tmp_path)]) == 1
    assert "docs/reference/commands.md: does not say what the code says" in capsys.readouterr().err
    assert not (tmp_path / "docs").exists()
    assert command.main(["docs", "--project", str(tmp_path)]) == 0
    assert command.main(["docs", "--check", "--project", str(tmp_path)]) == 0


def test_every_command_is_told_with_every_argument() -> None:
    page = reference()["commands.md"]
    assert "| `--lang fr\\|en` | One language only (may be repeated). |" in page
    assert "`nuage add FILE --id ID`" in page
    assert "| 4 | The machine lacks something" in page


def test_a_number_of_a_table_has_a_unit() -> None:
    rows = [line.split(" | ") for line in reference()["tables.md"].splitlines() if line.count(" | ") == 6]
    numbers = [row for row in rows if row[3] == "number"]
    assert len(numbers) >= 5
    assert [row[0] for row in numbers if not row[4].strip()] == []


def test_every_variable_of_the_environment_is_told_and_no_other() -> None:
    sources = [*PROJECT.glob("src/**/*.py"), *PROJECT.glob("docs/schedules/*")]
    texts = [file.read_text(encoding="utf-8") for file in sources if "handbook" not in file.parts]
    assert set(re.findall(r"\bNUAGE_[A-Z]+\b", "\n".join(texts))) - INTERNAL == set(ENVIRONMENT)


# The map and the glossary


@both_languages
def test_every_page_is_on_the_map_of_its_language_once(lang: Lang) -> None:
    files = [file for file in PROJECT.glob("docs/**/*.md") if not file.name.startswith("README")]
    wanted = {file for file in files if file.name.endswith(".fr.md") == (lang == "fr")}
    linked = [PROJECT / page.path for page in on_map(lang)]
    assert wanted <= set(linked)
    assert len(linked) == len(set(linked))
    assert [kind.title for kind in handbook.contents(PROJECT, lang)] == KINDS[lang]


def in_french(page: handbook.Page) -> PurePosixPath:
    """The page's file in French, or else its own."""
    french = page.path.with_suffix(".fr.md")
    return french if (PROJECT / french).is_file() else page.path


def test_the_map_in_french_leads_to_the_same_pages_in_the_same_order() -> None:
    english, french = (handbook.contents(PROJECT, lang) for lang in handbook.MAPS)
    wanted = [[in_french(page) for page in kind.pages] for kind in english]
    assert [[page.path for page in kind.pages] for kind in french] == wanted


def glossary() -> dict[str, dict[str, tuple[str, str]]]:
    """The terms of each section by code, in English and in French."""
    page = (PROJECT / "docs/glossary.md").read_text(encoding="utf-8")
    row = re.compile(r"^\| `([^`]+)` \| \*\*(.+?)\*\*: .+? \| \*\*(.+?)\*\* : .+? \|$", re.MULTILINE)
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return {
        title: {code: (english, french) for code, english, french in row.findall(text)}
        for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }


@pytest.mark.parametrize(("group", "title"), GROUPS.items())
def test_the_glossary_has_every_code_under_its_names(group: str, title: str) -> None:
    known = {
        code: (term.en, term.fr.replace("\u202f", " ").replace("\xa0", " ")) for code, term in lexicon()[group].items()
    }
    known.pop("none", None)
    assert glossary()[title] == known


def test_the_glossary_has_every_parameter_and_every_other_table() -> None:
    contracts = [each for notebook in parameters.CONTRACTS for each in parameters.contract(notebook)]
    labels = {each.name: (each.label["en"].casefold(), each.label["fr"].casefold()) for each in contracts}
    told = {code: tuple(name.casefold() for name in names) for code, names in glossary()["Parameters"].items()}
    assert told == labels
    tables = {file.stem for file in (PROJECT / "data/processed").glob("*.csv")}
    assert tables <= {code for codes in glossary().values() for code in codes}


def test_every_term_of_the_glossary_is_told_in_both_languages() -> None:
    rows = [line for line in (PROJECT / "docs/glossary.md").read_text(encoding="utf-8").splitlines() if "| **" in line]
    assert len(rows) > 70
    assert [
        row for row in rows if not re.fullmatch(r"\| (`\S+`)? ?\| \*\*.+?\*\*: .+? \| \*\*.+?\*\* : .+? \|", row)
    ] == []


# The site


@every_page
def test_a_page_has_its_language_a_title_a_description_and_landmarks(place: str) -> None:
    page = tree(place)
    assert page.get("lang") == ("fr" if ".fr." in place else "en")
    assert page.findtext(".//title").endswith("État du nuage")
    assert page.xpath("string(//meta[@name='description']/@content)")
    assert len(page.xpath("//main[@id='content']")) == len(page.xpath("//header")) == 1
    assert page.xpath("string(//body/*[1]/@href)") == "#content"


def test_no_two_pages_of_a_language_have_one_title() -> None:
    titles = [(tree(place).get("lang"), tree(place).findtext(".//title")) for place in places()]
    assert len(titles) == len(set(titles))


@every_page
def test_a_page_has_one_h1_and_skips_no_level(place: str) -> None:
    levels = [int(heading.tag[1]) for heading in tree(place).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_page
def test_tables_have_captions_and_scopes_and_what_scrolls_has_the_focus(place: str) -> None:
    page = tree(place)
    for table in page.iter("table"):
        assert table.findtext("caption/span")
        assert {cell.get("scope") for cell in table.xpath("thead//th")} == {"col"}
        assert {cell.get("scope") for cell in table.xpath("tbody//th")} <= {"row"}
        assert all(cell.text_content().strip() for cell in table.iter("th"))
    for scrolls in page.xpath("//pre | //section[@class='scroll']"):
        assert scrolls.get("tabindex") == "0"


@every_page
def test_a_page_asks_nothing_of_the_network_and_runs_nothing(place: str) -> None:
    page = tree(place)
    assert not page.xpath(
        "//script | //iframe | //link[@rel='stylesheet'] | //*[@style] | //@*[starts-with(name(), 'on')]"
    )
    assert all(not re.match(r"(https?:)?//", source) for source in page.xpath("//@src | //link/@href"))
    assert "@import" not in page.findtext(".//style")
    assert set(re.findall(r"url\((\w+:)", page.findtext(".//style"))) == {"data:"}
    assert all(picture.get("alt") for picture in page.iter("img"))


@every_page
def test_every_link_leads_to_a_file_of_the_site_and_to_an_id_in_it(place: str) -> None:
    for address in tree(place).xpath("//@href | //@src"):
        if re.match(r"[a-z]+:", address):
            continue
        linked, _, anchor = unquote(address).partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(place), linked)) if linked else place
        assert target in site(), address
        assert not anchor or tree(target).xpath("//*[@id=$anchor]", anchor=anchor), address


@every_page
def test_ids_are_unique(place: str) -> None:
    ids = tree(place).xpath("//@id")
    assert len(ids) == len(set(ids))


@both_languages
def test_reading_on_leads_through_all_pages_of_a_language(lang: Lang) -> None:
    pages = [page.place for page in on_map(lang) if page.lang == lang]
    followed = [pages[0]]
    while found := tree(followed[-1]).xpath("//a[@rel='next']/@href"):
        followed.append(posixpath.normpath(posixpath.join(posixpath.dirname(followed[-1]), found[0])))
    assert followed == pages


def test_pages_in_french_have_their_navigation_in_french_and_mark_what_is_not() -> None:
    page = tree("review.fr.html")
    kinds = page.xpath("//header//li/a[not(@lang)]")
    assert [kind.text for kind in kinds] == KINDS["fr"]
    assert {kind.get("href").partition("#")[0] for kind in kinds} == {"index.fr.html"}
    listed = page.xpath("//footer//li/a")
    in_english = [link.get("href") for link in listed if link.get("lang") == link.get("hreflang") == "en"]
    assert in_english == [link.get("href") for link in listed if ".fr." not in link.get("href")]
    assert "explorer.html" in in_english


def test_what_is_in_the_other_language_is_marked() -> None:
    cells = tree("glossary.html").xpath("//td[@lang='fr']")
    assert len(cells) > 70
    assert "un texte source" in cells[0].text_content()
    assert not tree("glossary.html").xpath("//td[@lang='en']")
    assert [block.tag for block in tree("explorer.html").xpath("//main/*[@lang='fr']")] == ["p", "p", "pre", "p"]


def test_words_in_the_quotation_marks_of_the_other_language_are_in_it() -> None:
    text = "# « T »\n\nIt says «à\u202fpeine» & “so”, as État du nuage has it.\n"
    assert '<p>It says <span lang="fr">«à\u202fpeine»</span> &amp; “so”, as <span lang="fr">État du nuage</span>' in (
        read(text).html
    )
    assert '«à\u202fpeine» &amp; <span lang="en">“so”</span>, as État' in read(text, "fr").html


def test_a_paragraph_or_what_is_printed_is_in_the_language_of_its_words_and_code_is_in_none() -> None:
    french = "Le plan est un texte que les ministres ont écrit pour la France."
    html = read(f"# T\n\n{french}\n\n```text\n{french}\n```\n\n```toml\n{french}\n```\n").html
    assert f'<p lang="fr">{french}</p>' in html
    assert f'<pre tabindex="0" translate="no" lang="fr"><code>{french}' in html
    assert f'<pre tabindex="0" translate="no"><code class="language-toml">{french}' in html
    assert "lang=" not in read(f"# T\n\n{french}\n", "fr").html


def test_the_way_to_the_other_language_stands_above_the_text_only() -> None:
    assert "En français" not in tree("review.html").text_content()
    assert tree("review.html").xpath("//header//a[@lang='fr' and @hreflang='fr']/@href") == ["review.fr.html"]


@every_page
def test_a_word_with_a_french_letter_is_marked_on_a_page_in_english(place: str) -> None:
    texts = tree(place).xpath("//main//text()[not(ancestor::code) and ancestor::*[@lang][1]/@lang='en']")
    assert [text for text in texts if re.search("[éèàçêùôîœ]", text)] == []


def test_a_block_that_no_test_runs_says_so_to_readers() -> None:
    told = tree("howto/publish.html").xpath("//em[starts-with(., 'Not run by the tests: ')]")
    assert len(told) == 3
    assert "&lt;!--" not in b"".join(site()[place] for place in places()).decode()


def test_the_fonts_hold_what_the_pages_show_beside_their_fallbacks() -> None:
    faces = re.findall(r'font-family:"([^"]+)"', tree("index.html").findtext(".//style").partition(":root")[0])
    assert sorted(faces) == ["Source Sans Pro"] * 2 + ["Source Serif Pro"] * 3


def built(out: Path, seed: str) -> dict[str, bytes]:
    environment = os.environ | {"PYTHONHASHSEED": seed, "NUAGE_CACHE": str(out / "cache"), "TZ": "Pacific/Auckland"}
    called = [sys.executable, "-m", "analysis.cli", "docs", "--out", str(out / "site"), "--project", str(PROJECT)]
    subprocess.run(called, env=environment, check=True, capture_output=True)
    return {
        file.relative_to(out / "site").as_posix(): file.read_bytes()
        for file in (out / "site").rglob("*")
        if file.is_file()
    }


def test_the_same_pages_make_the_same_bytes(tmp_path: Path) -> None:
    assert built(tmp_path, "1") == dict(site())


# What is wrong is found


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A documentation of two pages, and none in French."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/README.fr.md").write_text("# Carte\n\nRien en français.\n")
    (tmp_path / "docs/README.md").write_text("# Map\n\n## Tutorials\n\n- [One](one.md): first\n- [Two](two.md): then\n")
    (tmp_path / "docs/one.md").write_text("# One\n\nThe [second](two.md#the-end), `--all`.\n")
    (tmp_path / "docs/two.md").write_text("# Two\n\nSee [the file](a.txt).\n\n## The end\n")
    (tmp_path / "docs/a.txt").write_text("text\n")
    return tmp_path


def test_links_that_lead_nowhere_are_told_together(small: Path) -> None:
    assert "files/docs/a.txt" in handbook.site(small)
    (small / "docs/a.txt").unlink()
    (small / "docs/two.md").write_text("# Two\n\nSee [the file](a.txt).\n\n## The start\n")
    with pytest.raises(Problems) as told:
        handbook.site(small)
    assert str(told.value).splitlines() == [
        "docs/two.md: a link leads nowhere: a.txt",
        "docs/one.md: a link leads to no heading: two.html#the-end",
    ]


def test_a_site_replaces_an_earlier_one_and_nothing_else(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    handbook.publish(handbook.site(small), out)
    (out / "old.html").write_text("old")
    assert handbook.publish(handbook.site(small), out) == 6
    assert not (out / "old.html").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("an edition, say")
    with pytest.raises(UsageError, match="something else is there"):
        handbook.publish(handbook.site(small), other)
    assert [file.name for file in other.iterdir()] == ["index.html"]


def test_markdown_cannot_bring_html_into_a_page() -> None:
    html = read("# T\n\n<script>1</script>\n\n```sh\n<b>&\n```\n\n| a |\n|---|\n| <b> |\n").html
    assert not re.search("<(script|b)>|&\n", html)


def test_headings_of_one_name_have_anchors_of_their_own() -> None:
    assert read("# T\n\n## `nuage diff [A] [B]`\n\n## End\n\n## End\n").anchors == {
        "t",
        "nuage-diff-a-b",
        "end",
        "end-1",
    }


def cells(markdown: str, lang: str = "en") -> Iterator[tuple[str, Mapping[str, str], str]]:
    for cell in lxml.html.fromstring(read(markdown, lang).html).xpath("//th | //td"):
        yield cell.tag, dict(cell.attrib), cell.text_content()


def test_a_cell_heads_its_row_or_column_unless_it_is_empty() -> None:
    assert list(cells("# T\n\n| a | |\n|---|---:|\n| b | c |\n| | d |\n")) == [
        ("th", {"scope": "col"}, "a"),
        ("td", {"class": "right"}, ""),
        ("th", {"scope": "row"}, "b"),
        ("td", {"class": "right"}, "c"),
        ("td", {}, ""),
        ("td", {"class": "right"}, "d"),
    ]
