"""Whoever is killed in the middle of an apply: the same command goes on, and nothing stays behind."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.checkout import Checkout, clean_environment

KMS = ("--env", "staging", "--local", "--system", "platform", "--unit", "kms")
DEADLINE = 240.0


@pytest.fixture
def started(checkout: Checkout, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """An apply of the keys that has begun to create them (a key takes the provider ten seconds)."""
    log = tmp_path / "apply.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "invoke", "apply", *KMS, "--yes"],
            cwd=checkout.path,
            env=clean_environment(),
            stdout=output,
            stderr=output,
            start_new_session=True,
            # Tests in the background (nohup, a shell's &) hand on that it is ignored; it is what is tested.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        wait_until(lambda: "apply staging/us-east-1/platform/kms" in log.read_text(), log)
        wait_until(lambda: bool(working_in(checkout.path, "terraform")), log)
        yield process
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(condition: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def working_in(folder: Path, name: str) -> list[int]:
    """The processes called *name* that stand below *folder*."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink().is_relative_to(folder) and (
                entry / "comm"
            ).read_text().strip() == name:
                found.append(int(entry.name))
    return found


def converges(checkout: Checkout) -> None:
    """The same command ends well, nothing is left to do, and a destroy makes room for the next test."""
    again = checkout.invoke("apply", *KMS, "--yes")
    assert again.code == 0, again.out + again.err
    assert checkout.invoke("plan", *KMS).code == 0
    assert checkout.invoke("destroy", *KMS, "--yes", "--allow", "*").code == 0
    assert working_in(checkout.path, "terraform") == working_in(checkout.path, "terragrunt") == []


def test_a_second_run_is_refused_with_its_holder(
    checkout: Checkout, started: "subprocess.Popen[bytes]"
) -> None:
    second = checkout.invoke("apply", *KMS, "--yes")
    assert second.code == 3
    assert re.search(rf"runs `apply --env staging` \(process {started.pid}\) since 20", second.err), (
        second.err
    )
    assert started.wait(DEADLINE) == 0
    converges(checkout)


@pytest.mark.parametrize("victim", ["terraform", "terragrunt"])
def test_a_killed_tool_fails_the_run_and_the_same_command_goes_on(
    checkout: Checkout, started: "subprocess.Popen[bytes]", victim: str
) -> None:
    os.kill(working_in(checkout.path, victim)[0], signal.SIGKILL)
    assert started.wait(DEADLINE) == 1
    converges(checkout)


def test_a_killed_task_ends_its_tools_and_the_same_command_goes_on(
    checkout: Checkout, started: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    wait_until(lambda: not working_in(checkout.path, "terraform"), tmp_path / "apply.log")
    converges(checkout)


def test_ctrl_c_ends_with_130_and_says_how_to_go_on(
    checkout: Checkout, started: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    os.kill(started.pid, signal.SIGINT)
    assert started.wait(DEADLINE) == 130
    assert "the same command continues" in (tmp_path / "apply.log").read_text()
    converges(checkout)
