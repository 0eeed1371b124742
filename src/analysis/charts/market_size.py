"""The size of the cloud market: Europe's, segment by segment up to the total, and the floor that is told for France."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from functools import partial

import pandas as pd

from analysis.charts import bars, style
from analysis.charts.canvas import Canvas
from analysis.charts.chart import Chart
from analysis.charts.rows import Row, Rows, picked
from analysis.charts.scale import Scale
from analysis.charts.telling import joined, named, say, signed, source, told
from analysis.quantities import Interval, Lang
from analysis.words import View, present
from analysis.words.typography import capital

_SEGMENTS = ("iaas", "paas", "saas")
_SIZES = tuple(f"market_size_europe_2020_{segment}" for segment in _SEGMENTS)
_GROWTHS = tuple(f"market_growth_europe_{segment}" for segment in _SEGMENTS)
_TOTAL, _FRANCE = "market_size_europe_2020", "market_size_fr"
_CLAIMS = (*_SIZES, *_GROWTHS, _TOTAL, _FRANCE)
_STEP = Decimal(20_000_000_000)


def market_size(table: pd.DataFrame, lang: Lang) -> Chart:
    """The sizes in the table ``market_share``: three segments that add up to Europe's market, and France's."""
    rows = Rows(table)
    total, france = rows[_TOTAL], rows[_FRANCE]
    return Chart(
        name="market_size",
        lang=lang,
        headline=_headline(rows, lang),
        subtitle=say(
            lang,
            fr="Taille du marché du cloud, en milliards d’euros : Europe en {europe}, par segment ; France en {france}",
            en="Size of the cloud market, in billions of euros: Europe in {europe}, by segment; France in {france}",
            europe=total["period"],
            france=france["period"],
        ),
        note=_note(rows, lang),
        source=source(rows.of(_CLAIMS), lang),
        alt=say(
            lang,
            fr="Le marché européen du cloud, {total}, additionne {segments} ; la France pèse {france}.",
            en="Europe’s cloud market, {total}, adds up {segments}; France is worth {france}.",
            total=told(total, lang),
            segments=_sizes(rows, lang),
            france=told(france, lang),
        ),
        description=tuple(_description(rows, lang)),
        claims=_CLAIMS,
        table=partial(_view, table),
        sketch=partial(_draw, rows, lang),
    )


def _headline(rows: Rows, lang: Lang) -> str:
    """The largest segment; where it is also the slowest, that is the finding."""
    largest = max(_SEGMENTS, key=lambda segment: rows[f"market_size_europe_2020_{segment}"].value)
    growths = {segment: rows[f"market_growth_europe_{segment}"].value for segment in _SEGMENTS}
    size = rows[f"market_size_europe_2020_{largest}"]
    parts = {
        "segment": named(size, "segment", lang, short=True),
        "size": told(size, lang),
        "total": told(rows[_TOTAL], lang),
    }
    if min(growths, key=lambda segment: growths[segment]) == largest:
        return say(
            lang,
            fr="Le {segment} pèse {size} sur {total} en Europe, mais progresse le moins",
            en="{segment} makes up {size} of Europe’s cloud market of {total}, but grows slowest",
            **parts,
        )
    return say(
        lang,
        fr="Le {segment} pèse {size} sur un marché européen de {total}",
        en="{segment} makes up {size} of Europe’s cloud market of {total}",
        **parts,
    )


def _sizes(rows: Rows, lang: Lang) -> str:
    return " + ".join(f"{told(row, lang)} ({named(row, 'segment', lang, short=True)})" for row in rows.of(_SIZES))


def _sum(rows: Rows) -> Interval:
    first, *others = (row.interval for row in rows.of(_SIZES))
    return sum(others, first)


def _note(rows: Rows, lang: Lang) -> str:
    """How to read the bars, whether the segments fit the total, and what the text leaves open."""
    return say(
        lang,
        fr="Le bout foncé couvre les valeurs que l’arrondi laisse possibles ; une barre qui s’efface vers la droite "
        "n’a qu’un plancher. {fits} Le texte ne dit pas sur quelle durée se comptent les croissances.",
        en="The dark end spans the values that rounding leaves possible; a bar that fades to the right has only a "
        "floor. {fits} The text does not say over what time growth is counted.",
        fits=_fit(rows, lang),
    )


def _fit(rows: Rows, lang: Lang) -> str:
    if _sum(rows).meets(rows[_TOTAL].interval):
        return say(lang, fr="La somme des segments est celle du total.", en="The segments add up to the total.")
    return say(
        lang, fr="La somme des segments n’est pas celle du total.", en="The segments do not add up to the total."
    )


def _description(rows: Rows, lang: Lang) -> Iterator[str]:
    parts = (
        say(
            lang,
            fr="{segment} : {size}, croissance {growth}",
            en="{segment}: {size}, growth {growth}",
            segment=named(size, "segment", lang),
            size=told(size, lang),
            growth=told(growth, lang),
        )
        for size, growth in zip(rows.of(_SIZES), rows.of(_GROWTHS), strict=True)
    )
    for key, text in ((_TOTAL, joined(parts, lang)), (_FRANCE, "")):
        yield say(
            lang,
            fr="{place} : {value}. {origin} {more}",
            en="{place}: {value}. {origin} {more}",
            place=capital(named(rows[key], "place", lang)),
            value=told(rows[key], lang),
            origin=bars.origin(rows[key], lang),
            more=f"{capital(text)}." if text else "",
        ).strip()


def _view(table: pd.DataFrame) -> View:
    return present(
        picked(table, _CLAIMS),
        columns=("measure", "place", "segment", "period", "value", "measured_by"),
        name="market_size",
        caption_fr="Taille et croissance du marché du cloud, énoncées par la stratégie",
        caption_en="Size and growth of the cloud market as the strategy states them",
    )


def _draw(rows: Rows, lang: Lang, width: float) -> Canvas:
    canvas = Canvas(width)
    total, france = rows[_TOTAL], rows[_FRANCE]
    high = ((total.interval.high or total.value) / _STEP).to_integral_value(ROUND_CEILING) * _STEP
    scale = bars.scale(canvas, high)
    bars.head(canvas, capital(named(total, "place", lang)), bars.origin(total, lang))
    base = Decimal(0)
    for size, growth in zip(rows.of(_SIZES), rows.of(_GROWTHS), strict=True):
        base = _draw_segment(canvas, size, growth, scale, base, lang)
    _draw_whole(canvas, total, say(lang, fr="Ensemble", en="Whole market"), style.EUROPE, scale, lang)
    canvas.y += 8
    bars.head(canvas, capital(named(france, "place", lang)), bars.origin(france, lang))
    _draw_whole(canvas, france, say(lang, fr="Ensemble", en="Whole market"), style.FRANCE, scale, lang)
    bars.money_ticks(canvas, scale, (Decimal(0), high), lang)
    return canvas


def _draw_segment(canvas: Canvas, size: Row, growth: Row, scale: Scale, base: Decimal, lang: Lang) -> Decimal:
    """One step of the stairs; returns where the next begins."""
    under = say(lang, fr="Croissance : {growth}", en="Growth: {growth}", growth=told(growth, lang))
    name = capital(named(size, "segment", lang))
    top = bars.label(canvas, scale, name, signed(size.quantity, lang), style.EUROPE, under)
    bars.bar(canvas, scale, top, size.interval, style.EUROPE, base=base)
    return base + size.value


def _draw_whole(canvas: Canvas, row: Row, name: str, colour: str, scale: Scale, lang: Lang) -> None:
    top = bars.label(canvas, scale, name, signed(row.quantity, lang), colour)
    bars.bar(canvas, scale, top, row.interval, colour)
