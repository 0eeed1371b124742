"""Tables in plain text: which lines are rows, where their cells begin, and the unit that a caption gives them.

A caption such as "en M€" or "(in %)" holds for the rows below it, up to the next paragraph of prose. Where blanks may
part either cells or thousands ("500 150 30", "60 1 791"), the reading is chosen in which the last cell is the sum of
the others, else the one with as many cells as the table's other rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Final

from analysis.quantities import Lang
from analysis.reading.sentences import Sentence
from analysis.reading.tokens import tokens
from analysis.reading.units import Unit, scale_of, unit_after

_PIECE = re.compile(r"[^\s\u200b\u2060\ufeff|;]++")
_CELL = re.compile(r"[-+−–(]?\d(?:[.,]?\d)*+%?\)?")
#: The end of a line that may be a row: a number, or what fills an empty cell.
_ROW_END = re.compile(r"(?:\d%?\)?|\s(?:%\)?|[-–—:x…]|\.\.|n\.?[das]\.?|n/a|s\.o\.))[ \t\r|;]*+(?=\n|\Z)")
_HEAD_GROUP = re.compile(r"[-+−–(]?\d{1,3}")
_GROUP = re.compile(r"\d{3}(?:[.,]\d++)?[%)]?")
_MAY_NAME_UNIT = re.compile(
    r"(?:\b(?:en|in|of|unité|unit|montants|amounts|values)|[(:,–-])\s{0,2}"
    r"(?:[€$£%]|[kMm]\W?[€$£]|mds?\b|mrd|milli|billion|thousand|euro|usd|chf|gbp|eur|meur|keur|dollar|pour|per|p|us)",
    re.IGNORECASE,
)
_EMPTY_CELLS: Final = frozenset(
    {"%", "%)", "-", "–", "—", ":", "..", "…", "n.d.", "nd", "n/a", "n.a.", "ns", "n.s.", "x", "s.o."}
)
_OPENERS: Final = frozenset(
    {"en", "in", "(", ":", ",", "-", "–", "unité", "unit", "montants", "amounts", "values", "of"}
)
#: Words that open the title of the next table.
_TITLES: Final = frozenset({"tableau", "table", "figure", "graphique", "chart", "exhibit", "encadré", "annexe"})
_COUNTING: Final = frozenset(
    """effectif effectifs nombre headcount employees salariés agents number count clients customers users utilisateurs
    emplois jobs projets projects unités units""".split()
)
_LONGEST_ROW: Final = 300
_LONGEST_LABEL: Final = 10
_PROSE: Final = 60
_MOST_HEADER_LINES: Final = 40
_MOST_DOUBTS: Final = 6
_TIES: Final = frozenset("\xa0\u202f\u2009\u2007\u2060\u200b\ufeff")


@dataclass(slots=True)
class Row:
    """A row of a table: where its line starts and ends, where its cells begin, and their units (None: not told)."""

    start: int
    end: int
    cells: list[int]
    units: list[Unit | None] = field(default_factory=list)

    def unit_at(self, offset: int) -> Unit | None:
        """The unit of the cell that begins at ``offset``."""
        return self.units[self.cells.index(offset)] if self.units and offset in self.cells else None


@dataclass(slots=True)
class _Line:
    start: int
    label: str
    pieces: list[re.Match[str]]


@dataclass(slots=True)
class _Table:
    """What is known of the table being read: the units of its caption or header, and how many cells a row has."""

    units: list[Unit] = field(default_factory=list)
    columns: int = 0
    lines_without_row: int = 0


def rows(text: str, lang: Lang) -> dict[int, Row]:
    """The rows of all tables in ``text``, by the offset at which their line starts."""
    found: dict[int, Row] = {}
    table, done = _Table(), 0
    for match in _ROW_END.finditer(text):
        start, end = text.rfind("\n", 0, match.start()) + 1, match.end()
        parsed = _parsed(start, text[start:end]) if end - start <= _LONGEST_ROW else None
        if parsed is None or (len(parsed.pieces) < 2 and not _is_short(parsed)):
            continue
        _take_notes(text, done, start, table, lang)
        row = _row(text, start, text[start:end], parsed, table, lang)
        done = end
        if row:
            found[row.start] = row
            table.lines_without_row = 0
        else:
            _take_note(text[start:end], table, lang)
    return found


def _take_notes(text: str, done: int, start: int, table: _Table, lang: Lang) -> None:
    """Note what the lines between one row and the next tell of their table; far lines tell nothing."""
    lines: list[str] = []
    while start > done and len(lines) <= _MOST_HEADER_LINES:
        begin = max(text.rfind("\n", 0, start - 1) + 1, done)
        line = text[begin : min(start, begin + _LONGEST_ROW + 1)]
        if line and not line.isspace():
            lines.append(line)
        start = begin
    if len(lines) > _MOST_HEADER_LINES:
        table.units, table.columns = [], 0
    for line in reversed(lines):
        _take_note(line.strip("\n"), table, lang)


def _take_note(line: str, table: _Table, lang: Lang) -> None:
    """Note the units that a line between rows gives, or that it ends the table."""
    if len(line) > _LONGEST_ROW or (len(line.strip()) >= _PROSE and line.rstrip().endswith((".", ",", ";"))):
        table.units, table.columns = [], 0
        return
    units = caption_units(line, lang)
    if units or line.split(maxsplit=1)[0].lower() in _TITLES:
        table.units, table.columns, table.lines_without_row = units, 0, 0
        return
    table.lines_without_row += 1
    if table.lines_without_row > _MOST_HEADER_LINES or (len(line.split()) >= 9 and table.columns):
        table.units, table.columns = [], 0


def caption_units(line: str, lang: Lang) -> list[Unit]:
    """The units named in a caption, header or row label: "en M€", "(in € million)", "Part (%)"."""
    if not _MAY_NAME_UNIT.search(line):
        return []
    s = Sentence(list(tokens(line)), line, lang)
    units = []
    for k in range(1, s.size):
        if s.low(k - 1) in _OPENERS and s[k - 1].kind != "digits":
            unit = caption_unit(s, k)
            if unit and s.low(unit.last + 1) in ("", ")", ",", ".", "|", ";", ":", "et", "and", "courants", "hors"):
                units.append(unit)
    return units


def caption_unit(s: Sentence, k: int) -> Unit | None:
    """The unit that a caption names from token ``k`` on; "€ million" as well as "millions of euros"."""
    unit = unit_after(s, k - 1)
    if unit is None or unit.kind not in ("money", "percentage", "points", "count"):
        return None
    if unit.kind == "money" and not unit.scaled:
        after = scale_of(s, unit.last + 1)
        letter = {"m": Decimal(10) ** 6, "bn": Decimal(10) ** 9, "k": Decimal(1000)}.get(s.low(unit.last + 1))
        if after or letter:
            return Unit(unit.last + 1, "money", unit.name, after or letter or Decimal(1), scaled=True)
    return None if unit.kind == "count" and not unit.scaled else unit


def _row(text: str, start: int, line: str, parsed: _Line, table: _Table, lang: Lang) -> Row | None:
    """The row that a line is, if it is one; what it tells of its table is noted."""
    units = caption_units(parsed.label, lang) or ([] if _counts(parsed.label) else table.units)
    if lang == "en" and units and len(parsed.pieces) == 2:
        table.columns = table.columns or 2  # English parts thousands by commas
    columns = table.columns
    cells = _cells(text, parsed, table)
    if columns and len(cells) == columns + 1 and _goes_on(parsed.label):
        cells, table.columns = cells[1:], columns
    if len(cells) < 2 and not (units and _is_short(parsed)):
        return None
    first = start + next(tokens(line)).start
    if _years(parsed.pieces):
        return Row(first, start + len(line), cells)
    return Row(first, start + len(line), cells, _by_column(units, cells, parsed))


def _goes_on(label: str) -> bool:
    """Whether a label lacks its last number: "10 à" before "49  17  22  25", under three years."""
    words = label.split()
    return bool(words) and words[-1].lower() in ("à", "to", "-", "–", "et", "and", "<", ">", "de", "than")


def _counts(label: str) -> bool:
    """Whether a row counts people or things, whatever unit the caption names."""
    return not _COUNTING.isdisjoint(label.lower().replace("(", " ").split())


def _is_short(line: _Line) -> bool:
    """Whether a line with one number is a row all the same: a short label and no year."""
    number = line.pieces[-1][0]
    return (
        len(line.label) <= 45 and len(line.label.split()) <= 6 and not (len(number) == 4 and number[:2] in ("19", "20"))
    )


def _parsed(start: int, line: str) -> _Line | None:
    """A line's label and the numbers it ends with; None where no number stands at its end, or the label is long."""
    pieces = [piece for piece in _PIECE.finditer(line) if piece[0] != "/"]
    k = len(pieces)
    while k and (_CELL.fullmatch(pieces[k - 1][0]) or (pieces[k - 1][0] in _EMPTY_CELLS and k > 1)):
        k -= 1
    numbers = [piece for piece in pieces[k:] if piece[0] not in _EMPTY_CELLS]
    if not numbers or k > _LONGEST_LABEL:
        return None
    label = line[: pieces[k].start()] if k < len(pieces) else line
    return _Line(start, label.rstrip(), numbers)


