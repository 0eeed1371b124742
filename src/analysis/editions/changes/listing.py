"""What changed between two editions, as lines on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from analysis.editions.changes import told
from analysis.editions.changes.comparing import Changes, Chart, Entry, What
from analysis.quantities import Lang

SIGNS: Mapping[What, str] = {"moved": "≠", "added": "+", "removed": "−"}
WORDS: Mapping[Lang, Mapping[str, str]] = {
    "fr": {
        "title": "Ce qui a changé entre deux éditions",
        "numbers": "Nombres",
        "findings": "Verdicts",
        "charts": "Graphiques",
        "counted": "{title} (modifiés\u00a0: {moved}, nouveaux\u00a0: {added}, retirés\u00a0: {removed})",
        "nothing": "{title}\u00a0: rien n’a bougé",
        "cell": "{name}\u00a0: {text}",
        "moved": "modifié",
        "added": "nouveau",
        "removed": "retiré",
        "before": "Avant",
        "after": "Maintenant",
        "fr": "{name} (version française)",
        "en": "{name} (version anglaise)",
    },
    "en": {
        "title": "What changed between two editions",
        "numbers": "Numbers",
        "findings": "Verdicts",
        "charts": "Charts",
        "counted": "{title} (moved: {moved}, new: {added}, removed: {removed})",
        "nothing": "{title}: nothing moved",
        "cell": "{name}: {text}",
        "moved": "moved",
        "added": "new",
        "removed": "removed",
        "before": "Before",
        "after": "Now",
        "fr": "{name} (French version)",
        "en": "{name} (English version)",
    },
}
_NOTHING = "–"


def lines(changes: Changes, lang: Lang) -> Iterator[str]:
    """The listing, line by line."""
    yield f"{told.edition(changes.old, lang)} → {told.edition(changes.new, lang)}"
    for title, entries in (("numbers", changes.numbers), ("findings", changes.findings)):
        yield counted(title, entries, lang)
        for each in entries:
            yield f"  {SIGNS[each.what]} {each.id} – {told.subject(each.new or each.old, lang)}"
            for name, old, new in each.differences(lang):
                yield "      " + WORDS[lang]["cell"].format(name=name, text=f"{old or _NOTHING} → {new or _NOTHING}")
    yield counted("charts", changes.charts, lang)
    for chart in changes.charts:
        yield f"  {SIGNS[chart.what]} {named(chart, lang)}"
        yield from (f"      {SIGNS['removed']} {text}" for text in chart.gone)
        yield from (f"      {SIGNS['added']} {text}" for text in chart.come)


def counted(title: str, found: Sequence[Entry | Chart], lang: Lang) -> str:
    """How many of a kind moved, are new and were removed."""
    said = WORDS[lang]
    counts = Counter(each.what for each in found)
    return said["counted" if found else "nothing"].format(title=said[title], **{what: counts[what] for what in SIGNS})


def named(chart: Chart, lang: Lang) -> str:
    """A chart by its name and the language it is drawn in."""
    return WORDS[lang][chart.lang].format(name=chart.name)
