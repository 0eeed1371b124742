"""Text → quantities: every numeric expression of a text, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from analysis.quantities import FIGURES, Lang, Quantity, Value
from analysis.reading import cues
from analysis.reading.atoms import Atom
from analysis.reading.expressions import atoms
from analysis.reading.joining import join
from analysis.reading.sentences import Sentence, sentences
from analysis.reading.tokens import BLANK, GLUED, LINE, WORD

_NOT_NOUNS: Final = frozenset(
    """de d des du of the les la le l nouveaux nouvelles nouveau nouvelle new autres other additional supplémentaires
    premières premiers prochaines prochains grandes grands petites petits major large small more different différents
    différentes ces ses leurs nos its their other such""".split()
)
_NO_UNITS: Final = frozenset(
    """en in à to au aux et and ou or sur on par by pour for dans with avec from que qui est is are sont a has have ont
    was were which that at as than plus moins puis then dont contre against""".split()
)


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
    calls: set[int] = set()
    for sentence in sentences(text, lang):
        sentence.calls = calls
        found = join(sentence, atoms(sentence))
        for atom in found:
            bind(sentence, atom)
            yield quantity(sentence, atom)


def bind(s: Sentence, atom: Atom) -> None:
    """Give an atom the bound that the words around it tell, and a count the noun it counts."""
    if atom.kind not in FIGURES and atom.kind != "year":
        return
    if atom.kind == "count" and atom.unit is None:
        atom.unit = counted(s, atom.last)
    if atom.bound == "range":
        return
    found = cues.before(s, atom.first) or cues.after(s, atom.last)
    if found:
        atom.bound, atom.strict = found[0].bound, found[0].strict


def counted(s: Sentence, last: int) -> str | None:
    """The noun behind a number, as printed."""
    k = last + 1
    for _ in range(5):
        token = s[k]
        if token.low == "'" and token.gap == GLUED:
            k += 1
            continue
        if token.kind != WORD or token.gap >= BLANK or token.low in _NO_UNITS:
            return None
        if token.low not in _NOT_NOUNS:
            return s.raw(k) if token.gap <= LINE else None
        k += 1
    return None


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
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == number else number


def _unit(atom: Atom) -> str | None:
    return atom.unit if atom.kind in FIGURES else None
