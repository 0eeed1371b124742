"""The lexicon: what every code of the ledger and of the tables is called, in French and in English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import records
from analysis.errors import InputError, NuageError, nearest
from analysis.quantities import Lang
from analysis.words.typography import typeset

if TYPE_CHECKING:
    from analysis.claims import Ledger

FILE = Path("src/analysis/words/terms.toml")

#: The fields of a claim that hold a code, with the group of the lexicon it belongs to.
CODED = {
    "table": "tables",
    "subject": "subjects",
    "measure": "measures",
    "place": "places",
    "population": "populations",
    "role": "roles",
    "measured_by": "organisations",
    "said_by": "organisations",
    "status": "statuses",
    "payer": "payers",
    "purpose": "purposes",
    "segment": "segments",
    "setting": "settings",
}
#: The columns of tables that hold codes: those of claims, and those of numbers and findings besides.
CODED_COLUMNS = CODED | {
    "kind": "kinds",
    "bound": "bounds",
    "verdict": "verdicts",
    "grade": "grades",
    "account": "accounts",
    "agreement": "agreements",
    "likeness": "likenesses",
}


@dataclass(frozen=True, slots=True)
class Term:
    """What one code is called. A missing short form is the long one; ``one`` is what a unit is called beside a 1.

    Long forms begin with a small letter unless they are names, so that they can stand inside a sentence. ``printed``
    are the words by which documents name it: what a claim's own words must hold.
    """

    code: str
    group: str
    fr: str
    en: str
    fr_short: str = ""
    en_short: str = ""
    fr_one: str = ""
    en_one: str = ""
    printed: tuple[str, ...] = ()

    def name(self, lang: Lang, *, short: bool = False) -> str:
        """The long or short form."""
        long, brief = (self.fr, self.fr_short) if lang == "fr" else (self.en, self.en_short)
        return brief if short and brief else long

    def one(self, lang: Lang) -> str:
        """The form for a single one."""
        return (self.fr_one if lang == "fr" else self.en_one) or self.name(lang, short=True)


Lexicon = Mapping[str, Mapping[str, Term]]


@cache
def lexicon() -> Lexicon:
    """The lexicon, as group → code → Term.

    >>> lexicon()["places"]["DE"].fr
    'Allemagne'
    """
    return read_lexicon(resources.files("analysis.words").joinpath(FILE.name).read_text("utf-8"))


def read_lexicon(toml: str) -> Lexicon:
    r"""The lexicon written in ``toml``: groups of codes, each with at least the forms ``fr`` and ``en``.

    The spaces of French are set here. Raises Problems naming every entry that is not as it should be.

    >>> read_lexicon('[places]\nFR = {fr = "France", en = "France"}')["places"]["FR"].name("fr")
    'France'
    """
    return {
        group: {code: _term(group, code, forms) for code, forms in entries.items()}
        for group, entries in tomllib.loads(toml).items()
    }


def _term(group: str, code: str, forms: Mapping[str, Any]) -> Term:
    written = {
        form: text if form == "printed" else typeset(text, "fr" if form.startswith("fr") else "en")
        for form, text in forms.items()
    }
    return records.build(Term, written, file=FILE, name=f"{group}.{code}", group=group, code=code)


def label(code: str, lang: Lang, *, short: bool = False, group: str | None = None) -> str:
    """What ``code`` is called in ``lang``: the long form for a sentence, the short one where there is little room.

    A code that is called differently in several groups (a subject, a purpose) needs its ``group``.
    Raises InputError for an unknown code (with the nearest one), an unknown group, an ambiguous code.

    >>> label("DE", "fr"), label("rd_solutions", "en", short=True), label("data_spaces", "en", group="purposes")
    ('Allemagne', 'Innovative solutions', 'shared data spaces')
    """
    found = [terms[code] for terms in _groups(group) if code in terms]
    names = {each.name(lang, short=short) for each in found}
    if len(names) == 1:
        return names.pop()
    if not found:
        known = {known for terms in _groups(group) for known in terms}
        raise InputError(f'no label for the code "{code}"', file=FILE, entry=group, way_out=nearest(code, known))
    raise InputError(
        f'the code "{code}" is called differently in several groups',
        file=FILE,
        evidence=", ".join(f"{each.group}: {each.name(lang, short=short)}" for each in found),
        way_out=f'name the group: group="{found[0].group}"',
    )


def _groups(group: str | None) -> Collection[Mapping[str, Term]]:
    if group is None:
        return lexicon().values()
    if group not in lexicon():
        raise InputError(f'no group "{group}"', file=FILE, way_out=nearest(group, lexicon()))
    return (lexicon()[group],)


def unit_name(unit: str, lang: Lang, *, one: bool = False) -> str:
    """What a unit is called beside a number, or beside a single one; the unit itself where the lexicon lacks it.

    >>> unit_name("month", "fr"), unit_name("year", "en", one=True), unit_name("TWh", "en")
    ('mois', 'year', 'TWh')
    """
    if unit not in lexicon()["units"]:
        return unit
    found = lexicon()["units"][unit]
    return found.one(lang) if one else found.name(lang, short=True)


def unknown_codes(ledger: Ledger) -> list[NuageError]:
    """One error for each code of a claim that has no label in the group of its field, with the nearest that has."""
    return [
        InputError(
            f'no label for {field} = "{code}"',
            file=claim.file,
            entry=claim.id,
            way_out=f"{nearest(code, lexicon()[group])} otherwise add it to [{group}] in {FILE}",
        )
        for claim in ledger.entries
        for field, group in CODED.items()
        if (code := getattr(claim, field, "")) and code not in lexicon()[group]
    ]


#: The words of a document that name a code, with the field that holds the code.
_NAMING = {"subject_words": "subject", "place_words": "place", "measured_by_words": "measured_by"}
_YEAR = re.compile(r"\d{4}")


def misnamed(ledger: Ledger) -> Iterator[NuageError]:
    """What the words anchored for a claim do not say: another country, another year than the claim's own."""
    for claim in ledger.claims.values():
        for field, coded in _NAMING.items():
            anchor = getattr(claim, field)
            term = lexicon()[CODED[coded]].get(getattr(claim, coded))
            if anchor and term and not _names(anchor.printed, term):
                known = ", ".join(term.printed) or "no words yet"
                yield InputError(
                    f'"{anchor.printed}" does not name {coded} = "{term.code}"',
                    file=claim.file,
                    entry=claim.id,
                    evidence=f"documents name it by: {known}",
                    way_out=f'correct the claim, or add the words to printed of "{term.code}" in {FILE}',
                )
        if claim.period_words and (years := _YEAR.findall(claim.period)):
            said = _YEAR.findall(claim.period_words.printed)
            if not set(years) <= set(said):
                yield InputError(
                    f'"{claim.period_words.printed}" does not say the period "{claim.period}"',
                    file=claim.file,
                    entry=claim.id,
                    way_out="correct the period, or anchor the words that say it",
                )


def _names(printed: str, term: Term) -> bool:
    return any(form.casefold() in printed.casefold() for form in (term.fr, term.en, *term.printed))
