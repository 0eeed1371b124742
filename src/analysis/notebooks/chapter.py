"""What an executed notebook publishes: its title, its standfirst and its blocks, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analysis.errors import ExecutionError
from analysis.quantities import Lang
from analysis.words import BLOCK_TYPE

_CLAIM_LINK = re.compile(r"\]\(#([^()\s]+)\)")

#: A chart, a table, key numbers or findings: the JSON object found in the output, with its kind under "block"; the
#: stand-alone SVG of a chart is added under "picture".
Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of Markdown; its numbers are links to their claims, ``[19 %](#adoption_fr_2018)``."""

    markdown: str


@dataclass(frozen=True)
class Chapter:
    """One notebook as its readers get it, in one language.

    ``stem`` is what its files are called: the ``notebook``'s own stem, unless the run has a name, which then begins
    those of its charts (``prefix``). ``made_with`` tells what it was run with that is no default, in words.
    """

    stem: str
    number: int
    lang: Lang
    title: str
    standfirst: str
    blocks: tuple[Prose | Block, ...]
    notebook: str = ""
    prefix: str = ""
    made_with: tuple[tuple[str, str], ...] = ()

    def picture(self, chart: Block) -> str:
        """Where the files of a chart are in an edition, but for their endings."""
        return f"{self.lang}/charts/{self.prefix}{chart['name']}"

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The ids of the claims that the chapter uses, in order of first use."""
        return tuple(dict.fromkeys(_claims_in(self)))

    @cached_property
    def charts(self) -> tuple[Block, ...]:
        """The chapter's charts, in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, dict) and b["block"] == "chart")

    @cached_property
    def findings(self) -> tuple[str, ...]:
        """The ids of the findings that the chapter shows, alone or as the rows of a table, each once."""
        shown = (each for block in self.blocks if isinstance(block, dict) for each in _findings_in(block))
        return tuple(dict.fromkeys(shown))


def _claims_in(chapter: Chapter) -> Iterator[str]:
    for text in (chapter.title, chapter.standfirst):
        yield from _CLAIM_LINK.findall(text)
    for block in chapter.blocks:
        if isinstance(block, Prose):
            yield from _CLAIM_LINK.findall(block.markdown)
        else:
            yield from _claims_in_block(block)


def _claims_in_block(block: Block) -> Iterator[str]:
    match block["block"]:
        case "chart":
            yield from block["claims"]
            yield from _claims_in_block(block["table"])
        case "table":
            yield from (cell["claim"] for row in block["rows"] for cell in row if cell["claim"])
        case "key_numbers":
            yield from (item["claim"] for item in block["items"])
        case "findings":
            for item in block["items"]:
                yield from _CLAIM_LINK.findall(item["says"])
                yield from (number["claim"] for number in item["numbers"])


def _findings_in(block: Block) -> Iterator[str]:
    match block["block"]:
        case "findings":
            yield from (item["id"] for item in block["items"])
        case "table":
            yield from block.get("findings", ())


def read(notebook: Any, stem: str, number: int, lang: Lang) -> Chapter:
    """The chapter that an executed notebook (nbformat 4) publishes.

    Markdown cells and code are for the analyst and stay out; of each output, its block is taken, or else its
    Markdown; Markdown that follows Markdown is one stretch. Raises ExecutionError where the notebook does not open with
    a headline and a standfirst.
    """
    blocks = _joined(_published(notebook))
    match blocks:
        case [Prose(markdown=opening), *rest] if opening.startswith("# "):
            title, _, standfirst = opening.removeprefix("# ").partition("\n")
            standfirst, _, more = standfirst.strip().partition("\n\n")
            if standfirst:
                opened = (Prose(more), *rest) if more else tuple(rest)
                return Chapter(stem, number, lang, title.strip(), standfirst, opened)
    raise ExecutionError(
        "the chapter has no headline with a standfirst",
        file=stem,
        way_out='open it with tell(fr="# …\\n\\n…", en="# …\\n\\n…")',
    )


def _joined(blocks: Iterator[Prose | Block]) -> list[Prose | Block]:
    joined: list[Prose | Block] = []
    for block in blocks:
        match (joined[-1] if joined else None, block):
            case Prose(markdown=before), Prose(markdown=after):
                listed = after.startswith("- ") and before.splitlines()[-1].startswith("- ")
                joined[-1] = Prose(before + ("\n" if listed else "\n\n") + after)
            case _:
                joined.append(block)
    return joined


def _published(notebook: Any) -> Iterator[Prose | Block]:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if BLOCK_TYPE in data:
                picture = data.get("image/svg+xml")
                yield data[BLOCK_TYPE] | ({"picture": "".join(picture)} if picture else {})
            elif "text/markdown" in data:
                yield Prose("".join(data["text/markdown"]))
