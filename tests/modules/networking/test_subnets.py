"""networking/subnets: every subnet on its own address and route table, inside the VPC and over no other."""

import pytest
import tftest

MODULE = "networking/subnets"
REQUIRED = {"name": "acme", "vpc_id": "vpc-0123456789abcdef0", "vpc_cidr_block": "10.20.0.0/16"}
TIERS = {
    "public": {"us-east-1a": "10.20.0.0/24", "us-east-1b": "10.20.1.0/24"},
    "private": {"us-east-1a": "10.20.16.0/20", "us-east-1b": "10.20.32.0/20"},
    "database": {"us-east-1a": "10.20.8.0/28"},
}
SUBNETS = [f"{tier}/{zone}" for tier, zones in TIERS.items() for zone in zones]


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, **REQUIRED, tiers=TIERS, tags={"System": "shop"})


@pytest.fixture(scope="module")
def with_ipv6(plan_module):
    numbers = {"private": {"us-east-1a": 16, "us-east-1b": 17}}
    return plan_module(
        MODULE,
        **REQUIRED,
        tiers={"private": TIERS["private"]},
        ipv6={"vpc_cidr_block": "2600:1f18:1234:5600::/56", "network_numbers": numbers},
    )


def values(plan, kind, key):
    return plan.resources[f'{kind}.this["{key}"]']["values"]


@pytest.mark.parametrize("key", SUBNETS)
def test_a_subnet_lies_in_its_zone_with_its_range_and_a_name_that_says_both(plan, key):
    tier, zone = key.split("/")
    subnet = values(plan, "aws_subnet", key)
    assert (subnet["availability_zone"], subnet["cidr_block"], subnet["vpc_id"]) == (
        zone,
        TIERS[tier][zone],
        REQUIRED["vpc_id"],
    )
    assert subnet["tags"] == {"Name": f"acme-{tier}-{zone}", "Tier": tier, "System": "shop"}


@pytest.mark.parametrize("key", SUBNETS)
def test_no_subnet_hands_out_public_addresses(plan, key):
    assert values(plan, "aws_subnet", key)["map_public_ip_on_launch"] is False


@pytest.mark.parametrize("key", SUBNETS)
def test_each_subnet_has_a_route_table_of_its_own(plan, key):
    table = values(plan, "aws_route_table", key)
    assert (table["vpc_id"], table["tags"]["System"]) == (REQUIRED["vpc_id"], "shop")
    assert f'aws_route_table_association.this["{key}"]' in plan.resources


def test_without_ipv6_a_subnet_is_ipv4_only(plan):
    subnet = values(plan, "aws_subnet", "private/us-east-1a")
    assert (subnet["ipv6_cidr_block"], subnet["assign_ipv6_address_on_creation"]) == (None, False)


def test_with_ipv6_each_subnet_takes_the_64_with_its_number(with_ipv6):
    subnets = [values(with_ipv6, "aws_subnet", f"private/us-east-1{zone}") for zone in "ab"]
    assert [(subnet["ipv6_cidr_block"], subnet["assign_ipv6_address_on_creation"]) for subnet in subnets] == [
        ("2600:1f18:1234:5610::/64", True),
        ("2600:1f18:1234:5611::/64", True),
    ]


def test_removing_a_zone_leaves_every_other_subnet_as_it_was(plan, plan_module):
    fewer = {
        tier: {zone: cidr for zone, cidr in zones.items() if zone != "us-east-1a"}
        for tier, zones in TIERS.items()
    }
    smaller = plan_module(MODULE, **REQUIRED, tiers=fewer, tags={"System": "shop"})
    kept = {address: found["values"] for address, found in plan.resources.items() if "us-east-1b" in address}
    assert {address: found["values"] for address, found in smaller.resources.items()} == kept


@pytest.mark.parametrize("output", ["subnet_ids", "subnet_arns", "route_table_ids"])
def test_outputs_are_by_tier_and_zone(plan, output):
    assert plan["output_changes"][output]["after_unknown"] == {
        tier: dict.fromkeys(zones, True) for tier, zones in TIERS.items()
    }


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"name": "n" * 129}, r"128 characters.*\(129\)", id="name too long"),
        pytest.param({"tiers": {"dmz": {}}}, r'private and public; got \["dmz"\]', id="unknown tier"),
        pytest.param(
            {"tiers": {"private": {"0": "10.20.0.0/24"}}},
            r'availability zone.*got \["0"\]',
            id="keyed by a number",
        ),
        pytest.param(
            {"tiers": {"private": {"us-east-1a": "10.20.0.9/24"}}},
            r"network address.*10\.20\.0\.9/24",
            id="host bits",
        ),
        pytest.param(
            {"tiers": {"private": {"us-east-1a": "10.20.0.0/29"}}},
            r"/16 to /28.*10\.20\.0\.0/29",
            id="too small",
        ),
        pytest.param(
            {"tiers": {"private": {"us-east-1a": "10.21.0.0/24"}}},
            r"inside the VPC's 10\.20\.0\.0/16; got .*10\.21\.0\.0/24",
            id="outside the VPC",
        ),
        pytest.param(
            {"vpc_cidr_block": "10.20.0.0/24", "tiers": {"private": {"us-east-1a": "10.20.0.0/20"}}},
            r"inside the VPC's 10\.20\.0\.0/24; got .*10\.20\.0\.0/20",
            id="larger than the VPC",
        ),
        pytest.param(
            {"tiers": {"private": {"us-east-1a": "10.20.0.0/20"}, "public": {"us-east-1a": "10.20.15.0/24"}}},
            r"must not overlap; got .*10\.20\.15\.0/24",
            id="one inside another",
        ),
        pytest.param(
            {"tiers": {"private": {"us-east-1a": "10.20.0.0/24", "us-east-1b": "10.20.0.0/24"}}},
            r"must not overlap; got .*10\.20\.0\.0/24",
            id="the same twice",
        ),
        pytest.param(
            {"ipv6": {"vpc_cidr_block": "2600:1f18:1234:5600::/56", "network_numbers": {"private": {}}}},
            r'exactly the subnets of tiers; got \{"private":\{\}\}',
            id="a subnet without its number",
        ),
        pytest.param(
            {
                "ipv6": {
                    "vpc_cidr_block": "2600:1f18:1234:5600::/56",
                    "network_numbers": {"private": {"us-east-1a": 256}},
                }
            },
            r"from 0 to 255 and differ.*256",
            id="a /64 beyond the range",
        ),
    ],
)
def test_a_range_that_cannot_be_is_refused_with_rule_and_value(plan_module, changed, says):
    given = REQUIRED | {"tiers": {"private": {"us-east-1a": "10.20.16.0/20"}}} | changed
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **given)
