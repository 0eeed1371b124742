"""Public aid against the whole budget of the data projects that the strategy shows off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import partial

import pandas as pd

from analysis import words
from analysis.charts import bars, style
from analysis.charts.canvas import Canvas
from analysis.charts.chart import Chart
from analysis.charts.rows import Row, Rows, made
from analysis.charts.scale import Scale
from analysis.charts.telling import joined, listed, named, say, source, told, voiced
from analysis.quantities import Lang, Quantity
from analysis.words import View, present
from analysis.words.typography import capital

_PROJECTS = ("aleia", "voice_lab", "ia_cargo", "agdatahub")
_STEP = Decimal(5_000_000)
#: Half of an outline would fall off the sheet at its left edge.
_STROKE = 1.2


@dataclass(frozen=True, slots=True)
class _Project:
    """The aid a project was granted, and its budget where the text gives one."""

    aid: Row
    budget: Row | None

    @property
    def claims(self) -> tuple[Row, ...]:
        """The rows that tell of it."""
        return (self.aid, self.budget) if self.budget else (self.aid,)

    @property
    def share(self) -> Quantity | None:
        """The aid in percent of the budget, as exact as the two rounded amounts leave it."""
        if self.budget is None:
            return None
        low = _percent(self.aid.interval.low, self.budget.interval.high)
        high = _percent(self.aid.interval.high, self.budget.interval.low)
        share = _percent(self.aid.value, self.budget.value)
        return made("percentage", share, "percent", precision=(high - low) / 2, about=True)


def _percent(part: Decimal | None, whole: Decimal | None) -> Decimal:
    return 100 * (part or Decimal(0)) / (whole or Decimal("Infinity"))


def funding_projects(table: pd.DataFrame, lang: Lang) -> Chart:
    """The aids and budgets in the table ``funding``, largest aid first."""
    projects = _projects(Rows(table))
    rows = tuple(row for project in projects for row in project.claims)
    return Chart(
        name="funding_projects",
        lang=lang,
        headline=say(
            lang,
            fr="L’aide publique couvre {shares} du budget des projets de données",
            en="Public aid covers {shares} of the budgets of the data projects",
            shares=words.quantity(_spread(projects), lang),
        ),
        subtitle=say(
            lang,
            fr="Aide publique et budget total des projets cités en exemple, France, {period}, en millions d’euros",
            en="Public aid and total budget of the projects cited as examples, France, {period}, in millions of euros",
            period=words.period(rows[0]["period"], lang),
        ),
        note=_note(projects, lang),
        source=source(rows, lang),
        alt=say(
            lang,
            fr="Aide publique aux projets de données : {parts}.",
            en="Public aid to the data projects: {parts}.",
            parts=listed((_brief(project, lang) for project in projects), lang),
        ),
        description=tuple(_description(projects, lang)),
        claims=tuple(row.id for row in rows),
        table=partial(_view, projects),
        sketch=partial(_draw, projects, lang),
    )


def _projects(rows: Rows) -> tuple[_Project, ...]:
    budgets = {row["subject"]: row for row in rows if row["measure"] == "project_budget"}
    projects = (_Project(rows[f"{name}_aid"], budgets.get(name)) for name in _PROJECTS)
    return tuple(sorted(projects, key=lambda project: project.aid.value, reverse=True))


def _spread(projects: tuple[_Project, ...]) -> Quantity:
    """The smallest and the largest share, to the point."""
    known = [(share.value, share.precision) for project in projects if (share := project.share)]
    values = [value for value, _ in known if isinstance(value, Decimal)]
    precision = max(precision or Decimal(0) for _, precision in known)
    return made("percentage", (min(values), max(values)), "percent", precision=precision)


def _note(projects: tuple[_Project, ...], lang: Lang) -> str:
    lacking = [named(project.aid, "subject", lang) for project in projects if project.budget is None]
    return say(
        lang,
        fr="Barre : aide ; son bout foncé couvre les valeurs que l’arrondi laisse possibles ; cadre : budget total. "
        "{lacking}Les parts sont calculées ici, d’après les montants arrondis.",
        en="Bar: aid; its dark end spans the values that rounding leaves possible; frame: total budget. {lacking}"
        "The shares are computed here, from the rounded amounts.",
        lacking=_lacking(lacking, lang),
    )


def _lacking(names: list[str], lang: Lang) -> str:
    if not names:
        return ""
    return say(
        lang,
        fr="Sans budget dans le texte : {names}. ",
        en="No budget in the text: {names}. ",
        names=listed(names, lang),
    )


def _brief(project: _Project, lang: Lang) -> str:
    name = named(project.aid, "subject", lang)
    if project.budget is None:
        return f"{name} {told(project.aid, lang)}"
    return say(
        lang,
        fr="{name} {aid} sur {budget}",
        en="{name} {aid} of {budget}",
        name=name,
        aid=told(project.aid, lang),
        budget=told(project.budget, lang),
    )


def _description(projects: tuple[_Project, ...], lang: Lang) -> Iterator[str]:
    yield ". ".join(_head(projects[0].aid, lang))
    parts = (
        say(
            lang,
            fr="{what} : {aid}, {under}",
            en="{what}: {aid}, {under}",
            what=named(project.aid, "purpose", lang),
            aid=told(project.aid, lang),
            under=_under(project, lang),
        )
        for project in projects
    )
    yield f"{capital(joined(parts, lang))}."


def _head(aid: Row, lang: Lang) -> tuple[str, str]:
    """What is shown, and who says it of what years."""
    under = say(
        lang,
        fr="Période : {period}. Dit par : {said}.",
        en="Period: {period}. Said by: {said}.",
        period=words.period(aid["period"], lang),
        said=voiced(aid, lang),
    )
    return capital(named(aid, "measure", lang)), under


def _under(project: _Project, lang: Lang) -> str:
    if project.budget is None or project.share is None:
        return say(lang, fr="budget non donné", en="budget not given")
    return say(
        lang,
        fr="{share} d’un budget de {budget}",
        en="{share} of a budget of {budget}",
        share=words.quantity(project.share, lang),
        budget=told(project.budget, lang),
    )


def _view(projects: tuple[_Project, ...]) -> View:
    claims = {
        "project_aid": [project.aid.id for project in projects],
        "project_budget": [project.budget.id if project.budget else "" for project in projects],
    }
    names = pd.Index([project.aid["subject"] for project in projects], name="subject")
    return present(
        pd.DataFrame(claims, index=names).rename_axis(columns="measure"),
        name="funding_projects",
        caption_fr="Aide publique et budget des projets de données cités par la stratégie",
        caption_en="Public aid and budget of the data projects that the strategy cites",
    )


def _draw(projects: tuple[_Project, ...], lang: Lang, width: float) -> Canvas:
    canvas = Canvas(width)
    largest = max(row.interval.high or row.value for project in projects for row in project.claims)
    high = (largest / _STEP).to_integral_value(ROUND_CEILING) * _STEP
    scale = bars.scale(canvas, high)
    bars.head(canvas, *_head(projects[0].aid, lang))
    for project in projects:
        _draw_project(canvas, scale, project, lang)
    bars.money_ticks(canvas, scale, (Decimal(0), high / 2, high), lang)
    return canvas


def _draw_project(canvas: Canvas, scale: Scale, project: _Project, lang: Lang) -> None:
    name = capital(named(project.aid, "purpose", lang))
    top = bars.label(canvas, scale, name, told(project.aid, lang), style.FRANCE, capital(_under(project, lang)))
    bars.bar(canvas, scale, top, project.aid.interval, style.FRANCE)
    if project.budget:
        left = scale.start + _STROKE / 2
        width = scale(project.budget.value) - left
        canvas.rectangle(left, top, width, bars.BAR, stroke=style.SECONDARY)
