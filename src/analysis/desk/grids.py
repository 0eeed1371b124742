"""What the desk shows of a thing: a captioned table in Jupyter, the same words in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from analysis.errors import nearest
from analysis.quantities import Lang
from analysis.words import Shown, View
from analysis.words.typography import NARROW

# Only what this output needs, under a class of its own, so that nothing else in the notebook changes; the class twice
# where Jupyter would otherwise set cells to the right.
STYLE = """\
.nuage-desk { line-height: 1.45; margin: 0; }
.nuage-desk summary { padding: .3em 0; }
.nuage-desk table { border-collapse: collapse; }
.nuage-desk caption { font-weight: bold; text-align: left; padding: .3em 0; }
.nuage-desk.nuage-desk th, .nuage-desk.nuage-desk td { text-align: left; vertical-align: top; max-width: 60ch; }
.nuage-desk.nuage-desk th, .nuage-desk.nuage-desk td { padding: .2em 1em .2em 0; }
.nuage-desk.nuage-desk td { white-space: pre-line; overflow-wrap: break-word; }
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says; ``lang`` where it is another language's than the table's, ``address`` where it leads out."""

    text: str
    lang: Lang | None = None
    address: str = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid(Shown):
    """A table whose first column names its rows; without ``headings``, each row is a fact and what it is called."""

    lang: Lang
    caption: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    def bundle(self) -> dict[str, Any]:
        """A table for the screen, line by line for a terminal."""
        html = f'<style>{STYLE}</style><div class="nuage-desk" lang="{self.lang}">{self.html()}</div>'
        return {"text/html": html, "text/plain": str(self)}

    def html(self) -> str:
        """The table alone, without its style."""
        headings = "".join(f'<th scope="col">{escape(each)}</th>' for each in self.headings)
        head = f"<thead><tr>{headings}</tr></thead>" if headings else ""
        body = "".join(f"<tr>{''.join(self._cells(row))}</tr>" for row in self.rows)
        return f"<table><caption>{escape(self.caption)}</caption>{head}<tbody>{body}</tbody></table>"

    def _cells(self, row: Row) -> Iterator[str]:
        for place, cell in enumerate(row):
            tag, scope = ("td", "") if place else ("th", ' scope="row"')
            lang = f' lang="{cell.lang}"' if cell.lang and cell.lang != self.lang else ""
            text = escape(cell.text)
            link = f'<a href="{escape(cell.address)}">{text}</a>' if cell.address else text
            yield f"<{tag}{scope}{lang}>{link}</{tag}>"

    def __str__(self) -> str:
        return "\n".join([self.caption, *(line for row in self.rows for line in self._lines(row))])

    def _lines(self, row: Row) -> Iterator[str]:
        colon = f"{NARROW}: " if self.lang == "fr" else ": "
        first, *others = (cell.text.replace("\n", "\n      ") for cell in row)
        if not self.headings:
            yield f"  {first}{colon}{' '.join(others)}"
            return
        yield f"  {first}"
        yield from (
            f"    {heading}{colon}{text}" for heading, text in zip(self.headings[1:], others, strict=True) if text
        )


def facts(lang: Lang, caption: str, told: Sequence[tuple[str, Cell | str]]) -> Grid:
    """A table of facts, each with what it is called; those that say nothing are left out."""
    cells = [(name, cell if isinstance(cell, Cell) else Cell(cell)) for name, cell in told]
    return Grid(lang, caption, (), tuple((Cell(name), cell) for name, cell in cells if cell.text))


def of_view(view: View) -> Grid:
    """A table for readers, without links: in a notebook there are no proofs for them to lead to."""
    rows = tuple(tuple(Cell(cell.text, _lang(cell.lang)) for cell in row) for row in view.rows)
    return Grid(view.lang, view.caption, tuple(column.label for column in view.columns), rows)


def _lang(code: str | None) -> Lang | None:
    return "fr" if code == "fr" else "en" if code == "en" else None


class Told(Shown):
    """A thing of ours that shows itself; what else it is asked for, it asks of the thing."""

    def __init__(self, thing: Any, lang: Lang) -> None:
        self.thing, self.lang = thing, lang

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if not hasattr(self.thing, name):
            raise AttributeError(f'{type(self.thing).__name__} has no "{name}": {nearest(name, dir(self))}', name=name)
        return getattr(self.thing, name)

    def __dir__(self) -> list[str]:
        return sorted(name for name in {*super().__dir__(), *dir(self.thing)} if not name.startswith("_"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Told) and bool(self.thing == other.thing)

    def __hash__(self) -> int:
        return hash(self.thing)

    def __str__(self) -> str:
        return str(self.bundle()["text/plain"])

    __repr__ = __str__
