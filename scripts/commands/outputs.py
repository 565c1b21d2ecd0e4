"""invoke output"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scripts import endpoints, output, runs
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.live.units import Unit
from scripts.local_aws.lifecycle import SECRET_KEY
from scripts.states.state import State
from scripts.target import Target


def show_outputs(flags: Flags) -> int:
    """The outputs of the chosen units; sensitive values stay hidden."""
    target = options.target(flags)
    states = runs.read_states(target, target.units)
    if flags.json:
        output.emit_json(
            {
                path: {name: found.shown() for name, found in state.outputs.items()}
                for path, state in states.items()
                if state is not None
            }
        )
        return options.FINE
    rows = [
        [path.removeprefix("live/"), name, _text(found.shown())]
        for path, state in states.items()
        if state is not None
        for name, found in sorted(state.outputs.items())
    ]
    output.table("", ("unit", "output", "value"), rows)
    missing = [path for path, state in states.items() if state is None]
    if missing:
        output.say(f"not applied: {', '.join(missing)}")
    return options.FINE


def show_results(target: Target) -> None:
    """What a person does next with a fresh apply: endpoints, and a request that works."""
    states = runs.read_states(target, target.units)
    for system in dict.fromkeys(unit.system for unit in target.units):
        asked = endpoints.requests_of(target.repository / "live" / "_units" / system)
        lines = [line for request in asked if (line := _request_line(target, system, request, states))]
        if lines:
            output.result(f"\nTry {system}:")
            for line in lines:
                output.result(line)
    local = " --local" if target.rehearsal else ""
    output.result("\nNext:")
    output.result(
        f"  ./invoke plan --env {target.environment.name}{local}      what would change now (nothing)"
    )
    output.result(f"  ./invoke output --env {target.environment.name}{local}    every output of every unit")
    if target.rehearsal:
        output.result("  ./invoke local.stop                  stop the embedded AWS; its state is kept")


def _request_line(
    target: Target, system: str, request: endpoints.Request, states: Mapping[str, State | None]
) -> str:
    unit = next((unit for unit in target.units if unit.system == system and unit.name == request.unit), None)
    state = states.get(unit.path) if unit else None
    found = state.outputs.get(request.output) if state else None
    if unit is None or state is None or found is None or not isinstance(found.value, str):
        return ""
    open_to_all = state.outputs.get("public_operations")
    signed = open_to_all is not None and not any(
        operation.startswith(f"{request.method} ") for operation in open_to_all.value
    )
    url = endpoints.reachable(found.value, target.endpoint if target.rehearsal else "")
    return f"  # {request.title}\n  {request.curl(url, _signature(target, unit) if signed else ())}"


def _signature(target: Target, unit: Unit) -> tuple[str, ...]:
    """In a rehearsal the account's own key, which is no secret; else a placeholder."""
    user = f"{target.environment.account_id}:{SECRET_KEY}" if target.rehearsal else "YOUR_KEY_ID:YOUR_SECRET"
    return endpoints.signature(unit.region, user)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)
