"""Whether a connection can be made: the way, the groups on both ends, and the ACLs there and back.

Addresses and ports are not tried one by one. Rules cut them into pieces within which every address and every port is
treated alike, so that one of each piece stands for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network
from itertools import pairwise

from scripts.reachability.model import (
    EPHEMERAL,
    EVERYWHERE,
    HIGHEST,
    INTERNET,
    AclRule,
    GroupRule,
    Member,
    Network,
    Ports,
    Subnet,
)

PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
"""Addresses that no packet of the internet comes from."""


def table(network: Network, protocol: str = "tcp") -> dict[tuple[str, str], str]:
    """Every pair with a connection that can be made, the internet being one of them, and the ports of it."""
    names = (INTERNET, *sorted(network.members))
    return {
        (source, target): str(ports)
        for source in names
        for target in names
        if not (source == target == INTERNET) and (ports := reachable(network, source, target, protocol))
    }


def reachable(network: Network, source: str, target: str, protocol: str = "tcp") -> Ports:
    """The ports of *target* to which *source* can open a connection."""
    cuts = _port_cuts(network)
    addresses = _addresses(network)
    answers = [cut for cut in cuts if EPHEMERAL[0] <= cut <= EPHEMERAL[1]]
    pairs = [
        (near, far)
        for near in _ends(network, source, addresses)
        for far in _ends(network, target, addresses)
        if _routed(near, far)
    ]
    return Ports.of(
        (low, high - 1)
        for low, high in pairwise(cuts)
        if any(_connects(network, near, far, protocol, low, answers) for near, far in pairs)
    )


class _End:
    """One end of a connection: an address, and for a member where it stands and which groups it has."""

    __slots__ = ("address", "member", "subnet")

    def __init__(self, address: IPv4Address, member: Member | None, subnet: Subnet | None) -> None:
        self.address = address
        self.member = member
        self.subnet = subnet


def _ends(network: Network, name: str, addresses: Sequence[IPv4Address]) -> Iterator[_End]:
    if name == INTERNET:
        abroad = (
            address
            for address in addresses
            if not any(address in block for block in (network.cidr, *PRIVATE))
        )
        yield from (_End(address, None, None) for address in abroad)
        return
    member = network.members[name]
    for key in sorted(member.subnets):
        subnet = network.subnets[key]
        yield from (_End(address, member, subnet) for address in addresses if address in subnet.cidr)


def _connects(
    network: Network, source: _End, target: _End, protocol: str, port: int, answers: Sequence[int]
) -> bool:
    return (
        _group_lets(network, source, target, protocol, port, incoming=False)
        and _group_lets(network, target, source, protocol, port, incoming=True)
        and _acls_let(source, target, protocol, port, answers)
    )


def _routed(source: _End, target: _End) -> bool:
    """Inside a VPC every subnet knows the way; to and from the internet it takes an address or a gateway."""
    if source.member is None and target.member is not None and target.subnet is not None:
        return target.member.public_address and target.subnet.way_out == "internet"
    if target.member is None and source.member is not None and source.subnet is not None:
        way = source.subnet.way_out
        return way == "nat" or (way == "internet" and source.member.public_address)
    return True


def _group_lets(
    network: Network, own: _End, other: _End, protocol: str, port: int, *, incoming: bool
) -> bool:
    """Whether a group of *own* lets the connection pass; groups remember it, so the answer needs no rule."""
    if own.member is None:
        return True
    groups = [network.groups[key] for key in own.member.groups if key in network.groups]
    rules = [rule for group in groups for rule in (group.ingress if incoming else group.egress)]
    return any(rule.covers(protocol, port) and _names(rule, other) for rule in rules)


def _names(rule: GroupRule, other: _End) -> bool:
    if rule.cidr is not None:
        return other.address in rule.cidr
    # A list of AWS's own addresses (its S3, its DynamoDB) is no part of the internet at large.
    return other.member is not None and rule.group in other.member.groups


def _acls_let(source: _End, target: _End, protocol: str, port: int, answers: Sequence[int]) -> bool:
    """ACLs are asked at the edge of a subnet, for the request and, as they remember nothing, for the answer.

    One port that an answer can come back to is enough: whoever wants in will find it.
    """
    if source.subnet is not None and target.subnet is not None and source.subnet.key == target.subnet.key:
        return True
    request: list[tuple[tuple[AclRule, ...], IPv4Address]] = []
    answer: list[tuple[tuple[AclRule, ...], IPv4Address]] = []
    if source.subnet is not None:
        request.append((source.subnet.acl.egress, target.address))
        answer.append((source.subnet.acl.ingress, target.address))
    if target.subnet is not None:
        request.append((target.subnet.acl.ingress, source.address))
        answer.append((target.subnet.acl.egress, source.address))
    return all(_passes(rules, other, protocol, port) for rules, other in request) and any(
        all(_passes(rules, other, protocol, high) for rules, other in answer) for high in answers
    )


def _passes(rules: tuple[AclRule, ...], other: IPv4Address, protocol: str, port: int) -> bool:
    """The first rule that fits decides."""
    for rule in rules:
        if rule.covers(protocol, port) and other in rule.cidr:
            return rule.allow
    return False


def _port_cuts(network: Network) -> list[int]:
    """The ports at which some rule begins or has just ended."""
    rules: Iterable[GroupRule | AclRule] = (
        *(rule for group in network.groups.values() for rule in (*group.ingress, *group.egress)),
        *(rule for subnet in network.subnets.values() for rule in (*subnet.acl.ingress, *subnet.acl.egress)),
    )
    cuts = {0, EPHEMERAL[0], HIGHEST + 1}
    for rule in rules:
        if rule.protocol != "-1":
            cuts |= {max(rule.low, 0), min(rule.high, HIGHEST) + 1}
    return sorted(cuts)


def _addresses(network: Network) -> list[IPv4Address]:
    """The first address of each piece into which all ranges together cut the address space."""
    ranges: list[IPv4Network] = [EVERYWHERE, network.cidr, *PRIVATE]
    for group in network.groups.values():
        ranges += [rule.cidr for rule in (*group.ingress, *group.egress) if rule.cidr is not None]
    for subnet in network.subnets.values():
        ranges.append(subnet.cidr)
        ranges += [rule.cidr for rule in (*subnet.acl.ingress, *subnet.acl.egress)]
    cuts = {int(found.network_address) for found in ranges}
    cuts |= {
        int(found.broadcast_address) + 1
        for found in ranges
        if found.broadcast_address != EVERYWHERE.broadcast_address
    }
    return [IPv4Address(cut) for cut in sorted(cuts)]
