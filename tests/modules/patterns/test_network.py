"""patterns/network: the modules of a network, wired so that a tfvars holds numbers and reasons only."""

import json

import pytest
import tftest

MODULE = "patterns/network"
ZONES = ("us-east-1a", "us-east-1b")
KEY = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"
BOUNDARY = "arn:aws:iam::111111111111:policy/boundary"
REQUIRED = {
    "name": "acme",
    "account_id": "111111111111",
    "vpc_cidr_block": "10.20.0.0/16",
    "tiers": {
        "public": {"newbits": 8, "zones": {"us-east-1a": 0, "us-east-1b": 1}},
        "private": {"newbits": 4, "zones": {"us-east-1a": 1, "us-east-1b": 2}},
        "database": {"newbits": 8, "zones": {"us-east-1a": 8, "us-east-1b": 9}},
    },
}
WORKER = {
    "worker": {
        "ingress": {"peers": {"description": "Gossip", "from_port": 7946, "group": "worker"}},
        "egress": {
            "tables": {"description": "Tables", "from_port": 443, "gateway_endpoint": "dynamodb"},
            "events": {"description": "Events", "from_port": 443, "group": "endpoints"},
            "edge": {"description": "Edge", "from_port": 443, "prefix_list_id": "pl-0123456789abcdef0"},
        },
    }
}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **REQUIRED,
        block_public_access_exclusion="allow-egress",
        flow_logs={"traffic_type": "REJECT", "aggregation_seconds": 60},
        gateway_endpoints={"dynamodb": {}},
        interface_endpoint_zones=["us-east-1b"],
        interface_endpoints={"events": {}, "logs": {"private_dns": False}},
        kms_key_arn=KEY,
        log_retention_days=14,
        nat_gateway_zones=["us-east-1a"],
        network_acl_rules={
            "private": {
                "ingress": {"answers": {"number": 410, "ephemeral_ports": True, "cidr_ipv4": "10.0.0.0/8"}},
                "egress": {"mail": {"number": 500, "from_port": 587, "cidr_ipv4": "0.0.0.0/0"}},
            }
        },
        permissions_boundary_arn=BOUNDARY,
        security_groups=WORKER,
        tags={"System": "shop"},
    )


def resources(plan):
    """Every planned resource by its whole address."""
    modules = plan["planned_values"]["root_module"]["child_modules"]
    return {found["address"]: found for module in modules for found in module["resources"]}


def values(plan, address):
    return resources(plan)[address]["values"]


def change(plan, address):
    return next(found["change"] for found in plan["resource_changes"] if found["address"] == address)


@pytest.mark.parametrize(
    ("key", "cidr"),
    [
        pytest.param("public/us-east-1a", "10.20.0.0/24", id="first of the small ones"),
        pytest.param("public/us-east-1b", "10.20.1.0/24", id="second of the small ones"),
        pytest.param("private/us-east-1a", "10.20.16.0/20", id="large one, past the small ones"),
        pytest.param("database/us-east-1b", "10.20.9.0/24", id="small one with a gap before it"),
    ],
)
def test_a_subnet_is_its_number_in_the_vpc_s_range(plain, key, cidr):
    assert values(plain, f'module.subnets.aws_subnet.this["{key}"]')["cidr_block"] == cidr


def test_only_public_route_tables_lead_to_the_internet_unasked(plain):
    routes = [address for address in resources(plain) if ".aws_route." in address]
    assert routes == [f'module.internet_gateway[0].aws_route.default["{zone}"]' for zone in ZONES]


def test_without_a_public_tier_there_is_no_internet_gateway(plan_module):
    private = {"private": REQUIRED["tiers"]["private"]}
    plan = plan_module(MODULE, **(REQUIRED | {"tiers": private}))
    assert not [address for address in resources(plan) if "gateway[0]" in address]


def test_a_nat_gateway_serves_the_private_tier_and_never_the_database(full):
    routes = [
        address for address in resources(full) if address.startswith("module.nat_gateway[0].aws_route.")
    ]
    assert routes == [f'module.nat_gateway[0].aws_route.default["private/{zone}"]' for zone in ZONES]
    assert 'module.nat_gateway[0].aws_nat_gateway.this["us-east-1a"]' in resources(full)


def test_gateway_endpoints_for_s3_and_dynamodb_are_there_because_they_cost_nothing(plain):
    endpoints = [address for address in resources(plain) if "aws_vpc_endpoint" in address]
    assert endpoints == [
        f'module.vpc_endpoints.aws_vpc_endpoint.gateway["{service}"]' for service in ("dynamodb", "s3")
    ]


