"""DynamoDB: what ministack alone forgets."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        pytest.param({"RecoveryPeriodInDays": 7}, 7, id="as asked"),
        pytest.param({}, 35, id="all that AWS keeps, unless asked"),
    ],
)
def test_a_table_remembers_for_how_long_it_can_be_restored(
    client: Any, asked: dict[str, int], days: int
) -> None:
    dynamodb = client("dynamodb")
    name = f"restorable-{days}"
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    dynamodb.update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True, **asked}
    )
    told = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    assert told["PointInTimeRecoveryDescription"]["RecoveryPeriodInDays"] == days
