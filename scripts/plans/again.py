"""Plan one unit again when its turn to be applied has come, and hold it back when that shows what nobody agreed to.

Its first plan was made with stand-ins, or before a unit that it reads was applied. Terragrunt starts this in Terraform's
place (scripts/plans/again.sh), so inputs, working folder and provider are the unit's own, units run side by
side as ever, and one that is held back keeps those waiting that need it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

SPELLED = {"remove": "forget"}
"""Where Terraform's output of a run has another word than its plan has."""
CHANGING = frozenset({"create", "update", "replace", "delete", "forget"})
LOSING = frozenset({"replace", "delete", "forget"})
HELD = "Held back: planned with the real values, it would do what the review did not show"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody agreed to: addresses with actions, and how much more a new plan may show."""

    changes: frozenset[tuple[str, str]]
    strict: bool
    """With a person there is somebody to ask about anything new; without, only about what goes or is replaced."""

    def to_json(self) -> str:
        """As text, for the file beside the plan."""
        return json.dumps({"changes": sorted(self.changes), "strict": self.strict})

    @classmethod
    def from_json(cls, text: str) -> Agreed:
        """From that file."""
        document = json.loads(text)
        return cls(
            frozenset((address, action) for address, action in document["changes"]), document["strict"]
        )


@dataclass(frozen=True, slots=True)
class Addition:
    """One change that nobody agreed to."""

    address: str
    action: str


@dataclass(slots=True)
class Seen:
    """What a plan said while it was made: its changes, and whether it does anything at all."""

    changes: list[tuple[str, str]] = field(default_factory=list)
    anything: bool = False

    def hear(self, line: str) -> None:
        """Take in one line of ``terraform plan -json``."""
        try:
            event: Any = json.loads(line)
        except json.JSONDecodeError:
            return
        if not isinstance(event, dict):
            return
        if event.get("type") == "planned_change":
            action = event["change"]["action"]
            self.changes.append((event["change"]["resource"]["addr"], SPELLED.get(action, action)))
            self.anything = self.anything or action not in {"read", "noop"}
        elif event.get("type") == "outputs":
            actions = {output.get("action", "noop") for output in event["outputs"].values()}
            self.anything = self.anything or bool(actions - {"noop"})


def again_file(plan: Path) -> Path:
    """Its presence says: plan again; it holds what was agreed to."""
    return plan.with_name(f"{plan.name}.again")


def held_file(plan: Path) -> Path:
    """Its presence says: held back; it holds why."""
    return plan.with_name(f"{plan.name}.held")


def additions(changes: Iterable[tuple[str, str]], agreed: Agreed) -> tuple[Addition, ...]:
    """What a plan of *changes* would do beyond what was agreed to and must therefore not be done."""
    return tuple(
        Addition(address, action)
        for address, action in changes
        if action in CHANGING
        and (address, action) not in agreed.changes
        and (agreed.strict or action in LOSING)
    )


def read_held(plan: Path) -> tuple[Addition, ...]:
    """Why the unit of *plan* was held back; empty when it was not."""
    path = held_file(plan)
    return tuple(Addition(**row) for row in json.loads(path.read_text())) if path.is_file() else ()


def main(argv: Sequence[str]) -> int:
    """``terraform apply ... PLAN``, after PLAN was made again."""
    terraform, *words = argv
    plan = Path(words[-1])
    agreed = Agreed.from_json(again_file(plan).read_text())
    fresh = plan.with_name(f"{plan.name}.new")
    timeout = [word for word in words if word.startswith("-lock-timeout")]
    seen = Seen()
    code = _follow([terraform, "plan", "-json", "-input=false", *timeout, f"-out={fresh}"], seen)
    if code != 0:
        return code
    fresh.replace(plan)
    if more := additions(seen.changes, agreed):
        held_file(plan).write_text(json.dumps([asdict(addition) for addition in more]))
        _complain(more)
        return 1
    again_file(plan).unlink()
    return _become([terraform, *words]) if seen.anything else 0


def _become(argv: Sequence[str]) -> NoReturn:
    """Terraform takes this process's place: exit code and signals are its own."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    os.execve(argv[0], list(argv), environment)


def _follow(argv: Sequence[str], seen: Seen) -> int:
    """Run it and hand its output on; an interrupt is the child's, which then ends well and releases its lock."""
    with subprocess.Popen(argv, start_new_session=True, stdout=subprocess.PIPE, text=True) as child:

        def hand_on(number: int, frame: FrameType | None) -> None:
            child.send_signal(number)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, hand_on)
        assert child.stdout is not None
        for line in child.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            seen.hear(line)
        code = child.wait()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    return code


def _complain(more: Sequence[Addition]) -> None:
    """As Terraform's own machine-readable output says it, so that it is shown like any other problem."""
    detail = "\n".join(f"{addition.action}: {addition.address}" for addition in more)
    event = {"type": "diagnostic", "diagnostic": {"severity": "error", "summary": HELD, "detail": detail}}
    print(json.dumps(event), flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
