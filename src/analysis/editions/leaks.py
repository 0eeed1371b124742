"""What no edition tells its readers: folders of the machine that builds it, secrets of whoever has it built."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from analysis import cache
from analysis.errors import ExecutionError

_SECRET = re.compile(
    r"(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|(API|ACCESS|PRIVATE)_?KEY)$", re.IGNORECASE
)
#: A secret is at least so long, and no word: what is not may stand anywhere.
_LENGTH = 8
#: A path that goes on from nothing, and no further than its last folder; what is sought comes first, to be found fast.
_ALONE = rb"%b(?<![\w.~/:-]%b)(?![\w-])"


def refuse(files: Mapping[str, bytes], project: Path) -> None:
    """Raises ExecutionError naming a file that tells such a thing, and what; a secret itself is not told once more."""
    sought = {**_folders(project), **_secrets()}
    for path in sorted(files):
        for what, pattern in sought.items():
            if pattern.search(files[path]):
                way_out = "have the notebook not show it: whatever a cell prints is published"
                raise ExecutionError(
                    "it would tell its readers of this machine", file=path, evidence=what, way_out=way_out
                )


def _folders(project: Path) -> dict[str, re.Pattern[bytes]]:
    """The folders of this machine; not within an address or a longer path, which may hold the same names."""
    known = {project, cache.folder(project), Path.home(), Path(sys.prefix), Path(__file__).parents[2]}
    found = sorted(str(folder.absolute()) for folder in known if len(folder.absolute().parts) > 1)
    return {f"the folder {each}": re.compile(_ALONE % ((re.escape(os.fsencode(each)),) * 2)) for each in found}


def _secrets() -> dict[str, re.Pattern[bytes]]:
    values = {name: value for name, value in sorted(os.environ.items()) if _SECRET.search(name)}
    return {
        f"the value of {name}": re.compile(re.escape(os.fsencode(value)))
        for name, value in values.items()
        if len(value) >= _LENGTH and not value.isalpha()
    }
