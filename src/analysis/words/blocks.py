"""How our things show themselves in a notebook: a bundle of MIME types, one of which the edition reads."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import Any

#: The type under which charts, tables and key numbers travel in a notebook's outputs.
BLOCK_TYPE = "application/vnd.etat-du-nuage+json"


class Shown(ABC):
    """What Jupyter shows through a bundle: for the reader on the screen, for a terminal, and for the edition."""

    @abstractmethod
    def bundle(self) -> dict[str, Any]:
        """Each MIME type with its content; ``text/plain`` is always there."""

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        """What Jupyter asks for: the bundle, or only some of it."""
        return {
            mime: content
            for mime, content in self.bundle().items()
            if (not include or mime in include) and (not exclude or mime not in exclude)
        }
