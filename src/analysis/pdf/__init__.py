"""Executed notebooks → tagged PDF (PDF/UA-1), and charts → pictures, both set by Typst in the house fonts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import resources

from analysis import cache
from analysis.notebooks.chapter import Chapter
from analysis.pages.edition import WHOLE, Edition
from analysis.pdf.compiler import compiled, fewer_colours, finished
from analysis.pdf.content import Piece, chapter_data, edition_data, tables
from analysis.pdf.glyphs import check
from analysis.quantities import Lang

__all__ = ["chapter", "picture", "whole"]

_PICTURE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
_PIXELS_PER_INCH = 144


def chapter(chapter: Chapter, edition: Edition) -> bytes:
    """The PDF of a chapter: tagged, with bookmarks and alternative texts, each number linked to its source.

    Raises ExecutionError naming the chapter where anything could not be set.
    """
    return _printed(f"{chapter.lang}/{chapter.stem}.pdf", chapter_data(chapter, edition), [chapter])


def whole(lang: Lang, edition: Edition) -> bytes:
    """The PDF of all chapters of a language behind a title and contents, made like that of a chapter.

    Raises ExecutionError naming the file where anything could not be set.
    """
    return _printed(f"{lang}/{WHOLE}", edition_data(lang, edition), edition.reading_order(lang))


def _printed(name: str, data: Piece, chapters: Iterable[Chapter]) -> bytes:
    for block in (block for chapter in chapters for block in chapter.charts):
        check(block["drawing"], f"{name} · {block['name']}")
    template = (resources.files("analysis.pdf") / "paper.typ").read_text(encoding="utf-8")
    # In one order: what has just been run tells its fields in another than what was kept.
    content = json.dumps(data, ensure_ascii=False, sort_keys=True)

    def made() -> bytes:
        set_up = compiled(template, {"data": content}, name=name, form="pdf", date=data["date"], standards=("ua-1",))
        return finished(set_up, [each["row_headers"] for each in tables(data)])

    return cache.kept("pdf", ("PDF", content), made)


def picture(svg: str, name: str = "picture") -> bytes:
    """A chart's complete picture as PNG, half again as dense as its SVG.

    Raises ExecutionError where a glyph or font is missing.
    """
    check(svg, name)

    def made() -> bytes:
        return fewer_colours(compiled(_PICTURE, {"svg": svg}, name=name, form="png", ppi=_PIXELS_PER_INCH))

    return cache.kept("pdf", ("picture", svg), made)
