"""`make faults`: machines and notebooks that fail a whole build: the last edition stays, and a line says why."""

from __future__ import annotations

import itertools
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
from test_cache import DAMAGES
from test_cli_build import OPENING, whole
from test_editions import faulty_project

from analysis import cli, paths

#: How a process gets mounts of its own, or another user's name; both need a system that lets namespaces be made.
OWN_MOUNTS = ("unshare", "--mount", *(() if os.getuid() == 0 else ("--map-root-user",)), "sh", "-ec")
ANOTHER_USER = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
#: A notebook that has changed since the last edition, so that it must be run.
CHANGED = OPENING.replace("Un chapeau", "Un autre chapeau")


@dataclass
class Desk:
    """A project whose edition stands, and a place for temporary files that nobody else uses."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        return self.root / "project"

    @property
    def temporary(self) -> Path:
        return self.root / "temporary"

    def edition(self) -> dict[str, bytes]:
        files = (file for file in (self.project / "reports").rglob("*") if file.is_file())
        return {file.relative_to(self.project).as_posix(): file.read_bytes() for file in files}

    def build(self, *options: str, under: tuple[str, ...] = (), **variables: str) -> subprocess.CompletedProcess[str]:
        """A build of this project, started by another command that makes things worse."""
        call = [*under, sys.executable, "-m", "analysis.cli", "build", "--lang", "fr", *options]
        environment = {**self.environment, **variables, "TMPDIR": str(self.temporary)}
        return subprocess.run(
            call, cwd=self.project, env=environment, capture_output=True, check=False, text=True, timeout=120
        )

    def fails(self, *options: str, exit: int, under: tuple[str, ...] = (), **variables: str) -> str:  # noqa: A002
        """What a build says that fails with this code, once nothing of it is found to be left."""
        before, log = self.edition(), self.root / "log"
        done = self.build("--log-json", str(log), *options, under=under, **variables)
        assert done.returncode == exit, done.stderr
        assert "Traceback" not in done.stderr
        end = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
        assert (end["outcome"], end["exit"]) == ("failed", exit)
        assert end["error"] in done.stderr
        assert self.edition() == before
        assert self.left() == []
        return str(end["error"])

    def left(self) -> list[str]:
        """Whatever a build that is over should not have left: files, folders, processes."""
        known = {".cache", "data", "notebooks", "reports"}
        places = [each.name for each in self.project.iterdir() if each.name not in known]
        return [*places, *(each.name for each in self.temporary.iterdir()), *self.processes()]

    def processes(self) -> list[str]:
        """The processes that were started with this place for their temporary files."""
        mark, found = f"TMPDIR={self.temporary}\0".encode(), []
        for place in Path("/proc").iterdir():
            try:
                if place.name.isdecimal() and mark in (place / "environ").read_bytes():
                    found.append((place / "cmdline").read_text())
            except OSError:
                continue  # it has ended meanwhile, or is another's
        return found

    def right(self) -> None:
        """Has the build done once more, undisturbed."""
        done = self.build()
        assert done.returncode == 0, done.stderr
        assert whole(self.project / "reports")
        assert self.left() == []


@pytest.fixture(scope="module")
def published(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one chapter whose edition stands."""
    place = shutil.copytree(project / "tests/sample", tmp_path_factory.mktemp("published") / "project")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NUAGE_PROJECT", "NUAGE_DOCUMENTS", "NUAGE_CACHE"):
            patch.delenv(name, raising=False)
        patch.chdir(faulty_project(place, OPENING))
        assert cli.main(["build", "--lang", "fr"]) == 0
    return place


