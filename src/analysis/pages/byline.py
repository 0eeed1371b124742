"""What stands under a headline: who writes, from documents and series of which dates, how long it takes to read, and
what the chapter was run with that is no default.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis import words
from analysis.claims import Claim
from analysis.notebooks.chapter import Block, Chapter, Prose
from analysis.pages.edition import Edition
from analysis.pages.markdown import plain
from analysis.pages.strings import strings
from analysis.series import Observation

WORDS_A_MINUTE = 230


def byline(chapter: Chapter, edition: Edition) -> Iterator[str]:
    """The parts of the line, in order; the dates are those of the documents and series the chapter uses."""
    t, lang = strings(chapter.lang), chapter.lang
    yield t["byline"]
    entries = [edition[name] for name in chapter.claims]
    dates = sorted({entry.document.date for entry in entries if isinstance(entry, Claim)})
    if dates:
        first, last = (words.date(date, lang) for date in (dates[0], dates[-1]))
        yield t["data_as_of" if len(dates) > 1 else "data_as_of_one"].format(first=first, last=last)
    if told := [entry.released for entry in entries if isinstance(entry, Observation)]:
        yield t["series_as_of"].format(last=words.date(max(told), lang))
    yield t["reading_time"].format(minutes=reading_minutes(chapter))
    for label, value in chapter.made_with:
        yield t["made_with"].format(label=label, value=value)


def reading_minutes(chapter: Chapter) -> int:
    """How long prose and findings take to read, in whole minutes, one at least."""
    read = (text for block in chapter.blocks for text in _read(block))
    count = sum(len(plain(text).split()) for text in (chapter.title, chapter.standfirst, *read))
    return max(1, round(count / WORDS_A_MINUTE))


def _read(block: Prose | Block) -> Iterator[str]:
    if isinstance(block, Prose):
        yield block.markdown
    elif block["block"] == "findings":
        for item in block["items"]:
            yield from (item["title"], item["says"], *item["derivation"], item["means"])
            yield from (part["text"] for part in item["parts"])
