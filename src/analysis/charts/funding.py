"""Who pays for what: the strategy's own table, as squares of true area, with its totals and its blank cells."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pandas as pd

from analysis.charts import style
from analysis.charts.canvas import Canvas
from analysis.charts.chart import Chart
from analysis.charts.rows import Row, Rows
from analysis.charts.telling import joined, listed, named, say, source, told
from analysis.quantities import Interval, Lang
from analysis.words import View, present
from analysis.words.typography import capital

_PAYERS = ("public", "private", "european")
_PURPOSES = ("rd_solutions", "research", "data_spaces", "training")
_ALL = "all"
_COLOURS = {"public": style.FRANCE, "private": style.PRIVATE, "european": style.EUROPE, "all": style.INK}


#: Half of an outline would fall off the sheet at its left edge.
_STROKE = 1.2


@dataclass(frozen=True, slots=True)
class _Matrix:
    """The cells of the summary table by payer and purpose; those it leaves blank are not there."""

    cells: dict[tuple[str, str], Row]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The cells, line by line, totals last."""
        keys = ((payer, purpose) for payer in (*_PAYERS, _ALL) for purpose in (*_PURPOSES, _ALL))
        return tuple(self.cells[key] for key in keys if key in self.cells)

    def claim(self, payer: str, purpose: str) -> str:
        """The id of the claim in a cell; empty where it is blank."""
        return self.cells[payer, purpose].id if (payer, purpose) in self.cells else ""

    @property
    def sums(self) -> Iterator[bool]:
        """For each printed total, whether the cells that it adds up may give it."""
        for payer in (*_PAYERS, _ALL):
            yield self._fits(self.cells[payer, _ALL], [(payer, purpose) for purpose in _PURPOSES])
        for purpose in (*_PURPOSES, _ALL):
            yield self._fits(self.cells[_ALL, purpose], [(payer, purpose) for payer in _PAYERS])

    def _fits(self, total: Row, keys: list[tuple[str, str]]) -> bool:
        first, *others = (self.cells[key].interval for key in keys if key in self.cells)
        added: Interval = sum(others, first)
        return added.meets(total.interval)


def funding(table: pd.DataFrame, lang: Lang) -> Chart:
    """The summary table in the table ``funding``: three payers, four purposes, and their totals."""
    matrix = _matrix(Rows(table))
    public, whole = matrix.cells["public", _ALL], matrix.cells[_ALL, _ALL]
    numbers = {"public": told(public, lang), "whole": told(whole, lang)}
    return Chart(
        name="funding",
        lang=lang,
        headline=say(
            lang,
            fr="L’État apporte {public} des {whole} annoncés pour le cloud",
            en="The French state provides {public} of the {whole} announced for the cloud",
            **numbers,
        ),
        subtitle=say(
            lang,
            fr="Financements annoncés par la stratégie nationale pour le cloud, France, {year}, par payeur et par "
            "objet, en millions d’euros",
            en="Funding announced by the national cloud strategy, France, {year}, by payer and purpose, in millions "
            "of euros",
            year=whole["published"].partition("-")[0],
        ),
        note=_note(matrix, lang),
        source=source(matrix.rows, lang),
        alt=say(
            lang,
            fr="{whole} annoncés pour le cloud : {parts}.",
            en="{whole} announced for the cloud: {parts}.",
            whole=numbers["whole"],
            parts=listed((_share(matrix.cells[payer, _ALL], lang) for payer in _PAYERS), lang),
        ),
        description=tuple(_description(matrix, lang)),
        claims=tuple(row.id for row in matrix.rows),
        table=partial(_view, matrix),
        sketch=partial(_draw, matrix, lang),
    )


def _matrix(rows: Rows) -> _Matrix:
    cells = {(row["payer"], row["purpose"]): row for row in rows if row["setting"] == "summary_table"}
    for payer in (*_PAYERS, _ALL):
        rows[f"funding_{payer}_{_ALL}"]  # a total that is missing is told by its name
    for purpose in _PURPOSES:
        rows[f"funding_{_ALL}_{purpose}"]
    return _Matrix(cells)


