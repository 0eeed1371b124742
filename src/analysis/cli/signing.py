"""The command sign-off: a second reader holds numbers against their passages and signs."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from typing import TYPE_CHECKING

from analysis import paths
from analysis.errors import InputError, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from analysis.claims import Claim, SignOffs
    from analysis.series import Observation

#: How much of the passage is shown on each side of a number.
_AROUND = 240


def sign_off(options: argparse.Namespace) -> int:
    """Shows each number named in its passage, asks, and records the signature; lists the states where none is named."""
    from analysis import checks, claims, documents
    from analysis.claims.signing import FILE

    project = paths.project(options.project)
    evidence = checks.load(project)
    signed = claims.sign_offs(project)
    if not options.ids:
        return _list(signed, evidence.entries)
    if not options.reader:
        raise UsageError("nobody is named as the reader", entry="sign-off", way_out="--reader NAME")
    date = options.date or dt.datetime.now(tz=dt.UTC).date().isoformat()
    texts = documents.shelf(documents.folder(project, options.documents), evidence.ledger.documents).texts
    entries = [_entry(ident, evidence.entries) for ident in options.ids]
    agreed = [entry for entry in entries if _agreed(entry, texts, yes=options.yes)]
    (project / FILE).write_text(signed.with_signed(agreed, options.reader, _day(date)).text(), encoding="utf-8")
    print(f"{len(agreed)} signed off, {len(entries) - len(agreed)} left")
    return 0 if len(agreed) == len(entries) else 1


def _list(signed: SignOffs, entries: Mapping[str, Claim | Observation]) -> int:
    """Prints how many numbers are in each state, and those that moved since they were signed."""
    counted = signed.count(entries.values())
    print(", ".join(f"{counted[state]} {state}" for state in ("signed", "stale", "unsigned")))
    for entry in entries.values():
        if signed.state(entry) == "stale":
            first = signed.signed[entry.id]
            print(f"STALE  {entry.id}: it has moved since {first.reader} signed it on {first.date}")
    strangers = list(signed.strangers(entries.values()))
    for problem in strangers:
        print(problem, file=sys.stderr)
    return 1 if strangers else 0


def _entry(ident: str, entries: Mapping[str, Claim | Observation]) -> Claim | Observation:
    if ident not in entries:
        raise UsageError(f'no claim and no observation "{ident}"', way_out=nearest(ident, entries))
    return entries[ident]


def _agreed(entry: Claim | Observation, texts: Mapping[str, str], *, yes: bool) -> bool:
    for line in _shown(entry, texts):
        print(line)
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask on", entry="sign-off", way_out="--yes, if you have read them all")
    return input("does the passage say so? [y/N] ").strip().lower() in ("y", "yes", "o", "oui")


def _shown(entry: Claim | Observation, texts: Mapping[str, str]) -> Iterator[str]:
    """The number with its statement and its passage. Raises InputError where that is not at hand, or not right."""
    from analysis import claims, words

    yield f"\n{entry.id}\n  {words.statement(entry, 'fr')}\n  {words.statement(entry, 'en')}"
    if not isinstance(entry, claims.Claim):
        yield f'  "{entry.printed}", {entry.publisher}, {entry.released}\n  {entry.address}'
        return
    text = texts.get(entry.document.id)
    if text is None:
        raise InputError(
            "its passage is not at hand", entry=entry.id, way_out="nuage documents add PATH…, or --documents DIR"
        )
    for problem in claims.faults(entry, text):
        raise problem
    before, after = text[max(0, entry.start - _AROUND) : entry.start], text[entry.end : entry.end + _AROUND]
    yield f"  … {claims.fold(before)} >>> {entry.printed} <<< {claims.fold(after)} …"


def _day(date: str) -> str:
    try:
        return dt.date.fromisoformat(date).isoformat()
    except ValueError:
        raise UsageError(f'not a day: "{date}"', entry="--date", way_out="--date 2026-11-22") from None
