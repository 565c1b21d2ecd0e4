"""The dependency picture: units in layers, coloured by what is known of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.live.units import Unit
from scripts.pictures.drawing import Box, Drawing, Line, Style, Text, text_width
from scripts.pictures.layers import Node, layered, ranks, reduced

STYLES = {
    "applied": Style("#dff3e4", "#2e7d4f"),
    "done": Style("#dff3e4", "#2e7d4f"),
    "failed": Style("#fbdada", "#b3261e", width=2),
    "not reached": Style("#fff0d6", "#b26a00"),
    "not applied": Style("#ffffff", "#8a949e", dashed=True),
    "unknown": Style("#eef2f6", "#5b6770"),
}
LEGEND = {
    "applied": "has a state with resources",
    "done": "the last run ended well here",
    "failed": "the last run failed here",
    "not reached": "the last run did not get here",
    "not applied": "has no state, or an empty one",
    "unknown": "no run here got to it; --states asks AWS",
}
_LINE = Style("none", "#9aa5b1", width=1.1)
_MARGIN, _HEAD, _SIZE, _HIGH = 20.0, 64.0, 12.0, 40.0


def edges(units: Sequence[Unit]) -> tuple[tuple[str, str], ...]:
    """From each unit to those that need it, within *units*."""
    chosen = {unit.path for unit in units}
    return tuple((need, unit.path) for unit in units for need in unit.needs if need in chosen)


def layers(units: Sequence[Unit]) -> list[list[str]]:
    """The units in the order in which they are applied: those of one layer wait for none of each other."""
    rank = ranks([unit.path for unit in units], edges(units))
    made: list[list[str]] = [[] for _ in range(max(rank.values(), default=-1) + 1)]
    for unit in units:
        made[rank[unit.path]].append(unit.path)
    return made


def drawing(title: str, units: Sequence[Unit], status: Mapping[str, str]) -> Drawing:
    """The picture; an arrow leads from a unit to one that needs it, those that a longer way says are left out."""
    shown = {unit.path: _label(unit, units) for unit in units}
    below = {unit.path: _below(unit, status.get(unit.path, "unknown")) for unit in units}
    nodes = [
        Node(path, max(text_width(text, _SIZE, True), text_width(below[path], 10)) + 20, _HIGH)
        for path, text in shown.items()
    ]
    drawn = reduced(edges(units))
    layout = layered(nodes, drawn)
    size = {node.name: node for node in nodes}
    boxes = []
    for unit in units:
        x, y = layout.places[unit.path]
        boxes.append(
            _box(
                unit,
                x + _MARGIN,
                y + _HEAD,
                size[unit.path],
                shown[unit.path],
                status.get(unit.path, "unknown"),
            )
        )
    place = {box.name: box for box in boxes}
    lines = tuple(
        Line(
            source,
            target,
            (
                (place[source].x + place[source].width, place[source].y + _HIGH / 2),
                *((x + _MARGIN, y + _HEAD) for x, y in layout.bends[source, target]),
                (place[target].x, place[target].y + _HIGH / 2),
            ),
            _LINE,
            f"{target} needs {source}",
        )
        for source, target in drawn
    )
    used = [name for name in STYLES if name in {status.get(unit.path, "unknown") for unit in units}]
    legend, wide = _legend(used)
    width = max(layout.width, wide, text_width(title, 16, True)) + 2 * _MARGIN
    return Drawing(
        title,
        width,
        layout.height + _HEAD + _MARGIN,
        (*boxes, *(entry for entry, _ in legend)),
        lines,
        (Text(_MARGIN, 24, title, 16, True), *(text for _, text in legend)),
    )


def _label(unit: Unit, units: Sequence[Unit]) -> str:
    one_system = len({other.system for other in units}) == 1
    one_region = len({other.region for other in units}) == 1
    name = unit.name if one_system else f"{unit.system}/{unit.name}"
    return name if one_region else f"{unit.region}/{name}"


def _below(unit: Unit, status: str) -> str:
    """The second line: what is known of the unit, else what it is made of."""
    return status if status != "unknown" else unit.module.removeprefix("modules/")


def _box(unit: Unit, x: float, y: float, node: Node, label: str, status: str) -> Box:
    texts = (
        Text(x + 10, y + 17, label, _SIZE, True),
        Text(x + 10, y + 32, _below(unit, status), 10, colour="#44505c"),
    )
    hint = f"{unit.path}: {unit.module}; {status}"
    return Box(unit.path, x, y, node.width, node.height, STYLES[status], texts, hint=hint)


def _legend(used: Sequence[str]) -> tuple[list[tuple[Box, Text]], float]:
    """One entry for each colour that occurs."""
    made = []
    x = _MARGIN
    for name in used:
        text = f"{name}: {LEGEND[name]}"
        made.append((Box(f"legend {name}", x, 36, 14, 12, STYLES[name]), Text(x + 20, 46, text, 11)))
        x += 20 + text_width(text, 11) + 24
    return made, x - _MARGIN


def dot(title: str, units: Sequence[Unit], status: Mapping[str, str]) -> str:
    """For Graphviz: every dependency, the ones that a longer way says too."""
    rows = [f"digraph {json.dumps(title)} {{", "  rankdir=LR;", "  node [shape=box, style=filled];"]
    for unit in units:
        look = STYLES[status.get(unit.path, "unknown")]
        label = json.dumps(_label(unit, units))
        rows.append(
            f'  {json.dumps(unit.path)} [label={label}, fillcolor="{look.fill}", color="{look.stroke}"];'
        )
    rows += [f"  {json.dumps(source)} -> {json.dumps(target)};" for source, target in edges(units)]
    return "\n".join([*rows, "}", ""])


def as_json(units: Sequence[Unit], status: Mapping[str, str]) -> dict[str, object]:
    """For machines: nodes, edges and layers."""
    return {
        "units": [
            {
                "unit": unit.path,
                "module": unit.module,
                "needs": list(unit.needs),
                "status": status.get(unit.path, "unknown"),
            }
            for unit in units
        ],
        "layers": layers(units),
    }


def last_run(report: Path, root: str) -> dict[str, str]:
    """What Terragrunt reported of each unit in the last run; nothing when there was none."""
    try:
        rows = json.loads(report.read_text())
    except (OSError, json.JSONDecodeError):
        return {}
    words = {"succeeded": "done", "failed": "failed", "early exit": "not reached"}
    return {f"{root}/{row['Name']}": words[row["Result"]] for row in rows if row.get("Result") in words}
