"""What there is to watch gets its alarms, its widgets and somebody who is told."""

import json
import re

import pytest
import tftest

MODULE = "patterns/observability"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
TOPIC = "arn:aws:sns:us-east-1:111111111111:acme-alerts"
REQUIRED = {"name": "acme", "account_id": "111111111111"}
WATCHED = {
    "functions": {
        "processor": {"name": "acme-processor", "timeout_seconds": 10},
        "publisher": {"name": "acme-publisher", "timeout_seconds": 30, "reads_stream": True},
    },
    "apis": {"orders": {"name": "acme-orders", "stage": "live"}},
    "dead_letter_queues": {"publisher": "acme-publisher-dlq"},
}
ERRORS = {"namespace": "acme/shop", "name": "Errors"}


@pytest.fixture(scope="module")
def plain(plan_module):
    """What there is to watch, and nothing more said."""
    return plan_module(MODULE, **REQUIRED, **WATCHED)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(
        MODULE,
        **REQUIRED,
        **WATCHED,
        alarm_topic_arns=[TOPIC],
        alarms={
            "lost": {
                "description": "Orders are lost.",
                "notify_recovery": False,
                "composite": {"any_of": ["publisher-dead-letters"], "all_of": ["publisher-errors"]},
            },
            "odd": {"description": "Odd.", "comparison": "below", "anomaly": {"metric": ERRORS}},
            "rate": {
                "description": "Rate.",
                "threshold": 5,
                "notify": False,
                "math": {"expression": "e * 2", "metrics": {"e": ERRORS | {"statistic": "Maximum"}}},
            },
            "processor-errors": {
                "description": "Ours.",
                "threshold": 9,
                "evaluation_periods": 2,
                "datapoints_to_alarm": 1,
                "missing_data": "ignore",
                "metric": ERRORS | {"period_seconds": 60, "dimensions": {"A": "b"}},
            },
        },
        hours_shown=3,
        log_group_names=["/b", "/a"],
        thresholds={
            "api_4xx_percent": 50,
            "api_5xx_percent": 2,
            "api_latency_ms": 800,
            "api_unusual_band_width": 3,
            "function_duration_percent": 50,
            "function_errors": 3,
            "function_throttles": 4,
            "iterator_age_seconds": 60,
        },
        widgets=[{"title": "Own", "kind": "number", "metrics": [ERRORS]}],
        tags={"System": "shop"},
    )


def alarm(plan, key, kind="metric"):
    resources = plan.modules["module.alarms"].resources
    return resources[f'aws_cloudwatch_{kind}_alarm.this["{key}"]']["values"]


def dashboard(plan):
    values = plan.modules["module.dashboard"].resources["aws_cloudwatch_dashboard.this"]["values"]
    return json.loads(values["dashboard_body"])


def titles(plan):
    return [widget["properties"].get("title") for widget in dashboard(plan)["widgets"]]


@pytest.mark.parametrize(
    ("key", "metric", "dimensions", "threshold", "statistic"),
    [
        ("processor-errors", "Errors", {"FunctionName": "acme-processor"}, 0, "Sum"),
        ("processor-throttles", "Throttles", {"FunctionName": "acme-processor"}, 0, "Sum"),
        ("processor-duration", "Duration", {"FunctionName": "acme-processor"}, 8000, "p95"),
        ("publisher-duration", "Duration", {"FunctionName": "acme-publisher"}, 24000, "p95"),
        ("publisher-iterator-age", "IteratorAge", {"FunctionName": "acme-publisher"}, 300000, "Maximum"),
        ("orders-4xx", "4XXError", {"ApiName": "acme-orders", "Stage": "live"}, 0.2, "Average"),
        ("orders-5xx", "5XXError", {"ApiName": "acme-orders", "Stage": "live"}, 0.01, "Average"),
        ("orders-latency", "Latency", {"ApiName": "acme-orders", "Stage": "live"}, 1000, "p95"),
        (
            "publisher-dead-letters",
            "ApproximateNumberOfMessagesVisible",
            {"QueueName": "acme-publisher-dlq"},
            0,
            "Maximum",
        ),
    ],
)
def test_what_is_watched_has_its_alarms(plain, key, metric, dimensions, threshold, statistic):
    found = alarm(plain, key)
    assert (found["metric_name"], found["dimensions"]) == (metric, dimensions)
    assert (found["threshold"], found["comparison_operator"]) == (threshold, "GreaterThanThreshold")
    assert statistic in (found["statistic"], found["extended_statistic"])


