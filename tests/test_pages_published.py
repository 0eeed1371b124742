"""The published edition as a whole: every number of every page leads to its proof, and every page loads at once."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

LINK = re.compile(r'href="([^"#:]*)#([^"]+)"')
CHART = re.compile(r'<figure id="chart-.*?</figure>', re.DOTALL)
MOST_BYTES_WITHOUT_CHARTS = 60_000
MOST_BYTES_OF_CHAPTER = 300_000
MOST_BYTES_OF_PROOFS = 460_000
MOST_BYTES_OF_NUMBERS = 200_000
MOST_BYTES_A_CHAPTER = 1_500_000
#: How far a channel of a colour may be from what it should be, of 255: nobody sees less.
NEAR = 12
#: Pages that are of no chapter.
OTHERS = {"index.html", "numbers.html", "proofs.html"}


@cache
def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def ids(file: Path) -> frozenset[str]:
    return frozenset(re.findall(r'\bid="([^"]+)"', text(file)))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_link_to_a_place_in_the_edition_finds_it(edition: Path, lang: str) -> None:
    lost = []
    for page in sorted((edition / lang).glob("*.html")):
        for address, fragment in LINK.findall(text(page)):
            target = edition / posixpath.normpath(f"{lang}/{address}" if address else f"{lang}/{page.name}")
            if fragment not in ids(target):
                lost.append(f"{page.name}: {address}#{fragment}")
    assert lost == []


def test_both_languages_prove_the_same_numbers(edition: Path) -> None:
    french, english = (
        set(re.findall(r'<article id="([^"]+)"', text(edition / f"{lang}/proofs.html"))) for lang in ("fr", "en")
    )
    assert french == english


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_check_is_shown_once_among_the_findings(edition: Path, lang: str) -> None:
    checked = {line.partition(",")[0] for line in text(edition / "data/findings.csv").splitlines()[1:]}
    pages = "".join(text(page) for page in (edition / lang).glob("findings*.html"))
    shown = re.findall(r'\bid="finding-([a-z0-9_]+)"', pages)
    assert sorted(shown) == sorted(checked)


def heavy(page: str) -> str:
    """By how much a page of a chapter is too heavy, as written and without its charts; empty where it is not."""
    whole, bare = len(page.encode()), len(CHART.sub("", page).encode())
    fits = bare <= MOST_BYTES_WITHOUT_CHARTS and whole <= MOST_BYTES_OF_CHAPTER
    return "" if fits else f"{bare} of {MOST_BYTES_WITHOUT_CHARTS}, with charts {whole} of {MOST_BYTES_OF_CHAPTER}"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_page_of_a_chapter_loads_at_once(edition: Path, lang: str) -> None:
    told = {page.name: heavy(text(page)) for page in (edition / lang).glob("*.html") if page.name not in OTHERS}
    assert {name for name in told if name.startswith("findings")} > {"findings.html"}
    assert {name: over for name, over in told.items() if over} == {}


def test_a_heavy_page_is_seen_with_its_charts_and_without() -> None:
    chart = '<figure id="chart-x"><svg>{}</svg></figure>'
    assert not heavy("é" * 29_000 + chart.format("-" * 200_000))
    assert heavy("é" * 31_000), "bytes count, not letters"
    assert heavy(chart.format("-" * 310_000))
    assert heavy(f'<figure id="table-x">{"-" * 61_000}</figure>'), "no chart"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_data_under_a_chart_are_its_own_numbers(edition: Path, lang: str) -> None:
    for page in (edition / lang).glob("*.html"):
        for figure in CHART.findall(text(page)):
            name = figure.partition('id="chart-')[2].partition('"')[0]
            own = (edition / lang / f"charts/{name}.csv").read_text(encoding="utf-8")
            assert f'href="../{lang}/charts/{name}.csv"' in figure
            listed = {line.partition(",")[0] for line in own.splitlines()[1:]}
            shown = set(re.findall(r'href="proofs.html#([^"]+)"', figure.partition("<table")[2]))
            assert shown <= listed, name
            assert not shown or shown == listed


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_pages_of_proofs_and_of_all_numbers_load_on_a_telephone(edition: Path, lang: str) -> None:
    assert (edition / f"{lang}/proofs.html").stat().st_size < MOST_BYTES_OF_PROOFS
    assert (edition / f"{lang}/numbers.html").stat().st_size < MOST_BYTES_OF_NUMBERS


def test_the_whole_edition_is_light(edition: Path) -> None:
    chapters = len([*edition.glob("fr/*.ipynb")])
    assert sum(file.stat().st_size for file in edition.rglob("*") if file.is_file()) <= chapters * MOST_BYTES_A_CHAPTER


def colours(picture: str) -> set[tuple[int, ...]]:
    """The colours that the marks and the words of a drawing have."""
    return {tuple(bytes.fromhex(code)) for code in re.findall(r'(?:fill|stroke)="#([0-9a-f]{6})"', picture)}


def test_a_picture_has_the_colours_of_its_drawing(edition: Path) -> None:
    """A small mark too: one that is given the mean of its colour and another's is another country."""
    for file in sorted(edition.glob("*/charts/*.svg")):
        with Image.open(file.with_suffix(".png")) as picture:
            palette = picture.getpalette("RGB") or []
        shown = [palette[place : place + 3] for place in range(0, len(palette), 3)]
        for wanted in colours(file.read_text(encoding="utf-8")):
            nearest = min(max(abs(a - b) for a, b in zip(wanted, each, strict=True)) for each in shown)
            assert nearest <= NEAR, f"{file.name} has no {bytes(wanted).hex()}"
