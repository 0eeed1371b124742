"""Mutation test of the ledger: small faults are put into claims and documents, and ``nuage verify`` must find each.

Run it with ``make mutants``, the documents at hand. It prints, for each kind of fault, how many were made, how many
were found, and how many would be found even if the same hand had also written the tables again ("by meaning"): by the
document, by the words around the number, by the census, not by the committed tables. Without the documents
(``--without``) only what changes the ledger is made, and only the ledger and the tables can find it.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import combinations, pairwise
from pathlib import Path

from analysis import claims, documents, editions, reading, tables
from analysis.claims import Claim, Ledger
from analysis.errors import NuageError, Problems

PROJECT = Path(__file__).resolve().parents[1]
#: Of a kind of fault that can be made in many places, this many are made, spread evenly.
MOST = 40
Edit = Callable[[str], str]


@dataclass(frozen=True)
class Mutant:
    """A fault: what was done to which text, the ledger's or the document's."""

    kind: str
    what: str
    document: str
    ledger: tuple[tuple[str, str], ...] = ()
    text: tuple[tuple[int, int, str], ...] = ()


def block(source: str, claim: Claim) -> str:
    """The lines of the ledger that hold a claim."""
    start = source.index(f'id = "{claim.id}"\n')
    end = source.find("\n[[", start)
    return source[start : end if end > 0 else len(source)]


def edited(kind: str, source: str, claim: Claim, edit: Edit) -> Iterator[Mutant]:
    """The mutant that an edit of a claim's lines gives; none if the edit changes nothing."""
    before = block(source, claim)
    after = edit(before)
    if after != before:
        yield Mutant(kind, claim.id, claim.document.id, ((before, after),))


def substituted(pattern: str, by: str | Callable[[re.Match[str]], str]) -> Edit:
    """Replaces the first match of a pattern in a claim's lines."""
    return lambda lines: re.sub(pattern, by, lines, count=1)


def next_digit(match: re.Match[str]) -> str:
    return f"{match[1]}{(int(match[2]) + 1) % 10}"


FLIP = substituted(r'^((?:.*\n)*?printed = "\D*)(\d)', next_digit)


def moved(match: re.Match[str]) -> str:
    return f"at = [{int(match[1]) + 1}, {int(match[2]) + 1}]"


def exchanged(source: str, one: Claim, other: Claim, fields: str) -> tuple[tuple[str, str], ...]:
    """Two claims with some of their lines exchanged."""
    first, second = block(source, one), block(source, other)
    wanted = re.compile(rf"^(?:{fields}) = .*$", re.MULTILINE)
    lines = {line.partition(" =")[0]: line for line in wanted.findall(second)}
    others = {line.partition(" =")[0]: line for line in wanted.findall(first)}
    there = wanted.sub(lambda m: others.get(m[0].partition(" =")[0], m[0]), second)
    here = wanted.sub(lambda m: lines.get(m[0].partition(" =")[0], m[0]), first)
    return ((first, here), (second, there))


def of_the_ledger(stated: tuple[Claim, ...], source: str) -> Iterator[Mutant]:
    """Faults that somebody typing in the ledger could make."""
    edits: dict[str, Edit] = {
        "digit flipped": FLIP,
        "place moved by one": substituted(r"(?m)^at = \[(\d+), (\d+)\]", moved),
        "percent for points": substituted(r'(printed = "[^"]*?)\s?%"', r'\1 points"'),
        "points for percent": substituted(r'(printed = "[^"]*?) points"', r'\1 %"'),
        "M€ for Md€": substituted(r'(printed = "[^"]*?)Mds?\s?€', r"\1M€"),
        "Md€ for M€": substituted(r'(printed = "[^"]*?)M€', r"\1Md€"),
        "cue left out": substituted(r"\ncue = .*", ""),
        "another year": substituted(r'(?m)^(period = "\d{3})(\d)', next_digit),
        "statement changed": substituted(r'(?m)^statement_en = ".*"', 'statement_en = "It is {value}."'),
    }
    for claim in stated:
        for kind, edit in edits.items():
            yield from edited(kind, source, claim, edit)
    places = [claim for claim in stated if claim.place_words]
    for one, other in combinations(places, 2):
        if one.place != other.place:
            pair = exchanged(source, one, other, "place")
            yield Mutant("countries exchanged", f"{one.id}, {other.id}", one.document.id, pair)
    number = "printed|at|line|context"
    for one, other in pairwise(stated):
        if one.printed != other.printed:
            pair = exchanged(source, one, other, number)
            near = abs(one.start - other.start) < 150
            kind = "numbers of one passage exchanged" if near else "claims exchanged"
            yield Mutant(kind, f"{one.id}, {other.id}", one.document.id, pair)


