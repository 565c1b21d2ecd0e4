"""Tracing is sampled by rules that cannot contradict each other, and watched in groups."""

import re

import pytest
import tftest

MODULE = "monitoring/xray"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
FAULTS = {"filter_expression": "fault"}
ORDERS = {"fixed_rate": 0.5, "priority": 100}


@pytest.fixture(scope="module")
def plain(plan_module):
    """A group and a rule about which nothing more is said than must be."""
    return plan_module(MODULE, name="acme", groups={"faults": FAULTS}, sampling_rules={"orders": ORDERS})


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(
        MODULE,
        name="acme",
        encryption={"kms_key_arn": KEY},
        groups={
            "faults": FAULTS | {"notifications": True},
            "slow": {"filter_expression": "responsetime > 2", "insights": False},
        },
        sampling_rules={
            "orders": ORDERS
            | {
                "attributes": {"tier": "gold"},
                "host": "shop.example.com",
                "http_method": "POST",
                "reservoir_per_second": 5,
                "service_name": "shop",
                "service_type": "AWS::Lambda::Function",
                "url_path": "/orders*",
            }
        },
        tags={"System": "shop"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def test_nothing_is_made_that_nobody_asked_for(plan_module):
    assert not plan_module(MODULE, name="acme").resources


def test_the_accounts_key_is_left_alone(plain):
    assert "aws_xray_encryption_config.this[0]" not in plain.resources


def test_a_group_finds_what_is_unusual_and_tells_nobody(plain):
    group = values(plain, 'aws_xray_group.this["faults"]')
    assert (group["group_name"], group["filter_expression"]) == ("acme-faults", "fault")
    assert group["insights_configuration"] == [{"insights_enabled": True, "notifications_enabled": False}]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("rule_name", "acme-orders"),
        ("fixed_rate", 0.5),
        ("priority", 100),
        ("reservoir_size", 1),
        ("service_name", "*"),
        ("service_type", "*"),
        ("host", "*"),
        ("http_method", "*"),
        ("url_path", "*"),
        ("resource_arn", "*"),
    ],
)
def test_a_rule_matches_everything_that_it_does_not_exclude(plain, key, expected):
    assert values(plain, 'aws_xray_sampling_rule.this["orders"]')[key] == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("attributes", {"tier": "gold"}),
        ("host", "shop.example.com"),
        ("http_method", "POST"),
        ("reservoir_size", 5),
        ("service_name", "shop"),
        ("service_type", "AWS::Lambda::Function"),
        ("url_path", "/orders*"),
        ("tags", {"System": "shop"}),
    ],
)
def test_each_input_reaches_the_rule(full, key, expected):
    assert values(full, 'aws_xray_sampling_rule.this["orders"]')[key] == expected


def test_inputs_reach_groups_and_key(full):
    (insights,) = values(full, 'aws_xray_group.this["faults"]')["insights_configuration"]
    assert insights == {"insights_enabled": True, "notifications_enabled": True}
    assert values(full, 'aws_xray_group.this["faults"]')["tags"] == {"System": "shop"}
    (quiet,) = values(full, 'aws_xray_group.this["slow"]')["insights_configuration"]
    assert quiet["insights_enabled"] is False
    key = values(full, "aws_xray_encryption_config.this[0]")
    assert (key["type"], key["key_id"]) == ("KMS", KEY)


def test_names_come_out_by_key(full):
    assert full.outputs["group_names"] == {"faults": "acme-faults", "slow": "acme-slow"}


def test_a_further_group_leaves_the_others_where_they_are(plan_module, plain):
    more = plan_module(
        MODULE, name="acme", groups={"a": FAULTS, "faults": FAULTS}, sampling_rules={"orders": ORDERS}
    )
    assert set(more.resources) - set(plain.resources) == {'aws_xray_group.this["a"]'}


def rule(**settings):
    return {"sampling_rules": {"r": ORDERS | settings}}


@pytest.mark.parametrize(
    ("variables", "message", "value"),
    [
        pytest.param({"name": "a b"}, "name may hold", '"a b"', id="name"),
        pytest.param(
            {"groups": {"g" * 28: FAULTS}}, "group's name", f'["acme-{"g" * 28}"]', id="a long group name"
        ),
        pytest.param(
            {"groups": {"g": FAULTS | {"insights": False, "notifications": True}}},
            "need insights = true",
            '["g"]',
            id="news of nothing",
        ),
        pytest.param(
            {"encryption": {"kms_key_arn": "alias/x"}},
            "ARN of a KMS key",
            '"alias/x"',
            id="an alias for a key",
        ),
        pytest.param(
            {"sampling_rules": {"r" * 28: ORDERS}},
            "rule's name",
            f'["acme-{"r" * 28}"]',
            id="a long rule name",
        ),
        pytest.param(rule(fixed_rate=1.1), "a share, 0 to 1", '{"r":1.1}', id="more than all"),
        pytest.param(rule(priority=10000), "1 to 9999", '{"r":10000}', id="the default rule's priority"),
        pytest.param(
            {"sampling_rules": {"a": ORDERS, "b": ORDERS}},
            "which one decides",
            '{"a":100,"b":100}',
            id="one priority twice",
        ),
        pytest.param(rule(reservoir_per_second=-1), "not be negative", '{"r":-1}', id="reservoir"),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, message, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(message)}.*{re.escape(value)}"):
        plan_module(MODULE, **{"name": "acme"} | variables)
