"""The provider ends with its run, however that ends, and leaves nothing that the next run trips over."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Waits for ever inside the block, as a run does that waits for Terragrunt.
RUN = """
import os, signal, sys, time
from pathlib import Path
from scripts.warm_provider import WarmProvider
# What runs in the background (nohup, a shell's &) hands on that these are ignored; they are what is tested.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
binary, module, cache = map(Path, sys.argv[1:])
with WarmProvider.start(binary, os.environ, {"queue": module}, None, cache, print) as warm:
    print(warm.directory, warm.serves("queue"), flush=True)
    if os.environ.get("RUN_FAILS"):
        raise RuntimeError("the run fails")
    while True:
        time.sleep(0.1)  # a signal that comes just before one long sleep would be heard after it
"""


class Run:
    """A run in a process of its own, whose family is known by a mark in the environment."""

    def __init__(self, fake, queue_module: Path, tmp: Path, **more: str) -> None:
        self.mark = f"RUN_MARK={os.urandom(8).hex()}"
        name, value = self.mark.split("=")
        environment = {**fake.environment, "TMPDIR": str(tmp), name: value, **more}
        command = [sys.executable, "-c", RUN, str(fake.binary), str(queue_module), str(fake.cache)]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def wait_until_it_serves(self) -> Path:
        """Return the folder in which its units find whom to ask."""
        assert self.process.stdout is not None
        folder, _, served = self.process.stdout.readline().strip().partition(" ")
        assert served == "True"
        return Path(folder)

    def family(self) -> dict[int, str]:
        """Return the command lines of this run's living processes, itself included."""
        found = {}
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (path / "environ").read_bytes():
                    found[int(path.name)] = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return {pid: command for pid, command in found.items() if command}

    def pid_of(self, part: str) -> int | None:
        return next((pid for pid, command in self.family().items() if part in command), None)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def start(fake, queue_module, short_tmp) -> Iterator[Callable[[], Run]]:
    """Start a run; whatever the test did not end ends with it."""
    started: list[Run] = []

    def another() -> Run:
        started.append(Run(fake, queue_module, short_tmp))
        return started[-1]

    yield another
    for run in started:
        run.end()


@pytest.fixture
def run(start) -> Run:
    return start()


def left_behind(tmp: Path) -> list[Path]:
    return [path for path in tmp.glob("*/*") if path.name != "lock"]


@pytest.mark.parametrize(
    "how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP], ids=lambda how: how.name
)
def test_a_run_that_is_ended_takes_all_its_processes_and_files_along(
    run, eventually, fake, short_tmp, how
) -> None:
    run.wait_until_it_serves()
    eventually(lambda: bool(fake.starts()), "the provider runs")
    run.process.send_signal(how)
    run.process.wait(60)
    eventually(lambda: not run.family(), f"processes end after {how.name}")
    eventually(lambda: not left_behind(short_tmp), f"files are removed after {how.name}")


def test_a_run_that_fails_takes_all_its_processes_and_files_along(
    fake, eventually, queue_module, short_tmp
) -> None:
    run = Run(fake, queue_module, short_tmp, RUN_FAILS="yes")
    run.wait_until_it_serves()
    assert run.process.wait(60) == 1
    assert not run.family()
    assert not left_behind(short_tmp)


def test_a_killed_front_takes_the_provider_along(run, eventually, fake) -> None:
    run.wait_until_it_serves()
    eventually(lambda: bool(fake.starts()), "the provider runs")
    os.kill(run.pid_of("-m scripts.warm_provider"), signal.SIGKILL)
    eventually(lambda: list(run.family()) == [run.process.pid], "only the run itself is left")


def test_terminal_interrupts_do_not_reach_the_provider(run, eventually, fake) -> None:
    run.wait_until_it_serves()
    eventually(lambda: bool(fake.starts()), "the provider runs")
    groups = {os.getpgid(pid) for pid in run.family() if pid != run.process.pid}
    assert os.getpgid(run.process.pid) not in groups


# From before the front is started (about 100 ms) until well after the provider serves.
@pytest.mark.parametrize("milliseconds", range(40, 680, 64))
@pytest.mark.parametrize("both", [False, True], ids=["the run", "the run and its front"])
def test_the_next_run_works_after_a_kill_at_any_moment(
    run, eventually, fake, queue_module, short_tmp, monkeypatch, milliseconds, both
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(short_tmp))
    time.sleep(milliseconds / 1000)  # the moment is what is tested
    front = run.pid_of("-m scripts.warm_provider") if both else None
    run.end()
    if front is not None and front in run.family():
        os.kill(front, signal.SIGKILL)
    eventually(lambda: not run.family(), "processes end")

    def another_run_leaves_nothing() -> bool:
        with fake.serving(queue=queue_module) as units:
            assert units["queue"].ask("ReadResource", b"echo") == b"echo"
        return not left_behind(short_tmp)

    # A dying process gives up its lock a moment after it has lost its name.
    eventually(another_run_leaves_nothing, "what the killed run left is swept")


def test_what_killed_runs_leave_is_swept_by_the_next(start, eventually, short_tmp) -> None:
    for _ in range(3):
        run = start()
        run.wait_until_it_serves()
        front = run.pid_of("-m scripts.warm_provider")
        os.kill(front, signal.SIGSTOP)  # so that it cannot clean up
        run.end()
        os.kill(front, signal.SIGKILL)
        eventually(lambda run=run: not run.family(), "processes end")
    assert len(left_behind(short_tmp)) == 1, "each run has swept what its predecessor left"
    last = start()
    last.wait_until_it_serves()
    last.process.send_signal(signal.SIGINT)
    last.process.wait(60)
    assert left_behind(short_tmp) == []


def test_a_change_under_way_is_finished_when_the_run_is_killed(run, eventually, fake, attached) -> None:
    """Terraform outlives a killed run for a moment: what it has created must still reach its state."""
    queue = attached(run.wait_until_it_serves(), "queue")
    change = queue.ask_later("ApplyResourceChange", b"wait")
    eventually(lambda: "ApplyResourceChange wait" in fake.calls, "the change is under way")
    run.end()
    assert change.result() == b"cut short"
    eventually(lambda: not run.family(), "processes end")
