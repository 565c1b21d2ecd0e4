"""Ask Terraform once for everything that a test file expects to be refused.

A refusal is decided by the validations of the variables alone. So the first refused input of a file brings the
file's others along: one plan calls a copy of the module that holds nothing but its variables, once for each input.
An input that no validation refuses there gets a plan of its own, as any other does.
"""

import inspect
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import tftest

from scripts.hcl.nodes import Attribute, Block, Name, expressions, walk
from scripts.hcl.reader import Source, read
from tests.modules.planner import Complaint, Planner

REFUSED = "Invalid value for variable"
Case = tuple[str, dict[str, Any]]


class _Asked(BaseException):
    """Ends a test at its first plan, when only the plan's inputs are wanted."""

    def __init__(self, case: Case) -> None:
        self.case = case


@dataclass(frozen=True)
class Refusals:
    """What is known to be refused, by module and inputs."""

    planner: Planner
    modules: Path
    folder: Path
    known: dict[str, str]
    asked: set[Path]

    def of(self, module: str, variables: Mapping[str, Any], item: pytest.Item | None) -> str | None:
        """Terraform's words against these inputs, if the validations of their variables refuse them."""
        if isinstance(item, pytest.Function) and item.path not in self.asked and _expects_refusal(item):
            self.asked.add(item.path)
            cases = [case for other in item.session.items if other.path == item.path for case in _case(other)]
            for name in sorted({name for name, _ in cases}):
                self._ask(name, [inputs for found, inputs in cases if found == name])
        return self.known.get(_key(module, variables))

    def _ask(self, module: str, inputs: Sequence[dict[str, Any]]) -> None:
        folder = self.folder / f"{len(list(self.folder.iterdir()))}-{module.replace('/', '-')}"
        (folder / "variables").mkdir(parents=True)
        for name, text in variables_alone(self.modules / module).items():
            (folder / "variables" / name).write_text(text)
        # Through a variable: Terraform would stop at the literals that it can refuse without planning.
        (folder / "terraform.tfvars.json").write_text(json.dumps({"cases": list(inputs)}))
        # A call a line: Terraform names the line of the argument that it refuses.
        calls = [_call(at, given) for at, given in enumerate(inputs)]
        text = '{"variable": {"cases": {"type": "any"}}, "module": {\n' + ",\n".join(calls) + "\n}}\n"
        (folder / "main.tf.json").write_text(text)
        complaints = self.planner.complaints(folder)
        for line, given in enumerate(inputs, start=2):
            found = [as_root(complaint) for complaint in complaints if complaint.line == line]
            if found and all(complaint.summary == REFUSED for complaint in found):
                self.known[_key(module, given)] = "\n\n".join(map(str, found))


def as_root(complaint: Complaint) -> Complaint:
    """The complaint as it reads when the module itself is planned: it names the variable's place."""
    return replace(
        complaint, detail=complaint.detail.replace("rule at variables/", "rule at "), file="", line=0
    )


def variables_alone(module: Path) -> dict[str, str]:
    """The module's files with its variables and the locals that these ask for; all else is blank, lines stay."""
    sources = [read(path) for path in sorted(module.glob("*.tf")) if path.name != "offline_provider.tf"]
    wanted = _wanted_locals(sources)
    texts = {}
    for source in sources:
        kept = {number for first, last in _kept(source, wanted) for number in range(first, last + 1)}
        if kept:
            lines = source.path.read_text().splitlines()
            texts[source.path.name] = "".join(
                f"{line if number in kept else ''}\n" for number, line in enumerate(lines, start=1)
            )
    return texts


def _kept(source: Source, wanted: set[str]) -> Iterator[tuple[int, int]]:
    for block in source.body.blocks:
        if block.type == "variable":
            yield block.line, block.end
        elif block.type == "locals":
            yield from _kept_locals(block, wanted)


def _kept_locals(block: Block, wanted: set[str]) -> Iterator[tuple[int, int]]:
    starts = sorted((found.line, name) for name, found in block.body.assignments.items())
    ends = [line - 1 for line, _ in starts[1:]] + [block.end - 1]
    kept = [(first, last) for (first, name), last in zip(starts, ends, strict=True) if name in wanted]
    if kept:
        yield from ((block.line, block.line), *kept, (block.end, block.end))


def _wanted_locals(sources: Sequence[Source]) -> set[str]:
    blocks = [block for source in sources for block in source.body.blocks]
    locals_ = {
        name: found.value
        for block in blocks
        if block.type == "locals"
        for name, found in block.body.assignments.items()
    }
    waiting = [node for block in blocks if block.type == "variable" for node in expressions(block.body)]
    wanted: set[str] = set()
    while waiting:
        for node in walk(waiting.pop()):
            if isinstance(node, Attribute) and isinstance(node.of, Name) and node.of.name == "local":
                if node.name not in wanted and node.name in locals_:
                    waiting.append(locals_[node.name])
                wanted.add(node.name)
    return wanted


def _expects_refusal(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "TerraformTestError" in item.function.__code__.co_names


def _case(item: pytest.Item) -> Iterator[Case]:
    """What the test plans first, if it can be told from its parameters alone."""
    if not isinstance(item, pytest.Function) or not _expects_refusal(item):
        return
    given = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    if set(inspect.signature(item.function).parameters) != {*given, "plan_module"}:
        return
    try:
        item.function(plan_module=_ask_only, **given)
    except _Asked as asked:
        yield asked.case


def _ask_only(module: str, **variables: Any) -> tftest.TerraformPlanOutput:
    raise _Asked((module, variables))


def _key(module: str, variables: Mapping[str, Any]) -> str:
    return json.dumps([module, variables], sort_keys=True)


def _call(at: int, given: Mapping[str, Any]) -> str:
    arguments = {name: f"${{var.cases[{at}].{name}}}" for name in given}
    return f'"case_{at}": {json.dumps({"source": "./variables"} | arguments)}'
