"""What a plan makes, a line a value: what a changed default changes is then one line of a diff."""

import json
from collections.abc import Iterator
from typing import Any

import tftest

SAID_BY_OTHERS = {"tags_all"}
"""Values that only repeat another."""


def inventory(plan: tftest.TerraformPlanOutput) -> str:
    """Every value that the plan knows and that says something, by address; zero, false and empty are left out."""
    lines = []
    for address, resource in sorted(_resources(plan["planned_values"]["root_module"])):
        lines.append(address)
        lines.extend(
            f"  {path} = {json.dumps(value)}" for path, value in _values(resource.get("values", {}), "")
        )
    return "\n".join(lines) + "\n"


def _resources(module: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for resource in module.get("resources", ()):
        yield resource["address"], resource
    for child in module.get("child_modules", ()):
        yield from _resources(child)


def _values(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, str) and value[:1] in ("{", "["):
        value = _document(value)
    if isinstance(value, dict):
        for key in sorted(value):
            if key not in SAID_BY_OTHERS:
                yield from _values(value[key], f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _values(inner, f"{path}[{at}]")
    elif value:
        yield path, value


def _document(text: str) -> Any:
    """The inside of a policy or another document that Terraform holds as text."""
    try:
        return json.loads(text)
    except ValueError:
        return text
