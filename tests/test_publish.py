"""An edition appears whole or not at all, whatever happens meanwhile, and stays beside those that follow it."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import hashlib
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from analysis import cli
from analysis.editions import publish as publishing
from analysis.editions.publish import appearing, aside, kept, mend, prune, publish, refuse, refuse_foreign
from analysis.errors import NuageError, SetupError, UsageError

#: Twenty moments of publishing at which a process is killed: the same in every run of the tests.
MOMENTS = 20
#: As unshare(2) has them; and how a process of ours ends that may not mount a disk.
NEW_USER, NEW_MOUNTS, MAY_NOT = 0x10000000, 0x00020000, 77
FORK = multiprocessing.get_context("fork")


def edition(name: str, date: str = "2031-06-01") -> dict[str, bytes]:
    """A small edition: its name stands in each of its files."""
    record = {"dcat:version": name, "dct:issued": {"@value": date}}
    pages = {f"{lang}/proofs.html": f"proofs of {name}".encode() for lang in ("en", "fr")}
    return {"index.html": name.encode(), **pages, "data/dcat.jsonld": json.dumps(record).encode()}


def whole(folder: Path, *besides: str) -> str:
    """The name of the edition in a folder, once its files are found to be those of its list, and no others."""
    digests = publishing.listed(folder)
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert {path for path in there if not path.startswith(("editions/", "latest"))} == {
        *digests,
        "SHA256SUMS",
        *besides,
    }
    for path, digest in digests.items():
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest
    return (folder / "index.html").read_text()


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture(autouse=True)
def without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a power cut would leave is another matter than what these tests look at; one of them looks at that."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder in which the edition of May stands, alone beside nothing else."""
    place = tmp_path / "here/reports"
    publish(edition("2031-05", "2031-05-01"), place, "2031-05")
    return place


def only_may(out: Path) -> bool:
    """Whether the edition of May stands as it did, and nothing has been left beside it."""
    return (
        whole(out) == whole(out / "editions/2031-05") == "2031-05"
        and [each.name for each in kept(out)] == ["2031-05"]
        and names(out.parent) == [out.name]
    )


def test_the_newest_edition_stands_in_the_folder_and_each_is_kept_whole(out: Path) -> None:
    assert publish(edition("2031-06"), out, "2031-06") == ()
    assert whole(out) == whole(out / "latest") == whole(out / "editions/2031-06") == "2031-06"
    assert whole(out / "editions/2031-05") == "2031-05"
    assert (out / "latest").readlink() == Path("editions/2031-06")
    assert [(each.name, each.date) for each in kept(out)] == [("2031-06", "2031-06-01"), ("2031-05", "2031-05-01")]
    for folder in (out, out / "editions/2031-05"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=True)  # noqa: S607


def test_a_kept_edition_takes_no_second_room_on_the_disk(out: Path) -> None:
    assert (out / "index.html").samefile(out / "editions/2031-05/index.html")


