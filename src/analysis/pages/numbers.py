"""The page of all numbers: one table of every claim and every observation, complete as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analysis import words
from analysis.checks.telling import verdict
from analysis.claims import Claim
from analysis.pages import layout, proof
from analysis.pages.edition import Edition
from analysis.pages.layout import Frame
from analysis.pages.strings import strings
from analysis.quantities import Lang
from analysis.series import Observation
from analysis.words.keynumbers import about, who
from analysis.words.terms import CODED

#: The columns, by the key of their heading.
_COLUMNS = (
    "numbers_what",
    "numbers_number",
    "where",
    "period",
    "numbers_who",
    "numbers_source",
    "status",
    "numbers_verdicts",
    "chapters",
)
#: What rows may be chosen by: id and key of its label, what the script looks at, whether in the order of the table.
_FILTERS = (
    ("by-source", "numbers_source", str(_COLUMNS.index("numbers_source")), True),
    ("by-subject", "numbers_subject", "subject", False),
    ("by-verdict", "numbers_verdict", str(_COLUMNS.index("numbers_verdicts")), False),
)
Entry = Claim | Observation


@dataclass(frozen=True, slots=True)
class Row:
    """A number as the table tells it; ``size`` and ``age`` are its ranks in the orders of numbers and of periods.

    ``proof`` is the id of its proof, empty where it has none; ``language`` is that of the words under ``source``;
    ``chapters`` are those that use it, number and place.
    """

    subject: str
    what: str
    number: str
    size: int
    proof: str
    place: str
    period: str
    age: int
    who: str
    source: str
    language: Lang
    status: str
    verdicts: str
    chapters: tuple[tuple[int, str], ...]


def numbers(lang: Lang, edition: Edition) -> str:
    """The page of a language, ``<lang>/numbers.html``; its script searches, filters and sorts, no more."""
    t = strings(lang)
    citation = t["cite_text"].format(name=edition.name, date=words.date(edition.date, lang))
    frame = Frame("numbers.html", lang, t["numbers_title"], t["numbers_description"], citation, script="numbers.js")
    claims, observations = edition.ledger.claims.values(), edition.catalogue.observations.values()
    counts = {"claims": len(claims), "observations": len(observations), "proved": len(edition.observations)}
    return layout.page(
        "numbers.html",
        frame,
        edition,
        standfirst=t["numbers_standfirst"].format(**counts),
        caption=t["numbers_caption"].format(**counts),
        filters=[(ident, t[key], by, ordered) for ident, key, by, ordered in _FILTERS],
        columns=[t[key] for key in _COLUMNS],
        rows=_rows([*claims, *observations], lang, edition),
    )


def _rows(entries: Sequence[Entry], lang: Lang, edition: Edition) -> list[Row]:
    users, proved = edition.users(lang), {each.id for each in edition.observations}
    verdicts = _verdicts(edition, lang)
    sizes, ages = _ranked(entries, _size), _ranked(entries, lambda entry: entry.period)
    return [
        Row(
            subject=_label(entry, "subject", lang),
            what=about(entry, lang),
            number=words.quantity(entry.quantity, lang),
            size=sizes[entry.id],
            proof=entry.id if isinstance(entry, Claim) or entry.id in proved else "",
            place=_label(entry, "place", lang),
            period=words.period(entry.period, lang),
            age=ages[entry.id],
            who=who(entry, lang),
            source=_source(entry, lang),
            language=entry.document.language if isinstance(entry, Claim) else lang,
            status=_label(entry, "status", lang),
            verdicts=verdicts.get(entry.id, ""),
            chapters=edition.places_of(entry.id, users.get(entry.id, ())),
        )
        for entry in entries
    ]


def _label(entry: Entry, field: str, lang: Lang) -> str:
    return words.label(getattr(entry, field), lang, short=True, group=CODED[field])


def _source(entry: Entry, lang: Lang) -> str:
    return proof.title(entry.document) if isinstance(entry, Claim) else proof.series_title(entry.series, lang)


def _verdicts(edition: Edition, lang: Lang) -> dict[str, str]:
    """For each number, the verdicts of the checks that it has a part in, each once, gravest first."""
    met: dict[str, dict[str, None]] = {}
    for finding in edition.findings:
        for name in finding.claims:
            met.setdefault(name, {})[verdict(finding, lang)] = None
    return {name: " · ".join(told) for name, told in met.items()}


def _ranked(entries: Iterable[Entry], key: Callable[[Entry], Any]) -> dict[str, int]:
    """The rank of each number in the order of a key, by id; the same for equal ones."""
    keyed = [(key(entry), entry.id) for entry in entries]
    ranks = {each: rank for rank, each in enumerate(sorted({each for each, _ in keyed}), 1)}
    return {name: ranks[each] for each, name in keyed}


def _size(entry: Entry) -> tuple[str, str, Decimal, str]:
    """Numbers of one unit stand together, by their size; dates and names by what they are."""
    quantity = entry.quantity
    match quantity.value:
        case Decimal() as value:
            size, other = value, ""
        case (Decimal() as low, _):
            size, other = low, ""
        case value:
            size, other = Decimal(0), str(value)
    return quantity.kind, quantity.unit or "", size, other
