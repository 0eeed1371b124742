"""Money announced against money told later, of the same programmes, by those who run them or write of them."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from functools import partial

import pandas as pd

from analysis import words
from analysis.charts import bars, style
from analysis.charts.bars import BAR
from analysis.charts.canvas import Canvas
from analysis.charts.chart import Chart
from analysis.charts.rows import Row, Rows, picked, with_dates
from analysis.charts.scale import Scale
from analysis.charts.telling import caveat, joined, named, say, signed, source, told
from analysis.quantities import Lang
from analysis.words import View, present
from analysis.words.typography import capital

#: What was announced, with what was told of the same money later.
_PAIRS = (("rd_public_text", "budget_rd_usine_nouvelle"), ("pepr_text", "budget_pepr_running"))
_IDS = tuple(each for pair in _PAIRS for each in pair)
_STEP = Decimal(100_000_000)
_COLOUR = style.FRANCE


def funding_later(table: pd.DataFrame, lang: Lang) -> Chart:
    """Two amounts of the table ``funding``, each beside what the series ``cloud_budget`` tells of it later."""
    rows = Rows(table)
    pairs = tuple((rows[before], rows[after]) for before, after in _PAIRS)
    return Chart(
        name="funding_later",
        lang=lang,
        headline=_headline(pairs, lang),
        subtitle=say(
            lang,
            fr="Argent public pour le cloud, France, en millions d’euros : annoncé en {first}, et dit plus tard",
            en="Public money for the cloud, France, in millions of euros: announced in {first}, and told later",
            first=pairs[0][0].said.partition("-")[0],
        ),
        note=_note(pairs, lang),
        source=source(rows.of(_IDS), lang),
        alt=_alt(pairs, lang),
        description=tuple(_described(pair, lang) for pair in pairs),
        claims=_IDS,
        table=partial(_view, picked(table, _IDS)),
        sketch=partial(_draw, pairs, lang),
    )


def _headline(pairs: tuple[tuple[Row, Row], ...], lang: Lang) -> str:
    """That both are lower later, where they are."""
    if all(after.value < before.value for before, after in pairs):
        return say(
            lang,
            fr="Deux montants publics sont dits plus bas une fois les projets lancés",
            en="Two public amounts are told lower once the projects are under way",
        )
    return say(
        lang,
        fr="Deux montants publics annoncés, et ce qu’on en dit plus tard",
        en="Two public amounts announced, and what is told of them later",
    )


def _note(pairs: tuple[tuple[Row, Row], ...], lang: Lang) -> str:
    return say(
        lang,
        fr="Hachures : argent annoncé ; plein : argent dit plus tard accordé ou en cours. {caveats}",
        en="Hatching: money announced; solid: money later said to be granted or running. {caveats}",
        caveats=" ".join(_caveat(after, lang) for _, after in pairs),
    )


def _caveat(after: Row, lang: Lang) -> str:
    return say(
        lang,
        fr="{what} : {caveat}",
        en="{what}: {caveat}",
        what=capital(named(after, "purpose", lang, short=True)),
        caveat=caveat(after, lang),
    )


def _alt(pairs: tuple[tuple[Row, Row], ...], lang: Lang) -> str:
    parts = (
        say(
            lang,
            fr="{what}, {before} annoncés, {after} plus tard",
            en="{what}, {before} announced, {after} later",
            what=named(before, "purpose", lang, short=True),
            before=told(before, lang),
            after=told(after, lang),
        )
        for before, after in pairs
    )
    return f"{joined(parts, lang)}."


def _described(pair: tuple[Row, Row], lang: Lang) -> str:
    before, after = pair
    return say(
        lang,
        fr="{what} : {before} ; {after}.",
        en="{what}: {before}; {after}.",
        what=capital(named(before, "purpose", lang)),
        before=_stated(before, lang),
        after=_stated(after, lang),
    )


def _stated(row: Row, lang: Lang) -> str:
    return f"{told(row, lang)}, {_voiced(row, lang)}"


def _voiced(row: Row, lang: Lang) -> str:
    return say(
        lang,
        fr="{who}, {date}",
        en="{who}, {date}",
        who=named(row, "said_by", lang),
        date=words.date(row.said, lang),
    )


def _view(rows: pd.DataFrame) -> View:
    return present(
        with_dates(rows),
        columns=("purpose", "status", "value", "said_by", "released", "agreement"),
        labels={"released": ("dit le", "told")},
        name="funding_later",
        row_headers=2,
        caption_fr="Montants annoncés, et ce qu’on en dit plus tard",
        caption_en="Amounts announced, and what is told of them later",
    )


def _draw(pairs: tuple[tuple[Row, Row], ...], lang: Lang, width: float) -> Canvas:
    canvas = Canvas(width)
    top = max(row.value for pair in pairs for row in pair)
    scale = bars.scale(canvas, (top / _STEP).to_integral_value(ROUND_CEILING) * _STEP)
    for pair in pairs:
        canvas.rule()
        canvas.paragraph(0, canvas.width, capital(named(pair[0], "purpose", lang)), bold=True)
        canvas.y += 6
        for row in pair:
            _draw_row(canvas, row, scale, lang)
        canvas.y += 6
    bars.money_ticks(canvas, scale, (scale.low, scale.high), lang)
    return canvas


def _draw_row(canvas: Canvas, row: Row, scale: Scale, lang: Lang) -> None:
    text = capital(named(row, "status", lang, short=True)) if row.announced else _later(lang)
    top = bars.label(canvas, scale, text, signed(row.quantity, lang), _COLOUR, capital(_voiced(row, lang)))
    canvas.line([(scale.start, top + BAR), (scale.end, top + BAR)], opacity=0.6)
    width = scale(row.value) - scale.start
    if row.announced:
        canvas.hatched(scale.start, top, width, BAR, _COLOUR)
        canvas.rectangle(scale.start + 0.6, top, width - 0.6, BAR, stroke=_COLOUR)
    else:
        canvas.rectangle(scale.start, top, width, BAR, fill=_COLOUR)


def _later(lang: Lang) -> str:
    return say(lang, fr="Plus tard", en="Later")
