"""A one-off task: the service's own image, network and roles, another command."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scripts.checks.finding import Finding, Refused
from scripts.release.services import Service

if TYPE_CHECKING:
    import boto3

POLL_SECONDS = 6


@dataclass(frozen=True, slots=True)
class Finished:
    """How the task ended; without a code it never began."""

    code: int | None
    reason: str
    task: str


def request(service: Service, described: Mapping[str, Any], command: Sequence[str]) -> dict[str, Any]:
    """What ECS is asked to run."""
    return {
        "cluster": service.cluster,
        "taskDefinition": described["taskDefinition"],
        "launchType": "FARGATE",  # on demand: a migration must not be stopped in the middle, as Spot may be
        "count": 1,
        "networkConfiguration": described["networkConfiguration"],
        "overrides": {"containerOverrides": [{"name": service.container, "command": list(command)}]},
        "startedBy": "release.migrate",
        "propagateTags": "TASK_DEFINITION",
    }


def checked_command(text: str) -> tuple[str, ...]:
    """A command as a JSON list or as words; Refused when there is none."""
    words = json.loads(text) if text.startswith("[") else text.split()
    if not words or not all(isinstance(word, str) for word in words):
        message = f"--command must be the migration's command, such as 'alembic upgrade head'; got {text!r}."
        raise Refused([Finding("--command", 0, "no-command", text, "alembic upgrade head", "", message)])
    return tuple(words)


def describe(session: boto3.Session, service: Service) -> dict[str, Any]:
    """The service as ECS has it; Refused when it is not there."""
    client = session.client("ecs")
    found = client.describe_services(cluster=service.cluster, services=[service.name])["services"]
    if not found or found[0].get("status") == "INACTIVE":
        message = f"{service.name} does not run in {service.cluster}; apply {service.unit.path} first."
        raise Refused([Finding(service.unit.path, 0, "no-service", service.name, "", "", message)])
    return dict(found[0])


def run(session: boto3.Session, asked: Mapping[str, Any], seconds: int) -> Finished:
    """Run it and wait until it ended, *seconds* at most."""
    client = session.client("ecs")
    answer = client.run_task(**asked)
    if not answer["tasks"]:
        reasons = "; ".join(failure.get("reason", "") for failure in answer.get("failures", []))
        return Finished(None, reasons or "ECS gave no reason", "")
    task = answer["tasks"][0]["taskArn"]
    waiter = client.get_waiter("tasks_stopped")
    tries = max(1, seconds // POLL_SECONDS)
    waiter.wait(
        cluster=asked["cluster"], tasks=[task], WaiterConfig={"Delay": POLL_SECONDS, "MaxAttempts": tries}
    )
    (ended,) = client.describe_tasks(cluster=asked["cluster"], tasks=[task])["tasks"]
    name = asked["overrides"]["containerOverrides"][0]["name"]
    codes = [each.get("exitCode") for each in ended["containers"] if each["name"] == name]
    return Finished(codes[0] if codes else None, ended.get("stoppedReason", ""), task)
