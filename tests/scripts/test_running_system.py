"""What `invoke test --requests` sends where, and what it refuses before anything is sent."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from scripts import processes, runs
from scripts.checks.finding import Refused
from scripts.commands import options, running_system
from scripts.commands.options import Flags
from scripts.commands.running_system import left_out, requests
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY
from scripts.states.state import State

GONE = State("u", 9, {}, frozenset(), {})
STANDING = State("u", 1, {"aws_sqs_queue.this": "aws_sqs_queue"}, frozenset(), {})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The calls of pytest, none of which is made; the environments are those of the live tree."""
    made: list[list[str]] = []
    tree = read_tree(REPOSITORY)

    def target(flags: Flags) -> Any:
        units = tree.select(flags.env, flags.system)
        return SimpleNamespace(repository=REPOSITORY, units=units, rehearsal=flags.local)

    def follow(argv: list[str], **_: object) -> int:
        made.append(argv)
        return 0

    monkeypatch.setattr(options, "target", target)
    monkeypatch.setattr(processes, "follow", follow)
    standing(monkeypatch, STANDING)
    return made


def standing(monkeypatch: pytest.MonkeyPatch, state: State | None) -> None:
    monkeypatch.setattr(runs, "read_states", lambda _, units: {unit.path: state for unit in units})


@pytest.mark.parametrize(
    "state", [pytest.param(None, id="never applied"), pytest.param(GONE, id="destroyed")]
)
@pytest.mark.parametrize(
    ("flags", "typed"),
    [
        pytest.param(Flags("staging", local=True), "--env staging --local", id="rehearsed"),
        pytest.param(Flags("prod"), "--env prod", id="real"),
    ],
)
def test_what_is_not_there_is_refused_with_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
    asked: list[list[str]],
    flags: Flags,
    typed: str,
    state: State | None,
) -> None:
    standing(monkeypatch, state)
    with pytest.raises(Refused) as refused:
        requests(flags, "")
    (said,) = refused.value.findings
    expected = f"is not applied; type ./invoke apply {typed} --system platform,order-analytics."
    assert (said.message, asked) == (expected, [])
    assert said.path.startswith(f"live/{flags.env}/us-east-1/order-analytics/")


def test_a_system_without_request_tests_is_refused(asked: list[list[str]]) -> None:
    with pytest.raises(Refused, match="--system: requests are tests for order-analytics only"):
        requests(Flags("dev", "pyshop", local=True), "")
    assert asked == []


@pytest.mark.parametrize(
    ("flags", "selection"),
    [
        pytest.param(Flags("dev", local=True), "", id="rehearsed dev: everything"),
        pytest.param(Flags("staging", local=True), "not overruns", id="a throttle that nobody outruns"),
        pytest.param(Flags("dev"), "not rehearsed_only", id="AWS"),
        pytest.param(Flags("prod"), "not rehearsed_only and not overruns", id="a real prod"),
    ],
)
def test_an_environment_is_spared_what_it_cannot_answer(
    asked: list[list[str]], flags: Flags, selection: str
) -> None:
    assert requests(flags, "-k 'stored and read'") == 0
    ((*_, marker, selected, key, words, folder),) = asked
    assert (marker, selected, key, words, folder) == (
        "-m",
        selection,
        "-k",
        "stored and read",
        "tests/requests",
    )


def test_what_is_left_out_is_said_with_the_reason() -> None:
    assert left_out(True, running_system.OVERRUN) == {}
    assert "1000 at once" in left_out(True, 1000)["overruns"]


@pytest.mark.parametrize(
    ("where", "profile"),
    [
        pytest.param("", "None", id="any other test reaches no account"),
        pytest.param("dev local", "None", id="nor does a rehearsal"),
        pytest.param("prod aws", "on-call", id="requests to an account are sent as whoever asked"),
    ],
)
def test_credentials_reach_the_tests_of_a_real_environment_only(where: str, profile: str) -> None:
    code = "import runpy, os; runpy.run_path('tests/conftest.py'); print(os.environ.get('AWS_PROFILE'))"
    variables = os.environ | {"STAGECRAFT_REQUESTS": where, "AWS_PROFILE": "on-call"}
    said = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, env=variables, capture_output=True)
    assert said.stdout.decode().strip() == profile
