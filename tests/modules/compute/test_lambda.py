"""A function is encrypted, logged, traced and closed unless its caller names who may call it."""

import base64
import hashlib

import pytest

MODULE = "compute/lambda"
ROLE = "arn:aws:iam::111111111111:role/acme-orders"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
QUEUE = "arn:aws:sqs:us-east-1:111111111111:work"
DEAD = "arn:aws:sqs:us-east-1:111111111111:dead"
STREAM = "arn:aws:dynamodb:us-east-1:111111111111:table/orders/stream/2026-01-01T00:00:00.000"
LAYER = "arn:aws:lambda:us-east-1:111111111111:layer:tools:3"
SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:db-AbCdEf"
SIGNING = "arn:aws:lambda:us-east-1:111111111111:code-signing-config:csc-0123456789abcdef0"
RULE = "arn:aws:events:us-east-1:111111111111:rule/acme/daily"
PACKAGE = {"filename": "artifacts/orders.zip"}
REQUIRED = {"name": "acme-orders", "role_arn": ROLE, "package": PACKAGE}

FULL = {
    "name": "acme-orders",
    "role_arn": ROLE,
    "package": PACKAGE
    | {
        "handler": "app.run",
        "runtime": "python3.13",
        "architecture": "x86_64",
        "layer_arns": [LAYER],
        "code_signing_config_arn": SIGNING,
    },
    "alias": {"name": "stable", "canary": {"stable_version": "7", "weight": 0.1}},
    "async": {
        "maximum_event_age_seconds": 600,
        "maximum_retry_attempts": 1,
        "on_failure": {"arn": DEAD},
        "on_success": {"arn": QUEUE},
    },
    "concurrency": {"reserved": 20, "provisioned": 5},
    "dead_letter": {"arn": DEAD},
    "description": "Stores orders",
    "environment": {"TABLE_NAME": "orders"},
    "ephemeral_storage_mb": 1024,
    "event_sources": {
        "work": {
            "arn": QUEUE,
            "batch_size": 50,
            "batching_window_seconds": 5,
            "maximum_concurrency": 10,
            "report_batch_item_failures": False,
            "filter_patterns": ['{"body": {"kind": ["order"]}}'],
        },
        "orders": {
            "arn": STREAM,
            "stream": {
                "on_failure_arn": DEAD,
                "bisect_batch_on_error": False,
                "maximum_record_age_seconds": 3600,
                "maximum_retry_attempts": 4,
                "parallelization_factor": 2,
                "starting_position": "LATEST",
            },
        },
        "plain-stream": {"arn": STREAM, "stream": {"on_failure_arn": DEAD}},
    },
    "function_url": {
        "invoke_mode": "RESPONSE_STREAM",
        "cors": {
            "allow_origins": ["https://shop.example.com"],
            "allow_methods": ["POST"],
            "allow_headers": ["content-type"],
            "max_age_seconds": 60,
        },
    },
    "kms_key_arn": KEY,
    "log_kms_key_arn": LOG_KEY,
    "log_level": "WARN",
    "log_retention_days": 365,
    "memory_mb": 512,
    "permissions": {
        "daily": {"principal": "events.amazonaws.com", "source_arn": RULE},
        "uploads": {
            "principal": "s3.amazonaws.com",
            "source_arn": "arn:aws:s3:::uploads",
            "source_account": "111111111111",
        },
        "partner": {"principal": "222222222222", "action": "lambda:InvokeFunctionUrl"},
        "family": {"principal": "*", "principal_org_id": "o-a1b2c3d4e5"},
    },
    "secret_arns": {"DATABASE_SECRET_ARN": SECRET},
    "security_group_ids": ["sg-1"],
    "subnet_ids": ["subnet-1", "subnet-2"],
    "tags": {"System": "orders"},
    "timeout_seconds": 29,
    "tracing_mode": "PassThrough",
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """What a caller gets who says only what must be said."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def values(plan, address):
    return plan.resources[address]["values"]


def addresses(plan):
    return set(plan.resources)


def test_by_default_there_is_a_function_its_alias_and_its_log_and_no_way_in(plain):
    assert addresses(plain) == {
        "aws_lambda_function.this",
        "aws_lambda_alias.this",
        "aws_cloudwatch_log_group.this",
    }


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("runtime", "python3.12", id="a runtime with years to go"),
        pytest.param("architectures", ["arm64"], id="the cheaper processor"),
        pytest.param("handler", "handler.handle", id="the handler of functions/"),
        pytest.param("publish", True, id="versions, so that the alias can go back"),
        pytest.param("tracing_config", [{"mode": "Active"}], id="traced"),
        pytest.param("reserved_concurrent_executions", -1, id="the account's common pool"),
        pytest.param("memory_size", 256, id="memory"),
        pytest.param("timeout", 10, id="timeout"),
        pytest.param("ephemeral_storage", [{"size": 512}], id="tmp"),
        pytest.param("environment", [], id="no empty environment block"),
        pytest.param("vpc_config", [], id="outside the VPC"),
        pytest.param("dead_letter_config", [], id="no dead letter"),
    ],
)
def test_the_function_has_these_defaults(plain, key, expected):
    assert values(plain, "aws_lambda_function.this")[key] == expected


def test_the_log_is_json_and_kept_30_days_in_a_group_of_ours(plain):
    (config,) = values(plain, "aws_lambda_function.this")["logging_config"]
    assert config == {
        "log_format": "JSON",
        "log_group": "/aws/lambda/acme-orders",
        "application_log_level": "INFO",
        "system_log_level": "INFO",
    }
    assert values(plain, "aws_cloudwatch_log_group.this")["retention_in_days"] == 30


def test_the_alias_is_live_and_sends_everything_to_the_new_version(plain):
    alias = values(plain, "aws_lambda_alias.this")
    assert (alias["name"], alias["routing_config"]) == ("live", [])
    assert (
        plain.resource_changes["aws_lambda_alias.this"]["change"]["after_unknown"]["function_version"] is True
    )


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("function_name", "acme-orders"),
        ("role", ROLE),
        ("filename", "artifacts/orders.zip"),
        ("handler", "app.run"),
        ("runtime", "python3.13"),
        ("architectures", ["x86_64"]),
        ("layers", [LAYER]),
        ("code_signing_config_arn", SIGNING),
        ("description", "Stores orders"),
        ("memory_size", 512),
        ("timeout", 29),
        ("ephemeral_storage", [{"size": 1024}]),
        ("reserved_concurrent_executions", 20),
        ("kms_key_arn", KEY),
        ("tracing_config", [{"mode": "PassThrough"}]),
        ("dead_letter_config", [{"target_arn": DEAD}]),
        ("environment", [{"variables": {"TABLE_NAME": "orders", "DATABASE_SECRET_ARN": SECRET}}]),
        ("tags", {"System": "orders"}),
    ],
)
def test_each_input_reaches_the_function(full, key, expected):
    assert values(full, "aws_lambda_function.this")[key] == expected


def test_the_bytes_of_the_zip_decide_about_a_new_version(full):
    empty_zip = base64.b64encode(hashlib.sha256(b"PK\x05\x06" + bytes(18)).digest()).decode()
    assert values(full, "aws_lambda_function.this")["source_code_hash"] == empty_zip


def test_the_function_reaches_into_the_vpc_with_its_own_groups(full):
    (config,) = values(full, "aws_lambda_function.this")["vpc_config"]
    assert (sorted(config["subnet_ids"]), config["security_group_ids"]) == (
        ["subnet-1", "subnet-2"],
        ["sg-1"],
    )


def test_the_log_group_has_the_callers_retention_key_and_tags(full):
    group = values(full, "aws_cloudwatch_log_group.this")
    assert (group["retention_in_days"], group["kms_key_id"], group["tags"]) == (
        365,
        LOG_KEY,
        {"System": "orders"},
    )
    assert values(full, "aws_lambda_function.this")["logging_config"][0]["application_log_level"] == "WARN"


def test_a_canary_keeps_the_stable_version_under_the_alias(full):
    alias = values(full, "aws_lambda_alias.this")
    unknown = full.resource_changes["aws_lambda_alias.this"]["change"]["after_unknown"]
    assert (alias["name"], alias["function_version"]) == ("stable", "7")
    assert unknown["routing_config"] == [{"additional_version_weights": True}]


def test_provisioned_concurrency_stands_behind_the_alias(full):
    config = values(full, "aws_lambda_provisioned_concurrency_config.this[0]")
    assert (config["qualifier"], config["provisioned_concurrent_executions"]) == ("stable", 5)


def test_asynchronous_calls_are_tried_twice_more_within_six_hours_unless_the_caller_says_otherwise(
    plan_module,
):
    plan = plan_module(MODULE, **REQUIRED, **{"async": {"on_failure": {"arn": DEAD}}})
    found = values(plan, "aws_lambda_function_event_invoke_config.this[0]")
    assert (found["maximum_retry_attempts"], found["maximum_event_age_in_seconds"]) == (2, 21600)


def test_asynchronous_calls_have_the_callers_retries_and_destinations(full):
    config = values(full, "aws_lambda_function_event_invoke_config.this[0]")
    assert (config["maximum_event_age_in_seconds"], config["maximum_retry_attempts"]) == (600, 1)
    assert config["qualifier"] == "stable"
    assert config["destination_config"] == [
        {"on_failure": [{"destination": DEAD}], "on_success": [{"destination": QUEUE}]}
    ]


def test_the_address_takes_signed_calls_only(full):
    url = values(full, "aws_lambda_function_url.this[0]")
    assert (url["authorization_type"], url["qualifier"], url["invoke_mode"]) == (
        "AWS_IAM",
        "stable",
        "RESPONSE_STREAM",
    )
    (cors,) = url["cors"]
    assert (cors["allow_origins"], cors["allow_methods"], cors["allow_headers"], cors["max_age"]) == (
        ["https://shop.example.com"],
        ["POST"],
        ["content-type"],
        60,
    )


@pytest.mark.parametrize(
    ("key", "principal", "source", "account", "organisation", "authentication"),
    [
        ("daily", "events.amazonaws.com", RULE, None, None, None),
        ("uploads", "s3.amazonaws.com", "arn:aws:s3:::uploads", "111111111111", None, None),
        ("partner", "222222222222", None, None, None, "AWS_IAM"),
        ("family", "*", None, None, "o-a1b2c3d4e5", None),
    ],
)
def test_each_trigger_has_a_permission_of_its_own(
    full, key, principal, source, account, organisation, authentication
):
    permission = values(full, f'aws_lambda_permission.trigger["{key}"]')
    assert (permission["statement_id"], permission["qualifier"]) == (key, "stable")
    assert (permission["principal"], permission["source_arn"]) == (principal, source)
    assert (permission["source_account"], permission["principal_org_id"]) == (account, organisation)
    assert permission["function_url_auth_type"] == authentication


def test_a_queue_is_polled_as_the_caller_says(full):
    mapping = values(full, 'aws_lambda_event_source_mapping.this["work"]')
    assert (mapping["event_source_arn"], mapping["batch_size"]) == (QUEUE, 50)
    assert mapping["maximum_batching_window_in_seconds"] == 5
    assert mapping["scaling_config"] == [{"maximum_concurrency": 10}]
    assert mapping["filter_criteria"] == [{"filter": [{"pattern": '{"body": {"kind": ["order"]}}'}]}]
    assert mapping["function_response_types"] in ([], None)
    assert mapping["starting_position"] is None
    assert mapping["tags"] == {"System": "orders"}


def test_a_stream_is_polled_as_the_caller_says(full):
    mapping = values(full, 'aws_lambda_event_source_mapping.this["orders"]')
    assert (mapping["event_source_arn"], mapping["starting_position"]) == (STREAM, "LATEST")
    assert mapping["bisect_batch_on_function_error"] is False
    assert (mapping["maximum_record_age_in_seconds"], mapping["maximum_retry_attempts"]) == (3600, 4)
    assert mapping["parallelization_factor"] == 2
    assert mapping["destination_config"] == [{"on_failure": [{"destination_arn": DEAD}]}]


def test_a_stream_loses_nothing_by_default(full):
    mapping = values(full, 'aws_lambda_event_source_mapping.this["plain-stream"]')
    assert (mapping["starting_position"], mapping["batch_size"]) == ("TRIM_HORIZON", 10)
    assert mapping["bisect_batch_on_function_error"] is True
    assert mapping["function_response_types"] == ["ReportBatchItemFailures"]
    assert mapping["maximum_record_age_in_seconds"] == -1
    assert mapping["maximum_retry_attempts"] == 10


def test_removing_a_trigger_touches_no_other(plan_module, full):
    fewer = {key: entry for key, entry in FULL["permissions"].items() if key != "uploads"}
    sources = {key: entry for key, entry in FULL["event_sources"].items() if key != "work"}
    after = plan_module(MODULE, **(FULL | {"permissions": fewer, "event_sources": sources}))
    assert addresses(full) - addresses(after) == {
        'aws_lambda_permission.trigger["uploads"]',
        'aws_lambda_event_source_mapping.this["work"]',
    }
    assert addresses(after) <= addresses(full)


def test_outputs_that_are_known_before_the_apply(full, plain):
    assert full.outputs["name"] == "acme-orders"
    assert full.outputs["log_group_name"] == "/aws/lambda/acme-orders"
    assert full.outputs["timeout_seconds"] == 29
    assert plain.outputs["function_url"] is None
    assert plain.outputs["event_source_uuids"] == {}


@pytest.mark.parametrize(
    ("output", "source"),
    [
        ("alias_arn", "aws_lambda_alias.this.arn"),
        ("arn", "aws_lambda_function.this.arn"),
        ("event_source_uuids", "aws_lambda_event_source_mapping.this"),
        ("function_url", "aws_lambda_function_url.this"),
        ("invoke_arn", "aws_lambda_alias.this.invoke_arn"),
        ("log_group_arn", "aws_cloudwatch_log_group.this.arn"),
        ("version", "aws_lambda_function.this.version"),
    ],
)
def test_what_aws_names_reaches_the_outputs(full, output, source):
    expression = full.configuration["root_module"]["outputs"][output]["expression"]
    assert expression["references"][0] == source
    assert full.output_changes[output]["actions"] == ["create"]
