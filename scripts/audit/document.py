"""The plan as Checkov may see it: without variables, outputs and earlier state, and without anything sensitive.

Checkov reads the JSON of a plan itself, so this is the one place besides scripts/plans/plan.py that touches it; it decides
nothing by what it reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from scripts.plans.values import redacted

_INDEX = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
_ADDRESS = re.compile(r'^ *"address": ("(?:[^"\\]|\\.)*"),?$')


def checkable(document: Mapping[str, Any]) -> str:
    """What ``terraform show -json`` printed, reduced and redacted, one value a line.

    A resource begins with its address, so that a line number leads back to it: Checkov's SARIF names only lines.
    """
    written = dict(_written(document.get("configuration", {}).get("root_module", {}), ""))
    kept = {
        "format_version": document.get("format_version", "1.2"),
        "terraform_version": document.get("terraform_version", ""),
        "configuration": {"root_module": _code(document.get("configuration", {}).get("root_module", {}))},
        "resource_changes": [_change(change, written) for change in document.get("resource_changes", [])],
        "planned_values": {
            "root_module": _module(document.get("planned_values", {}).get("root_module", {}), written)
        },
    }
    return json.dumps(kept, indent=1)


def address_at(text: str, line: int) -> str:
    """The address of the resource that stands at *line* (from 1) of what `checkable` returned."""
    above = text.splitlines()[:line]
    found = next((match for row in reversed(above) if (match := _ADDRESS.match(row))), None)
    return str(json.loads(found[1])) if found else ""


Written = Mapping[str, Mapping[str, str]]


def _module(module: Mapping[str, Any], written: Written) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if "address" in module:
        made["address"] = module["address"]
    made["resources"] = [_resource(resource, written) for resource in module.get("resources", [])]
    children = [_module(child, written) for child in module.get("child_modules", [])]
    return made | ({"child_modules": children} if children else {})


def _resource(resource: Mapping[str, Any], written: Written) -> dict[str, Any]:
    """Two arguments that are both known later are not the same: each stands as the reference that it is."""
    kept = ("address", "mode", "type", "name", "index", "provider_name")
    values = redacted(resource.get("values", {}), resource.get("sensitive_values", {}))
    given = _own(written, resource["address"])
    later = {
        name: f"${{{text}}}" for name, text in given.items() if text.startswith(("var.", "each.", "local."))
    }
    filled = later | (values if isinstance(values, dict) else {})
    return {name: resource[name] for name in kept if name in resource} | {"values": filled}


def _own(written: Written, address: str) -> Mapping[str, str]:
    return written.get(_INDEX.sub("", address), {})


def _change(change: Mapping[str, Any], written: Written) -> dict[str, Any]:
    kept = ("address", "module_address", "mode", "type", "name", "index", "provider_name")
    inner = change["change"]
    own = _own(written, change["address"])
    return {name: change[name] for name in kept if name in change} | {
        "change": {
            "actions": inner["actions"],
            "before": None,  # Checkov wants the key; what was there is nobody's business
            "after": redacted(inner.get("after"), inner.get("after_sensitive", {})),
            "after_unknown": {
                name: mask for name, mask in inner.get("after_unknown", {}).items() if name in own
            },
        }
    }


def _code(module: Mapping[str, Any]) -> dict[str, Any]:
    """The code without what it says: which resource refers to what, and no variable, default or literal."""
    return {
        "resources": [
            {name: value for name, value in resource.items() if name in {"address", "mode", "type", "name"}}
            | {
                "expressions": {
                    name: _references(text) for name, text in resource.get("expressions", {}).items()
                }
            }
            for resource in module.get("resources", [])
        ],
        "module_calls": {
            name: {"module": _code(call.get("module", {}))}
            for name, call in module.get("module_calls", {}).items()
        },
    }


def _references(expression: Any) -> Any:
    if isinstance(expression, list):
        return [_references(block) for block in expression]
    if not isinstance(expression, dict):
        return {}
    if "references" in expression or "constant_value" in expression:
        return {"references": expression["references"]} if "references" in expression else {}
    return {name: _references(inner) for name, inner in expression.items()}


def _written(module: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The arguments that the code gives each resource and what they refer to first, by address without keys.

    A value that is known later counts as given only where the code gives one: nearly every attribute that AWS fills in
    is unknown too, and Checkov would take "has an instance_id" for an answer.
    """
    for resource in module.get("resources", []):
        given = resource.get("expressions", {})
        yield f"{prefix}{resource['address']}", {name: _reference(text) for name, text in given.items()}
    for name, call in module.get("module_calls", {}).items():
        yield from _written(call.get("module", {}), f"{prefix}module.{name}.")


def _reference(expression: object) -> str:
    found = expression.get("references") if isinstance(expression, dict) else None
    return str(found[0]) if found else ""
