"""The iam-role module: who may take a role, what it may do, and what is refused."""

import json

import pytest
import tftest

MODULE = "security/iam-role"
LAMBDA = {"services": ["lambda.amazonaws.com"]}
TABLE = "arn:aws:dynamodb:us-east-1:111111111111:table/acme-orders"
BOUNDARY = "arn:aws:iam::111111111111:policy/boundary"
GITHUB = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
SUBJECT = "token.actions.githubusercontent.com:sub"

ROLES = {
    "writer": {
        "description": "Stores orders",
        "trust": {
            "services": ["lambda.amazonaws.com"],
            "conditions": {"StringEquals": {"aws:SourceAccount": ["111111111111"]}},
        },
        "managed_policy_arns": {
            "insights": "arn:aws:iam::aws:policy/CloudWatchLambdaInsightsExecutionRolePolicy"
        },
        "statements": {
            "StoreOrder": {
                "actions": ["dynamodb:PutItem"],
                "resources": [TABLE],
                "conditions": {"StringEquals": {"aws:SourceVpc": ["vpc-1"]}},
            },
            "ReadMetrics": {
                "actions": ["cloudwatch:Get*"],
                "resources": ["*"],
                "allow_wildcard_actions": "Every read of metrics, none of them writes.",
                "allow_wildcard_resources": "CloudWatch reads have no resource-level permissions.",
            },
            "NeverDelete": {"effect": "Deny", "actions": ["dynamodb:Delete*"], "resources": ["*"]},
        },
        "max_session_duration": 7200,
    },
    "host": {"trust": {"services": ["ec2.amazonaws.com"]}, "instance_profile": True},
    "partner": {
        "trust": {"accounts": ["222222222222"], "principal_arns": ["arn:aws:iam::333333333333:role/deploy"]}
    },
    "pipeline": {
        "trust": {
            "oidc": {
                "provider_arn": GITHUB,
                "conditions": {"StringEquals": {SUBJECT: ["repo:acme/infra:ref:main"]}},
            }
        }
    },
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        name="acme",
        path="/app/",
        permissions_boundary_arn=BOUNDARY,
        roles=ROLES,
        tags={"System": "orders"},
    )


def role(plan, key):
    return plan.resources[f'aws_iam_role.this["{key}"]']["values"]


def trust(plan, key):
    return json.loads(role(plan, key)["assume_role_policy"])["Statement"]


def permissions(plan, key):
    document = json.loads(plan.resources[f'aws_iam_role_policy.this["{key}"]']["values"]["policy"])
    return {statement["Sid"]: statement for statement in document["Statement"]}


def test_a_role_is_named_for_its_system_and_key_and_carries_the_callers_settings(plan):
    found = role(plan, "writer")
    assert (found["name"], found["path"], found["description"]) == ("acme-writer", "/app/", "Stores orders")
    assert role(plan, "host")["description"] == "Managed by Terraform"
    assert found["permissions_boundary"] == BOUNDARY
    assert found["max_session_duration"] == 7200
    assert found["tags"] == {"System": "orders"}


def test_a_session_lasts_an_hour_unless_the_caller_says_otherwise(plan):
    assert role(plan, "host")["max_session_duration"] == 3600


def test_a_service_is_trusted_under_the_callers_conditions(plan):
    assert trust(plan, "writer") == [
        {
            "Sid": "Services",
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Condition": {"StringEquals": {"aws:SourceAccount": "111111111111"}},
        }
    ]


def test_accounts_and_single_principals_are_trusted_together(plan):
    assert trust(plan, "partner")[0]["Principal"] == {
        "AWS": ["arn:aws:iam::333333333333:role/deploy", "arn:aws:iam::222222222222:root"]
    }


def test_a_web_identity_is_trusted_for_its_subject_only(plan):
    (statement,) = trust(plan, "pipeline")
    assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert statement["Principal"] == {"Federated": GITHUB}
    assert statement["Condition"] == {"StringEquals": {SUBJECT: "repo:acme/infra:ref:main"}}


def test_a_statement_allows_exactly_what_the_caller_wrote(plan):
    assert permissions(plan, "writer")["StoreOrder"] == {
        "Sid": "StoreOrder",
        "Effect": "Allow",
        "Action": "dynamodb:PutItem",
        "Resource": TABLE,
        "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}},
    }


def test_a_named_wildcard_is_allowed(plan):
    assert permissions(plan, "writer")["ReadMetrics"]["Action"] == "cloudwatch:Get*"


def test_a_denial_may_be_as_wide_as_it_likes(plan):
    denied = permissions(plan, "writer")["NeverDelete"]
    assert (denied["Effect"], denied["Action"], denied["Resource"]) == ("Deny", "dynamodb:Delete*", "*")


def test_a_role_without_statements_has_no_policy(plan):
    assert [address for address in plan.resources if "aws_iam_role_policy.this" in address] == [
        'aws_iam_role_policy.this["writer"]'
    ]


def test_a_managed_policy_is_attached_under_the_callers_key(plan):
    attached = plan.resources['aws_iam_role_policy_attachment.managed["writer/insights"]']["values"]
    assert attached["role"] == "acme-writer"
    assert attached["policy_arn"].endswith("CloudWatchLambdaInsightsExecutionRolePolicy")


