"""ECS: moto 5.2.5 loses some of what a service was given, and never starts its tasks.

A service counts as steady at once, as there are no tasks that could fail: a rehearsal shows that
settings arrive, not that a deployment works.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ecs.models import Service
from moto.ecs.responses import EC2ContainerServiceResponse

from scripts.local_aws.overlays.hooks import wrap

_KEPT = {
    "availabilityZoneRebalancing": "availability_zone_rebalancing",
    "capacityProviderStrategy": "capacity_provider_strategy",
    "deploymentConfiguration": "deployment_configuration",
    "enableECSManagedTags": "enable_ecs_managed_tags",
    "enableExecuteCommand": "enable_execute_command",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
    "loadBalancers": "load_balancers",
    "networkConfiguration": "network_configuration",
    "platformVersion": "platform_version",
    "propagateTags": "propagate_tags",
    "serviceRegistries": "service_registries",
}
_DEFAULTS = {
    "availability_zone_rebalancing": "DISABLED",
    "capacity_provider_strategy": None,
    "enable_ecs_managed_tags": False,
    "enable_execute_command": False,
    "health_check_grace_period_seconds": None,
}


def install() -> None:
    for attribute, value in _DEFAULTS.items():
        setattr(Service, attribute, value)
    wrap(EC2ContainerServiceResponse, "create_service")(_keep)
    wrap(EC2ContainerServiceResponse, "update_service")(_keep)
    wrap(EC2ContainerServiceResponse, "describe_services")(_settle)


def _keep(inner: Callable[..., Any], self: Any) -> Any:
    result = inner(self)
    service = result.result["service"]
    for field, attribute in _KEPT.items():
        value = self._get_param(field)
        if value is not None:
            setattr(service, attribute, value)
    if service.capacity_provider_strategy:
        service.launch_type = None  # moto's default; AWS has either the one or the other
    _steady(service)
    return result


def _settle(inner: Callable[..., Any], self: Any) -> Any:
    result = inner(self)
    for service in result.result["services"]:
        _steady(service)
    return result


def _steady(service: Any) -> None:
    """As many tasks run as are wanted, by one deployment; scaling changes only what is wanted."""
    if service.status != "ACTIVE":
        return
    service.running_count, service.pending_count = service.desired_count, 0
    del service.deployments[1:]
    for deployment in service.deployments:
        deployment.update(
            desiredCount=service.desired_count,
            runningCount=service.desired_count,
            pendingCount=0,
            rolloutState="COMPLETED",
            rolloutStateReason=f"ECS deployment {deployment['id']} completed.",
            status="PRIMARY",
        )
