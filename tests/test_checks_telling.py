"""Findings as a notebook shows them: verdict as word and sign, says with linked numbers, derivation line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from analysis import checks, paths, words
from analysis.checks.check import VERDICTS
from analysis.checks.telling import SIGNS, of_series, verdict
from analysis.errors import UsageError
from analysis.notebooks.chapter import Chapter
from analysis.quantities import Lang
from analysis.words import BLOCK_TYPE

HOSTILE = '<script>alert("x")</script> & [x](javascript:y) _a_'


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    words.use("en")
    yield
    words.use("fr")


def test_every_verdict_has_a_sign_of_its_own_that_our_fonts_hold() -> None:
    assert SIGNS.keys() == set(VERDICTS)
    assert len(set(SIGNS.values())) == len(VERDICTS)
    for role in ("sans", "sans-bold"):
        known = TTFont(paths.fonts()[role]).getBestCmap()
        assert {ord(sign) for sign in SIGNS.values()} <= known.keys()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_derivation_can_be_set_in_our_fonts(lang: Lang) -> None:
    known = TTFont(paths.fonts()["sans"]).getBestCmap()
    told = {character for finding in checks.found() for line in finding.derivation(lang) for character in line}
    assert {character for character in told if ord(character) not in known} == set()


def test_a_finding_is_shown_with_all_that_a_reader_needs() -> None:
    (item,) = checks.show("pepr_66_or_56").block()["items"]
    assert (item["verdict"], item["sign"], item["told"]) == ("contradicts", "≠", "Contradicts: the numbers disagree")
    assert "[€66m](#pepr_foreword)" in item["says"]
    assert item["derivation"] == ["€66m ≠ €56m"]
    assert [part["label"] for part in item["parts"]] == ["Why it should hold", "What would settle it"]
    assert item["numbers"] == []


def test_the_numbers_that_the_sentence_leaves_out_are_linked_below_it() -> None:
    (item,) = checks.show("funding_row_public").block()["items"]
    assert {number["claim"] for number in item["numbers"]} >= {"funding_public_training", "funding_public_research"}
    assert {"text": "€421m", "claim": "funding_public_rd_solutions"} in item["numbers"]


def test_names_that_were_counted_are_no_numbers() -> None:
    (item,) = checks.show("ipcei_states_named").block()["items"]
    assert item["numbers"] == []  # the one number is linked in the sentence


def test_a_verdict_names_all_its_findings_gravest_first_and_each_finding_has_one() -> None:
    shown = [item["id"] for name in VERDICTS for item in checks.show(name).block()["items"]]
    assert sorted(shown) == sorted(finding.id for finding in checks.found())
    apart = [len(checks.show("contradicts", series=each).findings) for each in (False, True)]
    assert sum(apart) == len(checks.show("contradicts").findings)
    assert not any(map(of_series, checks.show("contradicts", series=False).findings))


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match='did you mean "contradicts"'):
        checks.show("contradict")
    with pytest.raises(UsageError, match='did you mean "pepr_66_or_56"'):
        checks.show("pepr_66_or_65")


def test_a_finding_reads_in_a_terminal() -> None:
    told = str(checks.show("pepr_66_or_56"))
    assert told.startswith("≠ The amount of the PEPR Cloud programme\nContradicts: the numbers disagree\n")
    assert "\n    €66m ≠ €56m\n" in told
    assert "](" not in told


def test_a_finding_follows_the_language_being_written() -> None:
    words.use("fr")
    (item,) = checks.show("pepr_66_or_56").block()["items"]
    assert item["told"] == "Contredit\u202f: les nombres ne s’accordent pas"
    assert item["derivation"] == ["66 ≠ 56\u00a0M€"]


def test_the_chapter_sees_every_number_that_a_finding_leads_to() -> None:
    shown = checks.show("pepr_66_or_56", "funding_row_public")
    block = shown.bundle()[BLOCK_TYPE]
    chapter = Chapter("x", 1, "en", "T", "S", (block,))
    assert {"pepr_foreword", "pepr_text", "transfer_text", "funding_public_all"} <= set(chapter.claims)
    assert chapter.findings == ("pepr_66_or_56", "funding_row_public")


def test_hostile_text_is_escaped_where_jupyter_shows_it() -> None:
    (finding,) = checks.show("pepr_66_or_56").findings
    texts: dict[str, Any] = {f"{name}_en": HOSTILE for name in ("title", "says", "reason", "means", "settle")}
    html = checks.shown(replace(finding, check=replace(finding.check, **texts))).bundle()["text/html"]
    assert "<script" not in html
    assert "<a " not in html
    assert html.count("&lt;script&gt;") == len(texts)


def test_findings_as_a_table_lead_from_the_number_stated_to_its_proof() -> None:
    tabled = checks.tabled("holds", caption_fr="{count} tiennent", caption_en="{count} hold")
    block = tabled.bundle()[BLOCK_TYPE]
    assert block["findings"] == [finding.id for finding in checks.show("holds").findings]
    assert block["caption"] == f"{len(block['findings'])} hold"
    row = block["rows"][block["findings"].index("funding_row_public")]
    assert row[1]["text"] == "€421m + €66m + €150m + €30m = €667m\u00a0✓"
    assert row[2] == {"text": "€667m", "claim": "funding_public_all"}
    assert Chapter("x", 1, "en", "T", "S", (block,)).findings == tuple(block["findings"])
    assert str(tabled).startswith(block["caption"])


def test_a_verdict_and_its_sign_stay_on_one_line() -> None:
    assert all(re.fullmatch(r"\S\u00a0\w[\w ]+", verdict(finding, "en")) for finding in checks.found())