def _share(row: Row, lang: Lang) -> str:
    return f"{named(row, 'payer', lang)} {told(row, lang)}"


def _note(matrix: _Matrix, lang: Lang) -> str:
    return say(
        lang,
        fr="La surface de chaque carré est celle du montant ; hachures : argent annoncé, non encore dépensé. "
        "Case vide : rien n’y est imprimé. {sums}",
        en="The area of each square is that of the amount; hatching: money announced, not yet spent. Blank cell: "
        "nothing is printed there. {sums}",
        sums=_sums(matrix, lang),
    )


def _sums(matrix: _Matrix, lang: Lang) -> str:
    if all(matrix.sums):
        return say(
            lang,
            fr="Chaque total imprimé est bien la somme de ses cases.",
            en="Each printed total is indeed the sum of its cells.",
        )
    return say(
        lang,
        fr="Des totaux imprimés ne sont pas la somme de leurs cases.",
        en="Some printed totals are not the sum of their cells.",
    )


def _description(matrix: _Matrix, lang: Lang) -> Iterator[str]:
    for payer in (*_PAYERS, _ALL):
        total = matrix.cells[payer, _ALL]
        cells = (_told_cell(matrix, payer, purpose, lang) for purpose in _PURPOSES)
        yield say(
            lang,
            fr="{payer}, {total} : {cells}.",
            en="{payer}, {total}: {cells}.",
            payer=capital(named(total, "payer", lang)),
            total=told(total, lang),
            cells=joined(cells, lang),
        )


def _told_cell(matrix: _Matrix, payer: str, purpose: str, lang: Lang) -> str:
    row = matrix.cells.get((payer, purpose))
    return say(
        lang,
        fr="{purpose} : {amount}",
        en="{purpose}: {amount}",
        purpose=named(matrix.cells[_ALL, purpose], "purpose", lang),
        amount=told(row, lang) if row else _blank(lang),
    )


def _blank(lang: Lang) -> str:
    return say(lang, fr="case vide", en="blank cell")


