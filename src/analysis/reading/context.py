"""What a number inherits from the text around it: a table's unit, a currency named before, the unit compared with."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from analysis.reading.atoms import Atom
from analysis.reading.number_words import COLLECTIVES, STARTERS
from analysis.reading.sentences import Sentence
from analysis.reading.tables import Row, caption_unit
from analysis.reading.tokens import GLUED, LINE, WORD

_MILLION: Final = Decimal(10) ** 6
_COMPARED: Final = frozenset({"contre", "versus", "vs", "against", "from", "après", "to"})
#: What millions "de …" are money: 200 millions de subventions.
_FRENCH_SCALES: Final = frozenset({"million", "millions", "milliard", "milliards"})
#: Numbers behind which "de" leads to what is counted: "3 millions de", "une vingtaine d'".
_COUNTED_OF: Final = (
    _FRENCH_SCALES | frozenset(COLLECTIVES) | {f"{word}s" for word in COLLECTIVES} | {"m", "md", "mds", "k", "of"}
)
_MONEY_NOUNS: Final = frozenset(
    """aides aide crédits crédit subventions subvention investissement investissements financement financements dette
    dettes budget budgets chiffre recettes dépenses pertes bénéfice bénéfices capital dotation revenus revenu
    économies ventes amendes amende commandes contrats capitalisation trésorerie funding grants investment
    investments debt revenue revenues sales losses profit profits spending cash orders savings fines""".split()
)
_NOT_NOUNS: Final = frozenset(
    """de d des du of les la le l nouveaux nouvelles nouveau nouvelle new autres other additional supplémentaires
    premières premiers prochaines prochains grandes grands petites petits major large small more different différents
    différentes ces ses leurs nos its their such""".split()
)
_NO_UNITS: Final = frozenset(
    """en in à to au aux et and ou or sur on par by pour for dans with avec from que qui est is are sont a has have ont
    was were which that at as than plus moins puis then dont contre against cette ce cet this last dès d'ici ici il
    elle un une an hier aujourd lors selon après avant d through until over under between against compared par
    cent""".split()
)


def counted(s: Sentence, last: int) -> str | None:  # noqa: PLR0911  one guard a line
    """The noun behind token ``last``, as printed: what a number counts."""
    k = last + 1
    of = False
    if s.lang == "fr" and s.low(last) in _FRENCH_SCALES and s.low(k) not in ("de", "d"):
        return None
    for _ in range(5):
        token = s[k]
        if token.low == "'" and token.gap == GLUED:
            k += 1
            continue
        if token.kind != WORD or (token.gap > LINE and s.capital(k)):
            return None
        if token.low == "ici":
            return None
        if token.low in ("de", "d", "of", "des", "du"):
            if s.low(last) not in _COUNTED_OF:
                return None
            of = True
        elif (token.low in _NO_UNITS and not of) or token.low in STARTERS:
            return None
        elif token.low not in _NOT_NOUNS:
            return s.raw(k)
        k += 1
    return None


def inherit(s: Sentence, atoms: list[Atom], row: Row | None, money: str | None) -> None:
    """Give numbers the units they inherit; ``money`` is the currency last named before the sentence."""
    if row is not None:
        for atom in atoms:
            _from_caption(s, atom, row)
    else:
        _from_brackets(s, atoms)
    for at, atom in enumerate(atoms):
        if atom.kind == "money" and at and atoms[at - 1].kind == "money" and s.low(atom.last) == "cents":
            atom.unit = atoms[at - 1].unit
        if atom.kind != "count":
            continue
        if atom.scaled and atom.scale >= _MILLION and atom.unit is None:
            _take_currency(s, atom, _nearest_currency(atoms, at) or money)
        elif atom.bare and at and s.low(atom.first - 1) in _COMPARED:
            _take_compared(s, atom, atoms[at - 1])
        elif atom.bare and at > 1 and atoms[at - 1].kind == "year" and s.low(atom.last + 1) in ("en", "in"):
            _take_parallel(atom, atoms[at - 2])
        elif atom.bare and at and s.low(atom.first - 1) == "dont" and atoms[at - 1].scaled:
            _take_compared(s, atom, atoms[at - 1])


def _from_brackets(s: Sentence, atoms: list[Atom]) -> None:
    """A unit in brackets before bare numbers: "budget (en milliers d'euros) : 1 250 en 2023"."""
    k = next((k for k in range(s.size - 2) if s.low(k) == "(" and s.low(k + 1) in ("en", "in")), None)
    unit = caption_unit(s, k + 2) if k is not None else None
    if k is None or unit is None or s.low(unit.last + 1) != ")":
        return
    for atom in atoms:
        if atom.first > k and atom.bare and atom.kind == "count" and counted(s, atom.last) is None:
            atom.take(unit)


def _from_caption(s: Sentence, atom: Atom, row: Row) -> None:
    unit = row.unit_at(s[atom.first].start) or (
        row.unit_at(s[atom.first - 1].start) if s.low(atom.first - 1) == "(" else None
    )
    if unit is None or atom.kind not in ("count", "year") or not (atom.bare or atom.kind == "year"):
        return
    if atom.kind == "year":
        if not isinstance(atom.value, str):
            return
        atom.number, atom.place = Decimal(atom.value), Decimal(1)
        atom.bound = "exact"
    atom.take(unit)
    if unit.kind == "money" and s.low(atom.first - 1) == "(" and s.low(atom.last + 1) == ")":
        atom.first, atom.last = atom.first - 1, atom.last + 1
        atom.negate()


def _nearest_currency(atoms: list[Atom], at: int) -> str | None:
    """The currency of the nearest amount before, else behind, in the same sentence."""
    for atom in (*reversed(atoms[:at]), *atoms[at + 1 :]):
        if atom.kind == "money":
            return atom.unit
    return None


def _take_currency(s: Sentence, atom: Atom, currency: str | None) -> None:
    noun = counted(s, atom.last)
    if noun is not None and s.lang == "en" and s.low(atom.last + 1) != "of" and not _is_plural(noun):
        noun = None
    if currency and (noun is None or noun.lower() in _MONEY_NOUNS):
        atom.kind, atom.unit = "money", currency


def _take_parallel(atom: Atom, other: Atom) -> None:
    """The unit of the number told for another year: "79 € en 2022 et 71 en 2021"."""
    if other.kind in ("money", "percentage", "points") and isinstance(other.value, Decimal):
        atom.take_unit(other)


def _is_plural(noun: str) -> bool:
    return noun.endswith("s") or noun in ("people", "women", "men", "children", "staff")


def _take_compared(s: Sentence, atom: Atom, other: Atom) -> None:
    """The unit of the amount a bare number is compared with: "398 M€ contre 371 un an auparavant"."""
    if other.kind == "money" and atom.first - other.last <= 3 and counted(s, atom.last) is None:
        atom.take_unit(other)
