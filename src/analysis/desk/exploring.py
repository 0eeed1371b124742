"""What there is of a choice of table, chart, places, years, release and language, and the code that makes just that."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from itertools import chain
from typing import Any

import pandas as pd

from analysis import charts, tables, words
from analysis.charts import CHARTS
from analysis.desk.drawn import ToldChart, chart
from analysis.desk.entries import ToldEntry, claim
from analysis.desk.found import ToldFinding, findings
from analysis.desk.framed import code as code_of
from analysis.desk.framed import series, table
from analysis.desk.grids import STYLE, Cell, of_view
from analysis.errors import NuageError, UsageError, nearest
from analysis.pages.strings import strings
from analysis.quantities import Lang
from analysis.words import Shown, View, present
from analysis.words.current import checked
from analysis.words.terms import lexicon
from analysis.words.typography import capital, typeset

LATEST = "latest"
#: By which column rows are cut.
_CUTS = {"places": "place", "years": "period", "release": "released"}
#: The columns that are shown, of those that a table has.
_COLUMNS = ("place", "period", "name", "role", "segment", "payer", "released", "value", "document")
_TEXTS = {
    "lang": ("Langue", "Language"),
    "table": ("Tableau", "Table"),
    "chart": ("Graphique", "Chart"),
    "places": ("Lieux", "Places"),
    "years": ("Années", "Years"),
    "first": ("De l’année", "From year"),
    "last": ("À l’année", "To year"),
    "release": ("Diffusion", "Release"),
    "copy": ("Copier la cellule", "Copy as cell"),
    "code": ("Le code de cette vue", "The code of this view"),
    "none": ("(aucun)", "(none)"),
    "all": ("(toutes)", "(all)"),
    "newest": ("(la plus récente)", "(the newest)"),
    "undrawn": ("Le graphique ne peut pas être tracé de ce choix.", "The chart cannot be drawn of this choice."),
    "empty": ("Le tableau n’a aucune ligne de ce choix.", "The table has no row of this choice."),
    "lacking": ("Le tableau n’a rien sur : {which}.", "The table has nothing on: {which}."),
    "as_is": ("{part} : ce choix est sans effet ({which}).", "{part}: this choice has no effect ({which})."),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be seen; an empty ``table`` or ``chart`` is none, no ``places`` and no ``years`` are all.

    ``table`` is a family of claims or a series; ``years`` are the first and the last (None: the newest). Places may be
    named in either language. Raises UsageError for an unknown name, with the nearest one.

    >>> Choice(places=("Finland",)).places
    ('FI',)
    """

    table: str = "adoption"
    chart: str = "adoption"
    places: Collection[str] = ()
    years: tuple[int, int | None] | None = None
    release: str = LATEST
    lang: Lang = "fr"

    def __post_init__(self) -> None:
        names = {"table": ("", *offered()), "chart": ("", *CHARTS), "release": (LATEST, *said("released"))}
        for name, known in names.items():
            if (given := getattr(self, name)) not in known:
                raise UsageError(f'no {name} "{given}"', way_out=nearest(given, {*known} - {""}))
        checked(self.lang)
        wanted = (self.places,) if isinstance(self.places, str) else self.places
        object.__setattr__(self, "places", tuple(code_of("place", each, lexicon()["places"]) for each in wanted))

    def asked(self, part: str, columns: Collection[str], told: list[Cell]) -> dict[str, Any]:
        """What is wanted of rows with these columns; what these cannot be told apart by is told to have no effect."""
        wanted = {"places": [*self.places], "years": self.years, "release": self.release}
        cuts = {name: value for name, value in wanted.items() if value and value != LATEST}
        if vain := [name for name in cuts if _CUTS[name] not in columns]:
            which = ", ".join(text(name, self.lang).lower() for name in vain)
            told.append(Cell(text("as_is", self.lang, part=text(part, self.lang), which=which)))
        return {name: value for name, value in cuts.items() if name not in vain}