def test_only_the_gateway_endpoints_that_are_named_exist(full):
    gateways = [address for address in resources(full) if "aws_vpc_endpoint.gateway" in address]
    assert gateways == ['module.vpc_endpoints.aws_vpc_endpoint.gateway["dynamodb"]']


def test_interface_endpoints_stand_in_the_private_zones_that_were_named(full):
    assert full.outputs["interface_endpoint_zones"] == ["us-east-1b"]
    assert (
        values(full, 'module.vpc_endpoints.aws_vpc_endpoint.interface["logs"]')["private_dns_enabled"]
        is False
    )


def test_interface_endpoints_stand_in_every_private_zone_unless_told_otherwise(plan_module):
    plan = plan_module(MODULE, **REQUIRED, interface_endpoints={"events": {}})
    assert plan.outputs["interface_endpoint_zones"] == list(ZONES)


def test_the_vpc_alone_may_call_the_interface_endpoints(full):
    found = values(full, 'module.security_groups.aws_vpc_security_group_ingress_rule.this["endpoints/vpc"]')
    assert (found["cidr_ipv4"], found["from_port"], found["to_port"]) == ("10.20.0.0/16", 443, 443)


def test_without_interface_endpoints_their_group_does_not_exist(plain):
    assert not [address for address in resources(plain) if address.startswith("module.security_groups.")]


@pytest.mark.parametrize(
    ("rule", "side"),
    [
        pytest.param("worker/tables", "prefix_list_id", id="a gateway endpoint is its prefix list"),
        pytest.param(
            "worker/events", "referenced_security_group_id", id="interface endpoints are their group"
        ),
    ],
)
def test_a_rule_names_an_endpoint_by_service_or_group(full, rule, side):
    found = change(full, f'module.security_groups.aws_vpc_security_group_egress_rule.this["{rule}"]')
    assert found["after_unknown"][side] is True
    assert found["after"]["cidr_ipv4"] is None


def test_a_rule_may_still_name_a_prefix_list_by_id(full):
    found = values(full, 'module.security_groups.aws_vpc_security_group_egress_rule.this["worker/edge"]')
    assert found["prefix_list_id"] == "pl-0123456789abcdef0"


def test_rules_of_one_s_own_come_beside_or_in_place_of_a_tier_s(full):
    start = "module.network_acls.aws_network_acl_rule.this"
    assert values(full, f'{start}["private/egress/mail"]')["from_port"] == 587
    assert values(full, f'{start}["private/ingress/answers"]')["cidr_block"] == "10.0.0.0/8"
    assert f'{start}["private/egress/https"]' in resources(full)


def test_flow_logs_are_on_and_kept_for_a_year_unless_told_otherwise(plain):
    assert values(plain, "module.vpc.aws_flow_log.this[0]")["traffic_type"] == "ALL"
    assert values(plain, "module.vpc.aws_cloudwatch_log_group.flow_logs[0]")["retention_in_days"] == 365


def test_what_the_vpc_is_told_reaches_it(full):
    flow_log = values(full, "module.vpc.aws_flow_log.this[0]")
    group = values(full, "module.vpc.aws_cloudwatch_log_group.flow_logs[0]")
    exclusion = values(full, "module.vpc.aws_vpc_block_public_access_exclusion.this[0]")
    assert (flow_log["traffic_type"], flow_log["max_aggregation_interval"]) == ("REJECT", 60)
    assert (group["kms_key_id"], group["retention_in_days"]) == (KEY, 14)
    assert values(full, "module.vpc.aws_iam_role.flow_logs[0]")["permissions_boundary"] == BOUNDARY
    assert exclusion["internet_gateway_exclusion_mode"] == "allow-egress"


def test_the_account_reaches_the_role_and_the_endpoints(full):
    trust = json.loads(values(full, "module.vpc.aws_iam_role.flow_logs[0]")["assume_role_policy"])
    policy = json.loads(values(full, 'module.vpc_endpoints.aws_vpc_endpoint.interface["events"]')["policy"])
    assert trust["Statement"][0]["Condition"]["StringEquals"] == {"aws:SourceAccount": "111111111111"}
    assert policy["Statement"][0]["Condition"]["StringEquals"] == {"aws:PrincipalAccount": "111111111111"}


def test_every_taggable_resource_carries_the_caller_s_tags(full):
    tagged = {
        address: found["values"]["tags"]
        for address, found in resources(full).items()
        if "tags" in found["values"]
    }
    assert {address for address, tags in tagged.items() if (tags or {}).get("System") != "shop"} == set()
    assert len(tagged) > 30


