"""A new chapter keeps every rule as it is written, for whatever table; what cannot be written leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import test_edition_languages
import test_pages_published
from test_editions import faulty_project

from analysis import claims, cli, editions, house, notebooks, tables
from analysis.errors import ExecutionError, UsageError
from analysis.quantities import Lang

PROJECT = Path(__file__).resolve().parents[1]
LANGS: tuple[Lang, ...] = ("fr", "en")
LEDGER = claims.loaded(PROJECT)
TABLES = sorted({claim.table for claim in LEDGER.claims.values()})


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our data and chapters, in a folder of its own."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("data", "notebooks"):
        shutil.copytree(PROJECT / name, folder / name)
    return folder


def left(project: Path) -> list[str]:
    return sorted(
        file.relative_to(project).as_posix() for name in ("notebooks", "tests") for file in (project / name).glob("*")
    )


@pytest.mark.parametrize("table", TABLES)
def test_a_chapter_about_any_table_keeps_every_rule(copy: Path, table: str) -> None:
    notebook, test = house.chapter(f"about_{table}", copy, table=table)
    assert [str(fault) for fault in house.check(notebook, copy)] == []
    assert "parameters.begin" in notebook.read_text(encoding="utf-8")
    assert f'NOTEBOOK = PROJECT / "notebooks/{notebook.name}"' in test.read_text(encoding="utf-8")


def test_a_chapter_comes_last_and_is_about_the_table_of_its_name(sample: Path) -> None:
    first, test = house.chapter("funding", sample)
    assert left(sample) == ["notebooks/01_funding.ipynb", "tests/test_chapter_funding.py"]
    assert (first.name, test.name) == ("01_funding.ipynb", "test_chapter_funding.py")
    second, _ = house.chapter("uses", sample, table="adoption")
    third, _ = house.chapter("much_later", sample, number=12, table="adoption")
    assert (second.name, third.name) == ("02_uses.ipynb", "12_much_later.ipynb")
    assert [stem for _, stem, _ in editions.notebooks(sample)] == ["funding", "uses", "much_later"]


def test_its_numbers_come_from_its_table_in_both_languages(sample: Path) -> None:
    notebook, _ = house.chapter("uses", sample, table="adoption")
    told = {
        lang: notebooks.read(notebooks.run(notebook, {"language": lang}, sample), "uses", 1, lang) for lang in LANGS
    }
    assert told["fr"].claims == told["en"].claims == ("adoption_2031", "adoption_2029")
    assert told["fr"].title == "Adoption du cloud\u202f: 2 énoncés, et qui les dit"
    assert told["en"].title == "Cloud adoption: 2 claims, and who makes them"
    (chart,) = told["en"].charts
    assert chart["name"] == "stated_adoption"
    assert chart["claims"] == ["adoption_2031", "adoption_2029"]
    assert chart["source"]


def test_its_pages_keep_the_rules_of_pages(sample: Path, tmp_path: Path) -> None:
    faulty_project(sample, "")
    (sample / "notebooks/02_adoption.ipynb").unlink()
    house.chapter("uses", sample, table="adoption")
    out = tmp_path / "reports"
    editions.build(sample, out, editions.jobs(sample, LANGS, {}))
    for lang in LANGS:
        test_pages_published.test_every_link_to_a_place_in_the_edition_finds_it(out, lang)
        test_edition_languages.test_every_text_has_the_typography_of_its_language(out, lang, "uses")
        page = (out / lang / "uses.html").read_text(encoding="utf-8")
        assert len(page.encode()) < test_pages_published.MOST_BYTES_WITHOUT_CHARTS
        assert page.count("<h1") == 1
        assert "adoption_2031" in page
    test_edition_languages.test_each_linked_number_shows_the_same_digits_in_both_languages(out, "uses")


def test_its_own_test_and_nbval_pass_at_once(sample: Path) -> None:
    notebook, test = house.chapter("uses", sample, table="adoption")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", str(notebook), str(test)]
    environment = {**os.environ, "NUAGE_PROJECT": str(sample)}
    done = subprocess.run(command, cwd=sample, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("2 énoncés", "3 énoncés"), encoding="utf-8")
    again = [*command[: -len(["--nbval", notebook, test])], str(test)]
    assert subprocess.run(again, cwd=sample, env=environment, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Adoption"], "small letters"),
        (["cloud-prices", "--table", "adoption"], "small letters"),
        (["../adoption"], "small letters"),
        (["numbers", "--table", "adoption"], "numbers.html of the edition"),
        (["uses", "--table", "adoption"], "01_uses.ipynb"),
        (["again", "--table", "adoption", "--number", "1"], "the next one is 2"),
        (["again", "--table", "adoption", "--number", "0"], "chapters count from 1"),
        (["again", "--table", "adoptions"], 'did you mean "adoption"?'),
        (["funding"], "too few claims"),
        (["prices"], "name one with --table"),
        (["tested", "--table", "adoption"], "there is such a file already"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_written(
    sample: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (sample / "notebooks").mkdir()
    shutil.copy(PROJECT / "notebooks/07_sources.ipynb", sample / "notebooks/01_uses.ipynb")
    ledger = sample / "data/raw/claims/communique.toml"
    ledger.write_text(ledger.read_text("utf-8").replace('table = "funding"', 'table = "events"', 1), encoding="utf-8")
    (sample / "tests").mkdir()
    (sample / "tests/test_chapter_tested.py").touch()
    before = left(sample)
    assert cli.main(["--project", str(sample), "new", "chapter", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert left(sample) == before


def test_a_chapter_that_does_not_run_leaves_nothing_behind(sample: Path) -> None:
    """One of this name is declared, with parameters that the template knows nothing of."""
    with pytest.raises(ExecutionError, match="parameters are not handed over"):
        house.chapter("adoption", sample)
    assert left(sample) == []


def test_the_command_says_what_it_has_written(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--project", str(sample), "new", "chapter", "funding"]) == 0
    assert capsys.readouterr().out.split() == [
        *("written:", "notebooks/01_funding.ipynb"),
        *("written:", "tests/test_chapter_funding.py"),
    ]


def test_a_table_of_names_has_no_chapter(copy: Path) -> None:
    for table in sorted({*tables.names(LEDGER)} - {*TABLES}):
        with pytest.raises(UsageError, match="no claims are of that table"):
            house.chapter("names", copy, table=table)
