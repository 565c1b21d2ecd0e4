"""security/nacl: what a tier lets in and out, in an order that the caller can read."""

import pytest
import tftest

MODULE = "security/nacl"
REQUIRED = {"name": "acme", "vpc_id": "vpc-0123456789abcdef0"}
SUBNETS = {"us-east-1a": "subnet-0123456789abcdef0", "us-east-1b": "subnet-0123456789abcdef1"}
ANYWHERE = "0.0.0.0/0"
ANSWERS = {"number": 400, "ephemeral_ports": True, "cidr_ipv4": ANYWHERE}
ACLS = {
    "public": {
        "subnet_ids": SUBNETS,
        "ingress": {
            "blocked": {"number": 50, "action": "deny", "protocol": "-1", "cidr_ipv4": "198.51.100.0/24"},
            "https": {"number": 100, "from_port": 443, "cidr_ipv4": ANYWHERE},
            "https-ipv6": {"number": 110, "from_port": 443, "cidr_ipv6": "::/0"},
            "ping": {"number": 200, "protocol": "icmp", "cidr_ipv4": "10.20.0.0/16"},
            "peers": {"number": 210, "from_port": 7000, "to_port": 7009, "cidr_ipv4": "10.20.0.0/16"},
            "replies": ANSWERS,
        },
        "egress": {
            "answers": ANSWERS,
            "mail": {"number": 90, "action": "deny", "from_port": 25, "cidr_ipv6": "::/0"},
            "relay": {
                "number": 300,
                "protocol": "udp",
                "from_port": 50,
                "to_port": 60,
                "cidr_ipv4": "10.20.0.0/16",
            },
        },
    },
    "database": {"subnet_ids": {}},
}


def acl(ingress=None, egress=None):
    return {"private": {"subnet_ids": {}, "ingress": ingress or {}, "egress": egress or {}}}


def rule(**changed):
    return {"number": 100, "protocol": "-1", "cidr_ipv4": "10.20.0.0/16"} | changed


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, **REQUIRED, acls=ACLS, tags={"System": "shop"})


def values(plan, key):
    return plan.resources[f'aws_network_acl_rule.this["{key}"]']["values"]


def test_an_acl_guards_its_subnets_and_has_the_caller_s_tags(plan):
    found = plan.resources['aws_network_acl.this["public"]']["values"]
    assert sorted(found["subnet_ids"]) == sorted(SUBNETS.values())
    assert (found["vpc_id"], found["tags"]) == (REQUIRED["vpc_id"], {"System": "shop", "Name": "acme-public"})


def test_an_acl_without_rules_denies_everything(plan):
    assert not [address for address in plan.resources if '"database/' in address]


@pytest.mark.parametrize(
    ("key", "direction", "action", "number"),
    [
        pytest.param("public/ingress/blocked", False, "deny", 50, id="denied before anything is allowed"),
        pytest.param("public/ingress/https", False, "allow", 100, id="allowed unless it says deny"),
        pytest.param("public/egress/answers", True, "allow", 400, id="outbound"),
        pytest.param("public/egress/mail", True, "deny", 90, id="denied outbound"),
    ],
)
def test_a_rule_has_its_direction_action_and_number(plan, key, direction, action, number):
    found = values(plan, key)
    assert (found["egress"], found["rule_action"], found["rule_number"]) == (direction, action, number)


def test_ephemeral_ports_are_those_of_load_balancers_nat_gateways_and_functions(plan):
    found = values(plan, "public/egress/answers")
    assert (found["protocol"], found["from_port"], found["to_port"]) == ("tcp", 1024, 65535)


@pytest.mark.parametrize(
    ("key", "ports"),
    [
        pytest.param("public/ingress/https", ("tcp", 443, 443), id="one port of tcp"),
        pytest.param("public/egress/relay", ("udp", 50, 60), id="a range of udp"),
        pytest.param("public/ingress/peers", ("tcp", 7000, 7009), id="a range inbound"),
        pytest.param("public/ingress/replies", ("tcp", 1024, 65535), id="answers inbound"),
        pytest.param("public/ingress/blocked", ("-1", None, None), id="every protocol"),
        pytest.param("public/ingress/ping", ("icmp", None, None), id="icmp"),
    ],
)
def test_a_rule_covers_the_protocol_and_ports_it_names(plan, key, ports):
    found = values(plan, key)
    assert (found["protocol"], found["from_port"], found["to_port"]) == ports


def test_answers_may_be_let_in_to_the_ports_of_instances_alone(plan_module):
    answers = rule(protocol="tcp", from_port=32768, to_port=61000)
    narrow = acl(
        {"https": rule(protocol="tcp", from_port=443), "replies": answers | {"number": 200}},
        {"answers": answers},
    )
    found = values(plan_module(MODULE, **REQUIRED, acls=narrow), "private/egress/answers")
    assert (found["from_port"], found["to_port"]) == (32768, 61000)


def test_icmp_covers_every_type_and_code(plan):
    found = values(plan, "public/ingress/ping")
    assert (int(found["icmp_type"]), int(found["icmp_code"])) == (-1, -1)


def test_ipv4_and_ipv6_are_rules_of_their_own(plan):
    assert values(plan, "public/ingress/https")["cidr_block"] == ANYWHERE
    assert values(plan, "public/ingress/https-ipv6")["ipv6_cidr_block"] == "::/0"
    assert values(plan, "public/egress/mail")["ipv6_cidr_block"] == "::/0"


