"""The page of all numbers: one table, complete without its script, which only searches, filters and sorts it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from importlib import resources

import pytest
from test_pages import Page, read, site
from test_pages_edition import CATALOGUE, CLAIMS, LANGUAGES, claim, edition, quantity

from analysis import pages
from analysis.quantities import Lang

WHAT, NUMBER, PLACE, PERIOD, WHO, SOURCE, STATUS, VERDICTS, CHAPTERS = range(9)


def cells(page: Page) -> list[list[str]]:
    """The texts of the table's rows, without its head."""
    rows: list[list[str]] = []
    for element in page.elements:
        if element.tag == "tr":
            rows.append([])
        elif element.tag in ("td", "th") and "tbody" in element.inside:
            rows[-1].append(" ".join(element.text.split(" ")))
    return rows[1:]


def test_every_claim_and_every_observation_has_a_row_used_or_not() -> None:
    rows = cells(site()["en/numbers.html"])
    assert len(rows) == len(CLAIMS) + len(CATALOGUE.observations)
    assert all(len(row) == CHAPTERS + 1 for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_leads_to_its_proof_where_it_has_one(lang: Lang) -> None:
    page, proved = site()[f"{lang}/numbers.html"], site()[f"{lang}/proofs.html"]
    led = {href.partition("#")[2] for href in hrefs(page) if href.startswith("proofs.html#")}
    assert led == {article.attributes["id"] for article in proved.all("article")}
    assert "office_unused" not in led


def hrefs(page: Page) -> list[str]:
    return [link.attributes["href"] for link in page.all("a") if "table" in link.inside]


def test_a_row_tells_what_where_when_who_from_which_source_and_what_the_checks_say() -> None:
    row = next(row for row in cells(site()["en/numbers.html"]) if row[NUMBER] == "19%")
    assert row[PLACE] == "France"
    assert row[PERIOD] == "2018"
    assert row[WHO] == "Government, citing Eurostat"
    assert row[SOURCE] == "Rapport d’essai sur le nuage"
    assert row[STATUS] == "Measured"
    assert row[VERDICTS].replace("\u00a0", " ") == "≠ contradicts · ✓ holds"
    assert row[CHAPTERS] == "1, 3"
    assert "adoption.html#use-adoption_fr_2018" in hrefs(site()["en/numbers.html"])


def test_a_number_in_no_chapter_is_told_so_by_an_empty_cell() -> None:
    row = next(row for row in cells(site()["en/numbers.html"]) if row[NUMBER] == "×3")
    assert row[CHAPTERS] == row[VERDICTS] == ""


def test_the_table_has_a_caption_and_scoped_headers_and_a_source_is_in_its_language() -> None:
    page = site()["en/numbers.html"]
    assert page.all("caption")[0].text.startswith("The numbers of the documents")
    scopes = [head.attributes["scope"] for head in page.all("th")]
    assert scopes == ["col"] * (CHAPTERS + 1) + ["row"] * len(cells(page))
    foreign = {cell.text for cell in page.all("td") if cell.attributes.get("lang") == "fr"}
    assert foreign == {"Rapport d’essai sur le nuage"}


def test_nothing_stands_there_dead_without_the_script() -> None:
    page = site()["en/numbers.html"]
    controls = page.all("input", "select", "button", "search")
    assert controls
    assert all("template" in control.inside for control in controls)


def test_every_control_has_a_label_and_the_count_is_announced() -> None:
    page = site()["fr/numbers.html"]
    labelled = {label.attributes["for"] for label in page.all("label")}
    assert {control.attributes["id"] for control in page.all("input", "select")} == labelled
    (count,) = [each for each in page.all("p") if each.attributes.get("role") == "status"]
    assert {"{shown}", "{all}"} <= set(re.findall(r"\{\w+\}", count.attributes["data-some"]))


def test_numbers_of_one_unit_are_ranked_by_size() -> None:
    bigger = claim("bigger", CLAIMS[0].document, 100, quantity("100%", "100", "percentage", "percent", "0.5"))
    page = read(pages.numbers("fr", edition((*CLAIMS, bigger))))
    ranks = [int(row.attributes["data-rank"]) for row in page.all("td") if "data-rank" in row.attributes][::2]
    numbers = [row[NUMBER] for row in cells(page)]
    percent = {number: rank for number, rank in zip(numbers, ranks, strict=True) if "%" in number}
    by_rank = sorted(percent, key=lambda number: percent[number])
    assert by_rank[0].endswith("2\u202f%")
    assert by_rank[-1] == "100\u202f%", "as a text it would come first"


def test_a_range_and_a_date_are_ranked_too() -> None:
    wide = replace(quantity("19", "19", "percentage", "percent", "0"), value=(Decimal(19), Decimal(27)))
    dated = replace(quantity("2021", "0", "year", "", "0"), value="2021", unit=None, precision=None)
    others = (claim("wide", CLAIMS[0].document, 200, wide), claim("dated", CLAIMS[0].document, 300, dated))
    assert len(cells(read(pages.numbers("en", edition((*CLAIMS, *others)))))) == len(CATALOGUE.observations) + 7


def test_the_script_reaches_for_nothing_outside_the_page() -> None:
    script = (resources.files("analysis.pages") / "numbers.js").read_text(encoding="utf-8")
    for word in ("fetch", "XMLHttpRequest", "import", "eval", "innerHTML", "cookie", "localStorage", "</"):
        assert word not in script, word


def test_contents_and_footers_lead_to_the_numbers() -> None:
    for path in ("fr/index.html", "en/adoption.html", "fr/proofs.html"):
        links = {link.attributes["href"]: link.inside for link in site()[path].all("a")}
        assert "footer" in links["numbers.html"] or "main" in links["numbers.html"]
