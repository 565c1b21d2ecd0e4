"""What there is to draw of a system, read from the tree: its units, its network, who may open a connection to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scripts.checks.expansion import Instance
from scripts.checks.validate import Library
from scripts.hcl.evaluate import Failed, Unknown, Value, evaluate
from scripts.impact.reading import Reader
from scripts.live.resources import Resource, instances_of, resources_of
from scripts.live.tree import Tree
from scripts.live.units import Unit
from scripts.pictures.aws_types import IN_A_VPC, SHOWN

TIERS = ("public", "private", "database")
_SECURITY_GROUPS = "modules/security/security-group"
_NETWORK = "modules/patterns/network"
_WORLD = "0.0.0.0/0"


@dataclass(frozen=True, slots=True)
class Kind:
    """All resources of one type in a unit, by short names."""

    type: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One unit: what it is made of, where it stands, what it reads of other systems."""

    unit: str
    name: str
    module: str
    kinds: tuple[Kind, ...]
    tiers: tuple[str, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A VPC: its subnets by tier and zone, its ways out and its private ways to AWS."""

    unit: str
    cidr: str
    tiers: Mapping[str, Mapping[str, str]]
    nat_zones: tuple[str, ...]
    internet_gateway: bool
    endpoints: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """Who may open a connection to whom, by the security groups."""

    source: str
    target: str
    ports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class System:
    """Everything that is drawn."""

    name: str
    environment: str
    region: str
    cards: tuple[Card, ...]
    needs: tuple[tuple[str, str], ...]
    network: Network | None
    ways: tuple[Way, ...]
    members: Mapping[str, tuple[str, ...]]
    """Which units are in which security group."""
    elsewhere: tuple[str, ...]
    """Units of the same system in other regions."""


def read_system(tree: Tree, library: Library, name: str) -> System:
    """The system as prod has it, or else the last environment that has it: there it is complete."""
    environments = {unit.environment for unit in tree.units if unit.system == name}
    environment = "prod" if "prod" in environments else max(environments)
    every = tree.select(environment, name)
    region = min({unit.region for unit in every}, key=lambda place: -sum(u.region == place for u in every))
    units = [unit for unit in every if unit.region == region]
    made = {unit.path: list(resources_of(tree, unit, library)) for unit in units}
    network = next((found for unit in units if (found := _network(unit, made[unit.path]))), None)
    reads = _Reads(tree, library, network)
    members: dict[str, list[str]] = {}
    for unit in units:
        for group in reads.groups(unit):
            members.setdefault(group, []).append(unit.name)
    instances = [instance for unit in units for instance in instances_of(tree, unit, library)]
    paths = {unit.path for unit in units}
    return System(
        name,
        environment,
        region,
        tuple(_card(unit, made[unit.path], reads, f"-{environment}-{name}") for unit in units),
        tuple((need, unit.path) for unit in units for need in unit.needs if need in paths),
        network,
        tuple(sorted(_merged(ways(instances, network.cidr if network else "")))),
        {group: tuple(sorted(names)) for group, names in sorted(members.items())},
        tuple(sorted(f"{unit.region}/{unit.name}" for unit in every if unit.region != region)),
    )


class _Reads:
    """Which outputs the units read: subnets say the tier, security groups the membership."""

    def __init__(self, tree: Tree, library: Library, network: Network | None) -> None:
        self.reader = Reader(tree.repo, library)
        self.tiers = set(network.tiers) if network else set()

    def _keys(self, unit: Unit) -> Iterator[tuple[str, str]]:
        for item in self.reader.reading(unit).inputs.values():
            for found in item.outputs:
                if found.key is not None:
                    yield found.output, found.key

    def groups(self, unit: Unit) -> list[str]:
        """The security groups that what the unit makes is in."""
        return sorted({key for output, key in self._keys(unit) if "group_ids" in output})

    def tiers_of(self, unit: Unit, resources: Iterable[Resource]) -> tuple[str, ...]:
        """The tiers in whose subnets the unit puts something."""
        if not any(resource.type in IN_A_VPC for resource in resources):
            return ()
        found = {key for output, key in self._keys(unit) if output.startswith("subnet") and key in self.tiers}
        return tuple(tier for tier in (*TIERS, *sorted(self.tiers - set(TIERS))) if tier in found)


def _card(unit: Unit, resources: list[Resource], reads: _Reads, middle: str) -> Card:
    kinds: dict[str, list[str]] = {}
    for resource in resources:
        if resource.type in SHOWN:
            kinds.setdefault(resource.type, []).append(_short(resource, middle))
    outside = {need.split("/", 3)[3] for need in unit.needs if need.split("/")[3] != unit.system}
    shown = (Kind(name, tuple(sorted(filter(None, kinds[name])))) for name in SHOWN if name in kinds)
    counted = {name: len(found) for name, found in kinds.items()}
    return Card(
        unit.path,
        unit.name,
        unit.module.removeprefix("modules/"),
        tuple(
            kind if len(kind.names) == counted[kind.type] else Kind(kind.type, ("",) * counted[kind.type])
            for kind in shown
        ),
        reads.tiers_of(unit, resources),
        tuple(sorted(outside)),
    )


def _short(resource: Resource, middle: str) -> str:
    """The part of the name that says which one; nothing where a stand-in is all that is known."""
    _, found, after = resource.name.partition(middle)
    name = re.sub(r"-\d{12}$", "", after if found else resource.name).strip("-/") or resource.key
    return "" if "mock" in name else name


def _network(unit: Unit, resources: list[Resource]) -> Network | None:
    vpc = next((resource for resource in resources if resource.type == "aws_vpc"), None)
    if vpc is None:
        return None
    tiers: dict[str, dict[str, str]] = {}
    for subnet in (resource for resource in resources if resource.type == "aws_subnet"):
        tier, _, zone = subnet.key.partition("/")
        tiers.setdefault(tier, {})[zone or _value(subnet, "availability_zone")] = _value(subnet, "cidr_block")
    nat = [resource.key for resource in resources if resource.type == "aws_nat_gateway"]
    endpoints = [
        f"{resource.key or 'endpoint'} ({_value(resource, 'vpc_endpoint_type').lower() or 'gateway'})"
        for resource in resources
        if resource.type == "aws_vpc_endpoint"
    ]
    known = [tier for tier in TIERS if tier in tiers] + sorted(set(tiers) - set(TIERS))
    return Network(
        unit.path,
        _value(vpc, "cidr_block"),
        {tier: dict(sorted(tiers[tier].items())) for tier in known},
        tuple(sorted(nat)),
        any(resource.type == "aws_internet_gateway" for resource in resources),
        tuple(sorted(endpoints)),
    )


def _value(resource: Resource, attribute: str) -> str:
    node = resource.block.body.value(attribute)
    try:
        value = evaluate(node, resource.scope) if node is not None else ""
    except (Unknown, Failed):
        return ""
    return value if isinstance(value, str) else ""


def ways(instances: Iterable[Instance], cidr: str) -> Iterator[Way]:
    """One way for each rule of each security group."""
    for instance in instances:
        given = instance.scope.names["var"]
        if not isinstance(given, dict):
            continue
        groups: Value = None
        if instance.module.path == _NETWORK:
            groups = given.get("security_groups")
        elif instance.module.path == _SECURITY_GROUPS and not _within_network(instance):
            groups = given.get("groups")
        if isinstance(groups, dict):
            for name, spec in groups.items():
                yield from _of_group(name, spec, cidr)


def _within_network(instance: Instance) -> bool:
    return instance.call is not None and instance.call[0].module.path == _NETWORK


def _of_group(name: str, spec: Value, cidr: str) -> Iterator[Way]:
    if not isinstance(spec, dict):
        return
    for direction in ("ingress", "egress"):
        rules = spec.get(direction)
        for rule in rules.values() if isinstance(rules, dict) else ():
            if isinstance(rule, dict):
                other = _other_side(rule, cidr, direction)
                source, target = (other, name) if direction == "ingress" else (name, other)
                yield Way(source, target, (_ports(rule),))


def _other_side(rule: Mapping[str, Value], cidr: str, direction: str) -> str:
    for attribute, shown in (("group", "{}"), ("gateway_endpoint", "{} endpoint"), ("cidr_ipv4", "{}")):
        value = rule.get(attribute)
        if isinstance(value, str):
            if value == _WORLD:
                return "from anywhere" if direction == "ingress" else "to anywhere"
            return "this VPC" if value == cidr else shown.format(value)
    return "a prefix list" if rule.get("prefix_list_id") is not None else "a group of another unit"


def _ports(rule: Mapping[str, Value]) -> str:
    protocol, start, end = rule.get("protocol"), rule.get("from_port"), rule.get("to_port")
    if protocol == "-1":
        return "everything"
    span = f"{start:.0f}" if isinstance(start, (int, float)) else "?"
    if isinstance(end, (int, float)) and end != start:
        span += f"-{end:.0f}"
    return f"{protocol} {span}"


def _merged(found: Iterable[Way]) -> Iterator[Way]:
    """One way for each pair: both sides of a connection have a rule for it."""
    ports: dict[tuple[str, str], set[str]] = {}
    for way in found:
        ports.setdefault((way.source, way.target), set()).update(way.ports)
    for (source, target), known in ports.items():
        yield Way(source, target, tuple(sorted(known)))
