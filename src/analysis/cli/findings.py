"""The command findings: what came out of every check, on a terminal or as JSON."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from analysis import paths
from analysis.quantities import Lang

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.checks import Finding

#: Written out here, so that help does not wait for what computes them; a test holds them equal.
VERDICTS = ("holds", "holds_as_printed", "contradicts", "not_comparable", "cannot_tell")
_BOTH: tuple[Lang, ...] = ("fr", "en")
_INDENT = "    "
_WIDEST = 100


def findings(options: argparse.Namespace) -> int:
    """Prints the findings, gravest first; exit 1 where a verdict is not the one that its check expects."""
    from analysis import checks

    found = checks.findings(checks.load(paths.project(options.project)))
    shown = [each for each in found if options.verdict in (None, each.outcome.verdict)]
    if options.json:
        for each in shown:
            print(json.dumps(_record(each), ensure_ascii="utf" not in (sys.stdout.encoding or "").lower()))
    else:
        _print_listing(shown, options.lang)
    problems = list(checks.unexpected(found))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _record(finding: Finding) -> dict[str, object]:
    """One JSON object per finding, with the columns of ``findings.csv``; lists are lists."""
    told = {f"{name}_{lang}": getattr(finding, name)(lang) for name in ("title", "says", "means") for lang in _BOTH}
    return {
        "id": finding.id,
        "relation": finding.check.relation,
        "verdict": finding.outcome.verdict,
        "grade": finding.outcome.grade,
        "weight": finding.weight,
        "claims": list(finding.claims),
        "differs": list(finding.outcome.differs),
        "missing": list(finding.outcome.missing),
        "derivation_fr": list(finding.derivation("fr")),
        "derivation_en": list(finding.derivation("en")),
        **told,
        "settle_fr": finding.settles("fr"),
        "settle_en": finding.settles("en"),
    }


def _print_listing(shown: list[Finding], lang: Lang) -> None:
    from analysis import words

    for each in shown:
        verdict = words.label(each.outcome.verdict, lang, group="verdicts")
        print(f"{each.title(lang)} — {verdict}  [{each.id}]")
        for line in _lines(each, lang):
            print(line)
    counted = Counter(each.outcome.verdict for each in shown)
    told = (f"{count} {words.label(code, lang, group='verdicts')}" for code, count in counted.items())
    print(f"{len(shown)}: {', '.join(told)}")


def _lines(finding: Finding, lang: Lang) -> Iterator[str]:
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    yield from textwrap.wrap(finding.says(lang), width, initial_indent=_INDENT, subsequent_indent=_INDENT)
    for line in finding.derivation(lang):
        yield from textwrap.wrap(line, width, initial_indent=_INDENT * 2, subsequent_indent=_INDENT * 3)
