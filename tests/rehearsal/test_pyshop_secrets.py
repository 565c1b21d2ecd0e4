"""Secrets of a system that stands: drawn anew, put in by people, live afterwards, and written down nowhere."""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from scripts.local_aws.home import Home
from scripts.processes import Finished
from tests.rehearsal.pyshop import DEV, PLACE, Shop

pytestmark = pytest.mark.slow

DATABASE = (*DEV, "--system", "pyshop", "--unit", "database")
TFVARS = f"{PLACE}/database/terraform.tfvars"
PASSWORD, CONNECTION, KEY = (
    f"acme-dev-pyshop-db-{name}" for name in ("password", "connection", "SECRET_KEY")
)
PARTNER = "acme-dev-pyshop-partner-key"
"""The secret of a unit that only these tests have: its value comes from people."""


def live(pyshop: Shop, name: str, stage: str = "AWSCURRENT") -> str:
    """The value that whoever reads the secret gets now."""
    found = pyshop.checkout.client("secretsmanager").get_secret_value(SecretId=name, VersionStage=stage)
    return str(found["SecretString"])


def stages(pyshop: Shop, name: str) -> list[str]:
    """The stages of all versions that can still be read."""
    listed = pyshop.checkout.client("secretsmanager").list_secret_version_ids(SecretId=name)["Versions"]
    return sorted(stage for version in listed for stage in version["VersionStages"])


def versions(pyshop: Shop) -> dict[str, int]:
    """The versions of write-only values that the database's state names, by address."""
    (text,) = [
        pyshop.checkout.client("s3").get_object(
            Bucket=bucket["Name"], Key="pyshop/database/terraform.tfstate"
        )["Body"]
        for bucket in pyshop.checkout.client("s3").list_buckets()["Buckets"]
        if "tfstate" in bucket["Name"]
    ]
    return {
        f"{each.get('module', '')}.{each['type']}.{each['name']}[{instance.get('index_key', '')}]": number
        for each in json.load(text)["resources"]
        for instance in each["instances"]
        for attribute, number in instance["attributes"].items()
        if attribute in {"password_wo_version", "secret_string_wo_version"}
    }


def nowhere(pyshop: Shop, said: Finished, *values: str) -> None:
    """None of *values* stands in any version of any state, in a plan, in a log, or in what was said."""
    held = pyshop.left_behind()
    assert sum("tfplan" in place for place in held) > 0
    for value in values:
        assert len(value) >= 32
        assert [place for place, text in held.items() if value.encode() in text] == []
        assert value not in said.out + said.err


def test_without_a_yes_nothing_is_drawn_and_no_file_changes(pyshop: Shop) -> None:
    text, password = (pyshop.checkout.path / TFVARS).read_text(), live(pyshop, PASSWORD)
    finished = pyshop.checkout.invoke("secrets.rotate", *DATABASE)
    assert (finished.code, "nobody can answer here" in finished.err) == (3, True), finished.err
    assert ((pyshop.checkout.path / TFVARS).read_text(), live(pyshop, PASSWORD)) == (text, password)


def test_a_new_password_reaches_database_and_connection_and_the_old_one_nobody(pyshop: Shop) -> None:
    old, key, before = live(pyshop, PASSWORD), live(pyshop, KEY), versions(pyshop)
    finished = pyshop.checkout.invoke("secrets.rotate", *DATABASE, "--yes")
    assert finished.code == 0, finished.out + finished.err
    assert f"{TFVARS}: password_version 1 -> 2" in finished.err
    assert "aws_db_instance.this" in finished.out and "DATA WOULD BE LOST" not in finished.out
    assert f"Commit {TFVARS}" in finished.out

    new, connection = live(pyshop, PASSWORD), json.loads(live(pyshop, CONNECTION))
    assert (new == old, live(pyshop, KEY) == key) == (False, True)
    assert connection["password"] == new
    assert f":{quote(new, safe='')}@{connection['host']}:" in connection["DATABASE_URL"]
    assert stages(pyshop, PASSWORD).count("AWSCURRENT") == 1
    moved = {address for address, number in versions(pyshop).items() if before[address] != number}
    assert moved == {
        "module.instance[0].aws_db_instance.this[]",
        "module.instance[0].aws_secretsmanager_secret_version.connection[]",
        "module.instance[0].aws_secretsmanager_secret_version.password[]",
    }
    assert pyshop.changes() == {}
    nowhere(pyshop, finished, old, new, connection["DATABASE_URL"])
    assert known_to_the_database(pyshop, old, new) == [False, True]


