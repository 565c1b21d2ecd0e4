"""What is paid for and not needed is pointed at, what saves most first."""

from __future__ import annotations

import pytest

from scripts.cost.prices import price_list
from scripts.cost.waste import Scene, advice
from scripts.plans.planned_resources import Resource
from tests.scripts.test_cost import GATEWAYS, NIGHT, TASK, month, resource


def hints(*resources: Resource, size: str = "small") -> set[tuple[str, str]]:
    scene = Scene(size, resources, month(*resources), price_list())
    return {(hint.kind, hint.address) for hint in advice(scene)}


STANDBY = resource("aws_db_instance", instance_class="db.t4g.small", multi_az=True, allocated_storage=20)
SERVICE = resource("aws_ecs_service", desired_count=2)
ARM_TASK = resource(
    "aws_ecs_task_definition", cpu="1024", memory="2048", runtime_platform=[{"cpu_architecture": "ARM64"}]
)


@pytest.mark.parametrize(
    ("resources", "size", "expected"),
    [
        pytest.param(GATEWAYS, "small", ("oversized", "aws_nat_gateway.a"), id="a NAT gateway a zone in dev"),
        pytest.param([STANDBY], "small", ("oversized", "aws_db_instance.this"), id="a standby in dev"),
        pytest.param([TASK, SERVICE], "small", ("idle", "aws_ecs_service.this"), id="awake all night in dev"),
        pytest.param([TASK, SERVICE], "medium", ("spot", "aws_ecs_service.this"), id="could be Spot"),
        pytest.param([TASK, SERVICE], "large", ("oversized", "aws_ecs_service.this"), id="could be Graviton"),
        pytest.param([TASK, SERVICE], "large", ("savings plan", ""), id="steady compute in prod"),
        pytest.param([STANDBY], "large", ("reserved", ""), id="steady databases in prod"),
        pytest.param([resource("aws_eip")], "large", ("unattached", "aws_eip.this"), id="an unused address"),
        pytest.param(
            [resource("aws_ebs_volume")], "large", ("unattached", "aws_ebs_volume.this"), id="a volume"
        ),
        pytest.param(
            [resource("aws_lb")], "large", ("idle", "aws_lb.this"), id="a balancer that listens nowhere"
        ),
        pytest.param(
            [resource("aws_cloudwatch_log_group")],
            "large",
            ("idle", "aws_cloudwatch_log_group.this"),
            id="logs",
        ),
        pytest.param(
            [resource("aws_ecr_repository")], "large", ("idle", "aws_ecr_repository.this"), id="images"
        ),
        pytest.param(
            [resource("aws_db_instance", instance_class="db.t3.large")],
            "large",
            ("oversized", "aws_db_instance.this"),
            id="an old generation",
        ),
        pytest.param(
            [GATEWAYS[0], resource("aws_vpc_endpoint", vpc_endpoint_type="Interface")],
            "small",
            ("idle", "aws_vpc_endpoint.this"),
            id="an endpoint beside a NAT gateway in dev",
        ),
    ],
)
def test_waste_is_pointed_at(resources, size, expected) -> None:
    assert expected in hints(*resources, size=size)


@pytest.mark.parametrize(
    ("resources", "size"),
    [
        pytest.param(GATEWAYS, "large", id="a NAT gateway a zone in prod"),
        pytest.param(GATEWAYS[:1], "small", id="one NAT gateway"),
        pytest.param([ARM_TASK, NIGHT, SERVICE], "large", id="a small service on Graviton"),
        pytest.param([resource("aws_eip"), GATEWAYS[0]], "small", id="an address that a gateway uses"),
        pytest.param(
            [resource("aws_lb"), resource("aws_lb_listener")], "large", id="a balancer that listens"
        ),
        pytest.param(
            [resource("aws_cloudwatch_log_group", retention_in_days=30)], "small", id="logs that end"
        ),
    ],
)
def test_what_is_right_where_it_stands_is_left_alone(resources, size) -> None:
    assert hints(*resources, size=size) == set()


def test_the_advice_that_saves_most_comes_first() -> None:
    found = [*GATEWAYS, STANDBY]
    pieces = advice(Scene("small", found, month(*found), price_list()))
    assert [round(piece.saves_usd, 2) for piece in pieces] == [32.85, 25.66]
