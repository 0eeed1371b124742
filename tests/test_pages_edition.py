"""A small edition about invented documents, for the tests of pages and PDFs, and what an edition can tell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analysis import checks
from analysis.checks import Check, Evidence, Finding
from analysis.claims import Anchor, Claim, Ledger
from analysis.documents import Document
from analysis.errors import InputError
from analysis.notebooks.chapter import Block, Chapter, Prose
from analysis.pages import Correction, Edition
from analysis.quantities import Bound, Kind, Lang, Quantity
from analysis.series import Catalogue, Observation, Series

LANGUAGES: tuple[Lang, ...] = ("fr", "en")


def document(name: str, lang: Lang, date: str, **changes: Any) -> Document:
    facts: dict[str, Any] = {
        "title": {"fr": "Rapport d’essai sur le nuage", "en": "A trial report about the cloud"}[lang],
        "publisher": "Office d’essai",
        "authors": ("Une autrice", "Un auteur"),
        "date_known_fr": "La date est imprimée en tête.",
        "date_known_en": "The date is printed at its head.",
        "address": f"https://example.org/{name}?a=1&b=2",
        "address_note_fr": "Le texte entier s’y trouve.",
        "address_note_en": "The whole text stands there.",
        "terms_fr": "Licence ouverte.",
        "terms_en": "Open licence.",
        "licence_open": True,
        "sha256": "0" * 64,
        "text_sha256": "1" * 64,
        "length": 20_000,
        "remarks_fr": "La fin manque.",
        "remarks_en": "Its end is missing.",
    }
    return Document(id=name, language=lang, date=date, **facts | changes)


def quantity(printed: str, value: str, kind: Kind, unit: str, half: str, *, bound: Bound = "exact") -> Quantity:
    end = len(printed)
    return Quantity(kind, Decimal(value), unit, bound, Decimal(half), printed, 0, end, "fr", strict=bound != "exact")


def claim(name: str, source: Document, start: int, read: Quantity, **changes: Any) -> Claim:
    facts: dict[str, Any] = {
        "table": "adoption",
        "line": start // 60 + 1,
        "context": "89abcdef01234567",
        "subject": "enterprises",
        "measure": "cloud_adoption",
        "place": "FR",
        "period": "2018",
        "measured_by": "eurostat",
        "said_by": "french_government",
        "status": "measured",
        "statement_fr": "En France, {value} des entreprises achetaient des services de cloud en {period}.",
        "statement_en": "In France, {value} of enterprises bought cloud services in {period}.",
    }
    return Claim(
        id=name,
        printed=read.printed,
        at=(start, start + len(read.printed)),
        document=source,
        quantity=read,
        **facts | changes,
    )


REPORT = document("report", "fr", "2021-11-02")
LETTER = document("letter", "en", "2024-05-21", authors=(), remarks_fr="", remarks_en="", length=900)

CLAIMS = (
    claim("adoption_fr_2018", REPORT, 1_500, quantity("19%", "19", "percentage", "percent", "0.5")),
    claim(
        "adoption_fr_2020",
        REPORT,
        1_512,
        quantity("27%", "27", "percentage", "percent", "0.5"),
        period="2020",
        population="large_groups",
        note_fr="Le seuil de taille n’est pas dit.",
        note_en="The threshold of size is not told.",
    ),
    claim(
        "share_europeans",
        REPORT,
        9_000,
        quantity("2%", "2", "percentage", "percent", "0.5", bound="at_most"),
        cue=Anchor("moins de", (8_990, 8_999)),
        period="",
        same_as="adoption_fr_2018",
        statement_fr="Les fournisseurs européens tiennent {value} du marché.",
        statement_en="European providers hold {value} of the market.",
    ),
    claim(
        "funding_public",
        REPORT,
        15_000,
        quantity("667", "667000000", "money", "EUR", "500000"),
        unit_words=Anchor("en M€", (14_000, 14_005)),
        statement_fr="Le plan annonce {value} d’argent public.",
        statement_en="The plan announces {value} of public money.",
        measured_by="none",
        status="promise",
    ),
    claim("unused", LETTER, 850, quantity("3", "3", "multiplier", "x", "0"), place="DE"),
)

SERIES = Series(
    id="office_use",
    title_fr="Usage du nuage, office d’essai",
    title_en="Use of the cloud, trial office",
    publisher="Office d’essai",
    address="https://example.org/series",
    terms_fr="Réutilisation libre.",
    terms_en="Free to reuse.",
    collected_fr="Relevé à la main.",
    collected_en="Collected by hand.",
    note_fr="Une rupture en fin de série.",
    note_en="A break at the end of the series.",
)


def observation(name: str, printed: str, value: str, **changes: Any) -> Observation:
    facts: dict[str, Any] = {
        "cue": "",
        "unit": "",
        "language": "en",
        "subject": "enterprises",
        "measure": "cloud_adoption",
        "place": "FR",
        "period": "2018",
        "population": "",
        "segment": "",
        "payer": "",
        "purpose": "",
        "status": "measured",
        "measured_by": "eurostat",
        "said_by": "eurostat",
        "flag": "",
        "released": "2026-02-27",
        "publisher": "Office d’essai",
        "address": "https://example.org/releases?a=1&b=2",
        "second_address": "",
        "agreement": "official",
        "same_as": "",
        "note_fr": "",
        "note_en": "",
    }
    read = quantity(printed, value, "percentage", "percent", "0.005")
    return Observation(
        id=name, series=SERIES, file=Path("x.csv"), line=2, printed=printed, quantity=read, **facts | changes
    )


OBSERVATIONS = (
    observation("office_fr_2018", "19.42%", "19.42", flag="bp", same_as="adoption_fr_2018"),
    observation(
        "office_fr_2020",
        "26.86%",
        "26.86",
        period="2020",
        newest=False,
        cue="about",
        unit="of enterprises",
        second_address="https://www.example.com/copy",
        agreement="disagree",
        note_fr="Révisé depuis.",
        note_en="Revised since.",
        said_by="french_government",
    ),
    observation("office_fr_2021", "28.10%", "28.10", period="2021", second_address="letter", released="2021-11-02"),
    observation("office_unused", "33.32%", "33.32", place="DE"),
)


def check(name: str, of: str, gives: str, title_fr: str, title_en: str, **changes: Any) -> Check:
    texts = {"reason_fr": "Le même nombre.", "reason_en": "The same number."}
    settle = {"settle_fr": "L’enquête.", "settle_en": "The survey."}
    given: dict[str, Any] = texts | settle | {"expected": "holds", "grade": "exact"} | changes
    return Check(id=name, relation="same", of=(of,), gives=gives, title_fr=title_fr, title_en=title_en, **given)


CHECKS = (
    check("at_the_office", "office_fr_2018", "adoption_fr_2018", "Le nombre de l’office", "The office’s number"),
    check(
        "two_years",
        "adoption_fr_2018",
        "office_fr_2021",
        "Deux années",
        "Two years",
        across=("period", "population"),
        expected="contradicts",
        grade="numbers_disagree",
    ),
    check(
        "twice",
        "adoption_fr_2018",
        "adoption_fr_2020",
        "Deux parts pour un pays",
        "Two shares for one country",
        across=("period", "population"),
        expected="contradicts",
        grade="numbers_disagree",
    ),
)
CATALOGUE = Catalogue({each.id: each for each in OBSERVATIONS}, {SERIES.id: SERIES})


def found(claims: tuple[Claim, ...] = CLAIMS, catalogue: Catalogue = CATALOGUE) -> tuple[Finding, ...]:
    ledger = Ledger({each.id: each for each in claims}, {})
    return checks.findings(Evidence(ledger, catalogue, CHECKS))


DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} 150" width="{w}" height="150" role="img" lang="fr"
 aria-labelledby="a-title" aria-describedby="a-desc" font-family="'Source Sans Pro', sans-serif">
<title id="a-title">Deux barres</title><desc id="a-desc">Description</desc>
<path d="M 90 20 L {x} 20 L {x} 50 L 90 50 z" fill="#7b8290"/>
<path d="M 90 70 L {y} 70 L {y} 100 L 90 100 z" fill="#c4471a"/>
<path d="M 90 10 L 90 112" fill="none" stroke="#16191f"/>
<text x="82" y="40" font-size="14" text-anchor="end" fill="#16191f">2018</text>
<text x="82" y="90" font-size="14" text-anchor="end" fill="#16191f">2020</text>
<text x="{x}" y="40" dx="8" font-size="14" fill="#16191f">19\u202f%</text>
<text x="{y}" y="90" dx="8" font-size="14" font-weight="600" fill="#c4471a">27\u202f%</text>
<text x="90" y="134" font-size="12.5" fill="#545b66">Part des entreprises, en\u202f%</text>
</svg>"""

