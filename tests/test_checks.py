"""Checks declared between numbers, and the findings that come of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis import checks, claims, reading, tables
from analysis.checks import Check, Evidence, Finding, Verdict
from analysis.claims import Anchor, Claim
from analysis.documents import Document
from analysis.errors import NuageError, Problems
from analysis.quantities import Quantity
from analysis.series import Catalogue, Observation
from analysis.series import load as load_series

ROOT = Path(__file__).parents[1]
NO_SERIES = Catalogue({}, {})
TEXTS = {
    "title_fr": "Un titre",
    "title_en": "A title",
    "reason_fr": "Une raison",
    "reason_en": "A reason",
    "settle_fr": "Une source",
    "settle_en": "A source",
}


@pytest.fixture(scope="module")
def real() -> Evidence:
    return checks.load(ROOT)


@pytest.fixture(scope="module")
def document(real: Evidence) -> Document:
    return real.ledger.documents["strategie_cloud_2021"]


Numbers = Callable[..., Claim]


@pytest.fixture
def number(document: Document) -> Numbers:
    def made(ident: str, printed: str, cue: str = "", **about: Any) -> Claim:
        told = {"subject": "cloud_strategy", "measure": "funding", "place": "FR", "period": "", "status": "promise"}
        return Claim(
            id=ident,
            document=document,
            table="funding",
            printed=printed,
            at=(10, 12),
            context="",
            line=1,
            said_by="french_government",
            measured_by="none",
            statement_fr="{value}",
            statement_en="{value}",
            quantity=reading.read(printed, cue=cue, lang="fr"),
            **told | about,
        )

    return made


def outcome(relation: str, of: list[Claim], gives: Claim | None = None, **more: Any) -> Finding:
    """What a check of these numbers comes to, whatever it expects."""
    several = [*of, *([gives] if gives else []), *more.pop("others", [])]
    ledger = claims.Ledger({each.id: each for each in several}, {})
    check = Check(
        id="a_check",
        relation=relation,
        of=tuple(each.id for each in of),
        gives=gives.id if gives else "",
        expected="holds",
        **TEXTS | more,
    )
    (found,) = checks.findings(Evidence(ledger, NO_SERIES, (check,)))
    return found


def verdict(finding: Finding) -> tuple[str, str]:
    return finding.outcome.verdict, finding.outcome.grade


def test_a_total_that_adds_up_holds_exactly_and_is_told_line_by_line(number: Numbers) -> None:
    parts = [number(f"part_{n}", f"{n} M€") for n in (421, 66, 150, 30)]
    found = outcome("sum", parts, number("total", "667 M€"))
    assert verdict(found) == ("holds", "exact")
    assert found.derivation("fr") == ("421 + 66 + 150 + 30 = 667\N{NO-BREAK SPACE}M€ ✓",)
    assert found.derivation("en") == ("€421m + €66m + €150m + €30m = €667m ✓",)
    assert found.says("fr") == "Le total imprimé, 667\N{NO-BREAK SPACE}M€, est bien la somme de ses parties."


def test_a_total_that_only_rounding_explains_says_so(number: Numbers) -> None:
    found = outcome("sum", [number("a", "45 %"), number("b", "18 %"), number("c", "8 %")], number("all", "70 %"))
    assert verdict(found) == ("holds", "rounding")
    assert "aux arrondis près" in found.derivation("fr")[1]


def test_a_total_out_of_reach_of_the_roundings_contradicts(number: Numbers) -> None:
    found = outcome("sum", [number("a", "553 M€"), number("b", "134 M€")], number("all", "667 M€"))
    assert verdict(found) == ("contradicts", "numbers_disagree")
    assert "687 ≠ 667" in found.derivation("fr")[0]


def test_a_comparison_that_no_longer_stands_is_graver_than_numbers_that_disagree(number: Numbers) -> None:
    falls = outcome("same", [number("one", "20 %")], number("other", "25 %", cue="plus de"))
    disagree = outcome("same", [number("one", "20 %")], number("other", "25 %"))
    assert verdict(falls) == ("contradicts", "sentence_falls")
    assert falls.weight > disagree.weight > 0


@pytest.mark.parametrize("printed", ["une vingtaine", "une quarantaine"])
def test_an_approximate_number_never_contradicts(number: Numbers, printed: str) -> None:
    found = outcome("same", [number("one", "23")], number("other", printed))
    assert verdict(found) == (("holds", "compatible") if printed == "une vingtaine" else ("cannot_tell", ""))


def test_what_holds_of_the_printed_numbers_only_is_told_so(number: Numbers) -> None:
    found = outcome(
        "difference",
        [number("after", "27 %"), number("before", "19 %")],
        number("change", "8 points", measure="adoption_change"),
        others=[number("after_exact", "26,86 %"), number("before_exact", "19,42 %")],
        source=("after_exact", "before_exact"),
    )
    assert verdict(found) == ("holds_as_printed", "")
    assert "7,44" in found.derivation("fr")[1]


@pytest.mark.parametrize("field", ["place", "population", "payer", "period", "segment"])
def test_numbers_about_different_things_are_not_comparable_and_say_in_what(number: Numbers, field: str) -> None:
    found = outcome("same", [number("one", "66 %", **{field: "FR"})], number("other", "69 %", **{field: "europe"}))
    assert verdict(found) == ("not_comparable", "")
    assert found.outcome.differs == (field,)
    assert "✓" not in "".join(found.derivation("fr"))
    wanted = outcome(
        "same", [number("one", "69 %", **{field: "FR"})], number("other", "69 %", **{field: "europe"}), across=(field,)
    )
    assert verdict(wanted) == ("holds", "exact")


def test_a_contradiction_needs_all_that_the_numbers_are_about(number: Numbers) -> None:
    found = outcome("same", [number("one", "66 %")], number("other", "69 %", period="2021"))
    assert verdict(found) == ("cannot_tell", "")
    assert found.outcome.missing == ("period",)


def test_what_was_announced_and_what_came_of_it_do_not_contradict(number: Numbers) -> None:
    found = outcome("same", [number("one", "56 M€")], number("other", "51 M€", status="decided"))
    assert verdict(found) == ("not_comparable", "")
    assert found.outcome.differs == ("status",)


def observed(name: str, **changed: Any) -> Observation:
    return replace(load_series(ROOT).observations[name], **changed)


def test_two_editions_of_an_estimate_do_not_contradict_but_a_misprint_does(real: Evidence) -> None:
    misprint = next(f for f in checks.findings(real) if f.id == "press_public_in_time")
    assert verdict(misprint) == ("contradicts", "numbers_disagree")
    restated = next(f for f in checks.findings(real) if f.id == "synergy_2017_restated")
    assert restated.outcome.differs == ("vintage",)


def test_growth_of_a_whole_cannot_exceed_that_of_its_parts(number: Numbers) -> None:
    rates = [number(f"rate_{n}", f"{n} %", measure="market_growth") for n in (30, 22, 17)]
    sizes = [number(f"size_{n}", f"{n} Md€", measure="market_size") for n in (11, 9, 39)]
    for stated, cue, wanted in (
        ("25 %", "plus de", "contradicts"),
        ("20 %", "", "holds"),
        ("15 %", "plus de", "holds"),
    ):
        found = outcome(
            "weighted_growth",
            rates,
            number("whole", stated, cue=cue, measure="market_growth"),
            others=sizes,
            weights=tuple(size.id for size in sizes),
        )
        assert found.outcome.verdict == wanted


def test_a_rate_kept_up_gives_the_multiple(number: Numbers) -> None:
    years = number("years", "dix ans", measure="horizon")
    multiple = number("multiple", "multipliant par 10", measure="market_multiple")
    for rate, wanted in (("plus de", "holds"), ("moins de", "contradicts")):
        found = outcome("compound", [number("rate", "25 %", cue=rate, measure="market_growth"), years], multiple)
        assert found.outcome.verdict == wanted


def test_a_share_a_growth_and_a_ratio_are_recomputed(number: Numbers) -> None:
    half, whole = number("half", "50 M€"), number("whole", "100 M€")
    assert verdict(outcome("share", [half, whole], number("share", "50 %"))) == ("holds", "exact")
    assert verdict(outcome("share", [half, whole], number("share", "60 %"))) == ("contradicts", "numbers_disagree")
    assert outcome("growth", [whole, half], number("growth", "100 %")).outcome.verdict == "holds"
    assert outcome("growth", [whole, half], number("growth", "50 %")).outcome.verdict == "contradicts"
    assert outcome("ratio", [whole, half], number("ratio", "doubler")).outcome.verdict == "holds"
    assert outcome("ratio", [whole, half], number("ratio", "tripler")).outcome.verdict == "contradicts"


def test_a_part_fits_into_its_whole(number: Numbers) -> None:
    aid, budget = number("aid", "4,8 M€", measure="project_aid"), number("budget", "9,5 M€", measure="project_budget")
    assert verdict(outcome("part", [aid], budget)) == ("holds", "exact")
    assert verdict(outcome("part", [budget], aid)) == ("contradicts", "sentence_falls")


def test_an_amount_without_room_in_a_total_is_inside_a_part_or_outside(number: Numbers) -> None:
    parts, total = [number("a", "421 M€"), number("b", "246 M€")], number("total", "667 M€")
    assert verdict(outcome("room", [number("more", "15 M€"), *parts], total)) == ("cannot_tell", "")
    assert verdict(outcome("room", [number("most", "50 M€", cue="jusqu’à"), *parts], total)) == ("cannot_tell", "")
    assert verdict(outcome("room", [parts[1], parts[0]], total)) == ("holds", "compatible")


def test_percentages_make_up_a_whole_or_not(number: Numbers) -> None:
    assert verdict(outcome("whole", [number("a", "71 %"), number("b", "29 %")])) == ("holds", "exact")
    assert verdict(outcome("whole", [number("a", "61 %"), number("b", "16 %"), number("c", "24 %")])) == (
        "holds",
        "rounding",
    )
    assert verdict(outcome("whole", [number("a", "70 %"), number("b", "28 %")])) == ("contradicts", "numbers_disagree")


def test_a_definition_that_drifts_is_not_comparable(number: Numbers) -> None:
    over, at_least = number("over", "10", cue="plus de"), number("from", "10", cue="au moins")
    assert outcome("definition", [over], at_least).outcome.differs == ("definition",)
    assert verdict(outcome("definition", [over], replace(over, id="again"))) == ("holds", "exact")


def test_names_are_counted_against_the_number_stated(real: Evidence) -> None:
    ledger = real.ledger
    fewer = {ident: name for ident, name in ledger.names.items() if name.printed != "Pologne"}
    check = next(each for each in real.declared if each.id == "ipcei_states_named")
    (whole,) = checks.findings(replace(real, declared=(check,)))
    (short,) = checks.findings(replace(real, ledger=replace(ledger, names=fewer), declared=(check,)))
    assert verdict(whole) == ("holds", "exact")
    assert verdict(short) == ("contradicts", "numbers_disagree")
    assert "11" in short.says("fr")


def dated(number: Numbers, ident: str, printed: str, **about: Any) -> Claim:
    return number(ident, printed, measure="date", status="decided", **about)


def test_time_between_dates_is_counted_with_the_room_that_they_leave(number: Numbers) -> None:
    start, end = dated(number, "start", "mai 2021"), dated(number, "end", "12 septembre", period="2022")
    months = number("months", "dix-huit mois", measure="elapsed_time")
    found = outcome("elapsed", [start, end], months)
    assert verdict(found) == ("contradicts", "numbers_disagree")
    assert "12\N{NO-BREAK SPACE}septembre 2022" in found.derivation("fr")[0]
    later = dated(number, "later", "novembre 2022")
    assert outcome("elapsed", [start, later], months).outcome.verdict == "holds"
    years = number("years", "deux ans", measure="elapsed_time")
    assert outcome("elapsed", [start, end], years).outcome.verdict == "contradicts"
    assert outcome("elapsed", [start, dated(number, "much_later", "2023")], years).outcome.verdict == "holds"


def test_the_same_date_told_more_or_less_exactly(number: Numbers) -> None:
    month, day = dated(number, "month", "décembre 2021"), dated(number, "day", "3 décembre 2021")
    assert verdict(outcome("same_date", [month], day)) == ("holds", "compatible")
    assert verdict(outcome("same_date", [day], replace(day, id="again"))) == ("holds", "exact")
    assert verdict(outcome("same_date", [day], dated(number, "other", "T1 2022"))) == (
        "contradicts",
        "numbers_disagree",
    )


@pytest.mark.parametrize(("day", "wanted"), [("Lundi", "holds"), ("mardi", "contradicts"), ("Monday", "holds")])
def test_a_day_of_the_week_is_held_against_its_date(number: Numbers, day: str, wanted: Verdict) -> None:
    date = dated(number, "date", "12 septembre 2022", weekday_words=Anchor(day, (0, len(day))))
    assert outcome("weekday", [date]).outcome.verdict == wanted


def table_of(number: Numbers, rows: dict[str, list[tuple[str, int]]]) -> list[Claim]:
    """Claims of a table: by payer, the purposes and amounts in the order in which they are printed."""
    cells = [(payer, purpose, amount) for payer, row in rows.items() for purpose, amount in row]
    return [
        replace(number(f"{payer}_{purpose}", f"{amount} M€", payer=payer, purpose=purpose), at=(place, place + 1))
        for place, (payer, purpose, amount) in enumerate(cells)
    ]


def test_blank_cells_are_solved_where_one_placing_only_adds_up(number: Numbers) -> None:
    rows = {
        "public": [("a", 421), ("b", 66), ("c", 150)],
        "private": [("a", 500), ("c", 150)],
        "all": [("a", 921), ("b", 66), ("c", 300)],
    }
    found = outcome("matrix", table_of(number, rows))
    assert verdict(found) == ("holds", "exact")
    assert "421 + 500 = 921\N{NO-BREAK SPACE}M€ ✓" in found.derivation("fr")


def test_a_number_in_the_wrong_column_of_the_ledger_is_told(number: Numbers) -> None:
    rows = {
        "public": [("a", 421), ("b", 66), ("c", 150)],
        "private": [("a", 500), ("b", 150)],
        "all": [("a", 921), ("b", 66), ("c", 300)],
    }
    assert verdict(outcome("matrix", table_of(number, rows))) == ("contradicts", "numbers_disagree")


def test_blank_cells_that_fit_in_two_ways_cannot_be_told(number: Numbers) -> None:
    # The whole column is missing from the totals' help: two columns have the same total.
    rows = {"public": [("a", 10), ("b", 10)], "private": [("a", 0)], "all": [("a", 10), ("b", 10)]}
    assert verdict(outcome("matrix", table_of(number, rows))) == ("cannot_tell", "")


# What the project declares


def test_every_check_of_the_project_ends_as_expected(real: Evidence) -> None:
    assert list(checks.unexpected(checks.findings(real))) == []
    assert len(real.declared) > 60


def test_every_relation_is_used_and_every_verdict_met(real: Evidence) -> None:
    found = checks.findings(real)
    assert {each.outcome.verdict for each in found} == set(checks.check.VERDICTS)
    unused = set(checks.RELATIONS) - {each.check.relation for each in found}
    assert unused <= {"growth"}


def test_findings_come_gravest_first_and_one_for_each_check(real: Evidence) -> None:
    found = checks.findings(real)
    assert sorted(each.id for each in found) == sorted(check.id for check in real.declared)
    weights = [each.weight for each in found]
    assert weights == sorted(weights, reverse=True)


def test_every_finding_is_told_in_both_languages_with_the_same_numbers(real: Evidence) -> None:
    for found in checks.findings(real):
        for tell in (found.title, found.says, found.reason, found.means):
            assert tell("fr").strip()
            assert tell("en").strip()
        linked = {lang: set(re.findall(r"\(#(\w+)\)", found.says(lang, markdown=True))) for lang in ("fr", "en")}
        assert linked["fr"] == linked["en"], found.id
        assert len(found.derivation("fr")) == len(found.derivation("en")) > 0
        if found.outcome.verdict in ("contradicts", "not_comparable", "cannot_tell"):
            assert found.settles("fr")


def test_each_contradiction_rests_on_numbers_that_its_derivation_prints(real: Evidence) -> None:
    for found in checks.findings(real):
        if found.outcome.verdict == "contradicts":
            told = "".join(found.derivation("en"))
            assert "≠" in told
            assert all(len(operand.ids) for operand in found.case.operands)


def test_the_table_of_findings_has_a_row_for_each(real: Evidence) -> None:
    frame = checks.table(checks.findings(real))
    wanted = {"id", "verdict", "grade", "claims", "derivation", "says_fr", "says_en"}
    assert wanted <= set(frame.columns)
    assert len(frame) == len(real.declared)
    known = {*real.ledger.claims, *real.ledger.names, *real.catalogue.observations}
    assert {each for row in frame["claims"] for each in row.split()} <= known
    assert tables.csv_of(frame) == (ROOT / "data/processed/findings.csv").read_bytes()


# A moved number turns a verdict, whichever way


def changed(evidence: Evidence, ident: str, printed: str) -> Evidence:
    claim = evidence.ledger[ident]
    moved = replace(claim, printed=printed, quantity=reread(claim, printed))
    return replace(evidence, ledger=replace(evidence.ledger, claims={**evidence.ledger.claims, ident: moved}))


@pytest.mark.parametrize(
    ("ident", "printed", "told"),
    [
        ("funding_public_rd_solutions", "420", '"contradicts"|"rounding"|(rounding)'),
        ("pepr_foreword", "56 M€", "pepr_66_or_56"),
        ("market_growth_yearly", "20%", "market_growth_of_segments"),
        ("adoption_fr_change", "+ 7 points", "adoption_change_unrounded"),
        ("reversal_delay", "Seize mois", "eighteen_months"),
        ("ipcei_member_states", "onze", "ipcei_states_named"),
        ("data_spaces_planned", "10 à 20", "data_spaces_target_and_plan"),
        ("funding_european_research", "74", "funding_european_research_twice"),
    ],
)
def test_a_number_that_moves_moves_a_verdict_and_is_told(real: Evidence, ident: str, printed: str, told: str) -> None:
    moved = [str(problem) for problem in checks.unexpected(checks.findings(changed(real, ident, printed)))]
    assert moved
    assert any(part in problem for problem in moved for part in told.split("|"))
    assert all("evidence:" in problem and "way out:" in problem for problem in moved)


def flips(printed: str) -> Iterator[str]:
    """What is printed with one digit changed into each other one; or with one number word in the place of another."""
    for place, character in enumerate(printed):
        others = set("0123456789") - {character} if character.isdecimal() else ()
        yield from (printed[:place] + other + printed[place + 1 :] for other in sorted(others))
    for word, other in (
        ("douze", "treize"),
        ("vingtaine", "quarantaine"),
        ("Dix-huit", "Seize"),
        ("dix", "deux"),
        ("quatre", "deux"),
    ):
        if word in printed:
            yield printed.replace(word, other)


def reread(entry: Claim | Observation, printed: str) -> Quantity:
    if isinstance(entry, Claim):
        cue = entry.cue.printed if entry.cue else ""
        unit = entry.unit_words.printed if entry.unit_words else ""
        return reading.read(printed, cue=cue, unit=unit, lang=entry.document.language)
    return reading.read(printed, cue=entry.cue, unit=entry.unit, lang=entry.language)


def with_one_flip(evidence: Evidence, check: Check) -> Iterator[Evidence]:
    """The evidence with one digit changed in one number that a check names."""
    ledger, catalogue = evidence.ledger, evidence.catalogue
    for ref in (*check.of, *check.weights, *check.source, check.gives):
        entry = evidence.entries.get(ref)
        for printed in flips(entry.printed) if entry else ():
            try:
                read = reread(entry, printed) if entry else None
            except NuageError:  # the ledger would not even load
                continue
            if isinstance(entry, Claim) and read:
                moved = {**ledger.claims, ref: replace(entry, printed=printed, quantity=read)}
                yield replace(evidence, ledger=replace(ledger, claims=moved))
            elif isinstance(entry, Observation) and read:
                told = {**catalogue.observations, ref: replace(entry, printed=printed, quantity=read)}
                yield replace(evidence, catalogue=replace(catalogue, observations=told))


def settled() -> list[Check]:
    """The checks whose verdict a number alone can turn: not those that stand because things are not the same."""
    return [check for check in checks.declared(ROOT) if check.expected != "not_comparable"]


@pytest.mark.parametrize("check", settled(), ids=lambda check: check.id)
def turned(evidence: Evidence) -> bool:
    try:
        return any(True for _ in checks.unexpected(checks.findings(evidence)))
    except NuageError:  # a day that does not exist
        return True


@pytest.mark.parametrize("check", settled(), ids=lambda check: check.id)
def test_one_changed_digit_turns_each_finding_red(real: Evidence, check: Check) -> None:
    told = (turned(evidence) for evidence in with_one_flip(replace(real, declared=(check,)), check))
    # Of the funding table every digit counts; elsewhere roundings and bounds leave room for some.
    assert all(told) if check.id.startswith(("funding_row", "funding_column")) else any(told)


def test_a_correct_document_of_the_same_shape_gives_no_contradiction(real: Evidence) -> None:
    """The strategy as it would be had its authors made no slip: nothing of it contradicts anything."""
    mended = real
    for ident, printed in {
        "pepr_foreword": "56 M€",
        "market_growth_yearly": "19%",
        "market_growth_yearly_foreword": "19%",
        "reversal_delay": "Seize mois",
        "market_multiple_europe": "multipliant par 6",
        "strasbourg_fire": "mai 2021",
    }.items():
        mended = changed(mended, ident, printed)
    own = tuple(check for check in real.declared if not any(ref in real.catalogue.observations for ref in check.of))
    found = checks.findings(replace(mended, declared=own))
    assert [each.id for each in found if each.outcome.verdict == "contradicts"] == []


# Faults of the file


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data/raw", tmp_path / "data/raw")
    return tmp_path


def planted() -> list[Path]:
    return sorted((ROOT / "tests/planted/checks").glob("*.toml"))


@pytest.mark.parametrize("fault", planted(), ids=lambda path: path.stem)
def test_a_planted_fault_is_told_with_its_file_and_check(project: Path, fault: Path) -> None:
    text = fault.read_text(encoding="utf-8")
    wanted = re.findall(r"^# told: (.+)$", text, re.MULTILINE)
    shutil.copy(fault, project / checks.FILE)
    with pytest.raises(NuageError) as caught:
        checks.findings(checks.load(project))
    assert wanted, "a planted fault says what must be told"
    for part in wanted:
        assert part in str(caught.value)
    assert str(checks.FILE) in str(caught.value)


def test_the_sound_form_of_the_planted_checks_holds(project: Path) -> None:
    shutil.copy(ROOT / "tests/planted/checks/sound.txt", project / checks.FILE)
    assert list(checks.unexpected(checks.findings(checks.load(project)))) == []


def test_several_faults_are_told_at_once(project: Path) -> None:
    sound = (ROOT / "tests/planted/checks/sound.txt").read_text(encoding="utf-8")
    twice = sound + sound + sound.replace('reason_en = "', 'reasonen = "')
    (project / checks.FILE).write_text(twice, encoding="utf-8")
    with pytest.raises(Problems) as caught:
        checks.load(project)
    assert "unknown field" in str(caught.value)
    assert "is missing" in str(caught.value)
    assert "given twice" in str(caught.value)


def test_a_verdict_that_is_not_the_expected_one_stops_the_build(project: Path) -> None:
    text = (project / checks.FILE).read_text(encoding="utf-8")
    turned = text.replace('expected = "holds_as_printed"', 'expected = "holds"\ngrade = "exact"')
    (project / checks.FILE).write_text(turned, encoding="utf-8")
    (told,) = checks.unexpected(checks.findings(checks.load(project)))
    assert 'adoption_change_unrounded: the verdict is "holds_as_printed", not "holds" (exact)' in str(told)


def test_a_contradiction_that_nobody_declares_is_told(real: Evidence) -> None:
    assert list(checks.undeclared(real)) == []
    without = replace(real, declared=tuple(each for each in real.declared if each.id != "pepr_66_or_56"))
    (told,) = checks.undeclared(without)
    assert "pepr_foreword, pepr_text" in str(told)
    assert "66 M€" in str(told) or "€66m" in str(told)
