"""Read a network out of the resources of a state: whatever unit they came from, ids hold them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network

from scripts.reachability.model import HIGHEST, Acl, AclRule, Group, GroupRule, Member, Network, Subnet
from scripts.reachability.places import PLACES, all_known
from scripts.reachability.state import Found, NotModelled, Resource, Values


def read_network(resources: Iterable[Resource]) -> Network:
    """The one VPC among *resources* and everything in it."""
    found: dict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        found[resource.type].append(resource)
    (vpc,) = found["aws_vpc"]
    if any(subnet.values.get("ipv6_cidr_block") for subnet in found["aws_subnet"]):
        raise NotModelled("a subnet has an IPv6 range; reachability is computed for IPv4")
    network = Network(
        cidr=IPv4Network(vpc.values["cidr_block"]),
        subnets={subnet.key: subnet for subnet in _subnets(found)},
        groups=_groups(found),
        members=_by_name(_members(found)),
    )
    _complete(network)
    return network


def _by_name(members: Iterable[Member]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for member in members:
        if member.name in found:
            raise NotModelled(
                f"two things in the VPC are called {member.name}, and the table has one row for both"
            )
        found[member.name] = member
    return found


def _complete(network: Network) -> None:
    """Every member stands in subnets and groups that were read; else the table would call it unreachable."""
    for member in network.members.values():
        if not member.subnets or member.subnets - set(network.subnets):
            raise NotModelled(f"{member.name} stands in unknown subnets: {sorted(member.subnets)}")
        if not member.groups or member.groups - set(network.groups):
            raise NotModelled(f"{member.name} has unknown security groups: {sorted(member.groups)}")


def _subnets(found: Found) -> Iterator[Subnet]:
    tables = {
        item.values["subnet_id"]: item.values["route_table_id"]
        for item in found["aws_route_table_association"]
    }
    acls: dict[str, Acl] = {}
    for acl in found["aws_network_acl"]:
        rules = _acl(acl.values["id"], found["aws_network_acl_rule"])
        acls |= dict.fromkeys(acl.values["subnet_ids"], rules)
    for subnet in found["aws_subnet"]:
        key = subnet.values["id"]
        yield Subnet(
            key=key,
            cidr=IPv4Network(subnet.values["cidr_block"]),
            way_out=_way_out(tables.get(key, ""), found["aws_route"]),
            **({"acl": acls[key]} if key in acls else {}),
        )


def _way_out(table: str, routes: Iterable[Resource]) -> str:
    for route in routes:
        values = route.values
        if values["route_table_id"] == table and values.get("destination_cidr_block") == "0.0.0.0/0":
            return "internet" if values.get("gateway_id") else "nat" if values.get("nat_gateway_id") else ""
    return ""


def _acl(key: str, rules: Iterable[Resource]) -> Acl:
    read = sorted(
        (
            (bool(rule.values.get("egress")), _acl_rule(rule.values))
            for rule in rules
            if rule.values["network_acl_id"] == key and rule.values.get("cidr_block")
        ),
        key=lambda pair: pair[1].number,
    )
    return Acl(
        ingress=tuple(rule for egress, rule in read if not egress),
        egress=tuple(rule for egress, rule in read if egress),
    )


_NUMBERS = {"6": "tcp", "17": "udp", "1": "icmp", "all": "-1"}


def _acl_rule(values: Values) -> AclRule:
    protocol = str(values["protocol"])
    protocol = _NUMBERS.get(protocol, protocol)
    return AclRule(
        number=int(values["rule_number"]),
        allow=values["rule_action"] == "allow",
        protocol=protocol,
        cidr=IPv4Network(values["cidr_block"]),
        low=int(values.get("from_port") or 0),
        high=int(values.get("to_port") or HIGHEST),
    )


def _groups(found: Found) -> dict[str, Group]:
    sides = {side: _by_group(found[f"aws_vpc_security_group_{side}_rule"]) for side in ("ingress", "egress")}
    return {
        group.values["id"]: Group(
            name=str(group.values.get("name", "")),
            ingress=tuple(sides["ingress"][group.values["id"]]),
            egress=tuple(sides["egress"][group.values["id"]]),
        )
        for group in (*found["aws_security_group"], *found["aws_default_security_group"])
    }


def _by_group(rules: Iterable[Resource]) -> dict[str, list[GroupRule]]:
    found: dict[str, list[GroupRule]] = defaultdict(list)
    for rule in rules:
        values = rule.values
        if values.get("cidr_ipv6"):
            continue  # no subnet has an IPv6 range
        cidr = values.get("cidr_ipv4")
        every = values["ip_protocol"] == "-1"
        found[values["security_group_id"]].append(
            GroupRule(
                protocol=str(values["ip_protocol"]),
                low=0 if every else int(values["from_port"]),
                high=HIGHEST if every else int(values["to_port"]),
                cidr=IPv4Network(cidr) if cidr else None,
                group=str(values.get("referenced_security_group_id") or ""),
                prefix_list=str(values.get("prefix_list_id") or ""),
            )
        )
    return found


def _members(found: Found) -> Iterator[Member]:
    all_known(found)
    for kind, place in PLACES.items():
        for resource in found.get(kind, ()):
            stands = place(resource.values, found)
            if stands is not None:
                groups, subnets, public = stands
                yield Member(resource.name, frozenset(groups), frozenset(subnets), public)
