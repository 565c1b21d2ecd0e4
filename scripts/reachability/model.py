"""The model of one VPC: subnets with their routes and ACLs, groups with their rules, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network

INTERNET = "internet"
EVERYWHERE = IPv4Network("0.0.0.0/0")
HIGHEST = 65535
EPHEMERAL = (1024, HIGHEST)
"""Ports that answers come back to: load balancers, NAT gateways and Lambda use all of these."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Port ranges of one protocol that do not touch each other, lowest first."""

    ranges: tuple[tuple[int, int], ...] = ()

    @staticmethod
    def of(ranges: Iterable[tuple[int, int]]) -> Ports:
        """Join ranges that overlap or touch."""
        joined: list[tuple[int, int]] = []
        for low, high in sorted(ranges):
            if joined and low <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(joined[-1][1], high))
            else:
                joined.append((low, high))
        return Ports(tuple(joined))

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __str__(self) -> str:
        return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in self.ranges)


@dataclass(frozen=True, slots=True)
class GroupRule:
    """One rule of a security group; the other side is a range, another group, or a list of AWS's own addresses."""

    protocol: str
    low: int = 0
    high: int = HIGHEST
    cidr: IPv4Network | None = None
    group: str = ""
    prefix_list: str = ""

    def covers(self, protocol: str, port: int) -> bool:
        """Whether the rule is about this port."""
        return self.protocol == "-1" or (self.protocol == protocol and self.low <= port <= self.high)


@dataclass(frozen=True, slots=True)
class AclRule:
    """One rule of a network ACL."""

    number: int
    allow: bool
    protocol: str
    cidr: IPv4Network
    low: int = 0
    high: int = HIGHEST

    def covers(self, protocol: str, port: int) -> bool:
        """Whether the rule is about this port."""
        return self.protocol == "-1" or (self.protocol == protocol and self.low <= port <= self.high)


@dataclass(frozen=True, slots=True)
class Acl:
    """The rules of a network ACL in the order in which AWS tries them; what none of them names is denied."""

    ingress: tuple[AclRule, ...] = ()
    egress: tuple[AclRule, ...] = ()


OPEN_ACL = Acl(*((AclRule(100, True, "-1", EVERYWHERE),),) * 2)
"""What a subnet has that no ACL of ours names: AWS's default one, which lets everything through."""


@dataclass(frozen=True, slots=True)
class Group:
    """A security group; what none of its rules names is denied."""

    name: str
    ingress: tuple[GroupRule, ...] = ()
    egress: tuple[GroupRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet: its range, its ACL, and where its table sends what is meant for the internet."""

    key: str
    cidr: IPv4Network
    acl: Acl = OPEN_ACL
    way_out: str = ""
    """``internet`` by an internet gateway, ``nat`` by a NAT gateway, empty for none."""


@dataclass(frozen=True, slots=True)
class Member:
    """Something with an address in the VPC: a load balancer, the tasks of a service, a database."""

    name: str
    groups: frozenset[str]
    subnets: frozenset[str]
    public_address: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """One VPC and what stands in it."""

    cidr: IPv4Network
    subnets: Mapping[str, Subnet] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    members: Mapping[str, Member] = field(default_factory=dict)