def test_where_files_cannot_be_linked_they_are_copied(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    publish(edition("2031-06"), out, "2031-06")
    assert whole(out / "editions/2031-06") == "2031-06"
    assert whole(out / "editions/2031-05") == "2031-05"
    assert not (out / "index.html").samefile(out / "editions/2031-06/index.html")


def test_where_no_link_can_be_made_it_is_left_out_and_said(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refused)
    (remark,) = publish(edition("2031-06"), out, "2031-06")
    assert remark == "there is no link latest to editions/2031-06: Operation not permitted"
    assert not (out / "latest").is_symlink()
    assert whole(out) == whole(out / "editions/2031-06") == "2031-06"


def test_publishing_a_name_again_replaces_that_edition_and_no_other(out: Path) -> None:
    publish(edition("2031-06"), out, "2031-06")
    publish({**edition("2031-06"), "index.html": b"mended"}, out, "2031-06")
    assert whole(out) == whole(out / "editions/2031-06") == "mended"
    assert whole(out / "editions/2031-05") == "2031-05"


def test_without_a_name_an_edition_is_not_kept_and_those_that_are_stay(out: Path) -> None:
    publish(edition("a trial"), out)
    assert whole(out) == "a trial"
    assert whole(out / "latest") == "2031-05"
    assert [each.name for each in kept(out)] == ["2031-05"]


def test_the_readme_stays_and_what_the_next_edition_lacks_goes(out: Path) -> None:
    (out / "README.md").write_text("kept")
    publish({"index.html": b"2031-06"}, out, "2031-06")
    assert whole(out, "README.md") == "2031-06"
    assert (out / "README.md").read_text() == "kept"
    assert not (out / "en").exists()


@pytest.mark.parametrize(
    "place", ["thesis.txt", "editions/thesis.txt", "editions/2031-05/thesis.txt", "editions/2031-04/a"]
)
@pytest.mark.parametrize("link", [False, True])
def test_somebodys_own_files_are_never_replaced(out: Path, place: str, link: bool) -> None:
    (out / place).parent.mkdir(exist_ok=True)
    (out / place).symlink_to(out.parent) if link else (out / place).write_text("mine")
    for action in (lambda: publish(edition("2031-06"), out, "2031-06"), lambda: prune(out, 0)):
        with pytest.raises(UsageError, match=f"{place}: the folder holds a file that no edition put there"):
            action()
    assert (out / "index.html").read_text() == "2031-05"


def test_a_target_that_is_a_file_or_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "unplugged/disk")
    with pytest.raises(UsageError, match="not a folder"):
        publish(edition("2031-06"), tmp_path / "file")
    with pytest.raises(UsageError, match="a link that leads nowhere"):
        publish(edition("2031-06"), tmp_path / "link")
    assert names(tmp_path) == ["file", "link"]


def test_a_linked_target_stays_a_link(out: Path, tmp_path: Path) -> None:
    (tmp_path / "www").symlink_to(out)
    publish(edition("2031-06"), tmp_path / "www", "2031-06")
    assert (tmp_path / "www").is_symlink()
    assert whole(out) == "2031-06"
    assert names(tmp_path) == ["here", "www"]


def test_an_edition_with_passages_is_not_written_where_editions_are_kept(out: Path, tmp_path: Path) -> None:
    refuse(tmp_path / "project", out, quoting=False)
    with pytest.raises(UsageError, match="passages"):
        refuse(tmp_path / "project", out, quoting=True)


def test_the_room_is_looked_at_first(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 20_000))  # noqa: SLF001
    with pytest.raises(SetupError, match=r"too little room.*\n.*needed: 0\.1 MB, free: 0\.0 MB\n.*make room"):
        publish({**edition("2031-06"), "large": b"x" * 50_000}, out, "2031-06")
    assert only_may(out)


def test_all_is_on_the_disk_before_it_takes_the_place_of_the_last(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Path | str] = []
    put = aside.put
    monkeypatch.setattr(os, "fsync", lambda descriptor: done.append(Path(f"/proc/self/fd/{descriptor}").readlink()))

    def noted(new: Path, out: Path, beside: Path) -> None:
        done.append("put")
        put(new, out, beside)

    monkeypatch.setattr(aside, "put", noted)
    publish(edition("2031-06"), out, "2031-06")
    before, after = done[: done.index("put")], done[done.index("put") + 1 :]
    new = out.parent / ".reports.nuage-aside/new"
    assert {new / path for path in (*edition("2031-06"), "SHA256SUMS")} <= set(before)
    assert {new, new / "fr", new / "editions", new / "editions/2031-06/fr"} <= set(before)
    assert after == [out.parent]


@pytest.mark.parametrize("nth", [1, 3, 7, 9, 12])
def test_a_disk_that_is_full_at_any_write_leaves_the_last_edition(
    out: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    left = iter(range(nth - 1, -1, -1))

    def full(_: int) -> None:
        if next(left, 1) == 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SetupError, match=r"No space left on device\n.*the last edition is untouched"):
        publish(edition("2031-06"), out, "2031-06")
    assert only_may(out)


