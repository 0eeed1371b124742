"""An article's numbers held against the ledger, and prose that takes its numbers from there."""

from __future__ import annotations

from analysis import words
from analysis.desk.entries import ToldEntry
from analysis.review import Review
from analysis.review import review as reviewed
from analysis.words import Prose
from analysis.words.current import checked
from analysis.words.templates import Named


def review(text: str, lang: str | None = None) -> Review:
    """The numbers of an article, each with its verdict: agrees, differs, inconsistent or unknown, and why.

    ``lang`` is the language of the remarks, by default the article's. Raises UsageError for another language.

    >>> [remark.verdict for remark in review("In 2020, 27% of French enterprises bought cloud services.").remarks]
    ['agrees']
    """
    return reviewed(text, None if lang is None else checked(lang))


def tell(*, fr: str, en: str, **named: Named | ToldEntry) -> Prose:
    r"""The text in the language being written, its numbers taken from claims: ``words.tell``, which says how.

    A field is the id of a claim or an observation, or one of ``named``, which may be what ``claim`` gives.

    >>> from analysis.desk import claim
    >>> str(tell(fr="{share} des entreprises.", en="{share} of enterprises.", share=claim("adoption_fr_2020")))
    '27\u202f% des entreprises.'
    """
    things = {name: thing.thing if isinstance(thing, ToldEntry) else thing for name, thing in named.items()}
    return words.tell(fr=fr, en=en, **things)
