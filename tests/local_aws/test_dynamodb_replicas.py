"""A replica of a table is encrypted with the key of its own region."""

from typing import Any

from scripts.local_aws.lifecycle import Running
from tests.local_aws.conftest import client_of

KEY = "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555"
WEST_KEY = KEY.replace("us-east-1", "us-west-2")


def test_a_replica_keeps_the_key_that_it_was_made_with(server: Running) -> None:
    dynamodb = client_of(server.url, "dynamodb")
    dynamodb.create_table(
        TableName="carts",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": KEY},
    )
    create = {"Create": {"RegionName": "us-west-2", "KMSMasterKeyId": WEST_KEY}}
    dynamodb.update_table(TableName="carts", ReplicaUpdates=[create])

    def key(region: str) -> Any:
        table = client_of(server.url, "dynamodb", region=region).describe_table(TableName="carts")["Table"]
        return table["SSEDescription"]["KMSMasterKeyArn"]

    assert (key("us-east-1"), key("us-west-2")) == (KEY, WEST_KEY)
