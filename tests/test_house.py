"""The house rules of notebooks: ours keep them, each planted fault is named with its cell and a way out."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis import cli, house

PROJECT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
CHAPTER = PROJECT / "notebooks/01_market_share.ipynb"
CODES = [rule.code for rule in house.RULES]
EVERYWHERE = {rule.code for rule in house.RULES if not rule.chapter}

Cells = list[dict[str, Any]]
Plant = Callable[[Cells], object]


def added(source: str, *outputs: dict[str, Any]) -> Plant:
    """One cell more, in the middle of the argument."""
    cell = {"cell_type": "code", "execution_count": 13, "id": "cell-more", "metadata": {}, "source": source}
    return lambda cells: cells.insert(8, {**cell, "outputs": list(outputs)})


def remark(source: str) -> Plant:
    cell = {"cell_type": "markdown", "id": "cell-more", "metadata": {}, "source": source}
    return lambda cells: cells.insert(8, cell)


def written_over(text: str, other: str) -> Plant:
    """The first cell that holds this text holds another instead."""

    def plant(cells: Cells) -> None:
        cell = next(cell for cell in cells if text in "".join(cell["source"]))
        cell["source"] = "".join(cell["source"]).replace(text, other, 1)

    return plant


def shown(kind: str, **changed: Any) -> Plant:
    """The first chart or table is shown with something else in it."""

    def plant(cells: Cells) -> None:
        block(cells, kind).update(changed)

    return plant


def block(cells: Cells, kind: str, name: str = "") -> dict[str, Any]:
    blocks = (
        each
        for cell in cells
        for output in cell.get("outputs", ())
        if isinstance(each := output["data"].get("application/vnd.etat-du-nuage+json"), dict)
    )
    return next(each for each in blocks if each["block"] == kind and name in ("", each["name"]))


def without_unit(cells: Cells) -> None:
    (cell,) = (cell for row in block(cells, "table", "market_sizes")["rows"] for cell in row if "$" in cell["text"])
    cell["text"] = cell["text"].split("\N{NO-BREAK SPACE}")[0]


def output(**data: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {k.replace("_", "/"): v for k, v in data.items()}}


def with_widget(cells: Cells) -> None:
    """As Jupyter saves a cell that showed a widget beside what it shows without."""
    output = next(output for cell in cells for output in cell.get("outputs", ()))
    output["data"]["application/vnd.jupyter.widget-view+json"] = {"model_id": "5d1c", "version_major": 2}


PLANTED: list[tuple[str, Plant, str]] = [
    ("no-python", added("shares = = 1"), "line 1"),
    ("no-python", added("%matplotlib inline"), "line 1"),
    ("long-cell", added("\n".join(["assert claims"] * 9)), "9 lines"),
    ("definition", added("double = lambda share: share + share"), "lambda share"),
    ("import", added("import datetime"), "import datetime"),
    ("import", added("from analysis.words import *"), "name what is imported"),
    ("path", added('file = "data/processed/claims"'), "data/processed/claims"),
    ("path", added('file = "claims.csv"'), "claims.csv"),
    ("reads-file", added("pd.read_csv(language)"), "read_csv"),
    ("reads-file", added("open(language)"), "open(…)"),
    ("clock-or-chance", added("pd.Timestamp.now()"), "now(…)"),
    ("clock-or-chance", added("claims.sample()"), "sample(…)"),
    ("hidden-state", added("assert fresh"), '"fresh" is given by no cell above'),
    ("parameters", written_over('language = "fr"', 'language = "en"'), "let it hold language = 'fr'"),
    ("parameters", written_over("language=language", ""), 'parameters.begin("market_share", language=language)'),
    ("unknown-table", added('tables.table("fundng")'), 'did you mean "funding"?'),
    ("unknown-table", added('chart("adoptions")'), 'did you mean "adoption"?'),
    ("typed-number", added('tell(fr="En 2021, {share_ovhcloud_fr}.", en="At the time, {share_ovhcloud_fr}.")'), "2021"),
    ("typed-number", added("share = 0.5"), "0.5 in the code"),
    ("typed-number", added("assert len(claims) == 170"), "170 in the code"),
    ("typed-number", added('tell(fr="Il y en a {n}.", en="There are {n}.", n=7)'), "7 in the code"),
    ("typed-number", remark("A third, or 33 per cent."), "33 in"),
    ("typed-number", added('tell(fr=f"Il y en a {language} et 12.", en="There are some.")'), "12 in"),
    ("one-language", added('tell(fr="Des mots en français.")'), "tell(…) without en"),
    ("one-language", added('present(claims, name="x", caption_en="Some words")'), "without caption_fr"),
    ("one-language", added('tell(fr="The same words here.", en="The same words here.")'), "the same in both"),
    ("unknown-claim", added('tell(fr="Ah {adoption_fr_2019}.", en="Oh {adoption_fr_2019}.")'), '"adoption_fr_20'),
    ("unknown-claim", added('key_numbers("share_ovhcloud_f")'), 'did you mean "share_ovhcloud_fr"?'),
    ("heading-order", added('tell(fr="#### Trop bas", en="#### Too deep")'), "fr: “#### Trop bas” after ##"),
    ("heading-order", added('tell(fr="# Encore", en="# Again")'), "en: “# Again” after ##"),
    ("long-headline", written_over("American giants", "It is the American giants that"), "en: 18 words"),
    ("no-limits", written_over("## What this does not show", "## Limits"), "en: the last section is “Limits”"),
    (
        "no-period",
        added(
            'tell(fr="Ils ont {saas}.", en="They have {saas}.", saas=claims["ai_projects_in_production"])',
            output(text_markdown="Ils ont [douze](#ai_projects_in_production)."),
        ),
        '"ai_projects_in_production" has no period',
    ),
    ("not-published", added("claims", output(text_html="<p>", text_plain="…")), "text/html, text/plain"),
    (
        "not-published",
        added("print(language)", {"output_type": "stream", "name": "stdout", "text": "fr"}),
        "stdout",
    ),
    ("no-opening", lambda cells: cells[3].update(outputs=[]), "no headline with a standfirst"),
    ("no-alt", added("claims", output(image_png="AAAA")), "a picture without words"),
    ("no-alt", shown("chart", alt=" "), "alt: “”"),
    ("no-alt", shown("chart", alt="Said again", headline="Said again"), "alt: “Said again”"),
    ("no-alt", shown("chart", alt="long " * 40), "199 characters"),
    ("bare-chart", shown("chart", source="", description=[]), '"market_share" has no source, description'),
    ("bare-chart", shown("chart", headline="word " * 16), "16 words"),
    ("bare-table", shown("table", source=""), '"market_sizes" has no source'),
    ("bare-table", shown("table", caption=""), '"market_sizes" has no caption'),
    ("unit-mix", without_unit, "among EUR, USD"),
    (
        "same-name",
        lambda cells: cells.insert(8, {**cells[6], "id": "cell-more", "execution_count": 13}),
        'chart "market_share"',
    ),
    ("conflict", remark("<<<<<<< local\nOurs\n=======\nTheirs\n>>>>>>> remote"), "<<<<<<< local"),
    ("untidy", lambda cells: cells[3]["metadata"].update(collapsed=True), '"collapsed": true'),
    ("untidy", lambda cells: cells[3].update(id="4f1c2d3e"), '"id": "4f1c2d3e"'),
    ("untidy", with_widget, '"application/vnd.jupyter.widget-view+json"'),
    ("not-run", lambda cells: cells[3].update(execution_count=None), "1, 2, not run, 4"),
    ("not-run", lambda cells: cells[3].update(execution_count=99), "1, 2, 99, 4"),
]


def planted(plant: Plant, folder: Path) -> Path:
    """Our first chapter with one fault, and otherwise in the form in which it is committed."""
    content = json.loads(CHAPTER.read_text(encoding="utf-8"))
    for count, cell in enumerate((cell for cell in content["cells"] if cell["cell_type"] == "code"), 1):
        cell["execution_count"] = 2 * count
    plant(content["cells"])
    file = written(content, folder)
    file.write_text(house.tidied(file), encoding="utf-8")
    return file


def as_saved(plant: Plant, folder: Path) -> Path:
    """The same, in the form in which it was planted."""
    content = json.loads(CHAPTER.read_text(encoding="utf-8"))
    plant(content["cells"])
    return written(content, folder)


def written(content: Any, folder: Path) -> Path:
    file = folder / CHAPTER.name
    file.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_our_chapters_keep_every_rule(file: Path) -> None:
    assert [str(fault) for fault in house.check(file, PROJECT)] == []


@pytest.mark.parametrize(
    ("code", "plant", "told"), PLANTED, ids=[f"{number}-{planted[0]}" for number, planted in enumerate(PLANTED)]
)
def test_a_fault_is_found_and_nothing_else(code: str, plant: Plant, told: str, tmp_path: Path) -> None:
    file = (as_saved if code in ("untidy", "not-run") else planted)(plant, tmp_path)
    faults = house.check(file, PROJECT)
    assert {fault.code for fault in faults} - ({"untidy"} if code == "not-run" else set()) == {code}
    assert any(told in str(fault) for fault in faults), [str(fault) for fault in faults]
    assert all(fault.way_out and fault.evidence and fault.notebook == str(file) for fault in faults)


@pytest.mark.parametrize("file", sorted((PROJECT / "docs").glob("*.ipynb")), ids=lambda file: file.stem)
def test_a_notebook_of_the_documentation_keeps_the_rules_of_every_notebook(file: Path) -> None:
    assert [str(fault) for fault in house.check(file, PROJECT)] == []


@pytest.mark.parametrize(
    ("code", "plant"),
    [(code, plant) for code, plant, _ in PLANTED],
    ids=[f"{number}-{planted[0]}" for number, planted in enumerate(PLANTED)],
)
def test_a_notebook_that_is_no_chapter_is_held_to_the_rules_of_every_notebook_only(
    code: str, plant: Plant, tmp_path: Path
) -> None:
    def untagged(cells: Cells) -> None:
        plant(cells)
        cells[1]["metadata"]["tags"] = []

    file = (as_saved if code in ("untidy", "not-run") else planted)(untagged, tmp_path)
    found = {fault.code for fault in house.check(file, PROJECT)}
    assert found - ({"untidy"} if code == "not-run" else set()) == {code} & EVERYWHERE


def test_a_chapter_without_a_cell_for_its_parameters_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    file = planted(lambda cells: cells[1]["metadata"].update(tags=[]), tmp_path / "notebooks")
    (fault,) = house.check(file, tmp_path)
    assert (fault.code, fault.evidence) == ("parameters", "no cell has the tag “parameters”")


def test_two_cells_for_parameters_are_one_too_many(tmp_path: Path) -> None:
    (fault,) = house.check(planted(lambda cells: cells[4]["metadata"].update(tags=["parameters"]), tmp_path), PROJECT)
    assert (fault.code, fault.cell, fault.evidence) == ("parameters", 5, "cell 2 has the tag “parameters” too")


def test_a_small_number_may_count_and_name_a_place(tmp_path: Path) -> None:
    assert house.check(planted(added("assert [len(claims)][0] > 2, True"), tmp_path), PROJECT) == []


def test_every_rule_has_a_planted_fault_and_a_code_of_its_own() -> None:
    assert {code for code, _, _ in PLANTED} == set(CODES)
    assert len(CODES) == len(set(CODES))


def test_a_fault_names_the_cell_by_its_place_and_its_first_line(tmp_path: Path) -> None:
    (fault,) = house.check(planted(added("\n\nimport random as chance"), tmp_path), PROJECT)
    assert (fault.cell, fault.first_line) == (9, "import random as chance")
    assert f"{fault.notebook} · cell [9] import random as chance: a notebook imports" in str(fault)


def test_what_is_shown_is_not_judged_by_outputs_of_another_run(tmp_path: Path) -> None:
    file = as_saved(shown("chart", source=""), tmp_path)
    assert "bare-chart" in {fault.code for fault in house.check(file, PROJECT)}
    content = json.loads(file.read_text(encoding="utf-8"))
    content["cells"][3]["execution_count"] = None
    assert {fault.code for fault in house.check(written(content, tmp_path), PROJECT)} == {"not-run", "untidy"}


def test_the_command_checks_all_notebooks_and_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--project", str(PROJECT), "check"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"{len(NOTEBOOKS)} notebooks: all rules are kept\n")


def test_the_command_checks_a_notebook_anywhere_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = planted(added("import datetime"), tmp_path)
    assert cli.main(["--project", str(PROJECT), "check", str(file), "adoption", "--json"]) == 1
    told = capsys.readouterr()
    (fault,) = [json.loads(line) for line in told.out.splitlines()]
    assert (fault["notebook"], fault["cell"], fault["code"]) == (str(file), 9, "import")
    assert fault["way_out"]
    assert told.err == "2 notebooks: 1 fault\n"


def test_a_name_that_is_none_and_a_file_that_is_none_end_with_2_and_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (broken := tmp_path / "01_broken.ipynb").write_text("{}", encoding="utf-8")
    for command in ("check", "tidy"):
        assert cli.main(["--project", str(PROJECT), command, "adopton"]) == 2
        assert 'did you mean "adoption"?' in capsys.readouterr().err
        assert cli.main(["--project", str(PROJECT), command, str(broken)]) == 3
        assert str(broken) in capsys.readouterr().err


def test_the_guide_lists_every_rule_with_its_way_out_and_those_of_every_notebook() -> None:
    guide = (PROJECT / "docs/chapter.md").read_text(encoding="utf-8")
    _, _, every = guide.partition("held to these rules only: ")
    assert set(re.findall(r"`([a-z-]+)`", every.partition(".")[0])) == EVERYWHERE
    listed = re.findall(r"^\| `([a-z-]+)` \| (.*) \| (.*) \|$", guide, re.MULTILINE)
    assert listed == [(rule.code, rule.what, rule.way_out.replace("\n", "\\n")) for rule in house.RULES]
