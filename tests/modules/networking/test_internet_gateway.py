"""networking/internet-gateway: only the tables that are named lead to the internet."""

import pytest
import tftest

MODULE = "networking/internet-gateway"
TABLES = {"us-east-1a": "rtb-0123456789abcdef0", "us-east-1b": "rtb-0123456789abcdef1"}
REQUIRED = {"name": "acme", "vpc_id": "vpc-0123456789abcdef0", "public_route_table_ids": TABLES}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, **REQUIRED, route_ipv6=True, tags={"System": "shop"})


def test_the_gateway_is_attached_and_tagged(plan):
    gateway = plan.resources["aws_internet_gateway.this"]["values"]
    assert (gateway["vpc_id"], gateway["tags"]) == (REQUIRED["vpc_id"], {"System": "shop", "Name": "acme"})


@pytest.mark.parametrize("zone", TABLES)
def test_each_public_table_has_a_default_route(plan, zone):
    route = plan.resources[f'aws_route.default["{zone}"]']["values"]
    assert (route["route_table_id"], route["destination_cidr_block"]) == (TABLES[zone], "0.0.0.0/0")


@pytest.mark.parametrize("zone", TABLES)
def test_ipv6_is_routed_when_asked_for(plan, zone):
    route = plan.resources[f'aws_route.default_ipv6["{zone}"]']["values"]
    assert (route["route_table_id"], route["destination_ipv6_cidr_block"]) == (TABLES[zone], "::/0")


def test_ipv6_is_not_routed_unasked(plan_module):
    assert sorted(plan_module(MODULE, **REQUIRED).resources) == [
        "aws_internet_gateway.this",
        'aws_route.default["us-east-1a"]',
        'aws_route.default["us-east-1b"]',
    ]


def test_a_zone_less_takes_only_its_own_route(plan_module):
    smaller = plan_module(
        MODULE, **(REQUIRED | {"public_route_table_ids": {"us-east-1b": TABLES["us-east-1b"]}})
    )
    assert sorted(smaller.resources) == ["aws_internet_gateway.this", 'aws_route.default["us-east-1b"]']


@pytest.mark.parametrize("output", ["internet_gateway_id", "internet_gateway_arn"])
def test_outputs_are_known_by_the_apply(plan, output):
    assert plan["output_changes"][output]["after_unknown"] is True


def test_the_id_waits_for_the_routes(plan):
    output = plan["configuration"]["root_module"]["outputs"]["internet_gateway_id"]
    assert output["depends_on"] == ["aws_route.default", "aws_route.default_ipv6"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"name": "n" * 257}, r"256 characters.*got 257", id="name too long"),
        pytest.param(
            {"public_route_table_ids": {}}, r"at least one route table.*got \{\}", id="nothing would use it"
        ),
    ],
)
def test_a_useless_gateway_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | changed))
