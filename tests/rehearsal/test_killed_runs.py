"""Fifty applies of one unit, each with one of its processes killed at a moment nobody chose."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkout import ACCOUNTS, Checkout, clean_environment

KILLS = 50
SEED = 20_260  # the same moments every time, as far as a machine repeats itself
DEADLINE = 60.0
UNIT = ("--env", "staging", "--local", "--system", "platform", "--unit", "alerts")
NEEDED = ("--env", "staging", "--local", "--system", "platform", "--unit", "kms")


@pytest.fixture
def applied(checkout: Checkout) -> Iterator[float]:
    """The unit and what it needs, applied; gives back how long an apply of it takes."""
    assert checkout.invoke("apply", *NEEDED, "--yes").code == 0
    assert checkout.invoke("apply", *UNIT, "--yes").code == 0
    new_owner(checkout, "somebody-else")
    began = time.monotonic()
    assert checkout.invoke("apply", *UNIT, "--yes").code == 0
    yield time.monotonic() - began
    for unit in (UNIT, NEEDED):
        assert checkout.invoke("destroy", *unit, "--yes", "--allow", "*").code == 0


def new_owner(checkout: Checkout, owner: str) -> None:
    """Change a tag of everything, so that an apply has something to do."""
    path = checkout.path / "live" / "staging" / "env.hcl"
    path.write_text(re.sub(r'owner( +)= "[^"]+"', rf'owner\1= "{owner}"', path.read_text()))


def family(mark: str) -> dict[int, str]:
    """The living processes of the run that carries *mark* in its environment, with their names."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (entry / "environ").read_bytes():
                found[int(entry.name)] = (entry / "comm").read_text().strip()
        except OSError:
            continue
    return found


def until_gone(mark: str, what: str) -> None:
    deadline = time.monotonic() + DEADLINE
    while left := family(mark):
        assert time.monotonic() < deadline, f"{what}: {left} are left"
        time.sleep(0.05)


def locks(checkout: Checkout) -> list[str]:
    """The state locks in the environment's bucket."""
    store = checkout.client("s3", account=ACCOUNTS["staging"])
    found = []
    for bucket in store.list_buckets()["Buckets"]:
        listed = store.list_objects_v2(Bucket=bucket["Name"]).get("Contents", [])
        found += [each["Key"] for each in listed if each["Key"].endswith(".tflock")]
    return found


@pytest.mark.slow
def test_whatever_is_killed_whenever_the_next_run_does_not_trip(
    checkout: Checkout, applied: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(SEED)
    killed: list[str] = []
    for number in range(KILLS):
        new_owner(checkout, f"owner-{number}")
        mark = f"KILLED_RUN={os.urandom(8).hex()}"
        name, value = mark.split("=")
        log = tmp_path_factory.mktemp("run") / "log"
        with log.open("wb") as output:
            run = subprocess.Popen(
                [sys.executable, "-m", "invoke", "apply", *UNIT, "--yes"],
                cwd=checkout.path,
                env={**clean_environment(), name: value},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        time.sleep(chance.uniform(0.02, applied))
        pid, victim = chance.choice(sorted(family(mark).items()) or [(run.pid, "ended already")])
        killed.append(victim)
        if victim != "ended already":
            os.kill(pid, signal.SIGKILL)
        code = run.wait(DEADLINE)
        # Killed itself; done, or done in spite of it; failed with a word about it. Never refused.
        assert code in (-signal.SIGKILL, 0, 1), f"{number}, {victim}: {log.read_text()}"
        for word in ("Traceback", "Error acquiring the state lock"):
            assert word not in log.read_text(), log.read_text()
        until_gone(mark, f"run {number}, {victim} killed")
    assert len(set(killed)) >= 4, f"only {set(killed)} were ever killed"

    again = checkout.invoke("apply", *UNIT, "--yes")
    assert again.code == 0, again.out + again.err
    assert checkout.invoke("plan", *UNIT).code == 0
    assert locks(checkout) == []
