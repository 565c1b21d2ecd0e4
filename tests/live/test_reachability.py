"""Who reaches whom in each system: computed from the rules, routes and addresses that their units come to.

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
BOOKS = ("services-catalog", "services-orders", "services-reviews", "services-users")
BOOKS_IN_SQL = ("services-catalog", "services-orders", "services-users")
SHOP_CODE = {"dev": (), "prod": ("containers/fulfilment", "workers/imports")}  # dev runs neither
SYSTEMS = ("bookstore", "commerce", "order-analytics", "pyshop", "storefront")
PLACES = [
    pytest.param(environment, system, id=f"{environment}-{system}")
    for system in SYSTEMS
    for environment in ("dev", "prod")
]
PUBLIC = {"pyshop": {"load-balancer": "80, 443"}, "storefront": {"load-balancer": "80, 443"}}
"""What has an address on the internet; all other systems are called through APIs and CloudFront alone."""


def stores(environment, system):
    """Who may call what holds data, and where; what is not named here may not."""
    code = SHOP_CODE[environment]
    match system:
        case "bookstore":
            queries = dict.fromkeys(BOOKS_IN_SQL, "5432")
            found = {"database": queries, "cache": dict.fromkeys(BOOKS, "6379"), "search": {BOOKS[0]: "443"}}
            if environment == "prod":  # a copy for reports
                found["database/reports"] = queries
            return found
        case "commerce":
            found = {"database": dict.fromkeys(code, "5432"), "cache": dict.fromkeys(code, "6379")}
            if environment == "prod":  # dev has no search
                found["search/search"] = dict.fromkeys((*code, "api/product-search"), "443")
            return found
        case "pyshop":
            return {"database": {"service": "5432"}}
        case "storefront":
            return {"database": {"proxy": "5432"}, "proxy": dict.fromkeys(SERVICES, "5432")}
        case _:
            return {}  # order-analytics keeps all of it outside the VPC


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


@pytest.mark.parametrize(("environment", "system"), PLACES)
def test_the_internet_reaches_what_is_public_and_nothing_else(networks, environment, system):
    assert from_the_internet(networks(environment, system)) == PUBLIC.get(system, {})


@pytest.mark.parametrize(("environment", "system"), PLACES)
def test_only_who_is_named_reaches_what_holds_data(networks, environment, system):
    network, wanted = networks(environment, system), stores(environment, system)
    assert {store: clients_of(network, store) for store in wanted if store in network.members} == wanted


@pytest.mark.parametrize(("environment", "system"), PLACES)
def test_nothing_in_a_private_subnet_has_a_public_address(networks, environment, system):
    private = in_private_subnets(networks(environment, system))
    assert private != []
    assert [member.name for member in private if member.public_address] == []


def test_services_are_called_by_the_load_balancer_and_by_each_other(storefront):
    for service in SERVICES:
        assert clients_of(storefront, service) == dict.fromkeys(("load-balancer", *SERVICES), "8080")


def test_services_call_out_by_https_and_nobody_else_does(storefront):
    assert clients_of(storefront, INTERNET) == dict.fromkeys(SERVICES, "443")


def test_of_pyshop_the_service_is_called_by_the_load_balancer_alone(networks):
    assert clients_of(networks("prod", "pyshop"), "service") == {"load-balancer": "8000"}


def opened(network, group_name, rule):
    """The network with one more inbound rule."""
    (key,) = [key for key, group in network.groups.items() if group.name.endswith(group_name)]
    group = network.groups[key]
    return replace(network, groups={**network.groups, key: replace(group, ingress=(*group.ingress, rule))})


@pytest.mark.parametrize(
    ("system", "group", "rule", "seen"),
    [
        pytest.param(
            "storefront",
            "load-balancer",
            GroupRule("tcp", 8443, 8443, IPv4Network("203.0.113.7/32")),
            {(INTERNET, "load-balancer"): "80, 443, 8443"},
            id="another port of the load balancer, for one address",
        ),
        pytest.param(
            "storefront",
            "load-balancer",
            GroupRule("tcp", 22, 22, IPv4Network("203.0.113.7/32")),
            {},
            id="ssh, which the ACL of the public subnets stops",
        ),
        pytest.param(
            "storefront",
            "services",
            GroupRule("tcp", 443, 443, WORLD),
            {(source, target): "443, 8080" for source in SERVICES for target in SERVICES},
            id="https to the services: no way from outside, but services may now",
        ),
        pytest.param(
            "storefront",
            "database",
            GroupRule("tcp", 443, 5432, WORLD),
            {(service, "database"): "443" for service in SERVICES},
            id="a range to the database for the world",
        ),
        pytest.param(
            "bookstore",
            "database",
            GroupRule("tcp", 443, 5432, WORLD),
            {
                (service, f"database{copy}"): "443, 5432" if service in BOOKS_IN_SQL else "443"
                for service in (*BOOKS, "services-notifications")
                for copy in ("", "/reports")
            },
            id="a range to the database of bookstore",
        ),
        pytest.param(
            "commerce",
            "cache",
            GroupRule("tcp", 443, 443, WORLD),
            {(code, "cache"): "443, 6379" for code in SHOP_CODE["prod"]},
            id="https to the cache of commerce",
        ),
        pytest.param(
            "order-analytics",
            "order-processor",
            GroupRule("-1", cidr=WORLD),
            {},
            id="everything to a function of order-analytics: nobody has a way out to it",
        ),
    ],
)
def test_an_opened_rule_shows_in_the_table(networks, system, group, rule, seen):
    network = networks("prod", system)
    before, after = table(network), table(opened(network, f"{system}-{group}", rule))
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
