"""A chapter as plain data for the template: nothing here is ever read as code, whatever the text holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from string import Formatter
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from analysis import words
from analysis.claims import Claim
from analysis.notebooks.chapter import Block, Chapter
from analysis.pages.byline import byline
from analysis.pages.edition import NAME, Edition
from analysis.pages.markdown import claim_of, inline_tree, plain, tree
from analysis.pages.proof import followed, printed, released, series_title, title
from analysis.pages.strings import strings
from analysis.quantities import Lang
from analysis.series import Observation

#: A piece of content: its kind under "is", and what belongs to it.
Piece = dict[str, Any]

_CONTAINERS = {
    "paragraph": "paragraph",
    "bullet_list": "list",
    "ordered_list": "enumeration",
    "list_item": "item",
    "blockquote": "quotation",
    "strong": "strong",
    "em": "emphasis",
}
_TEXTS = {"text": "text", "code_inline": "code", "code_block": "code", "fence": "code"}
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def chapter_data(chapter: Chapter, edition: Edition) -> Piece:
    """A chapter by itself: everything the template sets, in the order it sets it."""
    about = {"title": plain(chapter.title), "description": plain(chapter.standfirst), "whole": False}
    return about | _common(chapter.lang, edition) | _told([chapter], edition)


def edition_data(lang: Lang, edition: Edition) -> Piece:
    """All chapters of a language, one after the other, and the sources of them all."""
    t = strings(lang)
    about = {"title": t["contents_title"], "description": t["contents_description"], "whole": True}
    return about | _common(lang, edition) | _told(edition.reading_order(lang), edition)


def _told(chapters: Sequence[Chapter], edition: Edition) -> Piece:
    """What chapters tell, and the source of each of their numbers, once."""
    sources = {name: _source(edition[name], each.lang) for each in chapters for name in each.claims}
    return {"parts": [_part(each, edition) for each in chapters], "sources": list(sources.values())}


def tables(data: Piece) -> Iterator[Piece]:
    """The tables of a chapter or an edition, in the order in which they are set."""
    for part in data["parts"]:
        yield from (each for each in part["blocks"] if each["is"] == "table")
        yield from (each["table"] for each in part["charts"])


def _common(lang: Lang, edition: Edition) -> Piece:
    t, date = strings(lang), words.date(edition.date, lang)
    edition_of = t["masthead_edition"].format(date=date)
    told = {
        # The passages themselves are on the page of proofs only; what goes with them is not for others either.
        "masthead_edition": f"{edition_of} · {t['internal']}" if edition.passages else edition_of,
        "cite_text": t["cite_text"].format(name=edition.name, date=date),
    }
    return {"lang": lang, "name": NAME, "date": edition.date, "strings": {**t, **told}}


def _part(chapter: Chapter, edition: Edition) -> Piece:
    lang, t = chapter.lang, strings(chapter.lang)
    cited = {"title": plain(chapter.title), "name": edition.name, "date": words.date(edition.date, lang)}
    return {
        "kicker": t["chapter"].format(number=chapter.number),
        "cite": t["cite_chapter"].format(**cited),
        "headline": _inline(inline_tree(chapter.title)),
        "standfirst": _inline(inline_tree(chapter.standfirst)),
        "byline": list(byline(chapter, edition)),
        "blocks": list(_blocks(chapter, edition)),
        "charts": [
            {"name": _named(each, chapter), "table": _table(each["table"], lang, edition)} for each in chapter.charts
        ],
    }


def _blocks(chapter: Chapter, edition: Edition) -> Iterator[Piece]:
    """The blocks in reading order; a chart's headline goes one level below the heading before it."""
    level = 1
    for block in chapter.blocks:
        if isinstance(block, dict):
            yield _set_apart(block, level + 1, chapter, edition)
            continue
        for node in tree(block.markdown).children:
            piece = _piece(node)
            level = piece.get("level", level)
            yield piece


