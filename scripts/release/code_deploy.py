"""A blue/green release of a service: CodeDeploy exchanges its tasks, and goes back when an alarm rings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scripts.release.services import Service

if TYPE_CHECKING:
    import boto3


def appspec(service: Service, task_definition: str, port: int) -> str:
    """Which task definition takes over, and on which port it is asked."""
    properties = {
        "TaskDefinition": task_definition,
        "LoadBalancerInfo": {"ContainerName": service.container, "ContainerPort": port},
    }
    resource = {"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}
    return json.dumps({"version": 1, "Resources": [resource]})


def start(session: boto3.Session, service: Service, task_definition: str, port: int) -> str:
    """Begin the exchange; returns the deployment's id, under which CodeDeploy shows how far it is."""
    content = appspec(service, task_definition, port)
    answer = session.client("codedeploy").create_deployment(
        applicationName=service.application,
        deploymentGroupName=service.group,
        revision={"revisionType": "AppSpecContent", "appSpecContent": {"content": content}},
    )
    return str(answer["deploymentId"])
