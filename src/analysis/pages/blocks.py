"""The blocks of a chapter as HTML: prose, charts with their whole anatomy, tables, key numbers, findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from analysis.notebooks.chapter import Block, Chapter, Prose
from analysis.pages import drawing
from analysis.pages.edition import Edition
from analysis.pages.layout import fragment
from analysis.pages.markdown import Writer
from analysis.pages.strings import size, strings
from analysis.quantities import Lang


@dataclass(frozen=True, slots=True)
class Download:
    """A link to a file of the edition: its address from the page, and its text, with format and size."""

    address: str
    text: str


def download(edition: Edition, lang: Lang, path: str, key: str) -> Iterator[Download]:
    """The link to a file, told by the interface text ``key``; none where the edition does not hold it."""
    if path in edition.downloads:
        yield Download(f"../{path}", strings(lang)[key].format(size=size(edition.downloads[path], lang)))


def data_of(edition: Edition, chapter: Chapter, name: str) -> str:
    """The CSV file behind a chart or table: that of its own name, or else that of its chapter."""
    own = f"data/{name}.csv"
    return own if own in edition.downloads else f"data/{chapter.stem}.csv"


def written(chapter: Chapter, edition: Edition, writer: Writer) -> Iterator[Markup]:
    """The blocks of a chapter in reading order; ``writer`` keeps the outline of the page."""
    for block in chapter.blocks:
        if isinstance(block, Prose):
            yield writer.prose(block.markdown)
        elif block["block"] == "chart":
            yield _chart(block, chapter, edition, writer)
        elif block["block"] == "table":
            yield _table(block, f"table-{block['name']}", chapter.lang, writer)
        elif block["block"] == "findings":
            yield _findings(block, chapter.lang, writer)
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
        links=list(_files_of(block["name"], chapter, edition)),
        table=_table({**block["table"], "source": ""}, f"{ident}-table", chapter.lang, writer),
    )


def _files_of(name: str, chapter: Chapter, edition: Edition) -> Iterator[Download]:
    lang = chapter.lang
    yield from download(edition, lang, data_of(edition, chapter, name), "data_csv")
    yield from download(edition, lang, f"{lang}/charts/{name}.svg", "picture_svg")
    yield from download(edition, lang, f"{lang}/charts/{name}.png", "picture_png")


def _table(block: Block, ident: str, lang: Lang, writer: Writer) -> Markup:
    rows = [[writer.number(cell["text"], cell["claim"]) for cell in row] for row in block["rows"]]
    return fragment("table.html", lang, table=block, ident=ident, rows=rows, findings=block.get("findings", ()))


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
