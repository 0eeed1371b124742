"""Enterprises that use the cloud: France's rise as the strategy tells it, beside the two countries it names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

import pandas as pd

from analysis import words
from analysis.charts import style
from analysis.charts.canvas import Canvas
from analysis.charts.chart import Chart
from analysis.charts.rows import Row, Rows, made, picked
from analysis.charts.scale import Scale
from analysis.charts.telling import joined, listed, named, say, source, told, voiced
from analysis.quantities import Lang
from analysis.words import View, present
from analysis.words.typography import capital

_BEFORE, _AFTER = "adoption_fr_2018", "adoption_fr_2020"
_CHANGE, _RATIO = "adoption_fr_change", "adoption_fr_one_in_four"
_FRANCE = (_BEFORE, _AFTER, _CHANGE, _RATIO)
_TICKS = tuple(Decimal(value) for value in (0, 25, 50, 75))
_TOP = Decimal(80)
_MARK = 16.0


def adoption(table: pd.DataFrame, lang: Lang) -> Chart:
    """The shares in the table ``adoption``: France in two years, and the other countries that the table holds."""
    rows = Rows(table)
    claims = (*_FRANCE, *(row.id for row in _others(rows)))
    return Chart(
        name="adoption",
        lang=lang,
        headline=say(
            lang,
            fr="Le cloud équipe {after} des entreprises françaises en {now}, contre {before} en {then}",
            en="In France, {after} of enterprises use the cloud in {now}, {direction} {before} in {then}",
            direction=_direction(rows[_BEFORE], rows[_AFTER]),
            **_numbers(rows, lang),
        ),
        subtitle=_subtitle(rows, lang),
        note=_note(rows, lang),
        source=source(rows.of(claims), lang),
        alt=_alt(rows, lang),
        description=tuple(_description(rows, lang)),
        claims=claims,
        table=partial(_view, picked(table, claims)),
        sketch=partial(_draw, rows, lang),
    )


def _others(rows: Rows) -> tuple[Row, ...]:
    return tuple(row for row in rows if row["measure"] == "cloud_adoption" and row["place"] != "FR")


def _numbers(rows: Rows, lang: Lang) -> dict[str, str]:
    before, after = rows[_BEFORE], rows[_AFTER]
    return {
        "before": told(before, lang),
        "after": told(after, lang),
        "then": words.period(before["period"], lang),
        "now": words.period(after["period"], lang),
    }


def _subtitle(rows: Rows, lang: Lang) -> str:
    after = rows[_AFTER]
    return say(
        lang,
        fr="Entreprises achetant des services de cloud, en % des {population} ; {places}, {then} et {now}",
        en="Enterprises buying cloud services, as % of {population}; {places}, {then} and {now}",
        population=named(after, "population", lang),
        places=listed((named(row, "place", lang) for row in (after, *_others(rows))), lang),
        **_numbers(rows, lang),
    )


def _alt(rows: Rows, lang: Lang) -> str:
    france = say(
        lang,
        fr="Part des entreprises françaises utilisant le cloud : {before} en {then}, {after} en {now}",
        en="Share of French enterprises using the cloud: {before} in {then}, {after} in {now}",
        **_numbers(rows, lang),
    )
    return f"{joined((france, *(_shown(row, lang) for row in _others(rows))), lang)}."


def _direction(before: Row, after: Row) -> str:
    return "up from" if after.value > before.value else "down from" if after.value < before.value else "as against"


def _note(rows: Rows, lang: Lang) -> str:
    ratio = rows[_RATIO]
    return say(
        lang,
        fr="L’épaisseur d’une marque couvre les valeurs que l’arrondi laisse possibles. {hollow}Le même document dit "
        "ailleurs « {ratio} » ({population}).",
        en="The thickness of a mark spans the values that rounding leaves possible. {hollow}The same document says "
        "“{ratio}” elsewhere ({population}).",
        hollow=_hollow(rows, lang),
        ratio=told(ratio, lang),
        population=named(ratio, "population", lang),
    )


def _hollow(rows: Rows, lang: Lang) -> str:
    if not _others(rows):
        return ""
    return say(
        lang,
        fr="Marques creuses ({others}) : le texte ne donne pas d’année, elle est déduite. ",
        en="Hollow marks ({others}): the text gives no year, it is inferred. ",
        others=listed((named(row, "place", lang) for row in _others(rows)), lang),
    )


def _description(rows: Rows, lang: Lang) -> Iterator[str]:
    after, ratio = rows[_AFTER], rows[_RATIO]
    yield say(
        lang,
        fr="{place} : {before} en {then}, {after} en {now} ; le document compte {change}. Population : {population}. "
        "Mesure : {measured}. Dit par : {said}.",
        en="{place}: {before} in {then}, {after} in {now}; the document counts {change}. Population: {population}. "
        "Measured by: {measured}. Said by: {said}.",
        place=named(after, "place", lang),
        change=told(rows[_CHANGE], lang),
        population=named(after, "population", lang),
        measured=named(after, "measured_by", lang),
        said=voiced(after, lang),
        **_numbers(rows, lang),
    )
    if _others(rows):
        yield say(
            lang,
            fr="{others} ; année déduite.",
            en="{others}; year inferred.",
            others=joined((_shown(row, lang) for row in _others(rows)), lang),
        )
    yield say(
        lang,
        fr="Ailleurs dans le même document : « {ratio} » ({population}).",
        en="Elsewhere in the same document: “{ratio}” ({population}).",
        ratio=told(ratio, lang),
        population=named(ratio, "population", lang),
    )


def _view(table: pd.DataFrame) -> View:
    return present(
        table,
        columns=("place", "measure", "population", "period", "value", "measured_by", "said_by"),
        name="adoption",
        caption_fr="Adoption du cloud par les entreprises, énoncée par la stratégie",
        caption_en="Cloud adoption by enterprises as the strategy states it",
    )


def _draw(rows: Rows, lang: Lang, width: float) -> Canvas:
    canvas = Canvas(width)
    left, right, height = (52.0, 190.0, 340.0) if canvas.narrow else (110.0, 410.0, 360.0)
    scale = Scale(_TOP, Decimal(0), 8, height)
    _draw_axes(canvas, scale, (left, right), lang)
    before, after = rows[_BEFORE], rows[_AFTER]
    _draw_slope(canvas, before, after, scale, (left, right))
    for row, x in ((before, left), (after, right)):
        canvas.text(x, scale.end + 22, words.period(row["period"], lang), colour=style.SECONDARY, anchor="center")
    _draw_labels(canvas, rows, scale, (left, right), lang)
    for row in _others(rows):
        _draw_other(canvas, row, scale, right, lang)
    canvas.y = scale.end + 30
    return canvas


def _draw_axes(canvas: Canvas, scale: Scale, columns: tuple[float, float], lang: Lang) -> None:
    for x in columns:
        canvas.line([(x, scale.start), (x, scale.end)], opacity=0.6)
    left = columns[0]
    for value in _TICKS:
        y = scale(value)
        canvas.line([(left - 5, y), (left, y)])
        shown = words.quantity(made("percentage", value, "percent"), lang)
        canvas.text(left - 10, y + 4, shown, size=style.SMALL, colour=style.SECONDARY, anchor="right")


def _draw_slope(canvas: Canvas, before: Row, after: Row, scale: Scale, columns: tuple[float, float]) -> None:
    """A band as thick as rounding leaves the shares open, between the two marks."""
    corners = [(x, end) for row, x in zip((before, after), columns, strict=True) for end in _ends(row, scale)]
    canvas.area([corners[0], corners[2], corners[3], corners[1]], style.FRANCE, opacity=0.25)
    for row, x in zip((before, after), columns, strict=True):
        top, bottom = _ends(row, scale)
        canvas.rectangle(x - _MARK / 2, top, _MARK, bottom - top, fill=style.FRANCE)


def _ends(row: Row, scale: Scale) -> tuple[float, float]:
    return scale(row.interval.high or row.value), scale(row.interval.low or row.value)


def _draw_labels(canvas: Canvas, rows: Rows, scale: Scale, columns: tuple[float, float], lang: Lang) -> None:
    left, right = columns
    before, after, change, ratio = rows.of((_BEFORE, _AFTER, _CHANGE, _RATIO))
    canvas.text(left + 14, scale(before.value) - 15, told(before, lang), bold=True, colour=style.FRANCE)
    canvas.text(right + 14, scale(after.value) + 5, _shown(after, lang), bold=True, colour=style.FRANCE)
    middle = (left + right) / 2
    rise = scale((before.value + after.value) / 2)
    canvas.text(middle, rise - 14, told(change, lang), size=style.SMALL, colour=style.FRANCE, anchor="center")
    y = scale(ratio.value)
    canvas.line([(right - _MARK / 2, y), (right + _MARK / 2, y)], style.SECONDARY, width=2)
    aside = say(lang, fr="{ratio} (ailleurs)", en="{ratio} (elsewhere)", ratio=capital(told(ratio, lang)))
    canvas.text(right + 14, y + 20, aside, size=style.SMALL, colour=style.SECONDARY)


def _draw_other(canvas: Canvas, row: Row, scale: Scale, x: float, lang: Lang) -> None:
    top, bottom = _ends(row, scale)
    canvas.rectangle(x - _MARK / 2, top, _MARK, bottom - top, fill=style.PAPER, stroke=style.SECONDARY)
    words_set = canvas.text(x + 14, scale(row.value) + 5, _shown(row, lang), bold=True, colour=style.SECONDARY)
    if not canvas.narrow:
        aside = say(lang, fr="(année déduite)", en="(year inferred)")
        canvas.text(x + 20 + words_set.width, scale(row.value) + 5, aside, size=style.SMALL, colour=style.SECONDARY)


def _shown(row: Row, lang: Lang) -> str:
    return f"{named(row, 'place', lang)}, {told(row, lang)}"
