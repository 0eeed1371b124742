"""The reason for a judgement, in French and in English."""

from __future__ import annotations

from collections.abc import Sequence

from analysis import words
from analysis.checks.register.entry import Entry
from analysis.checks.register.kinship import NOTHING
from analysis.checks.register.pairing import Match
from analysis.quantities import Lang
from analysis.words.terms import CODED, unit_name

#: Sentences; where there are two of a kind, they say why the same judgement was reached.
_SENTENCES: dict[str, dict[Lang, str]] = {
    "repeated": {
        "fr": "Le document le dit {count} fois, toujours pareil.",
        "en": "The document says it {count} times, always alike.",
    },
    "restated": {"fr": "Le document redit ce nombre.", "en": "The document says this number again."},
    "retold": {
        "fr": "Donné pour une reprise, et les nombres s’accordent.",
        "en": "Given as a retelling, and the numbers agree.",
    },
    "misquoted": {
        "fr": "Donné pour une reprise, mais le nombre n’est pas le même : {one} ; {other}.",
        "en": "Given as a retelling, but the number is not the same: {one}; {other}.",
    },
    "same": {"fr": "Les nombres s’accordent.", "en": "The numbers agree."},
    "run": {
        "fr": "Une même série dans le temps, {count} périodes : {first} – {last}.",
        "en": "One series over time, {count} periods: {first} – {last}.",
    },
    "evolves": {
        "fr": "La même chose, à un autre moment ou dans un autre état : {differs}.",
        "en": "The same thing, at another time or in another state: {differs}.",
    },
    "scope_differs": {"fr": "Ce n’est pas le même champ : {scope}.", "en": "Not the same scope: {scope}."},
    "meets_anyway": {"fr": "Les nombres s’accordent pourtant.", "en": "The numbers agree all the same."},
    "contradicts": {
        "fr": "Tout ce qui est donné est pareil, et les nombres ne s’accordent pas : {one} ; {other}.",
        "en": "All that is given is alike, and the numbers do not agree: {one}; {other}.",
    },
    "cannot_tell": {
        "fr": "Les nombres ne s’accordent pas ; pour juger, il manque : {missing}.",
        "en": "The numbers do not agree; to judge, this is missing: {missing}.",
    },
    "cannot_tell_apart": {
        "fr": "Deux moments différents ({differs}) ; pour juger, il manque : {missing}.",
        "en": "Two different times ({differs}); to judge, this is missing: {missing}.",
    },
    "approximate": {
        "fr": "Les nombres ne s’accordent pas, mais l’un d’eux est approché.",
        "en": "The numbers do not agree, but one of them is approximate.",
    },
    "differs_besides": {"fr": "Dit autrement : {beyond}.", "en": "Told otherwise: {beyond}."},
    "missing_besides": {
        "fr": "Non précisé, d’un côté au moins : {missing}.",
        "en": "Not stated, on one side at least: {missing}.",
    },
    "hint": {
        "fr": "Le nombre dit sans période est celui de {who} pour : {period}.",
        "en": "The number told without a period is that of {who} for: {period}.",
    },
}
#: What follows from when and by whom a number was told, and needs no mention where the numbers agree.
_OF_THE_TELLING = ("told", "status", "measured_by")
_OF_TIME = ("period", "status", "told")


def reason(match: Match, lang: Lang, hints: Sequence[Entry] = ()) -> str:
    """Why a match is judged as it is; ``hints`` are dated entries that agree with the one told without a period."""
    found = match.judgement
    values = {
        "count": str(match.count),
        "one": words.quantity(match.one.quantity, lang),
        "other": words.quantity(match.other.quantity, lang),
        "differs": _differing(found.differs, match, lang),
        "scope": _differing(_scope(match), match, lang),
        "beyond": _differing(_beyond(match), match, lang),
        "missing": _named(found.missing, lang),
        "first": words.period(match.one.code("period"), lang),
        "last": words.period(match.other.code("period"), lang),
    }
    told = [_SENTENCES[code][lang].format(**values) for code in _codes(match)]
    for each in hints:
        who = words.label(each.code("measured_by"), lang, group="organisations")
        period = words.period(each.code("period"), lang)
        told.append(_SENTENCES["hint"][lang].format(who=who, period=period))
    return words.typeset(" ".join(told), lang)


def _codes(match: Match) -> list[str]:
    """The sentences that a match calls for, in order."""
    found = match.judgement
    retold = match.one.root == match.other.root
    match found.likeness:
        case "same" if retold and not match.other.observed and not (found.differs or found.missing):
            codes = ["repeated"]
        case "same":
            codes = ["same"] if not retold else ["retold" if match.other.observed else "restated"]
            codes += ["differs_besides"] if _beyond(match) else []
            codes += ["missing_besides"] if found.missing else []
        case "evolves" if match.count > 2:
            codes = ["run"]
        case "scope_differs":
            codes = ["scope_differs", *(["differs_besides"] if _beyond(match) else [])]
            codes += ["meets_anyway"] if found.meets else []
            codes += ["missing_besides"] if found.missing else []
        case "contradicts" if retold:
            codes = ["misquoted"]
        case "cannot_tell" if not found.missing:
            codes = ["approximate"]
        case "cannot_tell" if found.meets:
            codes = ["cannot_tell_apart"]
        case "cannot_tell":
            codes = ["cannot_tell", *(["differs_besides"] if _beyond(match) else [])]
        case code:
            codes = [code]
    return codes


def _scope(match: Match) -> list[str]:
    """What sets two numbers apart where their scope differs: of what is told of them, their measurer."""
    return [name for name in match.judgement.differs if name not in _OF_TIME]


def _beyond(match: Match) -> list[str]:
    """What differs besides: all of it where the numbers leave a doubt, else what is not in the telling alone."""
    found = match.judgement
    if found.likeness == "scope_differs":
        return [name for name in found.differs if name == "period"]
    return [name for name in found.differs if not found.meets or name not in _OF_THE_TELLING]


def _named(coordinates: Sequence[str], lang: Lang) -> str:
    return ", ".join(words.label(name, lang, group="columns") for name in coordinates)


def _differing(coordinates: Sequence[str], match: Match, lang: Lang) -> str:
    """Each coordinate with what either side gives: "place (France; Europe)"."""
    between = " ; " if lang == "fr" else "; "
    told = []
    for name in coordinates:
        given = _given(name, match, lang)
        label = words.label(name, lang, group="columns")
        told.append(f"{label} ({between.join(given)})" if all(given) else label)
    return ", ".join(told)


def _given(name: str, match: Match, lang: Lang) -> list[str]:
    """What either side gives for a coordinate, in the short form unless that says the same of both."""
    for short in (True, False):
        given = [_code(name, entry, lang, short=short) for entry in (match.one, match.other)]
        if given[0] != given[1]:
            break
    return given


def _code(name: str, entry: Entry, lang: Lang, *, short: bool) -> str:
    if name == "series_break":
        return ""
    code = entry.code(name)
    if name == "period":
        return words.period(code, lang)
    if name == "told":
        return words.date(code, lang)
    if name == "unit":
        return unit_name(code, lang)
    if not code and name == "segment":
        return "ensemble" if lang == "fr" else "whole"
    return words.label(code, lang, short=short, group=CODED[name]) if code not in NOTHING else ""
