"""Notebooks under git: what was changed is what a diff shows, and branches that change different cells merge."""

from __future__ import annotations

import json
import os
import random
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # it ships no types

from analysis import house, notebooks
from analysis.errors import ExecutionError

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = "notebooks/07_sources.ipynb"
MARKET = "notebooks/01_market_share.ipynb"
HOOKS = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]

Git = Callable[..., str]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of its own with two of our notebooks, and git's settings as on a machine that has none."""
    (tmp_path / "notebooks").mkdir()
    for name in (".gitattributes", SOURCES, MARKET):
        shutil.copy(PROJECT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def git(repository: Path) -> Git:
    nowhere = dict.fromkeys(("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"), os.devnull)
    who = {f"GIT_{role}_{what}": "tester@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],  # noqa: S607  # git is where it is
            cwd=repository,
            env={**os.environ, **nowhere, **who},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("init", "--quiet", "--initial-branch=main")
    run("add", "--all")
    run("commit", "--quiet", "--message=Begin")
    return run


def cells(file: Path) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["cells"]
    return listed


def saved(file: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
    """The notebook with changed cells, as a person would save it and then tidy it."""
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content["cells"])
    file.write_text(json.dumps(content), encoding="utf-8")
    file.write_text(house.tidied(file), encoding="utf-8")


def reworded(old: str, new: str) -> Callable[[list[dict[str, Any]]], None]:
    def change(listed: list[dict[str, Any]]) -> None:
        (cell,) = (cell for cell in listed if old in "".join(cell["source"]))
        cell["source"] = "".join(cell["source"]).replace(old, new)

    return change


def remark_at(place: int, text: str, name: str = "0f3c9a1b") -> Callable[[list[dict[str, Any]]], None]:
    cell = {"cell_type": "markdown", "id": name, "metadata": {}, "source": [text]}
    return lambda listed: listed.insert(place, cell)


def code_at(place: int, source: str, name: str = "x") -> Callable[[list[dict[str, Any]]], None]:
    """A cell of code, and all of it run again."""

    def change(listed: list[dict[str, Any]]) -> None:
        listed.insert(place, {"cell_type": "code", "id": name, "metadata": {}, "source": source, "outputs": []})
        for count, cell in enumerate((cell for cell in listed if cell["cell_type"] == "code"), 1):
            cell["execution_count"] = count

    return change


def as_jupyter_saves(file: Path) -> None:
    """What JupyterLab and widgets add to a notebook when it is run and saved there, with its keys in another order."""
    content = json.loads(file.read_text(encoding="utf-8"))
    for count, cell in enumerate((cell for cell in content["cells"] if cell["cell_type"] == "code"), 24):
        cell["execution_count"] = count
        cell["metadata"] |= {"trusted": True, "execution": {"iopub.execute_input": "2031-06-01T08:00:00Z"}}
        for output in cell["outputs"]:
            output["metadata"] = {"image/svg+xml": {"isolated": True}}
            output["execution_count"] = count
    content["metadata"] = {
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"a": {}}, "version_major": 2}},
        "kernelspec": {"name": "python3", "display_name": "Mine", "language": "python"},
        "language_info": {"name": "python", "version": "3.99.1", "codemirror_mode": {"name": "ipython"}},
        "toc-autonumbering": True,
    }
    backwards = {key: content[key] for key in sorted(content, reverse=True)} | {"nbformat_minor": 4}
    file.write_text(json.dumps(backwards, ensure_ascii=True, indent=2), encoding="utf-8")


def test_a_word_changed_is_a_diff_of_its_line(repository: Path, git: Git) -> None:
    saved(repository / SOURCES, reworded("Who says what, when", "Who says what and when"))
    assert git("diff", "--numstat") == f"1\t1\t{SOURCES}\n"


def test_a_cell_put_in_changes_no_other(repository: Path, git: Git) -> None:
    saved(repository / SOURCES, remark_at(6, "A remark."))
    added, removed, _ = git("diff", "--numstat").split()
    assert (added, removed) == ("10", "0")


def test_two_branches_that_change_different_cells_merge(repository: Path, git: Git) -> None:
    git("checkout", "--quiet", "-b", "other")
    saved(repository / SOURCES, reworded("Whether the numbers are true", "Whether all of it is true"))
    saved(repository / SOURCES, remark_at(12, "Theirs."))
    git("commit", "--quiet", "--all", "--message=Theirs")
    git("checkout", "--quiet", "main")
    saved(repository / SOURCES, reworded("Who says what, when", "Who says what and when"))
    saved(repository / SOURCES, remark_at(5, "Ours.", "7d21e0aa"))
    git("commit", "--quiet", "--all", "--message=Ours")
    git("merge", "--quiet", "--no-edit", "other")
    assert house.check(repository / SOURCES, PROJECT) == []
    told = [
        source for cell in cells(repository / SOURCES) if (source := "".join(cell["source"])) in ("Ours.", "Theirs.")
    ]
    assert told == ["Ours.", "Theirs."]


def test_a_cell_of_code_put_in_on_one_branch_merges_with_words_changed_on_another(repository: Path, git: Git) -> None:
    git("checkout", "--quiet", "-b", "other")
    saved(repository / SOURCES, reworded("absent number cannot be counted", "absent number is counted by nobody"))
    git("commit", "--quiet", "--all", "--message=Theirs")
    git("checkout", "--quiet", "main")
    saved(repository / SOURCES, code_at(5, "assert len(numbers)"))
    git("commit", "--quiet", "--all", "--message=Ours")
    git("merge", "--quiet", "--no-edit", "other")
    assert house.check(repository / SOURCES, PROJECT) == []


