"""An alarm of each kind says what it watches, rings after what it was told, and tells the topics."""

import re

import pytest
import tftest

MODULE = "monitoring/alarms"
TOPIC = "arn:aws:sns:us-east-1:111111111111:acme-alerts"
ERRORS = {"namespace": "AWS/Lambda", "name": "Errors"}
METRIC = {"description": "d", "threshold": 0, "metric": ERRORS}

ALARMS = {
    "errors": {
        "comparison": ">=",
        "datapoints_to_alarm": 2,
        "description": "The function failed.",
        "evaluation_periods": 3,
        "missing_data": "breaching",
        "notify_recovery": False,
        "threshold": 5,
        "metric": ERRORS
        | {"dimensions": {"FunctionName": "f"}, "period_seconds": 60, "statistic": "Maximum"},
    },
    "slow": METRIC | {"metric": ERRORS | {"statistic": "p95"}},
    "rate": {
        "description": "Too many fail.",
        "notify": False,
        "threshold": 5,
        "math": {
            "expression": "100 * e / c",
            "label": "failed",
            "metrics": {
                "e": ERRORS,
                "c": {
                    "namespace": "AWS/Lambda",
                    "name": "Invocations",
                    "dimensions": {"FunctionName": "f"},
                    "period_seconds": 60,
                    "statistic": "SampleCount",
                },
            },
        },
    },
    "odd": {
        "comparison": "below",
        "description": "Too few orders.",
        "anomaly": {
            "band_width": 3,
            "metric": ERRORS | {"statistic": "Average", "dimensions": {"Shop": "a"}, "period_seconds": 900},
        },
    },
    "odd-either-way": {"description": "Unusual.", "anomaly": {"metric": ERRORS}},
    "broken": {
        "description": "Nobody can order.",
        "composite": {
            "any_of": ["slow", "errors"],
            "all_of": ["rate"],
            "quiet_during": "odd",
            "quiet_wait_seconds": 60,
            "quiet_extension_seconds": 90,
        },
    },
    "all": {"description": "d", "notify": False, "composite": {"all_of": ["slow", "rate"]}},
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """An alarm about which nothing more is said than must be."""
    return plan_module(MODULE, name="acme", alarms={"errors": METRIC})


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, name="acme", alarm_topic_arns=[TOPIC], alarms=ALARMS, tags={"System": "shop"})


def alarm(plan, key, kind="metric"):
    return plan.resources[f'aws_cloudwatch_{kind}_alarm.this["{key}"]']["values"]


def queries(plan, key):
    return {query["id"]: query for query in alarm(plan, key)["metric_query"]}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("alarm_name", "acme-errors", id="named by prefix and key"),
        pytest.param("comparison_operator", "GreaterThanThreshold", id="above"),
        pytest.param("threshold", 0, id="threshold"),
        pytest.param("evaluation_periods", 1, id="one period"),
        pytest.param("datapoints_to_alarm", 1, id="all of them"),
        pytest.param("treat_missing_data", "notBreaching", id="nothing counted is no error"),
        pytest.param("period", 300, id="five minutes"),
        pytest.param("statistic", "Sum", id="sum"),
        pytest.param("alarm_actions", None, id="nobody to tell"),
    ],
)
def test_an_alarm_has_these_defaults(plain, key, expected):
    assert alarm(plain, "errors")[key] == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("alarm_description", "The function failed."),
        ("comparison_operator", "GreaterThanOrEqualToThreshold"),
        ("datapoints_to_alarm", 2),
        ("evaluation_periods", 3),
        ("treat_missing_data", "breaching"),
        ("threshold", 5),
        ("namespace", "AWS/Lambda"),
        ("metric_name", "Errors"),
        ("dimensions", {"FunctionName": "f"}),
        ("period", 60),
        ("statistic", "Maximum"),
        ("extended_statistic", None),
        ("alarm_actions", [TOPIC]),
        ("ok_actions", None),
        ("tags", {"System": "shop"}),
    ],
)
def test_each_input_reaches_the_alarm(full, key, expected):
    assert alarm(full, "errors")[key] == expected


def test_a_percentile_goes_where_the_api_wants_it(full):
    assert (alarm(full, "slow")["extended_statistic"], alarm(full, "slow")["statistic"]) == ("p95", None)


