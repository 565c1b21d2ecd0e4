"""A unit that is planned again when its turn comes does only what somebody agreed to."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.machine import REPOSITORY
from scripts.plans.again import Addition, Agreed, Seen, additions, again_file, held_file, read_held

LAUNCHER = REPOSITORY / "scripts" / "plans" / "again.sh"


def planned(address: str, action: str) -> str:
    """A line of Terraform's machine-readable output."""
    change = {"resource": {"addr": address, "resource_type": "aws_sqs_queue"}, "action": action}
    return json.dumps({"type": "planned_change", "change": change})


def outputs(action: str) -> str:
    return json.dumps({"type": "outputs", "outputs": {"arn": {"action": action}}})


@pytest.mark.parametrize(
    ("action", "strict", "held"),
    [
        pytest.param("create", False, False, id="another creation goes on unattended"),
        pytest.param("update", False, False, id="another update goes on unattended"),
        pytest.param("replace", False, True, id="a replacement never does"),
        pytest.param("delete", False, True, id="nor a destroy"),
        pytest.param("remove", False, True, id="nor a forgetting"),
        pytest.param("create", True, True, id="a person is asked about anything new"),
        pytest.param("noop", True, False, id="nothing is nothing new"),
        pytest.param("read", True, False, id="nor is what is only read"),
    ],
)
def test_what_was_not_shown_is_held_back(action: str, strict: bool, held: bool) -> None:
    seen = Seen()
    seen.hear(planned("new", action))
    assert bool(additions(seen.changes, Agreed(frozenset(), strict))) is held


def test_what_was_agreed_to_may_happen_and_only_so() -> None:
    agreed = Agreed(frozenset({("a", "replace"), ("b", "update")}), strict=False)
    assert additions([("a", "replace"), ("b", "delete")], agreed) == (Addition("b", "delete"),)


@pytest.mark.parametrize(
    ("line", "anything"),
    [
        pytest.param(planned("a", "update"), True, id="an update"),
        pytest.param(planned("a", "move"), True, id="a move"),
        pytest.param(planned("a", "read"), False, id="a read"),
        pytest.param(outputs("update"), True, id="an output"),
        pytest.param(outputs("noop"), False, id="an output that stays"),
        pytest.param("no JSON", False, id="other text"),
        pytest.param("3", False, id="no object"),
    ],
)
def test_what_a_plan_says_tells_whether_there_is_anything_to_apply(line: str, anything: bool) -> None:
    seen = Seen()
    seen.hear(line)
    assert seen.anything is anything


@dataclass(frozen=True)
class Turn:
    """One unit's turn: a Terraform that notes how it is called and shows a plan of our choice."""

    folder: Path
    plan: Path

    def run(self, *lines: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
        tool = self.folder / "terraform"
        tool.write_text(
            "#!/bin/sh\n"
            f'echo "$@" >> {self.folder}/calls\n'
            'case "$1" in\n'
            f'plan) for last in "$@"; do :; done; echo again > "${{last#-out=}}"; cat {self.folder}/said; exit {code};;\n'
            'apply) for last in "$@"; do :; done; cat "$last";;\n'
            "esac\n"
        )
        tool.chmod(0o755)
        (self.folder / "said").write_text("".join(f"{line}\n" for line in lines))
        environment = os.environ | {
            "STAGECRAFT_TERRAFORM": str(tool),
            "STAGECRAFT_PYTHON": sys.executable,
            "STAGECRAFT_CODE": str(REPOSITORY),
        }
        words = [str(LAUNCHER), "apply", "-auto-approve", "-lock-timeout=5s", str(self.plan)]
        return subprocess.run(words, env=environment, capture_output=True, text=True, check=False)

    def calls(self) -> list[str]:
        return [line.split()[0] for line in (self.folder / "calls").read_text().splitlines()]


@pytest.fixture
def turn(tmp_path: Path) -> Turn:
    plan = tmp_path / "tfplan.tfplan"
    plan.write_text("first")
    return Turn(tmp_path, plan)


AGREED = Agreed(frozenset({("a", "create")}), strict=False)


def test_a_plan_that_holds_is_applied_as_it_is(turn: Turn) -> None:
    assert turn.run().stdout == "first"
    assert turn.calls() == ["apply"]


def test_a_doubtful_plan_is_made_again_and_then_applied(turn: Turn) -> None:
    again_file(turn.plan).write_text(AGREED.to_json())
    done = turn.run(planned("a", "create"))
    assert (done.returncode, done.stdout.strip()) == (0, f"{planned('a', 'create')}\nagain")
    assert turn.calls() == ["plan", "apply"]
    assert "-lock-timeout=5s" in (turn.folder / "calls").read_text().splitlines()[0]
    assert not again_file(turn.plan).exists()


def test_nothing_left_to_do_is_not_applied(turn: Turn) -> None:
    again_file(turn.plan).write_text(AGREED.to_json())
    assert turn.run(planned("a", "noop"), outputs("noop")).returncode == 0
    assert turn.calls() == ["plan"]


def test_what_nobody_agreed_to_is_held_back_and_named_in_terraform_s_own_way(turn: Turn) -> None:
    again_file(turn.plan).write_text(AGREED.to_json())
    done = turn.run(planned("a", "create"), planned("b", "delete"))
    event = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, event["type"], event["diagnostic"]["detail"]) == (1, "diagnostic", "delete: b")
    assert turn.calls() == ["plan"]
    assert read_held(turn.plan) == (Addition("b", "delete"),)
    assert turn.plan.read_text() == "again\n", "what is held back is what a person is shown next"


def test_a_plan_that_cannot_be_made_again_ends_with_terraform_s_code(turn: Turn) -> None:
    again_file(turn.plan).write_text(AGREED.to_json())
    assert turn.run(code=7).returncode == 7
    assert turn.plan.read_text() == "first"
    assert not held_file(turn.plan).exists()
