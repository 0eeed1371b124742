"""The maps of the documentation: which pages there are, of which kind, in which order.

Each language has one, docs/README.md or docs/README.fr.md: a heading for each kind, and a link for each page. A page
that is there in English only stands on the French map as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.quantities import Lang

_FOLDER = PurePosixPath("docs")
#: The map in each language.
MAPS: Mapping[Lang, PurePosixPath] = {"en": _FOLDER / "README.md", "fr": _FOLDER / "README.fr.md"}
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
        if path.is_relative_to(_FOLDER):
            name = re.sub("^README", "index", path.name)
            path = path.relative_to(_FOLDER).with_name(name)
        return path.with_suffix(".html").as_posix().lower()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page, and its pages in reading order."""

    title: str
    pages: tuple[Page, ...]


def contents(project: Path, lang: Lang = "en") -> tuple[Kind, ...]:
    """The kinds and their pages as the map in that language has them."""
    _, *parts = _KIND.split((project / MAPS[lang]).read_text(encoding="utf-8"))
    return tuple(
        Kind(title, tuple(_read(project, found) for found in _ENTRY.findall(entries)))
        for title, entries in zip(parts[::2], parts[1::2], strict=True)
    )


def pages(project: Path, kinds: Mapping[Lang, Sequence[Kind]]) -> Iterator[Page]:
    """The maps, and all pages that are on them in their language."""
    for lang in kinds:
        yield _read(project, MAPS[lang].name)
        yield from (page for kind in kinds[lang] for page in kind.pages if page.lang == lang)


def _read(project: Path, linked: str) -> Page:
    """The page that the map links to; a notebook is told as Markdown."""
    file = (project / _FOLDER / linked).resolve()
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