def test_an_alarm_tells_of_its_recovery_unless_told_otherwise(full):
    assert (alarm(full, "slow")["alarm_actions"], alarm(full, "slow")["ok_actions"]) == ([TOPIC], [TOPIC])


@pytest.mark.parametrize(("key", "kind"), [("rate", "metric"), ("all", "composite")])
def test_an_alarm_that_only_feeds_another_tells_nobody(full, key, kind):
    found = alarm(full, key, kind)
    assert (found["alarm_actions"], found["ok_actions"]) == (None, None)


def test_a_math_alarm_compares_its_expression_alone(full):
    found = queries(full, "rate")
    assert (found["result"]["expression"], found["result"]["label"]) == ("100 * e / c", "failed")
    assert {id: query["return_data"] for id, query in found.items()} == {
        "c": False,
        "e": False,
        "result": True,
    }
    (calls,) = found["c"]["metric"]
    assert (calls["namespace"], calls["metric_name"]) == ("AWS/Lambda", "Invocations")
    assert (calls["dimensions"], calls["period"], calls["stat"]) == ({"FunctionName": "f"}, 60, "SampleCount")
    assert (alarm(full, "rate")["threshold"], alarm(full, "rate")["metric_name"]) == (5, None)


def test_an_anomaly_alarm_compares_a_metric_with_its_band(full):
    found, alarm_itself = queries(full, "odd"), alarm(full, "odd")
    assert found["band"]["expression"] == "ANOMALY_DETECTION_BAND(measured, 3)"
    (measured,) = found["measured"]["metric"]
    assert (measured["stat"], measured["dimensions"], measured["period"]) == ("Average", {"Shop": "a"}, 900)
    assert (found["band"]["return_data"], found["measured"]["return_data"]) == (True, True)
    assert (alarm_itself["threshold_metric_id"], alarm_itself["threshold"]) == ("band", None)
    assert alarm_itself["comparison_operator"] == "LessThanLowerThreshold"


def test_an_anomaly_is_two_deviations_either_way_by_default(full):
    assert alarm(full, "odd-either-way")["comparison_operator"] == "LessThanLowerOrGreaterThanUpperThreshold"
    assert queries(full, "odd-either-way")["band"]["expression"] == "ANOMALY_DETECTION_BAND(measured, 2)"


def test_a_composite_alarm_rings_by_its_members_and_keeps_quiet_during_another(full):
    found = alarm(full, "broken", "composite")
    assert found["alarm_rule"] == '(ALARM("acme-errors") OR ALARM("acme-slow")) AND (ALARM("acme-rate"))'
    assert found["actions_suppressor"] == [{"alarm": "acme-odd", "wait_period": 60, "extension_period": 90}]
    assert (found["alarm_actions"], found["alarm_name"]) == ([TOPIC], "acme-broken")
    assert (found["alarm_description"], found["tags"]) == ("Nobody can order.", {"System": "shop"})


def test_a_composite_alarm_may_need_all_of_its_members(full):
    found = alarm(full, "all", "composite")
    assert found["alarm_rule"] == '(ALARM("acme-rate") AND ALARM("acme-slow"))'
    assert found["actions_suppressor"] == []


def test_names_of_both_sorts_come_out_by_key(full):
    assert full.outputs["alarm_names"] == {key: f"acme-{key}" for key in ALARMS}


def test_a_further_alarm_leaves_the_others_where_they_are(plan_module, plain):
    more = plan_module(MODULE, name="acme", alarms={"a-first": METRIC, "errors": METRIC})
    assert set(more.resources) - set(plain.resources) == {'aws_cloudwatch_metric_alarm.this["a-first"]'}


def test_a_composite_alarm_is_quiet_for_two_minutes_before_and_five_after_another(plan_module):
    quiet = {"description": "d", "composite": {"any_of": ["errors"], "quiet_during": "errors"}}
    plan = plan_module(MODULE, name="acme", alarms={"errors": METRIC, "quiet": quiet})
    assert alarm(plan, "quiet", "composite")["actions_suppressor"] == [
        {"alarm": "acme-errors", "wait_period": 120, "extension_period": 300}
    ]


def metric(**settings):
    return METRIC | {"metric": ERRORS | settings}