def test_a_rule_less_leaves_the_others_as_they_were(plan, plan_module):
    public = ACLS["public"] | {
        "ingress": {key: found for key, found in ACLS["public"]["ingress"].items() if key != "blocked"}
    }
    smaller = plan_module(MODULE, **REQUIRED, acls={"public": public}, tags={"System": "shop"})
    assert {address: found["values"] for address, found in smaller.resources.items()} == {
        address: found["values"]
        for address, found in plan.resources.items()
        if "blocked" not in address and "database" not in address
    }


@pytest.mark.parametrize("output", ["network_acl_ids", "network_acl_arns"])
def test_outputs_are_keyed_as_the_acls(plan, output):
    assert plan["output_changes"][output]["after_unknown"] == {"public": True, "database": True}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param(
            acl({"a": rule(cidr_ipv4=None)}), r"exactly one of cidr_ipv4.*\{\"a\":\[\]\}", id="no CIDR"
        ),
        pytest.param(acl({"a": rule(cidr_ipv6="::/0")}), r"exactly one of cidr_ipv4.*::/0", id="two CIDRs"),
        pytest.param(
            acl({"a": rule(cidr_ipv4="10.20.0.9/16")}), r"network address.*10\.20\.0\.9/16", id="host bits"
        ),
        pytest.param(
            acl({"a": rule(cidr_ipv4=None, cidr_ipv6="x")}), r'network address.*\["x"\]', id="not a CIDR"
        ),
        pytest.param(acl({"a": rule(action="drop")}), r'allow or deny; got \["drop"\]', id="action"),
        pytest.param(acl({"a": rule(protocol="gre")}), r'protocol must be.*got \["gre"\]', id="protocol"),
        pytest.param(
            acl({"a": rule(protocol="tcp")}), r"ephemeral_ports or from_port.*\"from\":null", id="no port"
        ),
        pytest.param(
            acl({"a": rule(from_port=5)}), r"ephemeral_ports or from_port.*\"from\":5", id="ports for all"
        ),
        pytest.param(
            acl({"a": rule(protocol="udp", from_port=9, to_port=5)}),
            r"from_port.*\"to\":5",
            id="range backwards",
        ),
        pytest.param(
            acl({"a": rule(protocol="udp", from_port=9, ephemeral_ports=True)}),
            r"either ephemeral_ports or from_port.*\"ephemeral\":true",
            id="ports named twice",
        ),
        pytest.param(
            acl({"a": rule(number=32767)}), r"from 1 to 32766; got \[32767\]", id="AWS's own number"
        ),
        pytest.param(
            acl({"a": rule(), "b": rule()}), r'different numbers.*"ingress":\[100,100\]', id="same number"
        ),
        pytest.param(
            acl({f"r{number}": rule(number=number) for number in range(1, 42)}),
            r'at most 40 rules.*"ingress":41',
            id="more than AWS ever allows",
        ),
        pytest.param(
            acl({"https": rule(protocol="tcp", from_port=443)}),
            r'must allow ephemeral_ports in the other.*"ingress":\["https"\]',
            id="requests without answers",
        ),
        pytest.param(
            acl({}, {"https": rule(protocol="tcp", from_port=443)}),
            r'must allow ephemeral_ports in the other.*"egress":\["https"\]',
            id="calls without answers",
        ),
        pytest.param(
            acl(
                {"https": rule(protocol="tcp", from_port=443)},
                {"answers": rule(protocol="tcp", from_port=32769, to_port=61000)},
            ),
            r"or at least 32768 to 61000.*\"egress\":\[\"answers\"\]",
            id="answers to some callers",
        ),
        pytest.param(
            acl(
                {"https": rule(protocol="tcp", from_port=443)},
                {"answers": rule(protocol="tcp", from_port=32768, to_port=60999)},
            ),
            r"or at least 32768 to 61000.*\"egress\":\[\"answers\"\]",
            id="answers to fewer ports",
        ),
        pytest.param(
            acl(
                {"ssh": rule(protocol="tcp", from_port=20, to_port=25, cidr_ipv4=ANYWHERE)},
                {"answers": ANSWERS},
            ),
            r"SSH \(22\).*0\.0\.0\.0/0 tcp",
            id="SSH from anywhere",
        ),
        pytest.param(
            acl(
                {"rdp": rule(protocol="tcp", from_port=3389, cidr_ipv4=None, cidr_ipv6="::/0")},
                {"answers": ANSWERS},
            ),
            r"remote desktop \(3389\).*::/0 tcp",
            id="remote desktop from anywhere",
        ),
        pytest.param(
            acl({"all": rule(cidr_ipv4=ANYWHERE)}),
            r"SSH \(22\).*0\.0\.0\.0/0 -1",
            id="everything from anywhere",
        ),
    ],
)
def test_a_rule_that_cannot_work_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **REQUIRED, acls=changed)


def test_a_name_too_long_for_a_tag_is_refused_with_rule_and_value(plan_module):
    with pytest.raises(tftest.TerraformTestError, match=r"128 characters.*got 129"):
        plan_module(MODULE, name="n" * 129, vpc_id=REQUIRED["vpc_id"], acls={})
