"""What a table states: its claims in one unit, a row each, whatever the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import pandas as pd

from analysis import words
from analysis.charts.chart import Chart
from analysis.charts.rows import Rows, picked
from analysis.charts.stated_drawing import draw
from analysis.charts.stated_rows import Called, Group, Stated, counted_in, grouped, placed
from analysis.charts.telling import joined, listed, named, say, source, when
from analysis.errors import UsageError, nearest
from analysis.quantities import Lang
from analysis.tables import CLAIMS
from analysis.words import View, present
from analysis.words.terms import lexicon
from analysis.words.typography import capital

#: Claims in one drawing.
MOST_ROWS = 28
_MOST_WORDS, _MOST_OF_ALT = 15, 150
#: More places or measures than these are counted, not listed.
_MOST_NAMED = 3
_YEAR = re.compile(r"\d{4}")


def stated(table: pd.DataFrame, lang: Lang, unit: str = "") -> Chart:
    """The claims of any table that are told in one unit: the one that most of them have, unless ``unit`` names one.

    Numbers without a unit count what their ``measure`` names, which then stands for it: ``partners``, ``rank``,
    ``date``. Repetitions count once. The claims in other units follow in ``claims`` and stand in the table. Raises
    UsageError where there is nothing to be drawn.
    """
    about = table.attrs.get("name", CLAIMS)
    claims = [row for row in Rows(table) if not row["same_as"]]
    of_unit = _in_unit([each for row in claims if (each := placed(row))], unit)
    drawn = sorted(of_unit, key=lambda each: each.order)[:MOST_ROWS]
    common, groups = grouped([each for each in of_unit if each in drawn], lang)
    first = (each.stated.row.id for group in groups for each in group.rows)
    return Chart(
        name="_".join(("stated", about, *re.findall(r"\w+", unit))),
        lang=lang,
        headline=_headline(of_unit, about, lang),
        subtitle=_subtitle(drawn, lang),
        note=_note(drawn, len(of_unit), len(claims), lang),
        source=source(claims, lang),
        alt=_alt(of_unit, groups, about, lang),
        description=tuple(_description(common, groups, lang)),
        claims=tuple(dict.fromkeys((*first, *(row.id for row in claims)))),
        table=partial(_view, picked(table, (row.id for row in claims)), about),
        sketch=partial(draw, common, groups, lang),
    )


def _in_unit(claims: Sequence[Stated], unit: str) -> list[Stated]:
    """Those in the unit, or in the one that most have; of several, the one that the table has first."""
    counted = Counter(counted_in(each.row) for each in claims)
    if not counted:
        raise UsageError("no claim of the table has a number or a date", way_out="choose other rows, or another table")
    if unit and unit not in counted:
        raise UsageError(f'no claim of the table is counted in "{unit}"', way_out=nearest(unit, counted))
    wanted = unit or counted.most_common(1)[0][0]
    return [each for each in claims if counted_in(each.row) == wanted]


def _headline(claims: Sequence[Stated], about: str, lang: Lang) -> str:
    """How many claims, and from where to where their numbers reach."""
    for short in (False, True):
        headline = say(
            lang,
            fr="{what} : {claims}, {reach}",
            en="{what}: {claims}, {reach}",
            what=_called(about, lang, short=short),
            claims=_counted(len(claims), lang),
            reach=_reach(claims, lang),
        )
        if len(headline.split()) <= _MOST_WORDS:
            break
    return headline


def _called(about: str, lang: Lang, *, short: bool = False) -> str:
    """What the table is called; whatever is no family of claims is called the documents."""
    if about in lexicon()["tables"]:
        return capital(words.label(about, lang, short=short, group="tables"))
    return say(lang, fr="Dans les documents", en="In the documents")


def _counted(number: int, lang: Lang) -> str:
    if number == 1:
        return say(lang, fr="un énoncé", en="one claim")
    return say(lang, fr="{number} énoncés", en="{number} claims", number=str(number))


def _ends(claims: Sequence[Stated]) -> tuple[Stated, Stated]:
    """The claims with the lowest and the highest number."""
    return min(claims, key=lambda each: each.ends), max(claims, key=lambda each: each.ends[::-1])


def _reach(claims: Sequence[Stated], lang: Lang, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """From the lowest number to the highest, each with the name that it has."""
    low, high = (_beside(each.shown(lang), names.get(each.row.id, "")) for each in _ends(claims))
    return (
        low if low == high else say(lang, fr="entre {low} et {high}", en="between {low} and {high}", low=low, high=high)
    )


def _beside(number: str, name: str) -> str:
    return f"{number} ({name})" if name else number


def _subtitle(drawn: Sequence[Stated], lang: Lang) -> str:
    """Measures, unit, places and years, as far as they can be listed."""
    rows = [each.row for each in drawn]
    years = sorted({year for row in rows for year in _YEAR.findall(row["period"] + row["iso_date"])})
    parts = (
        _listed([named(row, "measure", lang) for row in rows], lang, fr="{n} mesures", en="{n} measures"),
        _listed([named(row, "place", lang) for row in rows], lang, fr="{n} lieux", en="{n} places"),
        words.period("/".join(dict.fromkeys((years[0], years[-1]))), lang) if years else when(rows[0], lang),
        _unit(counted_in(rows[0]), lang),
    )
    return say(
        lang,
        fr="Ce qu’énoncent les documents : {parts}",
        en="What the documents state: {parts}",
        parts=joined(filter(None, parts), lang),
    )


def _listed(names: list[str], lang: Lang, *, fr: str, en: str) -> str:
    found = sorted(filter(None, {*names}))
    if len(found) > _MOST_NAMED:
        return say(lang, fr=fr, en=en, n=str(len(found)))
    return listed(found, lang) if found else ""


def _unit(unit: str, lang: Lang) -> str:
    """The unit in words, where it has some; a sign such as × stands with the numbers."""
    term = lexicon()["units"].get(unit)
    return say(lang, fr="en {unit}", en="in {unit}", unit=term.name(lang)) if term and unit != "x" else ""


def _note(drawn: Sequence[Stated], of_unit: int, claims: int, lang: Lang) -> str:
    """How to read the marks that there are, and what is not drawn."""
    return " ".join((*_reading(drawn, lang), *_left_out(len(drawn), of_unit, claims, lang)))


def _reading(drawn: Sequence[Stated], lang: Lang) -> Iterator[str]:
    if drawn[0].measures:
        yield say(
            lang,
            fr="La partie foncée d’une barre couvre les valeurs que le nombre imprimé laisse possibles.",
            en="The dark part of a bar spans the values that the printed number leaves possible.",
        )
    elif drawn[0].iso:
        yield say(
            lang,
            fr="Une barre va du premier au dernier jour que la date peut désigner.",
            en="A bar goes from the first to the last day that the date may mean.",
        )
    else:
        yield say(lang, fr="Un trait marque chaque rang.", en="A mark stands at each rank.")
    if any(None in (each.interval.low, each.interval.high) for each in drawn):
        yield say(
            lang,
            fr="Là où elle s’efface, le texte ne donne pas de limite.",
            en="Where it fades, the text gives no limit.",
        )
    if any(each.row.announced for each in drawn):
        yield say(lang, fr="Creux : annoncé, visé ou prévu.", en="Hollow: announced, aimed at or forecast.")
    if len({each.row["measure"] for each in drawn}) > 1:
        yield say(
            lang,
            fr="D’une mesure à l’autre, les nombres ne se comparent pas.",
            en="Numbers of different measures are not to be compared.",
        )


def _left_out(drawn: int, of_unit: int, claims: int, lang: Lang) -> Iterator[str]:
    if drawn < of_unit:
        yield say(
            lang,
            fr="Tracés : les {drawn} premiers sur {all}, par ordre de grandeur.",
            en="Drawn: the first {drawn} of {all}, in order of size.",
            drawn=str(drawn),
            all=str(of_unit),
        )
    if of_unit < claims:
        yield say(
            lang,
            fr="Dans une autre unité, au tableau seulement : {others}.",
            en="In another unit, in the table only: {others}.",
            others=_counted(claims - of_unit, lang),
        )


def _alt(claims: Sequence[Stated], groups: Sequence[Group], about: str, lang: Lang) -> str:
    """From where to where the numbers reach, and what those two are told of where there is room for that."""
    names = {each.stated.row.id: each.name for group in groups for each in group.rows}
    for told in (names, {}):
        alt = say(
            lang,
            fr="{what} : {claims}, avec ce que l’arrondi et les bornes laissent ouvert, {reach}.",
            en="{what}: {claims}, with what rounding and bounds leave open, {reach}.",
            what=_called(about, lang),
            claims=_counted(len(claims), lang),
            reach=_reach(claims, lang, told),
        )
        if len(alt) <= _MOST_OF_ALT:
            break
    return alt


def _description(common: str, groups: Sequence[Group], lang: Lang) -> Iterator[str]:
    """What all rows share, then measure by measure each row with its number."""
    if common:
        yield f"{common}."
    for group in groups:
        rows = joined((_described(each, lang) for each in group.rows), lang)
        yield " ".join(f"{part}." for part in (group.title, group.common, rows) if part)


def _described(called: Called, lang: Lang) -> str:
    return say(
        lang,
        fr="{name} : {number}{more}",
        en="{name}: {number}{more}",
        name=called.name,
        number=called.stated.told(lang),
        more=f" ({called.more})" if called.more else "",
    )


def _view(claims: pd.DataFrame, about: str) -> View:
    columns = ("statement", *(each for each in ("period", "value", "said_by") if each in claims))
    return present(
        claims,
        columns=columns,
        name=f"stated_{about}",
        caption_fr="Les énoncés, un par ligne, dans l’ordre du tableau",
        caption_en="The claims, one a row, in the order of the table",
    )
