"""What the tests share: where the project is, and what is true of every machine they run on."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from analysis import documents, editions
from analysis.editions import publish

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def repository_files(project: Path) -> list[Path]:
    """The files that are in the repository, or would be once added: nothing that git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607  # git is where it is
        cwd=project,
        capture_output=True,
        check=False,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: which files belong to the repository is not known")
    files = (project / name for name in listed.stdout.split("\0") if name)
    return sorted(file for file in files if file.is_file())


@pytest.fixture(scope="session")
def documents_folder(project: Path) -> Path:
    """The folder with the documents' texts. Skips where there are none, since they are not ours to publish."""
    folder = Path(os.environ.get("NUAGE_DOCUMENTS") or project / "data/raw/documents")
    if not any(folder.glob("*.txt")):
        pytest.skip(
            "the documents' texts are not here (they are not ours to publish): "
            "add yours with nuage documents add PATH, or name their folder in NUAGE_DOCUMENTS"
        )
    return folder


@pytest.fixture(scope="session")
def texts(project: Path, documents_folder: Path) -> dict[str, str]:
    """The canonical texts of all the documents, by id. Skips where one is missing."""
    cards = documents.cards(project)
    found = dict(documents.shelf(documents_folder, cards).texts)
    if missing := sorted(cards.keys() - found.keys()):
        pytest.skip(f"the texts of {', '.join(missing)} are not here: nuage documents add PATH")
    return found


@pytest.fixture
def sample(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project of its own, with a document written for the tests, its card and four claims."""
    for name in ("NUAGE_PROJECT", "NUAGE_DOCUMENTS", "NUAGE_CACHE"):
        monkeypatch.delenv(name, raising=False)
    return Path(shutil.copytree(project / "tests/sample", tmp_path / "sample"))


@pytest.fixture(scope="session")
def edition(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole edition, built once for all the tests that read it."""
    out = tmp_path_factory.mktemp("edition") / "reports"
    editions.build(project, out, editions.jobs(project, ("fr", "en"), {}))
    return (out / publish.LATEST).resolve()
