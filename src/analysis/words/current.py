"""The language of the edition being written: set once at the top of a notebook, followed by all that shows itself."""

from __future__ import annotations

from typing import get_args

from analysis.errors import UsageError, nearest
from analysis.quantities import Lang

LANGUAGES: tuple[Lang, ...] = get_args(Lang)
_state: dict[str, Lang] = {"language": "fr"}


def use(lang: str) -> None:
    """Write in ``lang`` ("fr" or "en") from here on.

    Raises UsageError for another language.

    >>> use("en"); language()
    'en'
    >>> use("fr")
    """
    _state["language"] = checked(lang)


def language() -> Lang:
    """The language being written in; French until ``use`` says otherwise.

    >>> language()
    'fr'
    """
    return _state["language"]


def checked(lang: str) -> Lang:
    """``lang`` itself if it is a language of ours; raises UsageError otherwise.

    >>> checked("en")
    'en'
    """
    for known in LANGUAGES:
        if lang == known:
            return known
    raise UsageError(f'no edition is written in "{lang}"', way_out=nearest(lang, LANGUAGES))