@pytest.fixture
def desk(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name in ("NUAGE_PROJECT", "NUAGE_DOCUMENTS", "NUAGE_CACHE"):
        monkeypatch.delenv(name, raising=False)
    made = Desk(tmp_path, dict(os.environ))
    shutil.copytree(published, made.project, symlinks=True)
    made.temporary.mkdir()
    return made


def possible(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def in_own_mounts(script: str, place: Path) -> tuple[str, ...]:
    """Runs a command, "$@" in the script, among mounts of its own; $0 is the place. Skips where nobody may."""
    if not possible(*OWN_MOUNTS, "mount -t tmpfs none /mnt"):
        pytest.skip("this system lets nobody mount a disk of their own")
    return (*OWN_MOUNTS, script, str(place))


def with_disk(place: Path, options: str) -> tuple[str, ...]:
    """Runs a command with a new disk on a folder; it fails too where it leaves anything there, but for an edition."""
    place.mkdir(exist_ok=True)
    left = 'test -z "$(ls -A "$0" | grep -vx reports)" || code=99'
    return in_own_mounts(f'mount -t tmpfs -o {options} none "$0"; code=0; "$@" || code=$?; {left}; exit $code', place)


def read_only(place: Path) -> tuple[str, ...]:
    """Runs a command to which a folder can only be read."""
    return in_own_mounts('mount --bind "$0" "$0"; mount -o remount,bind,ro "$0"; cd "$PWD"; exec "$@"', place)


def limited(what: int, most: int) -> tuple[str, ...]:
    """Runs a command that may take no more of something than this."""
    code = f"import os, resource, sys; resource.setrlimit({what}, ({most},) * 2); os.execv(sys.argv[1], sys.argv[1:])"
    return (sys.executable, "-c", code)


def noting(place: Path, first: str = "") -> tuple[str, ...]:
    """Runs a build within this process after something was done, and notes the most memory that it took, in kB."""
    code = (
        f"import resource, sys; sys.argv[:] = sys.argv[3:]; {first}\nfrom analysis import cli; code = cli.main()\n"
        f"open({str(place)!r}, 'w').write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)); sys.exit(code)"
    )
    return (sys.executable, "-c", code)


# Disks.


@pytest.mark.parametrize("files", [2, 9, 40])
def test_a_disk_that_is_full_at_any_file_of_the_edition(desk: Desk, files: int) -> None:
    place = desk.root / "disk"
    told = desk.fails("--out", str(place / "reports"), exit=4, under=with_disk(place, f"nr_inodes={files + 1}"))
    assert "No space left on device" in told
    assert f"{place}/reports" in told


def test_a_disk_with_too_little_room(desk: Desk) -> None:
    place = desk.root / "disk"
    told = desk.fails("--out", str(place / "reports"), exit=4, under=with_disk(place, "size=100k"))
    assert "too little room" in told


def test_no_room_for_temporary_files(desk: Desk) -> None:
    faulty_project(desk.project, CHANGED)
    told = desk.fails(exit=4, under=with_disk(desk.temporary, "nr_inodes=4"))
    assert "No space left on device" in told


def test_a_full_cache_only_costs_time(desk: Desk) -> None:
    faulty_project(desk.project, CHANGED)
    cache = desk.root / "cache"
    under = in_own_mounts('mount -t tmpfs -o size=100k none "$0"; "$@"; test -z "$(find "$0" -name "tmp*")"', cache)
    cache.mkdir()
    done = desk.build(under=under, NUAGE_CACHE=str(cache))
    assert done.returncode == 0, done.stderr
    assert whole(desk.project / "reports")
    assert desk.left() == []


@pytest.mark.parametrize("place", ["reports", ".."])
def test_a_target_that_can_only_be_read_is_told_before_anything_is_run(desk: Desk, place: str) -> None:
    faulty_project(desk.project, CHANGED)
    log = Path("/dev/shm", f"nuage-log-{os.getpid()}")  # noqa: S108  # somewhere else
    before = desk.edition()
    done = desk.build("--log-json", str(log), under=read_only((desk.project / place).resolve()))
    (end,) = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    log.unlink()
    assert (done.returncode, end["exit"]) == (4, 4)
    assert "it cannot be written" in end["error"]
    assert desk.edition() == before


def test_what_is_only_read_may_be_read_only(desk: Desk) -> None:
    faulty_project(desk.project, CHANGED)
    under = (part for place in ("data", "notebooks", ".cache") for part in read_only(desk.project / place))
    done = desk.build("--anew", under=tuple(under))
    assert done.returncode == 0, done.stderr
    assert desk.left() == []


def test_a_disk_that_is_mounted_where_the_edition_should_stand(desk: Desk) -> None:
    place = desk.root / "disk"
    assert "--out" in desk.fails("--out", str(place), exit=2, under=with_disk(place, "size=9m"))


# Memory.


def test_a_build_with_too_little_memory(desk: Desk) -> None:
    faulty_project(desk.project, CHANGED)
    before = desk.edition()
    done = desk.build(under=limited(resource.RLIMIT_AS, 700 << 20))
    assert done.returncode in (3, 4), done.stderr
    assert "Traceback" not in done.stderr
    assert "memory" in done.stderr
    assert desk.edition() == before
    assert desk.left() == []


def test_a_run_may_take_no_more_memory_than_its_build(desk: Desk) -> None:
    faulty_project(desk.project, CHANGED)
    done = desk.build(under=limited(resource.RLIMIT_AS, 3 << 30))
    assert done.returncode == 0, done.stderr
    assert whole(desk.project / "reports")


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("held = []\nwhile True: held.append(bytearray(1 << 28))", "MemoryError"),
        ("import os; os.kill(os.getpid(), 9)", "ended by SIGKILL"),
        ("import os, time; os.kill(os.getppid(), 9); time.sleep(60)", "the process that forks the runs is gone"),
    ],
)
def test_a_run_that_finds_no_memory_or_is_killed(desk: Desk, source: str, what: str) -> None:
    faulty_project(desk.project, source)
    told = desk.fails(exit=3)
    assert what in told
    assert f"02_adoption.ipynb · cell [3] {source.splitlines()[0]}" in told
    assert "look at the memory the notebook needs" in told


