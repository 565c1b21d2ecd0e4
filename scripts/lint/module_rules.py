"""Rules for modules: small, typed, described, offline, and safe to change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scripts.checks.finding import Finding, finding, unknown
from scripts.hcl.nodes import Attribute, Binary, Block, Body, Name, blocks, expressions, walk
from scripts.hcl.reader import Source
from scripts.live.modules import Module

OFFLINE_DATA = {
    "aws_arn", "aws_default_tags", "aws_elb_service_account", "aws_iam_policy_document", "aws_partition",
    "aws_region", "aws_service", "aws_service_principal",
}  # fmt: skip
"""Data sources that the provider computes; every other one asks AWS, and the caller can pass what it would say."""

MOST_VARIABLES = 25

# In-line rules fight with separate rule resources, and a change of one rewrites all.
INLINE = {
    "aws_security_group": {"ingress", "egress"},
    "aws_network_acl": {"ingress", "egress"},
    "aws_route_table": {"route"},
    "aws_iam_role": {"inline_policy", "managed_policy_arns"},
    "aws_s3_bucket": {
        "lifecycle_rule",
        "versioning",
        "server_side_encryption_configuration",
        "logging",
        "policy",
    },
}


def wrong_module(repo: Path, module: Module) -> Iterator[Finding]:
    """Every finding of one module."""
    yield from _variables(module)
    yield from _unused(repo, module)
    for output in module.outputs.values():
        if not output.description.strip():
            message = f'the output "{output.name}" has no description; say what it is.'
            yield finding(output.file, output.line, "description", message, output.name)
    for source in module.sources:
        file = source.path.relative_to(repo).as_posix()
        for block in source.body.blocks:
            yield from _top(module, file, block)
        yield from _ignored(source, file)
        yield from environment_switches(source, file)


def _variables(module: Module) -> Iterator[Finding]:
    for variable in module.variables.values():
        if not variable.description.strip():
            message = f'the variable "{variable.name}" has no description; say what it decides.'
            yield finding(variable.file, variable.line, "description", message, variable.name)
        if variable.type_node is None:
            message = f'the variable "{variable.name}" has no type; write the most exact one.'
            yield finding(variable.file, variable.line, "type", message, variable.name)
        elif any(isinstance(node, Name) and node.name == "any" for node in walk(variable.type_node)):
            message = f'"any" in the type of "{variable.name}" lets every typo through; write the exact type.'
            yield finding(variable.file, variable.type_node.line, "any", message, "any")
    if len(module.variables) > MOST_VARIABLES:
        message = f"{len(module.variables)} variables; more than {MOST_VARIABLES} mean two modules."
        yield finding(f"{module.path}/variables.tf", 1, "variables", message)


def _unused(repo: Path, module: Module) -> Iterator[Finding]:
    used: set[tuple[str, str]] = set()
    for source in module.sources:
        used.update(_references(source.body))
    for variable in module.variables.values():
        if ("var", variable.name) not in used:
            message = f'the variable "{variable.name}" reaches nothing; use it or delete it.'
            yield finding(variable.file, variable.line, "unused", message, variable.name)
    for source in module.sources:
        for block in source.body.of_type("locals"):
            for name, assignment in block.body.assignments.items():
                if ("local", name) not in used:
                    file = source.path.relative_to(repo).as_posix()
                    message = f'the local "{name}" is not used; delete it.'
                    yield finding(file, assignment.line, "unused", message, name)


def _references(body: Body) -> Iterator[tuple[str, str]]:
    """Uses of variables and locals.

    A validation that looks at its own variable alone does not use it; one that compares it with another does.
    """
    for block in body.blocks:
        own = ("var", block.labels[0]) if block.type == "variable" and block.labels else None
        for outermost in expressions(block.body):
            found = {
                (node.of.name, node.name)
                for node in walk(outermost)
                if isinstance(node, Attribute)
                and isinstance(node.of, Name)
                and node.of.name in ("var", "local")
            }
            yield from found if found != {own} else ()


def _top(module: Module, file: str, block: Block) -> Iterator[Finding]:
    kind = block.labels[0] if block.labels else ""
    if block.type == "provider":
        message = "a module has no provider block; the unit's root makes it."
        yield finding(file, block.line, "provider", message, kind)
    elif block.type == "terraform":
        for inner in blocks(block.body):
            if inner.type in ("backend", "cloud"):
                message = f"a module has no {inner.type} block; the unit's root makes it."
                yield finding(file, inner.line, "backend", message, inner.type)
        yield from _providers(file, block)
    elif block.type == "module" and not module.path.startswith("modules/patterns/"):
        message = "only a pattern calls modules; make this a pattern or take the value as a variable."
        yield finding(file, block.line, "module-call", message, kind)
    elif block.type == "data" and kind not in OFFLINE_DATA:
        message = f"data.{kind} asks AWS while planning; let the caller pass what it would say."
        yield finding(file, block.line, "data-source", message, kind, ", ".join(sorted(OFFLINE_DATA)))
    elif block.type == "resource":
        yield from _inline(file, block, kind)


def _providers(file: str, block: Block) -> Iterator[Finding]:
    for inner in block.body.of_type("required_providers"):
        for name, assignment in inner.body.assignments.items():
            if name != "aws":
                yield unknown(
                    file, assignment.line, "provider", "no module needs the provider", name, {"aws"}
                )


def _inline(file: str, block: Block, kind: str) -> Iterator[Finding]:
    bad = INLINE.get(kind, set())
    for inner in block.body.blocks:
        name = inner.labels[0] if inner.type == "dynamic" and inner.labels else inner.type
        if name in bad:
            yield _inline_finding(file, inner.line, kind, name)
    for name, assignment in block.body.assignments.items():
        if name in bad:
            yield _inline_finding(file, assignment.line, kind, name)


def _inline_finding(file: str, line: int, kind: str, name: str) -> Finding:
    message = f'"{name}" inside {kind} rewrites all when one changes; use a resource of its own for each.'
    return finding(file, line, "inline-rule", message, name)


def environment_switches(source: Source, file: str) -> Iterator[Finding]:
    """Comparisons with an environment's name: what differs by environment is a value, not a branch."""
    for outermost in expressions(source.body):
        for node in walk(outermost):
            if isinstance(node, Binary) and node.operator in ("==", "!="):
                for side in (node.left, node.right):
                    if isinstance(side, Attribute) and side.name in ("environment", "env"):
                        message = (
                            "this decides by the environment's name; take the value that differs from tfvars."
                        )
                        yield finding(file, node.line, "environment-switch", message)


def _ignored(source: Source, file: str) -> Iterator[Finding]:
    """ignore_changes needs its reason in a comment in the lifecycle block or right above it."""
    for block in blocks(source.body):
        found = block.body.assignments.get("ignore_changes") if block.type == "lifecycle" else None
        if found and not set(range(block.line - 1, found.line + 1)) & source.comments.keys():
            message = "ignore_changes hides drift; say why in a comment above it."
            yield finding(file, found.line, "ignore-changes", message)
