"""What an order is: read strictly, so that nothing is stored that a report could not add up.

Unknown fields are refused rather than kept: a name or an address sent by mistake never reaches the table.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
IDENTIFIER_RULE = "1 to 64 letters, digits, dashes, underscores"
CURRENCY = re.compile(r"[A-Z]{3}")
# A string, because a JSON number becomes a binary float somewhere on its way and loses cents.
AMOUNT = re.compile(r"(0|[1-9][0-9]{0,9})(\.[0-9]{1,3})?")
MOST_ITEMS = 100
MOST_OF_ONE = 10_000


class InvalidOrder(Exception):
    """The request is at fault; *field* says where, the text says which rule."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field} {rule}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Line:
    """One product of an order."""

    product: str
    quantity: int
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class Order:
    """An order that passed every rule."""

    order_id: str
    currency: str
    items: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """What the customer owes."""
        return sum((line.quantity * line.unit_price for line in self.items), Decimal(0))

    @property
    def fingerprint(self) -> str:
        """The same for the same order however its JSON was written; a retry is told from a conflict by it."""
        lines = [[line.product, line.quantity, str(line.unit_price.normalize())] for line in self.items]
        return sha256(json.dumps([self.order_id, self.currency, lines]).encode()).hexdigest()


def parse(body: str | None) -> Order:
    """Read a request body; the first broken rule is raised as InvalidOrder."""
    try:
        document = json.loads(body or "")
    except ValueError:
        raise InvalidOrder("body", "must be JSON") from None
    fields = _object(document, "body", {"order_id", "currency", "items"})
    lines = fields["items"]
    if not isinstance(lines, list) or not 1 <= len(lines) <= MOST_ITEMS:
        raise InvalidOrder("items", f"must be a list of 1 to {MOST_ITEMS} items")
    return Order(
        order_id=_text(fields["order_id"], "order_id", IDENTIFIER, IDENTIFIER_RULE),
        currency=_text(fields["currency"], "currency", CURRENCY, "a three-letter ISO 4217 code such as EUR"),
        items=tuple(_line(line, f"items[{position}]") for position, line in enumerate(lines)),
    )


def _line(value: object, place: str) -> Line:
    fields = _object(value, place, {"product", "quantity", "unit_price"})
    quantity = fields["quantity"]
    # bool is an int to Python, and true is no quantity.
    if type(quantity) is not int or not 1 <= quantity <= MOST_OF_ONE:
        raise InvalidOrder(f"{place}.quantity", f"must be a whole number from 1 to {MOST_OF_ONE}")
    price = _text(fields["unit_price"], f"{place}.unit_price", AMOUNT, 'a decimal string such as "12.50"')
    product = _text(fields["product"], f"{place}.product", IDENTIFIER, IDENTIFIER_RULE)
    return Line(product=product, quantity=quantity, unit_price=Decimal(price))


def _object(value: object, place: str, expected: set[str]) -> dict[str, object]:
    if not isinstance(value, dict):
        raise InvalidOrder(place, "must be an object")
    prefix = "" if place == "body" else f"{place}."
    for missing in sorted(expected - value.keys()):
        raise InvalidOrder(f"{prefix}{missing}", "is missing")
    for unknown in sorted(value.keys() - expected):
        raise InvalidOrder(f"{prefix}{unknown}", "is not a field of an order")
    return value


def _text(value: object, place: str, pattern: re.Pattern[str], shape: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise InvalidOrder(place, f"must be {shape}")
    return value
