"""Who reaches whom: a small network in which every rule that decides is opened or closed once."""

from dataclasses import replace
from ipaddress import IPv4Network

import pytest

from scripts.reachability import (
    INTERNET,
    AclRule,
    GroupRule,
    Member,
    Network,
    Ports,
    Subnet,
    reachable,
    table,
)
from scripts.reachability.model import Acl, Group
from scripts.reachability.reading import read_network
from scripts.reachability.state import NotModelled, Resource

VPC = IPv4Network("10.40.0.0/16")
WORLD = IPv4Network("0.0.0.0/0")


def web(port, cidr=None, group=""):
    return GroupRule("tcp", port, port, IPv4Network(cidr) if cidr else None, group)


PRIVATE_ACL = Acl(
    ingress=(
        AclRule(100, True, "-1", VPC),
        AclRule(350, False, "tcp", WORLD, 8080, 8080),
        AclRule(400, True, "tcp", WORLD, 1024),
    ),
    egress=(AclRule(100, True, "-1", VPC), AclRule(200, True, "tcp", WORLD, 443, 443)),
)
NETWORK = Network(
    cidr=VPC,
    subnets={
        "public": Subnet("public", IPv4Network("10.40.0.0/24"), way_out="internet"),
        "private": Subnet("private", IPv4Network("10.40.16.0/20"), PRIVATE_ACL, "nat"),
        "lonely": Subnet("lonely", IPv4Network("10.40.32.0/20")),
    },
    groups={
        "sg-lb": Group("lb", (web(80, "0.0.0.0/0"), web(443, "0.0.0.0/0")), (web(8080, group="sg-app"),)),
        "sg-app": Group(
            "app", (web(8080, group="sg-lb"),), (web(443, "0.0.0.0/0"), web(5432, group="sg-db"))
        ),
        "sg-db": Group("db", (web(5432, group="sg-app"),)),
    },
    members={
        "balancer": Member("balancer", frozenset({"sg-lb"}), frozenset({"public"}), public_address=True),
        "app": Member("app", frozenset({"sg-app"}), frozenset({"private"})),
        "database": Member("database", frozenset({"sg-db"}), frozenset({"lonely"})),
    },
)
CHAIN = {
    (INTERNET, "balancer"): "80, 443",
    ("balancer", "app"): "8080",
    ("app", "balancer"): "443",
    ("app", "database"): "5432",
    ("app", INTERNET): "443",
}


def with_group(key, **changes):
    return replace(NETWORK, groups={**NETWORK.groups, key: replace(NETWORK.groups[key], **changes)})


def with_member(key, **changes):
    return replace(NETWORK, members={**NETWORK.members, key: replace(NETWORK.members[key], **changes)})


def with_subnet(key, **changes):
    return replace(NETWORK, subnets={**NETWORK.subnets, key: replace(NETWORK.subnets[key], **changes)})


def test_the_chain_is_all_there_is():
    assert table(NETWORK) == CHAIN


def test_no_rule_is_about_udp():
    assert table(NETWORK, "udp") == {}


@pytest.mark.parametrize(
    ("opened", "new"),
    [
        pytest.param(
            with_group("sg-lb", ingress=(*NETWORK.groups["sg-lb"].ingress, web(22, "203.0.113.7/32"))),
            {(INTERNET, "balancer"): "22, 80, 443"},
            id="a port of the balancer, for a single address of the internet",
        ),
        pytest.param(
            with_group("sg-db", ingress=(web(5432, "10.40.0.0/24"), web(5432, group="sg-app"))),
            {},
            id="the database for public subnets, as long as nobody there may call it",
        ),
        pytest.param(
            replace(
                with_group("sg-db", ingress=(web(5432, "10.40.0.0/16"),)),
                groups={
                    **NETWORK.groups,
                    "sg-db": Group("db", (web(5432, "10.40.0.0/16"),)),
                    "sg-lb": replace(NETWORK.groups["sg-lb"], egress=(GroupRule("-1", cidr=WORLD),)),
                },
            ),
            {
                ("balancer", "database"): "5432",
                ("balancer", INTERNET): "0-65535",
                ("balancer", "balancer"): "80, 443",
            },
            id="the database for the VPC, and a balancer that may call anybody",
        ),
        pytest.param(
            with_member("app", groups=frozenset({"sg-app", "sg-lb"})),
            {("app", "app"): "443, 8080"},
            id="a second group for the app: it is a balancer to its like",
        ),
    ],
)
def test_an_opened_rule_is_seen(opened, new):
    found = table(opened)
    assert {pair: ports for pair, ports in found.items() if CHAIN.get(pair) != ports} == new


