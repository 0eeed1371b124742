"""A matrix of runs: read from TOML and CSV, every fault of the file told at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from analysis import cli, editions
from analysis.editions import making
from analysis.editions.matrix import matrix
from analysis.errors import UsageError
from analysis.pages import WHOLE
from analysis.parameters import Refused

PROJECT = Path(__file__).resolve().parents[1]
ADOPTION = {"countries": ["DE", "FI", "EU27"], "years": [2014, None], "vintage": "latest"}


def runs(file: Path) -> list[tuple[int, str, str, str, dict[str, object]]]:
    """Number, name, notebook, language and values other than defaults."""
    found = matrix(PROJECT, file, ("fr", "en"))
    assert all(job.given["language"] == job.lang for job in found)
    kept = [
        {name: value for name, value in job.given.items() if ADOPTION.get(name, job.lang) != value} for job in found
    ]
    return [(job.number, job.name, job.stem, job.lang, values) for job, values in zip(found, kept, strict=True)]


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def faults(file: Path) -> str:
    with pytest.raises(UsageError) as caught:
        matrix(PROJECT, file, ("fr", "en"))
    assert caught.value.exit_code == 2
    told = str(caught.value)
    assert str(file) in told
    return told


TOML = """
[[run]]
name = "adoption-de"
notebook = "adoption"
lang = ["fr", "en"]
countries = "DE"

[[run]]
name = "adoption-fi"
notebook = "adoption"
lang = "en"
countries = ["FI", "EU27"]
years = [2018, 2025]
vintage = 2026-02-27

