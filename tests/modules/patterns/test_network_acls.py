"""patterns/network: the fence around each tier, as wide as those who call out of it and inside the VPC need it."""

import pytest
import tftest

MODULE = "patterns/network"
REQUIRED = {
    "name": "acme",
    "account_id": "111111111111",
    "vpc_cidr_block": "10.20.0.0/16",
    "tiers": {
        "public": {"newbits": 8, "zones": {"us-east-1a": 0}},
        "private": {"newbits": 4, "zones": {"us-east-1a": 1}},
        "database": {"newbits": 8, "zones": {"us-east-1a": 8}},
    },
}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **REQUIRED)


def resources(plan):
    """Every planned resource by its whole address."""
    modules = plan["planned_values"]["root_module"]["child_modules"]
    return {found["address"]: found for module in modules for found in module["resources"]}


def values(plan, address):
    return resources(plan)[address]["values"]


@pytest.mark.parametrize(
    ("tier", "allowed"),
    [
        pytest.param(
            "public",
            {
                "ingress/answers": "0.0.0.0/0",
                "ingress/http": "0.0.0.0/0",
                "ingress/https": "0.0.0.0/0",
                "ingress/vpc": "10.20.0.0/16",
                "egress/answers": "0.0.0.0/0",
                "egress/http": "0.0.0.0/0",
                "egress/https": "0.0.0.0/0",
                "egress/vpc": "10.20.0.0/16",
            },
            id="public: web in and out",
        ),
        pytest.param(
            "private",
            {
                "ingress/answers": "0.0.0.0/0",
                "ingress/vpc": "10.20.0.0/16",
                "egress/https": "0.0.0.0/0",
                "egress/vpc": "10.20.0.0/16",
            },
            id="private: calls out, lets only answers in",
        ),
        pytest.param(
            "database",
            {"ingress/vpc": "10.20.0.0/16", "egress/vpc": "10.20.0.0/16"},
            id="database: the VPC alone",
        ),
    ],
)
def test_each_tier_has_its_own_fence(plain, tier, allowed):
    start = f'module.network_acls.aws_network_acl_rule.this["{tier}/'
    rules = {
        address.removeprefix(start).removesuffix('"]'): found["values"]["cidr_block"]
        for address, found in resources(plain).items()
        if address.startswith(start)
    }
    assert rules == allowed


def fence(plan, tier):
    """What a tier's network ACL allows: ports by rule."""
    start = f'module.network_acls.aws_network_acl_rule.this["{tier}/'
    return {
        address.removeprefix(start).removesuffix('"]'): (
            found["values"]["protocol"],
            found["values"]["from_port"],
            found["values"]["to_port"],
        )
        for address, found in resources(plan).items()
        if address.startswith(start)
    }


def called(public=None, private=None):
    """The tiers, with who calls out of two of them."""
    tiers = REQUIRED["tiers"]
    return {
        "tiers": tiers
        | {
            "public": tiers["public"] | {"callers": public},
            "private": tiers["private"] | {"callers": private},
        }
    }


def test_answers_come_to_every_unprivileged_port_until_it_is_said_who_calls(plan_module, plain):
    ports = ("tcp", 1024, 65535)
    assert (fence(plain, "public")["ingress/answers"], fence(plain, "private")["ingress/answers"]) == (
        ports,
        ports,
    )
    said = plan_module(MODULE, **(REQUIRED | called("services", "services")))
    assert resources(said) == resources(plain)


def test_answers_to_instances_and_containers_leave_remote_desktop_out(plan_module, plain):
    hosts = plan_module(MODULE, **(REQUIRED | called("hosts", "hosts")))
    narrow = {"ingress/answers": ("tcp", 32768, 65535)}
    assert [fence(hosts, tier) for tier in ("public", "private")] == [
        fence(plain, tier) | narrow for tier in ("public", "private")
    ]


def test_a_tier_that_nobody_calls_from_lets_no_answer_in_and_no_request_out(plan_module):
    silent = plan_module(MODULE, **(REQUIRED | called("none", "none")))
    assert set(fence(silent, "public")) == {
        "ingress/vpc",
        "ingress/https",
        "ingress/http",
        "egress/vpc",
        "egress/answers",  # its load balancers answer still
    }
    assert set(fence(silent, "private")) == {"ingress/vpc", "egress/vpc"}


def test_inside_the_vpc_everything_may_be_said_until_ports_are_named(plan_module, plain):
    named = plan_module(MODULE, **REQUIRED, ports_inside=[443, 80])
    for tier in REQUIRED["tiers"]:
        everything, chosen = fence(plain, tier), fence(named, tier)
        assert {everything[f"{way}/vpc"] for way in ("ingress", "egress")} == {("-1", None, None)}
        for way in ("ingress", "egress"):
            inside = {key: found for key, found in chosen.items() if key.startswith(f"{way}/vpc")}
            assert inside == {
                f"{way}/vpc": ("tcp", 1024, 65535),
                f"{way}/vpc-80": ("tcp", 80, 80),
                f"{way}/vpc-443": ("tcp", 443, 443),
            }
    rule = values(named, 'module.network_acls.aws_network_acl_rule.this["database/ingress/vpc-443"]')
    assert (rule["cidr_block"], rule["rule_number"]) == ("10.20.0.0/16", 1443)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param(
            called(public="everybody"),
            r'hosts, none or services.*got \{"public":"everybody"\}',
            id="callers nobody knows",
        ),
        pytest.param(
            {"tiers": REQUIRED["tiers"] | {"database": REQUIRED["tiers"]["database"] | {"callers": "hosts"}}},
            r'none for database.*got \{"database":"hosts"\}',
            id="callers of the database tier",
        ),
        pytest.param(
            called(public="hosts") | {"nat_gateway_zones": ["us-east-1a"]},
            r'callers must be services; got "hosts" with nat_gateway_zones \["us-east-1a"\]',
            id="NAT gateway without all its answers",
        ),
        pytest.param(
            {"ports_inside": [443, 1024]}, r"from 1 to 1023; got \[443,1024\]", id="port that is open anyway"
        ),
        pytest.param(
            {"ports_inside": list(range(1, 18))}, r"20 rules in each direction.*got 17", id="too many ports"
        ),
    ],
)
def test_a_fence_that_loses_answers_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | changed))
