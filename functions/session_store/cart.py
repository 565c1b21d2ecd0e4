"""A cart as a caller sends it: read strictly, so that what is stored needs no second look."""

import json
import re
from dataclasses import dataclass

PRODUCT = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
MOST_ITEMS = 100
MOST_OF_ONE = 999


class InvalidCart(Exception):
    """A rule that the request breaks, with the field that broke it."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field} {rule}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Item:
    """So many of one product."""

    product: str
    quantity: int


def parse(body: str) -> list[Item]:
    """Read ``{"items": [{"product": "teapot", "quantity": 2}]}``; each product once."""
    try:
        document = json.loads(body)
    except ValueError:
        raise InvalidCart("body", "must be JSON") from None
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise InvalidCart("items", f"must be a list of at most {MOST_ITEMS}")
    found = [item(number, entry) for number, entry in enumerate(items)]
    if len({entry.product for entry in found}) != len(found):
        raise InvalidCart("items", "must name each product once")
    return found


def item(number: int, entry: object) -> Item:
    """Read one item."""
    product = entry.get("product") if isinstance(entry, dict) else None
    quantity = entry.get("quantity") if isinstance(entry, dict) else None
    if not isinstance(product, str) or not PRODUCT.fullmatch(product):
        raise InvalidCart(f"items[{number}].product", "must be small letters, digits and hyphens, at most 64")
    # bool is an int in Python: true would be a quantity of one.
    if not isinstance(quantity, int) or isinstance(quantity, bool) or not 1 <= quantity <= MOST_OF_ONE:
        raise InvalidCart(f"items[{number}].quantity", f"must be a whole number from 1 to {MOST_OF_ONE}")
    return Item(product, quantity)