TEXTS: dict[Lang, dict[str, Any]] = {
    "fr": {
        "title": "Une entreprise française sur quatre achète du cloud, l’Allemagne fait mieux",
        "standfirst": "La part des entreprises qui achètent du cloud passe de [19\u202f%](#adoption_fr_2018) à "
        "[27\u202f%](#adoption_fr_2020) en deux ans. C’est le gouvernement qui le dit, d’après Eurostat.",
        "prose": "## Ce que disent les documents\n\nLe rapport annonce un progrès de *huit points*\u202f: de "
        "[19\u202f%](#adoption_fr_2018) à [27\u202f%](#adoption_fr_2020). La mesure est **celle d’Eurostat**, mais la "
        "population n’est pas décrite dans les mêmes termes d’un document à l’autre, et c’est là que la comparaison "
        "devient fragile\u202f: un seuil qui se déplace d’une personne suffit à changer le champ.\n\n"
        "- Les entreprises comptées sont celles d’au moins dix personnes.\n"
        "- Le secteur financier est laissé de côté.\n\n"
        "Les fournisseurs européens tiennent [moins de 2\u202f%](#share_europeans) du marché, selon le même texte "
        "([page du ministère](https://example.org/page)).",
        "last": "## Ce que cela ne montre pas\n\nRien ne dit combien ces entreprises dépensent, ni chez qui. Le nombre "
        "mesure un **oui** ou un **non**, pas une intensité.\n\n1. Une adresse de courriel hébergée suffit.\n2. Un "
        "centre de données entier compte autant.\n\n> Une part d’utilisateurs n’est pas une part d’usage.",
        "headline": "De dix-neuf à vingt-sept\u202f: un progrès de huit points en deux ans",
        "labels": ("Année", "Part des entreprises, en\u202f%", "Mesuré par"),
        "key": ("des entreprises achetaient du cloud", "Eurostat", "tient"),
    },
    "en": {
        "title": "One French enterprise in four buys cloud, and Germany does better",
        "standfirst": "The share of enterprises that buy cloud goes from [19%](#adoption_fr_2018) to "
        "[27%](#adoption_fr_2020) in two years. The government says so, after Eurostat.",
        "prose": "## What the documents say\n\nThe report announces a gain of *eight points*: from "
        "[19%](#adoption_fr_2018) to [27%](#adoption_fr_2020). The measure is **Eurostat’s**, but the population is "
        "not described in the same words from one document to the next.\n\n- Enterprises of ten persons or more.\n"
        "- Finance is left out.\n\nEuropean providers hold [less than 2%](#share_europeans) of the market "
        "([the ministry’s page](https://example.org/page)).",
        "last": "## What this does not show\n\nNothing tells how much these enterprises spend, nor with whom.\n\n"
        "1. A hosted mailbox is enough.\n2. A whole data centre counts as much.\n\n"
        "> A share of users is not a share of use.",
        "headline": "From nineteen to twenty-seven: a gain of eight points in two years",
        "labels": ("Year", "Share of enterprises, in %", "Measured by"),
        "key": ("of enterprises bought cloud", "Eurostat", "holds"),
    },
}


