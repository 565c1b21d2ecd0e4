"""Terraform keeps its state in the embedded S3, encrypted, locked and for the right account only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from scripts.local_aws import lifecycle
from tests.local_aws.conftest import ACCOUNT, OTHER_ACCOUNT

BUCKET = "acme-dev-state"
ALIAS = f"arn:aws:kms:us-east-1:{ACCOUNT}:alias/acme-dev-state"
ROOT = """
terraform {
  backend "s3" {}
}
resource "terraform_data" "this" {
  input = "kept"
}
"""


@pytest.fixture(scope="module", autouse=True)
def bucket(client):
    """A versioned bucket encrypted under an alias, and a lock table."""
    key = client("kms").create_key()["KeyMetadata"]["Arn"]
    client("kms").create_alias(AliasName="alias/acme-dev-state", TargetKeyId=key)
    s3 = client("s3")
    s3.create_bucket(Bucket=BUCKET)
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    client("dynamodb").create_table(
        TableName="acme-dev-lock",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}],
    )


@pytest.fixture
def terraform(server, tmp_path):
    """Run one Terraform command in a folder of its own; return code and output."""

    def run(unit, *arguments, account=ACCOUNT):
        folder = tmp_path / unit
        folder.mkdir(exist_ok=True)
        (folder / "main.tf").write_text(ROOT)
        environment = {
            **os.environ,
            **lifecycle.client_environment(server.url, account, "us-east-1"),
            "TF_DATA_DIR": str(folder / "data"),
            "TF_IN_AUTOMATION": "1",
        }
        command = [str(shutil.which("terraform")), *arguments, "-no-color", "-input=false"]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=180
        )
        return done.returncode, done.stdout + done.stderr

    return run


def initialise(terraform, unit, lock, account=ACCOUNT):
    settings = {
        "bucket": BUCKET,
        "key": f"{unit}/terraform.tfstate",
        "region": "us-east-1",
        "allowed_account_ids": json.dumps([ACCOUNT]),
        "encrypt": "true",
        "kms_key_id": ALIAS,
        "use_path_style": "true",
        **lock,
    }
    return terraform(
        unit, "init", *[f"-backend-config={k}={v}" for k, v in settings.items()], account=account
    )


LOCKS = [
    pytest.param({"use_lockfile": "true"}, id="lock file"),
    pytest.param({"dynamodb_table": "acme-dev-lock"}, id="lock table"),
]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_state_is_kept_encrypted_and_its_lock_released(client, terraform, lock):
    unit = next(iter(lock))
    assert initialise(terraform, unit, lock)[0] == 0
    assert terraform(unit, "apply", "-auto-approve")[0] == 0
    assert terraform(unit, "plan", "-detailed-exitcode")[0] == 0
    kept = client("s3").head_object(Bucket=BUCKET, Key=f"{unit}/terraform.tfstate")
    assert (kept["ServerSideEncryption"], kept["SSEKMSKeyId"]) == ("aws:kms", ALIAS)
    objects = client("s3").list_objects_v2(Bucket=BUCKET, Prefix=unit)["Contents"]
    assert [entry["Key"] for entry in objects] == [f"{unit}/terraform.tfstate"]


def test_a_held_lock_refuses_another_apply_and_says_who_holds_it(client, terraform):
    initialise(terraform, "held", {"use_lockfile": "true"})
    info = {
        "ID": "1-2",
        "Operation": "OperationTypeApply",
        "Who": "someone@laptop",
        "Created": "2030-01-01T00:00:00Z",
    }
    client("s3").put_object(
        Bucket=BUCKET, Key="held/terraform.tfstate.tflock", Body=json.dumps(info).encode()
    )
    code, output = terraform("held", "apply", "-auto-approve")
    assert code == 1
    assert "Error acquiring the state lock" in output
    assert "someone@laptop" in output


def test_another_account_is_refused(terraform):
    code, output = initialise(terraform, "foreign", {"use_lockfile": "true"}, account=OTHER_ACCOUNT)
    assert code == 1
    assert f"AWS account ID not allowed: {OTHER_ACCOUNT}" in output


def test_four_units_at_once_keep_their_states_apart(client, terraform):
    def apply(unit):
        initialise(terraform, unit, {"use_lockfile": "true"})
        return terraform(unit, "apply", "-auto-approve")[0]

    units = [f"unit-{number}" for number in range(4)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(apply, units)) == [0, 0, 0, 0]
    objects = client("s3").list_objects_v2(Bucket=BUCKET, Prefix="unit-")["Contents"]
    assert [entry["Key"] for entry in objects] == [f"{unit}/terraform.tfstate" for unit in units]


def test_many_callers_at_once_get_their_own_answers(client):
    """Eight callers on both emulators; each finds what it made and nothing is lost."""
    ec2, sqs = client("ec2"), client("sqs")

    def work(number):
        vpc = ec2.create_vpc(CidrBlock=f"10.{100 + number}.0.0/16")["Vpc"]["VpcId"]
        for group in range(5):
            ec2.create_security_group(GroupName=f"g{group}", Description="d", VpcId=vpc)
            sqs.create_queue(QueueName=f"many-{number}-{group}")
        filters = [{"Name": "vpc-id", "Values": [vpc]}]
        groups = ec2.describe_security_groups(Filters=filters)["SecurityGroups"]
        queues = sqs.list_queues(QueueNamePrefix=f"many-{number}-")["QueueUrls"]
        return len(groups), len(queues)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(work, range(8))) == [(6, 5)] * 8
