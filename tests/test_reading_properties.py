"""What holds of the reader of numbers on any text at all."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from gold import mark
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.quantities import FIGURES, Lang, Quantity
from analysis.reading import cue_words, number_words, scan, unit_words

SOME_WORDS = sorted(
    {word for table in (cue_words.BEFORE, cue_words.AFTER) for word in table}
    | set(number_words.SMALL)
    | set(number_words.TENS)
    | set(unit_words.SCALES)
    | set(unit_words.CURRENCY_WORDS)
    | set(unit_words.TIMES)
)
PIECES = st.one_of(
    st.sampled_from(SOME_WORDS),
    st.sampled_from(
        ["1", "20", "1 791", "1,8", "3.5", "2021", "20206", "0", "1/2", "12h30", "31/12/2024", "T1", "4ème"]
    ),
    st.sampled_from(
        ["%", "€", "M€", "$", "(", ")", "-", "–", "+", "/", "x", "²", "½", "entre", "et", "à", "sur", "in"]
    ),
    st.sampled_from([" ", "\n", "\n\n", "\u202f", "\u200b", "\xa0", "\t", "’", "|", ".", ",", ";", "…", "• "]),
    st.text(max_size=3),
)
LANGS: st.SearchStrategy[Lang | None] = st.sampled_from([None, "fr", "en"])


def check(text: str, found: list[Quantity]) -> None:
    """What every reading keeps to."""
    end = 0
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.printed
        assert quantity.start >= end, "overlap"
        end = quantity.end
        assert end > quantity.start
        assert quantity.interval is None or str(quantity.interval)
        assert quantity.record("file")["kind"]
    covered = {k for quantity in found for k in range(quantity.start, quantity.end)}
    assert all(k in covered for k, character in enumerate(text) if character.isdecimal())


@given(st.text(), LANGS)
@settings(max_examples=300)
def test_no_text_raises(text: str, lang: Lang | None) -> None:
    check(text, scan(text, lang))


@given(st.lists(PIECES, max_size=30), st.sampled_from(["", " "]), LANGS)
@settings(max_examples=500, deadline=None)
def test_no_mixture_of_number_and_unit_words_raises(pieces: list[str], between: str, lang: Lang | None) -> None:
    text = between.join(pieces)
    check(text, scan(text, lang))


def test_no_mutant_of_the_passages_raises() -> None:
    chance = random.Random(20261121)  # noqa: S311  nothing secret
    passages = [text for half in mark.HALVES for _, text, _ in mark.passages(half)]
    for _ in range(600):
        text = list(chance.choice(passages))
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(text))
            match chance.randrange(4):
                case 0:
                    del text[at : at + chance.randint(1, 9)]
                case 1:
                    text[at:at] = text[chance.randrange(len(text)) :][: chance.randint(1, 20)]
                case 2:
                    text[at] = chance.choice("0123456789 ,.-%€\n\u202f()/x")
                case _:
                    other = chance.choice(passages)
                    text[at:at] = other[chance.randrange(len(other)) :][: chance.randint(1, 30)]
            text = text or list(" ")
        mutant = "".join(text)
        check(mutant, scan(mutant))


# Printing a value and reading it back.

THIN, TIED = "\u202f", "\xa0"
Printer = Callable[[Decimal], str]
SENTENCES = {
    "fr": "Le total de la mesure est de {} selon la note.",
    "en": "The total of the measure is {} in the note.",
}


def in_french(number: Decimal, space: str = THIN) -> str:
    return f"{number:,}".replace(",", space).replace(".", ",")


def in_english(number: Decimal) -> str:
    return f"{number:,}"


PRINTERS: dict[str, tuple[Lang, str, str | None, int, Printer]] = {
    "19,5 %": ("fr", "percentage", "percent", 1, lambda n: in_french(n) + THIN + "%"),
    "19,5%": ("fr", "percentage", "percent", 1, lambda n: in_french(n, " ") + "%"),
    "19.5%": ("en", "percentage", "percent", 1, lambda n: in_english(n) + "%"),
    "19.5 per cent": ("en", "percentage", "percent", 1, lambda n: in_english(n) + " per cent"),
    "8 points": ("fr", "points", "percentage points", 1, lambda n: in_french(n) + " points"),
    "8 percentage points": ("en", "points", "percentage points", 1, lambda n: in_english(n) + " percentage points"),
    "1,8 Md€": ("fr", "money", "EUR", 10**9, lambda n: in_french(n) + TIED + "Md€"),
    "667 M€": ("fr", "money", "EUR", 10**6, lambda n: in_french(n) + TIED + "M€"),
    "1,5 million d’euros": ("fr", "money", "EUR", 10**6, lambda n: in_french(n, TIED) + " millions d’euros"),
    "12 k€": ("fr", "money", "EUR", 1000, lambda n: in_french(n) + " k€"),
    "12,50 €": ("fr", "money", "EUR", 1, lambda n: in_french(n) + TIED + "€"),
    "€1.8bn": ("en", "money", "EUR", 10**9, lambda n: f"€{in_english(n)}bn"),
    "$667 million": ("en", "money", "USD", 10**6, lambda n: f"${in_english(n)} million"),
    "£12.50": ("en", "money", "GBP", 1, lambda n: f"£{in_english(n)}"),
    "EUR 3 million": ("en", "money", "EUR", 10**6, lambda n: f"EUR {in_english(n)} million"),
    "3,5 ans": ("fr", "duration", "year", 1, lambda n: in_french(n) + " ans"),
    "3.5 months": ("en", "duration", "month", 1, lambda n: in_english(n) + " months"),
    "×10": ("fr", "multiplier", "x", 1, lambda n: f"×{in_french(n, '')}"),
    "10x": ("en", "multiplier", "x", 1, lambda n: f"{n!s}x"),
}
CUES: dict[Lang, dict[str, tuple[str, bool]]] = {
    "fr": {
        "": ("exact", False),
        "environ ": ("about", False),
        "plus de ": ("at_least", True),
        "au moins ": ("at_least", False),
        "moins de ": ("at_most", True),
        "au plus ": ("at_most", False),
    },
    "en": {
        "": ("exact", False),
        "about ": ("about", False),
        "more than ": ("at_least", True),
        "at least ": ("at_least", False),
        "less than ": ("at_most", True),
        "up to ": ("at_most", False),
    },
}
NUMBERS = st.decimals(min_value=2, max_value=99_999, places=1) | st.integers(2, 99_999).map(Decimal)


@given(st.sampled_from(sorted(PRINTERS)), NUMBERS, st.data())
@settings(max_examples=600, deadline=None)
def test_a_printed_value_reads_back_equal(form: str, number: Decimal, data: st.DataObject) -> None:
    lang, kind, unit, scale, printer = PRINTERS[form]
    cue = data.draw(st.sampled_from(sorted(CUES[lang])))
    text = SENTENCES[lang].format(cue + printer(number))
    (found,) = (q for q in scan(text) if q.kind in FIGURES)
    assert (found.kind, found.value, found.unit, found.lang) == (kind, number * scale, unit, lang)
    assert (found.bound, found.strict) == CUES[lang][cue]
    assert found.precision == Decimal("0.5").scaleb(int(number.as_tuple().exponent)) * scale


@given(st.sampled_from(["fr", "en"]), st.integers(2, 89), st.integers(1, 10))
def test_a_printed_range_reads_back_equal(lang: Lang, low: int, more: int) -> None:
    forms = {"fr": "entre {} et {} %", "en": "between {} and {}%"}
    text = SENTENCES[lang].format(forms[lang].format(low, low + more))
    (found,) = (q for q in scan(text) if q.kind in FIGURES)
    assert (found.value, found.bound) == ((Decimal(low), Decimal(low + more)), "range")


# Linear time.

HOSTILE = {
    "digits": "9",
    "spaces": " ",
    "letters": "a",
    "brackets": "(",
    "single digits": "1 ",
    "groups of three": "123 ",
    "decimals": "1,",
    "addresses": "http://1.",
    "number words": "vingt-",
    "scales": "million ",
    "nested units": "M€ d’euros de ",
    "cues": "plus de ",
    "open ranges": "entre 1 et ",
    "open ratios": "un a a a a ",
    "rows": "a 123 123 123 123 1\n",
    "captions": "(en M€) \n",
}


def calls(text: str) -> int:
    """How many functions are called in reading a text: work that no other process disturbs."""
    count = 0

    def called(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(called)
    try:
        scan(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    short, long = (unit * (size // len(unit)) for size in (5_000, 20_000))
    assert calls(long) < 4 * 1.5 * calls(short) + 1000


@pytest.mark.parametrize("unit", ["9", " ", "a", "\n", "plus de ", "e\u0301"], ids=repr)
def test_a_hundred_times_the_text_takes_a_hundred_times_as_long(unit: str) -> None:
    # What happens inside one call of a regular expression is seen by the clock only. Quadratic time would be 10,000.
    short, long = (unit * (size // len(unit)) for size in (10_000, 1_000_000))

    def seconds(text: str, runs: int) -> float:
        times = []
        for _ in range(runs):
            start = time.process_time()
            scan(text)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(long, 1) < 100 * 10 * seconds(short, 5) + 0.1


def test_every_gold_file_is_read_in_the_language_it_is_written_in() -> None:
    for half in mark.HALVES:
        for name, text, _ in mark.passages(half):
            langs = [q.lang for q in scan(text)]
            assert langs.count("fr" if Path(name).stem.startswith("fr") else "en") >= 0.8 * len(langs), name
