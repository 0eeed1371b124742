"""nuage suggest: what is proposed, how it is ranked, and how often chance alone proposes something."""

from __future__ import annotations

import csv
import json
import random
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import checks, claims, reading, records
from analysis.checks import Check, Evidence
from analysis.checks.subsets import subset_sums
from analysis.checks.suggesting import Suggestion, formula, probability, stub, suggestions
from analysis.claims import Claim, Ledger
from analysis.cli import main
from analysis.quantities import Amount, Interval
from analysis.series import Catalogue

PROJECT = Path(__file__).resolve().parents[1]
PAYERS = ("public", "private", "european", "all")


@cache
def real() -> Ledger:
    return claims.load(PROJECT)


def made(name: str, printed: str, **fields: object) -> Claim:
    """A claim on money, but for what is given."""
    like = real()["funding_public_training"]
    quantity = reading.read(printed, lang="fr")
    given: dict[str, object] = {"id": name, "printed": printed, "quantity": quantity, "unit_words": None, **fields}
    return replace(like, **given)  # type: ignore[arg-type]  # any field of a claim


def ledger(told: Sequence[Claim]) -> Ledger:
    return Ledger({claim.id: claim for claim in told}, real().documents)


def spent(amounts: Sequence[str]) -> Ledger:
    """A ledger of amounts for one purpose each."""
    return ledger([made(f"c{number}", printed, purpose=f"p{number}") for number, printed in enumerate(amounts)])


def formulas(found: Sequence[Suggestion]) -> list[str]:
    return [formula(each) for each in found]


# On the ledger of the project.


TRUE_SUMS = (
    "421 + 150 + 66 + 30 = 667",
    "56 millions d’euros + 10 M€ = 66",
    "680 + 667 + 444 = 1 791",
    "500 + 421 = 921",
    "533 M€ + 134 M€ = 667",
    "421 + 66 = 487 millions d’euros",
)


def test_the_sums_of_the_funding_matrix_come_before_any_false_one() -> None:
    ranked = formulas(suggestions(real()))
    places = [ranked.index(each) for each in TRUE_SUMS]
    assert max(places) < ranked.index("9 Md€ / 39 Md€ = + 22%"), ranked


def test_the_points_gained_are_suggested_as_the_difference_of_two_shares() -> None:
    assert "27% − 19% = + 8 points" in formulas(suggestions(real()))


def test_what_is_declared_is_not_suggested_again() -> None:
    check = Check(
        id="total",
        relation="sum",
        of=("funding_public_all", "funding_private_all", "funding_european_all"),
        gives="funding_all_all",
        expected="holds",
        title_fr="",
        title_en="",
        reason_fr="",
        reason_en="",
    )
    ranked = formulas(suggestions(real(), declared=[check]))
    assert "680 + 667 + 444 = 1 791" not in ranked
    assert "500 + 421 = 921" in ranked


def test_the_ledger_takes_less_than_two_seconds() -> None:
    start = perf_counter()
    suggestions(real())
    assert perf_counter() - start < 2


def test_a_stub_can_be_pasted_into_the_checks_and_holds_as_it_says() -> None:
    sound = [each for each in suggestions(real()) if each.relation == "sum" and each.expected < 20]
    for each in sound:
        written = stub(each).replace('= ""', '= "…"')
        entry = tomllib.loads(written)["check"][0]
        check = records.build(Check, entry, file=Path("checks.toml"), name=entry["id"])
        evidence = Evidence(real(), Catalogue({}, {}), (check,))
        (finding,) = checks.findings(evidence)
        assert not list(checks.unexpected((finding,))), formula(each)


# On ledgers made for it.


def test_known_relations_are_found_and_come_first() -> None:
    told = [
        *(made(f"{payer}{n}", printed, payer=payer, period=f"20{n}") for n, payer, printed in MATRIX),
        made("before", "19 %", period="2018", payer="", measure="share"),
        made("after", "27 %", period="2020", payer="", measure="share"),
        made("change", "8 points", period="2018/2020", payer="", measure="change"),
        made("growth", "47,5 %", period="31/32", payer="", measure="growth"),
        made("part", "36,1 %", period="31", payer="", measure="part"),
        made("again", "1 327 M€", payer="all", period="2031", document=real().documents["etat_nuage_2024"]),
    ]
    ranked = formulas(suggestions(ledger(told)))
    assert set(ranked[:2]) == {"848 M€ + 479 M€ = 1 327 M€", "1 234 M€ + 723 M€ = 1 957 M€"}
    assert "1 327 M€ = 1 327 M€" in ranked
    assert "27 % − 19 % = 8 points" in ranked
    assert "1 957 M€ / 1 327 M€ − 1 = 47,5 %" in ranked
    assert "479 M€ / 1 327 M€ = 36,1 %" in ranked


