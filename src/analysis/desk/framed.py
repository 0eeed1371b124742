"""The tables as data frames, with the rows that are wanted, units and labels."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from analysis import checks, reads, tables, words
from analysis.checks import FINDINGS
from analysis.checks.register import SAME_QUANTITIES
from analysis.desk.described import described
from analysis.errors import InputError, UsageError, nearest
from analysis.tables import CLAIMS, DOCUMENTS, NUMBERS, SERIES
from analysis.words.current import checked
from analysis.words.terms import CODED_COLUMNS, lexicon

#: One value of a column, or any of several.
Wanted = str | Collection[str]
#: The columns that hold codes, with the group of the lexicon that says what these are called.
_GROUPS = CODED_COLUMNS | {"flag": "flags"}


def documents() -> pd.DataFrame:
    """The documents, a row each: title, publisher, date and how it is known, language, terms, fingerprints.

    >>> documents().set_index("document").loc["strategie_cloud_2021", "published"]
    '2021-11-02'
    """
    return table(DOCUMENTS)


def claims(
    family: str = "",
    *,
    document: Wanted = (),
    subject: Wanted = (),
    measure: Wanted = (),
    place: Wanted = (),
    period: Wanted = (),
    kind: Wanted = (),
    unit: Wanted = (),
    status: Wanted = (),
) -> pd.DataFrame:
    """The claims, a row each; of one family ("adoption", "funding", …), and of what else is given.

    A place or another code may be given by its name in French or in English; a period holds those within it, so that
    "2020" keeps "2020-Q3". See ``table`` for what a frame is made of, and for the errors.

    >>> claims("adoption", place="Finland")[["id", "period", "value"]].values.tolist()
    [['adoption_fi_2020', '2020', Decimal('75')]]
    """
    given: dict[str, Wanted] = {"table": family, "document": document, "subject": subject, "measure": measure}
    given |= {"place": place, "period": period, "kind": kind, "unit": unit, "status": status}
    return described(_chosen(CLAIMS, {column: wanted for column, wanted in given.items() if wanted}))


def table(name: str = "", *, labels: str = "", **wanted: Wanted) -> pd.DataFrame:
    """A tidy table; without a name, the list of them all.

    ``wanted`` keeps the rows that have, in the column of that name, the value given or one of several; codes may be
    given by their names. ``labels="fr"`` or ``"en"`` puts names in the place of codes.

    Numbers are ``Decimal`` in columns of dtype object (money in euros, percentages as 45, ``None`` for no number),
    counts int64, answers bool, texts ``str`` ("" where a column does not apply). ``attrs`` has ``name``, ``title``,
    what each column means (``columns``), its type (``types``), unit (``units``) and names (``labels``).

    Raises UsageError for an unknown table, column or value, with the nearest one.

    >>> table("funding", payer="public", kind="money").attrs["units"]["value"]
    'EUR'
    """
    if not name:
        refuse_unnamed("table", wanted, labels)
        return _listed()
    frame = described(_chosen(name, wanted))
    return _labelled(frame, checked(labels)) if labels else frame


def series(
    name: str = "",
    *,
    places: Wanted = (),
    years: tuple[int, int | None] | None = None,
    release: str = "latest",
) -> pd.DataFrame:
    """The observations of a series, a row each; without a name, the list of the series.

    ``places`` keeps those about these places, ``years`` those of the years from the first to the last (None: the
    newest), ``release`` those of the newest release, of all of them ("all"), or of that day. Raises UsageError for what
    there is none of, with the nearest there is.

    >>> series("eurostat_cloud_use", places="Finland", years=(2025, None))["value"].tolist()
    [Decimal('79.21'), Decimal('79.21')]
    """
    if not name:
        refuse_unnamed("series", places, years, release != "latest")
        return _series_listed()
    frame = _chosen(SERIES, {"series": name, "place": places} if places else {"series": name})
    if years:
        first, last = years
        began = pd.to_numeric(frame["period"].str[:4], errors="coerce")
        frame = frame[(began >= first) & (last is None or began <= last)]
    if release != "all":
        kept = frame["newest"] if release == "latest" else _kept(frame, "released", release)
        frame = frame[kept]
    return described(frame.reset_index(drop=True))


def refuse_unnamed(what: str, *given: object) -> None:
    """Raises UsageError where something is asked of what is not named: it would be ignored."""
    if any(given):
        raise UsageError(f"what is asked for is no list, and no {what} is named", way_out=f"{what}(name, …)")


def names() -> tuple[str, ...]:
    """Every table that there is, in the order in which they are listed."""
    return (*tables.names(words.ledger()), SERIES, FINDINGS, SAME_QUANTITIES, NUMBERS)


def _chosen(name: str, wanted: Mapping[str, Wanted]) -> pd.DataFrame:
    """The rows of a table that have what is wanted, in its order, index 0…n-1."""
    frame = _made(name)
    for column, values in wanted.items():
        frame = frame[_kept(frame, column, values)]
    return frame.reset_index(drop=True)


def _made(name: str) -> pd.DataFrame:
    with reads.unnoted():
        known = names()
    if name not in known:
        raise UsageError(f'no table "{name}"', way_out=nearest(name, known))
    if name == FINDINGS:
        return checks.table(checks.found())
    return checks.compared() if name == SAME_QUANTITIES else tables.table(name)


def _listed() -> pd.DataFrame:
    """The tables, what they hold and how many rows; those that this project lacks are left out."""
    made = [frame for name in names() for frame in _there(name)]
    rows = [(frame.attrs["name"], described(frame).attrs["title"], len(frame), len(frame.columns)) for frame in made]
    return _list("tables", "The tables", rows, ("table", "title", "rows", "columns"))


def _there(name: str) -> Iterator[pd.DataFrame]:
    """The table, unless it has no row or was never written, as the census where nobody holds the texts."""
    try:
        frame = _made(name)
    except InputError:
        return
    if len(frame):
        yield frame


def _series_listed() -> pd.DataFrame:
    known, frame = words.catalogue().series, tables.table(SERIES)
    told = {name: frame[frame["series"] == name] for name in known}
    rows = [
        (name, card.title_fr, card.title_en, card.publisher, len(told[name]), told[name]["released"].max())
        for name, card in known.items()
    ]
    return _list("series", "The series", rows, ("series", "title_fr", "title_en", "publisher", "rows", "released"))


def _list(name: str, title: str, rows: Collection[tuple[object, ...]], columns: Collection[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    frame.attrs = {"name": name, "title": title}
    return frame


def _kept(frame: pd.DataFrame, column: str, wanted: Wanted) -> pd.Series[bool]:
    """Which rows have one of the values wanted in the column."""
    if column not in frame:
        raise UsageError(f'the table has no column "{column}"', way_out=nearest(column, map(str, frame)))
    held = frame[column].astype(str)
    kept = pd.Series(data=False, index=frame.index)
    for value in (wanted,) if isinstance(wanted, str) else wanted:
        within = held.map(lambda period, value=value: _within(period, value)) if column == "period" else held == value
        kept |= within if within.any() else held == code(column, value, set(held))
    return kept


def _within(period: str, wanted: str) -> bool:
    """Whether a period, or each end of a span, is the one that is wanted or a part of it."""
    return all(each == wanted or each.startswith(f"{wanted}-") for each in period.split("/"))


def code(column: str, value: str, known: Collection[str]) -> str:
    """The code in a column that a value is, or is a name of. Raises UsageError with the nearest one that is known."""
    if value in known:
        return value
    terms = [term for each, term in lexicon().get(_GROUPS.get(column, ""), {}).items() if each in known]
    named = {form: term.code for term in terms for form in (term.fr, term.en, term.fr_short, term.en_short) if form}
    found = next((named[form] for form in named if form.casefold() == value.casefold()), None)
    if found is None:
        hint = nearest(value, {*known, *named} - {""})
        raise UsageError(f'there is no {column} "{value}" here', way_out=hint)
    return found


def _labelled(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The frame with names for codes; a code that has none, and an empty cell, stay."""
    groups: Mapping[str, str] = {column: _GROUPS[column] for column in map(str, frame) if column in _GROUPS}
    named = {
        column: frame[column].replace({code: term.fr if lang == "fr" else term.en for code, term in terms.items()})
        for column, group in groups.items()
        if (terms := lexicon().get(group))
    }
    return frame.assign(**named)