def _set_apart(block: Block, level: int, chapter: Chapter, edition: Edition) -> Piece:
    if block["block"] == "findings":
        items = [{**item, "level": level, "says": _inline(inline_tree(item["says"]))} for item in block["items"]]
        return {"is": "findings", "items": items}
    if block["block"] == "table":
        return {"is": "table", **_table(block, chapter.lang, edition)}
    if block["block"] != "chart":
        return {"is": block["block"], **block}
    shown = {key: block[key] for key in ("headline", "subtitle", "note", "alt", "drawing")}
    source = _cited(block["source"], chapter.lang, edition)
    return {"is": "chart", "level": level, "name": _named(block, chapter), "source": source, **shown}


def _named(chart: Block, chapter: Chapter) -> str:
    """What a chart is called among all chapters of an edition: two runs of a notebook draw the same ones."""
    return f"{chapter.stem}-{chart['name']}"


def _table(block: Block, lang: Lang, edition: Edition) -> Piece:
    told = {"is": "span", "content": _cited(block["source"], lang, edition)}
    source = _marked(strings(lang)["table_source"], source=told) if block["source"] else ()
    return {**block, "source": list(source)}


def _cited(source: str, lang: Lang, edition: Edition) -> list[Piece]:
    """What is cited, with the titles of documents in their own language."""
    spoken = {title(each): each.language for each in edition.ledger.documents.values() if each.language != lang}
    titles = re.compile(f"({'|'.join(map(re.escape, spoken)) or '(?!)'})")
    return [_foreign(part, spoken[part]) if part in spoken else _text(part) for part in titles.split(source) if part]


def _piece(node: SyntaxTreeNode) -> Piece:
    if node.type in _TEXTS:
        return {"is": _TEXTS[node.type], "text": node.content}
    if node.type in _BREAKS:
        return {"is": "text", "text": _BREAKS[node.type]}
    if node.type == "heading":
        return {"is": "heading", "level": int(node.tag[1:]), "content": _inline(node)}
    if node.type == "link":
        return _link(node)
    if node.type == "hr":
        return {"is": "rule"}
    return {"is": _CONTAINERS[node.type], "content": _inline(node)}


def _inline(node: SyntaxTreeNode) -> list[Piece]:
    """The pieces in a node, without the node that markdown-it puts around inline content."""
    return [
        piece for child in node.children for piece in (_inline(child) if child.type == "inline" else [_piece(child)])
    ]


def _link(node: SyntaxTreeNode) -> Piece:
    address, content = str(node.attrs["href"]), _inline(node)
    if claim := claim_of(address):
        return {"is": "number", "claim": claim, "content": content}
    if followed(address):
        return {"is": "link", "address": address, "content": content}
    # A link inside the edition leads nowhere on paper: its words stay.
    return {"is": "span", "content": content}


def _source(entry: Claim | Observation, lang: Lang) -> Piece:
    return {
        "claim": entry.id,
        "number": words.quantity(entry.quantity, lang),
        "statement": words.statement(entry, lang),
        "note": words.note(entry, lang),
        "place": list(_stated(entry, lang) if isinstance(entry, Claim) else _given(entry, lang)),
    }


def _stated(claim: Claim, lang: Lang) -> Iterable[Piece]:
    """Where a document states it."""
    document = claim.document
    return _marked(
        strings(lang)["pdf_place"],
        document=_linked(document.address, _foreign(title(document), document.language)),
        publisher=_text(document.publisher),
        date=_text(words.date(document.date, lang)),
        line=_text(str(claim.line)),
        printed=_foreign(printed(claim), document.language),
    )


def _given(observation: Observation, lang: Lang) -> Iterable[Piece]:
    """Where a series gives it."""
    return _marked(
        strings(lang)["pdf_series"],
        series=_text(series_title(observation.series, lang)),
        publisher=_linked(observation.address, _text(observation.publisher)),
        date=_text(released(observation, lang)),
        printed=_foreign(printed(observation), observation.language),
    )


def _text(text: str) -> Piece:
    return {"is": "text", "text": text}


def _linked(address: str, piece: Piece) -> Piece:
    return {"is": "link", "address": address, "content": [piece]} if followed(address) else piece


def _foreign(text: str, lang: Lang) -> Piece:
    return {"is": "foreign", "lang": lang, "text": text}


def _marked(template: str, **fields: Piece) -> Iterable[Piece]:
    """A template with pieces in the place of its fields, so that each keeps its language."""
    for text, field, _, _ in Formatter().parse(template):
        yield _text(text)
        if field:
            yield fields[field]
