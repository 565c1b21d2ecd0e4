"""What is changed behind Terraform's back is reported as what it is, where it is, and nothing else."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.processes import Finished
from tests.checkout import Checkout, own_checkout

DEV = ("--env", "dev", "--local")
SHOP = "live/dev/us-east-1/shop"
BUCKET = "acme-dev-shop-pages"
UNITS = {
    "bucket": ("storage/s3", f'name = "{BUCKET}"\n  access_log = null'),
    "network": (
        "patterns/network",
        'account_id = "111111111111"\n  vpc_cidr_block = "10.10.0.0/16"\n  flow_logs = null\n'
        "  tiers = { private = { newbits = 4, zones = { us-east-1a = 1 } } }\n  gateway_endpoints = {}\n"
        '  security_groups = { shop = { ingress = { web = { description = "Customers", from_port = 443, '
        'cidr_ipv4 = "10.0.0.0/8" } } } }',
    ),
    "queues": ("messaging/sqs", "queues = { orders = {}, jobs = {} }"),
    "mailbox": ("messaging/sqs", "queues = { letters = {} }"),
}


def add_unit(root: Path, name: str, module: str, inputs: str) -> None:
    """A unit of shop with all its values in its definition."""
    folder = root / SHOP / name
    folder.mkdir(parents=True)
    includes = [("root", "terragrunt.hcl"), ("unit", f"live/_units/shop/{name}.hcl")]
    folder.joinpath("terragrunt.hcl").write_text(
        "".join(
            f'include "{label}" {{\n  path = "${{get_repo_root()}}/{file}"\n}}\n' for label, file in includes
        )
    )
    source = f'terraform {{ source = "${{get_repo_root()}}/modules//{module}" }}\n'
    (root / f"live/_units/shop/{name}.hcl").write_text(f"{source}inputs = {{\n  {inputs}\n}}\n")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A checkout with one small system, applied."""
    with own_checkout(tmp_path_factory.mktemp("drift")) as made:
        for system in [*(made.path / "live").glob("*/*/*/"), *(made.path / "live/_units").glob("*/")]:
            shutil.rmtree(system)
        (made.path / "live/_units/shop").mkdir(parents=True)
        for name, (module, inputs) in UNITS.items():
            add_unit(made.path, name, module, inputs)
        finished = made.invoke("apply", *DEV, "--yes")
        assert finished.code == 0, finished.out + finished.err
        yield made


def drift(shop: Checkout) -> tuple[int, dict[str, dict[str, Any]]]:
    """Exit code, and each unit's row by its name."""
    finished: Finished = shop.invoke("drift", *DEV, "--json")
    assert finished.out, finished.err
    return finished.code, {row["unit"].rpartition("/")[2]: row for row in json.loads(finished.out)}


def states(rows: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {name: row["state"] for name, row in rows.items()}


def differing(row: dict[str, Any]) -> dict[str, list[str]]:
    return {
        found["address"]: [each["path"] for each in found["differences"]] or [found["what"]]
        for found in row["resources"]
    }


@pytest.mark.slow
def test_what_was_just_applied_is_in_sync(shop):
    assert drift(shop)[0] == 0
    assert states(drift(shop)[1]) == dict.fromkeys(UNITS, "in sync")


@pytest.mark.slow
def test_a_review_right_after_an_apply_tells_no_drift(shop):
    """A new owner changes every unit, so the review shows each; what AWS repeats of later resources nobody changed."""
    owner = re.search(r"owner +=.*", (shop.path / "live/dev/env.hcl").read_text())[0]
    shop.edit("live/dev/env.hcl", owner, 'owner = "somebody-else"')
    finished = shop.invoke("plan", *DEV, "--json")
    shop.edit("live/dev/env.hcl", 'owner = "somebody-else"', owner)
    assert finished.code == 2, finished.out + finished.err
    told = {unit["unit"].rpartition("/")[2]: unit for unit in json.loads(finished.out)}
    assert {name: bool(unit["changes"]) for name, unit in told.items()} == dict.fromkeys(UNITS, True)
    assert {name: unit["drift"] for name, unit in told.items()} == {name: [] for name in UNITS}


@pytest.mark.slow
def test_a_change_of_the_configuration_is_no_drift(shop):
    """Not yet applied, a unit that is new here included."""
    shop.edit("live/_units/shop/queues.hcl", "jobs = {}", "jobs = {}, more = { delay_seconds = 5 }")
    add_unit(shop.path, "later", "messaging/sqs", "queues = { later = {} }")
    code, rows = drift(shop)
    shop.edit("live/_units/shop/queues.hcl", "jobs = {}, more = { delay_seconds = 5 }", "jobs = {}")
    assert (code, states(rows)) == (0, dict.fromkeys(UNITS, "in sync") | {"later": "not applied"})


@pytest.mark.slow
def test_each_change_is_told_as_what_it_is(shop):
    """Four hands in the console: a tag, a rule, a deleted queue, a bucket's policy."""
    sqs, ec2, s3 = map(shop.client, ("sqs", "ec2", "s3"))
    letters = sqs.get_queue_url(QueueName="acme-dev-shop-letters")["QueueUrl"]
    sqs.tag_queue(QueueUrl=letters, Tags={"Owner": "somebody-else"})
    sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName="acme-dev-shop-jobs")["QueueUrl"])
    (group,) = ec2.describe_security_groups(
        Filters=[{"Name": "group-name", "Values": ["acme-dev-shop-shop"]}]
    )["SecurityGroups"]
    ec2.authorize_security_group_ingress(
        GroupId=group["GroupId"], IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="0.0.0.0/0"
    )
    s3.delete_bucket_policy(Bucket=BUCKET)

    code, rows = drift(shop)
    assert code == 2
    assert states(rows) == {
        "bucket": "missing",
        "later": "not applied",
        "network": "drifted",
        "queues": "missing",
        "mailbox": "drifted",
    }
    found = {name: differing(row) for name, row in rows.items() if row["resources"]}
    assert set(found["mailbox"]) == {'aws_sqs_queue.this["letters"]'}
    assert all("Owner" in path for path in found["mailbox"]['aws_sqs_queue.this["letters"]'])
    (address,) = found["network"]
    assert address.endswith('aws_security_group.this["shop"]')
    assert all(path.startswith("ingress") for path in found["network"][address])
    assert found["queues"]['aws_sqs_queue.this["jobs"]'] == ["missing"]
    assert not [address for address in found["queues"] if "orders" in address]
    assert found["bucket"] == {"aws_s3_bucket_policy.this": ["missing"]}


@pytest.mark.slow
def test_a_unit_that_cannot_be_read_is_neither_in_sync_nor_drifted(shop):
    """Its definition cannot be evaluated, so nobody looked."""
    definition = shop.path / "live/_units/shop/mailbox.hcl"
    text = definition.read_text()
    definition.write_text(text.replace("inputs", 'locals { broken = run_cmd("false") }\ninputs'))
    finished = shop.invoke("drift", *DEV, "--unit", "mailbox", "--json")
    definition.write_text(text)
    assert finished.code == 1, finished.out + finished.err
    assert [row["state"] for row in json.loads(finished.out)] == ["cannot read"]


@pytest.mark.slow
def test_an_apply_takes_it_back(shop):
    """The rule that nobody manages stays until somebody removes it: Terraform owns the group's rules one by one."""
    finished = shop.invoke("apply", *DEV, "--yes")
    assert finished.code == 0, finished.out + finished.err
    assert states(drift(shop)[1])["queues"] == "in sync"
