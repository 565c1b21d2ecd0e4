"""A bus keeps its events for a replay; schedules stand on the default bus; targets retry; guests are named."""

import re

import pytest
import tftest

MODULE = "messaging/eventbridge"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
QUEUE = "arn:aws:sqs:us-east-1:111111111111:acme-work.fifo"
DEAD = "arn:aws:sqs:us-east-1:111111111111:acme-dead"
FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:acme-report:live"
ROLE = "arn:aws:iam::111111111111:role/acme-events"
PATTERN = '{"source":["acme.orders"]}'
PAID = {"event_pattern": PATTERN}

RULES = {
    "paid": {
        "description": "Paid orders",
        "event_pattern": PATTERN,
        "targets": {
            "queue": {
                "arn": QUEUE,
                "dead_letter_arn": DEAD,
                "message_group_id": "orders",
                "role_arn": ROLE,
                "retry": {"max_age_seconds": 60, "max_attempts": 3},
                "transformer": {"template": '{"order": <order>}', "paths": {"order": "$.detail.order_id"}},
            },
            "part": {"arn": FUNCTION, "input_path": "$.detail"},
        },
    },
    "nightly": {
        "paused": True,
        "schedule_expression": "cron(0 2 * * ? *)",
        "targets": {"report": {"arn": FUNCTION, "input": "{}"}},
    },
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """A bus about which nothing is said, with one rule."""
    return plan_module(MODULE, name="acme", rules={"paid": PAID | {"targets": {"f": {"arn": FUNCTION}}}})


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default, but for two that cannot go together with others."""
    return plan_module(
        MODULE,
        name="acme",
        archive={"event_pattern": PATTERN, "retention_days": 7},
        description="Orders",
        kms_key_arn=KEY,
        policy_statements={
            "Shop": {"account_ids": ["222222222222"], "sources": ["acme.shop"], "detail_types": ["Paid"]},
            "Family": {"account_ids": ["333333333333"]},
        },
        rules=RULES,
        tags={"System": "shop"},
    )


@pytest.fixture(scope="module")
def guest(plan_module):
    """Rules on a bus that another unit owns."""
    return plan_module(MODULE, name="acme-mail", existing_bus={"name": "acme"}, rules=RULES)


@pytest.fixture(scope="module")
def described(plan_module):
    """A bus whose schemas are read."""
    return plan_module(
        MODULE, name="acme", archive=None, schema_registry={"description": "Orders"}, tags={"System": "shop"}
    )


def values(plan, address):
    return plan.resources[address]["values"]


def target(plan, key):
    return values(plan, f'aws_cloudwatch_event_target.this["{key}"]')


def test_a_bus_keeps_its_events_30_days(plain):
    assert values(plain, "aws_cloudwatch_event_bus.this[0]")["name"] == "acme"
    archive = values(plain, "aws_cloudwatch_event_archive.this[0]")
    assert (archive["name"], archive["retention_days"], archive["event_pattern"]) == ("acme", 30, None)


def test_a_bus_admits_no_other_account_by_itself(plain):
    assert "aws_cloudwatch_event_bus_policy.this[0]" not in plain.resources


def test_a_target_retries_for_an_hour(plain):
    found = target(plain, "paid/f")
    assert found["retry_policy"] == [{"maximum_event_age_in_seconds": 3600, "maximum_retry_attempts": 20}]
    assert (found["dead_letter_config"], found["input_transformer"], found["sqs_target"]) == ([], [], [])


def test_a_rule_is_on_and_stands_on_the_bus(plain):
    rule = values(plain, 'aws_cloudwatch_event_rule.this["paid"]')
    assert (rule["name"], rule["event_bus_name"], rule["state"]) == ("acme-paid", "acme", "ENABLED")


@pytest.mark.parametrize(
    ("address", "key", "expected"),
    [
        ("aws_cloudwatch_event_bus.this[0]", "description", "Orders"),
        ("aws_cloudwatch_event_bus.this[0]", "kms_key_identifier", KEY),
        ("aws_cloudwatch_event_bus.this[0]", "tags", {"System": "shop"}),
        ("aws_cloudwatch_event_archive.this[0]", "retention_days", 7),
        ("aws_cloudwatch_event_archive.this[0]", "event_pattern", PATTERN),
        ('aws_cloudwatch_event_rule.this["paid"]', "description", "Paid orders"),
        ('aws_cloudwatch_event_rule.this["paid"]', "event_pattern", PATTERN),
        ('aws_cloudwatch_event_rule.this["paid"]', "tags", {"System": "shop"}),
        ('aws_cloudwatch_event_rule.this["nightly"]', "schedule_expression", "cron(0 2 * * ? *)"),
        ('aws_cloudwatch_event_rule.this["nightly"]', "state", "DISABLED"),
    ],
)
def test_each_input_reaches_its_argument(full, address, key, expected):
    assert values(full, address)[key] == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("arn", QUEUE),
        ("target_id", "queue"),
        ("role_arn", ROLE),
        ("dead_letter_config", [{"arn": DEAD}]),
        ("sqs_target", [{"message_group_id": "orders"}]),
        ("retry_policy", [{"maximum_event_age_in_seconds": 60, "maximum_retry_attempts": 3}]),
        (
            "input_transformer",
            [{"input_paths": {"order": "$.detail.order_id"}, "input_template": '{"order": <order>}'}],
        ),
    ],
)
def test_each_input_reaches_the_target(full, key, expected):
    assert target(full, "paid/queue")[key] == expected


def test_a_target_gets_a_part_of_the_event_or_words_of_its_own(full):
    assert target(full, "paid/part")["input_path"] == "$.detail"
    assert target(full, "nightly/report")["input"] == "{}"


@pytest.mark.parametrize("which", ["full", "guest"])
def test_a_schedule_stands_on_the_default_bus_and_its_target_with_it(which, request):
    plan = request.getfixturevalue(which)
    assert values(plan, 'aws_cloudwatch_event_rule.this["nightly"]')["event_bus_name"] == "default"
    assert target(plan, "nightly/report")["event_bus_name"] == "default"
    assert target(plan, "paid/part")["event_bus_name"] == "acme"


def test_a_guest_is_an_account_by_number_and_may_be_held_to_sources_and_types(full):
    document = values(full, "data.aws_iam_policy_document.this[0]")
    found = {statement["sid"]: statement for statement in document["statement"]}
    assert found["Shop"]["actions"] == ["events:PutEvents"]
    assert found["Shop"]["principals"] == [{"type": "AWS", "identifiers": ["arn:aws:iam::222222222222:root"]}]
    assert found["Shop"]["condition"] == [
        {"test": "StringEquals", "variable": "events:detail-type", "values": ["Paid"]},
        {"test": "StringEquals", "variable": "events:source", "values": ["acme.shop"]},
    ]
    assert found["Family"]["condition"] == []
    assert values(full, "aws_cloudwatch_event_bus_policy.this[0]")["event_bus_name"] == "acme"


def test_rules_of_a_guest_unit_make_no_bus_and_carry_its_own_name(guest):
    assert {resource["type"] for resource in guest.resources.values()} == {
        "aws_cloudwatch_event_rule",
        "aws_cloudwatch_event_target",
    }
    rule = values(guest, 'aws_cloudwatch_event_rule.this["paid"]')
    assert (rule["name"], rule["event_bus_name"]) == ("acme-mail-paid", "acme")
    assert guest.outputs["bus_name"] == "acme"


def test_without_archive_nothing_is_kept(described):
    assert "aws_cloudwatch_event_archive.this[0]" not in described.resources


def test_schemas_are_read_and_have_a_registry(described):
    registry = values(described, "aws_schemas_registry.this[0]")
    assert (registry["name"], registry["description"]) == ("acme", "Orders")
    assert (
        registry["tags"] == values(described, "aws_schemas_discoverer.this[0]")["tags"] == {"System": "shop"}
    )
    assert described.outputs["schema_registry_name"] == "acme"


def test_names_come_out_keyed_as_they_went_in(full):
    assert full.outputs["bus_name"] == "acme"
    assert full.outputs["rule_names"] == {"nightly": "acme-nightly", "paid": "acme-paid"}


def test_a_registry_says_what_it_holds_unless_the_caller_does(plan_module):
    plan = plan_module(MODULE, name="acme", schema_registry={})
    assert values(plan, "aws_schemas_registry.this[0]")["description"] == "Event schemas."


@pytest.mark.parametrize("output", ["archive_arn", "bus_arn", "schema_registry_name"])
def test_what_a_guest_unit_does_not_own_is_null(guest, output):
    assert guest.outputs[output] is None


def test_a_further_rule_leaves_the_others_where_they_are(plan_module, plain):
    more = plan_module(
        MODULE, name="acme", rules={"a-first": PAID, "paid": PAID | {"targets": {"f": {"arn": FUNCTION}}}}
    )
    assert (
        more.resources["aws_cloudwatch_event_bus.this[0]"]["values"]["description"] == "Managed by Terraform."
    )
    assert set(more.resources) - set(plain.resources) == {'aws_cloudwatch_event_rule.this["a-first"]'}
    assert set(plain.resources) < set(more.resources)


def rule(**settings):
    return {"rules": {"r": PAID | settings}}


def schedule(expression):
    return {"rules": {"r": {"schedule_expression": expression}}}


def one_target(**settings):
    return rule(targets={"t": {"arn": FUNCTION} | settings})


@pytest.mark.parametrize(
    ("variables", "rule_text", "value"),
    [
        pytest.param({"name": "a" * 49}, "archive's limit", f'"{"a" * 49}"', id="a name too long"),
        pytest.param({"name": "default"}, 'not be "default"', '"default"', id="the default bus's name"),
        pytest.param({"archive": {"retention_days": -1}}, "whole number", "got -1", id="days below zero"),
        pytest.param(
            {"archive": {"event_pattern": "x"}}, "archive.event_pattern must", '"x"', id="archive pattern"
        ),
        pytest.param({"description": "x" * 513}, "512 characters", "got 513", id="description"),
        pytest.param(
            {"existing_bus": {"name": "b"}, "kms_key_arn": KEY},
            "unit that makes the bus",
            '"b"',
            id="a guest's key",
        ),
        pytest.param({"kms_key_arn": "alias/x"}, "ARN of a KMS key", '"alias/x"', id="an alias for a key"),
        pytest.param(
            {"policy_statements": {"S": {"account_ids": ["*"]}}},
            "12 digits",
            '{"S":["*"]}',
            id="every account",
        ),
        pytest.param(
            {"policy_statements": {"S": {"account_ids": []}}}, "at least one", '{"S":[]}', id="no account"
        ),
        pytest.param(rule(event_pattern=None), "either event_pattern or", '["r"]', id="neither"),
        pytest.param(rule(schedule_expression="rate(1 day)"), "either event_pattern or", '["r"]', id="both"),
        pytest.param(
            {"rules": {"r" * 60: PAID}}, "64 letters", f'["acme-{"r" * 60}"]', id="a long rule name"
        ),
        pytest.param(rule(event_pattern="[]"), "JSON object as text", '{"r":"[]"}', id="pattern"),
        pytest.param(schedule("rate(1 days)"), "rate(5 minutes)", "rate(1 days)", id="one with a plural"),
        pytest.param(schedule("cron(0 9 * * MON *)"), "one of the two days", "MON", id="both days given"),
        pytest.param(schedule("cron(0 9 ? * ? *)"), "one of the two days", "0 9 ?", id="no day given"),
        pytest.param(schedule("every day"), "rate(5 minutes)", "every day", id="words"),
        pytest.param(
            rule(targets={f"t{n}": {"arn": FUNCTION} for n in range(6)}), "5 targets", '{"r":6}', id="targets"
        ),
        pytest.param(
            one_target(input="{}", input_path="$.x"), "one of input, input_path", '["r/t"]', id="two inputs"
        ),
        pytest.param(one_target(retry={"max_age_seconds": 59}), "60 to 86400", ":59", id="retry age"),
        pytest.param(one_target(retry={"max_attempts": 186}), "0 to 185", ":186", id="retry attempts"),
        pytest.param(
            {"schema_registry": {}, "kms_key_arn": KEY},
            "does not work on a bus",
            f'"{KEY}"',
            id="blind reader",
        ),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule_text, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule_text)}.*{re.escape(value)}"):
        plan_module(MODULE, **{"name": "acme"} | variables)


@pytest.mark.parametrize(
    "expression",
    ["rate(1 minute)", "rate(12 hours)", "cron(0 9 ? * MON-FRI *)", "cron(0/15 8 1 * ? 2026-2030)"],
)
def test_a_schedule_that_eventbridge_takes_is_taken(plan_module, expression):
    plan = plan_module(MODULE, name="acme", **schedule(expression))
    assert values(plan, 'aws_cloudwatch_event_rule.this["r"]')["schedule_expression"] == expression
