"""The command review: listing, JSON, SARIF, the annotated copy, exit codes."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from analysis import claims, cli, series
from analysis.review import SIGNS, VERDICTS, Reviewer, annotated

ARTICLE = (
    "\ufeffCloud : un plan\r\n\r\nLa stratégie cloud compte 676 millions\r\nd'euros de fonds publics, "
    "680 du privé. Le groupe emploie 2\u202f800 salariés. Lyon reçoit 12 M€ et Lille 15 M€, soit 29 M€ au total.\r\n"
)
HOSTILE = (
    "</section></style><script>alert(1)</script><img src=x onerror=alert(2)> La stratégie cloud compte "
    "676 millions d'euros \"><b onclick='x'>de fonds publics</b> &amp; \u202e27 % \x07 javascript:alert(3)\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article with a byte order mark, two kinds of lines, a number over a line break, and two findings."""
    file = tmp_path / "folder" / "article été.txt"
    file.parent.mkdir()
    file.write_bytes(ARTICLE.encode())
    return file


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Runs the command on the project; returns its exit code and what it printed."""

    def command(*arguments: object) -> tuple[int, str]:
        code = cli.main(["--project", str(project), "review", *map(str, arguments)])
        return code, capsys.readouterr().out

    return command


def records(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_each_record_prints_what_stands_in_the_file_as_it_is(article: Path, run: Callable[..., Any]) -> None:
    code, printed = run("--json", article)
    found = records(printed)
    assert code == 1
    assert [ARTICLE[r["start"] : r["end"]] for r in found] == [r["printed"] for r in found]
    assert [(r["printed"][:5], r["verdict"]) for r in found] == [
        ("676 m", "differs"),
        ("680", "agrees"),
        ("2\u202f800", "unknown"),
        ("12 M€", "unknown"),
        ("15 M€", "unknown"),
        ("29 M€", "inconsistent"),
    ]


def test_a_record_has_the_keys_of_the_contract(article: Path, run: Callable[..., Any]) -> None:
    found = records(run("--json", article)[1])
    keys = ("file", "start", "end", "line", "printed", "kind", "verdict", "claim", "expected", "why", "source", "slip")
    assert {tuple(r) for r in found} == {keys}
    assert {r["file"] for r in found} == {"article été.txt"}
    first = found[0]
    assert (first["slip"], first["line"]) == ("digits_swapped", 3)
    assert first["expected"] == "667\u00a0M€"
    assert found[2]["claim"] is None


def test_nothing_that_differs_is_exit_code_0(tmp_path: Path, run: Callable[..., Any]) -> None:
    file = tmp_path / "right.txt"
    file.write_text("Le plan cloud prévoit 30 millions d'euros pour la formation.", encoding="utf-8")
    code, printed = run(file)
    assert code == 0
    assert SIGNS["agrees"] in printed


@pytest.mark.parametrize(
    "arguments", [["missing.txt"], ["--html", "out.html", "a.txt", "b.txt"], ["--lang", "de", "a.txt"], []]
)
def test_what_is_asked_wrongly_is_exit_code_2(
    arguments: list[str], tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("27 %", encoding="utf-8")
    assert run(*arguments)[0] == 2


@pytest.mark.parametrize("columns", [20, 40, 80, 160])
def test_the_listing_keeps_to_the_width_of_the_terminal(
    columns: int, article: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run(article)[1].splitlines()[1:-1]
    assert all(len(line) <= max(columns, 24) for line in lines), max(lines, key=len)


def test_the_listing_tells_verdicts_in_signs_and_words(article: Path, run: Callable[..., Any]) -> None:
    printed = run(article)[1]
    assert "✗ diffère" in printed
    assert "≠ calcul faux" in printed
    assert "✗ differs" in run("--lang", "en", article)[1]


def test_the_terminal_is_never_sent_its_own_commands(tmp_path: Path, run: Callable[..., Any]) -> None:
    file = tmp_path / "hostile.txt"
    file.write_text("La stratégie cloud \x1b[31mcompte\x07 676 millions d'euros de fonds publics.", encoding="utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f]", run(file)[1])


def test_html_and_pdf_are_read_as_scan_reads_them(tmp_path: Path, run: Callable[..., Any]) -> None:
    file = tmp_path / "page.html"
    file.write_text("<p>La stratégie cloud compte <b>676</b> millions d'euros de fonds publics.", encoding="utf-8")
    (found,) = records(run("--json", file)[1])
    assert found["slip"] == "digits_swapped"


def test_it_works_from_any_folder_with_any_locale_and_from_standard_input(tmp_path: Path, project: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "analysis.cli", "--project", str(project), "review", "--json", "-"],
        input=ARTICLE.encode(),
        capture_output=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["verdict"] == "differs"


# SARIF.


def sarif(article: Path, run: Callable[..., Any], tmp_path: Path) -> dict[str, Any]:
    run("--sarif", tmp_path / "out.sarif", article)
    log: dict[str, Any] = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    return log


def test_sarif_holds_the_findings_and_nothing_else(article: Path, run: Callable[..., Any], tmp_path: Path) -> None:
    (only,) = sarif(article, run, tmp_path)["runs"]
    assert [r["ruleId"] for r in only["results"]] == ["differs/digits_swapped", "inconsistent"]
    rules = only["tool"]["driver"]["rules"]
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] in ("error", "warning")


def test_sarif_has_what_the_standard_demands(article: Path, run: Callable[..., Any], tmp_path: Path) -> None:
    log = sarif(article, run, tmp_path)
    (only,) = log["runs"]
    driver = only["tool"]["driver"]
    assert log["version"] == "2.1.0"
    assert driver["name"]
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert only["columnKind"] == "unicodeCodePoints"
    for result in only["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[\w./%~-]+", place["artifactLocation"]["uri"])
        region = place["region"]
        assert 1 <= region["startLine"] <= region["endLine"]
        assert region["startColumn"] >= 1
        start = region["charOffset"]
        assert ARTICLE[start : start + region["charLength"]].split() == region["snippet"]["text"].split()


def test_sarif_columns_are_those_of_the_line(article: Path, run: Callable[..., Any], tmp_path: Path) -> None:
    region = sarif(article, run, tmp_path)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    lines = ARTICLE.removeprefix("\ufeff").split("\r\n")
    assert lines[region["startLine"] - 1][region["startColumn"] - 1 :].startswith("676")
    assert lines[region["endLine"] - 1][: region["endColumn"] - 1].endswith("d'euros")


def test_the_same_article_gives_the_same_bytes(article: Path, run: Callable[..., Any], tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        run("--sarif", tmp_path / "out.sarif", "--html", tmp_path / "out.html", article)
        made.append((tmp_path / "out.sarif").read_bytes() + (tmp_path / "out.html").read_bytes())
    assert made[0] == made[1]


# The annotated copy.


class Page(HTMLParser):
    """The elements of a page, its ids and links, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]


