"""Countries of the official series at two dates, the highest first: the Union as a mark, a break as a gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import partial

import pandas as pd

from analysis import words
from analysis.charts import style
from analysis.charts.canvas import Anchor, Canvas
from analysis.charts.chart import Chart
from analysis.charts.official import FRANCE, UNION, Line, official
from analysis.charts.placing import free_stretches
from analysis.charts.rows import Row, made, picked
from analysis.charts.scale import Scale
from analysis.charts.telling import joined, listed, named, say, source, told
from analysis.errors import InputError
from analysis.quantities import Lang
from analysis.words import View, present
from analysis.words.typography import capital

#: The year of the strategy's own numbers, with which the newest is compared.
_THEN = "2020"
#: Places of the series that are no country, nor the Union of today.
_NO_COUNTRIES = frozenset({"EA", "EU27_2007", "EU28"})
_STEP = Decimal(20)
_DOT, _AIR, _ROW = 5.0, 6.0, 30.0
#: The room for a value right of the last point.
_VALUE = 54.0
#: How far a year reaches inwards over its point.
_SHIFT = 2.0


@dataclass(frozen=True, slots=True)
class _Place:
    """A country, or the Union, at both dates; ``then`` is missing where the office gives no value for it."""

    then: Row | None
    now: Row
    broken: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The observations shown."""
        return (self.then, self.now) if self.then else (self.now,)

    @property
    def colour(self) -> str:
        """France and the Union have their own; the others share one."""
        return {FRANCE: style.FRANCE, UNION: style.EUROPE}.get(self.now["place"], style.SECONDARY)


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The places, the highest newest value first."""

    places: tuple[_Place, ...]

    def of(self, code: str) -> _Place:
        """That place. Raises InputError where it is not shown."""
        found = next((place for place in self.places if place.now["place"] == code), None)
        if found is None:
            raise InputError(f"the series holds no newest share of {code}", entry="countries")
        return found

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every observation shown, place by place."""
        return tuple(row for place in self.places for row in place.rows)

    @property
    def broken(self) -> tuple[_Place, ...]:
        """The places whose two dates cannot be compared."""
        return tuple(place for place in self.places if place.broken)

    @property
    def countries(self) -> tuple[_Place, ...]:
        """The places without the Union."""
        return tuple(place for place in self.places if place.now["place"] != UNION)


def countries(table: pd.DataFrame, lang: Lang) -> Chart:
    """The shares of every country that the table holds, and of the Union, then and in France's newest year.

    Raises InputError where France or the Union is missing.
    """
    shown = _ranking(table)
    return Chart(
        name="countries",
        lang=lang,
        headline=_headline(shown, lang),
        subtitle=_subtitle(shown, lang),
        note=" ".join(_note(shown, lang)),
        source=source(shown.rows, lang),
        alt=_alt(shown, lang),
        description=tuple(_description(shown, lang)),
        claims=tuple(row.id for row in shown.rows),
        table=partial(_view, picked(table, (row.id for row in shown.rows))),
        sketch=partial(_draw, shown, lang),
    )


def _ranking(table: pd.DataFrame) -> _Ranking:
    lines = [line for line in official(table).lines if line.place not in _NO_COUNTRIES]
    year = lines[0].last["period"]
    places = [_Place(line.at(_THEN), now, _broken(line, year)) for line in lines if (now := line.at(year))]
    return _Ranking(tuple(sorted(places, key=lambda place: place.now.value, reverse=True)))


def _broken(line: Line, year: str) -> tuple[Row, ...]:
    """The observations between the two dates from which on the office counts otherwise."""
    return tuple(after for _, after in line.breaks if _THEN < after["period"] <= year)


def _headline(shown: _Ranking, lang: Lang) -> str:
    france, union = shown.of(FRANCE).now, shown.of(UNION).now
    below, above = france.value < union.value, france.value > union.value
    return say(
        lang,
        fr="En {year}, la France ({france}) est {side} l’Union européenne ({union})",
        en="In {year}, France ({france}) is {side} the European Union ({union})",
        year=france["period"],
        france=told(france, lang),
        union=told(union, lang),
        side=_SIDES[below - above][lang],
    )