@pytest.mark.parametrize(
    ("key", "namespace"),
    [
        ("processor-errors", "AWS/Lambda"),
        ("orders-5xx", "AWS/ApiGateway"),
        ("publisher-dead-letters", "AWS/SQS"),
    ],
)
def test_each_alarm_reads_the_namespace_of_its_service(plain, key, namespace):
    assert alarm(plain, key)["namespace"] == namespace


@pytest.mark.parametrize(
    "key", ["orders-5xx", "orders-latency", "processor-duration", "publisher-iterator-age"]
)
def test_what_may_pass_by_itself_rings_after_two_of_three_periods(plain, key):
    assert (alarm(plain, key)["datapoints_to_alarm"], alarm(plain, key)["evaluation_periods"]) == (2, 3)


@pytest.mark.parametrize("key", ["processor-errors", "processor-throttles", "publisher-dead-letters"])
def test_what_is_lost_rings_at_once(plain, key):
    assert (alarm(plain, key)["datapoints_to_alarm"], alarm(plain, key)["evaluation_periods"]) == (1, 1)


def test_a_function_without_stream_has_no_lag(plain):
    assert 'aws_cloudwatch_metric_alarm.this["processor-iterator-age"]' not in (
        plain.modules["module.alarms"].resources
    )


def test_unusual_traffic_rings_only_where_a_band_is_given(plain, full):
    assert (
        'aws_cloudwatch_metric_alarm.this["orders-unusual"]' not in plain.modules["module.alarms"].resources
    )
    found = alarm(full, "orders-unusual")
    assert found["comparison_operator"] == "LessThanLowerOrGreaterThanUpperThreshold"
    assert (found["treat_missing_data"], found["datapoints_to_alarm"], found["evaluation_periods"]) == (
        "breaching",
        3,
        3,
    )
    queries = {query["id"]: query for query in found["metric_query"]}
    assert queries["band"]["expression"] == "ANOMALY_DETECTION_BAND(measured, 3)"
    (measured,) = queries["measured"]["metric"]
    assert (measured["namespace"], measured["metric_name"]) == ("AWS/ApiGateway", "Count")
    assert measured["dimensions"] == {"ApiName": "acme-orders", "Stage": "live"}


def test_there_is_no_topic_of_its_own_unless_asked_for(plain):
    assert "module.topic[0]" not in plain.modules
    assert plain.outputs["topic_arn"] is None


@pytest.mark.parametrize(
    ("key", "threshold"),
    [
        ("orders-4xx", 0.5),
        ("orders-5xx", 0.02),
        ("orders-latency", 800),
        ("processor-duration", 5000),
        ("publisher-errors", 3),
        ("publisher-throttles", 4),
        ("publisher-iterator-age", 60000),
    ],
)
def test_each_threshold_reaches_its_alarm(full, key, threshold):
    assert alarm(full, key)["threshold"] == threshold


def test_alarms_tell_the_topic_and_carry_the_tags(full):
    assert alarm(full, "publisher-errors")["alarm_actions"] == [TOPIC]
    assert alarm(full, "publisher-errors")["tags"] == {"System": "shop"}


def test_own_alarms_join_the_generated_ones_and_may_replace_them(full):
    assert alarm(full, "odd")["comparison_operator"] == "LessThanLowerThreshold"
    assert {query["id"] for query in alarm(full, "rate")["metric_query"]} == {"e", "result"}
    ours = alarm(full, "processor-errors")
    assert (ours["namespace"], ours["threshold"], ours["period"]) == ("acme/shop", 9, 60)
    assert (ours["evaluation_periods"], ours["datapoints_to_alarm"]) == (2, 1)
    assert (ours["treat_missing_data"], ours["dimensions"]) == ("ignore", {"A": "b"})


def test_a_composite_names_generated_alarms_by_key(full):
    found = alarm(full, "lost", "composite")
    assert (
        found["alarm_rule"] == '(ALARM("acme-publisher-dead-letters")) AND (ALARM("acme-publisher-errors"))'
    )
    assert (found["alarm_actions"], found["ok_actions"]) == ([TOPIC], None)


