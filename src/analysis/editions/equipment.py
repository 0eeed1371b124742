"""What an edition takes of the machine: fonts that are whole, memory for the runs."""

from __future__ import annotations

import resource

from fontTools.ttLib import TTFont

from analysis import paths
from analysis.errors import SetupError

#: Bytes that a run may address: one that takes more is stopped and told, before the system kills whatever it finds.
_MEMORY = 4 << 30
#: What has fontTools compare the checksum of each table that is read, and raise.
_COMPARED = 2


def memory() -> int:
    """How many bytes a run may address: no more than the user allows."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    return _MEMORY if allowed == resource.RLIM_INFINITY else min(_MEMORY, allowed)


def refuse_damaged_fonts() -> None:
    """Raises SetupError where a font is missing, or is not what it was made as: Typst would leave it out in silence."""
    for file in paths.fonts().values():
        try:
            with TTFont(file, checkChecksums=_COMPARED) as font:
                for table in font.reader.tables:
                    font.reader[table]
        except Exception as error:  # noqa: BLE001  # a damaged font is stumbled over in many ways
            way_out = "set up again: make"
            raise SetupError("the font is damaged", file=file, evidence=str(error), way_out=way_out) from None
