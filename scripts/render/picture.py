"""The units of a review as an SVG: what is needed stands left of what needs it, coloured by what happens to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from scripts.plans.review import Review, UnitReview
from scripts.render import words

WIDTH, HEIGHT, GAP, CHANNEL, MARGIN = 208, 34, 12, 72, 12
STATES = {
    "lost": "loses data",
    "failed": "failed",
    "replace": "replaces or destroys",
    "update": "updates",
    "create": "creates only",
    "again": "planned again",
    "same": "stays",
}


def state(unit: UnitReview) -> str:
    """The most serious thing that happens in a unit; a key of STATES."""
    if unit.status in {"failed", "not reached"}:
        return "failed"
    if any(change.loses_data for change in unit.changes):
        return "lost"
    actions = {change.action for change in unit.changes}
    if actions & {"replace", "delete", "forget"}:
        return "replace"
    if unit.status == "changes":
        return "create" if actions == {"create"} else "update"
    return "again" if unit.again else "same"


def svg(review: Review) -> str:
    """The picture; styled by the page's own classes, so that it follows its colours."""
    columns = _columns(review)
    places = {
        unit: (MARGIN + column * (WIDTH + CHANNEL), MARGIN + row * (HEIGHT + GAP))
        for column, units in enumerate(columns)
        for row, unit in enumerate(units)
    }
    width = 2 * MARGIN + len(columns) * (WIDTH + CHANNEL) - CHANNEL
    height = 2 * MARGIN + max((len(units) for units in columns), default=0) * (HEIGHT + GAP) - GAP
    lines = [*_edges(review, places), *_nodes(review, places)]
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="Units and what they need">\n' + "\n".join(lines) + "\n</svg>"
    )


def _columns(review: Review) -> list[list[str]]:
    """Units by how many others must come before them; in a column ordered so that few lines cross."""
    names = [unit.unit for unit in review.units]
    needs: dict[str, list[str]] = {name: [] for name in names}
    for unit, need in review.edges:
        needs[unit].append(need)
    depth: dict[str, int] = {}

    def deep(name: str, seen: frozenset[str]) -> int:
        if name not in depth:
            below = [deep(need, seen | {name}) + 1 for need in needs[name] if need not in seen]
            depth[name] = max(below, default=0)
        return depth[name]

    columns: list[list[str]] = [
        [] for _ in range(max((deep(name, frozenset()) for name in names), default=-1) + 1)
    ]
    for name in names:
        columns[depth[name]].append(name)
    rows = {name: float(row) for units in columns for row, name in enumerate(units)}
    for units in columns[1:]:
        units.sort(key=lambda name: sum(rows[need] for need in needs[name]) / max(len(needs[name]), 1))
        rows |= {name: float(row) for row, name in enumerate(units)}
    return columns


def _edges(review: Review, places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    moved = {unit.unit for unit in review.units if unit.outputs}
    for unit, need in review.edges:
        (x2, y2), (x1, y1) = places[unit], places[need]
        x1, y1, y2 = x1 + WIDTH, y1 + HEIGHT // 2, y2 + HEIGHT // 2
        bend = max((x2 - x1) // 2, CHANNEL // 2)
        kind = "edge live" if need in moved else "edge"
        yield f'<path class="{kind}" d="M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"/>'


def _nodes(review: Review, places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for number, unit in enumerate(review.units):
        x, y = places[unit.unit]
        label = _cut(words.short(unit.unit))
        numbers = summary(unit)
        yield (
            f'<a href="#u{number}"><g class="node {state(unit)}">'
            f"<title>{escape(unit.short)}: {escape(numbers or STATES[state(unit)])}</title>"
            f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5"/>'
            f'<text x="{x + 8}" y="{y + 14}">{escape(label)}</text>'
            f'<text class="small" x="{x + 8}" y="{y + 27}">{escape(numbers or STATES[state(unit)])}</text></g></a>'
        )


def summary(unit: UnitReview) -> str:
    """``+3 ~1``: created, updated, replaced, destroyed."""
    marks: Sequence[tuple[str, str]] = (("create", "+"), ("update", "~"), ("replace", "-/+"), ("delete", "-"))
    return " ".join(f"{mark}{unit.counts[key]}" for key, mark in marks if unit.counts[key])


def _cut(text: str, longest: int = 29) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
