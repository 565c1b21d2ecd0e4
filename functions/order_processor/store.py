"""The orders table: one item an order, written once."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError
from order import Order

if TYPE_CHECKING:
    from botocore.client import BaseClient

Stored = dict[str, object]


@cache
def table() -> "BaseClient":
    """The client, made on the first request: an import must not fail where no region is set."""
    return boto3.client("dynamodb")


def put_once(order: Order, correlation_id: str) -> Stored | None:
    """Store *order* and return it, or return None when its id is taken.

    The condition is checked by DynamoDB with the write, so of two requests at once one wins, whichever
    instances of the function they reach.
    """
    now = datetime.now(UTC)
    item = {
        "order_id": {"S": order.order_id},
        "day": {"S": now.date().isoformat()},
        "placed_at": {"S": now.isoformat(timespec="milliseconds").replace("+00:00", "Z")},
        "currency": {"S": order.currency},
        "total": {"S": str(order.total)},
        "items": {
            "L": [
                {
                    "M": {
                        "product": {"S": line.product},
                        "quantity": {"N": str(line.quantity)},
                        "unit_price": {"S": str(line.unit_price)},
                    }
                }
                for line in order.items
            ]
        },
        "fingerprint": {"S": order.fingerprint},
        "correlation_id": {"S": correlation_id},
    }
    try:
        table().put_item(
            TableName=os.environ["TABLE_NAME"],
            Item=item,
            ConditionExpression="attribute_not_exists(order_id)",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
            return None
        raise
    return plain(item)


def find(order_id: str) -> Stored | None:
    """Read an order as it stands now; a reader must see the write that just answered 201."""
    answer = table().get_item(
        TableName=os.environ["TABLE_NAME"], Key={"order_id": {"S": order_id}}, ConsistentRead=True
    )
    return plain(answer["Item"]) if "Item" in answer else None


def plain(item: dict[str, dict[str, object]]) -> Stored:
    """Turn DynamoDB's typed values into JSON ones; quantities are the only numbers in the table."""
    return {key: _value(value) for key, value in item.items()}


def _value(typed: dict[str, object]) -> object:
    ((kind, value),) = typed.items()
    match kind, value:
        case "N", str():
            return int(value)
        case "L", list():
            return [_value(entry) for entry in value]
        case "M", dict():
            return plain(value)
    return value
