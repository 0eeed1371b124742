"""Sentences about rows: templates in both languages, into which numbers come only from the rows."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter

from analysis import words
from analysis.charts.rows import Named, Row
from analysis.errors import InputError
from analysis.quantities import Lang, Quantity
from analysis.words.terms import CODED
from analysis.words.typography import FIXED, NARROW

_SIGNS = {("at_most", True): "<", ("at_most", False): "≤", ("at_least", True): ">", ("at_least", False): "≥"}
#: More lines than these are told as a span.
_MOST_LINES = 6


def say(lang: Lang, *, fr: str, en: str, **parts: str) -> str:
    """The template of the language with its fields filled in and its spaces set.

    Raises InputError where the template itself holds a digit: numbers come from claims.

    >>> say("fr", fr="{who} : {what}", en="{who}: {what}", who="Orange", what="un sur quatre")
    'Orange\\u202f: un sur quatre'
    """
    template = fr if lang == "fr" else en
    for literal, *_ in Formatter().parse(template):
        if any(character.isdigit() for character in literal):
            raise InputError(
                "a number is typed in the text of a chart", evidence=literal, way_out="take it from a claim"
            )
    return words.typeset(template.format(**parts), lang)


def told(row: Row, lang: Lang) -> str:
    """The row's number with its unit and its bound."""
    return words.quantity(row.quantity, lang)


def signed(quantity: Quantity, lang: Lang) -> str:
    """The number as a chart labels it, its bound told by a sign: "< 2 %", "≈ 59 Md€", "70–90 %"."""
    sign = "≈" if quantity.bound == "about" else _SIGNS.get((quantity.bound, quantity.strict), "")
    shown = words.quantity(quantity, lang, bare=True)
    return f"{sign}{NARROW if lang == 'en' else FIXED}{shown}" if sign else shown


def named(row: Row, column: str, lang: Lang, *, short: bool = False) -> str:
    """What the code in that column is called; nothing where there is none."""
    code = row[column]
    return words.label(code, lang, short=short, group=CODED[column]) if code else ""


def when(row: Row, lang: Lang) -> str:
    """The period of the row, or that none is given."""
    return words.period(row["period"], lang) or say(lang, fr="sans date", en="undated")


def measured(row: Row, lang: Lang) -> str:
    """Who measured it and when."""
    return f"{named(row, 'measured_by', lang)}, {when(row, lang)}"


def voiced(row: Row, lang: Lang) -> str:
    """Who says it and in what year."""
    year, _, _ = row.said.partition("-")
    return f"{named(row, 'said_by', lang)}, {year}"


def listed(parts: Iterable[str], lang: Lang) -> str:
    """Several things in a row: "a, b and c"."""
    *first, last = parts
    return f"{', '.join(first)} {'et' if lang == 'fr' else 'and'} {last}" if first else last


def joined(parts: Iterable[str], lang: Lang) -> str:
    """Several clauses in a row, parted by semicolons."""
    return f"{NARROW if lang == 'fr' else ''}; ".join(parts)


def caveat(row: Row, lang: Lang) -> str:
    """The note on a row, to follow a colon."""
    note = row["note_fr" if lang == "fr" else "note_en"]
    return note[:1].lower() + note[1:]


def source(rows: Iterable[Row | Named], lang: Lang) -> str:
    """The source line: each document with its publisher, its date and the lines used, each series with its releases."""
    documents: dict[str, list[Row | Named]] = {}
    told: dict[str, set[str]] = {}
    for row in rows:
        if isinstance(row, Row) and row["series"]:
            told.setdefault(row["series"], set()).add(row.said)
        else:
            documents.setdefault(row["document"], []).append(row)
    cited = [_released(series, sorted(dates), lang) for series, dates in told.items()]
    cited += [_cited(document, used, lang) for document, used in documents.items()]
    return say(lang, fr="Source : {cited}.", en="Source: {cited}.", cited=joined(cited, lang))


def _released(series: str, dates: list[str], lang: Lang) -> str:
    card = words.catalogue().series[series]
    return say(
        lang,
        fr="{title} ({dates})",
        en="{title} ({dates})",
        title=card.title_fr if lang == "fr" else card.title_en,
        dates=", ".join(words.date(each, lang) for each in dates),
    )


def _cited(document: str, used: list[Row | Named], lang: Lang) -> str:
    card = words.ledger().documents[document]
    return say(
        lang,
        fr="« {title} », {publisher}, {date}, {lines}",
        en="“{title}”, {publisher}, {date}, {lines}",
        title=card.known_as,
        publisher=card.publisher,
        date=words.date(card.date, lang),
        lines=_lines(used, lang),
    )


def _lines(used: list[Row | Named], lang: Lang) -> str:
    numbers = sorted({row.line for row in used})
    if len(numbers) == 1:
        return say(lang, fr="ligne {line}", en="line {line}", line=str(numbers[0]))
    if len(numbers) > _MOST_LINES:
        return say(lang, fr="lignes {a} à {b}", en="lines {a} to {b}", a=str(numbers[0]), b=str(numbers[-1]))
    return say(lang, fr="lignes {lines}", en="lines {lines}", lines=listed(map(str, numbers), lang))
