"""Sign-offs by a second reader: recorded, counted, stale when the number or its passage moves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis import claims, cli
from analysis.claims.signing import FILE, SignOffs, sign_offs
from analysis.errors import Problems

TEXT = "data/raw/documents/communique.txt"


@pytest.fixture
def at(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(sample)
    return sample


SIGN = ["sign-off", "plan_total", "--reader", "A. Lecteur", "--date", "2026-11-22", "--yes"]


def test_a_signature_is_recorded_and_counted(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(SIGN) == 0
    assert ">>> 12,5 M€ <<<" in capsys.readouterr().out
    signed = sign_offs(at).signed["plan_total"]
    assert (signed.reader, signed.date) == ("A. Lecteur", "2026-11-22")
    assert cli.main(["sign-off"]) == 0
    assert "1 signed, 0 stale, 4 unsigned" in capsys.readouterr().out


def test_a_signature_goes_stale_when_the_number_or_its_place_moves(at: Path) -> None:
    assert cli.main(SIGN) == 0
    signed, claim = sign_offs(at), claims.load(at)["plan_total"]
    assert signed.state(claim) == "signed"
    for moved in (replace(claim, printed="13,5 M€"), replace(claim, context="0" * 16), replace(claim, at=(1, 2))):
        assert signed.state(moved) == "stale"


def test_a_stale_signature_is_told_with_its_reader(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(SIGN) == 0
    ledger = at / "data/raw/claims/communique.toml"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text.replace('statement_en = "The plan', 'statement_en = "This plan', 1), encoding="utf-8")
    assert text != ledger.read_text(encoding="utf-8")
    assert cli.main(["sign-off"]) == 0
    assert "STALE  plan_total: it has moved since A. Lecteur signed it on 2026-11-22" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (["sign-off", "plan_totl", "--reader", "A"], 'did you mean "plan_total"', 2),
        (["sign-off", "plan_total"], "nobody is named as the reader", 2),
        ([*SIGN[:4], "--date", "22/11/2026", "--yes"], "not a day", 2),
        (SIGN[:4], "no terminal to ask on", 2),
    ],
)
@pytest.mark.usefixtures("at")
def test_what_cannot_be_signed_is_told(
    arguments: list[str], told: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == code
    assert told in capsys.readouterr().err


def test_nothing_is_signed_without_its_passage(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (at / TEXT).unlink()
    assert cli.main(SIGN) == 1
    assert "its passage is not at hand" in capsys.readouterr().err
    assert not (at / FILE).exists()


def test_nothing_is_signed_whose_passage_does_not_hold(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = at / "data/raw/claims/communique.toml"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text.replace('printed = "12,5 M€"', 'printed = "13,5 M€"', 1), encoding="utf-8")
    assert cli.main(SIGN) == 1
    assert "13,5 M€" in capsys.readouterr().err
    assert not (at / FILE).exists()


def test_the_same_signatures_give_the_same_file_whatever_their_order(sample: Path) -> None:
    first, second, *_ = claims.load(sample).claims.values()
    one = SignOffs().with_signed([first], "A", "2026-11-22").with_signed([second], "B", "2026-11-23")
    other = SignOffs().with_signed([second], "B", "2026-11-23").with_signed([first], "A", "2026-11-22")
    assert one.text() == other.text()
    (sample / FILE).write_text(one.text(), encoding="utf-8")
    assert dict(sign_offs(sample).signed) == dict(one.signed)


def test_a_signature_of_nothing_is_told(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(SIGN) == 0
    file = at / FILE
    file.write_text(file.read_text(encoding="utf-8").replace('"plan_total"', '"plan_totl"'), encoding="utf-8")
    assert cli.main(["sign-off"]) == 1
    assert 'did you mean "plan_total"?' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[sign_off]]\nid = "a"\nentry = "b"\nreader = "c"\n', 'the field "date" is missing'),
        ('[[signoff]]\nid = "a"\n', 'did you mean "sign_off"?'),
        ('[[sign_off]]\nid = "a"\nentry = "b"\nreader = "c"\ndate = "2026-11-22"\n' * 2, "signed off twice"),
    ],
)
def test_faults_of_the_file_are_told(sample: Path, text: str, told: str) -> None:
    (sample / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Problems, match=told.replace("?", r"\?")):
        sign_offs(sample)
