"""The ledger: what it gives, and every fault planted in it."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

import pytest

from analysis import claims, documents, words
from analysis.errors import InputError, NuageError, Problems, UsageError

PLANTED = sorted(Path(__file__).parent.joinpath("planted/claims").glob("*.toml"))


def faults(project: Path) -> list[NuageError]:
    """Everything that does not hold in a project, its document at hand."""
    try:
        ledger = claims.load(project)
    except Problems as problems:
        return list(problems.problems)
    shelf = documents.shelf(project / documents.FOLDER, ledger.documents)
    found = [fault for entry in ledger.entries for fault in claims.faults(entry, shelf.texts[entry.document.id])]
    for card in ledger.documents.values():
        found += claims.census_faults(ledger, card, shelf.texts[card.id])
    return [*found, *words.unknown_codes(ledger), *words.misnamed(ledger)]


def test_the_sample_has_no_fault(sample: Path) -> None:
    assert faults(sample) == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda file: file.stem)
def test_a_planted_fault_is_told_by_file_entry_and_evidence(sample: Path, planted: Path) -> None:
    expects, entry = (line.partition(": ")[2] for line in planted.read_text(encoding="utf-8").splitlines()[:2])
    target = sample / "data/raw/claims/communique.toml"
    target.write_bytes(planted.read_bytes())
    found = "\n".join(str(fault) for fault in faults(sample))
    assert expects in found
    assert "communique" in found
    assert entry in found
    assert "evidence:" in found or "way out:" in found


def test_every_fault_of_a_ledger_is_told_in_one_reading(sample: Path) -> None:
    target = sample / "data/raw/claims/communique.toml"
    text = target.read_text(encoding="utf-8")
    target.write_text(text.replace('printed = "5 %"', 'printed = "peu"').replace('status = "promise"', 'stat = "x"'))
    assert len(faults(sample)) >= 2


def test_values_are_read_from_what_is_printed(sample: Path) -> None:
    ledger = claims.load(sample)
    assert ledger["adoption_2031"].quantity.value == Decimal(42)
    assert ledger["adoption_2029"].quantity.bound == "at_most"
    assert ledger["plan_total"].quantity.value == Decimal(12_500_000)
    assert str(ledger["plan_total"].quantity.interval) == "[12450000, 12550000)"


def test_an_unknown_claim_is_refused_with_the_nearest_one(sample: Path) -> None:
    with pytest.raises(InputError, match="adoption_2031"):
        claims.load(sample)["adoption_2032"]


def test_words_are_found_across_line_breaks_and_counted_blanks() -> None:
    text = "plus de 80 \n\nmillions d’euros, 80 millions"
    places = list(claims.locate("80 millions", text))
    assert [claims.fold(text[start:end]) for start, end in places] == ["80 millions", "80 millions"]


def test_looking_for_nothing_is_a_wrong_call() -> None:
    with pytest.raises(UsageError):
        list(claims.locate("  ", "text"))


def test_a_fingerprint_hangs_on_both_sides_and_not_on_the_number() -> None:
    text = "before 19 % after"
    assert claims.fingerprint(text, 7, 11) == claims.fingerprint("before 20 % after", 7, 11)
    assert claims.fingerprint(text, 7, 11) != claims.fingerprint("Before 19 % after", 7, 11)
    assert claims.fingerprint(text, 7, 11) != claims.fingerprint("before 19 % aftex", 7, 11)


def test_every_claim_of_the_ledger_stands_at_its_place(texts: dict[str, str]) -> None:
    ledger = claims.load(Path(__file__).parents[1])
    for entry in ledger.entries:
        assert list(claims.faults(entry, texts[entry.document.id])) == []


def test_every_number_of_the_documents_is_accounted_for(texts: dict[str, str]) -> None:
    ledger = claims.load(Path(__file__).parents[1])
    for card in ledger.documents.values():
        assert [str(fault) for fault in claims.census_faults(ledger, card, texts[card.id])] == []


def test_the_blank_cells_of_the_funding_matrix_have_one_solution() -> None:
    """Printed order and totals leave one placing of the two rows with lost cells; the ledger has that one."""
    ledger = claims.load(Path(__file__).parents[1])
    purposes = ("rd_solutions", "research", "data_spaces", "training")

    def amount(payer: str, purpose: str) -> Decimal:
        claim = ledger.claims.get(f"funding_{payer}_{purpose}")
        value = claim.quantity.value if claim else Decimal(0)
        assert isinstance(value, Decimal)
        return value

    def placings(payer: str) -> list[tuple[Decimal, ...]]:
        printed = [value for purpose in purposes if (value := amount(payer, purpose))]
        places = itertools.combinations(range(len(purposes)), len(printed))
        rows = [dict(zip(chosen, printed, strict=True)) for chosen in places]
        return [tuple(row.get(i, Decimal(0)) for i in range(len(purposes))) for row in rows]

    totals = tuple(amount("all", purpose) for purpose in purposes)
    public = tuple(amount("public", purpose) for purpose in purposes)
    solutions = [
        (private, european)
        for private, european in itertools.product(placings("private"), placings("european"))
        if tuple(map(sum, zip(public, private, european, strict=True))) == totals
    ]
    as_in_ledger = tuple(tuple(amount(payer, purpose) for purpose in purposes) for payer in ("private", "european"))
    assert solutions == [as_in_ledger]
