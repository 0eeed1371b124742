"""Published numbers that move although neither a correction nor the changelog says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from analysis import claims, records, series
from analysis.editions.changes import told
from analysis.editions.changes.comparing import Entry, entries_of
from analysis.editions.changes.published import Row, read
from analysis.editions.corrections import FILE
from analysis.editions.corrections import Entry as Correction
from analysis.editions.plan import card
from analysis.editions.publish import kept, listed
from analysis.errors import InputError, Problems
from analysis.pages.machine import SITEMAP

CHANGELOG = Path("CHANGELOG.md")
_SECTION = re.compile(r"^## +", re.MULTILINE)
_NUMBERS = re.compile(r"^### +Numbers\s*$(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)


def refuse_moves(out: Path, files: Mapping[str, bytes], project: Path) -> tuple[InputError, ...]:
    """Raises Problems where an edition made of ``files`` would move a number that is public in ``out``, unexplained.

    It is held against the edition published there last, and against the one kept under its own name. Numbers that move
    while no edition was public yet are returned: for a person to read, and no more.
    """
    about = card(project)
    places = [out, *(each.place for each in kept(out) if each.name == about.name)]
    public: dict[str, InputError] = {}
    private: dict[str, InputError] = {}
    for place in (each for each in places if listed(each)):
        found = public if about.address or (place / SITEMAP).is_file() else private
        found |= {str(each): each for each in _moves_or_none_known(place, files, project)}
    if public:
        raise Problems(public.values())
    return tuple(private.values())


def _moves_or_none_known(old: Path, files: Mapping[str, bytes], project: Path) -> tuple[InputError, ...]:
    try:
        return moves(old, files, project)
    except InputError as error:
        return (error,)


def moves(old: Path, files: Mapping[str, bytes], project: Path) -> tuple[InputError, ...]:
    """The numbers of the edition in the folder ``old`` that are others in ``files``, unexplained.

    A number is explained by a correction with the value that stood, or by its id under *Numbers* in the changelog, in a
    section newer than that edition; in its own, too, while it is published again. Raises InputError where the old
    edition is not as it was published.
    """
    before = read(old)
    stood = _corrected(project)
    noted = _noted(project, before.name, card(project).name)
    return tuple(
        _problem(entry, before.name)
        for kind in ("claim", "observation")
        for entry in entries_of(kind, before.files, files)
        if entry.what == "moved" and set(entry.fields) & set(told.NUMBER)
        if (entry.id, claims.fold(entry.old["printed"])) not in stood
        if not re.search(rf"(?<!\w){re.escape(entry.id)}(?!\w)", noted)
    )


def _corrected(project: Path) -> set[tuple[str, str]]:
    """The numbers corrected, each with the value that stood."""
    if not (project / FILE).is_file():
        return set()
    entries, problems = records.listed(Correction, project / FILE, file=FILE, kind="correction", named="claim")
    if problems:
        raise Problems(problems)
    return {(each.claim, claims.fold(each.stood)) for each in entries}


def _noted(project: Path, stood: str, stands: str) -> str:
    """What the changelog says under *Numbers* since the edition that stood; of the newest section if it knows none."""
    file = project / CHANGELOG
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    sections = _SECTION.split(text)[1:]
    own = [at for at, section in enumerate(sections) if section.split()[:1] == [stood]]
    newer = sections[: own[0] + (stood == stands) if own else 1]
    return "\n".join(found for section in newer for found in _NUMBERS.findall(section))


def _problem(entry: Entry, edition: str) -> InputError:
    folder = claims.FOLDER / entry.new["document"] if entry.kind == "claim" else series.FOLDER / entry.new["series"]
    moved = [each for each in entry.fields if each in told.NUMBER]
    return InputError(
        "a published number moves, and nothing says so",
        file=folder,
        entry=entry.id,
        evidence=f"{_written(entry.old, moved)} in the edition {edition}; {_written(entry.new, moved)} now",
        way_out=f'put it back; or correct it in {FILE} with stood = "{entry.old["printed"]}"; '
        f"or name {entry.id} in {CHANGELOG} under Numbers, and say why",
    )


def _written(row: Row, moved: list[str]) -> str:
    told_of = ", ".join(f"{field} {row[field] or 'none'}" for field in moved)
    return f'"{row["printed"]}" ({told_of})'
