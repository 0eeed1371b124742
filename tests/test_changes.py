"""Two editions held against each other; and no published number moves in silence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from analysis import cli
from analysis.cache import sums
from analysis.editions.changes import Changes, compare, find, lines, moves, page, read, record, refuse_moves
from analysis.editions.publish import publish
from analysis.errors import InputError, Problems, UsageError
from analysis.quantities import Lang

ADOPTION = {
    "id": "adoption_fr_2031",
    "document": "communique",
    "subject": "enterprises",
    "measure": "cloud_use",
    "place": "FR",
    "period": "2031",
    "status": "measured",
    "kind": "percentage",
    "value": "19",
    "value_high": "",
    "iso_date": "",
    "unit": "percent",
    "bound": "exact",
    "strict": "false",
    "precision": "0.5",
    "printed": "19%",
    "statement_en": "In {period}, {value} of enterprises.",
    "line": "3",
}
PLAN = ADOPTION | {
    "id": "plan_total",
    "subject": "cloud_strategy",
    "measure": "funding",
    "kind": "money",
    "value": "667000000",
    "unit": "EUR",
    "precision": "500000",
    "printed": "667 M€",
}
DAY = ADOPTION | {"id": "day", "kind": "date", "value": "", "iso_date": "2031-03-24", "unit": "", "printed": "24 mars"}
OBSERVATION = {**ADOPTION, "id": "eurostat_fr_2031", "series": "eurostat_cloud_use", "flag": ""}
FINDING = {
    "id": "sum",
    "verdict": "contradicts",
    "grade": "numbers_disagree",
    "title_fr": "La somme",
    "title_en": "The sum",
}
SVG = (
    '<svg><title>19 %</title><text x="1">19\u202f%</text><text>En <tspan>2031</tspan></text>'
    "<text>Source&#160;: a</text></svg>"
)


def table(*rows: Mapping[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def edition(name: str = "2031-05", date: str = "2031-05-01", **changed: bytes) -> dict[str, bytes]:
    """A small edition; ``changed`` are tables by name."""
    files = {
        "data/claims.csv": table(ADOPTION, PLAN, DAY),
        "data/series.csv": table(OBSERVATION),
        "data/findings.csv": table(FINDING),
        "data/dcat.jsonld": json.dumps({"dcat:version": name, "dct:issued": {"@value": date}}).encode(),
        "fr/charts/adoption.svg": SVG.encode(),
    }
    return files | {f"data/{table}.csv": content for table, content in changed.items()}


def later(**changed: bytes) -> dict[str, bytes]:
    return edition("2031-06", "2031-06-01", **changed)


def placed(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The edition in a folder by itself."""
    for path, content in {**files, "SHA256SUMS": sums(files)}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture
def compared(tmp_path: Path) -> Any:
    """Compares an edition with the first one."""

    def against(new: Mapping[str, bytes], old: Mapping[str, bytes] | None = None) -> Changes:
        return compare(read(placed(tmp_path / "old", old or edition())), read(placed(tmp_path / "new", new)))

    return against


def test_between_editions_that_say_the_same_nothing_moved(compared: Any) -> None:
    found = compared(later())
    assert not found
    assert list(lines(found, "en")) == [
        "2031-05 (1 May 2031) → 2031-06 (1 June 2031)",
        "Numbers: nothing moved",
        "Verdicts: nothing moved",
        "Charts: nothing moved",
    ]


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("value", "20"),
        ("value_high", "21"),
        ("unit", "percentage points"),
        ("bound", "at_most"),
        ("strict", "true"),
        ("printed", "19 %"),
        ("period", "2030"),
        ("status", "estimated"),
        ("place", "DE"),
        ("subject", "large_groups"),
        ("iso_date", "2031"),
    ],
)
def test_whatever_moves_of_a_number_is_seen(compared: Any, field: str, new: str) -> None:
    (entry,) = compared(later(claims=table(ADOPTION | {field: new}, PLAN, DAY))).entries
    assert (entry.kind, entry.id, entry.what, entry.fields) == ("claim", "adoption_fr_2031", "moved", (field,))
    for lang in ("fr", "en"):
        assert [old != new for _, old, new in entry.differences(lang)] == [True]


