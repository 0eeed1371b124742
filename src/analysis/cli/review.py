"""The command review: the numbers of an article held against the ledger and the series."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import paths
from analysis.cli import scanning
from analysis.cli.texts import print_remarks
from analysis.errors import SetupError, UsageError

if TYPE_CHECKING:
    from analysis.review import Remark, Review
    from analysis.review.sarif import Reviewed

_INDENT = " " * 9


def review(options: argparse.Namespace) -> int:
    """Lists every figure of each article with its verdict; 1 where some differ or do not add up."""
    from analysis import claims, documents, series
    from analysis.review import Reviewer

    for name in options.files:
        if name != scanning.STANDARD_INPUT:
            documents.refuse_missing(Path(name))
    if options.html and len(options.files) > 1:
        raise UsageError("an annotated copy is of one article", entry="--html", way_out="review the files one by one")
    project = paths.project(options.project)
    reviewer = Reviewer.of(claims.load(project), series.load(project))
    reviewed = []
    for name in options.files:
        source = scanning.read(name)
        print_remarks(name, source.text.remarks)
        found = reviewer.review(source.text.text, options.lang)
        reviewed.append(_reviewed(name, source, found))
        if options.json:
            _print_records(source, found, reviewed[-1])
        else:
            _print_listing(source, found)
    _write_copies(options, reviewed)
    return 1 if any(each.review.findings for each in reviewed) else 0


def _reviewed(name: str, source: scanning.Source, found: Review) -> Reviewed:
    from analysis import documents
    from analysis.review.sarif import Reviewed

    offset = documents.source_offsets(source.content) if source.text.format == "text" else None
    return Reviewed(Path(name).as_posix(), found, offset)


def _print_records(source: scanning.Source, found: Review, reviewed: Reviewed) -> None:
    ascii_only = "utf" not in (sys.stdout.encoding or "").lower()
    file = source.content.decode("utf-8") if reviewed.offset else ""
    for remark in found.remarks:
        record = remark.record(source.name)
        if reviewed.offset is not None:
            start, end = reviewed.offset(remark.start), reviewed.offset(remark.end)
            record |= {"start": start, "end": end, "printed": file[start:end]}
        elif (page := source.text.page(remark.start)) is not None:
            record |= {"page": page}
        print(json.dumps(record, ensure_ascii=ascii_only))


def _print_listing(source: scanning.Source, found: Review) -> None:
    width = shutil.get_terminal_size().columns
    print(f"{source.name} ({source.text.format})")
    for remark in found.remarks:
        for line in _entry(remark, found, width):
            print(line)
    print(_totals(found))


def _entry(remark: Remark, found: Review, width: int) -> Iterator[str]:
    """The line of a number with its verdict amid its words, and below it the reason, where there is one to tell."""
    from analysis.review.remarks import SIGNS, word

    told = f"{remark.line:>6}  {SIGNS[remark.verdict]} {word(remark.verdict, found.lang):<12} "
    room = width - len(told)
    if room < scanning.AROUND:
        yield told.rstrip()
        told, room = _INDENT, width - len(_INDENT)
    yield told + scanning.in_context(remark.quantity, found.text, max(room, 1))
    if remark.verdict != "unknown":
        why = scanning.on_a_line(remark.why)
        yield textwrap.fill(why, max(width, len(_INDENT) + 10), initial_indent=_INDENT, subsequent_indent=_INDENT)


def _totals(found: Review) -> str:
    from analysis.review.remarks import SIGNS, word

    counted = Counter(remark.verdict for remark in found.remarks)
    parts = [f"{SIGNS[verdict]} {word(verdict, found.lang)}: {counted[verdict]}" for verdict in found.counts]
    return "  ".join(parts) if found.remarks else word("none", found.lang)


def _write_copies(options: argparse.Namespace, reviewed: list[Reviewed]) -> None:
    if options.html:
        from analysis.review.annotated import page

        name = reviewed[0].name
        _write(options.html, page(reviewed[0].review, Path(name).name))
    if options.sarif:
        from analysis.review.sarif import log

        _write(options.sarif, json.dumps(log(reviewed, _version()), ensure_ascii=False, indent=2) + "\n")


def _version() -> str:
    from importlib import metadata

    return metadata.version("etat-du-nuage")


def _write(file: Path, text: str) -> None:
    try:
        file.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise SetupError("the file cannot be written", file=file, evidence=error.strerror) from None
