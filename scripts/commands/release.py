"""invoke release.*: another image for a service, and back; traffic for a new version by steps; a one-off task."""

from __future__ import annotations

import base64
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scripts import output, processes, runs
from scripts.checks.finding import Finding, Refused, unknown
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.live.units import Unit
from scripts.release import code_deploy, gates, images, one_off, services, tags, traffic
from scripts.release.services import Service
from scripts.target import Target

BUILD_SECONDS = 3600.0


def deploy(flags: Flags, tag: str, context: str) -> int:
    """Build and push (with *context*), write the tag, apply the service."""
    wanted = tags.checked(tag)
    target = options.target(flags)
    service = services.one(target, runs.read_states(target, target.units))
    services.refuse_pinned(target, service)
    if context:
        _build(target, service, wanted, context)
    return _run(flags, target, service, wanted)


def rollback(flags: Flags) -> int:
    """The tag that ran before, written and applied."""
    target = options.target(flags)
    service = services.one(target, runs.read_states(target, target.units))
    services.refuse_pinned(target, service)
    history = tags.history(target.session(service.unit.region), service.parameter)
    before = tags.previous(history)
    if before is None:
        message = (
            f"{service.parameter} never held another tag than {history[-1]}; there is nothing to go back to."
        )
        raise Refused([Finding(service.unit.path, 0, "no-previous-tag", history[-1], "", "", message)])
    output.step(f"{service.name}: {history[-1]} -> {before}")
    return _run(flags, target, service, before)


def status(flags: Flags) -> int:
    """Each service: the tag that is written, the one before, the one that runs, and how many tasks do."""
    target = options.target(flags, sound=False)
    found = services.services(target, runs.read_states(target, target.units))
    rows = [_row(target, service) for service in found]
    if flags.json:
        output.emit_json(rows)
        return options.FINE
    shown = ("unit", "written", "before", "runs", "tasks", "rollout")
    output.table("", shown, [[str(row[name] or "") for name in shown] for row in rows])
    return options.FINE


def promote(
    flags: Flags, function: str, version: str, rule: str, steps: str, smoke: str, alarms: str, wait: int
) -> int:
    """Shift traffic to a new version of a function, the other target group of a rule, or the canary of an API.

    Back when something is wrong.
    """
    planned = traffic.checked_steps(steps)
    names = [name.strip() for name in alarms.split(",") if name.strip()]
    if not names and not smoke:
        message = "name --alarms, --smoke or both: a release that nobody watches cannot go back by itself."
        raise Refused([Finding("--smoke", 0, "unwatched", "", "", "", message)])
    target = options.target(flags)
    moved, what, region = _traffic(target, function, version, rule)
    question = f"Promote {what} in {target.environment.name} by {steps} %?"
    options.confirm(question, target.environment.name, flags)
    session = target.session(region)

    def wrong() -> str:
        return "; ".join(filter(None, (gates.ringing(session, names), gates.unanswered(smoke))))

    outcome = traffic.promote(moved, planned, wrong, output.say, lambda: time.sleep(wait))
    if outcome.wrong:
        output.failure(f"{what}: back to the old version after {outcome.percent} %: {outcome.wrong}")
        return options.FAILED
    output.result(f"{what}: {outcome.percent} % of the traffic is with the new version.")
    if outcome.percent == 100:
        output.result("Take its canary out of the tfvars: the next plan then has nothing to change.")
    return options.FINE


def migrate(flags: Flags, command: str, seconds: int) -> int:
    """Run *command* once, in a task like the service's own."""
    words = one_off.checked_command(command)
    target = options.target(flags)
    service = services.one(target, runs.read_states(target, target.units))
    if target.rehearsal:
        message = "the embedded AWS describes containers and runs none, so no command can be run; leave --local out."
        raise Refused([Finding("--local", 0, "no-containers", "", "", "", message)])
    session = target.session(service.unit.region)
    asked = one_off.request(service, one_off.describe(session, service), words)
    question = f"Run `{' '.join(words)}` once, as {service.name} of {target.environment.name}?"
    options.confirm(question, target.environment.name, flags)
    ended = one_off.run(session, asked, seconds)
    if ended.code == 0:
        output.result(f"{ended.task} ended with 0.")
        return options.FINE
    how = f"ended with {ended.code}" if ended.code is not None else "did not begin"
    output.failure(
        f"{ended.task or service.name} {how}: {ended.reason}; its log is in /aws/ecs/{service.name}."
    )
    return options.FAILED


def _build(target: Target, service: Service, tag: str, context: str) -> None:
    folder = images.checked_context(context)
    if target.rehearsal:
        message = "the embedded AWS stores no images; leave --context out to rehearse the rest of a release."
        raise Refused([Finding("--context", 0, "no-registry", context, "", "", message)])
    tool = images.builder(shutil.which)
    session = target.session(service.unit.region)
    repository, architecture = _image(session, service)
    token = session.client("ecr").get_authorization_token()["authorizationData"][0]["authorizationToken"]
    password = base64.b64decode(token).decode().partition(":")[2]
    for step in images.steps(tool, repository, tag, folder, architecture, password):
        output.step(" ".join(step.argv))
        processes.run(step.argv, input=step.secret or None, timeout=BUILD_SECONDS)