@pytest.fixture(scope="module")
def reviewer(project: Path) -> Reviewer:
    return Reviewer.of(claims.load(project), series.load(project))


def annotated_copy(reviewer: Reviewer, text: str) -> str:
    return annotated.page(reviewer.review(text), "<b>article</b>.txt")


def test_links_lead_from_each_number_to_its_remark_and_back(reviewer: Reviewer) -> None:
    page = Page(annotated_copy(reviewer, ARTICLE))
    count = len(reviewer.review(ARTICLE).remarks)
    assert page.ids == list(dict.fromkeys(page.ids))
    assert set(page.links) == {f"#{letter}{n}" for letter in "nr" for n in range(1, count + 1)}
    assert {link.removeprefix("#") for link in page.links} == set(page.ids)


def test_the_page_is_one_file_without_script_that_asks_nothing_of_the_network(reviewer: Reviewer) -> None:
    html = annotated_copy(reviewer, ARTICLE)
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "srcset", "style")]
    assert "default-src 'none'" in html
    assert "url(" not in html
    assert "@import" not in html


def test_the_policy_allows_the_page_s_own_style(reviewer: Reviewer) -> None:
    html = annotated_copy(reviewer, ARTICLE)
    style = html[html.index("<style>") + len("<style>") : html.index("</style>")]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in html


def test_nothing_of_a_hostile_article_becomes_markup(reviewer: Reviewer) -> None:
    calm = set(Page(annotated_copy(reviewer, "La stratégie cloud compte 676 M€ publics, 27 % du total.")).tags)
    html = annotated_copy(reviewer, HOSTILE)
    assert set(Page(html).tags) <= calm
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&amp;amp;" in html
    assert "\u202e" not in html
    assert "\x07" not in html


def test_the_text_of_the_article_is_all_there(reviewer: Reviewer) -> None:
    html = annotated_copy(reviewer, ARTICLE)
    article = html[html.index('<section class="article"') : html.index("</section>")]
    for added in (r'<span class="sign".*?</span>', r'<span class="aloud".*?</span>', r"<[^>]+>"):
        article = re.sub(added, "", article)
    assert article.replace("&#x27;", "'") == ARTICLE


def test_languages_signs_and_words_are_marked(reviewer: Reviewer) -> None:
    review = reviewer.review("La stratégie cloud compte 676 M€ publics.", "en")
    html = annotated.page(review, "a.txt")
    assert '<html lang="en"' in html
    assert '<section class="article" lang="fr"' in html
    assert "(differs)" in html
    assert all(SIGNS[verdict] in html for verdict in VERDICTS)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_stand_out_in_light_and_dark(reviewer: Reviewer) -> None:
    html = annotated_copy(reviewer, ARTICLE)
    for scheme in re.findall(r"--ground: (#\w{6});(.*?)\}", html, re.DOTALL):
        ground, rest = scheme
        colours = re.findall(r"--\w+: (#\w{6})", rest)
        assert len(colours) == 6
        for colour in colours:
            low, high = sorted((luminance(ground), luminance(colour)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (ground, colour)
