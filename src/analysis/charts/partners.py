"""Who takes part in what: every project with its partners, those that stand in several as points in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd

from analysis import words
from analysis.charts import style
from analysis.charts.canvas import Canvas, Shape
from analysis.charts.chart import Chart
from analysis.charts.rows import Named, names
from analysis.charts.telling import joined, listed, say, source
from analysis.errors import InputError
from analysis.quantities import Lang
from analysis.words import View, present
from analysis.words.terms import lexicon
from analysis.words.typography import FIXED, capital

_STATE, _LEAD = "member_state", "lead"
_DOT, _FAINT = 5.0, 0.35
#: The width of a column of the matrix; of a list on a small screen, the height of a line and where its marks stand.
_COLUMN, _LINE, _INDENT = 60.0, 16.0, 96.0

#: Between two columns of lists.
_GUTTER = 40.0


@dataclass(frozen=True, slots=True)
class _Partner:
    """An organisation under one spelling, with its entries, each in another project."""

    name: str
    entries: tuple[Named, ...]

    @property
    def projects(self) -> tuple[str, ...]:
        """The codes of the projects, in the table's order."""
        return tuple(dict.fromkeys(entry["subject"] for entry in self.entries))

    def entry(self, project: str) -> Named | None:
        """Its entry in that project."""
        return next((entry for entry in self.entries if entry["subject"] == project), None)


@dataclass(frozen=True)
class _Network:
    """Projects and partners; neither has an order of its own, so that both go by how many they are joined to."""

    partners: tuple[_Partner, ...]

    @cached_property
    def shared(self) -> tuple[_Partner, ...]:
        """Those that stand in more than one project, the most projects first, then by name."""
        several = (partner for partner in self.partners if len(partner.projects) > 1)
        return tuple(sorted(several, key=lambda partner: (-len(partner.projects), partner.name.casefold())))

    @cached_property
    def projects(self) -> tuple[str, ...]:
        """The projects that share a partner before the others; then the most partners first."""
        count: dict[str, int] = {}
        for partner in self.partners:
            for project in partner.projects:
                count[project] = count.get(project, 0) + 1
        linked = {project for partner in self.shared for project in partner.projects}
        return tuple(sorted(count, key=lambda project: (project not in linked, -count[project])))

    def alone(self, project: str) -> tuple[str, ...]:
        """Those that stand in this project only, the shortest names first: no list is copied as a document has it."""
        single = (partner.name for partner in self.partners if partner.projects == (project,))
        return tuple(sorted(single, key=lambda name: (len(name), name.casefold())))

    @cached_property
    def entries(self) -> tuple[Named, ...]:
        """Every name of the table that is shown."""
        return tuple(entry for partner in self.partners for entry in partner.entries)

    @cached_property
    def spellings(self) -> tuple[tuple[str, str], ...]:
        """Names printed otherwise than the partner is called here, each with what it is called."""
        pairs = ((entry["name"], partner.name) for partner in self.partners for entry in partner.entries)
        return tuple(dict.fromkeys((printed, name) for printed, name in pairs if printed != name))


def partners(table: pd.DataFrame, lang: Lang) -> Chart:
    """The organisations in the table ``partners``, without the states.

    Raises InputError where none stands in more than one project: there would be nothing to tell.
    """
    network = _network(table)
    if not network.shared:
        raise InputError("no partner stands in more than one project", entry="partners")
    return Chart(
        name="partners",
        lang=lang,
        headline=_headline(network, lang),
        subtitle=_subtitle(network, lang),
        note=" ".join(_note(network, lang)),
        source=source(network.entries, lang),
        alt=_alt(network, lang),
        description=tuple(_description(network, lang)),
        claims=(),
        table=partial(_view, network),
        sketch=partial(_draw, network, lang),
    )


def _network(table: pd.DataFrame) -> _Network:
    """The names put together that the lexicon, or nothing but capitals, says are one."""
    rows = names(table)
    states = {row["name"] for row in rows if row["role"] == _STATE}
    known = {printed: term.fr for term in lexicon()["partners"].values() for printed in (term.fr, *term.printed)}
    found: dict[str, list[Named]] = {}
    for row in rows:
        if row["name"] not in states:
            found.setdefault(known.get(row["name"], row["name"]).casefold(), []).append(row)
    return _Network(tuple(_Partner(known.get(e[0]["name"], e[0]["name"]), tuple(e)) for e in found.values()))


def _project(code: str, lang: Lang) -> str:
    return capital(words.label(code, lang, group="subjects"))