@pytest.mark.parametrize(
    "source",
    [
        "for _ in range(10**6): print('x' * 1000)",
        "for _ in range(10**4): display('x' * 100_000)",
        "import subprocess; subprocess.run('yes | head -c 1000000000', shell=True)",
    ],
)
def test_a_gigabyte_of_outputs(desk: Desk, source: str) -> None:
    faulty_project(desk.project, source)
    began, note = time.monotonic(), desk.root / "memory"
    told = desk.fails(exit=3, under=noting(note))
    assert "the outputs take more than 20 MB" in told
    assert f"cell [3] {source.splitlines()[0]}" in told
    assert time.monotonic() - began < 60
    assert int(note.read_text()) < 400_000


@pytest.mark.parametrize(
    "source",
    [
        "import signal, time; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))\nwhile True: time.sleep(60)",
        "import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True).wait()",
    ],
)
def test_a_cell_that_hangs(desk: Desk, source: str) -> None:
    faulty_project(desk.project, source)
    sooner = "from analysis.notebooks import execution; execution.TIME_LIMIT = 1"
    told = desk.fails(exit=3, under=noting(desk.root / "memory", sooner))
    assert "a cell ran longer than 1 s" in told
    assert f"cell [3] {source.splitlines()[0]}" in told


# Signals, fonts, clocks, users.


