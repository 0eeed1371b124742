"""A chapter of many findings on two pages: what contradicts is read first, what holds or stays open is a page away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.notebooks.chapter import Block, Chapter, Prose
from analysis.pages.markdown import plain

Section = tuple[Prose | Block, ...]


def split(chapter: Chapter) -> tuple[Chapter, Chapter | None]:
    """The chapter as its own page shows it, and what a second page goes on with; None where one page will do.

    The second page begins with the first section of findings of which none contradicts, and takes the sections after
    it that set something apart; prose stays. Where it begins, the first page has a block "more" that names its
    sections.
    """
    sections = list(_sections(chapter.blocks))
    first = next((place for place, section in enumerate(sections) if _settled(section)), len(sections))
    moved = [section for section in sections[first:] if any(isinstance(block, dict) for block in section)]
    if not moved:
        return chapter, None
    stays = [block for section in sections[first:] if section not in moved for block in section]
    leading: Block = {"block": "more", "sections": [_heading(section) for section in moved]}
    before = [block for section in sections[:first] for block in section]
    after = tuple(block for section in moved for block in section)
    main = replace(chapter, blocks=(*before, leading, *stays))
    return main, replace(chapter, stem=f"{chapter.stem}_more", title="", standfirst="", blocks=after)


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


def _heading(section: Section) -> str:
    match section[0]:
        case Prose(markdown=markdown):
            return plain(markdown.partition("\n")[0].removeprefix("## "))
    return ""
