"""A function is started by a stream, by events or by the clock, and whatever fails for good waits in its queue."""

import re

import pytest
import tftest

MODULE = "patterns/event-function"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
SIGNING = "arn:aws:lambda:us-east-1:111111111111:code-signing-config:csc-0123456789abcdef0"
BUS_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000003"
STREAM = "arn:aws:dynamodb:us-east-1:111111111111:table/orders/stream/2026-01-01T00:00:00.000"
ROLE = "arn:aws:iam::111111111111:role/acme"
RULES = "arn:aws:events:us-east-1:111111111111:rule"
PATTERN = '{"source":["acme.orders"]}'

FUNCTION = {"filename": "artifacts/report_generator.zip", "role_arn": ROLE}
REQUIRED = {"name": "acme", "account_id": "111111111111"}
FULL = REQUIRED | {
    "archive_retention_days": 7,
    "bus_kms_key_arn": BUS_KEY,
    "code_signing_config_arn": SIGNING,
    "functions": {
        "publisher": FUNCTION | {"filename": "artifacts/order_events.zip", "stream": {"arn": STREAM}},
        "reporter": FUNCTION
        | {
            "description": "Writes reports",
            "environment": {"TABLE_NAME": "orders"},
            "handler": "report.run",
            "security_group_ids": ["sg-1"],
        },
        "idle": FUNCTION,
    },
    "function_settings": {
        "publisher": {
            "stream": {
                "batch_size": 50,
                "batching_window_seconds": 2,
                "parallelization_factor": 3,
                "retry_attempts": 4,
            }
        },
        "reporter": {
            "event_age_seconds": 600,
            "log_level": "DEBUG",
            "memory_mb": 512,
            "reserved_concurrency": 5,
            "retry_attempts": 1,
            "timeout_seconds": 300,
        },
    },
    "kms_key_arn": KEY,
    "log_kms_key_arn": LOG_KEY,
    "log_retention_days": 14,
    "rules": {
        "requested": {
            "description": "On demand",
            "event_pattern": PATTERN,
            "function": "reporter",
            "input_path": "$.detail",
        }
    },
    "schedules": {
        "daily": {
            "description": "Every night",
            "expression": "cron(0 2 * * ? *)",
            "function": "reporter",
            "paused": True,
        }
    },
    "subnet_ids": ["subnet-1", "subnet-2"],
    "tags": {"System": "shop"},
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """One function that reads a stream and is started by everything, with nothing more said about it."""
    return plan_module(
        MODULE,
        **REQUIRED,
        functions={"reporter": FUNCTION | {"stream": {"arn": STREAM}}},
        rules={"requested": {"event_pattern": PATTERN, "function": "reporter"}},
        schedules={"daily": {"expression": "rate(1 day)", "function": "reporter"}},
    )


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def value(plan, module, address):
    """The planned values of *address* in the child module *module*."""
    return plan.modules[f"module.{module}"].resources[address]["values"]


def function(plan, key):
    return value(plan, f'function["{key}"]', "aws_lambda_function.this")


def mapping(plan, key):
    return value(plan, f'function["{key}"]', 'aws_lambda_event_source_mapping.this["stream"]')


def senders(plan, key):
    document = value(plan, "failures", f'data.aws_iam_policy_document.this["{key}-dlq"]')
    return [statement for statement in document["statement"] if statement["sid"] == "FromRules"]


def test_the_bus_has_the_name_of_the_system_and_keeps_events_30_days(plain):
    assert value(plain, "events", "aws_cloudwatch_event_bus.this[0]")["name"] == "acme"
    assert value(plain, "events", "aws_cloudwatch_event_archive.this[0]")["retention_days"] == 30


def test_a_stream_is_read_in_halves_when_a_batch_fails_and_not_for_ever(plain):
    found = mapping(plain, "reporter")
    assert (found["bisect_batch_on_function_error"], found["maximum_retry_attempts"]) == (True, 10)
    assert found["function_response_types"] == ["ReportBatchItemFailures"]
    assert len(found["destination_config"][0]["on_failure"]) == 1


def test_an_asynchronous_call_is_tried_three_times_in_all(plain):
    found = value(plain, 'function["reporter"]', "aws_lambda_function_event_invoke_config.this[0]")
    assert (found["maximum_retry_attempts"], found["maximum_event_age_in_seconds"]) == (2, 21600)


def test_what_an_asynchronous_call_gives_up_has_a_place_to_go(plain):
    change = plain.resource_changes['module.function["reporter"].aws_lambda_function.this']["change"]
    assert change["after_unknown"]["dead_letter_config"]  # known to be there, though not yet its ARN


def test_a_rule_retries_and_stands_where_eventbridge_allows_it(plain):
    targets = plain.modules["module.events"].resources
    found = targets['aws_cloudwatch_event_target.this["requested/reporter"]']["values"]
    assert found["retry_policy"] == [{"maximum_event_age_in_seconds": 3600, "maximum_retry_attempts": 20}]
    assert found["event_bus_name"] == "acme"
    daily = targets['aws_cloudwatch_event_target.this["daily/reporter"]']["values"]
    assert daily["event_bus_name"] == "default"


@pytest.mark.parametrize(
    ("rule", "arn"),
    [
        pytest.param("requested", f"{RULES}/acme/acme-requested", id="on its bus"),
        pytest.param("daily", f"{RULES}/acme-daily", id="on the default bus, which an ARN leaves out"),
    ],
)
def test_a_rule_may_call_the_function_and_put_into_its_queue(plain, rule, arn):
    permission = value(plain, 'function["reporter"]', f'aws_lambda_permission.trigger["rule-{rule}"]')
    assert (permission["principal"], permission["source_arn"]) == ("events.amazonaws.com", arn)
    (statement,) = senders(plain, "reporter")
    assert statement["actions"] == ["sqs:SendMessage"]
    assert statement["principals"] == [{"type": "Service", "identifiers": ["events.amazonaws.com"]}]
    (condition,) = statement["condition"]
    assert (condition["test"], condition["variable"]) == ("ArnEquals", "aws:SourceArn")
    assert arn in condition["values"]


def test_failures_are_encrypted_and_kept_14_days(plain):
    queue = value(plain, "failures", 'aws_sqs_queue.this["reporter-dlq"]')
    assert (queue["name"], queue["message_retention_seconds"]) == ("acme-reporter-dlq", 14 * 86400)
    assert queue["sqs_managed_sse_enabled"] is True


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("timeout", 30),
        ("memory_size", 256),
        ("handler", "handler.handle"),
        ("vpc_config", []),
        ("code_signing_config_arn", None),
        ("role", ROLE),
    ],
)
def test_a_function_has_these_defaults(plain, key, expected):
    assert function(plain, "reporter")[key] == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("function_name", "acme-reporter"),
        ("filename", "artifacts/report_generator.zip"),
        ("code_signing_config_arn", SIGNING),
        ("description", "Writes reports"),
        ("environment", [{"variables": {"TABLE_NAME": "orders"}}]),
        ("handler", "report.run"),
        ("memory_size", 512),
        ("reserved_concurrent_executions", 5),
        ("timeout", 300),
        ("tags", {"System": "shop"}),
    ],
)
def test_each_input_reaches_the_function(full, key, expected):
    assert function(full, "reporter")[key] == expected