@pytest.mark.parametrize(
    ("closed", "pair"),
    [
        pytest.param(with_member("balancer", public_address=False), (INTERNET, "balancer"), id="no address"),
        pytest.param(with_subnet("public", way_out=""), (INTERNET, "balancer"), id="no route"),
        pytest.param(with_subnet("private", way_out=""), ("app", INTERNET), id="no NAT gateway"),
        pytest.param(with_group("sg-app", egress=()), ("app", "database"), id="no rule out"),
        pytest.param(with_group("sg-db", ingress=()), ("app", "database"), id="no rule in"),
        pytest.param(with_subnet("lonely", acl=Acl()), ("app", "database"), id="an ACL without a rule"),
        pytest.param(
            with_subnet("lonely", acl=Acl(ingress=(AclRule(1, True, "-1", WORLD),))),
            ("app", "database"),
            id="an ACL that lets requests in and no answer out",
        ),
        pytest.param(
            with_subnet("private", acl=replace(PRIVATE_ACL, ingress=PRIVATE_ACL.ingress[:2])),
            ("app", INTERNET),
            id="an ACL that lets no answer back in",
        ),
    ],
)
def test_a_missing_piece_breaks_the_connection(closed, pair):
    assert pair in table(NETWORK)
    assert pair not in table(closed)


def test_an_acl_keeps_the_internet_out_even_where_everything_else_is_open():
    """Rule 350 of the private ACL comes before the one for answers, which would let 8080 in."""
    opened = replace(
        NETWORK,
        subnets={**NETWORK.subnets, "private": replace(NETWORK.subnets["private"], way_out="internet")},
        members={**NETWORK.members, "app": replace(NETWORK.members["app"], public_address=True)},
        groups={**NETWORK.groups, "sg-app": Group("app", (GroupRule("-1", cidr=WORLD),))},
    )
    egress = (*PRIVATE_ACL.egress, AclRule(300, True, "tcp", WORLD, 1024))
    opened = replace(
        opened,
        subnets={
            **opened.subnets,
            "private": replace(opened.subnets["private"], acl=replace(PRIVATE_ACL, egress=egress)),
        },
    )
    assert str(reachable(opened, INTERNET, "app")) == "1024-8079, 8081-65535"


def test_the_first_rule_that_fits_decides():
    shut = Acl(
        (AclRule(50, False, "tcp", VPC, 5432, 5432), AclRule(100, True, "-1", WORLD)), PRIVATE_ACL.egress
    )
    assert ("app", "database") not in table(with_subnet("lonely", acl=shut))


def test_ports_that_touch_are_one_range():
    assert str(Ports.of([(80, 80), (443, 443), (81, 90)])) == "80-90, 443"


STATE = [
    Resource("aws_vpc", "network", {"cidr_block": "10.40.0.0/16"}),
    Resource("aws_subnet", "network", {"id": "s1", "cidr_block": "10.40.0.0/24"}),
    Resource("aws_route_table_association", "network", {"subnet_id": "s1", "route_table_id": "r1"}),
    Resource(
        "aws_route",
        "network",
        {"route_table_id": "r1", "destination_cidr_block": "0.0.0.0/0", "gateway_id": "igw"},
    ),
    Resource("aws_network_acl", "network", {"id": "a1", "subnet_ids": ["s1"]}),
    Resource(
        "aws_network_acl_rule",
        "network",
        {
            "network_acl_id": "a1",
            "rule_number": 100,
            "egress": False,
            "rule_action": "allow",
            "protocol": "6",
            "from_port": 80,
            "to_port": 80,
            "cidr_block": "0.0.0.0/0",
        },
    ),
    Resource("aws_security_group", "groups", {"id": "g1", "name": "lb"}),
    Resource(
        "aws_vpc_security_group_ingress_rule",
        "groups",
        {
            "security_group_id": "g1",
            "ip_protocol": "tcp",
            "from_port": 80,
            "to_port": 80,
            "cidr_ipv4": "0.0.0.0/0",
        },
    ),
]
BALANCER = Resource("aws_lb", "balancer", {"security_groups": ["g1"], "subnets": ["s1"], "internal": False})


