"""Text → passages: its sentences with their figures, what each names, and which words belong to which figure.

A sentence is cut at commas, brackets and joining words into clauses that hold one figure at most. Words in a figure's
own clause say most about it; then those in clauses around that hold no figure; then what was said before in the
sentence, what is said after it, and what the sentences before have said. These five are the tiers, the nearest being 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from analysis.quantities import Lang, Quantity
from analysis.reading.sentences import Sentence, sentences
from analysis.reading.tokens import DIGITS
from analysis.review.clause_words import COUNTING, CUTTING, LEANING_BACK, LINKING, LISTING, OPENING
from analysis.review.cues import Cues, Hit

OWN, AROUND, BEFORE, AFTER, EARLIER = range(5)
#: How many sentences back something may have been named.
REACH = 30
PERIOD = "period"
_CUTS = re.compile(rf"[,;:()\[\]–—!?]|\s--?\s|\b(?:{CUTTING})\b", re.IGNORECASE)
_JOINTS = re.compile(r"\s(?:à|to|a)\s", re.IGNORECASE)
_PREPOSITIONS = re.compile(
    r"\s(?:sur|pour|avec|dans|with|for|out of|on)\s(?=(?:une?|l[ea]s?|an?|the)\b)", re.IGNORECASE
)
_LEANS_BACK = re.compile(rf"[\s,(–—-]*(?:d['’]|(?:{LEANING_BACK})\b)", re.IGNORECASE)
_PRONOUN = re.compile(rf"\W*(?:{LINKING})\b", re.IGNORECASE)
_LIST_GAP = re.compile(rf"(?:[\s,;/'’]|l['’]|d['’]|\b(?:{LISTING})\b)*", re.IGNORECASE)
_FIGURE_GAP = re.compile(rf"(?:[\s,;/'’]|d['’]|\b(?:{COUNTING})\b)*", re.IGNORECASE)
#: Fields of what a whole sentence speaks of, wherever in it the words stand.
_SHARED = frozenset({"measure", "thing", "organisation", "market", "programme", "gathering", "initiative"})
_SHARES = frozenset({"percentage", "ratio_in_words"})
_SPAN = re.compile(r"\b(?:entre|between|from|de)\s+$", re.IGNORECASE)
_SPAN_TO = re.compile(r"\s+(?:et|and|to|à)\s+", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_RESPECTIVELY = re.compile(r"\brespecti(?:vement|vely)\b", re.IGNORECASE)
_HEADLINES = 3  # sentences at the beginning that may speak of what only the text below names
_FEW = 20  # paragraphs by which the layout of a text can be told
_AMOUNTS = frozenset({"m", "bn", "mn", "k", "p"})
_LINE = 60  # characters of a line that runs on
_MOST = 200  # tokens of a sentence that is still joined with the next line


@dataclass(frozen=True, slots=True)
class Told:
    """What the words around a figure say in one field: codes, the nearest first, and the tier they were found in."""

    codes: tuple[str, ...] = ()
    tier: int = EARLIER + 1
    hits: tuple[Hit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.codes)


@dataclass(frozen=True)
class Passage:
    """One sentence: its place, what it names, its figures, and what stood before it."""

    text: str
    start: int
    end: int
    lang: Lang
    hits: tuple[Hit, ...]
    figures: tuple[Quantity, ...]
    numbers: tuple[Quantity, ...]
    row: bool
    index: int
    article: list[Passage] = field(repr=False, compare=False)
    kept: dict[frozenset[str], list[frozenset[int]]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def linked(self) -> bool:
        """Whether it begins with a word that leans on the sentence before it."""
        return _PRONOUN.match(self.text, self.start, self.end) is not None

    @cached_property
    def _edges(self) -> list[int]:
        """Where its clauses begin, and its end."""
        cuts = {self.start, self.end}
        names = [hit for hit in self.hits if any(c.isspace() for c in self.text[hit.start : hit.end])]
        kept = [(hit.start, hit.end) for hit in names] + [(q.start, q.end) for q in self.numbers]
        for cut in _CUTS.finditer(self.text, self.start, self.end):
            if not any(start < cut.end() and cut.start() < end for start, end in kept):
                cuts.add(cut.start())
        for one, other in pairwise(self.figures):
            alike = one.kind == other.kind
            if alike and not any(one.end <= cut <= other.start for cut in cuts):
                between = (self.text, one.end, other.start)
                joint = _JOINTS.search(*between) or _PREPOSITIONS.search(*between)
                cuts.add(joint.start() if joint else other.start)
        return sorted(cuts)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """The clauses in order, as places of the text."""
        return list(zip(self._edges, self._edges[1:], strict=False))

    def _owners(self, kinds: frozenset[str]) -> list[frozenset[int]]:
        """For each clause the indices of the figures of some kinds it belongs to: its own, or of a clause beside it."""
        if kinds not in self.kept:
            own = [
                frozenset(n for n, q in enumerate(self.figures) if q.kind in kinds and a <= q.start < b)
                for a, b in self.clauses
            ]
            owners: list[frozenset[int]] = []
            for index, figures in enumerate(own):
                after = next((each for each in own[index:] if each), frozenset[int]())
                before = owners[-1] if owners else frozenset[int]()
                owners.append(figures or (before if not after or (before and self._leans_back(index)) else after))
            self.kept[kinds] = owners
        return self.kept[kinds]

    def _leans_back(self, index: int) -> bool:
        """Whether a clause without figures goes with what stands before it."""
        start, end = self.clauses[index]
        return self.text[start] not in ")]" and _LEANS_BACK.match(self.text, start, end) is not None

    def zone(self, figure: Quantity) -> Iterator[tuple[int, int, bool]]:
        """The clauses that belong to a figure, with no regard to figures of other kinds; the flag tells its own."""
        index = self.figures.index(figure)
        for (start, end), owners in zip(self.clauses, self._owners(_rivals(figure)), strict=True):
            if index in owners:
                yield start, end, start <= figure.start < end

    def tier(self, hit: Hit, figure: Quantity) -> int:
        """How near a phrase of this sentence is to a figure of it."""
        if self.row and hit.start < self.figures[0].start:
            return OWN
        for start, end, own in self.zone(figure):
            if start <= hit.start < end:
                return OWN if own else AROUND
        if hit.start < figure.start:
            return AROUND if hit.start < self._lead_end(_rivals(figure)) else BEFORE
        return AFTER

    def _lead_end(self, kinds: frozenset[str]) -> int:
        """Where the clauses end that stand before the clause of the first figure: they speak of all figures."""
        first = next(q for q in self.figures if q.kind in kinds)
        return next(start for start, end in self.clauses if start <= first.start < end)

    def told(self, name: str, figure: Quantity, *, reach: int = 0, only: frozenset[str] | None = None) -> Told:
        """What is said of a figure in one field; ``reach`` is how many sentences back may be looked at.

        With ``only``, other codes are passed over; without, the nearest ones of whatever code are it.
        """
        listed = self._listed(name, figure)
        if listed is not None and (only is None or listed.code in only):
            return Told((listed.code,), OWN, (listed,))
        tiers: dict[int, list[Hit]] = {}
        for hit in self.hits:
            if hit.field == name and (only is None or hit.code in only):
                tiers.setdefault(self.tier(hit, figure), []).append(hit)
        if name not in _SHARED:
            tiers[AFTER] = [hit for hit in tiers.get(AFTER, ()) if not self._claimed(hit, figure)]
            if not tiers[AFTER] or (self.linked and reach and min(tiers) == AFTER):
                del tiers[AFTER]  # a pronoun stands for what came before it
        if tiers:
            tier = min(tiers)
            hits = tuple(sorted(tiers[tier], key=lambda hit: _distance(hit, figure)))
            return Told(tuple(dict.fromkeys(hit.code for hit in hits)), tier, hits)
        for passage in self._around(reach):
            found = [hit for hit in passage.hits if hit.field == name and (only is None or hit.code in only)]
            if found:
                tier = EARLIER if passage.index < self.index else EARLIER + 1
                return Told(tuple(dict.fromkeys(hit.code for hit in reversed(found))), tier)
        return Told()

    def _claimed(self, hit: Hit, figure: Quantity) -> bool:
        """Whether a phrase stands in the own clause of another figure of the kind, not in a list with this one."""
        start, end = next((a, b) for a, b in self.clauses if a <= hit.start < b)
        rivals = [q for q in self.figures if q.kind in _rivals(figure)]
        listed = self._run(rivals, figure)
        return any(q not in listed and start <= q.start < end for q in rivals)

    def _around(self, reach: int) -> Iterator[Passage]:
        """The sentences before, the last first; for a headline, those right after it."""
        if reach:
            yield from reversed(self.article[max(0, self.index - reach) : self.index])
        if reach > 1 and self.index < _HEADLINES:
            yield from self.article[self.index + 1 : self.index + 1 + _HEADLINES]

    def _listed(self, name: str, figure: Quantity) -> Hit | None:
        """What a list tells of a figure: as many names in a row as figures, in the same order, before or after them."""
        figures = [q for q in self.figures if q.kind == figure.kind]
        run = self._run(figures, figure)
        if len(run) < 2:
            return None
        loose = _RESPECTIVELY.search(self.text, self.start, self.end) is not None
        hits = [hit for hit in self.hits if hit.field == name]
        if loose and not hits and self.linked and self.index:
            hits = [hit for hit in self.article[self.index - 1].hits if hit.field == name]
        inside = [hit for hit in hits if run[0].end <= hit.start < run[-1].start]
        before = _row_of(self.text, [hit for hit in hits if hit.end <= run[0].start], loose=loose)[-len(run) :]
        after = _row_of(self.text, [hit for hit in hits if hit.start >= run[-1].end][::-1], loose=loose)[-len(run) :][
            ::-1
        ]
        for row in (after, before):
            if not inside and len(row) == len(run) == len({hit.code for hit in row}):
                return row[run.index(figure)]
        return None

    def _run(self, figures: Sequence[Quantity], figure: Quantity) -> list[Quantity]:
        """The figures of one kind that stand in a row with a figure, with nothing but joining words between them."""
        index = figures.index(figure)
        first = last = index
        while first and self._joined(figures[first - 1], figures[first]):
            first -= 1
        while last + 1 < len(figures) and self._joined(figures[last], figures[last + 1]):
            last += 1
        return list(figures[first : last + 1])

    def _joined(self, one: Quantity, other: Quantity) -> bool:
        return _FIGURE_GAP.fullmatch(self.text, one.end, other.start) is not None


def _rivals(figure: Quantity) -> frozenset[str]:
    """The kinds of figures that would claim the same words as it does."""
    return _SHARES if figure.kind in _SHARES else frozenset({figure.kind})


def _row_of(text: str, hits: Sequence[Hit], *, loose: bool) -> list[Hit]:
    """The last of some phrases that stand in a row: between them nothing but joining words."""
    row: list[Hit] = []
    for hit in hits:
        if row and not loose:
            start, end = sorted((row[-1], hit), key=lambda each: each.start)
            if not _LIST_GAP.fullmatch(text, start.end, end.start):
                row = []
        row.append(hit)
    return row


def _distance(hit: Hit, figure: Quantity) -> int:
    return hit.start - figure.end if hit.start >= figure.end else figure.start - hit.end


def passages(
    text: str, found: Sequence[Quantity], cues: Cues, lang: Lang | None, rows: frozenset[int]
) -> list[Passage]:
    """The sentences of a text in order; ``found`` are its numbers, ``rows`` the places where rows of tables start."""
    result: list[Passage] = []
    position = 0
    for sentence in _sentences(text, lang, rows):
        start, end = sentence.tokens[0].start, sentence.tokens[-1].end
        numbers = []
        while position < len(found) and found[position].start < end:
            numbers.append(found[position])
            position += 1
        hits = (*cues.hits(sentence), *_periods(text, numbers))
        for part in _parts(text, numbers):
            named = tuple(hit for hit in hits if part(hit.start))
            inside = tuple(number for number in numbers if part(number.start))
            figures = tuple(number for number in inside if number.is_figure)
            result.append(
                Passage(text, start, end, sentence.lang, named, figures, inside, start in rows, len(result), result)
            )
    return result


def _parts(text: str, numbers: Sequence[Quantity]) -> Iterator[Callable[[int], bool]]:
    """What belongs together in a sentence that footnotes have come into: the sentence without them, then each note."""
    marks = [q.start for q in numbers if q.kind == "page_or_footnote" and _begins_line(text, q.start)]
    notes = [(mark, _paragraph_end(text, mark)) for mark in marks]
    yield lambda place: not any(a <= place < b for a, b in notes)
    for first, last in notes:
        yield lambda place, first=first, last=last: first <= place < last  # type: ignore[misc]


def _paragraph_end(text: str, place: int) -> int:
    found = _EMPTY_LINE.search(text, place)
    return found.start() if found else len(text)


def _sentences(text: str, lang: Lang | None, rows: frozenset[int]) -> Iterator[Sentence]:
    """The sentences; where empty lines stand between the lines of one sentence, its parts are joined."""
    wrapped = _is_spaced_out(text)
    held: Sentence | None = None
    for sentence in (part for whole in sentences(text, lang, rows) for part in _ended(whole)):
        row = sentence.tokens[0].start in rows
        opens = sentence.tokens[0].low in OPENING
        if (
            held is not None
            and wrapped
            and not row
            and not opens
            and held.tokens[0].start not in rows
            and _runs_on(held)
        ):
            held = Sentence([*held.tokens, *sentence.tokens], text, held.lang)
            continue
        if held is not None:
            yield held
        held = sentence
    if held is not None:
        yield held


def _ended(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence, cut where an amount ends one: "€680m. Brussels adds…" is not Mr Brussels."""
    words, start = sentence.tokens, 0
    for index in range(2, len(words) - 1):
        amount = words[index].low == "." and words[index - 1].low in _AMOUNTS and words[index - 2].kind == DIGITS
        if amount and words[index - 2].end == words[index - 1].start and sentence.capital(index + 1):
            yield Sentence(words[start : index + 1], sentence.text, sentence.lang)
            start = index + 1
    yield Sentence(words[start:], sentence.text, sentence.lang) if start else sentence


