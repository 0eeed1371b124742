"""Charts: what they tell, in both languages, and that they tell it the same way each time."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd
import pytest
from lxml.html import fragment_fromstring

from analysis import charts, tables, words
from analysis.charts import style
from analysis.charts.rows import Rows
from analysis.charts.stated import MOST_ROWS
from analysis.charts.stated_rows import counted_in
from analysis.charts.style import Face, text_width
from analysis.charts.telling import say
from analysis.errors import InputError, UsageError
from analysis.quantities import Lang
from analysis.words import BLOCK_TYPE

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES: tuple[Lang, ...] = ("fr", "en")
LAYOUTS = ("drawing", "narrow", "picture")
PALETTE = {
    style.INK, style.SECONDARY, style.GRID, style.PAPER, style.FRANCE, style.AMERICA, style.EUROPE, style.PRIVATE,
}  # fmt: skip
#: Every chart, and the one that draws any table once more for each.
FAMILIES = sorted({claim.table for claim in words.ledger().claims.values()})
DRAWN = (*charts.CHARTS, *(f"stated of {family}" for family in FAMILIES))
every_chart = pytest.mark.parametrize("name", DRAWN)
every_language = pytest.mark.parametrize("lang", LANGUAGES)
_DIGESTS = (
    "import hashlib, json\n"
    "from analysis import charts\n"
    "made = [charts.chart(name, lang) for name in charts.CHARTS for lang in ('fr', 'en')]\n"
    "print([hashlib.sha256(json.dumps(chart.bundle()).encode()).hexdigest() for chart in made])\n"
)


@cache
def made(name: str, lang: Lang) -> charts.Chart:
    return drawn(name, lang)


def drawn(name: str, lang: Lang, table: pd.DataFrame | None = None) -> charts.Chart:
    """The chart of that name anew, of its own table or another: ``adoption``, ``stated of adoption``."""
    chart, _, family = name.partition(" of ")
    return charts.chart(chart, lang, table=(family or None) if table is None else table)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  # we have just written it


def table_of(name: str) -> pd.DataFrame:
    chart, _, family = name.partition(" of ")
    return charts.drawn(chart, table=family)


def in_drawing(chart: charts.Chart, table: pd.DataFrame) -> tuple[str, ...]:
    """The claims that are drawn: ``stated`` only lists those in other units, and the smallest of too many."""
    if not chart.name.startswith("stated"):
        return chart.claims
    rows = Rows(table)
    unit = counted_in(rows[chart.claims[0]])
    return tuple(claim for claim in chart.claims if counted_in(rows[claim]) == unit)[:MOST_ROWS]


def with_cell(table: pd.DataFrame, claim: str, column: str, cell: Decimal | str) -> pd.DataFrame:
    cells = [cell if row["id"] == claim else row[column] for _, row in table.iterrows()]
    return table.assign(**{column: pd.Series(cells, dtype=table[column].dtype)})


@every_chart
@every_language
def test_a_headline_states_the_finding_in_at_most_fifteen_words(name: str, lang: Lang) -> None:
    assert 3 < len(made(name, lang).headline.split()) <= 15


@every_chart
@every_language
def test_the_alternative_text_is_short_and_is_not_the_headline_again(name: str, lang: Lang) -> None:
    chart = made(name, lang)
    assert 40 < len(chart.alt) <= 150
    assert chart.alt != chart.headline


def said_in(name: str, lang: Lang) -> tuple[str, str]:
    """What a claim or an observation was said in, and the date of that."""
    if name in words.ledger().claims:
        document = words.ledger()[name].document
        return document.known_as, document.date
    observation = words.catalogue()[name]
    return observation.series.title_fr if lang == "fr" else observation.series.title_en, observation.released


@every_chart
@every_language
def test_a_chart_tells_where_its_numbers_come_from_and_describes_itself_at_length(name: str, lang: Lang) -> None:
    chart = made(name, lang)
    for claim in chart.claims:
        title, date = said_in(claim, lang)
        assert words.typeset(title, lang) in chart.source
        assert words.date(date, lang) in chart.source
    description = " ".join(chart.description)
    assert len(description) > len(chart.alt)
    assert chart.note
    assert chart.subtitle


@every_chart
def test_french_and_english_tell_the_same_claims_in_their_own_numbers(name: str) -> None:
    french, english = made(name, "fr"), made(name, "en")
    assert french.claims == english.claims
    assert "\N{NARROW NO-BREAK SPACE}:" in french.source
    assert "%" not in french.picture.replace("\N{NARROW NO-BREAK SPACE}%", "")
    assert not {"\N{NARROW NO-BREAK SPACE}%", "\N{NO-BREAK SPACE}€"} & set(english.picture)


@every_chart
def test_the_table_beside_a_chart_shows_the_claims_it_draws(name: str) -> None:
    block = made(name, "en").block()
    shown = {cell["claim"] for row in block["table"]["rows"] for cell in row if cell["claim"]}
    assert shown == set(block["claims"])


@every_chart
@every_language
def test_two_renderings_are_the_same_bytes(name: str, lang: Lang) -> None:
    one, other = drawn(name, lang), drawn(name, lang)
    assert one is not other
    assert one.bundle() == other.bundle()


def test_what_a_reader_changes_in_a_table_reaches_no_other_reader() -> None:
    for name in ("adoption", tables.SERIES, tables.NUMBERS):
        before = tables.table(name).to_csv()
        changed = tables.table(name)
        changed.loc[0, changed.columns[0]] = "changed"
        changed["new"] = changed.attrs["name"] = "new"
        assert tables.table(name).to_csv() == before
        assert tables.table(name).attrs["name"] == name


@pytest.mark.parametrize(
    ("locale", "zone", "seed"), [("tr_TR.UTF-8", "Asia/Kathmandu", "1"), ("C", "America/St_Johns", "2")]
)
def test_another_locale_zone_and_configuration_give_the_same_bytes(
    tmp_path: Path, locale: str, zone: str, seed: str
) -> None:
    """Not even a user's own matplotlib settings reach a drawing."""
    rc = tmp_path / "matplotlibrc"
    rc.write_text("svg.fonttype: path\nfont.size: 30\nfont.style: italic\npath.sketch: 1, 100, 2\nfigure.dpi: 200\n")
    env = {**os.environ, "LC_ALL": locale, "TZ": zone, "PYTHONHASHSEED": seed, "MATPLOTLIBRC": str(rc)}
    run = subprocess.run([sys.executable, "-c", _DIGESTS], env=env, capture_output=True, text=True, check=True)
    made = [charts.chart(name, lang) for name in charts.CHARTS for lang in LANGUAGES]
    here = [hashlib.sha256(json.dumps(chart.bundle()).encode()).hexdigest() for chart in made]
    assert run.stdout.strip() == str(here)


