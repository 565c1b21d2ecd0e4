"""A new environment: a copy of one that exists, with an account, a domain and networks of its own."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.checks.finding import Finding, Refused, unknown
from scripts.live.addresses import FILE, Entry, read_plan
from scripts.live.tree import Tree
from scripts.scaffold.unit import NAME

FIXED = frozenset({"pyshop"})
"""Systems that are asked for with the same range everywhere; environments are never joined."""


def environment_files(tree: Tree, name: str, account_id: str, source: str) -> dict[str, str]:
    """The files of environment *name* in *account_id*, by path: those of *source*, and the address plan with its networks.

    Raises Refused when a word does not fit or the environment is there already.
    """
    _refuse(tree, name, account_id, source)
    root = tree.repo / "live" / source
    made = {
        f"live/{name}/{path.relative_to(root).as_posix()}": path.read_text()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix in {".hcl", ".tfvars", ".yaml", ".json"}
    }
    settings = f"live/{name}/env.hcl"
    made[settings] = _settings(made[settings], name, account_id, source)
    made[FILE] = with_networks((tree.repo / FILE).read_text(), read_plan(tree.repo)[0], name, source)
    return made


def with_networks(text: str, entries: Sequence[Entry], name: str, source: str) -> str:
    """The address plan with a block for *name*: the systems and regions of *source*, in /16 networks that nobody has."""
    taken = {ipaddress.IPv4Network(entry.text) for entry in entries}
    free = _free(taken)
    blocks: dict[str, list[tuple[str, str]]] = {}
    for entry in entries:
        if entry.environment == source:
            cidr = entry.text if entry.system in FIXED else str(next(free))
            blocks.setdefault(entry.region, []).append((entry.system, cidr))
    lines = [f"    {name} = {{"]
    for region, systems in blocks.items():
        width = max(len(system) for system, _ in systems)
        lines.append(f"      {region} = {{")
        lines += [f'        {system.ljust(width)} = "{cidr}"' for system, cidr in systems]
        lines.append("      }")
    lines.append("    }")
    end = text.rstrip().rfind("  }\n}")
    return text[:end] + "\n".join(lines) + "\n" + text[end:]


def _free(taken: set[ipaddress.IPv4Network]) -> Iterator[ipaddress.IPv4Network]:
    for network in ipaddress.IPv4Network("10.0.0.0/8").subnets(new_prefix=16):
        if not any(network.overlaps(other) for other in taken):
            yield network


def _settings(text: str, name: str, account_id: str, source: str) -> str:
    text = re.sub(r"^# The \S+ environment.*\n", f"# The {name} environment, made from {source}.\n", text)
    text = re.sub(r'(account_id\s*=\s*)"\d+"', rf'\g<1>"{account_id}"', text)
    return text.replace(f"{source}.", f"{name}.").replace(f"-{source}@", f"-{name}@")


def _refuse(tree: Tree, name: str, account_id: str, source: str) -> None:
    accounts = {environment.account_id: environment.name for environment in tree.environments}
    names = set(accounts.values())
    found: list[Finding] = []
    if not NAME.fullmatch(name):
        message = (
            f'"{name}" is no name: lower-case letters, digits and single hyphens, beginning with a letter.'
        )
        found.append(Finding("--name", 0, "not-a-name", name, NAME.pattern, "", message))
    elif name in names or Path(tree.repo / "live" / name).exists():
        message = f"live/{name} is there already; choose another name."
        found.append(Finding("--name", 0, "environment-exists", name, "", "", message))
    if not re.fullmatch(r"[0-9]{12}", account_id):
        message = f'"{account_id}" is no account: twelve digits; every environment has an account of its own.'
        found.append(Finding("--account-id", 0, "not-an-account", account_id, "", "", message))
    elif account_id in accounts:
        message = (
            f"{account_id} is the account of {accounts[account_id]}; every environment has one of its own."
        )
        found.append(Finding("--account-id", 0, "account-taken", account_id, "", "", message))
    if source not in names:
        found.append(unknown("--like", 0, "unknown-env", "there is no environment", source, names))
    if found:
        raise Refused(found)
