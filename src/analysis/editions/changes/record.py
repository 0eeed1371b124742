"""What changed between two editions, as one JSON document."""

from __future__ import annotations

from typing import Any

from analysis import words
from analysis.editions.changes import told
from analysis.editions.changes.comparing import Changes, Entry
from analysis.editions.changes.published import Published, Row


def record(changes: Changes) -> dict[str, Any]:
    """The document that ``nuage diff --json`` prints; ``docs/editions.md`` says what each field is."""
    return {
        "old": _edition(changes.old),
        "new": _edition(changes.new),
        "moved": bool(changes),
        "numbers": [
            _entry(each) | {"number": {"old": _number(each.old), "new": _number(each.new)}} for each in changes.numbers
        ],
        "findings": [_entry(each) for each in changes.findings],
        "charts": [
            {
                "lang": each.lang,
                "name": each.name,
                "what": each.what,
                "gone": list(each.gone),
                "come": list(each.come),
            }
            for each in changes.charts
        ],
    }


def _edition(of: Published) -> dict[str, str]:
    return {"name": of.name, "date": of.date}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "what": entry.what,
        "about": {lang: told.subject(entry.new or entry.old, lang) for lang in words.LANGUAGES},
        "fields": {field: {"old": entry.old[field], "new": entry.new[field]} for field in entry.fields},
    }


def _number(row: Row) -> dict[str, str] | None:
    """A number as each language writes it; none where there is none."""
    return {lang: told.number(row, lang) for lang in words.LANGUAGES} if row else None
