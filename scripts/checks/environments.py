"""env.hcl and region.hcl exist and hold what every unit below them relies on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks.finding import Finding, finding, unknown
from scripts.hcl.evaluate import MISSING, Value
from scripts.hcl.fitting import shown
from scripts.hcl.nodes import Attribute, expressions, walk
from scripts.hcl.reader import read
from scripts.live.terragrunt_values import locals_of
from scripts.live.tfvars import reference
from scripts.live.tree import Environment, Tree

_WORD = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9]")
CONTEXT = "live/context.hcl"
SIZES = ("small", "medium", "large")
LOCKS = ("s3", "dynamodb")
_TEXTS = ("project", "account_id", "size", "owner", "cost_center", "domain", "state_lock")


def wrong_environments(tree: Tree) -> Iterator[Finding]:
    """Everything wrong with the environments' own files."""
    accounts: dict[str, Environment] = {}
    for environment in tree.environments:
        if not (tree.repo / environment.file).is_file():
            message = "every environment needs this file; copy it from another one and change its values."
            yield finding(environment.file, 0, "env-missing", message)
            continue
        yield from _values(tree, environment)
        other = accounts.setdefault(environment.account_id, environment)
        if other is not environment and environment.account_id:
            message = (
                f'account {environment.account_id} is also that of "{other.name}"; '
                "give each environment an account of its own."
            )
            yield finding(
                environment.file, _line(tree, environment.file, "account_id"), "account-twice", message
            )
        for region in environment.regions:
            yield from _region(tree, environment, region)


def _line(tree: Tree, file: str, name: str) -> int:
    for block in read(tree.repo / file).body.of_type("locals"):
        if name in block.body.assignments:
            return block.body.assignments[name].line
    return 1


def _values(tree: Tree, environment: Environment) -> Iterator[Finding]:
    if read(tree.repo / environment.file).problem:
        return
    for name in sorted(_used(tree).difference(_TEXTS, environment.values)):
        message = (
            f'the local "{name}" is missing, which {CONTEXT} reads; add it as another environment has it.'
        )
        yield finding(environment.file, 1, "env-key-missing", message, "", name)
    for name in _TEXTS:
        value = environment.values.get(name)
        line = _line(tree, environment.file, name)
        if name not in environment.values:
            message = f'the local "{name}" is missing; add {name} = "...".'
            yield finding(environment.file, 1, "env-key-missing", message, "", name)
        elif value is not MISSING and not isinstance(value, str):
            message = f'"{name}" must be text, not {shown(value)}; put it in quotes.'
            yield finding(environment.file, line, "wrong-type", message, shown(value), "text")
        elif isinstance(value, str):
            yield from _word(environment.file, line, name, value)


def _used(tree: Tree) -> set[str]:
    """What live/context.hcl reads of every env.hcl as ``local.env.<name>``."""
    return {
        node.name
        for outermost in expressions(read(tree.repo / CONTEXT).body)
        for node in walk(outermost)
        if isinstance(node, Attribute) and reference(node.of) == "local.env"
    }


def _word(file: str, line: int, name: str, value: str) -> Iterator[Finding]:
    if name == "account_id" and not re.fullmatch(r"[0-9]{12}", value, re.ASCII):
        message = f'"account_id" must be 12 digits, not {shown(value)}; copy it from the AWS console.'
        yield finding(file, line, "account-form", message, value, "12 digits")
    if name == "project" and not _WORD.fullmatch(value):
        message = (
            f'"project" must be small letters, digits and hyphens, not {shown(value)}; it begins every name.'
        )
        yield finding(file, line, "name-form", message, value)
    if name == "size" and value not in SIZES:
        yield unknown(file, line, "unknown-size", "there is no size", value, SIZES)
    if name == "state_lock" and value not in LOCKS:
        yield unknown(file, line, "unknown-lock", "there is no state lock", value, LOCKS)


def _region(tree: Tree, environment: Environment, region: str) -> Iterator[Finding]:
    place = f"live/{environment.name}/{region}"
    file = f"{place}/region.hcl"
    if not _REGION.fullmatch(region):
        message = f'"{region}" is no AWS region such as us-east-1; rename the folder.'
        yield finding(place, 0, "region-form", message, region)
        return
    if not (tree.repo / file).is_file():
        yield finding(
            file, 0, "region-missing", "every region needs this file with its azs; copy it from another one."
        )
        return
    if read(tree.repo / file).problem:
        return
    azs = locals_of(tree.repo, tree.repo / file, tree.repo / place).all().get("azs", None)
    line = _line(tree, file, "azs")
    if azs is not MISSING and not _zones(azs, region):
        message = (
            f'"azs" must be a list of zones of {region} such as "{region}a", not {shown(azs)}; correct it.'
        )
        yield finding(file, line, "zones", message, shown(azs))


def _zones(azs: Value, region: str) -> bool:
    return (
        isinstance(azs, list)
        and bool(azs)
        and all(isinstance(zone, str) and re.fullmatch(f"{region}[a-z]", zone) is not None for zone in azs)
    )