_SIDES: dict[int, dict[Lang, str]] = {
    1: {"fr": "au-dessous de", "en": "below"},
    -1: {"fr": "au-dessus de", "en": "above"},
    0: {"fr": "au niveau de", "en": "level with"},
}


def _subtitle(shown: _Ranking, lang: Lang) -> str:
    now = shown.of(FRANCE).now
    return say(
        lang,
        fr="Entreprises achetant des services de cloud, en % des {population} ; {count} pays et l’Union, {then} et "
        "{now}",
        en="Enterprises buying cloud services, as % of {population}; {count} countries and the Union, {then} and {now}",
        population=named(now, "population", lang),
        count=str(len(shown.countries)),
        then=_THEN,
        now=now["period"],
    )


def _note(shown: _Ranking, lang: Lang) -> Iterator[str]:
    yield say(
        lang,
        fr="Points creux : {then} ; pleins : {now}. Trait vertical : l’Union en {now}. Les autres États de l’Union ne "
        "sont pas montrés.",
        en="Hollow points: {then}; solid: {now}. Vertical line: the Union in {now}. The other states of the Union are "
        "not shown.",
        then=_THEN,
        now=shown.of(FRANCE).now["period"],
    )
    if shown.broken:
        yield say(
            lang,
            fr="Sans trait entre les points : rupture de la série ({breaks}), les deux dates ne se comparent pas.",
            en="No line between the points: break in the series ({breaks}), the two dates cannot be compared.",
            breaks=joined((_when(after, lang) for place in shown.broken for after in place.broken), lang),
        )


def _when(row: Row, lang: Lang) -> str:
    return f"{named(row, 'place', lang, short=True)}, {row['period']}"


def _alt(shown: _Ranking, lang: Lang) -> str:
    first, last = shown.countries[0].now, shown.countries[-1].now
    france, union = shown.of(FRANCE).now, shown.of(UNION).now
    told_of = {row.id: row for row in (first, union, france, last)}.values()
    return say(
        lang,
        fr="Part d’entreprises utilisant le cloud en {year} : {parts}.",
        en="Share of enterprises using the cloud in {year}: {parts}.",
        year=france["period"],
        parts=listed((f"{named(row, 'place', lang, short=True)} {told(row, lang)}" for row in told_of), lang),
    )


def _description(shown: _Ranking, lang: Lang) -> Iterator[str]:
    for place in shown.places:
        yield _described(place, lang)
    for after in (after for place in shown.broken for after in place.broken):
        remark = after["note_fr" if lang == "fr" else "note_en"]
        yield say(lang, fr="Rupture ({when}). {remark}", en="Break ({when}). {remark}", when=_when(after, lang),
                  remark=remark).rstrip()  # fmt: skip


def _described(place: _Place, lang: Lang) -> str:
    return say(
        lang,
        fr="{place} : {parts}.",
        en="{place}: {parts}.",
        place=capital(named(place.now, "place", lang)),
        parts=", ".join(
            say(lang, fr="{share} en {year}", en="{share} in {year}", share=told(row, lang), year=row["period"])
            for row in place.rows
        ),
    )


def _view(rows: pd.DataFrame) -> View:
    return present(
        rows,
        columns=("place", "period", "value", "flag", "released"),
        name="countries",
        row_headers=2,
        caption_fr="Part d’entreprises utilisant le cloud, par pays, à deux dates",
        caption_en="Share of enterprises using the cloud, by country, at two dates",
    )


def _draw(shown: _Ranking, lang: Lang, width: float) -> Canvas:
    canvas = Canvas(width)
    high = (max(row.value for row in shown.rows) / _STEP).to_integral_value(ROUND_CEILING) * _STEP
    left = 96.0 if canvas.narrow else 130.0
    scale = Scale(Decimal(0), high, left, width - _VALUE)
    _draw_years(canvas, scale, shown.places[0])
    top = canvas.y
    for place in shown.places:
        _draw_place(canvas, scale, place, lang)
    _draw_union(canvas, scale(shown.of(UNION).now.value), top)
    _draw_ticks(canvas, scale, lang)
    return canvas


