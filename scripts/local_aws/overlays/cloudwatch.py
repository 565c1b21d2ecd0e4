"""CloudWatch alarms: ministack 1.5.33 loses most of an alarm on the query protocol.

The Terraform provider speaks that protocol. Alarm operations are read and answered by the service
model instead, and the stored alarm keeps metric queries, the anomaly band, the percentile rule
and the suppressor of a composite.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch

from scripts.local_aws.overlays import query_protocol
from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first, wrap

# Stored as sent; ministack's record has no room for them.
_METRIC_FIELDS = ("Metrics", "ThresholdMetricId", "EvaluateLowSampleCountPercentile")
_COMPOSITE_FIELDS = (
    "ActionsSuppressor",
    "ActionsSuppressorWaitPeriod",
    "ActionsSuppressorExtensionPeriod",
)
# What ministack fills in and AWS leaves out when the alarm has metric queries.
_SINGLE_METRIC_FIELDS = (
    "MetricName",
    "Namespace",
    "Statistic",
    "ExtendedStatistic",
    "Period",
    "Unit",
    "Dimensions",
)
_OPERATIONS = {
    "PutMetricAlarm": "_put_metric_alarm",
    "PutCompositeAlarm": "_put_composite_alarm",
    "DescribeAlarms": "_describe_alarms",
    "DescribeAlarmsForMetric": "_describe_alarms_for_metric",
}
Put = Callable[..., Response]


def install() -> None:
    answer_first(cloudwatch, _answer)
    wrap(cloudwatch, "_put_metric_alarm")(_put_metric_alarm)
    wrap(cloudwatch, "_put_composite_alarm")(_put_composite_alarm)


def _answer(request: Request) -> Response | None:
    if "x-amz-target" in request.headers or "smithy-protocol" in request.headers:
        return None
    name = _OPERATIONS.get(request.action)
    if name is None:
        return None
    parameters = query_protocol.parse("cloudwatch", request.action, request.form)
    status, _, body = getattr(cloudwatch, name)({}, parameters, False, True)
    document = json.loads(body or b"{}")
    if status >= 400:
        code = str(document.get("__type", "InternalFailure")).rpartition("#")[2]
        error: Response = cloudwatch._error(code, document.get("message", ""), status)
        return error
    return query_protocol.render("cloudwatch", request.action, document)


def _put_metric_alarm(
    inner: Put, params: Any, data: Document, is_cbor: bool, is_json: bool = False
) -> Response:
    answer = inner(params, data, is_cbor, is_json)
    alarm = cloudwatch._alarms.get(data.get("AlarmName", ""))
    if answer[0] >= 400 or alarm is None:
        return answer
    alarm.update({field: data[field] for field in _METRIC_FIELDS if data.get(field) is not None})
    empty = [field for field, value in alarm.items() if value is None]
    if data.get("Metrics"):
        empty += _SINGLE_METRIC_FIELDS
    if data.get("ThresholdMetricId"):
        empty.append("Threshold")
    if data.get("ExtendedStatistic"):
        empty.append("Statistic")
    for field in empty:
        alarm.pop(field, None)
    return answer


def _put_composite_alarm(
    inner: Put, params: Any, data: Document, is_cbor: bool, is_json: bool = False
) -> Response:
    answer = inner(params, data, is_cbor, is_json)
    alarm = cloudwatch._composite_alarms.get(data.get("AlarmName", ""))
    if answer[0] < 400 and alarm is not None:
        alarm.update({field: data[field] for field in _COMPOSITE_FIELDS if data.get(field) is not None})
    return answer