def _years(pieces: list[re.Match[str]]) -> bool:
    return len(pieces) > 1 and all(len(p[0]) == 4 and p[0].isdigit() and "1900" <= p[0] <= "2100" for p in pieces)


def _by_column(units: list[Unit], cells: list[int], parsed: _Line) -> list[Unit | None]:
    if not units:
        return []
    first = parsed.pieces[0][0]
    key = 1 if not parsed.label.strip(" |") and len(first) == 4 and "1900" <= first <= "2100" else 0
    wanted = len(cells) - key
    if len(units) == 1:
        return [None] * key + [units[0]] * wanted
    return [None] * key + list(units) if len(units) == wanted else []


def _cells(text: str, line: _Line, table: _Table) -> list[int]:
    """The offsets at which the cells begin, thousands joined as fits best."""
    starts = [line.start + piece.start() for piece in line.pieces]
    doubts = [i for i in range(1, len(line.pieces)) if _may_join(text, line, i)]
    sure = [i for i in doubts if text[starts[i] - 1] in _TIES or line.pieces[i][0][0] == "0"]
    doubts = [i for i in doubts if i not in sure]
    if len(line.pieces) == 2 and not table.columns:
        doubts, sure = [], sure + doubts
    best = max(_readings(doubts), key=lambda joined: _fit(line, {*sure, *joined}, table.columns))
    sums, _, alike, _ = _fit(line, {*sure, *best}, 0)
    if (not doubts or sums or alike) and len(starts) - len(sure) - len(best) > 1:
        table.columns = len(starts) - len(sure) - len(best)
    return [start for i, start in enumerate(starts) if i not in sure and i not in best]


