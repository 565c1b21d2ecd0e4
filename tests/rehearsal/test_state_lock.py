"""Where the lock of a state lies is one word in env.hcl."""

import boto3

from scripts.local_aws import lifecycle
from tests.checkout import Checkout

KEYS = ("--env", "staging", "--local", "--system", "platform", "--unit", "kms")


def test_one_switch_moves_the_lock_into_a_table(checkout: Checkout) -> None:
    file = "live/staging/env.hcl"
    checkout.edit(file, 'state_lock = "s3"', 'state_lock = "dynamodb"')
    planned = checkout.invoke("plan", *KEYS)
    checkout.edit(file, 'state_lock = "dynamodb"', 'state_lock = "s3"')
    assert planned.code == 2, planned.out + planned.err
    assert "made the lock table acme-staging-tfstate-lock" in planned.err
    url = checkout.invoke_json("local.status")["url"]
    settings = lifecycle.client_environment(url, "222222222222", "us-east-1")
    table = boto3.client(
        "dynamodb",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=settings["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=settings["AWS_SECRET_ACCESS_KEY"],
    )
    # Terraform keeps a digest of each state it has locked; a plan of nothing leaves the table empty of locks.
    assert table.scan(TableName="acme-staging-tfstate-lock").get("Items") == []
