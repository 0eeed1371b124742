"""What is kept: under which fingerprint, whole or not at all."""

from __future__ import annotations

import ast
import errno
import json
import sysconfig
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from analysis import cache, reads
from analysis.cache import fingerprints

PACKAGE = Path(fingerprints.__file__).resolve().parents[1]
MODULES = sorted({file.relative_to(PACKAGE).parts[0].removesuffix(".py") for file in PACKAGE.rglob("*.py")})


def emptied(kept: Path) -> None:
    kept.write_bytes(b"")


def cut_short(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-1])


def without_its_checksum(kept: Path) -> None:
    kept.write_bytes(b"content")


def with_one_bit_flipped(kept: Path) -> None:
    content = kept.read_bytes()
    kept.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def with_one_bit_of_its_checksum_flipped(kept: Path) -> None:
    content = kept.read_bytes()
    kept.write_bytes(bytes([content[0] ^ 1]) + content[1:])


def put_where_a_folder_is(kept: Path) -> None:
    kept.unlink()
    kept.mkdir()


def put_behind_a_link_to_nowhere(kept: Path) -> None:
    kept.unlink()
    kept.symlink_to("nowhere")


DAMAGES = (
    emptied,
    cut_short,
    without_its_checksum,
    with_one_bit_flipped,
    with_one_bit_of_its_checksum_flipped,
    put_where_a_folder_is,
    put_behind_a_link_to_nowhere,
)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_result_is_not_used(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    cache.write(tmp_path, "key", b"content")
    assert cache.read(tmp_path, "key") == b"content"
    damage(tmp_path / "key")
    assert cache.read(tmp_path, "key") is None
    assert cache.read(tmp_path, "nothing") is None
    cache.write(tmp_path, "key", b"content")
    assert [each.name for each in tmp_path.iterdir()] == ["key"]


def test_a_result_that_cannot_be_kept_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cache.write(tmp_path, "key", b"content")
    assert not list(tmp_path.iterdir())


def test_a_store_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache.write(tmp_path / "file", "key", b"content")
    assert cache.read(tmp_path / "file", "key") is None


def test_a_key_tells_where_a_part_ends_and_what_kind_it_is() -> None:
    assert (
        len({cache.key("ab", "c"), cache.key("a", "bc"), cache.key("abc"), cache.key(b"abc"), cache.key("c", "ab")})
        == 5
    )


def test_a_result_is_made_once_and_again_when_a_part_or_the_code_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUAGE_CACHE", str(tmp_path))
    made: list[str] = []

    def make(name: str) -> bytes:
        def making() -> bytes:
            made.append(name)
            return name.encode()

        return cache.kept("pdf", (name,), making)

    with cache.remembering(tmp_path):
        assert make("one") == make("one") == b"one"
        assert make("two") == b"two"
        monkeypatch.setattr(fingerprints, "code", lambda *_: "other code")
        make("one")
        monkeypatch.setattr(fingerprints, "installed", lambda _: "another Typst")
        make("one")
    assert made == ["one", "two", "one", "one"]
    make("one")
    assert len(made) == 5, "outside of a build nothing is kept"


def test_a_result_that_is_damaged_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUAGE_CACHE", str(tmp_path))
    with cache.remembering(tmp_path):
        assert cache.kept("pdf", (), lambda: b"right") == b"right"
        (kept,) = (tmp_path / "made").iterdir()
        kept.write_bytes(kept.read_bytes()[:-1])
        assert cache.kept("pdf", (), lambda: b"again") == b"again"


def test_a_folder_stands_until_a_byte_of_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUAGE_CACHE", str(tmp_path / "cache"))
    out = tmp_path / "reports"
    assert not cache.stands(tmp_path, "key", out)
    (out / "fr").mkdir(parents=True)
    (out / "fr/index.html").write_text("one")
    (out / "SHA256SUMS").write_bytes(cache.sums({"fr/index.html": b"one"}))
    cache.remember(tmp_path, "key", out)
    assert cache.stands(tmp_path, "key", out)
    assert not cache.stands(tmp_path, "other key", out)
    (out / "fr/index.html").write_text("two")
    assert not cache.stands(tmp_path, "key", out)
    (out / "SHA256SUMS").write_bytes(cache.sums({"fr/index.html": b"two"}))
    assert not cache.stands(tmp_path, "key", out), "whole, but not what was put there"
    (out / "fr/index.html").unlink()
    assert not cache.stands(tmp_path, "key", out)


@lru_cache
def imports(name: str) -> set[str]:
    """The modules that the files of a module import, as Python itself reads them."""
    files = [PACKAGE / f"{name}.py", *(PACKAGE / name).rglob("*.py")]
    nodes = [node for file in files if file.is_file() for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    named = {str(node.module).split(".")[1] for node in froms if str(node.module).startswith("analysis.")}
    named |= {alias.name for node in froms if node.module == "analysis" for alias in node.names}
    return named & set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_the_code_that_a_module_needs_is_what_its_imports_lead_to(module: str) -> None:
    needed, left = set(), imports(module)
    while left:
        needed |= left
        left = set().union(*map(imports, left)) - needed
    source = "\n".join(f"from analysis import {name}" for name in sorted(imports(module)))
    assert set(cache.used(source)) == needed


def test_a_change_in_any_file_of_a_module_changes_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf/paper.typ").write_text("one")
    (tmp_path / "words.py").write_text("")
    monkeypatch.setattr(fingerprints, "_PACKAGE", tmp_path)

    def told(*modules: str) -> str:
        fingerprints.code.cache_clear()
        return fingerprints.code(*modules)

    before = told("pdf"), told("words"), told()
    (tmp_path / "pdf/paper.typ").write_text("two")
    after = told("pdf"), told("words"), told()
    fingerprints.code.cache_clear()
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, False]


def test_only_locked_packages_count_as_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(site))
    (tmp_path / "requirements.lock").write_text("typst==0.15.2 \\\n    --hash=sha256:00\npikepdf==10.0\n")

    def told(*found: str) -> str:
        for former in site.glob("*"):
            former.rmdir()
        for each in found:
            (site / f"{each}.dist-info").mkdir(parents=True)
        fingerprints.installed.cache_clear()
        return fingerprints.installed(tmp_path)

    before = told("typst-0.15.2", "pytest-9.0")
    assert before == told("typst-0.15.2", "pytest-9.1")
    assert before != told("typst-0.15.3", "pytest-9.0")
    assert before != told("typst-0.15.2", "pikepdf-10.0")
    fingerprints.installed.cache_clear()


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which this test notes what it reads."""
    monkeypatch.setenv(reads.NOTES, str(tmp_path / "notes"))
    return tmp_path / "notes"


def noted(notes: Path) -> list[list[str]]:
    return [json.loads(line) for line in notes.read_text().splitlines()] if notes.exists() else []


def test_what_is_read_of_a_mapping_is_noted_there_or_not(notes: Path) -> None:
    claims = reads.Noted("claim", {"a": 1, "b": 2})
    assert claims["a"] == 1
    assert claims.get("c") is None
    assert "b" in claims
    assert noted(notes) == [["claim", "a"], ["claim", "c"], ["claim", "b"]]
    assert list(claims.values()) == [1, 2]
    assert noted(notes)[3:] == [["claim", "*"]]


def test_what_a_thing_is_made_from_is_not_noted(notes: Path) -> None:
    claims = reads.Noted("claim", {"a": 1})
    with reads.as_one("table", "funding"):
        assert claims["a"]
    with reads.unnoted():
        assert claims["a"]
    assert noted(notes) == [["table", "funding"]]


def test_nothing_is_noted_where_nobody_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(reads.NOTES, raising=False)
    monkeypatch.chdir(tmp_path)
    reads.note("claim", "a")
    assert not list(tmp_path.iterdir())
