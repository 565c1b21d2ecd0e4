"""A unit's values fit its module: known keys, right types, nothing missing, nothing given twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts.checks.finding import Finding, finding, unknown
from scripts.hcl.evaluate import MISSING, Scope, Value
from scripts.hcl.fitting import Fitting
from scripts.hcl.functions import TERRAFORM
from scripts.hcl.nodes import Assignment, Expression
from scripts.hcl.types import described
from scripts.live.inputs import Input, Inputs, inputs_of
from scripts.live.modules import Module, Variable
from scripts.live.tfvars import Tfvars, blocks_in, computed, read_tfvars
from scripts.live.units import Unit

_LITERAL = Scope({}, TERRAFORM)


@dataclass(frozen=True, slots=True)
class Given:
    """The values that a unit hands to its module, and where each is written."""

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def given(repo: Path, unit: Unit, module: Module) -> Given:
    """Fit tfvars and inputs of *unit* to *module*; what does not fit is in the findings."""
    made = Given()
    tfvars, inputs = read_tfvars(repo, unit.tfvars), inputs_of(repo, unit)
    if tfvars.file:
        made.findings.extend(blocks_in(repo, tfvars.file))
    for assignment in tfvars.assignments.values():
        _take_tfvar(made, tfvars.file, assignment, unit, module, inputs)
    for item in inputs.items.values():
        if item.name not in tfvars.assignments:
            _take_input(made, item, unit, module)
    made.findings.extend(_lacking(unit, module, tfvars, inputs))
    for name, variable in module.variables.items():
        if name not in made.places:
            made.values[name] = default_of(variable)
    return made


def default_of(variable: Variable) -> Value:
    """What the module takes when nothing is given."""
    if variable.default is None:
        return MISSING
    return Fitting(_LITERAL).fit(variable.default, variable.type, variable.name)


def _take_tfvar(
    made: Given, file: str, assignment: Assignment, unit: Unit, module: Module, inputs: Inputs
) -> None:
    name, line = assignment.name, assignment.line
    made.places[name] = (file, line)
    made.values[name] = MISSING
    variable = module.variables.get(name)
    if variable is None:
        what = f"{module.path} has no variable"
        made.findings.append(unknown(file, line, "unknown-key", what, name, module.variables))
        return
    if name in inputs.items:
        other = inputs.items[name]
        message = (
            f'"{name}" is also an input of {other.file}:{other.line}, which this line would silently override; '
            "delete one of the two."
        )
        made.findings.append(finding(file, line, "key-in-both", message, name))
        return
    written = list(computed(file, assignment))
    made.findings.extend(written)
    if not written:
        made.values[name] = _fitted(made, file, line, variable, assignment.value, _LITERAL)


def _take_input(made: Given, item: Input, unit: Unit, module: Module) -> None:
    variable = module.variables.get(item.name)
    if variable is None:
        if not item.from_root:
            what = f"{module.path} has no variable"
            made.findings.append(
                unknown(item.file, item.line, "unknown-input", what, item.name, module.variables)
            )
        return
    made.places[item.name] = (item.file, item.line)
    made.values[item.name] = _fitted(made, item.file, item.line, variable, item.node, item.scope)


def _fitted(made: Given, file: str, line: int, variable: Variable, node: Expression, scope: Scope) -> Value:
    fitting = Fitting(scope)
    value = fitting.fit(node, variable.type, variable.name)
    for wrong in fitting.mismatches:
        made.findings.append(
            Finding(file, wrong.line, wrong.rule, wrong.read, wrong.allowed, wrong.nearest, wrong.message)
        )
    if value is None and not variable.nullable:
        if variable.default is not None:
            return default_of(variable)
        allowed = described(variable.type)
        message = f'"{variable.name}" must not be null; write {allowed}.'
        made.findings.append(finding(file, line, "null", message, "null", allowed))
        return MISSING
    return MISSING if fitting.mismatches else value


def _lacking(unit: Unit, module: Module, tfvars: Tfvars, inputs: Inputs) -> Iterator[Finding]:
    """Required variables that nobody sets; silent when not every key could be read."""
    if not inputs.closed or not tfvars.readable:
        return
    for name, variable in module.variables.items():
        if variable.required and name not in tfvars.assignments and name not in inputs.items:
            allowed = described(variable.type)
            message = (
                f'the required value "{name}" is missing; add {name} = {_example(variable)} ({allowed}).'
            )
            yield finding(tfvars.file or unit.file, 1, "missing-key", message, "", allowed)


def _example(variable: Variable) -> str:
    text = described(variable.type)
    if text.startswith(("a list", "a set")):
        return "[...]"
    return {"text": '"..."', "a number": "0", "true or false": "false"}.get(text, "{ ... }")
