"""The units of a review as an SVG: what is needed stands left of what needs it, coloured by what happens to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from scripts.pictures.layers import Layout, Node, layered, reduced
from scripts.pictures.svg import way
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
    nodes = [Node(unit.unit, WIDTH, HEIGHT) for unit in review.units]
    # Who needs what through others has no line of its own: fifty units would be a cobweb.
    edges = reduced((need, unit) for unit, need in review.edges)
    layout = layered(nodes, edges, CHANNEL, GAP)
    places = {name: (round(x) + MARGIN, round(y) + MARGIN) for name, (x, y) in layout.places.items()}
    width, height = round(layout.width) + 2 * MARGIN, round(layout.height) + 2 * MARGIN
    lines = [*_edges(review, layout, edges, places), *_nodes(review, places)]
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="Units and what they need">\n' + "\n".join(lines) + "\n</svg>"
    )


def _edges(
    review: Review,
    layout: Layout,
    edges: Sequence[tuple[str, str]],
    places: Mapping[str, tuple[int, int]],
) -> Iterator[str]:
    moved = {unit.unit for unit in review.units if unit.outputs}
    for need, unit in edges:
        (x1, y1), (x2, y2) = places[need], places[unit]
        bends = [(x + MARGIN, y + MARGIN) for x, y in layout.bends[need, unit]]
        points = [(x1 + WIDTH, y1 + HEIGHT // 2), *bends, (x2, y2 + HEIGHT // 2)]
        kind = "edge live" if need in moved else "edge"
        yield f'<path class="{kind}" d="{way(points)}"/>'


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
