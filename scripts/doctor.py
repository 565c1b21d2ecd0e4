"""Is this machine ready? Each answer is a value with a remedy; nothing is changed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from scripts import machine, terraform, toolchain
from scripts.checks.finding import Refused, finding
from scripts.live.tree import Tree
from scripts.local_aws import lifecycle
from scripts.target import Target

FREE_BYTES = 3 * 1024**3
LEAST_BYTES = 512 * 1024**2
"""With less an apply does not begin: what it makes and cannot write down is nobody's afterwards."""
SKEW_SECONDS = 240
"""AWS refuses signatures that are more than five minutes off (Signature Version 4)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing looked at."""

    what: str
    fine: bool
    found: str
    remedy: str


def this_machine() -> Iterator[Answer]:
    """Python, the tools, the provider, the disk, the embedded AWS."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Answer("python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer")
    yield _tool("terraform", lambda: f"{terraform.version()['terraform_version']} ({toolchain.terraform()})")
    yield _tool("terragrunt", lambda: f"{machine.TERRAGRUNT_VERSION} ({toolchain.terragrunt()})")
    mirror = toolchain.provider_mirror()
    where = (
        f"{toolchain.provider_version()} in a filesystem mirror"
        if mirror
        else "from the registry, at the first init"
    )
    yield Answer("provider", True, where, "")
    free = shutil.disk_usage(machine.REPOSITORY).free
    yield Answer(
        "disk",
        free > FREE_BYTES,
        f"{free / 1024**3:.0f} GB free",
        "free 3 GB: providers and working folders need them",
    )
    running = lifecycle.status()
    yield Answer(
        "embedded AWS", True, f"runs at {running.url}" if running else "not running; starts with --local", ""
    )


def refuse_full_disk() -> None:
    """Raise Refused where an apply could not write its states and plans; all else that it needs refuses by itself."""
    free = shutil.disk_usage(machine.REPOSITORY).free
    if free < LEAST_BYTES:
        message = f"only {free / 1024**2:.0f} MB are free; free {LEAST_BYTES / 1024**2:.0f} MB for states and plans."
        raise Refused([finding("disk", 0, "disk-full", message)])


def account(tree: Tree, target_of: Callable[[], Target]) -> Iterator[Answer]:
    """Credentials, account, clock and state bucket of one environment."""
    try:
        target = target_of()
    except Refused as refused:
        for found in refused.findings:
            # A finding says what is wrong, then what to do.
            wrong, _, remedy = found.message.partition("; ")
            yield Answer("credentials", False, wrong, remedy)
        return
    yield Answer("credentials", True, f"account {target.environment.account_id}", "")
    yield Answer("region", True, ", ".join(target.regions), "")
    for region in target.regions:
        store = target.store(region)
        client = target.session(region).client("sts")
        told = client.get_caller_identity()["ResponseMetadata"]["HTTPHeaders"].get("date", "")
        yield _clock(told, datetime.now(UTC))
        from scripts.states.bucket import exists

        there = exists(target.session(region), store)
        yield Answer(
            "state bucket", True, store.bucket if there else f"{store.bucket} is made by the first apply", ""
        )


def _clock(told: str, now: datetime) -> Answer:
    if not told:
        return Answer("clock", True, "AWS told no time", "")
    theirs = datetime.strptime(told, "%a, %d %b %Y %H:%M:%S %Z").replace(tzinfo=UTC)
    skew = abs((now - theirs).total_seconds())
    return Answer(
        "clock", skew < SKEW_SECONDS, f"{skew:.0f} s off AWS's", "set the clock (timedatectl set-ntp true)"
    )


def _tool(name: str, find: Callable[[], str]) -> Answer:
    try:
        return Answer(name, True, find(), "")
    except (machine.ToolMissing, terraform.TerraformRefused) as error:
        return Answer(name, False, "missing", str(error))
