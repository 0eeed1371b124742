"""What an edition tells machines: valid in itself, true to its pages, no clock, nothing before it is public."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from test_pages import Page, read
from test_pages_edition import LANGUAGES, LETTER, REPORT, chapter, checked, edition

from analysis import package, pages
from analysis.editions import plan
from analysis.errors import Problems
from analysis.pages import Correction, Edition, machine
from analysis.quantities import Lang

ADDRESS = "https://example.org/nuage"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CORRECTIONS = (
    Correction("2026-12-02", frozenset({"funding_public"}), {"fr": "Une faute.", "en": "A slip."}),
    Correction("2026-12-02", frozenset({"funding_public"}), {"fr": "Une autre.", "en": "Another."}),
    Correction(
        "2026-12-01", frozenset({"adoption_fr_2018"}), {"fr": "18 < 19 & c’est tout", "en": "18 < 19 & that is all"}
    ),
)
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def public(**changes: Any) -> Edition:
    pictures = {f"{lang}/charts/adoption.png": 10 for lang in LANGUAGES}
    data = {f"data/{name}": 1_000 for name in ("adoption.csv", "claims.csv", package.DATABASE, package.DESCRIPTOR)}
    parts: dict[str, Any] = {"address": ADDRESS, "downloads": pictures | data, "corrections": CORRECTIONS}
    return edition(**parts | changes)


def atom(lang: Lang, whole: Edition) -> ElementTree.Element:
    return ElementTree.fromstring(machine.feed(lang, whole))  # noqa: S314  # it is ours


def texts(element: ElementTree.Element, tag: str) -> list[str]:
    return [each.text or "" for each in element.iter(f"{ATOM}{tag}")]


@each_language
def test_a_feed_has_an_entry_for_the_edition_and_for_each_correction(lang: Lang) -> None:
    feed = atom(lang, public())
    assert len(feed.findall(f"{ATOM}entry")) == 1 + len(CORRECTIONS)
    assert CORRECTIONS[2].text[lang] in texts(feed, "summary")
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for required in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{required}")) == 1


def test_a_feed_takes_its_time_from_the_edition_and_its_corrections() -> None:
    assert texts(atom("en", public()), "updated") == [
        "2026-11-21T00:00:00Z",
        "2026-11-21T00:00:00Z",
        "2026-12-02T00:00:00Z",
        "2026-12-02T00:00:00Z",
        "2026-12-01T00:00:00Z",
    ]


def test_what_a_feed_names_keeps_its_name_wherever_the_edition_stands() -> None:
    moved = atom("en", public(address="https://elsewhere.example/x"))
    assert texts(atom("en", public()), "id") == texts(moved, "id") == texts(atom("en", public(address="")), "id")
    both = [*texts(moved, "id"), *texts(atom("fr", public()), "id")]
    assert len(set(both)) == len(both) == 10
    assert all(name.startswith("tag:etat-du-nuage.invalid,2026:") for name in both)


def test_an_older_correction_keeps_its_name_when_another_comes() -> None:
    before = texts(atom("en", public(corrections=CORRECTIONS[1:])), "id")
    assert set(before) <= set(texts(atom("en", public()), "id"))


@each_language
def test_a_feed_leads_to_the_pages_and_to_itself_once_it_has_an_address(lang: Lang) -> None:
    private, known = atom(lang, public(address="")), atom(lang, public())
    assert [each.get("rel") for each in known.findall(f"{ATOM}link")] == ["alternate", "self"]
    assert known.findall(f"{ATOM}link")[1].get("href") == f"{ADDRESS}/{lang}/feed.xml"
    assert [each.get("href") for each in private.iter(f"{ATOM}link")][:2] == ["index.html", "index.html"]
    assert private.findall(f"{ATOM}entry")[3].findall(f"{ATOM}link")[0].get("href") == "proofs.html#adoption_fr_2018"


def test_a_feed_is_xml_whatever_a_correction_says() -> None:
    told = "\0\x0b]]>\ufffe</summary>&amp;\U0001f600"
    hostile = Correction("2026-12-01", frozenset({"unused"}), {"fr": told, "en": told})
    assert texts(atom("en", public(corrections=(hostile,))), "summary")[-1] == "��]]>�</summary>&amp;\U0001f600"


@cache
def page(lang: Lang, stem: str, address: str = ADDRESS) -> Page:
    whole = public(address=address)
    return read(pages.chapter(whole.chapters[stem, lang], whole))


def things(shown: Page) -> dict[str, dict[str, Any]]:
    (script,) = shown.all("script")
    content = json.loads(script.text)
    assert content["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in content["@graph"]}


@each_language
def test_a_chapter_is_an_article_that_cites_what_it_rests_on(lang: Lang) -> None:
    article = things(page(lang, "adoption"))["Article"]
    assert article["headline"] == page(lang, "adoption").all("h1")[0].text
    assert (article["inLanguage"], article["datePublished"]) == (lang, "2026-11-21")
    assert article["url"] == f"{ADDRESS}/{lang}/adoption.html"
    assert article["author"]["name"] == article["publisher"]["name"] == article["isPartOf"]["name"] == "État du nuage"
    assert [(work["name"], work["datePublished"]) for work in article["citation"]] == [(REPORT.title, REPORT.date)]
    assert len(article["license"]) == 2


@each_language
def test_the_data_of_a_chapter_are_described_with_years_places_measures_and_files(lang: Lang) -> None:
    data = things(page(lang, "adoption"))["Dataset"]
    assert data["temporalCoverage"] == "2018/2020"
    assert data["spatialCoverage"] == ["France", {"fr": "Allemagne", "en": "Germany"}[lang]]
    assert len(data["variableMeasured"]) == 1
    assert data["distribution"] == [
        {
            "@type": "DataDownload",
            "contentUrl": f"{ADDRESS}/data/adoption.csv",
            "encodingFormat": "text/csv",
            "contentSize": "1000 B",
        }
    ]
    cited, added = data["isBasedOn"]
    assert cited == {"@id": things(page(lang, "adoption"))["Article"]["citation"][0]["@id"]}
    assert added["name"] == LETTER.title
    assert "Dataset" not in things(page(lang, "funding"))


@each_language
def test_a_contradiction_between_documents_is_reviewed_with_its_date_and_without_a_score(lang: Lang) -> None:
    whole = public()
    graph = json.loads(page(lang, "findings").all("script")[0].text)["@graph"]
    (review,) = [thing for thing in graph if thing["@type"] == "ClaimReview"]
    assert review["url"] == f"{ADDRESS}/{lang}/findings.html#finding-twice"
    assert {"fr": "19\u202f%", "en": "19%"}[lang] in review["claimReviewed"]
    assert {"fr": "27\u202f%", "en": "27%"}[lang] in review["claimReviewed"]
    assert review["itemReviewed"]["datePublished"] == REPORT.date
    (appearance,) = review["itemReviewed"]["appearance"]
    described = [work for thing in graph for work in (*thing.get("citation", ()), appearance) if work.get("name")]
    assert {work["name"] for work in described if work["@id"] == appearance["@id"]} == {REPORT.title}
    assert review["reviewRating"].keys() == {"@type", "alternateName"}
    told = whole.chapters["findings", lang].blocks[1]
    assert isinstance(told, dict)
    assert review["reviewRating"]["alternateName"] == told["items"][0]["told"]


def test_what_is_named_in_a_page_is_described_there_once() -> None:
    shown = "".join(script.text for stem in ("adoption", "findings") for script in page("en", stem).all("script"))
    assert re.search(r'\{"@id":"[^"]+"\}', shown), "something is named a second time"
    for stem in ("adoption", "funding", "findings"):
        text = page("en", stem).all("script")[0].text
        met = [each[1] for each in re.finditer(r'"@id":"([^"]+)"(?!\})', text)]
        assert len(met) == len(set(met))
        assert set(re.findall(r'\{"@id":"([^"]+)"\}', text)) <= set(met)


def test_what_a_series_has_a_part_in_is_not_reviewed() -> None:
    whole = public()
    assert {finding.id for finding in whole.findings if finding.outcome.verdict == "contradicts"} >= {"twice"}
    assert "two_years" not in page("en", "findings").all("script")[0].text


def test_a_finding_told_nowhere_is_not_reviewed() -> None:
    without = public(chapters={("adoption", "en"): chapter("en")})
    assert "ClaimReview" not in pages.chapter(chapter("en"), without)
    assert "ClaimReview" in pages.chapter(checked("en"), public())


@each_language
def test_the_contents_describe_all_the_data(lang: Lang) -> None:
    data = things(read(pages.contents(lang, public())))["Dataset"]
    kinds = {file["contentUrl"].rpartition(".")[2]: file["encodingFormat"] for file in data["distribution"]}
    assert kinds == {"csv": "text/csv", "sqlite": "application/vnd.sqlite3", "json": "application/json"}


def test_json_in_a_page_can_end_neither_its_element_nor_a_line() -> None:
    bad = "</script><script>alert(1)</script><!-- & \u2028\u2029 -->"
    shown = pages.chapter(chapter("en", title=bad), public())
    (block,) = [line for line in shown.splitlines() if "application/ld+json" in line]
    assert block.count("<") == 2
    assert "&" not in block
    assert things(read(shown))["Article"]["headline"] == bad


def metas(shown: Page) -> dict[str, str]:
    named = (meta.attributes for meta in shown.all("meta"))
    return {each.get("property", each.get("name", "")): each["content"] for each in named if "content" in each}


@each_language
def test_a_public_chapter_is_shown_as_a_card_with_its_chart(lang: Lang) -> None:
    shown = metas(page(lang, "adoption"))
    assert shown["og:image"] == f"{ADDRESS}/{lang}/charts/adoption.png"
    assert shown["og:image:alt"] == page(lang, "adoption").all("svg")[0].attributes["aria-label"]
    assert shown["twitter:card"] == "summary_large_image"
    assert shown["og:url"] == f"{ADDRESS}/{lang}/adoption.html"
    assert shown["og:title"] == page(lang, "adoption").all("h1")[0].text
    assert metas(page(lang, "funding"))["twitter:card"] == "summary"


def links(shown: Page) -> Iterator[tuple[str, str, str]]:
    for link in shown.all("link"):
        yield link.attributes["rel"], link.attributes.get("hreflang", ""), link.attributes["href"]


def test_a_public_page_names_its_address_and_those_of_its_translations() -> None:
    assert {("canonical", "", f"{ADDRESS}/en/adoption.html")} <= set(links(page("en", "adoption")))
    assert {("alternate", lang, f"{ADDRESS}/{lang}/adoption.html") for lang in LANGUAGES} <= set(
        links(page("en", "adoption"))
    )
    first = set(links(read(pages.entry(public()))))
    assert ("canonical", "", f"{ADDRESS}/index.html") in first
    assert ("alternate", "x-default", f"{ADDRESS}/index.html") in first


def test_a_page_without_an_address_makes_none_up() -> None:
    private = page("en", "adoption", "")
    assert not {"og:image", "og:url"} & metas(private).keys()
    assert "canonical" not in {rel for rel, _, _ in links(private)}
    assert ("alternate", "fr", "../fr/adoption.html") in set(links(private))
    assert things(private)["Article"]["url"] == "../en/adoption.html"


@each_language
def test_every_page_leads_to_the_feeds(lang: Lang) -> None:
    whole = public()
    for shown, up in (
        (pages.proofs(lang, whole), "../"),
        (pages.contents(lang, whole), "../"),
        (pages.entry(whole), ""),
    ):
        feeds = [link for link in read(shown).all("link") if link.attributes.get("type") == "application/atom+xml"]
        assert [link.attributes["href"] for link in feeds] == [f"{up}{each}/feed.xml" for each in LANGUAGES]


def test_the_record_for_catalogues_names_files_languages_licence_and_years() -> None:
    record = json.loads(machine.record(public()))
    assert record["@type"] == "dcat:Dataset"
    assert [title["@language"] for title in record["dct:title"]] == list(LANGUAGES)
    assert [code["@id"].rpartition("/")[2] for code in record["dct:language"]] == ["FRA", "ENG"]
    assert record["dct:temporal"]["dcat:startDate"]["@value"] == "2018"
    files = {each["dcat:downloadURL"]["@id"]: each for each in record["dcat:distribution"]}
    assert f"{ADDRESS}/data/claims.csv" in files
    for file in files.values():
        assert file["dct:license"]["@id"].startswith("https://")
        assert file["dcat:accessURL"]
        assert file["dcat:byteSize"]["@value"] == "1000"


def test_the_record_uses_no_prefix_that_it_does_not_explain() -> None:
    record = json.loads(machine.record(public(address="")))

    def names(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (key for key in value if not key.startswith("@"))
            yield from (kind for kind in [value.get("@type")] if kind)
            yield from (name for inner in value.values() for name in names(inner))
        elif isinstance(value, list):
            yield from (name for inner in value for name in names(inner))

    used = {name.partition(":")[0] for name in names({key: each for key, each in record.items() if key != "@context"})}
    assert used == record["@context"].keys()


def test_the_sitemap_lists_every_page_with_its_translations() -> None:
    paths = ["index.html", "fr/index.html", "en/index.html", "fr/only.html"]
    root = ElementTree.fromstring(machine.sitemap(paths, public()))  # noqa: S314  # it is ours
    urls = {url.findtext(f"{MAP}loc"): url for url in root}
    assert urls.keys() == {f"{ADDRESS}/{path}" for path in paths}
    assert {url.findtext(f"{MAP}lastmod") for url in urls.values()} == {"2026-11-21"}
    assert [len(urls[f"{ADDRESS}/{path}"]) - 2 for path in paths] == [0, 2, 2, 1]


def card(project: Path, **changes: str) -> plan.Card:
    entries = {"name": "2031-06", "date": "2031-06-01"} | changes
    lines = (f"{name} = {json.dumps(value)}\n" for name, value in entries.items())
    (project / "data/raw/edition.toml").write_text("".join(lines))
    return plan.card(project)


@pytest.mark.parametrize("address", ["", ADDRESS, f"{ADDRESS}/", "https://example.org:8443/a/b-c_d~e/"])
def test_an_edition_may_have_a_public_address(sample: Path, address: str) -> None:
    assert card(sample, address=address).address == address


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "https://example.org/?a=1",
        "https://example.org/#top",
        "https://me:secret@example.org/",
        "https://example.org/../x y",
        "javascript:alert(1)",
        'https://example.org/"><script>',
        "example.org",
    ],
)
def test_an_address_that_is_not_a_public_one_is_refused(sample: Path, address: str) -> None:
    for field in ("address", "code"):
        with pytest.raises(Problems, match=rf"edition\.toml · edition\.{field}: the address is not a public one"):
            card(sample, **{field: address})


def test_a_name_or_a_date_that_fits_no_address_is_refused(sample: Path) -> None:
    with pytest.raises(Problems, match="the name is not one") as caught:
        card(sample, name="<b>", date="2031-13-01")
    assert "the date is not a day" in str(caught.value)


def test_the_whole_is_the_same_each_time() -> None:
    for make in (machine.record, lambda whole: machine.feed("fr", whole), lambda whole: machine.sitemap(["a"], whole)):
        assert make(public()) == make(public())
