"""What stands under a headline: who writes, from documents of which dates, how long it takes to read."""

from __future__ import annotations

from collections.abc import Iterator

from analysis import words
from analysis.notebooks.chapter import Chapter, Prose
from analysis.pages.edition import Edition
from analysis.pages.markdown import plain
from analysis.pages.strings import strings

WORDS_A_MINUTE = 230


def byline(chapter: Chapter, edition: Edition) -> Iterator[str]:
    """The parts of the line, in order; the documents' dates are those of the claims the chapter uses."""
    t, lang = strings(chapter.lang), chapter.lang
    yield t["byline"]
    dates = sorted({edition.ledger[claim].document.date for claim in chapter.claims})
    if dates:
        first, last = (words.date(date, lang) for date in (dates[0], dates[-1]))
        yield t["data_as_of" if len(dates) > 1 else "data_as_of_one"].format(first=first, last=last)
    yield t["reading_time"].format(minutes=reading_minutes(chapter))


def reading_minutes(chapter: Chapter) -> int:
    """How long the prose takes to read, in whole minutes, one at least."""
    prose = [block.markdown for block in chapter.blocks if isinstance(block, Prose)]
    count = sum(len(plain(text).split()) for text in (chapter.title, chapter.standfirst, *prose))
    return max(1, round(count / WORDS_A_MINUTE))