def of_the_document(stated: tuple[Claim, ...], text: str, source: str) -> Iterator[Mutant]:
    """Faults in the document, and places that hold the right words in the wrong passage."""
    for claim in stated:
        name, (start, end) = claim.document.id, claim.at
        elsewhere = [place for place in claims.locate(claim.printed, text) if place != claim.at]
        for a, b in elsewhere[:1]:
            edit = substituted(r"(?m)^at = \[\d+, \d+\]", f"at = [{a}, {b}]")
            yield from edited("right words, wrong place", source, claim, edit)
        line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        if line_end > 0:
            passage = text[line_start:line_end]
            moves = ((len(text), len(text), passage), (line_start, line_end, ""))
            yield Mutant("passage moved", claim.id, name, text=moves)
        yield Mutant("byte changed inside a claim", claim.id, name, text=((start, start + 1, "~"),))
        outside = (end + 400) % len(text)
        yield Mutant("byte changed outside a claim", claim.id, name, text=((outside, outside + 1, "~"),))
        if claim.same_as:
            yield Mutant("one of two repetitions changed", claim.id, name, text=((start - 2, start - 1, "~"),))
        if digit := re.search(r"\d", claim.printed):
            at, new = text.index(digit[0], start), str((int(digit[0]) + 1) % 10)
            for same in edited("number and passage changed together", source, claim, FLIP):
                yield replace(same, text=((at, at + 1, new),))


def mutants(ledger: Ledger, texts: dict[str, str]) -> Iterator[Mutant]:
    """Every mutant that is made, in the ledger's order."""
    for name in ledger.documents:
        file = PROJECT / claims.FOLDER / f"{name}.toml"
        if not file.is_file():
            continue
        source, stated = file.read_text(encoding="utf-8"), ledger.of(name)
        yield from of_the_ledger(stated, source)
        if name in texts:
            yield from of_the_document(stated, texts[name], source)


def found(mutant: Mutant, folder: Path | None) -> tuple[bool, bool]:
    """Whether the fault is found at all, and whether it is found by meaning."""
    with tempfile.TemporaryDirectory() as place:
        project, shelf = Path(place) / "project", Path(place) / "documents"
        shutil.copytree(PROJECT / "data", project / "data")
        shelf.mkdir()
        for file in folder.glob("*.txt") if folder else ():
            shutil.copy(file, shelf)
        _apply(mutant, project, shelf)
        problems = _problems(project, shelf)
    by_tables = [p for p in problems if p.file and str(tables.FOLDER) in p.file.replace(str(project), "")]
    return bool(problems), len(by_tables) < len(problems)


def _apply(mutant: Mutant, project: Path, shelf: Path) -> None:
    file = project / claims.FOLDER / f"{mutant.document}.toml"
    source = file.read_text(encoding="utf-8")
    for before, after in mutant.ledger:
        source = source.replace(before, after, 1)
    file.write_text(source, encoding="utf-8")
    if mutant.text:
        held = documents.shelf(shelf, documents.cards(project))
        text = held.texts[mutant.document]
        for start, end, new in mutant.text:
            text = text[:start] + new + text[end:]
        held.files[mutant.document].write_text(text, encoding="utf-8", newline="")


def _problems(project: Path, shelf: Path) -> list[NuageError]:
    try:
        return list(editions.verify(project, shelf).problems)
    except Problems as problems:
        return list(problems.problems)


def read_each_text_once() -> None:
    """Most mutants leave the documents as they are: their numbers need not be read again each time."""
    reading.scan = cache(reading.scan)


def spread(made: list[Mutant]) -> list[Mutant]:
    """At most ``MOST`` of each kind, evenly spread; digits, the commonest slip, are all flipped."""
    chosen = []
    for kind in dict.fromkeys(mutant.kind for mutant in made):
        alike = [mutant for mutant in made if mutant.kind == kind]
        step = 1 if kind == "digit flipped" else -(-len(alike) // MOST)
        chosen += alike[::step]
    return chosen


def main() -> int:
    """Makes the mutants, prints the table, and returns 1 if any survived."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--without", action="store_true", help="as if the documents were not at hand")
    without = parser.parse_args().without
    folder = None if without else documents.folder(PROJECT)
    ledger = claims.load(PROJECT)
    texts = {} if folder is None else dict(documents.shelf(folder, ledger.documents).texts)
    if not without and texts.keys() != ledger.documents.keys():
        sys.exit("not all documents are at hand: nuage documents add PATH, or --without")
    if problems := editions.verify(PROJECT, folder).problems:
        sys.exit(f"the ledger does not hold before anything is changed:\n{problems[0]}")
    chosen = spread(list(mutants(ledger, texts)))
    with ProcessPoolExecutor(os.cpu_count(), initializer=read_each_text_once) as workers:
        results = list(workers.map(partial(found, folder=folder), chosen, chunksize=8))
    made, caught, meant = Counter[str](), Counter[str](), Counter[str]()
    for mutant, (any_way, by_meaning) in zip(chosen, results, strict=True):
        made[mutant.kind] += 1
        caught[mutant.kind] += any_way
        meant[mutant.kind] += by_meaning
        if not any_way:
            print(f"SURVIVED  {mutant.kind}: {mutant.what}")
    print(f"{'fault':<38}{'made':>6}{'found':>7}{'by meaning':>12}")
    for kind, number in made.items():
        print(f"{kind:<38}{number:>6}{caught[kind]:>7}{meant[kind]:>12}")
    total = made.total()
    print(f"found {caught.total()} of {total} ({100 * caught.total() / total:.1f} %), by meaning {meant.total()}")
    return 0 if caught.total() == total else 1


if __name__ == "__main__":
    sys.exit(main())
