"""The rules of what a notebook shows: all of it is published, and nothing of it stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.errors import ExecutionError
from analysis.house.reading import Cell, Notebook
from analysis.house.rule import Hit, Rule
from analysis.house.telling import MOST_WORDS
from analysis.words import BLOCK_TYPE

MOST_OF_ALT = 160
#: What stands with every chart, and with every table that shows claims.
_WITH_CHART = ("headline", "subtitle", "source", "description", "drawing", "narrow")
_PUBLISHED = (BLOCK_TYPE, "text/markdown")


def _unpublished(notebook: Notebook) -> Iterator[Hit]:
    for cell in notebook.codes:
        for output in cell.outputs:
            data = output.get("data", {})
            if not any(mime in data for mime in _PUBLISHED) and not _is_picture(data):
                yield cell, ", ".join(data) or output.get("name", output["output_type"])


def _is_picture(data: Mapping[str, Any]) -> bool:
    return any(mime.startswith("image/") for mime in data)


def _no_opening(notebook: Notebook) -> Iterator[Hit]:
    if isinstance(notebook.chapter, ExecutionError):
        yield None, notebook.chapter.what


def _no_alt(notebook: Notebook) -> Iterator[Hit]:
    for cell in notebook.codes:
        for output in cell.outputs:
            data = output.get("data", {})
            if _is_picture(data) and BLOCK_TYPE not in data:
                yield cell, "a picture without words"
    for cell, block in _blocks(notebook, "chart"):
        alt = block["alt"].strip()
        if not alt or alt == block["headline"].strip():
            yield cell, f"alt: “{alt}”"
        elif len(alt) > MOST_OF_ALT:
            yield cell, f"{len(alt)} characters, {MOST_OF_ALT} at most"


def _bare_chart(notebook: Notebook) -> Iterator[Hit]:
    for cell, block in _blocks(notebook, "chart"):
        missing = [part for part in _WITH_CHART if not block[part]] + ["table"] * (not block["table"]["rows"])
        if missing:
            yield cell, f'"{block["name"]}" has no {", ".join(missing)}'
        if (words := len(block["headline"].split())) > MOST_WORDS:
            yield cell, f"its headline has {words} words, {MOST_WORDS} at most", "say the finding shorter"


def _bare_table(notebook: Notebook) -> Iterator[Hit]:
    for cell, block in _blocks(notebook, "table"):
        claims = any(each["claim"] for row in block["rows"] for each in row)
        needed = ("caption", "rows", *(["source"] if claims else []))
        if missing := [part for part in needed if not block[part]]:
            yield cell, f'"{block["name"]}" has no {", ".join(missing)}'


def _mixed(notebook: Notebook) -> Iterator[Hit]:
    """Columns in which a bare number stands among numbers of another unit."""
    for cell in notebook.codes:
        for block in cell.blocks:
            table = block.get("table", block)
            for number, column in enumerate(table.get("columns", ())):
                entries = [row[number] for row in table["rows"] if row[number]["claim"]]
                units = {entry["text"]: _unit(entry["claim"], notebook) for entry in entries}
                bare = [text for text, unit in units.items() if unit and not _bears_unit(text)]
                if bare and len({*units.values()}) > 1:
                    yield cell, f'column "{column["label"]}": “{bare[0]}” among {", ".join(_told(units.values()))}'


def _unit(claim: str, notebook: Notebook) -> str:
    entry = notebook.known.get(claim)
    return (entry.quantity.unit or "") if entry else ""


def _told(units: Any) -> list[str]:
    return sorted({unit or "numbers without unit" for unit in units})


def _bears_unit(text: str) -> bool:
    return any(character.isalpha() or character in "%€$£×" for character in text)


def _twice(notebook: Notebook) -> Iterator[Hit]:
    named = [
        (cell, block["block"], block["name"]) for kind in ("chart", "table") for cell, block in _blocks(notebook, kind)
    ]
    counted = Counter((kind, name) for _, kind, name in named)
    yield from ((cell, f'{kind} "{name}"') for cell, kind, name in named if counted[kind, name] > 1)


def _blocks(notebook: Notebook, kind: str) -> Iterator[tuple[Cell, dict[str, Any]]]:
    yield from ((cell, block) for cell in notebook.codes for block in cell.blocks if block["block"] == kind)


RULES = (
    Rule(
        "not-published",
        "it shows what no reader of the edition gets",
        "tell(…), present(…) or chart(…); take away what was for yourself",
        _unpublished,
        run=True,
        chapter=True,
    ),
    Rule(
        "no-opening",
        "the chapter does not open with its finding",
        'tell(fr="# …\\n\\n…", en="# …\\n\\n…") first: a headline and a standfirst',
        _no_opening,
        run=True,
        chapter=True,
    ),
    Rule(
        "no-alt",
        "who does not see the picture learns nothing",
        "draw it with charts, and tell its message",
        _no_alt,
        run=True,
    ),
    Rule(
        "bare-chart",
        "something that must be told with a chart is missing",
        "give it to Chart(…)",
        _bare_chart,
        run=True,
    ),
    Rule(
        "bare-table",
        "something that must be told with a table is missing",
        "give it to present(…)",
        _bare_table,
        run=True,
    ),
    Rule(
        "unit-mix",
        "numbers of different units stand in one column, one of them bare",
        "part them, or let present(…) tell the unit of each",
        _mixed,
        run=True,
    ),
    Rule(
        "same-name",
        "two things shown have one name, and so one file",
        "name each for itself",
        _twice,
        run=True,
        chapter=True,
    ),
)
