"""The rds-proxy module: IAM tokens and TLS for clients, one password for the proxy."""

import json

import pytest
import tftest

MODULE = "database/rds-proxy"
KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:acme-shop-connection-a1b2c3"
BASE = {
    "name": "acme-shop",
    "account_id": "111111111111",
    "kms_key_arn": KEY,
    "secret_arns": {"app": SECRET},
    "security_group_ids": ["sg-1"],
    "subnet_ids": ["subnet-1", "subnet-2"],
    "target": {"instance_identifier": "acme-shop"},
}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **(BASE | {"target": {"cluster_identifier": "acme-cluster"}}),
        allow_password_clients=True,
        idle_client_timeout_seconds=60,
        log_kms_key_arn=KEY,
        log_retention_days=365,
        pool={
            "borrow_timeout_seconds": 5,
            "max_connections_percent": 80,
            "max_idle_connections_percent": 20,
        },
        tags={"System": "shop"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def proxy(plan):
    return values(plan, "aws_db_proxy.this")


def test_clients_come_by_tls_and_with_an_iam_token(plain, full):
    (auth,) = proxy(plain)["auth"]
    assert (proxy(plain)["require_tls"], auth["iam_auth"]) == (True, "REQUIRED")
    assert (auth["secret_arn"], auth["client_password_auth_type"]) == (SECRET, "POSTGRES_SCRAM_SHA_256")
    assert proxy(full)["auth"][0]["iam_auth"] == "DISABLED"


def test_no_statement_stands_in_the_log(plain):
    assert proxy(plain)["debug_logging"] is False


def test_the_proxy_stands_where_the_caller_says(plain, full):
    found = proxy(plain)
    assert (found["name"], found["engine_family"]) == ("acme-shop", "POSTGRESQL")
    assert found["vpc_subnet_ids"] == ["subnet-1", "subnet-2"]
    assert found["vpc_security_group_ids"] == ["sg-1"]
    assert (found["idle_client_timeout"], proxy(full)["idle_client_timeout"]) == (1800, 60)
    assert proxy(full)["tags"] == {"System": "shop"}


def test_before_an_instance_or_a_cluster(plain, full):
    assert values(plain, "aws_db_proxy_target.this")["db_instance_identifier"] == "acme-shop"
    assert values(full, "aws_db_proxy_target.this")["db_cluster_identifier"] == "acme-cluster"


@pytest.mark.parametrize(
    ("which", "pool"),
    [pytest.param("plain", (30, 90, 50), id="default"), pytest.param("full", (5, 80, 20), id="chosen")],
)
def test_the_pool_leaves_the_database_some_connections(request, which, pool):
    found = values(request.getfixturevalue(which), "aws_db_proxy_default_target_group.this")
    (config,) = found["connection_pool_config"]
    assert (
        config["connection_borrow_timeout"],
        config["max_connections_percent"],
        config["max_idle_connections_percent"],
    ) == pool


def test_the_role_reads_the_secrets_and_nothing_else(plain):
    role = values(plain, "aws_iam_role.this")
    (trust,) = json.loads(role["assume_role_policy"])["Statement"]
    assert (role["name"], trust["Principal"]) == ("acme-shop-proxy", {"Service": "rds.amazonaws.com"})
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": "111111111111"}}
    policy = json.loads(values(plain, "aws_iam_role_policy.this")["policy"])
    assert {statement["Action"]: statement["Resource"] for statement in policy["Statement"]} == {
        "secretsmanager:GetSecretValue": SECRET,
        "kms:Decrypt": KEY,
    }
    assert policy["Statement"][1]["Condition"] == {
        "StringEquals": {"kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"}
    }


def test_the_log_is_kept_as_long_as_the_caller_says(plain, full):
    assert values(plain, "aws_cloudwatch_log_group.this")["retention_in_days"] == 30
    found = values(full, "aws_cloudwatch_log_group.this")
    assert (found["name"], found["retention_in_days"], found["kms_key_id"]) == (
        "/aws/rds/proxy/acme-shop",
        365,
        KEY,
    )


def test_outputs_are_what_applications_need(plain):
    assert plain.outputs["proxy_name"] == "acme-shop"
    assert {"endpoint", "proxy_arn"} <= set(plain.planned_values["outputs"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="account"),
        pytest.param({"kms_key_arn": "k"}, 'ARN of a KMS key; got "k"', id="key"),
        pytest.param({"name": "a--b"}, 'single hyphens.*"a--b"', id="name"),
        pytest.param({"secret_arns": {}}, "at least one secret; got {}", id="no secret"),
        pytest.param(
            {"secret_arns": {"a": "x"}}, r'at least one secret; got \{"a":"x"\}', id="no secret's ARN"
        ),
        pytest.param({"security_group_ids": []}, r"default one; got \[\]", id="no security group"),
        pytest.param({"subnet_ids": ["subnet-1"]}, r'at least 2 zones.*\["subnet-1"\]', id="one subnet"),
        pytest.param({"target": {}}, "one of the two; got.*null", id="no target"),
        pytest.param({"idle_client_timeout_seconds": 0}, "1 to 28800; got 0", id="timeout"),
        pytest.param({"log_retention_days": 0}, "CloudWatch's own values.*got 0", id="logs for ever"),
        pytest.param({"pool": {"max_connections_percent": 40}}, "not above it.*40", id="more idle than open"),
        pytest.param({"pool": {"borrow_timeout_seconds": 301}}, "0 to 300.*301", id="long wait"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