def test_the_dashboard_reads_from_the_alarms_to_the_details(plain):
    assert titles(plain) == [
        "Alarms",
        "Requests",
        "Share of requests refused or failed",
        "Latency of one request in twenty (ms)",
        "Runs",
        "Failed runs",
        "Refused runs",
        "Duration of one run in twenty (ms)",
        "Lag behind the stream (ms)",
        "Failed for good, by queue",
    ]


def test_the_dashboard_shows_every_alarm_by_an_arn_that_is_known_before_it(plain):
    shown = dashboard(plain)["widgets"][0]["properties"]["alarms"]
    assert set(shown) == {
        f"arn:aws:cloudwatch:us-east-1:111111111111:alarm:{name}"
        for name in plain.outputs["alarm_names"].values()
    }


def test_the_lag_shows_functions_that_read_a_stream_alone(plain):
    (lag,) = [w for w in dashboard(plain)["widgets"] if w["properties"].get("title", "").startswith("Lag")]
    (row,) = lag["properties"]["metrics"]
    assert row == [
        "AWS/Lambda",
        "IteratorAge",
        "FunctionName",
        "acme-publisher",
        {"label": "publisher", "stat": "Maximum"},
    ]


def test_logs_and_own_widgets_come_last(full):
    assert titles(full)[-2:] == ["Errors in the logs", "Own"]
    assert dashboard(full)["start"] == "-PT3H"
    query = dashboard(full)["widgets"][-2]["properties"]["query"]
    assert query.startswith("SOURCE '/a' | SOURCE '/b' | fields @timestamp")


def test_what_is_not_there_has_no_widget(plan_module):
    plan = plan_module(MODULE, **REQUIRED, dead_letter_queues={"orders": "acme-orders-dlq"})
    assert titles(plan) == ["Alarms", "Failed for good, by queue"]


def test_an_own_topic_admits_the_alarms_of_its_account(plan_module):
    plan = plan_module(
        MODULE,
        **REQUIRED,
        **WATCHED,
        own_topic={
            "kms_key_arn": KEY,
            "subscriptions": {"me": {"protocol": "email", "endpoint": "me@example.com"}},
        },
    )
    resources = plan.modules["module.topic[0]"].resources
    topic = resources['aws_sns_topic.this["alarms"]']["values"]
    assert (topic["name"], topic["kms_master_key_id"]) == ("acme-alarms", KEY)
    document = resources['data.aws_iam_policy_document.this["alarms"]']["values"]
    found = {statement["sid"]: statement for statement in document["statement"]}
    assert found["FromAlarms"]["principals"][0]["identifiers"] == ["cloudwatch.amazonaws.com"]
    assert found["FromAlarms"]["condition"] == [
        {"test": "StringEquals", "variable": "aws:SourceAccount", "values": ["111111111111"]}
    ]
    assert resources['aws_sns_topic_subscription.this["alarms/me"]']["values"]["endpoint"] == "me@example.com"


def test_names_come_out_by_key(full):
    assert full.outputs["dashboard_name"] == "acme"
    assert full.outputs["alarm_names"]["publisher-dead-letters"] == "acme-publisher-dead-letters"
    assert full.outputs["alarm_names"]["lost"] == "acme-lost"


def test_a_further_function_leaves_the_others_alarms_where_they_are(plan_module, plain):
    functions = {"a-first": {"name": "a", "timeout_seconds": 1}} | WATCHED["functions"]
    more = plan_module(MODULE, **REQUIRED, **WATCHED | {"functions": functions})
    before, after = set(plain.resource_changes), set(more.resource_changes)
    assert before < after
    assert all("a-first" in address for address in after - before)


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"account_id": "1"}, "12 digits", '"1"', id="account"),
        pytest.param(
            {"functions": {"f": {"name": "f", "timeout_seconds": 901}}}, "1 to 900", '{"f":901}', id="timeout"
        ),
        pytest.param({"dead_letter_queues": {}}, "nothing to watch", "got 0", id="nothing"),
        pytest.param(
            {"log_group_names": [f"/{n}" for n in range(51)]}, "may be 50", "got 51", id="51 log groups"
        ),
        pytest.param(
            {"thresholds": {"api_5xx_percent": 101}}, "0 to 100", '"api_5xx_percent":101', id="percent"
        ),
        pytest.param(
            {"thresholds": {"function_errors": -1}},
            "not be negative",
            '"function_errors":-1',
            id="below zero",
        ),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **REQUIRED | {"dead_letter_queues": {"q": "acme-q"}} | variables)
