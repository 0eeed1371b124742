"""The explorer: what is shown follows from the choice alone, and its code makes the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from test_pages import read

from analysis import notebooks, words
from analysis.charts import CHARTS
from analysis.desk import controls
from analysis.desk.controls import explore
from analysis.desk.exploring import Choice, Explored, code, offered, shown
from analysis.errors import SetupError, UsageError
from analysis.quantities import Lang
from analysis.words import LANGUAGES

EUROSTAT = "eurostat_cloud_use"
CHOICES = [
    *(Choice("", name, lang=lang) for name, lang in zip(CHARTS, cycle(LANGUAGES), strict=False)),
    *(Choice(name, "", lang=lang) for name, lang in zip(offered(), cycle(LANGUAGES), strict=False)),
    Choice(EUROSTAT, "adoption_series", ("France", "Finland"), (2018, None), "2026-02-27", "en"),
    Choice(EUROSTAT, "countries", (), (2021, 2021)),
    Choice("synergy_europe", "", (), None, "2021-01"),
    Choice("market_share", "adoption_series", ("FR",), (2016, 2025), lang="en"),
    Choice("adoption", "timeline", ("FR", "DE")),
    Choice("partners", "partners", ("FR",), (2018, 2020), lang="en"),
]
#: Of these nothing can be drawn, and no row is there.
EMPTY = [
    Choice("adoption", "adoption", ("DK",)),
    Choice("adoption", "adoption_series", ("DK",), (1990, 1991), lang="en"),
    Choice(EUROSTAT, "countries", ("US",), (1990, 1991), lang="en"),
    Choice(EUROSTAT, "countries", (), (2021, 2019)),
    Choice(EUROSTAT, "countries", (), None, "2021-01"),
]


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    yield
    words.use("fr")


@pytest.fixture
def shell() -> Any:
    """The explorer's widgets, beginning with its own choice in French."""
    import_module("ipywidgets")
    return explore(widgets=True)


def each_control(shell: Any) -> dict[str, Any]:
    """The widgets by what they are for."""
    lang, box, copy, cell, view = shell.children
    chosen = dict(zip(("table", "chart", "places", "first", "last", "release"), box.children, strict=True))
    return {"lang": lang, **chosen, "copy": copy, "cell": cell, "view": view}


def html(made: Explored) -> str:
    return str(made.bundle()["text/html"])


seen = cache(shown)  # what is shown of a choice, made once for all the tests that look at it


# The code.


@pytest.mark.parametrize("choice", [*CHOICES, *EMPTY], ids=range(len(CHOICES) + len(EMPTY)))
def test_the_code_makes_what_is_shown(choice: Choice) -> None:
    made, space = seen(choice), dict[str, Any]()
    words.use("fr" if choice.lang == "en" else "en")  # it must not matter
    exec(compile(made.code, "<cell>", "exec"), space)  # noqa: S102  # this is what the text is for
    assert ("chart" in space) == (made.chart is not None)
    assert ("table" in space) == (made.table is not None)
    if made.chart:
        assert space["chart"].picture == made.chart.picture
        assert space["chart"].claims == made.chart.claims
    if made.table and made.rows is not None:
        assert space["table"].bundle() == made.table.bundle()
        pd.testing.assert_frame_equal(space["rows"], made.rows)
    for name, things in (("proofs", made.proofs), ("findings", made.findings)):
        assert [(each.thing, each.lang) for each in space[name]] == [(each.thing, choice.lang) for each in things]


@pytest.mark.parametrize("choice", CHOICES, ids=range(len(CHOICES)))
def test_all_that_was_chosen_is_there(choice: Choice) -> None:
    made = seen(choice)
    assert (made.chart is not None, made.table is not None) == (bool(choice.chart), bool(choice.table))
    numbers = {*(made.chart.claims if made.chart else ())}
    if made.rows is not None and "value" in made.rows:
        numbers |= {*made.rows["id"]}
    assert {each.id for each in made.proofs} == numbers
    assert all(numbers & {*each.claims} for each in made.findings)
    page = read(html(made))
    assert len(page.all("table")) == len(page.all("caption"))
    assert made.code in {each.text for each in page.all("code")}
    assert not page.all("script", "form", "h1", "h2", "h3")


