"""The services that were applied, as a release needs to know them: all read from their units' outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scripts.checks.finding import Finding, Refused
from scripts.hcl.evaluate import Failed, Unknown, evaluate
from scripts.live.tfvars import read_tfvars
from scripts.live.units import Unit
from scripts.states.state import State
from scripts.target import Target


@dataclass(frozen=True, slots=True)
class Service:
    """One unit of patterns/web-service, applied."""

    unit: Unit
    cluster: str
    name: str
    container: str
    parameter: str
    """SSM parameter with the tag that runs."""
    application: str = ""
    group: str = ""
    """CodeDeploy's application and deployment group; empty where tasks are exchanged one by one."""


def service_of(unit: Unit, state: State | None) -> Service | None:
    """*unit* as a service, or None when it is none or was never applied."""
    found = {name: output.value for name, output in state.outputs.items()} if state else {}
    names = ("scaling_resource_id", "container_name", "image_tag_parameter_name")
    if not all(isinstance(found.get(name), str) for name in names):
        return None
    _, cluster, name = str(found["scaling_resource_id"]).split("/", 2)
    group = found.get("deployment_group") or {}
    return Service(
        unit,
        cluster,
        name,
        str(found["container_name"]),
        str(found["image_tag_parameter_name"]),
        str(group.get("application_name", "")),
        str(group.get("deployment_group_name", "")),
    )


def services(target: Target, states: Mapping[str, State | None]) -> tuple[Service, ...]:
    """The applied services among the chosen units."""
    found = (service_of(unit, states.get(unit.path)) for unit in target.units)
    return tuple(service for service in found if service is not None)


def one(target: Target, states: Mapping[str, State | None]) -> Service:
    """The only one; Refused names what there is instead."""
    found = services(target, states)
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{service.unit.system}/{service.unit.name}" for service in found) or "none"
    message = f"choose one applied service with --system and --unit; {len(found)} fit: {listed}."
    raise Refused([Finding("--unit", 0, "not-one-service", "", listed, "", message)])


def refuse_pinned(target: Target, service: Service) -> None:
    """A tag that the tfvars pin runs whatever a release writes, so the release would change nothing."""
    assignment = read_tfvars(target.repository, service.unit.tfvars).assignments.get("image_tag")
    if assignment is None:
        return
    try:
        value: Any = evaluate(assignment.value)
    except (Unknown, Failed):
        return
    pinned = value.get("pinned") if isinstance(value, dict) else None
    if pinned:
        message = f'image_tag pins "{pinned}", which runs whatever a release writes; set pinned = null and apply first.'
        raise Refused(
            [Finding(service.unit.tfvars, assignment.line, "pinned", str(pinned), "null", "", message)]
        )
