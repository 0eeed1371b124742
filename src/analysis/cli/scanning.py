"""The command scan: every number of files, as JSON or as a listing that is read on a terminal."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli.texts import print_remarks
from analysis.errors import InputError
from analysis.quantities import FIGURES, KINDS, Lang, Quantity, Value

if TYPE_CHECKING:
    from analysis.documents import Text

STANDARD_INPUT = "-"
#: Narrower terminals, such as those of phones, get two lines for each number.
_WIDE = 100
AROUND = 60
_INDENT = " " * 7


def scan(options: argparse.Namespace) -> int:
    """Lists every number of each file; an unreadable file is told and the others are listed all the same."""
    from analysis import documents

    for name in options.files:
        if name != STANDARD_INPUT:
            documents.refuse_missing(Path(name))
    kinds: Counter[str] = Counter()
    unreadable = 0
    for name in options.files:
        try:
            source = read(name)
        except InputError as error:
            unreadable += 1
            sys.stdout.flush()
            print(error, file=sys.stderr)
            continue
        print_remarks(name, source.text.remarks)
        if options.json:
            _print_records(source, options.lang)
        else:
            kinds += _print_listing(source, options.lang)
    if not options.json and unreadable < len(options.files):
        _print_totals(kinds, len(options.files) - unreadable)
    return 1 if unreadable else 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name without folders, its bytes, and its canonical text."""

    name: str
    content: bytes
    text: Text


def read(name: str) -> Source:
    """A file, or standard input where the name is ``-``."""
    from analysis import documents

    if name == STANDARD_INPUT:
        content = sys.stdin.buffer.read(documents.LARGEST + 1)
        return Source(name, content, documents.extract(content, "standard input"))
    content = documents.contents(Path(name))
    return Source(Path(name).name, content, documents.extract(content, name))


def _quantities(source: Source, lang: Lang | None) -> Iterator[Quantity]:
    """The numbers one at a time, so that memory does not grow with them."""
    from analysis.reading.scanning import quantities

    return quantities(source.text.text, lang)


def _print_records(source: Source, lang: Lang | None) -> None:
    # A terminal or a pipe that is not in UTF-8 gets JSON's own escapes, which every reader of JSON undoes.
    ascii_only = "utf" not in (sys.stdout.encoding or "").lower()
    for record in _records(source, lang):
        print(json.dumps(record, ensure_ascii=ascii_only))


def _records(source: Source, lang: Lang | None) -> Iterator[dict[str, object]]:
    """The JSON objects of a file; their offsets count in the file as it stands for text, else in its canonical text."""
    from analysis import documents

    if source.text.format != "text":
        for quantity in _quantities(source, lang):
            page = source.text.page(quantity.start)
            yield quantity.record(source.name) | ({} if page is None else {"page": page})
        return
    file, offset = source.content.decode("utf-8"), documents.source_offsets(source.content)
    for quantity in _quantities(source, lang):
        start, end = offset(quantity.start), offset(quantity.end)
        yield replace(quantity, start=start, end=end, printed=file[start:end]).record(source.name)


def _print_listing(source: Source, lang: Lang | None) -> Counter[str]:
    """Prints the numbers of a file in columns, or in two lines each where there is no room; counts each kind."""
    from analysis import documents

    text, line = source.text, documents.lines(source.text.text)
    width = shutil.get_terminal_size().columns
    pages = f", {len(text.pages)} pages" if text.pages else ""
    print(f"{source.name} ({text.format}{pages})")
    if width >= _WIDE:
        print(_columns("page:line" if text.pages else "line", "kind", "value", "bound", "as printed"))
    kinds: Counter[str] = Counter()
    for quantity in _quantities(source, lang):
        kinds[quantity.kind] += 1
        page = text.page(quantity.start)
        place = f"{page}:{line(quantity.start)}" if page else str(line(quantity.start))
        print(_entry(place, quantity, text.text, width))
    print()
    return kinds


def _entry(place: str, quantity: Quantity, text: str, width: int) -> str:
    value = f"{_value(quantity.value)} {quantity.unit or ''}".strip()
    if width >= _WIDE:
        before = len(_columns("", "", "", "", ""))
        return _columns(place, quantity.kind, value, quantity.bound, in_context(quantity, text, width - before))
    bound = "" if quantity.bound == "exact" else quantity.bound
    told = " ".join(part for part in (quantity.kind, value, bound) if part)
    first = textwrap.fill(told, width, initial_indent=f"{place:>6} ", subsequent_indent=_INDENT)
    return f"{first}\n{_INDENT}{in_context(quantity, text, width - len(_INDENT))}"


def _columns(place: str, kind: str, value: str, bound: str, printed: str) -> str:
    return f"{place:>9}  {kind:<16}  {value:<24}  {bound:<8}  {printed}"


def _value(value: Value) -> str:
    match value:
        case (low, high):
            return f"{_value(low)}–{_value(high)}"
        case Decimal():
            return f"{value:,f}"
        case _:
            return value or ""


def in_context(quantity: Quantity, text: str, width: int) -> str:
    """The number in brackets, amid as many of the words around it as there is room for."""
    printed = on_a_line(text[quantity.start : quantity.end][:width])
    room = max(width - len(printed) - 2, 0)
    before = on_a_line(text[max(0, quantity.start - AROUND) : quantity.start]).lstrip()
    after = on_a_line(text[quantity.end : quantity.end + AROUND]).rstrip()
    left = min(len(before), max(room * 2 // 3, room - len(after)))
    if left < len(before):
        before = before[len(before) - left :].partition(" ")[2]
    if room - left < len(after):
        after = after[: room - left].rpartition(" ")[0]
    return f"{before}[{printed}]{after}"


def on_a_line(text: str) -> str:
    """A stretch of text without line breaks, and without characters that would move a terminal's cursor."""
    visible = "".join(c if c.isprintable() or c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return re.sub(r"\s+", " ", visible)


def _print_totals(kinds: Counter[str], files: int) -> None:
    figures = sum(count for kind, count in kinds.items() if kind in FIGURES)
    print(f"{_counted(kinds.total(), 'number')} in {_counted(files, 'file')}, {_counted(figures, 'figure')}")
    for kind in KINDS:
        if kinds[kind]:
            print(f"{kinds[kind]:>9}  {kind}")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
