"""Where the folders are: the project a command works on, and the fonts that the set-up brought."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from analysis.errors import SetupError, UsageError

#: What makes a folder a project: it holds a ledger.
MARK = Path("data/raw/claims")

_FONTS = {
    "serif": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    "serif-bold": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    "serif-italic": ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
    "sans": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "sans-bold": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
}


def project(start: Path | None = None) -> Path:
    """The project folder: ``start`` itself, or else ``NUAGE_PROJECT``, or the nearest one at or above the current
    folder, or the checkout that the package is run from (so that a notebook runs from any folder).

    Raises UsageError where there is none.
    """
    if start is not None:
        return _marked(start.resolve())
    if named := os.environ.get("NUAGE_PROJECT"):
        return _marked(Path(named).resolve())
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / MARK).is_dir():
            return folder
    return _marked(here)


def _marked(folder: Path) -> Path:
    if (folder / MARK).is_dir():
        return folder
    raise UsageError(
        "not a project folder",
        file=folder,
        evidence=f"it has no {MARK}",
        way_out="go to the project's folder, or name it with --project DIR or NUAGE_PROJECT",
    )


def fonts() -> dict[str, Path]:
    """The TrueType files of the house fonts, by role: serif, serif-bold, serif-italic, sans, sans-bold.

    They come from packages, never from the system, so that pictures are the same on every machine.
    Raises SetupError where one is missing.
    """
    return {role: _font(package, name) for role, (package, name) in _FONTS.items()}


def _font(package: str, name: str) -> Path:
    try:
        file = Path(str(resources.files(package) / "files" / name))
    except ModuleNotFoundError:
        file = Path(package, name)
    if not file.is_file():
        raise SetupError(f"the font {name} is missing", file=file, way_out="set up again: make")
    return file
