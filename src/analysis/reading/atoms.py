"""The smallest numeric expressions of a sentence, before ranges, lists and cues are told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analysis.quantities import Bound, Kind, Value
from analysis.reading.units import Unit


@dataclass(slots=True)
class Atom:
    """A numeric expression from token ``first`` to token ``last``.

    ``number`` is the numeral before its scale; ``bare`` says that no unit is printed beside it, so that a
    neighbour's unit may be its own; ``shared``, that it has taken one.
    """

    first: int
    last: int
    kind: Kind
    value: Value
    unit: str | None = None
    place: Decimal | None = None
    number: Decimal | None = None
    scale: Decimal = Decimal(1)
    scaled: bool = False
    bare: bool = False
    in_words: bool = False
    signed: bool = False
    shared: bool = False
    bound: Bound = "exact"
    strict: bool = False

    def take(self, unit: Unit) -> None:
        """Read the number in this unit; where the unit ends is not noted."""
        self.kind, self.unit, self.bare = unit.kind, unit.name, False
        self.scale, self.scaled = unit.scale, unit.scaled
        if self.number is not None and self.place is not None:
            self.value = self.number * unit.scale
            self.place *= unit.scale

    def take_unit(self, other: Atom) -> None:
        """Read the unit and scale of ``other`` as this number's own: "12" in "12 et 15 millions d'euros"."""
        self.take(Unit(other.last, other.kind, other.unit, other.scale, other.scaled))
        self.shared = True
        if other.kind == "ratio_in_words" and isinstance(self.value, Decimal):
            self.value = self.value.quantize(Decimal("0.01"))

    def negate(self) -> None:
        """Give the number a minus."""
        if isinstance(self.value, Decimal) and self.number is not None:
            self.value, self.number = -self.value, -self.number
