"""Sessions and carts in DynamoDB, in two tables: a cart changes with every click, a session hardly ever.

DynamoDB removes what has expired within days, not at once: until then the reader says that it is over.
"""

import os
import secrets
import time
from functools import cache
from typing import TYPE_CHECKING, TypedDict

import boto3
from cart import Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LIFETIME_SECONDS = 24 * 3600


class Session(TypedDict):
    """What is known of a session."""

    session_id: str
    expires_at: int
    items: list[Item]


@cache
def table(variable: str) -> "Table":
    """The table that an environment variable names, made on the first use: an import must not fail."""
    return boto3.resource("dynamodb").Table(os.environ[variable])


def begin() -> Session:
    """Store a new session; 128 random bits are its id, because whoever knows the id has the session."""
    session_id = secrets.token_hex(16)
    expires_at = int(time.time()) + LIFETIME_SECONDS
    table("SESSIONS_TABLE").put_item(
        Item={"session_id": session_id, "expires_at": expires_at},
        ConditionExpression="attribute_not_exists(session_id)",
    )
    return {"session_id": session_id, "expires_at": expires_at, "items": []}


def find(session_id: str) -> Session | None:
    """Read a session and its cart; None when it never was or is over."""
    key = {"session_id": session_id}
    found = table("SESSIONS_TABLE").get_item(Key=key).get("Item")
    if found is None or int(found["expires_at"]) <= time.time():
        return None
    cart = table("CARTS_TABLE").get_item(Key=key).get("Item") or {}
    items = [Item(str(entry["product"]), int(entry["quantity"])) for entry in cart.get("items", [])]
    return {"session_id": session_id, "expires_at": int(found["expires_at"]), "items": items}


def put_cart(session_id: str, items: list[Item], expires_at: int) -> None:
    """Replace the cart, which lives no longer than its session."""
    stored = [{"product": item.product, "quantity": item.quantity} for item in items]
    table("CARTS_TABLE").put_item(Item={"session_id": session_id, "expires_at": expires_at, "items": stored})


def end(session_id: str) -> None:
    """Forget the cart and then the session: a crash between the two leaves what can be ended again."""
    table("CARTS_TABLE").delete_item(Key={"session_id": session_id})
    table("SESSIONS_TABLE").delete_item(Key={"session_id": session_id})
