"""Where the version of a secret stands in a terraform.tfvars, and the same file with the next one.

Terraform writes a secret when its version changes and never knows its value: raising the number is the rotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scripts.checks.finding import Finding, Refused
from scripts.hcl import nodes
from scripts.hcl.evaluate import evaluate
from scripts.hcl.lexer import SyntaxProblem
from scripts.hcl.nodes import Body
from scripts.hcl.parser import parse

WHOLE, KEYED = "password_version", "application_secret_versions"
"""The variables of the database modules: the database's own password, and secrets beside it by key."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A file's text with one version raised."""

    text: str
    variable: str
    before: int
    after: int


def choose(unit: str, variables: Iterable[str], key: str) -> str:
    """The variable that rotates *key* (empty: the database's password) in a module with *variables*.

    Raises Refused when the module has none.
    """
    wanted = KEYED if key else WHOLE
    if wanted in variables:
        return wanted
    message = f"its module makes no such secret (it has no variable {wanted}); `invoke secrets.list` shows what there is."
    raise Refused([Finding(unit, 0, "no-secret", key, "", "", message)])


def raised(file: str, text: str, variable: str, key: str) -> Raised:
    """*text* with the version of *variable* (of *key* in it) one higher; where none stands it was 1.

    Raises Refused when the file is written in a way that cannot be edited safely.
    """
    before = _found(parse(text)[0], variable, key) or 1
    made = _replaced(text, variable, key, before + 1)
    try:
        after = _found(parse(made)[0], variable, key)
    except SyntaxProblem:
        after = None
    if after != before + 1 or _others(made, variable, key) != _others(text, variable, key):
        message = f"{variable} is written in a way that is not edited here; raise it to {before + 1} by hand and apply."
        raise Refused([Finding(file, 0, "edit-by-hand", "", "", "", message)])
    return Raised(made, variable, before, before + 1)


def _found(body: Body, variable: str, key: str) -> int | None:
    assignment = body.assignments.get(variable)
    if assignment is None:
        return None
    value = evaluate(assignment.value)
    if key:
        value = value.get(key) if isinstance(value, dict) else None
    return int(value) if isinstance(value, (int, float)) and value == int(value) else None


def _others(text: str, variable: str, key: str) -> dict[str, object]:
    """Every value but the one that is raised."""
    found: dict[str, object] = {}
    for name, assignment in parse(text)[0].assignments.items():
        value = evaluate(assignment.value)
        if name == variable:
            value = {each: value[each] for each in value if each != key} if isinstance(value, dict) else {}
            if not value:
                continue
        found[name] = value
    return found


def _replaced(text: str, variable: str, key: str, after: int) -> str:
    assignment = parse(text)[0].assignments.get(variable)
    if assignment is None:
        value = f"{{ {key} = {after} }}" if key else str(after)
        return f"{text.rstrip()}\n\n{variable} = {value}\n"
    lines = text.split("\n")
    line = assignment.line
    if key and isinstance(assignment.value, nodes.Mapping):
        items = {
            item.key.value: item for item in assignment.value.items if isinstance(item.key, nodes.Literal)
        }
        if key not in items:
            opened = re.sub(r"\{", f"{{ {key} = {after}{', ' if items else ''}", lines[line - 1], count=1)
            return "\n".join([*lines[: line - 1], opened, *lines[line:]])
        line = items[key].value.line
    name = rf'(?<![\w-])"?{re.escape(key or variable)}"?'
    lines[line - 1] = re.sub(rf"({name}\s*[=:]\s*)\d+", rf"\g<1>{after}", lines[line - 1], count=1)
    return "\n".join(lines)
