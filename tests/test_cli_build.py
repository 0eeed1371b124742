"""The command that schedulers run: what it says, what it leaves when it is ended, and that it starts for nothing."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_editions import faulty_project

from analysis import cli, paths
from analysis.cache import fingerprints
from analysis.cli import command as commands
from analysis.cli import editions as command
from analysis.editions import leaks
from analysis.errors import ExecutionError, lacks_told

OPENING = (
    "from analysis.words import tell; tell(fr='# Un titre\\n\\nUn chapeau.', en='# A headline\\n\\nA standfirst.')"
)


@pytest.fixture
def at(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Being in a project of one chapter."""
    monkeypatch.chdir(faulty_project(sample, OPENING))
    return sample


def begun(project: Path, *options: str) -> subprocess.Popen[str]:
    """A build that goes on by itself."""
    call = [sys.executable, "-m", "analysis.cli", "build", "--lang", "fr", *options]
    return subprocess.Popen(call, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def whole(out: Path) -> bool:
    """Whether an edition is just what its list of files says."""
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out, check=False, capture_output=True)  # noqa: S607
    return done.returncode == 0


def test_what_has_not_changed_is_not_built_again(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build"]) == 0
    before = (at / "reports/SHA256SUMS").stat().st_mtime_ns
    capsys.readouterr()
    assert cli.main(["build"]) == 0
    assert capsys.readouterr().out.startswith("unchanged: ")
    assert cli.main(["build", "--lang", "fr"]) == 0
    assert cli.main(["build"]) == 0
    assert "unchanged" not in capsys.readouterr().out, "another edition stands there"
    (at / "reports/index.html").write_text("damaged")
    assert cli.main(["build"]) == 0
    assert "unchanged" not in capsys.readouterr().out
    assert whole(at / "reports")
    assert (at / "reports/SHA256SUMS").stat().st_mtime_ns > before


@pytest.mark.parametrize(
    "touched", ["data/raw/claims/communique.toml", "data/raw/edition.toml", "notebooks/02_adoption.ipynb"]
)
def test_a_touched_input_is_noticed(at: Path, touched: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "--lang", "fr"]) == 0
    (at / touched).write_text((at / touched).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["build", "--lang", "fr"]) == 0
    assert "unchanged" not in capsys.readouterr().out


def test_an_unchanged_edition_loads_nothing_heavy(at: Path) -> None:
    assert cli.main(["build", "--lang", "fr"]) == 0
    call = [sys.executable, "-X", "importtime", "-m", "analysis.cli", "build", "--lang", "fr"]
    done = subprocess.run(call, cwd=at, check=True, capture_output=True, text=True)
    assert done.stdout.startswith("unchanged")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not loaded & {"pandas", "matplotlib", "papermill", "nbformat", "typst", "lxml", "jinja2"}


