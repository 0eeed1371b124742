"""Shares of the cloud market: one row per claim, since no two measure the same thing at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import groupby

import pandas as pd

from analysis.charts import bars, style
from analysis.charts.canvas import Canvas
from analysis.charts.chart import Chart
from analysis.charts.rows import Row, Rows, picked
from analysis.charts.scale import Scale
from analysis.charts.telling import joined, named, say, signed, source, told
from analysis.quantities import Lang
from analysis.words import View, present
from analysis.words.typography import capital

_CLAIMS = (
    "share_big_three_europe_2021",
    "share_top_europeans_2021",
    "share_big_three_europe_undated",
    "share_top_europeans_undated",
    "share_us_offer_fr_2025",
    "share_ovhcloud_fr",
)
_COLOURS = {
    "us_big_three": style.AMERICA,
    "us_providers": style.AMERICA,
    "ovhcloud_deutsche_telekom": style.EUROPE,
    "leading_european_providers": style.EUROPE,
    "ovhcloud": style.FRANCE,
}


def market_share(table: pd.DataFrame, lang: Lang) -> Chart:
    """The shares of the table ``market_share``: who holds how much of which market, and who says so."""
    rows = Rows(table).of(_CLAIMS)
    numbers = {"giants": told(rows[0], lang), "europeans": told(rows[1], lang), "offer": told(rows[4], lang)}
    return Chart(
        name="market_share",
        lang=lang,
        headline=say(
            lang,
            fr="Amazon, Microsoft et Google tiennent {giants} du marché européen, OVHcloud {europeans}",
            en="Amazon, Microsoft and Google hold {giants} of Europe’s cloud market, OVHcloud {europeans}",
            **numbers,
        ),
        subtitle=say(
            lang,
            fr="Part du marché ou de l’offre de cloud, en Europe et en France, énoncé par énoncé, en %",
            en="Share of the cloud market or supply, in Europe and in France, claim by claim, in %",
        ),
        note=_note(lang),
        source=source(rows, lang),
        alt=say(
            lang,
            fr="En Europe, trois groupes américains ont {giants} du cloud, deux européens {europeans}. "
            "En France, {offer} de l’offre est américaine.",
            en="In Europe, three American groups hold {giants} of the cloud, two European ones {europeans}. "
            "In France, {offer} of the supply is American.",
            **numbers,
        ),
        description=tuple(_description(rows, lang)),
        claims=_CLAIMS,
        table=partial(_view, table),
        sketch=partial(_draw, rows, lang),
    )


def _note(lang: Lang) -> str:
    return say(
        lang,
        fr="Le bout foncé d’une barre couvre les valeurs que le nombre imprimé laisse possibles ; une barre qui "
        "s’efface n’a qu’un plafond. Les énoncés diffèrent par le périmètre, la source et l’année : ils ne forment "
        "pas une série.",
        en="The dark end of a bar spans the values that the printed number leaves possible; a bar that fades has only "
        "a ceiling. The claims differ in scope, source and year: they do not form a series.",
    )


def _description(rows: tuple[Row, ...], lang: Lang) -> Iterator[str]:
    for _, claims in groupby(rows, key=partial(_group, lang)):
        group = tuple(claims)
        shares = (
            say(lang, fr="{who} : {share}", en="{who}: {share}", who=named(row, "subject", lang), share=told(row, lang))
            for row in group
        )
        yield say(
            lang,
            fr="{place}. {origin} {shares}.",
            en="{place}. {origin} {shares}.",
            place=capital(named(group[0], "place", lang)),
            origin=bars.origin(group[0], lang),
            shares=capital(joined(shares, lang)),
        )


def _group(lang: Lang, row: Row) -> tuple[str, str]:
    return named(row, "place", lang), bars.origin(row, lang)


def _view(table: pd.DataFrame) -> View:
    return present(
        picked(table, _CLAIMS),
        columns=("subject", "place", "population", "period", "value", "measured_by", "said_by"),
        name="market_share",
        caption_fr="Parts de marché énoncées par les documents",
        caption_en="Market shares as the documents state them",
    )


def _draw(rows: tuple[Row, ...], lang: Lang, width: float) -> Canvas:
    canvas = Canvas(width)
    scale = bars.scale(canvas, Decimal(100))
    written = ""
    for (place, origin), claims in groupby(rows, key=partial(_group, lang)):
        bars.head(canvas, capital(place) if place != written else "", origin)
        written = place
        for row in claims:
            _draw_row(canvas, row, scale, lang)
        canvas.y += 8
    bars.percent_ticks(canvas, scale, lang)
    return canvas


def _draw_row(canvas: Canvas, row: Row, scale: Scale, lang: Lang) -> None:
    colour = _COLOURS[row["subject"]]
    top = bars.label(canvas, scale, capital(named(row, "subject", lang)), signed(row.quantity, lang), colour)
    bars.bar(canvas, scale, top, row.interval, colour)
