"""Corrections: what stood, what stands and why, told in both languages, and refused where they do not hold together."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import checks
from analysis.editions.corrections import FILE, corrections
from analysis.errors import Problems

SOUND = """[[correction]]
date = "2031-07-01"
claim = "plan_total"
stood = "13,5 M€"
stands = "12,5 M€"
why_fr = "Une faute de frappe."
why_en = "A slip of the pen."
"""


def told(project: Path, text: str) -> tuple[object, ...]:
    (project / FILE).write_text(text, encoding="utf-8")
    return corrections(project, checks.load(project))


def test_a_correction_tells_the_old_and_the_new_value_in_both_languages(sample: Path) -> None:
    (sample / FILE).write_text(SOUND, encoding="utf-8")
    (correction,) = corrections(sample, checks.load(sample))
    assert correction.claims == {"plan_total"}
    assert (
        "13,5\N{NO-BREAK SPACE}M€, au lieu de 12,5\N{NO-BREAK SPACE}M€. Une faute de frappe." in correction.text["fr"]
    )
    assert "€13.5m before, instead of €12.5m. A slip of the pen." in correction.text["en"]


def test_without_a_file_there_is_no_correction(sample: Path) -> None:
    assert corrections(sample, checks.load(sample)) == ()


def test_only_the_latest_correction_of_a_number_must_stand(sample: Path) -> None:
    earlier = (
        SOUND.replace("2031-07-01", "2031-06-01").replace('"12,5 M€"', '"13,5 M€"').replace('"13,5 M€"', '"14 M€"', 1)
    )
    assert len(told(sample, SOUND + earlier)) == 2
    later = earlier.replace("2031-06-01", "2031-08-01")
    with pytest.raises(Problems, match="what stands is not what is printed now"):
        told(sample, SOUND + later)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"plan_total"', '"plan_totl"', 'did you mean "plan_total"'),
        ('"13,5 M€"', '"12,5 M€"', "nothing was corrected"),
        ("2031-07-01", "July", "the date is no day"),
        ('why_en = "A slip of the pen."\n', "", 'the field "why_en" is missing'),
        ("[[correction]]", "[[corection]]", 'did you mean "correction"'),
        ('"13,5 M€"', '"treize et douze"', "2 numbers in"),
    ],
)
def test_faults_are_told_with_the_file(sample: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(Problems, match=fault) as caught:
        told(sample, SOUND.replace(old, new))
    assert str(FILE) in str(caught.value) or "2 numbers" in fault
