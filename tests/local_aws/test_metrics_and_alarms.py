"""Metrics arise by themselves and alarms follow them, as far as CloudWatch can be rehearsed."""

from __future__ import annotations

import json
import time

import pytest

from scripts.local_aws.overlays.log_patterns import compile_pattern
from scripts.local_aws.overlays.metric_math import evaluate
from tests.local_aws.conftest import eventually

ERROR = json.dumps({"level": "ERROR", "retries": 3, "order": {"id": "o-1"}, "ok": None})


@pytest.mark.parametrize(
    ("pattern", "message", "matches"),
    [
        pytest.param("", "anything", True, id="no pattern matches all"),
        pytest.param('{ $.level = "ERROR" }', ERROR, True, id="a field"),
        pytest.param('{ $.level = "INFO" }', ERROR, False, id="another value"),
        pytest.param('{ $.level = "ERR*" }', ERROR, True, id="a wildcard"),
        pytest.param("{ $.retries >= 3 }", ERROR, True, id="a number"),
        pytest.param("{ $.retries > 3 }", ERROR, False, id="a number out of range"),
        pytest.param('{ ($.level = "ERROR") && ($.retries < 2) }', ERROR, False, id="and"),
        pytest.param('{ ($.level = "INFO") || ($.order.id = "o-1") }', ERROR, True, id="or, nested field"),
        pytest.param("{ $.ok IS NULL }", ERROR, True, id="null"),
        pytest.param("{ $.nothing NOT EXISTS }", ERROR, True, id="absent"),
        pytest.param('{ $.level = "ERROR" }', "plain text", False, id="text is no document"),
        pytest.param("Task timed", "Task timed out", True, id="all words"),
        pytest.param("?ERROR ?WARN", "a WARN here", True, id="one of the words"),
        pytest.param("ERROR -expected", "ERROR expected", False, id="not that word"),
    ],
)
def test_a_filter_pattern_matches(pattern, message, matches):
    assert compile_pattern(pattern)(message) is matches


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        pytest.param("100*e/MAX([e,i])", [50.0, None], id="an error rate"),
        pytest.param("IF(i > 3, 100 * e / i, 0)", [50.0, 0.0], id="a condition"),
        pytest.param("FILL(e, 0) + 1", [3.0, 1.0], id="a filled gap"),
        pytest.param("e / 0", [None, None], id="a division by zero is missing"),
        pytest.param("SUM(METRICS())", [6.0, 2.0], id="all metrics"),
        pytest.param("-ABS(i)", [-4.0, -2.0], id="signs"),
        pytest.param("ANOMALY_DETECTION_BAND(i, 2)", None, id="what is not rehearsed is unknown"),
        pytest.param("__import__('os')", None, id="nothing else is called"),
    ],
)
def test_metric_math(expression, values):
    assert evaluate(expression, {"e": [2.0, None], "i": [4.0, 2.0]}, 2) == values


@pytest.fixture
def alarm(client, queue):
    """Create an alarm that tells a queue through a topic; return the queue's URL."""

    def create(name, **settings):
        url, arn = queue(f"alarm-{name}", "sns.amazonaws.com")
        topic = client("sns").create_topic(Name=f"alarm-{name}")["TopicArn"]
        client("sns").subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"}
        )
        client("cloudwatch").put_metric_alarm(
            AlarmName=name,
            AlarmActions=[topic],
            EvaluationPeriods=1,
            ComparisonOperator="GreaterThanOrEqualToThreshold",
            **settings,
        )
        return url

    return create


def state(client, name):
    found = client("cloudwatch").describe_alarms(
        AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"]
    )
    return (found["MetricAlarms"] + found["CompositeAlarms"])[0]["StateValue"]


def test_a_failing_function_raises_its_alarm_and_no_other(client, function, alarm, received):
    function("failing", "def handle(event, context):\n    raise ValueError\n")
    metric = {
        "Namespace": "AWS/Lambda",
        "MetricName": "Errors",
        "Period": 60,
        "Statistic": "Sum",
        "Threshold": 1,
    }
    url = alarm("failing", Dimensions=[{"Name": "FunctionName", "Value": "failing"}], **metric)
    other = [{"Name": "FunctionName", "Value": "healthy"}]
    alarm("healthy", Dimensions=other, TreatMissingData="notBreaching", **metric)
    client("lambda").invoke(FunctionName="failing")
    told = json.loads(received(url)["Body"])
    assert (told["AlarmName"], told["NewStateValue"]) == ("failing", "ALARM")
    assert state(client, "healthy") == "OK"


def test_a_rate_computed_from_two_metrics_raises_an_alarm_and_the_composite_above_it(client, alarm, received):
    def stat(identifier, name):
        metric = {"Namespace": "acme", "MetricName": name}
        return {
            "Id": identifier,
            "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"},
            "ReturnData": False,
        }

    rate = {"Id": "rate", "Expression": "100*e/MAX([e,i])", "ReturnData": True}
    url = alarm("rate", Threshold=50, Metrics=[rate, stat("e", "Failed"), stat("i", "All")])
    client("cloudwatch").put_composite_alarm(AlarmName="above", AlarmRule="ALARM(rate)")
    data = [{"MetricName": "Failed", "Value": 6}, {"MetricName": "All", "Value": 10}]
    client("cloudwatch").put_metric_data(Namespace="acme", MetricData=data)
    assert json.loads(received(url)["Body"])["NewStateValue"] == "ALARM"
    assert eventually(lambda: state(client, "above") == "ALARM")


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        pytest.param("breaching", "ALARM", id="breaching"),
        pytest.param("notBreaching", "OK", id="not breaching"),
        pytest.param("missing", "INSUFFICIENT_DATA", id="missing"),
    ],
)
def test_missing_data_is_treated_as_told(client, alarm, treatment, expected):
    name = f"silent-{treatment}"
    metric = {"Namespace": "acme", "MetricName": "Silent", "Period": 60, "Statistic": "Sum", "Threshold": 1}
    alarm(name, TreatMissingData=treatment, **metric)
    assert eventually(lambda: state(client, name) == expected)


def test_a_metric_filter_counts_matching_messages(client):
    logs = client("logs")
    logs.create_log_group(logGroupName="/counted")
    logs.create_log_stream(logGroupName="/counted", logStreamName="s")
    value = {"metricName": "Retries", "metricNamespace": "acme/logs", "metricValue": "$.retries"}
    logs.put_metric_filter(
        logGroupName="/counted",
        filterName="errors",
        filterPattern='{ $.level = "ERROR" }',
        metricTransformations=[value],
    )
    now = int(time.time() * 1000)
    lines = [ERROR, json.dumps({"level": "INFO", "retries": 100})]
    events = [{"timestamp": now, "message": line} for line in lines]
    logs.put_log_events(logGroupName="/counted", logStreamName="s", logEvents=events)
    points = client("cloudwatch").get_metric_statistics(
        Namespace="acme/logs",
        MetricName="Retries",
        StartTime=now // 1000 - 60,
        EndTime=now // 1000 + 60,
        Period=60,
        Statistics=["Sum"],
    )["Datapoints"]
    assert [point["Sum"] for point in points] == [3.0]
    found = logs.filter_log_events(logGroupName="/counted", filterPattern='{ $.level = "ERROR" }')["events"]
    assert [event["message"] for event in found] == [ERROR]
