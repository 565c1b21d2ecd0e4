"""The values an engineer edits: one terraform.tfvars, read with the line of every key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.checks.finding import Finding, finding
from scripts.hcl import nodes
from scripts.hcl.nodes import Assignment, Expression
from scripts.hcl.reader import read


@dataclass(frozen=True, slots=True)
class Tfvars:
    """One file; *file* is relative to the repository and empty when the unit has none."""

    file: str
    assignments: dict[str, Assignment]
    readable: bool


def read_tfvars(repo: Path, file: str) -> Tfvars:
    """Read *file*; one that is not HCL has no assignments, the syntax check reports it."""
    if not file:
        return Tfvars("", {}, True)
    source = read(repo / file)
    return Tfvars(file, source.body.assignments, source.problem is None)


def blocks_in(repo: Path, file: str) -> Iterator[Finding]:
    """Blocks, which Terraform does not allow here."""
    for block in read(repo / file).body.blocks:
        message = (
            f'"{block.type}" is a block; tfvars hold only name = value, so write {block.type} = {{ ... }}.'
        )
        yield finding(file, block.line, "tfvars-block", message, block.type)


def computed(file: str, assignment: Assignment) -> Iterator[Finding]:
    """What is not written out: references, functions, interpolations, arithmetic."""
    for node in _computed(assignment.value):
        read_as = _named(node)
        message = (
            f'"{assignment.name}" must be written out, found {read_as}; compute it in the unit definition.'
        )
        yield finding(file, node.line, "tfvars-literal", message, read_as, "a literal value")


def _computed(node: Expression) -> Iterator[Expression]:
    """The outermost expressions that are not literal."""
    if isinstance(node, nodes.Template) and all(isinstance(part, nodes.Literal) for part in node.parts):
        return
    if isinstance(node, (nodes.Literal, nodes.Sequence, nodes.Mapping)):
        for child in nodes.children(node):
            yield from _computed(child)
    else:
        yield node


def _named(node: Expression) -> str:
    match node:
        case nodes.Call(name=name):
            return f"a call of {name}()"
        case nodes.Template():
            return "an interpolation ${}"
        case nodes.Name(name=name):
            return f'the bare word {name} (text needs quotes: "{name}")'
        case nodes.Attribute() | nodes.Index() | nodes.Splat():
            return f"a reference to {reference(node)}"
        case nodes.For():
            return "a for expression"
        case _:
            return "a computation"


def reference(node: Expression) -> str:
    """``var.name`` and the like, as written, up to the first part that is computed."""
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Attribute(of=of, name=name):
            return f"{reference(of)}.{name}"
        case nodes.Index(of=of) | nodes.Splat(of=of):
            return f"{reference(of)}[...]"
        case _:
            return "(...)"
