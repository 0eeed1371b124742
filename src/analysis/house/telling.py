"""The rules of the texts: in both languages, their numbers from claims, the finding first and its limits last."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

from analysis.claims import Claim
from analysis.errors import nearest
from analysis.house.reading import TELLING, Call, Cell, Notebook
from analysis.house.rule import Hit, Rule
from analysis.quantities.quantity import FIGURES
from analysis.words import LANGUAGES

MOST_WORDS = 15
_MOST_COUNTED = 12  # months of a year
_FIELD = re.compile(r"\{[^{}]*\}")
_LINK = re.compile(r"\]\(#(\w+)\)")
_HEADING = re.compile(r"^(#+) +(.*)", re.MULTILINE)
_LIMITS = {"fr": "Ce que cela ne montre pas", "en": "What this does not show"}
#: How a text says of when a number is, or that nobody says it; in either language.
_DATED = re.compile(r"\b(?:un)?dat(?:e|é)|\.p(?:eriod|ublished)\b|quelle année|which year", re.IGNORECASE)
#: Columns from which a reader learns of when a number is.
_DATING = frozenset({"period", "published", "released", "note"})
_PERIODIC = FIGURES - {"duration"}
_NOBODY = frozenset({"", "none"})  # an announcement is measured by nobody


def _typed(notebook: Notebook) -> Iterator[Hit]:
    for cell in notebook.cells:
        texts = cell.strings if cell.kind == "code" else (cell.source,)
        for text in texts:
            if (" " in text.strip() or cell.kind != "code") and (found := re.search(r"\d+", _FIELD.sub("", text))):
                yield cell, f"{found[0]} in “{_about(text, found[0])}”"
        if "parameters" not in cell.tags:
            yield from ((cell, f"{number} in the code") for number in _measured(cell))


def _measured(cell: Cell) -> Iterator[int | float]:
    """Numbers in code that may be measurements: small whole ones count, compare and name places in a list."""
    handed = {id(value) for call in cell.calls if call.name == "tell" for value in call.keywords.values()}
    for node in ast.walk(cell.tree):
        match node:
            case ast.Constant(value=bool()):
                pass
            case ast.Constant(value=(int() | float()) as number) if (
                number > _MOST_COUNTED or number % 1 or id(node) in handed
            ):
                yield number


def _about(text: str, number: str) -> str:
    line = next(line for line in text.splitlines() if number in line)
    start = max(line.find(number) - 30, 0)
    return line[start : start + 60].strip()


def _one_sided(notebook: Notebook) -> Iterator[Hit]:
    for cell, call in _telling(notebook):
        for part in ("", "caption_", "note_"):
            given = {lang for lang in LANGUAGES if f"{part}{lang}" in call.keywords}
            if len(given) == 1 or (call.name == "tell" and not part and not given):
                missing = " and ".join(f"{part}{lang}" for lang in LANGUAGES if lang not in given)
                yield cell, f"{call.name}(…) without {missing}"
                continue
            french, english = (call.text(f"{part}{lang}") for lang in LANGUAGES)
            if french == english and french and len(_FIELD.sub("", french).split()) > 2:
                yield cell, f"the same in both: “{french[:60]}”", "write each in its language"


def _unknown(notebook: Notebook) -> Iterator[Hit]:
    for cell, call in _telling(notebook):
        for name in dict.fromkeys((*_fields(call), *(call.arguments if call.name == "key_numbers" else ()))):
            if name not in notebook.known and name not in call.keywords:
                yield cell, f'no claim is called "{name}"', _near(name, notebook)


def _near(name: str, notebook: Notebook) -> str:
    hint = nearest(name, notebook.known)
    return "the columns id of the tables claims and series list them" if hint.startswith("known") else hint


def _fields(call: Call) -> Iterator[str]:
    """The names that the texts of a call ask for, where it is written out what else they may name."""
    if call.open or call.name == "tabled":
        return
    for keyword in call.keywords:
        if keyword in LANGUAGES or keyword.startswith(("caption_", "note_")):
            yield from (
                field.partition(".")[0] for _, field, _, _ in Formatter().parse(call.text(keyword) or "") if field
            )


def _headings(notebook: Notebook) -> Iterator[Hit]:
    """One headline, first; sections below it; no level left out."""
    for lang in LANGUAGES:
        before = 0
        for cell, call in _telling(notebook):
            for marks, title in _HEADING.findall(call.text(lang) or "" if call.name == "tell" else ""):
                level = len(marks)
                if (level == 1) != (before == 0) or level > before + 1:
                    yield cell, f"{lang}: “{marks} {title}” after {'#' * before or 'nothing'}"
                before = max(level, 1)


def _long_headline(notebook: Notebook) -> Iterator[Hit]:
    for cell, call in _telling(notebook):
        for lang in LANGUAGES:
            for marks, title in _HEADING.findall(call.text(lang) or ""):
                if len(marks) == 1 and (words := len(_FIELD.sub("x", title).split())) > MOST_WORDS:
                    yield cell, f"{lang}: {words} words, {MOST_WORDS} at most"


def _no_limits(notebook: Notebook) -> Iterator[Hit]:
    """The chapter ends with a list of what it does not show."""
    for lang in LANGUAGES:
        told = "\n\n".join(call.text(lang) or "" for _, call in _telling(notebook) if call.name == "tell")
        heading, _, after = told.rpartition("\n## ")
        title, *rest = after.strip().splitlines() or [""]
        if not heading or title != _LIMITS[lang] or not any(line.startswith("- ") for line in rest):
            yield None, f"{lang}: the last section is “{title}”", f"end with tell(…) “## {_LIMITS[lang]}”, and a list"


def _undated(notebook: Notebook) -> Iterator[Hit]:
    """Measured numbers without a period, told where neither the words nor a table of the chapter say so."""
    dated = {claim for cell in notebook.codes for claim in _dated(cell)}
    for cell in notebook.codes:
        markdown = "".join("".join(output.get("data", {}).get("text/markdown", "")) for output in cell.outputs)
        for name in () if _DATED.search(cell.source) else dict.fromkeys(_LINK.findall(markdown)):
            if name not in dated and _needs_period(notebook.known.get(name)):
                yield cell, f'"{name}" has no period, and no text or table here says so'


def _needs_period(entry: object) -> bool:
    return (
        isinstance(entry, Claim)
        and not entry.period
        and not entry.same_as
        and entry.quantity.kind in _PERIODIC
        and entry.measured_by not in _NOBODY
    )


def _dated(cell: Cell) -> Iterator[str]:
    """The claims of which a table or a key number in a cell's output says of when they are."""
    for block in cell.blocks:
        if block["block"] == "key_numbers":
            yield from (item["claim"] for item in block["items"] if item["period"])
        table = block.get("table", block)
        if _DATING & {column["name"] for column in table.get("columns", ())}:
            yield from (each["claim"] for row in table["rows"] for each in row if each["claim"])


def _telling(notebook: Notebook) -> Iterator[tuple[Cell, Call]]:
    yield from ((cell, call) for cell in notebook.codes for call in cell.calls if call.name in TELLING)


RULES = (
    Rule("typed-number", "a number is typed", "put the claim in its place: {claim_id}", _typed, chapter=True),
    Rule(
        "one-language",
        "a text is told in one language",
        "write it in French and in English",
        _one_sided,
        chapter=True,
    ),
    Rule("unknown-claim", "a text names a claim there is not", "look at the column id of the table claims", _unknown),
    Rule(
        "heading-order",
        "a heading is out of order",
        "one # first, then ##, ### below ##",
        _headings,
        chapter=True,
    ),
    Rule(
        "long-headline",
        "the headline is too long to be read at once",
        "say the finding shorter",
        _long_headline,
        chapter=True,
    ),
    Rule(
        "no-limits",
        "the chapter does not say what it does not show",
        "end with a list of it",
        _no_limits,
        chapter=True,
    ),
    Rule(
        "no-period",
        "a number is told of which nobody learns of when it is",
        "say “sans date” and “undated”, or show it in a table with the column period",
        _undated,
        run=True,
        chapter=True,
    ),
)
