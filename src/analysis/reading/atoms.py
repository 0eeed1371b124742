"""The smallest numeric expressions of a sentence, before ranges, lists and cues are told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analysis.quantities import Bound, Kind, Value


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

    def take_unit(self, other: Atom) -> None:
        """Read the unit and scale of ``other`` as this number's own: "12" in "12 et 15 millions d'euros"."""
        assert self.number is not None and self.place is not None
        self.kind, self.unit, self.bare = other.kind, other.unit, False
        self.shared = True
        self.scale, self.scaled = other.scale, other.scaled
        self.value = self.number * other.scale
        self.place *= other.scale
        if other.kind == "ratio_in_words":
            self.value = self.value.quantize(Decimal("0.01"))
