"""How values and changes of a review are spelled, the same in every kind of text."""

from __future__ import annotations

import json

from scripts.plans.plan import ResourceChange
from scripts.plans.review import CENT, REASONS, OutputReview, Review, UnitReview
from scripts.plans.values import REDACTED, Difference, Json

LATER = "(known after apply)"
VERBS = {
    "create": "created",
    "update": "updated",
    "replace": "replaced",
    "delete": "destroyed",
    "forget": "forgotten",
}


def many(number: int, noun: str) -> str:
    """``1 finding``, ``2 findings``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def value(found: Json, longest: int = 60) -> str:
    """A value on one line; a long one is cut in the middle, where it says least."""
    if found == REDACTED:
        return REDACTED
    text = json.dumps(found, ensure_ascii=False, sort_keys=True)
    if len(text) <= longest:
        return text
    half = (longest - 3) // 2
    return f"{text[:half]}...{text[-half:]}"


def difference(found: Difference, longest: int = 60) -> str:
    """``name: "a" -> "b"``, and whether that forces the replacement."""
    after = LATER if found.unknown else value(found.after, longest)
    text = f"{found.path}: {value(found.before, longest)} -> {after}"
    return f"{text}  (forces the replacement)" if found.forces else text


def verb(change: ResourceChange) -> str:
    """What happens to it, in one word."""
    return VERBS.get(change.action, change.action)


def reason(change: ResourceChange) -> str:
    """Why it is replaced, destroyed or let go of."""
    forced = ", ".join(change.replace_paths)
    why = REASONS.get(change.reason, change.reason.replace("_", " "))
    if change.action == "replace":
        order = ", the new one first" if change.creates_first else ""
        return f"{f'{forced} {why}' if forced and 'cannot' in why else why or forced}{order}"
    if change.action == "forget":
        return "let go of; it stays in AWS"
    if change.deposed:
        return "left over from a replacement"
    return why


def renaming(change: ResourceChange) -> str:
    """Where it moved from, or under which id it is taken over."""
    if change.importing:
        return f"taken over from {change.importing}"
    return f"moved from {change.previous_address}"


def drift(change: ResourceChange) -> str:
    """How a resource differs in AWS from what the last apply left."""
    if change.action == "delete":
        return "is gone"
    return "; ".join(difference(each, 40) for each in change.differences if each.before or each.after)


def output(found: OutputReview) -> str:
    """How an output changes."""
    if found.unknown:
        return LATER
    return {"create": "new", "delete": "gone"}.get(found.action, "changed")


def readers(found: OutputReview, most: int = 6) -> str:
    """Who reads it, by system and unit; when they are more than *most*, how many of which systems."""
    if len(found.readers) > most:
        systems = dict.fromkeys(short(reader).split("/")[0] for reader in found.readers)
        return f"{len(found.readers)} units of {', '.join(systems)}"
    return ", ".join(short(reader) for reader in found.readers) or "nobody"


def short(unit: str) -> str:
    """``order-analytics/storage`` of ``live/dev/us-east-1/order-analytics/storage``; the region stays where it is odd."""
    parts = unit.split("/")
    return "/".join(parts[3:]) if len(parts) == 5 else unit


def money(amount: float | None) -> str:
    """A monthly difference: ``+12.30``; nothing when it is not known, a dash when it is nothing."""
    if amount is None:
        return ""
    return "-" if abs(amount) < CENT / 2 else f"{amount:+.2f}"


def counts(unit: UnitReview) -> tuple[str, str, str, str]:
    """The four numbers of a row, empty for none."""
    numbers = (unit.counts[key] for key in ("create", "update", "replace", "delete"))
    first, second, third, fourth = (str(number) if number else "" for number in numbers)
    return first, second, third, fourth


def others(review: Review) -> str:
    """The units that are not listed, in one line; empty when all are."""
    same = sum(1 for unit in review.units if unit.status == "same")
    if not same:
        return ""
    again = sum(1 for unit in review.units if unit.status == "same" and unit.again)
    more = f", {again} of them planned again once what they read is applied" if again else ""
    return f"{same} {'unit' if same == 1 else 'units'} with nothing to change{more}"
