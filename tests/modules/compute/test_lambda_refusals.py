"""What a function refuses before a plan, each time with the rule and the value."""

import re

import pytest
import tftest

MODULE = "compute/lambda"
QUEUE = "arn:aws:sqs:us-east-1:111111111111:work"
DEAD = "arn:aws:sqs:us-east-1:111111111111:dead"
STREAM = "arn:aws:dynamodb:us-east-1:111111111111:table/orders/stream/2026-01-01T00:00:00.000"
LAYER = "arn:aws:lambda:us-east-1:111111111111:layer:tools:3"
SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:db-AbCdEf"
PACKAGE = {"filename": "artifacts/orders.zip"}
REQUIRED = {
    "name": "acme-orders",
    "role_arn": "arn:aws:iam::111111111111:role/acme-orders",
    "package": PACKAGE,
}


def stream(**fields):
    return {"event_sources": {"s": {"arn": STREAM, "stream": {"on_failure_arn": DEAD} | fields}}}


def queue(**fields):
    return {"event_sources": {"q": {"arn": QUEUE} | fields}}


def permission(**fields):
    return {"permissions": {"p": fields}}


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        pytest.param(
            {"name": "a" * 65}, r"1 to 64 letters.*\(65 characters\)", id="a name too long for Lambda"
        ),
        pytest.param({"name": "a b"}, r'letters, digits.*"a b"', id="a name with a space"),
        pytest.param(
            {"package": {"filename": "/tmp/x.zip"}}, r'relative path.*"/tmp/x\.zip"', id="an absolute path"
        ),
        pytest.param(
            {"package": PACKAGE | {"runtime": "python3.8"}}, r'still patches.*"python3\.8"', id="old runtime"
        ),
        pytest.param(
            {"package": PACKAGE | {"architecture": "arm"}}, r'arm64 or x86_64; got "arm"', id="processor"
        ),
        pytest.param(
            {"package": PACKAGE | {"layer_arns": [LAYER] * 6}}, "at most 5 layers.*got 6", id="six layers"
        ),
        pytest.param(
            {"package": PACKAGE | {"code_signing_config_arn": "csc-0123456789abcdef0"}},
            r'code signing configuration; got "csc-0123456789abcdef0"',
            id="the id of a code signing configuration",
        ),
        pytest.param(
            {"role_arn": "acme-orders"}, 'ARN of an IAM role; got "acme-orders"', id="a role's name"
        ),
        pytest.param({"alias": {"name": "7"}}, r'not only digits.*got "7"', id="an alias like a version"),
        pytest.param(
            {"alias": {"canary": {"stable_version": "7", "weight": 1}}},
            r"between 0 and 1.*got 1",
            id="all of it",
        ),
        pytest.param(
            {"alias": {"canary": {"stable_version": "$LATEST", "weight": 0.5}}},
            r'published version number.*"\$LATEST"',
            id="latest cannot share",
        ),
        pytest.param({"async": {"maximum_event_age_seconds": 30}}, "60 to 21600; got 30", id="too young"),
        pytest.param(
            {"async": {"on_failure": {"arn": f"{DEAD}.fifo"}}},
            r'none that is FIFO.*dead\.fifo"',
            id="FIFO failures",
        ),
        pytest.param(
            {"async": {"on_success": {"arn": "work"}}},
            r'ARNs of a bus.*"on_success":\{"arn":"work"',
            id="a name",
        ),
        pytest.param({"async": {"maximum_retry_attempts": 3}}, "0, 1 or 2; got 3", id="three retries"),
        pytest.param({"concurrency": {"reserved": 0}}, "0 stops the function; got 0", id="reserved 0"),
        pytest.param(
            {"concurrency": {"reserved": 2, "provisioned": 3}},
            r'at most concurrency\.reserved.*"provisioned":3.*"reserved":2',
            id="more warm than reserved",
        ),
        pytest.param({"dead_letter": {"arn": "dead"}}, r'standard SQS queue.*\{"arn":"dead"\}', id="no ARN"),
        pytest.param({"dead_letter": {"arn": f"{DEAD}.fifo"}}, r'none that is FIFO.*:dead\.fifo"', id="FIFO"),
        pytest.param(
            {"dead_letter": {"arn": "arn:aws:lambda:us-east-1:111111111111:function"}},
            r'queue or SNS topic.*:lambda:.*:function"',
            id="a dead letter that is a function",
        ),
        pytest.param({"description": "x" * 257}, "at most 256 characters; got 257", id="long description"),
        pytest.param(
            {"environment": {"AWS_REGION": "x"}}, r'Lambda\'s own; got \["AWS_REGION"\]', id="reserved key"
        ),
        pytest.param({"environment": {"A-B": "x"}}, r'got \["A-B"\]', id="a dash in a key"),
        pytest.param({"ephemeral_storage_mb": 256}, "512 to 10240; got 256", id="small tmp"),
        pytest.param(queue(batch_size=0), r'batch_size must be 1 to 10000.*"q":\[0,0\]', id="empty batches"),
        pytest.param(queue(batch_size=11), r'batching_window_seconds of at least 1.*"q":11', id="no window"),
        pytest.param(queue(maximum_concurrency=1), r'2 to 1000.*"q":1', id="one poller"),
        pytest.param(stream(starting_position="NOW"), r'TRIM_HORIZON or LATEST.*"s":"NOW"', id="position"),
        pytest.param(stream(parallelization_factor=11), r"1 to 10.*\[10,11\]", id="too parallel"),
        pytest.param(
            stream(maximum_record_age_seconds=5), r'-1 .never too old.*"s":5', id="too young a record"
        ),
        pytest.param(
            {"function_url": {"invoke_mode": "FAST"}}, r'RESPONSE_STREAM; got "FAST"', id="invoke mode"
        ),
        pytest.param(
            {"function_url": {"cors": {"allow_origins": ["*"]}}},
            r'name its origins.*\["\*"\]',
            id="any origin",
        ),
        pytest.param({"log_level": "LOUD"}, r'FATAL; got "LOUD"', id="log level"),
        pytest.param({"log_retention_days": 31}, "CloudWatch offers.*got 31", id="retention"),
        pytest.param({"memory_mb": 64}, "128 to 10240; got 64", id="memory"),
        pytest.param(
            permission(principal="222222222222", action="lambda:*"),
            r'InvokeFunctionUrl; got \{"p":"lambda:\*"\}',
            id="action",
        ),
        pytest.param(
            permission(principal="sns.amazonaws.com"), r'needs source_arn.*\["p"\]', id="a whole service"
        ),
        pytest.param(
            permission(principal="s3.amazonaws.com", source_arn="arn:aws:s3:::b"),
            r'needs source_account too.*\["p"\]',
            id="a bucket of anybody",
        ),
        pytest.param(permission(principal="*"), r'needs principal_org_id.*\["p"\]', id="everybody"),
        pytest.param(
            {"secret_arns": {"PASSWORD": "hunter2"}}, r'never a value; wrong under \["PASSWORD"\]', id="value"
        ),
        pytest.param(
            {"secret_arns": {"A_B": SECRET}, "environment": {"A_B": "x"}},
            r'both have \["A_B"\]',
            id="shared key",
        ),
        pytest.param({"subnet_ids": ["subnet-1"]}, "together.*0 groups and 1 subnets", id="half a VPC"),
        pytest.param({"timeout_seconds": 901}, "1 to 900; got 901", id="timeout"),
        pytest.param({"tracing_mode": "Off"}, r'PassThrough; got "Off"', id="tracing"),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, variables, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **(REQUIRED | variables))


def test_a_refused_secret_is_not_repeated_in_the_message(plan_module):
    with pytest.raises(tftest.TerraformTestError) as refused:
        plan_module(MODULE, **REQUIRED, secret_arns={"PASSWORD": "hunter2"})
    assert "hunter2" not in str(refused.value)
