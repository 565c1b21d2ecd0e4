"""Who reaches whom in storefront and pyshop: computed from the rules, routes and addresses that their units come to.

Each system is applied in memory (tests/live/in_memory.py), so references are Terraform's own.
"""

import os
from dataclasses import replace
from ipaddress import IPv4Network

import pytest

from scripts import toolchain
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY
from scripts.reachability import INTERNET, AclRule, GroupRule, table
from scripts.reachability.reading import read_network
from tests.live.in_memory import InMemory, network_units

pytestmark = pytest.mark.slow

TREE = read_tree(REPOSITORY)
WORLD = IPv4Network("0.0.0.0/0")
SERVICES = ("services-cart", "services-checkout", "services-product")


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    """The network of a system, applied once."""
    kept = {}

    def network(environment, system):
        if (environment, system) not in kept:
            folder = tmp_path_factory.mktemp(f"{environment}-{system}")
            memory = InMemory(REPOSITORY, folder, toolchain.terraform(), toolchain.environment(os.environ))
            kept[environment, system] = read_network(memory.apply(network_units(TREE, environment, system)))
        return kept[environment, system]

    return network


@pytest.fixture(scope="module", params=["dev", "prod"])
def storefront(request, networks):
    return networks(request.param, "storefront")


def from_the_internet(network):
    return {target: ports for (source, target), ports in table(network).items() if source == INTERNET}


def clients_of(network, target):
    return {source: ports for (source, found), ports in table(network).items() if found == target}


def in_private_subnets(network):
    """Members that stand in a subnet without an internet gateway."""
    return [
        member
        for member in network.members.values()
        if any(network.subnets[key].way_out != "internet" for key in member.subnets)
    ]


def test_of_the_storefront_the_internet_reaches_the_load_balancer_alone(storefront):
    assert from_the_internet(storefront) == {"load-balancer": "80, 443"}


def test_only_the_proxy_reaches_the_database_and_only_services_the_proxy(storefront):
    assert clients_of(storefront, "database") == {"proxy": "5432"}
    assert clients_of(storefront, "proxy") == dict.fromkeys(SERVICES, "5432")


def test_services_are_called_by_the_load_balancer_and_by_each_other(storefront):
    for service in SERVICES:
        assert clients_of(storefront, service) == dict.fromkeys(("load-balancer", *SERVICES), "8080")


def test_services_call_out_by_https_and_nobody_else_does(storefront):
    assert clients_of(storefront, INTERNET) == dict.fromkeys(SERVICES, "443")


@pytest.mark.parametrize(
    ("environment", "system"),
    [
        pytest.param("prod", "storefront", id="storefront"),
        pytest.param("prod", "pyshop", id="pyshop"),
    ],
)
def test_nothing_in_a_private_subnet_has_a_public_address(networks, environment, system):
    private = in_private_subnets(networks(environment, system))
    assert private != []
    assert [member.name for member in private if member.public_address] == []


def test_of_pyshop_the_internet_reaches_the_load_balancer_and_only_the_service_the_database(networks):
    network = networks("prod", "pyshop")
    assert from_the_internet(network) == {"load-balancer": "80, 443"}
    assert clients_of(network, "database") == {"service": "5432"}
    assert clients_of(network, "service") == {"load-balancer": "8000"}


def opened(network, group_name, rule):
    """The network with one more inbound rule."""
    (key,) = [key for key, group in network.groups.items() if group.name.endswith(group_name)]
    group = network.groups[key]
    return replace(network, groups={**network.groups, key: replace(group, ingress=(*group.ingress, rule))})


@pytest.mark.parametrize(
    ("group", "rule", "seen"),
    [
        pytest.param(
            "load-balancer",
            GroupRule("tcp", 8443, 8443, IPv4Network("203.0.113.7/32")),
            {(INTERNET, "load-balancer"): "80, 443, 8443"},
            id="another port of the load balancer, for one address",
        ),
        pytest.param(
            "load-balancer",
            GroupRule("tcp", 22, 22, IPv4Network("203.0.113.7/32")),
            {},
            id="ssh, which the ACL of the public subnets stops",
        ),
        pytest.param(
            "services",
            GroupRule("tcp", 443, 443, WORLD),
            {(source, target): "443, 8080" for source in SERVICES for target in SERVICES},
            id="https to the services: no way from outside, but services may now",
        ),
        pytest.param(
            "database",
            GroupRule("tcp", 443, 5432, WORLD),
            {(service, "database"): "443" for service in SERVICES},
            id="a range to the database for the world",
        ),
    ],
)
def test_an_opened_rule_shows_in_the_table(networks, group, rule, seen):
    network = networks("prod", "storefront")
    before, after = table(network), table(opened(network, f"storefront-{group}", rule))
    assert {pair: ports for pair, ports in after.items() if before.get(pair) != ports} == seen


def test_the_acl_keeps_the_internet_from_services_even_with_an_address_and_an_open_group(networks):
    """Somebody gives tasks public addresses and subnets an internet gateway: 8080 and 5432 stay shut, by the ACL."""
    network = networks("prod", "storefront")
    for name in ("services", "database"):
        network = opened(network, f"storefront-{name}", GroupRule("-1", cidr=WORLD))
    subnets = {
        key: replace(
            subnet,
            way_out="internet",
            acl=replace(subnet.acl, egress=(*subnet.acl.egress, AclRule(900, True, "-1", WORLD))),
        )
        for key, subnet in network.subnets.items()
    }
    members = {name: replace(member, public_address=True) for name, member in network.members.items()}
    network = replace(network, subnets=subnets, members=members)
    reached = from_the_internet(network)
    assert reached["services-cart"] == reached["database"] == "1024-5431, 5433-8079, 8081-65535"