@dataclass(frozen=True, eq=False)
class Explored(Shown):
    """What there is of a choice: chart, table and its ``rows``, the proofs of their numbers, the findings about them.

    ``told`` says what is missing, or not as it was asked for; ``code`` is the text of a cell that makes the same.
    """

    lang: Lang
    chart: ToldChart | None
    rows: pd.DataFrame | None
    table: View | None
    proofs: Sequence[ToldEntry]
    findings: Sequence[ToldFinding]
    told: Sequence[Cell]
    code: str = field(repr=False)

    def bundle(self) -> dict[str, Any]:
        """All of it with its code, for the screen as for a terminal."""
        html, plain = zip(*self._parts(), strict=True)
        body = f'<style>{STYLE}</style><div class="nuage-desk" lang="{self.lang}">{"".join(html)}</div>'
        return {"text/html": body, "text/plain": "\n".join(plain)}

    def _parts(self) -> Iterator[tuple[str, str]]:
        """Each part for the screen and for a terminal."""
        for each in self.told:
            yield f'<p lang="{each.lang or self.lang}">{escape(each.text)}</p>', each.text
        if self.chart:
            yield _both(self.chart)
        if self.table:
            grid = of_view(self.table)
            yield f"{grid.html()}<p>{escape(self.table.source)}</p>", f"{grid}\n{self.table.source}"
        for name, things in (("proofs", self.proofs), ("checked", self.findings)):
            if things:
                html, plain = zip(*map(_both, things), strict=True)
                heading = f"{strings(self.lang)[name]} ({len(things)})"
                yield _folded(heading, "".join(html)), "\n".join((heading, *plain))
        heading = text("code", self.lang)
        yield _folded(heading, f"<pre><code>{escape(self.code)}</code></pre>"), f"{heading}\n{self.code}"


def shown(choice: Choice) -> Explored:
    """What there is of a choice, in its language.

    >>> [each.id for each in shown(Choice(chart="", places=("Finland",))).proofs]
    ['adoption_fi_2020']
    """
    told: list[Cell] = []
    sources: dict[str, Iterable[str]] = {}
    with writing(choice.lang):
        drawn, lines = _drawn(choice, told)
        if drawn:
            sources["*chart.claims"] = drawn.claims
        rows, view, more = _tabled(choice, told)
        if rows is not None and "value" in rows:  # of names, which are no numbers, there are no proofs
            sources['*rows["id"]'] = rows["id"]
        ids = dict.fromkeys(chain(*sources.values()))
        proofs = [claim(each) for each in ids]
        found = [each for each in findings() if ids.keys() & each.claims]
    things = [name for name, thing in (("chart", drawn), ("table", view)) if thing]
    cell = [
        *(f"# {each.text}" for each in told),
        "import analysis",
        "from analysis.words import present",
        "from IPython.display import display",
        "",
        f"analysis.use({_written(choice.lang)})",
        *lines,
        *more,
        f"ids = dict.fromkeys([{', '.join(sources)}])",
        "proofs = [analysis.claim(each) for each in ids]",
        "findings = [each for each in analysis.findings() if ids.keys() & each.claims]",
        f"display({', '.join((*things, '*proofs', '*findings'))})",
    ]
    return Explored(choice.lang, drawn, rows, view, proofs, found, told, "\n".join(cell))


def code(choice: Choice) -> str:
    """The text of a cell that makes what is shown of a choice, and only that."""
    return shown(choice).code


def _drawn(choice: Choice, told: list[Cell]) -> tuple[ToldChart | None, list[str]]:
    """The chart, and the line that makes it; neither where there is none."""
    if not choice.chart:
        return None, []
    try:
        asked = choice.asked("chart", charts.drawn(choice.chart).columns, told)
        if choice.chart == "stated" and choice.table in tables.names(words.ledger()):
            asked["table"] = choice.table  # it draws any
        drawn = chart(choice.chart, **asked)
    except NuageError as error:
        told += [Cell(text("undrawn", choice.lang)), Cell(error.what, "en")]
        return None, []
    return drawn, [f"chart = analysis.chart({_written(choice.chart, **asked)})"]


