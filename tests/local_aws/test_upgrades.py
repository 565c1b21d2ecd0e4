"""A new version of a module, or of a unit's values, moves what stands by `moved`; without it, Terraform rebuilds it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts import processes, toolchain
from scripts.local_aws.lifecycle import Running, client_environment
from scripts.machine import REPOSITORY
from scripts.warm_provider import WarmProvider, unit_key

MODULE = REPOSITORY / "modules" / "security" / "security-group"
UNIT = "live/dev/us-east-1/shop/groups"
PROVIDER = 'provider "aws" {\n  region = "us-east-1"\n}\n'
RENAMED_RESOURCE = "moved {\n  from = aws_security_group.this\n  to   = aws_security_group.group\n}\n"
RENAMED_KEY = (
    'moved {\n  from = aws_vpc_security_group_ingress_rule.this["api/https"]\n'
    '  to   = aws_vpc_security_group_ingress_rule.this["api/customers"]\n}\n'
)


def values(vpc: str, rule: str) -> dict[str, Any]:
    """A unit's values: one group with one rule, by this key."""
    ingress = {rule: {"description": "Customers", "from_port": 443, "cidr_ipv4": "10.20.0.0/16"}}
    return {"name": "acme", "vpc_id": vpc, "groups": {"api": {"ingress": ingress}}}


class Unit:
    """A unit's working folder as Terragrunt makes it: the module's files, and those of the unit beside them."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self._environment = environment

    def terraform(self, *words: str) -> str:
        argv = [toolchain.terraform(), *words]
        return processes.run(argv, cwd=self.folder, env=self._environment, timeout=300).out

    def changes(self) -> dict[str, list[str]]:
        """What a plan would do, by address; nothing for what stays."""
        self.terraform("plan", "-input=false", "-out=tfplan")
        shown = json.loads(self.terraform("show", "-json", "tfplan"))
        actions = {each["address"]: each["change"]["actions"] for each in shown["resource_changes"]}
        return {address: found for address, found in actions.items() if found != ["no-op"]}

    def copy(self, folder: Path) -> Unit:
        shutil.copytree(self.folder, folder)
        return Unit(folder, self._environment)

    def rename_resource(self) -> None:
        """What a module's author does: another name for the group itself."""
        for file in self.folder.glob("*.tf"):
            text = file.read_text().replace("aws_security_group.this", "aws_security_group.group")
            file.write_text(text.replace('"aws_security_group" "this"', '"aws_security_group" "group"'))

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)


@pytest.fixture(scope="module")
def applied(
    server: Running, client: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Unit]:
    """The unit, applied as it was before the rename."""
    vpc = client("ec2").create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
    folder = tmp_path_factory.mktemp("upgrade") / "unit"
    shutil.copytree(MODULE, folder, ignore=shutil.ignore_patterns("tests", "*.md"))
    (folder / "provider.tf").write_text(PROVIDER)
    (folder / "terraform.tfvars.json").write_text(json.dumps(values(vpc, "https")))
    environment = toolchain.environment(os.environ) | client_environment(
        server.url, "111111111111", "us-east-1"
    )
    with WarmProvider.start(
        provider=toolchain.provider_binary(),
        environment=environment,
        units={UNIT: MODULE},
        state_types=None,
        cache=REPOSITORY / ".cache" / "warm",
        say=print,
    ) as warm:
        offer = (warm.directory / f"{unit_key(UNIT)}.json").read_text()
        unit = Unit(folder, environment | {"TF_REATTACH_PROVIDERS": offer})
        unit.terraform("init", "-input=false")
        unit.terraform("apply", "-input=false", "-auto-approve")
        yield unit


def vpc_of(unit: Unit) -> str:
    return str(json.loads((unit.folder / "terraform.tfvars.json").read_text())["vpc_id"])


def test_a_renamed_resource_that_says_so_destroys_nothing(applied: Unit, tmp_path: Path) -> None:
    newer = applied.copy(tmp_path / "newer")
    newer.rename_resource()
    newer.write("moved.tf", RENAMED_RESOURCE)
    assert newer.changes() == {}


def test_a_renamed_resource_that_does_not_say_so_is_destroyed_and_made_again(
    applied: Unit, tmp_path: Path
) -> None:
    newer = applied.copy(tmp_path / "newer")
    newer.rename_resource()
    changes = newer.changes()
    assert changes['aws_security_group.this["api"]'] == ["delete"]
    assert changes['aws_security_group.group["api"]'] == ["create"]


def test_a_renamed_key_that_says_so_changes_the_rules_name_in_place(applied: Unit, tmp_path: Path) -> None:
    newer = applied.copy(tmp_path / "newer")
    newer.write("terraform.tfvars.json", json.dumps(values(vpc_of(applied), "customers")))
    newer.write("moved.tf", RENAMED_KEY)
    assert newer.changes() == {'aws_vpc_security_group_ingress_rule.this["api/customers"]': ["update"]}


def test_a_renamed_key_that_does_not_say_so_closes_the_door_and_opens_another(
    applied: Unit, tmp_path: Path
) -> None:
    newer = applied.copy(tmp_path / "newer")
    newer.write("terraform.tfvars.json", json.dumps(values(vpc_of(applied), "customers")))
    assert newer.changes() == {
        'aws_vpc_security_group_ingress_rule.this["api/https"]': ["delete"],
        'aws_vpc_security_group_ingress_rule.this["api/customers"]': ["create"],
    }
