"""Alarm evaluation: dimensions, periods, metric math, missing data.

ministack 1.5.33 mixes all dimensions of a metric, looks at one window, knows no metric math, and
evaluates only when data is published by PutMetricData. Alarms are looked at every
``Delays.alarm_seconds``; a period counts as soon as it has data, where AWS waits for it to close.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import cloudwatch

from scripts.local_aws.overlays import metric_math
from scripts.local_aws.overlays.hooks import Document
from scripts.local_aws.settings import Delays

logger = logging.getLogger("stagecraft.alarms")
Series = metric_math.Series
_OPERATORS = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}


def install() -> None:
    cloudwatch._evaluate_alarm = evaluate
    threading.Thread(target=_watch, args=(Delays.from_environment().alarm_seconds,), daemon=True).start()


def _watch(pause: float) -> None:
    while True:
        time.sleep(pause)
        for (account, region, _), alarm in list(cloudwatch._alarms._data.items()):
            with request_scope(account, region):
                try:
                    evaluate(alarm)
                except Exception:
                    logger.exception("alarm %s", alarm.get("AlarmName"))


def evaluate(alarm: Document) -> None:
    """Move *alarm* to the state its data asks for, with everything that follows."""
    compare = _OPERATORS.get(alarm.get("ComparisonOperator", ""))
    if compare is None:
        return  # an anomaly band needs weeks of data
    periods = int(alarm.get("EvaluationPeriods", 1))
    values = _values(alarm, periods)
    if values is None:
        return
    threshold = float(alarm.get("Threshold", 0))
    missing = alarm.get("TreatMissingData") or "missing"
    known = [compare(value, threshold) for value in values if value is not None]
    breaching = sum(known) + (len(values) - len(known) if missing == "breaching" else 0)
    if breaching >= int(alarm.get("DatapointsToAlarm") or periods):
        state = "ALARM"
    elif known or missing in ("notBreaching", "breaching"):
        state = "OK"
    else:
        state = alarm["StateValue"] if missing == "ignore" else "INSUFFICIENT_DATA"
    shown = [round(value, 4) for value in values if value is not None]
    _move(alarm, state, f"Threshold Crossed: {breaching} of {periods} datapoints {shown} against {threshold}")


def _move(alarm: Document, state: str, reason: str) -> None:
    old = alarm["StateValue"]
    if state == old:
        return
    alarm.update(StateValue=state, StateReason=reason, StateUpdatedTimestamp=int(time.time()))
    cloudwatch._record_history(alarm["AlarmName"], old, state, reason)
    cloudwatch._dispatch_alarm_actions(alarm, old, state, reason)
    cloudwatch._evaluate_parent_alarms(alarm)


def _values(alarm: Document, periods: int) -> Series | None:
    """One value a period, newest first; None when nothing can be computed."""
    queries = alarm.get("Metrics")
    if not queries:
        metric = {key: alarm.get(key) for key in ("Namespace", "MetricName", "Dimensions")}
        stat = alarm.get("ExtendedStatistic") or alarm.get("Statistic") or "Average"
        return _series(metric, int(alarm.get("Period") or 60), stat, periods)
    known: dict[str, Series] = {}
    for query in queries:
        if "MetricStat" in query:
            stat = query["MetricStat"]
            known[query["Id"]] = _series(stat["Metric"], int(stat["Period"]), stat["Stat"], periods)
    wanted = next((query for query in queries if query.get("ReturnData", True)), queries[0])
    if "MetricStat" in wanted:
        return known[wanted["Id"]]
    # Expressions may use each other, in any order; each is tried until all it names are known.
    expressions = {query["Id"]: query["Expression"] for query in queries if query.get("Expression")}
    for _ in range(len(expressions)):
        for identifier, expression in expressions.items():
            if identifier not in known:
                result = metric_math.evaluate(expression, known, periods)
                if result is not None:
                    known[identifier] = result
    return known.get(wanted["Id"])


def _series(metric: Document, period: int, stat: str, periods: int) -> Series:
    dimensions = {found["Name"]: found["Value"] for found in metric.get("Dimensions") or []}
    key = (metric["Namespace"], metric["MetricName"], cloudwatch._dims_key(dimensions))
    points = list(cloudwatch._metrics.get(key) or [])
    now = time.time()
    return [
        _statistic(points, stat, now - (index + 1) * period, now - index * period) for index in range(periods)
    ]


def _statistic(points: list[Document], stat: str, start: float, end: float) -> float | None:
    inside = [point for point in points if start < point["Timestamp"] <= end]
    stats = cloudwatch._calc_stats(inside)
    value: Any = cloudwatch._stat_value(stats, stat, inside) if stats else None
    return None if value is None else float(value)
