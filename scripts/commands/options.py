"""The flags that most tasks share, read once, and how a task ends."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

from invoke.exceptions import Exit

from scripts import output
from scripts.checks.finding import Finding, Refused, finding
from scripts.commands.trouble import trouble
from scripts.live.tree import Tree, read_tree
from scripts.live.units import Unit
from scripts.local_aws.lifecycle import LocalAwsError
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

    if flags.parallelism < 0:
        message = f"{flags.parallelism} units cannot run at once; write 1 or more, or leave the flag out."
        raise Refused([finding("--parallelism", 0, "bad-number", message, str(flags.parallelism))])
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


def out_file(out: str, endings: Collection[str], what: str) -> None:
    """Raise Refused, before anything takes its time, unless *what* can be written into the file *out*."""
    if not out:
        return
    path, listed = Path(out), ", ".join(sorted(endings))
    if path.suffix not in endings:
        message = f'{what} is written as {listed}, and "{out}" is none of them.'
        raise Refused([finding("--out", 0, "unknown-kind", message, out, listed)])
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        message = f'"{out}" cannot be written; name a file in a folder that is there and yours.'
        raise Refused([finding("--out", 0, "not-writable", message, out)])


def ending(task: Callable[P, int]) -> Callable[P, None]:
    """A task that returns its exit code, and ends with one line, no traceback, when input, machine or AWS is to blame.

    Any other exception is a mistake of ours, and its traceback is wanted.
    """

    @functools.wraps(task)
    def ended(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = task(*args, **kwargs)
        except Refused as refused:
            for found in refused.findings:
                output.failure(str(found))
            code = REFUSED
        except ToolMissing as error:
            output.failure(str(error))
            code = REFUSED
        except (ProcessFailed, LocalAwsError) as error:
            output.failure(str(error))
            code = FAILED
        except KeyboardInterrupt:
            output.failure("interrupted; the same command continues where this one stopped.")
            code = INTERRUPTED
        except Exception as error:
            said = trouble(error)
            if said is None:
                raise
            output.failure(said)
            code = FAILED
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
    try:
        answer = input(f"{question} [{expected} to go on] ").strip()
    except EOFError:
        answer = ""
    if answer != expected:
        message = f'"{answer}" is not "{expected}"; nothing was changed.'
        raise Refused([Finding("confirm", 0, "not-confirmed", answer, expected, "", message)])
