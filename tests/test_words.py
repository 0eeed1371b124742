"""Prose, tables and key numbers made from claims."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter
from markdown_it import MarkdownIt

from analysis import claims, paths, tables, words
from analysis.claims import Claim, Ledger
from analysis.documents import Document
from analysis.errors import InputError, UsageError
from analysis.quantities import Quantity
from analysis.words.templates import escape
from analysis.words.typography import FIXED, NARROW

D = Decimal
MILLION = 10**6
PERCENT = f"{NARROW}%"


def document(doc_id: str, title: str, published: str) -> Document:
    told = {name: "" for name in Document.__dataclass_fields__ if name.endswith(("_fr", "_en", "sha256"))}
    return Document(
        id=doc_id, title=title, publisher="Un éditeur", authors=(), language="fr", date=published,
        address="https://example.org", licence_open=True, length=9, **told,
    )  # fmt: skip


STRATEGY = document("strategy", "Un plan : le nuage", "2021-11-02")
BLOG = document("blog", "Un billet", "2025-04-26")


def quantity(kind: Any, value: Any, precision: Any = None, **more: Any) -> Quantity:
    half = None if precision is None else D(str(precision))
    given = {"unit": "percent", "bound": "range" if isinstance(value, tuple) else "exact", "printed": "x", **more}
    return Quantity(kind=kind, value=value, precision=half, start=0, end=1, lang="fr", **given)


def claim(claim_id: str, read: Quantity, **more: Any) -> Claim:
    stated = {
        "table": "adoption", "subject": "enterprises", "measure": "cloud_adoption", "place": "FR", "period": "2018",
        "measured_by": "eurostat", "said_by": "french_government", "status": "measured", "document": STRATEGY,
        "statement_fr": "En {period}, {value} des entreprises : le nuage.",
        "statement_en": "In {period}, {value} of enterprises: the cloud.",
        **more,
    }  # fmt: skip
    return Claim(id=claim_id, printed=read.printed, at=(0, 1), line=1, context="0" * 16, quantity=read, **stated)


def money(claim_id: str, read: Quantity, **more: Any) -> Claim:
    announced = {"table": "funding", "subject": "cloud_strategy", "measure": "funding", "measured_by": "none", **more}
    return claim(claim_id, read, **announced)


def euros(millions: str, precision: float = 0.5, **more: Any) -> Quantity:
    return quantity("money", D(millions) * MILLION, D(str(precision)) * MILLION, unit="EUR", **more)


CLAIMS = (
    claim("adoption_fr", quantity("percentage", D(19), 0.5)),
    claim("adoption_de", quantity("percentage", D(33), 0.5), place="DE", period="2020"),
    claim("adoption_quarter", quantity("ratio_in_words", D(25)), period=""),
    claim("about", quantity("money", D(59000) * MILLION, 500 * MILLION, unit="EUR", bound="about")),
    claim("change", quantity("points", D(8), 0.5, unit="percentage points", printed="+8 points"), period="2018/2020"),
    claim("share_us", quantity("percentage", (D(70), D(90)), 0.5), document=BLOG, said_by="clara_chappaz"),
    claim("share_eu", quantity("percentage", D(2), 0.5, bound="at_most", strict=True), measured_by="not_stated"),
    money("public_research", euros("66"), payer="public", purpose="research", period="2021/2022"),
    money("public_all", euros("667"), payer="public", purpose="all"),
    money("european_research", euros("84"), payer="european", purpose="research"),
    money("plan", euros("1800", 50), payer="all", purpose="all"),
    money("aid", euros("4.8", 0.05), payer="public", purpose="aleia", measure="project_aid", period=""),
)


@pytest.fixture(autouse=True)
def fake_ledger(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    ledger = Ledger({each.id: each for each in CLAIMS}, {each.id: each for each in (STRATEGY, BLOG)})
    monkeypatch.setattr(claims, "loaded", lambda _: ledger)
    monkeypatch.setattr(paths, "project", Path)
    words.ledger.cache_clear()
    words.use("fr")
    yield
    words.use("fr")
    words.ledger.cache_clear()


def told(template: str, **named: Any) -> str:
    return words.tell(fr=template, en=template, **named).markdown


def test_the_language_is_french_until_another_is_used() -> None:
    assert words.language() == "fr"
    words.use("en")
    assert words.language() == "en"


def test_a_language_that_is_not_ours_is_refused() -> None:
    with pytest.raises(UsageError, match="no edition is written in"):
        words.use("de")


def test_a_number_in_prose_is_a_link_to_its_claim() -> None:
    prose = words.tell(fr="Part : {adoption_fr}.", en="Share: {adoption_fr}.")
    assert prose.markdown == f"Part{NARROW}: [19{PERCENT}](#adoption_fr)."
    assert prose.claims == ("adoption_fr",)


def test_prose_follows_the_language_being_written() -> None:
    words.use("en")
    prose = words.tell(fr="{share_eu} : peu.", en="{share_eu}: little.")
    assert prose.markdown == "[less than 2%](#share_eu): little."


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("{share_eu:bare}", f"[2{PERCENT}](#share_eu)"),
        ("{change}", f"[+8{FIXED}points](#change)"),
        ("{adoption_quarter}", "[un quart](#adoption_quarter)"),
        ("{share_us}", f"[de 70 à 90{PERCENT}](#share_us)"),
        ("{change.period}", "2018–2020"),
        ("{adoption_de.place}", "Allemagne"),
        ("{adoption_fr.subject}", "entreprises"),
        ("{adoption_fr.measured_by}", "Eurostat"),
        ("{share_us.said_by:short}", "Clara Chappaz"),
        ("{adoption_fr.document}", f"Un plan{NARROW}: le nuage"),
        ("{adoption_fr.published}", f"2{FIXED}novembre 2021"),
        ("{{adoption_fr}}", "{adoption_fr}"),
        ("[voir](annexe-2.html)", "[voir](annexe-2.html)"),
    ],
)
def test_a_field_tells_what_it_names(template: str, written: str) -> None:
    assert told(template) == written


def test_claims_quantities_numbers_and_names_can_be_handed_over() -> None:
    share = words.ledger()["share_eu"]
    growth = quantity("percentage", D("42.1"), 2, printed="")
    written = told("{a} {b} {c} {d} {a.period}", a=share, b=growth, c=1234, d="3DS *Outscale*")
    assert written == (f"[moins de 2{PERCENT}](#share_eu) 42{PERCENT} 1{NARROW}234 3DS \\*Outscale\\* 2018")


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("un marché de {about}", f"un marché d’[environ 59{FIXED}Md€](#about)"),
        ("Plus que {adoption_quarter}", "Plus qu’[un quart](#adoption_quarter)"),
        ("l’étude de {adoption_fr.measured_by}", "l’étude d’Eurostat"),
        ("une part de {adoption_fr}", f"une part de [19{PERCENT}](#adoption_fr)"),
        ("une part de {share_us:bare}", f"une part de [70–90{PERCENT}](#share_us)"),
    ],
)
def test_french_elides_before_a_field(template: str, written: str) -> None:
    assert told(template) == written


def test_de_is_not_said_twice() -> None:
    with pytest.raises(InputError, match="twice") as error:
        told("une part de {share_us}")
    assert "{share_us:bare}" in str(error.value)


def test_triple_quotes_may_be_indented() -> None:
    assert told("""# Titre

        Le {adoption_fr.published}.
    """).splitlines() == ["# Titre", "", f"Le 2{FIXED}novembre 2021."]


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("Il y a 3 acteurs", "evidence: 3"),
        ("selon 3DS", "evidence: 3DS"),
        ("un ½", "evidence: ½"),
        ("{adoption_frr}", 'did you mean "adoption_fr"'),
        ("{0}", 'is called "0"'),
        ("{}", 'is called ""'),
        ("{adoption_fr.perid}", 'did you mean "period"'),
        ("{adoption_fr.payer}", "has no payer"),
        ("{adoption_quarter.period}", "has no period"),
        ("{adoption_fr:bear}", "or {adoption_fr:bare}"),
        ("{adoption_fr.period:bare}", "write {adoption_fr.period}"),
        ("{adoption_fr!r}", "has no place in a field"),
        ("{adoption_fr", "brace does not pair"),
        ("adoption_fr}", "brace does not pair"),
        ("  ", "is empty"),
    ],
)
def test_a_fault_in_a_text_is_told_with_the_way_out(template: str, fault: str) -> None:
    with pytest.raises(InputError) as error:
        told(template)
    assert fault in str(error.value)


def test_a_fault_in_the_other_language_is_told_too() -> None:
    with pytest.raises(InputError, match="a number is typed"):
        words.tell(fr="{adoption_fr}", en="{adoption_fr} and 27%")


def test_both_languages_tell_the_same_numbers() -> None:
    with pytest.raises(InputError, match="in one only: adoption_de"):
        words.tell(fr="{adoption_fr}", en="{adoption_de} {adoption_fr}")


def test_what_is_handed_over_must_be_told() -> None:
    with pytest.raises(InputError, match='"who" is handed over but not told'):
        told("{adoption_fr}", who="Orange")


def test_a_number_of_unknown_precision_cannot_be_told() -> None:
    with pytest.raises(InputError, match="nothing that can be told"):
        told("{share}", share=0.1)


def test_an_attribute_can_only_be_asked_of_a_claim() -> None:
    with pytest.raises(InputError, match="no claim"):
        told("{who.period}", who="Orange")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1))
def test_whatever_is_handed_over_reads_in_markdown_as_it_is(text: str) -> None:
    folded = " ".join(text.split())
    tokens = MarkdownIt("commonmark", {"html": False}).parse(escape(folded))
    read = "".join(child.content for token in tokens for child in token.children or [] if child.type == "text")
    assert read == folded
    assert all(token.type in {"paragraph_open", "inline", "paragraph_close"} for token in tokens)


def test_prose_shows_itself_as_markdown_and_reads_in_a_terminal() -> None:
    bundle = words.tell(fr="À {adoption_fr}, {w}", en="At {adoption_fr}, {w}", w="a_b")._repr_mimebundle_()
    assert bundle["text/markdown"] == f"À [19{PERCENT}](#adoption_fr), a\\_b"
    assert bundle["text/plain"] == f"À 19{PERCENT}, a_b"


def test_jupyter_takes_the_bundle_as_it_is() -> None:
    data, _ = DisplayFormatter().format(words.key_numbers("adoption_fr"))  # type: ignore[no-untyped-call] # untyped IPython
    assert {words.BLOCK_TYPE, "text/html", "text/plain"} <= data.keys()


def test_a_bundle_can_be_asked_for_in_part() -> None:
    prose = words.tell(fr="a", en="a")
    assert list(prose._repr_mimebundle_(include={"text/plain"})) == ["text/plain"]
    assert list(prose._repr_mimebundle_(exclude={"text/plain"})) == ["text/markdown"]


def test_a_statement_is_filled_with_its_number_and_period() -> None:
    adoption = words.ledger()["adoption_fr"]
    assert words.statement(adoption, "fr") == f"En 2018, 19{PERCENT} des entreprises{NARROW}: le nuage."
    assert words.statement(adoption, "en") == "In 2018, 19% of enterprises: the cloud."
    assert words.note(adoption, "fr") == ""


# Key numbers


def test_a_key_number_says_what_it_measures_who_says_it_and_when() -> None:
    first = words.key_numbers("adoption_fr", verdicts={"adoption_fr": "holds"}).block()["items"][0]
    assert first == {
        "claim": "adoption_fr",
        "number": f"19{PERCENT}",
        "label": "Part d’entreprises utilisant le cloud (France)",
        "who": "Gouvernement, d’après Eurostat",
        "period": "2018",
        "verdict": "tient",
    }


def test_a_key_number_owns_up_to_a_source_or_date_that_is_missing() -> None:
    words.use("en")
    quarter, share = words.key_numbers("adoption_quarter", "share_eu").items
    assert quarter.period == "undated (document of 2 November 2021)"
    assert share.who == "Government, source not stated"


def test_announced_money_without_a_period_is_dated_by_its_document() -> None:
    assert words.key_numbers("aid").items[0].period == f"document du 2{FIXED}novembre 2021"


def test_a_range_set_large_is_a_dash() -> None:
    shown = [item.number for item in words.key_numbers("share_us", "share_eu").items]
    assert shown == [f"70–90{PERCENT}", f"moins de 2{PERCENT}"]


def test_money_is_labelled_by_who_pays_for_what() -> None:
    labels = [item.label for item in words.key_numbers("public_research", "public_all", "aid").items]
    assert labels == [
        f"Financement public{NARROW}: Recherche (France)",
        f"Financement public{NARROW}: Stratégie cloud (France)",
        f"Aide publique au projet{NARROW}: ALEIA (France)",
    ]


def test_a_key_number_may_have_a_label_of_its_own_without_digits() -> None:
    pair = ("Argent public du plan", "Public money of the plan")
    assert words.key_numbers("public_all", labels={"public_all": pair}).items[0].label == pair[0]
    with pytest.raises(InputError, match="a number is typed"):
        words.key_numbers("public_all", labels={"public_all": ("a", "in 2021")})


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"verdicts": {"adoption_fr": "hold"}}, 'did you mean "holds"'),
        ({"verdicts": {"adoption_f": "holds"}}, 'did you mean "adoption_fr"'),
        ({"labels": {"adoption_f": ("a", "b")}}, 'did you mean "adoption_fr"'),
    ],
)
def test_faults_among_key_numbers_are_told(asked: dict[str, Any], fault: str) -> None:
    with pytest.raises(InputError) as error:
        words.key_numbers("adoption_fr", **asked)
    assert fault in str(error.value)


# Tables


def tidy(*ids: str) -> pd.DataFrame:
    """Rows as the tables have them, made by the columns of the tables themselves."""
    rows = [
        {each.name: each.cell(words.ledger()[claim_id]) for each in tables.columns.CLAIM_COLUMNS} for claim_id in ids
    ]
    return pd.DataFrame(rows)


def shown(frame: pd.DataFrame, **more: Any) -> words.View:
    return words.present(frame, **{"name": "t", "caption_fr": "Légende", "caption_en": "Caption", **more})


def texts(view: words.View) -> list[list[str]]:
    return [[cell.text for cell in row] for row in view.rows]


def test_a_tidy_table_is_told_in_words_with_the_unit_in_the_heading() -> None:
    view = shown(tidy("adoption_fr", "adoption_de"), columns=["place", "period", "value", "measured_by"])
    assert [each.label for each in view.columns] == ["Lieu", "Période", "Valeur (%)", "Mesuré par"]
    assert texts(view) == [["France", "2018", "19", "Eurostat"], ["Allemagne", "2020", "33", "Eurostat"]]
    assert [row[2].claim for row in view.rows] == ["adoption_fr", "adoption_de"]


def test_a_bound_a_range_and_a_ratio_keep_their_words_and_share_the_unit() -> None:
    view = shown(tidy("share_eu", "share_us", "adoption_quarter"), columns=["id", "value"])
    assert view.columns[1].label == "Valeur (%)"
    assert [row[1] for row in texts(view)] == ["moins de 2", "70–90", "25"]


def test_numbers_of_different_units_keep_theirs() -> None:
    words.use("en")
    view = shown(tidy("adoption_fr", "change", "plan", "public_all"), columns=["period", "value"])
    assert view.columns[1].label == "Value"
    assert [row[1] for row in texts(view)] == ["19%", "+8 points", "€1.8bn", "€667m"]


def test_a_pivot_of_claims_is_a_matrix_with_blank_cells_and_linked_numbers() -> None:
    frame = tidy("public_research", "public_all", "european_research")
    view = shown(frame.pivot_table(index="payer", columns="purpose", values="id", aggfunc="first"))
    assert [each.label for each in view.columns] == ["Financeur", "Total (M€)", "Recherche (M€)"]
    assert texts(view) == [["Européen", "", "84"], ["Public", "667", "66"]]
    assert view.rows[1][2].claim == "public_research"
    assert view.rows[0][1].claim is None


def test_printed_decimals_stay_as_printed() -> None:
    assert [row[0] for row in texts(shown(tidy("aid", "public_all"), columns=["value"]))] == ["4,8", "667"]


def test_numbers_computed_here_have_the_same_decimals() -> None:
    frame = pd.DataFrame({"place": ["FR", "DE", "FI"], "gap": [D("1.25"), D(3), None]})
    view = shown(frame, labels={"gap": ("écart", "gap")})
    assert [row[1] for row in texts(view)] == ["1,25", "3,00", ""]


def test_a_number_of_unknown_precision_is_refused() -> None:
    with pytest.raises(InputError, match="no known precision"):
        shown(pd.DataFrame({"value": [0.1]}))


def test_claims_and_quantities_can_be_cells() -> None:
    rounded = [quantity("percentage", D(each), half, printed="") for each, half in (("42.105", 2), ("12.34", 0.05))]
    frame = pd.DataFrame({"place": ["FR", "DE"], "said": [*CLAIMS[:2]], "computed": rounded})
    view = shown(frame, labels={"said": ("dit", "said"), "computed": ("calculé", "computed")})
    assert [each.label for each in view.columns[1:]] == ["Dit (%)", "Calculé (%)"]
    assert [row[1:] for row in texts(view)] == [["19", "42"], ["33", "12"]]
    assert view.rows[0][1].claim == "adoption_fr"


def test_the_ends_of_an_interval_are_exact_and_none_where_there_is_no_limit() -> None:
    view = shown(tidy("adoption_fr", "share_eu"), columns=["low", "high"])
    assert [each.label for each in view.columns] == ["Minimum (%)", "Maximum (%)"]
    assert texts(view) == [["18,5", "19,5"], ["", "2"]]


def test_statements_and_documents_can_be_columns() -> None:
    view = shown(tidy("share_us"), columns=["statement", "document", "published", "strict"])
    assert texts(view) == [[
        f"En 2018, de 70 à 90{PERCENT} des entreprises{NARROW}: le nuage.", "Un billet", f"26{FIXED}avril 2025", "non",
    ]]  # fmt: skip


def test_a_missing_date_is_told_so() -> None:
    assert texts(shown(tidy("adoption_quarter"), columns=["period", "place"])) == [["sans date", "France"]]


def test_a_french_title_keeps_its_spaces_in_an_english_source() -> None:
    words.use("en")
    assert shown(tidy("adoption_fr"), columns=["value"]).source == (
        f"“Un plan{NARROW}: le nuage”, Un éditeur, 2 November 2021"
    )


def test_the_source_names_the_documents_of_the_numbers() -> None:
    view = shown(tidy("adoption_fr", "share_us", "adoption_de"), columns=["place", "value"])
    strategy, blog = view.source.split(f"{NARROW}; ")
    assert strategy == f"«{NARROW}Un plan{NARROW}: le nuage{NARROW}», Un éditeur, 2{FIXED}novembre 2021"
    assert blog.endswith(f"26{FIXED}avril 2025")


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"columns": ["plase"]}, 'did you mean "place"'),
        ({"columns": ["place"], "total_rows": [7]}, "rows 0 to 0"),
        ({"caption_en": "In 2018"}, "a number is typed"),
    ],
)
def test_faults_of_a_table_are_told(asked: dict[str, Any], fault: str) -> None:
    with pytest.raises(InputError) as error:
        shown(tidy("adoption_fr"), **asked)
    assert fault in str(error.value)


def test_the_block_of_a_table_has_the_agreed_shape() -> None:
    block = shown(tidy("adoption_fr"), columns=["place", "value"], total_rows=[0], note_fr="n", note_en="n").block()
    assert block == {
        "block": "table",
        "name": "t",
        "caption": "Légende",
        "note": "n",
        "source": block["source"],
        "columns": [
            {"name": "place", "label": "Lieu", "align": "left"},
            {"name": "value", "label": "Valeur (%)", "align": "right"},
        ],
        "rows": [[{"text": "France", "claim": None}, {"text": "19", "claim": "adoption_fr"}]],
        "row_headers": 1,
        "total_rows": [0],
    }


def test_the_html_of_a_table_is_accessible_and_escaped() -> None:
    frame = pd.DataFrame({"place": ["FR"], "name": ["<b>&"]})
    html = shown(frame, labels={"name": ("nom", "name")}, caption_fr="A < B")._repr_mimebundle_()["text/html"]
    assert '<table lang="fr"><caption>A &lt; B</caption>' in html
    assert '<th scope="col" style="text-align:left">Lieu</th>' in html
    assert '<th scope="row" style="text-align:left">France</th>' in html
    assert "&lt;b&gt;&amp;" in html


def test_an_empty_cell_heads_no_row() -> None:
    frame = pd.DataFrame({"place": ["FR", ""], "name": ["one", "two"]})
    html = shown(frame, labels={"name": ("nom", "name")})._repr_mimebundle_()["text/html"]
    assert html.count('<th scope="row"') == 1
    assert '<tr><td style="text-align:left"></td><td' in html


def test_a_table_reads_in_a_terminal() -> None:
    plain = str(shown(tidy("adoption_fr", "share_eu"), columns=["place", "value"]))
    assert plain.splitlines()[:4] == ["Légende", "Lieu    Valeur (%)", "France          19", "France  moins de 2"]
