"""An edition of which every text wants to be code: each page, picture, PDF and file holds it as the text it is."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from pypdf import PdfReader
from test_pages import Page, read

from analysis import checks, documents, editions, package, tables
from analysis.errors import UsageError
from analysis.quantities import Lang
from analysis.series.collected import COLUMNS
from analysis.tables.cells import unmarked
from analysis.words import typeset

#: A formula for spreadsheets first, since only the beginning of a cell counts for them.
HOSTILE = (
    '=HYPERLINK("https://example.org","x") </script><script>alert(1)</script> "><img src=x onerror=alert(1)> '
    "]]> {{7*7}} {% raw %} a\u2028b\u2029c #panic() $x$ *b* @ref ' or 1=1; -- &lt;b&gt;"
)
#: The same for texts in which braces are fields and digits are refused.
TOLD = re.sub(r"\d", "", HOSTILE).replace("{", "{{").replace("}", "}}")
SHOWN = re.sub(r"\d", "", HOSTILE)
#: The same where it is drawn or set on paper: no font has signs for these two, which stops the build.
SET = HOSTILE.replace("\u2028", " ").replace("\u2029", " ")
LANGUAGES: tuple[Lang, ...] = ("fr", "en")

#: The same for the ledger, which quotes no more than eight words of a document.
NAMED = '=HYPERLINK("x")</script><script>alert(1)</script>"><img\u00a0src=x\u00a0onerror=x>]]>{{7*7}}\u2028#panic()$x$'
CELLS = f"""
import pandas as pd
from analysis import checks, words
from analysis.charts.canvas import Canvas
from analysis.charts.chart import Chart
words.use(language)
hostile = {SET!r}

words.tell(fr="# {{t}}\\n\\n{{t}}", en="# {{t}}\\n\\n{{t}}", t=hostile)

words.tell(fr="## {{t}}\\n\\n{{t}} {{adoption_2031}}", en="## {{t}}\\n\\n{{t}} {{adoption_2031}}", t=hostile)

frame = pd.DataFrame({{"check": [hostile], "worked_out": [hostile]}})
view = words.present(frame, name="x", caption_fr="{{t}}", caption_en="{{t}}", t=hostile)
view

sheet = Canvas(600)
sheet.paragraph(0, 500, hostile)
texts = dict.fromkeys(["headline", "subtitle", "note", "source", "alt"], hostile)
parts = {{"description": (hostile,), "claims": ("adoption_2031",), "table": lambda: view, "sketch": lambda _: sheet}}
Chart("x", language, **texts, **parts)

checks.show("twice")