def known_to_the_database(pyshop: Shop, *values: str) -> list[bool]:
    """Whether each value is what the embedded RDS keeps as its password; it writes that down when it is stopped."""
    assert pyshop.checkout.invoke("local.stop").code == 0
    kept = Home(pyshop.checkout.path / ".rehearsal" / "aws").state
    texts = [path.read_text() for path in kept.rglob("*") if path.is_file() and "rds" in path.name]
    assert pyshop.checkout.invoke("local.start").code == 0
    return [any(json.dumps(value)[1:-1] in text for text in texts) for value in values]


def test_a_secret_of_the_application_is_drawn_anew_by_its_key_and_no_other(pyshop: Shop) -> None:
    old, password, connection = (live(pyshop, name) for name in (KEY, PASSWORD, CONNECTION))
    finished = pyshop.checkout.invoke("secrets.rotate", *DATABASE, "--secret", "SECRET_KEY", "--yes")
    assert finished.code == 0, finished.out + finished.err
    assert "application_secret_versions = { SECRET_KEY = 2 }" in (pyshop.checkout.path / TFVARS).read_text()
    new = live(pyshop, KEY)
    assert (new == old, live(pyshop, PASSWORD), live(pyshop, CONNECTION)) == (False, password, connection)
    assert stages(pyshop, KEY).count("AWSCURRENT") == 1
    assert pyshop.changes() == {}
    nowhere(pyshop, finished, old, new)


@pytest.fixture(scope="module")
def partner(pyshop: Shop) -> Shop:
    """pyshop with a unit more: a secret without a value, which its partner gives to people."""
    definition = """\
terraform { source = "${get_repo_root()}/modules//security/secret" }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = { kms_key_arn = dependency.keys.outputs.key_arns["data"] }
"""
    values = (
        'secrets = { partner-key = { description = "Opens the partner\'s API" } }\nrecovery_window_days = 0\n'
    )
    root = pyshop.checkout.path
    (root / "live/_units/pyshop/partner.hcl").write_text(definition)
    unit = (root / PLACE / "database" / "terragrunt.hcl").read_text()
    (root / PLACE / "partner").mkdir()
    (root / PLACE / "partner" / "terragrunt.hcl").write_text(unit.replace("database", "partner"))
    (root / PLACE / "partner" / "terraform.tfvars").write_text(values)
    finished = pyshop.checkout.invoke("apply", *DEV, "--system", "pyshop", "--unit", "partner", "--yes")
    assert finished.code == 0, finished.out + finished.err
    return pyshop


def put_in(pyshop: Shop, name: str, file: Path) -> Finished:
    """Type it as people do: the value comes from a file, never from the command line."""
    words = " ".join((*DEV, "--system", "pyshop", "--name", name, "--yes"))
    return pyshop.checkout.type(f"{sys.executable} -m invoke secrets.set {words} < {file}")


def test_a_value_that_people_put_in_is_live_at_once_and_seen_by_nobody_else(
    partner: Shop, tmp_path: Path
) -> None:
    first, second = secrets.token_urlsafe(40), secrets.token_urlsafe(40)
    said = []
    for value in (first, second):
        (tmp_path / "value").write_text(f"{value}\n")
        said.append(put_in(partner, PARTNER, tmp_path / "value"))
        assert said[-1].code == 0, said[-1].out + said[-1].err
        assert live(partner, PARTNER) == value
    assert stages(partner, PARTNER) == ["AWSCURRENT", "AWSPREVIOUS"]
    assert live(partner, PARTNER, "AWSPREVIOUS") == first
    assert partner.changes() == {}
    for each in said:
        nowhere(partner, each, first, second)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        pytest.param(PASSWORD, "x", "rotate it: ./invoke secrets.rotate --env dev", id="Terraform draws it"),
        pytest.param("acme-dev-pyshop-partner-kye", "x", f'did you mean "{PARTNER}"?', id="a slip"),
        pytest.param(PARTNER, "", "nothing came on standard input", id="no value"),
    ],
)
def test_what_cannot_be_put_in_is_refused(
    partner: Shop, tmp_path: Path, name: str, value: str, said: str
) -> None:
    before = [stages(partner, each) for each in (PASSWORD, PARTNER)]
    (tmp_path / "value").write_text(value)
    finished = put_in(partner, name, tmp_path / "value")
    assert (finished.code, said in finished.err) == (3, True), finished.err
    assert [stages(partner, each) for each in (PASSWORD, PARTNER)] == before


def test_the_list_says_who_makes_each_value_and_shows_none(partner: Shop) -> None:
    rows = partner.checkout.invoke_json("secrets.list", *DEV, "--system", "pyshop")
    assert {row["secret"]: (row["value"], row["days"]) for row in rows} == {
        PASSWORD: ("drawn by Terraform", 0),
        CONNECTION: ("drawn by Terraform", 0),
        KEY: ("drawn by Terraform", 0),
        PARTNER: ("put in by people", 0),
    }
    values = [live(partner, row["secret"]) for row in rows]
    assert [value for value in values if value in json.dumps(rows)] == []
