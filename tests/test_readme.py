"""README.md and README.fr.md: the same commands, which exist, and numbers that are those of the claims."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import claims, errors, words
from analysis.quantities import Lang

PROJECT = Path(__file__).resolve().parents[1]
READMES: dict[Lang, str] = {
    "en": (PROJECT / "README.md").read_text(encoding="utf-8"),
    "fr": (PROJECT / "README.fr.md").read_text(encoding="utf-8"),
}
EVERY_TEXT = [*READMES.values(), (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")]

FENCED = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"\bmake ([a-z][a-z-]+(?: [a-z][a-z-]+)*)")
COMMAND = re.compile(r"\bnuage ([a-z][a-z-]*[a-z])")
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)\s]*)?(?: \"[^\"]*\")?\)")
#: A number of the answer, linked to the file of its claim, with the claim's id as the link's title.
NUMBER = re.compile(r"\[([^\]]+)\]\((data/raw/claims/\w+\.toml) \"(\w+)\"\)")


def commands(text: str) -> list[str]:
    return [line for block in FENCED.findall(text) for line in block.splitlines()]


def in_code(text: str) -> str:
    """Only what is set as code: prose may say "make sure"."""
    return "\n".join([*re.findall(r"`([^`\n]+)`", FENCED.sub("", text)), *commands(text)])


def of_one_kind(blanks: str) -> str:
    return " ".join(blanks.split())


def test_both_languages_give_the_same_commands_in_the_same_order() -> None:
    assert commands(READMES["en"])[:2] == ["make", "make test"]
    assert commands(READMES["en"]) == commands(READMES["fr"])


def test_every_target_named_is_in_the_makefile() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]+):", makefile, re.MULTILINE))
    named = {target for text in EVERY_TEXT for match in TARGET.findall(in_code(text)) for target in match.split()}
    assert named <= targets


def test_every_target_of_the_makefile_is_told_by_make_help() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z][a-z-]+):(?!=).*$", makefile, re.MULTILINE)
    told = re.findall(r"^([a-z][a-z-]+):.* ## ", makefile, re.MULTILINE)
    assert targets == told


def test_every_command_named_is_one_and_every_command_is_named() -> None:
    shown = subprocess.run([sys.executable, "-m", "analysis.cli", "--help"], capture_output=True, text=True, check=True)
    known = set(re.findall(r"^ {4}([a-z-]+) +", shown.stdout, re.MULTILINE))
    for text in READMES.values():
        assert set(COMMAND.findall(in_code(text))) == known


@pytest.mark.parametrize("lang", READMES)
def test_the_exit_codes_told_are_those_of_the_errors(lang: Lang) -> None:
    told = re.findall(r"(?:Exit codes|Codes de sortie)\W+(0 .*)\.", READMES[lang])[0]
    kinds: list[type[errors.NuageError]] = [errors.NuageError, *errors.NuageError.__subclasses__()]
    assert {int(part[0]) for part in told.split(" · ")} == {0} | {kind.exit_code for kind in kinds}


@pytest.mark.parametrize("name", ["README.md", "README.fr.md", "CONTRIBUTING.md", "reports/README.md"])
def test_every_link_to_a_file_leads_to_one(name: str) -> None:
    page = PROJECT / name
    links = {link for link in LINK.findall(page.read_text(encoding="utf-8")) if not link.startswith("https:")}
    assert [link for link in sorted(links) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("lang", READMES)
def test_the_picture_is_the_chart_that_the_edition_publishes(lang: Lang, edition: Path) -> None:
    shown, published = f"docs/images/adoption.{lang}.png", f"{lang}/charts/adoption.png"
    assert f"]({shown})" in READMES[lang]
    assert (PROJECT / shown).read_bytes() == (edition / published).read_bytes(), f"copy it from reports/{published}"


@pytest.mark.parametrize("lang", READMES)
def test_the_answer_is_given_in_numbers_of_the_claims(lang: Lang) -> None:
    ledger = claims.load(PROJECT)
    numbers = NUMBER.findall(READMES[lang])
    assert len(numbers) >= 3
    for shown, file, name in numbers:
        claim = ledger[name]
        assert of_one_kind(shown) == of_one_kind(words.quantity(claim.quantity, lang))
        assert file == f"data/raw/claims/{claim.document.id}.toml"


def test_both_languages_give_the_same_answer() -> None:
    english, french = ([name for _, _, name in NUMBER.findall(text)] for text in READMES.values())
    assert english == french
