"""A log group ends after a month unless told otherwise, and counts, forwards and encrypts what it holds."""

import re

import pytest
import tftest

MODULE = "monitoring/log-group"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
STREAM = "arn:aws:kinesis:us-east-1:111111111111:stream/logs"
FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:reader"
ROLE = "arn:aws:iam::111111111111:role/acme-logs"
ERRORS = {"metric_name": "Errors", "namespace": "acme/shop", "pattern": "ERROR"}

FULL = {
    "name": "acme",
    "kms_key_arn": KEY,
    "log_retention_days": 14,
    "tags": {"System": "shop"},
    "log_groups": {
        "api": {
            "retention_days": 365,
            "keep_on_destroy": True,
            "metric_filters": {
                "errors": ERRORS | {"default_value": "0"},
                "bytes": ERRORS | {"dimensions": {"Path": "$.path"}, "unit": "Bytes", "value": "$.bytes"},
            },
            "subscriptions": {
                "stream": {
                    "destination_arn": STREAM,
                    "pattern": "ERROR",
                    "role_arn": ROLE,
                    "spread": True,
                },
                "reader": {"destination_arn": FUNCTION},
            },
        },
        "archive": {"name": "/acme/archive", "infrequent_access": True},
    },
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """A group about which nothing is said."""
    return plan_module(MODULE, name="acme", log_groups={"api": {}})


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def values(plan, address):
    return plan.resources[address]["values"]


def group(plan, key):
    return values(plan, f'aws_cloudwatch_log_group.this["{key}"]')


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("name", "acme-api", id="named by prefix and key"),
        pytest.param("retention_in_days", 30, id="kept a month"),
        pytest.param("log_group_class", "STANDARD", id="queried at once"),
        pytest.param("skip_destroy", False, id="gone with its unit"),
        pytest.param("kms_key_id", None, id="AWS's own key"),
    ],
)
def test_a_group_has_these_defaults(plain, key, expected):
    assert group(plain, "api")[key] == expected


@pytest.mark.parametrize(
    ("group_key", "key", "expected"),
    [
        ("api", "retention_in_days", 365),
        ("api", "kms_key_id", KEY),
        ("api", "skip_destroy", True),
        ("api", "tags", {"System": "shop"}),
        ("archive", "name", "/acme/archive"),
        ("archive", "retention_in_days", 14),
        ("archive", "log_group_class", "INFREQUENT_ACCESS"),
    ],
)
def test_each_input_reaches_the_group(full, group_key, key, expected):
    assert group(full, group_key)[key] == expected


def test_a_metric_filter_counts_one_an_event_by_default(full):
    found = values(full, 'aws_cloudwatch_log_metric_filter.this["api/errors"]')
    assert (found["name"], found["log_group_name"], found["pattern"]) == ("errors", "acme-api", "ERROR")
    assert found["metric_transformation"] == [
        {
            "name": "Errors",
            "namespace": "acme/shop",
            "value": "1",
            "unit": "Count",
            "default_value": "0",
            "dimensions": None,
        }
    ]


def test_a_metric_filter_can_measure_a_field_by_dimension(full):
    (found,) = values(full, 'aws_cloudwatch_log_metric_filter.this["api/bytes"]')["metric_transformation"]
    assert (found["value"], found["unit"], found["dimensions"]) == ("$.bytes", "Bytes", {"Path": "$.path"})


def test_a_subscription_hands_events_on(full):
    found = values(full, 'aws_cloudwatch_log_subscription_filter.this["api/stream"]')
    assert (found["name"], found["log_group_name"], found["destination_arn"]) == (
        "stream",
        "acme-api",
        STREAM,
    )
    assert (found["filter_pattern"], found["role_arn"], found["distribution"]) == ("ERROR", ROLE, "Random")


def test_a_subscription_hands_on_everything_in_order_by_default(full):
    found = values(full, 'aws_cloudwatch_log_subscription_filter.this["api/reader"]')
    assert (found["filter_pattern"], found["distribution"]) == ("", "ByLogStream")


def test_names_come_out_keyed_as_they_went_in(full):
    assert full.outputs["log_group_names"] == {"api": "acme-api", "archive": "/acme/archive"}


def test_a_further_group_leaves_the_others_where_they_are(plan_module, plain):
    more = plan_module(MODULE, name="acme", log_groups={"a-first": {}, "api": {}})
    assert set(more.resources) - set(plain.resources) == {'aws_cloudwatch_log_group.this["a-first"]'}


def one(**settings):
    return {"log_groups": {"g": settings}}


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"name": "a b"}, "name may hold", '"a b"', id="name"),
        pytest.param({"kms_key_arn": "alias/x"}, "ARN of a KMS key", '"alias/x"', id="an alias for a key"),
        pytest.param({"log_retention_days": 8}, "a period that CloudWatch offers", "got 8", id="eight days"),
        pytest.param(
            one(retention_days=8), "a period that CloudWatch offers", '{"g":8}', id="a group's days"
        ),
        pytest.param(one(name="a b"), "512 letters", '["a b"]', id="group name"),
        pytest.param(
            {"log_groups": {"a": {"name": "x"}, "b": {"name": "x"}}},
            "a name of its own",
            '{"a":"x","b":"x"}',
            id="one name twice",
        ),
        pytest.param(
            one(infrequent_access=True, metric_filters={"e": ERRORS}),
            "supports no metric_filters",
            '["g"]',
            id="rarely read and counted",
        ),
        pytest.param(
            one(subscriptions={f"s{n}": {"destination_arn": FUNCTION} for n in range(3)}),
            "2 subscriptions",
            '{"g":3}',
            id="three subscriptions",
        ),
        pytest.param(
            one(metric_filters={"e": ERRORS | {"default_value": "0", "dimensions": {"A": "$.a"}}}),
            "default_value or dimensions",
            '["g/e"]',
            id="a default without dimensions to read",
        ),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **{"name": "acme", "log_groups": {"g": {}}} | variables)
