"""The arguments of every command, and its exit code."""

from __future__ import annotations

import argparse
import io
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeAlias

from analysis import parameters
from analysis.cli import (
    changes,
    editions,
    findings,
    handbook,
    house,
    ledger,
    review,
    scanning,
    series,
    signing,
    suggesting,
    texts,
)
from analysis.cli.progress import NO_ERROR_OF_OURS
from analysis.errors import NuageError, UsageError, lacks_told

_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001  # it has no public name
_EXIT_CODES = "exit codes: 0 ok · 1 findings · 2 usage · 3 execution · 4 environment"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code: 0 ok, 1 findings, 2 usage, 3 execution, 4 environment."""
    _never_stumble_over_a_character()
    try:
        with _ended_in_order(), lacks_told():
            options = _parser().parse_args(arguments)
            return int(options.run(options))
    except NuageError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("interrupted; nothing was published", file=sys.stderr)
        return NO_ERROR_OF_OURS
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except SystemExit:  # how --help ends
        raise
    except BaseException:  # noqa: BLE001  # whatever it is, a panic of Typst too, its exit code must not be that of findings
        traceback.print_exc()
        print("an error that nobody has foreseen: please report it", file=sys.stderr)
        return NO_ERROR_OF_OURS


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """A command that is told to end does so as if it were interrupted: what it has begun is cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    for number in (number for number, told in before.items() if told != signal.SIG_IGN):  # as nohup has it
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, told in before.items():
            signal.signal(number, told)