def _run(flags: Flags, target: Target, service: Service, tag: str) -> int:
    """Write the tag and apply; when nothing is applied, the parameter says again what it said."""
    from scripts.commands.apply import apply

    session = target.session(service.unit.region)
    history = tags.history(session, service.parameter)
    tags.write(session, service.parameter, tag)
    output.step(f"{service.parameter}: {history[-1]} -> {tag}")
    try:
        code = apply(replace(flags, system=service.unit.system, unit=service.unit.name), warm=False, plans="")
    except (Refused, KeyboardInterrupt):
        tags.write(session, service.parameter, history[-1])
        output.say(f"{service.parameter}: back to {history[-1]}, since nothing was applied.")
        raise
    if code == options.FINE and service.group:
        _exchange(target, service)
    return code


def _exchange(target: Target, service: Service) -> None:
    state = runs.read_states(target, [service.unit])[service.unit.path]
    definition = str(state.outputs["task_definition_arn"].value) if state else ""
    session = target.session(service.unit.region)
    described = one_off.describe(session, service)
    port = int(described["loadBalancers"][0]["containerPort"])
    deployment = code_deploy.start(session, service, definition, port)
    output.result(
        f"CodeDeploy exchanges the tasks as {deployment}; `invoke release.status` shows how far it is."
    )


def _image(session: Any, service: Service) -> tuple[str, str]:
    """The service's repository, and the processor its tasks run on."""
    definition = _definition(session, service)
    image = next(
        each["image"] for each in definition["containerDefinitions"] if each["name"] == service.container
    )
    architecture = definition.get("runtimePlatform", {}).get("cpuArchitecture", "X86_64")
    return image.rpartition(":")[0], architecture


def _definition(session: Any, service: Service) -> dict[str, Any]:
    arn = one_off.describe(session, service)["taskDefinition"]
    return dict(session.client("ecs").describe_task_definition(taskDefinition=arn)["taskDefinition"])


def _row(target: Target, service: Service) -> dict[str, Any]:
    session = target.session(service.unit.region)
    history = tags.history(session, service.parameter)
    described = one_off.describe(session, service)
    definition = _definition(session, service)
    image = next(
        each["image"] for each in definition["containerDefinitions"] if each["name"] == service.container
    )
    deployments = described.get("deployments") or [{}]
    return {
        "unit": service.unit.path.removeprefix("live/"),
        "written": history[-1],
        "before": tags.previous(history),
        "runs": image.rpartition(":")[2],
        "tasks": f"{described.get('runningCount', 0)} of {described.get('desiredCount', 0)}",
        "rollout": deployments[0].get("rolloutState", ""),
    }


def _traffic(target: Target, function: str, version: str, rule: str) -> tuple[traffic.Traffic, str, str]:
    """What moves, what it is called, and its region."""
    states = runs.read_states(target, target.units)

    def find(name: str) -> Iterator[tuple[Unit, Any]]:
        for unit in target.units:
            state = states.get(unit.path)
            if state is not None and name in state.outputs:
                yield unit, state.outputs[name].value

    if rule:
        rules = {key: (unit, arn) for unit, found in find("rule_arns") for key, arn in found.items()}
        if rule not in rules:
            raise Refused([unknown("--rule", 0, "unknown-rule", "no applied rule", rule, rules)])
        unit, arn = rules[rule]
        return traffic.rule_of(target.session(unit.region), arn), f"rule {rule}", unit.region
    if function:
        arns = {key: (unit, arn) for unit, found in find("function_arns") for key, arn in found.items()}
        if function not in arns:
            raise Refused(
                [unknown("--function", 0, "unknown-function", "no applied function", function, arns)]
            )
        unit, arn = arns[function]
        return (
            traffic.alias_of(target.session(unit.region), arn, version),
            f"function {function}",
            unit.region,
        )
    stages = {unit.path: (unit, stage) for unit, stage in find("stage_name")}
    apis = [(unit, api, stages[unit.path][1]) for unit, api in find("api_id") if unit.path in stages]
    if len(apis) != 1:
        listed = ", ".join(unit.path.removeprefix("live/") for unit, _, _ in apis) or "none"
        message = f"choose one applied REST API with --system and --unit, or name a --function; {len(apis)} fit: {listed}."
        raise Refused([Finding("--unit", 0, "not-one-api", "", listed, "", message)])
    unit, api, stage = apis[0]
    return (
        traffic.canary_of(target.session(unit.region), api, stage),
        f"stage {stage} of {unit.name}",
        unit.region,
    )