def _is_spaced_out(text: str) -> bool:
    """Whether most paragraphs end in the middle of a sentence: then they are lines, as in text taken from a PDF."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return 2 * sum(part[-1] not in ".!?:;…»”" for part in paragraphs) > len(paragraphs) > _FEW


def _runs_on(sentence: Sentence) -> bool:
    """Whether a line long enough not to be a heading ends without a full stop."""
    last = sentence.tokens[-1]
    start, end = _line(sentence.text, last.start)
    return last.low not in ".!?:;…" and end - start >= _LINE and len(sentence.tokens) < _MOST


def _line(text: str, place: int) -> tuple[int, int]:
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end


def _begins_line(text: str, place: int) -> bool:
    return not text[_line(text, place)[0] : place].strip()


def _periods(text: str, numbers: Sequence[Quantity]) -> Iterator[Hit]:
    """What a sentence says of time; two years that are the ends of a span are one."""
    years = [number for number in numbers if number.kind == "year" and isinstance(number.value, str)]
    ends: set[Quantity] = set()
    for one, other in pairwise(years):
        if _SPAN.search(text[max(0, one.start - 9) : one.start]) and _SPAN_TO.fullmatch(text, one.end, other.start):
            ends |= {one, other}
            yield Hit(PERIOD, f"{one.value}/{other.value}", one.start, other.end)
    yield from (hit for number in numbers if number not in ends for hit in _period(number))


def _period(number: Quantity) -> Iterator[Hit]:
    """The years and dates of a sentence, as what it says of time."""
    if number.kind in ("year", "quarter", "date"):
        match number.value:
            case str() as told if not told.startswith("--"):
                yield Hit(PERIOD, told, number.start, number.end)
            case (str() as first, str() as last):
                yield Hit(PERIOD, f"{first}/{last}", number.start, number.end)


__all__ = ["AFTER", "AROUND", "BEFORE", "EARLIER", "OWN", "PERIOD", "REACH", "Passage", "Sentence", "Told", "passages"]
