"""What an engineer edits in a system that stands, and all that a plan of it then changes: these addresses, no others."""

from __future__ import annotations

import pytest

from tests.rehearsal.pyshop import PLACE, Shop

pytestmark = pytest.mark.slow

TASKS = {
    "module.service.aws_ecs_service.rolling[0]": "update",
    "module.service.aws_ecs_task_definition.this": "replace",
}
CERTIFICATE = "module.certificate[0]"
NAMES = ("pyshop.dev.example.com", "www.pyshop.dev.example.com")
WAY_OUT = "module.nat_gateway[0]"
IN_A_ZONE = ("aws_subnet", "aws_route_table", "aws_route_table_association")


@pytest.mark.parametrize(
    ("unit", "edits", "expected"),
    [
        pytest.param(
            "service",
            {"image_tag = { pinned = null }": 'image_tag = { pinned = "v1.4.2" }'},
            TASKS,
            id="a new image tag",
        ),
        pytest.param(
            "service",
            {"  maximum        = 2\n": "  maximum        = 4\n"},
            {"module.service.aws_appautoscaling_target.this": "update"},
            id="more tasks, whose number autoscaling holds",
        ),
        pytest.param(
            "dns-zone",
            {"domain           = null": 'domain           = { name = "pyshop.dev.example.com" }'},
            {
                "module.zone[0].aws_route53_zone.this": "create",
                f"{CERTIFICATE}.aws_acm_certificate.this": "create",
                f"{CERTIFICATE}.aws_acm_certificate_validation.this": "create",
                f"{CERTIFICATE}.aws_cloudwatch_metric_alarm.expiry[0]": "create",
            }
            | {f'{CERTIFICATE}.aws_route53_record.validation["{name}"]': "create" for name in NAMES},
            id="a domain",
        ),
        pytest.param(
            "database",
            {"multi_az = false": "multi_az = true"},
            {"module.instance[0].aws_db_instance.this": "update"},
            id="Multi-AZ",
        ),
        pytest.param(
            "database",
            {"backup_retention_days = 7": "backup_retention_days = 9"},
            {"module.instance[0].aws_db_instance.this": "update"},
            id="another number of backups",
        ),
        pytest.param(
            "network",
            {'nat_gateway_zones = ["us-east-1a"]': "nat_gateway_zones = []"},
            {
                f'{WAY_OUT}.aws_eip.this["us-east-1a"]': "delete",
                f'{WAY_OUT}.aws_nat_gateway.this["us-east-1a"]': "delete",
                f'{WAY_OUT}.aws_route.default["private/us-east-1a"]': "delete",
                f'{WAY_OUT}.aws_route.default["private/us-east-1b"]': "delete",
            },
            id="no NAT gateway",
        ),
        pytest.param(
            "network",
            {
                "us-east-1a = 1, us-east-1b = 2": "us-east-1a = 1",
                "us-east-1a = 10, us-east-1b = 11": "us-east-1a = 10",
            },
            {
                'module.internet_gateway[0].aws_route.default["us-east-1b"]': "delete",
                f'{WAY_OUT}.aws_route.default["private/us-east-1b"]': "delete",
                # What lists subnets or route tables lists fewer.
                'module.network_acls.aws_network_acl.this["private"]': "update",
                'module.network_acls.aws_network_acl.this["public"]': "update",
                'module.vpc_endpoints.aws_vpc_endpoint.gateway["dynamodb"]': "update",
                'module.vpc_endpoints.aws_vpc_endpoint.gateway["s3"]': "update",
            }
            | {
                f'module.subnets.{kind}.this["{tier}/us-east-1b"]': "delete"
                for kind in IN_A_ZONE
                for tier in ("private", "public")
            },
            id="a zone less",
        ),
    ],
)
def test_an_edit_changes_what_it_says_and_nothing_else(
    pyshop: Shop, unit: str, edits: dict[str, str], expected: dict[str, str]
) -> None:
    file = f"{PLACE}/{unit}/terraform.tfvars"
    path = pyshop.checkout.path / file
    before = path.read_text()
    for old, new in edits.items():
        pyshop.checkout.edit(file, old, new)
    found = pyshop.changes()
    path.write_text(before)
    assert found == {unit: expected}
