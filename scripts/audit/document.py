"""The plan as Checkov may see it: without variables, outputs and earlier state, and without anything sensitive.

Checkov reads the JSON of a plan itself, so this is the one place besides scripts/plans/plan.py that touches it; it decides
nothing by what it reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from scripts.audit.connections import Connections, Instance
from scripts.audit.sources import Sources, no_sources
from scripts.plans.values import redacted

_ADDRESS = re.compile(r'^ *"address": ("(?:[^"\\]|\\.)*"),?$')
_KEPT = ("address", "mode", "type", "index", "provider_name")


def checkable(document: Mapping[str, Any], folder: str = "", sources: Sources = no_sources) -> str:
    """What ``terraform show -json`` printed, reduced and redacted, one value a line.

    Checkov knows a resource by its type and name alone: two modules' "this" are one to it, and so are the instances of a
    for_each. So every instance stands here in one module under a name of its own, and each argument names the resources
    that it leads to (*folder* is the root module's). A resource begins with its address, so that a line number leads
    back to it: Checkov's SARIF names only lines.
    """
    code = document.get("configuration", {}).get("root_module", {})
    standing = list(_resources(document.get("planned_values", {}).get("root_module", {})))
    instances = {
        resource["address"]: _instance(number, module, resource)
        for number, (module, resource) in enumerate(standing)
    }
    connections = Connections(code, instances.values(), folder, sources)
    changes = {change["address"]: change for change in document.get("resource_changes", [])}
    written, planned, changed = [], [], []
    for _, resource in standing:
        instance, change = instances[resource["address"]], changes.get(resource["address"], {})
        unknown = change.get("change", {}).get("after_unknown", {})
        given = connections.of(instance, unknown)
        kept = {name: resource[name] for name in _KEPT if name in resource} | {"name": instance.name}
        written.append(
            {name: kept[name] for name in ("address", "mode", "type", "name")} | {"expressions": given}
        )
        planned.append(kept | {"values": _values(resource, given)})
        if change:
            changed.append(kept | {"change": _change(change["change"], given)})
    shown = {
        "format_version": document.get("format_version", "1.2"),
        "terraform_version": document.get("terraform_version", ""),
        "configuration": {"root_module": {"resources": written}},
        "resource_changes": changed,
        "planned_values": {"root_module": {"resources": planned}},
    }
    return json.dumps(shown, indent=1)


def address_at(text: str, line: int) -> str:
    """The address of the resource that stands at *line* (from 1) of what `checkable` returned."""
    above = text.splitlines()[:line]
    found = next((match for row in reversed(above) if (match := _ADDRESS.match(row))), None)
    return str(json.loads(found[1])) if found else ""


def _resources(module: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for resource in module.get("resources", []):
        yield module.get("address", ""), resource
    for child in module.get("child_modules", []):
        yield from _resources(child)


def _instance(number: int, module: str, resource: Mapping[str, Any]) -> Instance:
    data = "data." if resource["mode"] == "data" else ""
    key = f"[{resource['index']}]" if "index" in resource else ""
    return Instance(
        module,
        f"{data}{resource['type']}.{resource['name']}",
        key,
        f"{resource['name']}_{number}",
        resource.get("values", {}),
    )


def _values(resource: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Two arguments that are both known later are not the same: each stands as the reference that it is."""
    values = redacted(resource.get("values", {}), resource.get("sensitive_values", {}))
    first = {
        name: expression["references"][0]
        for name, expression in given.items()
        if isinstance(expression, dict) and isinstance(expression.get("references"), list)
    }
    later = {name: f"${{{text}}}" for name, text in first.items() if text.startswith(("var.", "local."))}
    return later | (values if isinstance(values, dict) else {})


def _change(change: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """A value that is known later counts as given only where the code gives one: nearly every attribute that AWS fills
    in is unknown too, and Checkov would take "has an instance_id" for an answer."""
    return {
        "actions": change["actions"],
        "before": None,  # Checkov wants the key; what was there is nobody's business
        "after": redacted(change.get("after"), change.get("after_sensitive", {})),
        "after_unknown": {
            name: mask for name, mask in change.get("after_unknown", {}).items() if name in given
        },
    }