checks.show("at_the_office")
""".strip().split("\n\n")


def toml(entries: dict[str, Any]) -> str:
    """Texts, numbers and lists as TOML, which JSON writes just so."""
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in entries.items())


def claims(file: Path) -> str:
    """The claims of a ledger with hostile texts, and a hostile name."""
    told = dict.fromkeys(("note_fr", "note_en"), TOLD)
    stated = {f"statement_{lang}": f"{TOLD} {{value}}" for lang in LANGUAGES}
    text = 'document = "communique"\n'
    for entry in tomllib.loads(file.read_text(encoding="utf-8"))["claim"]:
        plain = {name: value for name, value in entry.items() if not isinstance(value, dict)}
        text += f"\n[[claim]]\n{toml(plain | told | stated | {'context': HOSTILE})}"
    name = {"id": "named", "table": "partners", "printed": NAMED, "at": [1, 9], "line": 1, "context": HOSTILE}
    said = {"subject": "cloud_strategy", "role": "lead", "said_by": "none"}
    return f"{text}\n[[name]]\n{toml(name | said | told | dict.fromkeys(('statement_fr', 'statement_en'), TOLD))}"


def series() -> dict[str, str]:
    """The card and the rows of a series, by file name."""
    texts = ("title", "terms", "collected", "note")
    card = {f"{name}_{lang}": HOSTILE for name in texts for lang in LANGUAGES} | {"publisher": HOSTILE}
    row = dict.fromkeys(COLUMNS, "") | {
        "id": "office_2031", "printed": "43 %", "language": "fr", "subject": "enterprises", "place": "FR",
        "measure": "cloud_adoption", "period": "2031", "status": "measured", "measured_by": "eurostat",
        "said_by": "eurostat", "released": "2031-01-01", "publisher": HOSTILE, "address": "javascript:alert(1)",
        "second_address": f"https://example.org/{HOSTILE}", "agreement": "two places", "note_fr": TOLD, "note_en": TOLD,
    }  # fmt: skip
    written = io.StringIO()
    rows = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    rows.writeheader()
    rows.writerow(row)
    return {
        "office.toml": toml({"id": "office", "address": "javascript:alert(1)"} | card),
        "office.csv": written.getvalue(),
    }


def declared() -> str:
    fields = ("title", "reason", "says", "means", "settle")
    texts = {f"{field}_{lang}": TOLD for field in fields for lang in LANGUAGES}
    common = {"relation": "same", "expected": "contradicts", "grade": "numbers_disagree"}
    twice = {"id": "twice", "of": ["plan_total"], "gives": "plan_public", "across": ["payer"]}
    office = {"id": "at_the_office", "of": ["adoption_2031"], "gives": "office_2031", "expected": "not_comparable"}
    return "".join(f"\n[[check]]\n{toml(common | each | texts)}" for each in (twice, office | {"grade": ""}))


def corrections() -> str:
    entry = {"date": "2031-06-01", "claim": "adoption_2031", "stood": "41 %", "stands": "42 %"}
    return f"[[correction]]\n{toml(entry | dict.fromkeys(('why_fr', 'why_en'), TOLD))}"


def notebook() -> dict[str, Any]:
    cells = [{"cell_type": "code", "id": "p", "metadata": {"tags": ["parameters"]}, "source": 'language = "fr"'}]
    cells += [{"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": each} for n, each in enumerate(CELLS)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "cells": [cell | {"outputs": [], "execution_count": None} for cell in cells],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@pytest.fixture(scope="session")
def attacked(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of a project whose every free text is hostile."""
    root = tmp_path_factory.mktemp("hostile")
    made = Path(shutil.copytree(project / "tests/sample", root / "project"))
    raw = made / "data/raw"
    (raw / "claims/communique.toml").write_text(claims(raw / "claims/communique.toml"))
    card = tomllib.loads((raw / "documents/communique.toml").read_text(encoding="utf-8"))
    kept = ("id", "language", "date", "licence_open", "sha256", "text_sha256", "length", "authors")
    hostile = {name: card[name] if name in kept else HOSTILE for name in (*card, "remarks_fr", "remarks_en")}
    (raw / "documents/communique.toml").write_text(toml(hostile | {"authors": [HOSTILE], "short_title": HOSTILE}))
    (raw / "series").mkdir()
    for name, content in series().items():
        (raw / "series" / name).write_text(content, encoding="utf-8")
    (raw / "claims/checks.toml").write_text(declared())
    (raw / "corrections.toml").write_text(corrections())
    (raw / "edition.toml").write_text('name = "2031-06"\ndate = "2031-06-02"\naddress = "https://example.org/nuage"\n')
    (made / "notebooks").mkdir()
    (made / "notebooks/02_adoption.ipynb").write_text(json.dumps(notebook()))
    evidence = checks.load(made)
    shelf = documents.shelf(raw / "documents", evidence.ledger.documents)
    package.write(evidence, shelf.texts, made / tables.FOLDER)
    (raw / "documents/communique.txt").unlink()  # the places of its claims are hostile too, and hold nothing
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NUAGE_PROJECT", "NUAGE_DOCUMENTS"):
            patch.delenv(name, raising=False)
        patch.setenv("NUAGE_CACHE", str(root / "cache"))
        editions.build(made, root / "edition", editions.jobs(made, LANGUAGES, {}))
    return (root / "edition/latest").resolve()


def files(edition: Path, ending: str) -> list[Path]:
    found = sorted(edition.rglob(f"*{ending}"))
    assert found
    return found


@pytest.fixture(scope="session")
def site(attacked: Path) -> dict[str, Page]:
    return {f.relative_to(attacked).as_posix(): read(f.read_text(encoding="utf-8")) for f in files(attacked, ".html")}


def test_pages_show_hostile_text_and_obey_none_of_it(site: dict[str, Page]) -> None:
    for path, page in site.items():
        assert not page.all("img", "iframe", "object", "embed", "base", "form", "foreignobject", "b", "i"), path
        for element in page.elements:
            assert not any(name.startswith("on") for name in element.attributes), path
            addresses = [element.attributes.get(name, "") for name in ("href", "src", "action", "data")]
            assert not any(address.lower().lstrip().startswith("javascript:") for address in addresses), path
        if path != "index.html":
            assert "<script>alert(" in page.all("main")[0].text, path


def test_links_lead_out_by_https_only_and_never_by_a_quotation_mark(site: dict[str, Page]) -> None:
    for path, page in site.items():
        for link in page.all("a", "link"):
            target = link.attributes["href"]
            assert re.match(r"https://|data:,$|[\w./-]*(#[\w-]+)?$", target), (path, target)


def test_only_scripts_of_ours_stand_in_a_page(site: dict[str, Page]) -> None:
    ours = (resources.files("analysis.pages") / "numbers.js").read_text(encoding="utf-8")
    for path, page in site.items():
        for script in page.all("script"):
            if "head" in script.inside:
                assert script.attributes == {"type": "application/ld+json"}, path
                assert json.loads(script.text)["@graph"], path
            else:
                assert (path.endswith("numbers.html"), script.text) == (True, ours)


