"""Dependencies lead to units that exist, never in a circle, never from the platform to a system."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.checks.finding import Finding, finding, unknown
from scripts.live.tree import Dependency, Tree, Unit

PLATFORM = "platform"


def wrong_dependencies(tree: Tree) -> Iterator[Finding]:
    """Everything wrong with the edges of the graph."""
    units = {unit.path: unit for unit in tree.units}
    for unit in tree.units:
        for dependency in unit.dependencies:
            yield from _edge(unit, dependency, units)
    yield from _circles(units)


def _edge(unit: Unit, dependency: Dependency, units: dict[str, Unit]) -> Iterator[Finding]:
    target = units.get(dependency.unit)
    file, line = dependency.file, dependency.line
    if target is None:
        near = {path for path in units if path.startswith(f"live/{unit.environment}/{unit.region}/")}
        what = f"{unit.path} depends on a unit that does not exist,"
        yield unknown(file, line, "dependency-missing", what, dependency.unit, near or set(units))
    elif target.environment != unit.environment:
        message = f"{unit.path} depends on {target.path} of another environment; environments share nothing."
        yield finding(file, line, "dependency-environment", message, target.path)
    elif unit.system == PLATFORM and target.system != PLATFORM:
        message = f"{unit.path} depends on {target.path}; systems depend on the platform, never the reverse."
        yield finding(file, line, "dependency-direction", message, target.path)


def _circles(units: dict[str, Unit]) -> Iterator[Finding]:
    """One finding a circle, at the dependency that closes it; iterative, so that depth is no limit."""
    done: set[str] = set()
    for start in units:
        if start in done:
            continue
        trail: list[str] = [start]
        waiting = [iter(units[start].needs)]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                done.add(trail.pop())
                waiting.pop()
            elif following in trail:
                yield _circle(units, trail[trail.index(following) :])
            elif following in units and following not in done:
                trail.append(following)
                waiting.append(iter(units[following].needs))


def _circle(units: dict[str, Unit], trail: list[str]) -> Finding:
    closing = next(found for found in units[trail[-1]].dependencies if found.unit == trail[0])
    shown = " -> ".join([*trail, trail[0]])
    message = f"these units depend on each other in a circle: {shown}; remove one of the dependencies."
    return finding(closing.file, closing.line, "dependency-circle", message, shown)
