"""The secret module: values that no plan shows, copies that cannot differ, readers who are named."""

import json

import pytest
import tftest

from scripts.live.modules import read_module
from tests.modules.sources import sources

MODULE = "security/secret"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
WEST_KEY = KEY.replace("us-east-1", "us-west-2")
READER = f"arn:aws:iam::{ACCOUNT}:role/app"
ADMIN = f"arn:aws:iam::{ACCOUNT}:role/apply"
ROTATOR = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:rotate"
BASE = {"name": "acme", "secrets": {"token": {"description": "Opens the partner"}}}

SECRETS = {
    "token": {"description": "Opens the partner", "reader_arns": [READER]},
    "database": {
        "description": "Opens the database",
        "version": 3,
        "generate": {"length": 40, "field": "pass", "exclude_punctuation": True},
        "fields": {"username": "app"},
        "replicas": {"us-west-2": {"kms_key_arn": WEST_KEY}},
        "rotation": {"function_arn": ROTATOR, "days": 7, "immediately": True},
    },
    "session": {"description": "Signs sessions", "generate": {"exclude_characters": "0O"}},
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        name="acme",
        secrets=SECRETS,
        administrator_arns=[ADMIN],
        kms_key_arn=KEY,
        recovery_window_days=7,
        parameters={
            "partner/url": {"value": "https://partner.example", "description": "Where the partner is"},
            "session-key": {"secret": "session", "tier": "Advanced"},
        },
        tags={"System": "orders"},
    )


def found(plan, kind, key):
    return plan.resources[f'{kind}["{key}"]']["values"]


def secret(plan, key):
    return found(plan, "aws_secretsmanager_secret.this", key)


def test_a_secret_is_named_encrypted_described_and_tagged(plan):
    made = secret(plan, "token")
    assert (made["name"], made["kms_key_id"], made["description"]) == ("acme-token", KEY, "Opens the partner")
    assert (made["recovery_window_in_days"], made["tags"]) == (7, {"System": "orders"})


def test_a_deleted_secret_can_be_brought_back_for_a_month(plan_module):
    rotated = {"description": "Opens the partner", "rotation": {"function_arn": ROTATOR}}
    plan = plan_module(MODULE, name="acme", secrets={"token": rotated})
    made, rotation = secret(plan, "token"), found(plan, "aws_secretsmanager_secret_rotation.this", "token")
    assert (made["recovery_window_in_days"], made["kms_key_id"]) == (30, None)
    assert rotation["rotation_rules"][0]["automatically_after_days"] == 30
    assert rotation["rotate_immediately"] is False


def test_a_generated_password_is_long_and_fits_a_database_url_though_no_plan_shows_it(module_tree):
    secrets = read_module(module_tree.parent, f"modules/{MODULE}").variables["secrets"].type
    fields = secrets.element.fields["generate"].type.fields
    assert {name: field.default.value for name, field in fields.items()} == {
        "length": 32,
        "field": "password",
        "exclude_characters": "/@\"'\\ ",
        "exclude_punctuation": False,
    }


def test_a_secret_of_an_environment_that_comes_and_goes_leaves_its_name_at_once(plan_module):
    assert (
        secret(plan_module(MODULE, **BASE, recovery_window_days=0), "token")["recovery_window_in_days"] == 0
    )


@pytest.mark.parametrize(
    ("key", "version"),
    [pytest.param("session", 1, id="first version"), pytest.param("database", 3, id="third version")],
)
def test_a_value_is_written_once_a_version_and_never_shown(plan, key, version):
    made = found(plan, "aws_secretsmanager_secret_version.this", key)
    assert made["secret_string_wo_version"] == version
    assert made["secret_string_wo"] is None
    assert made["secret_string"] is None


def test_a_value_that_people_put_in_is_none_of_terraforms_business(plan):
    assert 'aws_secretsmanager_secret_version.this["token"]' not in plan.resources


def test_a_parameter_holds_a_plain_value_under_the_systems_path(plan):
    made = found(plan, "aws_ssm_parameter.plain", "partner/url")
    assert (made["name"], made["type"]) == ("/acme/partner/url", "String")
    assert (made["value"], made["description"]) == ("https://partner.example", "Where the partner is")
    assert (made["tier"], made["tags"]) == ("Standard", {"System": "orders"})


def test_a_parameter_that_copies_a_secret_is_encrypted_and_follows_its_version(plan):
    made = found(plan, "aws_ssm_parameter.secret", "session-key")
    assert (made["name"], made["type"], made["key_id"]) == ("/acme/session-key", "SecureString", KEY)
    assert (made["value_wo_version"], made["tier"]) == (1, "Advanced")
    assert (made["tags"], made["description"]) == ({"System": "orders"}, "Managed by Terraform")


def statements(plan, key):
    document = found(plan, "aws_secretsmanager_secret_policy.this", key)
    return document["block_public_policy"], {
        statement["Sid"]: statement for statement in json.loads(document["policy"])["Statement"]
    }


