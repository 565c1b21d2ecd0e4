"""Totals of one day's orders: per product and for the day, never across currencies."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from io import StringIO

# DynamoDB's typed values nest: {"items": {"L": [{"M": {"quantity": {"N": "2"}}}]}}.
Image = dict[str, dict]


@dataclass(slots=True)
class Sum:
    """What one product sold in one currency, or one currency took that day."""

    orders: int = 0
    quantity: int = 0
    revenue: Decimal = Decimal(0)

    def add(self, quantity: int, revenue: Decimal, orders: int) -> None:
        """Count one more sale."""
        self.orders += orders
        self.quantity += quantity
        self.revenue += revenue


@dataclass(slots=True)
class Report:
    """The sums of a day. It holds sums only, so a day of any size fits in memory."""

    day: str
    products: dict[tuple[str, str], Sum] = field(default_factory=dict)
    totals: dict[str, Sum] = field(default_factory=dict)

    @property
    def orders(self) -> int:
        """How many orders the day had."""
        return sum(total.orders for total in self.totals.values())

    def add(self, image: Image) -> None:
        """Count one order, in the shape DynamoDB returns it."""
        currency = str(image["currency"]["S"])
        lines = [line["M"] for line in image["items"]["L"]]
        seen: set[str] = set()
        total = self.totals.setdefault(currency, Sum())
        total.orders += 1
        for line in lines:
            product, quantity = str(line["product"]["S"]), int(line["quantity"]["N"])
            revenue = quantity * Decimal(line["unit_price"]["S"])
            # Two lines of one product are one order of it.
            sold = self.products.setdefault((product, currency), Sum())
            sold.add(quantity, revenue, orders=int(product not in seen))
            total.add(quantity, revenue, orders=0)
            seen.add(product)

    def as_csv(self) -> str:
        """One row per product and currency, sorted, so that the same orders give the same file."""
        text = StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(["day", "product", "currency", "orders", "quantity", "revenue"])
        for (product, currency), total in sorted(self.products.items()):
            rows.writerow([self.day, product, currency, total.orders, total.quantity, total.revenue])
        return text.getvalue()

    def as_json(self) -> str:
        """The same sums and the day's totals, for programs; amounts are strings, as numbers lose cents."""
        products = [
            {"product": product, "currency": currency} | _shown(total)
            for (product, currency), total in sorted(self.products.items())
        ]
        totals = {currency: _shown(total) for currency, total in sorted(self.totals.items())}
        document = {"day": self.day, "orders": self.orders, "totals": totals, "products": products}
        return json.dumps(document, indent=2) + "\n"

    def revenue(self) -> dict[str, str]:
        """What the day took, by currency."""
        return {currency: str(total.revenue) for currency, total in sorted(self.totals.items())}


def summarise(day: str, images: Iterable[Image]) -> Report:
    """Add up *images*, one pass, keeping none of them."""
    report = Report(day)
    for image in images:
        report.add(image)
    return report


def _shown(total: Sum) -> dict[str, int | str]:
    return {"orders": total.orders, "quantity": total.quantity, "revenue": str(total.revenue)}
