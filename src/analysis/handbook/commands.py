"""The commands and their options, as the parser has them: told by its actions, not by its help.

How help is set differs from one Python to the next, and with the width of a terminal.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from analysis.errors import NuageError
from analysis.handbook.markup import code, codes, page, table

_COUNTS = {"?": "[{}]", "*": "[{}…]", "+": "{}…", None: "{}"}
_HEAD = ("argument", "what it is")


def commands(parser: argparse.ArgumentParser) -> str:
    """The page of all commands."""
    parsers = _parsers(parser)
    summaries = ((f"[`{parser.prog} {name}`](#{parser.prog}-{name})", told.description or "") for name, told in parsers)
    return page(
        "Commands",
        f"For every command: `{parser.prog} COMMAND --help`, `--project DIR` (the project folder; if not said, the one "
        "you are in).",
        table(("command", "what it does"), summaries),
        "## Exit codes",
        table(("code", "when"), _exit_codes()),
        *(block for name, told in parsers for block in _command(f"{parser.prog} {name}", told)),
    )


def _parsers(parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    """The parser of each command, by name, in the order of the help."""
    choices: Mapping[str, argparse.ArgumentParser] = next(
        action.choices
        for action in parser._actions  # noqa: SLF001  # it tells them nowhere else
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001  # it has no public name
    )
    return list(choices.items())


def _exit_codes() -> Iterator[tuple[str, str]]:
    yield "0", "Nothing to tell: done."
    kinds: list[type[NuageError]] = NuageError.__subclasses__()
    for kind in sorted(kinds, key=lambda kind: kind.exit_code):
        if "(exit " in (kind.__doc__ or ""):
            yield str(kind.exit_code), (kind.__doc__ or "").partition(" (exit ")[0] + "."


def _command(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f"## `{name}`"
    told = [action for action in parser._actions if action.help != argparse.SUPPRESS and action.dest != "help"]  # noqa: SLF001  # as above
    needed = (_needed(action) for action in told if action.required or not action.option_strings)
    yield f"{_sentence(parser.description or '')} {code(' '.join((name, *needed)))}"
    if told:
        yield table(_HEAD, ((_written(action), _sentence(action.help or "")) for action in told))


def _needed(action: argparse.Action) -> str:
    """What must stand in a call, or may in the place of a path or a name."""
    if action.option_strings:
        return f"{action.option_strings[0]} {_called(action)}"
    return _COUNTS[action.nargs if isinstance(action.nargs, str) else None].format(_called(action))


def _called(action: argparse.Action) -> str:
    """What stands in the place of a value."""
    if action.choices:
        return "|".join(map(str, action.choices))
    return str(action.metavar or action.dest)


def _written(action: argparse.Action) -> str:
    if not action.option_strings:
        return code(_called(action))
    value = "" if action.nargs == 0 else f" {_called(action)}"
    return codes(f"{option}{value}" for option in action.option_strings)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
