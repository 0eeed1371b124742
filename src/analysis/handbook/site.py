"""All pages → a folder of HTML: complete in itself, without script, the same bytes from the same pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from markupsafe import Markup

from analysis.errors import InputError, NuageError, Problems, UsageError
from analysis.handbook.contents import MAPS, Kind, Page, contents, pages
from analysis.handbook.markdown import Written, marked, written
from analysis.pages import fonts, layout

#: Where the files of the repository stand that pages link to.
_FILES = PurePosixPath("files")
#: Says of a folder that it holds a site, which may be written over.
_MARK = ".etat-du-nuage-documentation"
#: Where a page has its style: nothing is fetched to show it.
_STYLE = "<style>{}</style>"
#: The style of the edition, and what is added to it.
_SHEETS = (("pages", "style.css"), ("handbook", "handbook.css"))
_BODY = re.compile(r"<body>(.*?)</body>", re.DOTALL)
_OUTSIDE = re.compile(r"^[a-z]+:")
_TO_A_HEADING = re.compile(r' href="([^":#]*)#([^"]+)"')
#: The site's own words.
_WORDS = {
    "en": {
        "skip": "Skip to the text",
        "kinds": "Kinds of pages",
        "order": "Reading order",
        "prev": "Before:",
        "next": "Next:",
    },
    "fr": {
        "skip": "Aller au texte",
        "kinds": "Sortes de pages",
        "order": "Ordre de lecture",
        "prev": "Avant\u202f:",
        "next": "Après\u202f:",
    },
}


@dataclass(slots=True)
class _Links:
    """What pages link to: other pages, files to be taken along, and what is not there."""

    project: Path
    places: Mapping[PurePosixPath, str]
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[NuageError] = field(default_factory=list)

    def resolve(self, page: Page, address: str) -> str | None:
        """An address in a page as the site has it; a folder of the repository has none."""
        if _OUTSIDE.match(address) or address.startswith("#"):
            return address
        linked, hash_, anchor = unquote(address).partition("#")
        target = PurePosixPath(posixpath.normpath(page.path.parent / linked))
        here = posixpath.dirname(page.place) or "."
        if target in self.places:
            return posixpath.relpath(self.places[target], here) + hash_ + anchor
        file = self.project / target
        if file.is_file():
            self.files[(_FILES / target).as_posix()] = file.read_bytes()
            return posixpath.relpath(_FILES / target, here)
        if not file.is_dir():
            self.problems.append(InputError(f"a link leads nowhere: {address}", file=page.path))
        return None


def site(project: Path) -> Mapping[str, bytes]:
    """The files of the site, by their place in it. Raises Problems with every link that leads nowhere."""
    kinds = {lang: contents(project, lang) for lang in MAPS}
    found = list(pages(project, kinds))
    links = _Links(project, {page.path: page.place for page in found})
    told = {page: written(page.text, page.lang, partial(links.resolve, page)) for page in found}
    if problems := [*links.problems, *_lost(told)]:
        raise Problems(problems)
    made = {page.place: f"{_page(page, kinds[page.lang], told)}\n" for page in found}
    style = _STYLE.format(_style("".join(made.values())))
    styled = {place: text.replace(_STYLE.format(""), style, 1).encode() for place, text in made.items()}
    return {_MARK: b"", **links.files, **styled}


def publish(files: Mapping[str, bytes], out: Path) -> int:
    """Writes the site into a folder that is new, empty, or holds an earlier one; returns how many files it has.

    Raises UsageError for anything else.
    """
    there = {file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file()}
    if (out.exists() and not out.is_dir()) or (there and _MARK not in there):
        raise UsageError("not a place for the site: something else is there", file=out, way_out="name a new folder")
    for name in sorted(there - set(files)):
        (out / name).unlink()
    for name, content in sorted(files.items()):
        file = out / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return len(files)


def _lost(told: Mapping[Page, Written]) -> Iterator[NuageError]:
    """Links to a heading that the page they lead to does not have."""
    anchors = {page.place: text.anchors for page, text in told.items()}
    for page, text in told.items():
        for linked, anchor in _TO_A_HEADING.findall(text.html):
            place = posixpath.normpath(posixpath.join(posixpath.dirname(page.place), linked)) if linked else page.place
            if unquote(anchor) not in anchors.get(place, ()):
                yield InputError(f"a link leads to no heading: {linked}#{anchor}", file=page.path)


def _page(page: Page, kinds: Sequence[Kind], told: Mapping[Page, Written]) -> str:
    up = posixpath.relpath(".", posixpath.dirname(page.place) or ".")
    template = layout.templates("analysis.handbook").get_template("page.html")
    return template.render(
        index=Page(MAPS[page.lang], "").place,
        up="" if up == "." else f"{up}/",
        page=page,
        text=told[page],
        body=Markup(told[page].html),  # noqa: S704  # written from Markdown without HTML
        kind=next((kind for kind in kinds if page in kind.pages), None),
        kinds=kinds,
        titles={each: Markup(marked(text.title, each.lang)) for each, text in told.items()},  # noqa: S704  # as above
        neighbours=_neighbours(page, [each for kind in kinds for each in kind.pages if each.lang == page.lang]),
        others=[each for each in told if each != page and _same(each) == _same(page)],
        words=_WORDS[page.lang],
    )


def _neighbours(page: Page, order: Sequence[Page]) -> list[tuple[str, Page]]:
    """The pages before and after it, each with what the link to it is for."""
    places = {"prev": order.index(page) - 1, "next": order.index(page) + 1} if page in order else {}
    return [(which, order[at]) for which, at in places.items() if 0 <= at < len(order)]


def _same(page: Page) -> str:
    """What a page and the same in French have in common."""
    return page.path.as_posix().replace(".fr.md", ".md")


def _style(html: str) -> str:
    """The style of every page: the fonts cut to what all of them show, the edition's own, and what is added to it."""
    added = [(resources.files(f"analysis.{package}") / name).read_text(encoding="utf-8") for package, name in _SHEETS]
    return "\n".join([fonts.faces("".join(_BODY.findall(html))), *added])
