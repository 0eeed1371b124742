"""The house style: colours with a fixed meaning, faces from the project's own fonts, matplotlib settings."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, Literal

import matplotlib
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, fontManager, get_font, ttfFontProperty

from analysis import paths

Face = Literal["sans", "serif"]

INK = "#16191f"
SECONDARY = "#545b66"
GRID = "#7b8290"
PAPER = "#fbfaf7"
#: One colour, one meaning, in every chart of every edition; a label always doubles it.
FRANCE = "#c4471a"
AMERICA = "#1d5fa6"
EUROPE = "#0f7a6c"
PRIVATE = "#8f6400"

#: Sizes of type in pixels.
HEADLINE, SUBTITLE, LABEL, SMALL = 22.0, 15.0, 14.0, 12.5

_FAMILIES: dict[Face, tuple[str, ...]] = {
    "sans": ("Source Sans Pro",),
    # The serif has no narrow no-break space: French numbers take that one glyph from the sans.
    "serif": ("Source Serif Pro", "Source Sans Pro"),
}
_ROLES = {
    "sans": ("Source Sans Pro", 400),
    "sans-bold": ("Source Sans Pro", 600),
    "serif": ("Source Serif Pro", 400),
    "serif-bold": ("Source Serif Pro", 600),
}
#: What is the machine's business and does not reach a drawing.
_OF_THE_MACHINE = ("backend", "interactive", "timezone", "toolbar", "webagg")
_OURS = {
    "font.family": ["Source Sans Pro"],
    "lines.scale_dashes": False,  # dashes are in pixels
    "path.simplify": False,
    "svg.fonttype": "none",  # words stay words
    "text.parse_math": False,
}


def settings(salt: str) -> Any:
    """Every matplotlib setting of a drawing, whatever the user's own configuration says.

    ``salt`` makes the identifiers in the SVG the same at each run and different from chart to chart.
    """
    stock, found = matplotlib.rcParamsDefault, matplotlib.rcParams
    ours = [key for key in stock if not key.startswith(_OF_THE_MACHINE)]
    return {**{key: stock[key] for key in ours if found[key] != stock[key]}, **_OURS, "svg.hashsalt": salt}


@cache
def font(size: float, *, bold: bool = False, face: Face = "sans") -> FontProperties:
    """The house font in that size (pixels) and weight."""
    _register()
    return FontProperties(
        family=list(_FAMILIES[face]),
        weight=600 if bold else 400,
        size=size,
        style="normal",
        variant="normal",
        stretch="normal",
    )


def text_width(text: str, size: float, *, bold: bool = False, face: Face = "sans") -> float:
    """How wide a line of text is set, in pixels, before kerning (which rarely adds, and never much).

    >>> text_width("19", 20) == 2 * text_width("19", 10) > 0
    True
    """
    return size * sum(map(_advances(face, bold=bold).__getitem__, text))


class _Advances(dict[str, float]):
    """How far each character moves the pen, in parts of the size of type: by all of it where no font has it."""

    def __missing__(self, _: str) -> float:
        return 1.0


@cache
def _advances(face: Face, *, bold: bool) -> _Advances:
    """The sans fills the gaps of the serif."""
    advances = _Advances()
    for role in dict.fromkeys(("sans", face)):
        with TTFont(paths.fonts()[f"{role}-bold" if bold else role]) as file:
            widths, unit = file["hmtx"], file["head"].unitsPerEm
            advances |= {chr(code): widths[glyph][0] / unit for code, glyph in file.getBestCmap().items()}
    return advances


@cache
def _register() -> None:
    """Puts the project's fonts before the system's, which may hold another cut of the same name.

    The semibold calls itself a family of its own; here it is the bold of its family, as style sheets have it.
    """
    for role, (family, weight) in _ROLES.items():
        file = paths.fonts()[role]
        entry = ttfFontProperty(get_font(file))
        fontManager.ttflist.insert(0, replace(entry, name=family, weight=weight))
        fontManager.addfont(file)  # also makes the manager forget what it found before
