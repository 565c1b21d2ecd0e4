"""One run at a time; what a killed one left is told apart from what belongs to others."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.checks.finding import Refused
from scripts.machine import REPOSITORY
from scripts.run_lock import Holder, is_own, myself, only_run

HOLD = (
    "import sys, pathlib\n"
    "from scripts.run_lock import only_run\n"
    "with only_run(pathlib.Path(sys.argv[1]), 'dev', 'apply --env dev'):\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.read()\n"
)


def hold(folder: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_is_refused_and_told_who_runs(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        said = rf"runs `apply --env dev` \(process {process.pid}\) since 20"
        with pytest.raises(Refused, match=said), only_run(tmp_path, "dev", "plan"):
            pass
        process.communicate("")


def test_another_environment_is_not_held_up(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        with only_run(tmp_path, "prod", "plan") as run:
            assert run.unfinished is None
        process.communicate("")


def test_a_killed_run_gives_way_and_is_remembered(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with only_run(tmp_path, "dev", "apply") as run:
            assert run.unfinished is not None
            assert run.unfinished.pid == process.pid


def test_a_run_that_ended_well_leaves_nothing_to_remember(tmp_path: Path) -> None:
    with only_run(tmp_path, "dev", "apply") as run:
        run.ended_well = True
    with only_run(tmp_path, "dev", "apply") as run:
        assert run.unfinished is None


def test_a_row_of_broken_runs_counts_from_its_first(tmp_path: Path) -> None:
    with only_run(tmp_path, "dev", "apply"):
        pass
    with only_run(tmp_path, "dev", "apply") as second:
        pass
    with only_run(tmp_path, "dev", "apply") as third:
        pass
    assert second.unfinished is not None and third.unfinished is not None
    assert second.unfinished.since == third.unfinished.since


def test_a_record_of_an_older_form_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "dev.run").write_text(json.dumps({"name": "x"}))
    with only_run(tmp_path, "dev", "apply") as run:
        assert run.unfinished is None


DEAD = Holder("ann@laptop", 1, "apply --env dev", "2026-11-21T10:00:00.500000+00:00")


@pytest.mark.parametrize(
    ("who", "created", "own"),
    [
        pytest.param("ann@laptop", "2026-11-21T10:00:07.123456789Z", True, id="taken while it ran"),
        pytest.param(
            "ann@laptop", "2026-11-21T10:00:00Z", True, id="in its first second, which the lock rounds down"
        ),
        pytest.param(
            "ann@laptop", "2026-11-21T09:59:00Z", False, id="older than the run: another's of the same user"
        ),
        pytest.param("bob@laptop", "2026-11-21T10:00:07Z", False, id="another user"),
        pytest.param("ann@ci", "2026-11-21T10:00:07Z", False, id="another host"),
    ],
)
def test_only_the_locks_of_the_dead_run_are_its_own(who: str, created: str, own: bool) -> None:
    assert is_own(who, created, DEAD) is own


def test_a_holder_is_spelled_as_terraform_spells_it() -> None:
    assert "@" in myself("plan").who
