"""pyshop and storefront as staging and prod have them: applied in one command, stable, and gone only by the runbook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY
from scripts.processes import Finished
from tests.checkout import ACCOUNTS, Checkout, own_checkout

pytestmark = pytest.mark.slow

LONG = 3600.0
SYSTEMS = "pyshop,storefront"
RUNBOOK = REPOSITORY / "docs" / "runbooks" / "taking-away.md"
LIFTED = "deletion_protection = false"


@dataclass(frozen=True)
class Case:
    """Systems of one environment, and what of them AWS keeps until a line says otherwise."""

    environment: str
    guarded: tuple[str, ...]
    snapshots: tuple[str, ...]
    """What is left of their databases."""
    domain: str

    @property
    def flags(self) -> tuple[str, ...]:
        return ("--env", self.environment, "--local")

    @property
    def everything(self) -> tuple[str, ...]:
        return (*self.flags, "--system", f"platform,{SYSTEMS}")


STAGING = Case(
    "staging",
    guarded=("pyshop/database", "pyshop/load-balancer"),
    snapshots=("acme-staging-pyshop-db-final",),
    domain="staging.example.com",
)
PROD = Case(
    "prod",
    guarded=("pyshop/database", "pyshop/load-balancer", "storefront/database", "storefront/load-balancer"),
    snapshots=("acme-prod-pyshop-db-final", "acme-prod-storefront-final"),
    domain="example.com",
)
NAMES = ("pyshop", "www.pyshop", *(2 * ("storefront", "www.storefront")), "api.storefront")
"""What the domains' records are called: CloudFront has two of each, for IPv4 and IPv6."""


@dataclass(frozen=True)
class Applied:
    """A case, applied in a checkout of its own: what is destroyed here is nobody else's."""

    case: Case
    checkout: Checkout

    def changes(self) -> dict[str, list[object]]:
        """What a plan would change, by unit."""
        planned = self.checkout.invoke("plan", *self.case.everything, "--json", timeout=LONG)
        assert planned.out, planned.err
        return {row["unit"]: row["changes"] for row in json.loads(planned.out) if row["changes"]}


@pytest.fixture(
    scope="module",
    params=[pytest.param(STAGING, id="staging"), pytest.param(PROD, id="prod")],
)
def applied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applied]:
    case: Case = request.param
    with own_checkout(tmp_path_factory.mktemp(case.environment)) as made:
        finished = made.invoke("apply", *case.everything, "--yes", timeout=LONG)
        assert finished.code == 0, finished.out + finished.err
        yield Applied(case, made)


def test_it_applies_in_one_command_and_its_second_plan_is_empty(applied: Applied) -> None:
    assert applied.changes() == {}


def test_every_domain_has_its_certificate_and_its_names(applied: Applied) -> None:
    case = applied.case
    shown = applied.checkout.invoke_json("output", *case.flags, "--system", SYSTEMS)
    arns = [values["certificate_arn"] for values in shown.values() if "certificate_arn" in values]
    start = f"arn:aws:acm:us-east-1:{ACCOUNTS[case.environment]}:certificate/"
    assert [arn.startswith(start) for arn in arns] == [True] * len(SYSTEMS.split(","))
    names = [name for values in shown.values() for name in values.get("fqdns", {}).values()]
    assert sorted(names) == sorted(f"{name}.{case.domain}" for name in NAMES)


def test_what_aws_keeps_is_refused_whatever_is_allowed_and_nothing_has_gone(applied: Applied) -> None:
    finished = applied.checkout.invoke("destroy", *applied.case.everything, "--yes", "--allow", "*")
    kept = re.findall(r"^live/\w+/us-east-1/(\S+): AWS keeps \S+ \(\w+\)", finished.err, re.MULTILINE)
    assert (finished.code, sorted(kept)) == (3, sorted(applied.case.guarded)), finished.err
    assert applied.changes() == {}


def test_by_the_runbook_it_goes_in_order_and_leaves_its_last_snapshots(applied: Applied) -> None:
    case, checkout = applied.case, applied.checkout
    lift(applied)
    finished = by_the_runbook(applied)
    assert finished.code == 0, finished.out + finished.err
    before_their_needs(checkout, re.findall(r" destroy (\S+) \(\d+ of", finished.err))
    assert snapshots(applied) == set(case.snapshots)
    platform = checkout.invoke(
        "destroy", *case.flags, "--system", "platform", "--yes", "--allow", "*", timeout=LONG
    )
    assert platform.code == 0, platform.out + platform.err
    again = checkout.invoke("destroy", *case.everything, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")


def lift(applied: Applied) -> None:
    """Write the line where the refusal said, over the one that stands there."""
    for unit in applied.case.guarded:
        file = applied.checkout.path / "live" / applied.case.environment / "us-east-1" / unit
        text = (file / "terraform.tfvars").read_text()
        without = re.sub(r"^deletion_protection *= true.*\n", "", text, flags=re.MULTILINE)
        (file / "terraform.tfvars").write_text(f"{without}\n{LIFTED}\n")


def by_the_runbook(applied: Applied) -> Finished:
    """Type the runbook's own block, with the case's environment and both systems in the place of its example."""
    block = re.search(r"```sh\n(.*?)```", RUNBOOK.read_text(), re.DOTALL)
    assert block is not None and LIFTED in RUNBOOK.read_text()
    typed = block[1].replace("--env prod", f"--env {applied.case.environment}")
    typed = typed.replace("--system pyshop", f"--system {SYSTEMS}")
    return applied.checkout.type(typed, timeout=LONG)


def before_their_needs(checkout: Checkout, order: list[str]) -> None:
    """Every unit's destroy began before that of any unit that it needs."""
    places = {f"live/{place}": number for number, place in enumerate(order)}
    wrong = [
        (unit.path, need)
        for unit in read_tree(checkout.path).units
        for need in unit.needs
        if unit.path in places and need in places and places[unit.path] > places[need]
    ]
    assert (wrong, len(places) > 5) == ([], True)


def snapshots(applied: Applied) -> set[str]:
    """The database snapshots that people or Terraform made in the case's account."""
    rds = applied.checkout.client("rds", account=ACCOUNTS[applied.case.environment])
    found = rds.describe_db_snapshots()["DBSnapshots"]
    assert {each["Status"] for each in found} <= {"available"}
    return {each["DBSnapshotIdentifier"] for each in found}
