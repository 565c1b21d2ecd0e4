"""Alarms, dashboards, logs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts.cost.rule import Line, Rule, Setting, line
from scripts.plans.planned_resources import Resource

HIGH_RESOLUTION_SECONDS = 60
ANOMALY_METRICS = 3
"""An alarm on a band watches the metric and both edges of the band."""


def alarm(resource: Resource, setting: Setting) -> Iterator[Line]:
    """An alarm is billed for each metric it watches; AWS's 10 free ones are an account's, not counted here."""
    queries = resource.values.blocks("metric_query")
    metrics = sum(1 for query in queries if query.has("metric")) or 1
    if any("ANOMALY_DETECTION_BAND" in query.text("expression") for query in queries):
        metrics = ANOMALY_METRICS
    quick = 0 < resource.values.number("period") < HIGH_RESOLUTION_SECONDS
    price = setting.prices["alarm-high-resolution-metric" if quick else "alarm-metric"]
    yield line(
        resource, "CloudWatch", "alarm", metrics, price, "1 metric" if metrics == 1 else f"{metrics} metrics"
    )


def dashboard(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A dashboard; AWS's 3 free ones are an account's, not counted here."""
    yield line(resource, "CloudWatch", "dashboard", 1, setting.prices["dashboard"])


def log_group(resource: Resource, setting: Setting) -> Iterator[Line]:
    """What is written to a log, and what of it is kept after compression."""
    written = setting.assumed("logs_gb")
    days = resource.values.number("retention_in_days")
    months = min(max(days / 30, 1), 12) if days else 12
    yield line(resource, "CloudWatch", "logs in", written.value, setting.prices["logs-in-gb"], str(written))
    yield line(
        resource,
        "CloudWatch",
        "logs stored",
        written.value * months * KEPT_AFTER_COMPRESSION,
        setting.prices["logs-stored-gb"],
        f"{months:g} months of it, compressed to {KEPT_AFTER_COMPRESSION:.0%}",
    )


KEPT_AFTER_COMPRESSION = 0.15
"""CloudWatch bills 0.15 bytes of storage for each byte of log (gzip level 6), by its own pricing page."""


RULES: Mapping[str, Rule] = {
    "aws_cloudwatch_dashboard": dashboard,
    "aws_cloudwatch_log_group": log_group,
    "aws_cloudwatch_metric_alarm": alarm,
}
