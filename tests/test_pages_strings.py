"""What the pages say for themselves: the same in each language, and set as each language sets it."""

from __future__ import annotations

import re
from importlib import resources
from string import Formatter

import pytest
from test_pages_edition import LANGUAGES

from analysis.charts import style
from analysis.pages.strings import size, strings
from analysis.quantities import Lang


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


def test_both_languages_say_the_same_things_with_the_same_fields() -> None:
    french, english = strings("fr"), strings("en")
    assert french.keys() == english.keys()
    for key, text in french.items():
        assert fields(text) == fields(english[key]), key


def test_every_text_is_used() -> None:
    folder = resources.files("analysis.pages")
    sources = [folder, folder / "templates", folder / "machine", resources.files("analysis.pdf")]
    code = "".join(
        each.read_text("utf-8")
        for place in sources
        for each in place.iterdir()
        if each.name.endswith(("py", "html", "typ"))
    )
    used = {key for key in strings("fr") if re.search(rf"""(\bt\.|texts\.|["']){key}\b""", code)}
    assert strings("fr").keys() - used == set()


def test_french_texts_have_french_spaces() -> None:
    for key, text in strings("fr").items():
        assert not re.search(r"[ \u00a0][;:!?%»]|« ", text), key
        assert "'" not in text, key


@pytest.mark.parametrize(
    ("count", "lang", "told"),
    [
        (999, "fr", "999\u00a0octets"),
        (1_000, "fr", "1\u00a0ko"),
        (12_345, "en", "12\u00a0kB"),
        (1_250_000, "fr", "1,3\u00a0Mo"),
        (1_250_000, "en", "1.3\u00a0MB"),
    ],
)
def test_sizes_are_told_in_thousands_of_bytes(count: int, lang: Lang, told: str) -> None:
    assert size(count, lang) == told


def test_every_colour_of_the_charts_is_redrawn_in_the_dark() -> None:
    colours = {
        value for value in vars(style).values() if isinstance(value, str) and re.fullmatch("#[0-9a-f]{6}", value)
    }
    sheet = (resources.files("analysis.pages") / "charts.css").read_text("utf-8")
    assert len(colours) > len(LANGUAGES)
    for colour in colours:
        assert f'[fill="{colour}"]' in sheet
        assert f'[stroke="{colour}"]' in sheet
