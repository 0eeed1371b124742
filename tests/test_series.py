"""The series: what the catalogue gives, and every fault planted in their files."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from analysis import claims, series, words
from analysis.errors import InputError, NuageError, Problems, UsageError
from analysis.series import Catalogue
from analysis.words.terms import CODED, lexicon

PROJECT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).parent / "planted/series"
PLANTED = sorted(file for file in HERE.iterdir() if file.is_file())


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return series.load(PROJECT)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A project with two series written for the tests: one of releases, one collected by hand."""
    shutil.copytree(HERE / "sound", tmp_path / series.FOLDER)
    return tmp_path


def faults(project: Path) -> list[NuageError]:
    try:
        series.load(project)
    except Problems as problems:
        return list(problems.problems)
    return []


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def value(catalogue: Catalogue, observation: str) -> Decimal:
    found = catalogue[observation].quantity.value
    assert isinstance(found, Decimal)
    return found


# What a catalogue gives.


def test_a_project_without_series_has_an_empty_catalogue(tmp_path: Path) -> None:
    empty = series.load(tmp_path)
    assert not empty.observations
    assert not empty.series


def test_observations_come_in_the_order_of_the_files(sound: Path) -> None:
    assert list(series.load(sound).observations) == [
        "adoption_de_2029",
        "adoption_fr_2029",
        "adoption_fr_2030",
        "adoption_fr_2030_iuse",
        "survey_2030",
        "survey_2031",
    ]


def test_a_value_is_read_from_what_is_printed(sound: Path) -> None:
    found = series.load(sound)["survey_2030"].quantity
    assert (found.value, found.unit, found.bound, found.strict) == (Decimal(12_500_000), "EUR", "at_least", True)
    assert str(series.load(sound)["adoption_de_2029"].quantity.interval) == "[41.595, 41.605)"


def test_flag_remark_and_date_of_release_stand_on_every_row_of_a_release(sound: Path) -> None:
    catalogue = series.load(sound)
    broken, estimated = catalogue["adoption_fr_2030"], catalogue["adoption_fr_2029"]
    assert (broken.flag, broken.breaks, broken.note_en, broken.released) == (
        "b",
        True,
        "A break explained.",
        "2031-02-03",
    )
    assert (estimated.flag, estimated.breaks, estimated.status) == ("ep", False, "estimated")
    assert broken.status == "measured"


def test_what_is_not_available_stays_in_the_file_and_is_no_observation(sound: Path) -> None:
    assert ":,c," in (sound / series.FOLDER / "adoption.2031-02-03.csv").read_text(encoding="utf-8")
    assert "adoption_de_2030" not in series.load(sound).observations


def test_the_newest_release_has_the_plain_ids(sound: Path) -> None:
    folder = sound / series.FOLDER
    newer = folder / "adoption.2032-02-02.csv"
    newer.write_text(
        (folder / "adoption.2031-02-03.csv").read_text(encoding="utf-8").replace("2031-02-03", "2032-02-02")
    )
    change(newer, "26.86,ep", "26.90,")
    catalogue = series.load(sound)
    assert catalogue["adoption_fr_2029"].printed == "26.90"
    assert catalogue["adoption_fr_2029_r20310203"].printed == "26.86"
    assert catalogue["adoption_fr_2030_iuse_r20310203"].newest is False
    assert catalogue.releases("adoption") == ("2032-02-02", "2031-02-03")
    assert {each.printed for each in catalogue.latest("adoption")} >= {"26.90", "27.12"}
    assert [each.printed for each in catalogue.tellings("adoption_fr_2029")] == ["26.90", "26.86"]


def test_tellings_of_a_series_are_given_one_at_a_time(sound: Path) -> None:
    catalogue = series.load(sound)
    assert [each.id for each in catalogue.of("survey", "2031-03")] == ["survey_2030"]
    assert [each.id for each in catalogue.of("survey")] == ["survey_2031", "survey_2030"]
    with pytest.raises(InputError, match="it did at: 2031-09-30, 2031-03"):
        catalogue.of("survey", "2030")


def test_what_is_unknown_is_refused_with_the_nearest(sound: Path) -> None:
    catalogue = series.load(sound)
    with pytest.raises(InputError, match='did you mean "survey_2031"'):
        catalogue["survey_2032"]
    with pytest.raises(InputError, match='did you mean "survey"'):
        catalogue.of("survy")
    with pytest.raises(UsageError, match='did you mean "survey"'):
        series.card(sound, "survy")


def test_the_fingerprint_of_a_row_hangs_on_its_cells_and_not_on_its_place(sound: Path) -> None:
    file = sound / series.FOLDER / "survey.csv"
    before = series.load(sound)["survey_2031"].entry
    header, first, second = file.read_text(encoding="utf-8").splitlines()
    file.write_text(f"{header}\n{second}\n{first}\n", encoding="utf-8")
    assert series.load(sound)["survey_2031"].entry == before
    change(file, "27 %", "28 %")
    assert series.load(sound)["survey_2031"].entry != before


# Faults.


def test_the_sound_series_have_no_fault(sound: Path) -> None:
    assert faults(sound) == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda file: file.stem)
def test_a_planted_fault_is_told_alone_by_file_entry_and_way_out(sound: Path, planted: Path) -> None:
    head, content = planted.read_bytes().split(b"\n", 3)[:3], planted.read_bytes().split(b"\n", 3)[3]
    file, expects, entry = (line.decode().partition(": ")[2] for line in head)
    (sound / series.FOLDER / file).write_bytes(content)
    told = [str(fault) for fault in faults(sound)]
    assert len(told) == 1, told
    assert expects in told[0]
    assert file in told[0]
    assert entry in told[0]
    assert "evidence:" in told[0] or "way out:" in told[0]