def test_a_function_with_security_groups_runs_in_the_vpc_and_no_other(full):
    (vpc,) = function(full, "reporter")["vpc_config"]
    assert (vpc["security_group_ids"], vpc["subnet_ids"]) == (["sg-1"], ["subnet-1", "subnet-2"])
    assert function(full, "publisher")["vpc_config"] == []


def test_a_log_is_kept_30_days_unless_the_caller_says_otherwise(plain):
    key = next(name for name in plain.modules if name.startswith("module.function"))
    group = plain.modules[key].resources["aws_cloudwatch_log_group.this"]["values"]
    assert group["retention_in_days"] == 30


def test_settings_reach_log_and_retries(full):
    assert function(full, "reporter")["logging_config"][0]["application_log_level"] == "DEBUG"
    group = value(full, 'function["reporter"]', "aws_cloudwatch_log_group.this")
    assert (group["retention_in_days"], group["kms_key_id"]) == (14, LOG_KEY)
    calls = value(full, 'function["reporter"]', "aws_lambda_function_event_invoke_config.this[0]")
    assert (calls["maximum_retry_attempts"], calls["maximum_event_age_in_seconds"]) == (1, 600)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("event_source_arn", STREAM),
        ("batch_size", 50),
        ("maximum_batching_window_in_seconds", 2),
        ("parallelization_factor", 3),
        ("maximum_retry_attempts", 4),
    ],
)
def test_settings_reach_the_stream(full, key, expected):
    assert mapping(full, "publisher")[key] == expected


