"""security/security-group: nothing is open until a rule with an address of its own says so, and why."""

import pytest
import tftest

MODULE = "security/security-group"
REQUIRED = {"name": "acme", "vpc_id": "vpc-0123456789abcdef0"}
CHAIN = {
    "load-balancer": {
        "ingress": {
            "https": {
                "description": "Customers",
                "from_port": 443,
                "cidr_ipv4": "0.0.0.0/0",
                "open_to_world": True,
            },
            "https-ipv6": {
                "description": "Customers",
                "from_port": 443,
                "cidr_ipv6": "::/0",
                "open_to_world": True,
            },
        },
        "egress": {"service": {"description": "Requests", "from_port": 8000, "group": "service"}},
    },
    "service": {
        "ingress": {
            "load-balancer": {"description": "Requests", "from_port": 8000, "group": "load-balancer"},
            "peers": {"description": "Gossip", "from_port": 7946, "group": "service", "protocol": "udp"},
            "lists": {
                "description": "L",
                "from_port": 1,
                "to_port": 9,
                "prefix_list_id": "pl-0123456789abcdef1",
            },
            "others": {"description": "Others", "from_port": 80, "security_group_id": "sg-0123456789abcdef1"},
            "health": {
                "description": "Ping",
                "from_port": -1,
                "protocol": "icmp",
                "cidr_ipv4": "10.20.0.0/16",
            },
        },
        "egress": {
            "tables": {"description": "Tables", "from_port": 443, "prefix_list_id": "pl-0123456789abcdef0"},
            "cache": {
                "description": "Cache",
                "from_port": 6379,
                "to_port": 6380,
                "security_group_id": "sg-0123456789abcdef0",
            },
            "vpc": {"description": "Anything inside", "protocol": "-1", "cidr_ipv4": "10.20.0.0/16"},
            "world": {"description": "W", "from_port": 443, "cidr_ipv4": "0.0.0.0/0", "open_to_world": True},
            "vpc-ipv6": {"description": "And by IPv6", "protocol": "-1", "cidr_ipv6": "2001:db8::/56"},
        },
    },
    "quiet": {},
}


def rule(**changed):
    return {"description": "Customers", "from_port": 443, "cidr_ipv4": "10.20.0.0/16"} | changed


def group(**changed):
    return {"api": {"ingress": {"in": rule(**changed)}}}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, **REQUIRED, groups=CHAIN, tags={"System": "shop"})


def values(plan, address):
    return plan.resources[address]["values"]


def ingress(plan, key):
    return values(plan, f'aws_vpc_security_group_ingress_rule.this["{key}"]')


def egress(plan, key):
    return values(plan, f'aws_vpc_security_group_egress_rule.this["{key}"]')


@pytest.mark.parametrize("key", CHAIN)
def test_a_group_is_named_after_its_key_and_starts_with_no_rule_of_its_own(plan, key):
    found = values(plan, f'aws_security_group.this["{key}"]')
    assert (found["name"], found["vpc_id"]) == (f"acme-{key}", REQUIRED["vpc_id"])
    assert found["tags"] == {"System": "shop", "Name": f"acme-{key}"}
    assert not found.get("ingress") and not found.get("egress")


def test_a_group_s_description_never_changes_because_aws_would_replace_the_group(plan):
    assert values(plan, 'aws_security_group.this["service"]')["description"] == "acme-service"


def test_a_group_without_rules_lets_nothing_in_or_out(plan):
    assert not [address for address in plan.resources if "quiet/" in address]


@pytest.mark.parametrize(
    ("key", "cidrs"),
    [
        pytest.param("load-balancer/https", ("0.0.0.0/0", None), id="the internet, because the rule says so"),
        pytest.param("load-balancer/https-ipv6", (None, "::/0"), id="the IPv6 internet likewise"),
        pytest.param("service/health", ("10.20.0.0/16", None), id="the VPC"),
    ],
)
def test_a_rule_opens_to_the_cidr_it_names(plan, key, cidrs):
    assert (ingress(plan, key)["cidr_ipv4"], ingress(plan, key)["cidr_ipv6"]) == cidrs


def test_a_rule_covers_one_port_unless_it_names_a_range(plan):
    assert (
        egress(plan, "load-balancer/service")["from_port"],
        egress(plan, "load-balancer/service")["to_port"],
    ) == (
        8000,
        8000,
    )
    assert (egress(plan, "service/cache")["from_port"], egress(plan, "service/cache")["to_port"]) == (
        6379,
        6380,
    )


def test_protocols_are_tcp_unless_named_and_all_takes_no_ports(plan):
    assert ingress(plan, "service/load-balancer")["ip_protocol"] == "tcp"
    assert ingress(plan, "service/peers")["ip_protocol"] == "udp"
    everything = egress(plan, "service/vpc")
    assert (everything["ip_protocol"], everything["from_port"], everything["to_port"]) == ("-1", None, None)


def test_prefix_lists_and_groups_of_other_units_are_named_by_id(plan):
    assert egress(plan, "service/tables")["prefix_list_id"] == "pl-0123456789abcdef0"
    assert egress(plan, "service/cache")["referenced_security_group_id"] == "sg-0123456789abcdef0"
    assert egress(plan, "service/vpc-ipv6")["cidr_ipv6"] == "2001:db8::/56"
    assert egress(plan, "service/world")["cidr_ipv4"] == "0.0.0.0/0"
    lists = ingress(plan, "service/lists")
    assert (lists["prefix_list_id"], lists["from_port"], lists["to_port"]) == ("pl-0123456789abcdef1", 1, 9)
    assert ingress(plan, "service/others")["referenced_security_group_id"] == "sg-0123456789abcdef1"