def table(lang: Lang, name: str) -> Block:
    per_cent = "19\u202f%" if lang == "fr" else "19%"
    year, share, who = TEXTS[lang]["labels"]
    return {
        "block": "table",
        "name": name,
        "caption": f"{name}: {TEXTS[lang]['headline']}",
        "note": "",
        "source": TEXTS[lang]["key"][1],
        "columns": [
            {"name": "period", "label": year, "align": "left"},
            {"name": "value", "label": share, "align": "right"},
            {"name": "measured_by", "label": who, "align": "left"},
        ],
        "rows": [
            [cell("2018"), cell(per_cent, "adoption_fr_2018"), cell("Eurostat")],
            [cell("2020"), cell(per_cent.replace("19", "27"), "adoption_fr_2020"), cell("Eurostat")],
        ],
        "row_headers": 1,
        "total_rows": [1],
    }


def cell(text: str, claim: str | None = None) -> dict[str, str | None]:
    return {"text": text, "claim": claim}


def chart(lang: Lang) -> Block:
    return {
        "block": "chart",
        "name": "adoption",
        "headline": TEXTS[lang]["headline"],
        "subtitle": TEXTS[lang]["labels"][1],
        "note": "Note" + ("\u202f: " if lang == "fr" else ": ") + "Eurostat",
        "source": "Source" + ("\u202f: " if lang == "fr" else ": ") + "Office d’essai",
        "alt": TEXTS[lang]["headline"],
        "description": [TEXTS[lang]["labels"][1], TEXTS[lang]["headline"]],
        "drawing": DRAWING.format(w=680, x=420, y=559),
        "narrow": DRAWING.format(w=320, x=190, y=232),
        "table": table(lang, "adoption"),
        "claims": ["adoption_fr_2018", "adoption_fr_2020"],
    }


