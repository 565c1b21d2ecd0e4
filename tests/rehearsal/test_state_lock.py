"""Where the lock of a state lies is one word in env.hcl."""

from tests.checkout import ACCOUNTS, Checkout

KEYS = ("--env", "staging", "--local", "--system", "platform", "--unit", "kms")


def test_one_switch_moves_the_lock_into_a_table(checkout: Checkout) -> None:
    file = "live/staging/env.hcl"
    checkout.edit(file, 'state_lock = "s3"', 'state_lock = "dynamodb"')
    planned = checkout.invoke("plan", *KEYS)
    checkout.edit(file, 'state_lock = "dynamodb"', 'state_lock = "s3"')
    assert planned.code == 2, planned.out + planned.err
    assert "made the lock table acme-staging-tfstate-lock" in planned.err
    table = checkout.client("dynamodb", account=ACCOUNTS["staging"])
    # Terraform keeps a digest of each state it has locked; a plan of nothing leaves the table empty of locks.
    assert table.scan(TableName="acme-staging-tfstate-lock").get("Items") == []
