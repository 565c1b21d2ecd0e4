"""A new version of a module, or of a unit's values, moves what stands by `moved`; without it, Terraform rebuilds it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.local_aws.lifecycle import Running
from scripts.machine import REPOSITORY
from tests.local_aws.unit import Unit, initialised

MODULE = REPOSITORY / "modules" / "security" / "security-group"
UNIT = "live/dev/us-east-1/shop/groups"
RENAMED_RESOURCE = "moved {\n  from = aws_security_group.this\n  to   = aws_security_group.group\n}\n"
RENAMED_KEY = (
    'moved {\n  from = aws_vpc_security_group_ingress_rule.this["api/https"]\n'
    '  to   = aws_vpc_security_group_ingress_rule.this["api/customers"]\n}\n'
)


def values(vpc: str, rule: str) -> dict[str, Any]:
    """A unit's values: one group with one rule, by this key."""
    ingress = {rule: {"description": "Customers", "from_port": 443, "cidr_ipv4": "10.20.0.0/16"}}
    return {"name": "acme", "vpc_id": vpc, "groups": {"api": {"ingress": ingress}}}


def rename_resource(unit: Unit) -> None:
    """What a module's author does: another name for the group itself."""
    for file in unit.folder.glob("*.tf"):
        text = file.read_text().replace("aws_security_group.this", "aws_security_group.group")
        file.write_text(text.replace('"aws_security_group" "this"', '"aws_security_group" "group"'))


@pytest.fixture(scope="module")
def applied(
    server: Running, client: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Unit]:
    """The unit, applied as it was before the rename."""
    vpc = client("ec2").create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
    folder = tmp_path_factory.mktemp("upgrade") / "unit"
    with initialised(server, MODULE, UNIT, folder) as unit:
        unit.write("terraform.tfvars.json", json.dumps(values(vpc, "https")))
        unit.terraform("apply", "-input=false", "-auto-approve")
        yield unit


def vpc_of(unit: Unit) -> str:
    return str(json.loads((unit.folder / "terraform.tfvars.json").read_text())["vpc_id"])


def test_a_renamed_resource_that_says_so_destroys_nothing(applied: Unit, tmp_path: Path) -> None:
    newer = applied.copy(tmp_path / "newer")
    rename_resource(newer)
    newer.write("moved.tf", RENAMED_RESOURCE)
    assert newer.changes() == {}


def test_a_renamed_resource_that_does_not_say_so_is_destroyed_and_made_again(
    applied: Unit, tmp_path: Path
) -> None:
    newer = applied.copy(tmp_path / "newer")
    rename_resource(newer)
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
