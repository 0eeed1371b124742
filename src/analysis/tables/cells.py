"""Cells of a CSV file: one writing for each value, and text that no spreadsheet takes for a formula.

Programs that open CSV compute a cell that begins like a formula, whoever wrote it (OWASP, "CSV injection"). What a
document prints may begin so and be harmless: "+ 22%", "--03-05". So only text that could compute something or reach
out of its cell is marked, by an apostrophe before it, and ``unmarked`` takes away exactly what ``marked`` put there.
"""

from __future__ import annotations

import re
from decimal import Decimal

from analysis.quantities import plain

_FORMULA = re.compile(r"[\t\r\n]|\s*[=+@\-＝＋－＠]")
#: A sign, then neither bracket nor mark that a call, a link or a reference to another file could not do without.
_SIGNED = re.compile(r"[+-][\w +.,%€$£°:/–’-]*")
_MARK = "'"


def marked(text: str) -> str:
    """The text as a CSV file holds it.

    >>> marked("+ 22%"), marked("=HYPERLINK(A1)")
    ('+ 22%', "'=HYPERLINK(A1)")
    """
    bare = text.lstrip(_MARK)
    return _MARK + text if _FORMULA.match(bare) and not _SIGNED.fullmatch(bare) else text


def unmarked(cell: str) -> str:
    """The text that was meant.

    >>> unmarked("'=HYPERLINK(A1)"), unmarked("'t Hart")
    ('=HYPERLINK(A1)', "'t Hart")
    """
    text = cell[1:]
    return text if cell.startswith(_MARK) and marked(text) == cell else cell


def written(cell: object) -> str:
    """A value as a CSV file holds it: no exponent, ``true`` or ``false``, empty for no value."""
    match cell:
        case Decimal():
            return plain(cell)
        case bool():
            return str(cell).lower()
        case None:
            return ""
        case _:
            # A carriage return would end the row for some readers of CSV, quoted or not.
            return marked(str(cell).replace("\r\n", "\n").replace("\r", "\n"))
