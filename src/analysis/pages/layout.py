"""What all pages share: the templates, the frame around a page, and the style and fonts written into it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis import words
from analysis.pages import fonts
from analysis.pages.edition import NAME, Edition
from analysis.pages.strings import strings
from analysis.quantities import Lang

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND_SIGNS = re.compile(r"\s*([{};,])\s*")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page says about itself. ``path`` is its place under the language's folder: the same in each language."""

    path: str
    lang: Lang
    title: str
    description: str
    citation: str
    up: str = "../"


@cache
def _environment() -> Environment:
    """Templates escape whatever is put into them, and fail on a name they do not know."""
    made = Environment(
        loader=PackageLoader("analysis.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(name=NAME)
    return made


def fragment(template: str, lang: Lang, **content: object) -> Markup:
    """A part of a page, from its template."""
    return Markup(_environment().get_template(template).render(t=strings(lang), lang=lang, **content).strip())


def page(template: str, frame: Frame, edition: Edition, **content: object) -> str:
    """A whole page of one language: nothing to be fetched, and a policy under which nothing could be."""
    body = fragment(
        template,
        frame.lang,
        frame=frame,
        edition=edition,
        edition_date=words.date(edition.date, frame.lang),
        others=[(lang, strings(lang)["switch"]) for lang in edition.languages if lang != frame.lang],
        chapters=edition.reading_order(frame.lang),
        **content,
    )
    return document(frame, edition, body)


def document(frame: Frame, edition: Edition, body: Markup) -> str:
    """The HTML document around a body, with its style and its fonts."""
    style = fonts.faces(body) + _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return str(
        fragment(
            "document.html",
            frame.lang,
            frame=frame,
            languages=edition.languages,
            body=body,
            style=Markup(style),
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:; "
            "base-uri 'none'; form-action 'none'",
        )
        + "\n"
    )


@cache
def _style() -> str:
    text = (resources.files("analysis.pages") / "style.css").read_text(encoding="utf-8")
    return _AROUND_SIGNS.sub(r"\1", _COMMENT.sub("", text)).strip()
