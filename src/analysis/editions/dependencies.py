"""What runs have read, as they noted it, held against the project as it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis import cache, checks
from analysis.checks import Evidence, Finding
from analysis.errors import SetupError
from analysis.reads import ALL

#: One thing that was read: its kind and its name (see ``analysis.reads``).
Read = tuple[str, str]


class Present:
    """The project as it stands: the fingerprint of whatever a run may have read of it.

    ``files`` are the tables, as ``package.files`` gives them.
    """

    def __init__(
        self, project: Path, evidence: Evidence, found: tuple[Finding, ...], files: Mapping[str, bytes]
    ) -> None:
        self._project, self._evidence, self._found, self._files = project, evidence, found, files
        self._told: dict[Read, str] = {}
        ledger, catalogue = evidence.ledger, evidence.catalogue
        self._entries: Mapping[str, Mapping[str, Any]] = {
            "claim": ledger.claims,
            "document": ledger.documents,
            "name": ledger.names,
            "observation": catalogue.observations,
            "series": catalogue.series,
        }

    def fingerprint(self, reads: Iterable[Read]) -> str:
        """One fingerprint for all that was read; that of what is there no longer is its absence."""
        return cache.key(*(part for read in sorted(reads) for part in (*read, self._one(read))))

    def _one(self, read: Read) -> str:
        if read not in self._told:
            self._told[read] = cache.key(self._content(*read))
        return self._told[read]

    def _content(self, kind: str, name: str) -> str | bytes:
        match kind:
            case "table":
                return self._files.get(f"{name}.csv", b"")
            case "findings":
                return repr(self._found)
            case "same_quantities":
                return repr(checks.same_quantities(self._evidence))
            case "file":
                return _read(self._project / name)
            case "folder":
                return "\n".join(_listed(self._project / name))
            case _ if kind in self._entries:
                entries = self._entries[kind]
                return repr(list(entries.values()) if name == ALL else entries.get(name))
        raise SetupError(f'a run noted that it read a "{kind}", which nothing here knows', evidence=name)


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _listed(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