@every_chart
def test_any_changed_value_changes_the_picture(name: str) -> None:
    table, before = table_of(name), made(name, "fr")
    for claim in in_drawing(before, table):
        value = table.loc[table["id"] == claim, "value"].item()
        column, other = ("iso_date", "2019-06-15") if value is None else ("value", value * Decimal("1.25"))
        changed = drawn(name, "fr", with_cell(table, claim, column, other))
        assert changed.picture != before.picture, claim


@every_chart
def test_a_chart_leaves_the_settings_of_others_alone(name: str) -> None:
    import matplotlib as mpl  # noqa: PLC0415  # what is looked at is its state

    before = dict(mpl.rcParams)
    assert drawn(name, "fr").picture
    assert dict(mpl.rcParams) == before


@every_chart
@every_language
def test_a_drawing_is_small_and_brings_nothing_into_a_page_but_marks_and_words(name: str, lang: Lang) -> None:
    chart = made(name, lang)
    for layout in LAYOUTS:
        svg = getattr(chart, layout)
        assert svg.startswith("<svg ")
        assert len(svg.encode()) < (24_000 if layout == "picture" else 20_000)
        assert {element.tag.removeprefix(SVG) for element in parsed(svg).iter()} == {
            "svg", "title", "desc", "path", "text",
        }  # fmt: skip
        assert "style=" not in svg
        assert "url(" not in svg


