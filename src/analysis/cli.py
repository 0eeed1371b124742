"""The command ``nuage``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

# Each command imports what it needs when it is run, so that help and errors come at once.
from analysis import paths
from analysis.errors import NuageError, UsageError

_EXIT_CODES = "exit codes: 0 ok · 1 findings · 2 usage · 3 execution · 4 environment"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code: 0 ok, 1 findings, 2 usage, 3 execution, 4 environment."""
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except NuageError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("interrupted; nothing was published", file=sys.stderr)
        return 3
    except BrokenPipeError:
        sys.stderr.close()
        return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message, way_out=f"{self.prog} --help")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="nuage",
        description="What public documents say about the cloud, each number traced to the place that states it.",
        epilog=_EXIT_CODES,
    )
    parser.add_argument("--project", type=Path, metavar="DIR", help="project folder (default: the one you are in)")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)

    build = _command(commands, "build", _build, "run the notebooks and publish the edition")
    build.add_argument("--lang", action="append", choices=("fr", "en"), help="one language only (may be repeated)")
    build.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="see: nuage parameters (may be repeated)"
    )
    build.add_argument("--out", type=Path, metavar="DIR", help="where the edition goes (default: reports)")
    _documents_option(build)

    verify = _command(commands, "verify", _verify, "hold the claims against the documents and the tables")
    _documents_option(verify)

    tables = _command(commands, "tables", _tables, "write data/processed from the ledger")
    tables.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is not up to date")
    _documents_option(tables)

    documents = _command(commands, "documents", _documents, "list the documents, or add the texts you hold")
    documents.add_argument("action", nargs="?", choices=("list", "add"), default="list")
    documents.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files to recognise and copy in")
    _documents_option(documents)

    locate = _command(commands, "locate", _locate, "find words in a document, as a claim notes their place")
    locate.add_argument("document", help="id of the document")
    locate.add_argument("words", help='what is printed, for instance "667 M€"')
    _documents_option(locate)

    execute = _command(commands, "execute", _execute, "run the notebooks in place, with their default parameters")
    execute.add_argument("stems", nargs="*", metavar="NOTEBOOK", help="for instance adoption (default: all)")

    parameters = _command(commands, "parameters", _parameters, "list what a notebook can be told")
    parameters.add_argument("stems", nargs="*", metavar="NOTEBOOK", help="for instance adoption (default: all)")
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary, epilog=_EXIT_CODES)
    command.set_defaults(run=run)
    return command


def _documents_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--documents",
        type=Path,
        metavar="DIR",
        help="folder of the texts (default: NUAGE_DOCUMENTS or data/raw/documents)",
    )


def _build(options: argparse.Namespace) -> int:
    from analysis import editions

    project = paths.project(options.project)
    given = dict(_assignment(text) for text in options.param)
    languages = tuple(dict.fromkeys(options.lang or ("fr", "en")))
    out = options.out or project / "reports"
    progress = _Progress(editions.steps(project, languages, given))
    count = editions.build(project, out.absolute(), languages, given, options.documents, progress)
    progress.close()
    print(f"{count} files in {out}; open {out / 'index.html'}")
    return 0


def _assignment(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f'not NAME=VALUE: "{text}"', entry="--param", way_out="--param countries=DE,FI")
    return name, value


class _Progress:
    """A line rewritten in place on a terminal, plain lines elsewhere."""

    def __init__(self, total: int) -> None:
        from tqdm import tqdm

        self._bar = tqdm(total=total, file=sys.stderr, leave=False) if sys.stderr.isatty() else None

    def __call__(self, step: str) -> None:
        if self._bar is None:
            print(step, file=sys.stderr, flush=True)
        else:
            self._bar.set_description(step, refresh=False)
            self._bar.update()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _verify(options: argparse.Namespace) -> int:
    from analysis import editions

    result = editions.verify(paths.project(options.project), options.documents)
    for line in result.checked:
        print(line)
    for line in result.unchecked:
        print(f"NOT CHECKED  {line}")
    for problem in result.problems:
        print(problem, file=sys.stderr)
    count = len(result.problems)
    print("everything that was checked holds" if not count else f"{count} finding{'s' if count > 1 else ''}")
    return 1 if count else 0


def _tables(options: argparse.Namespace) -> int:
    from analysis import claims, documents, tables

    project = paths.project(options.project)
    ledger, folder = claims.load(project), project / tables.FOLDER
    texts = documents.shelf(documents.folder(project, options.documents), ledger.documents).texts
    if options.check:
        problems = list(tables.stale(ledger, texts, folder))
        for problem in problems:
            print(problem, file=sys.stderr)
        return 1 if problems else 0
    for file in tables.write(ledger, texts, folder):
        print(f"written: {file.relative_to(project)}")
    return 0


def _documents(options: argparse.Namespace) -> int:
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


def _locate(options: argparse.Namespace) -> int:
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


def _execute(options: argparse.Namespace) -> int:
    from analysis import editions, notebooks
    from analysis.errors import nearest

    project = paths.project(options.project)
    found = {stem: file for _, stem, file in editions.notebooks(project)}
    for stem in options.stems or found:
        if stem not in found:
            raise UsageError(f'no notebook "{stem}"', way_out=nearest(stem, found))
        found[stem].write_text(notebooks.text(notebooks.run(found[stem], {}, project)), encoding="utf-8")
        print(f"run: {found[stem].relative_to(project)}")
    return 0


def _parameters(options: argparse.Namespace) -> int:
    from analysis import parameters

    for stem in options.stems or parameters.CONTRACTS:
        print(stem)
        for parameter in parameters.contract(stem):
            choices = ("," if parameter.many else " | ").join(parameter.choices)
            print(f"  {parameter.name:<12} {parameter.help}: {choices} (default: {parameter.default})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
