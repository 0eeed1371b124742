"""The blocks of a chapter as HTML: prose, charts with their whole anatomy, tables, key numbers, findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis import tables
from analysis.claims import Claim
from analysis.notebooks.chapter import Block, Chapter, Prose
from analysis.pages import drawing
from analysis.pages.edition import Edition
from analysis.pages.layout import fragment
from analysis.pages.machine.places import absolute
from analysis.pages.markdown import Writer
from analysis.pages.strings import size, strings
from analysis.quantities import Lang
from analysis.series import Observation
from analysis.tables.columns import CLAIM_COLUMNS, Column


def _source(entry: Claim | Observation) -> str:
    return entry.document.id if isinstance(entry, Claim) else entry.series.id


#: Of the columns of claims, those that an observation fills as well.
_SHARED = frozenset(
    """subject measure place period population segment payer purpose status kind value value_high iso_date unit bound
    strict low high precision printed measured_by said_by note_fr note_en""".split()
)
_COLUMNS: tuple[Column[Any], ...] = (
    Column("id", "string", "Name of the claim or of the observation", lambda entry: entry.id),
    Column("source", "string", "Document or series that it is taken from", _source),
    *(column for column in CLAIM_COLUMNS if column.name in _SHARED),
)


@dataclass(frozen=True, slots=True)
class Download:
    """A link to a file of the edition: its address from the page, and its text, with format and size."""

    address: str
    text: str


def download(edition: Edition, lang: Lang, path: str, key: str) -> Iterator[Download]:
    """The link to a file, told by the interface text ``key``; none where the edition does not hold it."""
    if path in edition.downloads:
        told = {"file": path.rpartition("/")[2], "size": size(edition.downloads[path], lang)}
        yield Download(f"../{path}", strings(lang)[key].format(**told))


def data_of(block: Block, edition: Edition) -> tuple[str, ...]:
    """The CSV files that hold the numbers of a chart or table: those of its claims, of the series, of the findings."""
    if "findings" in block:
        return ("data/findings.csv",)
    table = block.get("table", block)
    cells = (cell["claim"] for row in table["rows"] for cell in row if cell["claim"])
    entries = [edition[name] for name in dict.fromkeys((*block.get("claims", ()), *cells))]
    held = (entry.table if isinstance(entry, Claim) else "series" for entry in entries)
    return tuple(dict.fromkeys(f"data/{name}.csv" for name in held))


def chart_csv(block: Block, edition: Edition) -> bytes:
    """The rows behind a chart, as CSV: its numbers a row each.

    The same in every language; of a chart that shows names and no number, its own table.
    """
    entries = [edition[name] for name in block["claims"]]
    if entries:
        return tables.csv_of(tables.frame(_COLUMNS, entries, block["name"]))
    shown = block["table"]
    cells = zip(*([cell["text"] for cell in row] for row in shown["rows"]), strict=True)
    labels = [column["label"] for column in shown["columns"]]
    return tables.csv_of(pd.DataFrame(dict(zip(labels, cells, strict=True))))


def written(chapter: Chapter, edition: Edition, writer: Writer) -> Iterator[Markup]:
    """The blocks of a chapter in reading order; ``writer`` keeps the outline of the page."""
    for block in chapter.blocks:
        if isinstance(block, Prose):
            yield writer.prose(block.markdown)
        elif block["block"] == "chart":
            yield _chart(block, chapter, edition, writer)
        elif block["block"] == "table":
            files = list(_data(block, chapter.lang, edition))
            yield _table(block, f"table-{block['name']}", chapter.lang, writer, files)
        elif block["block"] == "findings":
            yield _findings(block, chapter.lang, writer)
        elif block["block"] == "more":
            yield fragment("more.html", chapter.lang, sections=block["sections"])
        else:
            yield key_numbers(block["items"], chapter.lang, writer)


def key_numbers(items: list[dict[str, str]], lang: Lang, writer: Writer) -> Markup:
    """A list of key numbers, each a link to its proof."""
    numbers = [{**item, "number": writer.number(item["number"], item["claim"])} for item in items]
    return fragment("key_numbers.html", lang, items=numbers)


def _chart(block: Block, chapter: Chapter, edition: Edition, writer: Writer) -> Markup:
    ident = f"chart-{block['name']}"
    layouts = (("wide", block["drawing"]), ("narrow", block["narrow"]))
    return fragment(
        "chart.html",
        chapter.lang,
        chart=block,
        ident=ident,
        level=writer.level + 1,
        anchors=writer.anchors(block["claims"]),
        drawings=[
            drawing.inline(
                svg, prefix=f"{ident}-{layout}", layout=layout, alt=block["alt"], described_by=f"{ident}-description"
            )
            for layout, svg in layouts
        ],
        links=list(_files_of(block, chapter, edition)),
        embedded=_embedded(block, chapter, edition),
        table=_table({**block["table"], "source": ""}, f"{ident}-table", chapter.lang, writer),
    )


def _data(block: Block, lang: Lang, edition: Edition) -> Iterator[Download]:
    for path in data_of(block, edition):
        yield from download(edition, lang, path, "data_csv")


def _files_of(chart: Block, chapter: Chapter, edition: Edition) -> Iterator[Download]:
    place, lang = chapter.picture(chart), chapter.lang
    own = list(download(edition, lang, f"{place}.csv", "data_csv"))
    yield from own or _data(chart, lang, edition)
    yield from download(edition, lang, f"{place}.svg", "picture_svg")
    yield from download(edition, lang, f"{place}.png", "picture_png")


def _embedded(chart: Block, chapter: Chapter, edition: Edition) -> str:
    """The markup by which another site shows the chart; none while the edition has no public address."""
    picture = f"{chapter.picture(chart)}.svg"
    if not edition.address or picture not in edition.downloads:
        return ""
    return str(
        Markup('<a href="{}"><img src="{}" alt="{}" lang="{}" style="max-width:100%"></a>').format(
            absolute(edition, f"{chapter.lang}/{chapter.stem}.html#chart-{chart['name']}"),
            absolute(edition, picture),
            chart["alt"],
            chapter.lang,
        )
    )


def _cell(cell: dict[str, str | None], writer: Writer) -> Markup:
    told = writer.number(cell["text"] or "", cell["claim"])
    return Markup('<span lang="{}">{}</span>').format(cell["lang"], told) if cell.get("lang") else told


def _table(block: Block, ident: str, lang: Lang, writer: Writer, files: Sequence[Download] = ()) -> Markup:
    rows = [[_cell(cell, writer) for cell in row] for row in block["rows"]]
    right = " ".join(f"right-{at}" for at, each in enumerate(block["columns"], 1) if each["align"] == "right")
    found = block.get("findings", ())
    return fragment("table.html", lang, table=block, ident=ident, rows=rows, right=right, findings=found, links=files)


def _findings(block: Block, lang: Lang, writer: Writer) -> Markup:
    items = [
        {
            **item,
            "says": writer.inline(item["says"]),
            "numbers": [writer.number(each["text"], each["claim"]) for each in item["numbers"]],
        }
        for item in block["items"]
    ]
    return fragment("findings.html", lang, items=items, level=writer.level + 1)
