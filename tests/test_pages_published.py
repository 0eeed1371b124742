"""The published edition as a whole: every number of every page leads to its proof, and the proofs stay light."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

import pytest

LINK = re.compile(r'href="([^"#:]*)#([^"]+)"')
MOST_BYTES_OF_PROOFS = 480_000
MOST_BYTES_OF_NUMBERS = 300_000
MOST_BYTES = 10_000_000


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


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_pages_of_proofs_and_of_all_numbers_load_on_a_telephone(edition: Path, lang: str) -> None:
    assert (edition / f"{lang}/proofs.html").stat().st_size < MOST_BYTES_OF_PROOFS
    assert (edition / f"{lang}/numbers.html").stat().st_size < MOST_BYTES_OF_NUMBERS


def test_the_whole_edition_is_light(edition: Path) -> None:
    assert sum(file.stat().st_size for file in edition.rglob("*") if file.is_file()) <= MOST_BYTES
