"""The address plan: which network belongs to which system, and what is wrong with the plan."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from scripts.checks.finding import Finding, finding
from scripts.hcl import nodes
from scripts.hcl.nodes import Expression
from scripts.hcl.reader import read

FILE = "live/addresses.hcl"
# https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html: /16 to /28, and these ranges are advised.
_PRIVATE = tuple(map(ipaddress.IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the plan."""

    environment: str
    region: str
    system: str
    line: int
    text: str

    @property
    def place(self) -> str:
        """How a message names it."""
        return f"{self.environment}/{self.region}/{self.system}"


def read_plan(repo: Path) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """The lines of the plan and what could not be read of it."""
    found: list[Entry] = []
    problems: list[Finding] = []
    if not (repo / FILE).is_file():
        return (), ()
    for block in read(repo / FILE).body.of_type("locals"):
        node = block.body.value("vpc_cidrs")
        if node is not None:
            found.extend(_entries(node, (), problems))
    return tuple(found), tuple(problems)


def _entries(node: Expression, place: tuple[str, ...], problems: list[Finding]) -> Iterator[Entry]:
    depth = len(place)
    if depth < 3 and isinstance(node, nodes.Mapping):
        seen: dict[str, int] = {}
        for item in node.items:
            key = str(item.key.value) if isinstance(item.key, nodes.Literal) else "?"
            if key in seen:
                message = (
                    f'"{"/".join((*place, key))}" is already given on line {seen[key]}; keep one of the two.'
                )
                problems.append(finding(FILE, item.line, "address-twice", message, key))
            seen.setdefault(key, item.line)
            yield from _entries(item.value, (*place, key), problems)
    elif depth == 3 and isinstance(node, nodes.Literal) and isinstance(node.value, str):
        environment, region, system = place
        yield Entry(environment, region, system, node.line, node.value)
    else:
        message = (
            f'"{"/".join(place) or "vpc_cidrs"}" is not environment = {{ region = {{ system = "10.1.0.0/16" }} }}; '
            "write it so."
        )
        problems.append(finding(FILE, node.line, "address-form", message))


def wrong_addresses(repo: Path, environments: frozenset[str]) -> Iterator[Finding]:
    """Everything wrong with the plan: form, size, private range, environments that do not exist, overlaps."""
    entries, problems = read_plan(repo)
    yield from problems
    networks: list[tuple[Entry, ipaddress.IPv4Network]] = []
    for entry in entries:
        network, message = _network(entry, environments)
        if network is None:
            yield finding(FILE, entry.line, "address", f"{entry.place}: {message}", entry.text, "10.0.0.0/16")
        else:
            networks.append((entry, network))
    for (one, first), (two, second) in combinations(networks, 2):
        if one.environment == two.environment and first.overlaps(second):
            message = f"{two.place} {second} overlaps {one.place} {first} of line {one.line}; give it a range of its own."
            yield finding(FILE, two.line, "address-overlap", message, two.text)


def _network(entry: Entry, environments: frozenset[str]) -> tuple[ipaddress.IPv4Network | None, str]:
    if entry.environment not in environments:
        return (
            None,
            f'there is no environment "{entry.environment}"; create live/{entry.environment} or delete this.',
        )
    try:
        network = ipaddress.IPv4Network(entry.text, strict=False)
    except ValueError:
        return None, f'"{entry.text}" is no IPv4 network; write one such as 10.50.0.0/16.'
    if str(network) != entry.text:
        return None, f'"{entry.text}" is not the start of its network; write {network}.'
    if not 16 <= network.prefixlen <= 28:
        return (
            None,
            f'"{entry.text}" is not from /16 to /28, the sizes AWS accepts for a VPC; change the size.',
        )
    if not any(network.subnet_of(private) for private in _PRIVATE):
        return (
            None,
            f'"{entry.text}" is not private; take it from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.',
        )
    return network, ""