def _short(codes: Iterable[str], lang: Lang) -> str:
    return listed((words.label(code, lang, short=True, group="subjects") for code in codes), lang)


def _most(network: _Network) -> tuple[_Partner, ...]:
    most = len(network.shared[0].projects)
    return tuple(partner for partner in network.shared if len(partner.projects) == most)


def _headline(network: _Network, lang: Lang) -> str:
    return say(
        lang,
        fr="{count} organisations sur {all} sont dans plusieurs projets ; en tête, {most}",
        en="{count} of {all} organisations are in several projects, led by {most}",
        count=str(len(network.shared)),
        all=str(len(network.partners)),
        most=listed((partner.name for partner in _most(network)), lang),
    )


def _subtitle(network: _Network, lang: Lang) -> str:
    dates = [words.date(iso, lang) for iso in sorted({entry["published"] for entry in network.entries})]
    return say(
        lang,
        fr="Organisations que les documents nomment dans {count} projets et alliances du cloud, France, {dates}",
        en="Organisations that the documents name in {count} cloud projects and alliances, France, {dates}",
        count=str(len(network.projects)),
        dates=listed(dates, lang),
    )


def _note(network: _Network, lang: Lang) -> Iterator[str]:
    yield say(
        lang,
        fr="Point : prend part au projet ; losange : le porte. Sous chaque projet, celles qui ne sont que là. Les "
        "États ne sont pas montrés.",
        en="Point: takes part in the project; diamond: leads it. Under each project, those that stand nowhere else. "
        "States are not shown.",
    )
    if network.spellings:
        yield say(
            lang,
            fr="Comptés ensemble : {same}.",
            en="Counted as one: {same}.",
            same=joined((_same(*pair, lang) for pair in network.spellings), lang),
        )


def _same(printed: str, name: str, lang: Lang) -> str:
    return say(lang, fr="« {a} » et {b}", en="“{a}” and {b}", a=printed, b=name)


def _alt(network: _Network, lang: Lang) -> str:
    groups: dict[int, list[str]] = {}
    for partner in network.shared:
        groups.setdefault(len(partner.projects), []).append(partner.name)
    parts = (
        say(
            lang,
            fr="{who} dans {count} projets",
            en="{who} in {count} projects",
            who=listed(who, lang),
            count=str(count),
        )
        for count, who in groups.items()
    )
    return say(lang, fr="{parts} ; les autres dans un seul.", en="{parts}; the others in only one.",
               parts=joined(parts, lang))  # fmt: skip


def _description(network: _Network, lang: Lang) -> Iterator[str]:
    for partner in network.shared:
        yield say(
            lang,
            fr="{who} : {projects}.",
            en="{who}: {projects}.",
            who=partner.name,
            projects=joined((_project(code, lang) for code in partner.projects), lang),
        )
    for project in network.projects:
        if alone := network.alone(project):
            yield say(
                lang,
                fr="{project}, seulement là : {who}.",
                en="{project}, only there: {who}.",
                project=_project(project, lang),
                who=listed(alone, lang),
            )


def _view(network: _Network) -> View:
    lang = words.language()
    rest = sorted((p for p in network.partners if p not in network.shared), key=lambda p: p.name.casefold())
    rows = (*network.shared, *rest)
    return present(
        pd.DataFrame(
            {
                "name": [partner.name for partner in rows],
                "projects_count": [len(partner.projects) for partner in rows],
                "projects_named": [_short(partner.projects, lang) for partner in rows],
                "id": [partner.entries[0].id for partner in rows],
            }
        ),
        columns=("name", "projects_count", "projects_named"),
        labels={
            "projects_count": ("nombre de projets", "number of projects"),
            "projects_named": ("projets", "projects"),
        },
        name="partners",
        caption_fr="Organisations nommées, par nombre de projets",
        caption_en="Organisations named, by number of projects",
    )


def _draw(network: _Network, lang: Lang, width: float) -> Canvas:
    canvas = Canvas(width)
    if canvas.narrow:
        _draw_lists(canvas, network, lang)
    else:
        _draw_matrix(canvas, network, lang)
    linked = {code for partner in network.shared for code in partner.projects}
    _draw_alone(canvas, network, [code for code in network.projects if canvas.narrow or code not in linked], lang)
    return canvas


