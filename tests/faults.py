"""`make faults`: builds that are killed, and builds at once; slower than what `make test` runs, and as binding."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

from test_cli_build import OPENING, at, begun, whole
from test_editions import faulty_project

from analysis import cli

__all__ = ["at"]
MOMENTS = 20


def test_a_build_killed_at_any_moment_leaves_an_edition_and_the_next_one_is_right(at: Path) -> None:
    faulty_project(at, OPENING)
    begin = time.perf_counter()
    begun(at).communicate(timeout=60)
    usual = time.perf_counter() - begin
    moments = random.Random(2031)  # noqa: S311  # any moments will do, the same each time
    for number in range(MOMENTS):
        faulty_project(at, OPENING.replace("Un chapeau", f"Un chapeau{'!' * (number + 1)}"))
        building = begun(at)
        time.sleep(usual * moments.random())
        os.kill(building.pid, signal.SIGKILL)
        building.communicate()
        assert whole(at / "reports")
    assert cli.main(["build", "--lang", "fr"]) == 0
    assert whole(at / "reports")
    assert "!" * MOMENTS in (at / "reports/fr/adoption.html").read_text(encoding="utf-8")
    assert sorted(each.name for each in at.iterdir()) == [".cache", "data", "notebooks", "reports"]


def test_two_builds_at_once_do_each_other_no_harm(at: Path) -> None:
    both = [begun(at), begun(at, "--out", "elsewhere"), begun(at)]
    said = [building.communicate(timeout=120) for building in both]
    assert [building.returncode for building in both] == [0, 0, 0], said
    assert whole(at / "reports")
    assert (at / "reports/SHA256SUMS").read_bytes() == (at / "elsewhere/SHA256SUMS").read_bytes()
