"""The schedules of docs/schedules: every command is one, each file is as its scheduler has it, a night works."""

from __future__ import annotations

import fcntl
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pytest
import yaml  # type: ignore[import-untyped]  # it ships no types

from analysis import parameters
from analysis.cli import command
from analysis.errors import UsageError

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "docs/schedules"
#: Where the files say that the project is.
PLACE = "/srv/etat-du-nuage"
FILES = sorted(file for file in FOLDER.iterdir() if file.is_file())
#: A command up to what a shell, YAML or Python has after it; a comment is none.
COMMAND = re.compile(r"\bnuage ([a-z](?:[^\n\"'`|&;<>)]|\"\$\w+\")*)")
#: What may not stand in a file that is handed around.
SECRET = re.compile(r"(?i)password|passwd|secret|api_?key|token|BEGIN [A-Z ]*PRIVATE")


def commands(text: str) -> list[str]:
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return [found.strip() for line in lines for found in COMMAND.findall(line)]


def parsed(text: str) -> None:
    """Has the real parser read a command; raises what it raises."""
    command._parser().parse_args(shlex.split(text))  # noqa: SLF001  # to call it would be to do it


def workflow(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def shell_lines() -> Iterator[str]:
    """What the files of code hosts have a shell do."""
    yield from (step["run"] for step in workflow("github.yml")["jobs"]["edition"]["steps"] if "run" in step)
    edition = workflow("gitlab.yml")["edition"]
    yield from (line for part in ("before_script", "script", "after_script") for line in edition[part])


@pytest.mark.parametrize(
    "file", [*FILES, FOLDER.with_suffix(".md"), PROJECT / "docs/parameters.md"], ids=lambda file: file.name
)
def test_every_command_of_a_schedule_is_one(file: Path) -> None:
    for text in commands(file.read_text(encoding="utf-8")):
        parsed(text)


def test_the_commands_that_a_schedule_is_for_are_there() -> None:
    """So that the test above does not pass for want of commands; and one that there is not would be seen."""
    found = {file.name: commands(file.read_text(encoding="utf-8")) for file in FILES}
    assert found["nightly.sh"] == ["verify", "build", 'diff "$before" reports']
    assert len(found["airflow_dag.py"]) == 4
    assert len(found["github.yml"]) == len(found["gitlab.yml"]) == 1
    with pytest.raises(UsageError):
        parsed("diff --quickly")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_schedule_holds_a_secret(file: Path) -> None:
    assert not SECRET.search(file.read_text(encoding="utf-8"))
    assert SECRET.search("GITHUB_TOKEN")


def test_targets_and_scripts_that_code_hosts_call_exist() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    lines = list(shell_lines())
    assert len(lines) == 6
    for line in lines:
        for target in re.findall(r"\bmake (\S+)", line):
            assert f"\n{target}:" in makefile
        for script in re.findall(r"docs/\S+\.sh", line):
            assert os.access(PROJECT / script, os.X_OK)


def test_code_hosts_limit_and_queue_their_nights() -> None:
    github, gitlab = workflow("github.yml"), workflow("gitlab.yml")["edition"]
    assert github[True] == {"schedule": [{"cron": "0 3 * * *"}], "workflow_dispatch": None}
    assert github["concurrency"] == {"group": "nightly", "cancel-in-progress": False}
    assert github["permissions"] == {"contents": "read"}
    assert github["jobs"]["edition"]["timeout-minutes"] == 60
    assert (gitlab["timeout"], gitlab["resource_group"], gitlab["retry"]["max"]) == ("1 hour", "nightly", 2)
    saved = next(step for step in github["jobs"]["edition"]["steps"] if "cache/save" in step.get("uses", ""))
    assert saved["if"] == "always()", "a night that tells of a change would tell of it every night"
    assert gitlab["cache"]["when"] == "always", "a night that tells of a change would tell of it every night"


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not here: the units cannot be checked without systemd")
    units = [Path(shutil.copy(file, tmp_path)) for file in FILES if file.suffix in (".service", ".timer")]
    for unit in units:
        unit.write_text(unit.read_text("utf-8").replace(PLACE, str(PROJECT)), "utf-8")
    assert len(units) == 3
    assert verdict(tmp_path, *units) == (0, "")
    service = tmp_path / "nuage.service"
    service.write_text(service.read_text("utf-8").replace("Restart=on-failure", "Restart=sometimes"), "utf-8")
    assert "sometimes" in verdict(tmp_path, *units)[1]


def verdict(folder: Path, *units: Path) -> tuple[int, str]:
    arguments = ["systemd-analyze", "verify", "--man=no", *map(str, units)]
    environment = {**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"}
    done = subprocess.run(arguments, capture_output=True, check=False, text=True, env=environment)
    lines = done.stderr.splitlines()
    return done.returncode, "\n".join(line for line in lines if "nuage" in line)


# Airflow, with nothing behind its names.


class Task:
    """An operator that remembers what it was made with, and what runs after it."""

    made: ClassVar[dict[str, Task]] = {}

    def __init__(self, **settings: Any) -> None:
        self.settings: dict[str, Any] = settings
        self.then: list[str] = []
        Task.made[settings["task_id"]] = self

    def __rshift__(self, other: Task) -> Task:
        self.then.append(other.settings["task_id"])
        return other


class Dag:
    """What is asked of a DAG here."""

    settings: ClassVar[dict[str, Any]] = {}

    def __init__(self, name: str, **settings: Any) -> None:
        assert name == "etat_du_nuage"
        Dag.settings = settings

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """The settings of every task of the DAG, by its name."""
    names: dict[str, dict[str, Any]] = {
        "airflow.sdk": {"DAG": Dag},
        "airflow.providers.standard.operators.bash": {"BashOperator": Task},
        "airflow.providers.papermill.operators.papermill": {"PapermillOperator": Task},
        "airflow.providers.smtp.notifications.smtp": {"SmtpNotifier": dict},
    }
    for name, offered in names.items():
        for parent in [name[: end.start()] for end in re.finditer(r"\.", name)]:
            monkeypatch.setitem(sys.modules, parent, ModuleType(parent))
        module = ModuleType(name)
        vars(module).update(offered)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(Task, "made", {})
    file = FOLDER / "airflow_dag.py"
    exec(compile(file.read_text(encoding="utf-8"), file, "exec"), {})  # noqa: S102  # it is ours
    return {name: task.settings | {"then": task.then} for name, task in Task.made.items()}


def test_the_dag_goes_from_the_claims_to_the_edition(tasks: dict[str, dict[str, Any]]) -> None:
    assert tasks["verify"]["then"][0] == "build"
    assert tasks["build"]["then"] == ["changes"]
    assert tasks["changes"]["then"] == ["publish"]
    for name in ("verify", "changes"):
        assert tasks[name]["retries"] == 0, "what a person must look at is not tried again"
    for each in tasks.values():
        if "bash_command" in each:
            parsed(each["bash_command"].removeprefix(".venv/bin/nuage "))
    limits = Dag.settings["default_args"]
    assert Dag.settings["max_active_runs"] == 1
    assert limits["execution_timeout"].total_seconds() == 1800
    assert limits["on_failure_callback"]["to"] == "desk@example.org"


def test_the_dag_hands_parameters_over_that_the_contract_takes(tasks: dict[str, dict[str, Any]]) -> None:
    runs = [each for each in tasks.values() if "parameters" in each]
    assert len(runs) == 3
    for run in runs:
        file = Path(run["input_nb"].replace(PLACE, str(PROJECT)))
        assert file.is_file()
        parameters.check(file.stem.partition("_")[2], run["parameters"], PROJECT)


# A night, as cron has it: with next to no environment, in a shell that is not the user's.

#: Stands for the command: notes what it is asked, ends as the file named for the command says, and publishes a number.
NUAGE = """#!/bin/sh
echo "$*" >> asked
if [ "$1" = build ]; then mkdir -p reports/editions; cp number reports/SHA256SUMS; cp number reports/editions; fi
if [ "$1" = diff ]; then diff -r "$2/SHA256SUMS" "$3/SHA256SUMS" || exit 1; ls "$2"; fi
code=$(head -n 1 "ends-$1" 2> /dev/null); [ ! -f "ends-$1" ] || sed -i 1d "ends-$1"
exit "${code:-0}"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a blank in its name that stands for the project, with the script and a command of its own."""
    folder = tmp_path / "the project"
    (folder / ".venv/bin").mkdir(parents=True)
    shutil.copytree(FOLDER, folder / "docs/schedules")
    stands_for = folder / ".venv/bin/nuage"
    stands_for.write_text(NUAGE)
    stands_for.chmod(0o755)
    (folder / "number").write_text("19 %\n")
    return folder


def night(place: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What cron does at three in the morning: the code, and the mail that is sent, if one is."""
    lines = (place / "docs/schedules/crontab").read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if line.startswith("0 3 * * * ")).removeprefix("0 3 * * * ")
    assert "%" not in line, "cron would take it for the end of the line"
    known = {"HOME": str(place.parent), "LOGNAME": "nuage", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    return subprocess.run(
        ["/bin/sh", "-c", line.replace(PLACE, shlex.quote(str(place)))],
        env={**known, "NUAGE_PAUSE": "0", **environment},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )


def asked(place: Path) -> list[str]:
    lines = (place / "asked").read_text().splitlines()
    (place / "asked").unlink()
    return [line.split()[0] for line in lines]


def test_a_night_without_news_sends_no_mail(place: Path) -> None:
    first = night(place)
    assert (first.stdout, first.stderr) == ("", "")
    assert asked(place) == ["verify", "build"]
    second = night(place)
    assert (second.stdout, second.stderr) == ("", "")
    assert asked(place) == ["verify", "build", "diff"]
    assert not (place / ".cache/nightly/before/editions").exists(), "kept editions are not copied each night"


def test_a_number_that_moved_is_told_once(place: Path) -> None:
    night(place)
    (place / "number").write_text("20 %\n")
    told = night(place).stdout
    assert told.startswith("exit code 1: ")
    assert "> 20 %" in told
    assert night(place).stdout == ""


def test_findings_stop_the_night_at_once(place: Path) -> None:
    (place / "ends-verify").write_text("1\n")
    assert night(place).stdout == "exit code 1: \n"
    assert asked(place) == ["verify"]


def test_what_the_machine_caused_is_tried_again(place: Path) -> None:
    (place / "ends-build").write_text("3\n4\n0\n")
    assert night(place).stdout == ""
    assert asked(place) == ["verify", "build", "build", "build"]
    (place / "ends-build").write_text("3\n3\n3\n0\n")
    assert night(place).stdout.startswith("exit code 3: ")
    (place / "ends-build").write_text("3\n0\n")
    assert night(place, NUAGE_TRIES="1").stdout.startswith("exit code 3: ")


def test_a_night_that_hangs_is_stopped(place: Path) -> None:
    (place / ".venv/bin/nuage").write_text("#!/bin/sh\nexec sleep 60\n")
    assert night(place, NUAGE_LIMIT="0.2", NUAGE_TRIES="1").stdout == "exit code 3: \n"


def test_two_nights_never_overlap(place: Path) -> None:
    (place / ".cache/nightly").mkdir(parents=True)
    with (place / ".cache/nightly/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = night(place).stdout
    assert "exit code 4: another night is still at work" in told
    assert not (place / "asked").exists()
    assert night(place).stdout == ""