@pytest.mark.usefixtures("at")
def test_what_changes_during_a_build_is_not_taken_for_built(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = iter(["before", "after"])
    with monkeypatch.context() as patch:
        patch.setattr(command, "_inputs", lambda *_: next(told))
        assert cli.main(["build", "--lang", "fr"]) == 0
        patch.setattr(command, "_inputs", lambda *_: "before")
        capsys.readouterr()
        assert cli.main(["build", "--lang", "fr"]) == 0
    assert "unchanged" not in capsys.readouterr().out


def test_the_log_has_a_line_for_each_step_and_one_for_the_end(at: Path) -> None:
    assert cli.main(["build", "--lang", "fr", "--log-json", "log"]) == 0
    *steps, end = [json.loads(line) for line in (at / "log").read_text(encoding="utf-8").splitlines()]
    assert [step["step"] for step in steps if not step["name"]] == ["checks", "pages", "publishing"]
    (run,) = [step for step in steps if step["step"] == "run"]
    assert (run["name"], run["lang"], run["kept"]) == ("adoption", "fr", False)
    assert all(step["seconds"] >= 0 for step in steps)
    assert (end["outcome"], end["remarks"]) == ("published", [])
    assert end["files"] == len((at / "reports/SHA256SUMS").read_text().splitlines())
    assert cli.main(["build", "--lang", "fr", "--log-json", "log"]) == 0
    assert json.loads((at / "log").read_text())["outcome"] == "unchanged"


def test_the_log_says_why_a_build_failed(at: Path) -> None:
    faulty_project(at, "raise ValueError('no such country')")
    assert cli.main(["build", "--lang", "fr", "--log-json", "log"]) == 3
    end = json.loads((at / "log").read_text(encoding="utf-8").splitlines()[-1])
    assert (end["outcome"], end["exit"]) == ("failed", 3)
    assert "no such country" in end["error"]


def test_a_log_that_cannot_be_written_is_told_before_anything_is_built(at: Path) -> None:
    assert cli.main(["build", "--lang", "fr", "--log-json", "nowhere/log"]) == 4
    assert not (at / "reports").exists()


def test_an_error_that_nobody_has_foreseen_is_not_taken_for_findings(
    at: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "_inputs", lambda *_: 1 / 0)
    assert cli.main(["build"]) == 3
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert told.splitlines()[-1] == "an error that nobody has foreseen: please report it"
    assert not (at / "reports").exists()


class Panic(BaseException):
    """What a library written in Rust raises, which is no Exception."""


def test_a_panic_is_not_taken_for_findings_either(
    at: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def panics(*_: object) -> str:
        raise Panic("unwrap on None")

    monkeypatch.setattr(command, "_inputs", panics)
    assert cli.main(["build"]) == 3
    assert capsys.readouterr().err.endswith("an error that nobody has foreseen: please report it\n")
    assert not (at / "reports").exists()


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (MemoryError(), "too little memory"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "too little memory"),
        (RuntimeError("can't start new thread"), "too little memory"),
        (ImportError("x.so: failed to map segment from shared object"), "too little memory"),
        (OSError(errno.ENOSPC, "No space left on device", "/srv/file"), "/srv/file: the system refuses"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/file"), "evidence: Permission denied"),
        (OSError(errno.EMFILE, "Too many open files"), "evidence: Too many open files"),
        (FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/x']"), "temporary directory"),
    ],
)
def test_what_the_machine_lacks_is_told_as_such(
    at: Path, error: Exception, what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking(*_: object) -> None:
        raise error

    monkeypatch.setattr(sys.modules["analysis.editions.build"], "_read", lacking)
    assert cli.main(["build", "--lang", "fr", "--log-json", "log"]) == 4
    told = capsys.readouterr().err
    assert what in told
    assert "Traceback" not in told
    end = json.loads((at / "log").read_text(encoding="utf-8").splitlines()[-1])
    assert (end["outcome"], end["exit"]) == ("failed", 4)


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(errno.ENOENT, "No such file or directory", "x"),
        RuntimeError("dictionary changed size during iteration"),
    ],
)
def test_an_error_of_the_code_is_not_put_down_to_the_machine(error: Exception) -> None:
    with pytest.raises(type(error)), lacks_told():
        raise error


@pytest.mark.parametrize("content", ["", "[1]", '{"cells": [], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}'])
def test_a_broken_notebook_is_told_before_anything_is_run(
    at: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (at / "notebooks/02_adoption.ipynb").write_text(content)
    assert cli.main(["build", "--log-json", "log"]) == 3
    assert "02_adoption.ipynb: not a notebook that can be run" in capsys.readouterr().err
    assert len((at / "log").read_text(encoding="utf-8").splitlines()) == 1
    assert not (at / "reports").exists()


@pytest.mark.parametrize(("byte", "told"), [(0, "Not a TrueType"), (100_000, "bad checksum for 'glyf'")])
def test_a_damaged_font_is_told_before_anything_is_run(
    at: Path, byte: int, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, broken = paths.fonts(), at.parent / "broken.ttf"
    content = bytearray(whole["sans"].read_bytes())
    content[byte] ^= 1
    broken.write_bytes(content)
    monkeypatch.setattr(paths, "fonts", lambda: {**whole, "sans": broken})
    assert cli.main(["build"]) == 4
    assert f"{broken}: the font is damaged\n  evidence: {told}" in capsys.readouterr().err
    assert not (at / "reports").exists()


def test_every_input_counts_and_nothing_else(at: Path) -> None:
    lock = at / "requirements.lock"
    lock.write_text("typst==0.15.2\n")
    inputs = sorted(file for folder in ("data", "notebooks") for file in (at / folder).rglob("*") if file.is_file())
    assert {file.suffix for file in inputs} >= {".ipynb", ".toml", ".csv", ".json", ".txt"}

    def told(*options: str) -> str:
        fingerprints.installed.cache_clear()
        return command._inputs(at, None, options)  # noqa: SLF001

    before, seen = told("fr"), set()
    for file in inputs:
        content = file.read_bytes()
        file.write_bytes(content + b"\n")
        seen.add(told("fr"))
        file.write_bytes(content)
    assert told("fr") == before
    lock.write_text("typst==0.15.2\npikepdf==10.0\n")
    seen |= {told("fr"), told("fr", "en")}
    assert len(seen - {before}) == len(inputs) + 2
    lock.write_text("typst==0.15.2\n")
    (at / "notebooks/.02_adoption.ipynb.swp").touch()
    os.utime(inputs[0], (0, 0))
    assert told("fr") == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("'{project}'", "the folder {project}"),
        ('File "{project}/notebooks/x.ipynb"', "the folder {project}"),
        ("{home}/.netrc", "the folder {home}"),
        ('File "{prefix}/lib/python3.11/site-packages/x.py"', "the folder {prefix}"),
        ("?key=correct-horse", "the value of MAIL_PASSWORD"),
        ("https://example.org{project}/, {project}-old, short, production, 2031-06-01", None),
    ],
)
def test_no_edition_tells_folders_or_secrets(
    tmp_path: Path, content: str, told: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "correct-horse")
    for name, value in {"API_KEY": "short", "APP_SECRET": "production", "TOKEN_UNTIL": "2031-06-01"}.items():
        monkeypatch.setenv(name, value)
    known = {"project": str(tmp_path), "home": str(Path.home()), "prefix": sys.prefix}
    files = {"fr/x.ipynb": content.format(**known).encode()}
    if told is None:
        leaks.refuse(files, tmp_path)
        return
    with pytest.raises(ExecutionError, match=r"fr/x\.ipynb: it would tell") as caught:
        leaks.refuse(files, tmp_path)
    assert told.format(**known) in str(caught.value)
    assert "correct-horse" not in str(caught.value)


def test_a_process_that_outlives_its_terminal_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with commands._ended_in_order():  # noqa: SLF001  # to be started with nohup would end the tests too
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) == signal.default_int_handler
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_build_that_is_told_to_end_does_so_and_leaves_nothing(at: Path) -> None:
    faulty_project(at, "import time; time.sleep(600)")
    building = begun(at, "--log-json", "log")
    while not ((at / "log").exists() and (at / "log").read_text()):  # until what comes before the run has been done
        time.sleep(0.05)
    time.sleep(1)
    building.send_signal(signal.SIGTERM)
    _, errors = building.communicate(timeout=30)
    assert building.returncode == 3
    assert errors.strip().splitlines()[-1] == "interrupted; nothing was published"
    assert sorted(each.name for each in at.iterdir()) == ["data", "log", "notebooks"]


