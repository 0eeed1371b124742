"""The command scan: every number of a file, as JSON and as a listing."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typst

from analysis import cli, documents, reading

PLANTED = Path(__file__).parent / "planted/documents"
TEXT = (
    "\ufeffPlan nuage\r\n\r\nEn 2031, 42\u202f% des entreprises, contre moins\r\nde 5 % en 2029\r;\n"
    "plus de 12,5\r\nM€ sur trois ans.\r\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A text with a byte order mark, three kinds of line ends, and a number that runs over one."""
    target = tmp_path / "folder" / "communiqué.txt"
    target.parent.mkdir()
    target.write_bytes(TEXT.encode())
    return target


def records(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, Any]]:
    assert cli.main(["scan", "--json", *map(str, arguments)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_record_prints_what_stands_in_the_file_as_it_is(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = records(capsys, file)
    assert [TEXT[r["start"] : r["end"]] for r in found] == [r["printed"] for r in found]
    assert [r["printed"] for r in found] == ["2031", "42\u202f%", "5 %", "2029", "12,5\r\nM€", "trois ans"]


def test_a_record_has_the_keys_of_the_contract_and_the_file_no_folders(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = records(capsys, file)
    assert {tuple(r) for r in found} == {
        ("file", "start", "end", "printed", "kind", "value", "unit", "bound", "precision", "lang")
    }
    assert {r["file"] for r in found} == {"communiqué.txt"}
    money = found[4]
    assert (money["kind"], money["value"], money["unit"], money["bound"], money["precision"]) == (
        "money",
        12_500_000,
        "EUR",
        "at_least",
        50_000,
    )


def test_the_records_are_those_of_the_library(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scanned = reading.scan(documents.canonical(file.read_bytes()))
    assert [r["kind"] for r in records(capsys, file)] == [quantity.kind for quantity in scanned]


def test_the_language_can_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("1,250 %")
    assert [r["value"] for r in records(capsys, "--lang", "en", tmp_path / "a.txt")] == [1250]
    assert [r["value"] for r in records(capsys, "--lang", "fr", tmp_path / "a.txt")] == [1.25]


def test_of_html_and_pdf_offsets_count_in_the_canonical_text_and_pdf_has_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.html").write_text("<p>En <b>2031</b>,\r\n 42&nbsp;% des entreprises.", encoding="utf-8")
    (tmp_path / "release.pdf").write_bytes(bytes(typst.compile(b"42 % en 2031.\n#pagebreak()\n43 % en 2032.")))
    for name, pages in (("page.html", [None, None]), ("release.pdf", [1, 1, 2, 2])):
        text = documents.extract((tmp_path / name).read_bytes()).text
        found = records(capsys, tmp_path / name)
        assert [text[r["start"] : r["end"]] for r in found] == [r["printed"] for r in found]
        assert [r.get("page") for r in found] == pages


def test_standard_input_is_scanned_too(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"42 % en 2031"), encoding="ascii"))
    assert [(r["file"], r["printed"]) for r in records(capsys, "-")] == [("-", "42 %"), ("-", "2031")]


def test_an_unreadable_file_is_told_and_the_others_are_scanned(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = PLANTED / "windows_1252.txt"
    assert cli.main(["scan", "--json", str(faulty), str(file), str(PLANTED / "empty.txt")]) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 6
    assert f"{faulty}: the file is not UTF-8" in told.err
    assert "empty.txt: the file is empty" in told.err


def test_a_path_that_is_none_is_a_wrong_call_and_nothing_is_scanned(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in (file.parent, file.parent / "nowhere"):
        assert cli.main(["scan", str(file), str(wrong)]) == 2
        assert capsys.readouterr().out == ""
    assert cli.main(["scan"]) == 2


def test_a_file_of_200_mb_costs_neither_time_nor_memory(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as large:
        large.truncate(200_000_000)
    limited = (
        "import resource, sys; from analysis import cli; resource.setrlimit(resource.RLIMIT_AS, (150_000_000,) * 2)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{limited}; sys.exit(cli.main(['scan', '{tmp_path / 'large.txt'}']))"],
        capture_output=True,
        check=False,
        text=True,
        timeout=20,
    )
    assert done.returncode == 1
    assert "the file is too large" in done.stderr


@pytest.mark.parametrize("width", [32, 80, 140])
def test_the_listing_keeps_to_the_width_of_the_terminal(
    file: Path, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert cli.main(["scan", str(file)]) == 0
    listing = capsys.readouterr().out
    assert max(len(line) for line in listing.splitlines()) <= width
    assert "[12,5 M€]" in listing
    assert "12,500,000 EUR at_least" in " ".join(listing.split())


def test_the_columns_of_the_listing_are_aligned(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    cli.main(["scan", str(file)])
    title, heading, *rest = capsys.readouterr().out.splitlines()
    rows = rest[: rest.index("")]
    assert title == "communiqué.txt (text)"
    for name, wanted in (("kind", "percentage"), ("value", "42 percent"), ("bound", "exact")):
        assert rows[1][heading.index(name) :].startswith(wanted)
    assert [int(row.split()[0]) for row in rows] == [3, 3, 4, 4, 6, 7]


def test_each_kind_is_counted_at_the_end(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["scan", str(file), str(file)])
    *_, total, percentage, money, duration, year = capsys.readouterr().out.splitlines()
    assert total == "12 numbers in 2 files, 8 figures"
    assert [line.split() for line in (percentage, money, duration, year)] == [
        ["4", "percentage"],
        ["2", "money"],
        ["2", "duration"],
        ["4", "year"],
    ]


def test_nothing_in_a_text_can_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("\x1b[2Jcontre 42 %\x9b\u202e en 2031")
    cli.main(["scan", str(tmp_path / "a.txt")])
    shown = capsys.readouterr().out
    assert all(character.isprintable() for character in shown.replace("\n", ""))


def test_a_terminal_that_lacks_characters_is_no_fault(file: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for option in ([], ["--json"]):
        done = subprocess.run(
            [sys.executable, "-m", "analysis.cli", "scan", *option, str(file)],
            capture_output=True,
            check=False,
            env=environment,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.isascii()
    assert json.loads(done.stdout.splitlines()[4])["printed"] == "12,5\r\nM€"


def test_a_reader_that_stops_early_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("42 % en 2031. " * 20_000)
    command = [sys.executable, "-m", "analysis.cli", "scan", "--json", str(tmp_path / "a.txt")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
