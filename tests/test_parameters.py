"""The contract of the notebooks' parameters: typed, declared once, held by the command, the notebook and the report."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types

from analysis import charts, cli, editions, notebooks, parameters, series, words
from analysis.editions import plan
from analysis.errors import UsageError
from analysis.parameters import kinds
from analysis.parameters.kinds import Choice, Kind, Release, Several, Unfit, Value, Years
from analysis.quantities import Lang

PROJECT = Path(__file__).resolve().parents[1]
DEFAULTS = {"language": "fr", "countries": ("DE", "FI", "EU27"), "years": (2014, None), "vintage": "latest"}
OFFICIAL = "eurostat_cloud_use"
#: A value of each kind, in each form that it comes in.
FORMS: list[tuple[Kind, Value, tuple[object, ...]]] = [
    (Choice(("fr", "en")), "en", ("en",)),
    (Several(("DE", "FI", "IT")), ("FI", "DE"), (["FI", "DE"], "FI,DE", "FI; DE", "FI DE ", '["FI","DE"]')),
    (Several(("DE", "FI")), ("FI",), ("FI", ["FI"], ("FI",), "['FI']")),
    (Years(OFFICIAL, "FR"), (2018, 2025), ([2018, 2025], "2018-2025", "2018 – 2025", "[2018, 2025]")),
    (Years(OFFICIAL, "FR"), (2018, None), ([2018, None], "2018-", "[2018, None]")),
    (Release(OFFICIAL), "2026-02-27", ("2026-02-27", dt.date(2026, 2, 27))),
    (Release(OFFICIAL), "latest", ("latest",)),
]  # fmt: skip
MISFITS: list[tuple[Kind, object]] = [
    (Choice(("fr", "en")), "de"),
    (Choice(("fr", "en")), ["fr"]),
    (Several(("DE", "FI")), ""),
    (Several(("DE", "FI")), []),
    (Several(("DE", "FI")), "DE,DE"),
    (Several(("DE", "FI")), ["DE", 3]),
    (Several(("DE", "FI")), "[DE"),
    (Years(OFFICIAL, "FR"), 2018),
    (Years(OFFICIAL, "FR"), "2018"),
    (Years(OFFICIAL, "FR"), "2025-2018"),
    (Years(OFFICIAL, "FR"), "2013-2018"),
    (Years(OFFICIAL, "FR"), "2018-2026"),
    (Years(OFFICIAL, "FR"), [2022, 2024]),
    (Years(OFFICIAL, "FR"), [2018, True]),
    (Years(OFFICIAL, "FR"), ["2018", "2025"]),
    (Release(OFFICIAL), "2026-02-26"),
    (Release(OFFICIAL), 20260227),
]


def test_defaults_hold_where_nothing_is_given() -> None:
    assert parameters.check("adoption", {}, PROJECT) == DEFAULTS


@pytest.mark.parametrize(
    ("kind", "value", "given"), [(kind, value, each) for kind, value, forms in FORMS for each in forms]
)
def test_a_value_is_the_same_typed_and_as_text(kind: Kind, value: Value, given: object) -> None:
    read = kinds.read(kind, given, PROJECT)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, value, _ in FORMS])
def test_a_value_spelled_is_read_again(kind: Kind, value: Value) -> None:
    assert kinds.read(kind, kinds.spelled(value), PROJECT) == value


@pytest.mark.parametrize(("kind", "given"), MISFITS)
def test_what_does_not_fit_is_refused_with_a_way_out(kind: Kind, given: object) -> None:
    with pytest.raises(Unfit) as caught:
        kinds.read(kind, given, PROJECT)
    assert caught.value.way_out


@pytest.mark.parametrize(
    ("notebook", "given", "told"),
    [
        ("adoption", {"countrys": "DE"}, ['no parameter "countrys"', 'did you mean "countries"']),
        ("adoption", {"countries": "DE,XX"}, ['countries cannot be "DE,XX"', 'no "XX"', "choose some of DE, FI"]),
        ("adoption", {"countries": ["de"]}, ['countries cannot be ["de"]', 'did you mean "DE"']),
        ("adoption", {"countries": "DE,DE"}, ["DE is named twice"]),
        ("adoption", {"language": "de"}, ["choose one of fr, en"]),
        ("adoption", {"years": "2015-2017"}, ["2014, 2016, 2018", "two of these"]),
        ("adoption", {"years": "2018-2030"}, ["from 2014 to 2025"]),
        ("adoption", {"vintage": "2026-02-26"}, ['did you mean "2026-02-27"', "latest"]),
        ("funding", {"countries": "DE"}, ['no parameter "countries"']),
        ("adopton", {}, ['did you mean "adoption"']),
        ("adoption", {"years": "x", "country": "DE"}, ["years cannot be", 'no parameter "country"']),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_way_out(
    notebook: str, given: dict[str, object], told: list[str]
) -> None:
    with pytest.raises(UsageError) as caught:
        parameters.check(notebook, given, PROJECT)
    assert caught.value.exit_code == 2
    assert [part for part in told if part not in str(caught.value)] == []
    assert notebook in str(caught.value)


def test_every_contract_has_a_notebook() -> None:
    assert parameters.CONTRACTS.keys() <= {stem for _, stem, _ in editions.notebooks(PROJECT)}


def test_a_notebook_that_declares_nothing_takes_the_language(sample: Path) -> None:
    (sample / "notebooks").mkdir()
    (sample / "notebooks/01_more.ipynb").touch()
    assert parameters.check("more", {}, sample) == {"language": "fr"}
    with pytest.raises(UsageError, match='did you mean "more"'):
        parameters.check("moor", {}, sample)


def test_the_default_years_are_all_of_them_and_the_languages_all_of_ours() -> None:
    assert kinds.years(Years(OFFICIAL, "FR"), PROJECT)[0] == DEFAULTS["years"][0]
    assert isinstance(parameters.LANGUAGE.kind, Choice)
    assert parameters.LANGUAGE.kind.choices == words.LANGUAGES


# What papermill puts into a notebook, and what it passes over.


def test_a_job_holds_every_parameter_as_papermill_writes_it() -> None:
    given = {"countries": "FI", "years": "2018-"}
    job = next(job for job in plan.jobs(PROJECT, ("en",), given) if job.stem == "adoption")
    assert job.given == {"language": "en", "countries": ["FI"], "years": [2018, None], "vintage": "latest"}
    assert job.name == "adoption"


def test_plain_papermill_is_told_of_a_name_that_it_passes_over(tmp_path: Path) -> None:
    """The values beside it, written as the command line has them, are taken."""
    given = ["-p", "countries", '["FI","DE"]', "-p", "years", "2018-", "-p", "countrys", "DE"]
    done = subprocess.run(
        [sys.executable, "-m", "papermill", PROJECT / "notebooks/02_adoption.ipynb", tmp_path / "out.ipynb", *given],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 1
    told = done.stderr.split("Refused: ")[-1]
    assert 'no parameter "countrys"' in told
    assert 'did you mean "countries"' in told
    assert "cannot be" not in told


def test_a_parameter_that_is_not_handed_over_is_named() -> None:
    with pytest.raises(UsageError, match=r"years=years, vintage=vintage"):
        parameters.begin("adoption", language="fr", countries=["DE"])


def test_the_chapter_runs_with_other_values_and_its_chart_follows_them() -> None:
    given = {"countries": "IT", "years": "2021-2023", "vintage": "2026-02-27"}
    job = next(job for job in plan.jobs(PROJECT, ("en",), given) if job.stem == "adoption")
    with notebooks.engine(PROJECT) as run:
        executed = run(job.notebook, job.given)
    chapter = notebooks.read(executed, job.name, job.number, job.lang)
    official = next(block for block in chapter.charts if block["name"] == "adoption_series")
    assert "France and Italy, 2021–2023" in official["subtitle"]
    assert "break in the series (France, 2023)" in official["note"]
    cell = next(cell for cell in executed.cells if "parameters" in cell.metadata.get("tags", ()))
    assert "years = [2021, 2023]" in cell.source
    assert 'countries = ["IT"]' in cell.source


# The effect of the years and of the release.


def shown(years: tuple[int, int | None], lang: Lang = "en", release: str = "latest") -> charts.Chart:
    table = charts.drawn("adoption_series", "FR", "DE", "FI", "EU27", years=years, release=release)
    return charts.chart("adoption_series", lang, table=table)


def test_only_the_years_chosen_are_shown() -> None:
    chart = shown((2018, 2021))
    assert "2018–2021" in chart.subtitle
    assert {claim[-4:] for claim in chart.claims if claim.startswith(OFFICIAL)} == {"2018", "2020", "2021"}
    assert shown((2014, None)).drawing == charts.chart("adoption_series", "en").drawing


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_nothing_is_said_of_the_strategy_where_its_years_are_not_shown(lang: Lang) -> None:
    chart = shown((2021, None), lang)
    told = " ".join((chart.headline, chart.note, *chart.description)).casefold()
    assert "strat" not in told
    assert "strat" in shown((2018, None), lang).headline.casefold()


@pytest.mark.parametrize(
    ("years", "alt", "note"),
    [
        ((2021, 2023), "29.35% in 2021, then after a break 26.76% in 2023. EU", "Two slanted strokes"),
        ((2023, None), "26.76% in 2023, 40.41% in 2025. EU", "Break in the series at the first year shown"),
        ((2018, 2021), "19.42% in 2018, 29.35% in 2021. EU", "Squares"),
    ],
)
def test_the_break_stays_told_whatever_the_years(years: tuple[int, int | None], alt: str, note: str) -> None:
    chart = shown(years)
    assert alt in chart.alt
    assert note in chart.note
    assert ("Break in 2023" in chart.drawing) is note.startswith("Two")


def test_an_earlier_release_is_shown_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(PROJECT / "data/raw/series", tmp_path / "data/raw/series")
    newest = tmp_path / f"data/raw/series/{OFFICIAL}.2026-02-27.csv"
    earlier = newest.read_text("utf-8").replace("2026-02-27T", "2025-12-12T").replace("FR,2025,40.41", "FR,2025,39.99")
    newest.with_name(f"{OFFICIAL}.2025-12-12.csv").write_text(earlier, "utf-8")
    assert parameters.check("adoption", {"vintage": "2025-12-12"}, tmp_path)["vintage"] == "2025-12-12"
    catalogue = series.load(tmp_path)
    monkeypatch.setattr(series, "loaded", lambda _: catalogue)
    monkeypatch.setattr(words, "catalogue", lambda: catalogue)
    old, new = shown((2018, None), release="2025-12-12"), shown((2018, None))
    assert "39.99%" in old.alt
    assert "Release of 12 December 2025: another replaced it on 27 February 2026." in old.note
    assert "12 December 2025" in old.source
    assert f"{OFFICIAL}_fr_2025_r20251212" in old.claims
    assert "40.41%" in new.alt
    assert "replaced" not in new.note


# What is told of the contract.


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", ["France comparée à : Allemagne, Finlande", "Série officielle : 2018–2025", "27\xa0février 2026"]),
        ("en", ["France compared with : Germany, Finland", "Official series : 2018–2025", "27 February 2026"]),
    ],
)
def test_a_report_tells_what_it_was_made_with_in_words(lang: Lang, told: list[str]) -> None:
    given = {"countries": "DE,FI", "years": "2018-2025", "vintage": "2026-02-27"}
    job = next(job for job in plan.jobs(PROJECT, (lang,), given) if job.stem == "adoption")
    said = [f"{label} : {value}" for label, value in parameters.told("adoption", job.given, lang)]
    assert [(part, line) for part, line in zip(told, said, strict=True) if part not in line] == []
    plain = next(job for job in plan.jobs(PROJECT, (lang,), {}) if job.stem == "adoption")
    assert parameters.told("adoption", plain.given, lang) == []


def test_every_parameter_is_told_in_both_languages() -> None:
    for contract in parameters.CONTRACTS.values():
        for each in contract:
            assert each.label.keys() == each.help.keys() == {"fr", "en"}
            assert each.unit.keys() in ({"fr", "en"}, set())


def validator(stem: str) -> Any:
    schema = parameters.schema(stem, PROJECT)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(json.loads(json.dumps(schema)))


@pytest.mark.parametrize("stem", parameters.CONTRACTS)
def test_the_schema_takes_the_defaults_and_no_unknown_name(stem: str) -> None:
    defaults = parameters.literals(parameters.check(stem, {}, PROJECT))
    assert validator(stem).is_valid(defaults)
    assert not validator(stem).is_valid({**defaults, "countrys": ["DE"]})


@pytest.mark.parametrize(
    "given",
    [
        {"countries": ["DE"]},
        {"countries": ["FI", "IT"], "years": [2018, 2025]},
        {"years": [2018, None], "vintage": "2026-02-27"},
        {"countries": []},
        {"countries": ["DE", "DE"]},
        {"countries": ["XX"]},
        {"countries": 3},
        {"years": [2018]},
        {"years": [2018, 2030]},
        {"years": [2018, 2020, 2025]},
        {"years": 2018},
        {"vintage": "2020-01-01"},
        {"language": "de"},
    ],
)
def test_the_schema_takes_what_the_contract_takes(given: dict[str, object]) -> None:
    try:
        parameters.check("adoption", given, PROJECT)
    except UsageError:
        assert not validator("adoption").is_valid(given)
    else:
        assert validator("adoption").is_valid(given)


def test_the_command_tells_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["build", "--help"])
    helped = capsys.readouterr().out
    assert cli.main(["parameters", "adoption"]) == 0
    listed = capsys.readouterr().out
    for each in parameters.contract("adoption"):
        assert f"  {each.name:<12} {each.help['en']}" in helped
        assert f"  {each.name:<12} {each.help['en']}" in listed
    assert "latest | 2026-02-27" in listed
    assert cli.main(["parameters", "adoption", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out)["adoption"]["properties"].keys() == DEFAULTS.keys()
    assert cli.main(["parameters", "--json"]) == 0
    stems = {stem for _, stem, _ in editions.notebooks(PROJECT)}
    assert json.loads(capsys.readouterr().out).keys() == stems >= parameters.CONTRACTS.keys()