def heeding_signals() -> None:
    """As on a terminal: a shell has what it starts in the background ignore some of them, tests included."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_build_that_is_told_to_end_in_the_midst_of_a_run(desk: Desk, number: signal.Signals) -> None:
    faulty_project(desk.project, f"open({str(desk.root / 'running')!r}, 'w'); import time; time.sleep(600)")
    before, log = desk.edition(), desk.root / "log"
    call = [sys.executable, "-m", "analysis.cli", "build", "--lang", "fr", "--log-json", str(log)]
    environment = {**desk.environment, "TMPDIR": str(desk.temporary)}
    building = subprocess.Popen(
        call,
        cwd=desk.project,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding_signals,  # noqa: PLW1509  # no thread holds what it takes
    )
    while not (desk.root / "running").exists() and building.poll() is None:
        time.sleep(0.02)
    building.send_signal(number)
    began = time.monotonic()
    _, told = building.communicate(timeout=60)
    assert time.monotonic() - began < 5
    assert building.returncode == 3
    assert told.splitlines()[-1] == "interrupted; nothing was published"
    assert json.loads(log.read_text(encoding="utf-8").splitlines()[-1])["outcome"] == "failed"
    assert desk.edition() == before
    assert desk.left() == []


@pytest.mark.parametrize("fault", ["missing", "damaged"])
def test_a_font_that_is_missing_or_damaged(desk: Desk, fault: str) -> None:
    faulty_project(desk.project, CHANGED)
    folder = paths.fonts()["sans"].parent
    font = shutil.copytree(folder, desk.root / "there" / folder.parent.name / "files") / "SourceSansPro-Semibold.ttf"
    (font.parents[1] / "__init__.py").touch()
    content = bytearray(font.read_bytes())
    content[len(content) // 2] ^= 1
    font.unlink()
    if fault == "damaged":
        font.write_bytes(content)
    told = desk.fails(exit=4, PYTHONPATH=str(desk.root / "there"))
    assert f"{font}" in told
    assert fault in told
    desk.right()


def sums(desk: Desk) -> bytes:
    return (desk.project / "reports/SHA256SUMS").read_bytes()


@pytest.mark.parametrize("clock", ["@1970-01-02 00:00:00", "@2038-01-19 03:14:00 x2", "@2100-01-01 00:00:00"])
def test_another_clock_changes_no_byte(desk: Desk, clock: str) -> None:
    if not shutil.which("faketime"):
        pytest.skip("faketime is not here, without which no clock can be set: apt-get install faketime")
    before = sums(desk)
    shutil.rmtree(desk.project / ".cache")
    done = desk.build("--anew", under=("faketime", "-f", clock))
    assert done.returncode == 0, done.stderr
    assert sums(desk) == before
    assert desk.left() == []


def test_a_clock_that_jumps_neither_hastens_nor_delays_a_build(desk: Desk) -> None:
    """Forward by a day, back by a century, while a cell is running: its time is that of another clock."""
    before = sums(desk)
    jumps = "import itertools, time; leaps = itertools.cycle([0, 86_400, -3_000_000_000]); now = time.time\n"
    jumps += "time.time = lambda: now() + next(leaps)"
    shutil.rmtree(desk.project / ".cache")
    done = desk.build("--anew", under=noting(desk.root / "memory", jumps))
    assert done.returncode == 0, done.stderr
    assert sums(desk) == before


@pytest.fixture
def another_user() -> tuple[str, ...]:
    """Runs a command as another user, who may read what is ours. Skips where none can be had."""
    if not possible(*ANOTHER_USER, "true"):
        pytest.skip("this system lets nobody be another user")
    return ANOTHER_USER


def test_another_user_changes_no_byte(desk: Desk, another_user: tuple[str, ...]) -> None:
    before = sums(desk)
    for name in ("USER", "LOGNAME"):
        desk.environment.pop(name, None)
    shutil.rmtree(desk.project / ".cache")
    done = desk.build("--anew", under=another_user, HOME="/nowhere")
    assert done.returncode == 0, done.stderr
    assert sums(desk) == before
    assert desk.left() == []


def given_away(place: Path, mode: int | None = None) -> None:
    """Gives files to a user that is neither the one who runs this nor the other one."""
    if os.getuid():
        pytest.skip("only root can give files to another user")
    for each in (place, *place.rglob("*")):
        if mode is not None:
            each.chmod(mode | 0o111 * each.is_dir())
        os.chown(each, 12345, 12345, follow_symlinks=False)


def test_an_edition_of_another_user_is_not_touched(desk: Desk, another_user: tuple[str, ...]) -> None:
    faulty_project(desk.project, CHANGED)
    given_away(desk.project / "reports")
    assert "it cannot be written" in desk.fails(exit=4, under=another_user)


@pytest.mark.parametrize("mode", [0o644, 0o600])
def test_a_cache_of_another_user_only_costs_time(desk: Desk, another_user: tuple[str, ...], mode: int) -> None:
    faulty_project(desk.project, CHANGED)
    given_away(desk.project / ".cache", mode)
    done = desk.build(under=another_user)
    assert done.returncode == 0, done.stderr
    assert whole(desk.project / "reports")


# What is published; what is kept.


def shown(file: Path) -> bytes:
    """What a file holds; of a PDF, also what is packed in it."""
    if file.suffix == ".pdf":
        with pikepdf.open(file) as opened:
            streams = (each.read_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream))
            return file.read_bytes() + b"\n".join([*streams, *(repr(each).encode() for each in opened.objects)])
    return file.read_bytes()


def test_what_is_published_tells_nothing_of_the_machine(desk: Desk) -> None:
    faulty_project(desk.project, f"import warnings; warnings.warn('old')\n{OPENING}")
    secrets = {"GITHUB_TOKEN": "ghp_0123456789", "MAIL_PASSWORD": "correct-horse"}
    desk.environment |= {**secrets, "USER": "a_planted_user", "LOGNAME": "a_planted_user", "HOSTNAME": "a_planted_host"}
    done = desk.build(HOME=str(desk.root / "a_planted_home"))
    assert done.returncode == 0, done.stderr
    files = [file for file in (desk.project / "reports").rglob("*") if file.is_file()]
    assert {".pdf", ".html", ".ipynb", ".csv", ".json", ".sqlite", ".xml"} <= {file.suffix for file in files}
    told = (*secrets.values(), "a_planted", str(desk.root), sys.prefix, str(Path(paths.__file__).parents[2]), "/root/")
    found = [(file.name, each) for file in files for each in told if each.encode() in shown(file)]
    assert found == []
    assert b"UserWarning: old" in (desk.project / "reports/fr/adoption.ipynb").read_bytes()


def test_a_notebook_that_shows_the_machine(desk: Desk) -> None:
    faulty_project(desk.project, f"import os; print(os.getcwd())\n{OPENING}")
    told = desk.fails(exit=3)
    assert "fr/adoption.ipynb: it would tell its readers of this machine" in told
    assert f"the folder {desk.project}" in told


def test_whatever_is_damaged_of_what_is_kept_is_made_again(desk: Desk) -> None:
    before, steps = sums(desk), ("run", "PDF")
    kept = [file for folder in ("runs", "made", "editions") for file in (desk.project / ".cache" / folder).iterdir()]
    assert len(kept) > 4
    for file, damage in zip(kept, itertools.cycle(DAMAGES)):
        damage(file)
    log = desk.root / "log"
    done = desk.build("--log-json", str(log))
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert {each["kept"] for each in told if each.get("step") in steps} == {False}
    assert sums(desk) == before
    assert desk.left() == []


@pytest.mark.parametrize("megabytes", [64, 150, 400, 900])
def test_a_build_with_too_little_memory_is_told_before_anything_is_loaded(desk: Desk, megabytes: int) -> None:
    faulty_project(desk.project, CHANGED)
    assert "too little memory" in desk.fails(exit=4, under=limited(resource.RLIMIT_AS, megabytes << 20))


def test_the_least_memory_is_enough(desk: Desk) -> None:
    faulty_project(desk.project, CHANGED)
    done = desk.build(under=limited(resource.RLIMIT_AS, 2 << 30))
    assert done.returncode == 0, done.stderr


def test_a_log_on_a_full_disk(desk: Desk) -> None:
    faulty_project(desk.project, CHANGED)
    before = desk.edition()
    done = desk.build("--log-json", "/dev/full")
    assert (done.returncode, desk.edition()) == (4, before), done.stderr
    assert "the log cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert desk.left() == []


def test_what_cannot_be_read(desk: Desk, another_user: tuple[str, ...]) -> None:
    given_away(desk.project / "notebooks", 0o600)
    (desk.project / "notebooks").chmod(0o755)
    assert "02_adoption.ipynb: the system refuses" in desk.fails(exit=4, under=another_user)


@pytest.mark.parametrize("part", [0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.4])
def test_a_build_that_is_told_to_end_while_it_loads(desk: Desk, part: float) -> None:
    faulty_project(desk.project, CHANGED)
    before, log = desk.edition(), desk.root / "log"
    call = [sys.executable, "-m", "analysis.cli", "build", "--lang", "fr", "--log-json", str(log)]
    environment = {**desk.environment, "TMPDIR": str(desk.temporary)}
    building = subprocess.Popen(call, cwd=desk.project, env=environment, stderr=subprocess.PIPE, text=True)
    while not log.exists():
        time.sleep(0.01)
    time.sleep(part)
    building.send_signal(signal.SIGTERM)
    _, told = building.communicate(timeout=60)
    assert building.returncode == 3, told
    assert told.splitlines()[-1] == "interrupted; nothing was published"
    assert json.loads(log.read_text(encoding="utf-8").splitlines()[-1])["outcome"] == "failed"
    assert desk.edition() == before
    assert desk.left() == []
