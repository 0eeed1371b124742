"""Passages of the documents: shown to a newsroom that holds them, and to nobody else."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from test_editions import faulty_project
from test_pages import HOSTILE, read, written
from test_pages_edition import CLAIMS, edition
from test_repository_words import Run, quoted, runs

from analysis import checks, documents, editions, pages
from analysis.claims import fold
from analysis.errors import SetupError, UsageError
from analysis.pages.passages import AROUND, Passage, passage, passages
from analysis.quantities import Lang

NOTE = {"fr": "Usage interne", "en": "Internal use"}
TOLD = (
    "from analysis.words import tell; "
    "tell(fr='# Un plan\\n\\nUn plan : {plan_total}.', en='# A plan\\n\\n{plan_total}.')"
)


def test_a_passage_is_cut_at_words_and_says_that_it_is_cut() -> None:
    text = "word " * 200 + "27%" + " more" * 200
    shown = passage(text, 1000, 1003)
    assert shown.number == "27%"
    assert shown.before.startswith("… word")
    assert shown.before.endswith(" ")
    assert shown.after.startswith(" more")
    assert shown.after.endswith("more …")
    assert len(shown.before) <= AROUND + 2


def test_a_passage_at_the_edge_of_a_document_is_not_cut() -> None:
    assert passage("27% of\n them", 0, 3) == Passage("", "27%", " of them")
    assert passage("Some 27%", 5, 8) == Passage("Some ", "27%", "")


def test_only_claims_whose_document_is_at_hand_have_a_passage() -> None:
    held = passages({each.id: each for each in CLAIMS}, {"letter": "x" * 900})
    assert list(held) == ["unused"]


def quoting() -> dict[str, str]:
    held = {"adoption_fr_2018": Passage("As many as ", "19%", f" of all, {HOSTILE}")}
    return dict(written(edition(passages=held)))


def test_every_page_of_an_edition_with_passages_says_what_it_is() -> None:
    for path, html in quoting().items():
        for lang in ("fr", "en") if path == "index.html" else (path[:2],):
            assert NOTE[lang] in html, path


def test_the_number_is_marked_in_its_passage_and_the_passage_is_shown_not_obeyed() -> None:
    page = read(quoting()["fr/proofs.html"])
    (mark,) = page.all("mark")
    assert mark.text == "19%"
    assert "blockquote" in mark.inside
    (passage_shown,) = [each for each in page.all("blockquote") if each.attributes.get("class") == "passage"]
    assert passage_shown.text.strip() == f"As many as 19% of all, {HOSTILE}"


def test_a_public_edition_holds_no_passage_and_no_such_note() -> None:
    for path, html in written(edition()):
        assert not read(html).all("mark"), path
        assert not any(note in html for note in NOTE.values()), path


@pytest.mark.parametrize("place", ["reports", "reports/inside", "elsewhere/../reports"])
def test_an_edition_with_passages_is_not_written_among_the_public_ones(sample: Path, place: str) -> None:
    project = faulty_project(sample, TOLD)
    with pytest.raises(UsageError, match="--out DIR"):
        editions.build(project, project / place, editions.jobs(project, ("fr",), {}), quoting=True)
    assert not (project / "reports").exists()


def test_an_edition_with_passages_needs_the_documents(sample: Path, tmp_path: Path) -> None:
    project = faulty_project(sample, TOLD)
    (tmp_path / "none").mkdir()
    with pytest.raises(SetupError, match="documents add"):
        editions.build(project, tmp_path / "out", editions.jobs(project, ("fr",), {}), tmp_path / "none", quoting=True)


def test_with_the_documents_a_proof_shows_its_passage(sample: Path, tmp_path: Path) -> None:
    project = faulty_project(sample, TOLD)
    editions.build(project, tmp_path / "out", editions.jobs(project, ("en",), {}), quoting=True)
    page = read((tmp_path / "out/en/proofs.html").read_text(encoding="utf-8"))
    assert len(page.all("mark")) == len(page.all("article")) > 0
    editions.build(project, tmp_path / "public", editions.jobs(project, ("en",), {}))
    assert not read((tmp_path / "public/en/proofs.html").read_text(encoding="utf-8")).all("mark")


def quoted_on(page: str) -> dict[str, tuple[str, Passage]]:
    """The passages on a page of proofs, with the language that each is marked as, by claim."""
    form = r'<blockquote class="passage"(?: lang="(\w+)")?>\s*<p>(.*?)<mark>(.*?)</mark>(.*?)</p>'
    articles = ((part.partition('"')[0], re.search(form, part)) for part in page.split('<article id="')[1:])
    return {name: (found[1] or "", Passage(*map(unescape, found.groups()[1:]))) for name, found in articles if found}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_proof_of_each_claim_shows_its_passage_with_the_number_at_its_place(
    lang: Lang, project: Path, texts: dict[str, str]
) -> None:
    evidence = checks.load(project)
    claims = evidence.ledger.claims
    told: dict[str, Any] = {
        "ledger": evidence.ledger,
        "catalogue": evidence.catalogue,
        "passages": passages(claims, texts),
    }
    held = edition(chapters={}, corrections=(), findings=(), **told)
    shown = quoted_on(pages.proofs(lang, held))
    assert shown.keys() == claims.keys()
    for name, (spoken, each) in shown.items():
        claim, text = claims[name], texts[claims[name].document.id]
        assert (spoken or lang) == claim.document.language
        assert each.number == fold(text[claim.start : claim.end]) == fold(claim.printed), name
        assert fold(text[: claim.start]).endswith(fold(each.before.removeprefix("… "))), name
        assert fold(text[claim.end :]).startswith(fold(each.after.removesuffix(" …"))), name


def words_of(file: Path) -> str:
    """A file of the edition as a reader sees it: markup out, and the fonts."""
    text = file.read_text(encoding="utf-8")
    if file.suffix in (".html", ".svg"):
        text = unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", " ", text, flags=re.DOTALL)))
    return text


def prose(text: str) -> str:
    """Without the numbers: they are the facts that an edition is made of, in whatever words."""
    return re.sub(r"\d+", " ", text)


@pytest.fixture(scope="module")
def document_runs(documents_folder: Path, project: Path) -> set[Run]:
    """The runs of words of the documents, but for those of their titles and addresses, which identify them."""
    texts = (file.read_text(encoding="utf-8") for file in documents_folder.glob("*.txt"))
    cards = documents.cards(project).values()
    named = {run for card in cards for told in (card.title, card.address) for _, run in runs(prose(told))}
    return {run for text in texts for _, run in runs(prose(text))} - named


def test_the_public_edition_quotes_no_document(edition: Path, document_runs: set[Run]) -> None:
    kinds = {".html", ".csv", ".json", ".svg", ".xml", ".ttl", ".jsonld", ".ipynb"}
    files = [file for file in edition.rglob("*") if file.suffix in kinds]
    found = {file.name: hits[:3] for file in files if (hits := list(quoted(prose(words_of(file)), document_runs)))}
    assert not found


def test_a_passage_in_the_edition_would_be_found(
    edition: Path, document_runs: set[Run], documents_folder: Path, tmp_path: Path
) -> None:
    text = max((file.read_text(encoding="utf-8") for file in documents_folder.glob("*.txt")), key=len)
    shown = passage(text, len(text) // 2, len(text) // 2 + 4)
    planted = tmp_path / "proofs.html"
    planted.write_text(
        (edition / "fr/proofs.html").read_text(encoding="utf-8").replace("</dl>", f"</dl><p>{shown.before}</p>", 1),
        encoding="utf-8",
    )
    assert list(quoted(prose(words_of(planted)), document_runs))
