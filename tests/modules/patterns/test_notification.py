"""An event becomes a mail and a message, or waits where a person finds it."""

import re

import pytest
import tftest

MODULE = "patterns/notification"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
FAILURES_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000003"
SIGNING = "arn:aws:lambda:us-east-1:111111111111:code-signing-config:csc-0123456789abcdef0"
QUEUE = "arn:aws:sqs:us-east-1:111111111111:acme-finance"
TOPIC = "arn:aws:sns:us-east-1:111111111111:acme-alerts"
BUS = "arn:aws:events:us-east-1:111111111111:event-bus/default"
RULE = "arn:aws:events:us-east-1:111111111111:rule/orders/acme-mailer"
PATTERN = '{"source":["acme.orders"]}'

REQUIRED = {"name": "acme", "account_id": "111111111111", "kms_key_arn": KEY, "topics": {"reports": {}}}
MAILER = {
    "event_pattern": PATTERN,
    "filename": "artifacts/report_mailer.zip",
    "role_arn": "arn:aws:iam::111111111111:role/acme-mailer",
    "sender": "reports@example.com",
    "template": "ready",
    "topic": "reports",
}
LISTENING = REQUIRED | {
    "bus_name": "orders",
    "identities": {"shop": {"identity": "example.com"}},
    "mailers": {"mailer": MAILER},
    "recipients": ["a@example.com"],
    "templates": {"ready": {"subject": "s", "text": "t"}},
}
FULL = LISTENING | {
    "code_signing_config_arn": SIGNING,
    "delivery_retry": {"max_age_seconds": 600, "max_attempts": 5},
    "failures_kms_key_arn": FAILURES_KEY,
    "identities": {
        "shop": {
            "identity": "example.com",
            "dkim_key_length": "RSA_1024_BIT",
            "mail_from": {"subdomain": "return", "reject_without_mx": True},
        }
    },
    "log_kms_key_arn": LOG_KEY,
    "log_retention_days": 14,
    "mail_event_destinations": {
        "failures": {"topic_arn": TOPIC, "event_types": ["BOUNCE"]},
        "counts": {"metric_dimensions": {"kind": "none"}},
        "all": {"event_bus_arn": BUS},
    },
    "mailer_settings": {
        "mailer": {"log_level": "DEBUG", "memory_mb": 512, "retry_attempts": 1, "timeout_seconds": 20}
    },
    "mailers": {
        "mailer": MAILER
        | {
            "description": "Mails",
            "environment": {"COLOUR": "blue"},
            "handler": "mail.run",
            "security_group_ids": ["sg-1"],
        },
        "outside": MAILER,
    },
    "subnet_ids": ["subnet-1", "subnet-2"],
    "templates": {"ready": {"subject": "{{day}}", "text": "{{link}}", "html": "<p>{{link}}</p>"}},
    "topics": {
        "reports": {
            "display_name": "Reports",
            "subscriptions": {
                "finance": {
                    "protocol": "sqs",
                    "endpoint": QUEUE,
                    "dead_letter_arn": f"{QUEUE}-dead",
                    "filter_policy": '{"kind":["day"]}',
                    "raw_message_delivery": True,
                }
            },
        }
    },
    "tags": {"System": "shop"},
}


