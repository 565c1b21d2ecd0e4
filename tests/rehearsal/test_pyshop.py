"""platform and pyshop on the embedded AWS: applied, stable, free of secrets, released, gone without a trace."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from scripts.local_aws.lifecycle import SECRET_KEY
from scripts.machine import REPOSITORY
from scripts.processes import Finished
from tests.checkout import Checkout, copy_checkout

pytestmark = pytest.mark.slow

ACCOUNT = "111111111111"
DEV = ("--env", "dev", "--local")
SELECTED = (*DEV, "--system", "platform,pyshop")
SECRETS = ("acme-dev-pyshop-db-password", "acme-dev-pyshop-db-connection", "acme-dev-pyshop-db-SECRET_KEY")
PARAMETER = "/acme-dev-pyshop-api/image-tag"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A checkout of its own: what is destroyed here is nobody else's."""
    made = copy_checkout(tmp_path_factory.mktemp("pyshop") / "stagecraft")
    yield made
    made.invoke("local.stop")


@pytest.fixture(scope="module")
def applied(shop: Checkout) -> Finished:
    finished = shop.invoke("apply", *SELECTED, "--yes")
    assert finished.code == 0, finished.out + finished.err
    return finished


@pytest.fixture(scope="module")
def aws(shop: Checkout, applied: Finished) -> Any:
    """Clients of dev's account in this rehearsal."""
    url = shop.invoke_json("local.status")["url"]
    return lambda service: boto3.client(
        service,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=ACCOUNT,
        aws_secret_access_key=SECRET_KEY,
        config=Config(s3={"addressing_style": "path"}),
    )


def changes(shop: Checkout, *words: str) -> dict[str, list[Any]]:
    """What a plan would change, by unit."""
    finished = shop.invoke("plan", *SELECTED, *words, "--json")
    rows = json.loads(finished.out)
    return {row["unit"].rpartition("/")[2]: row["changes"] for row in rows if row["changes"]}


def test_pyshop_applies_and_its_second_plan_is_empty(shop: Checkout, applied: Finished) -> None:
    assert changes(shop) == {}


def test_every_unit_of_pyshop_stands(shop: Checkout, applied: Finished) -> None:
    shown = shop.invoke_json("output", *DEV, "--system", "pyshop")
    outputs = {unit.rpartition("/")[2]: values for unit, values in shown.items()}
    assert outputs["service"]["service_name"] == "acme-dev-pyshop-api"
    assert outputs["dns-zone"]["plain_http"] is True
    assert outputs["database"]["secret_references"].keys() == {"DATABASE_URL", "SECRET_KEY"}


def test_no_secret_stands_in_a_state_a_plan_or_a_log(shop: Checkout, applied: Finished, aws: Any) -> None:
    manager = aws("secretsmanager")
    texts = [manager.get_secret_value(SecretId=name)["SecretString"] for name in SECRETS]
    connection = json.loads(texts[1])
    secrets = [texts[0], texts[2], connection["password"], connection["DATABASE_URL"]]
    assert connection["password"] == texts[0]
    assert min(map(len, secrets)) >= 32
    assert shop.invoke("plan", *SELECTED).code == 0
    held = {**states(aws("s3")), **files(shop.path)}
    assert sum("tfstate" in place for place in held) >= 10
    assert sum("tfplan" in place for place in held) >= 10
    for secret in (*secrets, SECRET_KEY):
        assert [place for place, text in held.items() if secret.encode() in text] == []
        assert secret not in applied.out + applied.err


def states(s3: Any) -> dict[str, bytes]:
    """Every version of every object in the state bucket."""
    (bucket,) = [each["Name"] for each in s3.list_buckets()["Buckets"] if "tfstate" in each["Name"]]
    versions = s3.list_object_versions(Bucket=bucket).get("Versions", [])
    return {
        f"{each['Key']}@{each['VersionId']}": s3.get_object(
            Bucket=bucket, Key=each["Key"], VersionId=each["VersionId"]
        )["Body"].read()
        for each in versions
    }


def files(checkout: Path) -> dict[str, bytes]:
    """What the runs left in the checkout, plan files unpacked; the embedded AWS's own memory is no part of it."""
    found = {}
    for folder in (".cache", "live"):
        for path in (checkout / folder).rglob("*"):
            if not path.is_file() or path.is_symlink() or "/tools/" in str(path):
                continue
            data = path.read_bytes()
            found[str(path)] = data
            if zipfile.is_zipfile(io.BytesIO(data)):
                archive = zipfile.ZipFile(io.BytesIO(data))
                found |= {f"{path}!{name}": archive.read(name) for name in archive.namelist()}
    return found


def test_a_released_tag_is_what_the_next_plan_runs_and_nothing_else(
    shop: Checkout, applied: Finished, aws: Any
) -> None:
    aws("ssm").put_parameter(Name=PARAMETER, Value="v2", Type="String", Overwrite=True)
    found = changes(shop)
    assert set(found) == {"service"}
    assert {change["address"].partition(".aws_")[2].partition(".")[0] for change in found["service"]} == {
        "ecs_service",
        "ecs_task_definition",
    }
    finished = shop.invoke("apply", *DEV, "--system", "pyshop", "--unit", "service", "--yes")
    assert finished.code == 0, finished.out + finished.err
    assert changes(shop) == {}
    assert aws("ssm").get_parameter(Name=PARAMETER)["Parameter"]["Value"] == "v2"


def test_the_release_that_the_document_shows_goes_there_and_back(shop: Checkout, applied: Finished) -> None:
    """docs/release.md, as it is written; then what another tag leaves behind is what stood there before."""
    block = re.search(r"```sh\n(.*?)```", (REPOSITORY / "docs/release.md").read_text(), re.DOTALL)
    assert block is not None
    finished = shop.type(block[1])
    assert finished.code == 0, finished.out + finished.err
    assert "v1.4.2" in finished.out
    assert changes(shop) == {}


def test_another_number_of_backups_changes_the_database_alone(shop: Checkout, applied: Finished) -> None:
    file = "live/dev/us-east-1/pyshop/database/terraform.tfvars"
    shop.edit(file, "backup_retention_days = 7", "backup_retention_days = 9")
    found = changes(shop)
    shop.edit(file, "backup_retention_days = 9", "backup_retention_days = 7")
    assert {unit: [change["action"] for change in rows] for unit, rows in found.items()} == {
        "database": ["update"]
    }


def test_the_database_is_not_destroyed_unless_it_is_named(shop: Checkout, applied: Finished) -> None:
    finished = shop.invoke("destroy", *SELECTED, "--yes")
    assert finished.code == 3
    assert "aws_db_instance.this" in finished.err


@pytest.mark.last
def test_pyshop_is_destroyed_to_nothing(shop: Checkout, applied: Finished) -> None:
    finished = shop.invoke("destroy", *SELECTED, "--yes", "--allow", "*")
    assert finished.code == 0, finished.out + finished.err
    again = shop.invoke("destroy", *SELECTED, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
