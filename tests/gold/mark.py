"""Marked passages → plain passages and gold records.

A gold passage is written by hand in ``marked/tuned`` or ``marked/held_out``, with each numeric expression between
brackets, followed by what a careful reader would note::

    contre moins de ⟦2 %|percentage 2 percent <⟧ en ⟦2019|year 2019⟧

After the bar: kind, value, unit, then, if it is not exact, the bound, then ``?`` where a record counts neither as
right nor as wrong. Values are numbers (``1.8e9``), ``low..high``, ISO dates, or ``-`` for an identifier; a unit may
be several words, or ``-``. Bounds: ``~`` about, ``>`` ``>=`` at least, ``<`` ``<=`` at most, the limit itself left out
with ``>`` and ``<``. The first two letters of the file's name are its language.

``python tests/gold/mark.py`` writes ``passages/*.txt`` and ``passages.jsonl`` from them; a test holds them in step.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
#: Tuned on; held out until the first scoring; written after that one.
HALVES = ("tuned", "held_out", "fresh")
_EXPRESSION = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")
_DIGIT = re.compile(r"\d")
_BOUNDS = {
    "~": ("about", False),
    ">": ("at_least", True),
    ">=": ("at_least", False),
    "<": ("at_most", True),
    "<=": ("at_most", False),
}
Record = dict[str, Any]


def read_marked(marked: str, name: str) -> tuple[str, list[Record]]:
    """The plain text of a marked passage, and its gold records."""
    plain, records, at = "", [], 0
    for number, match in enumerate(_EXPRESSION.finditer(marked)):
        plain += marked[at : match.start()]
        records.append(_record(f"{name}#{number}", name, match[1], match[2].split(), len(plain)))
        plain += match[1]
        at = match.end()
    return plain + marked[at:], records


def _record(identity: str, file: str, printed: str, note: list[str], start: int) -> Record:
    scored = note[-1] != "?"
    note = note if scored else note[:-1]
    bound, strict = _BOUNDS[note.pop()] if note[-1] in _BOUNDS else ("exact", False)
    value = _value(note[1])
    if isinstance(value, list) and bound == "exact":
        bound = "range"
    core = _core(printed)
    unit = " ".join(note[2:])
    return {
        "id": identity,
        "file": file,
        "start": start,
        "end": start + len(printed),
        "printed": printed,
        "core_start": start + core[0],
        "core_end": start + core[1],
        "kind": note[0],
        "value": value,
        "unit": unit if unit not in ("", "-") else None,
        "bound": bound,
        "strict": strict,
        "scored": scored,
        "lang": file[:2],
    }


def _core(printed: str) -> tuple[int, int]:
    """The numeral's place in the expression: from its first digit to its last, or all of it where it is in words."""
    digits = [match.start() for match in _DIGIT.finditer(printed)]
    return (digits[0], digits[-1] + 1) if digits else (0, len(printed))


def _value(text: str) -> Any:
    if text == "-":
        return None
    if ".." in text:
        return [_value(part) for part in text.split("..")]
    if re.fullmatch(r"-?\d+(\.\d+)?(e\d+)?", text):
        return float(text) if "." in text or "e" in text else int(text)
    return text


def passages(half: str) -> Iterator[tuple[str, str, list[Record]]]:
    """Name, plain text and records of each passage of a half (``tuned`` or ``held_out``)."""
    for path in sorted((HERE / "marked" / half).glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            plain, records = read_marked(file.read(), path.name)
        yield path.name, plain, records


def written(half: str) -> dict[Path, str]:
    """The files that stand for a half: its plain passages and its records, one JSON object a line."""
    files, lines = {}, []
    for name, plain, records in passages(half):
        files[HERE / "passages" / half / name] = plain
        lines += [json.dumps(record, ensure_ascii=False) for record in records]
    files[HERE / "passages" / f"{half}.jsonl"] = "\n".join(lines) + "\n"
    return files


def main() -> None:
    for half in HALVES:
        for path, content in written(half).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
