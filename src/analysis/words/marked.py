"""A text with each of its numbers marked by kind, to be read in a notebook: what was seen in it, and what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from analysis import reading
from analysis.quantities import KINDS, Lang, Quantity
from analysis.reading.language import of_opening
from analysis.words.blocks import Shown
from analysis.words.current import checked, language
from analysis.words.numbers import quantity as told
from analysis.words.terms import label

#: Beside each number stands the kind it is of, in French and in English, so that neither colour nor line is needed.
_SIGNS: dict[str, dict[Lang, str]] = {
    "percentage": {"fr": "pct", "en": "pct"},
    "points": {"fr": "pts", "en": "pts"},
    "money": {"fr": "somme", "en": "money"},
    "count": {"fr": "nb", "en": "count"},
    "multiplier": {"fr": "fois", "en": "times"},
    "ratio_in_words": {"fr": "prop", "en": "ratio"},
    "duration": {"fr": "durée", "en": "span"},
    "rating": {"fr": "note", "en": "score"},
    "date": {"fr": "date", "en": "date"},
    "year": {"fr": "an", "en": "year"},
    "quarter": {"fr": "trim", "en": "qtr"},
    "time": {"fr": "heure", "en": "time"},
    "ordinal/rank": {"fr": "rang", "en": "rank"},
    "page_or_footnote": {"fr": "renvoi", "en": "ref"},
    "identifier": {"fr": "nom", "en": "name"},
}
#: The line under each kind of figure; what measures nothing has the thinnest.
_LINES = {
    "percentage": "solid 2px",
    "points": "solid 1px",
    "money": "double 1px",
    "count": "dashed 2px",
    "multiplier": "wavy 1px",
    "ratio_in_words": "wavy 2px",
    "duration": "dotted 3px",
    "rating": "dashed 1px",
}
# Only what this output needs, under a class of its own, so that nothing else in the notebook changes.
_STYLE = """\
.nuage-marked mark { background: none; color: inherit; text-decoration: underline dotted 1px; }
.nuage-marked mark { text-underline-offset: .2em; }
.nuage-marked sup { font-size: .7em; margin-left: .15em; user-select: none; }
.nuage-marked ul { display: flex; flex-wrap: wrap; gap: .2em 1.5em; list-style: none; margin: 0 0 1em; padding: 0; }
.nuage-marked div { max-width: 75ch; white-space: pre-wrap; }
""" + "".join(f".nuage-marked mark.{kind} {{ text-decoration: underline {line}; }}\n" for kind, line in _LINES.items())
_LEGEND = {"fr": "Légende", "en": "Key"}
_NONE = {"fr": "aucun nombre", "en": "no number"}


@dataclass(frozen=True, slots=True)
class Marked(Shown):
    """A text and its numbers; ``lang`` is the language of the legend, ``text_lang`` that of the text."""

    text: str
    quantities: tuple[Quantity, ...]
    lang: Lang
    text_lang: Lang

    def bundle(self) -> dict[str, Any]:
        """The text with its numbers underlined for the screen, in brackets for a terminal."""
        return {"text/html": self._html(), "text/plain": str(self)}

    def __str__(self) -> str:
        text = "".join(self._pieces(str, lambda q: f"[{q.printed}|{_SIGNS[q.kind][self.lang]}]"))
        legend = [f"{_SIGNS[kind][self.lang]:<7}{name} ({count})" for kind, name, count in self._legend()]
        return "\n".join([text.rstrip("\n"), "", *(legend or [_NONE[self.lang]])])

    def _html(self) -> str:
        entries = "".join(
            f"<li>{_marked(kind, _SIGNS[kind][self.lang])} {escape(name)} ({count})</li>"
            for kind, name, count in self._legend()
        )
        entries = entries or f"<li>{_NONE[self.lang]}</li>"
        text = "".join(self._pieces(escape, self._mark))
        return (
            f'<style>{_STYLE}</style><section class="nuage-marked" lang="{self.lang}">'
            f'<ul aria-label="{_LEGEND[self.lang]}">{entries}</ul>'
            f'<div lang="{self.text_lang}">{text}</div></section>'
        )

    def _mark(self, quantity: Quantity) -> str:
        value = _value(quantity, self.lang)
        title = label(quantity.kind, self.lang, group="kinds") + (f" · {value}" if value else "")
        return (
            f"{_marked(quantity.kind, quantity.printed, title)}"
            f'<sup lang="{self.lang}">{_SIGNS[quantity.kind][self.lang]}</sup>'
        )

    def _pieces(self, plain: Callable[[str], str], mark: Callable[[Quantity], str]) -> Iterator[str]:
        end = 0
        for quantity in self.quantities:
            yield plain(self.text[end : quantity.start])
            yield mark(quantity)
            end = quantity.end
        yield plain(self.text[end:])

    def _legend(self) -> Iterator[tuple[str, str, int]]:
        """The kinds met, each with its label and how often."""
        counts = Counter[str](quantity.kind for quantity in self.quantities)
        for kind in KINDS:
            if kind in counts:
                yield kind, label(kind, self.lang, group="kinds"), counts[kind]


def marked(text: str, lang: Lang | None = None) -> Marked:
    """The text with its numbers marked by kind, and a legend in the language being written.

    ``lang`` is the language of the text; left out, it is told for each sentence. Raises UsageError for another language
    than French and English.

    >>> print(marked("Plus de 27 % des communes en 2031.", "fr"))
    Plus de [27 %|pct] des communes en [2031|an].
    <BLANKLINE>
    pct    pourcentage (1)
    an     année (1)
    """
    found = reading.scan(text, None if lang is None else checked(lang))
    return Marked(text, tuple(found), language(), lang or of_opening(text))


def _marked(kind: str, text: str, title: str = "") -> str:
    told_by = f' title="{escape(title)}"' if title else ""
    line = f' class="{kind}"' if kind in _LINES else ""
    return f"<mark{line}{told_by}>{escape(text)}</mark>"


def _value(quantity: Quantity, lang: Lang) -> str:
    """What was read. What is no figure has no form of its own in prose: a page, a third quarter without its year."""
    if quantity.is_figure:
        return told(quantity, lang)
    match quantity.value:
        case (first, last):
            return f"{first}–{last}"
        case value:
            return "" if value is None else str(value)
