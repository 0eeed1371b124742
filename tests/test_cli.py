"""The command, as its users call it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import checks, cli
from analysis.cli import findings

PROJECT = Path(__file__).parents[1]
TEXT = "data/raw/documents/communique.txt"


@pytest.fixture
def at(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Being in the sample project, with its tables written."""
    monkeypatch.chdir(sample)
    assert cli.main(["tables"]) == 0
    return sample


@pytest.mark.usefixtures("at")
def test_verify_passes_on_a_sound_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify"]) == 0
    assert "everything that was checked holds" in capsys.readouterr().out


def test_verify_fails_on_a_changed_number_even_without_the_document(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = at / "data/raw/claims/communique.toml"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace('"12,5 M€"', '"13,5 M€"'), encoding="utf-8")
    assert cli.main(["verify"]) == 1
    assert '"12,5 M€"' in capsys.readouterr().err
    (at / TEXT).unlink()
    assert cli.main(["verify"]) == 1
    told = capsys.readouterr()
    assert "NOT CHECKED" in told.out
    assert "funding.csv: the table is not what the ledger gives" in told.err


def test_verify_fails_on_a_changed_byte_of_a_document(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (at / TEXT).write_bytes((at / TEXT).read_bytes().replace(b"fictif", b"Fictif"))
    assert cli.main(["verify"]) == 1
    assert "a text that is none of the documents" in capsys.readouterr().err


def test_verify_without_documents_says_what_it_could_not_check(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (at / TEXT).unlink()
    assert cli.main(["verify"]) == 0
    assert "NOT CHECKED  communique: not at hand" in capsys.readouterr().out


def test_tables_are_checked_without_being_written(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["tables", "--check"]) == 0
    (at / "data/processed/adoption.csv").write_text("")
    assert cli.main(["tables", "--check"]) == 1
    assert (at / "data/processed/adoption.csv").read_text() == ""
    assert "nuage tables" in capsys.readouterr().err


def test_documents_are_added_and_listed(at: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.move(at / TEXT, tmp_path / "received")
    assert cli.main(["documents"]) == 0
    assert "text: not at hand" in capsys.readouterr().out
    assert cli.main(["documents", "add", str(tmp_path / "received")]) == 0
    assert (at / TEXT).is_file()


def test_locate_prints_what_a_claim_needs(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["locate", "communique", "12,5 M€"]) == 0
    told = capsys.readouterr().out
    ledger = (at / "data/raw/claims/communique.toml").read_text(encoding="utf-8")
    for line in told.strip().splitlines():
        assert line in ledger


def test_parameters_are_listed_with_their_choices(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["parameters", "adoption"]) == 0
    assert "countries" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["biuld"], "invalid choice"),
        (["build", "--lang", "de"], "invalid choice"),
        (["build", "--param", "countries"], "not NAME=VALUE"),
        (["build", "--param", "countrys=DE"], 'did you mean "countries"'),
        (["documents", "add"], "no file named"),
        (["documents", "add", "nowhere"], "no such file"),
        (["locate", "communiqué", "x"], 'did you mean "communique"'),
        (["locate", "communique", " "], "no words to look for"),
        (["parameters", "adopton"], 'did you mean "adoption"'),
        (["verify", "--documents", "nowhere"], "no such folder"),
        (["--project", "nowhere", "verify"], "not a project folder"),
        ([], "required"),
    ],
)
def test_a_wrong_call_exits_with_2_and_the_way_out(
    at: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (at / "data/raw/edition.toml").write_text('name = "a"\ndate = "2031-06-01"\n')
    shutil.copytree(Path(__file__).parents[1] / "notebooks", at / "notebooks")
    assert cli.main(arguments) == 2
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("at")
def test_words_that_the_document_does_not_print_are_a_finding() -> None:
    assert cli.main(["locate", "communique", "99 %"]) == 1


def test_malformed_toml_names_file_and_line(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (at / "data/raw/claims/communique.toml").write_text('document = "a"\nx = = 1\n')
    assert cli.main(["verify"]) == 1
    told = capsys.readouterr().err
    assert "data/raw/claims/communique.toml" in told
    assert "line 2" in told


def test_the_command_works_from_any_folder_in_any_locale(at: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "TZ": "Pacific/Auckland", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "analysis.cli", "--project", str(at), "verify"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_help_names_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--help"])
    assert caught.value.code == 0
    assert "0 ok · 1 findings · 2 usage · 3 execution · 4 environment" in capsys.readouterr().out


def test_findings_are_listed_with_their_derivation(capsys: pytest.CaptureFixture[str]) -> None:
    project = ["--project", str(PROJECT)]
    assert cli.main(["findings", *project, "--lang", "fr", "--verdict", "contradicts"]) == 0
    told = capsys.readouterr().out
    assert "[pepr_66_or_56]" in told
    assert "66 ≠ 56" in told
    assert "[funding_row_public]" not in told


def test_findings_as_json_are_one_object_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["findings", "--project", str(PROJECT), "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {record["id"] for record in records} == {check.id for check in checks.declared(PROJECT)}
    assert all(record["derivation_fr"] and record["says_en"] for record in records)


def test_a_verdict_that_moved_is_told_with_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(PROJECT / "data/raw", tmp_path / "data/raw")
    file = tmp_path / checks.FILE
    file.write_text(file.read_text(encoding="utf-8").replace('"holds_as_printed"', '"holds"'), encoding="utf-8")
    assert cli.main(["findings", "--project", str(tmp_path)]) == 1
    assert 'the verdict is "holds_as_printed"' in capsys.readouterr().err


def test_the_verdicts_that_help_names_are_all_there_are() -> None:
    assert set(findings.VERDICTS) == set(checks.check.VERDICTS)
