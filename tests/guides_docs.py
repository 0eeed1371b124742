"""README and docs: every block of code runs, in order, page by page; what does not says so, with the reason.

Two kinds of lines are never run and need no reason: those of ``make``, which runs these tests (its targets are looked
up), and those with a placeholder (``PATH…``). Every command ``nuage`` is read by its parser, whether it is run or not.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
from test_readme import COMMAND
from test_schedules import parsed

from analysis.errors import UsageError

PROJECT = Path(__file__).resolve().parents[1]
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
#: Pages whose code is run. That of a page in French is the same as in English but for its comments, which
#: tests/test_docs_french.py and, for the README, tests/test_readme.py see to: to run it twice would tell nothing new.
RUN = [page for page in PAGES if not page.name.endswith(".fr.md")]
#: Pages whose Python another test runs, as one session.
RUN_ELSEWHERE = {"docs/desk.md": "tests/test_desk_docs.py"}
#: What a reader is told to see.
PRINTED = {
    "docs/first_number.md": ["8 numbers in 1 file, 4 figures", "claims drafted: 4", "41.5,42.5", "exit code 1"],
    "docs/findings.md": ["— contradicts", "— tient"],
    "docs/howto/add_document.md": ["something is left"],
    "docs/howto/add_check.md": ["plan_purposes_sum"],
    "docs/howto/publish.md": ["open site/index.html"],
}
#: What a block may be: run here, held to its format by a test, or only shown.
LANGUAGES = {"sh", "python", "toml", "csv", "sql", "text", "pycon"}

BLOCK = re.compile(
    r"^(?P<indent> *)(?:<!-- not run: (?P<why>.+) -->\n+ *)?```(?P<lang>\w*)\n(?P<code>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)
NEVER_RUN = re.compile(r"^ *make\b|…")
PUNCTUATION = re.compile(r"[();<>|&]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: its language, its lines, and why it is not run if it is not."""

    lang: str
    code: str
    why: str

    @property
    def lines(self) -> list[str]:
        """Its lines, those that go on with a backslash joined."""
        return self.code.replace("\\\n", " ").splitlines()


def blocks(text: str) -> list[Block]:
    found = BLOCK.finditer(text)
    return [Block(each["lang"], textwrap.dedent(each["code"]), each["why"] or "") for each in found]


def name(page: Path) -> str:
    return page.relative_to(PROJECT).as_posix()


def to_run(page: Path) -> list[Block]:
    """The blocks that are run here, without the lines that never are."""
    languages = {"sh"} if name(page) in RUN_ELSEWHERE else {"sh", "python"}
    wanted = [block for block in blocks(page.read_text(encoding="utf-8")) if block.lang in languages and not block.why]
    runs = [
        Block(each.lang, "\n".join(line for line in each.lines if not NEVER_RUN.search(line)), "") for each in wanted
    ]
    return [block for block in runs if block.code.strip()]


def commands(block: Block) -> Iterator[str]:
    """Each call of the command in lines of a shell, as it would reach it."""
    for line in block.lines:
        try:
            lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            tokens = list(lexer)
        except ValueError:  # a line of a heredoc, or of a quotation over several lines
            continue
        for call, parts in groupby(tokens, key=lambda token: not PUNCTUATION.fullmatch(token)):
            words = list(parts)
            at = next((place for place, word in enumerate(words) if word.rpartition("/")[2] == "nuage"), None)
            if call and at is not None and words[at + 1 : at + 2] != ["="]:
                yield shlex.join(words[at + 1 :])


def run(parts: list[Block], folder: Path) -> str:
    """What the blocks print, run in order, those of one language that follow each other in one session."""
    printed = ""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NUAGE_")}
    environment |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder)}
    for lang, group in groupby(parts, key=lambda block: block.lang):
        script = "\n".join(block.code for block in group)
        called = ["sh", "-euc", script] if lang == "sh" else [sys.executable, "-W", "error", "-c", script]
        done = subprocess.run(called, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{script}\n\n{done.stdout}{done.stderr}"
        printed += done.stdout
    return printed


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What a reader has before them: the project set up, with the tables where an edition holds them too."""
    unwanted = shutil.ignore_patterns("__pycache__", "*.txt.part")
    for part in ("data", "docs", "notebooks", "src"):
        shutil.copytree(PROJECT / part, tmp_path / part, ignore=unwanted)
    for file in [*PROJECT.glob("*.*"), *PROJECT.glob("LICENSE*"), *PROJECT.glob("data/processed/*")]:
        if file.is_file():
            shutil.copy(file, tmp_path / ("data" if "data" in file.parts else "") / file.name)
    for folder in ("reports", "tests", "bench"):
        (tmp_path / folder).mkdir()
    shutil.copy(PROJECT / "reports/README.md", tmp_path / "reports")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    return tmp_path


@pytest.mark.parametrize("page", [page for page in RUN if to_run(page)], ids=name)
def test_every_block_of_a_page_runs(page: Path, checkout: Path) -> None:
    printed = run(to_run(page), checkout)
    assert [words for words in PRINTED.get(name(page), ()) if words not in printed] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_of_a_page_is_one(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for block in blocks(text):
        if block.lang == "sh":
            for call in commands(block):
                parsed(call)
    known = set(
        re.findall(r"^## `nuage ([a-z-]+)`$", (PROJECT / "docs/reference/commands.md").read_text(), re.MULTILINE)
    )
    assert set(COMMAND.findall("\n".join(re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))))) <= known


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_block_says_what_it_is_and_is_of_that_form(page: Path) -> None:
    found = blocks(page.read_text(encoding="utf-8"))
    assert {block.lang for block in found} <= LANGUAGES
    for block in found:
        if block.lang == "toml":
            assert tomllib.loads(block.code)


def test_every_target_of_make_in_a_block_is_one() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    lines = [line for page in PAGES for block in blocks(page.read_text(encoding="utf-8")) for line in block.lines]
    named = {target for line in lines for call in re.findall(r"^ *make ([a-z -]+)", line) for target in call.split()}
    assert {"test", "verify"} <= named <= targets


def test_what_another_test_runs_is_run_there() -> None:
    for page, test in RUN_ELSEWHERE.items():
        assert Path(page).name in (PROJECT / test).read_text(encoding="utf-8")


def test_a_block_that_does_not_run_is_found(tmp_path: Path) -> None:
    listed, left = "- one\n\n  ```sh\n  test -e there\n  ```\n\n", "<!-- not run: never -->\n```sh\nfalse\n```\n\n"
    first, second, third = blocks(f"{listed}{left}```python\n1 / 0\n```\n")
    assert (first.code, second.why, third.lang) == ("test -e there\n", "never", "python")
    with pytest.raises(AssertionError, match="test -e there"):
        run([first], tmp_path)
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        run([third], tmp_path)
    (tmp_path / "there").touch()
    run([first, Block("python", "import analysis", "")], tmp_path)


def test_a_command_that_is_none_is_found_wherever_it_stands_in_a_line() -> None:
    block = Block("sh", 'nuage verify || exit\nx=1 .venv/bin/nuage diff --html "a b" \\\n  --quickly > file\n', "")
    right, wrong = commands(block)
    parsed(right)
    assert wrong == "diff --html 'a b' --quickly"
    with pytest.raises(UsageError):
        parsed(wrong)
