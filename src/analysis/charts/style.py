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
    "hatch.linewidth": 1.0,
    "lines.antialiased": True,
    "lines.scale_dashes": False,
    "path.simplify": False,
    "path.snap": False,
    "patch.antialiased": True,
    "svg.fonttype": "none",
    "svg.image_inline": True,
    "text.hinting": "no_hinting",
    "text.parse_math": False,
    "text.usetex": False,
}


def settings(salt: str) -> Any:
    """Every matplotlib setting of a drawing, whatever the user's own configuration says.

    ``salt`` makes the identifiers in the SVG the same at each run and different from chart to chart.
    """
    stock = {key: matplotlib.rcParamsDefault[key] for key in matplotlib.rcParamsDefault}
    kept = {key: value for key, value in stock.items() if not key.startswith(_OF_THE_MACHINE)}
    return {**kept, **_OURS, "svg.hashsalt": salt}


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
    advances = [_advances(role) for role in _chain(face, bold=bold)]
    return size * sum(next((known[each] for known in advances if each in known), 1.0) for each in text)


def _chain(face: Face, *, bold: bool) -> tuple[str, ...]:
    """The fonts that a glyph is looked for in."""
    roles = ("sans",) if face == "sans" else ("serif", "sans")
    return tuple(f"{role}-bold" if bold else role for role in roles)


@cache
def _advances(role: str) -> dict[str, float]:
    """How far each character moves the pen, in parts of the size of type."""
    with TTFont(paths.fonts()[role]) as font_file:
        widths, unit = font_file["hmtx"], font_file["head"].unitsPerEm
        return {chr(code): widths[glyph][0] / unit for code, glyph in font_file.getBestCmap().items()}


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