def test_an_edition_tells_what_changed_since_the_one_before(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build"]) == 0
    assert not list((at / "reports").glob("??/changes.html"))
    card = at / "data/raw/edition.toml"
    card.write_text('name = "2031-07"\ndate = "2031-07-01"\n')
    ledger = at / "data/raw/claims/communique.toml"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("12,5 M€", "12,9 M€"), encoding="utf-8")
    (at / "data/raw/documents/communique.txt").unlink()
    assert cli.main(["tables"]) == 0
    capsys.readouterr()
    assert cli.main(["build"]) == 0
    assert "plan_total" in capsys.readouterr().err, "a number that moves is told, public or not"
    for lang, old, new in (("fr", "12,5", "12,9"), ("en", "12.5", "12.9")):
        page = (at / f"reports/{lang}/changes.html").read_text(encoding="utf-8")
        assert old in page
        assert new in page
        assert 'href="index.html"' in page
        assert 'href="changes.html"' in (at / f"reports/{lang}/index.html").read_text(encoding="utf-8")
    assert sorted(each.name for each in (at / "reports/editions").iterdir()) == ["2031-06", "2031-07"]
    assert not list((at / "reports/editions/2031-06").glob("??/changes.html")), "what was published stays as it was"
    (at / "reports/editions/2031-06/data/claims.csv").write_text("damaged")
    assert cli.main(["build", "--anew"]) == 1
    assert "not what was published" in capsys.readouterr().err
