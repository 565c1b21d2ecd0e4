"""Place a graph without circles in layers, after Sugiyama: few crossings, no line through a box, always the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Node:
    """What is placed: its name and its size."""

    name: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each node's upper left corner is, and the points between the ends of each edge."""

    places: Mapping[str, tuple[float, float]]
    bends: Mapping[tuple[str, str], tuple[tuple[float, float], ...]]
    width: float
    height: float


def ranks(names: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The layer of each node: one more than the highest of those it comes from."""
    before: dict[str, list[str]] = {name: [] for name in names}
    for source, target in edges:
        before[target].append(source)
    found: dict[str, int] = {}
    waiting = list(reversed(names))
    while waiting:
        name = waiting[-1]
        missing = [source for source in before[name] if source not in found]
        if name in found or not missing:
            waiting.pop()
            found.setdefault(name, max((found[source] + 1 for source in before[name]), default=0))
        else:
            waiting.extend(missing)
    return found


def reduced(edges: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The edges without those that a longer way says already."""
    after: dict[str, set[str]] = {}
    for source, target in edges:
        after.setdefault(source, set()).add(target)

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(after.get(start, ()))
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(after.get(name, ()))
        return seen

    far = {name: reached(name) for name in after}
    return tuple(
        (source, target)
        for source in sorted(after)
        for target in sorted(after[source])
        if not any(target in far.get(other, ()) for other in after[source] if other != target)
    )


def layered(
    nodes: Sequence[Node], edges: Sequence[tuple[str, str]], gap_x: float = 70, gap_y: float = 16
) -> Layout:
    """Layers from left to right; nodes that come first in *nodes* come first where nothing else decides."""
    sizes = {node.name: node for node in nodes}
    rank = ranks([node.name for node in nodes], edges)
    rows: list[list[str]] = [[] for _ in range(max(rank.values(), default=-1) + 1)]
    for node in nodes:
        rows[rank[node.name]].append(node.name)
    neighbours: dict[str, tuple[list[str], list[str]]] = {node.name: ([], []) for node in nodes}
    chains: dict[tuple[str, str], list[str]] = {}
    for source, target in edges:
        chain = chains[source, target] = []
        previous = source
        for layer in range(rank[source] + 1, rank[target]):
            stop = f"{source}\0{target}\0{layer}"
            sizes[stop] = Node(stop, 0, 2)
            neighbours[stop] = ([], [])
            rows[layer].append(stop)
            chain.append(stop)
            _join(neighbours, previous, stop)
            previous = stop
        _join(neighbours, previous, target)
    _order(rows, neighbours)
    middles = _heights(rows, neighbours, sizes, gap_y)
    return _placed(rows, sizes, middles, chains, gap_x)


def _join(neighbours: dict[str, tuple[list[str], list[str]]], source: str, target: str) -> None:
    neighbours[source][1].append(target)
    neighbours[target][0].append(source)


def _order(rows: list[list[str]], neighbours: Mapping[str, tuple[list[str], list[str]]]) -> None:
    """Sort each layer by where its neighbours are, forth and back."""
    for sweep in range(SWEEPS):
        side = sweep % 2
        layers = range(1, len(rows)) if side == 0 else range(len(rows) - 2, -1, -1)
        for layer in layers:
            other = rows[layer - 1] if side == 0 else rows[layer + 1]
            at = {name: place for place, name in enumerate(other)}
            now = {name: place for place, name in enumerate(rows[layer])}

            def wanted(
                name: str, side: int = side, at: dict[str, int] = at, now: dict[str, int] = now
            ) -> float:
                found = sorted(at[near] for near in neighbours[name][side])
                return sum(found) / len(found) if found else now[name]

            rows[layer].sort(key=wanted)


def _heights(
    rows: Sequence[Sequence[str]],
    neighbours: Mapping[str, tuple[list[str], list[str]]],
    sizes: Mapping[str, Node],
    gap: float,
) -> dict[str, float]:
    """The middle of each node: near its neighbours', in its layer's order, with room between."""
    middles: dict[str, float] = {}
    for row in rows:
        below = 0.0
        for name in row:
            middles[name] = below + sizes[name].height / 2
            below += sizes[name].height + gap
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = []
            for name in row:
                near = [middles[other] for side in neighbours[name] for other in side]
                wanted.append(sum(near) / len(near) if near else middles[name])
            for name, middle in zip(row, _apart(row, wanted, sizes, gap), strict=True):
                middles[name] = middle
    top = min((middles[name] - sizes[name].height / 2 for name in middles), default=0.0)
    return {name: middle - top for name, middle in middles.items()}


def _apart(row: Sequence[str], wanted: Sequence[float], sizes: Mapping[str, Node], gap: float) -> list[float]:
    """The middles nearest to *wanted* that keep order and room: what would overlap moves as one block."""
    blocks: list[list[float]] = []  # each: wished start, number of nodes, length
    for name, middle in zip(row, wanted, strict=True):
        length = sizes[name].height + gap
        blocks.append([middle - sizes[name].height / 2, 1, length])
        while len(blocks) > 1 and blocks[-2][0] + blocks[-2][2] > blocks[-1][0]:
            start, count, length = blocks.pop()
            before = blocks[-1]
            shifted = start - before[2]
            before[0] = (before[0] * before[1] + shifted * count) / (before[1] + count)
            before[1] += count
            before[2] += length
    middles = []
    at = iter(row)
    for start, count, _ in blocks:
        for _ in range(int(count)):
            size = sizes[next(at)].height
            middles.append(start + size / 2)
            start += size + gap
    return middles


def _placed(
    rows: Sequence[Sequence[str]],
    sizes: Mapping[str, Node],
    middles: Mapping[str, float],
    chains: Mapping[tuple[str, str], Sequence[str]],
    gap: float,
) -> Layout:
    places: dict[str, tuple[float, float]] = {}
    spans: dict[str, tuple[float, float]] = {}
    left = 0.0
    for row in rows:
        wide = max((sizes[name].width for name in row), default=0.0)
        for name in row:
            places[name] = (left, middles[name] - sizes[name].height / 2)
            spans[name] = (left, left + wide)
        left += wide + gap
    bends = {
        # Level to the end of its column first: a wider neighbour may stand below or above.
        edge: (
            (spans[edge[0]][1], middles[edge[0]]),
            *((x, middles[stop]) for stop in chain for x in spans[stop]),
        )
        for edge, chain in chains.items()
    }
    real = {name: place for name, place in places.items() if "\0" not in name}
    bottom = max((middles[name] + sizes[name].height / 2 for name in middles), default=0.0)
    return Layout(real, bends, max(left - gap, 0.0), bottom)
