"""Adding a document: its card, its text and its drafts, all or none; and what is left to fill in."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from analysis import claims, cli, documents, editions, notebooks, reading
from analysis.claims.binding import binding
from analysis.errors import InputError, NuageError, Problems, SetupError, UsageError

RELEASE = Path(__file__).resolve().parents[1] / "docs/press_release.txt"
CARD, TEXT, LEDGER = (
    f"data/raw/{folder}/release.{end}"
    for folder, end in (
        ("documents", "toml"),
        ("documents", "txt"),
        ("claims", "toml"),
    )
)
FILLED = {
    "table": "adoption",
    "subject": "enterprises",
    "measure": "cloud_adoption",
    "place": "FR",
    "period": "2031",
    "measured_by": "not_stated",
    "said_by": "not_stated",
    "status": "measured",
    "statement_fr": "{value} des entreprises.",
    "statement_en": "{value} of enterprises.",
}


@pytest.fixture
def taken_in(sample: Path) -> Path:
    """The sample project, with the press release taken in as a document."""
    claims.draft(RELEASE, "release", sample)
    return sample


def drafts(project: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads((project / LEDGER).read_text(encoding="utf-8"))["draft"]
    return entries


def complete(project: Path, number: int, **filled: str) -> None:
    """Fills in a draft as a person would, and makes it a claim."""
    opening, *entries = (project / LEDGER).read_text(encoding="utf-8").split("[[draft]]\n")
    for field, value in filled.items():
        entries[number] = entries[number].replace(f'{field} = ""', f'{field} = "{value}"')
    parts = [f"[[{'claim' if index == number else 'draft'}]]\n{entry}" for index, entry in enumerate(entries)]
    (project / LEDGER).write_text("".join([opening, *parts]), encoding="utf-8")


def left(project: Path) -> list[str]:
    """What ``verify`` says is still to be filled in."""
    problems = editions.verify(project, project / documents.FOLDER).problems
    return [f"{problem.entry}: {problem.what}" for problem in problems if "fill" in problem.what]


def files(project: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def test_the_card_holds_the_fingerprints_and_the_document_is_recognised(taken_in: Path) -> None:
    card = documents.cards(taken_in)["release"]
    content = RELEASE.read_bytes()
    assert (card.sha256, card.length) == (hashlib.sha256(content).hexdigest(), len(content.decode()))
    assert documents.recognise(content, [card]) is card
    assert (taken_in / TEXT).read_bytes() == content
    assert card.language == "fr"
    assert "title" in card.empty


def test_every_figure_is_drafted_at_its_place_and_nothing_else(taken_in: Path) -> None:
    text = documents.canonical(RELEASE.read_bytes())
    figures = [q for q in reading.scan(text) if q.is_figure]
    entries = drafts(taken_in)
    assert [entry["at"] for entry in entries] == [[q.start, q.end] for q in figures]
    assert [entry["printed"] for entry in entries] == [claims.fold(q.printed) for q in figures]
    assert [entry["context"] for entry in entries] == [claims.fingerprint(text, q.start, q.end) for q in figures]
    assert [entry["line"] for entry in entries] == [documents.line_of(text, q.start) for q in figures]
    assert len({entry["id"] for entry in entries}) == len(entries)


def test_the_words_that_bind_a_number_are_drafted_with_their_place(taken_in: Path) -> None:
    text = documents.canonical(RELEASE.read_bytes())
    start = text.index("moins de")
    assert drafts(taken_in)[1]["cue"] == {"printed": "moins de", "at": [start, start + len("moins de")]}
    assert "cue" not in drafts(taken_in)[0]


@pytest.mark.parametrize(
    ("text", "cue", "unit"),
    [
        ("Le parc dépasse 12 sites.", "dépasse", None),
        ("Il en compte au moins 12.", "au moins", None),
        ("Phase terminée.Jusqu’à 12 sites", "Jusqu’à", None),
        ("Une part de 12 %", None, None),
        ("Crédits (en M€)\nÉtat 12 30\nRégions 4 8", None, "en M€"),
    ],
)
def test_the_fewest_words_that_make_a_number_what_it_is_are_found(text: str, cue: str | None, unit: str | None) -> None:
    found = binding(next(q for q in reading.scan(text) if q.is_figure), text, "fr")
    assert found.suffices
    assert (found.cue and found.cue.printed, found.unit_words and found.unit_words.printed) == (cue, unit)
    for anchor in filter(None, (found.cue, found.unit_words)):
        assert text[slice(*anchor.at)] == anchor.printed


def test_a_number_that_cannot_be_read_alone_is_remarked_on(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le plan réunit 800 M€, dont 533 millions et 12 autres.", encoding="utf-8")
    drafted = claims.draft(tmp_path / "a.txt", "release", sample)
    assert drafted.drafts == 3
    assert drafted.ledger.read_text(encoding="utf-8").count("find the words for cue or unit_words") == 1


def test_what_is_left_is_listed_by_document_and_line(taken_in: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Un autre texte compte 12 projets.", encoding="utf-8")
    claims.draft(tmp_path / "a.txt", "another", taken_in)
    entries = [line.partition(":")[0] for line in left(taken_in)]
    assert entries == [
        "card",
        "another_001 (line 1)",
        "card",
        "release_001 (line 6)",
        "release_002 (line 6)",
        "release_003 (line 9)",
        "release_004 (line 9)",
    ]


def test_a_completed_draft_is_a_claim_and_no_longer_listed(taken_in: Path) -> None:
    complete(taken_in, 1, **FILLED | {"period": "2027"})
    claim = claims.load(taken_in)["release_002"]
    assert (str(claim.quantity.value), claim.quantity.bound) == ("20", "at_most")
    assert not any("release_002" in line for line in left(taken_in))
    assert not any(
        "release_002" in str(problem) for problem in editions.verify(taken_in, taken_in / documents.FOLDER).problems
    )


def test_a_draft_whose_fields_are_filled_in_is_to_be_made_a_claim(taken_in: Path) -> None:
    complete(taken_in, 0, **FILLED)
    ledger = taken_in / LEDGER
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("[[claim]]", "[[draft]]"), encoding="utf-8")
    assert claims.load(taken_in).drafts["release_001"].empty == ()
    assert "release_001 (line 6): nothing is left to fill in" in left(taken_in)


def test_nothing_is_made_of_a_draft(taken_in: Path) -> None:
    assert not any(c.document.id == "release" for c in claims.load(taken_in).claims.values())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('measure = ""', 'mesure = ""', 'did you mean "measure"'),
        ("line = 6", 'line = "6"', "not a whole number"),
        ('status = ""', 'status = "guessed"', "not one of measured"),
        ('id = "release_002"', 'id = "release_001"', "two claims have this id"),
        ('id = "release_002"', 'id = "plan_total"', "two claims have this id"),
    ],
)
def test_a_faulty_draft_is_told_like_a_faulty_claim(taken_in: Path, old: str, new: str, told: str) -> None:
    ledger = taken_in / LEDGER
    ledger.write_text(ledger.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(Problems) as caught:
        claims.load(taken_in)
    assert told in str(caught.value)
    assert "data/raw/claims/release.toml" in str(caught.value)


def test_of_html_the_canonical_text_is_kept(sample: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<title>Valmont</title><p>En 2031, <b>42</b>&nbsp;% des &lt;p&gt;", encoding="utf-8")
    claims.draft(page, "release", sample)
    text = "En 2031, 42\xa0% des <p>\n"
    assert (sample / TEXT).read_text(encoding="utf-8") == text
    card = documents.cards(sample)["release"]
    assert card.sha256 == hashlib.sha256(page.read_bytes()).hexdigest()
    assert card.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert documents.shelf(sample / documents.FOLDER, documents.cards(sample)).texts["release"] == text


@pytest.mark.parametrize("name", ["", "Release", "2031", "a-b", "../a", "a.toml", "é"])
def test_an_id_that_is_no_name_is_a_wrong_call(sample: Path, name: str) -> None:
    before = files(sample)
    with pytest.raises(UsageError, match="the id is not a name"):
        claims.draft(RELEASE, name, sample)
    assert files(sample) == before


@pytest.mark.parametrize("there", [CARD, TEXT, LEDGER])
def test_what_is_there_is_never_replaced(sample: Path, there: str) -> None:
    (sample / there).write_text("a person's work", encoding="utf-8")
    before = files(sample)
    with pytest.raises(NuageError) as caught:
        claims.draft(RELEASE, "release", sample)
    assert Path(there).name in str(caught.value)
    assert files(sample) == before


def test_a_text_that_is_in_its_place_already_is_no_obstacle(sample: Path) -> None:
    (sample / TEXT).write_bytes(RELEASE.read_bytes())
    assert claims.draft(sample / TEXT, "release", sample).drafts == 4


def test_a_document_is_not_added_twice(taken_in: Path) -> None:
    with pytest.raises(InputError, match='already the document "release"'):
        claims.draft(RELEASE, "again", taken_in)


@pytest.mark.parametrize("failing", range(6))
def test_an_error_on_the_way_leaves_nothing_behind(sample: Path, failing: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails at the first to the last of three writes and three renames."""
    before, calls = files(sample), iter(range(6))

    def faulty(work: Any) -> Any:
        def attempt(self: Path, *given: Any) -> Any:
            if next(calls) == failing:
                work(self, *given)
                raise OSError(28, "No space left on device", str(self))
            return work(self, *given)

        return attempt

    monkeypatch.setattr(Path, "write_bytes", faulty(Path.write_bytes))
    monkeypatch.setattr(Path, "rename", faulty(Path.rename))
    with pytest.raises(SetupError, match="cannot be written"):
        claims.draft(RELEASE, "release", sample)
    monkeypatch.undo()
    assert files(sample) == before