MATRIX = (
    (31, "public", "848 M€"),
    (31, "private", "479 M€"),
    (31, "all", "1 327 M€"),
    (32, "public", "1 234 M€"),
    (32, "private", "723 M€"),
    (32, "all", "1 957 M€"),
)


def test_a_factor_is_suggested_as_the_ratio_of_two_sizes() -> None:
    told = [
        made("small", "53 Md€", period="2020"),
        made("large", "560 Md€", period="2030"),
        made("times", "10,6 fois plus", period="2020/2030", measure="multiple"),
    ]
    assert formulas(suggestions(ledger(told))) == ["560 Md€ / 53 Md€ = 10,6 fois plus"]


def test_so_many_times_an_amount_is_suggested_as_a_product() -> None:
    told = [
        made("each", "13 M€", purpose="each", measure="project_aid"),
        made("projects", "23 projets", measure="projects_selected"),
        made("together", "299 M€", purpose="together", measure="project_aid"),
    ]
    (found,) = suggestions(ledger(told))
    assert formula(found) == "13 M€ × 23 projets = 299 M€"
    assert stub(found).startswith("# each × projects = together")


def test_bounds_ranges_dates_and_repetitions_take_no_part() -> None:
    told = [
        made("a", "10 M€", purpose="a"),
        made("b", "20 M€", purpose="b"),
        replace(made("bound", "30 M€", purpose="c"), quantity=reading.read("30 M€", cue="plus de", lang="fr")),
        made("range", "20 à 40 M€", purpose="d"),
        made("again", "30 M€", purpose="e", same_as="a"),
    ]
    assert suggestions(ledger(told), limit=None) == ()


def test_a_thing_is_no_part_of_itself() -> None:
    told = [made("a", "100 M€", purpose="x"), made("b", "200 M€", purpose="x"), made("c", "300 M€", purpose="y")]
    assert [each.across for each in suggestions(ledger(told), limit=None)] == [("purpose",)]
    together = [each for each in suggestions(ledger(told), limit=None) if each.expected < 1]
    apart = [each for each in suggestions(spent(["100 M€", "200 M€", "300 M€"]), limit=None) if each.expected < 1]
    assert len(together) <= len(apart)


def test_the_same_formula_is_listed_once() -> None:
    told = [made(f"c{n}", printed, purpose=f"p{n}") for n, printed in enumerate(["10 M€", "56 M€", "66 M€", "66 M€"])]
    assert formulas(suggestions(ledger(told), limit=None)).count("56 M€ + 10 M€ = 66 M€") == 1


AMOUNTS = st.integers(min_value=1, max_value=2000)


@given(parts=st.lists(AMOUNTS, min_size=2, max_size=5), others=st.lists(AMOUNTS, max_size=3))
def test_a_true_sum_is_always_found(parts: list[int], others: list[int]) -> None:
    found = suggestions(spent([f"{n} M€" for n in (*parts, sum(parts), *others)]), limit=None)
    wanted = sorted(Decimal(n) * 1_000_000 for n in parts)
    sums = [each for each in found if each.relation == "sum" and each.gives.quantity.value == sum(wanted)]
    assert any(sorted(c.quantity.value for c in each.of) == wanted for each in sums)  # type: ignore[type-var]  # numbers


@given(parts=st.lists(st.integers(11, 20000), min_size=2, max_size=4))
def test_a_sum_that_rounding_alone_puts_off_is_found_too(parts: list[int]) -> None:
    whole = (sum(parts) + 5) // 10
    printed = [*(f"{n // 10},{n % 10} M€" for n in parts), f"{whole} M€"]
    found = suggestions(spent(printed), limit=None)
    assert any(each.relation == "sum" and len(each.of) == len(parts) for each in found) or whole * 10 <= max(parts)


