"""networking/nat-gateway: none, one for all zones, or one a zone that serves its own zone alone."""

import pytest
import tftest

MODULE = "networking/nat-gateway"
SUBNETS = {"us-east-1a": "subnet-0123456789abcdef0", "us-east-1b": "subnet-0123456789abcdef1"}
TABLES = {"private": {"us-east-1a": "rtb-0123456789abcdef0", "us-east-1b": "rtb-0123456789abcdef1"}}
REQUIRED = {"name": "acme", "private_route_table_ids": TABLES}


@pytest.fixture(scope="module")
def one(plan_module):
    return plan_module(MODULE, **REQUIRED, public_subnet_ids={"us-east-1a": SUBNETS["us-east-1a"]})


@pytest.fixture(scope="module")
def each_zone(plan_module):
    return plan_module(MODULE, **REQUIRED, public_subnet_ids=SUBNETS, tags={"System": "shop"})


def addresses(plan, kind):
    return sorted(address for address in plan.resources if address.startswith(kind))


def test_without_a_zone_there_is_nothing(plan_module):
    plan = plan_module(MODULE, **REQUIRED, public_subnet_ids={})
    assert list(plan.resources) == []
    assert (plan.outputs["nat_gateway_ids"], plan.outputs["nat_public_ips"]) == ({}, {})
    assert plan.outputs["gateway_zones"] == {}


def test_one_gateway_serves_every_zone(one):
    assert addresses(one, "aws_nat_gateway") == ['aws_nat_gateway.this["us-east-1a"]']
    assert addresses(one, "aws_route.") == [
        'aws_route.default["private/us-east-1a"]',
        'aws_route.default["private/us-east-1b"]',
    ]


def test_a_zone_keeps_to_its_own_gateway_and_shares_the_only_one(one, each_zone):
    assert each_zone.outputs["gateway_zones"] == {
        "private/us-east-1a": "us-east-1a",
        "private/us-east-1b": "us-east-1b",
    }
    assert set(one.outputs["gateway_zones"].values()) == {"us-east-1a"}


@pytest.mark.parametrize("zone", SUBNETS)
def test_a_gateway_stands_in_its_zone_s_public_subnet_with_an_address_of_its_own(each_zone, zone):
    gateway = each_zone.resources[f'aws_nat_gateway.this["{zone}"]']["values"]
    address = each_zone.resources[f'aws_eip.this["{zone}"]']["values"]
    assert (gateway["subnet_id"], gateway["tags"]) == (
        SUBNETS[zone],
        {"System": "shop", "Name": f"acme-{zone}"},
    )
    assert (address["domain"], address["tags"]["Name"]) == ("vpc", f"acme-nat-{zone}")


@pytest.mark.parametrize("zone", SUBNETS)
def test_each_private_table_has_a_default_route(each_zone, zone):
    route = each_zone.resources[f'aws_route.default["private/{zone}"]']["values"]
    assert (route["route_table_id"], route["destination_cidr_block"]) == (
        TABLES["private"][zone],
        "0.0.0.0/0",
    )


def test_outputs_are_keyed_by_zone(each_zone):
    for output in ("nat_gateway_ids", "nat_public_ips"):
        assert each_zone["output_changes"][output]["after_unknown"] == {
            "us-east-1a": True,
            "us-east-1b": True,
        }


def test_a_zone_less_leaves_the_other_zone_s_gateway_alone(each_zone, plan_module):
    smaller = plan_module(
        MODULE,
        name="acme",
        tags={"System": "shop"},
        public_subnet_ids={"us-east-1b": SUBNETS["us-east-1b"]},
        private_route_table_ids={"private": {"us-east-1b": TABLES["private"]["us-east-1b"]}},
    )
    kept = {
        address: found["values"] for address, found in each_zone.resources.items() if "us-east-1b" in address
    }
    assert {address: found["values"] for address, found in smaller.resources.items()} == kept


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"name": "n" * 129}, r"128 characters.*got 129", id="name too long"),
        pytest.param(
            {
                "private_route_table_ids": {
                    "private": {"us-east-1a": "rtb-a", "us-east-1b": "rtb-b", "us-east-1c": "rtb-c"}
                }
            },
            r'every zone that has a private route table.*us-east-1c.*got \["us-east-1a","us-east-1b"\]',
            id="two gateways for three zones",
        ),
    ],
)
def test_a_choice_left_to_chance_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | {"public_subnet_ids": SUBNETS} | changed))
