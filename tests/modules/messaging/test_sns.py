"""A topic is encrypted by a key of ours, signs with SHA-256, refuses plain HTTP and names its publishers."""

import json
import re

import pytest
import tftest

MODULE = "messaging/sns"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
QUEUE = "arn:aws:sqs:us-east-1:111111111111:acme-work"
DEAD = "arn:aws:sqs:us-east-1:111111111111:acme-dead"
LOG_ROLE = "arn:aws:iam::111111111111:role/acme-sns-log"
ALARMS = {"services": ["cloudwatch.amazonaws.com"]}
RULES = {"services": ["events.amazonaws.com"]}
OURS = {"account": {"test": "StringEquals", "variable": "aws:SourceAccount", "values": ["111111111111"]}}

FULL = {
    "name": "acme",
    "kms_key_arn": KEY,
    "tags": {"System": "shop"},
    "topics": {
        "orders": {
            "display_name": "Orders",
            "trace": True,
            "delivery_log": {"role_arn": LOG_ROLE, "success_percent": 10},
            "policy_statements": {
                "FromAlarms": ALARMS | {"conditions": OURS},
                "FromRules": RULES,
                "FromPartner": {
                    "actions": ["Subscribe"],
                    "principal_arns": ["arn:aws:iam::222222222222:role/partner"],
                },
            },
            "subscriptions": {
                "warehouse": {
                    "protocol": "sqs",
                    "endpoint": QUEUE,
                    "dead_letter_arn": DEAD,
                    "filter_policy": '{"kind":["placed"]}',
                    "filter_policy_scope": "MessageBody",
                    "raw_message_delivery": True,
                },
                "people": {"protocol": "email", "endpoint": "people@example.com"},
            },
        },
        "ledger": {"fifo": True, "content_based_deduplication": True, "delivery_log": {"role_arn": LOG_ROLE}},
    },
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """A topic about which nothing is said."""
    return plan_module(MODULE, name="acme", kms_key_arn=KEY, topics={"orders": {}})


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def topic(plan, key):
    return plan.resources[f'aws_sns_topic.this["{key}"]']["values"]


def subscription(plan, key):
    return plan.resources[f'aws_sns_topic_subscription.this["{key}"]']["values"]


def statements(plan, key):
    document = plan.resources[f'data.aws_iam_policy_document.this["{key}"]']["values"]
    return {statement["sid"]: statement for statement in document["statement"]}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("name", "acme-orders", id="named by prefix and key"),
        pytest.param("kms_master_key_id", KEY, id="encrypted"),
        pytest.param("signature_version", 2, id="signed with SHA-256"),
        pytest.param("tracing_config", "PassThrough", id="traced when the publisher is"),
        pytest.param("fifo_topic", False, id="no FIFO"),
        pytest.param("sqs_failure_feedback_role_arn", None, id="no delivery log"),
    ],
)
def test_a_topic_has_these_defaults(plain, key, expected):
    assert topic(plain, "orders")[key] == expected


def test_a_topic_denies_plain_http_and_admits_nobody_by_itself(plain):
    assert list(statements(plain, "orders")) == ["DenyWithoutTls"]
    deny = statements(plain, "orders")["DenyWithoutTls"]
    assert (deny["effect"], deny["actions"]) == ("Deny", ["sns:Publish"])
    assert deny["principals"] == [{"type": "*", "identifiers": ["*"]}]
    assert deny["condition"] == [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}]
    assert 'aws_sns_topic_policy.this["orders"]' in plain.resources


@pytest.mark.parametrize(
    ("key", "expected"),
    [("display_name", "Orders"), ("tracing_config", "Active"), ("tags", {"System": "shop"})],
)
def test_each_input_reaches_the_topic(full, key, expected):
    assert topic(full, "orders")[key] == expected


@pytest.mark.parametrize("protocol", ["firehose", "http", "lambda", "sqs"])
@pytest.mark.parametrize(("key", "percent"), [("orders", 10), ("ledger", 0)])
def test_a_delivery_log_covers_every_protocol(full, protocol, key, percent):
    found = topic(full, key)
    assert found[f"{protocol}_failure_feedback_role_arn"] == LOG_ROLE
    assert found[f"{protocol}_success_feedback_role_arn"] == LOG_ROLE
    assert found[f"{protocol}_success_feedback_sample_rate"] == percent


def test_a_fifo_topic_ends_in_fifo_and_takes_no_setting_that_it_has_not(full):
    ledger = topic(full, "ledger")
    assert (ledger["name"], ledger["fifo_topic"]) == ("acme-ledger.fifo", True)
    assert ledger["content_based_deduplication"] is True
    after_unknown = full.resource_changes['aws_sns_topic.this["ledger"]']["change"]["after_unknown"]
    assert (after_unknown["signature_version"], after_unknown["tracing_config"]) == (True, True)


def test_a_subscription_carries_filter_redrive_and_raw_messages(full):
    found = subscription(full, "orders/warehouse")
    assert (found["protocol"], found["endpoint"], found["raw_message_delivery"]) == ("sqs", QUEUE, True)
    assert json.loads(found["filter_policy"]) == {"kind": ["placed"]}
    assert found["filter_policy_scope"] == "MessageBody"
    assert json.loads(found["redrive_policy"]) == {"deadLetterTargetArn": DEAD}