def _view(matrix: _Matrix) -> View:
    payers = pd.Index([*_PAYERS, _ALL], name="payer")
    claims = {purpose: [matrix.claim(payer, purpose) for payer in payers] for purpose in (*_PURPOSES, _ALL)}
    return present(
        pd.DataFrame(claims, index=payers).rename_axis(columns="purpose"),
        name="funding",
        caption_fr="Qui paie pour quoi, d’après le tableau de synthèse de la stratégie",
        caption_en="Who pays for what, from the summary table of the strategy",
        total_rows=(len(_PAYERS),),
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells stand: payers down and purposes across on a wide sheet, the other way round on a narrow one."""

    canvas: Canvas
    matrix: _Matrix
    lang: Lang

    @property
    def down(self) -> tuple[str, ...]:
        """The codes of the lines."""
        return _PURPOSES if self.canvas.narrow else _PAYERS

    @property
    def across(self) -> tuple[str, ...]:
        """The codes of the columns."""
        return _PAYERS if self.canvas.narrow else _PURPOSES

    def left(self, column: int) -> float:
        """Where a column begins."""
        return column * 92.0 if self.canvas.narrow else 116.0 + column * 120.0

    def side(self, row: Row) -> float:
        """The side of a square: the largest cell gets all the width there is."""
        cells = [self.cell(line, column) for line in self.down for column in self.across if self.has(line, column)]
        largest = max(cell.value for cell in cells)
        return (80.0 if self.canvas.narrow else 100.0) * math.sqrt(row.value / largest)

    def cell(self, line: str, column: str) -> Row:
        """The row of the table that fills a cell."""
        return self.matrix.cells[self._key(line, column)]

    def has(self, line: str, column: str) -> bool:
        """Whether anything is printed in that cell."""
        return self._key(line, column) in self.matrix.cells

    def _key(self, line: str, column: str) -> tuple[str, str]:
        return (column, line) if self.canvas.narrow else (line, column)

    def name(self, code: str) -> str:
        """What a line or a column is called."""
        payer, purpose = (code, _ALL) if code in _PAYERS else (_ALL, code)
        row = self.matrix.cells[payer, purpose]
        return named(row, "payer" if code in _PAYERS else "purpose", self.lang, short=True)


def _draw(matrix: _Matrix, lang: Lang, width: float) -> Canvas:
    canvas = Canvas(width)
    grid = _Grid(canvas, matrix, lang)
    _draw_heads(grid)
    for line in grid.down:
        _draw_line(grid, line)
    canvas.rule()
    _draw_totals(grid)
    return canvas


def _draw_heads(grid: _Grid) -> None:
    canvas, top, bottom = grid.canvas, grid.canvas.y, 0.0
    for number, column in enumerate(grid.across):
        canvas.y = top
        canvas.paragraph(grid.left(number), 108, grid.name(column), size=style.SMALL, colour=style.SECONDARY)
        bottom = max(bottom, canvas.y)
    total = named(grid.cell(_ALL, _ALL), "payer", grid.lang, short=True)
    canvas.text(canvas.width, top + style.SMALL, total, size=style.SMALL, colour=style.SECONDARY, anchor="right")
    canvas.y = bottom + 4


def _draw_line(grid: _Grid, line: str) -> None:
    """A line of squares that stand on one ground, their amounts below, the total at the right."""
    canvas = grid.canvas
    canvas.line([(0, canvas.y + 0.5), (canvas.width, canvas.y + 0.5)], opacity=0.6)
    canvas.y += 8
    if canvas.narrow:
        canvas.paragraph(0, canvas.width, grid.name(line), bold=True)
        canvas.y += 2
    ground = canvas.y + max(grid.side(grid.cell(line, column)) for column in grid.across if grid.has(line, column))
    if not canvas.narrow:
        canvas.text(0, ground + 18, grid.name(line), bold=True, colour=_COLOURS[line])
    for number, column in enumerate(grid.across):
        _draw_cell(grid, line, column, grid.left(number), ground)
    total = told(grid.cell(line, _ALL), grid.lang)
    canvas.text(canvas.width, ground + 18, total, bold=True, colour=_COLOURS.get(line, style.INK), anchor="right")
    canvas.y = ground + 28


def _draw_cell(grid: _Grid, line: str, column: str, left: float, ground: float) -> None:
    canvas = grid.canvas
    if not grid.has(line, column):
        canvas.text(left, ground + 18, _blank(grid.lang), size=style.SMALL, colour=style.SECONDARY)
        return
    row = grid.cell(line, column)
    side, colour = grid.side(row), _COLOURS[row["payer"]]
    left += _STROKE / 2
    if row.announced:
        canvas.hatched(left, ground - side, side, side, colour)
    canvas.rectangle(left, ground - side, side, side, fill=None if row.announced else colour, stroke=colour)
    canvas.text(left, ground + 18, told(row, grid.lang))


def _draw_totals(grid: _Grid) -> None:
    canvas = grid.canvas
    baseline = canvas.y + style.LABEL
    if canvas.narrow:
        canvas.y += 20
        baseline += 20
        canvas.text(0, baseline - 20, grid.name(_ALL), bold=True)
    else:
        canvas.text(0, baseline, grid.name(_ALL), bold=True)
    for number, column in enumerate(grid.across):
        colour = _COLOURS.get(column, style.INK)
        canvas.text(grid.left(number), baseline, told(grid.cell(_ALL, column), grid.lang), bold=True, colour=colour)
    whole = told(grid.cell(_ALL, _ALL), grid.lang)
    canvas.text(canvas.width, baseline, whole, bold=True, anchor="right")
    canvas.y = baseline + 10