def test_inputs_reach_bus_archive_queues_and_rules(full):
    assert value(full, "events", "aws_cloudwatch_event_bus.this[0]")["kms_key_identifier"] == BUS_KEY
    assert value(full, "events", "aws_cloudwatch_event_archive.this[0]")["retention_days"] == 7
    assert value(full, "failures", 'aws_sqs_queue.this["idle-dlq"]')["kms_master_key_id"] == KEY
    requested = value(full, "events", 'aws_cloudwatch_event_rule.this["requested"]')
    assert (requested["description"], requested["event_pattern"]) == ("On demand", PATTERN)
    target = value(full, "events", 'aws_cloudwatch_event_target.this["requested/reporter"]')
    assert (target["input_path"], target["rule"]) == ("$.detail", "acme-requested")
    daily = value(full, "events", 'aws_cloudwatch_event_rule.this["daily"]')
    assert (daily["description"], daily["state"]) == ("Every night", "DISABLED")
    assert daily["schedule_expression"] == "cron(0 2 * * ? *)"


def test_nobody_may_put_into_the_queue_of_a_function_without_rules(full):
    assert senders(full, "idle") == []


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("bus_name", "acme"),
        (
            "dead_letter_queue_names",
            {"idle": "acme-idle-dlq", "publisher": "acme-publisher-dlq", "reporter": "acme-reporter-dlq"},
        ),
        ("function_names", {"idle": "acme-idle", "publisher": "acme-publisher", "reporter": "acme-reporter"}),
        ("function_timeouts_seconds", {"idle": 30, "publisher": 30, "reporter": 300}),
        (
            "log_group_names",
            {key: f"/aws/lambda/acme-{key}" for key in ("idle", "publisher", "reporter")},
        ),
        ("rule_names", {"daily": "acme-daily", "requested": "acme-requested"}),
        ("stream_functions", ["publisher"]),
    ],
)
def test_what_others_need_comes_out_by_key(full, output, expected):
    assert full.outputs[output] == expected


def test_a_further_function_leaves_the_others_where_they_are(plan_module):
    one = plan_module(MODULE, **REQUIRED, functions={"reporter": FUNCTION})
    two = plan_module(MODULE, **REQUIRED, functions={"a-first": FUNCTION, "reporter": FUNCTION})
    before, after = set(one.resource_changes), set(two.resource_changes)
    assert before < after
    assert all("a-first" in address for address in after - before)


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"account_id": "1"}, "12 digits", '"1"', id="account"),
        pytest.param({"functions": {"f" * 60: FUNCTION}}, "64 characters", f'["acme-{"f" * 60}"]', id="name"),
        pytest.param(
            {"functions": {"f": FUNCTION | {"security_group_ids": ["sg-1"]}}},
            "needs subnet_ids",
            '["f"]',
            id="groups without subnets",
        ),
        pytest.param(
            {"function_settings": {"g": {}}}, "functions of this unit (f)", '["g"]', id="settings of nobody"
        ),
        pytest.param(
            {"function_settings": {"f": {"stream": {"batch_size": 1}}}},
            "a function that reads a stream",
            '["f"]',
            id="stream settings without a stream",
        ),
        pytest.param(
            {"rules": {"r": {"event_pattern": PATTERN, "function": "g"}}},
            "rules must start functions of this unit (f)",
            '{"r":"g"}',
            id="a rule for nobody",
        ),
        pytest.param(
            {"schedules": {"s": {"expression": "rate(1 day)", "function": "g"}}},
            "schedules must start functions of this unit (f)",
            '{"s":"g"}',
            id="a schedule for nobody",
        ),
        pytest.param(
            {
                "rules": {"same": {"event_pattern": PATTERN, "function": "f"}},
                "schedules": {"same": {"expression": "rate(1 day)", "function": "f"}},
            },
            "a key may stand in one of them",
            '["same"]',
            id="one key twice",
        ),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **REQUIRED | {"functions": {"f": FUNCTION}} | variables)