@every_chart
@every_language
def test_a_drawing_is_named_and_described_to_those_who_do_not_see_it(name: str, lang: Lang) -> None:
    chart = made(name, lang)
    for layout in LAYOUTS:
        root = parsed(getattr(chart, layout))
        named = {element.get("id"): element.text for element in root if element.get("id")}
        assert root.get("role") == "img"
        assert root.get("lang") == lang
        assert named[root.get("aria-labelledby")] == chart.alt
        assert named[root.get("aria-describedby")] == chart.subtitle


def test_no_two_drawings_share_an_id() -> None:
    drawings = [getattr(made(name, lang), layout) for name in DRAWN for lang in LANGUAGES for layout in LAYOUTS]
    ids = [element.get("id") for svg in drawings for element in parsed(svg) if element.get("id")]
    assert len(ids) == len(set(ids)) == 2 * len(drawings)


@every_chart
def test_drawings_use_the_colours_of_the_palette_only(name: str) -> None:
    chart = made(name, "fr")
    for layout in LAYOUTS:
        for element in parsed(getattr(chart, layout)):
            assert {element.get("fill", "none"), element.get("stroke", "none")} - {"none"} <= PALETTE


@every_chart
def test_a_picture_stands_alone_with_headline_subtitle_note_and_source(name: str) -> None:
    chart = made(name, "fr")
    written = " ".join(text.text or "" for text in parsed(chart.picture).iter(f"{SVG}text"))
    for text in (chart.headline, chart.subtitle, chart.note, chart.source):
        assert text in written
    assert chart.headline not in chart.drawing


@every_chart
def test_the_lines_of_a_picture_have_the_width_of_the_house_fonts_in_every_other(name: str) -> None:
    chart = made(name, "fr")
    for text in parsed(chart.picture).iter(f"{SVG}text"):
        size, bold = float(text.attrib["font-size"]), text.get("font-weight") == "600"
        face: Face = "serif" if "Serif" in text.get("font-family", "") else "sans"
        width = text_width(text.text or "", size, bold=bold, face=face)
        assert float(text.attrib["textLength"]) == pytest.approx(width, abs=0.01), text.text
    assert not parsed(chart.drawing).findall(f"{SVG}text[@textLength]"), "a page brings its fonts"


@every_chart
def test_what_jupyter_shows_of_a_chart_is_its_picture_and_its_message(name: str) -> None:
    chart = made(name, "fr")
    shown = fragment_fromstring(chart.bundle()["text/html"])
    (image,) = shown.iter("img")
    assert shown.get("lang") == "fr"
    assert image.get("alt") == chart.alt
    kind, _, picture = image.attrib["src"].partition(",")
    assert kind == "data:image/svg+xml;charset=utf-8"
    assert "#" not in picture, "there the address would end"
    assert unquote(picture) == chart.picture


@every_chart
def test_a_chart_shows_itself_in_a_notebook(name: str) -> None:
    chart = made(name, "en")
    bundle = chart._repr_mimebundle_()
    assert set(bundle) == {"image/svg+xml", "text/html", "text/plain", BLOCK_TYPE}
    assert bundle["text/plain"] == f"{chart.headline}\n{chart.alt}"
    block = bundle[BLOCK_TYPE]
    assert json.loads(json.dumps(block)) == block
    assert set(block) == {
        "block", "name", "headline", "subtitle", "note", "source", "alt", "description", "drawing", "narrow", "table",
        "claims",
    }  # fmt: skip


def test_a_chart_follows_the_language_being_written_and_its_table_its_own() -> None:
    words.use("en")
    try:
        assert charts.chart("adoption").lang == "en"
        french = charts.chart("adoption", "fr").block()
        assert french["table"]["columns"] == charts.chart("adoption", "fr").block()["table"]["columns"]
        assert words.language() == "en"
    finally:
        words.use("fr")
    assert french == charts.chart("adoption").block()


def test_what_a_chart_is_chosen_by_is_a_column_of_its_table() -> None:
    with pytest.raises(UsageError, match="has no place to choose by"):
        charts.drawn("partners", "FR")
    with pytest.raises(UsageError, match="has no period to choose by"):
        charts.drawn("partners", years=(2019, None))
    assert list(charts.drawn("countries", "US", years=(1990, 1991))) == list(charts.drawn("countries"))


