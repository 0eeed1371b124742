"""Executed notebooks → tagged PDF (PDF/UA-1), and charts → pictures, both set by Typst in the house fonts."""

from __future__ import annotations

import json
from importlib import resources

from analysis.notebooks.chapter import Chapter
from analysis.pages.edition import Edition
from analysis.pdf.compiler import compiled
from analysis.pdf.content import chapter_data
from analysis.pdf.glyphs import check

__all__ = ["chapter", "picture"]

_PICTURE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
_PIXELS_PER_INCH = 192


def chapter(chapter: Chapter, edition: Edition) -> bytes:
    """The PDF of a chapter: tagged, with bookmarks and alternative texts, each number linked to its source.

    Raises ExecutionError naming the chapter where anything could not be set.
    """
    name = f"{chapter.lang}/{chapter.stem}.pdf"
    for block in chapter.charts:
        check(block["drawing"], f"{name} · {block['name']}")
    template = (resources.files("analysis.pdf") / "chapter.typ").read_text(encoding="utf-8")
    content = json.dumps(chapter_data(chapter, edition), ensure_ascii=False)
    return compiled(template, {"chapter": content}, name=name, form="pdf", date=edition.date, standards=("ua-1",))


def picture(svg: str, name: str = "picture") -> bytes:
    """A chart's complete picture as PNG, twice as dense as its SVG.

    Raises ExecutionError where a glyph or font is missing.
    """
    check(svg, name)
    return compiled(_PICTURE, {"svg": svg}, name=name, form="png", ppi=_PIXELS_PER_INCH)
