"""The European market as one firm told it at four dates: each telling its own row, since the past is restated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import pandas as pd

from analysis import words
from analysis.charts import style
from analysis.charts.canvas import Canvas
from analysis.charts.chart import Chart
from analysis.charts.rows import Row, Rows, made, picked, with_dates
from analysis.charts.scale import Scale
from analysis.charts.telling import caveat, joined, listed, named, say, signed, source, told, when
from analysis.quantities import Lang
from analysis.words import View, present
from analysis.words.typography import capital


@dataclass(frozen=True, slots=True)
class _Telling:
    """What was told at one date: the Europeans' share of the first year and of the newest, and the Americans'."""

    past: Row
    europeans: Row
    americans: Row

    @property
    def rows(self) -> tuple[Row, ...]:
        """All three."""
        return self.past, self.europeans, self.americans


_TOLD = (
    ("synergy_202101_european_2017", "synergy_202101_european_2020q3", "synergy_202101_us_big_three_2020q3"),
    ("synergy_202109_european_2017", "synergy_202109_european_2021q2", "synergy_202109_us_big_three_2021q2"),
    ("synergy_202209_european_2017", "synergy_202209_european_2022q2", "synergy_202209_us_big_three_2022q2"),
    ("synergy_202507_european_2017", "synergy_202507_european_since_2022", "synergy_202507_us_big_three"),
)
#: What the strategy prints of the Americans' share.
_CLAIMS = ("share_big_three_europe_undated", "share_big_three_europe_2021")
_HIGH, _TICKS = Decimal(80), (Decimal(0), Decimal(40), Decimal(80))
_MARK = 16.0


def market_vintages(table: pd.DataFrame, lang: Lang) -> Chart:
    """The tellings of the series ``synergy_europe``, with the shares that the strategy took from two of them."""
    rows = Rows(table)
    tellings = tuple(_Telling(*rows.of(ids)) for ids in _TOLD)
    shown = (*(row for telling in tellings for row in telling.rows), *rows.of(_CLAIMS))
    claims = tuple(row.id for row in shown)
    return Chart(
        name="market_vintages",
        lang=lang,
        headline=_headline(tellings, lang),
        subtitle=say(
            lang,
            fr="Part de marché en Europe, en % ; {population} ; {dates}",
            en="Market share in Europe, in %; {population}; {dates}",
            population=named(tellings[0].past, "population", lang),
            dates=_dates(tellings, lang),
        ),
        note=_note(tellings, rows.of(_CLAIMS), lang),
        source=source(shown, lang),
        alt=_alt(tellings, lang),
        description=tuple(_description(tellings, rows.of(_CLAIMS), lang)),
        claims=claims,
        table=partial(_view, picked(table, claims)),
        sketch=partial(_draw, tellings, rows.of(_CLAIMS), lang),
    )


def _dates(tellings: tuple[_Telling, ...], lang: Lang) -> str:
    dates = listed((words.date(telling.past.said, lang) for telling in tellings), lang)
    return say(lang, fr="énoncés de {dates}", en="as told in {dates}", dates=dates)


def _headline(tellings: tuple[_Telling, ...], lang: Lang) -> str:
    """How far the share of one year has moved from telling to telling, if it has."""
    values = sorted({telling.past.value: told(telling.past, lang) for telling in tellings}.items())
    parts = {"year": tellings[0].past["period"], "who": named(tellings[0].past, "measured_by", lang, short=True)}
    if len(values) == 1:
        return say(
            lang,
            fr="La part européenne de {year} est toujours dite la même par {who} : {share}",
            en="{who} always tells the same European share for {year}: {share}",
            share=values[0][1],
            **parts,
        )
    return say(
        lang,
        fr="{who} révise la part européenne de {year} : entre {low} et {high}",
        en="{who} restates the European share of {year}: between {low} and {high}",
        low=values[0][1],
        high=values[-1][1],
        **parts,
    )


def _alt(tellings: tuple[_Telling, ...], lang: Lang) -> str:
    return say(
        lang,
        fr="La part européenne de {year}, dite à {count} dates : {past}. Part américaine : {americans}.",
        en="The European share of {year}, told at {count} dates: {past}. American share: {americans}.",
        year=tellings[0].past["period"],
        count=str(len(tellings)),
        past=listed((told(each.past, lang) for each in tellings), lang),
        americans=listed((told(each.americans, lang) for each in tellings), lang),
    )


def _note(tellings: tuple[_Telling, ...], claims: tuple[Row, ...], lang: Lang) -> str:
    newest = tellings[-1].americans
    return say(
        lang,
        fr="La largeur d’une marque couvre les valeurs que l’arrondi laisse possibles ; marque creuse : {year}. Un "
        "trait ne relie que deux parts dites à la même date. {repeated} {date} : {caveat}",
        en="The width of a mark spans the values that rounding leaves possible; hollow mark: {year}. A line joins "
        "only two shares told at the same date. {repeated} {date}: {caveat}",
        year=tellings[0].past["period"],
        repeated=" ".join(filter(None, (_repeated(row, _teller(row, tellings), lang) for row in claims))),
        date=capital(words.date(newest.said, lang)),
        caveat=caveat(newest, lang),
    )


def _teller(claim: Row, tellings: tuple[_Telling, ...]) -> _Telling | None:
    """The telling that has the number of a claim, if one has."""
    return next((each for each in tellings if each.americans.value == claim.value), None)


def _repeated(claim: Row, telling: _Telling | None, lang: Lang) -> str:
    if telling is None:
        return ""
    return say(
        lang,
        fr="La stratégie imprime {share} : c’est le nombre dit en {date}.",
        en="The strategy prints {share}: that is the number told in {date}.",
        share=told(claim, lang),
        date=words.date(telling.americans.said, lang),
    )


def _description(tellings: tuple[_Telling, ...], claims: tuple[Row, ...], lang: Lang) -> Iterator[str]:
    for telling in tellings:
        yield say(
            lang,
            fr="Dit en {date} : {shares}.",
            en="Told in {date}: {shares}.",
            date=words.date(telling.past.said, lang),
            shares=joined((_share(row, lang) for row in telling.rows), lang),
        )
    yield from filter(None, (_repeated(row, _teller(row, tellings), lang) for row in claims))


def _share(row: Row, lang: Lang) -> str:
    return say(
        lang,
        fr="{who}, {share} ({when})",
        en="{who}, {share} ({when})",
        who=named(row, "subject", lang),
        share=told(row, lang),
        when=when(row, lang),
    )


def _view(rows: pd.DataFrame) -> View:
    return present(
        with_dates(rows),
        columns=("released", "subject", "period", "value", "agreement", "said_by"),
        labels={"released": ("dit le", "told")},
        name="market_vintages",
        row_headers=2,
        caption_fr="Parts du marché européen : chaque publication, puis ce qu’en imprime la stratégie",
        caption_en="Shares of the European market: each publication, then what the strategy prints of them",
    )


def _draw(tellings: tuple[_Telling, ...], claims: tuple[Row, ...], lang: Lang, width: float) -> Canvas:
    canvas = Canvas(width)
    scale = Scale(Decimal(0), _HIGH, 0 if canvas.narrow else 150, width - (12 if canvas.narrow else 56))
    _draw_head(canvas, tellings[0], scale, lang)
    for telling in tellings:
        printed = next((row for row in claims if _teller(row, tellings) is telling), None)
        _draw_telling(canvas, telling, printed, scale, lang)
    ticks = [(value, words.quantity(made("percentage", value, "percent"), lang)) for value in _TICKS]
    scale.ticks(canvas, ticks)
    return canvas


def _draw_head(canvas: Canvas, telling: _Telling, scale: Scale, lang: Lang) -> None:
    """Who the two groups of marks are."""
    europeans, americans = (named(row, "subject", lang, short=True) for row in telling.rows[1:])
    canvas.text(scale.start, style.LABEL, europeans, bold=True, colour=style.EUROPE)
    canvas.text(scale.end, style.LABEL, americans, bold=True, colour=style.AMERICA, anchor="right")
    canvas.y += 24


def _draw_telling(canvas: Canvas, telling: _Telling, printed: Row | None, scale: Scale, lang: Lang) -> None:
    canvas.rule()
    top = canvas.y
    date = say(lang, fr="Dit en {date}", en="Told in {date}", date=words.date(telling.past.said, lang))
    canvas.text(0, top + 14, date, bold=True)
    level = top + (24 if canvas.narrow else 8)
    canvas.line([(scale.start, level + _MARK), (scale.end, level + _MARK)], opacity=0.6)
    joint = [(scale(row.value), level + _MARK / 2) for row in (telling.europeans, telling.past)]
    canvas.line(joint, style.EUROPE, width=1.5)
    _draw_mark(canvas, telling.past, scale, level, hollow=True)
    _draw_mark(canvas, telling.europeans, scale, level)
    _draw_mark(canvas, telling.americans, scale, level)
    _label(canvas, telling, scale, level, lang)
    canvas.y = level + _MARK + 16
    _say_when(canvas, telling, scale, lang)
    if printed is not None:
        _say_printed(canvas, telling.americans, scale, (top, level), lang)
    canvas.y += 10


def _say_when(canvas: Canvas, telling: _Telling, scale: Scale, lang: Lang) -> None:
    """The periods of the two newest shares, below them."""
    canvas.text(scale.start, canvas.y, when(telling.europeans, lang), size=style.SMALL, colour=style.SECONDARY)
    right = scale(telling.americans.value) + _MARK / 2
    text = when(telling.americans, lang)
    canvas.text(right, canvas.y, text, size=style.SMALL, colour=style.SECONDARY, anchor="right")


def _say_printed(canvas: Canvas, row: Row, scale: Scale, tops: tuple[float, float], lang: Lang) -> None:
    """That the strategy prints the share: a frame around its mark, and words beside it, or above on a narrow sheet."""
    top, level = tops
    left, right = (scale(end or row.value) for end in (row.interval.low, row.interval.high))
    canvas.rectangle(left - 4, level - 3, right - left + 8, _MARK + 2, stroke=style.INK)
    text = say(lang, fr="dans la stratégie", en="in the strategy")
    if canvas.narrow:
        canvas.text(scale.end, top + 14, text, size=style.SMALL, bold=True, anchor="right")
    else:
        canvas.text(right + 12, level + _MARK / 2 + 5, text, size=style.SMALL, bold=True)


def _label(canvas: Canvas, telling: _Telling, scale: Scale, level: float, lang: Lang) -> None:
    baseline = level + _MARK / 2 + 5
    past = say(lang, fr="{share} en {year}", en="{share} in {year}", share=told(telling.past, lang),
               year=telling.past["period"])  # fmt: skip
    right = scale(telling.past.interval.high or telling.past.value) + 8
    canvas.text(right, baseline, past, colour=style.EUROPE)
    for row, colour in ((telling.europeans, style.EUROPE), (telling.americans, style.AMERICA)):
        left = scale(row.value) - _fade(canvas) if row.interval.low is None else scale(row.interval.low)
        canvas.text(left - 7, baseline, signed(row.quantity, lang), bold=True, colour=colour, anchor="right")


def _fade(canvas: Canvas) -> float:
    """How long the mark of a share is of which only an upper limit is told."""
    return 13.0 if canvas.narrow else 34.0


def _draw_mark(canvas: Canvas, row: Row, scale: Scale, level: float, *, hollow: bool = False) -> None:
    colour = style.EUROPE if row["subject"] == "european_providers" else style.AMERICA
    low, high = row.interval.low, row.interval.high
    if low is None:
        fade = _fade(canvas)
        canvas.fading(scale(row.value) - fade, level, fade, _MARK, colour, to="left")
        return
    left, right = scale(low), scale(high or row.value)
    if hollow:
        canvas.rectangle(left, level, right - left, _MARK, fill=style.PAPER, stroke=colour)
    else:
        canvas.rectangle(left, level, right - left, _MARK, fill=colour)
