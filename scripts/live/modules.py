"""What a module takes and gives: its variables, outputs and resource types, read from its files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts.hcl.evaluate import Value
from scripts.hcl.nodes import Block, Body, Expression, Literal, Template
from scripts.hcl.reader import Source, read
from scripts.hcl.types import Type, type_of


@dataclass(frozen=True, slots=True)
class Validation:
    """One validation block of a variable."""

    line: int
    condition: Expression | None
    message: Expression | None


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable block."""

    name: str
    file: str
    line: int
    description: str
    type: Type
    type_node: Expression | None
    default: Expression | None
    nullable: bool
    sensitive: bool
    validations: tuple[Validation, ...]

    @property
    def required(self) -> bool:
        """Whether a caller must hand it over."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Output:
    """One output block."""

    name: str
    file: str
    line: int
    description: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Module:
    """One folder below modules/; *path* is relative to the repository."""

    path: str
    sources: tuple[Source, ...]
    variables: dict[str, Variable]
    outputs: dict[str, Output]
    resource_types: frozenset[str]
    calls: tuple[str, ...] = field(default=())


def module_paths(repo: Path) -> tuple[str, ...]:
    """Every module: a folder modules/<domain>/<entity> that holds .tf files."""
    found = {file.parent.relative_to(repo).as_posix() for file in repo.glob("modules/*/*/*.tf")}
    return tuple(sorted(found))


def read_module(repo: Path, path: str) -> Module:
    """Read the module at *path*; files that are not HCL count as empty, the syntax check reports them."""
    sources = tuple(read(file) for file in sorted((repo / path).glob("*.tf")))
    found = [(source, block) for source in sources for block in source.body.blocks]
    return Module(
        path,
        sources,
        {block.labels[0]: _variable(repo, source, block) for source, block in _of(found, "variable")},
        {block.labels[0]: _output(repo, source, block) for source, block in _of(found, "output")},
        frozenset(block.labels[0] for _, block in _of(found, "resource")),
        tuple(call for _, block in _of(found, "module") if (call := called(path, block))),
    )


def with_calls(repo: Path, path: str) -> tuple[Module, ...]:
    """The module at *path* and every module that it calls, directly or not."""
    found: dict[str, Module] = {}
    waiting = [path]
    while waiting:
        current = waiting.pop()
        if current not in found and (repo / current).is_dir():
            found[current] = read_module(repo, current)
            waiting.extend(found[current].calls)
    return tuple(found[name] for name in sorted(found))


def _of(found: list[tuple[Source, Block]], kind: str) -> Iterator[tuple[Source, Block]]:
    return ((source, block) for source, block in found if block.type == kind and block.labels)


def called(path: str, block: Block) -> str:
    """The folder of the module that *block* calls, empty when it is none of ours."""
    source = _literal(block.body, "source")
    return os.path.normpath(f"{path}/{source}") if isinstance(source, str) and source.startswith(".") else ""


def _literal(body: Body, name: str) -> Value:
    node = body.value(name)
    return node.value if isinstance(node, Literal) else None


def _text(body: Body, name: str) -> str:
    """A description: a literal, or a heredoc of literals."""
    node = body.value(name)
    parts = node.parts if isinstance(node, Template) else (node,)
    return "".join(str(part.value) for part in parts if isinstance(part, Literal))


def _variable(repo: Path, source: Source, block: Block) -> Variable:
    body = block.body
    return Variable(
        block.labels[0],
        source.path.relative_to(repo).as_posix(),
        block.line,
        _text(body, "description"),
        type_of(body.value("type")),
        body.value("type"),
        body.value("default"),
        _literal(body, "nullable") is not False,
        _literal(body, "sensitive") is True,
        tuple(
            Validation(found.line, found.body.value("condition"), found.body.value("error_message"))
            for found in body.of_type("validation")
        ),
    )


def _output(repo: Path, source: Source, block: Block) -> Output:
    body = block.body
    return Output(
        block.labels[0],
        source.path.relative_to(repo).as_posix(),
        block.line,
        _text(body, "description"),
        _literal(body, "sensitive") is True,
    )


__all__ = [
    "Module",
    "Output",
    "Validation",
    "Variable",
    "called",
    "module_paths",
    "read_module",
]