def _tabled(choice: Choice, told: list[Cell]) -> tuple[pd.DataFrame | None, View | None, list[str]]:
    """The rows of the table, the table as readers get it, and the lines that make both; nothing where it is empty."""
    if not (name := choice.table):
        return None, None, []
    make: Any = series if name in words.catalogue().series else table
    given = {"release": "all"} if make is series and choice.release != LATEST else {}
    rows = make(name, **given)
    if wanted := _where(choice.asked("table", rows.columns, told)):
        rows = rows.query(wanted)
    if rows.empty:
        told.append(Cell(text("empty", choice.lang)))
        return None, None, []
    if "place" in rows and (absent := [each for each in choice.places if each not in set(rows["place"])]):
        which = ", ".join(words.label(each, choice.lang, group="places") for each in absent)
        told.append(Cell(text("lacking", choice.lang, which=which)))
    made_of = [each for each in _COLUMNS if each in rows and rows[each].ne("").any()]
    columns = [*made_of, *(["statement"] if "value" in rows else [])]
    titled: dict[str, Any] = {
        "name": name,
        "caption_fr": title(name, "fr"),
        "caption_en": title(name, "en"),
        "columns": columns,
    }
    query = f".query({_written(wanted)})" if wanted else ""
    first = f"rows = analysis.{make.__name__}({_written(name, **given)}){query}"
    return rows, present(rows, **titled), [first, f"table = present(rows, {_written(**titled)})"]


def _where(asked: dict[str, Any]) -> str:
    """What is asked for as a condition for ``DataFrame.query``; empty for all rows."""
    first, last = asked.get("years", (None, None))
    conditions = {
        "places": f"place in {asked.get('places')}",
        "years": f"'{first}' <= period.str[:4]" + (f" <= '{last}'" if last else ""),
        "release": f"released == '{asked.get('release')}'",
    }
    return " and ".join(conditions[name] for name in asked)


def _written(*values: Any, **named: Any) -> str:
    """Arguments as code writes them: texts in double quotes, as JSON has them, and lists of them."""
    told = [("", each) for each in values] + [(f"{name}=", value) for name, value in named.items()]
    return ", ".join(f"{name}{v if isinstance(v, tuple) else json.dumps(v, ensure_ascii=False)}" for name, v in told)


@contextmanager
def writing(lang: Lang) -> Iterator[None]:
    """Writes in that language, and then again in the one before."""
    before = words.language()
    words.use(lang)
    try:
        yield
    finally:
        words.use(before)


def text(name: str, lang: Lang, **named: str) -> str:
    """One of the explorer's own texts."""
    return typeset(_TEXTS[name][lang == "en"].format(**named), lang)


def title(name: str, lang: Lang) -> str:
    """What a table is called."""
    if card := words.catalogue().series.get(name):
        return card.title_fr if lang == "fr" else card.title_en
    return capital(words.label(name, lang, group="tables"))


def _both(thing: Shown) -> tuple[str, str]:
    """What a thing shows, without the style that all share, and what it tells a terminal."""
    told = thing.bundle()
    return told["text/html"].removeprefix(f"<style>{STYLE}</style>"), told["text/plain"]


def _folded(heading: str, html: str) -> str:
    return f"<details><summary>{escape(heading)}</summary>{html}</details>"


def offered() -> list[str]:
    """The families of claims and of names, and the series."""
    families = [name for name in tables.names(words.ledger()) if name in lexicon()["tables"]]
    return [*families, *words.catalogue().series]


def said(column: str) -> list[str]:
    """All that the claims and the observations have in a column, in order."""
    entries = chain(words.ledger().claims.values(), words.catalogue().observations.values())
    return sorted({getattr(each, column, "") for each in entries} - {""})
