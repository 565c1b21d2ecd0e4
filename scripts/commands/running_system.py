"""invoke test --requests and --load: against a system that is applied, rehearsed or real."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from scripts import endpoints, load, output, processes, runs
from scripts.checks.finding import Finding, Refused
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.endpoints import Request, reachable
from scripts.hcl.evaluate import evaluate
from scripts.live.tfvars import read_tfvars
from scripts.live.units import Unit
from scripts.machine import REPOSITORY
from scripts.signed_requests import Caller
from scripts.states.state import State
from scripts.target import Target

SYSTEM = "order-analytics"
"""The system whose requests are tests (tests/requests)."""
OVERRUN = 50
"""The largest burst that the tests' 200 requests outrun for certain, slow machine or not."""


def requests(flags: Flags, words: str) -> int:
    """Send the request tests to the environment's system; 1 when one fails."""
    if flags.system not in {"", SYSTEM}:
        message = f"requests are tests for {SYSTEM} only; leave --system out, or put a load on {flags.system}: --load."
        raise Refused([Finding("--system", 0, "no-request-tests", flags.system, SYSTEM, "", message)])
    target = _applied(Flags(flags.env, SYSTEM, "", flags.local))
    left = left_out(target.rehearsal, max(_burst(target.repository, unit) for unit in target.units))
    for marker, why in left.items():
        output.say(f"Left out: {why} (marked {marker}).")
    selection = " and ".join(f"not {marker}" for marker in left)
    argv = [sys.executable, "-m", "pytest", "-q", "-m", selection, *shlex.split(words), "tests/requests"]
    where = {"STAGECRAFT_REQUESTS": f"{flags.env} {'local' if flags.local else 'aws'}"}
    code = processes.follow(argv, on_line=output.result, cwd=REPOSITORY, env={**os.environ, **where})
    return options.FINE if code == 0 else options.FAILED


def left_out(rehearsal: bool, burst: float) -> Mapping[str, str]:
    """The markers of the tests that an environment is spared, and why."""
    found = {}
    if not rehearsal:
        found["rehearsed_only"] = "tests that look into the embedded AWS"
    if burst > OVERRUN:
        found["overruns"] = f"tests that send more than the throttle takes, here {burst:g} at once"
    return found


def _burst(repository: Path, unit: Unit) -> float:
    throttling = read_tfvars(repository, unit.tfvars).assignments.get("throttling")
    value = evaluate(throttling.value) if throttling else None
    burst = value.get("burst") if isinstance(value, dict) else None
    return float(burst) if isinstance(burst, (int, float)) else 0.0


def under_load(flags: Flags, rate: float, seconds: float, p95_ms: float) -> int:
    """Put a bounded load on the system's first example request; 1 when the answers are late or fail."""
    system = flags.system or SYSTEM
    if rate <= 0 or seconds <= 0 or p95_ms <= 0 or rate * seconds > load.MOST_REQUESTS:
        message = f"rate, seconds and p95 are above 0, and rate times seconds at most {load.MOST_REQUESTS} requests."
        raise Refused([Finding("--load", 0, "load-bounds", f"{rate} x {seconds}", "", "", message)])
    target = _applied(Flags(flags.env, system, "", flags.local))
    examples = endpoints.requests_of(target.repository / "live" / "_units" / system)
    if not examples:
        message = f"{system} has no example request (live/_units/{system}/try-it.toml)."
        raise Refused([Finding("--system", 0, "no-request", system, "", "", message)])
    request = examples[0]
    caller = _caller(target, request, runs.read_states(target, target.units))
    output.step(f"{request.method} {request.path}, {rate:g} times a second for {seconds:g} s")
    headers = {"Content-Type": "application/json"}
    report = load.apply_load(
        lambda: caller.send(request.method, request.path, request.body, headers).status, rate, seconds
    )
    problems = load.broken(report, load.Limits(p95_ms))
    _show(report, problems, flags)
    return options.FAILED if problems else options.FINE


def _applied(flags: Flags) -> Target:
    target = options.target(flags)
    states = runs.read_states(target, target.units)
    missing = [path for path, state in states.items() if state is None or not state.addresses]
    if missing or not target.units:
        local = " --local" if flags.local else ""
        message = (
            f"is not applied; type ./invoke apply --env {flags.env}{local} --system platform,{flags.system}."
        )
        raise Refused(
            [Finding(place, 0, "not-applied", "", "", "", message) for place in missing[:1] or ["--system"]]
        )
    return target


def _caller(target: Target, request: Request, states: dict[str, State | None]) -> Caller:
    unit = next(unit for unit in target.units if unit.name == request.unit)
    state = states[unit.path]
    assert state is not None, "it was looked at before"
    base = reachable(str(state.outputs[request.output].value), target.endpoint if target.rehearsal else "")
    public = state.outputs.get("public_operations")
    signed = public is not None and not any(
        operation.startswith(f"{request.method} ") for operation in public.value
    )
    return Caller(base, unit.region, target.session(unit.region) if signed else None)


def _show(report: load.Report, problems: tuple[str, ...], flags: Flags) -> None:
    if flags.json:
        output.emit_json(
            {
                "requests": report.count,
                "statuses": {str(status): count for status, count in report.statuses.items()},
                "p50_ms": round(report.p50_ms, 1),
                "p95_ms": round(report.p95_ms, 1),
                "p99_ms": round(report.p99_ms, 1),
                "longest_ms": round(report.longest_ms, 1),
                "broken": list(problems),
            }
        )
        return
    statuses = ", ".join(f"{count} of {status or 'no answer'}" for status, count in report.statuses.items())
    output.result(f"{report.count} answers: {statuses}")
    output.result(
        f"half within {report.p50_ms:.0f} ms, 95 % within {report.p95_ms:.0f} ms, 99 % within {report.p99_ms:.0f} ms, "
        f"the longest {report.longest_ms:.0f} ms"
    )
    for problem in problems:
        output.failure(problem)
