"""Moving traffic to a new version step by step, each step watched, and back at once when one goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from scripts.checks.finding import Finding, Refused

if TYPE_CHECKING:
    import boto3


class Traffic(Protocol):
    """Something that can send a share of its requests to a new version."""

    def shift(self, percent: int) -> None:
        """Send this share to the new version."""

    def finish(self) -> None:
        """The new version is the only one."""

    def back(self) -> None:
        """The old version is the only one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far it went; *wrong* says why it went back."""

    percent: int
    wrong: str = ""


def checked_steps(text: str) -> tuple[int, ...]:
    """``10,50,100`` as numbers that grow; Refused otherwise."""
    words = [word.strip() for word in text.split(",")]
    if all(word.isdecimal() for word in words):
        steps = tuple(map(int, words))
        if all(1 <= step <= 100 for step in steps) and list(steps) == sorted(set(steps)):
            return steps
    message = f'--steps must be growing percentages from 1 to 100, such as 10,50,100; got "{text}".'
    raise Refused([Finding("--steps", 0, "steps", text, "10,50,100", "", message)])


def promote(
    traffic: Traffic,
    steps: Sequence[int],
    wrong: Callable[[], str],
    say: Callable[[str], None],
    wait: Callable[[], None],
) -> Outcome:
    """Go through *steps*; after each, *wait*, then ask what is *wrong*.

    Looked at before the first step too: what is ill already must not be blamed on, or hidden by, the new version.
    Whatever ends this, also Ctrl-C or a lost connection, sends the traffic back.
    """
    if found := wrong():
        return Outcome(0, f"before the first step: {found}")
    reached = 0
    try:
        for step in steps:
            traffic.finish() if step == 100 else traffic.shift(step)
            reached = step
            say(f"{step} % to the new version")
            wait()
            if found := wrong():
                traffic.back()
                return Outcome(step, found)
    except BaseException:
        traffic.back()
        say("back to the old version")
        raise
    return Outcome(reached)


@dataclass(frozen=True, slots=True)
class Alias:
    """A Lambda function's alias: its version, and another one by weight."""

    client: Any
    function: str
    alias: str
    old: str
    new: str

    def shift(self, percent: int) -> None:
        self._set(self.old, {self.new: percent / 100})

    def finish(self) -> None:
        self._set(self.new, {})

    def back(self) -> None:
        self._set(self.old, {})

    def _set(self, version: str, weights: dict[str, float]) -> None:
        self.client.update_alias(
            FunctionName=self.function,
            Name=self.alias,
            FunctionVersion=version,
            RoutingConfig={"AdditionalVersionWeights": weights},
        )


def alias_of(session: boto3.Session, alias_arn: str, version: str = "") -> Alias:
    """The alias and the version that is to take over: *version*, or the last one that was published."""
    client = session.client("lambda")
    function, _, alias = alias_arn.rpartition(":")
    old = client.get_alias(FunctionName=function, Name=alias)["FunctionVersion"]
    pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
    published = [
        found["Version"] for page in pages for found in page["Versions"] if found["Version"] != "$LATEST"
    ]
    new = version or max(published, key=int, default="")
    if new not in published or new == old:
        message = f"{alias_arn} runs version {old}; published are {', '.join(published)}, so there is nothing to promote."
        raise Refused([Finding("--version", 0, "nothing-to-promote", new, ", ".join(published), "", message)])
    return Alias(client, function, alias, old, new)


@dataclass(frozen=True, slots=True)
class Canary:
    """A REST API's stage with a canary beside it."""

    client: Any
    api: str
    stage: str

    def shift(self, percent: int) -> None:
        self._patch(("replace", "/canarySettings/percentTraffic", str(percent)))

    def finish(self) -> None:
        """The canary's deployment and variables become the stage's own, and the canary ends."""
        canary = self.client.get_stage(restApiId=self.api, stageName=self.stage)["canarySettings"]
        variables = (canary.get("stageVariableOverrides") or {}).items()
        self._patch(
            *(("replace", f"/variables/{name}", value) for name, value in variables),
            ("replace", "/deploymentId", canary["deploymentId"]),
            ("replace", "/canarySettings/percentTraffic", "0"),
        )
        self._patch(("remove", "/canarySettings", ""))

    def back(self) -> None:
        stage = self.client.get_stage(restApiId=self.api, stageName=self.stage)
        if stage.get("canarySettings"):
            self.shift(0)

    def _patch(self, *operations: tuple[str, str, str]) -> None:
        patches = [
            {"op": op, "path": path} | ({} if op == "remove" else {"value": value})
            for op, path, value in operations
        ]
        self.client.update_stage(restApiId=self.api, stageName=self.stage, patchOperations=patches)


def canary_of(session: boto3.Session, api: str, stage: str) -> Canary:
    """The stage's canary; Refused when it has none."""
    client = session.client("apigateway")
    if not client.get_stage(restApiId=api, stageName=stage).get("canarySettings"):
        message = f"stage {stage} of {api} has no canary; give the unit a canary and apply, then promote it."
        raise Refused([Finding("--unit", 0, "no-canary", stage, "", "", message)])
    return Canary(client, api, stage)


@dataclass(frozen=True, slots=True)
class Rule:
    """A listener's rule with two target groups, between which its weights move."""

    client: Any
    arn: str
    old: str
    new: str

    def shift(self, percent: int) -> None:
        weights = {self.old: 100 - percent, self.new: percent}
        groups = [{"TargetGroupArn": arn, "Weight": weight} for arn, weight in weights.items()]
        forward = {"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}
        self.client.modify_rule(RuleArn=self.arn, Actions=[forward])

    def finish(self) -> None:
        self.shift(100)

    def back(self) -> None:
        self.shift(0)


def rule_of(session: boto3.Session, arn: str) -> Rule:
    """The rule; the group with less weight is the new one. Refused unless it has two, one of them clearly the old."""
    client = session.client("elbv2")
    (found,) = client.describe_rules(RuleArns=[arn])["Rules"]
    groups = found["Actions"][-1].get("ForwardConfig", {}).get("TargetGroups", [])
    weights = {group["TargetGroupArn"]: int(group.get("Weight", 1)) for group in groups}
    if len(weights) != 2 or len(set(weights.values())) != 2:
        message = f"{arn} must have two target groups of different weight, old and new; got {sorted(weights.values())}."
        raise Refused([Finding("--rule", 0, "no-pair", str(len(weights)), "2", "", message)])
    new, old = sorted(weights, key=lambda group: weights[group])
    return Rule(client, arn, old, new)
