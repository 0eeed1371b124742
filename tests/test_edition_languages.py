"""The two languages of an edition: the same numbers, value by value, and each with its own typography."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from analysis import claims, editions, series
from analysis.pages import NAME

PROJECT = Path(__file__).resolve().parents[1]
STEMS = [stem for _, stem, _ in editions.notebooks(PROJECT)]
PAGES = [*STEMS, "index", "proofs"]
NARROW, FIXED = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"

#: What French does not print: a plain or missing space before a high sign, in a number, before a unit; English marks.
FRENCH_FAULTS = {
    "a plain space before %": re.compile(r"\d %"),
    "no space before %": re.compile(r"\d%"),
    "a plain space before a high sign": re.compile(r"\w [;:!?»](?!\S)"),
    "no space before a high sign": re.compile(r"[a-zà-ÿ][;!?](?:\s|$)"),
    "a plain space after an opening guillemet": re.compile(r"« "),
    "a decimal point": re.compile(r"(?<![\w./-])\d+\.\d+(?![\w./-])"),
    "a comma between thousands": re.compile(rf"(?<![\d,])\d{{1,3}},\d{{3}}(?!\d|[ {NARROW}]?%)"),
    "a plain space between thousands": re.compile(r"(?<!\d)\d{1,3} \d{3}(?!\d)"),
    "a sign before the amount": re.compile(r"€\d"),
    "a plain space before €": re.compile(r"\d (?:M|Md)?€"),
    "billions in English": re.compile(r"\d ?bn\b"),
    "English quotation marks": re.compile("[“”]"),
    "a straight apostrophe": re.compile(r"\w'\w"),
}
ENGLISH_FAULTS = {
    "a space before %": re.compile(rf"\d[ {NARROW}{FIXED}]%"),
    "a space before a high sign": re.compile(rf"\w[ {NARROW}{FIXED}][;:!?](?:\s|$)"),
    "guillemets": re.compile("[«»]"),
    "a decimal comma": re.compile(r"(?<![\d,])\d+,\d{1,2}(?!\d)"),
    "a sign after the amount": re.compile(r"\d ?(?:M|Md|m|bn)? ?€(?!\w)"),
    "milliards": re.compile(r"\d ?Md"),
    "a space between thousands": re.compile(rf"(?<!\d)\d{{1,3}}[{NARROW}{FIXED}]\d{{3}}(?!\d)"),
    "a straight apostrophe": re.compile(r"\w'\w"),
}
FAULTS = {"fr": FRENCH_FAULTS, "en": ENGLISH_FAULTS}


#: What keeps the spelling of its own: an expression quoted as a document prints it, a title, the name of a licence.
QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")
NAMES = re.compile(rf"Licence Ouverte[ {FIXED}]2\.0|CC[ {FIXED}]BY[ {FIXED}]4\.0|PDF/UA-1")


def page(edition: Path, lang: str, name: str) -> html.HtmlElement:
    return html.fromstring((edition / lang / f"{name}.html").read_bytes())


def in_language(root: html.HtmlElement, lang: str) -> list[str]:
    """The texts of a page that are in its language: no code, no quotation in another language, no data."""
    for element in root.xpath("//script | //style | //code | //pre | //svg//desc | //kbd"):
        element.drop_tree()
    for element in root.xpath(f"//body//*[@lang and @lang != '{lang}']"):
        element.drop_tree()
    texts = [text.replace("\n", " ") for text in root.xpath("//body//text()") if text.strip()]
    return [QUOTED.sub(_outside, NAMES.sub("", text)) for text in texts]


def _outside(quoted: re.Match[str]) -> str:
    """A quotation without what it quotes: its marks and their spaces are ours."""
    return re.sub(r"(?<=.)\S(?:.*\S)?(?=.)", "x", quoted.group())


@pytest.mark.parametrize("name", STEMS)
def test_a_chapter_links_the_same_numbers_in_both_languages(edition: Path, name: str) -> None:
    linked = {
        lang: Counter(
            link.get("href").partition("#")[2]
            for link in page(edition, lang, name).xpath("//main//a[contains(@href, 'proofs.html#')]")
        )
        for lang in ("fr", "en")
    }
    assert linked["fr"] or name == "sources"  # whose numbers are counted here, and stated by no document
    assert linked["fr"] == linked["en"]


def values(edition: Path, lang: str, name: str) -> dict[str, set[str]]:
    """Digits shown for each number linked, without marks and signs that only typography sets."""
    found: dict[str, set[str]] = {}
    for link in page(edition, lang, name).xpath("//main//a[contains(@href, 'proofs.html#')]"):
        text = link.text_content().replace(NARROW, "").replace(FIXED, "").replace(" ", "")
        text = text.replace(",", ".") if lang == "fr" else text.replace(",", "")
        found.setdefault(link.get("href").partition("#")[2], set()).update(re.findall(r"\d+(?:\.\d+)?", text))
    return found


@pytest.mark.parametrize("name", STEMS)
def test_each_linked_number_shows_the_same_digits_in_both_languages(edition: Path, name: str) -> None:
    french, english = values(edition, "fr", name), values(edition, "en", name)
    days = {claim for claim in french if any(len(digits) == 4 for digits in french[claim] | english[claim])}
    assert {k: v for k, v in french.items() if k not in days} == {k: v for k, v in english.items() if k not in days}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_text_has_the_typography_of_its_language(edition: Path, lang: str, name: str) -> None:
    texts = in_language(page(edition, lang, name), lang)
    told = {
        f"{fault}: …{text[max(0, match.start() - 20) : match.end() + 20]}…"
        for text in texts
        for fault, pattern in FAULTS[lang].items()
        if (match := pattern.search(text))
    }
    assert told == set()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "19 % des entreprises"),
        ("fr", "19% des entreprises"),
        ("fr", "1,791 millions et 667 M€"),
        ("fr", "le mot « cloud »"),
        ("fr", "l'État"),
        ("en", f"19{NARROW}% of enterprises"),
        ("en", "667 M€ of public money"),
        ("en", "the word «cloud»"),
        ("en", f"1{NARROW}791 million"),
    ],
)
def test_a_planted_fault_of_typography_is_seen(lang: str, text: str) -> None:
    assert any(pattern.search(text) for pattern in FAULTS[lang].values())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_language_switch_goes_to_the_same_place(edition: Path, lang: str) -> None:
    other = "en" if lang == "fr" else "fr"
    for name in PAGES:
        (switch,) = page(edition, lang, name).xpath(f"//header//a[@hreflang='{other}']")
        assert switch.get("href").partition("#")[0] == f"../{other}/{name}.html"
        assert (edition / other / f"{name}.html").is_file()


def foreign(lang: str) -> tuple[set[str], set[str]]:
    """What is of another language wherever a page shows it: titles and names; expressions that only it prints."""
    ledger, catalogue = claims.load(PROJECT), series.load(PROJECT)
    documents = [each for each in ledger.documents.values() if each.language != lang]
    titles = {title for each in documents for title in (each.title, each.known_as)} | (
        {NAME} if lang != "fr" else set()
    )
    printed: dict[bool, set[str]] = {True: set(), False: set()}
    for claim in ledger.claims.values():
        printed[claim.document.language == lang] |= {anchor.printed for _, anchor in claim.anchors}
    for observation in catalogue.observations.values():
        printed[observation.language == lang].add(observation.printed)
    return titles, printed[False] - printed[True]


def unmarked(root: html.HtmlElement, lang: str) -> list[str]:
    """The foreign titles, names and quoted expressions of a page that nothing around them marks as such."""
    titles, printed = foreign(lang)
    told = []
    for element in root.xpath("//body//*[not(self::script or self::style or self::code)]"):
        spoken = [(element.text, element), (element.tail, element.getparent())]
        for text, holder in ((" ".join(text.split()), holder) for text, holder in spoken if text):
            if holder.xpath("ancestor-or-self::*[@lang][1]/@lang") == [lang]:
                told += [title for title in titles if " ".join(title.split()) in text]
                told += [quoted for quoted in QUOTED.findall(text) if quoted[1:-1].strip() in printed]
    return told


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_in_the_other_language_is_marked_as_such(edition: Path, lang: str) -> None:
    pages = sorted((edition / lang).glob("*.html"))
    assert {each.name: told for each in pages if (told := unmarked(page(edition, lang, each.stem), lang))} == {}


@pytest.mark.parametrize(("lang", "other"), [("fr", "en"), ("en", "fr")])
def test_a_title_or_an_expression_that_is_not_marked_is_seen(edition: Path, lang: str, other: str) -> None:
    root = page(edition, lang, "proofs")
    for element in root.xpath(f"//body//*[@lang='{other}']"):
        del element.attrib["lang"]
        element.drop_tag() if element.tag == "span" else None
    root = html.fromstring(html.tostring(root, encoding="unicode"))
    seen = set(unmarked(root, lang))
    titles, _ = foreign(lang)
    assert seen & titles
    assert any(QUOTED.fullmatch(each) for each in seen)
    if lang == "en":
        assert NAME in seen
