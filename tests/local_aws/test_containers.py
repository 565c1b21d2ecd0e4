"""ECS services keep their settings and are steady at once."""

from typing import Any

import pytest


@pytest.fixture
def service(client: Any) -> Any:
    """A service of two tasks, as it was answered; removed afterwards."""
    ecs = client("ecs")
    ecs.create_cluster(clusterName="shop")
    ecs.register_task_definition(
        family="web", containerDefinitions=[{"name": "web", "image": "web", "memory": 128}]
    )
    yield ecs.create_service(
        cluster="shop",
        serviceName="web",
        taskDefinition="web",
        desiredCount=2,
        capacityProviderStrategy=[{"capacityProvider": "FARGATE", "base": 1, "weight": 1}],
        enableExecuteCommand=True,
        enableECSManagedTags=True,
        healthCheckGracePeriodSeconds=90,
        availabilityZoneRebalancing="ENABLED",
        deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": True}},
    )["service"]
    ecs.delete_service(cluster="shop", service="web", force=True)


def _read(client: Any) -> Any:
    return client("ecs").describe_services(cluster="shop", services=["web"])["services"][0]


@pytest.mark.usefixtures("service")
def test_a_service_keeps_its_settings(client: Any) -> None:
    found = _read(client)
    assert found["capacityProviderStrategy"] == [{"capacityProvider": "FARGATE", "weight": 1, "base": 1}]
    assert "launchType" not in found
    assert found["enableExecuteCommand"] is True
    assert found["enableECSManagedTags"] is True
    assert found["healthCheckGracePeriodSeconds"] == 90
    assert found["availabilityZoneRebalancing"] == "ENABLED"
    assert found["deploymentConfiguration"]["deploymentCircuitBreaker"] == {"enable": True, "rollback": True}


@pytest.mark.usefixtures("service")
def test_a_change_of_settings_arrives(client: Any) -> None:
    client("ecs").update_service(
        cluster="shop", service="web", enableExecuteCommand=False, healthCheckGracePeriodSeconds=30
    )
    found = _read(client)
    assert (found["enableExecuteCommand"], found["healthCheckGracePeriodSeconds"]) == (False, 30)


@pytest.mark.usefixtures("service")
def test_a_service_is_steady_at_any_size(client: Any) -> None:
    assert [d["rolloutState"] for d in _read(client)["deployments"]] == ["COMPLETED"]
    client("ecs").update_service(cluster="shop", service="web", desiredCount=3)
    found = _read(client)
    assert (found["runningCount"], found["pendingCount"], found["desiredCount"]) == (3, 0, 3)
    assert found["deployments"][0]["runningCount"] == 3
