"""What an article has said it speaks of stands for what its later sentences leave out."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import claims, series
from analysis.review import Remark, Reviewer

PLAN = "La France a présenté sa stratégie nationale pour le cloud."
MARKET = "Amazon, Microsoft and Google dominate the European cloud market, says Synergy Research Group."


@pytest.fixture(scope="module")
def reviewer(project: Path) -> Reviewer:
    return Reviewer.of(claims.load(project), series.load(project))


def remark(reviewer: Reviewer, text: str, printed: str) -> Remark:
    return next(r for r in reviewer.review(text).remarks if r.printed.startswith(printed))


def test_what_follows_a_plan_needs_not_name_it_again(reviewer: Reviewer) -> None:
    text = f"{PLAN}\n\nIl pleuvait ce jour-là.\n\nLe reste viendra des entreprises (680 millions) et de l'Union."
    assert remark(reviewer, text, "680").verdict == "agrees"


def test_without_the_plan_the_same_words_say_nothing(reviewer: Reviewer) -> None:
    text = "Il pleuvait ce jour-là.\n\nLe reste viendra des entreprises (680 millions) et de l'Union."
    assert remark(reviewer, text, "680").verdict == "unknown"


def test_another_plan_ends_the_first(reviewer: Reviewer) -> None:
    text = f"{PLAN} Puis vint le plan quantique.\n\nLes entreprises y mettent 860 millions d'euros."
    assert remark(reviewer, text, "860").verdict == "unknown"


def test_a_sentence_that_turns_aside_is_not_of_the_frame(reviewer: Reviewer) -> None:
    text = f"{PLAN}\n\nPar ailleurs, les entreprises verseront 860 millions d'euros d'impôts."
    assert remark(reviewer, text, "860").verdict == "unknown"


def test_a_heading_speaks_for_the_items_below_it(reviewer: Reviewer) -> None:
    text = f"{PLAN}\n\nOù va l'argent public ?\n\n- Espaces de données : 360 M€\n- Formation : 30 M€\n"
    assert remark(reviewer, text, "360").slip == "wrong_subject"
    assert remark(reviewer, text, "30").verdict == "agrees"


def test_two_years_earlier_is_counted_from_the_year_named_last(reviewer: Reviewer) -> None:
    text = (
        "En 2020, 27 % des entreprises françaises achetaient du cloud, selon Eurostat. "
        "Deux ans plus tôt, la part était de {} en France."
    )
    assert remark(reviewer, text.format("19 %"), "19").verdict == "agrees"
    assert remark(reviewer, text.format("91 %"), "91").slip == "digits_swapped"


def test_a_number_of_the_headline_has_the_verdict_of_the_text(reviewer: Reviewer) -> None:
    text = "Un trésor de 59 milliards\n\nLe marché européen du cloud pesait 59 milliards d'euros en 2020, selon IDC."
    assert remark(reviewer, text, "59").verdict == "agrees"


def test_the_trio_named_before_keeps_its_measurer(reviewer: Reviewer) -> None:
    text = f"{MARKET} In 2021, Gartner estimated, the trio stood at 69% in Europe."
    assert remark(reviewer, text, "69").slip == "wrong_attribution"


def test_an_amount_in_m_ends_a_sentence(reviewer: Reviewer) -> None:
    text = "France's cloud plan gives €667m. Brussels adds €444m. Companies bring €680m. Altogether it is worth €1.8bn."
    assert [r.verdict for r in reviewer.review(text).remarks] == ["agrees"] * 4


@pytest.mark.parametrize(
    "text",
    [
        "Le fonds a 59 millions. Un prêt en fait 19. Le total vaut 90 millions. L'écart est donc de 31 millions.",
        "L'usine compte 85 salariés, contre 68 en 2020, soit 25 % de plus.",
        "Lyon reçoit 20 millions d'euros sur 80 millions d'euros.\n\nCe qui fait 25 % du total.",
        "Le projet a 667 millions. De ces 667 millions, 421 millions sont promis. Le reste, 246 millions, attendra.",
        "The rate was 45.3% in 2023. In 2025 it was 52.7%, which makes a rise of 7.4 percentage points.",
    ],
)
def test_arithmetic_across_sentences_that_comes_out_is_left_in_peace(reviewer: Reviewer, text: str) -> None:
    assert not [r for r in reviewer.review(text).findings if r.slip == "own_arithmetic"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("L'usine compte 85 salariés, contre 68 en 2020, soit 35 % de plus.", "35"),
        ("Lyon reçoit 20 millions d'euros sur 80 millions d'euros.\n\nCe qui fait 35 % du total.", "35"),
        ("The rate was 45.3% in 2023. In 2025 it was 52.7%, which makes a rise of 9.4 percentage points.", "9.4"),
        ("Lyon a 3 millions d'euros. Lille a 4 millions d'euros. Ces deux villes cumulent 17 millions d'euros.", "17"),
        ("The part of the market slid from 27% to 31%.", "31"),
    ],
)
def test_arithmetic_across_sentences_that_fails_is_found(reviewer: Reviewer, text: str, printed: str) -> None:
    found = remark(reviewer, text, printed)
    assert (found.verdict, found.slip) == ("inconsistent", "own_arithmetic")


def test_a_date_of_an_act_that_happens_once_is_checked(reviewer: Reviewer) -> None:
    text = "Strasbourg, port du Rhin.\n\nL'hébergeur y a inauguré le 21 septembre 2022 son nouveau centre de données."
    found = remark(reviewer, text, "21 septembre")
    assert (found.verdict, found.slip) == ("differs", "digits_swapped")
