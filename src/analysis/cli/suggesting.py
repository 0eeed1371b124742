"""The command suggest: relations that nobody declared, as a worksheet for a person."""

from __future__ import annotations

import argparse
import csv
import io
import json
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import paths
from analysis.errors import SetupError, UsageError, nearest

if TYPE_CHECKING:
    from analysis.checks.suggesting import Suggestion

_COLUMNS = ("rank", "document", "relation", "formula", "of", "gives", "expected_by_chance", "across", "stub")


def suggest(options: argparse.Namespace) -> int:
    """Prints the suggestions that chance explains least; they are no findings, so that the exit code is 0."""
    from analysis import checks, claims
    from analysis.checks.suggesting import suggestions

    if options.top < 1:
        raise UsageError(f"--top {options.top} leaves nothing to show", way_out="--top 20")
    project = paths.project(options.project)
    ledger = claims.load(project)
    if options.document and options.document not in ledger.documents:
        raise UsageError(f'no document "{options.document}"', way_out=nearest(options.document, ledger.documents))
    declared = () if options.all else checks.declared(project)
    found = suggestions(ledger, document=options.document, declared=declared)
    records = [_record(number, each) for number, each in enumerate(found[: options.top], 1)]
    if options.csv:
        _write(options.csv, records)
    if options.json:
        for record in records:
            print(json.dumps(record, ensure_ascii=False))
    elif not options.csv:
        _print(records, len(found), len(declared))
    return 0


def _record(rank: int, suggestion: Suggestion) -> dict[str, object]:
    from analysis.checks.suggesting import formula, stub

    values = (
        rank,
        suggestion.gives.document.id,
        suggestion.relation,
        formula(suggestion),
        " ".join(claim.id for claim in suggestion.of),
        suggestion.gives.id,
        f"{suggestion.expected:.2g}",
        " ".join(suggestion.across),
        stub(suggestion),
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _write(path: Path, records: Sequence[dict[str, object]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    try:
        path.write_bytes(text.getvalue().encode())
    except OSError as error:
        raise SetupError("cannot be written", file=path, evidence=error.strerror, way_out="name another file") from None
    print(f"written: {path}")


def _print(records: Sequence[dict[str, object]], found: int, declared: int) -> None:
    for record in records:
        print(f"{record['rank']:>3}  {record['formula']}")
        print(f"     expected by chance: {record['expected_by_chance']}; {record['document']}")
        print(textwrap.indent(str(record["stub"]), "     "), end="\n\n")
    told = f"{len(records)} of {found} suggestions" if found else "no suggestion"
    left_out = f"; the {declared} declared checks are left out" if declared else ""
    print(f"{told}{left_out}. They are no findings: whether the numbers belong together is for a person to say.")
