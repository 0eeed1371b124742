"""The generated pages: written, or held against those that are there."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import InputError
from analysis.handbook.codes import codes_page, lexicon_page
from analysis.handbook.commands import commands
from analysis.handbook.interface import interface_page
from analysis.handbook.told import environment_page, parameters_page, tables_page

FOLDER = Path("docs/reference")


def reference(parser: argparse.ArgumentParser, project: Path) -> Mapping[str, str]:
    """Every generated page by the name of its file; ``parser`` is that of the command ``nuage``."""
    return {
        "commands.md": commands(parser),
        "parameters.md": parameters_page(),
        "tables.md": tables_page(project),
        "codes.md": codes_page(),
        "lexicon.md": lexicon_page(),
        "python.md": interface_page(),
        "environment.md": environment_page(),
    }


def write(pages: Mapping[str, str], project: Path) -> list[Path]:
    """Writes the pages that are not there as they should be, and returns them."""
    faults = stale(pages, project)
    for file in (project / FOLDER / name for name in faults):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(pages[file.name], encoding="utf-8")
    return [project / FOLDER / name for name in faults]


def stale(pages: Mapping[str, str], project: Path) -> dict[str, InputError]:
    """The pages that are missing or say something else than the code, each with the error that tells so."""
    return {
        name: InputError("does not say what the code says", file=FOLDER / name, way_out="nuage docs")
        for name, text in pages.items()
        if not (file := project / FOLDER / name).is_file() or file.read_text(encoding="utf-8") != text
    }