def test_rows_are_cut_by_place_year_and_release() -> None:
    made = shown(Choice(EUROSTAT, "", ("Finland", "FR"), (2020, 2021), "2026-02-27"))
    assert made.rows is not None
    assert set(made.rows["place"]) == {"FI", "FR"}
    assert set(made.rows["period"]) == {"2020", "2021"}
    assert set(made.rows["released"]) == {"2026-02-27"}
    early = shown(Choice("synergy_europe", "", release="2021-01")).rows
    assert early is not None
    assert set(early["released"]) == {"2021-01"}
    newest = shown(Choice("synergy_europe", "")).rows
    assert newest is not None
    assert set(newest["released"]) > {"2021-01"}


# What is missing.


def test_the_chart_of_any_table_draws_the_table_chosen() -> None:
    made = shown(Choice("funding", "stated", lang="en"))
    assert made.chart is not None
    assert made.chart.headline.startswith("Funding")
    assert 'analysis.chart("stated", table="funding")' in made.code


@pytest.mark.parametrize("choice", EMPTY, ids=range(len(EMPTY)))
def test_what_is_empty_is_told(choice: Choice) -> None:
    made = shown(choice)
    assert (made.chart, made.rows, made.table, made.proofs) == (None, None, None, [])
    told = [each.text for each in made.told if each.lang is None]
    assert len(told) == 2
    for each in told:
        assert each in html(made)
        assert each in made.bundle()["text/plain"]
        assert f"# {each}" in made.code


def test_a_part_of_a_choice_that_changes_nothing_is_told() -> None:
    told = [each.text for each in shown(Choice("partners", "adoption", ("FR", "DK"), release="2021-01")).told]
    assert any("diffusion" in each and "Graphique" in each for each in told)
    assert any("lieux, diffusion" in each and "Tableau" in each for each in told)
    (lacking,) = shown(Choice("adoption", "", ("FR", "DK"), lang="en")).told
    assert lacking.text == "The table has nothing on: Denmark."
    assert shown(Choice("adoption", "", ("FR",), lang="en")).told == []


