"""Tables → accessible, deterministic SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from analysis import tables, words
from analysis.charts.adoption import adoption
from analysis.charts.chart import Chart
from analysis.charts.funding import funding
from analysis.charts.funding_projects import funding_projects
from analysis.charts.funding_timeline import funding_timeline
from analysis.charts.market_share import market_share
from analysis.charts.market_size import market_size
from analysis.errors import UsageError, nearest
from analysis.quantities import Lang
from analysis.words.current import checked

#: Every chart by name, in reading order: each makes a chart out of its table, in a language.
CHARTS: Mapping[str, Callable[[pd.DataFrame, Lang], Chart]] = {
    "market_share": market_share,
    "market_size": market_size,
    "adoption": adoption,
    "funding": funding,
    "funding_timeline": funding_timeline,
    "funding_projects": funding_projects,
}
#: The table that a chart draws, where it is not the one of its own name.
_TABLES = {"market_size": "market_share", "funding_timeline": "funding", "funding_projects": "funding"}

__all__ = ["CHARTS", "Chart", "chart", "table_of"]


def chart(name: str, lang: str | None = None, *, table: pd.DataFrame | None = None) -> Chart:
    """The chart of that name, in the language being written unless ``lang`` names one.

    It draws the ledger's table, unless another ``table`` with the same columns is handed over. Raises UsageError for
    an unknown name or language, InputError where the table lacks a claim that the chart shows.
    """
    if name not in CHARTS:
        raise UsageError(f'no chart "{name}"', way_out=nearest(name, CHARTS))
    if table is None:
        table = tables.table(table_of(name), words.ledger())
    return CHARTS[name](table, words.language() if lang is None else checked(lang))


def table_of(name: str) -> str:
    """The table that a chart draws.

    >>> table_of("market_size"), table_of("adoption")
    ('market_share', 'adoption')
    """
    return _TABLES.get(name, name)