def test_a_state_is_read_by_its_ids():
    network = read_network([*STATE, BALANCER])
    assert network.members["balancer"] == Member("balancer", frozenset({"g1"}), frozenset({"s1"}), True)
    assert network.subnets["s1"].way_out == "internet"
    assert network.subnets["s1"].acl.ingress == (AclRule(100, True, "tcp", WORLD, 80, 80),)
    assert network.groups["g1"].ingress == (GroupRule("tcp", 80, 80, WORLD),)


CLUSTER = [
    Resource("aws_db_subnet_group", "cluster", {"name": "data", "subnet_ids": ["s1"]}),
    Resource(
        "aws_rds_cluster",
        "cluster",
        {"id": "c1", "db_subnet_group_name": "data", "vpc_security_group_ids": ["g1"]},
    ),
    Resource("aws_rds_cluster_instance", "cluster/writer", {"cluster_identifier": "c1"}),
]
PRIMARY = {"identifier": "primary", "db_subnet_group_name": "data", "vpc_security_group_ids": ["g1"]}
MACHINES = [
    Resource("aws_launch_template", "machines", {"id": "t1", "vpc_security_group_ids": ["g1"]}),
    Resource(
        "aws_autoscaling_group",
        "machines",
        {
            "name": "machines",
            "vpc_zone_identifier": ["s1"],
            "mixed_instances_policy": [
                {"launch_template": [{"launch_template_specification": [{"launch_template_id": "t1"}]}]}
            ],
        },
    ),
]


@pytest.mark.parametrize(
    ("resources", "name", "public"),
    [
        pytest.param([*STATE, *CLUSTER], "cluster", False, id="a cluster"),
        pytest.param(
            [
                *STATE,
                *CLUSTER,
                Resource(
                    "aws_rds_cluster_instance",
                    "cluster/reader",
                    {"cluster_identifier": "c1", "publicly_accessible": True},
                ),
            ],
            "cluster",
            True,
            id="a cluster with one instance that the world can call",
        ),
        pytest.param(
            [
                *STATE,
                CLUSTER[0],
                Resource(
                    "aws_db_instance",
                    "replica",
                    {"replicate_source_db": "primary", "vpc_security_group_ids": ["g1"]},
                ),
                Resource("aws_db_instance", "primary", PRIMARY),
            ],
            "replica",
            False,
            id="a replica, which stands where its primary does",
        ),
        pytest.param([*STATE, *MACHINES], "machines", False, id="machines"),
        pytest.param(
            [
                *(found for found in STATE if found.type != "aws_subnet"),
                Resource(
                    "aws_subnet",
                    "network",
                    {"id": "s1", "cidr_block": "10.40.0.0/24", "map_public_ip_on_launch": True},
                ),
                *MACHINES,
            ],
            "machines",
            True,
            id="machines whose subnet gives out public addresses",
        ),
    ],
)
def test_what_stands_behind_another_resource_is_found(resources, name, public):
    found = read_network(resources).members[name]
    assert found == Member(name, frozenset({"g1"}), frozenset({"s1"}), public)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        pytest.param(
            Resource("aws_efs_mount_target", "files", {"subnet_id": "s1", "security_groups": ["g1"]}),
            "files has a aws_efs_mount_target in the VPC",
            id="a type that the table has no row for",
        ),
        pytest.param(BALANCER, "two things in the VPC are called balancer", id="a second of the same name"),
        pytest.param(
            Resource("aws_lb", "other", {"security_groups": ["g1"], "subnets": ["s9"], "internal": True}),
            "other stands in unknown subnets",
            id="a subnet that was not read",
        ),
        pytest.param(
            Resource("aws_lb", "other", {"security_groups": [], "subnets": ["s1"], "internal": True}),
            "other has unknown security groups",
            id="no group: the VPC's default one",
        ),
        pytest.param(
            Resource(
                "aws_subnet",
                "n",
                {"id": "s2", "cidr_block": "10.40.9.0/24", "ipv6_cidr_block": "2001:db8::/64"},
            ),
            "IPv6",
            id="a second kind of address",
        ),
    ],
)
def test_what_the_model_does_not_know_is_not_called_unreachable(more, message):
    with pytest.raises(NotModelled, match=message):
        read_network([*STATE, BALANCER, more])