@pytest.mark.parametrize("field", ["statement_en", "line", "precision"])
def test_other_words_and_another_place_in_the_document_are_no_other_number(compared: Any, field: str) -> None:
    assert not compared(later(claims=table(ADOPTION | {field: "7"}, PLAN, DAY)))


def test_a_column_that_only_one_edition_has_is_not_compared(compared: Any) -> None:
    without = {column: cell for column, cell in ADOPTION.items() if column != "status"}
    assert not compared(later(claims=table(ADOPTION)), edition(claims=table(without)))


def test_what_is_new_and_what_is_gone_is_told_with_its_number(compared: Any) -> None:
    listed = list(lines(compared(later(claims=table(ADOPTION, DAY | {"id": "day_2"}, PLAN))), "en"))
    assert listed[1:-2] == [
        "Numbers (moved: 0, new: 1, removed: 1)",
        "  + day_2 – Cloud_use, enterprises (France, 2031)",
        "      value: – → 24 March 2031",
        "  − day – Cloud_use, enterprises (France, 2031)",
        "      value: 24 March 2031 → –",
    ]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "fr",
            ["      valeur\u00a0: 19\u202f% → moins de 20\u202f%", "      tel qu’imprimé\u00a0: 19% → moins de 20 %"],
        ),
        ("en", ["      value: 19% → less than 20%", "      as printed: 19% → moins de 20 %"]),
    ],
)
def test_numbers_are_told_as_readers_write_them(compared: Any, lang: Lang, told: list[str]) -> None:
    moved = {"value": "20", "bound": "at_most", "strict": "true", "printed": "moins de 20 %"}
    assert list(lines(compared(later(claims=table(ADOPTION | moved, PLAN, DAY))), lang))[3:5] == told


@pytest.mark.parametrize(
    ("moved", "told"),
    [
        ({"value": "700000000", "precision": "50000000"}, "€667m → €0.7bn"),
        ({"value": "600000000", "value_high": "700000000", "bound": "range"}, "€667m → €600–700m"),
        ({"kind": "of a later time", "value": "1"}, "€667m → "),
        ({"value": "no number"}, "€667m → 667 M€"),
    ],
)
def test_what_this_code_cannot_tell_is_shown_as_printed(compared: Any, moved: dict[str, str], told: str) -> None:
    (entry,) = compared(later(claims=table(ADOPTION, PLAN | moved, DAY))).entries
    ((_, old, new), *_) = entry.differences("en")
    assert f"{old} → {new}".startswith(told)


def test_series_and_verdicts_are_compared_as_well(compared: Any) -> None:
    observed = table(OBSERVATION | {"flag": "b"})
    found = compared(later(series=observed, findings=table(FINDING | {"verdict": "holds", "grade": "exact"})))
    assert [(each.kind, each.id, each.fields) for each in found.entries] == [
        ("observation", "eurostat_fr_2031", ("flag",)),
        ("finding", "sum", ("verdict", "grade")),
    ]
    assert list(lines(found, "fr"))[4:7] == [
        "Verdicts (modifiés\u00a0: 1, nouveaux\u00a0: 0, retirés\u00a0: 0)",
        "  ≠ sum – La somme",
        "      verdict\u00a0: contredit → tient",
    ]


def test_a_chart_is_compared_by_what_its_drawing_says_with_a_digit(compared: Any) -> None:
    drawing = SVG.replace("19\u202f%</text>", "20\u202f%</text>").replace("Source&#160;: a", "Source&#160;: b")
    (chart,) = compared(later() | {"fr/charts/adoption.svg": drawing.encode()}).charts
    assert (chart.lang, chart.name, chart.what, chart.gone, chart.come) == (
        "fr",
        "adoption",
        "moved",
        ("19 %",),
        ("20 %",),
    )