[[run]]
notebook = "funding"
"""


def test_a_toml_file_names_runs_in_its_order(tmp_path: Path) -> None:
    other = {"countries": ["FI", "EU27"], "years": [2018, 2025], "vintage": "2026-02-27"}
    assert runs(written(tmp_path, "editions.toml", TOML)) == [
        (1, "adoption-de", "adoption", "fr", {"countries": ["DE"]}),
        (1, "adoption-de", "adoption", "en", {"countries": ["DE"]}),
        (2, "adoption-fi", "adoption", "en", other),
        (3, "funding", "funding", "fr", {}),
        (3, "funding", "funding", "en", {}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "name,notebook,lang,countries,years\nadoption-de,adoption,fr,DE,\nadoption-de,adoption,en,DE,\nfi,adoption,en,,2018-\n",
        "\ufeffName;Notebook;Lang;Countries;Years\r\nadoption-de;adoption;fr,en;DE;\r\n;;;;\r\nfi;adoption;en;;2018-\n",
        'sep=,\r\nnotebook,name,lang,years,countries\r\nadoption,adoption-de,"fr,en",,DE\r\nadoption,fi,en,2018–\r\n',
        "name\tnotebook\tlang\tcountries\tyears\nadoption-de\tadoption\t\t DE \t\nfi\tadoption\ten\t\t2018-",
    ],
    ids=["commas", "semicolons and a mark", "sep and quotation marks", "tabs"],
)
def test_a_csv_file_is_read_as_spreadsheets_write_it(tmp_path: Path, text: str) -> None:
    assert runs(written(tmp_path, "editions.csv", text)) == [
        (1, "adoption-de", "adoption", "fr", {"countries": ["DE"]}),
        (1, "adoption-de", "adoption", "en", {"countries": ["DE"]}),
        (2, "fi", "adoption", "en", {"years": [2018, None]}),
    ]


def test_every_fault_of_a_file_is_told_with_its_row_and_the_way_out(tmp_path: Path) -> None:
    told = faults(
        written(
            tmp_path,
            "editions.csv",
            "name,notebook,lang,countries,years,yeers\n"
            "a,adopton,fr,,,\n"
            "B c,adoption,de,XX,2018,\n"
            "index,funding,fr,DE,,\n"
            "d,,fr,,,\n"
            "e,adoption,fr,DE,FI,,\n"
            "f,adoption,fr,DE,,,FI\n",
        )
    )
    assert [part for part in (
        'line 1: no column "yeers"\n  way out:  did you mean "years"?',
        'line 2 (a), notebook: no notebook "adopton"\n  way out:  did you mean "adoption"?',
        "line 3 (B c), name: the name fits no file: 'B c'",
        'line 3 (B c), lang: no edition is written in "de"\n  way out:  known: en, fr',
        'line 3 (B c), countries: countries cannot be "XX"',
        'line 3 (B c), years: years cannot be "2018"',
        'line 4 (index), name: the edition has other files called "index"',
        'line 4 (index), countries: no parameter "countries"',
        "line 5 (d), notebook: the notebook is missing",
        'line 6 (e), years: years cannot be "FI"',
        "line 7: more cells than columns",
    ) if part not in told] == []  # fmt: skip
    assert len(re.findall(r"^\S+ · ", told, re.MULTILINE)) == 11


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('[[run]]\nnotebook = "funding"\n' * 2, 'run 2, name: two runs are called "funding"'),
        (
            '[[run]]\nname = "a"\nnotebook = "funding"\n[[run]]\nname = "a"\nnotebook = "adoption"\nlang = "fr"\n',
            "run 2 (a), name: two runs are called",
        ),
        (
            "run = [{name = 'a', notebook = 'adoption', lang = 'fr'}, {name = 'a', notebook = 'funding', lang = 'en'}]",
            'run 2 (a), name: "a" is another run in another language',
        ),
        ('[[run]]\nnotebook = "adoption"\nlanguage = "en"\n', "the language has a column of its own"),
        ('[[run]]\nnotebook = ["adoption"]\n', "no notebook \"['adoption']\""),
        ('[[run]]\nnotebook = "adoption"\nlang = 3\n', 'no edition is written in "3"'),
        ('[[runs]]\nnotebook = "adoption"\n', 'unknown entry "runs"'),
        ("run = 3\n", "the runs are no list of tables"),
        ("[[run]\n", "malformed TOML"),
        ("", "the matrix names no run"),
    ],
)
def test_a_toml_file_with_a_fault_is_refused(tmp_path: Path, rows: str, told: str) -> None:
    assert told in faults(written(tmp_path, "editions.toml", rows))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("editions.xlsx", b"", "a matrix is a TOML or a CSV file"),
        ("editions.csv", b"notebook\nadoption\xe9\n", "not UTF-8"),
        ("editions.csv", b'notebook\n"adoption\n', "malformed CSV"),
        ("editions.csv", b"notebook,notebook\nadoption,\n", 'two columns "notebook"'),
        ("editions.csv", b"", "the matrix names no run"),
    ],
)
def test_a_file_that_is_no_matrix_is_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    assert told in faults(written(tmp_path, name, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "it cannot be read" in faults(tmp_path / "editions.csv")
    assert "no such file" in faults(tmp_path / "editions.toml")


@pytest.mark.parametrize(
    "name", ["index", "numbers", "proofs", "con", "lpt1", "funding", "adoption_more", "../x", "A", "é", "a" * 61, "", 7]
)
def test_a_name_that_fits_no_file_or_is_taken_is_refused(tmp_path: Path, name: object) -> None:
    row = f'[[run]]\nname = {name!r}\nnotebook = "adoption"\n'
    assert "name" in faults(written(tmp_path, "editions.toml", row))


def test_no_name_of_a_run_is_that_of_a_file_of_the_edition(tmp_path: Path, edition: Path) -> None:
    """Whatever else an edition holds beside its chapters, in the folder of a language."""
    chapters = {job.name for job in matrix(PROJECT, written(tmp_path, "all.csv", every_notebook()), ("fr",))}
    for file in (edition / "fr").iterdir():
        name = file.name.partition(".")[0]
        if name not in chapters:
            with pytest.raises(Refused):
                matrix(PROJECT, written(tmp_path, "one.csv", f"name,notebook\n{name},adoption\n"), ("fr",))


@pytest.mark.parametrize("more", [[], ["--param", "countries=DE"]])
def test_the_command_refuses_a_matrix_with_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    file, out = written(tmp_path, "editions.csv", "notebook\nadopton\n"), tmp_path / "edition"
    call = ["--project", str(PROJECT), "build", "--matrix", str(file), "--out", str(out), *more]
    assert cli.main(call) == 2
    assert ("the matrix names the parameters" if more else 'did you mean "adoption"') in capsys.readouterr().err
    assert not out.exists()


def test_the_examples_of_the_documentation_are_read(tmp_path: Path) -> None:
    text = (PROJECT / "docs/parameters.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```(toml|csv)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in examples] == ["toml", "csv"]
    toml, csv = (runs(written(tmp_path, f"editions.{kind}", example)) for kind, example in examples)
    assert toml == csv
    assert [(name, lang) for _, name, _, lang, _ in toml] == [
        ("adoption-de", "fr"), ("adoption-de", "en"), ("adoption-nordic", "en"),
    ]  # fmt: skip


def test_an_edition_of_a_matrix_holds_its_runs_and_tells_what_they_were_made_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOST_IN_A_PDF", 1)
    rows = "name,notebook,lang,countries\nde,adoption,fr,DE\nfi,adoption,en,FI\nfi,adoption,fr,FI\n"
    planned = matrix(PROJECT, written(tmp_path, "editions.csv", rows), ("fr", "en"))
    out = tmp_path / "edition"
    editions.build(PROJECT, out, planned)
    pages = {file.relative_to(out).as_posix() for file in out.glob("??/*.html")}
    assert {"fr/de.html", "fr/fi.html", "en/fi.html"} <= pages
    assert not pages & {"en/de.html", "fr/adoption.html", "fr/funding.html"}
    page = (out / "fr/de.html").read_text("utf-8")
    assert "France comparée à\u202f: Allemagne</span>" in page
    assert "Allemagne" in PdfReader(out / "fr/de.pdf").pages[0].extract_text()
    assert "../en/de.html" not in page
    assert "../en/fi.html" in (out / "fr/fi.html").read_text("utf-8")
    # More chapters than one PDF takes.
    assert [lang for lang in ("fr", "en") if (out / lang / WHOLE).is_file()] == ["en"]
    assert [lang for lang in ("fr", "en") if WHOLE in (out / lang / "index.html").read_text("utf-8")] == ["en"]
    germany, finland = ((out / f"fr/charts/{name}-adoption.svg").read_text("utf-8") for name in ("de", "fi"))
    assert germany != finland
    for path in re.findall(r'href="(charts/[^"]+)"', page):
        assert (out / "fr" / path).is_file()


def every_notebook() -> str:
    return "notebook\n" + "".join(f"{file.stem[3:]}\n" for file in sorted((PROJECT / "notebooks").glob("*.ipynb")))
