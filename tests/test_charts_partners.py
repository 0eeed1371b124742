"""The chart of partners: every name once where it belongs, several spellings as one, states apart."""

from __future__ import annotations

import pandas as pd
import pytest
from test_charts import LANGUAGES, SVG, made, parsed
from test_charts_layout import _shrunk, _struck, sheet

from analysis import charts, words
from analysis.charts import style
from analysis.errors import InputError
from analysis.quantities import Lang

LAYOUTS = ("drawing", "narrow")
every_layout = pytest.mark.parametrize("layout", LAYOUTS)


def partners(table: pd.DataFrame, lang: Lang = "en") -> charts.Chart:
    return charts.chart("partners", lang, table=table)


def with_name(table: pd.DataFrame, entry: str, name: str) -> pd.DataFrame:
    return table.assign(name=table["name"].mask(table["id"] == entry, name))


def written(svg: str) -> str:
    return " ".join(text.text or "" for text in parsed(svg).iter(f"{SVG}text")).replace("\N{NO-BREAK SPACE}", " ")


def marks(svg: str, corners: int) -> int:
    """The points (eight corners) or diamonds (four) filled with ink."""
    filled = (path.attrib["d"] for path in parsed(svg).iter(f"{SVG}path") if path.get("fill") == style.INK)
    return sum(d.count("L") == corners - 1 for d in filled)


def rows(chart: charts.Chart) -> list[list[str]]:
    return [[cell["text"] for cell in row] for row in chart.block()["table"]["rows"]]


@every_layout
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_organisation_named_stands_in_the_drawing(layout: str, lang: Lang) -> None:
    table = charts.drawn("partners")
    shown = written(getattr(made("partners", lang), layout))
    states = set(table[table["role"] == "member_state"]["name"])
    respelt = {"Institut Mines – Telecom", "Geo4cast"}
    assert not [name for name in table["name"] if name not in shown and name not in states | respelt]
    assert not [name for name in states - {"France"} if name in shown]


@every_layout
def test_each_place_of_those_in_several_projects_is_a_mark(layout: str) -> None:
    table = charts.drawn("partners")
    named = table[table["name"].isin(["Atos", "INRIA", "OVHcloud", "CEA", "Outscale"])]
    drawing = getattr(made("partners", "fr"), layout)
    assert marks(drawing, 4) == (named["role"] == "lead").sum() == 3
    assert marks(drawing, 8) == (named["role"] != "lead").sum() + 4  # and two spellings of two others, twice


def test_the_table_begins_with_those_in_most_projects_and_names_everyone() -> None:
    told = rows(made("partners", "en"))
    counts = [int(count) for _, count, _ in told]
    assert counts == sorted(counts, reverse=True)
    assert [name for name, count, _ in told if count == "3"] == ["Atos", "INRIA", "OVHcloud"]
    assert len(told) == 70
    assert ["Geo4Cast", "2", "IA Cargo and ALEIA"] in told


@every_layout
def test_a_second_project_makes_a_partner_stand_out(layout: str) -> None:
    """A planted fault: one name put for another."""
    planted = partners(with_name(charts.drawn("partners"), "aleia_partner_qwam", "Valeo"))
    assert planted.headline.startswith("8 of 69")
    assert "Valeo" in planted.alt
    assert marks(getattr(planted, layout), 8) == marks(getattr(made("partners", "en"), layout), 8) + 2


def test_spellings_are_one_where_the_lexicon_says_so_or_capitals_alone_differ() -> None:
    assert "“Institut Mines – Telecom” and IMT" in made("partners", "en").note
    table = charts.drawn("partners")
    other = partners(with_name(table, "gaia_x_partner_institut_mines_telecom", "Institut de Mines"))
    assert other.headline.startswith("6 of 71")
    assert partners(with_name(table, "edge_iot_partner_atos", "ATOS")).headline.startswith("7 of 70")


def test_the_source_names_both_documents_though_no_number_has_a_proof() -> None:
    chart = made("partners", "fr")
    assert chart.claims == ()
    for document in charts.drawn("partners")["document"].unique():
        card = words.ledger().documents[document]
        assert words.typeset(card.known_as, "fr") in chart.source
        assert words.date(card.date, "fr") in chart.source


def test_nothing_is_drawn_where_nobody_stands_in_two_projects() -> None:
    table = charts.drawn("partners")
    with pytest.raises(InputError, match="more than one project"):
        partners(table[table["subject"] == "edge_iot"])


@every_layout
def test_fewer_names_leave_the_drawing_legible(layout: str) -> None:
    table = charts.drawn("partners")
    measured = sheet(getattr(partners(table[table["subject"].isin(["gaia_x", "research_cloud"])]), layout))
    boxes = [_shrunk(box) for _, _, _, box in measured.texts]
    assert not any(one.overlaps(other) for index, one in enumerate(boxes) for other in boxes[:index])
    assert list(_struck(measured)) == []