def test_a_chart_with_a_table_of_its_own_is_compared_by_that(compared: Any) -> None:
    place = "fr/charts/adoption.csv"
    old = edition() | {place: table(ADOPTION, PLAN)}
    assert not compared(later() | {place: table(PLAN, ADOPTION | {"line": "4"})}, old)
    (chart,) = compared(later() | {place: table(ADOPTION | {"value": "20"}, PLAN)}, old).charts
    assert (chart.gone, chart.come) == (("adoption_fr_2031: 19\u202f%",), ("adoption_fr_2031: 20\u202f%",))
    (chart,) = compared(
        later() | {place: table({"who": "A", "n": "2"})}, edition() | {place: table({"who": "A", "n": "1"})}
    ).charts
    assert (chart.gone, chart.come) == (("A, 1",), ("A, 2",))


def test_charts_that_are_new_or_gone_are_named(compared: Any) -> None:
    new = {path: content for path, content in later().items() if "chart" not in path}
    found = compared(new | {"en/charts/funding.svg": b"<svg/>"})
    assert list(lines(found, "en"))[3:] == [
        "Charts (moved: 0, new: 1, removed: 1)",
        "  + funding (English version)",
        "  − adoption (French version)",
    ]


def moved_everywhere(compared: Any) -> Changes:
    hostile = "<script>alert(1)</script>&"
    found: Changes = compared(
        later(
            claims=table(ADOPTION | {"value": "20"}, PLAN | {"printed": hostile}),
            findings=table(FINDING | {"verdict": "holds", "title_en": hostile, "title_fr": hostile}),
        )
        | {"fr/charts/adoption.svg": SVG.replace("19\u202f%</text>", "1 &lt;script&gt;</text>").encode()}
    )
    return found


