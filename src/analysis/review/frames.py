"""What an article speaks of as it goes on: its frames, the headings of its sections, and what was named last.

A frame (the French cloud plan, the European market, enterprises that buy cloud…) opens where a sentence names it and
holds until another thing of its kind is named. ``frames.toml`` says by which words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.quantities import Quantity
from analysis.reading.sentences import BULLETS
from analysis.review.cues import Hit, table
from analysis.review.passages import Passage

#: What may be named in any sentence of an article, by the field of the words that name it.
_ANYWHERE = {"thing": "thing", "country": "place"}
_ASIDE = "aside"
_BACK = 12  # sentences that are looked back at; from the headline, those below it
_AHEAD = 4
_HEADING = 90  # characters that a heading has at most
_ENDS_SENTENCE = tuple(".!…;,")


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around one sentence of an article.

    ``frames``   the frames that are open in it
    ``heading``  the heading that speaks for it: of the list that it is an item of, or the question it answers
    ``before``   the sentences before it, with their figures, the last first
    """

    frames: frozenset[str]
    heading: Passage | None
    before: tuple[Passage, ...]


def settings(article: Sequence[Passage]) -> Iterator[Setting]:
    """The setting of each sentence, in order."""
    opened: dict[str, bool] = {}
    things = {
        (anywhere, hit.code)
        for passage in article
        for hit in passage.hits
        for anywhere, name in _ANYWHERE.items()
        if hit.field == name
    }
    heading: Passage | None = None
    aside = False
    for index, passage in enumerate(article):
        _open(passage, things, opened)
        if _is_heading(passage):
            heading, aside = passage, _names(passage, {_ASIDE: [_ASIDE]}, set())
        here = aside or _names(passage, {_ASIDE: [_ASIDE]}, set())
        frames = frozenset() if here else frozenset(name for name, holds in opened.items() if holds)
        before = tuple(reversed(article[max(0, index - _BACK) : index])) or tuple(article[1:_AHEAD])
        yield Setting(frames, heading if _speaks_for(heading, passage) else None, before)


def _open(passage: Passage, things: set[tuple[str, str]], opened: dict[str, bool]) -> None:
    """Opens and ends frames by what one sentence names; where it names another thing of the kind, only by its name."""
    for name, frame in table()["frames"].items():
        ends = _any_of(passage, frame["ends"])
        ways = [way for way in frame["opens"] if not ends or set(way) & set(frame["ends"])]
        if any(_names(passage, way, things) for way in ways):
            opened[name] = True
        elif ends:
            opened[name] = False
        elif name in opened and _any_of(passage, frame["again"]):
            opened[name] = True


def _names(passage: Passage, way: Mapping[str, Sequence[str]], things: set[tuple[str, str]]) -> bool:
    """Whether a sentence names something of each field."""
    said = things | {(hit.field, hit.code) for hit in passage.hits}
    return all(any((name, code) in said for code in codes) for name, codes in way.items())


def _any_of(passage: Passage, way: Mapping[str, Sequence[str]]) -> bool:
    return any(hit.code in way.get(hit.field, ()) for hit in passage.hits)


def _is_heading(passage: Passage) -> bool:
    """Whether it is a short line of its own that is no sentence, or a question that stands alone."""
    told = passage.text[passage.start : passage.end].strip()
    before = passage.text[: passage.start].rpartition("\n")[2].strip()
    after = passage.text[passage.end :].partition("\n")[0].strip()
    alone = not before and not after and "\n" not in told and not is_item(passage)
    return alone and len(told) <= _HEADING and not told.endswith(_ENDS_SENTENCE) and not passage.figures


def is_item(passage: Passage) -> bool:
    """Whether it begins like an item of a list."""
    line = passage.text[passage.text.rfind("\n", 0, passage.start) + 1 : passage.start]
    return (line.strip() or passage.text[passage.start]) in BULLETS


def _speaks_for(heading: Passage | None, passage: Passage) -> bool:
    """Whether a heading says of what a sentence is: items of a list, or the first sentence below a question."""
    if heading is None or heading is passage:
        return False
    between = passage.text[heading.end : passage.start]
    return is_item(passage) or (passage.text[: heading.end].endswith("?") and not between.strip())


def said_before(setting: Setting, name: str, reach: int, codes: frozenset[str] | None = None) -> tuple[Hit, ...]:
    """What the last sentence within reach that says something in a field says, the last word first."""
    for passage in setting.before[:reach]:
        found = [hit for hit in passage.hits if hit.field == name and (codes is None or hit.code in codes)]
        if found:
            return tuple(reversed(found))
    return ()


def said_above(setting: Setting, name: str) -> tuple[Hit, ...]:
    """What the heading says in a field."""
    return tuple(hit for hit in setting.heading.hits if hit.field == name) if setting.heading else ()


def figures_before(setting: Setting, passage: Passage, figure: Quantity, sentences: int) -> list[Quantity]:
    """The figures before one, in the order of the text: those of its sentence and of some sentences before it."""
    earlier = [each for one in reversed(setting.before[:sentences]) for each in one.figures]
    return [*earlier, *(each for each in passage.figures if each.start < figure.start)]
