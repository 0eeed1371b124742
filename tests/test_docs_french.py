"""The pages in French: each says what the English page beside it says, in the same order, and in French typography.

Their links to headings are held by tests/test_handbook.py, which makes the site of all pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

PROJECT = Path(__file__).resolve().parents[1]
FRENCH = sorted(PROJECT.glob("docs/**/*.fr.md"))

PARSER = MarkdownIt("commonmark").enable("table")
COMMENT = re.compile(r"(^|\s)#.*$", re.MULTILINE)
#: A number in prose: 1,000 in English and 1 000 in French are one number, as are 0.5 and 0,5.
NUMBER = re.compile(r"\d+(?:[.,\u202f\u00a0]\d+)*")
#: A sign that wants a no-break space before it or after it, and has none; an apostrophe of the typewriter.
UNSET = re.compile(r"[^\u202f\u00a0](?:[;!?%»]|:(?=\s|$))|«(?![\u202f\u00a0])|'")
#: Words of English sentences: a text that has one and is the same in both languages was not translated.
ENGLISH = re.compile(r"\b(the|is|are|it|not|what|with)\b")


def lines(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if token.type == "inline"]


def leaves(tokens: list[Token], kind: str) -> list[Token]:
    return [leaf for line in lines(tokens) for leaf in line.children or () if leaf.type == kind]


def prose(line: Token) -> str:
    """What is read of a paragraph, heading or cell; of code in it only that there is some."""
    marks = {"softbreak": "\n", "code_inline": "x"}
    return "".join(leaf.content if leaf.type == "text" else marks.get(leaf.type, "") for leaf in line.children or ())


def outline(tokens: list[Token]) -> list[str]:
    """The headings with their levels, lists, rows and cells, blocks of code and marks of what is not run, in order."""
    return [
        f"{token.tag} {token.type} {token.info}"
        + (token.content.partition(":")[0] if token.type == "html_block" else "")
        for token in tokens
    ]


def code(tokens: list[Token]) -> list[str]:
    return [COMMENT.sub("", token.content) for token in tokens if token.type == "fence"]


def spans(tokens: list[Token]) -> list[str]:
    return sorted(leaf.content for leaf in leaves(tokens, "code_inline"))


def numbers(tokens: list[Token]) -> list[str]:
    return sorted(re.sub(r"\D", "", found) for line in lines(tokens) for found in NUMBER.findall(prose(line)))


def targets(tokens: list[Token]) -> list[str]:
    """The files linked to, whatever their language and the heading."""
    linked = (str(leaf.attrs["href"]).partition("#")[0] for leaf in leaves(tokens, "link_open"))
    return sorted(target.replace(".fr.md", ".md") for target in linked)


#: What a page has in common with the same in French.
SAME: dict[str, Callable[[list[Token]], list[str]]] = {
    "outline": outline,
    "code": code,
    "code in the text": spans,
    "numbers": numbers,
    "links": targets,
}


def faults(french: Path) -> Iterator[str]:
    """What is wrong with a page in French, beside the English one."""
    english = french.with_name(french.name.replace(".fr.md", ".md"))
    if not english.is_file():
        yield "no English page"
        return
    texts = [page.read_text(encoding="utf-8") for page in (english, french)]
    ours, theirs = (PARSER.parse(text) for text in texts)
    for what, told in SAME.items():
        if told(ours) != told(theirs):
            left, right = Counter(told(ours)), Counter(told(theirs))
            yield f"{what}: {list(left - right)} in English, {list(right - left)} in French"
    yield from unlinked(french, english, texts)
    yield from english_links(french, theirs)
    yield from left_in_english(ours, theirs)
    yield from unset(theirs)


def unlinked(french: Path, english: Path, texts: list[str]) -> Iterator[str]:
    for text, link in zip(texts, (f"*[En français]({french.name})*", f"*[In English]({english.name})*"), strict=True):
        if text.split("\n")[1:4] != ["", link, ""]:
            yield f"not below the title: {link}"


def english_links(french: Path, tokens: list[Token]) -> Iterator[str]:
    """Links to a page that is there in French too, but the one to the page itself in English."""
    for leaf in leaves(tokens, "link_open")[1:]:
        target = str(leaf.attrs["href"]).partition("#")[0]
        if (french.parent / target).with_suffix(".fr.md").is_file() and not target.endswith(".fr.md"):
            yield f"leads to the English page: {target}"


def left_in_english(ours: list[Token], theirs: list[Token]) -> Iterator[str]:
    told = {prose(line) for line in lines(ours)}
    for line in lines(theirs):
        if prose(line) in told and ENGLISH.search(prose(line)):
            yield f"left in English: {prose(line)}"


def unset(tokens: list[Token]) -> Iterator[str]:
    for line in lines(tokens):
        for found in UNSET.finditer(prose(line)):
            yield f"typography: {prose(line)[max(0, found.start() - 20) : found.end() + 10]!r}"


@pytest.mark.parametrize("page", FRENCH, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_a_page_in_french_is_the_english_one_in_french(page: Path) -> None:
    assert list(faults(page)) == []


def test_there_are_pages_in_french() -> None:
    assert {"docs/README.fr.md", "docs/first_number.fr.md", "docs/howto/publish.fr.md"} <= {
        page.relative_to(PROJECT).as_posix() for page in FRENCH
    }


# What is wrong is found

#: A page, and the same in French.
PAIR = {
    "one.md": """# One

