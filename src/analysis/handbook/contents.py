"""The map of the documentation: which pages there are, of which kind, in which order.

It is read from docs/README.md: a heading for each kind, and a link for each page. A page beside which the same stands
in French (``README.fr.md`` beside ``README.md``) is on the map in both languages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.quantities import Lang

MAP = PurePosixPath("docs/README.md")
_KIND = re.compile(r"^## (.+)$", re.MULTILINE)
_ENTRY = re.compile(r"^- \[[^\]]+\]\(([^)#]+)\)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path in the repository, and its text as Markdown."""

    path: PurePosixPath
    text: str

    @property
    def lang(self) -> Lang:
        """French if the file's name says so."""
        return "fr" if ".fr" in self.path.suffixes else "en"

    @property
    def place(self) -> str:
        """Where it stands in the site: the map is the index, and what is below ``docs`` is at the top.

        >>> [Page(PurePosixPath(path), "").place for path in ("docs/README.fr.md", "README.md", "docs/howto/a.md")]
        ['index.fr.html', 'readme.html', 'howto/a.html']
        """
        path = self.path
        if path.parts[0] == MAP.parts[0]:
            name = re.sub("^README", "index", path.name)
            path = path.relative_to(MAP.parts[0]).with_name(name)
        return path.with_suffix(".html").as_posix().lower()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page, and its pages in reading order."""

    title: str
    pages: tuple[Page, ...]


def contents(project: Path) -> tuple[Kind, ...]:
    """The kinds and their pages as the map has them."""
    text = (project / MAP).read_text(encoding="utf-8")
    _, *parts = _KIND.split(text)
    return tuple(
        Kind(title, tuple(_read(project, found) for found in _ENTRY.findall(entries)))
        for title, entries in zip(parts[::2], parts[1::2], strict=True)
    )


def pages(project: Path, kinds: Sequence[Kind]) -> Iterator[Page]:
    """The map and all pages on it, each followed by the same in French where there is one."""
    for page in (_read(project, MAP.name), *(page for kind in kinds for page in kind.pages)):
        yield page
        french = page.path.with_suffix(".fr.md")
        if page.lang == "en" and (project / french).is_file():
            yield Page(french, (project / french).read_text(encoding="utf-8"))


def _read(project: Path, linked: str) -> Page:
    """The page that the map links to; a notebook is told as Markdown."""
    file = (project / MAP.parent / linked).resolve()
    text = file.read_text(encoding="utf-8")
    path = PurePosixPath(file.relative_to(project.resolve()))
    return Page(path, _told(json.loads(text)) if path.suffix == ".ipynb" else text)


def _told(notebook: Mapping[str, Any]) -> str:
    """A notebook as Markdown: its prose, its code, and what the code prints."""
    return "\n\n".join(part for cell in notebook["cells"] for part in _parts(cell)) + "\n"


def _parts(cell: Mapping[str, Any]) -> Iterator[str]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield source
        return
    yield f"```python\n{source}\n```"
    for output in cell["outputs"]:
        shown = output.get("text") or output.get("data", {}).get("text/plain") or ()
        if printed := "".join(shown).rstrip("\n"):
            yield f"```text\n{printed}\n```"