def test_the_command_writes_three_files_and_verify_then_has_findings(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["add", str(RELEASE), "--id", "release", "--project", str(sample)]) == 0
    written = capsys.readouterr().out
    assert all(name in written for name in (CARD, TEXT, LEDGER))
    assert "claims drafted: 4" in written
    assert cli.main(["--project", str(sample), "verify"]) == 1
    told = capsys.readouterr()
    assert "4 drafts still to be completed" in told.out
    assert "release_001 (line 6): still to be filled in: table, subject" in told.err
    assert told.err.count('"42 %"') == 1


def test_the_command_puts_the_text_where_texts_are_looked_for(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "held").mkdir()
    monkeypatch.setenv("NUAGE_DOCUMENTS", str(tmp_path / "held"))
    assert cli.main(["--project", str(sample), "add", str(RELEASE), "--id", "release"]) == 0
    assert (tmp_path / "held/release.txt").read_bytes() == RELEASE.read_bytes()
    assert not (sample / TEXT).exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nowhere.txt", "--id", "release"], 2),
        ([str(RELEASE), "--id", "Not A Name"], 2),
        ([str(RELEASE)], 2),
        ([str(Path(__file__).parent / "planted/documents/empty.txt"), "--id", "release"], 1),
        ([str(RELEASE), "--id", "communique"], 1),
    ],
)
def test_a_wrong_call_and_a_faulty_file_have_their_exit_codes(sample: Path, arguments: list[str], code: int) -> None:
    before = files(sample)
    assert cli.main(["--project", str(sample), "add", *arguments]) == code
    assert files(sample) == before


def test_a_new_project_without_any_claim_can_be_verified(tmp_path: Path) -> None:
    (tmp_path / claims.FOLDER).mkdir(parents=True)
    claims.draft(RELEASE, "release", tmp_path)
    assert len(left(tmp_path)) == 5


# The tutorial


def test_the_tutorial_runs_from_any_folder_and_gives_what_is_committed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, project: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    committed = project / "docs/tutorial.ipynb"
    executed = notebooks.text(notebooks.run(committed, {}, project))
    assert executed == committed.read_text(encoding="utf-8"), "write it again: nuage execute docs/tutorial.ipynb"
