"""Somebody hears in time of what is spent, forecast or unusual."""

import json
import re

import pytest
import tftest

MODULE = "monitoring/budget"
TOPIC = "arn:aws:sns:us-east-1:111111111111:acme-alerts"
PEOPLE = ["finance@example.com"]
REQUIRED = {"name": "acme", "account_id": "111111111111"}
ALL = {"limit_usd": 400}


@pytest.fixture(scope="module")
def plain(plan_module):
    """A budget about which nothing more is said than must be."""
    return plan_module(MODULE, **REQUIRED, email_addresses=PEOPLE, budgets={"all": ALL})


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(
        MODULE,
        **REQUIRED,
        alarm_topic_arns=[TOPIC],
        email_addresses=PEOPLE,
        anomaly={"minimum_percent": 20, "minimum_usd": 5, "tag": {"key": "System", "values": ["shop", "a"]}},
        budgets={
            "shop": {
                "limit_usd": 12.5,
                "alert_at_actual_percent": [50],
                "alert_at_forecast_percent": [120, 90],
                "cost_filters": {"TagKeyValue": ["user:System$shop"]},
                "include_credits": True,
                "time_unit": "QUARTERLY",
            }
        },
        tags={"System": "platform"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def alerts(plan, key):
    found = values(plan, f'aws_budgets_budget.this["{key}"]')["notification"]
    return sorted((alert["notification_type"], alert["threshold"]) for alert in found)


def test_a_budget_is_monthly_in_dollars_and_counts_what_is_spent(plain):
    budget = values(plain, 'aws_budgets_budget.this["all"]')
    assert (budget["name"], budget["account_id"]) == ("acme-all", "111111111111")
    assert (budget["limit_amount"], budget["limit_unit"], budget["time_unit"]) == ("400.0", "USD", "MONTHLY")
    (cost_types,) = budget["cost_types"]
    assert (cost_types["include_credit"], cost_types["include_refund"]) == (False, False)
    assert "cost_filter" not in budget


def test_people_hear_at_80_and_100_percent_and_when_the_forecast_says_100(plain):
    assert alerts(plain, "all") == [("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100)]
    for alert in values(plain, 'aws_budgets_budget.this["all"]')["notification"]:
        assert (alert["subscriber_email_addresses"], alert["subscriber_sns_topic_arns"]) == (PEOPLE, [])
        assert (alert["threshold_type"], alert["comparison_operator"]) == ("PERCENTAGE", "GREATER_THAN")


def test_all_services_are_watched_for_the_unusual(plain):
    monitor = values(plain, "aws_ce_anomaly_monitor.this[0]")
    assert (monitor["monitor_type"], monitor["monitor_dimension"]) == ("DIMENSIONAL", "SERVICE")
    subscription = values(plain, "aws_ce_anomaly_subscription.this[0]")
    assert (subscription["frequency"], subscription["account_id"]) == ("DAILY", "111111111111")
    assert subscription["subscriber"] == [{"address": PEOPLE[0], "type": "EMAIL"}]
    assert thresholds(plain) == {
        "ANOMALY_TOTAL_IMPACT_ABSOLUTE": ["50"],
        "ANOMALY_TOTAL_IMPACT_PERCENTAGE": ["10"],
    }


def thresholds(plan):
    (expression,) = values(plan, "aws_ce_anomaly_subscription.this[0]")["threshold_expression"]
    both = [dimension for part in expression["and"] for dimension in part["dimension"]]
    assert {dimension["match_options"][0] for dimension in both} == {"GREATER_THAN_OR_EQUAL"}
    return {dimension["key"]: dimension["values"] for dimension in both}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("limit_amount", "12.5"),
        ("time_unit", "QUARTERLY"),
        ("cost_filter", [{"name": "TagKeyValue", "values": ["user:System$shop"]}]),
        ("tags", {"System": "platform"}),
    ],
)
def test_each_input_reaches_the_budget(full, key, expected):
    assert values(full, 'aws_budgets_budget.this["shop"]')[key] == expected


def test_inputs_reach_the_alerts(full):
    assert alerts(full, "shop") == [("ACTUAL", 50), ("FORECASTED", 90), ("FORECASTED", 120)]
    alert = values(full, 'aws_budgets_budget.this["shop"]')["notification"][0]
    assert alert["subscriber_sns_topic_arns"] == [TOPIC]
    assert values(full, 'aws_budgets_budget.this["shop"]')["cost_types"][0]["include_credit"] is True


def test_a_topic_hears_of_an_anomaly_at_once_and_of_one_tag_alone(full):
    monitor = values(full, "aws_ce_anomaly_monitor.this[0]")
    assert (monitor["monitor_type"], monitor["monitor_dimension"]) == ("CUSTOM", None)
    assert json.loads(monitor["monitor_specification"])["Tags"] == {
        "Key": "System",
        "MatchOptions": None,
        "Values": ["a", "shop"],
    }
    subscription = values(full, "aws_ce_anomaly_subscription.this[0]")
    assert subscription["frequency"] == "IMMEDIATE"
    assert subscription["subscriber"] == [{"address": TOPIC, "type": "SNS"}]
    assert thresholds(full) == {
        "ANOMALY_TOTAL_IMPACT_ABSOLUTE": ["5"],
        "ANOMALY_TOTAL_IMPACT_PERCENTAGE": ["20"],
    }
    assert monitor["tags"] == subscription["tags"] == {"System": "platform"}


def test_nothing_unusual_is_looked_for_without_anomaly(plan_module):
    plan = plan_module(MODULE, **REQUIRED, email_addresses=PEOPLE, budgets={"all": ALL}, anomaly=None)
    assert set(plan.resources) == {'aws_budgets_budget.this["all"]'}
    assert plan.outputs["anomaly_monitor_arn"] is None


def test_names_come_out_by_key(full):
    assert full.outputs["budget_names"] == {"shop": "acme-shop"}


def test_a_further_budget_leaves_the_others_where_they_are(plan_module, plain):
    more = plan_module(MODULE, **REQUIRED, email_addresses=PEOPLE, budgets={"a": ALL, "all": ALL})
    assert set(more.resources) - set(plain.resources) == {'aws_budgets_budget.this["a"]'}


def one(**settings):
    return {"budgets": {"b": ALL | settings}}


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"account_id": "1"}, "12 digits", '"1"', id="account"),
        pytest.param(one(limit_usd=0), "greater than 0", '{"b":0}', id="no money"),
        pytest.param({"budgets": {"a:b": ALL}}, "neither colon", '["acme-a:b"]', id="a colon"),
        pytest.param(
            {"budgets": {"b" * 96: ALL}}, "100 characters", f'["acme-{"b" * 96}"]', id="a long name"
        ),
        pytest.param(one(time_unit="WEEKLY"), "time_unit must be", '{"b":"WEEKLY"}', id="time unit"),
        pytest.param(one(time_unit="DAILY"), "has no forecast", '["b"]', id="a day's forecast"),
        pytest.param(
            one(alert_at_actual_percent=[0]), "greater than 0 and at most 1000", "[0,100]", id="percent"
        ),
        pytest.param(
            one(alert_at_actual_percent=[10, 20, 30, 40, 50]),
            "1 to 5 percentages",
            '{"b":6}',
            id="six alerts",
        ),
        pytest.param(
            one(alert_at_actual_percent=[], alert_at_forecast_percent=[]),
            "1 to 5 percentages",
            '{"b":0}',
            id="no alert",
        ),
        pytest.param({"name": "a b"}, "80 letters", '"a b"', id="name"),
        pytest.param({"alarm_topic_arns": [TOPIC, f"{TOPIC}-2"]}, "may be one ARN", TOPIC, id="two topics"),
        pytest.param({"anomaly": {"minimum_usd": -1}}, "not be negative", '"minimum_usd":-1', id="dollars"),
        pytest.param(
            {"anomaly": {"tag": {"key": "k", "values": []}}}, "at least one value", '"values":[]', id="tag"
        ),
        pytest.param({"email_addresses": ["a"]}, "10 mail addresses", '["a"]', id="address"),
        pytest.param({"email_addresses": []}, "tells nobody", "got 0", id="nobody"),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **REQUIRED | {"email_addresses": PEOPLE, "budgets": {"b": ALL}} | variables)
