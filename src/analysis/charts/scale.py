"""Values → places on the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from analysis.charts import style
from analysis.charts.canvas import Anchor, Canvas

#: Half the width of a line, which would fall off the sheet at its edges.
_HAIR = 0.5


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from the value ``low`` at ``start`` to ``high`` at ``end``, in pixels across or down."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def __call__(self, value: Decimal) -> float:
        """Where the value lies.

        >>> Scale(Decimal(0), Decimal(100), 20, 220)(Decimal(50))
        120.0
        """
        return self.start + (self.end - self.start) * float((value - self.low) / (self.high - self.low))

    def ticks(self, canvas: Canvas, labels: Iterable[tuple[Decimal, str]]) -> None:
        """Small marks below what is drawn, each with its label; those at the ends stay within the scale."""
        for value, text in labels:
            x = min(max(self(value), _HAIR), canvas.width - _HAIR)
            canvas.line([(x, canvas.y), (x, canvas.y + 5)])
            anchor: Anchor = "left" if value == self.low else "right" if value == self.high else "center"
            canvas.text(x, canvas.y + 6 + style.SMALL, text, size=style.SMALL, colour=style.SECONDARY, anchor=anchor)
        canvas.y += 24
