"""Tables → accessible, deterministic SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from analysis import tables, words
from analysis.charts.adoption import adoption
from analysis.charts.adoption_series import adoption_series
from analysis.charts.chart import Chart
from analysis.charts.countries import countries
from analysis.charts.funding import funding
from analysis.charts.funding_later import funding_later
from analysis.charts.funding_projects import funding_projects
from analysis.charts.funding_timeline import funding_timeline
from analysis.charts.market_share import market_share
from analysis.charts.market_size import market_size
from analysis.charts.market_vintages import market_vintages
from analysis.charts.partners import partners
from analysis.charts.rows import gathered
from analysis.charts.stated import stated
from analysis.charts.timeline import timeline
from analysis.errors import UsageError, nearest
from analysis.quantities import Lang
from analysis.words.current import checked

#: Every chart by name, in reading order: each makes a chart out of its table, in a language.
CHARTS: Mapping[str, Callable[[pd.DataFrame, Lang], Chart]] = {
    "market_share": market_share,
    "market_size": market_size,
    "market_vintages": market_vintages,
    "adoption": adoption,
    "adoption_series": adoption_series,
    "countries": countries,
    "funding": funding,
    "funding_timeline": funding_timeline,
    "funding_later": funding_later,
    "funding_projects": funding_projects,
    "partners": partners,
    "timeline": timeline,
    "stated": stated,
}
#: The table of claims that a chart draws, where it is not the one of its own name.
_TABLES = {
    "market_size": "market_share",
    "market_vintages": "market_share",
    "adoption_series": "adoption",
    "countries": "adoption",
    "funding_timeline": "funding",
    "funding_later": "funding",
    "funding_projects": "funding",
    "stated": tables.CLAIMS,
}
#: The series that a chart draws besides.
_SERIES = {
    "adoption_series": "eurostat_cloud_use",
    "countries": "eurostat_cloud_use",
    "market_vintages": "synergy_europe",
    "funding_later": "cloud_budget",
}
#: The places that a chart draws if none are asked for, where the table holds more than one picture can tell.
_PLACES = {"adoption_series": ("FR", "DE", "FI", "EU27")}

__all__ = ["CHARTS", "Chart", "chart", "drawn"]


def chart(name: str, lang: str | None = None, *, table: str | pd.DataFrame | None = None, unit: str = "") -> Chart:
    """The chart of that name, in the language being written unless ``lang`` names one.

    It draws what ``drawn`` gives, of the ``table`` of that name if one is named, unless one with the same columns is
    handed over. ``unit`` is for ``stated``, which draws any table: the unit whose claims it shows. Raises UsageError
    for an unknown name, unit or language, InputError where the table lacks a claim that the chart shows.

    >>> chart("stated", "en", table="adoption", unit="percent").headline
    'Cloud adoption: 5 claims, between 19% and 75%'
    """
    draw = _known(name)
    if unit:
        if draw is not stated:
            raise UsageError(f'the unit of the chart "{name}" is not to be chosen', way_out='chart("stated") has one')
        draw = partial(stated, unit=unit)
    if table is None or isinstance(table, str):
        table = drawn(name, table=table or "")
    return draw(table, words.language() if lang is None else checked(lang))


def drawn(
    name: str,
    *places: str,
    years: tuple[int, int | None] | None = None,
    release: str = "latest",
    table: str = "",
) -> pd.DataFrame:
    """The rows that a chart is drawn from: claims of the ledger, with the observations of a series where it shows one.

    ``table`` names another table than the chart's own. ``places`` keeps the rows about these places, ``years`` those
    about the years from the first to the last (None: the newest), ``release`` those observations that were released on
    that day. Raises UsageError for an unknown chart, and for places or years where its table has none.

    >>> sorted(set(drawn("adoption", "FR", "FI")["place"]))
    ['FI', 'FR']
    """
    _known(name)
    rows = tables.table(table or _TABLES.get(name, name))
    if name in _SERIES:
        series = tables.table(tables.SERIES)
        series = series[series["series"] == _SERIES[name]]
        rows = gathered(series if release == "latest" else series[series["released"] == release], rows)
    if wanted := places or _PLACES.get(name):
        rows = rows[_column(rows, "place", name).isin(wanted)].reset_index(drop=True)
    if years:
        rows = rows[_within(rows, *years, name)].reset_index(drop=True)
    return rows


def _within(table: pd.DataFrame, first: int, last: int | None, name: str) -> pd.Series[bool]:
    """Which rows are about these years, by their period, or else by the date that they tell; one without is not."""
    told = _column(table, "period", name)
    if "iso_date" in table:
        told = told.where(told != "", table["iso_date"])
    year = pd.to_numeric(told.str[:4], errors="coerce")
    return (year >= first) & (last is None or year <= last)


def _column(table: pd.DataFrame, column: str, name: str) -> pd.Series[str]:
    if column not in table:
        way_out = f"it has {', '.join(map(str, table))}"
        raise UsageError(f'what the chart "{name}" draws has no {column} to choose by', way_out=way_out)
    return table[column]


def _known(name: str) -> Callable[[pd.DataFrame, Lang], Chart]:
    if name not in CHARTS:
        raise UsageError(f'no chart "{name}"', way_out=nearest(name, CHARTS))
    return CHARTS[name]