@pytest.mark.parametrize(
    ("alarms", "rule", "value"),
    [
        pytest.param({"a": {"description": "d"}}, "exactly one kind", '["a"]', id="no kind"),
        pytest.param({"a": METRIC | {"composite": {}}}, "exactly one kind", '["a"]', id="two kinds"),
        pytest.param({'"': METRIC}, "no quote", r'["\""]', id="a quote in a name"),
        pytest.param({"a" * 251: METRIC}, "255 characters", f'["{"a" * 251}"]', id="a long name"),
        pytest.param(
            {"a": METRIC | {"threshold": None}}, "cannot do without it", '{"a":null}', id="no threshold"
        ),
        pytest.param(
            {"a": {"description": "d", "threshold": 1, "anomaly": {"metric": ERRORS}}},
            "and to no other",
            '{"a":1}',
            id="an anomaly with a threshold",
        ),
        pytest.param(
            {"a": METRIC | {"comparison": "above"}}, "comparison must be", '"above"', id="comparison"
        ),
        pytest.param(
            {"a": {"description": "d", "comparison": ">", "anomaly": {"metric": ERRORS}}},
            "for an anomaly outside",
            r'{"a":"\u003e"}',
            id="an anomaly's comparison",
        ),
        pytest.param({"a": METRIC | {"missing_data": "ok"}}, "missing_data must", '{"a":"ok"}', id="missing"),
        pytest.param(
            {"a": METRIC | {"evaluation_periods": 0}}, "at least 1", '{"a":[0,null]}', id="no period"
        ),
        pytest.param(
            {"a": METRIC | {"datapoints_to_alarm": 2}}, "between 1 and", '{"a":[1,2]}', id="two of one"
        ),
        pytest.param({"a": metric(period_seconds=90)}, "a multiple of 60", '{"a":[90]}', id="period"),
        pytest.param(
            {"a": metric() | {"evaluation_periods": 289}}, "86400 (one day)", '["300 * 289"]', id="over a day"
        ),
        pytest.param(
            {"a": metric(period_seconds=3600) | {"evaluation_periods": 169}},
            "604800 (seven days)",
            '["3600 * 169"]',
            id="over a week",
        ),
        pytest.param({"a": metric(statistic="Median")}, "statistic must be", '["Median"]', id="statistic"),
        pytest.param(
            {
                "a": {
                    "description": "d",
                    "threshold": 1,
                    "math": {"expression": "A", "metrics": {"A": ERRORS}},
                }
            },
            "starts with a small letter",
            '{"a":["A"]}',
            id="an id in capitals",
        ),
        pytest.param(
            {
                "a": {
                    "description": "d",
                    "threshold": 1,
                    "math": {"expression": "1", "metrics": {f"m{n}": ERRORS for n in range(10)}},
                }
            },
            "10 queries",
            '{"a":11}',
            id="eleven queries",
        ),
        pytest.param(
            {"a": {"description": "d", "anomaly": {"band_width": 0, "metric": ERRORS}}},
            "greater than 0",
            '{"a":0}',
            id="a band without width",
        ),
        pytest.param({"a": {"description": "d", "composite": {}}}, "needs members", '["a"]', id="no members"),
        pytest.param(
            {"a": METRIC, "b": {"description": "d", "composite": {"any_of": ["c"]}}},
            "alarms of this map",
            '{"b":["c"]}',
            id="an unknown member",
        ),
        pytest.param(
            {
                "a": METRIC,
                "b": {"description": "d", "composite": {"any_of": ["a"]}},
                "c": {"description": "d", "composite": {"any_of": ["b"], "quiet_during": "b"}},
            },
            "not composite themselves",
            '"c":["b"]',
            id="a composite of composites",
        ),
    ],
)
def test_an_alarm_is_refused_with_rule_and_value(plan_module, alarms, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, name="acme", alarms=alarms)


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"name": "a b"}, "name may hold", '"a b"', id="name"),
        pytest.param({"alarm_topic_arns": ["x"]}, "ARNs of SNS topics", '["x"]', id="no topic"),
        pytest.param(
            {"alarm_topic_arns": [f"{TOPIC}-{n}" for n in range(6)]},
            "up to five",
            f"{TOPIC}-5",
            id="six topics",
        ),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **{"name": "acme", "alarms": {"a": METRIC}} | variables)