def _never_stumble_over_a_character() -> None:
    """Lets a terminal that lacks a character show its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f'not a number of workers: "{text}"')
    return int(text)


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
    _for_editions(commands)
    _for_kept_editions(commands)
    _for_the_ledger(commands)
    _for_series(commands)
    _for_texts(commands)
    house.register(partial(_command, commands))
    handbook.register(partial(_command, commands), parser)
    return parser


def _for_editions(commands: _Commands) -> None:
    build = _command(commands, "build", editions.build, "run the notebooks and publish the edition")
    build.add_argument("--lang", action="append", choices=("fr", "en"), help="one language only (may be repeated)")
    build.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="see: nuage parameters (may be repeated)"
    )
    build.add_argument(
        "--matrix", type=Path, metavar="FILE", help="only the runs that a TOML or CSV file names (docs/parameters.md)"
    )
    build.add_argument("--out", type=Path, metavar="DIR", help="where the edition goes (default: reports)")
    build.add_argument(
        "--workers", type=_at_least_one, default=2, metavar="N", help="how many runs and PDFs at once (default: 2)"
    )
    _machines_options(build)
    build.add_argument("--log-json", type=Path, metavar="FILE", help="log what was done there, as JSON lines")
    build.add_argument("--anew", action="store_true", help="build it even where nothing has changed")
    build.add_argument(
        "--passages",
        action="store_true",
        help="show the documents' passages in the proofs: for your own use, never into reports (needs --out)",
    )
    _documents_option(build)
    build.formatter_class = argparse.RawDescriptionHelpFormatter
    build.add_argument_group("parameters, by notebook", "\n".join(parameters.listed(parameters.CONTRACTS)))

    execute = _command(
        commands, "execute", editions.execute, "run the notebooks in place, with their default parameters"
    )
    execute.add_argument(
        "stems", nargs="*", metavar="NOTEBOOK", help="for instance adoption, or a path (default: all notebooks)"
    )

    listing = _command(commands, "parameters", editions.list_parameters, "list what a notebook can be told")
    listing.add_argument("stems", nargs="*", metavar="NOTEBOOK", help="for instance adoption (default: all)")
    form = listing.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object, the parameters by notebook")
    form.add_argument("--schema", action="store_true", help="the JSON Schema of the parameters, by notebook")


def _for_kept_editions(commands: _Commands) -> None:
    diff = _command(commands, "diff", changes.diff, "hold two editions against each other, number by number")
    diff.add_argument("old", nargs="?", default="previous", metavar="A", help="name or folder (default: previous)")
    diff.add_argument("new", nargs="?", default="latest", metavar="B", help="name or folder (default: latest)")
    diff.add_argument("--json", action="store_true", help="one JSON document")
    diff.add_argument("--html", type=Path, metavar="FILE", help="write a page that says what changed there")
    diff.add_argument("--lang", choices=("fr", "en"), default="en", help="language of the words (default: en)")
    _out_option(diff)

    prune = _command(
        commands, "prune", changes.prune, "remove kept editions but the newest, and the one published last"
    )
    prune.add_argument("--keep", type=int, default=12, metavar="N", help="how many to keep (default: 12)")
    prune.add_argument("--dry-run", action="store_true", help="only say which would be removed")
    _out_option(prune)


def _for_the_ledger(commands: _Commands) -> None:
    verify = _command(commands, "verify", ledger.verify, "hold the claims against the documents and the tables")
    _documents_option(verify)

    tables = _command(commands, "tables", ledger.write_tables, "write data/processed from the ledger")
    tables.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is not up to date")
    _documents_option(tables)

    found = _command(commands, "findings", findings.findings, "list what came out of the declared checks")
    found.add_argument("--lang", choices=("fr", "en"), default="en", help="language of the sentences (default: en)")
    found.add_argument("--verdict", choices=findings.VERDICTS, help="those of one verdict only")
    found.add_argument("--json", action="store_true", help="one JSON object per finding")

    sign = _command(commands, "sign-off", signing.sign_off, "record that a second reader held numbers against passages")
    sign.add_argument("ids", nargs="*", metavar="ID", help="claims or observations (default: list how many are signed)")
    sign.add_argument("--reader", metavar="NAME", help="who has read them")
    sign.add_argument("--date", metavar="DAY", help="when, ISO (default: today)")
    sign.add_argument("--yes", action="store_true", help="do not ask: they have been read")
    _documents_option(sign)

    suggest = _command(
        commands, "suggest", suggesting.suggest, "propose relations between numbers, for a person to judge"
    )
    suggest.add_argument("--document", metavar="ID", help="look into one document only")
    suggest.add_argument("--top", type=int, default=20, metavar="N", help="how many to show (default: 20)")
    suggest.add_argument("--all", action="store_true", help="show those declared in checks.toml as well")
    suggest.add_argument("--json", action="store_true", help="one JSON object per suggestion")
    suggest.add_argument("--csv", type=Path, metavar="FILE", help="write them to a CSV file")


def _for_series(commands: _Commands) -> None:
    refresh = _command(commands, "refresh", series.refresh, "fetch the current release of official statistics")
    refresh.add_argument("series", nargs="?", metavar="SERIES", help="for instance eurostat_cloud_use (default: all)")
    refresh.add_argument(
        "--from", dest="address", default="", metavar="URL", help="fetch it from there, not from the card's address"
    )
    refresh.add_argument(
        "--timeout", type=float, default=60.0, metavar="SECONDS", help="how long an answer may take (default: 60)"
    )


def _for_texts(commands: _Commands) -> None:
    documents = _command(commands, "documents", texts.hold, "list the documents, or add the texts you hold")
    documents.add_argument("action", nargs="?", choices=("list", "add"), default="list")
    documents.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files to recognise and copy in")
    _documents_option(documents)

    add = _command(commands, "add", texts.add, "take in a new document: card, text, and a draft of each of its claims")
    add.add_argument("file", type=Path, metavar="FILE", help="the document as received: text, HTML or PDF")
    add.add_argument("--id", required=True, metavar="ID", help="its name here, for instance strategie_cloud_2021")
    _documents_option(add)

    locate = _command(commands, "locate", texts.locate, "find words in a document, as a claim notes their place")
    locate.add_argument("document", help="id of the document")
    locate.add_argument("words", help='what is printed, for instance "667 M€"')
    _documents_option(locate)

    scan = _command(commands, "scan", scanning.scan, "list every number of a text, HTML or PDF file")
    scan.add_argument("files", nargs="+", metavar="FILE", help="files to scan; - is standard input")
    scan.add_argument("--json", action="store_true", help="one JSON object per number")
    scan.add_argument("--lang", choices=("fr", "en"), help="language of the text (default: told for each sentence)")

    reviewed = _command(commands, "review", review.review, "hold an article's numbers against what is known")
    reviewed.add_argument("files", nargs="+", metavar="FILE", help="text, HTML or PDF; - is standard input")
    reviewed.add_argument("--json", action="store_true", help="one JSON object per number")
    reviewed.add_argument("--sarif", type=Path, metavar="FILE", help="write the findings there, for code hosts")
    reviewed.add_argument("--html", type=Path, metavar="FILE", help="write an annotated copy of the article there")
    reviewed.add_argument("--lang", choices=("fr", "en"), help="language of the remarks (default: the article's)")


def _command(
    commands: _Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary, epilog=_EXIT_CODES)
    command.set_defaults(run=run)
    # The same option as before the command's name; left out here, it must not undo what was said there.
    command.add_argument("--project", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return command


def _out_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, metavar="DIR", help="where the editions are (default: reports)")


def _machines_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--cluster", metavar="ADDRESS", help="send the runs to this Dask scheduler: tcp://HOST:PORT (docs/many.md)"
    )
    command.add_argument(
        "--store", metavar="URL", help="keep runs there too, for other machines: file:///srv/runs (docs/many.md)"
    )


def _documents_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--documents",
        type=Path,
        metavar="DIR",
        help="folder of the texts (default: NUAGE_DOCUMENTS or data/raw/documents)",
    )
