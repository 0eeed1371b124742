"""Finding a number by its words: in both languages, misspelt, by its people, by its value; always in the same order."""

from __future__ import annotations

import subprocess
import sys

import pytest

from analysis import desk, words


@pytest.mark.parametrize(
    ("looked_for", "expected"),
    [
        ("adoption France 2020", "adoption_fr_2020"),
        ("FRANCE adoption 2020", "adoption_fr_2020"),
        ("adpotion françaises 2020", "adoption_fr_2020"),
        ("l'adoption du cloud en France en 2020", "adoption_fr_2020"),
        ("entreprises finlandaises 2018", "eurostat_cloud_use_fi_2018"),
        ("Finnish enterprises 2018", "eurostat_cloud_use_fi_2018"),
        ("adoption_de_2020", "adoption_de_2020"),
        ("allemagne adoption 2020", "adoption_de_2020"),
        ("DE adoption 2020", "adoption_de_2020"),
        ("agdatahub subvention", "agdatahub_aid"),
        ("agdatahub aid", "agdatahub_aid"),
        ("Synergy european 2017", "synergy_202101_european_2017"),
        ("taille du marché iaas 2020 europe", "market_size_europe_2020_iaas"),
        ("market size iaas 2020 Europe", "market_size_europe_2020_iaas"),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_first_found_is_the_one_that_is_meant(looked_for: str, expected: str, lang: str) -> None:
    assert desk.find(looked_for, lang=lang)[0].id == expected


def test_a_number_is_found_by_what_is_printed() -> None:
    assert {"funding_public_all"} <= set(desk.find("667", 20).frame["id"])
    assert all("667" in each.number for each in desk.find("667 M€", 3, lang="fr"))


def test_a_word_may_be_begun() -> None:
    begun, whole = desk.find("adop fran 2020"), desk.find("adoption france 2020")
    assert begun[0].id == whole[0].id


def test_a_misspelt_word_is_taken_for_those_like_it() -> None:
    for misspelt, meant in (("adpotion", "adoption"), ("agdatahb", "agdatahub"), ("finlnde", "finlande")):
        assert desk.find(misspelt)
        assert list(desk.find(misspelt)) == list(desk.find(meant))


@pytest.mark.parametrize("year", ["2099", "20200", "202"])
def test_a_year_is_never_taken_for_another(year: str) -> None:
    assert len(desk.find(year)) == 0


def test_nothing_is_found_for_words_that_mean_nothing_here() -> None:
    found = desk.find("xyzzyx")
    assert not found
    assert "(0)" in str(found)
    assert found.frame.empty


def test_as_many_as_are_asked_for_and_the_best_of_them() -> None:
    ten, three = desk.find("cloud 2020"), desk.find("cloud 2020", 3)
    assert (len(ten), len(three)) == (10, 3)
    assert [each.id for each in ten[:3]] == [each.id for each in three]


def test_small_words_change_nothing_unless_there_is_nothing_else() -> None:
    assert list(desk.find("le cloud de la France")) == list(desk.find("cloud France"))
    assert len(desk.find("le")) > 0


def test_every_claim_is_found_first_by_its_own_name() -> None:
    known = [*words.ledger().claims, *words.catalogue().observations]
    wrong = [name for name in known if desk.find(name, 1)[0].id != name]
    assert wrong == []


def test_what_is_found_is_told_in_the_language_asked_for() -> None:
    french, english = (desk.find("adoption_fr_2020", 1, lang=lang) for lang in ("fr", "en"))
    assert french.frame.loc[0, "statement"] == desk.claim("adoption_fr_2020", "fr").statement
    assert english.frame.loc[0, "statement"] == desk.claim("adoption_fr_2020", "en").statement
    assert (french.frame.dtypes == "str").all()


def test_the_order_is_the_same_in_another_process() -> None:
    code = "import analysis; print(*analysis.find('cloud europe marché', 40).frame['id'])"
    seeds = ("1", "2")
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in seeds
    }
    assert told == {" ".join(desk.find("cloud europe marché", 40).frame["id"]) + "\n"}