def key_numbers(lang: Lang) -> Block:
    label, who, verdict = TEXTS[lang]["key"]
    sign = "\u202f%" if lang == "fr" else "%"
    items = [
        {"claim": name, "number": number + sign, "label": label, "who": who, "period": period, "verdict": told}
        for name, number, period, told in (
            ("adoption_fr_2018", "19", "2018", verdict),
            ("adoption_fr_2020", "27", "2020", None),
            ("share_europeans", "2", "", None),
        )
    ]
    return {"block": "key_numbers", "items": items}


def chapter(lang: Lang, stem: str = "adoption", number: int = 1, **changes: Any) -> Chapter:
    texts = TEXTS[lang]
    blocks = (key_numbers(lang), Prose(texts["prose"]), chart(lang), table(lang, "years"), Prose(texts["last"]))
    parts = {"title": texts["title"], "standfirst": texts["standfirst"], "blocks": blocks} | changes
    return Chapter(stem, number, lang, **parts)


def funding(lang: Lang) -> Chapter:
    text = {
        "fr": "Le plan promet [667\u00a0M€](#funding_public).",
        "en": "The plan promises [€667m](#funding_public).",
    }[lang]
    title = {"fr": "Un argent promis n’est pas un argent versé", "en": "Money promised is not money paid"}[lang]
    return chapter(lang, "funding", 2, title=title, standfirst=text, blocks=(Prose(text),))


def findings(lang: Lang, **changes: Any) -> Block:
    """Two findings as a notebook hands them over; ``changes`` replace texts of both."""
    french = lang == "fr"
    number = "27\u202f%" if french else "27%"
    told = {
        "verdict": "contradicts",
        "sign": "≠",
        "told": "Contredit\u202f: les nombres ne s’accordent pas" if french else "Contradicts: the numbers disagree",
        "says": f"L’un dit [{number}](#adoption_fr_2020)." if french else f"One says [{number}](#adoption_fr_2020).",
        "derivation": ["19 ≠ 27", "19 → 27 ✓"],
        "means": "Rien de plus." if french else "Nothing more.",
        "parts": [{"label": "Ce qui trancherait" if french else "What would settle it", "text": "?"}],
        "numbers_label": "Les autres nombres" if french else "The other numbers",
        "numbers": [{"text": "28,10\u202f%" if french else "28.10%", "claim": "office_fr_2021"}],
    }
    items = [{"id": name, "title": name, **told, **changes} for name in ("twice", "two_years")]
    return {"block": "findings", "items": items}


