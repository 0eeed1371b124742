"""How fast the reader of numbers is: MB/s from 10 kB to 10 MB, on ordinary and on hostile text, and beside two others.

    python bench/scan.py              everything (some minutes)
    python bench/scan.py --quick      up to 1 MB only
    python bench/scan.py --json FILE  the ratios as well, for `python bench`

Processor time of one core; of several runs the fastest, as other work on the machine can only slow a run down. MB are
millions of characters. *Ordinary* text has four numbers per thousand characters, as a strategy paper has; *dense* is
the gold passages themselves, thirty-five per thousand. The hostile texts are made to trap a reader that goes back over
what it has read: one that is linear keeps its speed from column to column. A text whose next column would take longer
than ``PATIENCE`` is left out there ("–"): such a text is all numbers, and what is timed is how fast records are made.

The other tools, quantulum3 and Microsoft's Recognizers-Text, are optional: ``pip install quantulum3
recognizers-text-suite "emoji<2" grapheme "setuptools<81"``. They take turns with ours on the same English text; the
ratio is the median of the pairs' ratios.
"""

# ruff: noqa: INP001, T201  a script that prints its table

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from measures import Measure, write

from analysis.reading import scan

PATIENCE = 15.0  # seconds
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
PASSAGES = Path(__file__).resolve().parents[1] / "tests/gold/passages"
PAIRS = 3
SAMPLE = 4_000  # characters: the others are slow

FILLER = {
    "fr": """L’adoption de ces outils progresse sans bruit dans les services, où les équipes apprennent à choisir ce
qu’elles hébergent elles-mêmes et ce qu’elles confient à d’autres. La question du droit applicable revient
souvent, tout comme celle de la réversibilité des contrats. Les acheteurs demandent des clauses claires, les
juristes des garanties, et les techniciens du temps pour préparer les bascules. Personne ne conteste plus
l’intérêt d’une offre européenne ; on débat surtout de la manière de la faire grandir, entre commande
publique, normes communes et soutien à la recherche. Les élus locaux, de leur côté, réclament un
accompagnement de proximité et des interlocuteurs stables. """,
    "en": """Adoption moves quietly through the departments, where teams learn what to host themselves and what to hand
to others. The question of which law applies comes back often, and so does that of how to leave a contract.
Buyers ask for clear clauses, lawyers for guarantees, and engineers for time to prepare the switch. Nobody
disputes the need for a European offer any longer; the debate is mostly about how to make it grow, between
public procurement, common standards and support for research. Local officials would rather have help
nearby, and people who stay on. """,
}

Text = Callable[[int], str]


def _cut(text: str, size: int) -> str:
    return (text * (size // len(text) + 1))[:size]


def _passages(lang: str = "") -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(PASSAGES.glob(f"*/{lang}*.txt"))]


def ordinary(size: int, langs: str = "fr en") -> str:
    """Prose with about four numbers per thousand characters."""
    parts = [text + "\n\n" + FILLER[lang] * 5 + "\n\n" for lang in langs.split() for text in _passages(lang)]
    return _cut("".join(parts), size)


def dense(size: int) -> str:
    """The gold passages, over and over."""
    return _cut("\n\n".join(_passages()), size)


TEXTS: dict[str, Text] = {
    "ordinary": ordinary,
    "dense": dense,
    "one line": lambda size: ordinary(size).replace("\n", " "),
    "digits": lambda size: "9" * size,
    "spaces": lambda size: " " * size,
    "empty lines": lambda size: "\n" * size,
    "letters": lambda size: "a" * size,
    "brackets": lambda size: "(" * size,
    "euro signs": lambda size: "€" * size,
    "cues": lambda size: _cut("plus de ", size),
    "scales": lambda size: _cut("million ", size),
    "groups of three": lambda size: _cut("123 ", size),
    "open ranges": lambda size: _cut("entre 1 et ", size),
    "open ratios": lambda size: _cut("un a a a a ", size),
    "captions": lambda size: _cut("en M€\n", size),
    "number words": lambda size: _cut("vingt-", size),
    "single digits": lambda size: _cut("1 ", size),
    "decimals": lambda size: _cut("1,", size),
}


def speed(text: str) -> tuple[float, float]:
    """MB/s of the fastest run, and how long that run took."""
    runs = 5 if len(text) <= 100_000 else 2 if len(text) <= 1_000_000 else 1
    seconds = min(_seconds(scan, text) for _ in range(runs))
    return len(text) / seconds / 1e6, seconds


def _seconds(reader: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    reader(text)
    return time.process_time() - start


def table(sizes: tuple[int, ...]) -> None:
    """MB/s of every text at every size."""
    print(f"{'MB/s':18}" + "".join(f"{size:>12,}" for size in sizes))
    for name, make in TEXTS.items():
        cells, seconds, before = [], 0.0, sizes[0]
        for size in sizes:
            if seconds * size / before > PATIENCE:
                cells.append(f"{'–':>12}")
                continue
            rate, seconds = speed(make(size))
            before = size
            cells.append(f"{rate:12.2f}")
        print(f"{name:18}" + "".join(cells), flush=True)


def quantulum3() -> Callable[[str], object]:
    """The reader of quantulum3 (English), warmed up."""
    parse: Callable[[str], object] = importlib.import_module("quantulum3.parser").parse
    parse("2 km")
    return parse


def recognizers() -> Callable[[str], object]:
    """Numbers, percentages, currencies and dates of Recognizers-Text (English), warmed up."""
    number = importlib.import_module("recognizers_number")
    units = importlib.import_module("recognizers_number_with_unit")
    dates = importlib.import_module("recognizers_date_time")
    english = importlib.import_module("recognizers_text").Culture.English

    def parse(text: str) -> object:
        return [
            recognise(text, english)
            for recognise in (
                number.recognize_number,
                number.recognize_percentage,
                units.recognize_currency,
                dates.recognize_datetime,
            )
        ]

    parse("2 km")
    return parse


def beside(name: str, make: Callable[[], Callable[[str], object]]) -> Iterator[Measure]:
    """Our throughput as a multiple of another tool's, measured in turns; nothing where that is not installed."""
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            other = make()
        except ImportError as error:
            print(f"{name:18} not measured: {error} (see the top of this file)")
            return
        text = ordinary(SAMPLE, "en")
        pairs = [(speed(text)[1], _seconds(other, text)) for _ in range(PAIRS)]
    ratio = statistics.median(theirs / ours for ours, theirs in pairs)
    ours, theirs = (len(text) / min(column) / 1e6 for column in zip(*pairs, strict=True))
    print(f"{name:18} {theirs:.4f} MB/s; ours is {ratio:.0f} times as fast")
    yield Measure(f"reading numbers, beside {name}", ours, theirs, "MB/s", ratio)


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--quick", action="store_true", help="up to 1 MB only")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the ratios here")
    given = options.parse_args()
    print(f"Python {sys.version.split()[0]}; numbers per thousand characters: ", end="")
    print(", ".join(f"{make.__name__} {len(scan(make(100_000))) / 100:.1f}" for make in (ordinary, dense)))
    table(SIZES[:3] if given.quick else SIZES)
    write(given.json, [*beside("quantulum3", quantulum3), *beside("Recognizers-Text", recognizers)])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
