"""Tables for readers: labels for codes, units in the headings, the same decimals all the way down a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from analysis.documents import Document
from analysis.errors import InputError
from analysis.quantities import Lang
from analysis.series import Observation
from analysis.words.blocks import BLOCK_TYPE, Shown
from analysis.words.cells import Cell, Column, column
from analysis.words.current import LANGUAGES, language
from analysis.words.dates import date
from analysis.words.known import known, ledger
from analysis.words.templates import Named, fill
from analysis.words.typography import typeset


@dataclass(frozen=True, slots=True)
class View(Shown):
    """A table as its readers get it, in one language.

    The first ``row_headers`` columns name their rows; ``total_rows`` are the indexes of rows that add up others.
    """

    name: str
    lang: Lang
    caption: str
    note: str
    source: str
    columns: tuple[Column, ...]
    row_headers: int
    total_rows: tuple[int, ...]

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The cells, row by row."""
        return list(zip(*(each.cells for each in self.columns), strict=True))

    def block(self) -> dict[str, Any]:
        """The JSON object that the edition reads."""
        return {
            "block": "table",
            "name": self.name,
            "caption": self.caption,
            "note": self.note,
            "source": self.source,
            "columns": [{"name": each.name, "label": each.label, "align": each.align} for each in self.columns],
            "rows": [[cell.item() for cell in row] for row in self.rows],
            "row_headers": self.row_headers,
            "total_rows": list(self.total_rows),
        }

    def bundle(self) -> dict[str, Any]:
        """A table for the screen, aligned text for a terminal, the block for the edition."""
        return {BLOCK_TYPE: self.block(), "text/html": self._html(), "text/plain": str(self)}

    def __str__(self) -> str:
        widths = [max(len(each.label), *(len(cell.text) for cell in each.cells), 0) for each in self.columns]
        lines = [[each.label for each in self.columns], *([cell.text for cell in row] for row in self.rows)]
        table = ["  ".join(self._padded(line, widths)).rstrip() for line in lines]
        return "\n".join(part for part in (self.caption, *table, self.note, self.source) if part)

    def _padded(self, line: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
        for text, width, each in zip(line, widths, self.columns, strict=True):
            yield text.rjust(width) if each.align == "right" else text.ljust(width)

    def _html(self) -> str:
        headings = "".join(
            f'<th scope="col" style="text-align:{each.align}">{escape(each.label)}</th>' for each in self.columns
        )
        body = "".join(f"<tr>{self._html_row(row)}</tr>" for row in self.rows)
        below = "".join(f"<p>{escape(text)}</p>" for text in (self.note, self.source) if text)
        return (
            f'<table lang="{self.lang}"><caption>{escape(self.caption)}</caption>'
            f"<thead><tr>{headings}</tr></thead><tbody>{body}</tbody></table>{below}"
        )

    def _html_row(self, row: Sequence[Cell]) -> str:
        return "".join(self._html_cell(index, cell) for index, cell in enumerate(row))

    def _html_cell(self, index: int, cell: Cell) -> str:
        text = f'<a href="#{escape(cell.claim)}">{escape(cell.text)}</a>' if cell.claim else escape(cell.text)
        tag, scope = ("th", ' scope="row"') if cell.text and index < self.row_headers else ("td", "")
        return f'<{tag}{scope} style="text-align:{self.columns[index].align}">{text}</{tag}>'


def present(
    frame: pd.DataFrame,
    *,
    name: str,
    caption_fr: str,
    caption_en: str,
    note_fr: str = "",
    note_en: str = "",
    columns: Sequence[str] | None = None,
    labels: Mapping[str, tuple[str, str]] | None = None,
    row_headers: int = 1,
    total_rows: Sequence[int] = (),
    **named: Named,
) -> View:
    """A table for readers out of a tidy or pivoted frame, in the language being written.

    ``columns`` chooses columns, in order (all, if left out; an index with a name comes first). What a column holds
    decides how it is told: codes by their label, ``period`` and ``published`` in words, ``value`` with its bound and a
    link to the claim of its row (``id``), ``statement`` and ``note`` filled in; a column of claim ids, such as a
    pivoted ``id``, tells their numbers. A unit that a whole column shares stands in its heading; numbers computed
    here have the same decimals, printed ones those that were printed. ``labels`` gives a heading, in French and in
    English, to a column that the lexicon does not know. Captions and notes are templates, filled in with ``named``.
    The source line names the documents of the claims shown.

    Raises InputError for a column that is not there or that nothing names, and for what ``tell`` refuses.
    """
    lang = language()
    frame = frame.reset_index() if any(frame.index.names) else frame
    chosen = list(columns) if columns is not None else [str(each) for each in frame.columns]
    own = {key: _in(lang, *pair, named) for key, pair in (labels or {}).items()}
    told = tuple(column(frame, each, lang, own.get(each)) for each in chosen)
    return View(
        name,
        lang,
        _in(lang, caption_fr, caption_en, named),
        _in(lang, note_fr, note_en, named),
        _source(told, frame, lang),
        told,
        row_headers,
        _checked(total_rows, len(frame), name),
    )


def _in(lang: Lang, fr: str, en: str, named: Mapping[str, Named]) -> str:
    """The text in ``lang``; both are filled in, so that a fault in one shows while the other is written."""
    filled = {
        each: fill(text, each, named, markdown=False).text for each, text in zip(LANGUAGES, (fr, en), strict=True)
    }
    return filled[lang]


def _source(columns: Sequence[Column], frame: pd.DataFrame, lang: Lang) -> str:
    """The documents and series of the numbers shown, or else of those that the rows are about."""
    shown = {cell.claim for each in columns for cell in each.cells if cell.claim}
    ids = shown or (set(frame["id"]) if "id" in frame else set())
    entries = [entry for name in sorted(ids) if (entry := known(name) or ledger().names.get(name))]
    observations = [entry for entry in entries if isinstance(entry, Observation)]
    documents = {entry.document for entry in entries if not isinstance(entry, Observation)}
    told = [_cited(card, lang) for card in sorted(documents, key=lambda card: (card.date, card.id))]
    told += _released(observations, lang)
    return typeset((" ; " if lang == "fr" else "; ").join(told), lang)


def _released(shown: Sequence[Observation], lang: Lang) -> Iterator[str]:
    """Each series shown, with the dates of its releases or tellings that are."""
    for series in sorted({each.series for each in shown}, key=lambda series: series.id):
        title = series.title_fr if lang == "fr" else series.title_en
        dates = sorted({each.released for each in shown if each.series == series})
        yield f"{title} ({', '.join(date(each, lang) for each in dates)})"


def _cited(card: Document, lang: Lang) -> str:
    title, publisher = (typeset(text, card.language) for text in (card.known_as, card.publisher))
    quoted = f"« {title} »" if lang == "fr" else f"“{title}”"
    return f"{quoted}, {publisher}, {date(card.date, lang)}"


def _checked(total_rows: Sequence[int], rows: int, name: str) -> tuple[int, ...]:
    if wrong := [index for index in total_rows if not 0 <= index < rows]:
        raise InputError(
            f"there is no row {wrong[0]} to be a total", entry=name, evidence=f"the table has rows 0 to {rows - 1}"
        )
    return tuple(total_rows)