def test_every_fault_of_every_file_is_told_in_one_reading(sound: Path) -> None:
    change(sound / series.FOLDER / "survey.csv", "27 %", "peu")
    change(sound / series.FOLDER / "survey.csv", "2031-03", "March")
    change(sound / series.FOLDER / "adoption.2031-02-03.csv", "26.76,b", "n/a,q")
    told = "\n".join(str(fault) for fault in faults(sound))
    assert len(faults(sound)) == 4
    for what in "no single number", "the date is not ISO", "the value is no number", 'unknown flag "q"':
        assert what in told


def test_a_series_without_rows_says_what_to_do(sound: Path) -> None:
    (sound / series.FOLDER / "adoption.2031-02-03.csv").unlink()
    (sound / series.FOLDER / "survey.csv").unlink()
    told = "\n".join(str(fault) for fault in faults(sound))
    assert "the series has no release yet" in told
    assert "nuage refresh adoption" in told
    assert "the file of its rows is missing" in told


# The series of the project.


def test_every_code_of_the_series_has_its_labels(catalogue: Catalogue) -> None:
    used = {
        (group, code)
        for each in catalogue.observations.values()
        for field, group in CODED.items()
        if (code := getattr(each, field, ""))
    }
    assert [code for group, code in sorted(used) if code not in lexicon()[group]] == []
    assert set(series.FLAGS) == set(lexicon()["flags"])
    assert set(series.AGREEMENTS) == set(lexicon()["agreements"])


def test_no_observation_has_the_id_of_a_claim(catalogue: Catalogue) -> None:
    ledger = claims.load(PROJECT)
    assert not catalogue.observations.keys() & (ledger.claims.keys() | ledger.names.keys())


def test_what_retells_a_claim_is_about_the_same_thing(catalogue: Catalogue) -> None:
    ledger = claims.load(PROJECT)
    for each in catalogue.observations.values():
        if each.same_as:
            claim = ledger[each.same_as]
            assert each.coordinates == tuple(getattr(claim, name) for name in series.COORDINATES), each.id
            assert each.quantity.kind == claim.quantity.kind, each.id


def test_a_second_place_is_an_address_or_a_document_that_is_here(catalogue: Catalogue) -> None:
    documents = claims.load(PROJECT).documents
    for each in catalogue.observations.values():
        assert each.address.startswith("https://"), each.id
        assert not each.second_address or each.second_address.startswith("https://") or each.second_address in documents
        assert each.second_address != each.address, each.id


def test_cards_and_notes_are_set_as_french_and_english_are(catalogue: Catalogue) -> None:
    told = [text for card in catalogue.series.values() for text in (card.title_fr, card.note_fr, card.collected_fr)]
    told += [each.note_fr for each in catalogue.observations.values()]
    assert all("'" not in text and '"' not in text for text in told)
    assert all(words.typeset(text, "fr") for text in told if text)


def test_eurostat_gives_the_shares_that_the_strategy_rounds(catalogue: Catalogue) -> None:
    before, after = (value(catalogue, f"eurostat_cloud_use_fr_{year}") for year in (2018, 2020))
    assert (before, after, after - before) == (Decimal("19.42"), Decimal("26.86"), Decimal("7.44"))
    assert value(catalogue, "eurostat_cloud_use_de_2021") == Decimal("41.60")
    assert str(catalogue["eurostat_cloud_use_de_2021"].quantity.interval) == "[41.595, 41.605)"


def test_the_breaks_of_eurostat_are_where_it_flags_them(catalogue: Catalogue) -> None:
    broken = {each.id for each in catalogue.latest("eurostat_cloud_use") if each.breaks}
    assert broken == {f"eurostat_cloud_use_{name}" for name in ("fr_2023", "fr_2023_iuse", "it_2016")}


def test_what_was_first_published_stands_beside_the_current_release(catalogue: Catalogue) -> None:
    assert [each.printed for each in catalogue.tellings("eurostat_cloud_use_eu27_2023")] == ["45.32", "45.2%"]
    assert [each.printed for each in catalogue.tellings("eurostat_cloud_use_eu27_2021")] == ["40.97", "42%"]


def test_synergy_told_one_year_in_three_ways_and_no_two_tellings_are_joined(catalogue: Catalogue) -> None:
    tellings = catalogue.tellings("synergy_202101_european_2017")
    assert [(each.released, each.printed) for each in tellings] == [
        ("2025-07", "29%"),
        ("2022-09", "27%"),
        ("2021-09", "27%"),
        ("2021-01", "26%"),
    ]
    assert catalogue.releases("synergy_europe") == ("2025-07", "2022-09", "2021-09", "2021-01")


def test_a_misprint_of_the_press_is_kept_as_it_is_printed(catalogue: Catalogue) -> None:
    misprint = catalogue["budget_public_2021_2022_usine_digitale"]
    assert (misprint.printed, misprint.same_as, misprint.agreement) == (
        "553 millions d’euros",
        "public_2021_2022",
        "disagree",
    )


# The page about them.


def test_the_page_names_every_series_flag_and_agreement(catalogue: Catalogue) -> None:
    page = (PROJECT / "docs/series.md").read_text(encoding="utf-8")
    assert [name for name in (*catalogue.series, *series.AGREEMENTS) if f"| `{name}` |" not in page] == []
    assert [letter for letter, says in series.FLAGS.items() if f"`{letter}` {says}" not in page] == []
