"""A table that has lost its blank cells: under which assumptions its numbers can be put back, in how many ways.

Rows are payers, columns are purposes, as the ledger's claims have them; ``all`` marks totals. Placings are counted
under three sets of assumptions: the printed numbers in any order with the totals of the columns, in the printed order
without these totals, and in the printed order with them. A blank cell is nothing in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from analysis.checks.operands import Case
from analysis.checks.outcome import AGREES, DISAGREES, HOLDS, UNDECIDED, Line, Outcome
from analysis.claims import Claim
from analysis.quantities import Amount, Interval, arithmetic

_ALL = "all"
#: A column for each number of a row, in the order in which they are printed.
Placing = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of ``rows`` in printed order, the columns' totals, and where the ledger puts each cell."""

    rows: tuple[tuple[Claim, ...], ...]
    totals: tuple[Claim, ...]
    ledger: tuple[Placing, ...]

    @property
    def free(self) -> int:
        """How many amounts the totals alone leave free: cells of rows with blanks, less independent totals."""
        open_rows = sum(len(row) < len(self.totals) for row in self.rows)
        return max(0, open_rows - 1) * (len(self.totals) - 1)

    def placings(self, *, ordered: bool, adding_up: bool) -> list[tuple[Placing, ...]]:
        """Every way to give each printed number a column of its own, row by row."""
        ways = [list(self._ways(row, ordered=ordered)) for row in self.rows]
        amounts = [[Amount.of(claim.quantity) for claim in row] for row in self.rows]
        totals = [Amount.of(claim.quantity).interval for claim in self.totals]
        return [each for each in product(*ways) if not adding_up or _adds_up(amounts, totals, each)]

    def _ways(self, row: Sequence[Claim], *, ordered: bool) -> Iterator[Placing]:
        for columns in permutations(range(len(self.totals)), len(row)):
            if not ordered or list(columns) == sorted(columns):
                yield columns


def _adds_up(rows: Sequence[Sequence[Amount]], totals: Sequence[Interval], placing: Sequence[Placing]) -> bool:
    return all(_summed(rows, placing, column).interval.meets(total) for column, total in enumerate(totals))


def _summed(rows: Sequence[Sequence[Amount]], placing: Sequence[Placing], column: int) -> Amount:
    parts = [
        amount
        for row, columns in zip(rows, placing, strict=True)
        for amount, place in zip(row, columns, strict=True)
        if place == column
    ]
    return arithmetic.total(*parts) if parts else Amount.exactly(0, rows[0][0].unit)


def matrix(case: Case) -> Outcome:
    """The numbers of ``of`` fit into one table in one way only, and the ledger has them there."""
    table = _table(case)
    alone = table.placings(ordered=False, adding_up=True)
    unordered = table.placings(ordered=True, adding_up=False)
    both = table.placings(ordered=True, adding_up=True)
    verdict, grade = AGREES if both == [table.ledger] else UNDECIDED if len(both) > 1 else DISAGREES
    return Outcome(verdict, grade, (*_counts(table, alone, unordered, both), *_solved(table, both)))


def _table(case: Case) -> Table:
    cells = [operand.entry for operand in case.of if isinstance(operand.entry, Claim)]
    totals = sorted((c for c in cells if c.payer == _ALL and c.purpose != _ALL), key=lambda c: c.start)
    columns = {claim.purpose: number for number, claim in enumerate(totals)}
    payers = dict.fromkeys(c.payer for c in sorted(cells, key=lambda c: c.start) if c.payer != _ALL)
    rows = tuple(
        tuple(sorted((c for c in cells if c.payer == payer and c.purpose != _ALL), key=lambda c: c.start))
        for payer in payers
    )
    if len(cells) != len(case.of) or not totals or any(c.purpose not in columns for row in rows for c in row):
        raise case.check.fault(
            "these are not the cells of one table",
            way_out='name claims by payer and purpose, with the totals of the columns (payer = "all")',
        )
    return Table(rows, tuple(totals), tuple(tuple(columns[c.purpose] for c in row) for row in rows))


def _counts(table: Table, *counted: Sequence[object]) -> Iterator[Line]:
    remarks = (
        ("placements si seuls les totaux et les nombres comptent, dans n’importe quel ordre",
         "placings if only the totals and the numbers count, in any order"),
        ("placements dans l’ordre imprimé, sans les totaux des colonnes",
         "placings in the printed order, without the totals of the columns"),
        ("placements dans l’ordre imprimé, avec les totaux des colonnes",
         "placings in the printed order, with the totals of the columns"),
    )  # fmt: skip
    yield Line(
        (Amount.exactly(table.free),),
        remark_fr="montants laissés libres par les totaux seuls, sans les nombres imprimés",
        remark_en="amounts left free by the totals alone, without the printed numbers",
    )
    for (fr, en), placings in zip(remarks, counted, strict=True):
        yield Line((Amount.exactly(len(placings)),), remark_fr=fr, remark_en=en)


def _solved(table: Table, placings: Sequence[Sequence[Placing]]) -> Iterator[Line]:
    """Each column as the placing fills it, where there is one."""
    if len(placings) != 1:
        return
    for column, total in enumerate(table.totals):
        parts = [
            claim.quantity
            for row, columns in zip(table.rows, placings[0], strict=True)
            for claim, place in zip(row, columns, strict=True)
            if place == column
        ]
        spread = [term for part in parts for term in ("+", part)][1:]
        yield Line((*spread, "=", total.quantity), HOLDS)
