"""A chapter of many findings over several pages: what contradicts is read first, what holds or stays open goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.notebooks.chapter import Block, Chapter, Prose
from analysis.pages.markdown import plain

Section = tuple[Prose | Block, ...]
#: How much goes on one further page, in rows of a table; a finding that is told at length takes the place of four.
#: Rows are counted, not letters, so that a page holds the same in every language.
_ROOM, _AT_LENGTH = 80, 4


def split(chapter: Chapter) -> tuple[Chapter, ...]:
    """The chapter as its own page shows it, and the pages that go on with it; none where one page will do.

    These begin with the first section of findings of which none contradicts, and take the sections after it that set
    something apart; prose stays. Where they begin, the first page has a block "more" that names their sections.
    """
    sections = list(_sections(chapter.blocks))
    first = next((place for place, section in enumerate(sections) if _settled(section)), len(sections))
    moved = [section for section in sections[first:] if any(isinstance(block, dict) for block in section)]
    if not moved:
        return (chapter,)
    further = tuple(
        replace(
            chapter,
            stem=f"{chapter.stem}_more{number if number > 1 else ''}",
            title="",
            standfirst="",
            blocks=tuple(block for section in sheet for block in section),
        )
        for number, sheet in enumerate(_sheets(moved), 1)
    )
    leading: Block = {"block": "more", "sections": [place for page in further for place in _places(page)]}
    before = [block for section in sections[:first] for block in section]
    stays = [block for section in sections[first:] if section not in moved for block in section]
    return replace(chapter, blocks=(*before, leading, *stays)), *further


def _sections(blocks: Sequence[Prose | Block]) -> Iterator[Section]:
    """The blocks by the headings of level 2 that open them."""
    section: list[Prose | Block] = []
    for block in blocks:
        if isinstance(block, Prose) and block.markdown.startswith("## ") and section:
            yield tuple(section)
            section = []
        section.append(block)
    if section:
        yield tuple(section)


def _settled(section: Section) -> bool:
    """Whether a section of its own tells findings, and none that contradicts."""
    set_apart = [block for block in section if isinstance(block, dict)]
    told = [block for block in set_apart if block["block"] == "findings" or "findings" in block]
    contradicts = any(item["verdict"] == "contradicts" for block in told for item in block.get("items", ()))
    return bool(told) and not contradicts and isinstance(section[0], Prose) and section[0].markdown.startswith("## ")


def _sheets(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """The sections by the page they go on, as many on each as there is room for, in their order."""
    sheet: list[Section] = []
    for section in sections:
        if sheet and sum(map(_length, (*sheet, section))) > _ROOM:
            yield sheet
            sheet = []
        sheet.append(section)
    yield sheet


def _length(section: Section) -> int:
    set_apart = [block for block in section if isinstance(block, dict)]
    return sum(_AT_LENGTH * len(block.get("items", ())) + len(block.get("rows", ())) for block in set_apart)


def _places(page: Chapter) -> Iterator[tuple[str, str]]:
    """The address and the heading of each section of a further page."""
    for number, section in enumerate(_sections(page.blocks), 1):
        match section[0]:
            case Prose(markdown=markdown) if markdown.startswith("## "):
                yield f"{page.stem}.html#section-{number}", plain(markdown.partition("\n")[0].removeprefix("## "))
