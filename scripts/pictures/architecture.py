"""The picture of a system in three parts: its network, its units, and who may open a connection to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scripts.pictures.aws_types import GROUPS, IN_A_VPC, SHOWN
from scripts.pictures.drawing import Box, Drawing, Line, Style, Text, text_width
from scripts.pictures.layers import Node, layered, reduced
from scripts.pictures.system import Card, Network, System, Way

_MARGIN, _GAP, _ROW = 24.0, 14.0, 22.0
_CARD = Style("#ffffff", "#44505c")
_VPC = Style("#faf8ff", "#6f42c1", width=1.6, radius=8)
_TIER = Style("#f3f0fb", "#b9a6e3")
_SUBNET = Style("#ffffff", "#b9a6e3", dashed=True)
_GROUP = Style("#fff8ec", "#b26a00")
_OUTSIDE = Style("#ffffff", "#8a949e", dashed=True)
_PORTS = Style("#ffffff", "#ffffff", radius=0)
_LINE = Style("none", "#9aa5b1", width=1.1)
_GREY = "#5b6770"
_MOST_NAMES = 3
_MOST_KINDS = 8


def architecture(system: System) -> Drawing:
    """The whole picture; parts without content are left out."""
    title = f"{system.name} ({system.environment}, {system.region})"
    parts: list[tuple[str, Drawing]] = []
    if system.network:
        parts.append(("Network", _network(system, system.network)))
    parts.append(
        ("Units: an arrow leads to whoever reads it; what a longer way says is left out", _units(system))
    )
    if system.ways:
        parts.append(("Security groups: who may open a connection to whom", _ways(system)))
    return _stacked(title, parts, system.elsewhere)


def _stacked(title: str, parts: Sequence[tuple[str, Drawing]], elsewhere: Sequence[str]) -> Drawing:
    boxes: list[Box] = []
    lines: list[Line] = []
    texts = [Text(_MARGIN, 34, title, 18, True)]
    legend, wide = _legend(52)
    y = 92.0
    if elsewhere:
        texts.append(Text(_MARGIN, y, f"Also in another region: {', '.join(elsewhere)}", 11, colour=_GREY))
        y += 24
    for heading, part in parts:
        texts.append(Text(_MARGIN, y, heading, 13, True))
        moved = _moved(part, _MARGIN, y + 14)
        boxes += moved.boxes
        lines += moved.lines
        texts += moved.texts
        y += 14 + part.height + 40
    right = max([text.extent[2] for text in texts] + [part.width + _MARGIN for _, part in parts] + [wide])
    return Drawing(
        title,
        right + _MARGIN,
        y - 16,
        (*boxes, *(box for box, _ in legend)),
        tuple(lines),
        (*texts, *(text for _, text in legend)),
    )


def _legend(y: float) -> tuple[list[tuple[Box, Text]], float]:
    made, x = [], _MARGIN
    for name, style in GROUPS.items():
        made.append(
            (Box(f"legend {name}", x, y, 14, 12, style), Text(x + 20, y + 10, name, 11, colour=_GREY))
        )
        x += 20 + text_width(name, 11) + 18
    return made, x


def _moved(part: Drawing, x: float, y: float) -> Drawing:
    def text(found: Text) -> Text:
        return replace(found, x=found.x + x, y=found.y + y)

    boxes = tuple(
        replace(box, x=box.x + x, y=box.y + y, texts=tuple(map(text, box.texts))) for box in part.boxes
    )
    lines = tuple(replace(line, points=tuple((a + x, b + y) for a, b in line.points)) for line in part.lines)
    return replace(part, boxes=boxes, lines=lines, texts=tuple(map(text, part.texts)))


def _network(system: System, network: Network) -> Drawing:
    """The VPC: a band for each tier, a subnet for each zone, and what stands in them."""
    zones = sorted({zone for subnets in network.tiers.values() for zone in subnets})
    wide = max([text_width(zone, 11, True) for zone in zones] + [150.0]) + 16
    boxes: list[Box] = []
    y = 34.0
    right = 0.0
    for tier, subnets in network.tiers.items():
        band, bottom, end = _tier(system, network, tier, subnets, zones, wide, y)
        boxes += band
        right = max(right, end)
        y = bottom + _GAP
    private_ways = _flow(
        [(f"endpoint {name}", f"endpoint {name}") for name in network.endpoints], _GAP, y, max(right, 700.0)
    )
    boxes += [replace(box, inside="VPC") for box in private_ways]
    if private_ways:
        y = private_ways[-1].y + private_ways[-1].height + _GAP
        right = max([right] + [box.x + box.width for box in private_ways])
    header = f"VPC {network.cidr}, made by {network.unit.rpartition('/')[2]}"
    if network.internet_gateway:
        header += ", with an internet gateway"
    width = max(right, text_width(header, 12, True)) + _GAP
    # A band is as wide as its VPC.
    boxes = [
        replace(box, width=width - 2 * _GAP) if box.inside == "VPC" and box.style is _TIER else box
        for box in boxes
    ]
    vpc = Box("VPC", 0, 0, width, y, _VPC, (Text(_GAP, 20, header, 12, True, "#4b2a94"),))
    return Drawing("", width, y, (vpc, *boxes), ())


def _tier(
    system: System,
    network: Network,
    tier: str,
    subnets: object,
    zones: Sequence[str],
    wide: float,
    y: float,
) -> tuple[list[Box], float, float]:
    here = network.tiers[tier]
    name = f"tier {tier}"
    top = y + 28
    boxes = []
    for column, zone in enumerate(zones):
        if zone not in here:
            continue
        x = 2 * _GAP + column * (wide + _GAP)
        lines = [Text(x + 8, top + 16, zone, 11, True), Text(x + 8, top + 31, here[zone], 10, colour=_GREY)]
        if tier == "public" and zone in network.nat_zones:
            lines.append(Text(x + 8, top + 45, "NAT gateway", 10, colour="#6f42c1"))
        boxes.append(Box(f"{tier} {zone}", x, top, wide, 52, _SUBNET, tuple(lines), name))
    start = 2 * _GAP + len(zones) * (wide + _GAP)
    cards = [
        (f"{tier}: {card.name}", f"{card.name}: {_made(card)}") for card in system.cards if tier in card.tiers
    ]
    units = _flow(cards, start, top, start + 620)
    boxes += [replace(box, inside=name) for box in units]
    bottom = max([top + 52, *(box.y + box.height for box in units)]) + _GAP
    end = max([start, *(box.x + box.width for box in units)]) + 2 * _GAP
    band = Box(
        name, _GAP, y, end - 2 * _GAP, bottom - y, _TIER, (Text(_GAP + 10, y + 18, tier, 11, True),), "VPC"
    )
    return [band, *boxes], bottom, end


def _made(card: Card) -> str:
    """What of a unit stands in subnets."""
    return ", ".join(SHOWN[kind.type][0] for kind in card.kinds if kind.type in IN_A_VPC)


def _flow(labels: Sequence[tuple[str, str]], left: float, top: float, right: float) -> list[Box]:
    """Small boxes in rows, as words in a paragraph."""
    made: list[Box] = []
    x, y = left, top
    for name, label in labels:
        wide = text_width(label, 10) + 16
        if x > left and x + wide > right:
            x, y = left, y + _ROW + 6
        made.append(Box(name, x, y, wide, _ROW, _CARD, (Text(x + 8, y + 15, label, 10),)))
        x += wide + 8
    return made


def _units(system: System) -> Drawing:
    sizes = {card.unit: _size(card) for card in system.cards}
    drawn = reduced(system.needs)
    nodes = [Node(card.unit, *sizes[card.unit]) for card in system.cards]
    layout = layered(nodes, drawn, gap_x=64, gap_y=20)
    boxes = [
        box for card in system.cards for box in _card(card, *layout.places[card.unit], *sizes[card.unit])
    ]
    place = {box.name: box for box in boxes}
    lines = tuple(_line(place[one], place[two], layout.bends[one, two]) for one, two in drawn)
    return Drawing("", layout.width, layout.height, tuple(boxes), lines)


def _line(one: Box, two: Box, bends: Sequence[tuple[float, float]]) -> Line:
    start = (one.x + one.width, one.y + one.height / 2)
    end = (two.x, two.y + two.height / 2)
    return Line(one.name, two.name, (start, *bends, end), _LINE)


def _rows(card: Card) -> list[tuple[str, str, Style]]:
    """One row for each kind: what it is, which ones, its colour."""
    rows = []
    for kind in card.kinds[:_MOST_KINDS]:
        label, style = SHOWN[kind.type]
        number = len(kind.names)
        if number > _MOST_NAMES or not all(kind.names):
            rows.append((label, f"{number} of them" if number > 1 else "", style))
        else:
            rows.append((label, ", ".join(_cut(name) for name in kind.names), style))
    if len(card.kinds) > _MOST_KINDS:
        rows.append((f"and {len(card.kinds) - _MOST_KINDS} more kinds", "", _OUTSIDE))
    return rows


def _cut(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:27]}…"


def _outside(card: Card) -> list[str]:
    """What it reads of other systems, a line for each."""
    systems: dict[str, list[str]] = {}
    for need in card.outside:
        system, _, unit = need.partition("/")
        systems.setdefault(system, []).append(unit)
    return [f"reads {system}: {', '.join(units)}" for system, units in systems.items()]


def _size(card: Card) -> tuple[float, float]:
    rows = _rows(card)
    widest = [text_width(card.name, 13, True), text_width(card.module, 10)]
    widest += [text_width(kind, 10) + text_width(names, 10, True) + 26 for kind, names, _ in rows]
    widest += [text_width(text, 10) for text in _outside(card)]
    high = 44 + len(rows) * (_ROW + 4) + len(_outside(card)) * 16 + 8
    return max(widest) + 20, high


def _card(card: Card, x: float, y: float, wide: float, high: float) -> list[Box]:
    texts = [Text(x + 10, y + 19, card.name, 13, True), Text(x + 10, y + 34, card.module, 10, colour=_GREY)]
    made = []
    at = y + 44
    for number, (kind, names, style) in enumerate(_rows(card)):
        label = [Text(x + 18, at + 15, kind, 10)]
        if names:
            label.append(Text(x + 18 + text_width(kind, 10) + 8, at + 15, names, 10, True))
        made.append(Box(f"{card.unit} {number}", x + 10, at, wide - 20, _ROW, style, tuple(label), card.unit))
        at += _ROW + 4
    for line in _outside(card):
        texts.append(Text(x + 10, at + 11, line, 10, colour=_GREY))
        at += 16
    return [Box(card.unit, x, y, wide, high, _CARD, tuple(texts)), *made]


def _ways(system: System) -> Drawing:
    """Groups and outsiders in layers; the ports stand on the way between two of them."""
    kept, closing = _without_circles(system.ways)
    names = sorted({side for way in kept for side in (way.source, way.target)})
    groups = {name: system.members.get(name, ()) for name in names}
    nodes = [Node(name, _group_width(name, groups[name]), 40) for name in names]
    edges: list[tuple[str, str]] = []
    labels: dict[str, str] = {}
    for way in kept:
        stop = f"{way.source} to {way.target}"
        labels[stop] = ", ".join(way.ports)
        nodes.append(Node(stop, text_width(labels[stop], 10) + 8, 16))
        edges += [(way.source, stop), (stop, way.target)]
    layout = layered(nodes, edges, gap_x=34, gap_y=16)
    inside = {side for way in system.ways for side in (way.source, way.target)} & set(_own_groups(system))
    boxes = []
    for node in nodes:
        x, y = layout.places[node.name]
        if node.name in labels:
            text = Text(x + 4, y + 12, labels[node.name], 10, colour="#6b4a00")
            boxes.append(Box(node.name, x, y, node.width, 16, _PORTS, (text,)))
            continue
        style = _GROUP if node.name in inside else _OUTSIDE
        texts = [Text(x + 10, y + 17, node.name, 11, True)]
        if groups[node.name]:
            texts.append(Text(x + 10, y + 32, ", ".join(groups[node.name]), 10, colour=_GREY))
        boxes.append(Box(f"group {node.name}", x, y, node.width, 40, style, tuple(texts)))
    place = {box.name.removeprefix("group "): box for box in boxes}
    lines = tuple(_line(place[one], place[two], layout.bends[one, two]) for one, two in edges)
    texts = [
        Text(
            0,
            layout.height + 18 + 15 * number,
            f"also {way.source} to {way.target}: {', '.join(way.ports)}",
            10,
            colour=_GREY,
        )
        for number, way in enumerate(closing)
    ]
    width = max([layout.width, *(text.extent[2] for text in texts)])
    return Drawing(
        "", width, layout.height + 15 * len(texts) + (8 if texts else 0), tuple(boxes), lines, tuple(texts)
    )


def _own_groups(system: System) -> set[str]:
    """Names that are security groups: they have rules, or members."""
    outsiders = ("from ", "to ", "this VPC", "a prefix list", "a group of")
    sides = {side for way in system.ways for side in (way.source, way.target)}
    return {
        side
        for side in sides
        if not side.startswith(outsiders) and "/" not in side and " endpoint" not in side
    }


def _group_width(name: str, members: Sequence[str]) -> float:
    return max(text_width(name, 11, True), text_width(", ".join(members), 10)) + 20


def _without_circles(found: Sequence[Way]) -> tuple[list[Way], list[Way]]:
    """The ways in an order that has no circle, and those that would close one."""
    kept: list[Way] = []
    closing: list[Way] = []
    after: dict[str, set[str]] = {}
    for way in found:
        seen, waiting = set[str](), [way.target]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(after.get(name, ()))
        if way.source in seen:
            closing.append(way)
        else:
            kept.append(way)
            after.setdefault(way.source, set()).add(way.target)
    return kept, closing
