"""How well numbers are read, measured on gold made by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gold import mark, scoring

from analysis import reading
from analysis.quantities import FIGURES, Quantity

GOLD = Path(__file__).parent / "gold"
LEAST_ON_PASSAGES = 0.97
LEAST_ON_DOCUMENTS = 0.99
SHORT_KINDS = {
    "percentage": "%",
    "money": "€",
    "count": "n",
    "multiplier": "x",
    "ratio_in_words": "r",
    "points": "pt",
    "duration": "d",
    "rating": "note",
}
SHORT_BOUNDS = {"exact": "", "range": "", "about": "~", "at_least": ">", "at_most": "<"}


def read(text: str) -> list[dict[str, Any]]:
    return [quantity.record("") for quantity in reading.scan(text)]


def told_shortly(q: Quantity) -> str:
    """A figure in the notation of rules.txt."""
    value = q.record("")["value"]
    number = "..".join(map(str, value)) if isinstance(value, list) else str(value)
    unit = str(q.unit) if q.kind in ("money", "duration") else ""
    bound = SHORT_BOUNDS[q.bound] + ("!" if q.strict else "")
    return " ".join(part for part in (SHORT_KINDS[q.kind], number, unit, bound) if part)


def rules() -> list[tuple[str, str]]:
    lines = (GOLD / "rules.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" =>", 1) for line in lines if line and not line.startswith("#")]
    return [(sentence.replace("\\n", "\n"), figures.strip()) for sentence, figures in pairs]


@pytest.mark.parametrize("half", mark.HALVES)
def test_gold_passages_are_what_was_marked(half: str) -> None:
    for path, content in mark.written(half).items():
        assert path.read_bytes() == content.encode(), f"{path} is stale: python tests/gold/mark.py"


@pytest.mark.parametrize("half", mark.HALVES)
def test_numbers_of_unseen_text_are_read_as_by_hand(half: str, record_property: Callable[[str, object], None]) -> None:
    score = scoring.score(mark.passages(half), read)
    record_property("record F1", round(score.f1, 3))
    assert score.f1 >= LEAST_ON_PASSAGES, str(score)


def test_numbers_of_the_documents_are_read_as_by_hand(
    texts: dict[str, str], record_property: Callable[[str, object], None]
) -> None:
    gold = defaultdict(list)
    for line in (GOLD / "documents.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert texts[record["file"]][record["start"] : record["end"]] == record["printed"]
        gold[record["file"]].append(record)
    score = scoring.score([(name, texts[name], records) for name, records in gold.items()], read)
    record_property("record F1", round(score.f1, 3))
    assert score.f1 >= LEAST_ON_DOCUMENTS, str(score)


def test_no_digit_of_the_documents_is_left_out(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        covered = {k for q in reading.scan(text) for k in range(q.start, q.end)}
        left_out = [k for k, character in enumerate(text) if character.isdigit() and k not in covered]
        assert not left_out, f"{name}: {text[left_out[0] - 20 : left_out[0] + 20]!r}"


@pytest.mark.parametrize(("sentence", "figures"), rules())
def test_each_rule_holds(sentence: str, figures: str) -> None:
    assert "; ".join(told_shortly(q) for q in reading.scan(sentence) if q.kind in FIGURES) == figures


@pytest.mark.parametrize("half", mark.HALVES)
def test_limits_that_are_left_out_are_told_from_those_that_are_not(half: str) -> None:
    wrong = []
    for name, text, gold in mark.passages(half):
        found = reading.scan(text)
        matched = scoring.pairs(gold, [q.record(name) for q in found])
        wrong += [
            f"{name}: {found[j].printed!r}"
            for i, j in matched.items()
            if gold[i]["scored"] and gold[i]["kind"] in FIGURES and gold[i]["strict"] != found[j].strict
        ]
    assert not wrong
