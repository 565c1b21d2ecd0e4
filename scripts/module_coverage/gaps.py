"""Compare what a module has with what its tests showed of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scripts.hcl.nodes import Attribute, Block, Name, blocks, walk
from scripts.hcl.reader import read
from scripts.live.modules import Module
from scripts.module_coverage.bounds import Bounds, bounds
from scripts.module_coverage.seen import Seen
from scripts.module_coverage.settings import settings

KINDS = ("variables", "rules", "outputs", "repetitions")
"""What must be complete."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a kind were shown, and which were not."""

    total: int
    missing: tuple[str, ...]

    @property
    def shown(self) -> int:
        """How many the tests showed."""
        return self.total - len(self.missing)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One module's shares. *variables* counts the fields of objects, too; *repetitions* what its bounds allow."""

    module: str
    variables: Share
    rules: Share
    outputs: Share
    repetitions: Share

    @property
    def complete(self) -> bool:
        """Whether the tests showed everything."""
        return not any(getattr(self, kind).missing for kind in KINDS)

    def to_json(self) -> dict[str, Any]:
        """Plain values, for --json."""
        return {**asdict(self), "complete": self.complete}


def rules(module: Module) -> dict[str, str]:
    """Every rule of the module: its place as Terraform names it, and the variable or resource that it guards."""
    found = {
        f"{Path(variable.file).name}:{validation.line}": f"var.{variable.name}"
        for variable in module.variables.values()
        for validation in variable.validations
    }
    for source in module.sources:
        for block in source.body.of_type("resource"):
            for inner in blocks(block.body):
                if inner.type == "precondition" and (condition := inner.body.value("condition")):
                    found[f"{source.path.name}:{condition.line}"] = ".".join(block.labels)
    return found


def repeated(module: Module) -> dict[str, Bounds]:
    """Resources and calls with for_each or count, by their address, and how many there can be."""
    return {
        _address(block): bounds(module, block)
        for source in module.sources
        for block in source.body.of_type("resource", "module")
        if block.body.value("for_each") or block.body.value("count")
    }


def compare(module: Module, seen: Seen) -> Coverage:
    """What is there and was not shown."""
    every = tuple(dict.fromkeys(settings(module)))
    guarded = rules(module)
    applied = seen.outputs | set(mocked_outputs(module))
    return Coverage(
        module.path.removeprefix("modules/"),
        Share(len(every), tuple(path for path in every if path not in seen.settings)),
        Share(
            len(guarded),
            tuple(f"{place} ({who})" for place, who in guarded.items() if place not in seen.refused),
        ),
        Share(len(module.outputs), tuple(name for name in module.outputs if name not in applied)),
        _repetitions(module, seen),
    )


def _repetitions(module: Module, seen: Seen) -> Share:
    """None at all, where that can be; and several, or one where there are never more."""
    total = 0
    missing: list[str] = []
    for address, possible in repeated(module).items():
        most = max(seen.instances.get(address, set()), default=-1)
        total += 1 + possible.can_be_none
        if possible.can_be_none and 0 not in seen.instances.get(address, set()):
            missing.append(f"{address}: never none")
        if possible.can_be_several and most < 2:
            missing.append(f"{address}: never several")
        elif most < 1:
            missing.append(f"{address}: never one")
    return Share(total, tuple(missing))


def mocked_outputs(module: Module) -> Iterator[str]:
    """Outputs that the module's own *.tftest.hcl files assert."""
    folder = module.sources[0].path.parent / "tests" if module.sources else Path()
    for file in sorted(folder.glob("*.tftest.hcl")):
        for run in read(file).body.of_type("run"):
            for check in run.body.of_type("assert"):
                yield from _read_outputs(check)


def _read_outputs(check: Block) -> Iterator[str]:
    """The outputs that an assertion's condition reads: ``output.arn``."""
    condition = check.body.value("condition")
    for node in walk(condition) if condition else ():
        if isinstance(node, Attribute) and isinstance(node.of, Name) and node.of.name == "output":
            yield node.name


def _address(block: Block) -> str:
    return ".".join(block.labels) if block.type == "resource" else f"module.{block.labels[0]}"


def table(found: Iterable[Coverage]) -> str:
    """A line a module, and below it what is missing."""
    lines = []
    for one in found:
        shares = ", ".join(
            f"{kind} {share.shown}/{share.total}" for kind in KINDS for share in (getattr(one, kind),)
        )
        lines.append(f"{one.module}: {shares}")
        for kind in KINDS:
            lines.extend(f"    {kind}: {name}" for name in getattr(one, kind).missing)
    return "\n".join(lines)


def summary(found: Iterable[Coverage]) -> str:
    """The whole library in one line."""
    every = list(found)
    parts = []
    for kind in KINDS:
        shares = [getattr(one, kind) for one in every]
        parts.append(
            f"{kind} {sum(share.shown for share in shares)} of {sum(share.total for share in shares)}"
        )
    return f"{len(every)} modules: {', '.join(parts)}."


__all__ = ["Coverage", "Share", "compare", "mocked_outputs", "repeated", "rules", "summary", "table"]
