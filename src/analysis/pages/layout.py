"""What all pages share: the templates, the frame around a page, and the style and fonts written into it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis import words
from analysis.notebooks.chapter import Chapter
from analysis.pages import fonts, foreign
from analysis.pages.edition import NAME, Edition
from analysis.pages.machine import FEED, heading
from analysis.pages.strings import strings
from analysis.quantities import Lang

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND_SIGNS = re.compile(r"\s*([{};,>])\s*|(?<=:)\s+")
#: The style sheets of what only some pages show, by what stands in such a page.
_SHEETS = {
    "charts.css": 'class="chart"',
    "contents.css": 'class="lines"',
    "entry.css": 'class="entry"',
    "findings.css": 'class="finding ',
    "internal.css": 'class="internal ',
    "numbers.css": 'id="all-numbers"',
    "proofs.css": 'class="sans groups"',
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page says about itself. ``path`` is its place under the language's folder: the same in each language.

    ``chapter`` is the chapter that the page tells, if it tells one; ``script`` the file of the one script that it runs.
    """

    path: str
    lang: Lang
    title: str
    description: str
    citation: str
    up: str = "../"
    chapter: Chapter | None = None
    script: str = ""


@cache
def templates(package: str) -> Environment:
    """A package's templates: they escape whatever is put into them, and fail on a name they do not know."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(name=NAME)
    return made


def fragment(template: str, lang: Lang, **content: object) -> Markup:
    """A part of a page, from its template."""
    made = templates("analysis.pages").get_template(template)
    return Markup(made.render(t=strings(lang), lang=lang, **content).strip())


def page(template: str, frame: Frame, edition: Edition, **content: object) -> str:
    """A whole page of one language: nothing to be fetched, and a policy under which nothing could be."""
    body = fragment(
        template,
        frame.lang,
        frame=frame,
        edition=edition,
        edition_date=words.date(edition.date, frame.lang),
        others=[(lang, strings(lang)["switch"]) for lang in edition.spoken(frame.path) if lang != frame.lang],
        chapters=edition.reading_order(frame.lang),
        **content,
    )
    return document(frame, edition, body)


def document(frame: Frame, edition: Edition, body: Markup) -> str:
    """The HTML document around a body, with its style, its fonts, and what it tells programs."""
    place = f"{frame.lang}/{frame.path}" if frame.up else frame.path
    body = foreign.marked(body, frame.lang, edition)
    style, script = fonts.faces(body) + _style(body), _script(frame.script)
    return str(
        fragment(
            "document.html",
            frame.lang,
            frame=frame,
            heading=heading(place, frame.lang, frame.title, frame.description, edition, frame.chapter),
            feeds=[(strings(lang)["feed"], f"{frame.up}{lang}/{FEED}") for lang in edition.languages],
            body=body,
            style=Markup(style),
            script=Markup(script),
            policy="; ".join(_policy(style, script)),
        )
        + "\n"
    )


def _policy(style: str, script: str) -> Iterator[str]:
    """Nothing may be fetched, and nothing may run or adorn but what stands in the page."""
    yield "default-src 'none'"
    yield f"style-src {_digest(style)}"
    if script:
        yield f"script-src {_digest(script)}"
    yield from ("font-src data:", "img-src data:", "base-uri 'none'", "form-action 'none'")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _style(body: str) -> str:
    return "".join(_sheet(name) for name in ("style.css", *_SHEETS) if _SHEETS.get(name, "") in body)


@cache
def _sheet(name: str) -> str:
    """A style sheet without its comments and the blanks that mean nothing."""
    tight = _AROUND_SIGNS.sub(lambda found: found[1] or "", _COMMENT.sub("", _resource(name))).strip()
    return tight.replace(";}", "}")


def _script(name: str) -> str:
    return _resource(name) if name else ""


def _resource(name: str) -> str:
    return (resources.files("analysis.pages") / name).read_text(encoding="utf-8")
