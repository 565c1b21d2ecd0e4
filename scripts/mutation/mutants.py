"""List the defaults of a module that a test must hold, read from its files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.hcl.functions import jsonencode
from scripts.hcl.nodes import Block, Body, Call, Expression, Literal, Sequence, blocks, walk
from scripts.hcl.types import Collection, Object, Type
from scripts.live.modules import Module, Variable

WEAKER = {
    "AWS_IAM": "NONE",
    "ArnEquals": "ArnLike",
    "ArnNotEquals": "ArnEquals",
    "Bool": "BoolIfExists",
    "BucketOwnerEnforced": "ObjectWriter",
    "DENY": "SAMEORIGIN",
    "Deny": "Allow",
    "ENABLED": "DISABLED",
    "Enabled": "Disabled",
    "KMS": "NONE",
    "NumericLessThan": "NumericGreaterThan",
    "OVERRIDE": "NONE",
    "POSTGRES_SCRAM_SHA_256": "POSTGRES_MD5",
    "Policy-Min-TLS-1-2-PFS-2023-10": "Policy-Min-TLS-1-0-2019-07",
    "SecureString": "String",
    "StringEquals": "StringLike",
    "StringNotEquals": "StringEquals",
    "TLS_1_2": "TLS_1_0",
    "always": "never",
    "enabled": "disabled",
    "https-only": "match-viewer",
    "iam": "no-password-required",
    "redirect-to-https": "allow-all",
    "required": "optional",
}
"""What somebody would write who made it work: a value that AWS and the provider also take."""

HELD = {
    "access_control_max_age_sec", "access_string", "action", "authorization_type", "client_password_auth_type",
    "effect", "encryption_type", "engine_mode", "frame_option", "http_endpoint", "http_put_response_hop_limit",
    "http_tokens", "instance_metadata_tags", "logging", "object_ownership", "origin_protocol_policy",
    "prevent_user_existence_errors", "referrer_policy", "security_policy", "signing_behavior", "state", "status",
    "test", "tls_security_policy", "transit_encryption_mode", "type", "variable", "viewer_protocol_policy",
}  # fmt: skip
"""Arguments whose literal decides who may do what, or how it is kept; other words are names and shapes."""

LISTS = {"actions", "identifiers", "not_actions", "resources", "values"}
"""Lists of a policy statement."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One default and what to put in its place; a later candidate is for when the module refuses the first."""

    module: str
    file: str
    line: int
    name: str
    old: str
    candidates: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where it stands, for a person."""
        return f"{self.module}/{self.file}:{self.line}"

    def applied(self, text: str, candidate: str) -> str:
        """The file's *text* with the default changed."""
        lines = text.splitlines(keepends=True)
        pattern = re.compile(_LITERAL_OF.format(name=re.escape(self.name), old=re.escape(self.old)))
        changed, count = pattern.subn(lambda found: found[1] + candidate, lines[self.line - 1], count=1)
        if not count:
            raise ValueError(f"{self.place} does not hold {self.name} = {self.old}")
        lines[self.line - 1] = changed
        return "".join(lines)


_LITERAL_OF = r'((?:^|[\s{{,"])"?{name}"?\s*=\s*(?:optional\([\w()]+,\s*)?\[?){old}(?![\w.])'


def mutants(module: Module) -> Iterator[Mutant]:
    """Every default of *module* that can be changed in place."""
    found: dict[tuple[str, int, str], Mutant] = {}
    for one in (*_of_variables(module), *_of_resources(module)):
        found.setdefault((one.file, one.line, one.name), one)
    for one in found.values():
        try:
            _ = one.applied((_folder(module) / one.file).read_text(), one.candidates[0])
        except ValueError:
            continue  # written over several lines, or as part of something longer
        yield one


def _folder(module: Module) -> Path:
    return module.sources[0].path.parent


def _of_variables(module: Module) -> Iterator[Mutant]:
    for variable in module.variables.values():
        file = Path(variable.file).name
        if isinstance(variable.default, Literal):
            yield from _mutant(module, file, "default", variable.default, _offered(variable))
        for name, default in _fields(variable.type):
            yield from _mutant(module, file, name, default, _offered(variable))


def _fields(kind: Type) -> Iterator[tuple[str, Literal]]:
    match kind:
        case Collection(element=element):
            yield from _fields(element)
        case Object(fields=fields):
            for name, field in fields.items():
                if isinstance(field.default, Literal):
                    yield name, field.default
                yield from _fields(field.type)


def _of_resources(module: Module) -> Iterator[Mutant]:
    for source in module.sources:
        for outer in source.body.of_type("resource", "data", "module"):
            for block in (outer, *blocks(outer.body)):
                # No plan shows lifecycle: create_before_destroy is an order of steps, seen when it is applied.
                if block.type != "lifecycle":
                    yield from _of_body(module, source.path.name, outer, block.body)


def _of_body(module: Module, file: str, outer: Block, body: Body) -> Iterator[Mutant]:
    for name, assignment in body.assignments.items():
        node = assignment.value
        if isinstance(node, Literal) and (isinstance(node.value, bool) or name in HELD):
            yield from _mutant(module, file, name, node, ())
        elif isinstance(node, Sequence) and name in LISTS and outer.type == "data" and node.items:
            first = node.items[0]
            if isinstance(first, Literal) and first.line == assignment.line:
                yield from _mutant(module, file, name, first, ())


def _mutant(
    module: Module, file: str, name: str, node: Literal, offered: tuple[Literal, ...]
) -> Iterator[Mutant]:
    candidates = tuple(
        dict.fromkeys(jsonencode(value) for value in _others(node.value, offered) if value != node.value)
    )
    if candidates:
        yield Mutant(module.path, file, node.line, name, jsonencode(node.value), candidates)


def _others(
    value: str | int | float | bool | None, offered: tuple[Literal, ...]
) -> Iterator[str | int | float | bool]:
    """Values to try in place of *value*, the likeliest to be taken first."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        near = [
            one.value
            for one in offered
            if isinstance(one.value, (int, float)) and not isinstance(one.value, bool)
        ]
        yield from near if value in near else ()
        yield from (value + 1, value - 1, value * 2, 0)
    elif isinstance(value, str):
        words = [one.value for one in offered if isinstance(one.value, str)]
        yield from words if value in words else ()
        if value in WEAKER:
            yield WEAKER[value]
        yield from _turned(value)


def _turned(text: str) -> Iterator[str]:
    """Another text of the same shape: one digit or letter differs, or something where nothing was."""
    digits = [at for at, letter in enumerate(text) if letter.isdigit()]
    for at in reversed(digits):
        yield f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"
    yield f"{text}x"


def _offered(variable: Variable) -> tuple[Literal, ...]:
    """The literals that the variable's rules compare with: ``contains(["a", "b"], var.x)``."""
    nodes: list[Expression] = [rule.condition for rule in variable.validations if rule.condition]
    return tuple(
        item
        for condition in nodes
        for node in walk(condition)
        if isinstance(node, Call) and node.name == "contains" and isinstance(node.arguments[0], Sequence)
        for item in node.arguments[0].items
        if isinstance(item, Literal)
    )
