"""Charts by name, of the places, years and release that are wanted, shown with all that must be told with them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields
from html import escape
from typing import Any, overload

import pandas as pd

from analysis import charts
from analysis.charts import CHARTS, Chart
from analysis.desk.framed import Wanted, code, refuse_unnamed
from analysis.desk.grids import STYLE, of_view
from analysis.errors import NuageError, UsageError
from analysis.pages.strings import strings
from analysis.words.terms import lexicon


class ToldChart(Chart):
    """A chart that tells Jupyter, beside its picture, its description and its numbers as a table."""

    def bundle(self) -> dict[str, Any]:
        """Picture, description and table for the screen, the same in words for a terminal, the block of an edition."""
        grid = of_view(self._tabled())
        described = "".join(f"<p>{escape(each)}</p>" for each in self.description)
        html = (
            f'<style>{STYLE}</style><figure class="nuage-desk" lang="{self.lang}">{self.image}'
            f"<figcaption><details><summary>{escape(strings(self.lang)['chart_numbers'])}</summary>"
            f"{described}{grid.html()}</details></figcaption></figure>"
        )
        told = (self.headline, self.subtitle, self.alt, *self.description, str(grid), self.note, self.source)
        plain = "\n".join(each for each in told if each)
        return {**super().bundle(), "text/html": html, "text/plain": plain}


@overload
def chart() -> pd.DataFrame: ...
@overload
def chart(
    name: str,
    lang: str | None = None,
    *,
    places: Wanted = (),
    years: tuple[int, int | None] | None = None,
    release: str = "latest",
    table: str | pd.DataFrame | None = None,
    unit: str = "",
) -> ToldChart: ...
def chart(
    name: str = "",
    lang: str | None = None,
    *,
    places: Wanted = (),
    years: tuple[int, int | None] | None = None,
    release: str = "latest",
    table: str | pd.DataFrame | None = None,
    unit: str = "",
) -> ToldChart | pd.DataFrame:
    """The chart of that name in ``lang``, or else in the language being written; without a name, the list of them.

    ``places`` keeps the rows about these places, ``years`` those of the years from the first to the last (None: the
    newest), ``release`` those observations that were released on that day; or a ``table`` with the same columns is
    drawn instead. The chart ``stated`` draws the claims of any ``table``, by its name or as rows of your own, in one
    ``unit``: the one that most of them have, unless you name another. Raises UsageError for an unknown chart, place or
    language, InputError where a claim that is shown is missing.

    >>> chart("adoption", "en").headline
    'In France, 27% of enterprises use the cloud in 2020, up from 19% in 2018'
    >>> chart("stated", "en", table="market_share", unit="rank").headline
    'Market shares and size: 4 claims, between 1st and 5th'
    """
    if not name:
        refuse_unnamed("chart", lang, places, years, release != "latest", table is not None, unit)
        return _listed()
    wanted = (places,) if isinstance(places, str) else tuple(places)
    if table is None or isinstance(table, str):
        codes = [code("place", place, lexicon()["places"]) for place in wanted]
        table = charts.drawn(name, *codes, years=years, release=release, table=table or "")
    elif wanted or years or release != "latest":
        raise UsageError("a table is drawn as it is", way_out="choose places, years and release where it is made")
    made = charts.chart(name, lang, table=table, unit=unit)
    return ToldChart(**{each.name: getattr(made, each.name) for each in fields(made)})


def _listed() -> pd.DataFrame:
    """The charts that the project has the numbers for, with what each says in the language being written."""
    headlines = {}
    for name in CHARTS:
        with suppress(NuageError):
            headlines[name] = charts.chart(name).headline
    frame = pd.DataFrame(headlines.items(), columns=["chart", "headline"])
    frame.attrs = {"name": "charts", "title": "The charts"}
    return frame
