"""The analyst's desk: names that are found, frames that say what they are, wrong names answered with the nearest."""

from __future__ import annotations

import importlib
import inspect
import json
import pickle
import pydoc
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

import analysis
from analysis import cache, checks, desk, words
from analysis.calling import CALLED
from analysis.errors import UsageError

OFFERED: list[str] = vars(analysis)["__all__"]


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    words.use("fr")
    yield
    words.use("fr")


def python(code: str) -> str:
    """What a Python of its own prints, with every warning an error."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# The names.


def test_every_name_is_completed_and_leads_to_the_desk() -> None:
    assert set(OFFERED) == set(dir(analysis))
    assert sorted(OFFERED) == sorted(desk.__all__)
    for name in set(OFFERED) - set(CALLED):
        assert getattr(analysis, name) is getattr(desk, name)


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = "import sys, analysis; print(sorted(n for n in sys.modules if n.startswith(('analysis.', 'pandas'))))"
    assert python(code) == "[]"


def test_a_wrong_name_suggests_the_nearest() -> None:
    with pytest.raises(AttributeError, match='did you mean "table"'):
        _ = vars(analysis)["__getattr__"]("tabel")
    with pytest.raises(AttributeError, match='did you mean "quantity"'):
        _ = desk.claim("adoption_fr_2020").quantty


@pytest.mark.parametrize(
    "before",
    [
        "import analysis",
        "from analysis import claims; import analysis",
        "import analysis.claims",
        "import analysis.desk",
        "from analysis.desk import claims; import analysis",
        "from analysis import desk; import analysis",
        "from analysis.claims import load; import analysis",
        "from analysis import *; import analysis",
        "import analysis, importlib, analysis.claims; importlib.reload(analysis.claims)",
        "import analysis, importlib, analysis.claims; importlib.reload(analysis); importlib.reload(analysis.claims)",
    ],
)
def test_a_package_can_be_called_and_stays_a_package_in_every_order(before: str) -> None:
    code = (
        f"{before}\nassert analysis.claims.load and callable(analysis.claims)\nprint(len(analysis.claims('adoption')))"
    )
    assert python(code) == "8"


@pytest.mark.parametrize("name", CALLED)
def test_a_package_that_can_be_called_shows_how(name: str) -> None:
    package: Any = importlib.import_module(f"analysis.{name}")
    function = getattr(desk, name)
    assert type(package).__mro__[1] is ModuleType
    assert inspect.signature(package) == inspect.signature(function)
    assert inspect.getdoc(package.__call__) == inspect.getdoc(function)
    assert f"see help(analysis.desk.{name})" in pydoc.plain(pydoc.render_doc(package))
    assert (inspect.getdoc(package) or "").count("can be called") == 1


def test_a_package_is_reloaded_as_it_was() -> None:
    documents: Any = importlib.import_module("analysis.documents")
    before = documents.__doc__
    again: Any = importlib.reload(documents)
    assert again is documents
    assert again.__doc__ == before
    assert len(again()) == 5


@pytest.mark.parametrize("name", desk.__all__)
def test_every_function_has_an_example_that_is_run(name: str) -> None:
    assert ">>> " in (inspect.getdoc(getattr(desk, name)) or "")


# What a notebook is run again for.


@pytest.mark.parametrize(
    ("source", "at_desk"),
    [
        ("from analysis import table\ntable('claims')", True),
        ("from analysis import (\n    find as search,\n)\nsearch('cloud')", True),
        ("import analysis\nanalysis.sql('SELECT 1')", True),
        ("import analysis as a", True),
        ("import analysis.claims\nanalysis.claims('adoption')", True),
        ("from analysis import claims\nclaims('adoption')", True),
        ("from analysis import series as s\nlist(map(s, names))", True),
        ("from analysis.desk import chart", True),
        ("from analysis import claims\nclaims.load(project)", False),
        ("from analysis import parameters, tables\ntables.table('claims')", False),
        ("from analysis.charts import chart\nchart('adoption')", False),
        ("import pandas as pd\nfrom analysis.words import tell", False),
    ],
)
def test_the_code_of_the_desk_counts_where_it_may_be_used(source: str, at_desk: bool) -> None:
    assert ("desk" in cache.used(source)) == at_desk


def test_what_the_desk_reads_of_the_project_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def noted(call: str) -> set[tuple[str, str]]:
        notes = tmp_path / "notes"
        notes.unlink(missing_ok=True)
        monkeypatch.setenv("NUAGE_READS", str(notes))
        python(f"import analysis\nanalysis.{call}")
        return {(kind, name) for kind, name in map(json.loads, notes.read_text(encoding="utf-8").splitlines())}

    assert noted("claims('adoption')") == {("table", "claims")}
    assert noted("table('funding', kind='money')") == {("table", "funding")}
    assert noted("claim('adoption_fr_2020').quantity") == {("claim", "adoption_fr_2020")}
    assert ("claim", "*") in noted("find('cloud')")
    assert ("findings", "*") in noted("findings('contradicts')")
    assert {("table", "claims"), ("table", "series"), ("table", "numbers")} <= noted("sql('SELECT 1')")


# The frames.


@pytest.mark.parametrize("name", desk.table()["table"])
def test_a_table_says_what_it_is_in_both_languages(name: str) -> None:
    frame = desk.table(name)
    columns = set(map(str, frame))
    assert frame.attrs["name"] == name
    assert frame.attrs["title"]
    assert set(frame.attrs["columns"]) == set(frame.attrs["types"]) == columns
    assert set(frame.attrs["labels"]) == {"fr", "en"}
    for lang in ("fr", "en"):
        assert set(frame.attrs["labels"][lang]) == columns
        assert all(frame.attrs["labels"][lang].values())
    numbers = {column for column, type_ in frame.attrs["types"].items() if type_ in ("number", "integer")}
    assert set(frame.attrs["units"]) == numbers


@pytest.mark.parametrize("name", desk.table()["table"])
def test_the_types_of_a_table_are_exact(name: str) -> None:
    frame = desk.table(name)
    expected = {"integer": "int64", "boolean": "bool", "number": "object", "string": "str"}
    for column, type_ in frame.attrs["types"].items():
        assert frame[column].dtype == expected[type_], column
        if type_ == "number":
            assert {type(cell) for cell in frame[column]} <= {Decimal, type(None)}


def test_a_unit_is_that_of_the_rows_that_are_kept() -> None:
    assert desk.table("funding").attrs["units"]["value"] == "as in the column unit"
    assert desk.table("funding", kind="money").attrs["units"]["value"] == "EUR"
    assert desk.claims("adoption", kind="percentage").attrs["units"]["low"] == "percent"
    assert desk.documents().attrs["units"] == {"length": "characters"}


def test_a_frame_can_be_changed_without_changing_the_next_one() -> None:
    first = desk.claims("adoption")
    first["value"] = 0
    first.attrs["columns"] = {}
    second = desk.claims("adoption")
    assert second["value"].tolist() != first["value"].tolist()
    assert second.attrs["columns"]


def test_a_frame_survives_being_stored() -> None:
    frame = desk.claims("adoption")
    again = pickle.loads(pickle.dumps(frame))  # noqa: S301  # our own bytes
    pd.testing.assert_frame_equal(again, frame)
    assert again.attrs == frame.attrs


def test_claims_are_chosen_by_codes_and_by_their_names_in_both_languages() -> None:
    for place in ("FR", "France"):
        assert set(desk.claims("adoption", place=place)["place"]) == {"FR"}
    for place in ("Allemagne", "germany", "DE"):
        assert desk.claims("adoption", place=place)["id"].tolist() == ["adoption_de_2020"]
    assert set(desk.claims(place=["FI", "Germany"], unit="percent")["place"]) == {"FI", "DE"}
    ledger = words.ledger()
    assert desk.claims("funding", status="target")["id"].tolist() == [
        claim.id for claim in ledger.claims.values() if (claim.table, claim.status) == ("funding", "target")
    ]


def test_a_period_holds_those_within_it() -> None:
    periods = set(desk.table("series", period="2021")["period"])
    assert "2021" in periods
    assert any(period.startswith("2021-") for period in periods)
    assert all(period[:4] == "2021" and "/" not in period for period in periods)


def test_labels_take_the_place_of_codes() -> None:
    french, english = desk.table("adoption", labels="fr"), desk.table("adoption", labels="en")
    assert "Allemagne" in set(french["place"])
    assert "Germany" in set(english["place"])
    assert french["id"].tolist() == english["id"].tolist() == desk.table("adoption")["id"].tolist()
    assert french.attrs["labels"] == english.attrs["labels"]


def test_a_series_is_cut_by_place_year_and_release() -> None:
    frame = desk.series("eurostat_cloud_use", places="Finland", years=(2020, 2021))
    assert set(frame["place"]) == {"FI"}
    assert set(frame["period"]) == {"2020", "2021"}
    everything = desk.series("eurostat_cloud_use", release="all")
    assert len(desk.series("eurostat_cloud_use")) == sum(everything["newest"])
    day = everything["released"].iloc[0]
    assert set(desk.series("eurostat_cloud_use", release=day)["released"]) == {day}
    assert desk.series("eurostat_cloud_use", years=(2024, None))["period"].min() >= "2024"


def test_without_a_name_what_there_is_is_listed() -> None:
    assert {"claims", "adoption", "series", "findings", "numbers"} <= set(desk.table()["table"])
    assert desk.table().set_index("table").loc["documents", "rows"] == 5
    assert set(desk.series()["series"]) == set(words.catalogue().series)
    assert len(desk.chart()) == 13


def test_findings_are_chosen_by_verdict_check_and_subject() -> None:
    assert len(desk.findings()) == len(checks.found())
    assert {each.verdict for each in desk.findings("cannot_tell")} == {"cannot_tell"}
    assert [each.id for each in desk.findings("market_growth_of_segments")] == ["market_growth_of_segments"]
    for about in ("adoption_fr_2020", "strategie_cloud_2021", "eurostat_cloud_use", "funding", "gaia_x"):
        assert 0 < len(desk.findings(about=about)) < len(checks.found())
    both = desk.findings("contradicts", about="funding")
    assert {each.id for each in both} == {e.id for e in desk.findings("contradicts")} & {
        e.id for e in desk.findings(about="funding")
    }
    assert both.frame["id"].tolist() == [each.id for each in both]
    assert both[:1].frame.attrs["title"]


def test_a_claim_has_its_fields_and_what_is_said_of_it() -> None:
    claim = desk.claim("adoption_fr_2020", "en")
    entry = words.ledger()["adoption_fr_2020"]
    assert claim.quantity == entry.quantity
    assert claim.interval == entry.quantity.interval
    assert claim.document == entry.document
    assert {"quantity", "document", "interval", "source", "period"} <= set(dir(claim))
    assert claim == desk.claim("adoption_fr_2020", "fr")
    assert "adoption_change_in_points" in {finding.id for finding in claim.checked}
    assert "line 674" in claim.source
    observation = desk.claim("eurostat_cloud_use_fi_2023", "en")
    assert observation.series.id == "eurostat_cloud_use"
    assert "Eurostat" in observation.source


def test_prose_takes_what_claim_gives() -> None:
    told = desk.tell(
        fr="{share} en {share.period}.", en="{share} in {share.period}.", share=desk.claim("adoption_fi_2020")
    )
    assert told.claims == ("adoption_fi_2020",)


WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: desk.table("clams"), 'did you mean "claims"'),
    (lambda: desk.claims("adoptoin"), 'did you mean "adoption"'),
    (lambda: desk.claims(place="Germny"), 'did you mean "Germany"'),
    (lambda: desk.table("claims", plce="FR"), 'did you mean "place"'),
    (lambda: desk.table("claims", labels="de"), "known: en, fr"),
    (lambda: desk.series("eurostat_cloud"), 'did you mean "eurostat_cloud_use"'),
    (lambda: desk.series("eurostat_cloud_use", release="2020-01-01"), "2026-02-27"),
    (lambda: desk.findings("contradict"), 'did you mean "contradicts"'),
    (lambda: desk.findings(about="fundng"), 'did you mean "funding"'),
    (lambda: desk.claim("adoption_fr_202"), 'did you mean "adoption_fr_2020"'),
    (lambda: desk.claim("zzz"), "analysis.find"),
    (lambda: desk.claim("adoption_fr_2020", "de"), "known: en, fr"),
    (lambda: desk.chart("adopton"), 'did you mean "adoption"'),
    (lambda: desk.chart("adoption_series", places="Frence"), 'did you mean "France"'),
    (lambda: desk.chart("adoption", years=(2020, None), table=desk.table("adoption")), "where it is made"),
    (lambda: desk.find("…"), "find\\("),
    (lambda: desk.table(place="FR"), r"table\(name"),
    (lambda: desk.series(places="FR"), r"series\(name"),
    (lambda: desk.chart("", years=(2020, None)), r"chart\(name"),
    (lambda: desk.review("27 %", "de"), "known: en, fr"),
    (lambda: desk.use("de"), "known: en, fr"),
]


@pytest.mark.parametrize(("call", "way_out"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_told_with_the_way_out(call: Callable[[], object], way_out: str) -> None:
    with pytest.raises(UsageError, match=way_out):
        call()


def test_a_project_of_its_own_has_a_desk(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUAGE_PROJECT", str(sample))
    code = (
        "import analysis\n"
        "print(*analysis.table()['table'], *analysis.find('valmont 2031', 1).frame['id'], len(analysis.series()))\n"
        "most = analysis.sql('SELECT max(value) AS most FROM claims')['most']\n"
        "print(*most, len(analysis.findings()), len(analysis.chart()))"
    )
    assert python(code).splitlines() == [
        "claims documents adoption funding same_quantities adoption_2031 0",
        "12500000 0 1",
    ]