def test_a_disk_that_is_full_at_the_mark_is_left_as_it_was(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "touch", full)
    with pytest.raises(SetupError, match="No space left on device"):
        publish(edition("2031-06"), out, "2031-06")
    assert only_may(out)


def test_a_file_that_is_not_what_was_written_is_noticed(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = appearing._write  # noqa: SLF001

    def broken(file: Path, content: bytes) -> None:
        write(file, content.replace(b"proofs of", b"proofs or"))

    monkeypatch.setattr(appearing, "_write", broken)
    with pytest.raises(SetupError, match=r"en/proofs\.html: a file does not read back as it was written"):
        publish(edition("2031-06"), out, "2031-06")
    assert only_may(out)


def in_a_process(action: Callable[[], object]) -> int | None:
    """The exit code of a process that does this: 0, or that of an error of ours; negative where a signal ended it."""

    def run() -> None:
        try:
            action()
        except NuageError as error:
            os._exit(error.exit_code)

    process = FORK.Process(target=run)
    process.start()
    process.join(30)
    return process.exitcode


def test_a_file_larger_than_may_be_written_leaves_the_last_edition(out: Path) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        publish({**edition("2031-06"), "large": b"x" * 50_000}, out, "2031-06")

    assert in_a_process(limited) == SetupError.exit_code
    assert only_may(out)


def on_a_small_disk(place: Path) -> None:
    """Mounts 400 kB on a folder, for this process alone; ends it where it may not."""
    identities = {"setgroups": "deny", "uid_map": f"0 {os.getuid()} 1", "gid_map": f"0 {os.getgid()} 1"}
    if ctypes.CDLL(None).unshare(NEW_USER | NEW_MOUNTS):
        os._exit(MAY_NOT)
    for name, identity in identities.items():
        Path("/proc/self", name).write_text(identity)
    if mount("-t", "tmpfs", "-o", "size=400k", "none", str(place)):
        os._exit(MAY_NOT)


def mount(*arguments: str) -> int:
    return subprocess.run(["mount", *arguments], check=False).returncode  # noqa: S607


def test_a_full_disk_and_a_read_only_one_leave_the_last_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage, out = shutil.disk_usage, tmp_path / "reports"

    def refused(told: str, size: int) -> None:
        with pytest.raises(SetupError, match=told):
            publish({**edition("2031-06"), "large": b"x" * size}, out, "2031-06")
        assert only_may(out)

    def publishing_there() -> None:
        on_a_small_disk(tmp_path)
        publish(edition("2031-05", "2031-05-01"), out, "2031-05")
        refused("too little room", 400_000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(Path(__file__).parent))
        refused("No space left on device", 400_000)
        assert mount("-o", "remount,ro", str(tmp_path)) == 0
        refused("Read-only file system", 1)
        with pytest.raises(SetupError, match="it cannot be written"):
            refuse(tmp_path / "project", out, quoting=False)
        with pytest.raises(UsageError, match=f"a disk is mounted here.*\n.*--out {tmp_path}/edition"):
            refuse(tmp_path / "project", tmp_path, quoting=False)

    ended = in_a_process(publishing_there)
    if sys.platform != "linux" or ended == MAY_NOT:
        pytest.skip("this system lets nobody mount a disk of their own")
    assert ended == 0


class Countdown:
    """Counts the lines run while publishing, and kills the process at the last of those it is given."""

    def __init__(self, lines: int = -1) -> None:
        self.left = lines

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        if "publish" not in frame.f_code.co_filename and frame.f_code.co_filename != shutil.__file__:
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return self

    def run(self, action: Callable[[], object]) -> int:
        """Does it, and returns how many lines that took."""
        start, before = self.left, sys.gettrace()
        sys.settrace(self)
        try:
            action()
        finally:
            sys.settrace(before)
        return start - self.left


def moments(action: Callable[[], object]) -> list[int]:
    """Twenty lines of what is done, drawn at random but the same each time; the first and the last are among them."""
    lines = Countdown().run(action)
    drawn = random.Random(20311201).sample(range(2, lines), MOMENTS - 2)  # noqa: S311
    return [1, *sorted(drawn), lines]


@pytest.fixture(params=["in one step", "in two steps"])
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the editions are exchanged: as the system can, and as one would that cannot."""
    if request.param == "in two steps":
        monkeypatch.setattr(aside, "exchanged", lambda *_: False)
    return str(request.param)


def test_a_build_killed_at_any_moment_leaves_one_edition_whole_and_the_next_clears_up(out: Path, steps: str) -> None:
    stands = {"2031-05", "2031-06"}
    for at, line in enumerate(moments(lambda: publish(edition("2031-06"), out, "2031-06"))):
        name, other = ("2031-05", "2031-06") if at % 2 else ("2031-06", "2031-05")
        publish(edition(other), out, other)
        ended = in_a_process(partial(Countdown(line).run, partial(publish, edition(name), out, name)))
        assert ended in (-signal.SIGKILL, 0)
        if steps == "in one step":
            assert whole(out) in stands
        mend(out)
        assert whole(out) in stands
        assert {whole(each.place) for each in kept(out)} == stands
        publish(edition(name), out, name)
        assert whole(out) == whole(out / "latest") == name
        assert names(out.parent) == ["reports"]


def test_pruning_killed_at_any_moment_removes_editions_whole_or_not_at_all(out: Path) -> None:
    everything = shutil.copytree(out.parent, out.parent.with_name("copy"), symlinks=True) / "reports"
    publish(edition("2031-06"), everything, "2031-06")
    for line in moments(lambda: prune(everything, 0)):
        publish(edition("2031-05", "2031-05-01"), everything, "2031-05")
        publish(edition("2031-06"), everything, "2031-06")
        in_a_process(partial(Countdown(line).run, partial(prune, everything, 0)))
        assert {whole(each.place) for each in kept(everything)} in ({"2031-06"}, {"2031-05", "2031-06"})
        mend(everything)
        assert names(everything.parent) == ["reports"]


def test_a_build_killed_between_two_steps_leaves_the_last_edition_to_be_put_back(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def killed(self: Path, target: Path) -> Path:
        if self.name == "new":
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(self, target)

    monkeypatch.setattr(aside, "exchanged", lambda *_: False)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", killed)
        assert in_a_process(lambda: publish(edition("2031-06"), out, "2031-06")) == -signal.SIGKILL
    assert not out.exists()
    mend(out)
    assert only_may(out)


def test_where_the_second_of_two_steps_fails_the_first_is_undone(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(aside, "exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(SetupError, match="Input/output error"):
        publish(edition("2031-06"), out, "2031-06")
    assert only_may(out)


def test_this_system_exchanges_two_folders_in_one_step_where_linux_does(out: Path, tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux is known to")
    (tmp_path / "new").mkdir()
    assert aside.exchanged(tmp_path / "new", out)
    assert whole(tmp_path / "new") == "2031-05"
    with pytest.raises(OSError, match="No such file"):
        aside.exchanged(tmp_path / "nothing", out)


def test_a_folder_of_somebodys_with_the_name_of_ours_is_not_touched(out: Path) -> None:
    theirs = out.parent / ".reports.nuage-aside"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="is not ours"):
        publish(edition("2031-06"), out, "2031-06")
    assert (theirs / "thesis.txt").read_text() == "mine"
    assert whole(out) == "2031-05"


def test_builds_that_publish_at_once_all_succeed(out: Path) -> None:
    def several(first: int) -> None:
        for number in range(first, 10, 2):
            publish({**edition(f"2031-{number}"), "more": b"x" * 1_000_000}, out, f"2031-{number}")

    both = [FORK.Process(target=several, args=(first,)) for first in (0, 1)]
    for process in both:
        process.start()
    for process in both:
        process.join(30)
    assert [process.exitcode for process in both] == [0, 0]
    assert {each.name for each in kept(out)} == {"2031-05", *(f"2031-{number}" for number in range(10))}
    assert whole(out) == whole(out / "latest")
    assert names(out.parent) == ["reports"]


def test_a_build_that_waits_too_long_says_for_whom(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "PATIENCE", 0.1)
    with (
        aside.holding(out),
        pytest.raises(SetupError, match=rf"another build is publishing.*\n.*process {os.getpid()} on"),
    ):
        publish(edition("2031-06"), out, "2031-06")
    assert only_may(out)


def test_a_lock_on_a_file_that_has_gone_meanwhile_is_none(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, flock, first = out.parent / ".reports.nuage-lock", fcntl.flock, iter([True])

    def gone(opened: Any, how: int) -> None:
        if next(first, False):
            lock.unlink()
        flock(opened, how)

    monkeypatch.setattr(fcntl, "flock", gone)
    with aside.holding(out):
        assert lock.read_text().startswith(f"process {os.getpid()} on")
    assert only_may(out)


def test_a_build_waits_until_the_other_has_published(out: Path) -> None:
    with aside.holding(out):
        waiting = threading.Thread(target=publish, args=(edition("2031-06"), out, "2031-06"))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        assert whole(out) == "2031-05"
    waiting.join(30)
    assert whole(out) == "2031-06"


@pytest.mark.parametrize(("mask", "file", "folder"), [(0o022, 0o644, 0o755), (0o077, 0o600, 0o700)])
def test_who_may_read_an_edition_is_what_the_user_has_set(tmp_path: Path, mask: int, file: int, folder: int) -> None:
    before = os.umask(mask)
    try:
        publish(edition("2031-06"), tmp_path / "reports", "2031-06")
    finally:
        os.umask(before)
    modes = {place.is_dir(): place.stat().st_mode & 0o777 for place in [tmp_path / "reports", *tmp_path.rglob("*")]}
    assert modes == {False: file, True: folder}


def test_no_clock_is_asked(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> float:
        raise AssertionError("the clock may jump")

    for clock in ("time", "time_ns", "monotonic"):
        monkeypatch.setattr(time, clock, asked)
    publish(edition("2031-06"), out, "2031-06")
    assert whole(out) == "2031-06"


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """Five kept editions; the one published last is not the newest by date."""
    out = tmp_path / "reports"
    for month in (1, 2, 3, 5, 4):
        publish(edition(f"2031-0{month}", f"2031-0{month}-01"), out, f"2031-0{month}")
    return out


def test_pruning_keeps_the_newest_by_date_and_the_one_published_last(five: Path) -> None:
    assert [each.name for each in prune(five, 1, dry=True)] == ["2031-03", "2031-02", "2031-01"]
    assert len(kept(five)) == 5
    assert [each.name for each in prune(five, 1)] == ["2031-03", "2031-02", "2031-01"]
    assert [whole(each.place) for each in kept(five)] == ["2031-05", "2031-04"]
    assert [each.name for each in prune(five, 0)] == ["2031-05"]
    assert whole(five) == whole(five / "latest") == "2031-04"
    assert prune(five, 0) == ()
    assert names(five.parent) == ["reports"]


def test_the_command_says_what_it_removes(five: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["prune", "--keep", "3", "--out", str(five), "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "to be removed: 2031-02 (2031-02-01)",
        "to be removed: 2031-01 (2031-01-01)",
        "kept: 2031-05, 2031-04, 2031-03, 2031-02, 2031-01",
    ]
    assert cli.main(["prune", "--keep", "3", "--out", str(five)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "removed: 2031-02 (2031-02-01)"
    assert cli.main(["prune", "--keep", "-1", "--out", str(five)]) == 2
    assert cli.main(["prune", "--out", str(five.parent / "nothing")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "kept: none"


def test_an_edition_that_tells_no_date_is_the_oldest(five: Path) -> None:
    publish({"index.html": b"undated"}, five, "undated")
    publish(edition("2031-06"), five, "2031-06")
    assert kept(five)[-1].name == "undated"
    refuse_foreign(five)