def test_a_plain_subscription_gets_everything_as_an_envelope(full):
    found = subscription(full, "orders/people")
    assert (found["protocol"], found["endpoint"]) == ("email", "people@example.com")
    assert (found["filter_policy"], found["redrive_policy"]) == (None, None)
    assert found["raw_message_delivery"] is False


def test_a_service_publishes_under_its_condition_and_a_role_by_name(full):
    found = statements(full, "orders")
    assert found["FromAlarms"]["actions"] == ["sns:Publish"]
    assert found["FromAlarms"]["principals"] == [
        {"type": "Service", "identifiers": ["cloudwatch.amazonaws.com"]}
    ]
    assert found["FromAlarms"]["condition"] == [OURS["account"]]
    assert found["FromRules"]["principals"] == [{"type": "Service", "identifiers": ["events.amazonaws.com"]}]
    assert found["FromRules"]["condition"] == []
    assert found["FromPartner"]["actions"] == ["sns:Subscribe"]
    assert found["FromPartner"]["principals"] == [
        {"type": "AWS", "identifiers": ["arn:aws:iam::222222222222:role/partner"]}
    ]


def test_names_come_out_keyed_as_they_went_in(full):
    assert full.outputs["topic_names"] == {"ledger": "acme-ledger.fifo", "orders": "acme-orders"}


def test_a_further_topic_leaves_the_others_where_they_are(plan_module, plain):
    more = plan_module(MODULE, name="acme", kms_key_arn=KEY, topics={"a-first": {}, "orders": {}})
    assert set(plain.resources) < set(more.resources)
    assert all('["a-first"]' in address for address in set(more.resources) - set(plain.resources))


def mail(**settings):
    return {"subscriptions": {"s": {"protocol": "email", "endpoint": "a@example.com"} | settings}}


@pytest.mark.parametrize(
    ("settings", "rule", "value"),
    [
        pytest.param({"display_name": "x" * 101}, "100 characters", '{"t":101}', id="a long display name"),
        pytest.param({"content_based_deduplication": True}, "set fifo = true", '["t"]', id="FIFO setting"),
        pytest.param({"fifo": True, "trace": True}, "cannot be traced", '["t"]', id="a traced FIFO topic"),
        pytest.param(
            {"delivery_log": {"role_arn": LOG_ROLE, "success_percent": 101}},
            "0 (failures only) to 100",
            '{"t":101}',
            id="more than all deliveries",
        ),
        pytest.param(mail(protocol="http"), "in plain text", '["http"]', id="plain HTTP"),
        pytest.param({"fifo": True} | mail(), "SQS queues only", '{"t":["email"]}', id="FIFO by mail"),
        pytest.param(
            mail(raw_message_delivery=True), "raw_message_delivery works", '["email"]', id="raw mail"
        ),
        pytest.param(mail(filter_policy="[1]"), "JSON object as text", '["[1]"]', id="a filter of no object"),
        pytest.param(
            mail(filter_policy="{}", filter_policy_scope="Body"),
            "MessageAttributes or MessageBody",
            '["Body"]',
            id="scope",
        ),
        pytest.param(
            {"policy_statements": {"S": {}}}, "must name services", '["t.S"]', id="a statement for nobody"
        ),
        pytest.param(
            {"policy_statements": {"S": {"principal_arns": ["*"]}}},
            'never "*"',
            '["t.S"]',
            id="a statement for everybody",
        ),
        pytest.param(
            {"policy_statements": {"S": ALARMS}}, "any account could use", '["t.S"]', id="confused deputy"
        ),
        pytest.param(
            {"policy_statements": {"S": {"services": ALARMS["services"] + RULES["services"]}}},
            "any account could use",
            '["t.S"]',
            id="confused deputy beside EventBridge",
        ),
        pytest.param(
            {"policy_statements": {"S": RULES | {"conditions": OURS}}},
            "not one event arrives",
            '["t.S"]',
            id="conditions for EventBridge",
        ),
        pytest.param(
            {"policy_statements": {"S": ALARMS | {"actions": ["Pub*"], "conditions": OURS}}},
            "without wildcards",
            '["Pub*"]',
            id="a wildcard action",
        ),
    ],
)
def test_a_topic_is_refused_with_rule_and_value(plan_module, settings, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, name="acme", kms_key_arn=KEY, topics={"t": settings})


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"name": "a.b"}, "letters, digits, hyphens", '"a.b"', id="name"),
        pytest.param({"topics": {"a.fifo": {}}}, ".fifo is added", '["a.fifo"]', id="key"),
        pytest.param({"topics": {"t" * 252: {}}}, "256 characters", ":257}", id="a long name"),
        pytest.param({"kms_key_arn": "alias/x"}, "ARN of a KMS key", '"alias/x"', id="an alias for a key"),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **{"name": "acme", "kms_key_arn": KEY, "topics": {"t": {}}} | variables)