def _draw_matrix(canvas: Canvas, network: _Network, lang: Lang) -> None:
    """Projects down, those that stand in several across, a mark where they meet."""
    left = canvas.width - _COLUMN * len(network.shared)
    across = [left + _COLUMN * (index + 0.5) for index in range(len(network.shared))]
    for partner, x in zip(network.shared, across, strict=True):
        canvas.text(x, style.LABEL, partner.name, size=style.SMALL, bold=True, anchor="center")
        canvas.text(x, style.LABEL + 16, str(len(partner.projects)), size=style.SMALL, anchor="center")
    canvas.y = top = style.LABEL + 26
    for code in network.projects:
        marks = [
            (x, entry) for partner, x in zip(network.shared, across, strict=True) if (entry := partner.entry(code))
        ]
        if marks:
            _draw_row(canvas, network, code, left, marks, lang)
    below = canvas.y - 6
    for x in across:
        canvas.marks.insert(0, _guide(x, top, below))


def _guide(x: float, top: float, bottom: float) -> Shape:
    """A hair down a column, to go under the marks."""
    under = Canvas(0)
    under.line([(x, top), (x, bottom)], opacity=_FAINT)
    return next(mark for mark in under.marks if isinstance(mark, Shape))


def _draw_row(
    canvas: Canvas, network: _Network, code: str, left: float, marks: list[tuple[float, Named]], lang: Lang
) -> None:
    middle = canvas.y + 11
    canvas.line([(0, canvas.y), (canvas.width, canvas.y)], opacity=_FAINT)
    for x, entry in marks:
        _draw_mark(canvas, x, middle, entry)
    canvas.y += 2
    canvas.paragraph(0, left - 10, _project(code, lang), bold=True, leading=1.2)
    _set_names(canvas, network.alone(code), left - 10, lang)
    canvas.y += 8


def _draw_mark(canvas: Canvas, x: float, y: float, entry: Named) -> None:
    """A diamond for who leads the project, a point for who takes part."""
    lead = entry["role"] == _LEAD
    canvas.dot(x, y, _DOT + 2 if lead else _DOT, fill=style.INK, sides=4 if lead else 8)


def _set_names(canvas: Canvas, alone: tuple[str, ...], width: float, lang: Lang) -> None:
    if alone:
        # A name is never parted at its own spaces.
        kept = ", ".join(name.replace(" ", FIXED) for name in alone)
        canvas.paragraph(0, width, words.typeset(kept, lang), size=style.SMALL, colour=style.SECONDARY)


def _draw_lists(canvas: Canvas, network: _Network, lang: Lang) -> None:
    """Those that stand in several, each with its projects."""
    canvas.paragraph(0, canvas.width, say(lang, fr="Dans plusieurs projets", en="In several projects"), bold=True)
    canvas.y += 4
    for partner in network.shared:
        canvas.line([(0, canvas.y), (canvas.width, canvas.y)], opacity=_FAINT)
        canvas.text(0, canvas.y + _LINE, partner.name, bold=True)
        for entry in partner.entries:
            name = words.label(entry["subject"], lang, short=True, group="subjects")
            _draw_mark(canvas, _INDENT, canvas.y + _LINE - 4.5, entry)
            canvas.text(_INDENT + 14, canvas.y + _LINE, name)
            canvas.y += _LINE + 2
        canvas.y += 8
    canvas.y += 8


def _draw_alone(canvas: Canvas, network: _Network, codes: list[str], lang: Lang) -> None:
    """Projects with those that stand in no other."""
    canvas.rule()
    title = (
        say(lang, fr="Dans un seul projet", en="In one project only")
        if canvas.narrow
        else say(
            lang, fr="Projets et alliances sans partenaire commun", en="Projects and alliances without a shared partner"
        )
    )
    canvas.paragraph(0, canvas.width, title, bold=True)
    canvas.y += 6
    codes = [code for code in codes if network.alone(code)]
    halves = [codes] if canvas.narrow else [codes[: (len(codes) + 1) // 2], codes[(len(codes) + 1) // 2 :]]
    top, width = canvas.y, (canvas.width - _GUTTER * (len(halves) - 1)) / len(halves)
    bottom = top
    for index, half in enumerate(halves):
        canvas.y = top
        canvas.place(_listed(network, half, width, lang), index * (width + _GUTTER))
        bottom = max(bottom, canvas.y)
    canvas.y = bottom


def _listed(network: _Network, codes: list[str], width: float, lang: Lang) -> Canvas:
    column = Canvas(width)
    for code in codes:
        column.paragraph(0, width, _project(code, lang), leading=1.2)
        _set_names(column, network.alone(code), width, lang)
        column.y += 7
    return column
