"""A chart: what is drawn, and everything that must be told with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

from analysis import words
from analysis.charts import style, svg
from analysis.charts.canvas import Canvas
from analysis.quantities import Lang
from analysis.words import BLOCK_TYPE, Shown, View

#: Widths of the two layouts, in pixels.
WIDE, NARROW = 680.0, 340.0
_MARGIN = 24.0


@dataclass(frozen=True)
class Chart(Shown):
    """One finding, drawn.

    ``headline``     the finding, in at most 15 words
    ``subtitle``     measure, place, period, unit
    ``alt``          the message for who does not see the picture, about 150 characters
    ``description``  the same at length, paragraph by paragraph
    ``table``        shows readers the same numbers, in the language being written
    ``claims``       the ids of the claims it shows
    ``sketch``       draws it on a sheet of the width it is given
    """

    name: str
    lang: Lang
    headline: str
    subtitle: str
    note: str
    source: str
    alt: str
    description: tuple[str, ...]
    claims: tuple[str, ...]
    table: Callable[[], View] = field(repr=False)
    sketch: Callable[[float], Canvas] = field(repr=False)

    @cached_property
    def _wide(self) -> Canvas:
        return self.sketch(WIDE)

    @cached_property
    def drawing(self) -> str:
        """SVG for a page, 680 px wide, on nothing: the page sets headline, note and source around it."""
        return self._svg(self._wide, "wide")

    @cached_property
    def narrow(self) -> str:
        """The same for a small screen, 340 px wide."""
        return self._svg(self.sketch(NARROW), "narrow")

    @cached_property
    def picture(self) -> str:
        """SVG that stands alone, on paper, with headline, subtitle, note and source."""
        sheet = Canvas(WIDE + 2 * _MARGIN)
        self._set_above(sheet)
        sheet.place(self._wide, _MARGIN)
        self._set_below(sheet)
        return self._svg(sheet.on_paper(), "picture", alone=True)

    @cached_property
    def image(self) -> str:
        """HTML that shows the picture to those who see it and tells its message to those who do not.

        An address holds it, not markup, since Jupyter takes drawings out of the markup of notebooks that it does not
        trust.
        """
        address = "data:image/svg+xml;charset=utf-8," + self.picture.replace("%", "%25").replace("#", "%23")
        return f'<img alt="{escape(self.alt)}" src="{escape(address)}">'

    def block(self) -> dict[str, Any]:
        """The chart as a page needs it."""
        return {
            "block": "chart",
            "name": self.name,
            "headline": self.headline,
            "subtitle": self.subtitle,
            "note": self.note,
            "source": self.source,
            "alt": self.alt,
            "description": list(self.description),
            "drawing": self.drawing,
            "narrow": self.narrow,
            "table": self._tabled().block(),
            "claims": list(self.claims),
        }

    def bundle(self) -> dict[str, Any]:
        """The picture for the screen and for the edition, its message for a terminal, the block for the edition."""
        return {
            BLOCK_TYPE: self.block(),
            "image/svg+xml": self.picture,
            "text/html": f'<div lang="{self.lang}">{self.image}</div>',
            "text/plain": f"{self.headline}\n{self.alt}",
        }

    def _tabled(self) -> View:
        """The table in the chart's own language, whatever is being written."""
        written = words.language()
        words.use(self.lang)
        try:
            return self.table()
        finally:
            words.use(written)

    def _svg(self, sheet: Canvas, layout: str, *, alone: bool = False) -> str:
        identity = f"{self.name}-{self.lang}-{layout}"
        return svg.render(sheet, identity, title=self.alt, desc=self.subtitle, lang=self.lang, alone=alone)

    def _set_above(self, sheet: Canvas) -> None:
        width = sheet.width - 2 * _MARGIN
        sheet.y = _MARGIN - 4
        sheet.paragraph(_MARGIN, width, self.headline, size=style.HEADLINE, bold=True, face="serif", leading=1.2)
        sheet.y += 6
        sheet.paragraph(_MARGIN, width, self.subtitle, size=style.SUBTITLE, colour=style.SECONDARY)
        sheet.y += 18

    def _set_below(self, sheet: Canvas) -> None:
        sheet.y += 16
        for text in filter(None, (self.note, self.source)):
            sheet.paragraph(
                _MARGIN, sheet.width - 2 * _MARGIN, text, size=style.SMALL, colour=style.SECONDARY, leading=1.4
            )
            sheet.y += 5
        sheet.y += _MARGIN - 8