@given(numbers=st.lists(st.integers(1, 60), min_size=3, max_size=9), size=st.integers(2, 5))
def test_the_search_finds_what_trying_everything_finds(numbers: list[int], size: int) -> None:
    half = Decimal("0.5")
    intervals = [Interval(n - half, n + half, high_open=True) for n in sorted(map(Decimal, numbers))]
    everything = {
        (chosen, total)
        for total in range(len(intervals))
        for chosen in combinations(range(total), size)
        if sum((intervals[i] for i in chosen[1:]), start=intervals[chosen[0]]).meets(intervals[total])
    }
    found = list(subset_sums(intervals, size))
    assert set(found) == everything
    assert len(found) == len(everything)


# The null model.


def test_the_nearer_and_the_more_exact_a_fit_the_less_likely_it_is() -> None:
    exact, near = Amount.of(reading.read("667 M€", lang="fr")), Amount.of(reading.read("0,7 Md€", lang="fr"))
    computed = Decimal(667_000_000)
    assert probability(computed, exact) < probability(computed + 1_000_000, exact) < probability(computed, near)
    assert probability(Decimal(1), exact) == 1


def test_the_probability_is_that_of_a_random_number_of_the_magnitude() -> None:
    draw = random.Random(1)  # noqa: S311  # no secret hangs on it
    printed, computed = Amount.of(reading.read("424 M€", lang="fr")), Decimal(420_000_000)
    drawn = [round(10 ** draw.uniform(2, 3)) for _ in range(20_000)]
    nearer = sum(abs(number - 420) <= 4 for number in drawn) / len(drawn)
    assert abs(nearer - float(probability(computed, printed))) < 0.002


def unrelated(seed: int) -> Ledger:
    """A ledger of random numbers: tables of payers and purposes, percentages, a factor, points."""
    draw = random.Random(seed)  # noqa: S311  # no secret hangs on it

    def number() -> int:
        return round(10 ** draw.uniform(1, 4))

    told = [
        made(f"m{payer}{purpose}", f"{number()} M€", payer=payer, purpose=f"p{purpose}")
        for payer in PAYERS
        for purpose in range(draw.randint(2, 5))
    ]
    told += [made(f"s{n}", f"{draw.randint(10, 99)} %", measure="share", period=f"20{n}") for n in range(11, 16)]
    told += [made("points", f"{draw.randint(1, 40)} points", measure="change")]
    other = real().documents["etat_nuage_2024"]
    told += [made(f"o{n}", f"{number()} M€", purpose=f"q{n}", document=other) for n in range(4)]
    return ledger(told)


def test_unrelated_numbers_give_no_more_suggestions_than_chance_should() -> None:
    """On average over 120 ledgers, at most as many as are to be expected by chance."""
    found = [each.expected for seed in range(120) for each in suggestions(unrelated(seed), limit=Decimal("0.5"))]
    assert len(found) <= 120 * 0.5
    assert sum(expected <= Decimal("0.05") for expected in found) <= 120 * 0.05


# The command.


def test_the_command_prints_a_worksheet_with_stubs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--project", str(PROJECT), "suggest", "--all", "--top", "3"]) == 0
    printed = capsys.readouterr().out
    assert "680 + 667 + 444 = 1 791" in printed
    assert 'relation = "sum"' in printed
    assert "They are no findings" in printed


def test_the_command_gives_one_object_per_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--project", str(PROJECT), "suggest", "--all", "--json", "--top", "5"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["rank"] for line in lines] == [1, 2, 3, 4, 5]
    assert all(float(line["expected_by_chance"]) >= 0 for line in lines)


def test_the_command_writes_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sheet.csv"
    assert main(["--project", str(PROJECT), "suggest", "--all", "--csv", str(file), "--top", "7"]) == 0
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 7
    assert {"formula", "of", "gives", "expected_by_chance", "stub"} <= rows[0].keys()
    assert "written" in capsys.readouterr().out


def test_a_document_can_be_looked_into_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--project", str(PROJECT), "suggest", "--document", "etat_nuage_2026"]) == 0
    assert "no suggestion" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--document", "strategie_cloud_2020"], 'did you mean "strategie_cloud_2021"?'),
        (["--top", "0"], "--top 20"),
    ],
)
def test_what_cannot_be_asked_for_is_told_with_the_way_out(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--project", str(PROJECT), "suggest", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_table_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--project", str(PROJECT), "suggest", "--csv", str(tmp_path / "no/such/file.csv")]) == 4
    assert "cannot be written" in capsys.readouterr().err
