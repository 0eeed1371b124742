"""A review → the article with every number's verdict in its place: colour, sign and words, and the reasons below.

One page, one file: no script, nothing from elsewhere, a policy that forbids both. All text of the article is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from analysis.quantities import Lang
from analysis.review.remarks import FINDINGS, SIGNS, Remark, Review, word

# The colours keep a contrast of 4.5 on their ground, light and dark; each verdict has a line of its own as well. The
# ground comes along, and links say theirs as loudly as Jupyter does: its theme may be dark where the system is not.
_STYLE = """\
.nuage-review { --ground: #fbfaf7; --text: #16191f; --quiet: #545b66; --agrees: #1a6b3c; --differs: #a3201d;
  --inconsistent: #7a3f8f; --unknown: #545b66; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { .nuage-review { --ground: #16191f; --text: #eceae4; --quiet: #b3b8c2;
  --agrees: #7fd3a0; --differs: #ff9c94; --inconsistent: #d9a8ee; --unknown: #b3b8c2; } }
.nuage-review { background: var(--ground); color: var(--text); }
.nuage-review:not(:root) { padding: .1rem 1rem; }
.nuage-review a:link, .nuage-review a:visited { color: inherit; }
.nuage-review .article { white-space: pre-wrap; overflow-wrap: break-word; }
.nuage-review .number { text-decoration: underline 2px; text-underline-offset: .2em; }
.nuage-review a.number:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
.nuage-review .number.agrees { color: var(--agrees); text-decoration-style: solid; text-decoration-thickness: 1px; }
.nuage-review .number.differs { color: var(--differs); text-decoration-style: wavy; font-weight: 600; }
.nuage-review .number.inconsistent { color: var(--inconsistent); text-decoration-style: double; font-weight: 600; }
.nuage-review .number.unknown { color: var(--unknown); text-decoration-style: dotted; }
.nuage-review .sign { user-select: none; -webkit-user-select: none; font-size: .8em; margin-left: .15em; }
.nuage-review .aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; user-select: none; -webkit-user-select: none; }
.nuage-review .key { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0; }
.nuage-review .remarks { padding-left: 2.5em; }
.nuage-review .remarks li { margin-bottom: .6rem; overflow-wrap: anywhere; }
.nuage-review :target { outline: 2px solid currentColor; outline-offset: 3px; }
"""
_PAGE_STYLE = """\
body { margin: 0; background: var(--ground); color: var(--text); }
body { font: 1.0625rem/1.55 Georgia, "Times New Roman", serif; }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; }
h2 { font-size: 1.25rem; margin-top: 2.5rem; }
.article { border-top: 1px solid var(--quiet); border-bottom: 1px solid var(--quiet); padding: 1rem 0; }
.quiet { color: var(--quiet); }
@media print { body { background: none; color: #000; font-size: 10.5pt; } .nuage-review { --ground: #fff; --text: #000;
  --quiet: #444; --agrees: #1a6b3c; --differs: #a3201d; --inconsistent: #7a3f8f; --unknown: #444; }
  .remarks li { break-inside: avoid; } }
"""
_TITLE: Mapping[Lang, str] = {"fr": "Relecture des nombres", "en": "Review of the numbers"}
_SAYS: Mapping[Lang, str] = {
    "fr": "Chaque nombre est comparé à ce que les documents et les séries disent de la même chose. "
    "« Inconnu » ne veut dire ni juste ni faux.",
    "en": "Each number is held against what the documents and the series say of the same thing. "
    "“Unknown” means neither right nor wrong.",
}
_SECTIONS: Sequence[tuple[tuple[str, ...], Mapping[Lang, str]]] = (
    (FINDINGS, {"fr": "À vérifier", "en": "To be checked"}),
    (("agrees",), {"fr": "Nombres confirmés", "en": "Numbers confirmed"}),
    (("unknown",), {"fr": "Nombres inconnus", "en": "Unknown numbers"}),
)
_LINE: Mapping[Lang, str] = {"fr": "ligne", "en": "line"}
_KEY: Mapping[Lang, str] = {"fr": "Légende", "en": "Key"}
_ARTICLE: Mapping[Lang, str] = {"fr": "Article", "en": "Article"}
#: What no page may hold, and what would turn the direction of the text around it.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def page(review: Review, name: str) -> str:
    """The annotated copy of an article as one page of HTML; ``name`` is the article's."""
    style = _STYLE + _PAGE_STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"{_TITLE[review.lang]} – {_text(name)}"
    return (
        f'<!DOCTYPE html>\n<html lang="{review.lang}" class="nuage-review">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{_body(review)}\n</main>\n</body>\n</html>\n"
    )


def fragment(review: Review) -> str:
    """The annotated copy as a part of another page, such as a notebook: no heading, which could skip a level of that
    page, and no id that the copy of another article has too.
    """
    apart = f"review-{hashlib.sha256(review.text.encode()).hexdigest()[:8]}-"
    body = _body(review, "<p><strong>{}</strong></p>", apart)
    return f'<style>{_STYLE}</style><section class="nuage-review" lang="{review.lang}">{body}</section>'


def _body(review: Review, heading: str = "<h2>{}</h2>", apart: str = "") -> str:
    """What stands below the title; every id begins with ``apart``."""
    numbered = dict(enumerate(review.remarks, 1))
    lists = "".join(
        f'{heading.format(told)}\n<ol class="remarks">{"".join(entries)}</ol>\n'
        for told, entries in _lists(review, numbered, apart)
    )
    article = "".join(_pieces(review, numbered, apart))
    label = _ARTICLE[review.lang]
    return (
        f'<p class="quiet">{_SAYS[review.lang]}</p>\n{_legend(review)}\n'
        f'<section class="article" lang="{review.text_lang}" aria-label="{label}">{article}</section>\n{lists}'
    )


def _legend(review: Review) -> str:
    entries = "".join(
        f'<li><span class="number {verdict}">{SIGNS[verdict]} {word(verdict, review.lang)}</span> ({count})</li>'
        for verdict, count in review.counts.items()
    )
    return f'<ul class="key" aria-label="{_KEY[review.lang]}">{entries}</ul>'


def _pieces(review: Review, numbered: Mapping[int, Remark], apart: str) -> Iterator[str]:
    """The article's text with its numbers marked."""
    end = 0
    for number, remark in numbered.items():
        yield _text(review.text[end : remark.start])
        yield _mark(remark, number, review.lang, apart)
        end = remark.end
    yield _text(review.text[end:])


def _mark(remark: Remark, number: int, lang: Lang, apart: str) -> str:
    told = word(remark.verdict, lang)
    return (
        f'<a class="number {remark.verdict}" id="{apart}n{number}" href="#{apart}r{number}">{_text(remark.printed)}'
        f'<span class="sign" aria-hidden="true">{SIGNS[remark.verdict]}</span>'
        f'<span class="aloud" lang="{lang}"> ({told})</span></a>'
    )


def _lists(review: Review, numbered: Mapping[int, Remark], apart: str) -> Iterator[tuple[str, list[str]]]:
    """The remarks by what is to be done about them: the heading of each list that is not empty, and its entries."""
    for verdicts, title in _SECTIONS:
        entries = [_entry(number, r, review, apart) for number, r in numbered.items() if r.verdict in verdicts]
        if entries:
            yield f"{title[review.lang]} ({len(entries)})", entries


def _entry(number: int, remark: Remark, review: Review, apart: str) -> str:
    printed = _text(" ".join(remark.printed.split()))
    verdict = (
        f'<span class="number {remark.verdict}">{SIGNS[remark.verdict]} {word(remark.verdict, review.lang)}</span>'
    )
    why = "" if remark.verdict == "unknown" else f" {_text(remark.why)}"
    return (
        f'<li id="{apart}r{number}" value="{number}">'
        f'<a href="#{apart}n{number}" lang="{review.text_lang}">{printed}</a> '
        f'<span class="quiet">({_LINE[review.lang]} {remark.line})</span> {verdict}.{why}</li>'
    )


def _text(text: str) -> str:
    return escape(_UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text))
