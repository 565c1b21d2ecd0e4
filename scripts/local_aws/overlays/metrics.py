"""Metrics that AWS makes by itself: of functions, streams and metric filters.

ministack 1.5.33 counts a function's calls only when they come through the Invoke operation, and
stores metric filters without applying them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch, cloudwatch_logs, lambda_svc

from scripts.local_aws.overlays.hooks import Document, wrap
from scripts.local_aws.overlays.log_patterns import compile_pattern, find_field


def install() -> None:
    _count_every_execution()
    _apply_metric_filters()
    cloudwatch_logs._compile_filter_pattern = compile_pattern
    cloudwatch_logs._subscription_pattern_matches = lambda pattern, message: compile_pattern(pattern)(
        message or ""
    )


def _count_every_execution() -> None:
    def emit(function_name: str, duration_ms: float, error: bool, throttle: bool) -> None:
        """ministack's own report: only the one of a throttle is not made below."""
        if throttle and not error:
            cloudwatch.record_metric("AWS/Lambda", "Throttles", 1.0, "Count", {"FunctionName": function_name})

    lambda_svc._emit_lambda_metrics = emit

    @wrap(lambda_svc, "_execute_function_dispatch")
    def execute(
        inner: Callable[..., Any], function: Document, config: Document, event: Any, *rest: Any
    ) -> Any:
        started = time.time()
        result = inner(function, config, event, *rest)
        dimensions = {"FunctionName": config.get("FunctionName", "")}
        failed = bool(isinstance(result, dict) and result.get("error"))
        for name, value, unit in (
            ("Invocations", 1.0, "Count"),
            ("Errors", float(failed), "Count"),
            ("Throttles", 0.0, "Count"),
            ("Duration", (time.time() - started) * 1000, "Milliseconds"),
        ):
            cloudwatch.record_metric("AWS/Lambda", name, value, unit, dimensions)
        if (age := _iterator_age(event)) is not None:
            cloudwatch.record_metric("AWS/Lambda", "IteratorAge", age * 1000, "Milliseconds", dimensions)
        return result


def _iterator_age(event: Any) -> float | None:
    """Age of the last record of a DynamoDB stream batch."""
    records = event.get("Records") if isinstance(event, dict) else None
    last = records[-1] if isinstance(records, list) and records else None
    created = (
        (last.get("dynamodb") or {}).get("ApproximateCreationDateTime") if isinstance(last, dict) else None
    )
    return max(0.0, time.time() - float(created)) if created else None


def _apply_metric_filters() -> None:
    """Both ways into a log group end in the call that serves its subscription filters."""

    @wrap(cloudwatch_logs, "_fanout_to_subscription_filters")
    def fan_out(inner: Callable[..., None], group: str, stream: str, events: list[Document]) -> None:
        for metric_filter in cloudwatch_logs._metric_filters.values():
            if metric_filter["logGroupName"] == group:
                _apply(metric_filter, events)
        inner(group, stream, events)


def _apply(metric_filter: Document, events: list[Document]) -> None:
    matches = compile_pattern(metric_filter["filterPattern"])
    matching = [event["message"] for event in events if matches(event.get("message") or "")]
    for transformation in metric_filter["metricTransformations"]:
        values = [_value(transformation["metricValue"], message) for message in matching]
        if not matching and transformation.get("defaultValue") is not None:
            values = [float(transformation["defaultValue"])]
        for value in values:
            if value is not None:
                name, namespace = transformation["metricName"], transformation["metricNamespace"]
                cloudwatch.record_metric(namespace, name, value, transformation.get("unit") or "None", {})


def _value(expression: str, message: str) -> float | None:
    """A number, or the number a field of the message holds."""
    if expression.startswith("$"):
        _, expression = find_field(json.loads(message), expression)
    try:
        return float(expression)
    except (TypeError, ValueError):
        return None
