"""The pages' own words in each language, and how file sizes are told."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import resources

from analysis import words
from analysis.quantities import Lang


@cache
def strings(lang: Lang) -> Mapping[str, str]:
    """The interface texts of one language, by key; every language has the same keys."""
    file = resources.files("analysis.pages") / "strings.toml"
    texts = tomllib.loads(file.read_text(encoding="utf-8"))[lang]
    return {key: words.typeset(text, lang) for key, text in texts.items()}


def size(count: int, lang: Lang) -> str:
    """A file's size in thousands of bytes, as readers are told it.

    >>> size(12_345, "en")
    '12\\xa0kB'
    """
    t = strings(lang)
    if count < 1000:
        return f"{count}\u00a0{t['bytes']}"
    if count < 1_000_000:
        return f"{round(count / 1000)}\u00a0{t['kilobytes']}"
    return f"{words.number(Decimal(count) / 1_000_000, lang, 1)}\u00a0{t['megabytes']}"
