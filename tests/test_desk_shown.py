"""What the desk shows in Jupyter: the rules of the pages hold, nothing leaks out of it, and text says the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from test_pages import HOSTILE, Page, read

from analysis import desk, words
from analysis.checks.telling import shown as findings_block
from analysis.desk.grids import Cell as GridCell
from analysis.desk.grids import Grid, facts
from analysis.words import BLOCK_TYPE, LANGUAGES

ARTICLE = "En 2020, 27 % des entreprises françaises achetaient du cloud, 26 % selon d’autres. <b>12 %</b>"
TABLES: dict[str, Callable[[], Any]] = {
    "claim": lambda: desk.claim("adoption_fr_2020"),
    "bound": lambda: desk.claim("share_top_europeans_2021"),
    "date": lambda: desk.claim("cloud_strategy_unveiled"),
    "observation": lambda: desk.claim("eurostat_cloud_use_de_2014"),
    "findings": lambda: desk.findings("contradicts"),
    "no finding": lambda: desk.findings("contradicts")[:0],
    "finding": lambda: desk.findings("cannot_tell")[0],
    "found": lambda: desk.find("adoption France 2020"),
    "nothing found": lambda: desk.find("xyzzyx"),
    "chart": lambda: desk.chart("adoption"),
    "chart of names": lambda: desk.chart("partners"),
}
SHOWN: dict[str, Callable[[], Any]] = {
    **TABLES,
    "review": lambda: desk.review(ARTICLE),
    "scan": lambda: desk.scan(ARTICLE),
}
each = pytest.mark.parametrize(("lang", "name"), [*product(LANGUAGES, SHOWN)])
each_table = pytest.mark.parametrize(("lang", "name"), [*product(LANGUAGES, TABLES)])


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    yield
    words.use("fr")


def bundle(lang: str, name: str) -> dict[str, Any]:
    words.use(lang)
    told: dict[str, Any] = SHOWN[name]()._repr_mimebundle_()
    return told


def page(lang: str, name: str) -> Page:
    return read(bundle(lang, name)["text/html"])


@each
def test_it_can_be_read_by_everyone(lang: str, name: str) -> None:
    shown = page(lang, name)
    assert not shown.all("h1", "h2", "h3", "h4", "h5", "h6"), "a heading could skip a level of the notebook"
    assert len(shown.all("caption")) == len(shown.all("table"))
    for cell in shown.all("th"):
        assert cell.attributes["scope"] in {"row", "col"}
        assert cell.text
    for drawing in shown.all("svg"):
        assert drawing.attributes["role"] == "img"
        assert drawing.attributes["lang"] == lang
    assert [name for name, count in Counter(shown.ids).items() if count > 1] == []
    for element in shown.elements:
        for attribute in ("aria-labelledby", "aria-describedby"):
            assert set(element.attributes.get(attribute, "").split()) <= set(shown.ids)
    for link in shown.all("a"):
        address = link.attributes["href"]
        assert link.text
        assert address.startswith("https://") or address.removeprefix("#") in shown.ids


@each
def test_it_loads_nothing_and_changes_nothing_around_it(lang: str, name: str) -> None:
    shown = page(lang, name)
    assert not shown.all("script", "iframe", "object", "embed", "base", "form", "link", "foreignobject")
    assert not any(key.startswith("on") for element in shown.elements for key in element.attributes)
    addresses = [element.attributes["src"] for element in shown.elements if "src" in element.attributes]
    assert all(address.startswith("data:image/svg+xml;") for address in addresses)
    rules = re.sub(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", r"\1", shown.all("style")[0].text)
    selectors = [part.strip() for rule in re.findall(r"([^{}]+)\{", rules) for part in rule.split(",")]
    assert selectors
    assert all(selector.startswith(".nuage-") for selector in selectors)
    assert "url(" not in rules


@each
def test_it_is_in_its_language(lang: str, name: str) -> None:
    root = page(lang, name).elements[1]  # after its style
    assert root.attributes["lang"] == ("fr" if name == "review" else lang)


@each_table
def test_no_colour_is_needed(lang: str, name: str) -> None:
    assert "color" not in page(lang, name).all("style")[0].text


@each_table
def test_a_terminal_gets_the_same_words(lang: str, name: str) -> None:
    told = bundle(lang, name)
    plain = " ".join(told["text/plain"].split())
    for element in read(told["text/html"]).all("caption", "th", "td", "p"):
        if element.tag == "th" and element.attributes["scope"] == "col":
            continue  # what names the rows, and the columns that are empty, need no heading in a list
        for line in element.text.splitlines():
            assert " ".join(line.split()) in plain


@each_table
def test_what_prints_it_prints_its_text(lang: str, name: str) -> None:
    words.use(lang)
    thing = SHOWN[name]()
    if "chart" not in name:
        assert str(thing) == repr(thing) == thing._repr_mimebundle_()["text/plain"]


def test_words_of_another_language_are_marked_as_such() -> None:
    for name in ("claim", "found"):
        french = [cell for cell in page("en", name).all("td") if cell.attributes.get("lang") == "fr"]
        assert "Stratégie nationale pour le cloud, volet industriel" in {cell.text for cell in french}
        marked = [cell for cell in page("fr", name).all("td", "th") if "lang" in cell.attributes]
        assert {cell.attributes["lang"] for cell in marked} <= {"en"}


def test_a_claim_tells_all_that_is_known_of_it() -> None:
    rows = page("en", "claim").all("tr")
    told = "\n".join(row.text for row in rows)
    for part in (
        "27%",
        "26.5% to less than 27.5%",
        "Eurostat",
        "French government",
        "2 November 2021",
        "674",
        "https://",
    ):
        assert part in told
    assert "One enterprise in four (✓\N{NO-BREAK SPACE}holds)" in told
    assert "“more than” ten employees" in told
    links = {link.attributes["href"] for link in page("en", "claim").all("a")}
    assert links == {desk.claim("adoption_fr_2020").document.address}


def test_a_finding_tells_its_verdict_in_words_beside_its_sign() -> None:
    cells = [cell.text for cell in page("en", "findings").all("td")]
    assert cells.count("≠\N{NO-BREAK SPACE}contradicts") == len(desk.findings("contradicts"))


def test_findings_and_charts_are_blocks_of_an_edition_too() -> None:
    words.use("en")
    contradicts = desk.findings("contradicts")
    block = findings_block(*(each.thing for each in contradicts)).block()
    assert contradicts.bundle()[BLOCK_TYPE] == block
    assert contradicts[0].bundle()[BLOCK_TYPE]["items"] == block["items"][:1]
    assert desk.chart("adoption").bundle()[BLOCK_TYPE]["headline"] == desk.chart("adoption").headline


def test_a_chart_comes_with_its_description_and_its_numbers() -> None:
    shown, chart = page("en", "chart"), desk.chart("adoption", "en")
    assert [figure.attributes["class"] for figure in shown.all("figure")] == ["nuage-desk"]
    inside = {element.text for element in shown.all("p") if "details" in element.inside}
    assert inside == set(chart.description)
    assert [table.inside[-1] for table in shown.all("table")] == ["details"]
    for told in (chart.headline, chart.alt, chart.note, chart.source):
        assert told in chart.bundle()["text/plain"]


def test_two_reviews_can_stand_in_one_notebook() -> None:
    one, other = (read(desk.review(text).bundle()["text/html"]) for text in (ARTICLE, f"{ARTICLE} Fin."))
    assert one.ids
    assert not set(one.ids) & set(other.ids)
    assert [each.text.partition(" (")[0] for each in one.all("strong")] == ["Nombres confirmés", "Nombres inconnus"]


def test_hostile_text_is_shown_not_obeyed() -> None:
    grid = Grid("en", HOSTILE, (HOSTILE, HOSTILE), ((GridCell(HOSTILE), GridCell(HOSTILE, "fr", HOSTILE)),))
    cell = read(grid.bundle()["text/html"]).all("td")[0]
    assert cell.text == HOSTILE
    assert not read(grid.bundle()["text/html"]).all("script", "b")
    review = read(desk.review(f"{HOSTILE} 27 % <h2>x</h2>").bundle()["text/html"])
    assert not review.all("script", "b", "h2")


def test_facts_that_say_nothing_are_left_out() -> None:
    assert str(facts("fr", "Titre", [("Un", "1"), ("Rien", "")])) == "Titre\n  Un\N{NARROW NO-BREAK SPACE}: 1"
