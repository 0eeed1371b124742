"""How well articles are reviewed: floors on gold read by hand, and no false alarm on the documents themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from gold.review.scoring import Score, entries, score

from analysis import claims, series
from analysis.claims import Ledger
from analysis.review import Reviewer

#: What was reached; docs/review.md tells what each file was when it was first measured.
FLOORS = {"tuned": (0.97, 0.95), "held_out": (0.97, 0.95), "fresh": (0.97, 0.90)}


@pytest.fixture(scope="module")
def ledger(project: Path) -> Ledger:
    return claims.load(project)


@pytest.fixture(scope="module", params=["with the series", "with the ledger alone"])
def reviewer(request: pytest.FixtureRequest, project: Path, ledger: Ledger) -> Reviewer:
    return Reviewer.of(ledger, series.load(project) if request.param == "with the series" else None)


def measured(name: str, reviewer: Reviewer) -> Score:
    return score(entries(name), reviewer)


@pytest.mark.parametrize("name", FLOORS)
def test_findings_are_as_precise_and_complete_as_was_reached(name: str, reviewer: Reviewer) -> None:
    precision, recall = FLOORS[name]
    result = measured(name, reviewer)
    told = f"{result}\n" + "\n".join(result.errors)
    assert result.precision("findings") >= precision, told
    assert result.recall("findings") >= recall, told
    assert result.recall("agrees") >= 0.95, told


@pytest.mark.parametrize("name", FLOORS)
def test_a_right_number_is_never_called_wrong(name: str, reviewer: Reviewer) -> None:
    result = measured(name, reviewer)
    assert result.false_alarms == 0, "\n".join(result.errors)


def test_whole_paragraphs_are_reviewed_as_well_as_was_reached(project: Path, ledger: Ledger) -> None:
    result = measured("articles", Reviewer.of(ledger, series.load(project)))
    told = f"{result}\n" + "\n".join(result.errors)
    assert result.precision("findings") >= 0.97, told
    assert result.recall("findings") >= 0.88, told
    assert result.precision("agrees") >= 0.97, told
    assert result.recall("agrees") >= 0.97, told
    assert result.false_alarms == 0, told


def test_paragraphs_have_several_sentences_in_both_languages() -> None:
    articles = entries("articles")
    assert len(articles) >= 45
    assert {entry["lang"] for entry in articles} == {"fr", "en"}
    assert all("\n\n" in entry["text"] for entry in articles)


@pytest.mark.parametrize("name", [*FLOORS, "articles"])
def test_the_gold_stands_where_it_says(name: str) -> None:
    for entry in entries(name):
        for number in entry["numbers"]:
            assert entry["text"][number["start"] : number["end"]] == number["printed"], entry["id"]


def test_the_gold_is_large_and_about_half_of_its_sentences_are_right() -> None:
    sentences = entries("tuned")
    wrong = [s for s in sentences if any(n["verdict"][0] in ("differs", "inconsistent") for n in s["numbers"])]
    assert len(sentences) >= 90
    assert len(entries("held_out")) >= 40
    assert 0.25 <= len(wrong) / len(sentences) <= 0.6


def test_the_gold_names_claims_that_exist(ledger: Ledger) -> None:
    named = {claim for name in FLOORS for entry in entries(name) for n in entry["numbers"] for claim in n["claims"]}
    assert named <= set(ledger.claims)


def test_the_documents_themselves_have_no_finding(reviewer: Reviewer, texts: dict[str, str]) -> None:
    findings = [(name, r) for name, text in texts.items() for r in reviewer.review(text).findings]
    assert [(name, r.line, r.printed, r.verdict) for name, r in findings] == []


def test_every_figure_that_a_document_states_agrees_with_the_ledger(
    reviewer: Reviewer, ledger: Ledger, texts: dict[str, str]
) -> None:
    missed = []
    for name, text in texts.items():
        agreeing = [r for r in reviewer.review(text).remarks if r.verdict == "agrees"]
        figures = (claim for claim in ledger.of(name) if claim.quantity.is_figure)
        missed += [c.id for c in figures if not any(r.start < c.end and c.start < r.end for r in agreeing)]
    assert missed == []