def _may_join(text: str, line: _Line, i: int) -> bool:
    one, two = line.pieces[i - 1], line.pieces[i]
    if two.start() - one.end() != 1 or text[line.start + one.end()] == "\t":
        return False
    return bool((_HEAD_GROUP.fullmatch(one[0])) and _GROUP.fullmatch(two[0]))


def _readings(doubts: list[int]) -> Iterator[tuple[int, ...]]:
    """The joins to try: every choice where there are few doubts, else none of them, all, or every other."""
    if len(doubts) > _MOST_DOUBTS:
        yield from ((), tuple(doubts), tuple(doubts[::2]))
        return
    for chosen in product((False, True), repeat=len(doubts)):
        yield tuple(i for i, joins in zip(doubts, chosen, strict=True) if joins)


def _fit(line: _Line, joined: set[int], columns: int) -> tuple[bool, bool, bool, int]:
    """How well a reading fits: the sum first, then the number of cells, then whether all numbers are alike."""
    numbers: list[str] = []
    for i, piece in enumerate(line.pieces):
        if i in joined:
            numbers[-1] += piece[0]
        else:
            numbers.append(piece[0])
    alike = bool(joined) and 2 * len(joined) == len(line.pieces)
    lone = sum(1 for i in joined if len(line.pieces[i - 1][0]) == 1)
    return _adds_up(numbers), len(numbers) == columns, alike, 2 * lone - len(joined)


def _adds_up(numbers: list[str]) -> bool:
    """Whether the last of at least three numbers is the sum of the others."""
    if len(numbers) < 3:
        return False
    values = [_value(number) for number in numbers]
    return sum(values[:-1]) == values[-1] != 0


def _value(number: str) -> Decimal:
    digits = number.strip("()%+").replace("−", "-").replace("–", "-")
    whole = re.fullmatch(r"(-?)([\d.,]*?)(?:[.,](\d{1,2}))?", digits)
    if not whole:
        return Decimal(0)
    return Decimal(f"{whole[1]}{re.sub('[.,]', '', whole[2]) or '0'}.{whole[3] or '0'}")
