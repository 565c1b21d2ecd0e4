"""A queue is encrypted, refuses plain HTTP and has a dead-letter queue of its own, unless it holds failures."""

import json
import re

import pytest
import tftest

MODULE = "messaging/sqs"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
SOURCE = "arn:aws:sqs:us-east-1:111111111111:acme-elsewhere"
RULES = {"actions": ["SendMessage"], "services": ["events.amazonaws.com"]}
OURS = {"account": {"test": "StringEquals", "variable": "aws:SourceAccount", "values": ["111111111111"]}}
DENY_PLAIN_HTTP = {"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}

FULL = {
    "name": "acme",
    "kms_key_arn": KEY,
    "kms_data_key_reuse_seconds": 600,
    "tags": {"System": "shop"},
    "queues": {
        "orders": {
            "delay_seconds": 5,
            "max_message_kib": 64,
            "receive_wait_seconds": 10,
            "retention_days": 2,
            "visibility_timeout_seconds": 120,
            "dead_letter": {"max_receive_count": 3, "retention_days": 7},
        },
        "refunds": {"fifo": True, "content_based_deduplication": True, "high_throughput": True},
        "strict": {"fifo": True},
        "failures": {
            "holds_failures": True,
            "redrive_source_arns": [SOURCE],
            "policy_statements": {
                "FromRules": RULES | {"conditions": OURS},
                "FromPartner": {
                    "actions": ["ReceiveMessage", "DeleteMessage"],
                    "principal_arns": ["arn:aws:iam::222222222222:role/partner"],
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """One queue of each kind, with nothing said about it."""
    return plan_module(MODULE, name="acme", queues={"orders": {}, "failures": {"holds_failures": True}})


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def queue(plan, key, role="this"):
    return plan.resources[f'aws_sqs_queue.{role}["{key}"]']["values"]


def statements(plan, key, role="this"):
    document = plan.resources[f'data.aws_iam_policy_document.{role}["{key}"]']["values"]
    return {statement["sid"]: statement for statement in document["statement"]}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("name", "acme-orders", id="named by prefix and key"),
        pytest.param("sqs_managed_sse_enabled", True, id="encrypted"),
        pytest.param("message_retention_seconds", 4 * 86400, id="kept four days"),
        pytest.param("receive_wait_time_seconds", 20, id="long polling"),
        pytest.param("visibility_timeout_seconds", 30, id="hidden half a minute"),
        pytest.param("max_message_size", 262144, id="the largest message"),
        pytest.param("delay_seconds", 0, id="no delay"),
        pytest.param("fifo_queue", False, id="no FIFO"),
    ],
)
def test_a_queue_has_these_defaults(plain, key, expected):
    assert queue(plain, "orders")[key] == expected


def test_a_dead_letter_queue_is_encrypted_and_keeps_14_days(plain):
    dead = queue(plain, "orders", "dead_letter")
    assert (dead["name"], dead["sqs_managed_sse_enabled"]) == ("acme-orders-dlq", True)
    assert dead["message_retention_seconds"] == 14 * 86400


def test_a_queue_that_holds_failures_keeps_14_days_and_has_none_behind_it(plain):
    assert queue(plain, "failures")["message_retention_seconds"] == 14 * 86400
    assert 'aws_sqs_queue.dead_letter["failures"]' not in plain.resources
    assert 'aws_sqs_queue_redrive_policy.this["failures"]' not in plain.resources


@pytest.mark.parametrize(
    ("role", "key"), [("this", "orders"), ("this", "failures"), ("dead_letter", "orders")]
)
def test_every_queue_denies_plain_http_to_everybody(plain, role, key):
    deny = statements(plain, key, role)["DenyWithoutTls"]
    assert (deny["effect"], deny["actions"]) == ("Deny", ["sqs:*"])
    assert deny["principals"] == [{"type": "*", "identifiers": ["*"]}]
    assert deny["condition"] == [DENY_PLAIN_HTTP]
    assert f'aws_sqs_queue_policy.{role}["{key}"]' in plain.resources


def test_nobody_else_may_use_a_queue_as_dead_letter_queue(plain):
    allow = plain.resources['aws_sqs_queue_redrive_allow_policy.this["orders"]']["values"]
    assert json.loads(allow["redrive_allow_policy"]) == {"redrivePermission": "denyAll"}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("delay_seconds", 5),
        ("max_message_size", 65536),
        ("receive_wait_time_seconds", 10),
        ("message_retention_seconds", 2 * 86400),
        ("visibility_timeout_seconds", 120),
        ("kms_master_key_id", KEY),
        ("kms_data_key_reuse_period_seconds", 600),
        ("tags", {"System": "shop"}),
    ],
)
def test_each_input_reaches_the_queue(full, key, expected):
    assert queue(full, "orders")[key] == expected


def test_the_dead_letter_queue_follows_its_queue(full):
    dead = queue(full, "orders", "dead_letter")
    assert dead["message_retention_seconds"] == 7 * 86400
    assert (dead["max_message_size"], dead["kms_master_key_id"]) == (65536, KEY)
    assert (dead["kms_data_key_reuse_period_seconds"], dead["tags"]) == (600, {"System": "shop"})


@pytest.mark.parametrize(
    ("key", "scope", "limit", "by_content"),
    [
        pytest.param("refunds", "messageGroup", "perMessageGroupId", True, id="high throughput"),
        pytest.param("strict", "queue", "perQueue", False, id="in one order"),
    ],
)
def test_a_fifo_queue_and_its_dead_letter_queue_end_in_fifo(full, key, scope, limit, by_content):
    found, dead = queue(full, key), queue(full, key, "dead_letter")
    assert (found["name"], dead["name"]) == (f"acme-{key}.fifo", f"acme-{key}-dlq.fifo")
    assert (found["fifo_queue"], dead["fifo_queue"]) == (True, True)
    assert (found["deduplication_scope"], found["fifo_throughput_limit"]) == (scope, limit)
    assert (found["content_based_deduplication"], dead["content_based_deduplication"]) == (by_content,) * 2


def test_only_the_named_queues_may_redrive_to_one_that_holds_failures(full):
    allow = full.resources['aws_sqs_queue_redrive_allow_policy.this["failures"]']["values"]
    assert json.loads(allow["redrive_allow_policy"]) == {
        "redrivePermission": "byQueue",
        "sourceQueueArns": [SOURCE],
    }


def test_a_service_gets_in_with_its_condition_and_a_role_by_name(full):
    found = statements(full, "failures")
    assert found["FromRules"]["actions"] == ["sqs:SendMessage"]
    assert found["FromRules"]["principals"] == [{"type": "Service", "identifiers": ["events.amazonaws.com"]}]
    assert found["FromRules"]["condition"] == [OURS["account"]]
    assert found["FromPartner"]["actions"] == ["sqs:DeleteMessage", "sqs:ReceiveMessage"]
    assert found["FromPartner"]["principals"] == [
        {"type": "AWS", "identifiers": ["arn:aws:iam::222222222222:role/partner"]}
    ]


def test_names_come_out_keyed_as_they_went_in(full):
    assert full.outputs["queue_names"] == {
        "failures": "acme-failures",
        "orders": "acme-orders",
        "refunds": "acme-refunds.fifo",
        "strict": "acme-strict.fifo",
    }
    assert full.outputs["dead_letter_queue_names"] == {
        "orders": "acme-orders-dlq",
        "refunds": "acme-refunds-dlq.fifo",
        "strict": "acme-strict-dlq.fifo",
    }


@pytest.mark.parametrize(
    ("output", "policy"), [("queue_arns", "this"), ("dead_letter_queue_arns", "dead_letter")]
)
def test_an_arn_is_known_once_the_policy_lets_senders_in(full, output, policy):
    waits = full["configuration"]["root_module"]["outputs"][output]["depends_on"]
    assert waits == [f"aws_sqs_queue_policy.{policy}"]


def test_a_further_queue_leaves_the_others_where_they_are(plan_module, plain):
    more = plan_module(
        MODULE, name="acme", queues={"a-first": {}, "orders": {}, "failures": {"holds_failures": True}}
    )
    assert set(plain.resources) < set(more.resources)
    assert all('["a-first"]' in address for address in set(more.resources) - set(plain.resources))


@pytest.mark.parametrize(
    ("settings", "rule", "value"),
    [
        pytest.param({"dead_letter": {"max_receive_count": 1}}, "at least 2", '{"q":1}', id="one try"),
        pytest.param({"dead_letter": {"max_receive_count": 1001}}, "at most 1000", '{"q":1001}', id="tries"),
        pytest.param({"dead_letter": {"retention_days": 15}}, "1 to 14", '{"q":15}', id="15 days set aside"),
        pytest.param(
            {"retention_days": 8, "dead_letter": {"retention_days": 7}},
            "keeps its first timestamp",
            '{"q":[8,7]}',
            id="gone when moved",
        ),
        pytest.param({"retention_days": 0.5}, "retention_days must be 1 to 14", '{"q":0.5}', id="half a day"),
        pytest.param({"visibility_timeout_seconds": 43201}, "12 hours", '{"q":43201}', id="hidden too long"),
        pytest.param({"delay_seconds": 901}, "0 to 900", '{"q":901}', id="delay"),
        pytest.param({"receive_wait_seconds": 21}, "0 to 20", '{"q":21}', id="polling"),
        pytest.param({"max_message_kib": 257}, "1 to 256", '{"q":257}', id="size"),
        pytest.param({"high_throughput": True}, "set fifo = true", '["q"]', id="FIFO setting without FIFO"),
        pytest.param(
            {"redrive_source_arns": [SOURCE]}, "holds_failures = true", '["q"]', id="redrive to a work queue"
        ),
        pytest.param(
            {"holds_failures": True, "redrive_source_arns": [f"{SOURCE}-{n}" for n in range(11)]},
            "may name 10 queues",
            '{"q":11}',
            id="eleven sources",
        ),
        pytest.param(
            {"policy_statements": {"S": {"actions": ["SendMessage"]}}},
            "must name services or principal_arns",
            '["q.S"]',
            id="a statement for nobody",
        ),
        pytest.param(
            {"policy_statements": {"S": {"actions": ["SendMessage"], "principal_arns": ["*"]}}},
            'never "*"',
            '["q.S"]',
            id="a statement for everybody",
        ),
        pytest.param(
            {"policy_statements": {"S": RULES}}, "any account could use", '["q.S"]', id="confused deputy"
        ),
        pytest.param(
            {"policy_statements": {"S": RULES | {"actions": ["*"], "conditions": OURS}}},
            "without wildcards",
            '["*"]',
            id="all actions",
        ),
    ],
)
def test_a_queue_is_refused_with_rule_and_value(plan_module, settings, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, name="acme", queues={"q": settings})


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"name": "a.b"}, "letters, digits, hyphens", '"a.b"', id="name"),
        pytest.param({"queues": {"a.fifo": {}}}, ".fifo is added", '["a.fifo"]', id="key"),
        pytest.param(
            {"queues": {"q" * 72: {}}}, "80 characters", f'["acme-{"q" * 72}"]', id="no room for -dlq"
        ),
        pytest.param({"kms_key_arn": "alias/x"}, "ARN of a KMS key", '"alias/x"', id="an alias for a key"),
        pytest.param({"kms_data_key_reuse_seconds": 59}, "60 to 86400", "got 59", id="data key"),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **{"name": "acme", "queues": {"q": {}}} | variables)