def test_the_record_holds_every_change_with_its_cells_and_both_languages(compared: Any) -> None:
    told = json.loads(json.dumps(record(moved_everywhere(compared))))
    assert told["old"] == {"name": "2031-05", "date": "2031-05-01"}
    assert told["moved"] is True
    first, _, gone = told["numbers"]
    assert (first["kind"], first["id"], first["what"]) == ("claim", "adoption_fr_2031", "moved")
    assert first["fields"] == {"value": {"old": "19", "new": "20"}}
    assert first["number"]["new"] == {"fr": "20\u202f%", "en": "20%"}
    assert (gone["id"], gone["what"], gone["number"]["new"]) == ("day", "removed", None)
    assert [each["id"] for each in told["findings"]] == ["sum"]
    assert told["charts"] == [
        {"lang": "fr", "name": "adoption", "what": "moved", "gone": ["19 %"], "come": ["1 <script>"]}
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_stands_by_itself_and_obeys_nothing_it_shows(compared: Any, lang: Lang) -> None:
    html = page(moved_everywhere(compared), lang)
    assert f'<html lang="{lang}">' in html
    assert "default-src 'none'; style-src 'sha256-" in unescape(html)
    assert html.count("<script") == html.count('href="http') == html.count(" src=") == 0
    assert html.count("&lt;script&gt;") == 3
    assert "<code>adoption_fr_2031</code>" in html
    assert [html.count(f'scope="{scope}"') for scope in ("col", "row")] == [9, 5]
    assert len(html) < 40_000


def test_the_page_says_where_nothing_moved(compared: Any) -> None:
    html = page(compared(later()), "fr")
    assert html.count("rien n’a bougé.") == 3
    assert "<table" not in html


def test_editions_are_found_by_name_by_order_and_by_folder(tmp_path: Path) -> None:
    out = tmp_path / "reports"
    for month in (4, 6, 5):
        publish(edition(f"2031-0{month}", f"2031-0{month}-01"), out, f"2031-0{month}")
    assert find(out, "2031-06") == out / "editions/2031-06"
    assert find(out, "latest") == out / "editions/2031-05"
    assert find(out, "previous") == out / "editions/2031-04"
    assert find(tmp_path, str(out)) == out
    with pytest.raises(UsageError, match=r"did you mean \"2031-0"):
        find(out, "2031-1")
    with pytest.raises(UsageError, match="no edition is kept in"):
        find(tmp_path, "2031-06")


def test_what_is_no_edition_or_not_as_published_is_not_compared(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no edition"):
        read(tmp_path)
    folder = placed(tmp_path / "old", edition())
    (folder / "data/claims.csv").write_bytes(table(ADOPTION))
    with pytest.raises(InputError, match=r"claims\.csv: the file is not what was published"):
        read(folder)


def test_the_command_ends_with_1_where_something_moved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "reports"
    publish(edition(), out, "2031-05")
    assert cli.main(["diff", "--out", str(out)]) == 2
    assert 'no edition "previous"' in capsys.readouterr().err
    publish(later(claims=table(ADOPTION | {"value": "20"}, PLAN, DAY)), out, "2031-06")
    assert (
        cli.main(["diff", "--out", str(out), "--json", "--html", str(tmp_path / "changes.html"), "--lang", "fr"]) == 1
    )
    assert json.loads(capsys.readouterr().out)["numbers"][0]["id"] == "adoption_fr_2031"
    assert '<html lang="fr">' in (tmp_path / "changes.html").read_text(encoding="utf-8")
    assert cli.main(["diff", "2031-06", str(out), "--out", str(out)]) == 0
    assert "nothing moved" in capsys.readouterr().out
    assert cli.main(["diff", "--out", str(out), "--html", str(tmp_path / "no/such/folder.html")]) == 4


# A number that was published moves only with a word of why.

MOVED = later(claims=table(ADOPTION | {"value": "20", "printed": "20%"}, PLAN, DAY))
CORRECTION = """[[correction]]
date = "2031-06-01"
claim = "adoption_fr_2031"
stood = "19%"
stands = "20%"
why_fr = "Une faute de frappe."
why_en = "A slip of the pen."
"""
NOTED = (
    "# Changelog\n\n## Unreleased\n\n### Numbers\n\n- `adoption_fr_2031`: 20%, not 19%.\n\n### Software\n\n- Faster.\n"
)
BEFORE = "\n## 2031-05 (1 May 2031)\n\n### Numbers\n\n- First edition.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that is about to publish the edition of June; that of May stands in its reports."""
    made = tmp_path / "project"
    (made / "data/raw").mkdir(parents=True)
    called(made, "2031-06")
    publish(edition(), made / "reports", "2031-05")
    return made


def called(project: Path, name: str, address: str = "https://example.org/nuage/") -> None:
    card = f'name = "{name}"\ndate = "2031-06-01"\naddress = "{address}"\n'
    (project / "data/raw/edition.toml").write_text(card)


def unexplained(project: Path, files: Mapping[str, bytes] = MOVED) -> list[str | None]:
    return [each.entry for each in moves(project / "reports", files, project)]


def test_a_published_number_that_moves_is_told_with_old_new_and_the_way_out(project: Path) -> None:
    (problem,) = moves(project / "reports", MOVED, project)
    assert str(problem).splitlines() == [
        "data/raw/claims/communique · adoption_fr_2031: a published number moves, and nothing says so",
        '  evidence: "19%" (value 19) in the edition 2031-05; "20%" (value 20) now',
        (
            '  way out:  put it back; or correct it in data/raw/corrections.toml with stood = "19%"; '
            "or name adoption_fr_2031 in CHANGELOG.md under Numbers, and say why"
        ),
    ]


@pytest.mark.parametrize(
    ("moved", "is_told"),
    [
        ({"value": "20"}, True),
        ({"unit": "percentage points"}, True),
        ({"bound": "at_least"}, True),
        ({"strict": "true"}, True),
        ({"printed": "19 %", "status": "estimated"}, False),
        ({"id": "adoption_fr_2032"}, False),
    ],
)
def test_a_number_moves_when_its_value_its_unit_or_its_bound_does(
    project: Path, moved: dict[str, str], is_told: bool
) -> None:
    assert unexplained(project, later(claims=table(ADOPTION | moved, PLAN, DAY))) == ["adoption_fr_2031"] * is_told
    observed = unexplained(project, later(series=table(OBSERVATION | moved)))
    assert observed == ["eurostat_fr_2031"] * is_told


@pytest.mark.parametrize(
    ("old", "new", "explains"),
    [("19%", "19%", True), ("19%", "18%", False), ("adoption_fr_2031", "plan_total", False)],
)
def test_a_correction_explains_it_with_the_value_that_stood(project: Path, old: str, new: str, explains: bool) -> None:
    (project / "data/raw/corrections.toml").write_text(CORRECTION.replace(old, new), encoding="utf-8")
    assert (unexplained(project) == []) is explains


@pytest.mark.parametrize(
    ("changelog", "explains"),
    [
        (NOTED + BEFORE, True),
        (NOTED, True),
        (NOTED.replace("_2031", "_20311") + BEFORE, False),
        (NOTED.replace("Numbers", "Software") + BEFORE, False),
        ("# Changelog\n\n## Unreleased\n\n### Numbers\n\n- None.\n" + BEFORE + "- `adoption_fr_2031`\n", False),
        (BEFORE + "- `adoption_fr_2031`\n", False),
        ("", False),
    ],
)
def test_the_changelog_explains_it_where_it_speaks_of_numbers_since(
    project: Path, changelog: str, explains: bool
) -> None:
    (project / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    assert (unexplained(project) == []) is explains


def test_an_edition_published_again_under_its_name_is_explained_in_its_own_section(project: Path) -> None:
    (project / "CHANGELOG.md").write_text(BEFORE + "- `adoption_fr_2031`\n", encoding="utf-8")
    assert unexplained(project) == ["adoption_fr_2031"]
    called(project, "2031-05")
    assert unexplained(project) == []


def test_a_number_that_was_public_stops_the_build_and_one_that_was_not_is_only_told(project: Path) -> None:
    out = project / "reports"
    with pytest.raises(Problems, match="adoption_fr_2031"):
        refuse_moves(out, MOVED, project)
    called(project, "2031-06", address="")
    assert [each.entry for each in refuse_moves(out, MOVED, project)] == ["adoption_fr_2031"]
    assert refuse_moves(out, later(), project) == ()
    publish(edition() | {"sitemap.xml": b""}, out, "2031-05")
    with pytest.raises(Problems, match="adoption_fr_2031"):
        refuse_moves(out, MOVED, project)


def test_where_nothing_was_published_nothing_moves(project: Path, tmp_path: Path) -> None:
    assert refuse_moves(tmp_path / "elsewhere", MOVED, project) == ()


def test_the_edition_kept_under_the_same_name_counts_as_well_as_the_last(project: Path) -> None:
    out = project / "reports"
    publish(MOVED, out, "2031-06")
    called(project, "2031-05")
    with pytest.raises(Problems) as caught:
        refuse_moves(out, edition(claims=table(ADOPTION | {"value": "21", "printed": "21%"}, PLAN, DAY)), project)
    assert [each.evidence for each in caught.value.problems] == [
        '"20%" (value 20) in the edition 2031-06; "21%" (value 21) now',
        '"19%" (value 19) in the edition 2031-05; "21%" (value 21) now',
    ]


def test_a_last_edition_that_is_not_as_published_cannot_vouch_for_anything(project: Path) -> None:
    (project / "reports/data/claims.csv").unlink()
    with pytest.raises(Problems, match="the file is not what was published"):
        refuse_moves(project / "reports", MOVED, project)
    called(project, "2031-06", address="")
    (problem,) = refuse_moves(project / "reports", MOVED, project)
    assert "not what was published" in str(problem)
