"""Markdown as the generated pages write it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def code(text: object) -> str:
    """Set as code; nothing for nothing.

    >>> code("--lang"), code("")
    ('`--lang`', '')
    """
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[object]) -> str:
    """Several, each set as code."""
    return ", ".join(map(code, texts))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar in a cell does not end it.

    >>> print(table(("code", "means"), [("a|b", "either")]))
    | code | means |
    |---|---|
    | a\\|b | either |
    """
    return "\n".join([_line(head), "|" + "---|" * len(head), *map(_line, rows)])


def _line(cells: Sequence[str]) -> str:
    written = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(written)} |"


def page(title: str, *blocks: str) -> str:
    """A whole page: its title, what makes it, its blocks."""
    made = "*Written by `nuage docs` from the code; a change made here is lost.*"
    return "\n\n".join([f"# {title}", made, *blocks]) + "\n"
