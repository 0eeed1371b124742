"""Enterprises that use the cloud, year by year: the official series with its breaks, and the strategy's numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd

from analysis import words
from analysis.charts.adoption_drawing import draw
from analysis.charts.chart import Chart
from analysis.charts.official import SERIES, Line, Official, official, reservations
from analysis.charts.rows import Row, picked, with_dates
from analysis.charts.telling import joined, listed, named, say, source, told
from analysis.errors import InputError
from analysis.quantities import Lang
from analysis.words import View, present
from analysis.words.typography import capital


def adoption_series(table: pd.DataFrame, lang: Lang) -> Chart:
    """The official shares of the places that the table holds, and what the strategy says of them.

    They are those of the newest release that the table holds, be it the newest of the series or not. Raises InputError
    where it holds fewer than two years of France.
    """
    shown = official(_of_one_release(table))
    if len(shown.years) < 2:
        raise InputError(
            "a line takes two years of France at least", entry="adoption_series", evidence=str(shown.years)
        )
    rows = picked(table, (row.id for row in shown.rows))
    return Chart(
        name="adoption_series",
        lang=lang,
        headline=_headline(shown, lang),
        subtitle=_subtitle(shown, lang),
        note=" ".join(_note(shown, lang)),
        source=source(shown.rows, lang),
        alt=_alt(shown, lang),
        description=tuple(_description(shown, lang)),
        claims=tuple(row.id for row in shown.rows),
        table=partial(_view, with_dates(rows)),
        sketch=partial(draw, shown, lang),
    )


def _of_one_release(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the newest release that it holds as the one to be shown."""
    return table.assign(newest=table["released"] == table.loc[table["series"] == SERIES, "released"].max())


def _headline(shown: Official, lang: Lang) -> str:
    """That the strategy's numbers are the official ones, where all shown are and France trails; or the newest."""
    if shown.claims and shown.behind and all(map(shown.meets, shown.claims)):
        return say(
            lang,
            fr="Les nombres de la stratégie sont bien ceux d’Eurostat ; la France reste derrière l’Union",
            en="The strategy’s numbers are indeed Eurostat’s; France remains behind the European Union",
        )
    last = shown.france.last
    return say(
        lang,
        fr="En {year}, {share} des entreprises françaises utilisent le cloud, selon Eurostat",
        en="In {year}, {share} of French enterprises use the cloud, says Eurostat",
        year=last["period"],
        share=told(last, lang),
    )


def _subtitle(shown: Official, lang: Lang) -> str:
    france = shown.france
    return say(
        lang,
        fr="Entreprises achetant des services de cloud, en % des {population} ; {places}, {first}–{last}",
        en="Enterprises buying cloud services, as % of {population}; {places}, {first}–{last}",
        population=named(france.last, "population", lang),
        places=listed((named(line.last, "place", lang, short=True) for line in shown.lines), lang),
        first=shown.years[0],
        last=shown.years[-1],
    )


def _note(shown: Official, lang: Lang) -> Iterator[str]:
    """How to read squares, gaps and hollow points; only of what is there. And that another release is newer."""
    if shown.claims:
        yield _squares(shown, lang)
    if shown.breaks:
        yield say(
            lang,
            fr="Deux traits obliques : rupture de la série ({breaks}) ; de part et d’autre, les valeurs ne se "
            "comparent pas.",
            en="Two slanted strokes: break in the series ({breaks}); values on either side cannot be compared.",
            breaks=joined((_when(after, lang) for _, after in shown.breaks), lang),
        )
    if cut := [line.rows[0] for line in shown.lines if "b" in line.rows[0]["flag"]]:
        yield say(
            lang,
            fr="Rupture de la série à la première année montrée ({breaks}) : ce qui précède ne s’y compare pas.",
            en="Break in the series at the first year shown ({breaks}): what came before cannot be compared with it.",
            breaks=joined((_when(row, lang) for row in cut), lang),
        )
    if shown.doubtful:
        flags = dict.fromkeys(letter for row in shown.doubtful for letter in reservations(row))
        yield say(
            lang,
            fr="Points creux : valeurs données avec une réserve ({flags}).",
            en="Hollow points: values given with a reservation ({flags}).",
            flags=listed((words.label(letter, lang, group="flags") for letter in flags), lang),
        )
    newest = words.catalogue().releases(SERIES)[0]
    if shown.france.last.said < newest:
        yield say(
            lang,
            fr="Diffusion du {shown} : une autre l’a remplacée le {newest}.",
            en="Release of {shown}: another replaced it on {newest}.",
            shown=words.date(shown.france.last.said, lang),
            newest=words.date(newest, lang),
        )