def checked(lang: Lang) -> Chapter:
    """A chapter of findings, those that hold in a table."""
    title = {"fr": "Deux nombres se contredisent", "en": "Two numbers contradict each other"}[lang]
    heading = {"fr": "## Ce qui ne tient pas", "en": "## What does not hold"}[lang]
    held = table(lang, "holds") | {"findings": ["at_the_office", "elsewhere"]}
    standfirst = {
        "fr": "L’office dit [19,42\u202f%](#office_fr_2018).",
        "en": "The office says [19.42%](#office_fr_2018).",
    }
    prose = {"fr": "Puis [26,86\u202f%](#office_fr_2020).", "en": "Then [26.86%](#office_fr_2020)."}
    blocks = (Prose(f"{heading}\n\n{prose[lang]}"), findings(lang), held)
    return chapter(lang, "findings", 3, title=title, standfirst=standfirst[lang], blocks=blocks)


def edition(claims: tuple[Claim, ...] = CLAIMS, **changes: Any) -> Edition:
    """The sample edition; ``changes`` replace fields of it."""
    documents = {each.document.id: each.document for each in claims}
    empty = document("empty", "fr", "2026-02-08", title="Un document sans nombre")
    files = [
        f"{lang}/{path}"
        for lang in LANGUAGES
        for path in ("adoption.pdf", "charts/adoption.svg", "charts/adoption.png")
    ]

    kept = ("data/adoption.csv", *(f"{lang}/feed.xml" for lang in LANGUAGES))

    def of(lang: Lang) -> tuple[Chapter, ...]:
        return chapter(lang), funding(lang), checked(lang)

    parts: dict[str, Any] = {
        "name": "2026-11",
        "date": "2026-11-21",
        "languages": LANGUAGES,
        "chapters": {(each.stem, lang): each for lang in LANGUAGES for each in of(lang)},
        "ledger": Ledger({each.id: each for each in claims}, documents | {"empty": empty}),
        "catalogue": CATALOGUE,
        "findings": found(claims),
        "downloads": dict.fromkeys([*files, *kept, "SHA256SUMS"], 12_345),
    }
    return Edition(**parts | changes)


def test_chapters_come_in_reading_order() -> None:
    assert [each.stem for each in edition().reading_order("en")] == ["adoption", "funding", "findings"]


def test_an_edition_knows_which_chapters_use_a_claim() -> None:
    users = edition().users("fr")
    assert [each.stem for each in users["adoption_fr_2018"]] == ["adoption", "findings"]
    assert [each.stem for each in users["office_fr_2021"]] == ["findings"]
    assert [each.stem for each in users["funding_public"]] == ["funding"]
    assert "unused" not in users


def test_a_correction_belongs_to_the_chapters_that_carried_the_number() -> None:
    correction = Correction("2026-12-01", frozenset({"funding_public"}), {"fr": "Corrigé.", "en": "Corrected."})
    corrected = edition(corrections=(correction,))
    assert corrected.corrections_of(corrected.chapters["funding", "fr"]) == (correction,)
    assert corrected.corrections_of(corrected.chapters["adoption", "fr"]) == ()


def test_an_edition_knows_the_observations_that_a_chapter_or_a_finding_uses() -> None:
    assert [each.id for each in edition().observations] == ["office_fr_2018", "office_fr_2020", "office_fr_2021"]
    without = edition(findings=(), chapters={("adoption", "fr"): chapter("fr")})
    assert without.observations == ()


def test_a_number_that_nothing_gives_is_told_with_the_nearest() -> None:
    lost = edition(chapters={("a", "fr"): chapter("fr", "a", blocks=(Prose("[19](#office_fr_2O18)"),))})
    with pytest.raises(InputError, match='did you mean "office_fr_2018"'):
        _ = lost.observations


def test_an_edition_knows_what_was_found_about_a_number_and_where_it_is_told() -> None:
    whole = edition()
    assert [each.id for each in whole.findings_on(["adoption_fr_2020"])] == ["twice"]
    assert {each.id for each in whole.findings_on(["adoption_fr_2018"])} == {"twice", "two_years", "at_the_office"}
    places = {each.id: whole.place_of(each, "fr") for each in whole.findings}
    assert places["twice"] == "findings.html#finding-twice"
    assert places["at_the_office"] == "findings.html#finding-at_the_office"
    assert edition(chapters={}).place_of(whole.findings[0], "fr") == ""
