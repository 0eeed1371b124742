"""Acts done and deadlines announced on one axis, with the documents that tell of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import pandas as pd

from analysis import words
from analysis.charts.chart import Chart
from analysis.charts.dates import Act, acts, called, dated
from analysis.charts.rows import picked
from analysis.charts.telling import joined, say, source, voiced
from analysis.charts.timeline_drawing import draw
from analysis.errors import InputError
from analysis.quantities import Lang
from analysis.words import View, present


def timeline(table: pd.DataFrame, lang: Lang) -> Chart:
    """The dated claims in the table ``timeline``, without those that repeat another.

    Raises InputError where nothing is told as done, or nothing as announced.
    """
    shown = acts(table)
    done = tuple(act for act in shown if not act.row.announced)
    ahead = tuple(act for act in shown if act.row.announced)
    if not done or not ahead:
        raise InputError("a timeline needs what is done and what is announced", entry="timeline")
    busiest = _busiest(done)
    return Chart(
        name="timeline",
        lang=lang,
        headline=say(
            lang,
            fr="{count} des {done} actes accomplis sont de {year} ; les échéances annoncées vont jusqu’en {last}",
            en="{count} of the {done} acts done fall in {year}; the deadlines announced run to {last}",
            **busiest,
            done=str(len(done)),
            last=_latest(ahead),
        ),
        subtitle=_subtitle(shown, lang),
        note=_note(lang),
        source=source((act.row for act in shown), lang),
        alt=say(
            lang,
            fr="Frise de {first} à {last} : {done} actes accomplis, dont {count} en {year}, et {ahead} échéances "
            "annoncées.",
            en="Timeline from {first} to {last}: {done} acts done, {count} of them in {year}, and {ahead} deadlines "
            "announced.",
            first=str(shown[0].first.year),
            last=_latest(shown),
            done=str(len(done)),
            **busiest,
            ahead=str(len(ahead)),
        ),
        description=tuple(_description(shown, lang)),
        claims=tuple(act.row.id for act in shown),
        table=partial(_view, picked(table, (act.row.id for act in shown))),
        sketch=partial(draw, shown, lang),
    )


def _busiest(done: tuple[Act, ...]) -> dict[str, str]:
    """The year in which most acts lie, the earliest of several, and how many do."""
    count = Counter(act.first.year for act in done if act.first.year == act.last.year)
    year = max(sorted(count), key=count.__getitem__)
    return {"year": str(year), "count": str(count[year])}


def _latest(shown: tuple[Act, ...]) -> str:
    return str(max(act.last for act in shown).year)


def _subtitle(shown: tuple[Act, ...], lang: Lang) -> str:
    return say(
        lang,
        fr="Actes et échéances que datent les documents, États-Unis, Union européenne et France, {first}–{last}",
        en="Acts and deadlines that the documents date, United States, European Union and France, {first}–{last}",
        first=str(shown[0].first.year),
        last=_latest(shown),
    )


def _note(lang: Lang) -> str:
    return say(
        lang,
        fr="Plein : fait ou décidé ; creux : annoncé, visé ou prévu. Point : jour connu ; barre : mois, trimestre ou "
        "années dont le texte ne dit pas plus. Drapeau : parution d’un document. Doubles traits : années omises.",
        en="Solid: done or decided; hollow: announced, aimed at or forecast. Point: the day is known; bar: the month, "
        "quarter or years that the text leaves it at. Flag: a document appears. Double strokes: years left out.",
    )


def _description(shown: tuple[Act, ...], lang: Lang) -> Iterator[str]:
    """Year by year, each act with its date and who says it."""
    by_year: dict[int, list[Act]] = {}
    for act in shown:
        by_year.setdefault(act.first.year, []).append(act)
    for year, those in by_year.items():
        yield say(
            lang,
            fr="{year} : {acts}.",
            en="{year}: {acts}.",
            year=str(year),
            acts=joined((_told(act, lang) for act in those), lang),
        )


def _told(act: Act, lang: Lang) -> str:
    status = words.label(act.row["status"], lang, group="statuses")
    return f"{called(act, lang)}, {dated(act, lang)} ({status}, {voiced(act.row, lang)})"


def _view(rows: pd.DataFrame) -> View:
    return present(
        rows,
        columns=("value", "statement", "status", "said_by"),
        name="timeline",
        caption_fr="Actes et échéances, dans l’ordre des dates",
        caption_en="Acts and deadlines, in order of date",
    )
