"""What changed between two editions, as a page in the style of the edition's own."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from analysis.claims import Ledger
from analysis.editions.changes import told
from analysis.editions.changes.comparing import Changes, Chart, Entry
from analysis.editions.changes.listing import WORDS, counted, named
from analysis.pages import NAME, Edition, layout
from analysis.pages.strings import strings
from analysis.quantities import Lang

_BODY = Markup("""\
<a class="skip sans" href="#content">{skip}</a>
<header class="masthead"><p>{name}</p></header>
<main id="content" tabindex="-1">
<header><h1>{title}</h1>
<p class="standfirst">{editions}</p></header>
{sections}
</main>""")
_HOME = Markup('<a class="name bold" href="{0}">{1}</a>')
_BY_ITSELF = Markup('<span class="name bold">{1}</span>')
_Row = tuple[Markup | str, ...]


def page(changes: Changes, lang: Lang, home: str = "") -> str:
    """One page, complete in itself: it fetches nothing, runs nothing, and links to nothing that may not be there.

    ``home`` is the address of the edition that it is a page of, if it is.
    """
    said = WORDS[lang]
    editions = f"{told.edition(changes.old, lang)} → {told.edition(changes.new, lang)}"
    parts = (
        ("numbers", changes.numbers, [_entry(each, lang) for each in changes.numbers]),
        ("findings", changes.findings, [_entry(each, lang) for each in changes.findings]),
        ("charts", changes.charts, [_chart(each, lang) for each in changes.charts]),
    )
    sections = Markup("\n").join(
        _section(title, counted(title, found, lang), rows, lang) for title, found, rows in parts
    )
    body = _BODY.format(
        skip=strings(lang)["skip"],
        name=(_HOME if home else _BY_ITSELF).format(home, NAME),
        title=said["title"],
        editions=editions,
        sections=sections,
    )
    frame = layout.Frame("changes.html", lang, said["title"], editions, "", up="")
    return layout.document(frame, _nothing_to_link_to(changes), body)


def _nothing_to_link_to(changes: Changes) -> Edition:
    """The edition as the page's frame wants it: in no language, so that the page is part of none."""
    return Edition(changes.new.name, changes.new.date, (), {}, Ledger({}, {}), downloads={})


def _section(ident: str, caption: str, rows: list[_Row], lang: Lang) -> Markup:
    said = WORDS[lang]
    heading = Markup("<h2>{}</h2>").format(said[ident])
    if not rows:
        return heading + Markup("\n<p>{}.</p>").format(caption)
    table = {
        "caption": caption,
        "columns": [{"label": said[label], "align": "left"} for label in (ident, "before", "after")],
        "row_headers": 1,
        "total_rows": (),
        "note": "",
        "source": "",
    }
    made = layout.fragment("table.html", lang, table=table, rows=rows, ident=ident, right="", findings=(), links=())
    return heading + Markup("\n") + made


def _entry(entry: Entry, lang: Lang) -> _Row:
    differences = list(entry.differences(lang))
    return (
        _name(Markup("<code>{}</code>").format(entry.id), entry, lang),
        _under_each_other(_cell(name, old, lang) for name, old, _ in differences),
        _under_each_other(_cell(name, new, lang) for name, _, new in differences),
    )


def _cell(name: str, text: str, lang: Lang) -> str:
    return WORDS[lang]["cell"].format(name=name, text=text) if text else ""


def _chart(chart: Chart, lang: Lang) -> _Row:
    return _name(named(chart, lang), chart, lang), _under_each_other(chart.gone), _under_each_other(chart.come)


def _name(name: str, of: Entry | Chart, lang: Lang) -> Markup:
    """What changed, and in what way; for an entry, what it is about stands before its id."""
    about = Markup("{}<br>").format(told.subject(of.new or of.old, lang)) if isinstance(of, Entry) else ""
    return Markup("{}{} ({})").format(about, name, WORDS[lang][of.what])


def _under_each_other(texts: Iterable[str]) -> Markup:
    return Markup("<br>").join(text for text in texts if text)
