"""The flags that most tasks share, read once, and how a task ends."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

from invoke.exceptions import Exit

from scripts import output
from scripts.checks.finding import Finding, Refused
from scripts.live.tree import Tree, read_tree
from scripts.live.units import Unit
from scripts.machine import REPOSITORY, ToolMissing
from scripts.processes import ProcessFailed
from scripts.target import Target, choose, real, rehearsed

FINE, FAILED, FOUND, REFUSED, INTERRUPTED = 0, 1, 2, 3, 130
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Flags:
    """What was typed, before anything is looked up."""

    env: str = ""
    system: str = ""
    unit: str = ""
    local: bool = False
    json: bool = False
    plain: bool = False
    yes: bool = False
    parallelism: int = 0


def tree() -> Tree:
    """The live tree of this checkout."""
    return read_tree(Path(os.environ.get("STAGECRAFT_TREE") or REPOSITORY))


def target(flags: Flags, *, sound: bool = True) -> Target:
    """The units and the account that the flags name; the embedded AWS is started with --local.

    Raises Refused before anything is started when a flag, the tree or the credentials do not fit. What acts on states
    alone does without a *sound* configuration: a lock is in the way also where a value is wrong.
    """
    from scripts.checks.validate import validate

    found = tree()
    environment, units = choose(found, flags.env, flags.system, flags.unit)
    findings = validate(found, units) if sound else []
    if findings:
        raise Refused(findings)
    return (rehearsed if flags.local else real)(found, environment, units)


def one(target: Target, flags: Flags) -> Unit:
    """The unit that the flags name. Raises Refused, with those that fit, unless it is exactly one."""
    if len(target.units) == 1:
        return target.units[0]
    listed = ", ".join(unit.name for unit in target.units)
    message = f"choose one unit with --system and --unit; {len(target.units)} fit: {listed}."
    raise Refused([Finding("--unit", 0, "not-one-unit", flags.unit, listed, "", message)])


def ending(task: Callable[P, int]) -> Callable[P, None]:
    """A task that returns its exit code, and ends with one line instead of a traceback when it was refused.

    Any other exception is a mistake of ours, and its traceback is wanted.
    """

    @functools.wraps(task)
    def ended(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = task(*args, **kwargs)
        except Refused as refused:
            for finding in refused.findings:
                output.failure(str(finding))
            code = REFUSED
        except (ToolMissing, ProcessFailed) as error:
            output.failure(str(error))
            code = FAILED
        except KeyboardInterrupt:
            output.failure("interrupted; the same command continues where this one stopped.")
            code = INTERRUPTED
        if code != FINE:
            raise Exit(code=code)

    return ended


def confirm(question: str, expected: str, flags: Flags) -> None:
    """Have a person agree by typing *expected*; --yes agrees beforehand. Raises Refused otherwise."""
    if flags.yes:
        return
    if not sys.stdin.isatty():
        message = "nobody can answer here (no terminal); add --yes to agree beforehand."
        raise Refused([Finding("confirm", 0, "not-confirmed", "", expected, "", message)])
    answer = input(f"{question} [{expected} to go on] ").strip()
    if answer != expected:
        message = f'"{answer}" is not "{expected}"; nothing was changed.'
        raise Refused([Finding("confirm", 0, "not-confirmed", answer, expected, "", message)])