def test_a_zone_less_leaves_everything_of_the_other_zone_as_it_was(plain, plan_module):
    fewer = {
        tier: spec | {"zones": {"us-east-1b": spec["zones"]["us-east-1b"]}}
        for tier, spec in REQUIRED["tiers"].items()
    }
    smaller = resources(plan_module(MODULE, **(REQUIRED | {"tiers": fewer})))
    assert smaller == {
        address: found for address, found in resources(plain).items() if "us-east-1a" not in address
    }


@pytest.mark.parametrize(
    ("output", "keys"),
    [
        pytest.param("vpc_id", True, id="vpc_id"),
        pytest.param(
            "subnet_ids", {tier: dict.fromkeys(ZONES, True) for tier in REQUIRED["tiers"]}, id="subnet_ids"
        ),
        pytest.param(
            "route_table_ids",
            {tier: dict.fromkeys(ZONES, True) for tier in REQUIRED["tiers"]},
            id="route_table_ids",
        ),
        pytest.param("security_group_ids", {"worker": True, "endpoints": True}, id="security_group_ids"),
        pytest.param("network_acl_ids", dict.fromkeys(REQUIRED["tiers"], True), id="network_acl_ids"),
        pytest.param(
            "vpc_endpoint_ids", {"dynamodb": True, "events": True, "logs": True}, id="vpc_endpoint_ids"
        ),
        pytest.param("prefix_list_ids", {"dynamodb": True}, id="prefix_list_ids"),
        pytest.param("nat_public_ips", {"us-east-1a": True}, id="nat_public_ips"),
    ],
)
def test_outputs_are_keyed_as_the_caller_named_things(full, output, keys):
    assert full["output_changes"][output]["after_unknown"] == keys


def test_what_is_known_before_the_apply_is_in_the_outputs(plain):
    known = {
        name: plain.outputs[name]
        for name in ("vpc_cidr_block", "flow_log_group_name", "nat_public_ips", "interface_endpoint_zones")
    }
    assert known == {
        "vpc_cidr_block": "10.20.0.0/16",
        "flow_log_group_name": "/aws/vpc/acme/flow-logs",
        "nat_public_ips": {},
        "interface_endpoint_zones": [],
    }


def tiers(**changed):
    return {"tiers": REQUIRED["tiers"] | changed}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param(
            tiers(dmz={"newbits": 8, "zones": {}}), r'tiers may be .*got \[.*"dmz"', id="unknown tier"
        ),
        pytest.param(
            tiers(public={"newbits": 13, "zones": {}}),
            r'/28 or larger in 10\.20\.0\.0/16.*"public":13',
            id="too small",
        ),
        pytest.param(
            tiers(public={"newbits": 2, "zones": {"us-east-1a": 4}}),
            r'2\^newbits - 1; got .*"us-east-1a":4',
            id="number",
        ),
        pytest.param(
            tiers(private={"newbits": 4, "zones": {"us-east-1a": 0}}),
            r"must not overlap; got .*10\.20\.0\.0/20",
            id="subnets over each other",
        ),
        pytest.param(
            {"interface_endpoint_zones": ["us-east-1c"]},
            r'zones of the private tier \(\["us-east-1a","us-east-1b"\]\); got \["us-east-1c"\]',
            id="endpoint in a zone without a subnet",
        ),
        pytest.param(
            {"tiers": {"public": REQUIRED["tiers"]["public"]}, "interface_endpoints": {"events": {}}},
            r'live in the private tier.*got tiers \["public"\]',
            id="endpoints without a private tier",
        ),
        pytest.param(
            {"nat_gateway_zones": ["us-east-1c"]},
            r'zones of the public tier \(\["us-east-1a","us-east-1b"\]\); got \["us-east-1c"\]',
            id="NAT gateway in a zone without a public subnet",
        ),
        pytest.param(
            {"network_acl_rules": {"dmz": {}}}, r'keyed by tier .*; got \["dmz"\]', id="ACL rules for no tier"
        ),
        pytest.param(
            {"security_groups": {"endpoints": {}}},
            r'belongs to the interface endpoints; got \["endpoints"\]',
            id="group name that is taken",
        ),
        pytest.param(
            {"security_groups": WORKER, "gateway_endpoints": {"s3": {}}},
            r'one of gateway_endpoints \(\["s3"\]\); got \["dynamodb"\]',
            id="rule for an endpoint that does not exist",
        ),
        pytest.param(
            {
                "security_groups": {
                    "worker": {
                        "egress": {
                            "both": {
                                "description": "Both",
                                "from_port": 443,
                                "gateway_endpoint": "s3",
                                "prefix_list_id": "pl-1",
                            }
                        }
                    }
                }
            },
            r'not both; got \["s3 and pl-1"\]',
            id="rule with two prefix lists",
        ),
    ],
)
def test_a_network_that_cannot_be_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | changed))