def test_a_closed_secret_is_read_by_its_readers_and_the_administrators_only(plan):
    public_blocked, policy = statements(plan, "token")
    assert public_blocked is True
    assert policy["Read"]["Principal"] == {"AWS": READER}
    denied = policy["DenyOtherReaders"]
    assert (denied["Effect"], denied["Action"]) == ("Deny", "secretsmanager:GetSecretValue")
    assert (denied["Resource"], policy["Read"]["Resource"]) == ("*", "*")
    assert set(policy["Read"]["Action"]) == {
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
    }
    assert denied["Principal"] == "*"
    assert denied["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": [READER, ADMIN]}}


def test_a_secret_without_readers_leaves_the_choice_to_iam(plan):
    assert 'aws_secretsmanager_secret_policy.this["session"]' not in plan.resources


def test_a_replica_has_its_regions_key(plan):
    (replica,) = secret(plan, "database")["replica"]
    assert (replica["region"], replica["kms_key_id"]) == ("us-west-2", WEST_KEY)


def test_a_function_rotates_the_secret_that_names_it(plan):
    made = found(plan, "aws_secretsmanager_secret_rotation.this", "database")
    assert (made["rotation_lambda_arn"], made["rotate_immediately"]) == (ROTATOR, True)
    assert made["rotation_rules"][0]["automatically_after_days"] == 7
    assert 'aws_secretsmanager_secret_rotation.this["session"]' not in plan.resources


def test_outputs_are_keyed_as_secrets_and_parameters_are(plan):
    assert plan.outputs["secret_names"] == {key: f"acme-{key}" for key in SECRETS}
    assert plan.outputs["parameter_names"] == {
        "partner/url": "/acme/partner/url",
        "session-key": "/acme/session-key",
    }
    expected = {"secret_arns": "aws_secretsmanager_secret.this", "parameter_arns": "aws_ssm_parameter.plain"}
    assert sources(plan, *expected) == expected


def test_removing_a_secret_leaves_the_others_at_their_addresses(plan_module):
    assert set(plan_module(MODULE, **BASE).resources) == {
        'aws_secretsmanager_secret.this["token"]',
    }


def with_secret(**changes):
    return {"secrets": {"token": {"description": "T"} | changes}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"name": "a b"}, r'1 to 512 letters.*"a b-token"', id="bad name"),
        pytest.param(
            {"secrets": {"db-abc123": {"description": "D"}}},
            r"hyphen and six characters.*db-abc123",
            id="like an ARN",
        ),
        pytest.param(
            with_secret(description=""), r'what it opens; got none for \["token"\]', id="no description"
        ),
        pytest.param(with_secret(version=0), r'at least 1; got \{"token":0\}', id="version zero"),
        pytest.param(
            with_secret(generate={"length": 8}), r'16 to 4096; got \{"token":8\}', id="short password"
        ),
        pytest.param(
            with_secret(fields={"a": "b"}), r'beside a generated password.*"token":\["a"\]', id="lone fields"
        ),
        pytest.param(
            with_secret(generate={}, fields={"password": "b"}),
            r'do not name it; got.*\["password"\]',
            id="field named as the password",
        ),
        pytest.param(with_secret(reader_arns=["*"]), r'without a wildcard; got.*"\*"', id="everybody reads"),
        pytest.param(with_secret(replicas={"west": {}}), r'keyed by region.*"west"', id="replica region"),
        pytest.param(
            with_secret(rotation={"function_arn": ROTATOR, "days": 0}),
            r'1 to 1000; got \{"token":0\}',
            id="rotation",
        ),
        pytest.param(
            with_secret(reader_arns=[READER]),
            r'whoever runs Terraform.*got none with \["token"\]',
            id="nobody left",
        ),
        pytest.param({"kms_key_arn": "k"}, r'ARN of a KMS key; got "k"', id="bad key"),
        pytest.param({"parameters": {"a": {}}}, r'one of the two.*\["a"\]', id="parameter without a value"),
        pytest.param(
            with_secret(generate={}) | {"parameters": {"a": {"secret": "x"}}},
            r'secret of this call \(token\); got \{"a":"x"\}',
            id="no such secret",
        ),
        pytest.param(
            {"parameters": {"a": {"secret": "token"}}}, r'call \(\); got \{"a":"token"\}', id="not generated"
        ),
        pytest.param(
            {"parameters": {"a b": {"value": "v"}}}, r'at most 15 parts.*"/acme/a b"', id="bad path"
        ),
        pytest.param(
            {"parameters": {"a": {"value": "v", "tier": "Gold"}}}, r'Standard, Adv.*"Gold"', id="bad tier"
        ),
        pytest.param({"recovery_window_days": 3}, "0 or 7 to 30; got 3", id="short way back"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
