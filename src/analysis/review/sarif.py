"""Reviews → SARIF 2.1.0, the format in which code hosts show findings beside a text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from analysis.quantities import Lang
from analysis.review.remarks import Remark, Review, word
from analysis.review.slips import SLIPS
from analysis.review.telling import slip_words

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_VERSION = "2.1.0"
_TOOL = "nuage review"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An article and its review.

    ``offset`` leads into the file where it is text; None for HTML and PDF, of which no place is given but the file.
    """

    name: str
    review: Review
    offset: Callable[[int], int] | None


def log(articles: Sequence[Reviewed], version: str) -> dict[str, Any]:
    """The SARIF log of reviewed articles, as plain data: their findings, and a rule for each kind of them."""
    lang: Lang = articles[0].review.lang if articles else "en"
    results = [_result(remark, article) for article in articles for remark in article.review.findings]
    driver = {"name": _TOOL, "version": version, "language": lang, "rules": _rules(lang)}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": _VERSION, "runs": [run]}


def _rules(lang: Lang) -> list[dict[str, Any]]:
    return [
        {
            "id": rule,
            "name": "".join(part.capitalize() for part in rule.replace("/", "_").split("_")),
            "shortDescription": {"text": slip_words(slip, lang) or word(rule, lang)},
            "defaultConfiguration": {"level": "error" if rule.startswith("differs") else "warning"},
        }
        for rule, slip in _RULES.items()
    ]


_RULES: Mapping[str, str] = {
    "differs": "",
    "inconsistent": "",
    **{f"differs/{slip}": slip for slip in SLIPS if slip not in ("", "own_arithmetic")},
}
_INDEX = {rule: index for index, rule in enumerate(_RULES)}


def _result(remark: Remark, article: Reviewed) -> dict[str, Any]:
    rule = f"{remark.verdict}/{remark.slip}" if remark.verdict == "differs" and remark.slip else remark.verdict
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(article.name)}}
    if article.offset is not None:
        place["region"] = _region(remark, article.review.text, article.offset)
    printed = " ".join(remark.printed.split())
    return {
        "ruleId": rule,
        "ruleIndex": _INDEX[rule],
        "level": "error" if remark.verdict == "differs" else "warning",
        "message": {"text": f"{printed}: {word(remark.verdict, article.review.lang)}. {remark.why}"},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"numberInContext/v1": _fingerprint(remark, article.review.text)},
    }


def _region(remark: Remark, text: str, offset: Callable[[int], int]) -> dict[str, Any]:
    last = remark.line + text.count("\n", remark.start, remark.end)
    return {
        "startLine": remark.line,
        "startColumn": remark.start - text.rfind("\n", 0, remark.start),
        "endLine": last,
        "endColumn": remark.end - text.rfind("\n", 0, remark.end),
        "charOffset": offset(remark.start),
        "charLength": offset(remark.end) - offset(remark.start),
        "snippet": {"text": remark.printed},
    }


def _fingerprint(remark: Remark, text: str) -> str:
    """What stays the same when lines are added elsewhere: the number amid the words of its line."""
    start = text.rfind("\n", 0, remark.start) + 1
    end = text.find("\n", remark.end)
    line = " ".join(text[start : end if end >= 0 else len(text)].split())
    return hashlib.sha256(f"{remark.verdict}\0{remark.printed}\0{line}".encode()).hexdigest()[:16]
