"""invoke secrets.*: list secrets, put a value in, have Terraform draw a new one."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path

from scripts import output, processes, runs, toolchain
from scripts.checks.finding import Finding, Refused, unknown
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.live.modules import read_module
from scripts.live.units import Unit
from scripts.secrets import values as secret_values
from scripts.secrets import versions as secret_versions
from scripts.secrets.values import Secret
from scripts.states.state import read_text
from scripts.target import Target


def list_secrets(flags: Flags) -> int:
    """The secrets of the chosen units, without their values."""
    target = options.target(flags, sound=False)
    rows = []
    for unit, secret in _secrets(target):
        found = secret_values.age(target.session(unit.region), secret)
        days = (datetime.now(UTC) - found.changed).days if found.changed else None
        rows.append(
            {
                "secret": secret.name,
                "unit": secret.unit,
                "value": "drawn by Terraform" if secret.generated else "put in by people",
                "changed": found.changed.isoformat() if found.changed else None,
                "days": days,
                "rotates itself": found.rotates_itself,
            }
        )
    if flags.json:
        output.emit_json(rows)
        return options.FINE
    output.table(
        "",
        ("secret", "unit", "value", "days old", "rotates itself"),
        [
            [
                str(row["secret"]),
                str(row["unit"]).removeprefix("live/"),
                str(row["value"]),
                "" if row["days"] is None else str(row["days"]),
                "yes" if row["rotates itself"] else "no",
            ]
            for row in rows
        ],
    )
    return options.FINE


def set_secret(flags: Flags, name: str) -> int:
    """Put a value from standard input into a secret whose value is people's."""
    target = options.target(flags, sound=False)
    found = _secrets(target)
    chosen = [(unit, secret) for unit, secret in found if secret.name == name]
    if not chosen:
        known = {secret.name for _, secret in found}
        raise Refused([unknown("--name", 0, "unknown-secret", "there is no secret", name, known)])
    unit, secret = chosen[0]
    if secret.generated:
        message = (
            f"Terraform draws the value of {name}, and what uses it would not follow; "
            f"rotate it: ./invoke secrets.rotate --env {flags.env} --system {unit.system} --unit {unit.name}."
        )
        raise Refused([Finding(unit.path, 0, "secret-is-drawn", name, "", "", message)])
    value = getpass.getpass(f"{name}: ") if sys.stdin.isatty() else sys.stdin.read().removesuffix("\n")
    problem = secret_values.problem_with(value)
    if problem:
        raise Refused([Finding("stdin", 0, "no-value", "", "", "", problem)])
    options.confirm(f"Put this into {name} of {target.environment.name}?", target.environment.name, flags)
    secret_values.put(target.session(unit.region), secret, value)
    output.result(
        f"{name} has a new value. What read the old one at its start keeps that until it starts again."
    )
    return options.FINE


def rotate(flags: Flags, key: str) -> int:
    """Have a new value drawn: the version in the unit's tfvars is raised, and the unit applied."""
    from scripts.commands.apply import apply

    target = options.target(flags)
    unit = options.one(target, flags)
    variables = tuple(read_module(target.repository, unit.module).variables)
    variable = secret_versions.choose(unit.path, variables, key)
    file = unit.tfvars or f"{unit.path}/terraform.tfvars"
    path = target.repository / file
    before = path.read_text() if path.is_file() else ""
    raised = secret_versions.raised(file, before, variable, key)
    output.step(f"{file}: {raised.variable}{f'[{key}]' if key else ''} {raised.before} -> {raised.after}")
    _write(path, raised.text)
    code = options.FAILED
    try:
        code = apply(flags, warm=False, plans="")
    except Refused:
        path.write_text(before)  # nothing was applied, so nothing is to be committed either
        raise
    finally:
        if code != options.FINE and path.read_text() != before:
            output.failure(
                f"{file} says {raised.after} now; {_applying(unit, flags)} goes on, a rotation draws another."
            )
    if code == options.FINE:
        output.result(f"Commit {file}. What read the old value at its start keeps it until it starts again.")
    return code


def _applying(unit: Unit, flags: Flags) -> str:
    local = " --local" if flags.local else ""
    return f"./invoke apply --env {flags.env}{local} --system {unit.system} --unit {unit.name}"


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    processes.run([toolchain.terraform(), "fmt", path])


def _secrets(target: Target) -> list[tuple[Unit, Secret]]:
    texts = runs.each_state(target, target.units, read_text)
    return [
        (unit, secret)
        for unit in target.units
        if (text := texts[unit.path])
        for secret in secret_values.in_state(unit.path, text)
    ]