def _draw_years(canvas: Canvas, scale: Scale, place: _Place) -> None:
    """The years above the points of the first place, parted outwards."""
    anchors: tuple[Anchor, Anchor] = ("left", "right")
    shift = {"left": -_SHIFT, "right": _SHIFT}
    for row, anchor in zip(sorted(place.rows, key=lambda row: row.value, reverse=True), anchors, strict=False):
        x = scale(row.value) + shift[anchor]
        canvas.text(x, style.SMALL, row["period"], size=style.SMALL, colour=style.SECONDARY, anchor=anchor)
    canvas.y = style.SMALL + 2


def _draw_place(canvas: Canvas, scale: Scale, place: _Place, lang: Lang) -> None:
    middle = canvas.y + _ROW / 2
    bold = place.now["place"] in (FRANCE, UNION)
    name = capital(named(place.now, "place", lang, short=True))
    canvas.text(0, middle + 5, name, bold=bold, colour=place.colour if bold else style.INK)
    if place.then and not place.broken:
        canvas.line([(scale(row.value), middle) for row in place.rows], place.colour, width=2.5)
    if place.then:
        canvas.dot(scale(place.then.value), middle, _DOT, fill=style.PAPER, stroke=place.colour)
    canvas.dot(scale(place.now.value), middle, _DOT + 0.5, fill=place.colour)
    canvas.y += _ROW
    _label(canvas, scale, place, middle, lang)


def _label(canvas: Canvas, scale: Scale, place: _Place, middle: float, lang: Lang) -> None:
    """Both values on the outer sides of their points, a hair from the name to them, and the break."""
    rising = place.then is None or place.then.value <= place.now.value
    low, high = (place.then, place.now) if rising else (place.now, place.then)
    left = right = 0.0
    if low:
        left = _set_value(canvas, scale(low.value) - _DOT - _AIR, middle, low, place, lang, anchor="right")
    if high:
        right = _set_value(canvas, scale(high.value) + _DOT + _AIR, middle, high, place, lang, anchor="left")
    hair = (left or scale(place.now.value)) - 2 * _AIR
    if hair > scale.start:
        canvas.line([(scale.start, middle), (hair, middle)], opacity=0.35)
    for after in place.broken:
        text = say(lang, fr="Rupture de série en {year}", en="Break in the series in {year}", year=after["period"])
        _explain(canvas, text, right + 2 * _AIR, middle, place)
    if place.broken and place.then:
        _slant(canvas, (scale(place.then.value) + scale(place.now.value)) / 2, middle, place.colour)


def _set_value(
    canvas: Canvas, x: float, middle: float, row: Row, place: _Place, lang: Lang, *, anchor: Anchor
) -> float:
    """Sets a value beside its point; returns where it ends on the outer side."""
    newest, own = row is place.now, place.now["place"] in (FRANCE, UNION)
    colour = style.SECONDARY if not newest else place.colour if own else style.INK
    shown = canvas.text(x, middle + 4.5, told(row, lang), size=style.SMALL, bold=newest, colour=colour, anchor=anchor)
    return x - shown.width if anchor == "right" else x + shown.width


def _explain(canvas: Canvas, text: str, x: float, middle: float, place: _Place) -> None:
    if x + style.text_width(text, style.SMALL) <= canvas.width:
        canvas.text(x, middle + 4.5, text, size=style.SMALL, colour=place.colour)
    else:
        canvas.text(canvas.width, canvas.y + 8, text, size=style.SMALL, colour=place.colour, anchor="right")
        canvas.y += style.SMALL + 3


def _slant(canvas: Canvas, x: float, y: float, colour: str) -> None:
    """Two strokes: what is on either side is not counted alike."""
    for shift in (-3.0, 3.0):
        canvas.line([(x + shift - 3, y + 6), (x + shift + 3, y - 6)], colour, width=1.6)


def _draw_union(canvas: Canvas, x: float, top: float) -> None:
    """A dashed line down the Union's value, but not through a word."""
    for start, end in free_stretches(canvas, x, top, canvas.y):
        if end - start > _ROW / 2:
            canvas.line([(x, start), (x, end)], style.EUROPE, width=1.2, dash=(4, 3))


def _draw_ticks(canvas: Canvas, scale: Scale, lang: Lang) -> None:
    canvas.y += 4
    values = [_STEP * step for step in range(int(scale.high / _STEP) + 1)]
    scale.ticks(canvas, ((value, words.quantity(made("percentage", value, "percent"), lang)) for value in values))
