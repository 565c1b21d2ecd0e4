"""The modules' own validations, as far as they can be decided without Terraform."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.checks.expansion import Instance
from scripts.checks.finding import Finding, finding
from scripts.checks.values import Given
from scripts.hcl.evaluate import Failed, Unknown, evaluate, text_of
from scripts.hcl.nodes import Attribute, Expression, Literal, Name, walk
from scripts.live.modules import Validation, Variable
from scripts.live.units import Unit


def broken(unit: Unit, found: Given, instances: list[Instance]) -> Iterator[Finding]:
    """A finding for each validation that is certainly false."""
    for instance in instances:
        for variable, validation in broken_rules(instance):
            yield _finding(unit, found, instance, variable, validation)


def broken_rules(instance: Instance) -> Iterator[tuple[Variable, Validation]]:
    """The validations of one module that its values certainly break."""
    for variable in instance.module.variables.values():
        for validation in variable.validations:
            if validation.condition is not None and _is_false(validation.condition, instance):
                yield variable, validation


def _is_false(condition: Expression, instance: Instance) -> bool:
    try:
        return evaluate(condition, instance.scope) is False
    except (Unknown, Failed):
        return False


def _finding(
    unit: Unit, found: Given, instance: Instance, variable: Variable, validation: Validation
) -> Finding:
    file, line = _place(unit, found, instance, variable, validation)
    message = _message(instance, validation)
    if len(message) < 2:
        message = f'"{variable.name}" is not what its module allows.'
    where = f"{instance.address}: " if instance.address else ""
    rule = f"see {variable.file}:{validation.line} for the rule."
    return finding(file, line, "module-rule", f"{where}{message.rstrip()} ({rule})", variable.name)


def _message(instance: Instance, validation: Validation) -> str:
    """Terraform's own message; values that are not known yet leave it empty."""
    if validation.message is None:
        return ""
    try:
        return " ".join(text_of(evaluate(validation.message, instance.scope)).split())
    except (Unknown, Failed):
        texts = (str(node.value) for node in walk(validation.message) if isinstance(node, Literal))
        # What follows "got" is the value, which is not known here.
        return " ".join(next(texts, "").split()).partition("; got")[0] + "."


def _place(
    unit: Unit, found: Given, instance: Instance, variable: Variable, validation: Validation
) -> tuple[str, int]:
    """Where a person can change it: the variable's own line, or that of another one in the condition."""
    own = instance.origins([variable.name])
    others = instance.origins(_variables(validation.condition))
    written = [
        found.places[name] for names in (own, others) for name in sorted(names) if name in found.places
    ]
    edited = [place for place in written if place[0] == unit.tfvars]
    return next(iter([*edited, *written]), (unit.tfvars or unit.file, 1))


def _variables(node: Expression | None) -> set[str]:
    return {
        inner.name
        for inner in (walk(node) if node is not None else ())
        if isinstance(inner, Attribute) and isinstance(inner.of, Name) and inner.of.name == "var"
    }
