"""Text → quantities: every numeric expression of a text, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from analysis.quantities import FIGURES, Lang, Quantity, Value
from analysis.reading import cues, language, tables
from analysis.reading.atoms import Atom
from analysis.reading.context import counted, inherit
from analysis.reading.expressions import TRIGGERS, atoms
from analysis.reading.joining import join
from analysis.reading.sentences import Sentence, sentences
from analysis.reading.tables import Row


def scan(text: str, lang: Lang | None = None) -> list[Quantity]:
    """Every numeric expression of ``text`` in reading order: figures and all other numbers, so that no digit is left
    unaccounted for. Where ``lang`` is None, the language is told for each sentence by its words.

    Never raises. ``text[q.start:q.end] == q.printed`` holds for each, and no two overlap. The time is linear.

    >>> [(q.printed, str(q.value), q.bound) for q in scan("Plus de 1,8 Md€, soit 27 % du marché.")]
    [('1,8 Md€', '1800000000', 'at_least'), ('27 %', '27', 'exact')]
    """
    return list(quantities(text, lang))


def quantities(text: str, lang: Lang | None = None) -> Iterator[Quantity]:
    """Like ``scan``, one at a time."""
    rows = tables.rows(text, lang or language.of_opening(text))
    calls: set[int] = set()
    money: str | None = None
    for sentence in sentences(text, lang, rows, TRIGGERS):
        row = rows.get(sentence[0].start)
        if row is not None:
            sentence.cells = frozenset(k for k, token in enumerate(sentence.tokens) if token.start in row.cells)
        sentence.calls = calls
        found = atoms(sentence)
        if not found:
            continue
        found = join(sentence, found) if row is None else join_label(sentence, found, row)
        inherit(sentence, found, row, money)
        for atom in found:
            bind(sentence, atom)
            yield quantity(sentence, atom)
            money = atom.unit if atom.kind == "money" else money


def join_label(s: Sentence, found: list[Atom], row: Row) -> list[Atom]:
    """The atoms of a row, those of its label joined ("10 à 49"); a cell stands for itself."""
    label = [atom for atom in found if s[atom.first].start < row.cells[0]]
    return join(s, label) + found[len(label) :]


def bind(s: Sentence, atom: Atom) -> None:
    """Give an atom the bound that the words around it tell, and a count the noun it counts."""
    if atom.kind not in FIGURES and atom.kind != "year":
        return
    if atom.kind == "count" and atom.unit is None:
        atom.unit = counted(s, atom.last)
    found = cues.before(s, atom.first, atom.last, atom.kind) or cues.after(s, atom.last)
    if found:
        atom.bound, atom.strict = found[0].bound, found[0].strict


def quantity(s: Sentence, atom: Atom) -> Quantity:
    """The finished quantity of an atom."""
    start, end = s[atom.first].start, s[atom.last].end
    half = tidy(atom.place / 2) if atom.place is not None and atom.kind in FIGURES else None
    return Quantity(
        atom.kind, _value(atom.value), _unit(atom), atom.bound, half, s.text[start:end], start, end, s.lang, atom.strict
    )


def _value(value: Value) -> Value:
    match value:
        case Decimal():
            return tidy(value)
        case (Decimal() as low, Decimal() as high):
            return tidy(low), tidy(high)
        case _:
            return value


def tidy(number: Decimal) -> Decimal:
    """The same number, without an exponent or zeros behind the point where it is whole.

    >>> tidy(Decimal("1.8E+9")), tidy(Decimal("12.50"))
    (Decimal('1800000000'), Decimal('12.50'))
    """
    return Decimal(int(number)) if number == number.to_integral_value() else number


def _unit(atom: Atom) -> str | None:
    return atom.unit if atom.kind in FIGURES else None