@pytest.mark.parametrize(
    ("wrong", "way_out"),
    [
        ({"table": "adopton"}, 'did you mean "adoption"'),
        ({"chart": "timelin"}, 'did you mean "timeline"'),
        ({"places": ("Germny",)}, 'did you mean "Germany"'),
        ({"release": "2026-02-2"}, 'did you mean "2026-02-27"'),
        ({"release": ""}, "latest"),
        ({"lang": "de"}, "known: en, fr"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(wrong: dict[str, Any], way_out: str) -> None:
    with pytest.raises(UsageError, match=way_out):
        Choice(**wrong)


# The language.


@pytest.mark.parametrize("choice", [CHOICES[0], EMPTY[0], *CHOICES[-4:]], ids=range(6))
def test_the_language_changes_all_that_is_said(choice: Choice) -> None:
    def said(lang: Lang) -> set[str]:
        made = shown(Choice(choice.table, choice.chart, choice.places, choice.years, choice.release, lang))
        page = read(html(made))
        assert {each.attributes["lang"] for each in page.all("div", "figure", "svg")} == {lang}
        own = [each for each in page.all("caption", "summary", "p") if each.attributes.get("lang", lang) == lang]
        return {each.text for each in own if any(map(str.isalpha, each.text))}

    before = words.language()
    french, english = said("fr"), said("en")
    assert len(french) >= 2
    # Citations are in the language of their document.
    assert not {each for each in french & english if "«" not in each and "“" not in each}
    assert words.language() == before


# Without widgets.


def test_the_same_choice_always_shows_the_same() -> None:
    first = shown(CHOICES[-4]).bundle()
    shown(CHOICES[0])
    words.use("en")
    assert shown(CHOICES[-4]).bundle() == first
    assert code(CHOICES[-4]) == shown(CHOICES[-4]).code


@pytest.mark.parametrize("open_in_jupyter", [False, True])
@pytest.mark.parametrize("ours", [False, True])
def test_widgets_appear_only_in_a_notebook_that_is_open(
    monkeypatch: pytest.MonkeyPatch, *, open_in_jupyter: bool, ours: bool
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    monkeypatch.setattr(controls, "_shell", lambda _: "widgets")
    for name, there in ((controls.SESSION, open_in_jupyter), ("NUAGE_READS", ours)):
        monkeypatch.setenv(name, "")
        if not there:
            monkeypatch.delenv(name)
    assert (explore() == "widgets") == (open_in_jupyter and not ours)
    assert isinstance(explore(widgets=False), Explored)


def test_without_ipywidgets_it_shows_itself_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setenv(controls.SESSION, "open.ipynb")
    monkeypatch.delenv("NUAGE_READS", raising=False)
    assert isinstance(explore(), Explored)
    with pytest.raises(SetupError, match="make lab"):
        explore(widgets=True)


def test_the_desk_does_without_ipywidgets() -> None:
    code = "import sys, analysis.desk.controls as c; c.explore(); print('ipywidgets' in sys.modules)"
    plain = {name: value for name, value in os.environ.items() if name != controls.SESSION}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=plain)
    assert done.stdout == "False\n"


def test_the_notebook_gives_what_is_committed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(controls.SESSION, "open.ipynb")
    committed = project / "docs/explorer.ipynb"
    executed = notebooks.text(notebooks.run(committed, {}, project))
    assert executed == committed.read_text(encoding="utf-8"), "write it again: nuage execute docs/explorer.ipynb"
    assert "widget-view" not in executed


# The widgets.


def test_the_widgets_show_the_choice_that_is_their_values(shell: Any) -> None:
    for name, value in {
        "table": EUROSTAT,
        "chart": "adoption_series",
        "places": ("FR", "FI"),
        "first": 2018,
        "release": "2026-02-27",
        "lang": "en",
        "last": 2023,
    }.items():
        each_control(shell)[name].value = value
    made = shown(Choice(EUROSTAT, "adoption_series", ("FR", "FI"), (2018, 2023), "2026-02-27", "en"))
    assert each_control(shell)["view"].value == html(made)
    assert each_control(shell)["cell"].value == ""
    each_control(shell)["copy"].value = True
    assert each_control(shell)["cell"].value == made.code
    assert each_control(shell)["cell"].layout.display == ""
    each_control(shell)["first"].value = 2014  # and the code goes along
    assert "(2014, 2023)" in each_control(shell)["cell"].value
    each_control(shell)["copy"].value = False
    assert each_control(shell)["cell"].layout.display == "none"


def test_the_way_to_the_values_does_not_matter(shell: Any) -> None:
    first = each_control(shell)["view"].value
    for name, there, back in (
        ("lang", "en", "fr"),
        ("chart", "timeline", "adoption"),
        ("places", ("DK",), ()),
        ("last", 2018, ""),
    ):
        each_control(shell)[name].value = there
        assert each_control(shell)["view"].value != first
        each_control(shell)[name].value = back
        assert each_control(shell)["view"].value == first


def test_every_control_is_labelled_in_the_language_chosen(shell: Any) -> None:
    def labels(lang: str) -> dict[str, tuple[str, str]]:
        each_control(shell)["lang"].value = lang
        controls = {name: each for name, each in each_control(shell).items() if name != "view"}
        return {name: (each.description, each.tooltip) for name, each in controls.items()}

    def options(name: str) -> list[str]:
        return [label for label, _ in each_control(shell)[name].options]

    french, offered_in_french = labels("fr"), {name: options(name) for name in ("table", "chart", "places", "release")}
    english = labels("en")
    assert all(said and said == tip for said, tip in (*french.values(), *english.values()))
    assert not [name for name in french if french[name] == english[name]]
    for name, before in offered_in_french.items():
        assert len(options(name)) == len(before)
        assert set(options(name)) - set(before)
    assert {type(each).__name__ for each in each_control(shell).values()} == {
        "Dropdown",
        "SelectMultiple",
        "ToggleButton",
        "Textarea",
        "HTML",
    }, "a control of another kind may not be reached by keyboard: look, then name it here"


def test_every_list_shows_what_is_chosen(shell: Any) -> None:
    lists = {name: each for name, each in each_control(shell).items() if type(each).__name__ == "Dropdown"}
    assert len(lists) == 6
    # A browser leaves a list blank where the value is None, though ipywidgets has an option of that value.
    assert not [name for name, each in lists.items() if each.value is None or not each.label]


def test_all_that_is_offered_can_be_chosen(shell: Any) -> None:
    for name in ("table", "chart", "release", "first"):
        for _, value in each_control(shell)[name].options[1:]:
            Choice(**{name: value} if name != "first" else {"years": (value, None)})
    assert json.dumps([value for _, value in each_control(shell)["places"].options])
    for _, value in each_control(shell)["places"].options:
        assert Choice(places=(value,)).places == (value,)


def test_the_widgets_begin_with_a_choice_that_nothing_is_told_of() -> None:
    import_module("ipywidgets")
    choice = Choice("adoption", "adoption", ("FR",), (1990, 1991), lang="en")
    assert each_control(explore(choice, widgets=True))["view"].value == html(shown(choice))