def test_only_a_role_that_asks_has_an_instance_profile(plan):
    profiles = {key: value["values"] for key, value in plan.resources.items() if "instance_profile" in key}
    assert list(profiles) == ['aws_iam_instance_profile.this["host"]']
    found = profiles['aws_iam_instance_profile.this["host"]']
    assert (found["name"], found["role"], found["path"]) == ("acme-host", "acme-host", "/app/")


def test_outputs_are_keyed_as_the_roles_are(plan):
    assert plan.outputs["role_names"] == {key: f"acme-{key}" for key in ROLES}
    assert plan.outputs["instance_profile_names"] == {"host": "acme-host"}
    assert "role_arns" in plan.planned_values["outputs"]


def test_removing_a_role_leaves_the_others_at_their_addresses(plan, plan_module):
    fewer = plan_module(MODULE, name="acme", roles={key: ROLES[key] for key in ("writer", "partner")})
    kept = {address for address in plan.resources if '"writer' in address or '"partner' in address}
    assert set(fewer.resources) == kept


def role_with(**changes):
    return {"roles": {"writer": {"trust": LAMBDA} | changes}}


def statement_with(**changes):
    return role_with(statements={"Do": {"actions": ["s3:GetObject"], "resources": [TABLE]} | changes})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"name": "a" * 60}, r"1 to 64 letters.*a{60}-writer", id="name too long"),
        pytest.param(role_with(trust={}), r'must trust somebody.*\["writer"\]', id="trusts nobody"),
        pytest.param(
            role_with(trust={"services": ["lambda"]}),
            r'service principal.*\["lambda"\]',
            id="not a service principal",
        ),
        pytest.param(
            role_with(trust={"accounts": ["1"]}), r'12-digit account id.*\["1"\]', id="not an account"
        ),
        pytest.param(
            role_with(trust={"principal_arns": ["arn:aws:iam::111111111111:role/*"]}),
            r"without a wildcard.*role/\*",
            id="principal with a wildcard",
        ),
        pytest.param(
            role_with(
                trust={"oidc": {"provider_arn": GITHUB, "conditions": {"StringEquals": {"x:aud": ["sts"]}}}}
            ),
            r"must name the subject.*x:aud",
            id="OIDC without a subject",
        ),
        pytest.param(
            role_with(
                trust={"oidc": {"provider_arn": GITHUB, "conditions": {"StringLike": {SUBJECT: ["*"]}}}}
            ),
            r"must name the subject.*\*",
            id="OIDC for every subject",
        ),
        pytest.param(
            role_with(managed_policy_arns={"a": "ReadOnlyAccess"}),
            r"named by its ARN.*ReadOnlyAccess",
            id="no ARN",
        ),
        pytest.param(
            role_with(managed_policy_arns={f"p{n}": f"arn:aws:iam::aws:policy/P{n}" for n in range(11)}),
            r'at most 10 managed policies.*"writer":11',
            id="eleven managed policies",
        ),
        pytest.param(
            role_with(max_session_duration=60),
            r'3600 to 43200 seconds.*"writer":60',
            id="session of a minute",
        ),
        pytest.param(
            role_with(instance_profile=True),
            r"must trust ec2.amazonaws.com.*lambda",
            id="profile for a function",
        ),
        pytest.param(
            role_with(statements={"not a sid": {"actions": ["s3:GetObject"], "resources": [TABLE]}}),
            r"letters and digits only.*not a sid",
            id="bad Sid",
        ),
        pytest.param(statement_with(effect="Permit"), r'Allow or Deny.*\["Permit"\]', id="unknown effect"),
        pytest.param(statement_with(actions=[]), r"at least one action.*writer/Do", id="no action"),
        pytest.param(statement_with(resources=[]), r"at least one action.*writer/Do", id="no resource"),
        pytest.param(
            statement_with(actions=["s3:Get*"]),
            r'allow_wildcard_actions.*"writer/Do":\["s3:Get\*"\]',
            id="wild action",
        ),
        pytest.param(
            statement_with(resources=[f"{TABLE}/?"]),
            r'allow_wildcard_resources.*"writer/Do"',
            id="wild resource",
        ),
        pytest.param(
            statement_with(resources=["*"], allow_wildcard_resources="because"),
            r"at least 10 characters.*because",
            id="reason too thin",
        ),
        pytest.param(
            statement_with(resources=[f"{TABLE}{n:04}" for n in range(250)]),
            r"at most 10,240 characters; role writer has \d+",
            id="policy too long",
        ),
        pytest.param(
            statement_with(actions=["s3:GetObject", "s3:Put*"]),
            r'allow_wildcard_actions.*\["s3:Put\*"\]',
            id="one wild action",
        ),
        pytest.param(
            statement_with(resources=[TABLE, "*"]),
            r'allow_wildcard_resources.*"writer/Do":\["\*"\]',
            id="one wild resource",
        ),
        pytest.param({"path": "app"}, r'starts and ends with a slash.*"app"', id="bad path"),
        pytest.param({"permissions_boundary_arn": "b"}, r'ARN of a managed policy.*"b"', id="bad boundary"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **({"name": "acme"} | role_with() | change))
