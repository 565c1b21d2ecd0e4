"""What a plan leaves out of its modules' code: what locals and dynamic blocks refer to.

``terraform show -json`` prints the references of arguments and outputs only, so these are read from the modules' files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts.hcl.nodes import Block, Expression, Literal, expressions
from scripts.hcl.reader import read
from scripts.hcl.references import KEYS, Reference, references


@dataclass(frozen=True, slots=True)
class Source:
    """One module's locals and the dynamic blocks of its resources, each with what it refers to."""

    locals: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)
    dynamic: Mapping[tuple[str, str], tuple[Reference, ...]] = field(default_factory=dict)
    """By the resource's address inside the module and the block's name."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The locals that are a plain text, such as the key of a group that several places name."""


Sources = Callable[[str], Source]
"""A module's source by its folder, relative to the repository."""


def no_sources(_folder: str) -> Source:
    """Where there are no files: plans that name no module of ours."""
    return Source()


def sources_below(repo: Path) -> Sources:
    """The modules of *repo*, each read once."""
    known: dict[str, Source] = {}

    def source(folder: str) -> Source:
        if folder not in known:
            known[folder] = read_source(repo / folder) if folder.startswith("modules/") else Source()
        return known[folder]

    return source


def read_source(folder: Path) -> Source:
    """The module in *folder*; a file that is not HCL says nothing here, the syntax check reports it."""
    bodies = [read(file).body for file in sorted(folder.glob("*.tf"))]
    assigned = {
        name: found.value
        for body in bodies
        for block in body.of_type("locals")
        for name, found in block.body.assignments.items()
    }
    return Source(
        {name: _of_expressions([value], frozenset()) for name, value in assigned.items()},
        {
            (".".join(block.labels), inner.labels[0]): _of_dynamic(inner)
            for body in bodies
            for block in body.of_type("resource")
            for inner in block.body.of_type("dynamic")
        },
        {
            name: value.value
            for name, value in assigned.items()
            if isinstance(value, Literal) and isinstance(value.value, str)
        },
    )


def _of_dynamic(block: Block) -> tuple[Reference, ...]:
    """Everything that a dynamic block and those inside it refer to, but for their own iterators."""
    return _of_expressions(expressions(block.body), frozenset(_iterators(block)))


def _iterators(block: Block) -> Iterator[str]:
    if block.type == "dynamic":
        yield from block.labels
    for inner in block.body.blocks:
        yield from _iterators(inner)


def _of_expressions(found: Iterable[Expression], bound: frozenset[str]) -> tuple[Reference, ...]:
    kept = (reference for node in found for reference in references(node))
    # What takes only the keys of a collection leads to nothing that is made.
    return tuple(dict.fromkeys(each for each in kept if each[0] not in bound and each[-1] != KEYS))
