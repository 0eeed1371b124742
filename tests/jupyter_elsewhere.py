"""Notebooks in other programs than JupyterLab: Jupyter's command, an editor's kernel, nbdime, pre-commit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from test_git import Git, as_jupyter_saves, cells, code_at, git, remark_at, repository, reworded, saved

from analysis import house

__all__ = ["git", "repository"]  # the fixtures

Change = Callable[[list[dict[str, Any]]], object]

PROJECT = Path(__file__).resolve().parents[1]
BIN = PROJECT / ".venv/bin"
SOURCES = "notebooks/07_sources.ipynb"
#: A notebook of each sort: with parameters and charts, with controls where there are any, with files of its own.
SORTS = ("notebooks/02_adoption.ipynb", "docs/explorer.ipynb", "docs/tutorial.ipynb")
#: What each shows of an output that comes in several forms, the first of them that is there.
ORDERS = {
    "VS Code": ("text/html", "image/svg+xml", "image/png", "text/markdown", "text/plain"),
    "nbconvert": ("text/html", "text/markdown", "image/svg+xml", "image/png", "text/plain"),
    "nbconvert to PDF": ("text/markdown", "image/svg+xml", "image/png", "text/plain"),
}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "ailleurs, en été"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", SORTS)
def test_the_command_of_jupyter_gives_what_is_committed(name: str, elsewhere: Path) -> None:
    copy = Path(shutil.copy(PROJECT / name, elsewhere))
    unlike_here = {"LC_ALL": "C", "TZ": "Asia/Kathmandu"}
    done = subprocess.run(
        [BIN / "jupyter", "execute", "--inplace", copy.name],
        cwd=elsewhere,
        env=os.environ | unlike_here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert house.tidied(copy) == (PROJECT / name).read_text(encoding="utf-8")


def as_an_editor_runs(file: Path) -> list[dict[str, Any]]:
    """The outputs of a notebook whose cells a person sends one by one to a kernel started in the notebook's folder.

    So does VS Code: no Jupyter server names the session, and what it asks of the kernel for itself comes between.
    """
    manager, client = start_new_kernel(cwd=str(file.parent), env=os.environ | {"VSCODE_PID": "1"})
    shown: list[dict[str, Any]] = []
    try:
        for cell in nbformat.read(file, as_version=4).cells:
            if cell.cell_type == "code":
                client.execute_interactive(f"__vsc_ipynb_file__ = {str(file)!r}", silent=True, store_history=False)
                messages: list[dict[str, Any]] = []
                reply = client.execute_interactive(cell.source, output_hook=messages.append, timeout=60)
                assert reply["content"]["status"] == "ok", reply["content"]
                shown += (each["content"] for each in messages if "data" in each["content"])
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return shown


@pytest.mark.parametrize("name", SORTS)
def test_an_editor_shows_what_is_committed(name: str, elsewhere: Path) -> None:
    copy = Path(shutil.copy(PROJECT / name, elsewhere))
    outputs = [output for cell in cells(PROJECT / name) for output in cell.get("outputs", ()) if "data" in output]
    written = [{mime: "".join(text) for mime, text in each["data"].items() if "json" not in mime} for each in outputs]
    shown = [each["data"] for each in as_an_editor_runs(copy)]
    assert [{mime: text for mime, text in each.items() if "json" not in mime} for each in shown] == written


@pytest.mark.parametrize("program", ORDERS)
def test_whatever_form_a_program_prefers_a_chart_is_a_picture_and_a_text_is_set(program: str) -> None:
    for file in sorted(PROJECT.glob("notebooks/*.ipynb")):
        for cell in cells(file):
            for output in cell.get("outputs", ()):
                form = next(each for each in ORDERS[program] if each in output["data"])
                block = output["data"].get("application/vnd.etat-du-nuage+json", {}).get("block")
                told = f"{file.name}, {cell['id']}: {block or 'a text'} is shown as {form}"
                assert block != "chart" or "<svg" in "".join(output["data"][form]).replace("&lt;", "<"), told
                assert block or form == "text/markdown", told


# git, with the tools that analysts have.


@pytest.fixture
def set_up(repository: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> Git:
    """The repository as CONTRIBUTING.md has it set up, with nbdime and pre-commit."""
    shutil.copy(PROJECT / ".pre-commit-config.yaml", repository)
    (repository / ".venv").symlink_to(BIN.parent)
    (repository / ".gitignore").write_text(".venv\n", encoding="utf-8")
    monkeypatch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(repository.parent / "hooks"))
    monkeypatch.setenv("SKIP", "ruff,ruff-format,mypy,repository")  # of the project as a whole
    git("add", "--all")
    git("commit", "--quiet", "--message=Set up")
    for command in (["nbdime", "config-git", "--enable"], ["pre-commit", "install"]):
        subprocess.run([BIN / command[0], *command[1:]], cwd=repository, capture_output=True, check=True)
    return git


def changed_on_two_branches(file: Path, git: Git, theirs: Change, ours: Change) -> None:
    git("checkout", "--quiet", "-b", "other")
    saved(file, theirs)
    git("commit", "--quiet", "--all", "--message=Theirs")
    git("checkout", "--quiet", "main")
    saved(file, ours)
    git("commit", "--quiet", "--all", "--message=Ours")


def test_cells_of_code_put_in_on_two_branches_merge(repository: Path, set_up: Git) -> None:
    file = repository / SOURCES
    theirs, ours = code_at(12, "assert len(claims)", "5f0c11aa"), code_at(5, "assert len(numbers)", "91b2d7e0")
    changed_on_two_branches(file, set_up, theirs, ours)
    set_up("merge", "--quiet", "--no-edit", "other")
    sources = ["".join(cell["source"]) for cell in cells(file)]
    assert sources.index("assert len(numbers)") < sources.index("assert len(claims)")
    file.write_text(house.tidied(file), encoding="utf-8")
    assert [fault.code for fault in house.check(file, PROJECT)] == ["not-run"], "counts follow no order: nuage execute"


def test_a_conflict_stands_in_its_cell_and_the_notebook_opens(repository: Path, set_up: Git) -> None:
    file, old = repository / SOURCES, "Who says what, when"
    changed_on_two_branches(file, set_up, reworded(old, "Who says when"), reworded(old, "Who says what"))
    with pytest.raises(AssertionError, match="CONFLICT"):
        set_up("merge", "--quiet", "--no-edit", "other")
    sources = ["".join(cell["source"]) for cell in nbformat.read(file, as_version=4).cells]
    (conflict,) = (source for source in sources if "<<<<<<<" in source)
    assert "Who says when" in conflict
    assert "Who says what" in conflict


def test_a_diff_is_of_cells(repository: Path, set_up: Git) -> None:
    saved(repository / SOURCES, remark_at(6, "A remark."))
    told = set_up("diff")
    assert "inserted before /cells/6" in told
    assert "A remark." in told


def test_a_commit_waits_until_what_jupyter_added_is_gone(repository: Path, set_up: Git) -> None:
    as_jupyter_saves(repository / SOURCES)
    saved_by_jupyter = (repository / SOURCES).read_bytes()
    saved(repository / SOURCES, reworded("Who says what, when", "Who says what and when"))
    tidy = (repository / SOURCES).read_bytes()
    (repository / SOURCES).write_bytes(saved_by_jupyter.replace(b"Who says what, when", b"Who says what and when"))
    with pytest.raises(AssertionError, match="files were modified by this hook"):
        set_up("commit", "--all", "--message=Reword")
    assert (repository / SOURCES).read_bytes() == tidy
    set_up("commit", "--all", "--message=Reword")
    assert set_up("diff", "--numstat", "HEAD~1", "--no-ext-diff") == f"1\t1\t{SOURCES}\n"
