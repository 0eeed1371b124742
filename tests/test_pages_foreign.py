"""Titles and names of another language are marked as such wherever a page shows them, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markupsafe import Markup
from test_pages_edition import REPORT, edition

from analysis.pages import NAME
from analysis.pages.edition import Edition
from analysis.pages.foreign import marked


def whole() -> Edition:
    return edition()


def shown(body: str) -> str:
    return str(marked(Markup(body), "en", whole()))  # noqa: S704  # written here


TITLE = REPORT.title
FRENCH = f'<span lang="fr">{TITLE}</span>'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"<p>Source: “{TITLE}”, 2 November 2021.</p>", f"<p>Source: “{FRENCH}”, 2 November 2021.</p>"),
        (f'<p lang="fr">{TITLE}</p>', f'<p lang="fr">{TITLE}</p>'),
        (f'<p lang="fr"><b>{TITLE}</b></p><p>{TITLE}</p>', f'<p lang="fr"><b>{TITLE}</b></p><p>{FRENCH}</p>'),
        (f'<div lang="fr"><br><p>{TITLE}</p></div>', f'<div lang="fr"><br><p>{TITLE}</p></div>'),
        (f'<a title="{TITLE}">x</a>', f'<a title="{TITLE}">x</a>'),
        (f"<code>{TITLE}</code>", f"<code>{TITLE}</code>"),
        (f"<p>x{TITLE}</p>", f"<p>x{TITLE}</p>"),
        (f"<p>{NAME}, edition 2026-11</p>", f'<p><span lang="fr">{NAME}</span>, edition 2026-11</p>'),
        (
            f"<svg><text>{TITLE}</text><path/></svg><p>{TITLE}</p>",
            f'<svg><text><tspan lang="fr">{TITLE}</tspan></text><path/></svg><p>{FRENCH}</p>',
        ),
    ],
)
def test_a_title_is_marked_where_nothing_around_it_is_of_its_language(body: str, told: str) -> None:
    assert shown(body) == told


def test_a_title_is_known_whatever_blanks_and_signs_it_is_set_with() -> None:
    title = "Un « bilan » : l’État & nous"
    ledger = replace(whole().ledger, documents={REPORT.id: replace(REPORT, title=title)})
    body = Markup("<p>{}</p>").format(title.replace(" ", "\N{NARROW NO-BREAK SPACE}"))
    assert '<p><span lang="fr">Un' in marked(body, "en", replace(whole(), ledger=ledger))


def test_a_page_in_the_language_of_a_title_leaves_it_alone() -> None:
    body = Markup("<p>{}, {}</p>").format(TITLE, NAME)
    assert marked(body, "fr", whole()) == body