@pytest.fixture(scope="module")
def quiet(plan_module):
    """A sender and a topic, nothing that listens."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def plain(plan_module):
    """A mailer about which nothing more is said than must be."""
    return plan_module(MODULE, **LISTENING)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def value(plan, module, address):
    """The planned values of *address* in the child module *module*."""
    return plan.modules[f"module.{module}"].resources[address]["values"]


def function(plan):
    return value(plan, 'mailer["mailer"]', "aws_lambda_function.this")


def test_without_mailers_it_listens_to_nothing_and_runs_nothing(quiet):
    types = {change["type"] for change in quiet.resource_changes.values()}
    assert types == {
        "aws_iam_policy_document",
        "aws_sesv2_configuration_set",
        "aws_sns_topic",
        "aws_sns_topic_policy",
    }


def test_the_topic_is_encrypted_and_named_for_the_system(quiet):
    topic = value(quiet, "topics", 'aws_sns_topic.this["reports"]')
    assert (topic["name"], topic["kms_master_key_id"]) == ("acme-reports", KEY)


def test_a_mailer_listens_on_the_other_units_bus(plain):
    rule = value(plain, "rules[0]", 'aws_cloudwatch_event_rule.this["mailer"]')
    assert (rule["name"], rule["event_bus_name"], rule["event_pattern"]) == ("acme-mailer", "orders", PATTERN)
    target = value(plain, "rules[0]", 'aws_cloudwatch_event_target.this["mailer/mailer"]')
    assert target["retry_policy"] == [{"maximum_event_age_in_seconds": 3600, "maximum_retry_attempts": 20}]


def test_only_its_rule_may_call_a_mailer_and_put_into_its_queue(plain):
    permission = value(plain, 'mailer["mailer"]', 'aws_lambda_permission.trigger["rule"]')
    assert (permission["principal"], permission["source_arn"]) == ("events.amazonaws.com", RULE)
    document = value(plain, "failures", 'data.aws_iam_policy_document.this["mailer-dlq"]')
    found = {statement["sid"]: statement for statement in document["statement"]}
    assert found["FromRules"]["actions"] == ["sqs:SendMessage"]
    assert found["FromRules"]["condition"] == [
        {"test": "ArnEquals", "variable": "aws:SourceArn", "values": [RULE]}
    ]


def test_what_a_mailer_gives_up_waits_encrypted_for_14_days(plain):
    queue = value(plain, "failures", 'aws_sqs_queue.this["mailer-dlq"]')
    assert (queue["name"], queue["message_retention_seconds"]) == ("acme-mailer-dlq", 14 * 86400)
    assert queue["sqs_managed_sse_enabled"] is True
    change = plain.resource_changes['module.mailer["mailer"].aws_lambda_function.this']["change"]
    assert change["after_unknown"]["dead_letter_config"]  # known to be there, though not yet its ARN


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("timeout", 30),
        ("memory_size", 256),
        ("handler", "handler.handle"),
        ("vpc_config", []),
        ("code_signing_config_arn", None),
    ],
)
def test_a_mailer_has_these_defaults(plain, key, expected):
    assert function(plain)[key] == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("function_name", "acme-mailer"),
        ("filename", "artifacts/report_mailer.zip"),
        ("role", "arn:aws:iam::111111111111:role/acme-mailer"),
        ("description", "Mails"),
        ("code_signing_config_arn", SIGNING),
        ("handler", "mail.run"),
        ("memory_size", 512),
        ("timeout", 20),
        ("tags", {"System": "shop"}),
    ],
)
def test_each_input_reaches_the_mailer(full, key, expected):
    assert function(full)[key] == expected


def test_a_mailer_with_security_groups_runs_in_the_vpc_and_no_other(full):
    (vpc,) = function(full)["vpc_config"]
    assert (vpc["security_group_ids"], sorted(vpc["subnet_ids"])) == (["sg-1"], ["subnet-1", "subnet-2"])
    assert value(full, 'mailer["outside"]', "aws_lambda_function.this")["vpc_config"] == []


def test_settings_reach_log_retries_and_queue(full):
    assert function(full)["logging_config"][0]["application_log_level"] == "DEBUG"
    group = value(full, 'mailer["mailer"]', "aws_cloudwatch_log_group.this")
    assert (group["retention_in_days"], group["kms_key_id"]) == (14, LOG_KEY)
    calls = value(full, 'mailer["mailer"]', "aws_lambda_function_event_invoke_config.this[0]")
    assert calls["maximum_retry_attempts"] == 1
    target = value(full, "rules[0]", 'aws_cloudwatch_event_target.this["mailer/mailer"]')
    assert target["retry_policy"] == [{"maximum_event_age_in_seconds": 600, "maximum_retry_attempts": 5}]
    queue = value(full, "failures", 'aws_sqs_queue.this["mailer-dlq"]')
    assert (queue["kms_master_key_id"], queue["tags"]) == (FAILURES_KEY, {"System": "shop"})


def test_inputs_reach_identity_template_and_reports_of_mail(full):
    identity = value(full, "mail", 'aws_sesv2_email_identity.this["shop"]')
    assert identity["dkim_signing_attributes"][0]["next_signing_key_length"] == "RSA_1024_BIT"
    mail_from = value(full, "mail", 'aws_sesv2_email_identity_mail_from_attributes.this["shop"]')
    assert mail_from["mail_from_domain"] == "return.example.com"
    assert mail_from["behavior_on_mx_failure"] == "REJECT_MESSAGE"
    template = value(full, "mail", 'aws_ses_template.this["ready"]')
    assert (template["name"], template["html"]) == ("acme-ready", "<p>{{link}}</p>")
    (failures,) = value(full, "mail", 'aws_sesv2_configuration_set_event_destination.this["failures"]')[
        "event_destination"
    ]
    assert (failures["matching_event_types"], failures["sns_destination"]) == (
        ["BOUNCE"],
        [{"topic_arn": TOPIC}],
    )
    (everything,) = value(full, "mail", 'aws_sesv2_configuration_set_event_destination.this["all"]')[
        "event_destination"
    ]
    assert everything["event_bridge_destination"] == [{"event_bus_arn": BUS}]


def test_inputs_reach_topic_and_subscription(full):
    assert value(full, "topics", 'aws_sns_topic.this["reports"]')["display_name"] == "Reports"
    found = value(full, "topics", 'aws_sns_topic_subscription.this["reports/finance"]')
    assert (found["endpoint"], found["raw_message_delivery"]) == (QUEUE, True)
    assert (found["filter_policy"], found["filter_policy_scope"]) == (
        '{"kind":["day"]}',
        "MessageAttributes",
    )


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("configuration_set_name", "acme"),
        ("dead_letter_queue_names", {"mailer": "acme-mailer-dlq", "outside": "acme-outside-dlq"}),
        ("function_names", {"mailer": "acme-mailer", "outside": "acme-outside"}),
        ("function_timeouts_seconds", {"mailer": 20, "outside": 30}),
        (
            "log_group_names",
            {"mailer": "/aws/lambda/acme-mailer", "outside": "/aws/lambda/acme-outside"},
        ),
        ("template_names", {"ready": "acme-ready"}),
    ],
)
def test_what_others_need_comes_out_by_key(full, output, expected):
    assert full.outputs[output] == expected


def test_a_further_mailer_leaves_the_others_where_they_are(plan_module, plain):
    more = plan_module(MODULE, **LISTENING | {"mailers": {"a-first": MAILER, "mailer": MAILER}})
    before, after = set(plain.resource_changes), set(more.resource_changes)
    assert before < after
    assert all("a-first" in address for address in after - before)


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"account_id": "1"}, "12 digits", '"1"', id="account"),
        pytest.param(
            {"mailers": {"mailer": MAILER | {"security_group_ids": ["sg-1"]}}},
            "needs subnet_ids",
            '["mailer"]',
            id="groups without subnets",
        ),
        pytest.param({"bus_name": None}, "give bus_name", '["mailer"]', id="nothing to listen on"),
        pytest.param({"recipients": []}, "recipients to write to", '["mailer"]', id="nobody to write to"),
        pytest.param({"recipients": ["a"]}, "up to 50 mail addresses", '["a"]', id="no address"),
        pytest.param(
            {"recipients": [f"{n}@example.com" for n in range(51)]},
            "up to 50 mail addresses",
            "50@example.com",
            id="51 addresses",
        ),
        pytest.param(
            {"mailer_settings": {"other": {}}},
            "mailers of this unit (mailer)",
            '["other"]',
            id="settings of nobody",
        ),
        pytest.param(
            {"mailers": {"mailer": MAILER | {"topic": "other"}}},
            "keys of topics (reports)",
            '{"mailer":["other","ready"]}',
            id="an unknown topic",
        ),
        pytest.param(
            {"mailers": {"mailer": MAILER | {"template": "other"}}},
            "templates (ready)",
            '{"mailer":["reports","other"]}',
            id="an unknown template",
        ),
        pytest.param(
            {"mailers": {"mailer": MAILER | {"sender": "reports@example.org"}}},
            "an identity of this unit",
            '{"mailer":"reports@example.org"}',
            id="a sender that SES refuses",
        ),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **LISTENING | variables)