def test_without_nbdime_git_merges_lines_as_it_always_does(git: Git) -> None:
    assert git("check-attr", "merge", "diff", "--", SOURCES).count("jupyternotebook") == 2
    assert git("config", "--list", "--local").count("jupyternotebook") == 0


def test_a_notebook_run_again_shows_no_difference(repository: Path, git: Git) -> None:
    file = repository / SOURCES
    file.write_text(notebooks.text(notebooks.run(file, {}, PROJECT)), encoding="utf-8")
    assert git("status", "--porcelain") == ""


@pytest.mark.parametrize("name", [SOURCES, MARKET])
def test_what_jupyter_saves_is_tidied_to_what_was_committed(name: str, repository: Path, git: Git) -> None:
    as_jupyter_saves(repository / name)
    assert git("status", "--porcelain") == f" M {name}\n"
    (repository / name).write_text(house.tidied(repository / name), encoding="utf-8")
    assert git("status", "--porcelain") == ""


@pytest.mark.parametrize("file", sorted((PROJECT / "docs").glob("*.ipynb")), ids=lambda file: file.stem)
def test_the_notebooks_of_the_documentation_are_tidy_too(file: Path) -> None:
    assert house.tidied(file) == file.read_text(encoding="utf-8")


def test_of_what_a_widget_showed_the_words_stay(repository: Path) -> None:
    """Its number names what died with the kernel; what it shows elsewhere is kept."""
    said = {"text/plain": ["IntSlider(value=0)"]}
    shown = {"data": said | {"application/vnd.jupyter.widget-view+json": {"model_id": "5d1c"}}, "metadata": {}}
    file = repository / SOURCES
    saved(file, lambda listed: listed[4].update(outputs=[{"output_type": "display_data", **shown}]))
    (output,) = cells(file)[4]["outputs"]
    assert output["data"] == said


def test_the_hooks_tidy_what_is_committed_and_refuse_what_breaks_a_rule(repository: Path, git: Git) -> None:
    """Each hook as pre-commit runs it: its entry with the files, in the repository."""
    (repository / ".venv").symlink_to(Path(sys.prefix))
    as_jupyter_saves(repository / SOURCES)
    assert run_hook("tidy", repository, SOURCES, MARKET).returncode == 0
    assert git("status", "--porcelain") == "?? .venv\n"
    assert run_hook("house-rules", repository, SOURCES, MARKET).returncode == 0
    saved(repository / SOURCES, remark_at(6, "A remark of 2031."))
    refused = run_hook("house-rules", repository, SOURCES, MARKET)
    assert refused.returncode == 1
    assert "typed-number" in refused.stdout


def run_hook(name: str, repository: Path, *files: str) -> subprocess.CompletedProcess[str]:
    (hook,) = (hook for repo in HOOKS for hook in repo["hooks"] if hook["id"] == name)
    command = [*shlex.split(hook["entry"]), *files]
    return subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)


def test_every_hook_is_a_tool_of_the_project() -> None:
    assert [repo["repo"] for repo in HOOKS] == ["local"]
    assert {hook["language"] for hook in HOOKS[0]["hooks"]} == {"system"}


def test_a_new_cell_is_named_for_what_it_holds_whatever_the_editor_called_it(repository: Path) -> None:
    file = repository / SOURCES
    names = []
    for _ in range(2):
        shutil.copy(PROJECT / SOURCES, file)
        saved(file, remark_at(6, "A remark.", f"{random.getrandbits(32):08x}"))  # as editors do
        names.append([cell["id"] for cell in cells(file)])
    assert names[0] == names[1]
    before = [cell["id"] for cell in cells(PROJECT / SOURCES)]
    assert names[0][:6] + names[0][7:] == before
    saved(file, reworded("A remark.", "Another one."))
    assert [cell["id"] for cell in cells(file)] == names[0]


def test_cells_that_share_a_name_are_parted_and_those_without_get_one(repository: Path) -> None:
    def change(listed: list[dict[str, Any]]) -> None:
        del listed[1]["id"]
        listed += [listed[0], listed[0]]

    file = repository / SOURCES
    saved(file, change)
    names = [cell["id"] for cell in cells(file)]
    assert names[0] == "cell-01"
    assert len(set(names)) == len(names)
    assert names[-1] == f"{names[-2]}-2"


def test_a_notebook_run_in_another_order_loses_its_counts_and_is_to_be_run_again(repository: Path) -> None:
    file = repository / SOURCES
    saved(file, lambda listed: listed[4].update(execution_count=99))
    assert {cell["execution_count"] for cell in cells(file) if cell["cell_type"] == "code"} == {None}
    assert [fault.code for fault in house.check(file, PROJECT)] == ["not-run"]


def test_a_conflict_left_in_a_notebook_is_told_as_one(repository: Path, git: Git) -> None:
    git("checkout", "--quiet", "-b", "other")
    saved(repository / SOURCES, reworded("Who says what, when", "Who says when"))
    git("commit", "--quiet", "--all", "--message=Theirs")
    git("checkout", "--quiet", "main")
    saved(repository / SOURCES, reworded("Who says what, when", "Who says what"))
    git("commit", "--quiet", "--all", "--message=Ours")
    with pytest.raises(AssertionError, match="CONFLICT"):
        git("merge", "--quiet", "--no-edit", "other")
    with pytest.raises(ExecutionError, match="settle the conflict"):
        house.tidied(repository / SOURCES)
