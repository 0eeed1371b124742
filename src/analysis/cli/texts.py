"""The commands for the documents' texts: documents, locate, add."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from analysis import paths
from analysis.errors import UsageError


def hold(options: argparse.Namespace) -> int:
    """Lists the documents, or takes in the texts of known ones."""
    from analysis import documents

    project = paths.project(options.project)
    cards = documents.cards(project)
    if options.action == "add":
        if not options.paths:
            raise UsageError("no file named", entry="documents add", way_out="nuage documents add PATH…")
        place = options.documents or project / documents.FOLDER
        for path, card in documents.add(options.paths, cards, place):
            print(f"{path}: {card.id}, copied to {place / card.id}.txt")
        return 0
    shelf = documents.shelf(documents.folder(project, options.documents), cards)
    for card in cards.values():
        held = shelf.files.get(card.id, "not at hand")
        print(f"{card.id}\n  {card.title}\n  {card.publisher}, {card.date}\n  {card.address}\n  text: {held}")
    return 0


def locate(options: argparse.Namespace) -> int:
    """Prints the place and fingerprint of words, as a claim notes them."""
    from analysis import claims, documents
    from analysis.errors import InputError, nearest

    project = paths.project(options.project)
    cards = documents.cards(project)
    if options.document not in cards:
        raise UsageError(f'no document "{options.document}"', way_out=nearest(options.document, cards))
    text = documents.shelf(documents.folder(project, options.documents), cards).texts.get(options.document)
    if text is None:
        raise UsageError("the document is not at hand", entry=options.document, way_out="nuage documents add PATH…")
    places = list(claims.locate(options.words, text))
    if not places:
        raise InputError(f'the document does not print "{options.words}"', entry=options.document)
    for start, end in places:
        print(f'printed = "{claims.fold(text[start:end])}"\nat = [{start}, {end}]')
        print(f'line = {documents.line_of(text, start)}\ncontext = "{claims.fingerprint(text, start, end)}"\n')
    return 0


def print_remarks(name: str, remarks: Sequence[str]) -> None:
    """Tells on standard error what was amiss in a file that could be read all the same."""
    if remarks:
        print(
            f"{name}: the file has faults, so that its text may have gaps\n  evidence: {'; '.join(remarks)}",
            file=sys.stderr,
        )


def add(options: argparse.Namespace) -> int:
    """Takes in a new document."""
    from analysis import claims, documents

    project = paths.project(options.project)
    place = documents.folder(project, options.documents)
    drafted = claims.draft(options.file, options.id, project, place)
    for file in (drafted.card, drafted.text, drafted.ledger):
        print(f"written: {file}")
    print_remarks(str(options.file), drafted.remarks)
    print(f"claims drafted: {drafted.drafts}; fill in what is empty, then: nuage verify")
    return 0
