"""What codes mean: what findings, reviews and rules tell by them, and all that the lexicon names."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator

from analysis import house
from analysis.checks import RELATIONS
from analysis.handbook.markup import code, page, table
from analysis.review import sarif
from analysis.words.terms import Term, lexicon

#: The groups of the lexicon that the tables hold, each with what it is about; the rest are words for sentences.
_GROUPS = {
    "verdicts": "Verdicts of findings",
    "grades": "Grades of findings",
    "likenesses": "Likeness of two numbers in the register of same quantities",
    "review": "Verdicts of a review",
    "kinds": "Kinds of number",
    "bounds": "Bounds",
    "units": "Units",
    "statuses": "Statuses",
    "flags": "Flags of official statistics",
    "agreements": "Whether two places agree on a number",
    "accounts": "What accounts for a number of the census",
    "roles": "Roles of a name",
    "settings": "Parts of a document",
    "tables": "Families of claims",
    "subjects": "Subjects",
    "measures": "Measures",
    "places": "Places",
    "populations": "Populations and perimeters",
    "segments": "Segments of the market",
    "payers": "Payers",
    "purposes": "Purposes",
    "organisations": "Organisations",
    "acts": "Acts of the timeline",
    "partners": "Partners with a name of their own",
}


def codes_page() -> str:
    """The page of the codes by which findings, reviews and rules are told."""
    return page(
        "Codes of findings, reviews and rules",
        "What verdicts and grades mean is told in [findings](../findings.md#verdicts), what a review says in "
        "[reviewing an article](../review.md). What else stands in a column of the tables: [the lexicon](lexicon.md).",
        *_group("verdicts"),
        *_group("grades"),
        "## Relations of checks",
        table(("code", "what should hold"), ((code(name), _doc(each.judge)) for name, each in RELATIONS.items())),
        *_group("review"),
        "## Rules of a review in SARIF",
        table(("rule", "level", "what it tells"), _sarif()),
        "## Rules of the house, for notebooks",
        table(
            ("code", "what is wrong", "way out"), ((code(rule.code), rule.what, rule.way_out) for rule in house.RULES)
        ),
    )


def lexicon_page() -> str:
    """The page of what every code of the ledger and of the tables is called."""
    told = [group for group in _GROUPS if group not in ("verdicts", "grades", "review")]
    return page(
        "Lexicon",
        "What the codes in the columns of the tables are called, as `src/analysis/words/terms.toml` has it.",
        *(block for group in told for block in _group(group)),
    )


def _group(name: str) -> Iterator[str]:
    yield f"## {_GROUPS[name]}"
    yield table(("code", "in English", "in French"), _terms(lexicon()[name].values()))


def _terms(terms: Iterable[Term]) -> Iterator[tuple[str, str, str]]:
    for term in terms:
        yield code(term.code), term.en, term.fr


def _sarif() -> Iterator[tuple[str, str, str]]:
    for rule in sarif.log((), "")["runs"][0]["tool"]["driver"]["rules"]:
        yield code(rule["id"]), rule["defaultConfiguration"]["level"], rule["shortDescription"]["text"]


def _doc(function: object) -> str:
    """The first paragraph of a docstring."""
    return (inspect.getdoc(function) or "").partition("\n\n")[0]
