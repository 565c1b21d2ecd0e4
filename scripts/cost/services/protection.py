"""Keys, secrets, firewalls, records of what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts.cost.rule import Line, Rule, Setting, line
from scripts.plans.planned_resources import Resource


def key(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A key and the requests to it; each of its first two rotations adds another dollar, which is left out."""
    asked = setting.assumed("key_10k_requests")
    yield line(resource, "KMS", "key", 1, setting.prices["kms-key"])
    yield line(resource, "KMS", "requests", asked.value, setting.prices["kms-10k-requests"], str(asked))


def secret(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A secret; every replica is billed as one of its own."""
    copies = 1 + resource.values.count("replica")
    said = f"with {copies - 1} replicas" if copies > 1 else ""
    yield line(resource, "Secrets Manager", "secret", copies, setting.prices["secret"], said)


def web_acl(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A web ACL, its rules, and the requests it looks at."""
    rules = resource.values.count("rule")
    asked = setting.assumed("waf_million_requests")
    yield line(resource, "WAF", "web ACL", 1, setting.prices["waf-acl"])
    yield line(resource, "WAF", "rules", rules, setting.prices["waf-rule"], f"{rules} rules and rule groups")
    yield line(resource, "WAF", "requests", asked.value, setting.prices["waf-million-requests"], str(asked))


def recorder(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Every change of a resource that Config writes down."""
    items = setting.assumed("config_items")
    yield line(resource, "Config", "items", items.value, setting.prices["config-item"], str(items))


def config_rule(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Every evaluation of a rule."""
    times = setting.assumed("config_evaluations")
    yield line(
        resource, "Config", "evaluations", times.value, setting.prices["config-evaluation"], str(times)
    )


def trail(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Data events; the first copy of management events is free."""
    if not (resource.values.has("event_selector") or resource.values.has("advanced_event_selector")):
        return
    events = setting.assumed("trail_100k_data_events")
    yield line(
        resource,
        "CloudTrail",
        "data events",
        events.value,
        setting.prices["cloudtrail-100k-data-events"],
        str(events),
    )


RULES: Mapping[str, Rule] = {
    "aws_cloudtrail": trail,
    "aws_config_config_rule": config_rule,
    "aws_config_configuration_recorder": recorder,
    "aws_kms_key": key,
    "aws_kms_replica_key": key,
    "aws_secretsmanager_secret": secret,
    "aws_wafv2_web_acl": web_acl,
}