*[En français](one.fr.md)*

Take 1,000 `rows` of the [other](two.md#part): “all” of 2.5%.

| what | where |
|---|---|
| what it is | 3 |

<!-- not run: never -->
```sh
nuage build  # all of it
```
""",
    "one.fr.md": """# Un

*[In English](one.md)*

Prenez 1\u202f000 `rows` de l’[autre](two.fr.md#partie)\u202f: «\u202ftout\u202f» de 2,5\u202f%.

| quoi | où |
|---|---|
| ce que c’est | 3 |

<!-- not run: jamais -->
```sh
nuage build  # le tout
```
""",
    "two.md": "# Two\n",
    "two.fr.md": "# Deux\n",
}


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """The page in French of a pair that is right."""
    for name, text in PAIR.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "one.fr.md"


def test_a_page_that_says_the_same_has_no_fault(pair: Path) -> None:
    assert list(faults(pair)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("# Un", "## Un", "outline: "),
        ("| ce que c’est | 3 |\n", "", "outline: "),
        ("<!-- not run: jamais -->\n", "", "outline: "),
        ("```sh", "```python", "outline: "),
        ("nuage build  # le tout", "nuage verify  # le tout", "code: "),
        ("`rows`", "`lignes`", "code in the text: "),
        ("1\u202f000", "1\u202f001", "numbers: "),
        ("2,5", "2,6", "numbers: "),
        ("two.fr.md#partie", "three.md", "links: "),
        ("two.fr.md#partie", "two.md#part", "leads to the English page: two.md"),
        ("*[In English](one.md)*", "*[En anglais](one.md)*", "not below the title: "),
        ("ce que c’est", "what it is", "left in English: what it is"),
        ("\u202f:", " :", "typography: "),
        ("\u202f%", "%", "typography: "),
        ("«\u202f", "« ", "typography: "),
        ("\u202f»", " »", "typography: "),
        ("l’[", "l'[", "typography: "),
    ],
)
def test_a_page_that_says_something_else_is_found(pair: Path, right: str, wrong: str, fault: str) -> None:
    text = pair.read_text(encoding="utf-8")
    assert text.count(right) == 1
    pair.write_text(text.replace(right, wrong), encoding="utf-8")
    assert [found for found in faults(pair) if found.startswith(fault)]


def test_a_page_that_does_not_name_its_french_one_is_found(pair: Path) -> None:
    english = pair.with_name("one.md")
    english.write_text(
        english.read_text(encoding="utf-8").replace("*[En français](one.fr.md)*\n\n", ""), encoding="utf-8"
    )
    assert "not below the title: *[En français](one.fr.md)*" in faults(pair)


def test_a_page_without_the_english_one_is_found(pair: Path) -> None:
    pair.with_name("one.md").unlink()
    assert list(faults(pair)) == ["no English page"]
