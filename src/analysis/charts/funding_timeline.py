"""When the announced money is to be spent: what the strategy dates, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

import pandas as pd

from analysis import words
from analysis.charts import style
from analysis.charts.canvas import Canvas
from analysis.charts.chart import Chart
from analysis.charts.rows import Row, Rows, picked
from analysis.charts.scale import Scale
from analysis.charts.telling import named, say, source, told
from analysis.quantities import Lang
from analysis.words import View, present
from analysis.words.typography import capital

_PUBLIC, _FIRST, _LATER = "funding_public_all", "public_2021_2022", "public_from_2023"
_SPACES, _PLAN, _DURATION = "data_spaces_measure", "plan_total", "plan_duration"
_CLAIMS = (_PUBLIC, _FIRST, _LATER, _SPACES, _PLAN, _DURATION)
_BAR, _LABEL = 18.0, 42.0
_COLOUR = style.FRANCE
#: How far the scale runs beyond the last year that the text names, in years.
_BEYOND = Decimal("0.6")


def funding_timeline(table: pd.DataFrame, lang: Lang) -> Chart:
    """The dated amounts in the table ``funding``, and the plan whose years are counted but not named."""
    rows = Rows(table)
    return Chart(
        name="funding_timeline",
        lang=lang,
        headline=say(
            lang,
            fr="Sur {public} publics, {first} sont annoncés pour {years}, {later} pour la suite",
            en="Of {public} of public money, {first} is announced for {years}, {later} for later",
            **_numbers(rows, lang),
        ),
        subtitle=say(
            lang,
            fr="Années auxquelles la stratégie nationale pour le cloud attribue ses financements, France, {published}",
            en="Years to which the national cloud strategy assigns its funding, France, {published}",
            published=words.date(rows[_PUBLIC]["published"], lang),
        ),
        note=_note(rows, lang),
        source=source(rows.of(_CLAIMS), lang),
        alt=_alt(rows, lang),
        description=tuple(_description(rows, lang)),
        claims=_CLAIMS,
        table=partial(_view, table),
        sketch=partial(_draw, rows, lang),
    )


def _numbers(rows: Rows, lang: Lang) -> dict[str, str]:
    return {
        "public": told(rows[_PUBLIC], lang),
        "first": told(rows[_FIRST], lang),
        "years": words.period(rows[_FIRST]["period"], lang),
        "later": told(rows[_LATER], lang),
        "after": words.period(rows[_LATER]["period"], lang),
        "plan": told(rows[_PLAN], lang),
        "duration": told(rows[_DURATION], lang),
    }


def _note(rows: Rows, lang: Lang) -> str:
    return say(
        lang,
        fr="Hachures : argent annoncé, non encore dépensé. La longueur des barres est celle des années, non des "
        "montants. Le texte ne dit ni quand commencent les {duration}, ni quand finit la seconde tranche publique.",
        en="Hatching: money announced, not yet spent. The length of the bars is that of the years, not of the "
        "amounts. The text says neither when the {duration} begin nor when the second public instalment ends.",
        **_numbers(rows, lang),
    )


def _alt(rows: Rows, lang: Lang) -> str:
    return say(
        lang,
        fr="Argent public : {first} en {years}, {later} pour {after}. L’ensemble, {plan} sur {duration}, n’a pas "
        "d’année de début.",
        en="Public money: {first} in {years}, {later} for {after}. The whole, {plan} over {duration}, has no "
        "starting year.",
        **_numbers(rows, lang),
    )


def _description(rows: Rows, lang: Lang) -> Iterator[str]:
    for row in rows.of((_FIRST, _LATER, _SPACES)):
        yield say(
            lang,
            fr="{what}, {period} : {amount}.",
            en="{what}, {period}: {amount}.",
            what=_what(row, lang),
            period=words.period(row["period"], lang),
            amount=told(row, lang),
        )
    yield _open_plan(rows, lang)


def _what(row: Row, lang: Lang) -> str:
    """Whose money it is, and what for where it is only a part."""
    payer = capital(named(row, "payer", lang))
    if row["purpose"] == "all":
        return payer
    return say(
        lang, fr="{payer} : {purpose}", en="{payer}: {purpose}", payer=payer, purpose=named(row, "purpose", lang)
    )


def _open_plan(rows: Rows, lang: Lang) -> str:
    return say(
        lang,
        fr="{what} : {amount} sur {duration}, début non précisé.",
        en="{what}: {amount} over {duration}, start not stated.",
        what=_what(rows[_PLAN], lang),
        amount=told(rows[_PLAN], lang),
        duration=told(rows[_DURATION], lang),
    )


def _view(table: pd.DataFrame) -> View:
    return present(
        picked(table, _CLAIMS),
        columns=("payer", "purpose", "measure", "period", "value"),
        name="funding_timeline",
        caption_fr="Financements annoncés et leurs années",
        caption_en="Announced funding and its years",
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """From the first day of a year to the last of another; an end that the text leaves open is ``None``."""

    first: int
    last: int | None

    @property
    def end(self) -> int:
        """The year that begins when the span ends."""
        return (self.first if self.last is None else self.last) + 1


def _span(row: Row) -> _Span:
    first, _, last = row["period"].partition("/")
    return _Span(int(first), None if last == ".." else int(last or first))


def _draw(rows: Rows, lang: Lang, width: float) -> Canvas:
    canvas = Canvas(width)
    spans = [_span(row) for row in rows.of((_FIRST, _LATER, _SPACES))]
    first, end = min(span.first for span in spans), max(span.end for span in spans)
    scale = Scale(Decimal(first), Decimal(end) + _BEYOND, 1, width - 1)
    published = rows[_PUBLIC]["published"]
    flag, day = scale(_year(published)), words.date(published, lang)
    announced = say(lang, fr="Annonce : {day}", en="Announced: {day}", day=day)
    _draw_years(canvas, scale, range(first, end), flag, announced)
    for bars in (rows.of((_FIRST, _LATER)), rows.of((_SPACES,))):
        _draw_head(canvas, bars[0], lang)
        _draw_bars(canvas, scale, bars, flag, lang)
    _draw_head(canvas, rows[_PLAN], lang)
    _draw_plan(canvas, scale, rows, lang)
    return canvas


def _year(iso: str) -> Decimal:
    """A date as a point on the scale of years."""
    day = date.fromisoformat(iso)
    start, following = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + Decimal((day - start).days) / (following - start).days


def _draw_years(canvas: Canvas, scale: Scale, years: range, flag: float, announced: str) -> None:
    canvas.text(flag + 6, style.SMALL, announced, size=style.SMALL)
    canvas.line([(flag, 1), (flag, 34)], style.INK)
    for year in years:
        middle = scale(year + Decimal("0.5"))
        canvas.text(middle, 32, str(year), size=style.SMALL, colour=style.SECONDARY, anchor="center")
        canvas.line([(scale(Decimal(year)), 36), (scale(Decimal(year)), 40)])
    canvas.y = 40


def _draw_head(canvas: Canvas, row: Row, lang: Lang) -> None:
    canvas.rule()
    canvas.paragraph(0, canvas.width, _what(row, lang), bold=True)


def _draw_bars(canvas: Canvas, scale: Scale, rows: tuple[Row, ...], flag: float, lang: Lang) -> None:
    """Each bar over its years, its amount and its period above it; the date of the announcement cuts it."""
    top = canvas.y
    for row in rows:
        span = _span(row)
        left, right = scale(Decimal(span.first)), scale(Decimal(span.end))
        _set_label(canvas, left, top, (told(row, lang), words.period(row["period"], lang)), _COLOUR)
        if span.last is None:
            _draw_open(canvas, left, top + _LABEL, scale.end - left)
        else:
            canvas.hatched(left, top + _LABEL, right - left, _BAR, _COLOUR)
            canvas.rectangle(left, top + _LABEL, right - left, _BAR, stroke=_COLOUR)
        if left < flag < right:
            canvas.line([(flag, top + _LABEL - 3), (flag, top + _LABEL + _BAR + 3)], style.INK)
    canvas.y = top + _LABEL + _BAR + 16


def _set_label(canvas: Canvas, left: float, top: float, lines: tuple[str, str], colour: str) -> None:
    canvas.text(left, top + 18, lines[0], bold=True, colour=colour)
    canvas.text(left, top + 34, lines[1], size=style.SMALL, colour=style.SECONDARY)


def _draw_open(canvas: Canvas, left: float, top: float, width: float) -> None:
    """A bar without an end: its hatching thins out."""
    canvas.hatched(left, top, width, _BAR, _COLOUR, thinning=True)
    right = left + width
    canvas.line([(right, top), (left, top), (left, top + _BAR), (right, top + _BAR)], _COLOUR, width=1.2, dash=(4, 3))


def _draw_plan(canvas: Canvas, scale: Scale, rows: Rows, lang: Lang) -> None:
    """As long as its years, set in the middle between question marks: it could be moved either way."""
    top, duration = canvas.y, rows[_DURATION].value
    left = scale((scale.low + scale.high - duration) / 2)
    right = scale((scale.low + scale.high + duration) / 2)
    years = told(rows[_DURATION], lang)
    when = say(lang, fr="{years}, début non précisé", en="{years}, start not stated", years=years)
    _set_label(canvas, left, top, (told(rows[_PLAN], lang), when), style.INK)
    canvas.rectangle(left, top + _LABEL, right - left, _BAR, stroke=style.INK, dash=(4, 3))
    for x in (left - 12, right + 12):
        canvas.text(x, top + _LABEL + 14, "?", bold=True, anchor="center")
    canvas.y = top + _LABEL + _BAR + 6
