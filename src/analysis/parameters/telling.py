"""What a report was made with, in words, for its readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis import words
from analysis.parameters.contract import Parameter, differing
from analysis.parameters.kinds import Release, Several, Years
from analysis.quantities import Lang


def told(notebook: str, given: Mapping[str, object], lang: Lang) -> list[tuple[str, str]]:
    """What a run was given that differs from the defaults: label and value, in words; nothing for a plain run.

    >>> told("adoption", {"language": "en", "countries": ["DE", "FI"], "years": [2018, None]}, "en")
    [('France compared with', 'Germany, Finland'), ('Official series', '2018 onwards')]
    """
    return [(each.label[lang], _value(each, value, lang)) for each, value in differing(notebook, given)]


def _value(parameter: Parameter, value: Any, lang: Lang) -> str:
    match parameter.kind:
        case Several():
            return ", ".join(words.label(code, lang) for code in value)
        case Years():
            first, last = value
            return words.period(f"{first}/{last or '..'}", lang)
        case Release():
            return words.date(value, lang)
        case _:
            return str(value)