def test_acts_are_chosen_by_the_years_of_their_dates() -> None:
    drawn = charts.drawn("timeline", years=(2021, 2022))
    assert 0 < len(drawn) < len(charts.drawn("timeline"))
    assert {(period or date)[:4] for period, date in zip(drawn["period"], drawn["iso_date"], strict=True)} <= {
        "2021",
        "2022",
    }


def test_an_unknown_chart_or_language_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match='did you mean "adoption"'):
        charts.chart("adoptoin")
    with pytest.raises(UsageError, match="de"):
        charts.chart("adoption", "de")


def test_a_claim_that_is_missing_is_named() -> None:
    table = table_of("adoption")
    with pytest.raises(InputError, match="adoption_fr_2018"):
        charts.chart("adoption", "fr", table=table[table["id"] != "adoption_fr_2018"])


@every_language
@pytest.mark.parametrize("places", [["FR"], ["FR", "FI"]])
def test_adoption_shows_the_countries_that_its_table_holds(places: list[str], lang: Lang) -> None:
    table = table_of("adoption")
    chart = charts.chart("adoption", lang, table=table[table["place"].isin(places)])
    told = " ".join((chart.alt, chart.note, chart.subtitle, chart.picture, *chart.description))
    assert words.label("DE", lang) not in told
    assert (words.label("FI", lang) in told) is ("FI" in places)
    assert "adoption_de_2020" not in chart.claims


def test_a_number_typed_in_the_text_of_a_chart_is_refused() -> None:
    with pytest.raises(InputError, match="27 pour cent"):
        say("fr", fr="{place} : 27 pour cent", en="{place}", place="France")


def test_the_direction_word_agrees_with_the_sign() -> None:
    table = table_of("adoption")
    assert "up from 19%" in charts.chart("adoption", "en", table=table).headline
    fallen = with_cell(table, "adoption_fr_2020", "value", Decimal(12))
    assert (
        "12% of enterprises use the cloud in 2020, down from 19%"
        in charts.chart("adoption", "en", table=fallen).headline
    )


def test_the_largest_segment_is_called_slowest_only_where_it_is() -> None:
    table = table_of("market_size")
    assert "slowest" in charts.chart("market_size", "en", table=table).headline
    faster = with_cell(table, "market_growth_europe_saas", "value", Decimal(40))
    assert "slowest" not in charts.chart("market_size", "en", table=faster).headline


def test_totals_that_do_not_add_up_are_told() -> None:
    for name, claim in (("funding", "funding_public_all"), ("market_size", "market_size_europe_2020_saas")):
        table = table_of(name)
        value = table.loc[table["id"] == claim, "value"].item()
        wrong = charts.chart(name, "en", table=with_cell(table, claim, "value", value * 2))
        assert "not the sum" in wrong.note or "do not add up" in wrong.note
        assert wrong.note != charts.chart(name, "en", table=table).note


def test_blank_cells_are_shown_as_blank_and_never_as_zero() -> None:
    chart = made("funding", "en")
    assert chart.drawing.count("blank cell") == 3
    assert "research, innovation and maturation: blank cell" in " ".join(chart.description)


def test_money_that_is_only_announced_is_hatched_and_money_granted_is_not() -> None:
    table = table_of("funding")
    granted = charts.chart("funding", "fr", table=with_cell(table, "funding_public_research", "status", "decided"))
    assert _filled(made("funding", "fr").drawing) == 0
    assert _filled(granted.drawing) == 1


def _filled(svg: str) -> int:
    return sum(path.get("fill") != "none" for path in parsed(svg).iter(f"{SVG}path"))


def test_squares_are_true_to_their_amounts() -> None:
    sides = _sides(made("funding", "fr").drawing)
    largest = max(sides.values())
    for amount, side in sides.items():
        assert (side / largest) ** 2 == pytest.approx(amount / max(sides), rel=0.01)


def _sides(svg: str) -> dict[int, float]:
    """The side of each square by its amount in millions: frames and amounts come in pairs."""
    sides: dict[int, float] = {}
    side = 0.0
    for element in parsed(svg):
        if element.get("stroke-width") == "1.2":
            corners = element.attrib["d"].replace("M", "L").split("L")
            side = float(corners[2].split()[0]) - float(corners[1].split()[0])
        elif side and element.tag == f"{SVG}text":
            sides[int((element.text or "").split()[0])] = side
            side = 0.0
    return sides