def _squares(shown: Official, lang: Lang) -> str:
    off = [row for row in shown.claims if not shown.meets(row)]
    if off:
        return say(
            lang,
            fr="Carrés : nombres imprimés par la stratégie. Hors de la série officielle : {off}.",
            en="Squares: numbers printed by the strategy. Off the official series: {off}.",
            off=joined((_claimed(row, lang) for row in off), lang),
        )
    return say(
        lang,
        fr="Carrés : nombres imprimés par la stratégie ; chacun est l’arrondi d’une valeur officielle.",
        en="Squares: numbers printed by the strategy; each is an official value rounded.",
    )


def _claimed(row: Row, lang: Lang) -> str:
    return say(
        lang,
        fr="{place}, {share} en {year}",
        en="{place}, {share} in {year}",
        place=named(row, "place", lang),
        share=told(row, lang),
        year=row["period"],
    )


def _when(row: Row, lang: Lang) -> str:
    return f"{named(row, 'place', lang, short=True)}, {row['period']}"


def _alt(shown: Official, lang: Lang) -> str:
    """France on either side of its newest break, and the Union; never a rise told across a break."""
    line = shown.france
    first = line.breaks[-1] if line.breaks else line.rows[:1]
    across = say(lang, fr=", puis après rupture ", en=", then after a break ")
    parts = [across.join(_stated(row, lang) for row in first)]
    if line.last is not first[-1]:
        parts.append(_stated(line.last, lang))
    france = say(
        lang,
        fr="Part d’entreprises utilisant le cloud, France : {parts}",
        en="Share of enterprises using the cloud, France: {parts}",
        parts=", ".join(parts),
    )
    if shown.union is None:
        return f"{france}."
    return say(lang, fr="{france}. UE : {union}.", en="{france}. EU: {union}.", france=france,
               union=_stated(shown.union.last, lang))  # fmt: skip


def _stated(row: Row, lang: Lang) -> str:
    return say(lang, fr="{share} en {year}", en="{share} in {year}", share=told(row, lang), year=row["period"])


def _description(shown: Official, lang: Lang) -> Iterator[str]:
    for line in shown.lines:
        yield say(
            lang,
            fr="{place} : {runs}.",
            en="{place}: {runs}.",
            place=capital(named(line.last, "place", lang)),
            runs=_runs(line, lang),
        )
    for row in shown.claims:
        yield _judged(row, shown, lang)
    for _, after in shown.breaks:
        remark = after["note_fr" if lang == "fr" else "note_en"]
        if remark:
            yield say(lang, fr="{what} : {remark}", en="{what}: {remark}", what=_when(after, lang), remark=remark)


def _runs(line: Line, lang: Lang) -> str:
    runs = (", ".join(_stated(row, lang) for row in run) for run in line.runs)
    return say(lang, fr=" ; rupture de la série ; ", en="; break in the series; ").join(runs)


def _judged(row: Row, shown: Official, lang: Lang) -> str:
    if shown.meets(row):
        return say(
            lang,
            fr="La stratégie écrit : {claim} ; c’est l’arrondi de la valeur officielle.",
            en="The strategy writes: {claim}; that is the official value rounded.",
            claim=_claimed(row, lang),
        )
    return say(
        lang,
        fr="La stratégie écrit : {claim} ; ce n’est pas l’arrondi de la valeur officielle.",
        en="The strategy writes: {claim}; that is not the official value rounded.",
        claim=_claimed(row, lang),
    )


def _view(rows: pd.DataFrame) -> View:
    return present(
        rows,
        columns=("place", "period", "value", "flag", "said_by", "released"),
        name="adoption_series",
        row_headers=2,
        caption_fr="Part d’entreprises utilisant le cloud : la série officielle, puis les nombres de la stratégie",
        caption_en="Share of enterprises using the cloud: the official series, then the strategy’s numbers",
    )
