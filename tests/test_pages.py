"""The pages: well-formed, self-contained, accessible as far as markup shows, the same each time."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from test_pages_edition import (
    CATALOGUE,
    CLAIMS,
    LANGUAGES,
    OBSERVATIONS,
    REPORT,
    SERIES,
    chapter,
    chart,
    checked,
    edition,
    findings,
    found,
    table,
)

from analysis import pages
from analysis.claims.signing import SignOff, SignOffs
from analysis.errors import ExecutionError, InputError
from analysis.notebooks.chapter import Chapter, Prose
from analysis.pages.blocks import data_of
from analysis.pages.edition import Correction, Edition
from analysis.quantities import Lang
from analysis.series import Catalogue

VOID = {"meta", "link", "br", "hr", "path", "rect", "input", "img"}
HOSTILE = "<script>alert(1)</script>\"onmouseover='x' {{ 7*7 }} &amp; <b>{value}"


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: tuple[str, ...] = ()


class Reader(HTMLParser):
    """Reads a page into a flat list of elements, and fails where tags do not pair."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert len(given) == len(attrs), f"<{tag}> has an attribute twice"
        element = Element(tag, given, inside=tuple(each.tag for each in self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open, f"</{tag}> closes nothing"
            assert self._open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


@dataclass
class Page:
    html: str
    elements: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    @property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]


def read(html: str) -> Page:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return Page(html, reader.elements)


def written(whole: Edition) -> Iterator[tuple[str, str]]:
    yield "index.html", pages.entry(whole)
    for lang in whole.languages:
        yield f"{lang}/index.html", pages.contents(lang, whole)
        yield f"{lang}/numbers.html", pages.numbers(lang, whole)
        yield f"{lang}/proofs.html", pages.proofs(lang, whole)
        for each in whole.reading_order(lang):
            yield f"{lang}/{each.stem}.html", pages.chapter(each, whole)


@cache
def site() -> dict[str, Page]:
    return {path: read(html) for path, html in written(edition())}


PATHS = [
    "index.html",
    *(
        f"{lang}/{page}.html"
        for lang in LANGUAGES
        for page in ("index", "numbers", "proofs", "adoption", "funding", "findings")
    ),
]
each_page = pytest.mark.parametrize("path", PATHS)


@each_page
def test_a_page_is_in_its_language_and_marks_the_other(path: str) -> None:
    page = site()[path]
    lang = path.partition("/")[0] if "/" in path else "fr"
    assert page.all("html")[0].attributes["lang"] == lang
    switches = [link for link in page.all("a") if "hreflang" in link.attributes]
    assert {link.attributes["hreflang"] for link in switches} >= set(LANGUAGES) - {lang}
    for link in switches:
        assert "/" not in path or link.attributes["lang"] == link.attributes["hreflang"]


@each_page
def test_a_page_switches_to_the_same_page_in_the_other_language(path: str) -> None:
    folder, _, name = path.rpartition("/")
    for alternate in (link for link in site()[path].all("link") if "hreflang" in link.attributes):
        target = posixpath.normpath(posixpath.join(folder, alternate.attributes["href"]))
        assert target == f"{alternate.attributes['hreflang']}/{name}"
        assert target in site()


@each_page
def test_a_page_has_one_h1_and_skips_no_level(path: str) -> None:
    levels = [int(heading.tag[1]) for heading in site()[path].all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@each_page
def test_ids_are_unique_and_every_reference_to_one_resolves(path: str) -> None:
    page = site()[path]
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    for element in page.elements:
        for attribute in ("aria-labelledby", "aria-describedby"):
            for name in element.attributes.get(attribute, "").split():
                assert name in page.ids, f"{attribute} of <{element.tag}>"


@each_page
def test_every_link_inside_the_edition_leads_somewhere(path: str) -> None:
    folder = posixpath.dirname(path)
    for link in site()[path].all("a"):
        address, _, fragment = link.attributes["href"].partition("#")
        if address.startswith("https://"):
            continue
        target = posixpath.normpath(posixpath.join(folder, address)) if address else path
        assert target in site() or target in edition().downloads
        assert not fragment or fragment in site()[target].ids, link.attributes["href"]


@each_page
def test_a_page_loads_nothing_and_runs_nothing_but_the_script_of_the_numbers(path: str) -> None:
    page = site()[path]
    run = [script for script in page.all("script") if script.attributes != {"type": "application/ld+json"}]
    assert [script.attributes for script in run] == ([{}] if path.endswith("numbers.html") else [])
    assert not page.all("iframe", "img", "object", "embed", "base", "form", "foreignobject")
    assert all("src" not in element.attributes and "style" not in element.attributes for element in page.elements)
    assert not any(name.startswith("on") for element in page.elements for name in element.attributes)
    assert [link.attributes["href"] for link in page.all("link") if link.attributes["rel"] == "icon"] == ["data:,"]
    style = page.all("style")[0].text
    assert "@import" not in style
    assert set(re.findall(r"url\((.{4})", style)) == {"data"}


@each_page
def test_the_policy_of_a_page_admits_its_own_style_and_its_own_script_only(path: str) -> None:
    page = site()[path]
    policy = dict(rule.split(" ", 1) for rule in page.all("meta")[1].attributes["content"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == digest_of(page.all("style")[0])
    run = [digest_of(script) for script in page.all("script") if not script.attributes]
    assert policy.get("script-src", "").split() == run


def digest_of(element: Element) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()}'"


@each_page
def test_a_page_has_landmarks_a_title_and_a_description(path: str) -> None:
    page = site()[path]
    assert len(page.all("main")) == 1
    assert all(name.attributes.get("aria-label") for name in page.all("nav"))
    assert page.all("title")[0].text
    described = [meta for meta in page.all("meta") if meta.attributes.get("name") == "description"]
    assert described[0].attributes["content"]
    if "/" in path:
        assert page.all("a")[0].attributes["href"] == "#content"
        assert page.all("main")[0].attributes["id"] == "content"


def test_titles_and_descriptions_are_each_used_once() -> None:
    titles = [page.all("title")[0].text for page in site().values()]
    descriptions = [page.all("meta")[4].attributes["content"] for page in site().values()]
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)


@each_page
def test_pictures_are_named_and_tables_are_headed(path: str) -> None:
    page = site()[path]
    for drawing in page.all("svg"):
        named = drawing.attributes.get("role") == "img" and drawing.attributes["aria-label"]
        assert named or drawing.attributes["aria-hidden"] == "true"
    for cell in page.all("th"):
        assert cell.attributes["scope"] in {"row", "col"}
        assert cell.text
    assert len(page.all("caption")) == len(page.all("table"))
    regions = [section for section in page.all("section") if section.attributes.get("tabindex") == "0"]
    assert len(regions) == len(page.all("table"))
    assert all("aria-labelledby" in region.attributes for region in regions)


def test_a_chart_stands_with_all_that_must_be_told_with_it() -> None:
    page = site()["en/adoption.html"]
    figure = page.all("figure")[0]
    for told in ("headline", "subtitle", "note", "source"):
        assert chart("en")[told] in figure.text
    assert [heading.tag for heading in page.all("h3") if "figcaption" in heading.inside] == ["h3"]
    assert [drawing.attributes["class"] for drawing in page.all("svg")] == ["wide", "narrow"]
    assert {drawing.attributes["aria-describedby"] for drawing in page.all("svg")} == {"chart-adoption-description"}
    links = [link.text for link in page.all("a") if "figure" in link.inside and "download" in link.attributes]
    assert links == ["data (adoption.csv, 12\u00a0kB)", "picture (SVG, 12\u00a0kB)", "picture (PNG, 12\u00a0kB)"]
    assert "details" in page.all("table")[0].inside


def test_a_file_the_edition_does_not_hold_is_not_linked() -> None:
    page = read(pages.chapter(chapter("en"), edition(downloads={})))
    assert not [link for link in page.all("a") if "download" in link.attributes]


def test_every_number_of_a_chapter_is_a_link_to_its_proof_and_the_proof_leads_back() -> None:
    page, proofs = site()["fr/adoption.html"], site()["fr/proofs.html"]
    numbers = [link for link in page.all("a") if link.attributes["href"].startswith("proofs.html#")]
    assert {link.attributes["href"] for link in numbers} == {
        f"proofs.html#{name}" for name in ("adoption_fr_2018", "adoption_fr_2020", "share_europeans")
    }
    back = {link.attributes["href"] for link in proofs.all("a")}
    assert "adoption.html#use-adoption_fr_2018" in back


def test_a_chart_that_alone_uses_a_claim_is_where_its_proof_leads_back_to() -> None:
    lone = chapter("fr", blocks=(chart("fr") | {"claims": ["unused"], "table": table("fr", "x") | {"rows": []}},))
    assert "use-unused" in read(pages.chapter(lone, edition())).ids


def test_a_proof_tells_where_the_number_stands_who_says_it_and_what_it_stands_for() -> None:
    page = site()["en/proofs.html"]
    proof = next(article for article in page.all("article") if article.attributes["id"] == "share_europeans")
    for told in (
        "European providers hold less than 2% of the market.",
        "“moins de 2%”",
        REPORT.title,
        "2 November 2021",
        "line 151, characters 9,000 to 9,002 of 20,000",
        "Eurostat",
        "French government",
        "less than 2%",
        "not given by the text",
        "“19%”, line 26",
        "89abcdef01234567",
    ):
        assert told in " ".join(proof.text.split()), told
    assert "45.0%" in [mark.attributes["x"] for mark in page.all("rect")]
    assert "Chapter 1" in proof.text


def test_the_card_above_the_proofs_identifies_the_document() -> None:
    section = next(
        each for each in site()["en/proofs.html"].all("section") if "document-report" in str(each.attributes)
    )
    for told in (REPORT.publisher, REPORT.date_known_en, "example.org", REPORT.terms_en, REPORT.sha256):
        assert told in section.text, told


def proof_of(name: str, lang: Lang) -> Element:
    return next(each for each in site()[f"{lang}/proofs.html"].all("article") if each.attributes["id"] == name)


def test_an_observation_has_a_proof_like_that_of_a_claim() -> None:
    told = " ".join(proof_of("office_fr_2020", "en").text.split())
    for part in (
        "“26.86%”",
        "“about”",
        "“of enterprises”",
        SERIES.title_en,
        "Office d’essai, 27 February 2026, since superseded · example.org",
        "Second placeexample.com",
        "another place gives another number",
        "Eurostat",
        "French government",
        "26.855% to less than 26.865%",
        "Revised since.",
        "Chapter 3",
    ):
        assert part in told, part
    flagged = proof_of("office_fr_2018", "fr").text
    assert "rupture de série, provisoire" in flagged
    assert "« 19% », ligne 26" in flagged.replace("\u202f", " ")


def test_an_observation_stands_in_the_section_of_its_series_after_the_documents() -> None:
    sections = [each for each in site()["fr/proofs.html"].all("section") if "aria-labelledby" in each.attributes]
    names = [each.attributes["aria-labelledby"] for each in sections]
    assert names == ["document-report", "document-letter", "document-empty", "series-office_use"]
    for told in (SERIES.title_fr, SERIES.publisher, SERIES.terms_fr, SERIES.collected_fr, SERIES.note_fr):
        assert told in sections[-1].text


def test_an_observation_that_nothing_uses_has_no_proof() -> None:
    assert "office_unused" not in site()["en/proofs.html"].ids


def test_a_second_place_may_be_one_of_the_documents() -> None:
    links = {link.attributes["href"] for link in site()["fr/proofs.html"].all("a")}
    assert "#document-letter" in links
    assert "A trial report about the cloud" in proof_of("office_fr_2021", "fr").text


def test_a_proof_lists_what_was_found_about_its_number_with_the_verdict_in_words() -> None:
    told = " ".join(proof_of("adoption_fr_2018", "en").text.split())
    for part in ("Two years (≠ contradicts)", "Two shares for one country (≠ contradicts)", "number (✓ holds)"):
        assert part in told, part
    links = {link.attributes["href"] for link in site()["en/proofs.html"].all("a")}
    assert {f"findings.html#finding-{name}" for name in ("two_years", "twice", "at_the_office")} <= links


def test_a_finding_is_told_with_its_verdict_as_a_word_and_a_sign() -> None:
    page = site()["en/findings.html"]
    finding = next(each for each in page.all("section") if each.attributes.get("id") == "finding-twice")
    assert finding.attributes["class"] == "finding contradicts"
    assert finding.attributes["aria-labelledby"] in page.ids
    (verdict, _) = [each for each in page.all("p") if each.attributes.get("class") == "verdict sans bold"]
    assert verdict.text == "≠ Contradicts: the numbers disagree"
    for part in ("One says 27%.", "Nothing more.", "What would settle it", "28.10%"):
        assert part in finding.text, part


def test_a_derivation_is_a_list_of_its_lines() -> None:
    page = site()["fr/findings.html"]
    lists = [each for each in page.all("ul") if each.attributes.get("class") == "derivation sans"]
    assert [each.attributes["aria-label"] for each in lists] == ["Calcul", "Calcul"]
    lines = [each.text for each in page.all("li") if "section" in each.inside and each.text.startswith("19")]
    assert lines == ["19 ≠ 27", "19 → 27 ✓"] * 2


def test_a_row_of_a_table_of_findings_is_where_their_proofs_lead() -> None:
    rows = [each.attributes.get("id") for each in site()["fr/findings.html"].all("tr")]
    assert rows == [None, "finding-at_the_office", "finding-elsewhere"]


def test_no_finding_of_a_kind_is_told_as_such() -> None:
    empty = checked("en")
    page = read(pages.chapter(replace(empty, blocks=({"block": "findings", "items": []},)), edition()))
    assert "No check came to this verdict." in page.all("main")[0].text


def test_a_chapter_tells_what_is_doubtful_in_its_numbers_unless_it_says_so_itself() -> None:
    adoption, own = site()["en/adoption.html"], site()["en/findings.html"]
    section = next(each for each in adoption.all("section") if each.attributes.get("aria-labelledby") == "findings")
    assert "Two years (≠\u00a0contradicts)" in section.text
    assert "The office’s number" not in section.text
    assert not [each for each in own.all("section") if each.attributes.get("aria-labelledby") == "findings"]


def test_the_contents_tell_where_the_documents_contradict_themselves_and_list_the_series() -> None:
    page = site()["en/index.html"]
    told = next(each for each in page.all("section") if each.attributes.get("aria-labelledby") == "contradictions")
    assert "Two shares for one country" in told.text
    assert "Two years" not in told.text, "a series has a part in it"
    assert "proofs.html#series-office_use" in {link.attributes["href"] for link in page.all("a")}


def test_an_edition_without_series_and_findings_says_nothing_of_them() -> None:
    chapters = {("adoption", lang): chapter(lang) for lang in LANGUAGES}
    bare = edition(chapters=chapters, findings=(), catalogue=replace(CATALOGUE, observations={}, series={}))
    for html in (pages.contents("en", bare), pages.proofs("en", bare), pages.chapter(chapters["adoption", "en"], bare)):
        page = read(html)
        labels = {each.attributes.get("aria-labelledby") for each in page.all("section")}
        assert not labels & {"findings", "contradictions", "series", "series-office_use"}
        assert "Checks" not in page.all("main")[0].text


def test_a_link_to_a_number_that_nothing_gives_is_refused() -> None:
    lost = chapter("fr", blocks=(Prose("[19](#nothing_gives_it)"),))
    broken = edition(chapters={("adoption", "fr"): lost})
    for write in (partial(pages.proofs, "fr"), partial(pages.contents, "fr"), partial(pages.chapter, lost)):
        with pytest.raises(InputError, match="nothing_gives_it"):
            write(broken)


def test_what_a_document_printed_is_marked_as_its_language() -> None:
    spans = [span for span in site()["en/proofs.html"].all("span") if span.attributes.get("lang") == "fr"]
    assert {"19%", "moins de 2%", "en M€", REPORT.title} <= {span.text for span in spans}
    own = [span for span in site()["fr/proofs.html"].all("span") if span.attributes.get("lang") == "fr"]
    assert own == [], "words in the page’s own language need no mark"


def test_a_printed_number_stands_for_an_interval_told_in_words() -> None:
    text = " ".join(site()["fr/proofs.html"].all("main")[0].text.split(" "))
    assert "de 18,5\u202f% à moins de 19,5\u202f%" in text
    assert "de 666,5\u00a0M€ à moins de 667,5\u00a0M€" in text


def test_the_contents_deal_the_key_numbers_of_the_chapters_and_show_five_at_most() -> None:
    chapters = {(stem, "fr"): chapter("fr", stem, number) for number, stem in enumerate(("a", "b", "c"), 1)}
    page = read(pages.contents("fr", edition(chapters=chapters)))
    shown = [span.text for span in page.all("span") if span.attributes.get("class") == "number bold"]
    assert shown == ["19\u202f%"] * 3 + ["27\u202f%"] * 2


def test_the_first_edition_says_that_there_is_none_before_it() -> None:
    told = next(each for each in site()["en/index.html"].all("section") if "changes" in each.attributes.values())
    assert "first edition" in told.text


def test_a_later_edition_lists_the_numbers_corrected_since_the_one_before() -> None:
    old, new = (
        Correction(day, frozenset({"funding_public"}), {"fr": f"Corrigé le {day}.", "en": f"Corrected on {day}."})
        for day in ("2026-08-01", "2026-12-01")
    )
    later = edition(corrections=(new, old), previous="2026-11-21", date="2027-02-01")
    told = next(each for each in read(pages.contents("en", later)).all("section") if "changes" in str(each.attributes))
    assert new.text["en"] in told.text
    assert old.text["en"] not in told.text
    unchanged = read(pages.contents("en", replace(later, corrections=(old,))))
    assert "No published number has been corrected since the edition of 21 November 2026." in unchanged.html


def signatures() -> SignOffs:
    signed, stale, _ = CLAIMS[:3]
    entries = (
        SignOff(signed.id, signed.entry, "Ada <i>L.</i>", "2026-11-20"),
        SignOff(stale.id, "0" * 16, "Ada", "2026-11-19"),
    )
    return SignOffs({each.id: each for each in entries})


def test_a_proof_says_whether_a_second_reader_signed_it_and_whether_it_has_moved_since() -> None:
    page = read(pages.proofs("en", edition(sign_offs=signatures())))
    told = {article.attributes["id"]: " ".join(article.text.split()) for article in page.all("article")}
    assert "checked against the passage by Ada <i>L.</i>, 20 November 2026" in told["adoption_fr_2018"]
    assert "checked by Ada, 19 November 2026; changed since, to be checked again" in told["adoption_fr_2020"]
    assert "Second reader" not in told["share_europeans"]
    assert "Second reader" not in told["office_fr_2020"]
    assert "against their passage: 1 of 8; 1 changed since" in page.html, "the others are counted above them"


def test_the_contents_count_the_numbers_that_are_signed() -> None:
    assert "against their passage: 0 of 8." in site()["en/index.html"].html
    assert "1 of 8; 1 changed since" in pages.contents("en", edition(sign_offs=signatures()))


def test_the_numbers_of_a_chart_and_of_a_table_can_be_fetched_from_the_files_that_hold_them() -> None:
    files = dict.fromkeys(("data/adoption.csv", "data/series.csv", "data/findings.csv"), 12_345)
    whole = edition(downloads=files)
    drawn = chart("en") | {"claims": ["adoption_fr_2018", "office_fr_2020"], "table": {"rows": []} | table("en", "x")}
    official = table("en", "official") | {"rows": [[{"text": "27", "claim": "office_fr_2020"}] * 3]}
    assert data_of(drawn, whole) == ("data/adoption.csv", "data/series.csv")
    assert data_of(official, whole) == ("data/series.csv",)
    assert data_of(official | {"findings": ["twice"]}, whole) == ("data/findings.csv",)
    page = read(pages.chapter(chapter("en", blocks=(Prose("## H"), drawn, official)), whole))
    links = [link.attributes["href"] for link in page.all("a") if "download" in link.attributes]
    assert links[:3] == ["../data/adoption.csv", "../data/series.csv", "../data/series.csv"]
    assert "data (series.csv, 12\u00a0kB)" in page.html


def test_a_chart_leads_to_a_file_of_its_own_numbers_where_the_edition_holds_it() -> None:
    own = dict.fromkeys(("data/adoption.csv", "en/charts/adoption.csv"), 1000)
    page = read(pages.chapter(chapter("en"), edition(downloads=own)))
    (figure,) = (each for each in page.all("figure"))
    links = [each.attributes["href"] for each in page.all("a") if {"figure", "p"} <= set(each.inside)]
    assert figure.attributes["id"] == "chart-adoption"
    assert links == ["../en/charts/adoption.csv"]


def test_the_file_of_a_chart_has_a_row_for_each_of_its_numbers_in_whatever_language() -> None:
    shown = chart("fr") | {"claims": ["adoption_fr_2018", "office_fr_2020"]}
    rows = list(csv.DictReader(io.StringIO(pages.chart_csv(shown, edition()).decode())))
    assert [(row["id"], row["source"], row["value"], row["unit"]) for row in rows] == [
        ("adoption_fr_2018", "report", "19", "percent"),
        ("office_fr_2020", "office_use", "26.86", "percent"),
    ]
    assert pages.chart_csv(shown, edition()) == pages.chart_csv({**chart("en"), "claims": shown["claims"]}, edition())


def test_the_file_of_a_chart_of_names_is_its_table() -> None:
    shown = chart("fr") | {"claims": []}
    header, *rows = csv.reader(io.StringIO(pages.chart_csv(shown, edition()).decode()))
    assert header == [column["label"] for column in shown["table"]["columns"]]
    assert rows == [[cell["text"] for cell in row] for row in shown["table"]["rows"]]


def test_a_chart_can_be_embedded_once_the_edition_has_an_address() -> None:
    assert "Show this chart elsewhere" not in site()["en/adoption.html"].html
    public = edition(address="https://example.org/nuage/")
    page = read(pages.chapter(chapter("en"), public))
    (code,) = page.all("code")
    embedded = read(code.text)
    assert embedded.all("img")[0].attributes["src"] == "https://example.org/nuage/en/charts/adoption.svg"
    assert embedded.all("img")[0].attributes["alt"] == chart("en")["alt"]
    assert embedded.all("a")[0].attributes["href"] == "https://example.org/nuage/en/adoption.html#chart-adoption"


def test_the_text_of_a_chart_cannot_break_out_of_the_code_that_embeds_it() -> None:
    public = edition(address="https://example.org/nuage/")
    page = read(pages.chapter(chapter("en", blocks=(Prose("## H"), chart("en") | {"alt": HOSTILE})), public))
    (code,) = page.all("code")
    embedded = read(code.text)
    assert [element.tag for element in embedded.elements] == ["a", "img"]
    assert embedded.all("img")[0].attributes["alt"] == HOSTILE


def test_the_entry_tells_the_story_in_five_key_numbers_in_each_language() -> None:
    page = site()["index.html"]
    links = [link.attributes["href"] for link in page.all("a") if "#" in link.attributes["href"]]
    for lang in LANGUAGES:
        own = [href for href in links if href.startswith(f"{lang}/")]
        assert own == [
            f"{lang}/proofs.html#{name}" for name in ("adoption_fr_2018", "adoption_fr_2020", "share_europeans")
        ]


def test_corrections_are_told_where_the_number_stood() -> None:
    correction = Correction("2026-12-01", frozenset({"funding_public"}), {"fr": "Ce nombre a changé.", "en": "…"})
    corrected = edition(corrections=(correction,))
    told = "1er\u00a0décembre 2026\u202f: Ce nombre a changé."
    assert told in read(pages.chapter(corrected.chapters["funding", "fr"], corrected)).all("main")[0].text
    assert told in read(pages.contents("fr", corrected)).all("main")[0].text
    assert told not in read(pages.chapter(corrected.chapters["adoption", "fr"], corrected)).all("main")[0].text


def test_the_same_edition_has_the_same_bytes() -> None:
    assert dict(written(edition())) == {path: page.html for path, page in site().items()}


def test_a_chapter_weighs_sixty_kilobytes_at_most_without_its_charts() -> None:
    for lang in LANGUAGES:
        page = pages.chapter(chapter(lang), edition())
        assert len(page.encode()) < 60_000


@each_page
def test_the_embedded_fonts_hold_every_character_set_in_them(path: str) -> None:
    page = site()[path]
    faces = re.findall(
        r'font-family:"([^"]+)";font-style:(\w+);font-weight:(\d+);src:url\(data:font/woff2;base64,([^)]+)\)',
        page.all("style")[0].text,
    )
    drawn = {(family, style, weight): characters_of(data) for family, style, weight, data in faces}
    text = {
        character
        for element in page.all("header", "main", "footer")
        for character in element.text
        if not character.isspace()
    }
    assert text - {character for characters in drawn.values() for character in characters} == set()
    for heading in page.all("h1"):
        assert set(heading.text) - {"\u202f", "\n"} <= drawn["Source Serif Pro", "normal", "600"]


def characters_of(data: str) -> set[str]:
    return {chr(code) for code in TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()}


def hostile(lang: Lang) -> tuple[Edition, Chapter]:
    claims = tuple(
        replace(each, printed=HOSTILE, note_fr="<i>x</i>", note_en="<i>x</i>", document=replace(REPORT, title=HOSTILE))
        for each in CLAIMS
    )
    drawn = chart(lang) | dict.fromkeys(("headline", "subtitle", "note", "source", "alt"), HOSTILE)
    drawn["drawing"] = drawn["drawing"].replace(
        "<path", '<script>alert(1)</script><a href="https://example.org"/><path onclick="alert(1)" style="x"', 1
    )
    drawn["table"] = table(lang, "x") | {"caption": HOSTILE, "rows": [[{"text": HOSTILE, "claim": None}] * 3]}
    shown = findings(lang, title=HOSTILE, told=HOSTILE, means=HOSTILE, says=HOSTILE, derivation=[HOSTILE] * 2)
    shown["items"][0] |= {"numbers_label": HOSTILE, "parts": [{"label": HOSTILE, "text": HOSTILE}]}
    shown["items"][0]["numbers"] = [{"text": HOSTILE, "claim": "adoption_fr_2018"}]
    blocks = (
        shown,
        drawn,
        Prose(f"## {HOSTILE}\n\n{HOSTILE}\n\n[x](javascript:alert(1)) ![x](https://example.org/x.png)"),
    )
    attacked = chapter(lang, title=HOSTILE, standfirst=HOSTILE, blocks=blocks)
    card: dict[str, Any] = {
        f"{name}_{each}": HOSTILE for name in ("title", "terms", "collected", "note") for each in LANGUAGES
    }
    series = replace(SERIES, publisher=HOSTILE, address=HOSTILE, **card)
    told: dict[str, Any] = {
        "printed": HOSTILE,
        "cue": HOSTILE,
        "unit": HOSTILE,
        "publisher": HOSTILE,
        "note_fr": HOSTILE,
    }
    places: dict[str, Any] = {"address": "javascript:alert(1)", "second_address": HOSTILE}
    observations = {each.id: replace(each, series=series, **told, **places) for each in OBSERVATIONS}
    catalogue = Catalogue(observations, {series.id: series})
    said: dict[str, Any] = {
        f"{name}_fr": _braceless(HOSTILE) for name in ("title", "says", "reason", "means", "settle")
    }
    judged = tuple(replace(each, check=replace(each.check, **said)) for each in found(claims, catalogue))
    return edition(claims, chapters={("adoption", lang): attacked}, catalogue=catalogue, findings=judged), attacked


def _braceless(text: str) -> str:
    """Without what a template would take for a field or a typed number."""
    return re.sub(r"\{[^{}]*\}|[{}0-9]", "", text)


def test_hostile_text_is_shown_not_obeyed() -> None:
    attacked, bad = hostile("fr")
    made = (pages.chapter(bad, attacked), pages.numbers("fr", attacked), pages.proofs("fr", attacked))
    for html in (*made, pages.contents("fr", attacked)):
        page = read(html)
        assert not page.all("img", "b", "i")
        for script in page.all("script"):
            assert not script.attributes or json.loads(script.text)["@graph"]
        assert not any(name.startswith("on") for element in page.elements for name in element.attributes)
        assert not any("javascript:" in element.attributes.get("href", "") for element in page.elements)
        assert "<script>alert(1)</script>" in page.all("main")[0].text, html[:200]
        assert "{{ 7*7 }}" in page.all("main")[0].text


@pytest.mark.parametrize("prose", ["# A second headline", "### Too deep"])
def test_a_heading_out_of_order_is_refused(prose: str) -> None:
    with pytest.raises(ExecutionError, match="heading of level"):
        pages.chapter(chapter("en", blocks=(Prose(prose),)), edition())


@pytest.mark.parametrize(("drawing", "fault"), [("<svg", "not well-formed"), ("<svg/>", "not an SVG of known size")])
def test_a_drawing_that_is_none_is_refused(drawing: str, fault: str) -> None:
    with pytest.raises(ExecutionError, match=fault):
        pages.chapter(chapter("en", blocks=(chart("en") | {"drawing": drawing},)), edition())
