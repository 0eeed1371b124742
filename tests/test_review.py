"""The review of an article: what its numbers are held against, the slips it names, the sums it redoes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from analysis import claims, reading, series
from analysis import review as reviewing
from analysis.quantities import Quantity
from analysis.reading.sentences import sentences
from analysis.review import SIGNS, VERDICTS, Remark, Review, Reviewer
from analysis.review.agreement import agreement
from analysis.review.cues import cues, fold, table
from analysis.review.judging import _same_time
from analysis.review.slips import SLIPS
from analysis.review.telling import slip_words


@pytest.fixture(scope="module")
def reviewer(project: Path) -> Reviewer:
    return Reviewer.of(claims.load(project), series.load(project))


def remark(reviewer: Reviewer, text: str, printed: str) -> Remark:
    """The one remark on what is printed."""
    (found,) = [r for r in reviewer.review(text).remarks if printed in r.printed]
    return found


def read(printed: str, cue: str = "") -> Quantity:
    return reading.read(printed, cue=cue, lang="fr")


# Numbers that agree.


@pytest.mark.parametrize(
    ("printed", "cue", "known", "known_cue"),
    [
        ("1,8 Md€", "", "1 791 M€", ""),
        ("1 790 M€", "", "1 791 M€", ""),
        ("670 M€", "", "667 M€", ""),
        ("70 %", "près de", "69 %", ""),
        ("600 millions d'euros", "plus de", "667 M€", ""),
        ("un quart", "plus d'", "27 %", ""),
        ("deux tiers", "", "66 %", ""),
        ("2 %", "moins de", "2%", "moins de"),
        ("400", "plus de", "450", "plus de"),
        ("18 mois", "", "dix-huit mois", ""),
    ],
)
def test_a_number_agrees_with_what_it_is_a_fair_way_of_saying(
    printed: str, cue: str, known: str, known_cue: str
) -> None:
    assert agreement(read(printed, cue), read(known, known_cue)) == "agrees"


@pytest.mark.parametrize(
    ("printed", "cue", "known", "known_cue"),
    [
        ("553 M€", "", "533 M€", ""),
        ("667 Md€", "", "667 M€", ""),
        ("+8 %", "", "+8 points", ""),
        ("12 %", "moins de", "2 %", "moins de"),
        ("entre 70 et 80 %", "", "entre 70 et 90 %", ""),
        ("700 millions d'euros", "plus de", "667 M€", ""),
        ("une sur dix", "", "27 %", ""),
    ],
)
def test_a_number_differs_from_what_it_cannot_stand_for(printed: str, cue: str, known: str, known_cue: str) -> None:
    if printed == "une sur dix":
        printed = "un dixième"
    one = reading.scan(printed)[0] if printed.startswith("entre") else read(printed, cue)
    other = reading.scan(known)[0] if known.startswith("entre") else read(known, known_cue)
    assert agreement(one, other) == "differs"


def test_an_exact_round_number_is_neither_confirmed_nor_refuted() -> None:
    assert agreement(read("70 %"), read("69 %")) == "may"


def test_a_number_is_matched_by_what_the_sentence_says_not_by_its_value(reviewer: Reviewer) -> None:
    text = "Le conseil régional a voté 667 millions d'euros pour ses lycées."
    assert remark(reviewer, text, "667").verdict == "unknown"


def test_the_claim_comes_with_its_source_and_line(reviewer: Reviewer, project: Path) -> None:
    found = remark(reviewer, "Le plan cloud prévoit 30 millions d'euros pour la formation.", "30")
    ledger = claims.load(project)
    assert found.verdict == "agrees"
    assert ledger.claims[found.claim].purpose == "training"
    assert ledger.claims[found.claim].document.known_as.split()[0] in found.source
    assert str(ledger.claims[found.claim].line) in found.source


def test_a_headline_may_leave_to_the_text_what_it_speaks_of(reviewer: Reviewer) -> None:
    text = "L'État met 667 millions d'euros sur la table\n\nLa stratégie nationale pour le cloud a été dévoilée mardi."
    assert remark(reviewer, text, "667").verdict == "agrees"


def test_a_pronoun_stands_for_what_came_before(reviewer: Reviewer) -> None:
    text = "La part des entreprises françaises qui utilisent le cloud augmente. Elle était de 91 % en 2018."
    found = remark(reviewer, text, "91")
    assert (found.verdict, found.slip) == ("differs", "digits_swapped")


def test_a_list_leaves_out_unit_and_noun(reviewer: Reviewer) -> None:
    found = reviewer.review("Plan cloud : 667 millions d'euros de l'État, 680 du privé et 444 de l'Europe.").remarks
    assert [(r.printed[:3], r.verdict) for r in found] == [("667", "agrees"), ("680", "agrees"), ("444", "agrees")]


def test_names_and_numbers_in_two_lists_go_together_in_order(reviewer: Reviewer) -> None:
    text = "En 2020, l'Allemagne et la Finlande comptaient 33 % et 75 % d'entreprises utilisatrices du cloud."
    assert [r.verdict for r in reviewer.review(text).remarks] == ["agrees", "agrees"]


# Numbers that differ, and the slip behind them.


@pytest.mark.parametrize(
    ("text", "printed", "slip"),
    [
        ("La stratégie cloud compte 676 millions d'euros de fonds publics.", "676", "digits_swapped"),
        ("La stratégie cloud compte 667 milliards d'euros de fonds publics.", "667", "factor_thousand"),
        ("La stratégie cloud de l'État débloque 553 M€ sur 2021-2022.", "553", "one_digit"),
        ("Le plan cloud atteint 1,7 milliard d'euros, tous financements confondus.", "1,7", "truncated"),
        ("En France, l'usage du cloud dans les entreprises a gagné 8 % entre 2018 et 2020.", "8 %", "percent_points"),
        ("En 2018, 27 % des entreprises françaises utilisaient le cloud.", "27", "wrong_year"),
        ("En 2020, 33 % des entreprises françaises utilisaient le cloud.", "33", "wrong_place"),
        ("Plan cloud : la formation reçoit 150 millions d'euros de l'État.", "150", "wrong_subject"),
        (
            "Selon Gartner, Amazon, Microsoft et Google ont 69 % du marché européen du cloud.",
            "69",
            "wrong_attribution",
        ),
    ],
)
def test_the_likely_slip_is_named(reviewer: Reviewer, text: str, printed: str, slip: str) -> None:
    found = remark(reviewer, text, printed)
    assert (found.verdict, found.slip) == ("differs", slip)
    assert found.expected
    assert found.why


def test_another_measurer_may_have_another_number(reviewer: Reviewer) -> None:
    text = "Selon Canalys, Amazon, Microsoft et Google ont 64 % du marché européen du cloud en 2021."
    assert remark(reviewer, text, "64").verdict == "unknown"


def test_what_is_said_of_another_country_is_not_held_against_france(reviewer: Reviewer) -> None:
    text = "L'Allemagne consacre 676 millions d'euros publics à son plan cloud."
    assert remark(reviewer, text, "676").verdict == "unknown"


# The article's own arithmetic.


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Lyon reçoit 12 millions d'euros et Lille 15 millions d'euros, soit 29 millions au total.", "29"),
        ("La part passe de 40 % à 47 %, soit une hausse de 12 points.", "12"),
        ("Les ventes sont passées de 20 à 30 millions d'euros, soit une hausse de 40 %.", "40"),
        ("Sont venus 240 des 400 inscrits, soit 65 %.", "65"),
        ("Orders rose from 40 to 60, an increase of 80%.", "80"),
    ],
)
def test_sums_that_do_not_come_out_are_told(reviewer: Reviewer, text: str, printed: str) -> None:
    found = remark(reviewer, text, printed)
    assert (found.verdict, found.slip) == ("inconsistent", "own_arithmetic")
    assert "≠" in found.why


@pytest.mark.parametrize(
    "text",
    [
        "Lyon reçoit 12 millions d'euros et Lille 15 millions d'euros, soit 27 millions au total.",
        "Lyon reçoit 12,4 millions d'euros et Lille 15,4 millions d'euros, soit 28 millions au total.",
        "La part passe de 40 % à 47 %, soit une hausse de 7 points.",
        "Les ventes sont passées de 20 à 30 millions d'euros, soit une hausse de 50 %.",
        "Le budget est passé de 20 à 22 millions d'euros, soit 3 % du total.",
        "Lyon reçoit 12 millions d'euros et Lille 15 millions d'euros, soit 3 millions de plus.",
        "Lyon reçoit environ 12 millions d'euros et Lille 15 millions d'euros, soit 29 millions au total.",
    ],
)
def test_sums_that_may_come_out_are_left_in_peace(reviewer: Reviewer, text: str) -> None:
    assert reviewer.review(text).findings == ()


def test_a_wrong_part_explains_the_sum(reviewer: Reviewer) -> None:
    text = (
        "L'État finance le plan cloud : 533 millions d'euros sur 2021-2022 puis 143 millions ensuite, "
        "soit 667 millions au total."
    )
    assert [r.verdict for r in reviewer.review(text).remarks] == ["agrees", "differs", "agrees"]


# Dates.


def test_only_dates_of_known_events_are_spoken_of(reviewer: Reviewer) -> None:
    text = "Le Cloud Act a été adopté le 23 mars 2018. Le maire a été élu le 4 mars 2018."
    assert [(r.printed, r.verdict) for r in reviewer.review(text).remarks] == [("23 mars 2018", "agrees")]


def test_a_wrong_date_of_an_event_that_happened_once_differs(reviewer: Reviewer) -> None:
    assert remark(reviewer, "Le Cloud Act a été adopté le 23 mai 2018.", "mai").verdict == "differs"


@pytest.mark.parametrize(
    ("said", "period", "same"),
    [("2025", "../2025", True), ("2024", "../2025", False), ("2021-05", "2021-Q2", True), ("2030", "2023/..", True)],
)
def test_times_are_the_same_by_their_years(said: str, period: str, same: bool) -> None:
    assert _same_time(said, period) is same


# The review itself.


def test_places_are_those_of_the_text(reviewer: Reviewer) -> None:
    text = "Le plan cloud :\n\n667 millions\nd'euros publics, 23 projets de R&D."
    found = reviewer.review(text).remarks
    assert [text[r.start : r.end] for r in found] == [r.printed for r in found]
    assert [r.line for r in found] == [3, 4]


def test_every_figure_gets_exactly_one_verdict(reviewer: Reviewer) -> None:
    text = (
        "En 2020, 27 % des entreprises françaises (dix salariés et plus) utilisaient le cloud, contre 75 % en Finlande."
    )
    figures = [(q.start, q.end) for q in reading.scan(text) if q.is_figure]
    assert [(r.start, r.end) for r in reviewer.review(text).remarks] == figures


@pytest.mark.parametrize("text", ["", " \n", "Rien.", "\x00\u202e 27 %", "27 %" * 500, "((((((,,,;;;" * 200 + "5 %"])
def test_no_text_makes_it_stumble(reviewer: Reviewer, text: str) -> None:
    found = reviewer.review(text)
    assert set(found.counts) == set(VERDICTS)
    assert str(found)


def test_remarks_are_told_in_the_language_of_the_article_or_the_one_asked_for(reviewer: Reviewer) -> None:
    text = "La stratégie cloud compte 676 millions d'euros de fonds publics."
    assert "Attendu" in remark(reviewer, text, "676").why
    assert "Expected" in reviewer.review(text, "en").remarks[0].why


def test_a_review_cannot_be_changed_and_shows_itself(reviewer: Reviewer) -> None:
    found = reviewer.review("La stratégie cloud compte 676 millions d'euros de fonds publics.")
    bundle = found._repr_mimebundle_()
    assert isinstance(found, Review)
    assert set(bundle) == {"text/html", "text/plain"}
    assert SIGNS["differs"] in bundle["text/plain"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.text = ""  # type: ignore[misc]


def test_the_project_at_hand_is_what_a_text_is_reviewed_against_by_default() -> None:
    assert reviewing.review("Le plan cloud prévoit 30 M€ pour la formation.").counts["agrees"] == 1


def test_a_ledger_that_is_given_is_all_there_is(project: Path) -> None:
    text = "In 2022, Amazon, Microsoft and Google had 72% of the European cloud market."
    ledger = claims.load(project)
    assert reviewing.review(text, ledger=ledger).counts["agrees"] == 0
    assert reviewing.review(text, ledger=ledger, catalogue=series.load(project)).counts["agrees"] == 1


# The table of cues.


def test_cues_are_written_as_they_are_looked_for() -> None:
    for field, codes in table()["phrases"].items():
        for code, phrases in codes.items():
            for phrase in phrases:
                assert phrase == " ".join(phrase.split()), (field, code, phrase)
                assert fold(phrase) == phrase, (field, code, phrase)


def test_topics_ask_for_fields_and_codes_that_exist() -> None:
    phrases = table()["phrases"]
    for topic in table()["topics"]:
        for name, codes in {**topic["needs"], **topic.get("sure", {})}.items():
            assert set(codes) <= set(phrases[name]), topic["measures"]
        assert set(topic["scope"]) <= {*phrases, "period"}


def test_every_figure_of_the_ledger_and_the_series_belongs_to_a_topic(reviewer: Reviewer, project: Path) -> None:
    placed = {fact.id for topic in reviewer.topics for fact in topic.facts}
    figures = {claim.id for claim in claims.load(project).claims.values() if claim.quantity.is_figure}
    assert figures <= placed


def test_a_longer_phrase_hides_the_shorter_one_inside_it() -> None:
    (sentence,) = sentences("Le secteur public et les fonds publics", "fr")
    assert [hit.code for hit in cues().hits(sentence) if hit.field == "payer"] == ["public"]


def test_slips_have_words_in_both_languages() -> None:
    named = [slip for slip in SLIPS if slip not in ("", "own_arithmetic")]
    assert all(slip_words(slip, "fr") and slip_words(slip, "en") for slip in named)
