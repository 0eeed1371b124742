"""Which project a command works on."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import paths
from analysis.errors import SetupError, UsageError


def test_a_project_is_found_from_any_folder_inside_it(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUAGE_PROJECT", raising=False)
    monkeypatch.chdir(sample / "data/raw/documents")
    assert paths.project() == sample


def test_the_environment_names_it_to_notebooks(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUAGE_PROJECT", str(sample))
    assert paths.project() == sample


def test_elsewhere_the_checkout_that_the_package_runs_from_serves(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NUAGE_PROJECT", raising=False)
    monkeypatch.chdir(tmp_path)
    assert paths.project() == project


def test_a_folder_without_a_ledger_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a project folder"):
        paths.project(tmp_path)


def test_the_fonts_come_from_packages() -> None:
    assert {"serif", "serif-bold", "serif-italic", "sans", "sans-bold"} == set(paths.fonts())


def test_a_missing_font_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(paths._FONTS, "serif", ("font_source_serif_pro", "Nowhere.ttf"))  # noqa: SLF001  # to remove it
    with pytest.raises(SetupError, match=r"Nowhere\.ttf is missing"):
        paths.fonts()