def test_every_page_forbids_all_that_does_not_stand_in_it(site: dict[str, Page]) -> None:
    digest = r"'sha256-[A-Za-z0-9+/]{43}='"
    strict = re.compile(
        rf"default-src 'none'; style-src {digest}; (script-src {digest}; )?font-src data:; img-src data:; "
        r"base-uri 'none'; form-action 'none'"
    )
    for path, page in site.items():
        (policy,) = [meta for meta in page.all("meta") if "http-equiv" in meta.attributes]
        assert strict.fullmatch(policy.attributes["content"]), path
        assert ("script-src" in policy.attributes["content"]) == path.endswith("numbers.html")
        assert page.elements.index(policy) < page.elements.index(page.all("title")[0])


def test_what_search_engines_are_told_is_the_text_itself(site: dict[str, Page]) -> None:
    graph = json.loads(site["en/adoption.html"].all("script")[0].text)["@graph"]
    article, data, review = graph
    assert article["headline"] == SET
    assert SET in data["name"]
    assert article["citation"][0]["name"] == typeset(HOSTILE, "fr")
    assert article["citation"][0]["url"].startswith("https://example.org/nuage/en/proofs.html#")
    assert "</script>" in review["claimReviewed"]
    cards = [
        each.attributes["content"] for each in site["en/adoption.html"].all("meta") if "property" in each.attributes
    ]
    assert cards.count(SET) >= 2


def test_pictures_hold_hostile_text_as_text(attacked: Path) -> None:
    for file in files(attacked, ".svg"):
        root = ElementTree.fromstring(file.read_bytes())  # noqa: S314  # it is ours
        assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {"svg", "title", "desc", "path", "text"}
        assert not any(name.startswith("on") or "href" in name for each in root.iter() for name in each.attrib)
        assert "</script><script>alert(1)</script>" in "".join(root.itertext())


def test_pdfs_hold_hostile_text_as_text_and_nothing_that_acts(attacked: Path) -> None:
    for file in files(attacked, ".pdf"):
        made = pikepdf.open(file)
        names = {name for each in made.objects if isinstance(each, pikepdf.Dictionary) for name in each.keys()}  # noqa: SIM118
        assert not names & {"/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFiles", "/SubmitForm"}
        targets = [str(each.URI) for each in made.objects if isinstance(each, pikepdf.Dictionary) and "/URI" in each]
        assert not [target for target in targets if not target.startswith("https://")]
        if file.stem == "adoption":
            assert str(made.docinfo["/Title"]).split() == typeset(SET, "fr").split()
        shown = "".join("".join(page.extract_text() for page in PdfReader(file).pages).split())
        for payload in ("</script><script>alert(1)</script>", "#panic()", "$x$", "*b*", "@ref", "{{7*7}}", "]]>"):
            assert payload in shown, payload


def test_the_feed_and_the_list_of_pages_are_xml_that_holds_text(attacked: Path) -> None:
    for file in files(attacked, ".xml"):
        root = ElementTree.fromstring(file.read_bytes())  # noqa: S314  # it is ours
        assert {each.tag for each in root.iter() if "script" in each.tag or "img" in each.tag} == set()
        if file.name == "feed.xml":
            assert "</script><script>alert(" in "".join(root.itertext())


def cells(file: Path) -> Iterator[str]:
    for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")):
        yield from row


def test_no_cell_of_a_csv_file_begins_as_a_formula_and_each_can_be_had_back(attacked: Path) -> None:
    found = [cell for file in files(attacked, ".csv") for cell in cells(file)]
    assert not [cell for cell in found if re.match(r"[=+@\t\r\n-]", cell) and not re.match(r"[+-][\d.]+$", cell)]
    had = {unmarked(cell) for cell in found}
    assert {HOSTILE, NAMED} <= had


def test_the_database_holds_hostile_text_as_text(attacked: Path) -> None:
    with closing(sqlite3.connect(attacked / "data" / package.DATABASE)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("SELECT title FROM documents").fetchall() == [(HOSTILE,)]
        assert opened.execute("SELECT name FROM partners WHERE name = ?", [NAMED]).fetchall() == [(NAMED,)]
        assert opened.execute("SELECT note_en FROM claims WHERE id = 'plan_total'").fetchall() == [(TOLD,)]


def test_notebooks_and_descriptions_are_json_with_nothing_to_run(attacked: Path) -> None:
    for ending in (".json", ".jsonld"):
        for file in files(attacked, ending):
            json.loads(file.read_text(encoding="utf-8"))
    for file in files(attacked, ".ipynb"):
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                shown = output["data"]
                for kind in ("text/html", "image/svg+xml"):
                    ours = re.sub(
                        r'<img alt="[^"<>]*" src="data:image/svg\+xml;[^"<>]*">', "", "".join(shown.get(kind, ""))
                    )
                    assert not re.search(r"<(script|img)\b", ours)


def test_a_parameter_is_chosen_and_never_written(project: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose some of"):
        editions.build(project, tmp_path / "out", editions.jobs(project, ("fr",), {"countries": HOSTILE}))
    with pytest.raises(UsageError, match="no parameter"):
        editions.build(project, tmp_path / "out", editions.jobs(project, ("fr",), {HOSTILE: "FI"}))