@pytest.mark.parametrize("key", ["service/load-balancer", "service/peers"])
def test_groups_of_the_same_call_are_named_by_key(plan, key):
    found = plan.resource_changes[f'aws_vpc_security_group_ingress_rule.this["{key}"]']["change"]
    assert found["after_unknown"]["referenced_security_group_id"] is True
    assert (found["after"]["cidr_ipv4"], found["after"]["prefix_list_id"]) == (None, None)


def test_a_rule_says_why_and_carries_the_caller_s_tags(plan):
    found = ingress(plan, "service/peers")
    assert (found["description"], found["tags"]) == ("Gossip", {"System": "shop", "Name": "service/peers"})
    assert egress(plan, "service/tables")["tags"] == {"System": "shop", "Name": "service/tables"}


def test_a_rule_or_group_less_leaves_the_others_as_they_were(plan, plan_module):
    fewer = {key: spec for key, spec in CHAIN.items() if key == "load-balancer"} | {"service": {}}
    smaller = plan_module(MODULE, **REQUIRED, groups=fewer, tags={"System": "shop"})
    assert {address: found["values"] for address, found in smaller.resources.items()} == {
        address: found["values"]
        for address, found in plan.resources.items()
        if '"service/' not in address and "quiet" not in address
    }


@pytest.mark.parametrize("output", ["security_group_ids", "security_group_arns"])
def test_outputs_are_keyed_as_the_groups(plan, output):
    assert plan["output_changes"][output]["after_unknown"] == dict.fromkeys(CHAIN, True)


def test_an_account_with_a_larger_quota_may_have_more_rules(plan_module):
    many = {f"net-{number}": rule(cidr_ipv4=f"10.{number}.0.0/16") for number in range(61)}
    plan = plan_module(MODULE, **REQUIRED, groups={"api": {"ingress": many}}, rules_per_group=61)
    assert len([address for address in plan.resources if "ingress_rule" in address]) == 61


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"groups": {"Api": {}}}, r"lower-case words.*Api", id="key in capitals"),
        pytest.param(
            {"groups": {"api": {"egress": {"a b": rule()}}}}, r"lower-case words.*a b", id="key with a space"
        ),
        pytest.param(
            {"groups": group(cidr_ipv4=None)}, r'exactly one of.*got \{"api/in":0\}', id="no other side"
        ),
        pytest.param(
            {"groups": group(group="api")}, r'exactly one of.*got \{"api/in":2\}', id="two other sides"
        ),
        pytest.param(
            {"groups": group(cidr_ipv4=None, group="web")},
            r'key of groups \(\["api"\]\); got \["web"\]',
            id="group that does not exist",
        ),
        pytest.param(
            {"groups": group(cidr_ipv4="0.0.0.0/0")},
            r'open_to_world = true.*got \["api/in 0\.0\.0\.0/0"\]',
            id="open without saying so",
        ),
        pytest.param(
            {"groups": group(cidr_ipv4="128.0.0.0/1")},
            r'open_to_world = true.*"api/in 128\.0\.0\.0/1"',
            id="half",
        ),
        pytest.param(
            {"groups": group(cidr_ipv4=None, cidr_ipv6="::/0")},
            r'open_to_world = true.*"api/in ::/0"',
            id="IPv6",
        ),
        pytest.param(
            {"groups": {"api": {"egress": {"out": rule(cidr_ipv4="0.0.0.0/0")}}}},
            r'open_to_world = true.*"api/out 0\.0\.0\.0/0"',
            id="outbound too",
        ),
        pytest.param(
            {"groups": group(cidr_ipv4="10.20.0.5/16")},
            r"network address.*10\.20\.0\.5/16",
            id="host bits set",
        ),
        pytest.param(
            {"groups": group(cidr_ipv4=None, cidr_ipv6="x")}, r'network address.*\["x"\]', id="no CIDR"
        ),
        pytest.param(
            {"groups": group(protocol="sctp")}, r'protocol must be tcp.*got \["sctp"\]', id="protocol"
        ),
        pytest.param({"groups": group(from_port=None)}, r'needs ports.*"from":null', id="tcp without a port"),
        pytest.param(
            {"groups": group(protocol="-1")}, r'needs ports.*"from":443', id="all protocols with a port"
        ),
        pytest.param(
            {"groups": group(from_port=70000)}, r'needs ports.*"from":70000', id="port beyond the last"
        ),
        pytest.param(
            {"groups": group(to_port=80)}, r'needs ports.*"to":80', id="range that ends before it starts"
        ),
        pytest.param(
            {"groups": group(description="")}, r'1 to 255 letters.*got \[""\]', id="no reason given"
        ),
        pytest.param(
            {"groups": group(description="why?")}, r'1 to 255 letters.*got \["why\?"\]', id="character"
        ),
        pytest.param(
            {"groups": group(), "rules_per_group": 1001},
            r"from 1 to 1000; got 1001",
            id="quota that AWS never gives",
        ),
        pytest.param(
            {
                "groups": {"api": {"ingress": {"a": rule(), "b": rule(cidr_ipv4="10.21.0.0/16")}}},
                "rules_per_group": 1,
            },
            r"1 rules in each direction.*\"ingress\":2",
            id="more rules than the quota",
        ),
        pytest.param({"name": "n" * 255}, r"at most 255 characters.*:259\}", id="name too long"),
        pytest.param(
            {"name": "sg-acme"}, r'must not start with sg-.*got "sg-acme"', id="name that looks like an id"
        ),
    ],
)
def test_a_rule_that_is_open_or_impossible_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | {"groups": group()} | changed))
