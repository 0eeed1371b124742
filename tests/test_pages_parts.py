"""A chapter of many findings over several pages, with every way to a finding or a number leading to the right one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from test_pages import Page, read
from test_pages_edition import LANGUAGES, chapter, edition, findings, table

from analysis import pages
from analysis.notebooks.chapter import Block, Chapter, Prose
from analysis.pages.edition import Edition
from analysis.pages.parts import split
from analysis.quantities import Lang


def open_findings(lang: Lang) -> Block:
    (first, second) = findings(lang)["items"]
    alone = {"id": "at_the_office", "verdict": "cannot_tell", "says": "[27](#office_fr_2021)", "numbers": []}
    return {"block": "findings", "items": [{**first, **alone}]} if second else {}


def long(lang: Lang, **changes: Any) -> Chapter:
    """A chapter with contradictions, then what stays open, what holds, and a last word in prose."""
    held = table(lang, "holds") | {"findings": ["elsewhere", "another"]}
    blocks = (
        Prose("Opening."),
        Prose("## What contradicts"),
        findings(lang),
        Prose("## What stays open"),
        open_findings(lang),
        Prose("## What *holds*"),
        held,
        Prose("## What this does not show\n\n- Much."),
    )
    place: dict[str, Any] = {"stem": "findings", "number": 1} | changes
    return chapter(lang, title={"fr": "Un titre", "en": "A title"}[lang], blocks=blocks, **place)


def whole() -> Edition:
    return edition(chapters={("findings", lang): long(lang) for lang in LANGUAGES})


def pair(lang: Lang) -> tuple[Page, Page]:
    both = whole()
    ((path, more),) = pages.continuations(both.chapters["findings", lang], both)
    assert path == "findings_more.html"
    return read(pages.chapter(both.chapters["findings", lang], both)), read(more)


def test_what_does_not_contradict_goes_to_a_second_page_and_the_last_word_stays() -> None:
    main, more = split(long("en"))
    assert [block.markdown for block in main.blocks if isinstance(block, Prose)] == [
        "Opening.",
        "## What contradicts",
        "## What this does not show\n\n- Much.",
    ]
    assert main.findings == ("twice", "two_years")
    assert more.findings == ("at_the_office", "elsewhere", "another")


def test_every_finding_is_on_one_of_the_pages_and_the_first_names_what_is_on_the_second() -> None:
    main, more = pair("en")
    for name in long("en").findings:
        assert (f"finding-{name}" in main.ids) != (f"finding-{name}" in more.ids)
    links = {link.attributes["href"]: link.text for link in main.all("a")}
    assert links["findings_more.html#section-1"] == "What stays open"
    assert links["findings_more.html#section-2"] == "What holds"
    assert {"section-1", "section-2"} <= set(more.ids)
    assert "findings.html" in {link.attributes["href"] for link in more.all("a")}


def test_proofs_and_numbers_lead_to_the_page_that_shows_them() -> None:
    main, more = pair("en")
    both = whole()
    for html in (pages.proofs("en", both), pages.numbers("en", both)):
        for href in (link.attributes["href"] for link in read(html).all("a")):
            page, _, place = href.partition("#")
            if page in ("findings.html", "findings_more.html") and place:
                assert place in (main if page == "findings.html" else more).ids, href
    assert 'href="findings_more.html#use-office_fr_2021"' not in pages.proofs("en", both), "it is on the first page too"
    assert 'href="findings_more.html#finding-at_the_office"' in pages.proofs("en", both)


def test_a_chapter_without_settled_findings_is_one_page() -> None:
    assert split(chapter("fr")) == (chapter("fr"),)
    assert list(pages.continuations(chapter("fr"), edition())) == []
    only = replace(long("en"), blocks=long("en").blocks[:3])
    assert split(only) == (only,)


def full(lang: Lang) -> Chapter:
    """A chapter with more findings than one further page has room for."""
    shown = table(lang, "holds")
    held = shown | {"rows": shown["rows"][:1] * 90, "findings": [f"held_{number}" for number in range(90)]}
    return replace(long(lang), blocks=(*long(lang).blocks, Prose("## What *also* holds"), held))


def test_what_has_no_room_on_the_second_page_goes_on_a_third_in_every_language() -> None:
    _, more, again = split(full("en"))
    assert [each.stem for each in split(full("fr"))] == ["findings", "findings_more", "findings_more2"]
    assert more.findings == ("at_the_office", "elsewhere", "another")
    assert len(again.findings) == 90
    whole = edition(chapters={("findings", lang): full(lang) for lang in LANGUAGES})
    (_, second), (path, third) = pages.continuations(full("en"), whole)
    assert path == "findings_more2.html"
    links = {link.attributes["href"]: link.text for link in read(pages.chapter(full("en"), whole)).all("a")}
    assert links["findings_more2.html#section-1"] == "What also holds"
    assert "section-1" in read(third).ids
    assert [link.attributes["href"] for link in read(second).all("a") if "rel" in link.attributes][-2:] == [
        "findings.html",
        "findings_more2.html",
    ]
    titles = [page.all("title")[0].text for page in (read(second), read(third))]
    assert len(set(titles)) == 2


def test_the_second_page_has_one_h1_and_skips_no_level() -> None:
    for page in pair("fr"):
        levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))
