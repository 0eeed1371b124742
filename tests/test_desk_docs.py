"""docs/desk.md: every example runs, in order, in a session of its own, and all that is offered is told."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import analysis

DESK = Path(__file__).resolve().parents[1] / "docs/desk.md"
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def session(page: Path) -> str:
    """The Python blocks of a page as one program, each line where it stands in the page, so that errors name it."""
    text = page.read_text(encoding="utf-8")
    lines = [""] * text.count("\n")
    for block in PYTHON.finditer(text):
        first = text.count("\n", 0, block.start(1))
        code = block[1].splitlines()
        lines[first : first + len(code)] = code
    return "\n".join(lines)


def run(page: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the examples of a page as a reader would, from another folder."""
    program = f"exec(compile({session(page)!r}, {page.name!r}, 'exec'))"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )


def test_every_example_runs(tmp_path: Path) -> None:
    done = run(DESK, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "In 2020, 27% of French enterprises buy cloud services, up from 19%." in done.stdout


def test_an_example_that_does_not_hold_is_told_with_its_line(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("One.\n\n```python\nassert 1 == 1\nassert 1 == 2\n```\n", encoding="utf-8")
    done = run(page, tmp_path)
    assert done.returncode == 1
    assert 'File "page.md", line 5' in done.stderr


def test_every_name_that_is_offered_has_an_example() -> None:
    called = set(re.findall(r"\banalysis\.(\w+)", session(DESK)))
    assert called == set(analysis.__all__)


def test_the_number_of_names_is_the_one_told() -> None:
    assert "`import analysis` offers eighteen names." in DESK.read_text(encoding="utf-8")
    assert len(analysis.__all__) == 18
